//! Reading of the text into a [`Config`]: every entry is read to its end, whatever is wrong with it or with another.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::address::address;
use super::agency::{email, face, outlets, sms};
use super::entry::{Entry, Problem, Problems};
use super::parts::{self, Use};
use super::scope::Scope;
use super::text::tables;
use super::{
    Agency, Channel, Config, DEFAULT_VOUCHER_SERIES, DEMO_AGENCY_CODE, DEMO_AGENCY_NAME, DEMO_AGENCY_SMS_PREFIX,
    Entries, Host,
};
use super::{calendar, front, papers, sign_in};
use crate::clock::{Calendar, OfficeHours};
use crate::dossier::CASH;
use crate::id::AgencyCode;
use crate::message::Outlet;
use crate::signature::{Key, Shortness};

pub(super) const DEMO_ID_KEY: &str = "demo-dossier-id-key-000000000001";
/// Address of a laptop's office, unless it is given another port.
const LOOPBACK_URL: &str = "http://127.0.0.1:8080";
const MAX_ID: usize = 40;
/// The longest series; it leaves room for the number in an SMS of one part.
const MAX_SERIES: usize = 12;

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
    let [years, agencies, channels, portals, posts] =
        ["years", "agencies", "channels", "portals", "posts"].map(|name| list(&mut top, name));
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
    let agencies = read_agencies(&agencies, &official, &mut fatal);

    let mut problems = Vec::new();
    let elsewhere = |of: Use| !held.contains(&of);
    let scope = Scope {
        agencies: &agencies,
        host,
        money_elsewhere: elsewhere(Use::Money),
        portals_elsewhere: elsewhere(Use::Portals),
    };
    let channels = entries("channels", &channels, &mut problems, |entry, id| scope.channel(entry, id));
    let portals = entries("portals", &portals, &mut problems, |entry, id| scope.portal(entry, id));
    let posts = entries("posts", &posts, &mut problems, |entry, id| scope.post(entry, id));
    let sign_in = sign_in.map(|table| sign_in::read(table, host, public_url.is_some(), &mut problems));
    if held.contains(&Use::Money) {
        default_channels(&agencies, &channels, &mut fatal);
    }
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
        public_url,
        papers_bucket,
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

fn list<'a>(top: &mut Entry<'a>, name: &'static str) -> Vec<&'a Map<String, Value>> {
    let Some(value) = top.value(name) else {
        return Vec::new();
    };
    let Some(elements) = value.as_array() else {
        top.problem(name, "is not a list of tables");
        return Vec::new();
    };
    let tables: Vec<_> = elements.iter().filter_map(Value::as_object).collect();
    if tables.len() < elements.len() {
        top.problem(name, "has an element that is not a table");
    }
    tables
}

fn read_agencies(tables: &[&Map<String, Value>], official: &Calendar, problems: &mut Vec<Problem>) -> Vec<Agency> {
    if tables.is_empty() {
        return vec![Agency {
            code: AgencyCode::parse(DEMO_AGENCY_CODE).expect("the demo agency's code is one"),
            formerly: Vec::new(),
            name: DEMO_AGENCY_NAME.to_owned(),
            mark: None,
            emblem: None,
            sms_prefix: Some(DEMO_AGENCY_SMS_PREFIX.to_owned()),
            sms_sender_id: None,
            sms_max_price: None,
            outlets: vec![Outlet::Sms],
            email_from: None,
            email_events: None,
            office_hours: OfficeHours::default(),
            default_channel: None,
            voucher_series: DEFAULT_VOUCHER_SERIES.to_owned(),
            calendar: official.clone(),
        }];
    }
    let mut agencies: Vec<Agency> = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let mut entry = Entry::new(place("agencies", index, table.get("code")), table);
        let written = entry.text("code");
        let code = written.and_then(|code| AgencyCode::parse(code).ok());
        if written.is_some() && code.is_none() {
            entry.problem("code", "takes letters, digits, dots, dashes and underscores, at most 40");
        }
        if code.as_ref().is_some_and(|code| agencies.iter().any(|agency| agency.answers_to(code.as_str()))) {
            entry.problem("code", "is another agency's code");
        }
        let formerly = former_codes(&mut entry, code.as_ref(), &agencies);
        let name = entry.text("name");
        let [mark, emblem] = face(&mut entry);
        let [sms_prefix, sms_sender_id, sms_max_price] = sms(&mut entry);
        let outlets = outlets(&mut entry);
        let [email_from, email_events] = email(&mut entry, &outlets);
        let office_hours = entry.value("office_hours").cloned().map(serde_json::from_value::<OfficeHours>);
        let office_hours = office_hours.unwrap_or_else(|| Ok(OfficeHours::default())).unwrap_or_else(|error| {
            entry.problem("office_hours", error.to_string());
            OfficeHours::default()
        });
        let default_channel = entry.optional_text("default_channel");
        let voucher_series = entry.optional_text("voucher_series").unwrap_or(DEFAULT_VOUCHER_SERIES);
        if !is_series(voucher_series) {
            entry.problem("voucher_series", "takes capitals, digits, slashes and dashes, at most 12");
        }
        let years = list(&mut entry, "years");
        let own = calendar::years(&years, &format!("{}.", place("agencies", index, table.get("code"))), problems);
        problems.append(&mut entry.finish().0);
        if let (Some(code), Some(name)) = (code, name) {
            agencies.push(Agency {
                code,
                formerly,
                name: name.to_owned(),
                mark,
                emblem,
                sms_prefix,
                sms_sender_id,
                sms_max_price,
                outlets,
                email_from,
                email_events,
                office_hours,
                default_channel: default_channel.map(str::to_owned),
                voucher_series: voucher_series.to_owned(),
                calendar: official.clone().with(own),
            });
        }
    }
    agencies
}

/// Reads the codes that an agency had. Each is nobody else's: two agencies cannot have the same dossiers.
fn former_codes(entry: &mut Entry<'_>, code: Option<&AgencyCode>, agencies: &[Agency]) -> Vec<AgencyCode> {
    const FIELD: &str = "formerly";
    let written = match entry.value(FIELD) {
        Some(_) => entry.texts(FIELD).unwrap_or_default(),
        None => return Vec::new(),
    };
    let mut formerly: Vec<AgencyCode> = Vec::new();
    for (index, text) in written.into_iter().enumerate() {
        let place = format!("{FIELD}[{index}]");
        match AgencyCode::parse(text) {
            Err(_) => entry.problem(place, "takes letters, digits, dots, dashes and underscores, at most 40"),
            Ok(former) if Some(&former) == code || formerly.contains(&former) => {
                entry.problem(place, "is named twice");
            }
            Ok(former) if agencies.iter().any(|agency| agency.answers_to(former.as_str())) => {
                entry.problem(place, "is another agency's code");
            }
            Ok(former) => formerly.push(former),
        }
    }
    formerly
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

/// Names the entry. The id is shown only if it looks like one: a key pasted into the wrong field is not repeated.
fn place(kind: &str, index: usize, id: Option<&Value>) -> String {
    match id.and_then(Value::as_str) {
        Some(id) if AgencyCode::parse(id).is_ok() => format!("{kind}[{index}] ({id})"),
        Some(_) | None => format!("{kind}[{index}]"),
    }
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

fn is_series(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'/' || byte == b'-';
    text.len() <= MAX_SERIES && text.bytes().all(plain)
}

fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    text.len() <= MAX_ID && text.bytes().all(plain) && !text.starts_with('-')
}
