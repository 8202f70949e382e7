//! A small disk of its own for a data folder: a tmpfs, where this machine lets a test mount one. Gone when its test is.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use tempfile::TempDir;

/// A folder that is a disk.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
}

fn mount(arguments: &[&str]) -> Result<()> {
    let done = Command::new("mount").args(arguments).output()?;
    ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

impl Disk {
    /// One with so many kilobytes; none where nothing may be mounted.
    ///
    /// # Errors
    /// When there is no folder to mount it on.
    pub fn of(kilobytes: u32) -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let size = format!("size={kilobytes}k");
        let path = folder.path().to_string_lossy().into_owned();
        Ok(mount(&["-t", "tmpfs", "-o", &size, "tmpfs", &path]).is_ok().then_some(Self { folder }))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Lets nobody write there.
    ///
    /// # Errors
    /// When somebody has a file open to write, or it cannot be said.
    pub fn read_only(&self) -> Result<()> {
        mount(&["-o", "remount,ro", &self.folder.path().to_string_lossy()])
    }

    /// Lets everybody write again.
    ///
    /// # Errors
    /// When it cannot be said.
    pub fn writable(&self) -> Result<()> {
        mount(&["-o", "remount,rw", &self.folder.path().to_string_lossy()])
    }

    /// Fills it to the last byte.
    ///
    /// # Errors
    /// When it is not full however much is written.
    pub fn fill(&self) -> Result<()> {
        use std::io::Write;
        let mut filler = std::fs::File::create(self.filler())?;
        for size in [65_536, 4_096, 512, 1] {
            while filler.write_all(&vec![0x5a; size]).is_ok() {}
        }
        Ok(())
    }

    /// Makes room again.
    ///
    /// # Errors
    /// When it was not filled.
    pub fn empty(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> std::path::PathBuf {
        self.folder.path().join("filler")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a server that is just being killed may still have files there.
        let _ = Command::new("umount").arg("-l").arg(self.folder.path()).output();
    }
}
