//! The rows of "Life of a dossier", from arrival to the end of a pause; the rest is in `finish`.

use super::*;
use crate::notice::Standing;

fn portal_status(life: &Life) -> u8 {
    life.dossier().stage.portal_status()
}

#[test]
fn a_dossier_that_arrives_is_to_be_accepted_within_eight_office_hours() {
    for filing in [Filing::Online, Filing::Desk, Filing::Post] {
        let life = Life::filed_by(filing, procedure());
        assert_eq!((portal_status(&life), life.dossier().filing), (1, filing));
        // One hour of Tuesday is left, and seven of Wednesday are used.
        assert_eq!(life.wakes_at(), Some(at("2020-04-15 16:00")));
        assert_eq!(life.due(), "none");
    }
}

#[test]
fn a_dossier_nobody_decided_on_is_put_before_a_person_once() {
    let mut life = Life::filed(procedure());
    assert_eq!(life.done("2020-04-15 15:59", Action::Wake), []);
    assert_eq!(life.done("2020-04-15 16:00", Action::Wake), [Event::AcceptanceLate]);
    assert_eq!((life.wakes_at(), life.phase()), (None, Phase::Submitted));
    assert_eq!(life.done("2020-04-15 16:05", Action::Wake), []);
    life.done("2020-04-16 08:00", Action::Accept { code: None });
    assert_eq!(life.due(), "2020-04-23");
}

#[test]
fn an_accepted_dossier_keeps_the_code_it_came_with_and_its_clock_starts() {
    let mut life = Life::filed(procedure());
    let events = life.done("2020-04-15 08:00", Action::Accept { code: Some("000.00.01.H32-200415-0001".into()) });
    let started = Event::ClockStarted {
        at: at("2020-04-15 08:00"),
        due: Some(DueDate { on: "2020-04-22".parse().unwrap(), at: at("2020-04-22 17:00") }),
        gap: vec![],
    };
    assert_eq!(events[1], started);
    assert_eq!((life.phase(), portal_status(&life)), (Phase::Accepted, 2));
    assert_eq!(life.dossier().called(), "000.00.01.H32-200414-0007");
    assert_eq!(life.dossier().step.as_ref().unwrap().name, "appraisal");
}

#[test]
fn a_dossier_that_came_before_its_procedure_lives_under_the_version_in_force_when_it_is_accepted() {
    let mut life = Life::filed(procedure());
    let events = life.clone().done("2020-04-15 08:00", Action::Accept { code: None });
    assert!(matches!(events[0], Event::Accepted { procedure: None, .. }), "the version it came under is kept");
    life.dossier.as_mut().unwrap().procedure.version = 0;
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!(life.dossier().procedure, procedure().reference());

    let unknown = Life::filed(procedure());
    let command = Command::now(at("2020-04-15 08:00"), Actor::Sweep, Action::Accept { code: None });
    let terms = Terms { procedure: None, office: &unknown.office, channel: None, notices: Standing::none() };
    assert_eq!(decide(unknown.dossier.as_ref(), &command, terms), Err(Refusal::UnknownProcedure));
}

#[test]
fn a_dossier_without_a_code_gets_the_office_s_own_and_needs_one() {
    let mut life = Life::filed(procedure());
    life.dossier.as_mut().unwrap().code = None;
    assert_eq!(life.dossier().called(), life.dossier().id.as_str());
    assert_eq!(life.refused("2020-04-15 08:00", Action::Accept { code: None }), Refusal::NoCode);
    life.done("2020-04-15 08:00", Action::Accept { code: Some("000.00.01.H32-200415-0001".into()) });
    assert_eq!(life.dossier().called(), "000.00.01.H32-200415-0001");
}

#[test]
fn an_acceptance_before_the_submission_counts_from_the_submission() {
    let mut life = Life::filed(procedure());
    life.recorded("2019-04-15 08:00", "2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!(life.dossier().clock.as_ref().unwrap().accepted_at, at("2020-04-14 16:00"));
    assert_eq!(life.due(), "2020-04-21");
}

#[test]
fn a_dossier_not_accepted_tells_why_and_its_limit_ends() {
    let mut life = Life::filed(procedure());
    let no_reason = Action::RefuseIntake { reason: " ".into() };
    assert_eq!(life.refused("2020-04-15 08:00", no_reason), Refusal::Text("reason", 500));
    life.done("2020-04-15 08:00", Action::RefuseIntake { reason: "không thuộc thẩm quyền".into() });
    assert_eq!((life.phase(), portal_status(&life), life.wakes_at()), (Phase::NotAccepted, 3, None));
}

#[test]
fn a_supplement_asked_at_intake_stops_the_acceptance_limit_until_it_is_complete() {
    let mut life = Life::filed(with_waits());
    life.done("2020-04-15 09:00", ask_supplement(&["DK.01", "DK.02"]));
    assert_eq!((life.phase(), portal_status(&life), life.dossier().accept_until), (Phase::Incomplete, 5, None));
    life.done("2020-04-16 09:00", supplement(&["DK.01"]));
    assert_eq!(life.phase(), Phase::Incomplete);
    let events = life.done("2020-04-17 09:00", supplement(&["DK.02"]));
    let limit = Some(at("2020-04-20 09:00"));
    assert_eq!(
        events[1],
        Event::IntakeCompleted {
            at: at("2020-04-17 09:00"),
            accept_until: limit,
            accept_from: Some(at("2020-04-17 09:00"))
        }
    );
    assert_eq!((life.phase(), life.wakes_at()), (Phase::Submitted, limit));
}

#[test]
fn a_supplement_missed_at_intake_is_put_before_a_person_who_may_refuse() {
    let mut life = Life::filed(Procedure { on_missed_wait: OnMissedWait::Auto, ..with_waits() });
    life.done("2020-04-15 09:00", ask_supplement(&["DK.01"]));
    let events = life.sleeps_until("2020-06-01 08:00");
    let until = at("2020-04-30 00:00");
    let reason = Reason::Supplement;
    let expected = [Event::WaitReminded { reason: reason.clone(), until }, Event::WaitMissed { reason, until }];
    assert_eq!(events, expected);
    assert_eq!((life.phase(), life.wakes_at()), (Phase::Incomplete, None), "at intake nothing closes by itself");
    life.done("2020-06-01 09:00", Action::RefuseIntake { reason: "quá hạn bổ sung".into() });
    assert_eq!(portal_status(&life), 3);
}

#[test]
fn a_supplement_at_intake_may_come_over_the_counter_or_be_waived() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-15 09:00", ask_supplement(&["DK.01", "DK.02", "DK.03"]));
    life.recorded("2020-04-16 08:00", "2020-04-16 10:00", receipt(&["DK.01", "DK.07"]));
    life.recorded("2020-04-15 15:00", "2020-04-16 11:00", receipt(&["DK.02"]));
    assert_eq!(life.refused("2020-04-16 11:00", waive(Reason::Fee, &[])), Refusal::NotAwaited);
    assert_eq!(life.refused("2020-04-16 11:00", waive(Reason::Supplement, &["DK.01"])), Refusal::NotAwaited);
    let events = life.done("2020-04-16 14:00", waive(Reason::Supplement, &["DK.03"]));
    assert!(matches!(events[1], Event::IntakeCompleted { at: then, .. } if then == at("2020-04-16 14:00")));
}

#[test]
fn the_acceptance_limit_runs_from_the_last_hand_over_however_late_each_is_recorded() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-15 09:00", ask_supplement(&["DK.01", "DK.02"]));
    life.recorded("2020-04-16 08:00", "2020-04-16 10:00", receipt(&["DK.01"]));
    let events = life.recorded("2020-04-15 15:00", "2020-04-17 10:00", receipt(&["DK.02"]));
    let (last, limit) = (at("2020-04-16 08:00"), at("2020-04-17 08:00"));
    assert_eq!(events[1], Event::IntakeCompleted { at: last, accept_until: Some(limit), accept_from: Some(last) });
}

#[test]
fn a_fee_settled_at_intake_does_not_complete_a_supplement_that_named_no_paper() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-15 08:30", ask_fee(200_000));
    life.done("2020-04-15 09:00", ask_supplement(&[]));
    let mut waived = life.clone();
    life.done("2020-04-15 10:00", paid(1, 200_000));
    waived.done("2020-04-15 10:00", waive(Reason::Fee, &[]));
    assert_eq!((life.phase(), waived.phase()), (Phase::Incomplete, Phase::Incomplete));
    life.done("2020-04-15 11:00", supplement(&["DK.01"]));
    assert_eq!(life.phase(), Phase::Submitted);
}

#[test]
fn work_that_goes_on_leaves_the_clock_untouched() {
    for action in [enter("signing"), enter("appraisal"), Action::Forward { to: "u-18".into() }] {
        let mut life = Life::accepted(procedure());
        let clock = life.dossier().clock.clone();
        life.done("2020-04-16 08:00", action);
        assert_eq!((life.phase(), portal_status(&life)), (Phase::InProgress, 4));
        assert_eq!(life.dossier().clock, clock);
    }
    let life = Life::accepted(procedure());
    assert_eq!(life.refused("2020-04-16 08:00", enter("no such step")), Refusal::UnknownStep);
}

#[test]
fn a_pause_is_told_to_the_portal_as_papers_awaited_or_as_money_awaited() {
    for (action, status) in [(ask_supplement(&["DK.01"]), 5), (pause_for_originals(&["BC.01"]), 5), (ask_fee(9), 6)] {
        let mut life = Life::signing(procedure());
        life.done("2020-04-16 08:00", action);
        assert_eq!((life.phase(), portal_status(&life), life.due()), (Phase::Paused, status, "none".into()));
    }
}

#[test]
fn a_reason_that_the_procedure_does_not_list_with_an_article_is_refused() {
    let mut life = Life::signing(procedure());
    let pause = |reason: &str| Action::PauseClock { reason: reason.into(), papers: vec![] };
    for reason in ["inspection", "fee", "supplement", ""] {
        assert_eq!(life.refused("2020-04-16 08:00", pause(reason)), Refusal::UnknownReason, "{reason}");
    }
    life.procedure.pauses.further[0].terms.legal_basis = " ".into();
    assert_eq!(life.refused("2020-04-16 08:00", pause("opinion")), Refusal::UnknownReason);
    life.procedure = procedure();
    life.done("2020-04-16 08:00", pause("opinion"));
    assert_eq!(life.refused("2020-04-16 08:00", pause("opinion")), Refusal::NothingMissing);
    // The opinion comes in under the name of its reason, and counts from its hand-over.
    life.recorded("2020-04-17 08:00", "2020-04-20 08:00", receipt(&["opinion"]));
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-23".into()));
    life.done("2020-04-21 08:00", pause("opinion"));
    assert_eq!(life.phase(), Phase::Paused, "another opinion may be asked later");
}

#[test]
fn another_thing_awaited_joins_the_pause() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", ask_fee(200_000));
    let events = life.done("2020-04-16 14:00", pause_for_originals(&["BC.01"]));
    assert!(matches!(&events[..], [Event::AwaitedAdded { awaited, .. }] if awaited.papers == ["BC.01"]));
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("paused") };
    assert_eq!((pause.since, pause.awaited.len()), (at("2020-04-16 10:00"), 2));
    assert_eq!(portal_status(&life), 5, "papers are awaited too");
    life.done("2020-04-16 15:00", receipt(&["BC.01"]));
    assert_eq!(portal_status(&life), 6, "only the fee is left");
}

#[test]
fn a_paper_awaited_for_a_reason_is_not_awaited_twice_for_it() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", pause_for_originals(&["BC.01", "BC.01"]));
    assert_eq!(life.refused("2020-04-16 11:00", pause_for_originals(&["BC.01"])), Refusal::NothingMissing);
    let events = life.done("2020-04-16 11:00", pause_for_originals(&["BC.01", "BC.02"]));
    assert!(matches!(&events[..], [Event::AwaitedAdded { awaited, .. }] if awaited.papers == ["BC.02"]));
    let events = life.done("2020-04-16 12:00", receipt(&["BC.01"]));
    assert_eq!(events[1], Event::PartlyReceived { received: 1, missing: 1, at: at("2020-04-16 12:00") });
}

#[test]
fn a_result_of_a_paused_dossier_is_negative_and_follows_a_missed_wait() {
    let mut life = Life::lacking_originals(with_waits());
    assert_eq!(life.refused("2020-04-20 08:00", positive()), Refusal::OnlyNegative);
    assert_eq!(life.refused("2020-04-20 08:00", negative()), Refusal::OnlyNegative);
    life.sleeps_until("2020-05-20 08:00");
    assert_eq!(life.refused("2020-05-20 08:00", positive()), Refusal::OnlyNegative);
    life.done("2020-05-20 08:00", negative());
    assert_eq!((life.phase(), portal_status(&life)), (Phase::Done, 9));
    assert_eq!(life.due(), "none", "a clock that stood is not late");
}

#[test]
fn a_pause_in_error_never_was() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 08:00", pause_for_originals(&["BC.01"]));
    let events = life.done("2020-04-20 08:00", void());
    let due = Some(DueDate { on: "2020-04-22".parse().unwrap(), at: at("2020-04-22 17:00") });
    let because = "dừng nhầm hồ sơ".into();
    assert_eq!(events, [Event::PauseVoided { since: at("2020-04-16 08:00"), due, because }]);
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-22".into()));
    assert_eq!(life.dossier().clock.as_ref().unwrap().pauses, []);
}

#[test]
fn work_forwarded_while_the_clock_stands_is_in_progress_afterwards() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", ask_fee(9));
    life.done("2020-04-16 09:00", Action::Forward { to: "u-18".into() });
    assert_eq!(life.phase(), Phase::Paused);
    life.done("2020-04-16 10:00", paid(1, 9));
    assert_eq!(life.phase(), Phase::InProgress);
}
