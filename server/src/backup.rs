//! A copy of all data in one file, made while the server may be running, and read through before it is called a copy.
//! It opens the file beside the server, without its lock: a reader of SQLite's log disturbs no writer.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::log::SqliteLog;
use crate::said::Said;

pub mod automatic;
pub mod restore;
mod verify;

pub use self::verify::Counts;

/// All pages at once, in one read of the source: a copy in steps begins anew whenever the server has written.
const ALL_PAGES: i32 = -1;
/// How often it is tried again when somebody holds the file.
const TRIES: u32 = 50;
const BETWEEN: Duration = Duration::from_millis(200);

/// What was copied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Copied {
    /// Where it is.
    pub file: PathBuf,
    /// How large it is.
    pub bytes: u64,
    /// What is in it.
    pub counts: Counts,
}

/// Why there is no copy. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no data.
    #[error("there is no data in {}: name the folder with --data", .0.display())]
    NoData(PathBuf),
    /// The file exists.
    #[error("{} exists already: give the copy another name", .0.display())]
    Exists(PathBuf),
    /// The file cannot be written.
    #[error("{} cannot be written: {why}", file.display())]
    NotWritable {
        /// Which.
        file: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// There is no such copy.
    #[error("there is no file {}", .0.display())]
    NoCopy(PathBuf),
    /// A server runs there.
    #[error("a naze has the data folder {} open: stop it first", .0.display())]
    InUse(PathBuf),
    /// The source is always busy.
    #[error("the data is held by another program: try again")]
    Busy,
    /// The source cannot be read.
    #[error("the data cannot be copied: {0}")]
    Unreadable(#[from] rusqlite::Error),
    /// The copy is not what it should be.
    #[error("the copy was made and is damaged ({0}): the data itself may be damaged, or the disk of the copy")]
    Damaged(String),
}

impl BackupError {
    /// In both languages.
    pub fn said(&self) -> Said {
        let ja = match self {
            Self::NoData(folder) => {
                format!("{} にデータがありません。--data でフォルダを指定してください。", folder.display())
            }
            Self::Exists(file) => format!("{} はすでにあります。別の名前を指定してください。", file.display()),
            Self::NotWritable { file, why } => format!("{} に書き込めません: {why}", file.display()),
            Self::NoCopy(file) => format!("{} というファイルはありません。", file.display()),
            Self::InUse(folder) => {
                format!(
                    "データフォルダ {} は、動いている naze が使っています。先にそれを止めてください。",
                    folder.display()
                )
            }
            Self::Busy => "データがほかのプログラムに使われています。もう一度試してください。".to_owned(),
            Self::Unreadable(why) => format!("データを写せません: {why}"),
            Self::Damaged(why) => {
                format!("写しが壊れています（{why}）。元のデータか、写し先のディスクが壊れているおそれがあります。")
            }
        };
        Said::new(ja, self.to_string())
    }
}

/// Copies the data in `folder` to `file`.
///
/// # Errors
/// When there is nothing to copy, something is there already, or the copy is not good.
pub fn copy(folder: &Path, file: &Path) -> Result<Copied, BackupError> {
    let source = SqliteLog::database(folder);
    if !source.is_file() {
        return Err(BackupError::NoData(folder.to_owned()));
    }
    make_empty(file)?;
    let done = fill(&source, file);
    if done.is_err() {
        // The reason for having no copy is what is told, not that the rest of it is still there.
        let _ = fs::remove_file(file);
    }
    done
}

/// Makes the file, so that nobody else's is ever written over. It holds names: only its owner reads it.
fn make_empty(file: &Path) -> Result<(), BackupError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(_) => Ok(()),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(BackupError::Exists(file.to_owned())),
        Err(why) => Err(BackupError::NotWritable { file: file.to_owned(), why }),
    }
}

fn fill(source: &Path, file: &Path) -> Result<Copied, BackupError> {
    let from = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let mut to = Connection::open(file)?;
    copy_pages(&from, &mut to)?;
    // One file, with no log beside it.
    to.pragma_update(None, "journal_mode", "DELETE")?;
    let counts = verify::counts(&to)?;
    to.close().map_err(|(_, why)| why)?;
    let written = |why| BackupError::NotWritable { file: file.to_owned(), why };
    let bytes = File::open(file).and_then(|file| {
        file.sync_all()?;
        file.metadata()
    });
    Ok(Copied { file: file.to_owned(), bytes: bytes.map_err(written)?.len(), counts })
}

fn copy_pages(from: &Connection, to: &mut Connection) -> Result<(), BackupError> {
    let backup = Backup::new(from, to)?;
    for _ in 0..TRIES {
        match backup.step(ALL_PAGES)? {
            StepResult::Done => return Ok(()),
            _ => sleep(BETWEEN),
        }
    }
    Err(BackupError::Busy)
}

impl Copied {
    /// What to tell.
    pub fn said(&self) -> Said {
        let file = self.file.display();
        let kib = self.bytes.div_ceil(1_024);
        let Counts { workshops, people, cards, entries } = self.counts;
        Said::new(
            format!(
                "{file} に写し、読み返して確かめました: {kib} KiB、ワークショップ {workshops}、参加者 {people}、カード {cards}、\
                 記録 {entries}。\n戻すには: サーバーを止め、naze restore {file} --data フォルダ、そのあと naze serve --data フォルダ。"
            ),
            format!(
                "{file} was written and read back: {kib} KiB. Workshops: {workshops}, people: {people}, cards: {cards}, \
                 entries: {entries}.\nTo restore it: stop the server, then naze restore {file} --data FOLDER, then naze serve --data FOLDER."
            ),
        )
    }
}

#[cfg(test)]
mod tests;
