//! Dossiers: grace for originals, waits, the acceptance limit.

use deadline_sweep::Report;
use jiff::SignedDuration;
use motcua::recorder::RecordError;
use motcua::store::{TaskKind, text};
use motcua_local::neighbours::sns::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::catalogue::Reason;
use rules::dossier::{Action, Event, Refusal, Stage};

use super::{GRACE_ENDS, idle, pauses};
use crate::fixture::{APPLICANT, CHANNEL, FILER, Office, both, one, receipt_of};

#[tokio::test]
async fn originals_missing_at_the_end_of_grace_pause_the_clock_and_each_is_told_once() {
    let mut office = Office::open().await;
    let id = office.accepted(1, both()).await;
    office.tell().await;
    office.wait_until("2020-04-17T16:59:59+07:00");
    idle(&office).await;
    office.wait_until(GRACE_ENDS);
    assert_eq!(office.sweep().await, Report { paused: 1, ..Report::default() });
    idle(&office).await;
    office.tell().await;
    let text = "KKT Van Phong: Ho so 000.00.01.H32-200415-0001 tam dung tinh han, cho 2 ban chinh \
                den het 05/05/2020. Hoi 0258 000 0000.";
    let last: Vec<_> = office.sent().into_iter().skip(4).collect();
    assert_eq!(last, [APPLICANT.1, FILER.1].map(|number| (number.to_owned(), text.to_owned())));
    assert_eq!(pauses(&office.events(id).await), 1);
}

#[tokio::test]
async fn a_sweep_that_comes_late_pauses_from_when_it_comes() {
    let office = Office::open().await;
    let id = office.accepted(1, one()).await;
    office.wait_until("2020-04-20T10:07:00+07:00");
    assert_eq!(office.sweep().await.paused, 1);
    let Stage::Paused(pause) = office.dossier(id).await.stage else { panic!("the clock runs") };
    assert_eq!(pause.since, office.now());
}

#[tokio::test]
async fn originals_handed_over_in_time_leave_nothing_to_sweep() {
    let office = Office::open().await;
    let id = office.accepted(1, one()).await;
    office.wait(SignedDuration::from_hours(1));
    office.order(id, receipt_of(&["P1", "P2"])).await;
    office.wait_until("2020-04-30T17:00:00+07:00");
    idle(&office).await;
}

#[tokio::test]
async fn who_is_waited_for_is_reminded_once_and_a_missed_wait_is_proposed_once() {
    let mut office = Office::open().await;
    let id = office.accepted(1, one()).await;
    office.order(id, receipt_of(&["P1", "P2"])).await;
    let asked = Action::RequestSupplement { papers: vec!["P3".into()], reason: "thiếu bản vẽ".into() };
    office.order(id, asked).await;
    office.tell().await;
    let before = office.sent().len();
    // The wait ends ten working days after 15/04/2020, and the reminder comes two before.
    office.wait_until("2020-04-27T06:00:00+07:00");
    idle(&office).await;
    office.wait_until("2020-04-27T09:00:00+07:00");
    assert_eq!(office.sweep().await, Report { reminded: 1, ..Report::default() });
    office.wait_until("2020-04-29T16:00:00+07:00");
    idle(&office).await;
    let reminders = |events: Vec<Event>| events.iter().filter(|it| matches!(it, Event::WaitReminded { .. })).count();
    assert_eq!(reminders(office.events(id).await), 1);
    office.tell().await;
    let text = "KKT Van Phong: Ho so 000.00.01.H32-200415-0001 can bo sung 1 giay to den het 29/04/2020. \
                Hoi 0258 000 0000.";
    assert_eq!(office.sent()[before..], [(APPLICANT.1.to_owned(), text.to_owned())]);
    // The last day ends at midnight, and then come two days off and a weekend.
    office.wait_until("2020-04-30T09:00:00+07:00");
    idle(&office).await;
    office.wait_until("2020-05-04T07:30:00+07:00");
    assert_eq!(office.sweep().await, Report { proposed: 1, ..Report::default() });
    office.wait(SignedDuration::from_hours(24 * 30));
    idle(&office).await;
    office.tell().await;
    assert_eq!(office.sent().len(), before + 1);
    assert_eq!(office.dossier(id).await.phase(), rules::dossier::Phase::Paused);
}

#[tokio::test]
async fn a_reminder_of_a_fee_names_the_amount() {
    let mut office = Office::open().await;
    let id = office.accepted(1, one()).await;
    office.order(id, receipt_of(&["P1", "P2"])).await;
    let amount_vnd = rules::vnd::Vnd::new(450_000).unwrap();
    office.order(id, Action::AskFee { channel: CHANNEL.into(), amount_vnd }).await;
    office.wait_until("2020-04-27T09:00:00+07:00");
    assert_eq!(office.sweep().await.reminded, 1);
    office.tell().await;
    let text = "KKT Van Phong: Ho so 000.00.01.H32-200415-0001 can nop 450.000d phi, le phi den het 29/04/2020. \
                Hoi 0258 000 0000.";
    let told = office.sent().into_iter().filter(|(_, sent)| sent == text).count();
    assert_eq!(told, 2);
}

#[tokio::test]
async fn a_reminder_that_was_overtaken_is_not_sent() {
    let office = Office::open().await;
    let id = office.accepted(1, one()).await;
    office.order(id, receipt_of(&["P1", "P2"])).await;
    let asked = Action::RequestSupplement { papers: vec!["P3".into()], reason: "thiếu bản vẽ".into() };
    office.order(id, asked).await;
    office.notify(&office.batch().await).await;
    let before = office.sent().len();
    office.wait_until("2020-04-27T09:00:00+07:00");
    assert_eq!(office.sweep().await.reminded, 1);
    let plan = Plan::at_call(1, Failure::TimeoutNotSent);
    office.sns.set_failures(Faults::from_seed(1, plan));
    office.notify(&office.batch().await).await;
    office.order(id, Action::RecordSupplement { papers: Vec::new() }).await;
    office.wait(SignedDuration::from_mins(10));
    assert_eq!(office.sweep().await.retried, 1);
    assert_eq!(office.sent().len(), before);
    let dropped = office.messages(id).await.into_iter().find(|item| text(item, "reason") == Some("overtaken"));
    assert!(dropped.is_some_and(|item| !item.contains_key("wake_pk")));
}

#[tokio::test]
async fn a_submission_nobody_decided_on_is_put_before_a_person_once() {
    let mut office = Office::open().await;
    let id = office.submit(1, one()).await;
    office.tell().await;
    office.wait_until("2020-04-16T07:59:59+07:00");
    idle(&office).await;
    office.wait_until("2020-04-16T12:00:00+07:00");
    assert_eq!(office.sweep().await, Report { proposed: 1, ..Report::default() });
    idle(&office).await;
    office.tell().await;
    assert_eq!(office.sent().len(), 1);
    assert!(matches!(office.events(id).await[..], [Event::Submitted { .. }, Event::AcceptanceLate]));
}

#[tokio::test]
async fn a_clerk_s_pause_that_meets_the_sweep_s_makes_one_pause() {
    let mut winners = std::collections::BTreeSet::new();
    for seed in 0..12 {
        let office = Office::open().await;
        let id = office.accepted(1, one()).await;
        office.wait_until(GRACE_ENDS);
        let papers = vec!["P1".to_owned(), "P2".to_owned()];
        let pause = office.written(id, Action::PauseClock { reason: Reason::Originals, papers }, None);
        // The sweep has 16 queries to make before or after; the clerk comes at any of them.
        office.wire.set_faults(Faults::from_seed(seed, Plan::Calm));
        let clerk = async {
            while office.wire.data_calls() < 3 * seed / 2 {
                tokio::task::yield_now().await;
            }
            match office.site.recorder.record(&pause).await {
                Ok(_) => true,
                // The sweep's pause awaits these very papers.
                Err(RecordError::Refused(Refusal::NothingMissing)) => false,
                Err(error) => panic!("seed {seed}: {error}"),
            }
        };
        let (report, first) = tokio::join!(office.sweep(), clerk);
        assert_eq!((pauses(&office.events(id).await), report.failed), (1, 0), "seed {seed}");
        assert_eq!(report.paused, u64::from(!first), "seed {seed}");
        let Stage::Paused(pause) = office.dossier(id).await.stage else { panic!("the clock runs") };
        assert_eq!(pause.awaited.len(), 1, "seed {seed}");
        winners.insert(report.paused);
    }
    assert_eq!(winners.len(), 2, "each came first in some order");
}

#[tokio::test]
async fn an_index_that_lags_behind_harms_nothing() {
    for seed in 0..4 {
        let office = Office::open().await;
        let id = office.accepted(1, one()).await;
        office.wait_until(GRACE_ENDS);
        office.sweep().await;
        let plan = Plan::Chance { per_mille: 1000, faults: vec![Fault::StaleIndex] };
        office.wire.set_faults(Faults::from_seed(seed, plan));
        let report = office.sweep().await;
        assert_eq!((report.failed, report.paused), (0, 0), "seed {seed}");
        assert_eq!(pauses(&office.events(id).await), 1);
        assert_eq!(office.before_a_person(TaskKind::Dossier).await, []);
    }
}
