//! Reasons and endings in words, in the two languages.

use jiff::civil::Date;

use super::super::{Actor, Phase};
use super::history::Promise;
use crate::catalogue::Reason;
use crate::clock::Policy;
use crate::vietnam::written;

/// Names an awaited thing as a citizen calls it: in Vietnamese, in English.
pub(super) fn awaited(reason: &Reason, papers: usize) -> [String; 2] {
    match (reason, papers) {
        (Reason::Originals, 1) => ["chờ nộp 1 bản chính".into(), "1 original awaited".into()],
        (Reason::Originals, n) => [format!("chờ nộp {n} bản chính"), format!("{n} originals awaited")],
        (Reason::Supplement, 0) => ["chờ bổ sung hồ sơ".into(), "a supplement awaited".into()],
        (Reason::Supplement, 1) => ["chờ bổ sung 1 giấy tờ".into(), "a supplement of 1 paper awaited".into()],
        (Reason::Supplement, n) => [format!("chờ bổ sung {n} giấy tờ"), format!("a supplement of {n} papers awaited")],
        (Reason::Fee, _) => ["chờ nộp phí, lệ phí".into(), "a fee awaited".into()],
        (Reason::Further(name), _) => match &**name {
            "opinion" => ["chờ ý kiến của cơ quan khác".into(), "the opinion of another agency awaited".into()],
            "inspection" => ["chờ kết quả kiểm tra thực tế".into(), "an inspection awaited".into()],
            // The procedure gave it no words but its name.
            name => [format!("chờ: {name}"), format!("awaited: {name}")],
        },
    }
}

/// Says why a count began: with the clock (`None`), or with the receipt that ended a pause.
pub(super) fn begun(after: Option<Policy>, fee_first: bool) -> (&'static str, [String; 2]) {
    match after {
        None if fee_first => {
            ("started", ["bắt đầu tính khi nộp đủ phí, lệ phí".into(), "started by the payment".into()])
        }
        None => ("started", ["bắt đầu tính khi tiếp nhận".into(), "started by acceptance".into()]),
        Some(Policy::Resume) => ("resumed", ["tính tiếp khi nhận đủ".into(), "continued by the receipt".into()]),
        Some(Policy::Restart) => {
            ("restarted", ["tính lại từ đầu khi nhận đủ".into(), "begun afresh by the receipt".into()])
        }
    }
}

/// Says how a dossier that is over ended; `None` for one that is open.
pub(super) fn ended(phase: Phase, on: &str) -> Option<[String; 2]> {
    match phase {
        Phase::Done | Phase::InPost | Phase::Returned => {
            Some([format!("có kết quả ngày {on}"), format!("the result was ready on {on}")])
        }
        Phase::Withdrawn => Some([format!("hồ sơ được rút ngày {on}"), format!("withdrawn on {on}")]),
        Phase::Closed => Some([format!("dừng xử lý ngày {on}"), format!("closed on {on}")]),
        Phase::New
        | Phase::Submitted
        | Phase::Incomplete
        | Phase::Accepted
        | Phase::InProgress
        | Phase::Paused
        | Phase::NotAccepted => None,
    }
}

/// Words the apology with the day that it named, and the day that holds now if something moved it.
pub(super) fn promised(now: Date, promise: Option<&Promise>) -> [String; 2] {
    let named = written(promise.map_or(now, |promise| promise.named));
    let said = [format!("đã xin lỗi và hẹn lại ngày {named}"), format!("with an apology, promised for {named}")];
    if promise.is_none_or(|promise| promise.named == now) {
        return said;
    }
    let why = match promise.is_some_and(|promise| promise.by_tables) {
        true => ["lịch nghỉ hoặc giờ làm việc thay đổi", "days off or office hours changed"],
        false => ["dừng tính", "the clock stood"],
    };
    let [vi, en] = said;
    [
        format!("{vi}; sau đó chuyển sang ngày {} vì {}", written(now), why[0]),
        format!("{en}; then moved to {}, since {}", written(now), why[1]),
    ]
}

/// Names the actor.
pub(super) fn actor(actor: &Actor) -> [String; 2] {
    match actor {
        Actor::Staff(who) => [format!("cán bộ {who}"), format!("staff {who}")],
        Actor::Portal(id) => [format!("cổng {id}"), format!("portal {id}")],
        Actor::Post(id) => [format!("bưu chính {id}"), format!("postal operator {id}")],
        Actor::Applicant => ["người dân".into(), "the applicant".into()],
        Actor::Gateway(id) => [format!("kênh thanh toán {id}"), format!("payment channel {id}")],
        Actor::Takeover(who) => [format!("chuyển từ phần mềm cũ, {who}"), format!("the earlier software, {who}")],
        Actor::Sweep => ["hệ thống tự động".into(), "the scheduled sweep".into()],
    }
}
