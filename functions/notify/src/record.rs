//! One record of the stream, as far as it is an event item that was put.

use motcua::store::Key;
use rules::dossier::Recorded;
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};
use serde::Deserialize;
use serde_json::Value;

/// A record that tells of an event item. Its keys are read before its content, so that one that cannot be read is
/// still known by its name.
pub(crate) struct EventRecord<'a> {
    pub sequence_number: &'a str,
    pub agency: AgencyCode,
    pub id: DossierId,
    pub version: u64,
    pub content: Content,
}

pub(crate) enum Content {
    Recorded(Box<Recorded>),
    /// Why not, without a word of what stands in it.
    Unreadable(String),
}

/// The attributes of an event item that are needed here.
#[derive(Deserialize)]
struct Image {
    #[serde(default)]
    shape: u64,
    recorded: String,
}

impl<'a> EventRecord<'a> {
    /// None for every other write to the table: only events put are told.
    pub fn of(record: &'a Value) -> Option<Self> {
        let change = &record["dynamodb"];
        let text = |name: &str| change["Keys"][name]["S"].as_str().map(str::to_owned);
        let key = Key { pk: text("pk")?, sk: text("sk")? };
        let version = key.event_version()?;
        let (agency, id) = key.dossier()?;
        if record["eventName"] != "INSERT" {
            return None;
        }
        let sequence_number = change["SequenceNumber"].as_str().unwrap_or_default();
        Some(Self { sequence_number, agency, id, version, content: content(&change["NewImage"], version) })
    }
}

fn content(image: &Value, version: u64) -> Content {
    let unreadable = |reason: &str| Content::Unreadable(reason.to_owned());
    let image: Option<Image> = serde_json::from_value::<serde_dynamo::Item>(image.clone())
        .ok()
        .and_then(|item| serde_dynamo::from_item(item).ok());
    let Some(image) = image else { return unreadable("no image of an event item") };
    if image.shape > SHAPE {
        return Content::Unreadable(format!("shape {}, newer than this code knows", image.shape));
    }
    match serde_json::from_str::<Recorded>(&image.recorded) {
        Ok(recorded) if recorded.version == version => Content::Recorded(Box::new(recorded)),
        Ok(_) => unreadable("another version inside than in its key"),
        // The place only: the text around it is not for a log.
        Err(error) => Content::Unreadable(format!("{:?} at column {}", error.classify(), error.column())),
    }
}
