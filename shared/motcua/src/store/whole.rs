//! Everything that is kept of one dossier, for the page that shows it: one partition, usually one round trip.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use jiff::Timestamp;

use super::item::{read, s};
use super::{Error, Fate, Item, Key, MessageOf, Receipt, Store, Voucher, lawful_of, text};
use rules::access::Tries;
use rules::dossier::{Dossier, Recorded};
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;
use rules::papers::Scan;
use rules::person::Person;
use rules::portal::{LinkMark, LinkName};
use rules::receipt::Lawful;

/// Pages of a partition that are read at once, of one megabyte each.
const MOST_PAGES: u32 = 4;

/// All of one dossier.
#[derive(Debug)]
pub struct Whole {
    /// Its state.
    pub dossier: Dossier,
    /// Its people; `None` if they were erased.
    pub person: Option<Person>,
    /// Its history, oldest first.
    pub history: Vec<Recorded>,
    /// The forms as received, each with the version it came with.
    pub forms: Vec<(u64, String)>,
    /// The files that the office keeps, oldest first.
    pub scans: Vec<Scan>,
    /// Outcomes of the links to files that portals named.
    pub links: BTreeMap<LinkName, LinkMark>,
    /// The vouchers of what was paid, cancelled ones too.
    pub vouchers: Vec<Voucher>,
    /// The lawful receipts of what was paid.
    pub receipts: Vec<Lawful>,
    /// The messages it sent, oldest first.
    pub messages: Vec<SentMessage>,
    /// The orders at gateways, as they are stored.
    pub orders: Vec<Item>,
    /// The tries to open it by digits.
    pub tries: Tries,
}

/// One message to one receiver, with its progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// The version of the events it is about.
    pub version: u64,
    /// The place among them of the only event it is about; `None` if it is about the commit.
    pub position: Option<usize>,
    /// 0 the applicant, 1 the filer.
    pub receiver: usize,
    /// The way by which it leaves.
    pub outlet: Outlet,
    /// Its outcome.
    pub sending: Sending,
}

/// Outcome of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// The service took it, and told nothing of it since.
    Sent(Timestamp),
    /// It arrived.
    Delivered(Timestamp),
    /// It did not go by this outlet, or did not arrive, for this reason: the outlet that took it over.
    PassedOn(String, Outlet),
    /// It is tried again, for this reason.
    Waits(String),
    /// It did not leave, for this reason.
    NotSent(String),
}

impl Store {
    /// Reads everything of a dossier; `None` if there is no such dossier.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn whole(&self, agency: &AgencyCode, id: DossierId) -> Result<Option<Whole>, Error> {
        let (mut items, mut from) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let answer = self
                .client
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", s(Key::dossier_pk(agency, id)))
                // The person who gave a command sees its result.
                .consistent_read(true)
                .set_exclusive_start_key(from)
                .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                .send()
                .await
                .map_err(|error| Error::from_sdk("Query", &error))?;
            items.extend(answer.items.unwrap_or_default());
            from = answer.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        sorted(&items)
    }
}

fn sorted(items: &[Item]) -> Result<Option<Whole>, Error> {
    let under = |prefix: &'static str| {
        items.iter().filter_map(move |item| Some((text(item, "sk")?.strip_prefix(prefix)?, item)))
    };
    let Some((_, state)) = under("state").next() else { return Ok(None) };
    let person = under("person").next().map(|(_, item)| read(item, "person")).transpose()?;
    let history = under("event#").map(|(_, item)| read(item, "recorded")).collect::<Result<_, _>>()?;
    let forms = under("form#").filter_map(|(version, item)| Some((version.parse().ok()?, text(item, "form")?.into())));
    let mut scans = under("file#").map(|(_, item)| read(item, "scan")).collect::<Result<Vec<Scan>, _>>()?;
    // They lie in the order of their hashes.
    scans.sort_by(|one, other| (one.at, &one.sha256).cmp(&(other.at, &other.sha256)));
    let links = under("link#").filter_map(|(name, item)| Some((LinkName::read(name)?, item)));
    let links = links.map(|(name, item)| Ok((name, read(item, "mark")?))).collect::<Result<_, Error>>()?;
    let vouchers = under("voucher#").map(|(_, item)| Voucher::read(item)).collect::<Result<_, _>>()?;
    let receipts = under("receipt#").map(|(_, item)| lawful_of(item)).collect::<Result<_, _>>()?;
    let messages = under("message#").filter_map(|(_, item)| message(item));
    let orders = under("checkout#").map(|(_, item)| item.clone()).collect();
    let tries = under("tries").next().map_or_else(|| Ok(Tries::default()), |(_, item)| read(item, "tries"))?;
    let (dossier, forms, messages) = (read(state, "state")?, forms.collect(), messages.collect());
    Ok(Some(Whole { dossier, person, history, forms, scans, links, vouchers, receipts, messages, orders, tries }))
}

/// Returns the message of an item; `None` if the item is for events that cannot be read yet.
fn message(item: &Item) -> Option<SentMessage> {
    let key = Key { pk: text(item, "pk")?.to_owned(), sk: text(item, "sk")?.to_owned() };
    let (version, of) = key.message_of()?;
    let (position, receiver, outlet) = match of {
        MessageOf::Commit { receiver, outlet } => (None, receiver, outlet),
        MessageOf::Event { position, receiver } => (Some(position), receiver, Outlet::Sms),
        MessageOf::Unread => return None,
    };
    let reason = || text(item, "reason").unwrap_or("interrupted").to_owned();
    let waits = text(item, "wake_pk").is_some_and(|pk| pk.contains("#wake#"));
    let is_with_a_person = text(item, "wake_pk").is_some_and(|pk| !pk.contains("#wake#"));
    let receipt = Receipt::read(item);
    let passed_to = text(item, "passed_to").and_then(Outlet::parse);
    let sending = match (receipt, text(item, "sent_at").and_then(|at| at.parse().ok())) {
        (Some(Receipt { fate: Fate::Delivered, at, .. }), _) => Sending::Delivered(at),
        (receipt, sent_at) => match (passed_to, receipt, sent_at) {
            (Some(outlet), receipt, _) => Sending::PassedOn(receipt.map_or_else(reason, |it| it.reason), outlet),
            (None, Some(receipt), _) => Sending::NotSent(receipt.reason),
            (None, None, Some(at)) if !is_with_a_person => Sending::Sent(at),
            (None, None, None) if waits => Sending::Waits(reason()),
            (None, None, Some(_) | None) => Sending::NotSent(reason()),
        },
    };
    Some(SentMessage { version, position, receiver, outlet, sending })
}
