//! The words of the core's own terms, in Vietnamese and in English.

use rules::clock::{Measure, Policy};
use rules::dossier::{Because, FeeState, PaperState, StretchKind};
use rules::language::Both;

/// State of a fee.
#[must_use]
pub fn fee(state: FeeState) -> Both {
    match state {
        FeeState::Open => ["chưa nộp", "open"],
        FeeState::Paid => ["đã nộp", "paid"],
        FeeState::Waived => ["được miễn", "waived"],
        FeeState::Superseded => ["đã yêu cầu lại", "asked again"],
    }
}

/// State of a paper.
#[must_use]
pub fn paper(state: PaperState) -> Both {
    match state {
        PaperState::Received => ["đã nhận bản chính", "original received"],
        PaperState::Waived => ["được miễn", "waived"],
    }
}

/// State of the clock in a stretch of time.
#[must_use]
pub fn stretch(kind: StretchKind) -> Both {
    match kind {
        StretchKind::Running => ["đang tính", "runs"],
        StretchKind::Paused => ["dừng tính", "stood"],
        StretchKind::Annulled => ["không tính (tính lại từ đầu)", "annulled (counted anew)"],
        StretchKind::PausedAfterDue => ["dừng tính sau hạn, hạn giữ nguyên", "stood after the due date, which stays"],
        StretchKind::Void => ["hủy dừng tính", "void pause"],
    }
}

/// Effect of the receipt that ends a pause.
#[must_use]
pub fn policy(policy: Policy) -> Both {
    match policy {
        Policy::Resume => ["rồi tính tiếp", "then resumes"],
        Policy::Restart => ["rồi tính lại từ đầu", "then restarts"],
    }
}

/// Unit in which time is counted.
#[must_use]
pub fn unit(unit: Measure) -> Both {
    match unit {
        Measure::WorkingDays => ["ngày làm việc", "working days"],
        Measure::CalendarDays => ["ngày", "days"],
        Measure::Months => ["tháng", "months"],
        Measure::WorkingHours => ["giờ làm việc", "working hours"],
        Measure::WorkingMinutes => ["phút làm việc", "working minutes"],
    }
}

/// Reason why money belongs to nobody yet.
#[must_use]
pub fn because(because: Because) -> Both {
    match because {
        Because::UnknownReference => ["không tìm thấy hồ sơ theo mã", "no dossier has this reference"],
        Because::OtherChannel => ["mã thuộc kênh khác", "the reference is another channel's"],
        Because::AmountDiffers => ["số tiền khác số phải nộp", "another amount than was asked"],
        Because::AlreadyPaid => ["đã nộp trước đó", "paid before"],
        Because::Waived => ["khoản này đã được miễn", "the fee was waived"],
        Because::NotOpen => ["hồ sơ đã kết thúc", "the dossier is over"],
        Because::Suspected => ["cổng thanh toán nghi gian lận", "the gateway suspects fraud"],
        Because::Reversed => ["cổng thanh toán đã hoàn tiền", "the gateway gave it back"],
        Because::Conflict => ["trùng giao dịch, khác nội dung", "same transaction, other content"],
    }
}
