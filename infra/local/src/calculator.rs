//! The deadline calculator: `cargo run -- clock` reads one JSON case a line and writes one JSON answer a line.
//!
//! A case: `{"allowance":5,"unit":"working_days","received_at":"2020-04-10T09:15:00+07:00"}` with, if wanted,
//! - `counting`: `civil_code` (default) or `office_hours`,
//! - `after_hours`: `same_day` (default) or `next_working_day`; `cutoff`: a time of day such as `15:00`,
//! - `pauses`: `[{"from":"…","to":"…"}]`, `to` left out (or null) while a pause lasts,
//! - `policy` of all pauses: `resume` (default) or `restart`.
//!
//! `unit` is one of `working_days`, `calendar_days`, `months`, `working_hours`; `received_at` is when the clock
//! starts. Office hours are 07:30–11:30 and 13:00–17:00 and the calendar is the official one; with `--config`, both are
//! those of the agency.
//!
//! An answer: `{"due_on","due_at","segments"}`; `{"due_on":null,"paused_since","left","unit"}` while a pause lasts;
//! `{"due_on":null,"gap":[years]}` if a year's days off are not known; `{"error","field"}` for a bad line.

use std::io::{self, BufRead, Read, Write};

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use rules::clock::{
    self, AfterHours, Allowance, ClockError, Count, Due, Limit, Measure, Office, Policy, SegmentKind, Stop, VIETNAM,
};
use rules::config::Config;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest line that is read, in bytes; the rest of a longer one is skipped.
const MAX_LINE_BYTES: usize = 64 * 1024;

/// Answers every line of `input` except blank ones by the calendar and hours of `office`. Stops only if reading or writing fails.
pub fn run(mut input: impl BufRead, mut output: impl Write, office: &Office) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let most = u64::try_from(MAX_LINE_BYTES + 1).unwrap_or(u64::MAX);
        if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            return output.flush();
        }
        let told = if line.len() > MAX_LINE_BYTES && !line.ends_with(b"\n") {
            input.skip_until(b'\n')?;
            refused("a line is at most 64 KiB", None)
        } else {
            match std::str::from_utf8(&line) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => answer_by(text, office),
                Err(_) => refused("the line is not UTF-8", None),
            }
        };
        writeln!(output, "{told}")?;
    }
}

/// Returns the calendar and hours of an agency of a configuration: the one that is named, or the only one.
///
/// # Errors
/// A sentence: it has no such agency, or several and none is named.
pub fn office_of(config: &Config, agency: Option<&str>) -> Result<Office, String> {
    let codes = || config.agencies().iter().map(|agency| agency.code.as_str()).collect::<Vec<_>>().join(", ");
    let found = match (agency, config.agencies()) {
        (Some(code), _) => {
            config.agency(code).ok_or_else(|| format!("the configuration has no agency {code}, only {}", codes()))?
        }
        (None, [only]) => only,
        (None, _) => return Err(format!("name one of the agencies with --agency: {}", codes())),
    };
    Ok(Office { calendar: found.calendar.clone(), hours: found.office_hours.clone() })
}

/// Answers one case by the official calendar and the usual hours, in one line of JSON. Never fails: the answer to a bad case says what is wrong with it.
pub fn answer(line: &str) -> String {
    answer_by(line, &Office::official())
}

/// Answers one case by the calendar and hours of this office.
fn answer_by(line: &str, office: &Office) -> String {
    match read(line).and_then(|case| case.answer(office)) {
        Ok(told) => told,
        Err(Fault { error, field }) => refused(&error, field.as_deref()),
    }
}

/// A fault of a line, and its place; no field if the whole line is at fault.
struct Fault {
    error: String,
    field: Option<String>,
}

impl Fault {
    fn of(field: impl Into<String>, error: impl Into<String>) -> Self {
        Self { error: error.into(), field: Some(field.into()) }
    }
}

/// A case as written. Fields are read leniently first, so that a fault can name its field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseInLine {
    allowance: Option<Value>,
    unit: Option<Value>,
    counting: Option<Value>,
    policy: Option<Value>,
    received_at: Option<Value>,
    pauses: Option<Vec<PauseInLine>>,
    after_hours: Option<Value>,
    cutoff: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PauseInLine {
    from: Option<Value>,
    to: Option<Value>,
}

/// A case as understood.
struct Case {
    limit: Limit,
    received_at: Timestamp,
    stops: Vec<Stop>,
}

/// A segment of the count, as written in the answer.
#[derive(Serialize)]
struct SegmentTold {
    from: String,
    to: Option<String>,
    kind: SegmentKind,
    counted: u32,
    unit: Measure,
}

/// The answers, in the order in which their fields are written.
#[derive(Serialize)]
#[serde(untagged)]
enum Told<'a> {
    On { due_on: Date, due_at: String, segments: Vec<SegmentTold> },
    Standing { due_on: (), paused_since: String, left: u32, unit: Measure },
    Gap { due_on: (), gap: Vec<i16> },
    Refused { error: &'a str, field: Option<&'a str> },
}

impl Told<'_> {
    fn line(&self) -> String {
        serde_json::to_string(self).expect("text, numbers and lists of them are always written")
    }
}

fn refused(error: &str, field: Option<&str>) -> String {
    Told::Refused { error, field }.line()
}

fn read(line: &str) -> Result<Case, Fault> {
    let written = parse(line)?;
    let limit = Limit {
        allowance: Allowance { n: allowance(written.allowance)?, unit: required("unit", written.unit, UNITS)? },
        counting: optional("counting", written.counting, "must be civil_code or office_hours")?.unwrap_or_default(),
        after_hours: optional("after_hours", written.after_hours, "must be same_day or next_working_day")?
            .unwrap_or(AfterHours::SameDay),
        cutoff: optional::<Time>("cutoff", written.cutoff, "must be a time of day such as 15:00")?,
    };
    let policy = optional("policy", written.policy, "must be resume or restart")?.unwrap_or(Policy::Resume);
    let received_at = required("received_at", written.received_at, INSTANT)?;
    let mut stops = Vec::new();
    for (index, pause) in written.pauses.into_iter().flatten().enumerate() {
        let from: Timestamp = required(&format!("pauses[{index}].from"), pause.from, INSTANT)?;
        let to = optional(&format!("pauses[{index}].to"), pause.to, INSTANT)?;
        if from < received_at {
            return Err(Fault::of(format!("pauses[{index}].from"), "the pause begins before the clock starts"));
        }
        stops.push(Stop { from, to, policy });
    }
    Ok(Case { limit, received_at, stops })
}

const UNITS: &str = "must be working_days, calendar_days, months or working_hours";
const INSTANT: &str = "must be an instant with its offset, such as 2020-04-10T09:15:00+07:00";

fn parse(line: &str) -> Result<CaseInLine, Fault> {
    if !line.trim_start().starts_with('{') {
        return Err(Fault { error: "a case is one JSON object".to_owned(), field: None });
    }
    serde_json::from_str(line).map_err(|error| {
        let text = error.to_string();
        let mut quoted = text.split('`').skip(1);
        match quoted.next() {
            Some(name) if text.starts_with("unknown field") => Fault::of(name, "is not a field of a case"),
            Some(name) if text.starts_with("duplicate field") => Fault::of(name, "stands twice"),
            // Of the fields only `pauses` has a shape of its own at this point.
            _ if error.is_data() => Fault::of("pauses", "must be a list of objects with from and to"),
            _ => Fault { error: "the line is not JSON".to_owned(), field: None },
        }
    })
}

fn allowance(value: Option<Value>) -> Result<u32, Fault> {
    let n: u64 = required("allowance", value, "must be a whole number, 0 or more")?;
    // A number beyond 32 bits is refused as too large, with every other that is.
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}

fn required<T: DeserializeOwned>(field: &str, value: Option<Value>, expected: &str) -> Result<T, Fault> {
    optional(field, value, expected)?.ok_or_else(|| Fault::of(field, "is missing"))
}

fn optional<T: DeserializeOwned>(field: &str, value: Option<Value>, expected: &str) -> Result<Option<T>, Fault> {
    value.map(serde_json::from_value).transpose().map_err(|_| Fault::of(field, expected))
}

impl Case {
    fn answer(&self, office: &Office) -> Result<String, Fault> {
        let count = clock::count(&self.limit, self.received_at, &self.stops, office).map_err(fault)?;
        if let Some(index) = count.stops_after_end.first() {
            let field = format!("pauses[{index}].from");
            return Err(Fault::of(field, "the pause begins after the limit has run out"));
        }
        Ok(told(count).line())
    }
}

fn told(count: Count) -> Told<'static> {
    match count.due {
        Due::On { date, at } => {
            let unit = count.counted_in;
            let tell = |segment: clock::Segment| SegmentTold {
                from: shown(segment.from),
                to: segment.to.map(shown),
                kind: segment.kind,
                counted: segment.counted,
                unit,
            };
            Told::On { due_on: date, due_at: shown(at), segments: count.segments.into_iter().map(tell).collect() }
        }
        Due::Standing { paused_since, left, unit } => {
            Told::Standing { due_on: (), paused_since: shown(paused_since), left, unit }
        }
        Due::Gap { years } => Told::Gap { due_on: (), gap: years },
    }
}

fn fault(error: ClockError) -> Fault {
    let field = match &error {
        ClockError::AllowanceTooLarge { .. } => Some("allowance".to_owned()),
        ClockError::NotByOfficeHours { .. } => Some("counting".to_owned()),
        ClockError::StopEndsBeforeItBegins { index } => Some(format!("pauses[{index}].to")),
        ClockError::OutOfRange => Some("received_at".to_owned()),
        ClockError::DayOff { .. } | ClockError::Gap(_) => None,
    };
    Fault { error: error.to_string(), field }
}

fn shown(at: Timestamp) -> String {
    at.display_with_offset(VIETNAM).to_string()
}

#[cfg(test)]
#[path = "calculator_tests.rs"]
mod tests;
