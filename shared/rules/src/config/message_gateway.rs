//! Gateways of a province for messages to people.

use jiff::civil::Date;

use super::address::address;
use super::entry::{Entry, Problem};
use super::scope::{Scope, keys_since, name};
use super::{Agency, Config, Entries};
use crate::id::AgencyCode;
use crate::message::Outlet;
use crate::signature::{Key, Keys};

/// A gateway that brings texts to mobile numbers: the province's own brand name at the networks, or Zalo.
///
/// ```toml
/// [[message_gateways]]
/// id = "brandname"
/// agency = "000.00.01.H32"        # may be left out if there is one agency
/// url = "https://sms.example.vn/messages"
/// keys = ["whsec_…", "whsec_…"]   # the current one first, the previous one while it is replaced
/// reports = true                  # whether it tells what became of each message
/// ```
#[derive(Clone, Debug)]
pub struct MessageGateway {
    /// Its name in the configuration and in logs.
    pub id: String,
    /// Its name for people, in Vietnamese; `None` if it has none but its id.
    pub name: Option<String>,
    /// The key of the agency that it sends for, [`Agency::key`].
    pub agency: AgencyCode,
    /// The address that a message is posted to.
    pub url: String,
    /// Whether it tells what became of each message. Then one of which nothing is heard in time counts as not arrived.
    pub reports: bool,
    /// The keys that sign what it is sent, and what it tells.
    pub keys: Keys,
    /// The day from which each of them is in use, as far as somebody wrote it.
    pub keys_since: Vec<Date>,
}

impl MessageGateway {
    /// Its name for people; its id if it has no other.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

impl Config {
    /// Returns the open message gateways, by id.
    pub fn message_gateways(&self) -> impl Iterator<Item = &MessageGateway> {
        self.message_gateways.values().flatten()
    }

    /// Returns the message gateway of the agency that has this code, or had it; `None` also for one that is closed.
    #[must_use]
    pub fn message_gateway(&self, agency: &str) -> Option<&MessageGateway> {
        let agency = self.agency(agency)?.key();
        self.message_gateways().find(|gateway| gateway.agency == *agency)
    }
}

impl Scope<'_> {
    pub(super) fn message_gateway(&self, entry: &mut Entry<'_>, id: &str) -> Option<MessageGateway> {
        let (agency, name) = (self.agency(entry), name(entry));
        if entry.value("url").is_none() {
            entry.problem("url", "is missing");
        }
        let url = address(entry, "url", self.host);
        let reports = entry.flag("reports");
        let shortness = self.shortness(entry);
        let keys = entry.keys(Key::from_webhook_secret, shortness, self.messages_elsewhere);
        let keys_since = keys_since(entry, keys.as_ref());
        Some(MessageGateway { id: id.to_owned(), name, agency: agency?, url: url?, reports, keys: keys?, keys_since })
    }
}

/// Checks that no agency has two gateways, and, where all entries are known, that one stands behind each outlet that needs
/// it. A gateway that is closed because of its problems may be the one.
pub(super) fn check(
    agencies: &[Agency],
    gateways: &Entries<MessageGateway>,
    all_known: bool,
    problems: &mut Vec<Problem>,
) {
    let any_closed = gateways.values().any(Result::is_err);
    for (index, agency) in agencies.iter().enumerate() {
        let own = gateways.values().flatten().filter(|gateway| gateway.agency == *agency.key()).count();
        let needs = agency.outlets.contains(&Outlet::Https);
        let (field, what) = match own {
            0 if needs && all_known && !any_closed => {
                ("outlets", "names \"https\", and no message gateway is the agency's")
            }
            0 | 1 => continue,
            _ => ("message_gateways", "has more than one entry for this agency"),
        };
        let entry = format!("agencies[{index}] ({})", agency.code);
        problems.push(Problem { entry, field: field.to_owned(), what: what.to_owned() });
    }
}
