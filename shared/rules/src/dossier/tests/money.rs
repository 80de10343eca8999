//! Fees over several attempts, in parts, in cash, by the catalogue; and a person's decisions about money.

use crate::notice::Standing;
use std::collections::BTreeMap;

use super::*;
use crate::vnd::Limits;

fn transfer(identity: &str, attempt: u8, amount: u64) -> Action {
    let payment = Payment { identity: identity.into(), in_parts: true, ..payment(attempt, amount) };
    Action::RecordPayment(payment)
}

fn through(channel: &str, attempt: u8, amount: u64) -> Action {
    Action::RecordPayment(Payment { channel: channel.into(), ..payment(attempt, amount) })
}

/// Returns a dossier paused for a fee of 200.000 đồng since Thursday 16 April 2020 10:00.
fn owing() -> Life {
    let mut life = Life::accepted(with_waits());
    life.done("2020-04-16 10:00", ask_fee(200_000));
    life
}

fn states(life: &Life) -> Vec<FeeState> {
    life.dossier().fees.iter().map(|fee| fee.state).collect()
}

/// Returns the first fee's amount, the part paid and the part missing.
fn debt(life: &Life) -> (u64, u64, u64) {
    let debt = life.dossier().debt(1).unwrap();
    (debt.amount_vnd.dong(), debt.paid_vnd.dong(), debt.missing_vnd().dong())
}

fn because(events: &[Event]) -> Option<Because> {
    events.iter().find_map(|event| match event {
        Event::PaymentSetAside { because, .. } => Some(*because),
        _ => None,
    })
}

#[test]
fn what_the_catalogue_says_is_due_on_acceptance_is_asked_then_and_pauses_the_clock() {
    let fees = [("PHI", 200_000, FeeDue::OnAcceptance), ("LE-PHI", 50_000, FeeDue::OnReturn)];
    let mut life = Life { channel: Some("vnpay"), ..Life::filed(with_fees(&fees)) };
    let events = life.done("2020-04-15 08:00", Action::Accept { code: None });
    let asked = Event::FeeAsked {
        attempt: 1,
        channel: "vnpay".into(),
        amount_vnd: dong(200_000),
        until: None,
        code: Some("PHI".into()),
        again: None,
        asked_at: Some(at("2020-04-15 08:00")),
    };
    assert!(matches!(events[1], Event::ClockStarted { .. }));
    assert_eq!(events[3], asked);
    assert!(matches!(events[4], Event::ClockPaused { .. }) && events.len() == 5);
    assert_eq!((life.phase(), life.dossier().fees.len()), (Phase::Paused, 1));
    life.done("2020-04-15 09:00", paid(1, 200_000));
    assert_eq!((life.phase(), life.due()), (Phase::Accepted, "2020-04-22".into()));
}

#[test]
fn what_is_due_on_return_is_asked_when_the_result_is_ready_and_blocks_the_hand_out_until_paid() {
    let fees = [("LE-PHI", 50_000, FeeDue::OnReturn), ("MIEN", 0, FeeDue::OnReturn)];
    let mut life = Life { channel: Some("vnpay"), ..Life::accepted(with_fees(&fees)) };
    assert!(life.dossier().fees.is_empty());
    let events = life.done("2020-04-16 08:00", positive());
    assert!(matches!(&events[..], [Event::ResultReady { .. }, Event::FeeAsked { attempt: 1, .. }]));
    let handed_out = hand_out(false);
    assert_eq!(life.refused("2020-04-16 09:00", handed_out.clone()), Refusal::FeeOwed);
    life.done("2020-04-16 10:00", paid(1, 50_000));
    life.done("2020-04-16 11:00", handed_out);
    // The result is issued anew at the office's cost.
    life.done("2020-04-16 12:00", Action::ReissueResult { reason: "in sai".into() });
    life.done("2020-04-16 13:00", hand_out(false));
    let mut refused = Life::accepted(with_fees(&fees));
    refused.done("2020-04-16 08:00", negative());
    assert!(refused.dossier().fees.is_empty(), "where nothing is granted nothing is owed for it");
}

#[test]
fn a_catalogue_s_fee_without_a_channel_stands_as_owed_and_the_clock_runs_until_a_clerk_asks() {
    let mut life = Life::accepted(with_fees(&[("PHI", 200_000, FeeDue::OnAcceptance)]));
    assert_eq!((life.phase(), life.dossier().owes()), (Phase::Accepted, true));
    assert_eq!(because(&life.clone().done("2020-04-15 09:00", paid(1, 200_000))), Some(Because::OtherChannel));
    let events = life.done("2020-04-16 10:00", ask_again(1, "momo"));
    assert!(matches!(&events[0], Event::FeeAsked { attempt: 2, again: Some(1), code: Some(_), .. }));
    assert_eq!((life.phase(), states(&life)), (Phase::Paused, vec![FeeState::Superseded, FeeState::Open]));
    life.done("2020-04-17 10:00", through("momo", 2, 200_000));
    assert_eq!((life.phase(), life.due()), (Phase::Accepted, "2020-04-23".into()));
    // The catalogue asks once in a dossier's life, whatever became of the fee.
    let mut again = Life::filed(with_fees(&[("PHI", 200_000, FeeDue::OnAcceptance)]));
    again.done("2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!(again.dossier().fees.len(), 1);
}

#[test]
fn where_the_fee_starts_the_clock_one_paid_before_acceptance_is_not_all_that_the_catalogue_asks() {
    let fees = with_fees(&[("PHI", 200_000, FeeDue::OnAcceptance)]);
    let mut life = Life { channel: Some("vnpay"), ..Life::filed(Procedure { starts_on: ClockStart::FeePaid, ..fees }) };
    life.done("2020-04-14 16:30", ask_fee(9));
    life.done("2020-04-14 16:40", paid(1, 9));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!(life.due(), "none");
    life.done("2020-04-16 08:00", paid(2, 200_000));
    assert_eq!(life.due(), "2020-04-23");
}

#[test]
fn a_fee_asked_again_has_a_fresh_attempt_and_money_on_either_pays_it_once() {
    for first in [("vnpay", 1), ("momo", 2)] {
        let mut life = owing();
        let events = life.done("2020-04-16 11:00", ask_again(1, "momo"));
        assert!(matches!(&events[..], [Event::FeeAsked { attempt: 2, again: Some(1), .. }]), "{events:?}");
        let events = life.done("2020-04-17 09:00", through(first.0, first.1, 200_000));
        assert!(matches!(&events[1], Event::ClockResumed { .. }));
        assert_eq!((debt(&life), life.dossier().owes()), ((200_000, 200_000, 0), false));
        assert_eq!(states(&life), [FeeState::Superseded, FeeState::Paid]);
        for (channel, attempt) in [("vnpay", 1), ("momo", 2)] {
            let second = life.done("2020-04-17 10:00", through(channel, attempt, 200_000));
            assert_eq!(because(&second), Some(Because::AlreadyPaid), "no money is taken twice");
        }
    }
}

#[test]
fn asking_again_gives_no_new_time_and_only_for_a_fee_that_is_open() {
    let mut life = owing();
    let until = Some(at("2020-05-05 00:00"));
    for (attempt, channel) in [(1, "momo"), (2, "payos"), (1, "vnpay")] {
        let events = life.done("2020-04-20 11:00", ask_again(attempt, channel));
        assert!(matches!(&events[..], [Event::FeeAsked { until: told, again: Some(1), .. }] if *told == until));
    }
    assert_eq!(life.refused("2020-04-20 12:00", ask_again(1, "vnpay")), Refusal::FeeAlreadyAsked);
    assert_eq!(life.refused("2020-04-20 12:00", ask_again(9, "vnpay")), Refusal::FeeNotOpen);
    assert_eq!(life.refused("2020-04-20 12:00", ask_again(1, "")), Refusal::Text("channel", 500));
    life.done("2020-04-20 13:00", waive(Reason::Fee, &[]));
    assert_eq!(life.refused("2020-04-20 14:00", ask_again(1, "payos")), Refusal::FeeNotOpen);
    assert_eq!(because(&life.done("2020-04-20 15:00", paid(1, 200_000))), Some(Because::Waived));
    let mut many = owing();
    for n in 2..=99 {
        many.done("2020-04-16 11:00", ask_again(1, if n % 2 == 0 { "momo" } else { "vnpay" }));
    }
    assert_eq!(many.refused("2020-04-16 12:00", ask_again(1, "payos")), Refusal::TooManyAttempts);
}

#[test]
fn several_transfers_are_summed_until_the_fee_is_whole() {
    let mut life = owing();
    let events = life.done("2020-04-16 11:00", transfer("a", 1, 150_000));
    assert!(matches!(&events[..], [Event::FeePartPaid { missing_vnd, .. }] if *missing_vnd == dong(50_000)));
    assert_eq!((debt(&life), life.phase()), ((200_000, 150_000, 50_000), Phase::Paused));
    let events = life.done("2020-04-17 09:00", transfer("b", 1, 50_000));
    let whole = Event::FeePaid {
        attempt: 1,
        channel: "vnpay".into(),
        identity: "b".into(),
        amount_vnd: dong(50_000),
        at: at("2020-04-17 09:00"),
        fee: None,
        total_vnd: Some(dong(200_000)),
        surplus_vnd: None,
        receipt_no: None,
    };
    assert_eq!(events[0], whole);
    assert!(matches!(events[1], Event::ClockResumed { .. }));
    assert_eq!(because(&life.done("2020-04-17 10:00", transfer("c", 1, 1))), Some(Because::AlreadyPaid));
}

#[test]
fn more_than_was_missing_pays_the_fee_and_the_surplus_is_told() {
    let mut life = owing();
    life.done("2020-04-16 11:00", transfer("a", 1, 150_000));
    let events = life.done("2020-04-17 09:00", transfer("b", 1, 80_000));
    assert!(matches!(&events[0], Event::FeePaid { surplus_vnd: Some(surplus), .. } if *surplus == dong(30_000)));
    assert_eq!(debt(&life), (200_000, 200_000, 0));
}

#[test]
fn a_transfer_told_of_twice_with_other_content_is_not_counted_twice() {
    let mut life = owing();
    life.done("2020-04-16 11:00", transfer("a", 1, 150_000));
    let Action::RecordPayment(payment) = transfer("a", 1, 120_000) else { unreachable!() };
    let conflict = Action::RecordPayment(Payment { conflict: true, ..payment });
    assert_eq!(because(&life.done("2020-04-16 11:05", conflict)), Some(Because::Conflict));
    assert_eq!(debt(&life), (200_000, 150_000, 50_000));
    let nothing = life.done("2020-04-16 11:10", transfer("z", 1, 0));
    assert_eq!(because(&nothing), Some(Because::AmountDiffers));
}

#[test]
fn what_a_fee_lacks_is_asked_again_and_an_older_attempt_s_money_still_counts() {
    let mut life = owing();
    life.done("2020-04-16 11:00", transfer("a", 1, 150_000));
    let events = life.done("2020-04-16 12:00", ask_again(1, "momo"));
    assert!(matches!(&events[0], Event::FeeAsked { amount_vnd, .. } if *amount_vnd == dong(50_000)));
    life.done("2020-04-16 13:00", transfer("b", 1, 20_000));
    assert_eq!(debt(&life), (200_000, 170_000, 30_000));
    // MoMo takes exactly what it was asked for, which is more than is missing by now.
    let events = life.done("2020-04-17 09:00", through("momo", 2, 50_000));
    assert!(matches!(&events[0], Event::FeePaid { fee: Some(1), surplus_vnd: Some(s), .. } if *s == dong(20_000)));
    assert_eq!((life.phase(), debt(&life)), (Phase::Accepted, (200_000, 200_000, 0)));
}

#[test]
fn cash_pays_as_a_message_does_and_never_more_than_is_missing() {
    let mut life = owing();
    life.done("2020-04-16 11:00", cash(1, 150_000, "0000123"));
    assert_eq!(debt(&life), (200_000, 150_000, 50_000));
    for wrong in [0, 50_001, 200_000] {
        assert_eq!(life.refused("2020-04-16 12:00", cash(1, wrong, "9")), Refusal::CashDiffers(dong(50_000)));
    }
    assert_eq!(life.refused("2020-04-16 12:00", cash(7, 50_000, "9")), Refusal::FeeNotOpen);
    assert_eq!(life.refused("2020-04-16 12:00", cash(1, 50_000, " ")), Refusal::Text("receipt_no", 500));
    let events = life.recorded("2020-04-17 09:00", "2020-04-17 09:10", cash(1, 50_000, "0000124"));
    assert!(
        matches!(&events[0], Event::FeePaid { channel, receipt_no: Some(no), .. } if channel == CASH && no == "0000124")
    );
    assert!(matches!(events[1], Event::ClockResumed { at: then, .. } if then == at("2020-04-17 09:00")));
    assert_eq!(life.refused("2020-04-17 10:00", cash(1, 1, "9")), Refusal::FeeNotOpen);
    assert_eq!(because(&life.done("2020-04-17 11:00", paid(1, 200_000))), Some(Because::AlreadyPaid));
}

#[test]
fn the_clock_knows_when_the_wait_for_a_fee_ends() {
    let mut life = owing();
    life.done("2020-04-16 11:00", transfer("a", 1, 150_000));
    let told = life.sleeps_until("2020-05-20 08:00");
    let until = at("2020-05-05 00:00");
    assert!(
        matches!(&told[..], [
        Event::WaitReminded { reason, until: first },
        Event::WaitMissed { until: second, .. },
    ] if *reason == Reason::Fee && *first == until && *second == until),
        "{told:?}"
    );
    let events = life.done("2020-05-20 09:00", transfer("b", 1, 50_000));
    assert!(matches!(events[1], Event::ClockResumed { late: true, .. }));
}

#[test]
fn a_person_says_what_money_was_for_and_the_clock_runs_again_from_when_it_was_paid() {
    let mut life = owing();
    let aside =
        Payment { attempt: 0, identity: "77".into(), outcome: PaymentOutcome::Suspected, ..payment(0, 200_000) };
    let events = life.recorded("2020-04-17 09:00", "2020-04-20 15:00", attach(aside, Some(1)));
    assert!(matches!(&events[0], Event::MoneyAttached { because, .. } if because == "sao kê ngân hàng"));
    assert!(matches!(&events[1], Event::FeePaid { identity, .. } if identity == "77"));
    assert!(matches!(events[2], Event::ClockResumed { at: then, .. } if then == at("2020-04-17 09:00")));
    assert_eq!(life.due(), "2020-04-23");
}

#[test]
fn money_attached_to_no_fee_is_recorded_and_changes_nothing() {
    for mut life in [owing(), {
        let mut gone = owing();
        gone.done("2020-04-16 11:00", withdraw());
        gone
    }] {
        let before = life.dossier().clone();
        let events = life.done("2020-04-17 09:00", attach(payment(0, 7), None));
        assert!(matches!(&events[..], [Event::MoneyAttached { .. }]));
        assert_eq!(Dossier { version: before.version, ..life.dossier().clone() }, before);
    }
}

#[test]
fn only_money_that_was_taken_can_be_attached_to_a_fee_and_only_to_an_open_one() {
    let life = owing();
    let told = |outcome, amount_vnd| attach(Payment { outcome, amount_vnd, ..payment(0, 0) }, Some(1));
    let amount = Some(dong(200_000));
    let now = "2020-04-17 09:00";
    assert_eq!(life.refused(now, told(PaymentOutcome::Reversed, amount)), Refusal::NoMoney);
    assert_eq!(life.refused(now, told(PaymentOutcome::Failed("24".into()), amount)), Refusal::NoMoney);
    assert_eq!(life.refused(now, told(PaymentOutcome::Paid, None)), Refusal::NoMoney, "in another currency");
    assert_eq!(life.refused(now, attach(payment(0, 200_000), Some(2))), Refusal::FeeNotOpen);
    let silent = Action::AttachMoney { payment: payment(0, 200_000), attempt: Some(1), because: String::new() };
    assert_eq!(life.refused(now, silent), Refusal::Text("because", 500));
    let mut withdrawn = owing();
    withdrawn.done("2020-04-16 11:00", withdraw());
    assert_eq!(withdrawn.refused(now, attach(payment(0, 200_000), Some(1))), Refusal::FeeNotOpen);
}

#[test]
fn a_part_paid_fee_is_waived_for_the_rest() {
    let mut life = owing();
    life.done("2020-04-16 11:00", transfer("a", 1, 150_000));
    life.done("2020-04-16 12:00", waive(Reason::Fee, &[]));
    assert_eq!((life.phase(), debt(&life)), (Phase::Accepted, (200_000, 150_000, 0)));
    assert_eq!(because(&life.done("2020-04-16 13:00", transfer("b", 1, 50_000))), Some(Because::Waived));
}

/// Checks that each fee has what events brought towards it, never more than it is, and is paid at most once.
pub(super) fn every_dong_is_counted_once(dossier: &Dossier, history: &[Event]) {
    for debt in dossier.debts() {
        let of_this = |attempt: u8| dossier.attempt(attempt).is_some_and(|fee| fee.fee() == debt.fee);
        let (mut brought, mut paid) = (0, 0);
        for event in history {
            match event {
                Event::FeePartPaid { attempt, amount_vnd, .. } if of_this(*attempt) => brought += amount_vnd.dong(),
                Event::FeePaid { attempt, amount_vnd, surplus_vnd, .. } if of_this(*attempt) => {
                    brought += amount_vnd.dong() - surplus_vnd.unwrap_or_default().dong();
                    paid += 1;
                }
                _ => {}
            }
        }
        assert_eq!(brought, debt.paid_vnd.dong());
        assert_eq!((paid, brought == debt.amount_vnd.dong()), (i32::from(debt.state == FeeState::Paid), paid == 1));
        assert!(brought <= debt.amount_vnd.dong());
    }
}

/// Limits of the channel through which fees are asked here.
fn limits(min: u64) -> BTreeMap<String, Limits> {
    BTreeMap::from([("vnpay".to_owned(), Limits { min_vnd: Some(dong(min)), max_vnd: None })])
}

fn within(life: &Life, action: Action, limits: &BTreeMap<String, Limits>) -> Result<Vec<Event>, Refusal> {
    let procedure = &life.procedure;
    let terms =
        Terms { procedure: Some(procedure), office: &life.office, channel: Some("vnpay"), notices: Standing::none() };
    decide_within(life.dossier.as_ref(), &Command::now(at("2020-04-16 10:00"), Actor::Sweep, action), terms, limits)
}

#[test]
fn an_amount_that_the_channel_does_not_take_is_refused_to_a_clerk_and_owed_by_the_catalogue() {
    let life = Life::accepted(with_waits());
    assert!(matches!(within(&life, ask_fee(4_999), &limits(5_000)), Err(Refusal::OutsideLimits { .. })));
    assert!(within(&life, ask_fee(5_000), &limits(5_000)).is_ok());

    let fees = [("PHI", 200_000, FeeDue::OnAcceptance)];
    let life = Life { channel: Some("vnpay"), ..Life::filed(with_fees(&fees)) };
    let of = |min| within(&life, Action::Accept { code: None }, &limits(min)).unwrap();
    let (asked, owed) =
        (|it: &Event| matches!(it, Event::FeeAsked { .. }), |it: &Event| matches!(it, Event::FeeOwed { .. }));
    assert!(of(200_000).iter().any(asked) && !of(200_000).iter().any(owed));
    assert!(of(200_001).iter().any(owed) && !of(200_001).iter().any(asked));
}

#[test]
fn money_that_comes_after_its_own_reversal_goes_to_a_person() {
    let mut life = owing();
    let payment = Payment { after_reversal: true, ..payment(1, 200_000) };
    let events = life.done("2020-04-16 11:00", Action::RecordPayment(payment));
    assert_eq!((because(&events), states(&life)), (Some(Because::Reversed), vec![FeeState::Open]));
}

#[test]
fn nobody_can_have_paid_before_the_fee_was_asked_for() {
    let life = owing();
    assert_eq!(life.dossier().fees[0].asked_at, Some(at("2020-04-16 10:00")));
    assert_eq!(life.dossier().payable_since(1), Some(at("2020-04-16 10:00")));
    // What was stored before has no such instant: the fee's own thing of the pause has one, and no other thing.
    let mut life = Life::accepted(with_waits());
    life.done("2020-04-15 09:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-16 10:00", ask_fee(200_000));
    let mut stored = life.dossier().clone();
    stored.fees[0].asked_at = None;
    assert_eq!(stored.payable_since(1), Some(at("2020-04-16 10:00")));
    assert_eq!(stored.payable_since(2), None);
}

#[test]
fn cash_of_2027_has_no_paper_receipt_and_an_identity_of_its_own() {
    let mut life = owing();
    let own = Action::RecordCash { attempt: 1, amount_vnd: dong(50_000), receipt_no: None };
    let written = |no: &str| cash(1, 50_000, no);
    assert_eq!(life.refused("2027-01-01 00:00", written("0000123")), Refusal::PaperReceiptOver);
    assert_eq!(life.refused("2026-12-31 12:00", written("TM-1")), Refusal::PaperReceiptOver);
    let events = life.done("2027-01-01 08:00", own);
    let Event::FeePartPaid { channel, identity, .. } = &events[0] else { panic!("{events:?}") };
    assert!(channel == CASH && is_own_cash(identity), "{identity}");
}
