//! Opening the embedded database.

use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dynoxide::types::Item;
use dynoxide::{Database, DynoxideError, ImportOptions};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::clock::VirtualClock;
use crate::folder::{self, FolderError};

/// File of a data folder with its items and stream.
pub const DATABASE_FILE: &str = "dynamodb.db";

/// Each write asks for the last number of the stream, and each read for those after one, both as integers of a text.
/// Without an index of just that, every one of them reads the whole stream.
const STREAM_INDEX: &str = "CREATE INDEX IF NOT EXISTS motcua_stream_number \
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

/// Items could not be filled in.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Not an item as the protocol writes it, `{"pk":{"S":"…"},…}`.
    #[error("not an item: {0}")]
    Item(#[from] serde_json::Error),
    /// The database refused.
    #[error("embedded database: {0}")]
    Database(#[from] DynoxideError),
}

/// Puts items, written as the protocol does, into a table and its indexes, all or none, and into no stream.
///
/// Items written one by one are each a transaction and a record of the stream. A bench that stores a million goes this way.
///
/// # Errors
/// [`FillError`]; nothing was put then.
pub fn fill(database: &Database, table: &str, items: Vec<Value>) -> Result<usize, FillError> {
    let items = items.into_iter().map(serde_json::from_value::<Item>).collect::<Result<_, _>>()?;
    let options = ImportOptions { record_streams: false, set_cached_at: false };
    Ok(database.import_items(table, items, options)?.items_imported)
}

/// The largest database that is looked through at every start; a sample office takes a tenth of it.
const LOOKED_THROUGH_BYTES: u64 = 256 * 1024 * 1024;

/// Makes a database in memory that stamps its stream with real time.
pub fn memory() -> Result<Database, DynoxideError> {
    indexed(Database::memory()?)
}

/// Makes a database in memory that stamps its stream from `clock`.
pub fn memory_with_clock(clock: &VirtualClock) -> Result<Database, DynoxideError> {
    indexed(Database::memory_with_clock(Arc::new(clock.clone()))?)
}

/// Address of an empty database in this process's memory that has the index of the stream.
const EMPTY: &str = "file:motcua-empty?mode=memory&cache=shared";

/// Gives a database in memory the index. Nobody else reaches its connection, so it becomes a copy of one that has it.
fn indexed(database: Database) -> Result<Database, DynoxideError> {
    // Such a database lives as long as somebody holds a connection to it.
    static HELD: Mutex<Option<Connection>> = Mutex::new(None);
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    if held.is_none() {
        let _tables = Database::new(EMPTY)?;
        let connection = Connection::open(EMPTY)?;
        connection.execute_batch(STREAM_INDEX)?;
        *held = Some(connection);
    }
    database.restore_from(EMPTY)?;
    Ok(database)
}

/// Opens the database of a data folder, made if missing. It stamps its stream with real time.
///
/// # Errors
/// [`FolderError`]: the file is damaged, or none of ours.
pub fn in_folder(folder: &Path) -> Result<Database, FolderError> {
    folder::make(folder)?;
    let file = folder.join(DATABASE_FILE);
    let damaged = |error: &dyn Display| FolderError::Damaged(file.clone(), error.to_string());
    if file.is_file() {
        look_through(&file).map_err(|error| damaged(&error))?;
    } else if file.exists() {
        return Err(damaged(&"it is no file"));
    }
    let path = file.to_str().ok_or_else(|| damaged(&"its name is not UTF-8"))?;
    let database = Database::new(path).map_err(|error| damaged(&error))?;
    Connection::open(path).and_then(|it| it.execute_batch(STREAM_INDEX)).map_err(|error| damaged(&error))?;
    Ok(database)
}

/// Begins each key that is a text, in the database's own tables.
const TEXT_KEY: &str = "S:";

/// Returns the codes of the agencies whose dossiers are in a data folder, by stepping from one to the next.
///
/// # Errors
/// The file cannot be read.
pub fn agencies(folder: &Path, table: &str) -> Result<Vec<String>, rusqlite::Error> {
    let connection = Connection::open_with_flags(folder.join(DATABASE_FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let sql = format!("SELECT pk FROM \"{table}\" WHERE pk >= ?1 AND pk < ?2 ORDER BY pk LIMIT 1");
    let mut statement = connection.prepare(&sql)?;
    let mut first = |from: &str, below: &str| {
        let found = statement.query_row([from, below], |row| row.get::<_, String>(0));
        found.map(Some).or_else(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Ok(None),
            error => Err(error),
        })
    };
    let (mut agencies, mut from) = (Vec::new(), TEXT_KEY.to_owned());
    // Keys begin with the agency's code and `#`, after which `$` comes next; codes are ASCII.
    while let Some(key) = first(&from, &format!("{TEXT_KEY}\u{7f}"))? {
        let code = key.trim_start_matches(TEXT_KEY).split('#').next().unwrap_or_default().to_owned();
        from = format!("{TEXT_KEY}{code}$");
        if first(&format!("{TEXT_KEY}{code}#d#"), &format!("{TEXT_KEY}{code}#d$"))?.is_some() {
            agencies.push(code);
        }
    }
    Ok(agencies)
}

/// Looks for damage before anything reads or writes: later it would be met in the middle of somebody's work.
fn look_through(file: &Path) -> Result<(), rusqlite::Error> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if fs::metadata(file).map_or(u64::MAX, |it| it.len()) > LOOKED_THROUGH_BYTES {
        return connection.query_row("PRAGMA schema_version", [], |_| Ok(()));
    }
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        return Ok(());
    }
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
    Err(rusqlite::Error::SqliteFailure(code, Some(found)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_database_is_told_with_its_file_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DATABASE_FILE);
        drop(in_folder(folder.path()).unwrap());
        let whole = fs::read(&file).unwrap();
        let mut torn = whole.clone();
        let half = torn.len() / 2;
        torn[half..].fill(0xA5);
        let cases = [b"no database at all, but some text".to_vec(), vec![0; 5_000], whole[..half].to_vec(), torn];
        for (number, bytes) in cases.into_iter().enumerate() {
            let own = tempfile::tempdir().unwrap();
            let file = own.path().join(DATABASE_FILE);
            fs::write(&file, &bytes).unwrap();
            let told = in_folder(own.path()).map(|_| ()).unwrap_err().to_string();
            assert!(told.starts_with(&format!("{} is damaged", file.display())), "{number}: {told}");
            assert!(told.contains("put back a copy"), "{number}: {told}");
            assert_eq!(fs::read(&file).unwrap(), bytes, "{number}");
        }
        assert!(in_folder(folder.path()).is_ok());
    }
}
