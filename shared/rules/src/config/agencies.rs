//! Reading of the agencies.

use serde_json::{Map, Value};

use super::agency::{email, face, outlets, sms};
use super::broadcasts::broadcasts;
use super::contact::{Contact, contact};
use super::entry::{Entry, Problem, place};
use super::timing::timing;
use super::{
    Agency, DEFAULT_VOUCHER_SERIES, DEMO_AGENCY_CODE, DEMO_AGENCY_EMAIL, DEMO_AGENCY_NAME, DEMO_AGENCY_SMS_PREFIX,
    calendar,
};
use crate::broadcast;
use crate::clock::{Calendar, OfficeHours};
use crate::id::AgencyCode;
use crate::message::{Outlet, Timing};

/// The longest series; it leaves room for the number in an SMS of one part.
const MAX_SERIES: usize = 12;

/// Reads every agency; the demo agency if there is none.
pub(super) fn read(tables: &[&Map<String, Value>], official: &Calendar, problems: &mut Vec<Problem>) -> Vec<Agency> {
    if tables.is_empty() {
        return vec![demo(official)];
    }
    let mut agencies = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let mut entry = Entry::new(place("agencies", index, table.get("code")), table);
        let years = entry.tables("years");
        let own = calendar::years(&years, &format!("{}.", place("agencies", index, table.get("code"))), problems);
        let agency = agency(&mut entry, official.clone().with(own), &agencies);
        problems.append(&mut entry.finish().0);
        agencies.extend(agency);
    }
    agencies
}

/// The agency of a configuration that names none. Its telephone and its address are nobody's.
fn demo(official: &Calendar) -> Agency {
    Agency {
        code: AgencyCode::parse(DEMO_AGENCY_CODE).expect("the demo agency's code is one"),
        formerly: Vec::new(),
        name: DEMO_AGENCY_NAME.to_owned(),
        mark: None,
        emblem: None,
        sms_prefix: Some(DEMO_AGENCY_SMS_PREFIX.to_owned()),
        sms_sender_id: None,
        sms_max_price: None,
        outlets: vec![Outlet::Sms, Outlet::Email],
        email_from: Some(DEMO_AGENCY_EMAIL.to_owned()),
        email_events: Some("letters".to_owned()),
        timing: Timing::default(),
        broadcasts: broadcast::Settings::default(),
        contact: Contact {
            telephone: Some("0258 000 0000".to_owned()),
            address: Some("Bộ phận Một cửa, Khu kinh tế Vân Phong, tỉnh Khánh Hòa (địa chỉ mẫu)".to_owned()),
            visiting_hours: Some([
                "Thứ Hai đến thứ Sáu, 07:30–11:30 và 13:00–17:00".to_owned(),
                "Monday to Friday, 07:30–11:30 and 13:00–17:00".to_owned(),
            ]),
            ..Contact::default()
        },
        office_hours: OfficeHours::default(),
        default_channel: None,
        voucher_series: DEFAULT_VOUCHER_SERIES.to_owned(),
        calendar: official.clone(),
    }
}

/// Reads one agency against those before it; `None` without a code or a name.
fn agency(entry: &mut Entry<'_>, calendar: Calendar, agencies: &[Agency]) -> Option<Agency> {
    let written = entry.text("code");
    let code = written.and_then(|code| AgencyCode::parse(code).ok());
    if written.is_some() && code.is_none() {
        entry.problem("code", "takes letters, digits, dots, dashes and underscores, at most 40");
    }
    if code.as_ref().is_some_and(|code| agencies.iter().any(|agency| agency.answers_to(code.as_str()))) {
        entry.problem("code", "is another agency's code");
    }
    let formerly = former_codes(entry, code.as_ref(), agencies);
    let name = entry.text("name");
    let [mark, emblem] = face(entry);
    let [sms_prefix, sms_sender_id, sms_max_price] = sms(entry);
    let outlets = outlets(entry);
    let [email_from, email_events] = email(entry, &outlets);
    let timing = timing(entry);
    let broadcasts = broadcasts(entry);
    let contact = contact(entry, agencies.iter().map(|agency| &agency.contact));
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
    Some(Agency {
        code: code?,
        formerly,
        name: name?.to_owned(),
        mark,
        emblem,
        sms_prefix,
        sms_sender_id,
        sms_max_price,
        outlets,
        email_from,
        email_events,
        timing,
        broadcasts,
        contact,
        office_hours,
        default_channel: default_channel.map(str::to_owned),
        voucher_series: voucher_series.to_owned(),
        calendar,
    })
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

fn is_series(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'/' || byte == b'-';
    text.len() <= MAX_SERIES && text.bytes().all(plain)
}
