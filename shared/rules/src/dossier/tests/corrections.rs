//! Wrong records, and the effect of their correction on the clock.

use super::*;

fn awaited(life: &Life) -> Vec<(Reason, Vec<String>)> {
    let pause = life.dossier().pause().expect("the clock stands");
    pause.awaited.iter().map(|thing| (thing.reason.clone(), thing.papers.clone())).collect()
}

fn originals(papers: &[&str]) -> (Reason, Vec<String>) {
    (Reason::Originals, names(papers))
}

#[test]
fn a_clock_that_a_mistaken_receipt_set_running_stops_anew_from_the_correction_and_the_time_in_between_counts() {
    let mut life = Life::lacking_originals(with_waits());
    life.done("2020-04-20 10:00", receipt(&["BC.01", "BC.02"]));
    assert_eq!(life.due(), "2020-04-23");
    let events = life.done("2020-04-22 09:00", take_back(&["BC.02"], None));
    let [Event::ReceiptCorrected { papers, needs, .. }, Event::ClockPaused { awaited, step, .. }] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((&papers[..], &needs[..]), (&names(&["BC.02"])[..], &names(&["BC.02"])[..]));
    assert_eq!((awaited.since, step.as_deref()), (at("2020-04-22 09:00"), Some("signing")), "not as if it never ran");
    // Ten working days with two days off among them, counted from now: not from the first request.
    assert_eq!(awaited.wait.unwrap().until, at("2020-05-09 00:00"));
    life.done("2020-04-23 15:00", receipt(&["BC.02"]));
    // The clock ran on Monday and Tuesday by the office's own mistake: only Wednesday's end is added.
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-24".into()));
}

#[test]
fn a_paper_of_a_partial_receipt_is_awaited_again_with_a_wait_of_its_own() {
    let mut life = Life::lacking_originals(with_waits());
    life.done("2020-04-20 10:00", receipt(&["BC.01"]));
    let events = life.done("2020-04-21 10:00", take_back(&["BC.01"], None));
    assert!(matches!(events[1], Event::AwaitedAdded { .. }), "{events:?}");
    assert_eq!(awaited(&life), [originals(&["BC.02"]), originals(&["BC.01"])]);
    let told = life.done("2020-04-22 10:00", receipt(&["BC.02"]));
    assert!(matches!(told[1], Event::PartlyReceived { received: 1, missing: 1, .. }), "{told:?}");
    life.done("2020-04-23 10:00", receipt(&["BC.01"]));
    assert_eq!((life.phase(), life.due()), (Phase::InProgress, "2020-04-28".into()), "the clock had stood all along");
}

#[test]
fn within_grace_a_paper_taken_back_is_lacking_again_and_the_clock_runs_on() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-15 10:00", receipt(&["BC.01", "BC.02"]));
    let events = life.done("2020-04-16 10:00", take_back(&["BC.01"], None));
    assert_eq!((events.len(), life.phase()), (1, Phase::InProgress));
    assert_eq!(life.wakes_at(), Some(at("2020-04-17 17:00")), "grace ends when it would have");
    life.done("2020-04-17 17:00", Action::Wake);
    assert_eq!(awaited(&life), [originals(&["BC.01"])]);
}

#[test]
fn a_step_that_had_lacked_nothing_gives_grace_from_the_correction() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-14 17:00", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 09:00", enter("signing"));
    assert_eq!(life.wakes_at(), None);
    life.done("2020-04-20 10:00", take_back(&["BC.01"], None));
    assert_eq!((life.phase(), life.wakes_at()), (Phase::InProgress, Some(at("2020-04-22 17:00"))));
    life.done("2020-04-21 10:00", receipt(&["BC.01"]));
    assert_eq!(life.wakes_at(), None);
}

#[test]
fn the_clerk_may_stop_the_clock_for_it_at_once_and_no_round_is_counted() {
    let mut life = Life::accepted(with_waits());
    life.done("2020-04-16 08:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-17 08:00", receipt(&["DK.01"]));
    assert_eq!((life.phase(), life.dossier().rounds), (Phase::Accepted, 1));
    life.done("2020-04-20 08:00", take_back(&["DK.01"], Some(Reason::Supplement)));
    assert_eq!(awaited(&life), [(Reason::Supplement, names(&["DK.01"]))]);
    assert_eq!(life.dossier().rounds, 1, "the applicant was asked once");
    assert_eq!(life.refused("2020-04-20 09:00", take_back(&["DK.01"], None)), Refusal::NotReceived);
    life.done("2020-04-20 09:00", receipt(&["BC.01"]));
    assert_eq!(life.refused("2020-04-20 10:00", take_back(&["BC.01"], Some(Reason::Fee))), Refusal::UnknownReason);
}

#[test]
fn while_the_clock_stands_a_paper_joins_what_is_awaited_of_its_kind() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-15 10:00", receipt(&["BC.01", "DK.01", "DK.02"]));
    life.done("2020-04-16 08:00", pause_for_opinion(&[]));
    life.done("2020-04-16 09:00", take_back(&["BC.01"], None));
    assert_eq!(awaited(&life).len(), 1, "grace for it is not over, and the clock stands for something else");
    life.done("2020-04-16 10:00", ask_supplement(&["DK.03"]));
    life.done("2020-04-16 11:00", take_back(&["DK.01"], None));
    assert_eq!(awaited(&life)[2], (Reason::Supplement, names(&["DK.01"])));
    life.done("2020-04-16 12:00", pause_for_originals(&["BC.02"]));
    life.done("2020-04-16 13:00", receipt(&["BC.01"]));
    life.done("2020-04-16 14:00", take_back(&["BC.01", "DK.02"], None));
    assert_eq!(awaited(&life)[4..], [originals(&["BC.01"]), (Reason::Supplement, names(&["DK.02"]))]);
}

#[test]
fn once_grace_is_over_an_original_of_the_step_joins_whatever_the_clock_stands_for() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-15 10:00", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-16 08:00", pause_for_opinion(&[]));
    life.done("2020-04-20 09:00", take_back(&["BC.01"], None));
    assert_eq!(awaited(&life)[1], originals(&["BC.01"]));
}

#[test]
fn before_acceptance_a_paper_taken_back_is_awaited_with_the_supplement_it_was_asked_in() {
    let mut life = Life::filed(with_waits());
    life.done("2020-04-14 16:30", ask_supplement(&["DK.01", "DK.02"]));
    life.done("2020-04-15 08:00", receipt(&["DK.01"]));
    life.done("2020-04-15 09:00", take_back(&["DK.01"], None));
    let Stage::Incomplete(awaited) = &life.dossier().stage else { panic!("incomplete") };
    assert_eq!(awaited.papers, ["DK.02", "DK.01"]);
    assert_eq!(life.refused("2020-04-15 09:30", take_back(&["DK.01"], Some(Reason::Supplement))), Refusal::NotReceived);
    life.done("2020-04-15 10:00", receipt(&["DK.01", "DK.02"]));
    assert_eq!(life.phase(), Phase::Submitted);
    life.done("2020-04-15 11:00", take_back(&["DK.01"], None));
    assert_eq!(life.phase(), Phase::Submitted, "somebody decides whether to ask for it");
    assert_eq!(life.refused("2020-04-15 12:00", take_back(&["DK.02"], Some(Reason::Supplement))), Refusal::NoClock);
}

#[test]
fn a_dossier_of_the_desk_is_not_paused_by_a_correction_unless_the_clerk_says_so() {
    let mut life = Life::filed_by(Filing::Desk, procedure());
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-15 09:00", enter("signing"));
    life.done("2020-04-15 10:00", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-20 09:00", take_back(&["BC.01"], None));
    assert_eq!((life.phase(), life.wakes_at()), (Phase::InProgress, None));
    life.done("2020-04-20 10:00", take_back(&["BC.02"], Some(Reason::Originals)));
    assert_eq!(awaited(&life), [originals(&["BC.02"])]);
}

#[test]
fn only_what_was_received_is_taken_back_with_a_reason() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-15 10:00", waive(Reason::Originals, &["BC.01"]));
    assert_eq!(life.refused("2020-04-15 11:00", take_back(&["BC.01"], None)), Refusal::NotReceived, "it was waived");
    assert_eq!(life.refused("2020-04-15 11:00", take_back(&[], None)), Refusal::NoPapers);
    let silent = Action::CorrectReceipt { papers: names(&["BC.02"]), awaited_as: None, because: " ".into() };
    assert_eq!(life.refused("2020-04-15 11:00", silent), Refusal::Text("because", 500));
    life.done("2020-04-15 11:00", receipt(&["BC.02"]));
    let events = life.done("2020-04-15 12:00", take_back(&["BC.01", "BC.02", "BC.09"], None));
    assert!(matches!(&events[0], Event::ReceiptCorrected { papers, .. } if *papers == ["BC.02"]));
}

#[test]
fn a_contact_is_corrected_in_every_phase_and_the_event_says_whose_and_on_whose_word() {
    let mut life = Life::accepted(procedure());
    let events = life.done("2020-04-15 09:00", correct_contact());
    let corrected = Event::ContactCorrected {
        whose: Whose::Applicant,
        address: true,
        phone: false,
        consent: Consent::Phone,
        because: "số nhà ghi sai".into(),
    };
    assert_eq!(events, [corrected]);
    let nothing = Action::CorrectContact {
        whose: Whose::Filer,
        address: false,
        phone: false,
        consent: Consent::Writing,
        because: "nhầm".into(),
    };
    assert_eq!(life.refused("2020-04-15 10:00", nothing), Refusal::NothingCorrected);
    let before = life.dossier().clone();
    life.done("2020-04-15 10:00", correct_contact());
    assert_eq!(*life.dossier(), Dossier { version: before.version + 1, ..before }, "the state knows no address");
}
