//! Steps, the originals they need, and the pause for those that did not come within grace.

use super::*;
use crate::notice::Standing;

#[test]
fn grace_ends_at_close_of_office_two_working_days_after_the_step_was_entered() {
    let life = Life::signing(procedure());
    assert_eq!(life.wakes_at(), Some(at("2020-04-17 17:00")));
    assert_eq!(life.dossier().step.as_ref().unwrap().needs, ["BC.01", "BC.02"]);
}

#[test]
fn grace_skips_days_off() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-29 09:00", enter("signing"));
    // 30 April and 1 May are days off, then comes a weekend.
    assert_eq!(life.wakes_at(), Some(at("2020-05-05 17:00")));
}

#[test]
fn when_grace_is_over_the_sweep_pauses_once_naming_the_step_and_its_article() {
    let mut life = Life::signing(procedure());
    assert_eq!(life.done("2020-04-17 16:59", Action::Wake), []);
    let events = life.done("2020-04-17 17:05", Action::Wake);
    let [Event::ClockPaused { awaited, legal_basis, step, overdue: false }] = &events[..] else { panic!("{events:?}") };
    assert_eq!((&awaited.reason, &awaited.papers[..]), (&Reason::Originals, &names(&["BC.01", "BC.02"])[..]));
    assert_eq!((awaited.since, awaited.asked), (at("2020-04-17 17:05"), 2));
    assert_eq!((step.as_deref(), legal_basis.as_str()), (Some("signing"), "Công văn 2964/UBND-KSTT ngày 01/04/2020"));
    assert_eq!(life.done("2020-04-17 17:10", Action::Wake), []);
}

#[test]
fn a_late_sweep_costs_the_office_not_the_applicant() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-20 09:00", Action::Wake);
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("paused") };
    assert_eq!(pause.since, at("2020-04-20 09:00"), "not when grace ended on Friday");
    life.done("2020-04-21 09:00", receipt(&["BC.01", "BC.02"]));
    assert_eq!(life.due(), "2020-04-23");
}

#[test]
fn grace_of_no_days_pauses_as_the_step_is_entered_by_acceptance_or_later() {
    let mut at_once = procedure();
    at_once.steps[1].grace_working_days = 0;
    let mut life = Life::accepted(at_once.clone());
    let events = life.done("2020-04-15 09:00", enter("signing"));
    assert!(matches!(&events[..], [Event::StepEntered { .. }, Event::ClockPaused { .. }]));
    life.done("2020-04-15 09:30", receipt(&["BC.01", "BC.02"]));
    assert_eq!(life.phase(), Phase::InProgress);

    at_once.steps.remove(0);
    let mut life = Life::accepted(at_once);
    let Stage::Paused(pause) = &life.dossier().stage else { panic!("paused") };
    assert_eq!((pause.since, pause.back), (at("2020-04-15 08:00"), Running::Accepted));
    life.done("2020-04-17 09:00", receipt(&["BC.01", "BC.02"]));
    assert_eq!((life.phase(), life.due()), (Phase::Accepted, "2020-04-23".into()));
}

#[test]
fn only_a_dossier_that_came_online_is_paused_for_its_originals() {
    for filing in [Filing::Desk, Filing::Post] {
        let mut life = Life::filed_by(filing, procedure());
        life.done("2020-04-15 08:00", Action::Accept { code: None });
        life.done("2020-04-15 09:00", enter("signing"));
        assert_eq!((life.wakes_at(), life.done("2020-05-15 09:00", Action::Wake)), (None, vec![]));
        life.done("2020-05-15 09:00", pause_for_originals(&["BC.01"]));
        assert_eq!(life.phase(), Phase::Paused, "by hand the clerk may");
    }
}

#[test]
fn a_partial_receipt_is_recorded_and_the_clock_goes_on_standing() {
    let mut life = Life::lacking_originals(procedure());
    let events = life.recorded("2020-04-20 10:00", "2020-04-20 10:30", receipt(&["BC.01"]));
    let told = Event::PartlyReceived { received: 1, missing: 1, at: at("2020-04-20 10:00") };
    assert_eq!(events[1..], [told]);
    assert_eq!((life.phase(), life.due()), (Phase::Paused, "none".into()));
    assert_eq!(life.refused("2020-04-20 11:00", receipt(&["BC.01"])), Refusal::NothingMissing);
}

#[test]
fn the_last_original_resumes_the_clock_at_once_from_its_hand_over() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 10:00", receipt(&["BC.01"]));
    let events = life.recorded("2020-04-21 16:00", "2020-04-22 08:00", receipt(&["BC.02", "BC.01"]));
    // The ends of Friday and Monday, and of no later day, fell into the pause.
    let due = Some(DueDate { on: "2020-04-24".parse().unwrap(), at: at("2020-04-24 17:00") });
    let received = Event::PapersReceived {
        papers: names(&["BC.02"]),
        copies: vec![],
        at: at("2020-04-21 16:00"),
        minutes_no: "12/BBGN".into(),
        by_post: false,
    };
    let resumed = Event::ClockResumed {
        at: at("2020-04-21 16:00"),
        policy: Policy::Resume,
        due,
        gap: vec![],
        promised: None,
        late: false,
        was: Some(DueDate { on: "2020-04-22".parse().unwrap(), at: at("2020-04-22 17:00") }),
        at_once: false,
    };
    assert_eq!(events, [received, resumed]);
    assert_eq!((life.phase(), life.wakes_at()), (Phase::InProgress, None));
}

#[test]
fn receipts_recorded_out_of_order_count_to_the_latest_hand_over() {
    let mut life = Life::lacking_originals(procedure());
    life.recorded("2020-04-21 10:00", "2020-04-21 11:00", receipt(&["BC.01"]));
    let events = life.recorded("2020-04-17 15:00", "2020-04-22 08:00", receipt(&["BC.02"]));
    assert!(matches!(events[1], Event::ClockResumed { at: then, .. } if then == at("2020-04-21 10:00")));
    assert_eq!(life.due(), "2020-04-24");
}

#[test]
fn a_receipt_needs_papers_and_the_number_of_the_minutes() {
    let life = Life::lacking_originals(procedure());
    let receipt = |papers: &[&str], minutes_no: &str| Action::RecordReceipt {
        papers: names(papers),
        minutes_no: minutes_no.into(),
        by_post: true,
    };
    assert_eq!(life.refused("2020-04-20 08:00", receipt(&[], "12")), Refusal::NoPapers);
    assert_eq!(life.refused("2020-04-20 08:00", receipt(&["BC.01"], " ")), Refusal::Text("minutes_no", 500));
    assert_eq!(life.refused("2020-04-20 08:00", receipt(&["BC.01", ""], "12")), Refusal::Text("papers", 100));
    let many: Vec<_> = (0..41).map(|n| format!("BC.{n}")).collect();
    let many = Action::RecordReceipt { papers: many, minutes_no: "12".into(), by_post: true };
    assert_eq!(life.refused("2020-04-20 08:00", many), Refusal::TooLarge);
}

#[test]
fn originals_that_arrive_before_acceptance_are_ticked_and_never_paused_for() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-14 17:00", receipt(&["BC.01", "BC.02"]));
    assert_eq!((life.phase(), life.dossier().papers.len()), (Phase::Submitted, 2));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 09:00", enter("signing"));
    assert_eq!((life.wakes_at(), life.done("2020-05-15 09:00", Action::Wake)), (None, vec![]));
}

#[test]
fn only_what_is_lacking_when_grace_ends_is_awaited() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 08:00", receipt(&["BC.02"]));
    let events = life.done("2020-04-17 17:00", Action::Wake);
    assert!(matches!(&events[..], [Event::ClockPaused { awaited, .. }] if awaited.papers == ["BC.01"]));
}

#[test]
fn originals_that_came_within_grace_or_were_waived_are_not_paused_for() {
    for action in
        [receipt(&["BC.01", "BC.02"]), waive(Reason::Originals, &[]), waive(Reason::Originals, &["BC.02", "BC.01"])]
    {
        let mut life = Life::signing(procedure());
        life.done("2020-04-16 08:00", action);
        assert_eq!((life.wakes_at(), life.done("2020-05-15 09:00", Action::Wake)), (None, vec![]));
    }
}

#[test]
fn a_clerk_may_pause_before_grace_is_over() {
    let mut life = Life::signing(procedure());
    let events = life.done("2020-04-16 08:00", pause_for_originals(&["BC.01"]));
    assert!(matches!(&events[..], [Event::ClockPaused { step: Some(step), .. }] if step == "signing"));
    assert_eq!(life.refused("2020-04-16 08:00", pause_for_originals(&[])), Refusal::NoPapers);
    life.done("2020-04-16 09:00", receipt(&["BC.01"]));
    assert_eq!(life.wakes_at(), Some(at("2020-04-17 17:00")), "grace for the other goes on");
    assert_eq!(life.refused("2020-04-16 09:00", pause_for_originals(&["BC.01"])), Refusal::NothingMissing);
}

#[test]
fn while_the_clock_stands_or_after_the_end_grace_pauses_nothing() {
    let mut paused = Life::signing(procedure());
    paused.done("2020-04-16 08:00", ask_fee(9));
    assert_eq!(paused.done("2020-04-17 17:00", Action::Wake), []);
    paused.done("2020-04-20 08:00", paid(1, 9));
    let events = paused.done("2020-04-20 08:05", Action::Wake);
    assert!(matches!(&events[..], [Event::ClockPaused { .. }]), "but once the clock runs again it does");

    for end in [positive(), withdraw(), close()] {
        let mut life = Life::signing(procedure());
        life.done("2020-04-16 08:00", end);
        assert_eq!((life.wakes_at(), life.done("2020-04-17 17:00", Action::Wake)), (None, vec![]));
    }
}

#[test]
fn originals_waived_while_awaited_resume_the_clock_and_are_not_asked_again() {
    let mut life = Life::lacking_originals(procedure());
    let events = life.done("2020-04-20 08:00", waive(Reason::Originals, &["BC.01"]));
    assert_eq!((events.len(), life.phase()), (1, Phase::Paused), "a waiver is not a receipt");
    let events = life.done("2020-04-21 08:00", waive(Reason::Originals, &[]));
    assert!(matches!(&events[0], Event::AwaitedWaived { papers, .. } if *papers == ["BC.02"]));
    assert!(matches!(events[1], Event::ClockResumed { late: false, .. }));
    assert_eq!((life.phase(), life.due(), life.wakes_at()), (Phase::InProgress, "2020-04-24".into(), None));
    assert_eq!(life.dossier().papers["BC.01"], PaperState::Waived);
    assert_eq!(life.refused("2020-04-21 09:00", waive(Reason::Originals, &[])), Refusal::NotAwaited);
    assert_eq!(life.refused("2020-04-21 09:00", waive("opinion".into(), &["BC.09"])), Refusal::NotAwaited);
}

#[test]
fn what_a_person_found_paused_in_error_is_not_paused_again_by_the_sweep() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 08:00", void());
    assert_eq!((life.phase(), life.due(), life.wakes_at()), (Phase::InProgress, "2020-04-22".into(), None));
    assert_eq!(life.done("2020-04-20 08:05", Action::Wake), []);
    // A pause by the clerk that came too early leaves grace as it was.
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 08:00", pause_for_originals(&["BC.01"]));
    life.done("2020-04-16 09:00", void());
    assert_eq!(life.wakes_at(), Some(at("2020-04-17 17:00")));
}

#[test]
fn the_portal_s_word_for_originals_moves_nothing_until_the_minutes_are_recorded() {
    let mut life = Life::lacking_originals(procedure());
    let before = life.dossier().stage.clone();
    let papers = names(&["BC.01", "BC.02"]);
    let events = life.done("2020-04-20 08:00", Action::AnnounceOriginals { papers: papers.clone(), by_post: None });
    assert_eq!(events, [Event::OriginalsAnnounced { papers, by_post: None }]);
    assert_eq!(life.dossier().stage, before);
    life.done("2020-04-20 08:30", supplement(&["BC.01", "BC.02"]));
    assert_eq!(life.dossier().stage, before, "nor does a supplement through the portal bring originals");
}

#[test]
fn a_step_entered_again_needs_only_what_is_still_lacking() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 08:00", receipt(&["BC.01"]));
    assert_eq!(
        life.refused("2020-04-20 09:00", enter("return")),
        Refusal::Phase { kind: Kind::EnterStep, phase: Phase::Paused }
    );
    life.done("2020-04-20 09:00", void());
    life.done("2020-04-20 10:00", enter("signing"));
    let visit = life.dossier().step.clone().unwrap();
    assert_eq!((&visit.needs[..], visit.grace_until), (&names(&["BC.02"])[..], Some(at("2020-04-22 17:00"))));
}

#[test]
fn the_sweep_still_pauses_a_dossier_whose_procedure_the_catalogue_lost() {
    let life = Life::signing(procedure());
    let command = Command::now(at("2020-04-17 17:00"), Actor::Sweep, Action::Wake);
    let terms = Terms { procedure: None, office: &life.office, channel: None, notices: Standing::none() };
    let events = decide(life.dossier.as_ref(), &command, terms).unwrap();
    assert!(matches!(&events[..], [Event::ClockPaused { .. }]), "or it would be met first for ever");
}
