//! Tests that every event is decided.

use super::*;
use rules::dossier::{Consent, Identity, Recipient, Recounted, Whose};
use rules::post::Why;

/// Returns one of each event, in the order of their declaration.
#[rustfmt::skip]
fn one_of_each() -> Vec<Event> {
    let amount_vnd = Vnd::new(450_000).unwrap();
    let (channel, identity) = (String::from("vnpay"), String::from("1"));
    let text = String::new;
    vec![
        Event::Submitted { source: Source::Office, filing: Filing::Online, code: None, accept_until: None },
        Event::AcceptanceLate,
        Event::Accepted { code: text(), at: at(15, 8), procedure: None },
        Event::ClockStarted { at: at(15, 8), due: due(22), gap: Vec::new() },
        Event::IntakeRefused { reason: text() },
        Event::IntakeSupplementRequested { awaited: awaited(Reason::Supplement, 3, Some(29)), reason: text() },
        Event::IntakeCompleted { at: at(20, 9), accept_until: None, accept_from: None },
        Event::SupplementRequested { reason: text(), round: 1, late: false },
        paused(Reason::Originals, 29),
        Event::AwaitedAdded { awaited: awaited(Reason::Supplement, 0, None), legal_basis: text() },
        Event::PapersReceived { papers: Vec::new(), copies: Vec::new(), at: at(20, 9), minutes_no: text(), by_post: false },
        Event::SupplementReceived { papers: Vec::new(), at: at(20, 9) },
        Event::PartlyReceived { received: 1, missing: 1, at: at(20, 9) },
        Event::OriginalsAnnounced { papers: Vec::new(), by_post: None },
        Event::AwaitedWaived { reason: Reason::Originals, papers: Vec::new(), because: text(), at: at(20, 9) },
        Event::ClockResumed { at: at(20, 9), policy: Policy::Resume, due: due(24), gap: Vec::new(), promised: None, late: false, was: due(22), at_once: false },
        Event::PauseVoided { since: at(16, 17), due: due(22), because: text() },
        Event::StillAwaited { reason: Reason::Originals, since: at(16, 9) },
        Event::WaitReminded { reason: Reason::Originals, until: at(29, 17) },
        Event::WaitMissed { reason: Reason::Originals, until: at(29, 17) },
        Event::FeeAsked { attempt: 1, channel: channel.clone(), amount_vnd, until: Some(at(29, 17)), code: None, again: None, asked_at: None },
        Event::FeePaid { attempt: 1, channel: channel.clone(), identity: identity.clone(), amount_vnd, at: at(20, 9), fee: None, total_vnd: None, surplus_vnd: None, receipt_no: None },
        Event::PaymentFailed { attempt: 1, channel: channel.clone(), code: text() },
        Event::PaymentSetAside { channel: channel.clone(), identity: identity.clone(), amount_vnd: None, because: Because::AlreadyPaid },
        Event::ArrivalKept { what: text(), papers: Vec::new() },
        Event::StepEntered { step: text(), needs: Vec::new(), grace_until: None, by_acceptance: false, at: None },
        Event::Forwarded { to: text() },
        Event::ResultReady { result: ResultKind::Positive, reason: None, at: at(22, 9) },
        Event::PartHandedOut { at: None, to: None, shown: None },
        Event::HandedOut { at: at(22, 9), to: Some(Recipient::Proxy), shown: Some(Identity::Passport) },
        Event::ResultPosted { item_code: "CE123456789VN".into(), free: None },
        Event::ResultDelivered { at: at(25, 16) },
        Event::ResultUndelivered,
        Event::Withdrawn { reason: text(), at: at(22, 9) },
        Event::ResultReissued { reason: text() },
        Event::Closed { reason: text(), article: text(), at: at(30, 9) },
        Event::Reopened { reason: text(), accept_until: None, accept_from: None },
        Event::Apologised { reason: text(), was: due(22), promised: due(24).unwrap(), late: false },
        Event::DueCounted { due: due(22).unwrap(), promised: None },
        Event::WaitCounted { reason: Reason::Originals, since: at(16, 9), wait: None, remind_at: Some(at(29, 8)) },
        Event::GapMet { years: vec![2027], look_at: at(16, 8) },
        Event::FeeOwed { attempt: 1, code: text(), amount_vnd },
        Event::FeePartPaid { attempt: 1, channel: channel.clone(), identity: identity.clone(), amount_vnd, missing_vnd: amount_vnd, at: at(20, 9) },
        Event::MoneyAttached { channel, identity, amount_vnd: None, because: text() },
        Event::ReceiptCorrected { papers: vec![text(), text()], needs: Vec::new(), grace_until: None, because: text(), at: None },
        Event::DocumentReceived { reason: "opinion".into(), papers: Vec::new(), document_no: text(), issued_on: due(20).unwrap().on, at: at(20, 9) },
        Event::ContactCorrected { whose: Whose::Filer, address: true, phone: true, consent: Consent::Phone, because: text() },
        Event::ReturnChosen { by_post: true, consent: Some(Consent::Phone), free: None },
        Event::Recounted(Recounted { notices: vec![text()], was: due(22), due: due(23), ..Recounted::default() }),
        Event::DatesDiffer { due: due(23) },
        Event::DatesSettled { anew: true, because: text() },
        Event::PutToLeader { to: text() },
        Event::ReturnedToDesk,
        Event::FilesAnnounced { files: 2 },
        Event::FilingChanged { files: 1 },
        Event::AddressAsked { at: at(16, 9), free: None },
        Event::AddressConfirmed { differs: true, consent: None },
        Event::ParcelMade { parcel: "B20-000001".into() },
        Event::ParcelTakenOff { parcel: "B20-000001".into(), because: text() },
        Event::DeliveryFailed { attempt: 1, why: Why::Moved, at: at(25, 9), first: true },
        Event::SlipReplaced { generation: 1 },
    ]
}

/// Returns the place of an event in that list. An event that is added and not decided here does not compile.
#[rustfmt::skip]
fn place(event: &Event) -> usize {
    match event {
        Event::Submitted { .. } => 0, Event::AcceptanceLate => 1, Event::Accepted { .. } => 2,
        Event::ClockStarted { .. } => 3, Event::IntakeRefused { .. } => 4,
        Event::IntakeSupplementRequested { .. } => 5, Event::IntakeCompleted { .. } => 6,
        Event::SupplementRequested { .. } => 7, Event::ClockPaused { .. } => 8, Event::AwaitedAdded { .. } => 9,
        Event::PapersReceived { .. } => 10, Event::SupplementReceived { .. } => 11,
        Event::PartlyReceived { .. } => 12, Event::OriginalsAnnounced { .. } => 13,
        Event::AwaitedWaived { .. } => 14, Event::ClockResumed { .. } => 15, Event::PauseVoided { .. } => 16,
        Event::StillAwaited { .. } => 17,
        Event::WaitReminded { .. } => 18, Event::WaitMissed { .. } => 19, Event::FeeAsked { .. } => 20,
        Event::FeePaid { .. } => 21, Event::PaymentFailed { .. } => 22, Event::PaymentSetAside { .. } => 23,
        Event::ArrivalKept { .. } => 24, Event::StepEntered { .. } => 25, Event::Forwarded { .. } => 26,
        Event::ResultReady { .. } => 27, Event::PartHandedOut { .. } => 28, Event::HandedOut { .. } => 29,
        Event::ResultPosted { .. } => 30, Event::ResultDelivered { .. } => 31, Event::ResultUndelivered => 32,
        Event::Withdrawn { .. } => 33, Event::ResultReissued { .. } => 34, Event::Closed { .. } => 35,
        Event::Reopened { .. } => 36, Event::Apologised { .. } => 37,
        Event::DueCounted { .. } => 38, Event::WaitCounted { .. } => 39, Event::GapMet { .. } => 40,
        Event::FeeOwed { .. } => 41, Event::FeePartPaid { .. } => 42, Event::MoneyAttached { .. } => 43,
        Event::ReceiptCorrected { .. } => 44, Event::DocumentReceived { .. } => 45,
        Event::ContactCorrected { .. } => 46, Event::ReturnChosen { .. } => 47, Event::Recounted(_) => 48,
        Event::DatesDiffer { .. } => 49, Event::DatesSettled { .. } => 50,
        Event::PutToLeader { .. } => 51, Event::ReturnedToDesk => 52,
        Event::FilesAnnounced { .. } => 53, Event::FilingChanged { .. } => 54,
        Event::AddressAsked { .. } => 55, Event::AddressConfirmed { .. } => 56,
        Event::ParcelMade { .. } => 57, Event::ParcelTakenOff { .. } => 58, Event::DeliveryFailed { .. } => 59,
        Event::SlipReplaced { .. } => 60,
    }
}

fn standing(stage: Stage) -> Dossier {
    let agency = AgencyCode::parse("H32").unwrap();
    let procedure = ProcedureRef { code: "1.005129".into(), version: 1 };
    let mut dossier = Dossier::before(agency, DossierId::from_random(1), procedure, at(15, 8));
    dossier.stage = stage;
    dossier.fees = vec![Fee {
        attempt: 1,
        channel: Some("vnpay".into()),
        amount_vnd: Vnd::new(9_000).unwrap(),
        state: FeeState::Open,
        code: None,
        again: None,
        paid_vnd: Vnd::new(2_000).unwrap(),
        asked_at: None,
    }];
    dossier
}

pub(super) fn awaiting(things: Vec<Awaited>) -> Dossier {
    standing(Stage::Paused(Pause {
        since: at(16, 9),
        awaited: things,
        back: Running::Accepted,
        over: Vec::new(),
        received: 0,
        policy: Policy::Resume,
        overdue: false,
        in_late: false,
    }))
}

#[test]
fn every_event_is_told_or_not_told() {
    let events = one_of_each();
    let places: Vec<_> = events.iter().map(place).collect();
    assert_eq!(places, (0..events.len()).collect::<Vec<_>>());
    // Each event is alone in its commit, with a dossier that still awaits two originals.
    let dossier = awaiting(vec![awaited(Reason::Originals, 2, Some(29))]);
    let told: Vec<_> = events.into_iter().map(|event| texts(vec![event], Some(&dossier))).collect();
    assert_snapshot!(told.join("\n"), @r"
    Da nhan ho so H32-1 ngay 15/04/2020, dang kiem tra.
    -
    Da tiep nhan ho so H32-1.
    Da tiep nhan ho so H32-1, hen tra 22/04/2020.
    Ho so H32-1 khong duoc tiep nhan ngay 15/04/2020.
    Ho so H32-1 can bo sung 3 giay to den het 29/04/2020.
    Ho so H32-1 tinh tiep tu 20/04/2020.
    -
    Ho so H32-1 tam dung tinh han, cho 2 ban chinh den het 29/04/2020.
    Ho so H32-1 can bo sung giay to.
    -
    -
    Ho so H32-1: da nhan 1/2 ban chinh, van tam dung tinh han.
    -
    -
    Ho so H32-1 tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020.
    Ho so H32-1 khong bi tam dung tinh han, hen tra van la 22/04/2020.
    -
    Ho so H32-1 tam dung tinh han, cho 2 ban chinh den het 29/04/2020.
    -
    Ho so H32-1 can nop 450.000d phi, le phi den het 29/04/2020.
    Da thu 450.000d cho ho so H32-1.
    -
    -
    -
    -
    -
    Ho so H32-1 da co ket qua, moi den Mot cua nhan.
    -
    -
    Ket qua ho so H32-1 gui buu dien 15/04/2020, ma CE123456789VN.
    Ket qua ho so H32-1 da phat 25/04/2020 16:00.
    Ket qua H32-1 buu dien tra lai 15/04/2020, da ve Mot cua.
    -
    Ho so H32-1 da co ket qua, moi den Mot cua nhan.
    Ho so H32-1 bi dung xu ly tu 30/04/2020.
    -
    Xin loi, ho so H32-1 cham hen 22/04/2020, hen lai 24/04/2020.
    Da tiep nhan ho so H32-1, hen tra 22/04/2020.
    -
    -
    -
    -
    -
    Xin loi, ghi nham: ho so H32-1 con thieu 2 giay to.
    -
    Da sua dia chi, dien thoai ho so H32-1 ngay 15/04/2020.
    Ket qua ho so H32-1 se gui qua buu dien, theo dang ky.
    Ho so H32-1 hen tra 23/04/2020 thay vi 22/04/2020, them ngay nghi.
    -
    -
    -
    -
    -
    -
    Ho so H32-1: nhan ket qua tai nha.
    Da sua dia chi, dien thoai ho so H32-1 ngay 15/04/2020.
    -
    -
    Buu dien chua phat duoc ket qua H32-1.
    -
    ");
}

#[test]
fn what_happens_over_the_counter_at_once_is_told_once() {
    let filed = Event::Submitted { source: Source::Office, filing: Filing::Desk, code: None, accept_until: None };
    let chosen = Event::ReturnChosen { by_post: true, consent: None, free: None };
    assert_snapshot!(texts(vec![filed.clone(), chosen.clone()], None), @r"
    Da nhan ho so H32-1 ngay 15/04/2020, dang kiem tra.
    -
    ");
    let accepted = Event::Accepted { code: "H32-1".into(), at: at(15, 8), procedure: None };
    assert_snapshot!(texts(vec![filed, chosen, accepted], None), @r"
    -
    -
    Da tiep nhan ho so H32-1.
    ");
    let papers = vec!["BC.01".to_owned()];
    let corrected =
        Event::ReceiptCorrected { papers, needs: Vec::new(), grace_until: None, because: String::new(), at: None };
    assert_snapshot!(texts(vec![corrected, paused(Reason::Originals, 29)], None), @r"
    -
    Ho so H32-1 tam dung tinh han, cho 2 ban chinh den het 29/04/2020.
    ");
}

#[test]
fn a_fee_paid_over_several_transfers_is_told_whole_and_a_receipt_by_its_number() {
    let vnd = |amount| Vnd::new(amount).unwrap();
    let last = Event::FeePaid {
        attempt: 2,
        channel: "cash".into(),
        identity: "AA/20P-0001234".into(),
        amount_vnd: vnd(50_000),
        at: at(20, 9),
        fee: Some(1),
        total_vnd: Some(vnd(200_000)),
        surplus_vnd: None,
        receipt_no: Some("AA/20P-0001234".into()),
    };
    assert_snapshot!(texts(vec![last], None), @"Da thu 200.000d cho ho so H32-1, bien lai AA/20P-0001234.");
}

#[test]
fn every_text_has_its_event() {
    let mut events = one_of_each();
    let negative = ResultKind::Negative;
    events.push(Event::ResultReady { result: negative, reason: None, at: at(22, 9) });
    let commits: Vec<_> = events.into_iter().map(|event| commit(vec![event])).collect();
    let mut seen = Vec::new();
    for recorded in &commits {
        let told = news::of_event(&recorded.events[0], recorded, None).map(|news| discriminant(&news));
        seen.extend(told.filter(|kind| !seen.contains(kind)));
    }
    assert_eq!(seen.len(), 23);
}

#[test]
fn acceptance_and_the_start_of_the_clock_are_one_message() {
    let accepted = || Event::Accepted { code: "H32-1".into(), at: at(15, 8), procedure: None };
    let started = |due| Event::ClockStarted { at: at(15, 8), due, gap: Vec::new() };
    assert_snapshot!(texts(vec![accepted(), started(due(22))], None), @r"
    Da tiep nhan ho so H32-1, hen tra 22/04/2020.
    -
    ");
    // No date is guessed for a year without its holidays.
    assert_snapshot!(texts(vec![accepted(), started(None)], None), @r"
    Da tiep nhan ho so H32-1.
    -
    ");
    // The fee starts the clock: the date comes with the payment.
    let (channel, identity) = ("vnpay".into(), "1".into());
    let paid = Event::FeePaid {
        attempt: 1,
        channel,
        identity,
        amount_vnd: Vnd::new(7_000).unwrap(),
        at: at(16, 9),
        fee: None,
        total_vnd: None,
        surplus_vnd: None,
        receipt_no: None,
    };
    assert_snapshot!(text(vec![paid, started(due(23))], None), @"Da thu 7.000d cho ho so H32-1, hen tra 23/04/2020.");
    assert_eq!(texts(vec![started(None)], None), "-");
}

#[test]
fn a_pause_for_a_fee_is_told_by_the_fee_and_one_for_another_agency_by_nobody() {
    let amount_vnd = Vnd::new(7_000).unwrap();
    let asked = Event::FeeAsked {
        attempt: 1,
        channel: "vnpay".into(),
        amount_vnd,
        until: None,
        code: None,
        again: None,
        asked_at: None,
    };
    assert_snapshot!(texts(vec![asked, paused(Reason::Fee, 29), paused("opinion".into(), 29)], None), @r"
    Ho so H32-1 can nop 7.000d phi, le phi.
    -
    -
    ");
}

#[test]
fn a_promised_date_that_moved_with_the_pause_is_the_one_told() {
    let resumed = Event::ClockResumed {
        at: at(20, 9),
        policy: Policy::Resume,
        due: due(24),
        gap: Vec::new(),
        promised: due(28),
        late: false,
        was: due(27),
        at_once: false,
    };
    let received = Event::PapersReceived {
        papers: Vec::new(),
        copies: Vec::new(),
        at: at(20, 9),
        minutes_no: "1".into(),
        by_post: false,
    };
    assert_snapshot!(texts(vec![received, resumed], None), @r"
    -
    Da nhan du giay to ho so H32-1, tinh tiep tu 20/04/2020. Hen tra moi 28/04/2020.
    ");
}

#[test]
fn a_date_is_new_only_if_it_is_another() {
    let resumed = |now: i8, was: Option<DueDate>| {
        let (at, policy, gap) = (at(20, 9), Policy::Resume, Vec::new());
        texts(
            vec![Event::ClockResumed {
                at,
                policy,
                due: due(now),
                gap,
                promised: None,
                late: false,
                was,
                at_once: false,
            }],
            None,
        )
    };
    assert_snapshot!(resumed(24, due(22)), @"Ho so H32-1 tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020.");
    assert_snapshot!(resumed(22, due(22)), @"Ho so H32-1 tinh tiep tu 20/04/2020. Hen tra van la 22/04/2020.");
    assert_snapshot!(resumed(22, None), @"Ho so H32-1 tinh tiep tu 20/04/2020. Hen tra moi 22/04/2020.");
}

#[test]
fn the_last_day_of_a_wait_that_ends_at_midnight_is_the_day_before() {
    let midnight = "2020-04-30T00:00:00+07:00".parse().unwrap();
    let mut thing = awaited(Reason::Supplement, 3, Some(29));
    thing.wait = Some(Deadline { until: midnight, next: None, missed_at: None });
    let asked = Event::IntakeSupplementRequested { awaited: thing.clone(), reason: String::new() };
    assert_snapshot!(texts(vec![asked], None), @"Ho so H32-1 can bo sung 3 giay to den het 29/04/2020.");
    let reminded = vec![Event::WaitReminded { reason: Reason::Supplement, until: midnight }];
    let intake = standing(Stage::Incomplete(thing));
    assert_snapshot!(texts(reminded, Some(&intake)), @"Ho so H32-1 can bo sung 3 giay to den het 29/04/2020.");
    let amount_vnd = Vnd::new(7_000).unwrap();
    let until = Some(midnight);
    let fee = Event::FeeAsked {
        attempt: 1,
        channel: "vnpay".into(),
        amount_vnd,
        until,
        code: None,
        again: None,
        asked_at: None,
    };
    assert_snapshot!(texts(vec![fee], None), @"Ho so H32-1 can nop 7.000d phi, le phi den het 29/04/2020.");
}

#[test]
fn a_reminder_says_what_is_outstanding_now_and_nothing_once_it_is_in() {
    let reminded = |reason: Reason| vec![Event::WaitReminded { reason, until: at(29, 17) }];
    let still = awaiting(vec![awaited(Reason::Originals, 1, Some(29)), awaited(Reason::Fee, 0, Some(29))]);
    assert_snapshot!(texts(reminded(Reason::Originals), Some(&still)), @"Ho so H32-1 tam dung tinh han, cho 1 ban chinh den het 29/04/2020.");
    assert_snapshot!(texts(reminded(Reason::Fee), Some(&still)), @"Ho so H32-1 can nop 7.000d phi, le phi den het 29/04/2020.");
    let intake = standing(Stage::Incomplete(awaited(Reason::Supplement, 3, Some(29))));
    assert_snapshot!(texts(reminded(Reason::Supplement), Some(&intake)), @"Ho so H32-1 can bo sung 3 giay to den het 29/04/2020.");
    let another_wait = awaiting(vec![awaited(Reason::Originals, 1, Some(30))]);
    let others = [another_wait, awaiting(vec![awaited(Reason::Fee, 0, Some(29))]), standing(Stage::Submitted)];
    for dossier in &others {
        assert_eq!(texts(reminded(Reason::Originals), Some(dossier)), "-");
    }
    assert_eq!(texts(reminded(Reason::Originals), None), "-");
}

#[test]
fn what_is_awaited_without_an_end_is_reminded_of_without_a_date() {
    let reminded = |reason: Reason| vec![Event::StillAwaited { reason, since: at(16, 9) }];
    let still = awaiting(vec![awaited(Reason::Originals, 1, None), awaited(Reason::Fee, 0, None)]);
    assert_snapshot!(texts(reminded(Reason::Originals), Some(&still)), @"Ho so H32-1 tam dung tinh han, cho 1 ban chinh.");
    assert_snapshot!(texts(reminded(Reason::Fee), Some(&still)), @"Ho so H32-1 can nop 7.000d phi, le phi.");
    assert_eq!(texts(reminded(Reason::Supplement), Some(&still)), "-");
}

#[test]
fn a_commit_that_tells_nobody_is_known_without_a_look_at_the_dossier() {
    let told: BTreeSet<_> = one_of_each()
        .into_iter()
        .filter(|event| news::places(&commit(vec![event.clone()])).next().is_some())
        .map(|event| place(&event))
        .collect();
    let silent: Vec<_> = (0..one_of_each().len()).filter(|place| !told.contains(place)).collect();
    assert_eq!(
        silent,
        [
            1, 7, 10, 11, 13, 14, 19, 22, 23, 24, 25, 26, 28, 29, 33, 36, 39, 40, 41, 42, 43, 45, 49, 50, 51, 52, 53,
            54, 57, 58, 60
        ]
    );
}
