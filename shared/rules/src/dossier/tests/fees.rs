//! Fees asked for, and the effect of authentic messages about money.

use super::*;

fn told(outcome: PaymentOutcome) -> Action {
    Action::RecordPayment(Payment { outcome, ..payment(1, 200_000) })
}

/// Returns the message set aside, as `payment(1, 200_000)` or with that amount.
fn aside(amount_vnd: Option<Vnd>, because: Because) -> [Event; 1] {
    [Event::PaymentSetAside { channel: "vnpay".into(), identity: "14012345".into(), amount_vnd, because }]
}

fn usual_aside(because: Because) -> [Event; 1] {
    aside(Some(dong(200_000)), because)
}

/// Returns a dossier paused for a fee of 200.000 đồng since Thursday 16 April 2020 10:00.
fn owing() -> Life {
    let mut life = Life::accepted(procedure());
    let events = life.done("2020-04-16 10:00", ask_fee(200_000));
    assert!(matches!(&events[..], [Event::FeeAsked { attempt: 1, until: None, .. }, Event::ClockPaused { .. }]));
    life
}

#[test]
fn a_fee_asked_while_the_clock_runs_pauses_it_until_it_is_paid() {
    let mut life = owing();
    let events = life.recorded("2020-04-17 11:58", "2020-04-17 12:00", paid(1, 200_000));
    let paid = Event::FeePaid {
        attempt: 1,
        channel: "vnpay".into(),
        identity: "14012345".into(),
        amount_vnd: dong(200_000),
        at: at("2020-04-17 11:58"),
        fee: None,
        total_vnd: None,
        surplus_vnd: None,
        receipt_no: None,
    };
    assert_eq!(events[0], paid);
    assert!(matches!(events[1], Event::ClockResumed { at: then, .. } if then == at("2020-04-17 11:58")));
    assert_eq!((life.phase(), life.due()), (Phase::Accepted, "2020-04-23".into()));
    assert!(!life.dossier().owes());
}

#[test]
fn a_fee_names_the_day_by_which_it_is_awaited() {
    let mut life = Life::accepted(with_waits());
    let events = life.done("2020-04-16 10:00", ask_fee(200_000));
    let until = Some(at("2020-05-05 00:00"));
    assert!(matches!(events[0], Event::FeeAsked { until: told, .. } if told == until));
}

#[test]
fn a_fee_that_was_paid_before_it_was_asked_for_by_a_wrong_clock_is_held_at_the_asking() {
    for claimed in ["2020-04-16 09:59", "2020-04-16 03:00", "2020-04-15 22:00", "1970-01-01 07:00"] {
        let mut life = owing();
        let events = life.recorded(claimed, "2020-04-16 10:03", paid(1, 200_000));
        let asked = at("2020-04-16 10:00");
        assert!(matches!(events[0], Event::FeePaid { at, .. } if at == asked), "{claimed}");
        assert!(matches!(events[1], Event::ClockResumed { at, .. } if at == asked), "{claimed}: {events:?}");
        assert_eq!(life.due(), "2020-04-22");
    }
}

#[test]
fn a_fee_that_cannot_be_asked_is_refused() {
    let life = owing();
    assert_eq!(life.refused("2020-04-16 11:00", ask_fee(0)), Refusal::ZeroFee);
    assert_eq!(life.refused("2020-04-16 11:00", ask_fee(200_000)), Refusal::FeeAlreadyAsked);
    let mut elsewhere = life.clone();
    elsewhere.done("2020-04-16 11:00", Action::AskFee { channel: "momo".into(), amount_vnd: dong(200_000) });
    let nowhere = Action::AskFee { channel: String::new(), amount_vnd: dong(9) };
    assert_eq!(life.refused("2020-04-16 11:00", nowhere), Refusal::Text("channel", 500));
}

#[test]
fn each_fee_has_an_attempt_of_its_own_up_to_ninety_nine() {
    let mut life = owing();
    for amount in 1..99 {
        life.done("2020-04-16 11:00", ask_fee(amount));
    }
    assert_eq!(life.dossier().fees.last().unwrap().attempt, 99);
    assert_eq!(life.refused("2020-04-16 11:00", ask_fee(1_000)), Refusal::TooManyAttempts);
}

#[test]
fn the_clock_stands_until_every_fee_is_paid() {
    let mut life = owing();
    life.done("2020-04-16 11:00", ask_fee(50_000));
    life.done("2020-04-17 09:00", paid(2, 50_000));
    assert_eq!(life.phase(), Phase::Paused);
    life.done("2020-04-20 09:00", paid(1, 200_000));
    assert_eq!((life.phase(), life.due()), (Phase::Accepted, "2020-04-24".into()));
}

#[test]
fn paying_twice_marks_once_and_keeps_the_second_for_a_person() {
    let mut life = owing();
    life.done("2020-04-17 09:00", paid(1, 200_000));
    let before = life.dossier().clone();
    let again = Action::RecordPayment(Payment { identity: "99".into(), ..payment(1, 200_000) });
    let events = life.done("2020-04-17 09:05", again);
    assert!(matches!(&events[..], [Event::PaymentSetAside { because: Because::AlreadyPaid, .. }]));
    assert_eq!(Dossier { version: before.version, ..life.dossier().clone() }, before);
}

#[test]
fn another_amount_another_channel_and_an_unknown_attempt_pay_nothing() {
    let wrong = |payment: Payment| {
        let mut life = owing();
        let events = life.done("2020-04-17 09:00", Action::RecordPayment(payment));
        assert!(life.dossier().owes() && life.phase() == Phase::Paused);
        events
    };
    assert_eq!(wrong(payment(1, 199_999)), aside(Some(dong(199_999)), Because::AmountDiffers));
    assert_eq!(wrong(payment(1, 20_000_000)), aside(Some(dong(20_000_000)), Because::AmountDiffers));
    assert_eq!(wrong(Payment { amount_vnd: None, ..payment(1, 0) }), aside(None, Because::AmountDiffers));
    assert_eq!(wrong(payment(2, 200_000)), usual_aside(Because::UnknownReference));
    assert_eq!(wrong(payment(0, 200_000)), usual_aside(Because::UnknownReference));
    let other = wrong(Payment { channel: "momo".into(), ..payment(1, 200_000) });
    assert!(matches!(&other[..], [Event::PaymentSetAside { because: Because::OtherChannel, .. }]));
}

#[test]
fn a_failure_leaves_the_fee_open_and_a_success_may_follow() {
    let mut life = owing();
    let events = life.done("2020-04-16 11:00", told(PaymentOutcome::Failed("24".into())));
    assert_eq!(events, [Event::PaymentFailed { attempt: 1, channel: "vnpay".into(), code: "24".into() }]);
    assert_eq!(life.phase(), Phase::Paused);
    // The gateway may report both under one identity.
    let payment = Payment { conflict: true, ..payment(1, 200_000) };
    life.done("2020-04-16 12:00", Action::RecordPayment(payment));
    assert_eq!(life.phase(), Phase::Accepted);
}

#[test]
fn a_failure_after_a_success_takes_nothing_back() {
    let mut life = owing();
    life.done("2020-04-16 11:00", paid(1, 200_000));
    let state = (life.dossier().fees.clone(), life.phase());
    life.done("2020-04-16 12:00", told(PaymentOutcome::Failed("99".into())));
    assert_eq!((life.dossier().fees.clone(), life.phase()), state);
    // Reported under the identity of the success, it contradicts that: a person looks.
    let failed = PaymentOutcome::Failed("99".into());
    let contradiction = Payment { outcome: failed, conflict: true, ..payment(1, 200_000) };
    let events = life.done("2020-04-16 12:05", Action::RecordPayment(contradiction));
    assert_eq!(events, usual_aside(Because::Conflict));
    assert_eq!((life.dossier().fees.clone(), life.phase()), state);
}

#[test]
fn the_same_identity_with_other_content_never_pays_a_second_time() {
    let mut life = owing();
    life.done("2020-04-16 11:00", paid(1, 200_000));
    let conflict = Payment { conflict: true, ..payment(1, 200_000) };
    assert_eq!(life.done("2020-04-16 12:00", Action::RecordPayment(conflict)), usual_aside(Because::Conflict));
}

#[test]
fn money_under_suspicion_or_given_back_is_a_person_s_to_decide() {
    let mut life = owing();
    let events = life.done("2020-04-16 11:00", told(PaymentOutcome::Suspected));
    assert_eq!(events, usual_aside(Because::Suspected));
    assert!(life.dossier().owes());
    life.done("2020-04-16 12:00", paid(1, 200_000));
    assert_eq!(life.done("2020-04-16 13:00", told(PaymentOutcome::Reversed)), usual_aside(Because::Reversed));
    assert!(!life.dossier().owes());
}

#[test]
fn money_for_a_dossier_that_is_over_is_kept_for_a_person() {
    let end = |action: Action| {
        let mut life = owing();
        life.done("2020-04-16 11:00", action);
        life
    };
    let mut returned = Life::accepted(procedure());
    returned.done("2020-04-16 11:00", positive());
    returned.done("2020-04-16 12:00", hand_out(false));
    for mut life in [end(close()), end(withdraw()), returned] {
        let phase = life.phase();
        assert_eq!(life.done("2020-04-17 09:00", paid(1, 200_000)), usual_aside(Because::NotOpen), "{phase:?}");
        assert_eq!(life.done("2020-04-17 09:00", told(PaymentOutcome::Suspected)), usual_aside(Because::Suspected));
        let failed = life.done("2020-04-17 09:00", told(PaymentOutcome::Failed("24".into())));
        assert!(matches!(&failed[..], [Event::PaymentFailed { .. }]));
        assert_eq!(life.phase(), phase);
    }
    let mut paid_before = owing();
    paid_before.done("2020-04-16 11:00", paid(1, 200_000));
    paid_before.done("2020-04-16 12:00", withdraw());
    assert_eq!(paid_before.done("2020-04-17 09:00", paid(1, 200_000)), usual_aside(Because::AlreadyPaid));
}

#[test]
fn a_waived_fee_resumes_the_clock_and_takes_no_money() {
    let mut life = owing();
    let events = life.done("2020-04-17 09:00", waive(Reason::Fee, &["DK.01"]));
    assert!(matches!(&events[0], Event::AwaitedWaived { papers, .. } if papers.is_empty()));
    assert_eq!((life.phase(), life.due(), life.dossier().owes()), (Phase::Accepted, "2020-04-23".into(), false));
    assert_eq!(life.done("2020-04-17 10:00", paid(1, 200_000)), usual_aside(Because::Waived));
    assert_eq!(life.refused("2020-04-17 10:00", waive(Reason::Fee, &[])), Refusal::NotAwaited);
}

#[test]
fn where_the_procedure_says_so_the_clock_starts_with_the_last_fee_paid_or_waived() {
    let fee_first = Procedure { starts_on: ClockStart::FeePaid, ..procedure() };
    for last in [paid(2, 50_000), waive(Reason::Fee, &[])] {
        let mut life = Life::accepted(fee_first.clone());
        life.done("2020-04-15 09:00", ask_fee(200_000));
        life.done("2020-04-15 09:00", ask_fee(50_000));
        assert_eq!((life.phase(), life.due()), (Phase::Accepted, "none".into()), "nothing runs that could stop");
        life.done("2020-04-16 09:00", paid(1, 200_000));
        assert_eq!(life.due(), "none");
        let events = life.done("2020-04-17 09:00", last);
        assert!(matches!(events[1], Event::ClockStarted { at: then, .. } if then == at("2020-04-17 09:00")));
        assert_eq!(life.due(), "2020-04-24");
    }
    let mut life = Life::filed(fee_first.clone());
    life.done("2020-04-14 17:00", ask_fee(200_000));
    life.done("2020-04-14 17:10", waive(Reason::Fee, &[]));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!(life.due(), "2020-04-22", "all was settled before acceptance");
}

#[test]
fn a_payment_learned_of_late_starts_no_clock_before_acceptance() {
    let mut life = Life::filed(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
    life.done("2020-04-14 17:00", ask_fee(200_000));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    let events = life.recorded("2020-04-14 17:30", "2020-04-15 10:00", paid(1, 200_000));
    assert!(matches!(events[1], Event::ClockStarted { at: then, .. } if then == at("2020-04-15 08:00")));
}

#[test]
fn a_clock_that_starts_while_something_is_awaited_has_no_date_until_that_is_in() {
    for (end, due) in [(receipt(&["BC.01"]), "2020-04-24"), (void(), "2020-04-23")] {
        let mut life = Life::accepted(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
        life.done("2020-04-15 09:00", ask_fee(200_000));
        life.done("2020-04-15 10:00", pause_for_originals(&["BC.01"]));
        let events = life.done("2020-04-16 09:00", paid(1, 200_000));
        assert!(matches!(events[1], Event::ClockStarted { due: None, .. }));
        assert_eq!((life.phase(), life.due()), (Phase::Paused, "none".into()));
        life.done("2020-04-20 09:00", end);
        // Counted from Thursday; if the pause is not voided, Friday's end fell into it.
        assert_eq!((life.phase(), life.due()), (Phase::Accepted, due.into()));
        let first_due = life.dossier().clock.as_ref().unwrap().first_due;
        assert_eq!(first_due, life.dossier().due(), "the first date ever counted");
    }
}

#[test]
fn the_result_is_handed_out_and_posted_only_when_no_fee_is_open() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", positive());
    life.done("2020-04-16 09:00", ask_fee(200_000));
    assert_eq!(life.phase(), Phase::Done, "a clock that ended does not stop");
    let post = Action::PostResult { item_code: "CE123456789VN".into() };
    for action in [hand_out(false), hand_out(true), post] {
        assert_eq!(life.refused("2020-04-16 10:00", action), Refusal::FeeOwed);
    }
    life.done("2020-04-16 11:00", paid(1, 200_000));
    life.done("2020-04-16 12:00", hand_out(false));
    assert_eq!(life.phase(), Phase::Returned);
}

#[test]
fn a_gateway_s_long_code_is_cut() {
    let mut life = owing();
    let events = life.done("2020-04-16 11:00", told(PaymentOutcome::Failed("x".repeat(10_000))));
    assert!(matches!(&events[..], [Event::PaymentFailed { code, .. }] if code.len() == 64));
}
