//! Keys: made here and nowhere else. Every partition key, the index's too, begins with the agency.

pub(super) mod broadcasts;
mod calls;
mod fetching;
mod files;
pub(super) mod lists;
pub(super) mod looks;
mod messages;
mod money;
pub(super) mod notices;
mod portals;
mod post;
mod ratings;
mod receipts;
mod telling;
#[cfg(test)]
mod tests;
mod tokens;
mod totals;
mod tries;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use rules::id::{AgencyCode, DossierId};
use rules::signature::sha256_hex;

pub use fetching::{FETCH_SHARDS, fetch_pk};
pub use messages::MessageOf;
pub use portals::{TELL_SHARDS, tell_pk};
pub use post::{POST_SHARDS, came_back_pk, in_post_pk, post_pk};
pub use receipts::{RECEIPT_SHARDS, receipt_pk, unreported_pk};
pub use totals::{Span, Spans};

/// Shards of the wake index, so that none of its keys runs hot.
pub const SHARDS: u32 = 16;

/// Returns the wake partition of one shard: everything that changes by time alone, whatever its kind.
#[must_use]
pub fn wake_pk(agency: &AgencyCode, shard: u32) -> String {
    format!("{agency}#wake#{shard:02}")
}

/// Returns the partition of one shard in which orders wait to be asked about at their gateways. Another job than the
/// sweep reads it, because a gateway may take half a minute to answer.
#[must_use]
pub fn ask_pk(agency: &AgencyCode, shard: u32) -> String {
    format!("{agency}#ask#{shard:02}")
}

/// A sort key cannot be sought by an empty beginning, so every listed procedure has this one.
const LISTED: &str = "version#";

/// Longest text of a partner that goes into a key as it is. A longer one goes in as its SHA-256.
const LONGEST_PART: usize = 200;

/// The primary key of one item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Partition key.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

/// Subject of a task, known by its item's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Dossiers whose clock has something to do.
    Dossier,
    /// Messages whose lease ran out or that wait for another try.
    Message,
    /// Money that may still find its dossier.
    Money,
    /// Portal events that came before their dossier.
    Arrival,
    /// Orders at gateways whose outcome is not known.
    Checkout,
    /// Dossiers that a portal is to be told of.
    Telling,
    /// Portals that do not let the office log in.
    Door,
    /// Dossiers of which a portal keeps files that are to be fetched.
    Files,
    /// Parcels of which an operator or a dossier is to be told something.
    Parcel,
    /// Events of operators whose parcel is not here.
    Stray,
    /// Lawful receipts that a provider is to be asked for.
    Receipt,
}

impl TaskKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Dossier,
        Self::Message,
        Self::Money,
        Self::Arrival,
        Self::Checkout,
        Self::Telling,
        Self::Door,
        Self::Files,
        Self::Parcel,
        Self::Stray,
        Self::Receipt,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Message => "message",
            Self::Money => "money",
            Self::Arrival => "arrival",
            Self::Checkout => "checkout",
            Self::Telling => "telling",
            Self::Door => "door",
            Self::Files => "files",
            Self::Parcel => "parcel",
            Self::Stray => "stray",
            Self::Receipt => "receipt",
        }
    }

    /// Returns the list of the tasks that a person must look at, oldest first. No sweep reads it.
    #[must_use]
    pub fn person_pk(self, agency: &AgencyCode) -> String {
        format!("{agency}#person#{}", self.name())
    }
}

/// Returns the shard of a text, the same on every machine.
fn shard_of(text: &str) -> u32 {
    text.bytes().fold(0_u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b))) % SHARDS
}

impl Key {
    fn in_dossier(agency: &AgencyCode, id: DossierId, sk: String) -> Self {
        Self { pk: Self::dossier_pk(agency, id), sk }
    }

    /// Returns the partition of one dossier: its state, events, people, forms and messages.
    #[must_use]
    pub fn dossier_pk(agency: &AgencyCode, id: DossierId) -> String {
        format!("{agency}#d#{id}")
    }

    /// Returns the key of the state.
    #[must_use]
    pub fn state(agency: &AgencyCode, id: DossierId) -> Self {
        Self::in_dossier(agency, id, "state".into())
    }

    /// Returns the key of the events of one version.
    #[must_use]
    pub fn event(agency: &AgencyCode, id: DossierId, version: u64) -> Self {
        Self::in_dossier(agency, id, format!("event#{version:010}"))
    }

    /// Returns the key of a form as received with the events of one version.
    #[must_use]
    pub fn form(agency: &AgencyCode, id: DossierId, version: u64) -> Self {
        Self::in_dossier(agency, id, format!("form#{version:010}"))
    }

    /// Returns the key of the people of a dossier.
    #[must_use]
    pub fn person(agency: &AgencyCode, id: DossierId) -> Self {
        Self::in_dossier(agency, id, "person".into())
    }

    /// Returns the agency and dossier this item lies in; `None` if it has a partition of its own.
    #[must_use]
    pub fn dossier(&self) -> Option<(AgencyCode, DossierId)> {
        let (agency, id) = self.pk.split_once("#d#")?;
        Some((AgencyCode::parse(agency).ok()?, DossierId::parse(id).ok()?))
    }

    /// Returns the subject of a task with this key; `None` if the item is never a task.
    #[must_use]
    pub fn task_kind(&self) -> Option<TaskKind> {
        match self.sk.as_str() {
            "state" => Some(TaskKind::Dossier),
            "money" => Some(TaskKind::Money),
            "arrival" => Some(TaskKind::Arrival),
            _ if self.is_message() => Some(TaskKind::Message),
            _ if self.is_checkout() => Some(TaskKind::Checkout),
            _ if self.is_told() => Some(TaskKind::Telling),
            _ if self.is_door() => Some(TaskKind::Door),
            _ if self.is_fetching() => Some(TaskKind::Files),
            _ if self.parcel_no().is_some() => Some(TaskKind::Parcel),
            _ if self.is_stray() => Some(TaskKind::Stray),
            _ if self.is_receipt() => Some(TaskKind::Receipt),
            _ => None,
        }
    }

    /// Returns the shard of the wake index that a task with this key lies in.
    #[must_use]
    pub fn wake_shard(&self) -> u32 {
        match self.dossier() {
            Some((_, id)) => id.shard(SHARDS),
            None => shard_of(&self.pk),
        }
    }

    /// Returns the partition of the wake index that a task with this key lies in.
    #[must_use]
    pub fn wake_pk(&self, agency: &AgencyCode) -> String {
        if let Some((number, ..)) = self.receiver_of() {
            return Self::send_pk(agency, number);
        }
        match self.task_kind() {
            Some(TaskKind::Checkout) => ask_pk(agency, self.wake_shard()),
            Some(TaskKind::Parcel | TaskKind::Stray) => post_pk(agency, self.wake_shard() % POST_SHARDS),
            Some(TaskKind::Receipt) => receipt_pk(agency, self.wake_shard() % RECEIPT_SHARDS),
            Some(TaskKind::Files) => fetch_pk(agency, self.wake_shard() % FETCH_SHARDS),
            Some(_) | None => self.tell_pk(agency).unwrap_or_else(|| wake_pk(agency, self.wake_shard())),
        }
    }

    /// Returns the version, if this is the key of an event item.
    #[must_use]
    pub fn event_version(&self) -> Option<u64> {
        self.sk.strip_prefix("event#")?.parse().ok()
    }

    /// Returns the key of the alias from an official code to an id.
    #[must_use]
    pub fn code(agency: &AgencyCode, code: &str) -> Self {
        Self { pk: format!("{agency}#code#{}", part(code)), sk: "alias".into() }
    }

    /// Returns the key of a partner's delivery or a clerk's idempotency key, so that a repeat changes nothing.
    #[must_use]
    pub fn seen(agency: &AgencyCode, source: &str, delivery: &str) -> Self {
        Self { pk: format!("{agency}#seen#{source}#{}", part(delivery)), sk: "seen".into() }
    }

    /// Returns the key of a portal event that came before its dossier.
    #[must_use]
    pub fn arrival(agency: &AgencyCode, source: &str, delivery: &str) -> Self {
        Self { pk: format!("{agency}#arrival#{source}#{}", part(delivery)), sk: "arrival".into() }
    }

    /// Returns the key of a counter.
    #[must_use]
    pub fn counter(agency: &AgencyCode, series: &str) -> Self {
        Self { pk: format!("{agency}#counter#{series}"), sk: "counter".into() }
    }

    /// Returns the key of one immutable version of a procedure.
    #[must_use]
    pub fn procedure(agency: &AgencyCode, code: &str, version: u32) -> Self {
        Self { pk: format!("{agency}#procedure#{}", part(code)), sk: format!("version#{version:06}") }
    }

    /// Returns the key of a version of a procedure in the list of an agency's catalogue, in the order of codes.
    #[must_use]
    pub fn listed_procedure(agency: &AgencyCode, code: &str, version: u32) -> Self {
        let sk = format!("{LISTED}{}#{version:06}", part(code));
        Self { pk: Self::procedures_pk(agency), sk }
    }

    /// Returns the partition of that list.
    #[must_use]
    pub fn procedures_pk(agency: &AgencyCode) -> String {
        format!("{agency}#procedures")
    }

    /// Returns the beginning of the sort keys of listed procedures whose code has this prefix.
    #[must_use]
    pub fn listed_procedures(code_prefix: &str) -> String {
        format!("{LISTED}{code_prefix}")
    }

    /// Returns the key as DynamoDB wants it.
    #[must_use]
    pub fn attributes(&self) -> HashMap<String, AttributeValue> {
        HashMap::from([
            ("pk".into(), AttributeValue::S(self.pk.clone())),
            ("sk".into(), AttributeValue::S(self.sk.clone())),
        ])
    }
}

fn part(text: &str) -> String {
    if text.len() <= LONGEST_PART {
        return text.to_owned();
    }
    format!("sha256:{}", sha256_hex(text.as_bytes()))
}
