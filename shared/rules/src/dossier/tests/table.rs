//! Every cell of phases × commands.

use std::collections::BTreeSet;

use super::super::table::{Cell, cell};
use super::*;

/// Returns a dossier in that phase, ready for each command that the phase can take.
fn in_phase(phase: Phase) -> Life {
    let mut life = Life::filed(procedure());
    match phase {
        Phase::New => return Life::under(procedure()),
        Phase::Submitted => {}
        Phase::Incomplete => {
            life.done("2020-04-14 16:30", ask_supplement(&["DK.01"]));
        }
        Phase::NotAccepted => {
            life.done("2020-04-14 16:30", Action::RefuseIntake { reason: "không thuộc thẩm quyền".into() });
        }
        Phase::Accepted => return Life::accepted(procedure()),
        Phase::InProgress => return Life::signing(procedure()),
        Phase::Paused => return Life::lacking_originals(procedure()),
        Phase::Withdrawn => {
            life.done("2020-04-14 16:30", withdraw());
        }
        Phase::Closed => {
            life.done("2020-04-14 16:30", close());
        }
        Phase::Done | Phase::InPost | Phase::Returned => {
            life = Life::accepted(procedure());
            life.done("2020-04-16 08:00", positive());
        }
    }
    if phase == Phase::InPost {
        life.done("2020-04-16 08:30", Action::PostResult { item_code: "CE123456789VN".into() });
    }
    if phase == Phase::Returned {
        life.done("2020-04-16 08:30", hand_out(false));
    }
    assert_eq!(life.phase(), phase);
    life
}

/// Returns a command of that kind with everything it needs.
fn command(kind: Kind, phase: Phase) -> Action {
    let reason = || "có lý do".to_owned();
    let paused = phase == Phase::Paused;
    match kind {
        Kind::Submit => Action::Submit(Submission {
            source: Source::Office,
            filing: Filing::Desk,
            procedure: procedure().reference(),
            code: None,
            enclosed: Enclosed::default(),
        }),
        Kind::Accept => Action::Accept { code: None },
        Kind::RefuseIntake => Action::RefuseIntake { reason: reason() },
        Kind::RequestSupplement => ask_supplement(&["DK.02"]),
        Kind::PauseClock => pause_for_originals(&["BC.09"]),
        Kind::AskFee => ask_fee(200_000),
        Kind::AskPostage => Action::AskPostage { amount_vnd: dong(26_000) },
        Kind::AskAgain => ask_again(1, "momo"),
        Kind::RecordPayment => paid(1, 200_000),
        Kind::RecordCash => cash(1, 200_000, "0001234"),
        Kind::AttachMoney if phase == Phase::Paused => attach(payment(0, 200_000), Some(1)),
        Kind::AttachMoney => attach(payment(0, 200_000), None),
        Kind::RecordReceipt => receipt(&["BC.01"]),
        Kind::CorrectReceipt => take_back(&["BC.01"], None),
        Kind::RecordDocument => document(&[]),
        Kind::CorrectContact => correct_contact(),
        Kind::ChooseReturn => choose_return(true),
        Kind::AskAddress => Action::AskAddress,
        Kind::ConfirmAddress => Action::ConfirmAddress { differs: true, consent: None },
        Kind::PutInParcel => Action::PutInParcel { parcel: "B20-000001".into() },
        Kind::TakeOffParcel => Action::TakeOffParcel { because: reason() },
        Kind::RecordFailedAttempt => Action::RecordFailedAttempt { attempt: 1, why: crate::post::Why::Moved },
        Kind::RecordSupplement => supplement(&[]),
        Kind::AnnounceOriginals => Action::AnnounceOriginals { papers: names(&["BC.01"]), by_post: None },
        Kind::AnnounceFiles => Action::AnnounceFiles { files: 2 },
        Kind::ChangeFiling => Action::ChangeFiling { procedure: None, returns_by_post: None, files: 1 },
        Kind::Waive if phase == Phase::Incomplete => waive(Reason::Supplement, &[]),
        Kind::Waive => waive(Reason::Originals, &["BC.01"]),
        Kind::VoidPause => void(),
        Kind::EnterStep => enter("signing"),
        Kind::Forward => Action::Forward { to: "u-18".into() },
        Kind::PutToLeader => Action::PutToLeader { to: "u-1".into() },
        Kind::ReturnToDesk => Action::ReturnToDesk,
        Kind::RecordResult if paused => negative(),
        Kind::RecordResult => positive(),
        Kind::HandOut => hand_out(false),
        Kind::PostResult => Action::PostResult { item_code: "CE123456789VN".into() },
        Kind::RecordDelivery => Action::RecordDelivery,
        Kind::RecordUndelivered => Action::RecordUndelivered,
        Kind::Withdraw => withdraw(),
        Kind::ReissueResult => Action::ReissueResult { reason: reason() },
        Kind::Close => close(),
        Kind::Reopen => reopen(),
        Kind::Apologise => apologise("2020-05-29"),
        Kind::SettleDates => Action::SettleDates { anew: false, because: reason() },
        Kind::ReplaceSlip => Action::ReplaceSlip,
        Kind::Wake => Action::Wake,
    }
}

/// Prepares a paused dossier for a command that it would otherwise decline for a reason of its own.
fn prepared(phase: Phase, kind: Kind) -> Life {
    match (phase, kind) {
        // Only a missed wait lets a paused dossier end with a negative result.
        (Phase::Paused, Kind::RecordResult) => {
            let mut life = Life::lacking_originals(with_waits());
            life.sleeps_until("2020-05-20 08:00");
            life
        }
        // Only who chose the post and confirmed the address gets a parcel, and only a result in a parcel leaves it.
        (Phase::Done, Kind::AskPostage | Kind::PutInParcel | Kind::TakeOffParcel) => {
            let mut life = in_phase(phase);
            life.done("2020-04-24 07:40", choose_return(true));
            life.done("2020-04-24 07:45", Action::ConfirmAddress { differs: false, consent: None });
            if kind == Kind::TakeOffParcel {
                life.done("2020-04-24 07:50", Action::PutInParcel { parcel: "B20-000001".into() });
            }
            life
        }
        // Papers must have been received to be taken back, and a document must be awaited to come.
        (_, Kind::CorrectReceipt) if matches!(cell(phase, kind), Cell::Leads(_)) => {
            let mut life = in_phase(phase);
            life.done("2020-04-20 08:00", receipt(&["BC.01"]));
            life
        }
        // Somebody must hold what goes back to the desk; whoever accepts it has not begun to work on it.
        (Phase::Accepted, Kind::ReturnToDesk) => {
            let mut life = in_phase(Phase::Submitted);
            life.done("2020-04-14 16:30", Action::Forward { to: "u-18".into() });
            life.done("2020-04-15 08:00", Action::Accept { code: None });
            life
        }
        (_, Kind::ReturnToDesk) if matches!(cell(phase, kind), Cell::Leads(_)) => {
            let mut life = in_phase(phase);
            life.done("2020-04-20 08:00", Action::Forward { to: "u-18".into() });
            life
        }
        (Phase::Paused, Kind::RecordDocument) => {
            let mut life = in_phase(phase);
            life.done("2020-04-20 08:00", pause_for_opinion(&[]));
            life
        }
        // Only a dossier that was late before it stopped has a date to move.
        (Phase::Paused, Kind::Apologise) => {
            let mut life = Life::accepted(procedure());
            life.done("2020-04-24 08:00", ask_fee(200_000));
            life
        }
        // A fee must be open; while the clock is stopped it is awaited beside the originals.
        (Phase::Accepted | Phase::InProgress, Kind::AskAgain | Kind::RecordCash) => owing_without_a_channel(phase),
        (Phase::Incomplete, Kind::RecordCash) => {
            let mut life = Life::filed(procedure());
            life.done("2020-04-14 16:10", ask_fee(200_000));
            life.done("2020-04-14 16:30", ask_supplement(&["DK.01"]));
            life
        }
        (Phase::Submitted | Phase::Paused | Phase::Done, Kind::AskAgain | Kind::RecordCash)
        | (Phase::Paused, Kind::AttachMoney) => {
            let mut life = in_phase(phase);
            life.done("2020-04-20 08:00", ask_fee(200_000));
            life
        }
        // Dates must be in doubt to be decided about.
        (_, Kind::SettleDates) if matches!(cell(phase, kind), Cell::Leads(_)) => {
            let mut life = in_phase(phase);
            life.dossier.as_mut().unwrap().dates_differ = true;
            life
        }
        _ => in_phase(phase),
    }
}

/// Returns a dossier that owes the catalogue's fee, since the agency has no default channel.
fn owing_without_a_channel(phase: Phase) -> Life {
    let mut life = Life::accepted(with_fees(&[("PHI", 200_000, FeeDue::OnAcceptance)]));
    if phase == Phase::InProgress {
        life.done("2020-04-15 09:00", enter("signing"));
    }
    life
}

#[test]
fn every_cell_of_the_table_is_what_the_dossier_does() {
    for phase in Phase::ALL {
        for kind in Kind::ALL {
            let mut life = prepared(phase, kind);
            assert_eq!(life.phase(), phase);
            let before = life.dossier.clone();
            let now = at("2020-05-20 09:00");
            let decided = life.decide(now, now, command(kind, phase));
            match cell(phase, kind) {
                Cell::Refused => assert_eq!(decided, Err(Refusal::Phase { kind, phase }), "{phase:?} {kind:?}"),
                Cell::Kept => {
                    let events = decided.unwrap();
                    assert!(
                        matches!(events[..], [Event::ArrivalKept { .. } | Event::PaymentSetAside { .. }]),
                        "{phase:?} {kind:?} keeps it: {events:?}"
                    );
                    let after = events.iter().fold(before.clone().unwrap(), evolve);
                    assert_eq!(Some(after), before, "{phase:?} {kind:?} changes nothing");
                }
                Cell::Leads(to) => {
                    let events = decided.unwrap_or_else(|refusal| panic!("{phase:?} {kind:?}: {refusal}"));
                    assert!(!events.is_empty() || kind == Kind::Wake, "{phase:?} {kind:?} records something");
                    life.apply(now, &events);
                    assert!(to.contains(&life.phase()), "{phase:?} {kind:?} led to {:?}", life.phase());
                }
            }
        }
    }
}

#[test]
fn every_way_the_table_shows_can_be_gone() {
    let mut gone: BTreeSet<(Phase, Kind, Phase)> = BTreeSet::new();
    for (mut life, now, action) in ways() {
        let (from, kind) = (life.phase(), action.kind());
        let events = life.decide(at(now), at(now), action).unwrap();
        life.apply(at(now), &events);
        gone.insert((from, kind, life.phase()));
    }
    for phase in Phase::ALL {
        for kind in Kind::ALL {
            if let Cell::Leads(to) = cell(phase, kind) {
                for to in to {
                    assert!(gone.contains(&(phase, kind, *to)), "no way leads from {phase:?} by {kind:?} to {to:?}");
                }
            }
        }
    }
}

/// Returns the usual command of every cell, and one for each further phase that a cell leads to.
fn ways() -> Vec<(Life, &'static str, Action)> {
    let now = "2020-05-20 09:00";
    let mut ways: Vec<_> = Phase::ALL
        .iter()
        .flat_map(|phase| Kind::ALL.map(|kind| (*phase, kind)))
        .filter(|(phase, kind)| matches!(cell(*phase, *kind), Cell::Leads(_)))
        .map(|(phase, kind)| (prepared(phase, kind), now, command(kind, phase)))
        .collect();
    let at_once = || {
        let mut procedure = procedure();
        procedure.steps[1].grace_working_days = 0;
        procedure
    };
    let first_step_at_once = || {
        let mut procedure = at_once();
        procedure.steps.remove(0);
        procedure
    };
    let fee_first = || Procedure { starts_on: ClockStart::FeePaid, ..procedure() };
    // Paused while still accepted or already in progress, for each thing that can end the pause.
    let paused = |in_progress: bool, action: Action| {
        let mut life = if in_progress { Life::signing(procedure()) } else { Life::accepted(procedure()) };
        life.done("2020-04-16 08:00", action);
        assert_eq!(life.phase(), Phase::Paused);
        life
    };
    ways.push((Life::filed(first_step_at_once()), now, Action::Accept { code: None }));
    ways.push((Life::accepted(at_once()), now, enter("signing")));
    let mut lacking = Life::accepted(at_once());
    lacking.done("2020-04-15 09:00", Action::Forward { to: "u-18".into() });
    ways.push((lacking, now, enter("signing")));
    for mut life in [Life::accepted(fee_first()), Life::signing(fee_first())] {
        life.done("2020-04-15 09:30", ask_fee(1));
        ways.push((life, now, ask_again(1, "momo")));
    }
    ways.push((Life::accepted(fee_first()), now, ask_fee(1)));
    ways.push((Life::signing(fee_first()), now, ask_fee(1)));
    ways.push((Life::signing(procedure()), now, Action::Wake));
    ways.push((Life::signing(procedure()), "2020-04-16 08:00", Action::Wake));
    let mut early = procedure();
    early.steps.remove(0);
    ways.push((Life::accepted(early), now, Action::Wake));
    for in_progress in [false, true] {
        for (asked, brought) in [
            (ask_fee(9), paid(1, 9)),
            (ask_fee(9), cash(1, 9, "0001")),
            (ask_fee(9), attach(payment(0, 9), Some(1))),
            (pause_for_originals(&["BC.01"]), receipt(&["BC.01"])),
            (ask_supplement(&["DK.01"]), supplement(&[])),
            (pause_for_opinion(&[]), document(&[])),
            (pause_for_originals(&["BC.01"]), waive(Reason::Originals, &["BC.01"])),
            (pause_for_originals(&["BC.01"]), void()),
        ] {
            ways.push((paused(in_progress, asked), now, brought));
        }
        let mut mistaken = if in_progress { Life::signing(procedure()) } else { Life::accepted(procedure()) };
        mistaken.done("2020-04-15 10:00", receipt(&["DK.01"]));
        ways.push((mistaken.clone(), "2020-04-15 11:00", take_back(&["DK.01"], None)));
        ways.push((mistaken, now, take_back(&["DK.01"], Some(Reason::Supplement))));
        let mut closed = if in_progress { Life::signing(procedure()) } else { Life::accepted(procedure()) };
        closed.done("2020-04-16 08:00", close());
        ways.push((closed, now, reopen()));
    }
    ways.push((in_phase(Phase::Incomplete), now, receipt(&["DK.01"])));
    ways.push((in_phase(Phase::Incomplete), now, supplement(&["DK.07"])));
    let mut two = Life::filed(procedure());
    two.done("2020-04-14 16:30", ask_supplement(&["DK.01", "DK.02"]));
    ways.push((two, now, waive(Reason::Supplement, &["DK.01"])));
    ways.push((in_phase(Phase::Done), now, hand_out(true)));
    for phase in [Phase::Incomplete, Phase::Paused] {
        let mut closed = in_phase(phase);
        closed.done("2020-04-18 08:00", close());
        ways.push((closed, now, reopen()));
    }
    let mut refused = in_phase(Phase::Incomplete);
    refused.done("2020-04-18 08:00", Action::RefuseIntake { reason: "quá hạn".into() });
    ways.push((refused, now, reopen()));
    let auto = Procedure { on_missed_wait: OnMissedWait::Auto, ..with_waits() };
    ways.push((Life::lacking_originals(auto), now, Action::Wake));
    ways
}
