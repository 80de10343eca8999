//! Reading of the text into a [`Config`]: every entry is read to its end, whatever is wrong with it or with another.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::address::address;
use super::entry::{Entry, Problem, Problems, place};
use super::parts::{self, Use};
use super::scope::Scope;
use super::text::tables;
use super::{Agency, Channel, Config, Entries, Host, Portal};
use super::{agencies, calendar, front, message_gateway, papers, sign_in, unit_changes};
use crate::clock::Calendar;
use crate::dossier::CASH;
use crate::signature::{Key, Shortness};

pub(super) const DEMO_ID_KEY: &str = "demo-dossier-id-key-000000000001";
/// Address of a laptop's office, unless it is given another port.
pub(super) const LOOPBACK_URL: &str = "http://127.0.0.1:8080";
const MAX_ID: usize = 40;

/// Reads everything. An error is what spoils the whole; the mistakes that spoil one entry are in [`Config::problems`].
pub(super) fn config(text: &str, host: Host) -> Result<Config, Problems> {
    whole(&tables(text)?, &Use::ALL, host, Vec::new())
}

/// Reads the secrets by use into the office's own one, and then everything.
pub(super) fn in_parts(office: &str, parts: &[(Use, &str)], host: Host) -> Result<Config, Problems> {
    let (mut root, mut problems) = (tables(office)?, Vec::new());
    for (of, text) in parts {
        let part = tables(text).map_err(|Problems(mut problems)| {
            problems.iter_mut().for_each(|problem| problem.entry = format!("the secret of {}", of.name()));
            Problems(problems)
        })?;
        parts::add(&mut root, *of, part, &mut problems);
    }
    let held: Vec<_> = parts.iter().map(|(of, _)| *of).collect();
    whole(&root, &held, host, problems)
}

fn whole(root: &Map<String, Value>, held: &[Use], host: Host, mut fatal: Vec<Problem>) -> Result<Config, Problems> {
    let mut top = Entry::new(String::new(), root);
    let [years, units, agencies, channels, portals, posts, message_gateways, receipts] =
        ["years", "units", "agencies", "channels", "portals", "posts", "message_gateways", "receipts"]
            .map(|name| top.tables(name));
    let id_key = read_id_key(&mut top, host);
    let public_url = address(&mut top, "public_url", host).or(match host {
        Host::Loopback => Some(LOOPBACK_URL.to_owned()),
        Host::Public => None,
    });
    let papers_bucket = papers::bucket(&mut top);
    let front_keys = front::keys(&mut top);
    let sign_in = top.value("sign_in").filter(|_| held.contains(&Use::Desk));
    fatal.append(&mut top.finish().0);
    let official = Calendar::official().with(calendar::years(&years, "", &mut fatal));
    let agencies = agencies::read(&agencies, &official, &mut fatal);

    let mut problems = Vec::new();
    let unit_changes = unit_changes::read(&units, &mut problems);
    let elsewhere = |of: Use| !held.contains(&of);
    let scope = Scope {
        agencies: &agencies,
        host,
        money_elsewhere: elsewhere(Use::Money),
        portals_elsewhere: elsewhere(Use::Portals),
        messages_elsewhere: elsewhere(Use::Messages),
        telling_elsewhere: elsewhere(Use::Telling),
        ordering_elsewhere: elsewhere(Use::Ordering),
        receipts_elsewhere: elsewhere(Use::Receipts),
    };
    let channels = entries("channels", &channels, &mut problems, |entry, id| scope.channel(entry, id));
    let portals = entries("portals", &portals, &mut problems, |entry, id| scope.portal(entry, id));
    let posts = entries("posts", &posts, &mut problems, |entry, id| scope.post(entry, id));
    let message_gateways =
        entries("message_gateways", &message_gateways, &mut problems, |entry, id| scope.message_gateway(entry, id));
    let receipts = entries("receipts", &receipts, &mut problems, |entry, id| scope.receipt_provider(entry, id));
    let sign_in = sign_in.map(|table| sign_in::read(table, host, public_url.is_some(), &mut problems));
    if held.contains(&Use::Money) {
        default_channels(&agencies, &channels, &mut fatal);
        portals_channels(&portals, &channels, &mut fatal);
    }
    message_gateway::check(&agencies, &message_gateways, held.contains(&Use::Messages), &mut fatal);
    let Some(id_key) = id_key.filter(|_| fatal.is_empty()) else {
        fatal.append(&mut problems);
        return Err(Problems(fatal));
    };
    let staff_claims = sign_in::claims(sign_in.as_ref());
    let problems = Problems(problems);
    Ok(Config {
        id_key,
        agencies,
        channels,
        portals,
        posts,
        message_gateways,
        receipts,
        public_url,
        reach: host,
        papers_bucket,
        units: unit_changes::Known::new(unit_changes),
        sign_in,
        staff_claims,
        front_keys,
        problems,
    })
}

/// Reads the key for ids. A laptop without its own key takes a printed one; an office on the network must have one.
fn read_id_key(top: &mut Entry<'_>, host: Host) -> Option<Key> {
    let text = match host {
        Host::Loopback => top.optional_text("id_key").unwrap_or(DEMO_ID_KEY),
        Host::Public => top.text("id_key")?,
    };
    match Key::from_text(text, Shortness::Refused) {
        Ok(key) => Some(key),
        Err(error) => {
            top.problem("id_key", error.to_string());
            None
        }
    }
}

/// Reads every table of one kind. If an id is given twice, neither entry can be trusted and both are closed.
fn entries<'a, T>(
    kind: &'static str,
    tables: &[&'a Map<String, Value>],
    problems: &mut Vec<Problem>,
    read: impl Fn(&mut Entry<'a>, &str) -> Option<T>,
) -> Entries<T> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for id in tables.iter().filter_map(|table| table.get("id")?.as_str()) {
        *count.entry(id).or_default() += 1;
    }
    let mut entries = Entries::new();
    for (index, table) in tables.iter().enumerate() {
        let mut entry = Entry::new(place(kind, index, table.get("id")), table);
        let id = entry.text("id");
        if id.is_some_and(|id| !is_id(id)) {
            entry.problem("id", "takes small letters, digits and dashes, at most 40");
        }
        if id == Some(CASH) {
            entry.problem("id", "is kept for what is paid at the desk");
        }
        if id.is_some_and(|id| count.get(id).is_some_and(|times| *times > 1)) {
            entry.problem("id", "is given more than once");
        }
        let value = read(&mut entry, id.unwrap_or_default());
        let mut found = entry.finish();
        let outcome = match value {
            Some(value) if found.is_empty() => Ok(value),
            Some(_) | None => Err(found.clone()),
        };
        problems.append(&mut found.0);
        if let Some(id) = id {
            entries.insert(id.to_owned(), outcome);
        }
    }
    entries
}

/// Checks that a default channel is one of the agency's own, whether open or closed because of its problems.
fn default_channels(agencies: &[Agency], channels: &Entries<Channel>, problems: &mut Vec<Problem>) {
    for (index, agency) in agencies.iter().enumerate() {
        let named = agency.default_channel.as_ref().map(|id| channels.get(id));
        let wrong = match named {
            None | Some(Some(Err(_))) => false,
            Some(None) => true,
            Some(Some(Ok(channel))) => channel.agency != *agency.key(),
        };
        if wrong {
            let entry = format!("agencies[{index}] ({})", agency.code);
            let (field, what) = ("default_channel".to_owned(), "is no channel of this agency".to_owned());
            problems.push(Problem { entry, field, what });
        }
    }
}

/// Checks that payments made at a portal count for a channel of its own agency, whether open or closed.
fn portals_channels(portals: &Entries<Portal>, channels: &Entries<Channel>, problems: &mut Vec<Problem>) {
    for portal in portals.values().flatten() {
        let wrong = match portal.payments.as_ref().map(|id| channels.get(id)) {
            None | Some(Some(Err(_))) => false,
            Some(None) => true,
            Some(Some(Ok(channel))) => channel.agency != portal.agency,
        };
        if wrong {
            let entry = format!("portals ({})", portal.id);
            let (field, what) = ("payments".to_owned(), "is no channel of this agency".to_owned());
            problems.push(Problem { entry, field, what });
        }
    }
}

fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.len() <= MAX_ID && text.bytes().all(plain) && !text.starts_with('-')
}
