//! Postal operators: how they are believed, and how they are given orders.

use std::collections::BTreeMap;

use jiff::civil::Date;
use units::{Catalogue, Code};

use super::address::address;
use super::entry::Entry;
use super::password::Password;
use super::scope::Scope;
use crate::post::Numbers;

/// The setting of a post's entry.
const FIELD: &str = "order";
/// Minutes between two readings of the feed, if the entry names no number.
const EVERY_MINUTES: u64 = 15;
/// The most ranges of numbers.
const MOST_RANGES: usize = 100;

/// A kind of operator, by its way of taking orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKind {
    /// VNPost through the NGSP bus.
    VnPost,
}

/// The sender of every parcel, as the operator knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The office's name.
    pub name: String,
    /// Its telephone, digits only.
    pub telephone: String,
    /// House and street, commune.
    pub address: String,
    /// The operator's own number of the province.
    pub province: u32,
    /// The operator's own number of the district, if it wants one.
    pub district: Option<u32>,
}

/// How one operator is given orders and tells what became of them.
///
/// ```toml
/// [[posts]]
/// id = "vnpost"
/// keys = ["whsec_…"]                  # of its signed events; may be left out beside `paths`
/// paths = ["…"]                       # for a sender who cannot sign: 32 letters and digits that nobody guesses, or more
///
/// [posts.codes]                       # what the operator's own codes mean, beyond those that are known
/// "H12" = "attempt_failed"
///
/// [posts.order]
/// kind = "vnpost"
/// token_url = "https://ngsp.example.vn/token"
/// order_url = "https://ngsp.example.vn/order"
/// cancel_url = "https://ngsp.example.vn/cancel"
/// tracking_url = "https://ngsp.example.vn/tracking"
/// look_up_url = "https://ngsp.example.vn/lookup"   # may be left out
/// customer = "KHVP"
/// key = "…"                           # on AWS in the secret of this use
/// secret = "…"                        # likewise
/// feed_every_minutes = 15             # may be left out
/// numbers = ["CE123456785VN..CE123456808VN"]       # may be left out: then the operator gives them, or a clerk types them
///
/// [posts.order.sender]
/// name = "Bộ phận Một cửa Khu kinh tế Vân Phong"
/// telephone = "02583000000"
/// address = "Khu kinh tế Vân Phong"
/// province = 65
///
/// [posts.order.provinces]             # VNPost's own number of each province, by the statistics code
/// "56" = 65
/// ```
#[derive(Clone, Debug)]
pub struct PostOrder {
    /// Its kind.
    pub kind: PostKind,
    /// The address that gives a token.
    pub token_url: String,
    /// The address that takes orders.
    pub order_url: String,
    /// The address that takes cancellations.
    pub cancel_url: String,
    /// The address of the feed.
    pub tracking_url: String,
    /// The address that answers about one order, if there is one.
    pub look_up_url: Option<String>,
    /// The operator's name of the office.
    pub customer: String,
    /// The key of the log-in; `None` if it is in a secret that this function does not read.
    pub key: Option<Password>,
    /// The secret of the log-in, likewise.
    pub secret: Option<Password>,
    /// The sender.
    pub sender: Sender,
    /// The operator's own number of each province, by its statistics code.
    pub provinces: BTreeMap<Code, u32>,
    /// Minutes between two readings of the feed.
    pub feed_every_minutes: u64,
    /// Waybill numbers that the operator gave out beforehand.
    pub numbers: Vec<Numbers>,
}

impl Scope<'_> {
    /// Reads how an operator is given orders; `Some(None)` if it takes none by a call, `None` if the setting is wrong.
    pub(super) fn ordering(&self, entry: &mut Entry<'_>) -> Option<Option<PostOrder>> {
        entry.within(FIELD, |own| self.order(own))
    }

    fn order(&self, own: &mut Entry<'_>) -> Option<PostOrder> {
        let kind = match own.text("kind") {
            Some("vnpost") => Some(PostKind::VnPost),
            Some(_) => {
                own.problem("kind", "is none of vnpost");
                None
            }
            None => None,
        };
        let [token_url, order_url, cancel_url, tracking_url] = ["token_url", "order_url", "cancel_url", "tracking_url"]
            .map(|field| {
                if own.value(field).is_none() {
                    own.problem(field, "is missing");
                }
                address(own, field, self.host)
            });
        let look_up_url = address(own, "look_up_url", self.host);
        let customer = own.text("customer");
        let [key, secret] = ["key", "secret"].map(|field| match self.ordering_elsewhere {
            true => own.optional_text(field),
            false => own.text(field),
        });
        let sender = part(own, "sender", sender);
        let provinces = part(own, "provinces", provinces);
        let (feed_every_minutes, numbers) = (feed_every(own), numbers(own));
        Some(PostOrder {
            kind: kind?,
            token_url: token_url?,
            order_url: order_url?,
            cancel_url: cancel_url?,
            tracking_url: tracking_url?,
            look_up_url,
            customer: customer?.to_owned(),
            key: key.map(Password::of),
            secret: secret.map(Password::of),
            sender: sender?,
            provinces: provinces?,
            feed_every_minutes,
            numbers,
        })
    }
}

/// Reads a table within the table that has to be there.
fn part<'a, T>(own: &mut Entry<'a>, field: &'static str, read: impl FnOnce(&mut Entry<'a>) -> Option<T>) -> Option<T> {
    let found = own.within(field, read)?;
    if found.is_none() {
        own.problem(field, "is missing");
    }
    found
}

fn sender(entry: &mut Entry<'_>) -> Option<Sender> {
    let [name, telephone, address] = ["name", "telephone", "address"].map(|field| entry.text(field));
    let dialled = |text: &str| (8..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if telephone.is_some_and(|telephone| !dialled(telephone)) {
        entry.problem("telephone", "takes 8 to 15 digits");
    }
    for (field, text) in [("name", name), ("address", address)] {
        if text.is_some_and(|text| text.chars().count() > 200 || text.chars().any(char::is_control)) {
            entry.problem(field, "takes one line of at most 200 characters");
        }
    }
    if entry.value("province").is_none() {
        entry.problem("province", "is missing");
    }
    let (province, district) = (own_number(entry, "province"), own_number(entry, "district"));
    let (name, telephone, address) = (name?.to_owned(), telephone?.to_owned(), address?.to_owned());
    Some(Sender { name, telephone, address, province: province?, district })
}

/// Reads a number of the operator's own.
fn own_number(entry: &mut Entry<'_>, field: &'static str) -> Option<u32> {
    let value = entry.value(field)?;
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
    if number.is_none() {
        entry.problem(field, "is not the operator's number of a place");
    }
    number
}

/// Reads the operator's numbers of provinces. Each province of today needs one, or an order there would be refused.
fn provinces(entry: &mut Entry<'_>) -> Option<BTreeMap<Code, u32>> {
    let today: Vec<Code> = Catalogue::of(Date::MAX).provinces().map(|province| province.code().code).collect();
    let mut found = BTreeMap::new();
    for (name, value) in entry.all() {
        let code = Code::parse(name).ok().filter(|code| today.contains(code));
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
        match (code, number) {
            (Some(code), Some(number)) => {
                found.insert(code, number);
            }
            (None, _) => entry.problem(name.clone(), "is the code of no province"),
            (Some(_), None) => entry.problem(name.clone(), "is not the operator's number of a province"),
        }
    }
    let lacks: Vec<String> = today.iter().filter(|code| !found.contains_key(code)).map(ToString::to_string).collect();
    if !lacks.is_empty() {
        entry.problem("", format!("lacks the provinces {}", lacks.join(", ")));
    }
    Some(found)
}

fn feed_every(own: &mut Entry<'_>) -> u64 {
    const FIELD: &str = "feed_every_minutes";
    let number = match own.value(FIELD) {
        None => Some(EVERY_MINUTES),
        Some(value) => value.as_u64().filter(|number| (1..=24 * 60).contains(number)),
    };
    if number.is_none() {
        own.problem(FIELD, "takes a whole number of minutes from 1 to 1440");
    }
    number.unwrap_or(EVERY_MINUTES)
}

fn numbers(own: &mut Entry<'_>) -> Vec<Numbers> {
    const FIELD: &str = "numbers";
    if own.value(FIELD).is_none() {
        return Vec::new();
    }
    let texts = own.texts(FIELD).unwrap_or_default();
    if texts.len() > MOST_RANGES {
        own.problem(FIELD, "takes at most 100 ranges");
    }
    let mut ranges: Vec<Numbers> = Vec::new();
    for (index, text) in texts.into_iter().enumerate() {
        match Numbers::parse(text) {
            Ok(range) if ranges.iter().any(|other| other.overlaps(&range)) => {
                own.problem(format!("{FIELD}[{index}]"), "has a number of another range");
            }
            Ok(range) => ranges.push(range),
            Err(error) => own.problem(format!("{FIELD}[{index}]"), error.to_string()),
        }
    }
    ranges
}
