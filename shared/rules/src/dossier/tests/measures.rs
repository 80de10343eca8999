//! Grants of notices to a dossier, and what stays of them when the notices end.

use super::*;
use crate::notice::{Card, Effect, Granted, Mail, Measure};

/// The notice of the source: originals by post and free postage of results from 1 to 15 April 2020, cited by its number.
fn card(number: u32, measure: Measure, from: (i8, i8), until: Option<(i8, i8)>) -> Card {
    let day = |(day, month)| jiff::civil::date(2020, month, day);
    Card {
        number,
        version: 2,
        title: "Biện pháp cấp bách".into(),
        title_en: None,
        legal_basis: format!("Công văn {number}/UBND"),
        procedures: Vec::new(),
        effects: vec![Effect { measure, from: day(from), until: until.map(day) }],
        first_published_at: at("2020-04-01 08:00"),
        published_at: at("2020-04-01 08:00"),
        withdrawn: false,
    }
}

fn free(until: Option<(i8, i8)>) -> Standing {
    Standing { cards: vec![card(7, Measure::FreePostage { of: Mail::Results }, (1, 4), until)] }
}

const SEVEN: Granted = Granted { notice: 7, version: 2 };

fn posted(life: &mut Life, happened: &str) -> Event {
    let events = life.done(happened, Action::PostResult { item_code: "CE123456785VN".into() });
    events.into_iter().next().unwrap()
}

#[test]
fn free_postage_that_was_promised_with_the_choice_is_kept_after_the_measure() {
    let mut life = Life::accepted(procedure());
    life.notices = free(Some((15, 4)));
    let events = life.done("2020-04-15 09:00", choose_return(true));
    assert_eq!(events, [Event::ReturnChosen { by_post: true, consent: Some(Consent::Phone), free: Some(SEVEN) }]);
    life.notices = Standing::default();
    life.done("2020-04-20 08:00", positive());
    assert_eq!(
        posted(&mut life, "2020-04-20 09:00"),
        Event::ResultPosted { item_code: "CE123456785VN".into(), free: Some(SEVEN) }
    );
}

#[test]
fn free_postage_on_the_day_of_posting_is_granted_then_and_not_after_the_measure() {
    for (until, granted) in [((20, 4), Some(SEVEN)), ((19, 4), None)] {
        let mut life = Life::accepted(procedure());
        life.done("2020-04-15 09:00", choose_return(true));
        life.notices = free(Some(until));
        life.done("2020-04-20 08:00", positive());
        let event = posted(&mut life, "2020-04-20 09:00");
        assert_eq!(event, Event::ResultPosted { item_code: "CE123456785VN".into(), free: granted });
    }
}

#[test]
fn nothing_is_granted_for_fetching_a_result_or_for_other_procedures() {
    let mut life = Life::accepted(procedure());
    life.notices = free(None);
    life.done("2020-04-15 09:00", choose_return(true));
    let events = life.done("2020-04-15 10:00", choose_return(false));
    assert_eq!(events, [Event::ReturnChosen { by_post: false, consent: Some(Consent::Phone), free: None }]);
    assert_eq!(life.dossier().free_postage, None);
    life.notices.cards[0].procedures = vec!["other".into()];
    let events = life.done("2020-04-15 11:00", choose_return(true));
    assert_eq!(events, [Event::ReturnChosen { by_post: true, consent: Some(Consent::Phone), free: None }]);
}

#[test]
fn a_choice_at_filing_is_free_by_the_day_of_filing() {
    let mut life = Life::under(procedure());
    life.notices = free(Some((14, 4)));
    let submission = Submission {
        source: Source::Portal("dvcqg".into()),
        filing: Filing::Online,
        procedure: procedure().reference(),
        code: Some("000.00.01.H32-200414-0007".into()),
        enclosed: Enclosed { returns_by_post: Some(true), ..Enclosed::default() },
    };
    let (happened, learned) = (at("2020-04-14 16:00"), at("2020-04-15 08:00"));
    let events = life.decide(happened, learned, Action::Submit(submission.clone())).unwrap();
    assert_eq!(events[1..], [Event::ReturnChosen { by_post: true, consent: None, free: Some(SEVEN) }]);
    life.notices = free(Some((13, 4)));
    let ended = life.decide(happened, learned, Action::Submit(submission)).unwrap();
    assert_eq!(ended[1..], [Event::ReturnChosen { by_post: true, consent: None, free: None }]);
}

fn basis(events: &[Event]) -> &str {
    let basis = events.iter().find_map(|event| match event {
        Event::ClockPaused { legal_basis, .. } => Some(legal_basis.as_str()),
        _ => None,
    });
    basis.unwrap()
}

#[test]
fn a_pause_for_originals_cites_the_measure_that_runs_and_never_one_that_has_ended() {
    let by_post = |until| Standing { cards: vec![card(2964, Measure::OriginalsByPost, (1, 4), until)] };
    for (until, cited) in [
        (None, "Công văn 2964/UBND"),
        (Some((17, 4)), "Công văn 2964/UBND"),
        // The default of a catalogue, which has a citation of its own.
        (Some((16, 4)), "Công văn 2964/UBND-KSTT ngày 01/04/2020"),
    ] {
        let mut life = Life::signing(procedure());
        life.notices = by_post(until);
        assert_eq!(basis(&life.done("2020-04-17 17:00", Action::Wake)), cited);
    }
    let mut life = Life::accepted(procedure());
    life.notices = by_post(None);
    let events = life.done("2020-04-16 08:00", ask_supplement(&["DK.01"]));
    assert_eq!(basis(&events), "NĐ 61/2018/NĐ-CP Điều 19 khoản 4", "a supplement rests on the law");
}

fn closed(waits_run: bool, from: (i8, i8), until: Option<(i8, i8)>) -> Standing {
    Standing { cards: vec![card(3, Measure::Closed { article: None, waits_run }, from, until)] }
}

/// Waits for two originals from Monday 20 April 2020, ten working days: until Wednesday 6 May.
fn waiting(notices: Standing) -> Life {
    let mut life = Life::signing(with_waits());
    life.notices = notices;
    life.done("2020-04-20 08:00", Action::Wake);
    life
}

fn wait_until(life: &Life) -> Timestamp {
    life.dossier().awaited()[0].wait.unwrap().until
}

#[test]
fn a_wait_that_would_end_while_the_desk_is_closed_ends_on_the_next_open_day() {
    assert_eq!(wait_until(&waiting(closed(false, (4, 5), Some((8, 5))))), at("2020-05-12 00:00"), "Monday 11 May");
    assert_eq!(wait_until(&waiting(closed(true, (4, 5), Some((8, 5))))), at("2020-05-07 00:00"), "as the setting says");
    assert_eq!(wait_until(&waiting(closed(false, (4, 5), Some((5, 5))))), at("2020-05-07 00:00"), "it is open again");
}

#[test]
fn a_closing_that_is_published_later_moves_a_wait_that_runs() {
    let mut life = waiting(Standing::default());
    life.notices = closed(false, (4, 5), Some((8, 5)));
    let events = life.sleeps_until("2020-05-10 12:00");
    assert!(matches!(events[..], [Event::WaitReminded { .. }, Event::WaitCounted { .. }]), "{events:?}");
    assert_eq!(wait_until(&life), at("2020-05-12 00:00"));
    let missed = life.sleeps_until("2020-05-12 08:00");
    assert!(matches!(missed[..], [Event::WaitMissed { .. }]), "{missed:?}");
}

#[test]
fn no_wait_is_missed_while_nobody_knows_when_the_desk_opens() {
    let mut life = waiting(Standing::default());
    life.notices = closed(false, (4, 5), None);
    let events = life.sleeps_until("2020-06-30 12:00");
    assert!(!events.iter().any(|event| matches!(event, Event::WaitMissed { .. })), "{events:?}");
    life.notices = closed(false, (4, 5), Some((30, 6)));
    let events = life.sleeps_until("2020-07-20 12:00");
    assert!(matches!(events.last(), Some(Event::WaitMissed { .. })), "{events:?}");
}

#[test]
fn a_closed_desk_moves_no_due_date() {
    let mut life = Life::accepted(procedure());
    let due = life.dossier().due();
    life.notices = closed(false, (16, 4), Some((30, 4)));
    life.sleeps_until("2020-04-20 08:00");
    assert_eq!(life.dossier().due(), due);
}

#[test]
fn a_postage_that_was_asked_for_is_free_if_a_measure_holds_on_the_day_of_posting() {
    let ask = Action::AskPostage { amount_vnd: dong(26_000) };
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", choose_return(true));
    life.done("2020-04-16 09:00", positive());
    life.done("2020-04-16 09:30", Action::ConfirmAddress { differs: false, consent: None });
    life.done("2020-04-16 10:00", ask.clone());
    life.notices = free(None);
    let put = life.done("2020-04-16 11:00", Action::PutInParcel { parcel: "B20-000001".into() });
    assert!(matches!(put.as_slice(), [Event::AwaitedWaived { .. }, Event::ParcelMade { .. }]), "{put:?}");
    assert!(!life.dossier().owes());
    let mut promised = Life::accepted(procedure());
    promised.notices = free(None);
    promised.done("2020-04-16 08:00", choose_return(true));
    promised.done("2020-04-16 09:00", positive());
    promised.notices = Standing::default();
    assert_eq!(promised.refused("2020-05-20 10:00", ask), Refusal::PostageFree);
}

#[test]
fn who_was_told_with_the_question_that_the_postage_is_free_pays_nothing_after_the_measure() {
    let mut life = Life::accepted(procedure());
    life.notices = free(None);
    life.done("2020-04-16 08:00", Action::AskAddress);
    life.notices = Standing::default();
    let events = life.done("2020-05-20 08:00", choose_return(true));
    assert_eq!(events, [Event::ReturnChosen { by_post: true, consent: Some(Consent::Phone), free: Some(SEVEN) }]);
}
