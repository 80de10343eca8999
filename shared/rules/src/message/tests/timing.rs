//! When a message leaves.

use jiff::{SignedDuration, Timestamp};

use super::super::{Held, News, Outlet, Quiet, Timing};
use crate::vnd::Vnd;

fn at(text: &str) -> Timestamp {
    format!("{}+07:00", text.replace(' ', "T")).parse().unwrap()
}

fn accepted() -> News<'static> {
    News::Accepted { due_on: None }
}

fn fee(by: &str) -> News<'static> {
    News::FeeAsked { fee_vnd: Vnd::new(125_000).unwrap(), pay_by: Some(by.parse().unwrap()), postage: false }
}

fn held(news: &News<'_>, outlet: Outlet, now: &str) -> Option<(Timestamp, Held)> {
    Timing::default().held(news, outlet, at("2020-04-01 08:00:00"), at(now))
}

#[test]
fn no_telephone_rings_at_night_for_what_can_wait() {
    let morning = |day: &str| Some((at(&format!("{day} 07:00:00")), Held::Quiet));
    for (now, expected) in [
        ("2020-04-15 20:59:59", None),
        ("2020-04-15 21:00:00", morning("2020-04-16")),
        ("2020-04-15 23:59:59", morning("2020-04-16")),
        ("2020-04-16 00:00:00", morning("2020-04-16")),
        ("2020-04-16 06:59:59", morning("2020-04-16")),
        ("2020-04-16 07:00:00", None),
        ("2020-12-31 22:00:00", morning("2021-01-01")),
    ] {
        assert_eq!(held(&accepted(), Outlet::Sms, now), expected, "{now}");
        assert_eq!(held(&accepted(), Outlet::Email, now), None, "a letter does not ring, {now}");
    }
    let paid = News::Paid { paid_vnd: Vnd::new(1_000).unwrap(), receipt_no: None, goes_on: false, due_on: None };
    assert_eq!(held(&paid, Outlet::Sms, "2020-04-15 22:00:00"), None, "they paid a moment ago");
    assert_eq!(held(&fee("2020-04-15"), Outlet::Sms, "2020-04-15 22:00:00"), None, "the last day is this one");
    assert_eq!(held(&fee("2020-04-16"), Outlet::Sms, "2020-04-15 22:00:00"), morning("2020-04-16"));
}

#[test]
fn hours_of_one_day_are_quiet_as_well() {
    let timing = Timing { quiet: Quiet::parse("11:30-13:00"), ..Timing::default() };
    let held = |now: &str| timing.held(&accepted(), Outlet::Sms, at("2020-04-01 08:00:00"), at(now));
    assert_eq!(held("2020-04-15 11:29:59"), None);
    assert_eq!(held("2020-04-15 12:00:00"), Some((at("2020-04-15 13:00:00"), Held::Quiet)));
    assert_eq!(held("2020-04-15 13:00:00"), None);
    assert_eq!(held("2020-04-15 22:00:00"), None);
    assert_eq!(timing.next_day(at("2020-04-15 22:00:00")), at("2020-04-16 00:00:00"), "nothing is quiet then");
}

#[test]
fn only_an_arrival_and_an_acceptance_wait_for_what_may_follow_them() {
    let arrival = News::Received { received_on: "2020-04-15".parse().unwrap() };
    let recorded = at("2020-04-15 08:00:00");
    let timing = Timing::default();
    let until = Some((at("2020-04-15 08:05:00"), Held::NotYet));
    assert_eq!(timing.held(&arrival, Outlet::Sms, recorded, recorded), until);
    assert_eq!(timing.held(&arrival, Outlet::Email, recorded, at("2020-04-15 08:04:59")), until);
    assert_eq!(timing.held(&arrival, Outlet::Sms, recorded, at("2020-04-15 08:05:00")), None);
    assert_eq!(timing.held(&accepted(), Outlet::Sms, recorded, recorded), until, "a fee may be asked for at once");
    assert_eq!(timing.held(&fee("2020-04-20"), Outlet::Sms, recorded, recorded), None);
    let late = at("2020-04-15 20:58:00");
    assert_eq!(timing.held(&arrival, Outlet::Sms, late, late), Some((at("2020-04-15 21:03:00"), Held::NotYet)));
    let night = at("2020-04-15 21:30:00");
    assert_eq!(timing.held(&arrival, Outlet::Sms, night, night), Some((at("2020-04-16 07:00:00"), Held::Quiet)));
    let at_once = Timing { wait: SignedDuration::ZERO, ..Timing::default() };
    assert_eq!(at_once.held(&arrival, Outlet::Sms, recorded, recorded), None);
}

#[test]
fn what_is_beyond_the_cap_leaves_on_the_next_morning() {
    assert_eq!(Timing::default().next_day(at("2020-04-15 00:00:00")), at("2020-04-16 07:00:00"));
    assert_eq!(Timing::default().next_day(at("2020-04-15 23:59:59")), at("2020-04-16 07:00:00"));
    let loud = Timing { quiet: None, ..Timing::default() };
    assert_eq!(loud.next_day(at("2020-04-15 12:00:00")), at("2020-04-16 00:00:00"));
}

#[test]
fn hours_are_written_in_one_way() {
    for wrong in ["", "21:00", "21:00-21:00", "21:00-25:00", "9:00-21:00", "21:00–07:00", "21:00-07:00:00", "none"] {
        assert_eq!(Quiet::parse(wrong), None, "{wrong}");
    }
    assert!(Quiet::parse("21:00-07:00").is_some());
}

#[test]
fn news_stands_in_the_list_of_the_next_morning_unless_it_asks_for_something_until_then() {
    let listed = |news: News<'_>, now: &str| Timing::default().listed(&news, at(now));
    let next = Some(("2020-04-16".parse().unwrap(), at("2020-04-16 07:00:00")));
    assert_eq!(listed(accepted(), "2020-04-15 00:00:00"), next);
    assert_eq!(listed(accepted(), "2020-04-15 23:59:59"), next);
    assert_eq!(listed(fee("2020-04-17"), "2020-04-15 10:00:00"), next);
    assert_eq!(listed(fee("2020-04-16"), "2020-04-15 10:00:00"), None);
    assert_eq!(listed(fee("2020-04-14"), "2020-04-15 10:00:00"), None);
}
