//! The time line of a dossier, newest first, in a citizen's words. What happens inside the office is left out, and so are
//! the accounts of its people.

use maud::{Markup, html};
use rules::dossier::{CASH, Event, Filing, Recorded, ResultKind, spoken};
use rules::vietnam;

use super::All;
use crate::frame::Frame;

/// The most lines of a page.
const MOST: usize = 20;

/// Writes the time line.
pub(super) fn shown(frame: &Frame<'_>, all: &All) -> Markup {
    let lines: Vec<_> = all.history.iter().flat_map(|commit| of_commit(frame, commit)).collect();
    let left_out = lines.len().saturating_sub(MOST);
    html! {
        h2 { (frame.say(["Diễn biến", "What happened"])) }
        ul { @for (at, told) in lines.iter().rev().take(MOST) { li { (at) ": " bdi { (told) } } } }
        @if left_out > 0 { p.small.soft {
            (frame.say(["Còn ", "And "])) (left_out) (frame.say([" việc trước đó.", " things before that."]))
        } }
    }
}

/// The lines of one commit, each with its time.
fn of_commit(frame: &Frame<'_>, commit: &Recorded) -> Vec<(String, String)> {
    let at = vietnam::date_time(commit.recorded_at);
    commit.events.iter().filter_map(|event| told(frame, event)).map(|told| (at.clone(), told)).collect()
}

/// The sentence of an event; `None` if it says nothing to a citizen, or another of its commit says it.
pub(super) fn told(frame: &Frame<'_>, event: &Event) -> Option<String> {
    let say = |vi: &str, en: &str| Some(frame.say([vi, en]).to_owned());
    let because = |both: [&str; 2], why: &str| Some(format!("{}: {why}", frame.say(both)));
    match event {
        Event::Submitted { filing, .. } => {
            let way = match filing {
                Filing::Desk => ["tại Bộ phận Một cửa", "at the one-stop desk"],
                Filing::Online => ["trực tuyến", "online"],
                Filing::Post => ["qua bưu điện", "by post"],
            };
            Some(format!("{} {}", frame.say(["Nộp hồ sơ", "Filed"]), frame.say(way)))
        }
        Event::Accepted { .. } => say("Tiếp nhận hồ sơ", "Accepted"),
        Event::IntakeRefused { reason } => because(["Không được tiếp nhận", "Not accepted"], reason),
        Event::IntakeSupplementRequested { reason, .. } | Event::SupplementRequested { reason, .. } => {
            because(["Yêu cầu bổ sung", "A supplement was asked for"], reason)
        }
        Event::IntakeCompleted { .. } => say("Đã bổ sung đủ", "The supplement is complete"),
        Event::ClockPaused { awaited, .. } => Some(format!(
            "{} {}",
            frame.say(["Tạm dừng tính thời hạn, chờ", "The count stopped, to wait for"]),
            spoken::reason(&awaited.reason, frame.lang)
        )),
        Event::AwaitedAdded { awaited, .. } => {
            let what = spoken::reason(&awaited.reason, frame.lang);
            Some(format!("{} {what}", frame.say(["Chờ thêm", "Also awaited:"])))
        }
        Event::ClockResumed { .. } => say("Tính tiếp thời hạn", "The count went on"),
        Event::PauseVoided { .. } => say("Hủy việc tạm dừng tính", "The pause was void"),
        Event::PapersReceived { papers, copies, .. } => {
            let count = papers.len() + copies.len();
            Some(frame.say([&format!("Nhận {count} giấy tờ"), &format!("{count} papers received")]).to_owned())
        }
        Event::OriginalsAnnounced { by_post: Some(true), .. } => {
            say("Báo gửi giấy tờ qua bưu điện", "Papers were said to come by post")
        }
        Event::OriginalsAnnounced { by_post: Some(false), .. } => {
            say("Báo đem giấy tờ đến quầy", "Papers were said to come to the desk")
        }
        Event::ReceiptCorrected { .. } => say("Sửa ghi nhận giấy tờ", "A receipt of papers was corrected"),
        Event::SupplementReceived { .. } => say("Nhận hồ sơ bổ sung", "The supplement came in"),
        Event::DocumentReceived { .. } => say("Nhận văn bản của cơ quan khác", "Another agency's document came in"),
        Event::AwaitedWaived { because: why, .. } => because(["Không cần nộp nữa", "Not needed any more"], why),
        Event::WaitReminded { .. } | Event::StillAwaited { .. } => {
            say("Nhắc việc đang chờ", "A reminder of what is awaited")
        }
        Event::WaitMissed { .. } => say("Hết hạn chờ", "The wait ended"),
        _ => later(frame, event),
    }
}

/// The same for fees, the result and the end.
fn later(frame: &Frame<'_>, event: &Event) -> Option<String> {
    let say = |vi: &str, en: &str| Some(frame.say([vi, en]).to_owned());
    let because = |both: [&str; 2], why: &str| Some(format!("{}: {why}", frame.say(both)));
    match event {
        Event::FeeAsked { amount_vnd, .. } => {
            Some(format!("{} {amount_vnd}", frame.say(["Yêu cầu nộp", "Asked to pay"])))
        }
        Event::FeePaid { amount_vnd, channel, .. } | Event::FeePartPaid { amount_vnd, channel, .. } => {
            let how = if channel == CASH { ["tiền mặt", "in cash"] } else { ["qua mạng", "online"] };
            Some(format!("{} {amount_vnd} {}", frame.say(["Đã thu", "Paid"]), frame.say(how)))
        }
        Event::PaymentFailed { .. } => say("Một lần nộp tiền không thành", "A payment failed"),
        Event::StepEntered { by_acceptance: false, .. } => say("Chuyển bước xử lý", "The next step began"),
        Event::ResultReady { result: ResultKind::Positive, .. } => say("Đã có kết quả", "The result is ready"),
        Event::ResultReady { result: ResultKind::Negative, reason, .. } => because(
            ["Không đủ điều kiện giải quyết", "Not eligible"],
            reason.as_deref().unwrap_or_else(|| frame.say(["xem văn bản trả lời", "see the answer"])),
        ),
        Event::ReturnChosen { by_post: true, .. } => say("Chọn nhận kết quả qua bưu điện", "The post was chosen"),
        Event::ReturnChosen { by_post: false, .. } => {
            say("Chọn nhận kết quả tại Bộ phận Một cửa", "The desk was chosen for the result")
        }
        Event::AddressConfirmed { .. } => say("Xác nhận địa chỉ nhận kết quả", "The address was confirmed"),
        Event::ContactCorrected { .. } => say("Sửa địa chỉ, số điện thoại", "Address or telephone was corrected"),
        Event::SlipReplaced { .. } => say("Cấp lại giấy hẹn đã mất", "A lost slip was replaced"),
        Event::PartHandedOut { .. } => say("Trả một phần kết quả", "Part of the result was handed over"),
        Event::HandedOut { .. } => say("Đã trả kết quả", "The result was handed over"),
        Event::ResultPosted { .. } => say("Gửi kết quả qua bưu điện", "The result was posted"),
        Event::DeliveryFailed { why, .. } => {
            because(["Bưu điện chưa phát được", "The post could not deliver"], frame.say(why.said()))
        }
        Event::ResultDelivered { .. } => say("Bưu điện đã phát kết quả", "The post delivered the result"),
        Event::ResultUndelivered => say("Bưu điện chuyển hoàn kết quả", "The post brought the result back"),
        Event::ResultReissued { reason } => because(["Cấp lại kết quả", "The result is issued anew"], reason),
        Event::Withdrawn { .. } => say("Rút hồ sơ", "Withdrawn"),
        Event::Closed { reason, .. } => because(["Dừng xử lý", "Closed"], reason),
        Event::Reopened { .. } => say("Mở lại hồ sơ", "Opened again"),
        Event::Apologised { promised, .. } => Some(format!(
            "{} {}",
            frame.say(["Xin lỗi và hẹn lại ngày", "An apology, with the new date"]),
            vietnam::written(promised.on)
        )),
        Event::Recounted(it) => it.promised.or(it.due).map(|due| {
            let on = vietnam::written(due.on);
            format!("{} {on}", frame.say(["Lịch làm việc thay đổi, hẹn trả", "Days off changed; the result is due on"]))
        }),
        _ => None,
    }
}
