//! Pictures: of what went wrong, and (where `NAZE_SHOTS` names a folder) of every screen, for people to look at.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Page;

impl Page {
    /// Takes a picture into `target/tests`.
    ///
    /// # Errors
    /// When the browser gives none, or it cannot be written.
    pub async fn shot(&self, what: &str) -> Result<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tests");
        self.picture(&folder, &format!("{}-{}-{what}", self.test(), self.who())).await
    }

    /// Takes a picture into the folder.
    ///
    /// # Errors
    /// When the browser gives none, or it cannot be written.
    pub async fn picture(&self, folder: &Path, name: &str) -> Result<PathBuf> {
        let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
        let name: String = name.chars().map(plain).collect();
        let path = folder.join(format!("{name}.png"));
        let picture = self.client().screenshot().await?;
        std::fs::create_dir_all(folder)?;
        std::fs::write(&path, picture)?;
        Ok(path)
    }
}
