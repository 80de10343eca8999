//! Channels, portals and posts, each read against the agencies and the host.

use jiff::civil::Date;

use super::address::address;
use super::calendar::dates;
use super::entry::Entry;
use super::{Agency, BankAccount, Channel, DVCQG_FIELDS, Gateway, Host, Level, Portal, Post};
use super::{codes, paths, postage};
use crate::gateway::Address;
use crate::id::AgencyCode;
use crate::signature::{Key, Keys, Shortness};

/// Agencies and host that entries are read against.
pub(super) struct Scope<'a> {
    pub(super) agencies: &'a [Agency],
    pub(super) host: Host,
    /// Whether the keys of channels are in a secret that this function does not read.
    pub(super) money_elsewhere: bool,
    /// The same for portals and postal operators.
    pub(super) portals_elsewhere: bool,
    /// The same for gateways of messages.
    pub(super) messages_elsewhere: bool,
    /// The same for the passwords by which portals are told.
    pub(super) telling_elsewhere: bool,
    /// The same for the keys by which orders are given to postal operators.
    pub(super) ordering_elsewhere: bool,
    /// The same for the log-in at providers of receipts.
    pub(super) receipts_elsewhere: bool,
}

impl Scope<'_> {
    pub(super) fn channel(&self, entry: &mut Entry<'_>, id: &str) -> Option<Channel> {
        let (agency, name) = (self.agency(entry), name(entry));
        let gateway = entry.text("gateway").and_then(|name| {
            let gateway = Gateway::from_name(name);
            if gateway.is_none() {
                let names = Gateway::ALL.map(Gateway::name).join(", ");
                entry.problem("gateway", format!("is none of {names}"));
            }
            gateway
        });
        let shortness = self.shortness(entry);
        let Some(gateway) = gateway else {
            // Without the gateway it is not known which further fields belong here, so none of them is reported.
            for field in
                ["keys", "keys_since", "merchant", "access_key", "request_key", "field_order", "accept_weak_scheme"]
            {
                entry.value(field);
            }
            for field in ["pay_url", "api_url", "bank_bin", "bank_account", "own_account", "test"] {
                entry.value(field);
            }
            return None;
        };
        let row = gateway.row();
        let merchant = match row.names_merchant {
            true => entry.text("merchant"),
            false => entry.optional_text("merchant"),
        };
        let keys = entry.keys(row.read_key, shortness, self.money_elsewhere);
        let keys_since = keys_since(entry, keys.as_ref());
        let access_key = match row.takes_access_key {
            true if self.money_elsewhere => entry.optional_text("access_key"),
            true => entry.text("access_key"),
            false => None,
        };
        let request_key = if row.takes_request_key { entry.optional_text("request_key") } else { None };
        let access_key = self.key(entry, "access_key", access_key, Shortness::Allowed);
        let request_key = self.key(entry, "request_key", request_key, shortness);
        let field_order = if row.takes_field_order { self.weak_scheme(entry) } else { None };
        let pay_url = self.address(entry, "pay_url", row.page);
        let api_url = self.address(entry, "api_url", row.api);
        let bank_account = if row.takes_bank_account { bank_account(entry) } else { None };
        let own_account = row.shares_account && entry.flag("own_account");
        let test = row.shares_account && entry.flag("test");
        Some(Channel {
            id: id.to_owned(),
            name,
            agency: agency?,
            gateway,
            merchant: merchant.map(str::to_owned),
            keys: keys?,
            keys_since,
            access_key,
            request_key,
            field_order,
            pay_url,
            api_url,
            own_account,
            test,
            bank_account,
        })
    }

    /// Reads an address of the gateway. Only a start on loopback has one that nobody wrote: a sandbox's.
    fn address(&self, entry: &mut Entry<'_>, field: &'static str, taken: Address) -> Option<String> {
        match taken {
            Address::NotTaken => None,
            Address::Taken => address(entry, field, self.host),
            Address::OrSandbox(sandbox) => {
                let sandbox = (self.host == Host::Loopback).then(|| sandbox.to_owned());
                address(entry, field, self.host).or(sandbox)
            }
        }
    }

    pub(super) fn portal(&self, entry: &mut Entry<'_>, id: &str) -> Option<Portal> {
        let (agency, name) = (self.agency(entry), name(entry));
        let level = match entry.optional_text("level") {
            None | Some("national") => Level::National,
            Some("provincial") => Level::Provincial,
            Some(_) => {
                entry.problem("level", "is neither national nor provincial");
                Level::National
            }
        };
        let shortness = self.shortness(entry);
        let keys = entry.keys(Key::from_webhook_secret, shortness, self.portals_elsewhere);
        let keys_since = keys_since(entry, keys.as_ref());
        let speaks_for_others = entry.flag("speaks_for_others");
        let (tell, fetch) = (self.telling(entry), self.fetching(entry));
        let payments = entry.optional_text("payments").map(str::to_owned);
        let (keys, tell, fetch, agency) = (keys?, tell?, fetch?, agency?);
        Some(Portal {
            id: id.to_owned(),
            name,
            level,
            speaks_for_others,
            tell,
            fetch,
            payments,
            keys,
            keys_since,
            agency,
        })
    }

    pub(super) fn post(&self, entry: &mut Entry<'_>, id: &str) -> Option<Post> {
        let (agency, name) = (self.agency(entry), name(entry));
        let shortness = self.shortness(entry);
        let paths = paths::paths(entry);
        // A sender who cannot sign has no key.
        let no_key = self.portals_elsewhere || !paths.is_empty();
        let keys = entry.keys(Key::from_webhook_secret, shortness, no_key);
        let keys_since = keys_since(entry, keys.as_ref());
        let (place, postage) = (postage::place(entry), postage::tariff(entry));
        let (codes, order) = (codes::codes(entry), self.ordering(entry));
        let (keys, codes, order, agency) = (keys?, codes?, order?, agency?);
        Some(Post { id: id.to_owned(), name, place, postage, keys, keys_since, agency, paths, codes, order })
    }

    pub(super) fn agency(&self, entry: &mut Entry<'_>) -> Option<AgencyCode> {
        match (entry.optional_text("agency"), self.agencies) {
            (None, [only]) => Some(only.key().clone()),
            (None, _) => {
                entry.problem("agency", "is missing, and there is not exactly one agency");
                None
            }
            (Some(code), agencies) => {
                let known = agencies.iter().find(|agency| agency.answers_to(code));
                if known.is_none() {
                    entry.problem("agency", "is no agency's code");
                }
                known.map(|agency| agency.key().clone())
            }
        }
    }

    pub(super) fn shortness(&self, entry: &mut Entry<'_>) -> Shortness {
        match (entry.flag("allow_short_key"), self.host) {
            (false, _) => Shortness::Refused,
            (true, Host::Loopback) => Shortness::Allowed,
            (true, Host::Public) => {
                entry.problem("allow_short_key", "is for loopback only");
                Shortness::Refused
            }
        }
    }

    fn key(&self, entry: &mut Entry<'_>, field: &'static str, text: Option<&str>, shortness: Shortness) -> Option<Key> {
        let key = Key::from_text(text?, shortness);
        if let Err(error) = &key {
            entry.problem(field, error.to_string());
        }
        key.ok()
    }

    /// Reads the national platform's fields. Its hash is not an HMAC, so it opens only if somebody wrote that it may.
    fn weak_scheme(&self, entry: &mut Entry<'_>) -> Option<[&'static str; DVCQG_FIELDS.len()]> {
        if !entry.flag("accept_weak_scheme") {
            entry.problem("accept_weak_scheme", "must be true: this scheme is a plain hash and not an HMAC");
        }
        let Some(names) = entry.texts("field_order") else {
            return Some(DVCQG_FIELDS);
        };
        let order: Vec<_> =
            names.iter().filter_map(|name| DVCQG_FIELDS.into_iter().find(|field| field == name)).collect();
        let all_there = DVCQG_FIELDS.iter().all(|field| order.contains(field));
        match <[&'static str; DVCQG_FIELDS.len()]>::try_from(order) {
            Ok(order) if all_there && names.len() == order.len() => Some(order),
            Ok(_) | Err(_) => {
                entry.problem("field_order", "must name each of the ten signed fields once");
                None
            }
        }
    }
}

/// The longest name for people, in characters: a cell of a table holds it.
const LONGEST_NAME: usize = 60;

/// Reads the name for people.
pub(super) fn name(entry: &mut Entry<'_>) -> Option<String> {
    let name = entry.optional_text("title")?.trim();
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        entry.problem("title", "takes one line of at most 60 characters");
    }
    Some(name.to_owned())
}

/// Reads since when the keys are in use, in their order; a day for a key that is not there is a mistake.
pub(super) fn keys_since(entry: &mut Entry<'_>, keys: Option<&Keys>) -> Vec<Date> {
    const FIELD: &str = "keys_since";
    if entry.value(FIELD).is_none() {
        return Vec::new();
    }
    let since = dates(entry, FIELD).unwrap_or_default();
    if keys.is_some_and(|keys| !keys.is_elsewhere() && since.len() > keys.live().count()) {
        entry.problem(FIELD, "names more days than there are keys");
    }
    since
}

/// Reads both halves of an account, or neither.
fn bank_account(entry: &mut Entry<'_>) -> Option<BankAccount> {
    let (bin, number) = (entry.optional_text("bank_bin"), entry.optional_text("bank_account"));
    if bin.is_some_and(|bin| bin.len() != 6 || !bin.bytes().all(|byte| byte.is_ascii_digit())) {
        entry.problem("bank_bin", "must be the bank's six digits at NAPAS");
    }
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    if number.is_some_and(|number| !(6..=19).contains(&number.len()) || !number.bytes().all(plain)) {
        entry.problem("bank_account", "takes 6 to 19 digits or capitals");
    }
    match (bin, number) {
        (Some(bin), Some(number)) => Some(BankAccount { bank_bin: bin.to_owned(), number: number.to_owned() }),
        (None, None) => None,
        (None, Some(_)) | (Some(_), None) => {
            entry.problem("bank_account", "needs bank_bin beside it, as bank_bin needs it");
            None
        }
    }
}
