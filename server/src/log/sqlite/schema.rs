//! The tables, and how a file of them is opened. Knows no entry.

use std::path::Path;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags, ffi};

use crate::log::LogError;

/// What makes a file of one version one of the next: the first of them makes the first version of an empty file. Each is done
/// whole or not at all. What was ever here stays as it is: old files and old backups begin in the middle.
const STEPS: [&str; 2] = [FIRST, ERASURES];

/// The version of a file that all steps were done to.
const VERSION: i64 = STEPS.len() as i64;

const ERASURES: &str = "
    CREATE TABLE erasures (
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        swept_at INTEGER
    );
    PRAGMA user_version = 2;
";

const FIRST: &str = "
    CREATE TABLE docs (
        id INTEGER PRIMARY KEY,
        workshop TEXT NOT NULL,
        doc TEXT NOT NULL,
        UNIQUE (workshop, doc)
    );
    CREATE TABLE entries (
        doc INTEGER NOT NULL REFERENCES docs (id),
        seq INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (doc, seq)
    ) WITHOUT ROWID;
    CREATE TABLE snapshots (
        doc INTEGER PRIMARY KEY REFERENCES docs (id),
        seq INTEGER NOT NULL,
        body TEXT NOT NULL
    );
    PRAGMA user_version = 1;
";

/// What SQLite says, as it concerns the one who runs the server.
pub(super) fn explain(file: &Path, error: &Error) -> LogError {
    let file = file.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            LogError::Damaged { file, what: error.to_string() }
        }
        Some(ErrorCode::DiskFull) => LogError::Full { file },
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => LogError::ReadOnly { file },
        Some(ErrorCode::SystemIoFailure) if is_write(error) => LogError::ReadOnly { file },
        _ => LogError::Failed { what: format!("{}: {error}", file.display()) },
    }
}

/// Whether it is a write that the disk did not take.
fn is_write(error: &Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(
        code,
        Some(
            ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_FSYNC
                | ffi::SQLITE_IOERR_TRUNCATE
                | ffi::SQLITE_IOERR_DIR_FSYNC
        )
    )
}

/// Opens the file for the one writer, makes the tables if it is new, and checks it.
pub(super) fn open_to_write(file: &Path) -> Result<Connection, LogError> {
    let explain = |error: Error| explain(file, &error);
    let mut connection = Connection::open(file).map_err(explain)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(explain)?;
    if version > VERSION {
        return Err(LogError::Newer { file: file.to_owned(), version });
    }
    let check: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(explain)?;
    if check != "ok" {
        return Err(LogError::Damaged { file: file.to_owned(), what: check });
    }
    // FULL: what was committed survives a power cut. The longer interval keeps checkpoints out of most commits.
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;")
        .map_err(explain)?;
    // What is overwritten or removed is overwritten with zeros: what was erased does not lie on in free pages. What the file is
    // written anew with, when it is, goes into no folder that others can read.
    connection.execute_batch("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;").map_err(explain)?;
    for step in STEPS.iter().skip(usize::try_from(version).unwrap_or(STEPS.len())) {
        let made = connection.transaction().map_err(explain)?;
        made.execute_batch(step).map_err(explain)?;
        made.commit().map_err(explain)?;
    }
    Ok(connection)
}

/// Opens the file for those who read beside the writer.
pub(super) fn open_to_read(file: &Path) -> Result<Connection, LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(file, flags).map_err(|error| explain(file, &error))
}
