//! The tables of a record's file, as the steps from one version to the next.
//!
//! A step, once released, is never changed; a change of tables is a new step. The file says which
//! program it belongs to (`application_id`) and how many steps it has seen (`user_version`).

use rusqlite::Connection;

/// Marks a database as a record's: "TRVX".
pub(crate) const APPLICATION: i64 = 0x5452_5658;

/// The steps in order; the version of a file is how many of them it has seen.
const STEPS: [&str; 1] = ["
    CREATE TABLE log (
        place INTEGER PRIMARY KEY,
        leaf BLOB NOT NULL CHECK (length(leaf) = 32),
        salt BLOB CHECK (length(salt) = 32),
        bytes TEXT,
        CHECK ((salt IS NULL) = (bytes IS NULL))
    ) STRICT;
    CREATE TABLE checkpoint (
        size INTEGER PRIMARY KEY,
        note TEXT NOT NULL
    ) STRICT;
    CREATE TABLE key (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        public TEXT NOT NULL,
        seed BLOB CHECK (length(seed) = 32)
    ) STRICT;
    CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
        BEGIN SELECT raise(ABORT, 'a record is only ever added to'); END;
    CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
        BEGIN SELECT raise(ABORT, 'a record is only ever added to'); END;
"];

/// The newest version this program knows.
pub(crate) fn newest() -> i64 {
    i64::try_from(STEPS.len()).expect("a handful of steps")
}

/// Returns the version of a record's file, or nothing for a database of something else.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let application: i64 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    Ok((application == APPLICATION).then_some(version))
}

/// Takes a database from `version` to the newest, inside the caller's transaction.
pub(crate) fn migrate(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    let seen = usize::try_from(version).unwrap_or(0);
    for step in STEPS.iter().skip(seen) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", newest())
}
