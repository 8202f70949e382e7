//! Looks through every byte of every file of a folder for words: as they are stored, and as other programs would write them.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Error, Result};
use memchr::memmem;

/// How often it is looked where files come and go.
const LOOKS_MAX: usize = 50;
const PAUSE: Duration = Duration::from_millis(20);

/// A word that is there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Trace {
    /// The word.
    pub word: String,
    /// In which file.
    pub file: PathBuf,
}

/// All files below a folder.
///
/// # Errors
/// When one cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for found in fs::read_dir(folder)? {
        let path = found?.path();
        if path.is_dir() { all.extend(files(&path)?) } else { all.push(path) }
    }
    all.sort();
    Ok(all)
}

/// UTF-8, UTF-16 in both orders, and escaped as JSON may be.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let units: Vec<u16> = word.encode_utf16().collect();
    let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
    vec![
        word.as_bytes().to_vec(),
        units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
        units.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        escaped.into_bytes(),
    ]
}

/// Which of the words are in which files. A server that runs takes files away while it is looked: then it is looked again.
///
/// # Errors
/// When a file cannot be read.
pub fn of(words: &[String], folder: &Path) -> Result<Vec<Trace>> {
    let is_gone = |why: &Error| why.downcast_ref::<io::Error>().is_some_and(|why| why.kind() == ErrorKind::NotFound);
    for _ in 0..LOOKS_MAX {
        match look(words, folder) {
            Err(why) if is_gone(&why) && folder.exists() => std::thread::sleep(PAUSE),
            seen => return seen,
        }
    }
    look(words, folder)
}

fn look(words: &[String], folder: &Path) -> Result<Vec<Trace>> {
    let mut found = Vec::new();
    for file in files(folder)? {
        let bytes = fs::read(&file)?;
        for word in words {
            if forms(word).iter().any(|form| memmem::find(&bytes, form).is_some()) {
                found.push(Trace { word: word.clone(), file: file.clone() });
            }
        }
    }
    Ok(found)
}
