//! The name that goes with a message, so that what its service tells of it finds its item again.

use data_encoding::HEXLOWER;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::store::{Error, Key, Noted, Receipt, Store};
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;

/// The tag of the number of a broadcast, and what stands before it in a word. No id of a dossier has small letters.
const BROADCAST: &str = "broadcast";
/// The tag of the day of a daily list, and what stands before it in a word.
const LIST: &str = "list";
/// A day in a word, where a hyphen parts its parts.
const DAY: &str = "%Y%m%d";
/// The longest hash of a person.
const LONGEST_HASH: usize = 64;

/// The name of a message, whatever its outlet: by it its receipts find its item again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The agency.
    pub agency: AgencyCode,
    /// The subject.
    pub of: NamedOf,
}

/// Subject of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedOf {
    /// A commit of a dossier.
    Commit {
        /// The dossier.
        id: DossierId,
        /// The version of the commit.
        version: u64,
        /// 0 the applicant, 1 the filer.
        receiver: usize,
    },
    /// A broadcast.
    Broadcast {
        /// Its number.
        number: u32,
        /// The gathering.
        round: u32,
        /// The keyed hash of the person.
        name: String,
    },
    /// The list of a day.
    List {
        /// The day.
        day: Date,
        /// The keyed hash of the person.
        name: String,
    },
}

impl Named {
    /// Notes what the service of an outlet told of the message.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note(&self, store: &Store, outlet: Outlet, receipt: &Receipt, now: Timestamp) -> Result<Noted, Error> {
        let agency = &self.agency;
        match &self.of {
            NamedOf::Commit { id, version, receiver } => {
                let key = Key::message(agency, *id, *version, *receiver, outlet);
                store.note_receipt(agency, &key, receipt, now).await
            }
            NamedOf::Broadcast { number, round, name } => {
                let key = Key::receiver(agency, (*number, *round), name);
                store.note_receipt_of_broadcast(agency, (&key, outlet), receipt, now).await
            }
            NamedOf::List { day, name } => {
                store.note_receipt_of_list(agency, &Key::daily(agency, name, *day), receipt, now).await
            }
        }
    }

    /// Returns the name in one word without a dot, which a header of a signed message can hold.
    #[must_use]
    pub fn word(&self) -> String {
        let agency = HEXLOWER.encode(self.agency.as_str().as_bytes());
        match &self.of {
            NamedOf::Commit { id, version, receiver } => format!("{agency}-{id}-{version}-{receiver}"),
            NamedOf::Broadcast { number, round, name } => format!("{agency}-{BROADCAST}{number}-{round}-{name}"),
            NamedOf::List { day, name } => format!("{agency}-{LIST}-{}-{name}", day.strftime(DAY)),
        }
    }

    /// Reads it from such a word; `None` if it is not ours.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        // A hash may hold a hyphen, and is the last part.
        let mut parts = word.splitn(4, '-');
        let [agency, first, second, last] = [(); 4].map(|()| parts.next());
        let (agency, first, second, last) = (agency?, first?, second?, last?);
        let named = match first.strip_prefix(BROADCAST) {
            Some(number) => Self::of_broadcast(agency, number, second, last),
            None if first == LIST => Self::of_list(agency, second, last),
            None => Self::of_commit(agency, first, second, last),
        };
        named.filter(|named| named.word() == word)
    }

    /// Returns the tags that go with the letter, which hold nothing personal. A code may have dots, which no tag may.
    pub(super) fn tags(&self) -> [(&'static str, String); 4] {
        let agency = ("agency", HEXLOWER.encode(self.agency.as_str().as_bytes()));
        match &self.of {
            NamedOf::Commit { id, version, receiver } => [
                agency,
                ("dossier", id.as_str().to_owned()),
                ("version", version.to_string()),
                ("receiver", receiver.to_string()),
            ],
            NamedOf::Broadcast { number, round, name } => {
                [agency, (BROADCAST, number.to_string()), ("round", round.to_string()), ("person", name.clone())]
            }
            NamedOf::List { day, name } => {
                let day = day.strftime(DAY).to_string();
                [agency, (LIST, day), ("round", "1".to_owned()), ("person", name.clone())]
            }
        }
    }

    /// Reads it from a receipt; `None` if it is not ours.
    #[must_use]
    pub fn from_tags<'t>(tag: impl Fn(&str) -> Option<&'t str>) -> Option<Self> {
        match (tag(BROADCAST), tag(LIST)) {
            (Some(number), _) => Self::of_broadcast(tag("agency")?, number, tag("round")?, tag("person")?),
            (None, Some(day)) => Self::of_list(tag("agency")?, day, tag("person")?),
            (None, None) => Self::of_commit(tag("agency")?, tag("dossier")?, tag("version")?, tag("receiver")?),
        }
    }

    fn of_commit(agency: &str, id: &str, version: &str, receiver: &str) -> Option<Self> {
        let (id, version, receiver) = (DossierId::parse(id).ok()?, version.parse().ok()?, receiver.parse().ok()?);
        Some(Self { agency: read_agency(agency)?, of: NamedOf::Commit { id, version, receiver } })
    }

    fn of_broadcast(agency: &str, number: &str, round: &str, name: &str) -> Option<Self> {
        let name = read_hash(name)?;
        let (number, round) = (number.parse().ok()?, round.parse().ok()?);
        Some(Self { agency: read_agency(agency)?, of: NamedOf::Broadcast { number, round, name } })
    }

    fn of_list(agency: &str, day: &str, name: &str) -> Option<Self> {
        let (day, name) = (Date::strptime(DAY, day).ok()?, read_hash(name)?);
        Some(Self { agency: read_agency(agency)?, of: NamedOf::List { day, name } })
    }
}

fn read_hash(name: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_hash = !name.is_empty() && name.len() <= LONGEST_HASH && name.bytes().all(plain);
    is_hash.then(|| name.to_owned())
}

fn read_agency(hex: &str) -> Option<AgencyCode> {
    let agency = HEXLOWER.decode(hex.as_bytes()).ok()?;
    AgencyCode::parse(std::str::from_utf8(&agency).ok()?).ok()
}
