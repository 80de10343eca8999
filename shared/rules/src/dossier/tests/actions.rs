//! Commands as the tests give them.

use super::*;

pub(super) fn enter(step: &str) -> Action {
    Action::EnterStep { step: step.into() }
}

pub(super) fn receipt(papers: &[&str]) -> Action {
    Action::RecordReceipt { papers: names(papers), minutes_no: "12/BBGN".into(), by_post: false }
}

pub(super) fn pause_for_originals(papers: &[&str]) -> Action {
    Action::PauseClock { reason: Reason::Originals, papers: names(papers) }
}

pub(super) fn ask_supplement(papers: &[&str]) -> Action {
    Action::RequestSupplement { papers: names(papers), reason: "thiếu chữ ký".into() }
}

pub(super) fn supplement(papers: &[&str]) -> Action {
    Action::RecordSupplement { papers: names(papers) }
}

pub(super) fn ask_fee(amount: u64) -> Action {
    Action::AskFee { channel: "vnpay".into(), amount_vnd: dong(amount) }
}

pub(super) fn payment(attempt: u8, amount: u64) -> Payment {
    Payment {
        channel: "vnpay".into(),
        identity: "14012345".into(),
        attempt,
        amount_vnd: Some(dong(amount)),
        outcome: PaymentOutcome::Paid,
        in_parts: false,
        conflict: false,
        after_reversal: false,
    }
}

pub(super) fn paid(attempt: u8, amount: u64) -> Action {
    Action::RecordPayment(payment(attempt, amount))
}

pub(super) fn ask_again(attempt: u8, channel: &str) -> Action {
    Action::AskAgain { attempt, channel: channel.into() }
}

pub(super) fn cash(attempt: u8, amount: u64, receipt_no: &str) -> Action {
    Action::RecordCash { attempt, amount_vnd: dong(amount), receipt_no: Some(receipt_no.into()) }
}

/// Attaches to this dossier money that was set aside.
pub(super) fn attach(payment: Payment, attempt: Option<u8>) -> Action {
    Action::AttachMoney { payment, attempt, because: "sao kê ngân hàng".into() }
}

pub(super) fn waive(reason: Reason, papers: &[&str]) -> Action {
    Action::Waive { reason, papers: names(papers), because: "đã có trong kho dữ liệu".into() }
}

/// Hands out to the applicant, who shows a citizen card.
pub(super) fn hand_out(part: bool) -> Action {
    Action::HandOut { part, to: Recipient::Applicant, shown: Identity::CitizenCard }
}

pub(super) fn take_back(papers: &[&str], awaited_as: Option<Reason>) -> Action {
    Action::CorrectReceipt { papers: names(papers), awaited_as, because: "ghi nhầm hồ sơ".into() }
}

pub(super) fn pause_for_opinion(of: &[&str]) -> Action {
    Action::PauseClock { reason: "opinion".into(), papers: names(of) }
}

pub(super) fn document(papers: &[&str]) -> Action {
    Action::RecordDocument {
        reason: "opinion".into(),
        papers: names(papers),
        document_no: "1234/SXD-QLN".into(),
        issued_on: "2020-04-15".parse().unwrap(),
    }
}

pub(super) fn correct_contact() -> Action {
    let because = "số nhà ghi sai".into();
    Action::CorrectContact { whose: Whose::Applicant, address: true, phone: false, consent: Consent::Phone, because }
}

pub(super) fn choose_return(by_post: bool) -> Action {
    Action::ChooseReturn { by_post, consent: Some(Consent::Phone) }
}

pub(super) fn positive() -> Action {
    Action::RecordResult { kind: ResultKind::Positive, reason: None }
}

pub(super) fn negative() -> Action {
    Action::RecordResult { kind: ResultKind::Negative, reason: Some("không đủ điều kiện".into()) }
}

pub(super) fn withdraw() -> Action {
    Action::Withdraw { reason: "không còn nhu cầu".into() }
}

pub(super) fn close() -> Action {
    Action::Close { reason: "hết thời hạn".into(), article: "TT 03/2025 mẫu 05".into() }
}

pub(super) fn reopen() -> Action {
    Action::Reopen { reason: "đóng nhầm".into() }
}

pub(super) fn void() -> Action {
    Action::VoidPause { because: "dừng nhầm hồ sơ".into() }
}

pub(super) fn apologise(new_due_on: &str) -> Action {
    Action::Apologise { reason: "chờ ý kiến".into(), new_due_on: new_due_on.parse().unwrap() }
}
