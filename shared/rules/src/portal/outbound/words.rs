//! Words of a step, as citizens read them at a portal. They name no person.

use crate::dossier::spoken;
use crate::dossier::{Dossier, Event, ResultKind};
use crate::language::Language;
use crate::vietnam::written;
use crate::vnd::{Vnd, grouped};

/// Returns the words for a dossier that came into another state by an event that has none of its own.
pub(super) fn status(dossier: &Dossier) -> String {
    let [vietnamese, _] = spoken::status(&dossier.stage);
    vietnamese.to_owned()
}

/// Returns the words for an event; `None` if it moves nothing that an applicant waits for.
pub(super) fn of(event: &Event) -> Option<String> {
    let words = match event {
        Event::Accepted { .. } => "Tiếp nhận hồ sơ".to_owned(),
        Event::IntakeRefused { reason } => format!("Không tiếp nhận hồ sơ: {reason}"),
        Event::IntakeSupplementRequested { reason, .. } => format!("Yêu cầu bổ sung trước khi tiếp nhận: {reason}"),
        Event::IntakeCompleted { .. } => "Đã nhận đủ giấy tờ bổ sung".to_owned(),
        Event::SupplementRequested { reason, .. } => format!("Yêu cầu bổ sung: {reason}"),
        Event::ClockPaused { awaited, .. } | Event::AwaitedAdded { awaited, .. } => {
            format!("Dừng tính thời gian giải quyết, chờ {}", spoken::reason(&awaited.reason, Language::Vi))
        }
        Event::PapersReceived { .. } => "Đã nhận giấy tờ".to_owned(),
        Event::SupplementReceived { .. } => "Đã nhận bổ sung".to_owned(),
        Event::DocumentReceived { .. } => "Đã nhận văn bản của cơ quan khác".to_owned(),
        Event::PartlyReceived { received, missing, .. } => {
            format!("Đã nhận {received}/{} giấy tờ, vẫn dừng tính", received + missing)
        }
        Event::AwaitedWaived { .. } => "Không cần chờ giấy tờ nữa".to_owned(),
        Event::ClockResumed { due, promised, .. } => match promised.or(*due) {
            Some(due) => format!("Tiếp tục giải quyết, hẹn trả kết quả {}", written(due.on)),
            None => "Tiếp tục giải quyết".to_owned(),
        },
        Event::PauseVoided { due, .. } => match due {
            Some(due) => format!("Không dừng tính, hẹn trả kết quả vẫn là {}", written(due.on)),
            None => "Không dừng tính".to_owned(),
        },
        Event::WaitMissed { until, .. } => {
            format!("Quá hạn chờ bổ sung ({})", crate::vietnam::date(*until))
        }
        Event::DueCounted { due, .. } => format!("Hẹn trả kết quả {}", written(due.on)),
        Event::Recounted(recounted) => {
            let due = recounted.promised.or(recounted.due)?;
            format!("Hẹn trả kết quả {} do lịch làm việc thay đổi", written(due.on))
        }
        Event::FeePaid { amount_vnd, .. } => format!("Đã thu {}", dong(*amount_vnd)),
        Event::FeePartPaid { amount_vnd, .. } => format!("Đã thu một phần: {}", dong(*amount_vnd)),
        Event::StepEntered { by_acceptance: false, .. } => "Chuyển bước xử lý".to_owned(),
        Event::Forwarded { .. } => "Chuyển người xử lý".to_owned(),
        Event::PutToLeader { .. } => "Trình lãnh đạo".to_owned(),
        Event::ReturnedToDesk => "Chuyển về bộ phận một cửa".to_owned(),
        Event::ResultReady { result: ResultKind::Positive, .. } => "Đã có kết quả".to_owned(),
        Event::ResultReady { result: ResultKind::Negative, reason, .. } => {
            format!("Không đủ điều kiện giải quyết: {}", reason.as_deref().unwrap_or("xem văn bản từ chối"))
        }
        Event::PartHandedOut { .. } => "Đã trả một phần kết quả".to_owned(),
        Event::HandedOut { .. } => "Đã trả kết quả".to_owned(),
        Event::ResultPosted { .. } => "Đã gửi kết quả qua bưu điện".to_owned(),
        Event::ResultDelivered { .. } => "Bưu điện đã phát kết quả".to_owned(),
        Event::DeliveryFailed { why, .. } => {
            format!("Bưu điện chưa phát được kết quả: {}", Language::Vi.pick(why.said()))
        }
        Event::ResultUndelivered => "Bưu điện chuyển hoàn kết quả".to_owned(),
        Event::ResultReissued { reason } => format!("Cấp lại kết quả: {reason}"),
        Event::Withdrawn { reason, .. } => format!("Rút hồ sơ: {reason}"),
        Event::Closed { reason, article, .. } => format!("Dừng xử lý: {reason} ({article})"),
        Event::Reopened { reason, .. } => format!("Mở lại hồ sơ: {reason}"),
        Event::Apologised { promised, reason, .. } => {
            format!("Xin lỗi và hẹn lại ngày trả kết quả {}: {reason}", written(promised.on))
        }
        Event::Submitted { .. }
        | Event::AcceptanceLate
        | Event::ClockStarted { .. }
        | Event::WaitCounted { .. }
        | Event::GapMet { .. }
        | Event::ReceiptCorrected { .. }
        | Event::OriginalsAnnounced { .. }
        | Event::FilesAnnounced { .. }
        | Event::FilingChanged { .. }
        | Event::StillAwaited { .. }
        | Event::WaitReminded { .. }
        | Event::FeeAsked { .. }
        | Event::FeeOwed { .. }
        | Event::MoneyAttached { .. }
        | Event::PaymentFailed { .. }
        | Event::PaymentSetAside { .. }
        | Event::ArrivalKept { .. }
        | Event::StepEntered { by_acceptance: true, .. }
        | Event::ContactCorrected { .. }
        | Event::ReturnChosen { .. }
        | Event::AddressAsked { .. }
        | Event::AddressConfirmed { .. }
        | Event::ParcelMade { .. }
        | Event::ParcelTakenOff { .. }
        | Event::DatesDiffer { .. }
        | Event::DatesSettled { .. }
        | Event::SlipReplaced { .. } => return None,
    };
    Some(words)
}

fn dong(amount: Vnd) -> String {
    format!("{} đồng", grouped(amount.dong(), '.'))
}
