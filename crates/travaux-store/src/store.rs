//! A record's file: created once, opened with care, added to in whole batches.
//!
//! An append is one transaction, on disk before it returns (write-ahead log, `synchronous = FULL`).
//! Several programs may hold the file; each append names the head it was decided on.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Transaction, TransactionBehavior};
use travaux_record::{
    Checkpoint, Head, Imported, Journal, JournalError, Key, Leaf, Origin, Salt, Sealed, Signer,
    Tree, export,
};

use crate::{StoreError, migrations, random};

/// How long to wait for another program's append.
const PATIENCE: Duration = Duration::from_secs(5);

/// A record in a SQLite file.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    key: Key,
    signer: Option<Signer>,
    /// The tree over the log as last read; the file may have grown since.
    tree: Tree,
}

impl Store {
    /// Creates a record with a key of its own, drawn now.
    ///
    /// # Errors
    /// When there is such a file already, or it can't be written.
    pub fn create(path: &Path, origin: Origin) -> Result<Self, StoreError> {
        Self::create_signed(path, origin, &random::seed()?)
    }

    /// Creates a record signed with the key of a given secret seed.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_signed(path: &Path, origin: Origin, seed: &[u8; 32]) -> Result<Self, StoreError> {
        let signer = Signer::from_seed(origin, seed);
        let first = signer.sign(Head::empty());
        Self::establish(path, &signer.key(), Some(seed), |transaction| {
            insert_checkpoint(transaction, &first)
        })
    }

    /// Creates a copy of an exported record. Without the key it can be read but not added to.
    ///
    /// # Errors
    /// As [`Store::create`].
    pub fn create_copy(path: &Path, copy: &Imported) -> Result<Self, StoreError> {
        Self::establish(path, &copy.key, None, |transaction| {
            insert_places(transaction, 0, &copy.places)?;
            insert_checkpoint(transaction, &copy.checkpoint)
        })
    }

    /// Opens a record to read and add to it.
    ///
    /// # Errors
    /// When there is no such file, it can't be written, is no record, is damaged, or was written by
    /// a newer program.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let is_denied = |error: &io::Error| error.kind() == io::ErrorKind::PermissionDenied;
        match OpenOptions::new().read(true).write(true).open(path) {
            Ok(_closed_again) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::Missing { path: path.to_owned() });
            }
            Err(error) if is_denied(&error) => {
                return Err(StoreError::NotWritable { path: path.to_owned() });
            }
            Err(source) => {
                return Err(StoreError::System {
                    attempted: "open",
                    path: path.to_owned(),
                    source,
                });
            }
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|error| StoreError::of("open", path, error))?;
        let version = recognize(&connection, path)?;
        let mut connection =
            tune(connection).map_err(|error| StoreError::of("open", path, error))?;
        if version < migrations::newest() {
            upgrade(&mut connection).map_err(|error| StoreError::of("upgrade", path, error))?;
        }
        Self::over(connection, path)
    }

    /// Opens a record to read it only; needs no permission to write.
    ///
    /// # Errors
    /// As [`Store::open`]; an append will fail.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        Self::over(opened_to_read(path)?, path)
    }

    /// Writes what a file keeps, for [`verify`](travaux_record::verify): entries, leaves and the
    /// latest checkpoint as they lie there, though they may no longer belong together.
    ///
    /// # Errors
    /// When the file can't be read, or holds no record.
    pub fn as_kept(path: &Path) -> Result<String, StoreError> {
        let connection = opened_to_read(path)?;
        let failed = |error| StoreError::of("read", path, error);
        let moment = connection.unchecked_transaction().map_err(failed)?;
        let (key, _seed) = key_of(&moment, path)?;
        let checkpoint = latest_checkpoint(&moment, path)?;
        let kept = kept(&moment, 0).map_err(failed)?;
        let kept = kept.iter().map(|(place, leaf, sealed)| (place + 1, *leaf, sealed));
        Ok(export::write_kept(&key, kept, &checkpoint))
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reports whether this file holds the key to sign with.
    pub fn can_sign(&self) -> bool {
        self.signer.is_some()
    }

    /// Makes the file and its first content, or leaves nothing behind.
    fn establish(
        path: &Path,
        key: &Key,
        seed: Option<&[u8; 32]>,
        fill: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<Self, StoreError> {
        reserve(path)?;
        let made = (|| {
            let connection = Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )?;
            let mut connection = tune(connection)?;
            let transaction = connection.transaction()?;
            migrations::migrate(&transaction, 0)?;
            transaction.execute(
                "INSERT INTO key (only, public, seed) VALUES (1, ?1, ?2)",
                (key.to_string(), seed.map(<[u8; 32]>::as_slice)),
            )?;
            fill(&transaction)?;
            transaction.commit()?;
            Ok(connection)
        })();
        match made {
            Ok(connection) => Self::over(connection, path),
            Err(error) => {
                // The file was ours and holds nothing yet; if it stays, opening it will say so.
                std::fs::remove_file(path).unwrap_or_default();
                Err(StoreError::of("create", path, error))
            }
        }
    }

    /// Reads what an open file holds.
    fn over(connection: Connection, path: &Path) -> Result<Self, StoreError> {
        let damaged = |detail: String| StoreError::Damaged { path: path.to_owned(), detail };
        let (key, seed) = key_of(&connection, path)?;
        let signer = seed.map(|seed| Signer::from_seed(key.origin().clone(), &seed));
        if signer.as_ref().is_some_and(|signer| signer.key() != key) {
            return Err(damaged("the secret key doesn't belong to the public one".to_owned()));
        }
        let mut store =
            Self { connection, path: path.to_owned(), key, signer, tree: Tree::default() };
        let checkpoint = store.checkpoint()?;
        follow(&store.connection, &mut store.tree).map_err(|error| store.failed("read", error))?;
        // Another program may have appended since the checkpoint was read: then there is a newer.
        if store.tree.head_at(checkpoint.head.size) != Some(checkpoint.head) {
            return Err(damaged("the entries are not those the checkpoint was signed for".into()));
        }
        Ok(store)
    }

    fn failed(&self, attempted: &'static str, error: rusqlite::Error) -> StoreError {
        StoreError::of(attempted, &self.path, error)
    }

    /// Appends in one transaction; the tree follows what the transaction saw.
    fn append_in_transaction(
        &mut self,
        on: Head,
        batch: &[Sealed],
    ) -> Result<Checkpoint, JournalError<StoreError>> {
        let Some(signer) = &self.signer else {
            return Err(JournalError::Unsigned { origin: self.key.origin().clone() });
        };
        let failed = |error| StoreError::of("add to", &self.path, error);
        // The lock is taken at once, so that the head compared is the head appended to.
        let transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate)
            .map_err(failed)?;
        follow(&transaction, &mut self.tree).map_err(failed)?;
        let head = self.tree.head();
        if head != on {
            if self.tree.head_at(on.size) != Some(on) {
                return Err(JournalError::Foreign);
            }
            let between = places(&transaction, on.size).map_err(failed)?;
            return Err(JournalError::Stale { head, between });
        }
        insert_places(&transaction, head.size, batch).map_err(failed)?;
        for sealed in batch {
            self.tree.push(sealed.leaf());
        }
        let checkpoint = signer.sign(self.tree.head());
        insert_checkpoint(&transaction, &checkpoint).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(checkpoint)
    }
}

impl Journal for Store {
    type Error = StoreError;

    fn key(&self) -> Result<Key, StoreError> {
        Ok(self.key.clone())
    }

    fn checkpoint(&self) -> Result<Checkpoint, StoreError> {
        latest_checkpoint(&self.connection, &self.path)
    }

    fn read(&self, from: u64) -> Result<Vec<Sealed>, StoreError> {
        places(&self.connection, from).map_err(|error| self.failed("read", error))
    }

    fn append(
        &mut self,
        on: Head,
        batch: &[Sealed],
    ) -> Result<Checkpoint, JournalError<StoreError>> {
        let outcome = self.append_in_transaction(on, batch);
        if matches!(outcome, Err(JournalError::Keeper(_))) {
            // What the tree took in may not have been kept.
            self.tree = Tree::default();
        }
        outcome
    }

    fn export(&self) -> Result<String, StoreError> {
        // Entries and checkpoint of one moment, whatever others append meanwhile.
        let moment =
            self.connection.unchecked_transaction().map_err(|error| self.failed("read", error))?;
        let checkpoint = self.checkpoint()?;
        let places = places(&moment, 0).map_err(|error| self.failed("read", error))?;
        Ok(export::write(&self.key, &places, &checkpoint))
    }
}

/// Opens a record's file to read it only.
fn opened_to_read(path: &Path) -> Result<Connection, StoreError> {
    match OpenOptions::new().read(true).open(path) {
        Ok(_closed_again) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        Err(source) => {
            return Err(StoreError::System { attempted: "open", path: path.to_owned(), source });
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| StoreError::of("open", path, error))?;
    recognize(&connection, path)?;
    Ok(connection)
}

/// Reads the key that a record is signed with, and the seed of its secret one, where that is kept.
fn key_of(connection: &Connection, path: &Path) -> Result<(Key, Option<[u8; 32]>), StoreError> {
    let (public, seed): (String, Option<[u8; 32]>) = connection
        .query_row("SELECT public, seed FROM key", (), |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(|error| StoreError::of("read", path, error))?;
    let damaged = |detail: String| StoreError::Damaged { path: path.to_owned(), detail };
    Ok((Key::parse(&public).map_err(|error| damaged(error.to_string()))?, seed))
}

/// Reads the latest checkpoint.
fn latest_checkpoint(connection: &Connection, path: &Path) -> Result<Checkpoint, StoreError> {
    let note: Option<String> = connection
        .query_row("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", (), |row| row.get(0))
        .optional()
        .map_err(|error| StoreError::of("read", path, error))?;
    let damaged = |detail: &str| StoreError::Damaged {
        path: path.to_owned(),
        detail: format!("no checkpoint: {detail}"),
    };
    let note = note.ok_or_else(|| damaged("the table is empty"))?;
    Checkpoint::parse(&note).map_err(|expected| damaged(&format!("expected {expected}")))
}

/// Makes an empty file that only its owner may read: it will hold a secret key.
fn reserve(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_closed_again) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists { path: path.to_owned() })
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(StoreError::NotWritable { path: path.to_owned() })
        }
        Err(source) => {
            Err(StoreError::System { attempted: "create", path: path.to_owned(), source })
        }
    }
}

/// Makes sure that a database is a record's, whole, and of a version this program knows.
fn recognize(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let failed = |error| StoreError::of("open", path, error);
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    let is_empty = std::fs::metadata(path).is_ok_and(|file| file.len() == 0);
    if is_empty {
        let detail = "it is empty".to_owned();
        return Err(StoreError::Damaged { path: path.to_owned(), detail });
    }
    let Some(version) = migrations::version(connection).map_err(failed)? else {
        return Err(StoreError::Foreign { path: path.to_owned() });
    };
    let known = migrations::newest();
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), version, known });
    }
    let found: String =
        connection.query_row("PRAGMA quick_check(1)", (), |row| row.get(0)).map_err(failed)?;
    if found != "ok" {
        return Err(StoreError::Damaged { path: path.to_owned(), detail: found });
    }
    Ok(version)
}

/// Sets what makes an append durable before it is acknowledged.
fn tune(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", "on")?;
    Ok(connection)
}

fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    if let Some(version) = migrations::version(&transaction)? {
        migrations::migrate(&transaction, version)?;
    }
    transaction.commit()
}

/// Takes the leaves that the tree doesn't have yet.
fn follow(connection: &Connection, tree: &mut Tree) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare("SELECT leaf FROM log WHERE place >= ?1 ORDER BY place")?;
    let mut rows = statement.query([tree.head().size.cast_signed()])?;
    while let Some(row) = rows.next()? {
        tree.push(Leaf::from_bytes(row.get(0)?));
    }
    Ok(())
}

/// Reads the places from `from` on, each with its number, counted from zero, and the leaf kept.
fn kept(connection: &Connection, from: u64) -> rusqlite::Result<Vec<(u64, Leaf, Sealed)>> {
    let mut statement = connection
        .prepare("SELECT place, leaf, salt, bytes FROM log WHERE place >= ?1 ORDER BY place")?;
    let places = statement.query_map([from.cast_signed()], |row| {
        let place: i64 = row.get(0)?;
        let leaf = Leaf::from_bytes(row.get(1)?);
        let salt: Option<[u8; 32]> = row.get(2)?;
        let bytes: Option<String> = row.get(3)?;
        let sealed = match (salt, bytes) {
            (Some(salt), Some(bytes)) => Sealed::new(Salt::from_random(salt), bytes),
            _ => Sealed::Withheld(leaf),
        };
        Ok((place.cast_unsigned(), leaf, sealed))
    })?;
    places.collect()
}

fn places(connection: &Connection, from: u64) -> rusqlite::Result<Vec<Sealed>> {
    Ok(kept(connection, from)?.into_iter().map(|(_, _, sealed)| sealed).collect())
}

fn insert_places(connection: &Connection, from: u64, batch: &[Sealed]) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare("INSERT INTO log (place, leaf, salt, bytes) VALUES (?1, ?2, ?3, ?4)")?;
    for (sealed, place) in batch.iter().zip(from..) {
        let (salt, bytes) = match sealed {
            Sealed::Whole { salt, bytes } => (Some(salt.as_bytes().as_slice()), Some(&**bytes)),
            Sealed::Withheld(_) => (None, None),
        };
        statement.execute((place.cast_signed(), sealed.leaf().as_bytes(), salt, bytes))?;
    }
    Ok(())
}

fn insert_checkpoint(connection: &Connection, checkpoint: &Checkpoint) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO checkpoint (size, note) VALUES (?1, ?2)",
        (checkpoint.head.size.cast_signed(), checkpoint.to_string()),
    )?;
    Ok(())
}
