//! An agency, and the codes it has and had.

use super::contact::Contact;
use super::entry::Entry;
use crate::broadcast;
use crate::clock::{Calendar, OfficeHours};
use crate::id::AgencyCode;
use crate::message::{Outlet, Timing};

/// One agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its code, such as `000.00.01.H32`.
    pub code: AgencyCode,
    /// The codes it had before, the first one first.
    pub formerly: Vec<AgencyCode>,
    /// Its full Vietnamese name.
    pub name: String,
    /// The few letters that mark its pages if it has no emblem; the initials of its name if the entry gives none.
    pub mark: Option<String>,
    /// The address of its emblem: a path on the office's own host, or the picture itself as a `data:` address.
    pub emblem: Option<String>,
    /// Beginning of its SMS: ASCII, at most 20 characters.
    pub sms_prefix: Option<String>,
    /// The name its SMS come from: 3 to 11 letters and digits, at least one letter. Networks in Vietnam show it only if
    /// it was registered in advance.
    pub sms_sender_id: Option<String>,
    /// The highest price of one SMS, in US dollars as a decimal; a dearer one is not sent.
    pub sms_max_price: Option<String>,
    /// The outlets by which its messages leave, in its own order: what cannot reach somebody by one goes to the next.
    pub outlets: Vec<Outlet>,
    /// The address that its e-mails come from. Without one it sends none.
    pub email_from: Option<String>,
    /// The service's configuration set that reports what became of its e-mails. Without one, *sent* is all that is known.
    pub email_events: Option<String>,
    /// When its messages leave, and how many of them.
    pub timing: Timing,
    /// Its broadcasts: who releases them, how fast they leave, and what they cost.
    pub broadcasts: broadcast::Settings,
    /// How the public reaches it.
    pub contact: Contact,
    /// Its office hours; the usual ones if the entry gives none.
    pub office_hours: OfficeHours,
    /// The channel through which the catalogue's fees are asked for; its only open one if the entry names none.
    pub default_channel: Option<String>,
    /// The series its vouchers are numbered in; [`super::DEFAULT_VOUCHER_SERIES`] if the entry names none.
    pub voucher_series: String,
    /// The official days off, with the tables that the configuration adds for all agencies and for this one.
    pub calendar: Calendar,
}

impl Agency {
    /// Returns the code that its keys in the table begin with: the first one it ever had. What is stored stays where it
    /// is when an agency is given another code, and is found by the same keys.
    #[must_use]
    pub fn key(&self) -> &AgencyCode {
        self.formerly.first().unwrap_or(&self.code)
    }

    /// Whether it has this code, or had it.
    #[must_use]
    pub fn answers_to(&self, code: &str) -> bool {
        self.codes().any(|own| own.as_str() == code)
    }

    /// Returns the code it has, and those it had.
    pub fn codes(&self) -> impl Iterator<Item = &AgencyCode> {
        std::iter::once(&self.code).chain(&self.formerly)
    }
}

const MAX_SMS_PREFIX: usize = 20;
/// The longest mark, in characters.
const LONGEST_MARK: usize = 6;
/// The longest address of an emblem: the configuration as a whole fits into a secret.
const LONGEST_EMBLEM: usize = 16_384;

/// Reads the mark and the emblem of an entry.
pub(super) fn face(entry: &mut Entry<'_>) -> [Option<String>; 2] {
    let mark = entry.optional_text("mark");
    if mark.is_some_and(|it| it.chars().count() > LONGEST_MARK) {
        entry.problem("mark", "takes at most 6 characters");
    }
    let emblem = entry.optional_text("emblem");
    if emblem.is_some_and(|it| !is_emblem(it)) {
        entry.problem(
            "emblem",
            "takes a path on this host such as \"/emblem.svg\", or a picture as \"data:image/svg+xml;base64,…\" or \
             \"data:image/png;base64,…\", at most 16,384 bytes",
        );
    }
    [mark, emblem].map(|it| it.map(str::to_owned))
}

/// Whether pages may load this as a picture: their policy lets nothing come from another host.
fn is_emblem(text: &str) -> bool {
    let path = text.starts_with('/') && !text.starts_with("//");
    let data = ["svg+xml", "png"].iter().any(|kind| text.starts_with(&format!("data:image/{kind};base64,")));
    (path || data) && text.len() <= LONGEST_EMBLEM && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

/// Reads the beginning, the sender and the highest price of the messages of an entry.
pub(super) fn sms(entry: &mut Entry<'_>) -> [Option<String>; 3] {
    let sms_prefix = entry.optional_text("sms_prefix");
    if sms_prefix.is_some_and(|it| !it.is_ascii() || it.len() > MAX_SMS_PREFIX) {
        entry.problem("sms_prefix", "takes ASCII, at most 20 characters");
    }
    let sms_sender_id = entry.optional_text("sms_sender_id");
    if sms_sender_id.is_some_and(|it| !is_sender_id(it)) {
        entry.problem("sms_sender_id", "takes 3 to 11 letters and digits, at least one letter");
    }
    let sms_max_price = entry.optional_text("sms_max_price");
    if sms_max_price.is_some_and(|it| !is_price(it)) {
        entry.problem("sms_max_price", "takes US dollars above 0 and below 100, in quotes, such as \"0.20\"");
    }
    [sms_prefix, sms_sender_id, sms_max_price].map(|it| it.map(str::to_owned))
}

/// Reads the outlets of an entry, in its order. SMS alone, if it names none.
pub(super) fn outlets(entry: &mut Entry<'_>) -> Vec<Outlet> {
    const FIELD: &str = "outlets";
    if entry.value(FIELD).is_none() {
        return vec![Outlet::Sms];
    }
    let written = entry.texts(FIELD).unwrap_or_default();
    let mut outlets = Vec::new();
    for (index, name) in written.iter().enumerate() {
        match Outlet::parse(name) {
            None => entry.problem(format!("{FIELD}[{index}]"), "takes \"sms\", \"email\" or \"https\""),
            Some(outlet) if outlets.contains(&outlet) => entry.problem(format!("{FIELD}[{index}]"), "is named twice"),
            Some(outlet) => outlets.push(outlet),
        }
    }
    if written.is_empty() {
        entry.problem(FIELD, "names at least one outlet");
    }
    outlets
}

/// Reads the sender of an entry's e-mails and the set that reports what became of them.
pub(super) fn email(entry: &mut Entry<'_>, outlets: &[Outlet]) -> [Option<String>; 2] {
    let email_from = entry.optional_text("email_from");
    if email_from.is_some_and(|it| !is_sender_address(it)) {
        entry
            .problem("email_from", "takes an address such as \"mot-cua@example.vn\", in ASCII, at most 254 characters");
    }
    if email_from.is_none() && outlets.contains(&Outlet::Email) {
        entry.problem("email_from", "is missing, and \"outlets\" names \"email\"");
    }
    let email_events = entry.optional_text("email_events");
    let is_set = |it: &str| {
        (1..=64).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if email_events.is_some_and(|it| !is_set(it)) {
        entry.problem("email_events", "takes letters, digits, dashes and underscores, at most 64");
    }
    [email_from, email_events].map(|it| it.map(str::to_owned))
}

/// Whether the service takes this as the address of a sender: no name, no quotes, a domain with a dot.
pub(super) fn is_sender_address(text: &str) -> bool {
    let part = |text: &str, more: &[u8]| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || more.contains(&byte);
        !text.is_empty() && text.split('.').all(|label| !label.is_empty() && label.bytes().all(known))
    };
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254 && local.len() <= 64 && part(local, b"_+") && part(domain, b"") && domain.contains('.')
}

/// Whether SNS takes this as the name of a sender.
fn is_sender_id(text: &str) -> bool {
    (3..=11).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether this is a price of one message: up to two digits, and up to five decimals.
fn is_price(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole, 2) && digits(decimals, 5) && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}
