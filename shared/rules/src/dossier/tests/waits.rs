//! Waits for something, and supplements.

use super::*;

/// The end of the wait: 24:00 of Wednesday 6 May.
const UNTIL: &str = "2020-05-07 00:00";
/// The opening of office after it, at which a miss is noticed.
const MISSED_AT: &str = "2020-05-07 07:30";

fn reminded(reason: Reason) -> Event {
    Event::WaitReminded { reason, until: at(UNTIL) }
}

fn missed(reason: Reason) -> Event {
    Event::WaitMissed { reason, until: at(UNTIL) }
}

/// Returns a dossier that waits for two originals from Monday 20 April 2020 08:00: ten working days end on Wednesday 6
/// May (30 April and 1 May are days off).
fn waiting(procedure: Procedure) -> Life {
    let mut life = Life::signing(procedure);
    life.done("2020-04-20 08:00", Action::Wake);
    life
}

#[test]
fn the_applicant_is_reminded_once_at_opening_of_office_two_working_days_before_the_end() {
    let mut life = waiting(with_waits());
    assert_eq!(life.wakes_at(), Some(at("2020-05-04 07:30")));
    assert_eq!(life.done("2020-05-04 07:29", Action::Wake), []);
    assert_eq!(life.done("2020-05-04 07:30", Action::Wake), [reminded(Reason::Originals)]);
    assert_eq!(life.done("2020-05-04 07:35", Action::Wake), []);
    assert_eq!(life.wakes_at(), Some(at(MISSED_AT)));
}

#[test]
fn a_missed_wait_is_marked_once_and_proposed_to_a_person() {
    let mut life = waiting(with_waits());
    assert_eq!(life.sleeps_until("2020-06-30 08:00"), [reminded(Reason::Originals), missed(Reason::Originals)]);
    assert_eq!((life.phase(), life.wakes_at()), (Phase::Paused, None));
    assert_eq!(life.done("2020-06-30 08:00", Action::Wake), []);
}

#[test]
fn a_sweep_that_slept_over_the_end_marks_it_missed_without_a_reminder() {
    let mut life = waiting(with_waits());
    assert_eq!(life.done("2020-05-20 08:00", Action::Wake), [missed(Reason::Originals)]);
}

#[test]
fn only_a_procedure_that_says_so_closes_by_itself() {
    for (reason, because, article) in [
        (Reason::Originals, "quá hạn bổ sung", "Công văn 2964/UBND-KSTT ngày 01/04/2020"),
        (Reason::Fee, "quá hạn nộp phí, lệ phí", "quy định của thủ tục"),
        (Reason::Supplement, "quá hạn bổ sung", "NĐ 61/2018/NĐ-CP Điều 19 khoản 4"),
    ] {
        let mut life = Life::signing(Procedure { on_missed_wait: OnMissedWait::Auto, ..with_waits() });
        let ask = match reason {
            Reason::Fee => ask_fee(9),
            Reason::Supplement => ask_supplement(&["DK.01"]),
            _ => pause_for_originals(&["BC.01"]),
        };
        life.done("2020-04-20 08:00", ask);
        let closed = Event::Closed { reason: because.into(), article: article.into(), at: at(MISSED_AT) };
        assert_eq!(life.sleeps_until("2020-06-30 08:00"), [reminded(reason.clone()), missed(reason), closed]);
        assert_eq!((life.phase(), life.wakes_at()), (Phase::Closed, None));
        let kept = life.done("2020-06-30 09:00", receipt(&["BC.01"]));
        assert!(matches!(&kept[..], [Event::ArrivalKept { .. }]), "after closing a person decides");
    }
}

#[test]
fn papers_that_come_after_a_missed_wait_resume_the_clock_marked_late() {
    let mut life = waiting(with_waits());
    life.sleeps_until("2020-05-07 08:00");
    let events = life.done("2020-05-07 08:00", receipt(&["BC.01", "BC.02"]));
    assert!(matches!(events[1], Event::ClockResumed { late: true, .. }));
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-05-11".into()));
}

#[test]
fn late_papers_stay_marked_when_another_thing_comes_in_last() {
    let mut life = waiting(with_waits());
    life.done("2020-04-21 08:00", ask_fee(9));
    life.done("2020-05-07 08:00", receipt(&["BC.01", "BC.02"]));
    let events = life.done("2020-05-07 09:00", paid(1, 9));
    assert!(matches!(events[1], Event::ClockResumed { late: true, .. }));
}

#[test]
fn papers_handed_over_in_time_are_not_late_though_the_wait_was_marked_missed() {
    for handed_over in ["2020-05-06 16:00", "2020-05-06 17:30", "2020-05-06 23:59"] {
        let mut life = waiting(with_waits());
        life.sleeps_until("2020-05-07 08:00");
        let events = life.recorded(handed_over, "2020-05-07 08:00", receipt(&["BC.01", "BC.02"]));
        assert!(matches!(events[1], Event::ClockResumed { late: false, .. }), "{handed_over}");
    }
}

#[test]
fn a_waiver_after_a_missed_wait_is_not_the_applicant_s_lateness() {
    let mut life = waiting(with_waits());
    life.sleeps_until("2020-05-07 08:00");
    let events = life.done("2020-05-07 08:00", waive(Reason::Originals, &[]));
    assert!(matches!(events[1], Event::ClockResumed { late: false, .. }));
}

#[test]
fn without_a_wait_the_applicant_is_reminded_once_and_nothing_is_ever_missed() {
    let mut life = waiting(Procedure { on_missed_wait: OnMissedWait::Auto, ..procedure() });
    let since = at("2020-04-20 08:00");
    assert_eq!(life.wakes_at(), Some(at("2020-05-06 07:30")), "ten working days on, at opening of office");
    let told = [Event::StillAwaited { reason: Reason::Originals, since }];
    assert_eq!(life.sleeps_until("2020-12-30 08:00"), told);
    assert_eq!((life.phase(), life.wakes_at()), (Phase::Paused, None));
}

#[test]
fn each_awaited_thing_has_a_wait_of_its_own() {
    let mut life = waiting(with_waits());
    life.done("2020-04-21 08:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-22 08:00", ask_supplement(&["DK.02"]));
    let until = |reason: Reason, until: &str| (reason, at(until));
    let told: Vec<_> = life
        .sleeps_until("2020-12-30 08:00")
        .into_iter()
        .map(|event| match event {
            Event::WaitMissed { reason, until } => (true, (reason, until)),
            Event::WaitReminded { reason, until } => (false, (reason, until)),
            other => panic!("{other:?}"),
        })
        .collect();
    let ends = [
        until(Reason::Originals, UNTIL),
        until(Reason::Supplement, "2020-05-08 00:00"),
        until(Reason::Supplement, "2020-05-09 00:00"),
    ];
    for (n, end) in ends.iter().enumerate() {
        let times = |missed: bool| told.iter().filter(|(was, what)| *was == missed && what == end).count();
        assert_eq!((times(false), times(true)), (1, 1), "thing {n} is reminded and missed once");
    }
}

#[test]
fn two_things_awaited_until_one_instant_are_told_once() {
    let mut life = Life::signing(with_waits());
    life.done("2020-04-20 08:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-20 09:00", ask_supplement(&["DK.02"]));
    assert_eq!(life.sleeps_until("2020-12-30 08:00"), [reminded(Reason::Supplement), missed(Reason::Supplement)]);
}

#[test]
fn a_wait_too_short_for_a_reminder_has_none() {
    let mut procedure = procedure();
    procedure.pauses.originals.wait = working_days(1);
    let mut life = waiting(procedure);
    let until = at("2020-04-22 00:00");
    let missed = Event::WaitMissed { reason: Reason::Originals, until };
    assert_eq!(life.sleeps_until("2020-06-30 08:00"), [missed]);
}

#[test]
fn a_wait_of_no_days_that_begins_after_office_lasts_until_midnight() {
    let mut procedure = procedure();
    procedure.pauses.originals.wait = working_days(0);
    let mut life = Life::lacking_originals(procedure);
    assert_eq!(life.wakes_at(), Some(at("2020-04-20 07:30")), "Friday's midnight is noticed on Monday");
    let events = life.done("2020-04-17 23:50", receipt(&["BC.01", "BC.02"]));
    assert!(matches!(events[1], Event::ClockResumed { late: false, .. }));
}

/// Returns a dossier that awaits something by Wednesday 6 May 2020, asked on Monday 20 April.
fn awaiting(procedure: Procedure, ask: Action) -> Life {
    let mut life = Life::signing(procedure);
    life.done("2020-04-20 08:00", ask);
    life.done("2020-05-04 07:30", Action::Wake);
    life
}

#[test]
fn the_applicant_s_last_day_ends_at_midnight_and_a_miss_is_noticed_when_office_opens() {
    let things = [
        (ask_fee(9), paid(1, 9), Phase::InProgress),
        (ask_supplement(&["DK.01"]), supplement(&[]), Phase::InProgress),
        (pause_for_originals(&["BC.01"]), receipt(&["BC.01"]), Phase::InProgress),
    ];
    for on_missed_wait in [OnMissedWait::Propose, OnMissedWait::Auto] {
        for (ask, bring, then) in &things {
            let mut life = awaiting(Procedure { on_missed_wait, ..with_waits() }, ask.clone());
            for evening in ["2020-05-06 17:05", "2020-05-06 20:00", "2020-05-06 23:59", "2020-05-07 00:00"] {
                assert_eq!(life.done(evening, Action::Wake), [], "{evening}");
            }
            for (now, late) in [("2020-05-06 17:30", false), ("2020-05-06 20:00", false), ("2020-05-07 06:00", true)] {
                let mut in_time = life.clone();
                let events = in_time.done(now, bring.clone());
                assert!(matches!(events[1], Event::ClockResumed { late: told, .. } if told == late), "{now}");
                assert_eq!(
                    (in_time.phase(), in_time.wakes_at()),
                    (*then, in_time.dossier().step.as_ref().unwrap().grace_until)
                );
            }
            let missed = life.done(MISSED_AT, Action::Wake);
            assert!(matches!(missed[0], Event::WaitMissed { until, .. } if until == at(UNTIL)), "{missed:?}");
            assert_eq!(missed.len(), 1 + usize::from(on_missed_wait == OnMissedWait::Auto));
        }
    }
}

#[test]
fn a_wait_that_ends_before_days_off_is_noticed_as_missed_after_them() {
    // Ten working days from Wednesday 15 April end on Wednesday 29 April; then come two days off and a weekend.
    let mut life = Life::signing(with_waits());
    life.done("2020-04-15 10:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-27 07:30", Action::Wake);
    assert_eq!(life.wakes_at(), Some(at("2020-05-04 07:30")));
    let events = life.done("2020-05-01 20:00", supplement(&[]));
    assert!(matches!(events[1], Event::ClockResumed { late: true, .. }));
}

#[test]
fn equal_instants_are_in_the_order_of_recording() {
    let now = "2020-04-16 10:00";
    for (ask, bring) in [
        (ask_supplement(&["DK.01"]), supplement(&["DK.01"])),
        (ask_supplement(&[]), supplement(&[])),
        (ask_supplement(&["DK.01"]), receipt(&["DK.01"])),
        (ask_supplement(&["DK.01"]), waive(Reason::Supplement, &[])),
        (pause_for_originals(&["BC.01"]), receipt(&["BC.01"])),
        (pause_for_originals(&["BC.01"]), waive(Reason::Originals, &[])),
        (ask_fee(9), paid(1, 9)),
        (ask_fee(9), Action::RecordCash { attempt: 1, amount_vnd: dong(9), receipt_no: Some("1".into()) }),
    ] {
        let mut life = Life::signing(procedure());
        life.done(now, ask.clone());
        let events = life.done(now, bring);
        assert!(matches!(events.last(), Some(Event::ClockResumed { late: false, .. })), "{events:?}");
        let restarts = matches!(ask, Action::RequestSupplement { .. });
        assert_eq!(life.due(), if restarts { "2020-04-23" } else { "2020-04-22" }, "{ask:?}");
        super::explanation::the_explanation_tells_the_count(&life);
    }
}

#[test]
fn a_fraction_of_a_second_does_not_turn_the_order_of_recording() {
    let mut life = Life::accepted(procedure());
    let second = at("2020-04-16 10:00");
    let now = |millis: i64| second + jiff::SignedDuration::from_millis(millis);
    let ask = ask_supplement(&["DK.01"]);
    let events = life.decide(now(300), now(300), ask.clone()).unwrap();
    life.commit(&Command::now(now(300), Actor::Staff("u-17".into()), ask), &events);
    // The portal tells whole seconds.
    let events = life.decide(second, now(800), supplement(&["DK.01"])).unwrap();
    assert!(matches!(events[1], Event::ClockResumed { at, .. } if at == now(300)), "{events:?}");
}

#[test]
fn papers_handed_over_at_the_instant_of_the_pause_and_recorded_later_void_it() {
    let mut life = Life::lacking_originals(procedure());
    let events = life.recorded("2020-04-17 17:00", "2020-04-20 08:00", receipt(&["BC.01", "BC.02"]));
    assert!(matches!(events[1], Event::PauseVoided { .. }), "{events:?}");
    assert_eq!(life.due(), "2020-04-22");
    // Money is never earlier than it was asked for.
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", ask_fee(9));
    let events = life.recorded("2020-04-16 10:00", "2020-04-16 10:05", paid(1, 9));
    assert!(matches!(events[1], Event::ClockResumed { .. }), "{events:?}");
}

#[test]
fn a_sweep_that_slept_over_the_reminder_sends_none_at_night() {
    let mut life = Life::signing(with_waits());
    life.done("2020-04-20 08:00", ask_supplement(&["DK.01"]));
    let events = life.done("2020-05-07 03:00", Action::Wake);
    assert!(matches!(events[..], [Event::WaitCounted { .. }]), "{events:?}");
    assert_eq!(life.wakes_at(), Some(at(MISSED_AT)));
    assert_eq!(life.done(MISSED_AT, Action::Wake), [missed(Reason::Supplement)]);
}

/// Returns a dossier as it was stored when a wait ended at close of office: reminded, to be woken at 17:00.
fn stored_before() -> Life {
    let mut life = awaiting(with_waits(), ask_supplement(&["DK.01"]));
    let close = at("2020-05-06 17:00");
    let Some(Stage::Paused(pause)) = life.dossier.as_mut().map(|dossier| &mut dossier.stage) else { panic!("paused") };
    pause.awaited[0].wait = Some(Deadline { until: close, next: Some(close), missed_at: None });
    life
}

#[test]
fn an_older_dossier_that_is_woken_at_its_close_of_office_has_until_midnight_too() {
    let mut life = stored_before();
    assert_eq!(life.wakes_at(), Some(at("2020-05-06 17:00")));
    let events = life.done("2020-05-06 17:05", Action::Wake);
    assert!(matches!(events[..], [Event::WaitCounted { .. }]), "{events:?}");
    assert_eq!(life.done("2020-05-06 17:10", Action::Wake), []);
    assert_eq!(life.wakes_at(), Some(at(MISSED_AT)));
    let mut in_time = life.clone();
    let events = in_time.done("2020-05-06 20:00", supplement(&[]));
    assert!(matches!(events[1], Event::ClockResumed { late: false, .. }));
    assert_eq!(life.done(MISSED_AT, Action::Wake), [missed(Reason::Supplement)]);

    let events = stored_before().done("2020-05-06 17:30", supplement(&[]));
    assert!(matches!(events[1], Event::ClockResumed { late: false, .. }), "nor does it matter that no sweep came");
    let events = stored_before().done("2020-05-07 08:00", Action::Wake);
    assert!(matches!(events[..], [Event::WaitMissed { until, .. }] if until == at("2020-05-06 17:00")));
}

#[test]
fn more_rounds_than_the_procedure_allows_are_refused_with_the_rule() {
    let mut life = Life::filed(Procedure { most_rounds: Some(2), ..procedure() });
    life.done("2020-04-14 16:30", ask_supplement(&["DK.01"]));
    life.done("2020-04-14 16:40", supplement(&[]));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    let events = life.done("2020-04-15 09:00", ask_supplement(&["DK.01"]));
    assert!(matches!(events[0], Event::SupplementRequested { round: 2, .. }), "intake counts");
    assert_eq!(life.dossier().rounds, 2);
    let refusal = life.refused("2020-04-15 10:00", ask_supplement(&["DK.02"]));
    assert_eq!(refusal, Refusal::TooManyRounds(2));
    assert_eq!(refusal.to_string(), "The procedure allows 2 requests for a supplement.");
}

#[test]
fn before_a_second_request_for_a_supplement_the_clerk_is_warned_of_index_766() {
    let mut life = Life::accepted(procedure());
    assert_eq!(warnings(life.dossier(), None), []);
    life.done("2020-04-16 08:00", ask_supplement(&["DK.01"]));
    let warned = warnings(life.dossier(), None);
    assert_eq!(warned, [Warning::SupplementAskedBefore { times: 1 }], "a second one may join the pause");
    assert!(warned[0].vi().contains("Bộ chỉ số 766") && warned[0].en().contains("asked once"));
    life.done("2020-04-16 09:00", supplement(&[]));
    assert_eq!(warnings(life.dossier(), None).len(), 1);
    life.done("2020-04-17 08:00", ask_supplement(&["DK.02"]));
    life.done("2020-04-17 09:00", supplement(&[]));
    assert!(warnings(life.dossier(), None)[0].en().contains("asked 2 times"));
    life.done("2020-04-20 08:00", positive());
    assert_eq!(warnings(life.dossier(), None), [Warning::PostNotChosen], "there is nothing to ask for any more");
}

#[test]
fn originals_and_a_fee_resume_and_a_supplement_restarts_unless_sector_law_says_otherwise() {
    let usual = Pauses::default();
    let policies = [&usual.originals, &usual.fee, &usual.supplement].map(|terms| terms.policy);
    assert_eq!(policies, [Policy::Resume, Policy::Resume, Policy::Restart]);
    let mut other = procedure();
    other.pauses.originals.policy = Policy::Restart;
    let mut life = Life::lacking_originals(other);
    let events = life.done("2020-04-20 08:00", receipt(&["BC.01", "BC.02"]));
    assert!(matches!(events[1], Event::ClockResumed { policy: Policy::Restart, .. }));
    assert_eq!(life.due(), "2020-04-27", "five working days from Monday 20 April");
}

#[test]
fn a_supplement_is_regular_for_three_working_days_after_receipt_and_marked_afterwards() {
    for (now, expected) in [("2020-04-20 23:59", false), ("2020-04-21 00:00", true)] {
        let mut life = Life::accepted(procedure());
        let events = life.done(now, ask_supplement(&["DK.01"]));
        assert!(matches!(events[0], Event::SupplementRequested { late, .. } if late == expected), "{now}");
    }
    let mut fee_first = Life::accepted(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
    let events = fee_first.done("2020-04-21 08:00", ask_supplement(&["DK.01"]));
    assert!(matches!(events[0], Event::SupplementRequested { late: true, .. }), "receipt counts, not the fee");
}

#[test]
fn a_supplement_comes_in_part_by_part_or_whole() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", ask_supplement(&["DK.01", "DK.02", "DK.03"]));
    let events = life.done("2020-04-16 09:00", supplement(&["DK.02", "DK.07"]));
    assert_eq!(events[1], Event::PartlyReceived { received: 1, missing: 2, at: at("2020-04-16 09:00") });
    let events = life.done("2020-04-17 09:00", supplement(&[]));
    assert!(matches!(events[1], Event::ClockResumed { policy: Policy::Restart, .. }));
    assert_eq!(life.due(), "2020-04-24");
    assert!(life.dossier().papers.is_empty(), "a scan is no original");
}

#[test]
fn a_scan_that_is_waived_leaves_its_original_needed() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 08:00", ask_supplement(&["BC.01"]));
    life.done("2020-04-16 09:00", waive(Reason::Supplement, &["BC.01"]));
    assert!(life.dossier().lacks("BC.01"));
    assert_eq!(life.wakes_at(), Some(at("2020-04-17 17:00")));
}

#[test]
fn a_supplement_asked_without_naming_papers_is_met_by_any() {
    for papers in [&[][..], &["DK.01"][..]] {
        let mut life = Life::accepted(procedure());
        life.done("2020-04-16 08:00", ask_supplement(&[]));
        life.done("2020-04-16 09:00", supplement(papers));
        assert_eq!(life.phase(), Phase::Accepted);
    }
}

#[test]
fn received_and_missing_papers_are_told_of_all_that_the_pause_awaited() {
    let mut life = waiting(procedure());
    life.done("2020-04-20 09:00", ask_supplement(&["DK.01", "DK.02", "DK.03"]));
    life.done("2020-04-20 10:00", supplement(&[]));
    let events = life.done("2020-04-20 11:00", receipt(&["BC.01"]));
    assert_eq!(events[1], Event::PartlyReceived { received: 4, missing: 1, at: at("2020-04-20 11:00") });
}
