//! What the page is made of, and one fingerprint over all of it: contents, not times, because a
//! checkout changes times.
use crate::project::Project;
use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file and folder whose change can change the page; of xtask only what decides how.
const SOURCES: [&str; 15] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "app/Cargo.toml",
    "app/markup",
    "app/src",
    "app/index.html",
    "app/static",
    "shared/Cargo.toml",
    "shared/src",
    "style",
    "xtask/Cargo.toml",
    "xtask/src/machine/wasm.rs",
    "xtask/src/page.rs",
    "xtask/src/page",
];

/// Changes when any source does, and with the profile.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn fingerprint(profile: &str, project: &Project) -> Result<String> {
    let mut sum = Sha256::new();
    add(&mut sum, profile.as_bytes());
    for source in SOURCES {
        for path in files_below(&project.path(source))? {
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            add(&mut sum, project.shown(&path).as_bytes());
            add(&mut sum, &bytes);
        }
    }
    Ok(hex(&sum.finalize()))
}

/// With its length before it, so that no two lists of pieces read the same.
fn add(sum: &mut Sha256, bytes: &[u8]) {
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(bytes);
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All files below a path in a fixed order; the path itself when it is a file, none when nothing
/// is there. Hidden files (editors leave them) are passed over.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    if path.is_dir() {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                entries.push(entry.path());
            }
        }
        entries.sort();
        for entry in entries {
            found.extend(files_below(&entry)?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_is_stable_and_knows_the_profile() {
        let project = Project::find().unwrap();
        let one = fingerprint("page", &project).unwrap();
        assert_eq!(one.len(), 64);
        assert_ne!(one, fingerprint("page-dev", &project).unwrap());
    }

    #[test]
    fn every_source_is_there() {
        let project = Project::find().unwrap();
        for source in SOURCES {
            assert!(project.path(source).exists(), "{source}");
        }
    }

    #[test]
    fn pieces_are_not_mistaken_for_each_other() {
        let sum = |pieces: &[&str]| {
            let mut sum = Sha256::new();
            pieces.iter().for_each(|piece| add(&mut sum, piece.as_bytes()));
            hex(&sum.finalize())
        };
        assert_ne!(sum(&["ab", "c"]), sum(&["a", "bc"]));
    }
}
