//! The `messages` of an agency's entry: when they leave, and how many.

use jiff::SignedDuration;
use serde::Deserialize;

use super::entry::Entry;
use crate::message::{Outlet, Quiet, Timing, WAIT_MINUTES};

/// The longest wait of the message of an arrival, in minutes.
const LONGEST_WAIT: u32 = 24 * 60;

/// The word for no quiet hours.
const NONE: &str = "none";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    wait_minutes: Option<u32>,
    quiet_hours: Option<String>,
    sms_a_day: Option<u64>,
    emails_a_day: Option<u64>,
    gateway_messages_a_day: Option<u64>,
}

/// Reads the settings; those that the entry does not give are the usual ones.
pub(super) fn timing(entry: &mut Entry<'_>) -> Timing {
    const FIELD: &str = "messages";
    let Some(value) = entry.value(FIELD) else { return Timing::default() };
    let written = Written::deserialize(value).unwrap_or_else(|error| {
        entry.problem(FIELD, error.to_string());
        Written::default()
    });
    let minutes = written.wait_minutes.unwrap_or(WAIT_MINUTES);
    if minutes > LONGEST_WAIT {
        entry.problem(FIELD, "`wait_minutes` takes at most 1440");
    }
    let quiet = match written.quiet_hours.as_deref() {
        None => Timing::default().quiet,
        Some(NONE) => None,
        Some(hours) => {
            let quiet = Quiet::parse(hours);
            if quiet.is_none() {
                entry.problem(FIELD, "`quiet_hours` takes hours such as \"21:00-07:00\", or \"none\"");
            }
            quiet
        }
    };
    let mut a_day = [None; Outlet::ALL.len()];
    for (field, outlet, most) in [
        ("sms_a_day", Outlet::Sms, written.sms_a_day),
        ("emails_a_day", Outlet::Email, written.emails_a_day),
        ("gateway_messages_a_day", Outlet::Https, written.gateway_messages_a_day),
    ] {
        if most == Some(0) {
            entry.problem(
                FIELD,
                format!("`{field}` takes 1 or more; an outlet that is not used is left out of `outlets`"),
            );
        }
        a_day[outlet as usize] = most;
    }
    Timing { wait: SignedDuration::from_mins(i64::from(minutes.min(LONGEST_WAIT))), quiet, a_day }
}
