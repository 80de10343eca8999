//! Every command that a dossier may be given, sensible or not.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn papers() -> impl Strategy<Value = Vec<String>> {
    let paper = select(vec!["BC.01", "BC.02", "DK.01", "opinion"]).prop_map(str::to_owned);
    prop_oneof![9 => prop::collection::vec(paper, 0..4), 1 => Just(vec![String::new(); 2]), 1 => Just(vec!["x".repeat(90); 50])]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![8 => Just("có lý do".to_owned()), 1 => Just(String::new()), 1 => Just("ư".repeat(501))]
}

fn reasons() -> impl Strategy<Value = Reason> {
    select(vec!["originals", "supplement", "fee", "opinion", "inspection"]).prop_map(Reason::from)
}

fn payments() -> impl Strategy<Value = Action> {
    let outcome = select(vec![
        PaymentOutcome::Paid,
        PaymentOutcome::Paid,
        PaymentOutcome::Failed("24".into()),
        PaymentOutcome::Suspected,
        PaymentOutcome::Reversed,
    ]);
    let amounts = select(vec![Some(dong(200_000)), Some(dong(200_000)), Some(dong(1)), None]);
    (0_u8..4, outcome, amounts, any::<bool>(), any::<bool>()).prop_map(
        |(attempt, outcome, amount_vnd, conflict, in_parts)| {
            Action::RecordPayment(Payment { outcome, amount_vnd, conflict, in_parts, ..payment(attempt, 0) })
        },
    )
}

pub(super) fn actions() -> impl Strategy<Value = Action> {
    let steps = select(vec!["appraisal", "signing", "return", "none"]);
    let kinds = select(vec![ResultKind::Positive, ResultKind::Negative]);
    let codes = select(vec![None, Some("000.00.01.H32-200415-0001".to_owned())]);
    prop_oneof![
        3 => codes.prop_map(|code| Action::Accept { code }),
        1 => words().prop_map(|reason| Action::RefuseIntake { reason }),
        3 => (papers(), words()).prop_map(|(papers, reason)| Action::RequestSupplement { papers, reason }),
        3 => (reasons(), papers()).prop_map(|(reason, papers)| Action::PauseClock { reason, papers }),
        3 => select(vec![0_u64, 200_000]).prop_map(ask_fee),
        4 => payments(),
        2 => (0_u8..4, select(vec!["momo", "vnpay"])).prop_map(|(attempt, channel)| ask_again(attempt, channel)),
        2 => (0_u8..4, select(vec![1_u64, 199_999, 200_000])).prop_map(|(attempt, amount)| cash(attempt, amount, "01")),
        2 => (0_u8..4, any::<bool>(), words()).prop_map(|(attempt, pays, because)| Action::AttachMoney {
            payment: payment(0, 150_000),
            attempt: pays.then_some(attempt),
            because,
        }),
        5 => papers().prop_map(|papers| Action::RecordReceipt { papers, minutes_no: "1".into(), by_post: false }),
        3 => (papers(), select(vec![None, None, Some(Reason::Originals), Some(Reason::Supplement), Some(Reason::Fee)]), words())
            .prop_map(|(papers, awaited_as, because)| Action::CorrectReceipt { papers, awaited_as, because }),
        1 => (0..9_usize).prop_map(|files| Action::AnnounceFiles { files }),
        1 => (any::<bool>(), 0..9_usize).prop_map(|(by_post, files)| Action::ChangeFiling {
            procedure: None,
            returns_by_post: Some(by_post),
            files,
        }),
        3 => (reasons(), papers(), words()).prop_map(|(reason, papers, document_no)| Action::RecordDocument {
            reason,
            papers,
            document_no,
            issued_on: "2020-04-15".parse().unwrap(),
        }),
        1 => (any::<bool>(), any::<bool>(), words()).prop_map(|(address, phone, because)| Action::CorrectContact {
            whose: Whose::Filer,
            address,
            phone,
            consent: Consent::Phone,
            because,
        }),
        1 => any::<bool>().prop_map(choose_return),
        4 => papers().prop_map(|papers| Action::RecordSupplement { papers }),
        1 => papers().prop_map(|papers| Action::AnnounceOriginals { papers, by_post: None }),
        3 => (reasons(), papers(), words())
            .prop_map(|(reason, papers, because)| Action::Waive { reason, papers, because }),
        1 => words().prop_map(|because| Action::VoidPause { because }),
        3 => steps.prop_map(enter),
        1 => words().prop_map(|to| Action::Forward { to }),
        1 => words().prop_map(|to| Action::PutToLeader { to }),
        1 => Just(Action::ReturnToDesk),
        1 => Just(Action::ReplaceSlip),
        1 => (kinds, words()).prop_map(|(kind, reason)| Action::RecordResult { kind, reason: Some(reason) }),
        1 => any::<bool>().prop_map(hand_out),
        1 => words().prop_map(|item_code| Action::PostResult { item_code }),
        1 => Just(Action::RecordDelivery),
        1 => Just(Action::RecordUndelivered),
        1 => words().prop_map(|reason| Action::Withdraw { reason }),
        1 => words().prop_map(|reason| Action::ReissueResult { reason }),
        1 => words().prop_map(|reason| Action::Close { reason, article: "Điều 5".into() }),
        2 => words().prop_map(|reason| Action::Reopen { reason }),
        2 => select(vec!["2020-05-29", "2022-03-31", "2030-01-01"]).prop_map(apologise),
        8 => Just(Action::Wake),
    ]
}
