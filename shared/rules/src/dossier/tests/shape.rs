//! Data stored in any shape is read, and means the same, for ever. Each file holds lives as they were written: the
//! events of each commit, and the state at each change of phase. It is never regenerated. A change of what is written
//! raises the shape and adds a file beside it, and an event that came later has its life in one too. Shape 2 knows fees
//! over several attempts, in parts and in cash.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::*;
use crate::dossier::SHAPE;

#[derive(Deserialize)]
struct Kept {
    shape: u64,
    lives: Vec<Vec<Commit>>,
}

#[derive(Deserialize)]
struct Commit {
    recorded: Box<RawValue>,
    state: Option<Box<RawValue>>,
}

fn kept() -> [Kept; 10] {
    [
        include_str!("shape_1.json"),
        include_str!("shape_1_gap.json"),
        include_str!("shape_2.json"),
        include_str!("shape_2_desk.json"),
        include_str!("shape_2_tables.json"),
        include_str!("shape_2_doubt.json"),
        include_str!("shape_2_hands.json"),
        include_str!("shape_2_changed.json"),
        include_str!("shape_2_post.json"),
        include_str!("shape_2_slip.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap())
}

/// Returns the lives of every shape.
fn lives_kept() -> Vec<Vec<Commit>> {
    kept().into_iter().flat_map(|kept| kept.lives).collect()
}

/// Returns the lives as read today: the record of each commit, and the dossier after it.
fn lives() -> Vec<Vec<(Recorded, Dossier)>> {
    lives_kept().iter().map(|commits| life(commits)).collect()
}

fn life(commits: &[Commit]) -> Vec<(Recorded, Dossier)> {
    let mut dossier: Option<Dossier> = None;
    let mut told = Vec::new();
    for commit in commits {
        let recorded: Recorded = serde_json::from_str(commit.recorded.get()).unwrap();
        let before = dossier.take().unwrap_or_else(|| {
            let agency = AgencyCode::parse("000.00.01.H32").unwrap();
            let id = DossierId::parse("0000000C0YQN").unwrap();
            Dossier::before(agency, id, recorded.procedure.clone(), recorded.at)
        });
        let mut after = recorded.events.iter().fold(before, evolve);
        after.version += 1;
        told.push((recorded, after.clone()));
        dossier = Some(after);
    }
    told
}

#[test]
fn events_of_every_shape_still_make_of_a_dossier_what_they_made_then() {
    for (commits, life) in lives_kept().iter().zip(lives()) {
        for (commit, (recorded, dossier)) in commits.iter().zip(life) {
            assert_eq!(recorded.version, dossier.version);
            if let Some(state) = &commit.state {
                assert_eq!(serde_json::from_str::<Dossier>(state.get()).unwrap(), dossier);
            }
        }
    }
}

#[test]
fn what_is_written_today_is_what_the_shapes_say() {
    assert_eq!(
        kept().map(|kept| kept.shape),
        [1, 1, SHAPE, SHAPE, SHAPE, SHAPE, SHAPE, SHAPE, SHAPE, SHAPE],
        "a new shape is a new file beside this one"
    );
    for (commits, life) in lives_kept().iter().zip(lives()) {
        for (commit, (recorded, dossier)) in commits.iter().zip(life) {
            assert_eq!(serde_json::to_string(&recorded).unwrap(), commit.recorded.get());
            if let Some(state) = &commit.state {
                assert_eq!(serde_json::to_string(&dossier).unwrap(), state.get());
            }
        }
    }
}

#[test]
fn an_ordinary_life_fits_two_kilobytes_of_state_and_one_of_events_a_commit() {
    for (recorded, dossier) in lives().concat() {
        let (state, events) = (serde_json::to_string(&dossier).unwrap(), serde_json::to_string(&recorded).unwrap());
        assert!(state.len() <= 2_048, "version {}: {} bytes of state", dossier.version, state.len());
        assert!(events.len() <= 1_024, "version {}: {} bytes of events", dossier.version, events.len());
    }
}

#[test]
fn a_dossier_that_lacks_a_dozen_originals_fits_too() {
    let mut procedure = with_waits();
    procedure.steps[1].originals = (0..12).map(|n| format!("000.00.00.H32-KQ{n:04}")).collect();
    let mut life = Life::signing(procedure);
    for (now, action) in [("2020-04-17 17:00", Action::Wake), ("2020-04-20 08:00", ask_fee(200_000))] {
        let events = life.done(now, action.clone());
        let command = Command::now(at(now), Actor::Sweep, action);
        let recorded = Recorded::new(&command, life.dossier(), events);
        assert!(serde_json::to_string(&recorded).unwrap().len() <= 1_024);
        assert!(serde_json::to_string(life.dossier()).unwrap().len() <= 2_048);
    }
}

#[test]
fn the_kept_lives_hold_every_event_and_every_phase() {
    let lives = lives().concat();
    let phases: BTreeSet<_> = lives.iter().map(|(_, dossier)| dossier.phase()).collect();
    assert_eq!(phases.len(), Phase::ALL.len() - 1, "all but New: {phases:?}");
    let events: BTreeSet<_> = lives.iter().flat_map(|(recorded, _)| recorded.events.iter().map(place)).collect();
    assert_eq!(events, (0..EVENTS).collect());
}

const EVENTS: usize = 61;

/// Returns a number for each event, so that a new one does not compile until the lives hold it.
fn place(event: &Event) -> usize {
    match event {
        Event::Submitted { .. } => 0,
        Event::AcceptanceLate => 1,
        Event::Accepted { .. } => 2,
        Event::ClockStarted { .. } => 3,
        Event::IntakeRefused { .. } => 4,
        Event::IntakeSupplementRequested { .. } => 5,
        Event::IntakeCompleted { .. } => 6,
        Event::SupplementRequested { .. } => 7,
        Event::ClockPaused { .. } => 8,
        Event::AwaitedAdded { .. } => 9,
        Event::PapersReceived { .. } => 10,
        Event::SupplementReceived { .. } => 11,
        Event::PartlyReceived { .. } => 12,
        Event::OriginalsAnnounced { .. } => 13,
        Event::AwaitedWaived { .. } => 14,
        Event::ClockResumed { .. } => 15,
        Event::PauseVoided { .. } => 16,
        Event::StillAwaited { .. } => 17,
        Event::WaitReminded { .. } => 18,
        Event::WaitMissed { .. } => 19,
        Event::FeeAsked { .. } => 20,
        Event::FeePaid { .. } => 21,
        Event::PaymentFailed { .. } => 22,
        Event::PaymentSetAside { .. } => 23,
        Event::ArrivalKept { .. } => 24,
        Event::StepEntered { .. } => 25,
        Event::Forwarded { .. } => 26,
        Event::ResultReady { .. } => 27,
        Event::PartHandedOut { .. } => 28,
        Event::HandedOut { .. } => 29,
        Event::ResultPosted { .. } => 30,
        Event::ResultDelivered { .. } => 31,
        Event::ResultUndelivered => 32,
        Event::Withdrawn { .. } => 33,
        Event::ResultReissued { .. } => 34,
        Event::Closed { .. } => 35,
        Event::Reopened { .. } => 36,
        Event::Apologised { .. } => 37,
        Event::DueCounted { .. } => 38,
        Event::WaitCounted { .. } => 39,
        Event::GapMet { .. } => 40,
        Event::FeeOwed { .. } => 41,
        Event::FeePartPaid { .. } => 42,
        Event::MoneyAttached { .. } => 43,
        Event::ReceiptCorrected { .. } => 44,
        Event::DocumentReceived { .. } => 45,
        Event::ContactCorrected { .. } => 46,
        Event::ReturnChosen { .. } => 47,
        Event::Recounted(_) => 48,
        Event::DatesDiffer { .. } => 49,
        Event::DatesSettled { .. } => 50,
        Event::PutToLeader { .. } => 51,
        Event::ReturnedToDesk => 52,
        Event::FilesAnnounced { .. } => 53,
        Event::FilingChanged { .. } => 54,
        Event::AddressAsked { .. } => 55,
        Event::AddressConfirmed { .. } => 56,
        Event::ParcelMade { .. } => 57,
        Event::ParcelTakenOff { .. } => 58,
        Event::DeliveryFailed { .. } => 59,
        Event::SlipReplaced { .. } => 60,
    }
}
