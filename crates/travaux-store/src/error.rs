//! How keeping a record in a file can fail, in words, and what to do about it.
//!
//! The database's own error codes are translated here and nowhere else.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What went wrong with a record's file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("can't open the record {}: there is no such file", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// There is such a file already.
    #[error("can't create the record {}: there is a file of that name", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder can't be written.
    #[error("can't write to the record {}: no permission to write it or its folder", path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
    },
    /// The file can't be read or created for another reason of the system's.
    #[error("can't {attempted} the record {}: {source}", path.display())]
    System {
        /// What was attempted.
        attempted: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file holds no database.
    #[error("can't open the record {}: the file is no database", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a database of something else.
    #[error("can't open the record {}: it is a database, but not a record's", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was cut off, or its content damaged.
    #[error("can't read the record {}: the file is damaged or cut off ({detail})", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A newer program wrote the file.
    #[error(
        "can't open the record {}: it is kept in version {version}, and this program knows up to \
         version {known}",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// Another program holds the file.
    #[error("can't {attempted} the record {}: another program is writing to it", path.display())]
    Busy {
        /// What was attempted.
        attempted: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("can't {attempted} the record {}: the disk is full", path.display())]
    Full {
        /// What was attempted.
        attempted: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The database failed in another way.
    #[error("can't {attempted} the record {}: {source}", path.display())]
    Database {
        /// What was attempted.
        attempted: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The system has no randomness to give.
    #[error("can't draw ids, salts or keys: {source}")]
    Random {
        /// Why.
        source: getrandom::Error,
    },
}

impl StoreError {
    /// Returns what the user can do about it, where that isn't plain.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing { .. } => Some("check the path; a new record must first be created"),
            Self::Exists { .. } => Some("choose another name; records are never overwritten"),
            Self::NotWritable { .. } => {
                Some("check the permissions of the file and of its folder, or work on a copy")
            }
            Self::NotADatabase { .. } => {
                Some("an exported record (JSON Lines) is taken in with `travaux record import`")
            }
            Self::Foreign { .. } => Some("check the path; the file was left as it is"),
            Self::Damaged { .. } => {
                Some("restore the file from a copy, or import the latest export of the record")
            }
            Self::Newer { .. } => Some("upgrade the program; the file was left as it is"),
            Self::Busy { .. } => Some("try again when the other program has finished"),
            Self::Full { .. } => Some("make room; nothing of the batch was recorded"),
            Self::System { .. } | Self::Database { .. } | Self::Random { .. } => None,
        }
    }

    /// Translates a failure of the database.
    pub(crate) fn of(attempted: &'static str, path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, detail: source.to_string() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Busy { attempted, path }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::NotWritable { path },
            Some(ErrorCode::DiskFull) => Self::Full { attempted, path },
            _ => Self::Database { attempted, path, source },
        }
    }
}
