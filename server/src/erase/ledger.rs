//! The file in which every wish stands before it is done, one line each. It lies beside the store and not in it: when an old
//! backup is put back, what was erased since is erased again. It names nobody. A wish that is tried again after more was written
//! stands there again, under its own id: the last line counts. A start that could not do it is noted, too.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use shared::Millis;
use uuid::Uuid;

use super::Wish;
use crate::clock;

/// Its name in the data folder.
pub const LEDGER: &str = "erasures.jsonl";

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Wish(Wish),
    /// A start could not do it.
    Failed {
        failed: Uuid,
        at: Millis,
    },
}

/// A wish, and how often a start could not do it since it was written down last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Noted {
    /// The wish.
    pub wish: Wish,
    /// Starts.
    pub failed: u32,
}

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
    pub fn read(&self) -> io::Result<Vec<Noted>> {
        let bytes = match fs::read(&self.file) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            read => read?,
        };
        let mut all: BTreeMap<Uuid, (usize, Noted)> = BTreeMap::new();
        let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        for (place, line) in lines.enumerate() {
            match line {
                Line::Wish(wish) => drop(all.insert(wish.id, (place, Noted { wish, failed: 0 }))),
                Line::Failed { failed, .. } => {
                    if let Some((_, noted)) = all.get_mut(&failed) {
                        noted.failed = noted.failed.saturating_add(1);
                    }
                }
            }
        }
        let mut in_order: Vec<_> = all.into_values().collect();
        in_order.sort_by_key(|(place, _)| *place);
        Ok(in_order.into_iter().map(|(_, noted)| noted).collect())
    }

    /// Writes a wish down. When it returns, the wish survives a crash of the machine.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&self, wish: &Wish) -> io::Result<()> {
        self.write(&Line::Wish(*wish))
    }

    /// Notes that a start could not do it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_failed(&self, wish: &Wish) -> io::Result<()> {
        self.write(&Line::Failed { failed: wish.id, at: clock::now() })
    }

    fn write(&self, line: &Line) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.file)?;
        // A line of its own, whatever a crash left of the one before.
        let line = format!("\n{}\n", serde_json::to_string(line).map_err(io::Error::other)?);
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        match self.file.parent() {
            // Without the folder's own entry a new file would be gone after a power cut.
            Some(folder) if cfg!(unix) => fs::File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }
}
