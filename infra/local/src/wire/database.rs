//! Opening the embedded database.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dynoxide::types::Item;
use dynoxide::{Database, DynoxideError, ImportOptions};
use rusqlite::Connection;
use serde_json::Value;

use super::clock::VirtualClock;

/// File of a data folder with its items and stream.
pub const DATABASE_FILE: &str = "dynamodb.db";

/// Each write asks for the last number of the stream, and each read for those after one, both as integers of a text.
/// Without an index of just that, every one of them reads the whole stream.
const STREAM_INDEX: &str = "CREATE INDEX IF NOT EXISTS motcua_stream_number \
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

/// The database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or its name is not UTF-8.
    #[error("data folder: {0}")]
    Folder(std::io::Error),
    /// The database refused.
    #[error("embedded database: {0}")]
    Database(#[from] dynoxide::DynoxideError),
    /// Its stream could not be indexed.
    #[error("the index of the stream: {0}")]
    Index(#[from] rusqlite::Error),
}

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
/// Items written one by one are each a transaction and a record of the stream. Without an index each of them reads
/// through the stream. A bench that stores a million goes this way.
///
/// # Errors
/// [`FillError`]; nothing was put then.
pub fn fill(database: &Database, table: &str, items: Vec<Value>) -> Result<usize, FillError> {
    let items = items.into_iter().map(serde_json::from_value::<Item>).collect::<Result<_, _>>()?;
    let options = ImportOptions { record_streams: false, set_cached_at: false };
    Ok(database.import_items(table, items, options)?.items_imported)
}

/// Makes a database in memory that stamps its stream with real time.
pub fn memory() -> Result<Database, OpenError> {
    Ok(Database::memory()?)
}

/// Makes a database in memory that stamps its stream from `clock`.
pub fn memory_with_clock(clock: &VirtualClock) -> Result<Database, OpenError> {
    Ok(Database::memory_with_clock(Arc::new(clock.clone()))?)
}

/// Opens the database of a data folder, made if missing. It stamps its stream with real time.
pub fn in_folder(folder: &Path) -> Result<Database, OpenError> {
    let path = file(folder)?;
    let database = Database::new(&path)?;
    index_stream(&path)?;
    Ok(database)
}

fn file(folder: &Path) -> Result<String, OpenError> {
    fs::create_dir_all(folder).map_err(OpenError::Folder)?;
    let path = folder.join(DATABASE_FILE);
    let path = path.to_str().ok_or_else(|| {
        OpenError::Folder(std::io::Error::new(std::io::ErrorKind::InvalidInput, "the folder's name is not UTF-8"))
    })?;
    Ok(path.to_owned())
}

fn index_stream(path: &str) -> Result<(), OpenError> {
    Ok(Connection::open(path)?.execute_batch(STREAM_INDEX)?)
}
