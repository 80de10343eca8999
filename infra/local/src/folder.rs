//! A data folder: one process at a time works on it, only its owner reads it, and what is wrong with it is told in words
//! that say what to do.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// File of a data folder that is locked while a process is at work on it.
pub(crate) const LOCK_FILE: &str = "in-use";

/// Reason why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Its name leads to a file.
    #[error("{0} is a file and not a folder: name a folder with --data")]
    NotAFolder(PathBuf),
    /// It, or a file in it, cannot be read or written.
    #[error("{path} {what}: put that right, or name another folder with --data", path = .0.display(), what = plain(.1))]
    Unusable(PathBuf, io::Error),
    /// The content of a file cannot be understood.
    #[error(
        "{file} is damaged, or no file of this program ({1}): put back a copy of the folder, or move the folder away to \
         begin with an empty one",
        file = .0.display()
    )]
    Damaged(PathBuf, String),
}

impl FolderError {
    /// Tells of an error that came from one file of a data folder.
    #[must_use]
    pub fn of(file: PathBuf, error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof | ErrorKind::Other => {
                Self::Damaged(file, error.to_string())
            }
            _ => Self::Unusable(file, error),
        }
    }
}

/// Says in plain words what the system found wrong with a file or a folder, to be read after its name.
#[must_use]
pub fn plain(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "is not there",
        ErrorKind::PermissionDenied => "is closed to this user",
        ErrorKind::ReadOnlyFilesystem => "lies on a disk that can only be read",
        ErrorKind::IsADirectory => "is a folder and not a file",
        ErrorKind::NotADirectory => "lies in something that is a file and not a folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "has no room left on its disk",
        _ => return format!("cannot be used ({error})"),
    };
    known.to_owned()
}

/// Makes a data folder that is missing, for its owner alone: people's names and numbers are kept there.
///
/// # Errors
/// [`FolderError`].
pub fn make(folder: &Path) -> Result<(), FolderError> {
    if folder.is_dir() {
        return Ok(());
    }
    if folder.exists() {
        return Err(FolderError::NotAFolder(folder.to_owned()));
    }
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(|error| FolderError::Unusable(folder.to_owned(), error))
}

/// Claims a data folder for this process, until the file is dropped; `None` while another process has it.
///
/// # Errors
/// [`FolderError`].
pub fn lock(folder: &Path) -> Result<Option<File>, FolderError> {
    make(folder)?;
    let path = folder.join(LOCK_FILE);
    let file = match File::create(&path) {
        Ok(file) => file,
        Err(error) => return Err(FolderError::Unusable(path, error)),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(FolderError::Unusable(path, error)),
    }
}

/// Returns a secret of a data folder, made by `fresh` if there is none. Only the file's owner can read it afterwards, also
/// where an earlier version left it open to others.
///
/// # Errors
/// The file cannot be read or written.
pub(crate) fn secret(file: &Path, fresh: impl FnOnce() -> String) -> io::Result<String> {
    match fs::read_to_string(file) {
        Ok(text) => {
            #[cfg(unix)]
            fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            Ok(text)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let text = fresh();
            let mut options = OpenOptions::new();
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.write(true).create_new(true).open(file)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            Ok(text)
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_the_place_of_the_folder_or_on_the_way_to_it_is_told_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office");
        fs::write(&file, "").unwrap();
        let told = lock(&file).unwrap_err().to_string();
        assert_eq!(told, format!("{} is a file and not a folder: name a folder with --data", file.display()));
        let below = file.join("data");
        let told = lock(&below).unwrap_err().to_string();
        assert!(told.starts_with(&format!("{} lies in something that is a file", below.display())), "{told}");
        assert!(!told.contains("os error"), "{told}");
    }

    #[test]
    fn one_process_at_a_time_has_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        assert!(held.is_some() && lock(folder.path()).unwrap().is_none());
        drop(held);
        assert!(lock(folder.path()).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_a_secret_or_looks_into_a_folder_that_was_made_here() {
        use std::os::unix::fs::PermissionsExt;

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("office");
        make(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        let file = folder.join("key");
        assert_eq!(secret(&file, || "first".into()).unwrap(), "first");
        assert_eq!(mode(&file), 0o600);
        fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        assert_eq!(secret(&file, || "second".into()).unwrap(), "first");
        assert_eq!(mode(&file), 0o600, "an earlier version's is closed");
    }
}
