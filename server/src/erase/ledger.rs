//! The file in which every wish stands before it is done, one line each. It lies beside the store and not in it: when an old
//! backup is put back, what was erased since is erased again. It names nobody.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Wish;

/// Its name in the data folder.
pub const LEDGER: &str = "erasures.jsonl";

/// The file.
#[derive(Clone, Debug)]
pub struct Ledger {
    file: PathBuf,
}

impl Ledger {
    /// Of a data folder; it is made when there is something to write.
    pub fn of(folder: &Path) -> Self {
        Self { file: folder.join(LEDGER) }
    }

    /// All wishes, in their order. A line that was cut off by a crash was never answered: it does not count.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self) -> io::Result<Vec<Wish>> {
        match fs::read(&self.file) {
            Ok(bytes) => {
                let lines = bytes.split(|byte| *byte == b'\n');
                Ok(lines.filter_map(|line| serde_json::from_slice(line).ok()).collect())
            }
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(why) => Err(why),
        }
    }

    /// Writes a wish down. When it returns, the wish survives a crash of the machine.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&self, wish: &Wish) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.file)?;
        // A line of its own, whatever a crash left of the one before.
        let line = format!("\n{}\n", serde_json::to_string(wish).map_err(io::Error::other)?);
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        match self.file.parent() {
            // Without the folder's own entry a new file would be gone after a power cut.
            Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }
}
