//! Acts of people, as the audit keeps them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Declined, NotLetIn, Through};
use rules::broadcast;
use rules::dossier;
use rules::id::DossierId;
use rules::papers::ContentHash;
use rules::person::Outcome;
use rules::worklist::Kind;

/// An act of somebody, without a word of what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Did {
    /// Did something to a broadcast; written in one transaction with it.
    Broadcast {
        /// Its number.
        number: u32,
        /// The act.
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
    /// Looked at all of a dossier without an account: by digits or by a link.
    Shown {
        /// The dossier.
        id: DossierId,
        /// The key that opened it.
        by: Through,
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
    /// Decided about a lawful receipt; written in one transaction with it.
    DecidedReceipt {
        /// The dossier.
        id: DossierId,
        /// The act, by its name in a path.
        act: String,
    },
    /// Took rows of a day's table of receipts to the tax office; written in one transaction with the note.
    ReportedReceipts {
        /// The day.
        day: Date,
        /// How many rows it had then.
        rows: u64,
    },
    /// Took a day's table of receipts as a file.
    TookReceipts {
        /// The day.
        day: Date,
        /// How many rows it had then.
        rows: u64,
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
    /// Read what people wrote with their ratings.
    SawRatings {
        /// The number of texts shown.
        shown: usize,
    },
    /// Looked at a work list, which names applicants.
    SawList {
        /// The list, by its name in a path.
        list: String,
        /// The number of dossiers shown.
        shown: usize,
    },
    /// Did something with the post: opened, put, closed, printed, looked at.
    Post {
        /// The act, by its name in a path.
        what: String,
        /// The number of the manifest or the parcel; of a list, the number of parcels shown.
        no: String,
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
