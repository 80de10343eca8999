//! Tests of messages, letter by letter, and of their receivers.

use std::collections::BTreeSet;
use std::mem::discriminant;

use insta::assert_snapshot;
use jiff::Timestamp;

use super::*;
use rules::catalogue::{ProcedureRef, Reason};
use rules::clock::Policy;
use rules::dossier::{
    Actor, Awaited, Because, Deadline, Dossier, DueDate, Event, Fee, FeeState, Filing, Pause, ResultKind, Running,
    Source, Stage,
};
use rules::person::Party;
use rules::phone::{Phone, PhoneError};
use rules::vnd::Vnd;

mod joined;
mod pairs;
mod told;

fn at(day: i8, hour: i8) -> Timestamp {
    format!("2020-04-{day:02}T{hour:02}:00:00+07:00").parse().unwrap()
}

fn due(day: i8) -> Option<DueDate> {
    Some(DueDate { on: jiff::civil::date(2020, 4, day), at: at(day, 17) })
}

fn commit(events: Vec<Event>) -> Recorded {
    Recorded {
        version: 2,
        at: at(15, 8),
        recorded_at: at(15, 9),
        actor: Actor::Sweep,
        called: "H32-1".into(),
        procedure: ProcedureRef { code: "1.005129".into(), version: 1 },
        events,
    }
}

fn worded(recorded: &Recorded, news: Option<News<'_>>) -> String {
    let Some(news) = news else { return "-".to_owned() };
    Message { code: &recorded.called, link: None, news, visit: Visit::NONE }.text(Language::Vi, "")
}

/// Returns what each event of a commit tells by itself, as it is sent; `-` if it tells nobody anything.
fn texts(events: Vec<Event>, dossier: Option<&Dossier>) -> String {
    let recorded = commit(events);
    let text = |event| worded(&recorded, news::of_event(event, &recorded, dossier));
    recorded.events.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// Returns what the commit tells, as it is sent.
fn text(events: Vec<Event>, dossier: Option<&Dossier>) -> String {
    let recorded = commit(events);
    worded(&recorded, news::news(&recorded, dossier))
}

fn awaited(reason: Reason, papers: usize, until: Option<i8>) -> Awaited {
    Awaited {
        attempt: (reason == Reason::Fee).then_some(1),
        reason,
        since: at(16, 9),
        asked: papers,
        papers: (0..papers).map(|number| format!("P{number}")).collect(),
        policy: Policy::Resume,
        wait: until.map(|day| Deadline { until: at(day, 17), next: None, missed_at: None }),
        remind_at: None,
        gap: Vec::new(),
        last_in: None,
        wait_since: None,
    }
}

fn paused(reason: Reason, until: i8) -> Event {
    let awaited = awaited(reason, 2, Some(until));
    Event::ClockPaused { awaited, legal_basis: String::new(), step: None, overdue: false }
}

fn party(phone: &str) -> Party {
    Party { phone: Some(phone.into()), ..Party::default() }
}

#[test]
fn messages_go_to_both_where_both_have_a_number() {
    let number = |text: &str| Ok(Address::Phone(Phone::parse(text).unwrap()));
    let people = |applicant: &str, filer: Option<&str>| Person {
        applicant: party(applicant),
        filer: filer.map(party),
        ..Person::default()
    };
    let by_sms = |person: Option<&Person>| -> Vec<_> {
        let found = receivers(&[Outlet::Sms], person, &[], false).into_iter();
        found.map(|receiver| (receiver.place, receiver.ways[0].1.clone())).collect()
    };
    let check = |person: Person, expected: &[(usize, Result<Address, Unreachable>)]| {
        assert_eq!(by_sms(Some(&person)), expected);
    };
    check(people("0912345678", None), &[(0, number("0912345678"))]);
    check(people("0912345678", Some("0987654321")), &[(0, number("0912345678")), (1, number("0987654321"))]);
    check(people("0912345678", Some("+84 912 345 678")), &[(0, number("0912345678"))]);
    check(people("", Some("0987654321")), &[(1, number("0987654321"))]);
    check(people("0912345678", Some(" ")), &[(0, number("0912345678"))]);
    check(people("02583822222", Some("0987654321")), &[(0, Err(Unreachable::Landline)), (1, number("0987654321"))]);
    check(
        people("12", Some("113")),
        &[
            (0, Err(Unreachable::NotANumber(PhoneError::NoPrefix))),
            (1, Err(Unreachable::NotANumber(PhoneError::NoPrefix))),
        ],
    );
    check(people("", None), &[(0, Err(Unreachable::NoNumber))]);
    assert_eq!(by_sms(None), [(0, Err(Unreachable::NoPeople))]);
}

#[test]
fn why_somebody_cannot_be_reached_never_tells_the_number() {
    for why in [
        Unreachable::NoPeople,
        Unreachable::NoNumber,
        Unreachable::Landline,
        Unreachable::NotANumber(PhoneError::Unassigned),
        Unreachable::NoAddress,
        Unreachable::NotAnAddress(MailboxError::TooLong),
    ] {
        assert!(!format!("{why} {}", why.code()).contains(|c: char| c.is_ascii_digit()));
    }
}
