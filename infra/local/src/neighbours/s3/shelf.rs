//! Storage of the objects: in memory, or as files under a folder, each under its bucket and key.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// `bucket/key`, of which no part leads out of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(String);

impl Name {
    /// Reads it from an address in the style that has the bucket in the path.
    pub fn of_uri(uri: &str) -> Option<Self> {
        let rest = uri.split_once("://").map_or(uri, |(_, rest)| rest);
        let (_, path) = rest.split_once('/')?;
        let path = path.split('?').next()?;
        Self::parse(&percent_decode_str(path).decode_utf8().ok()?)
    }

    /// Whether the object's key begins with this folder.
    pub fn is_below(&self, folder: &str) -> bool {
        let key = self.0.split_once('/').map_or("", |(_, key)| key);
        key.split_once('/').is_some_and(|(first, _)| first == folder)
    }

    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<_> = text.split('/').collect();
        let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
        (parts.len() > 1 && parts.iter().all(|part| plain(part))).then(|| Self(text.to_owned()))
    }
}

pub(super) enum Shelf {
    Memory(BTreeMap<Name, Vec<u8>>),
    Folder(PathBuf),
}

impl Shelf {
    pub fn memory() -> Self {
        Self::Memory(BTreeMap::new())
    }

    pub fn in_folder(folder: PathBuf) -> Self {
        Self::Folder(folder)
    }

    /// Stores an object on disk before the sender hears of it, and never half of it.
    pub fn put(&mut self, name: &Name, content: &[u8]) -> io::Result<()> {
        match self {
            Self::Memory(objects) => {
                objects.insert(name.clone(), content.to_vec());
                Ok(())
            }
            Self::Folder(folder) => {
                let path = folder.join(&name.0);
                let beside = path.parent().unwrap_or(folder);
                fs::create_dir_all(beside)?;
                let partly = path.with_extension("part");
                let mut file = File::create(&partly)?;
                file.write_all(content)?;
                file.sync_all()?;
                fs::rename(&partly, &path)?;
                File::open(beside)?.sync_all()
            }
        }
    }

    pub fn read(&self, name: &Name) -> io::Result<Option<Vec<u8>>> {
        match self {
            Self::Memory(objects) => Ok(objects.get(name).cloned()),
            Self::Folder(folder) => match fs::read(folder.join(&name.0)) {
                Ok(content) => Ok(Some(content)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            },
        }
    }

    pub fn remove(&mut self, name: &Name) -> io::Result<()> {
        match self {
            Self::Memory(objects) => objects.remove(name).map(|_| ()).ok_or(io::ErrorKind::NotFound.into()),
            Self::Folder(folder) => fs::remove_file(folder.join(&name.0)),
        }
    }

    pub fn names(&self) -> io::Result<Vec<String>> {
        match self {
            Self::Memory(objects) => Ok(objects.keys().map(|name| name.0.clone()).collect()),
            Self::Folder(folder) => {
                let mut names = Vec::new();
                if folder.exists() {
                    walk(folder, "", &mut names)?;
                }
                names.sort();
                Ok(names)
            }
        }
    }
}

fn walk(folder: &Path, under: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        match entry.file_type()?.is_dir() {
            true => walk(&entry.path(), &format!("{name}/"), names)?,
            false => names.push(name),
        }
    }
    Ok(())
}
