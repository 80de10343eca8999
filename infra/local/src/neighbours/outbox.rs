//! Messages that would have left for people's phones and mailboxes.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::folder::{self, FolderError};

/// The file of a data folder that holds one message a line.
pub const OUTBOX_FILE: &str = "outbox.jsonl";

/// One message as the neighbour took it. `Debug` shows neither number nor text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedMessage {
    /// The id that the sender was given.
    pub message_id: String,
    /// The number in E.164 form.
    pub phone_number: String,
    /// The text as sent.
    pub text: String,
    /// Attributes by their full name, such as `AWS.SNS.SMS.SenderID`.
    pub attributes: BTreeMap<String, String>,
    /// When it was taken.
    pub sent_at: Timestamp,
}

impl fmt::Debug for CapturedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CapturedMessage")
            .field("message_id", &self.message_id)
            .field("text_length", &self.text.chars().count())
            .field("sent_at", &self.sent_at)
            .finish_non_exhaustive()
    }
}

/// All messages of one kind taken so far, oldest first. Clones share them.
#[derive(Clone)]
pub struct Outbox<T = CapturedMessage> {
    state: Arc<Mutex<State<T>>>,
}

struct State<T> {
    messages: Vec<T>,
    file: Option<File>,
}

impl Outbox {
    /// Opens a data folder's outbox of SMS.
    ///
    /// # Errors
    /// As [`Outbox::file`].
    pub fn in_folder(folder: &Path) -> Result<Self, FolderError> {
        Self::file(folder, OUTBOX_FILE)
    }
}

impl<T: Clone + Serialize + DeserializeOwned> Outbox<T> {
    /// Makes an outbox that is forgotten with the process.
    pub fn memory() -> Self {
        Self::new(Vec::new(), None)
    }

    /// Opens this file of a data folder, made if missing. A line cut short by a crash is dropped: its sender had no
    /// answer.
    ///
    /// # Errors
    /// The folder or file cannot be written, or a whole line is not a message.
    pub fn file(folder: &Path, name: &str) -> Result<Self, FolderError> {
        folder::make(folder)?;
        let path = folder.join(name);
        Self::of(&path).map_err(|error| FolderError::of(path, error))
    }

    fn of(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        let content = fs::read(path)?;
        let whole = content.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        file.set_len(whole as u64)?;
        file.flush()?;
        let lines = content[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let messages = lines.map(serde_json::from_slice).collect::<Result<_, _>>()?;
        Ok(Self::new(messages, Some(file)))
    }

    fn new(messages: Vec<T>, file: Option<File>) -> Self {
        Self { state: Arc::new(Mutex::new(State { messages, file })) }
    }

    /// Returns everything taken so far, oldest first.
    pub fn messages(&self) -> Vec<T> {
        self.lock().messages.clone()
    }

    /// Returns how many were taken so far.
    pub fn count(&self) -> usize {
        self.lock().messages.len()
    }

    /// Takes a message, which is on disk before the sender hears of it.
    pub(super) fn take(&self, message: T) -> io::Result<()> {
        let mut state = self.lock();
        if let Some(file) = &mut state.file {
            let mut line = serde_json::to_vec(&message)?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.sync_data()?;
        }
        state.messages.push(message);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
