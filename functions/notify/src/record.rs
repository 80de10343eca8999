//! One record of the stream, if it is an event item that was put.

use motcua::stream::{Kind, Record};
use rules::dossier::{Recorded, SHAPE};
use rules::id::{AgencyCode, DossierId};

/// A record of an event item. Its keys are read before its content, so that a record that cannot be read is still known
/// by its name.
pub(crate) struct EventRecord<'a> {
    pub sequence_number: &'a str,
    pub agency: AgencyCode,
    pub id: DossierId,
    pub version: u64,
    pub content: Content,
}

pub(crate) enum Content {
    Recorded(Box<Recorded>),
    /// The reason, without a word of the content.
    Unreadable(String),
}

impl<'a> EventRecord<'a> {
    /// Reads a record; `None` for every other write to the table, since only new events cause messages.
    pub fn of(record: &Record<'a>) -> Option<Self> {
        let version = record.key.event_version()?;
        let (agency, id) = record.key.dossier()?;
        if record.kind != Kind::Insert {
            return None;
        }
        let content = content(record, version);
        Some(Self { sequence_number: record.sequence_number, agency, id, version, content })
    }
}

fn content(record: &Record<'_>, version: u64) -> Content {
    let unreadable = |reason: &str| Content::Unreadable(reason.to_owned());
    let shape = record.attribute("shape").map_or(Ok(0), str::parse::<u64>);
    let (Ok(shape), Some(recorded)) = (shape, record.attribute("recorded")) else {
        return unreadable("no image of an event item");
    };
    if shape > SHAPE {
        return Content::Unreadable(format!("shape {shape}, newer than this code knows"));
    }
    match serde_json::from_str::<Recorded>(recorded) {
        Ok(recorded) if recorded.version == version => Content::Recorded(Box::new(recorded)),
        Ok(_) => unreadable("another version inside than in its key"),
        // The place only: the text around it is not for a log.
        Err(error) => Content::Unreadable(format!("{:?} at column {}", error.classify(), error.column())),
    }
}
