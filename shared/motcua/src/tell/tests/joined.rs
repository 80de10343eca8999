//! Tests of the one message a commit, letter by letter.

use super::*;

fn fee(dong: u64, until: Option<i8>) -> Event {
    Event::FeeAsked {
        attempt: 1,
        channel: "vnpay".into(),
        amount_vnd: Vnd::new(dong).unwrap(),
        until: until.map(|day| at(day, 17)),
        code: None,
        again: None,
        asked_at: None,
    }
}

fn paid() -> Event {
    Event::FeePaid {
        attempt: 1,
        channel: "cash".into(),
        identity: "AA/20P-0001234".into(),
        amount_vnd: Vnd::new(450_000).unwrap(),
        at: at(20, 9),
        fee: None,
        total_vnd: None,
        surplus_vnd: None,
        receipt_no: Some("AA/20P-0001234".into()),
    }
}

fn resumed(due: Option<DueDate>) -> Event {
    let (at, policy, gap) = (at(20, 9), Policy::Resume, Vec::new());
    Event::ClockResumed { at, policy, due, gap, promised: None, late: false, was: None, at_once: false }
}

fn accepted() -> [Event; 2] {
    [
        Event::Accepted { code: "H32-1".into(), at: at(15, 8), procedure: None },
        Event::ClockStarted { at: at(15, 8), due: due(22), gap: Vec::new() },
    ]
}

#[test]
fn what_is_asked_with_the_acceptance_is_told_with_it_and_no_date_while_the_clock_stands() {
    let with = |events: Vec<Event>| text([accepted().to_vec(), events].concat(), None);
    assert_snapshot!(with(vec![]), @"Da tiep nhan ho so H32-1, hen tra 22/04/2020.");
    assert_snapshot!(with(vec![fee(450_000, Some(29)), paused(Reason::Fee, 29)]), @"Da tiep nhan ho so H32-1, can nop 450.000d phi, le phi den het 29/04/2020.");
    assert_snapshot!(with(vec![fee(450_000, Some(29)), paused(Reason::Fee, 29), fee(50_000, Some(28))]), @"Da tiep nhan ho so H32-1, can nop 500.000d phi, le phi den het 28/04/2020.");
    assert_snapshot!(with(vec![fee(450_000, None)]), @"Da tiep nhan ho so H32-1, can nop 450.000d phi, le phi.");
    assert_snapshot!(with(vec![paused(Reason::Originals, 29)]), @"Tiep nhan ho so H32-1, tam dung tinh han, cho 2 ban chinh den het 29/04/2020.");
    assert_snapshot!(with(vec![paused(Reason::Originals, 29), fee(450_000, Some(28)), fee(50_000, Some(28))]), @"Tiep nhan ho so H32-1, tam dung tinh han, cho 2 ban chinh, 500.000d phi, le phi den het 28/04/2020.");
}

#[test]
fn a_payment_is_told_with_what_it_does_to_the_clock() {
    let void = |due| Event::PauseVoided { since: at(16, 17), due, because: String::new() };
    assert_snapshot!(text(vec![paid(), resumed(due(24))], None), @"Da thu 450.000d cho ho so H32-1, tinh tiep, hen tra 24/04/2020, bien lai AA/20P-0001234.");
    assert_snapshot!(text(vec![paid(), resumed(None)], None), @"Da thu 450.000d cho ho so H32-1, tinh tiep, bien lai AA/20P-0001234.");
    assert_snapshot!(text(vec![paid(), void(due(22))], None), @"Da thu 450.000d cho ho so H32-1, hen tra 22/04/2020, bien lai AA/20P-0001234.");
    assert_snapshot!(text(vec![paid(), void(None)], None), @"Da thu 450.000d cho ho so H32-1, bien lai AA/20P-0001234.");
    assert_snapshot!(text(vec![paid(), Event::DueCounted { due: due(22).unwrap(), promised: None }], None), @"Da thu 450.000d cho ho so H32-1, hen tra 22/04/2020, bien lai AA/20P-0001234.");
}

#[test]
fn a_result_is_told_with_the_fees_that_are_due_on_its_return() {
    let ready = Event::ResultReady { result: ResultKind::Positive, reason: None, at: at(22, 9) };
    assert_snapshot!(text(vec![ready.clone(), fee(450_000, Some(29)), fee(50_000, Some(29))], None), @"Ho so H32-1 da co ket qua, den nhan va nop 500.000d phi, le phi.");
    assert_snapshot!(text(vec![ready], None), @"Ho so H32-1 da co ket qua, moi den Mot cua nhan.");
}

#[test]
fn a_correction_is_told_with_a_due_date_that_could_be_counted_at_last() {
    let counted = || Event::DueCounted { due: due(22).unwrap(), promised: due(24) };
    let (whose, consent, because) = (rules::dossier::Whose::Filer, rules::dossier::Consent::Phone, String::new());
    let contact = Event::ContactCorrected { whose, address: true, phone: true, consent, because: because.clone() };
    let chosen = Event::ReturnChosen { by_post: true, consent: Some(consent), free: None };
    let papers = vec!["P1".into()];
    let receipt = Event::ReceiptCorrected { papers, needs: Vec::new(), grace_until: None, because, at: None };
    let with = |event| text(vec![event, counted()], None);
    assert_snapshot!(with(contact), @"Da sua dia chi, dien thoai ho so H32-1 ngay 15/04/2020. Hen tra 24/04/2020.");
    assert_snapshot!(with(chosen), @"Ket qua ho so H32-1 se gui qua buu dien, theo dang ky. Hen tra 24/04/2020.");
    assert_snapshot!(with(receipt), @"Xin loi, ghi nham: ho so H32-1 con thieu 1 giay to. Hen tra 24/04/2020.");
}

/// A sweep that comes late may remind of several things at once.
#[test]
fn several_things_are_reminded_of_in_one_message_with_the_first_of_their_days() {
    let reminded = |reason: &str, day| Event::WaitReminded { reason: reason.into(), until: at(day, 17) };
    let things = vec![
        awaited(Reason::Originals, 2, Some(29)),
        awaited(Reason::Supplement, 3, Some(28)),
        awaited(Reason::Fee, 0, Some(29)),
        awaited(Reason::Originals, 1, Some(28)),
        awaited(Reason::Supplement, 0, Some(27)),
        awaited(Reason::Supplement, 1, Some(28)),
    ];
    let still = told::awaiting(things);
    let with = |events: Vec<Event>| text(events, Some(&still));
    let (originals, supplement) = (reminded("originals", 29), reminded("supplement", 28));
    assert_snapshot!(with(vec![originals.clone(), reminded("fee", 29)]), @"Ho so H32-1 tam dung tinh han, cho 2 ban chinh, 7.000d phi, le phi den het 29/04/2020.");
    assert_snapshot!(with(vec![originals.clone(), supplement.clone(), reminded("fee", 29)]), @"Ho so H32-1 tam dung tinh han, cho 2 ban chinh, 4 giay to, 7.000d phi, le phi den het 28/04/2020.");
    assert_snapshot!(with(vec![originals.clone(), reminded("originals", 28)]), @"Ho so H32-1 tam dung tinh han, cho 3 ban chinh den het 28/04/2020.");
    // Two things of one reason until one instant have one event. The number of a supplement without names is unknown.
    assert_snapshot!(with(vec![supplement.clone()]), @"Ho so H32-1 can bo sung 4 giay to den het 28/04/2020.");
    assert_snapshot!(with(vec![supplement.clone(), reminded("supplement", 27)]), @"Ho so H32-1 can bo sung giay to den het 27/04/2020.");
    assert_snapshot!(with(vec![originals.clone(), supplement, reminded("supplement", 27)]), @"Ho so H32-1 tam dung tinh han, cho 2 ban chinh, giay to den het 27/04/2020.");
    // There is no reminder of things that came in since.
    assert_snapshot!(with(vec![originals, reminded("fee", 30)]), @"Ho so H32-1 tam dung tinh han, cho 2 ban chinh den het 29/04/2020.");
}

#[test]
fn of_two_news_that_no_rule_joins_the_more_telling_is_told_or_the_later_of_equals() {
    let closed = Event::Closed { reason: String::new(), article: String::new(), at: at(30, 9) };
    // The dossier was reopened before anybody was told.
    let reminded = Event::WaitReminded { reason: "originals".into(), until: at(29, 17) };
    let still = told::awaiting(vec![awaited(Reason::Originals, 2, Some(29))]);
    assert_snapshot!(text(vec![reminded.clone(), closed.clone()], Some(&still)), @"Ho so H32-1 bi dung xu ly tu 30/04/2020.");
    assert_eq!(text(vec![closed.clone(), reminded], Some(&still)), text(vec![closed], None));
    let (posted, delivered) = (
        Event::ResultPosted { item_code: "CE123456789VN".into(), free: None },
        Event::ResultDelivered { at: at(25, 16) },
    );
    assert_eq!(text(vec![posted, delivered.clone()], None), text(vec![delivered], None));
    assert_eq!(text(vec![resumed(due(24)), paid()], None), text(vec![resumed(due(24))], None));
}
