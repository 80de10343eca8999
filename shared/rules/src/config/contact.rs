//! The agency's entry for the public: the hosts of its pages, and where to call, write and go.

use serde_json::Value;

use super::entry::Entry;
use crate::language::Language;

/// The most hosts of one agency.
const MOST_HOSTS: usize = 5;
/// The longest telephone number, with its spaces.
const LONGEST_TELEPHONE: usize = 20;
/// The longest address, and the longest visiting hours in one language, in characters: they stand on every slip.
const LONGEST_TEXT: usize = 160;
/// The longest first segment of a path; it is counted in every SMS.
const LONGEST_PATH: usize = 12;
/// First segments that lead elsewhere.
const TAKEN: [&str; 13] = [
    "api",
    "citizen.css",
    "d",
    "desk",
    "local",
    "pay",
    "payments",
    "notices",
    "portal",
    "postal",
    "privacy",
    "procedures",
    "t",
];

/// How the public reaches an agency. Everything may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The names by which its citizen pages are reached, in small letters; links are written with the first.
    pub hosts: Vec<String>,
    /// The first segment of its pages' paths, where it shares a host with other agencies.
    pub path: Option<String>,
    /// Its telephone, as people read it: `0258 3 123 456`.
    pub telephone: Option<String>,
    /// Its address, in Vietnamese.
    pub address: Option<String>,
    /// When it is open to visitors: in Vietnamese, in English.
    pub visiting_hours: Option<[String; 2]>,
    /// Whether its messages carry links to its pages, if somebody decided; see [`Contact::writes_links`].
    pub links_in_messages: Option<bool>,
}

impl Contact {
    /// Whether its messages carry links to its pages. They do, wherever it has pages, unless it decided otherwise.
    #[must_use]
    pub fn writes_links(&self) -> bool {
        self.links_in_messages != Some(false)
    }

    /// Returns the number that a telephone dials.
    #[must_use]
    pub fn dialled(&self) -> Option<String> {
        Some(self.telephone.as_ref()?.chars().filter(|letter| !letter.is_whitespace()).collect())
    }

    /// Returns the visiting hours in a language.
    #[must_use]
    pub fn hours(&self, lang: Language) -> Option<&str> {
        self.visiting_hours.as_ref().map(|[vi, en]| lang.pick([vi, en]))
    }

    /// Whether it shares a host with another agency and neither segment tells the two apart.
    fn is_mistaken_for(&self, other: &Self) -> bool {
        let shares = self.hosts.iter().any(|host| other.hosts.contains(host));
        shares && (self.path.is_none() || other.path.is_none() || self.path == other.path)
    }
}

/// Reads the fields of an agency's entry, against those of the agencies before it.
pub(super) fn contact<'a>(entry: &mut Entry<'_>, mut others: impl Iterator<Item = &'a Contact>) -> Contact {
    let path = entry.optional_text("path");
    if path.is_some_and(|it| !is_path(it)) {
        entry
            .problem("path", "takes small letters, digits and dashes, at most 12, and no segment that leads elsewhere");
    }
    let telephone = entry.optional_text("telephone");
    if telephone.is_some_and(|it| !is_telephone(it)) {
        entry.problem("telephone", "takes digits and single spaces, at most 20, such as \"0258 3 123 456\"");
    }
    let address = entry.optional_text("address");
    if address.is_some_and(|it| !is_line(it)) {
        entry.problem("address", "takes one line of at most 160 characters");
    }
    let contact = Contact {
        hosts: hosts(entry),
        path: path.map(str::to_owned),
        telephone: telephone.map(str::to_owned),
        address: address.map(str::to_owned),
        visiting_hours: visiting_hours(entry),
        links_in_messages: entry.decided("links_in_messages"),
    };
    if contact.links_in_messages == Some(true) && contact.hosts.is_empty() {
        entry.problem("links_in_messages", "needs hosts: a link is written with the first of them");
    }
    if others.any(|other| contact.is_mistaken_for(other)) {
        entry.problem("hosts", "is another agency's too: each of them needs a path of its own");
    }
    contact
}

fn hosts(entry: &mut Entry<'_>) -> Vec<String> {
    const FIELD: &str = "hosts";
    if entry.value(FIELD).is_none() {
        return Vec::new();
    }
    let written = entry.texts(FIELD).unwrap_or_default();
    if written.len() > MOST_HOSTS {
        entry.problem(FIELD, "names more than 5 hosts");
    }
    for (index, host) in written.iter().enumerate() {
        if !is_host(host) {
            entry.problem(format!("{FIELD}[{index}]"), "is not a host in small letters, such as \"motcua.example.vn\"");
        } else if written[..index].contains(host) {
            entry.problem(format!("{FIELD}[{index}]"), "is named twice");
        }
    }
    written.into_iter().map(str::to_owned).collect()
}

/// Reads both languages, or neither.
fn visiting_hours(entry: &mut Entry<'_>) -> Option<[String; 2]> {
    const FIELD: &str = "visiting_hours";
    let table = entry.value(FIELD)?;
    let text = |language: &str| table.get(language).and_then(Value::as_str).filter(|it| is_line(it)).map(str::to_owned);
    let both = text("vi").zip(text("en")).filter(|_| table.as_object().is_some_and(|it| it.len() == 2));
    if both.is_none() {
        entry.problem(FIELD, "takes { vi = \"…\", en = \"…\" }, each one line of at most 160 characters");
    }
    both.map(<[String; 2]>::from)
}

/// Whether it is a name of the DNS in small letters, with a dot in it: an address of numbers has no agency.
fn is_host(text: &str) -> bool {
    let labels: Vec<_> = text.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let named = labels.last().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_lowercase()));
    text.len() <= 253 && labels.len() >= 2 && named && labels.iter().all(is_label)
}

fn is_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.len() <= LONGEST_PATH && text.bytes().all(plain) && !text.starts_with('-') && !TAKEN.contains(&text)
}

fn is_telephone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let groups = text.strip_prefix('+').unwrap_or(text).split(' ');
    let mut groups = groups.map(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    text.len() <= LONGEST_TELEPHONE && (3..=15).contains(&digits) && groups.all(|is_group| is_group)
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control)
}
