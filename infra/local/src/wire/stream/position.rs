//! Position of a reader, kept in the data folder.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::folder::FolderError;

/// Records a reader gave up on: the on-failure destination, which gets positions and not the records themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// Sequence numbers, in the order they were last delivered.
    pub sequence_numbers: Vec<String>,
    /// Number of deliveries.
    pub deliveries: u32,
}

/// State stored after every acknowledged batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// The last sequence number before which nothing is outstanding.
    pub(super) after: Option<String>,
    pub(super) given_up: Vec<GivenUp>,
}

/// Place where a position is stored; none for a database in memory.
#[derive(Debug)]
pub(super) struct Store {
    path: Option<PathBuf>,
}

impl Store {
    pub(super) fn new(folder: Option<&Path>, reader: &str) -> Self {
        Self { path: folder.map(|folder| folder.join(format!("stream-{reader}.json"))) }
    }

    pub(super) fn load(&self) -> Result<Position, FolderError> {
        let Some(path) = &self.path else { return Ok(Position::default()) };
        let failed = |error| FolderError::of(path.clone(), error);
        match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| failed(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Position::default()),
            Err(error) => Err(failed(error)),
        }
    }

    pub(super) fn save(&self, position: &Position) -> Result<(), FolderError> {
        let Some(path) = &self.path else { return Ok(()) };
        write(path, position).map_err(|error| FolderError::of(path.clone(), error))
    }
}

/// Writes beside and renames, so that a crash leaves the old position or the new one.
fn write(path: &Path, position: &Position) -> io::Result<()> {
    let beside = path.with_extension("json.new");
    let mut file = File::create(&beside)?;
    file.write_all(&serde_json::to_vec(position)?)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
