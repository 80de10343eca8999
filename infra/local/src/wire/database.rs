//! Opening the embedded database.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dynoxide::types::Item;
use dynoxide::{Database, DynoxideError, ImportOptions};
use serde_json::Value;

use super::clock::VirtualClock;

/// The file a data folder keeps its items and stream in.
pub const DATABASE_FILE: &str = "dynamodb.db";

/// The database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or its name is not UTF-8.
    #[error("data folder: {0}")]
    Folder(std::io::Error),
    /// The database refused.
    #[error("embedded database: {0}")]
    Database(#[from] dynoxide::DynoxideError),
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
/// Items that are written come into the stream, and to number each record the database looks through all that are
/// there: the more there are, the longer a write takes. A bench that stores a million goes this way.
///
/// # Errors
/// [`FillError`]; nothing was put then.
pub fn fill(database: &Database, table: &str, items: Vec<Value>) -> Result<usize, FillError> {
    let items = items.into_iter().map(serde_json::from_value::<Item>).collect::<Result<_, _>>()?;
    let options = ImportOptions { record_streams: false, set_cached_at: false };
    Ok(database.import_items(table, items, options)?.items_imported)
}

/// A database in memory that stamps its stream with real time.
pub fn memory() -> Result<Database, OpenError> {
    Ok(Database::memory()?)
}

/// A database in memory that stamps its stream from `clock`.
pub fn memory_with_clock(clock: &VirtualClock) -> Result<Database, OpenError> {
    Ok(Database::memory_with_clock(Arc::new(clock.clone()))?)
}

/// The database of a data folder, made if missing. It stamps its stream with real time.
pub fn in_folder(folder: &Path) -> Result<Database, OpenError> {
    fs::create_dir_all(folder).map_err(OpenError::Folder)?;
    let path = folder.join(DATABASE_FILE);
    let path = path.to_str().ok_or_else(|| {
        OpenError::Folder(std::io::Error::new(std::io::ErrorKind::InvalidInput, "the folder's name is not UTF-8"))
    })?;
    Ok(Database::new(path)?)
}
