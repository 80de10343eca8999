//! Audit of who looked at what and did what: one item for each act, by day, never changed.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::item::{json, read, s, under};
use super::{Claim, Declined, Error, Item, Key, NotLetIn, Store, text};
use rules::broadcast;
use rules::dossier;
use rules::id::{AgencyCode, DossierId};
use rules::papers::ContentHash;
use rules::person::Outcome;
use rules::worklist::Kind;

/// Entries read for one page.
const PAGE: i32 = 100;
/// The longest place in a day, in bytes.
const LONGEST_PLACE: usize = 64;

/// An act of somebody, without a word of what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Did {
    /// Did something to a broadcast; written in one transaction with it.
    Broadcast {
        /// Its number.
        number: u32,
        /// What was done.
        act: broadcast::Act,
    },
    /// Looked for somebody or something.
    Searched {
        /// The kind of thing.
        kind: Kind,
        /// The number found on the page.
        found: usize,
        /// A keyed hash of the question: the same question has the same one.
        asked: String,
    },
    /// Looked at, printed or exported part of the register.
    Listed {
        /// The first day of receipt.
        from: Date,
        /// The last.
        until: Date,
        /// The number of dossiers shown.
        shown: u64,
        /// The way they were shown.
        by: Way,
    },
    /// Opened a dossier.
    Opened {
        /// The dossier.
        id: DossierId,
    },
    /// Gave a command that a dossier took; written in one transaction with it.
    Commanded {
        /// The dossier.
        id: DossierId,
        /// The version it made.
        version: u64,
        /// The kind of command.
        command: dossier::Kind,
    },
    /// Had an order opened for a fee, or was shown the one that is open.
    OpenedOrder {
        /// The dossier.
        id: DossierId,
        /// The attempt to collect the fee.
        attempt: u8,
    },
    /// Stored a file of a dossier; written in one transaction with its record.
    StoredFile {
        /// The dossier.
        id: DossierId,
        /// The file.
        sha256: ContentHash,
    },
    /// Opened a file of a dossier.
    OpenedFile {
        /// The dossier.
        id: DossierId,
        /// The file.
        sha256: ContentHash,
    },
    /// Decided about money that belongs to no dossier alone; written in one transaction with it.
    DecidedMoney {
        /// The payment's name in a path.
        money: String,
        /// The version it made.
        version: u64,
    },
    /// Compared a gateway's settlement with what came in.
    Compared {
        /// The channel.
        channel: String,
        /// The first day it settles.
        from: Date,
        /// The last.
        until: Date,
        /// The number of differences.
        differences: usize,
    },
    /// Had a task that no function could finish tried again, or noted that it was dealt with.
    Attended {
        /// Its name in a path.
        item: String,
        /// Whether it is tried again.
        again: bool,
        /// The way it was dealt with.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// Imported a catalogue.
    Imported {
        /// Versions that were new.
        now: usize,
        /// Versions that were there before.
        before: usize,
    },
    /// Looked at a work list, which names applicants.
    SawList {
        /// The list, by its name in a path.
        list: String,
        /// The number of dossiers shown.
        shown: usize,
    },
    /// Looked at the phone list, which names people.
    SawCalls {
        /// The number of people shown.
        shown: usize,
    },
    /// Looked at what one person is to be told on the phone.
    OpenedCall {
        /// Its name in a path.
        call: String,
    },
    /// Recorded the outcome of a call; written in one transaction with it.
    Called {
        /// Its name in a path.
        call: String,
        /// The outcome.
        outcome: Outcome,
    },
    /// Read a gateway's message about a payment as it was received.
    ReadMoney {
        /// The payment's name in a path.
        money: String,
    },
    /// Read a message that no function could use as it was received.
    ReadAside {
        /// Its name in a path.
        item: String,
    },
    /// Wanted something and was refused. Nothing was recorded of it but this.
    Refused {
        /// The command, decision or page, by our own name for it.
        what: String,
        /// The dossier, if it was about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<DossierId>,
        /// The reason.
        because: Declined,
    },
    /// Signed in.
    SignedIn,
    /// Wrote down how somebody wants to be told.
    WroteWishes {
        /// The dossier from which they did.
        id: DossierId,
        /// The name of the person's call, a keyed hash.
        call: String,
    },
    /// Published a version of a notice; written in one transaction with it.
    PublishedNotice {
        /// The number of the notice.
        number: u32,
        /// The version.
        version: u32,
    },
    /// Came back from the provider, or sent a token, and was not let in.
    NotSignedIn {
        /// The reason.
        because: NotLetIn,
    },
    /// Signed out.
    SignedOut,
    /// Ended all sessions and tokens of an account.
    Dismissed {
        /// The account.
        account: String,
    },
    /// Closed an account, or opened it again.
    ClosedAccount {
        /// The account.
        account: String,
        /// Whether it is closed now.
        closed: bool,
    },
}

/// A way in which many dossiers are shown with their people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// On a page.
    Page,
    /// Printed.
    Print,
    /// In a file.
    File,
}

/// One entry of the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The time.
    pub at: Timestamp,
    /// The account, by the subject of the sign-in.
    pub who: String,
    /// The act.
    pub did: Did,
}

/// A page of the audit.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// Newest first. Entries that newer code wrote and this code does not know are left out.
    pub entries: Vec<AuditEntry>,
    /// Place where the next page begins; `None` at the end. With a filter a page may be empty and not the last.
    pub next: Option<String>,
}

impl AuditEntry {
    /// Returns the entry as a claim, to be written with something else.
    #[must_use]
    pub fn claim(&self, agency: &AgencyCode) -> Claim {
        Claim::Put(self.item(agency))
    }

    fn item(&self, agency: &AgencyCode) -> Item {
        let mut item = under(&Key::audit(agency, self.at, fastrand::u64(..)));
        item.insert("who".into(), s(self.who.as_str()));
        item.insert("entry".into(), json(self));
        item
    }
}

impl Store {
    /// Writes an entry.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn audit(&self, agency: &AgencyCode, entry: &AuditEntry) -> Result<(), Error> {
        // A token that exists already is from this same call, repeated after an answer that was lost.
        self.put_once(entry.item(agency)).await.map(|_| ())
    }

    /// Reads a page of the acts of a day in Vietnam, newest first, by everybody or by one account. Returns `None` if
    /// `after` names no place.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn audited(
        &self,
        agency: &AgencyCode,
        day: Date,
        who: Option<&str>,
        after: Option<&str>,
    ) -> Result<Option<AuditPage>, Error> {
        let pk = Key::audit_pk(agency, day);
        if !after.is_none_or(is_place) {
            return Ok(None);
        }
        let from = after.map(|sk| Key { pk: pk.clone(), sk: sk.to_owned() }.attributes());
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(pk))
            .scan_index_forward(false)
            .limit(PAGE)
            .set_exclusive_start_key(from)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let query = match who {
            None => query,
            Some(who) => query.filter_expression("who = :who").expression_attribute_values(":who", s(who)),
        };
        let answer = query.send().await.map_err(|error| Error::from_sdk("Query", &error))?;
        let entry = |item: &Item| match read(item, "entry") {
            Ok(entry) => Some(entry),
            Err(error) => {
                tracing::warn!(%error, "an entry of the audit not read");
                None
            }
        };
        let entries = answer.items.unwrap_or_default().iter().filter_map(entry).collect();
        let next = answer.last_evaluated_key.as_ref().and_then(|last| text(last, "sk").map(str::to_owned));
        Ok(Some(AuditPage { entries, next }))
    }
}

fn is_place(sk: &str) -> bool {
    let hex = |token: &str| token.len() == 16 && token.bytes().all(|b| b.is_ascii_hexdigit());
    sk.len() <= LONGEST_PLACE
        && sk.split_once('#').is_some_and(|(at, token)| at.parse::<Timestamp>().is_ok() && hex(token))
}
