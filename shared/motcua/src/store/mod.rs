//! The one table: its items, their keys, and how they are read and written.
//!
//! The store always speaks through the real DynamoDB client; tests and the local server replace only the wire.

mod aside;
mod attention;
mod audit;
mod book;
mod broadcasts;
mod calls;
mod commit;
mod daily;
mod declined;
mod did;
mod error;
mod exports;
mod fetching;
mod files;
mod guided;
mod item;
mod keys;
mod lawful;
mod lists;
mod load;
mod looks;
mod messages;
mod money;
mod noticed;
mod notices;
mod people;
mod post;
mod projected;
mod ratings;
mod receipt_days;
mod receipts;
mod receiver_ends;
mod receivers;
mod reminders;
mod search;
mod seen;
mod sent;
mod single;
mod standing;
mod table;
mod tasks;
mod telling;
mod through;
mod tokens;
mod totals;
mod tries;
mod untold;
mod update;
mod voucher;
mod whole;
mod wishes;

pub use aside::{Aside, AsidePage};
pub use attention::ReceiptsToDo;
pub use audit::{AuditEntry, AuditPage};
pub use book::Booked;
pub use broadcasts::BroadcastPage;
pub use calls::{CallMoves, CallPage, EndedMessages, KeptCall};
pub use commit::{Claim, Commit, CommitError};
pub use daily::{DailyList, ListState};
pub use declined::{Declined, NotLetIn};
pub use did::{Did, Way};
pub use error::Error;
pub use exports::{Export, ExportOf, Portion};
pub use fetching::Unfetched;
pub use guided::{GUIDED_KEPT_FOR, Guided, GuidedCount, How};
pub use item::read as read_json;
pub use item::{Item, number, text, write};
pub(crate) use item::{json, read, under};
pub use keys::{
    FETCH_SHARDS, Key, MessageOf, POST_SHARDS, RECEIPT_SHARDS, SHARDS, Span, Spans, TELL_SHARDS, TaskKind, ask_pk,
    came_back_pk, fetch_pk, in_post_pk, post_pk, receipt_pk, tell_pk, unreported_pk, wake_pk,
};
pub use lawful::{LATE_ANSWER, LawfulPage, lawful_key, lawful_of};
pub use lists::{Listed, WorkPage};
pub use load::{Loaded, Page};
pub use looks::{Look, Looker, Looks, NO_ACCOUNT, Reader};
pub use messages::{Ending, Lease, Opening};
pub use money::{Handled, Handling, Money, MoneyPage, NoMoney, Owner, Raw, Refund};
pub use notices::{NoticePage, Published, ReadBy, StandingNotices};
pub use people::{Member, People};
pub use post::{Feed, ManifestPage, OfDossier, ParcelPage, Posted};
pub use projected::{Brought, Counted, Projected};
pub use ratings::rating_key;
pub use receipt_days::{DayPage, MOST_ROWS, ReceiptDay, Reported};
pub use receipts::{Fate, Noted, Receipt, UNANSWERED};
pub use receiver_ends::End;
pub use receivers::{Ended as EndedReceiver, To, Toward};
pub use reminders::Reminder;
pub use search::{FoundPage, Search};
pub use seen::{Ended, Seen};
pub use standing::{Standing, Tries};
pub use table::create_table;
pub use tasks::{TRIES, Task, TaskItem};
pub use telling::{Door, Down, Older, Shut, Told, Untold};
pub use through::Through;
pub use tokens::{Behind, Opens};
pub use totals::{Check, CountedMonth, Difference, Found, Total};
pub use tries::Attempted;
pub use voucher::{Cancelled, OfficialReceipt, Voucher, VoucherNo};
pub use whole::{Sending, SentMessage, Whole};
pub use wishes::wishes_at;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use rules::broadcast::Broadcast;
use rules::clock::CountedBy;
use rules::id::AgencyCode;
use rules::worklist::Counts;

/// Something of each agency as this process read it last, and when that was.
type Lately<T> = Arc<Mutex<BTreeMap<AgencyCode, (Arc<T>, Timestamp)>>>;

/// The table behind the office.
#[derive(Clone, Debug)]
pub struct Store {
    client: Client,
    table: String,
    /// Tables and hours by which all open dossiers of an agency are counted, so that a warm sweep need not ask.
    settled: Arc<Mutex<BTreeMap<AgencyCode, CountedBy>>>,
    /// The counts of an agency's lists when they were read last, and when that was.
    counts: Arc<Mutex<BTreeMap<AgencyCode, (Counts, Timestamp)>>>,
    /// The directory of accounts, so that a page that names them need not ask.
    people: Arc<Mutex<people::Lately>>,
    /// The notices of an agency that stand as they were read last, and when that was.
    notices: Lately<rules::notice::Standing>,
    /// Confirmations that somebody read a notice, as far as this process knows.
    confirmed: Arc<Mutex<BTreeSet<String>>>,
    /// Whole notices and pages of their list as they were read last.
    noticed: Arc<noticed::Noticed>,
    /// The broadcasts of an agency that wait to be released as they were read last, and when that was.
    ready: Lately<Vec<Broadcast>>,
    /// The number of an agency's tasks that wait for a person when they were counted last, and when that was.
    aside: Lately<u64>,
    /// The number of an agency's receipts and tables to deal with when they were counted last, and when that was.
    receipts_to_do: Lately<ReceiptsToDo>,
}

impl Store {
    /// Builds a store on this table.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self {
            client,
            table: table.into(),
            settled: Arc::default(),
            counts: Arc::default(),
            people: Arc::default(),
            notices: Arc::default(),
            confirmed: Arc::default(),
            noticed: Arc::default(),
            ready: Arc::default(),
            aside: Arc::default(),
            receipts_to_do: Arc::default(),
        }
    }

    /// Returns the client, for work that only the local server and tests do.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether this process knows that the agency's open dossiers are counted by these tables and hours.
    pub(crate) fn is_settled(&self, agency: &AgencyCode, by: &CountedBy) -> bool {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).get(agency) == Some(by)
    }

    /// Notes that they are.
    pub(crate) fn settle(&self, agency: &AgencyCode, by: CountedBy) {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).insert(agency.clone(), by);
    }

    /// Returns the table's name.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Opens the connection, so that the first command finds it open. It reads a key that is never there.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn open(&self) -> Result<(), Error> {
        let nothing = Key { pk: "open".into(), sk: "open".into() };
        self.item(&nothing).await.map(|_| ())
    }
}
