//! The words of the desk, in Vietnamese and in English.

mod events;
mod fields;
mod people;

use motcua::clock::{Measure, Policy};
use motcua::dossier::{Because, FeeState, Filing, Phase, ResultKind, StretchKind};

use crate::permission::Role;

pub(crate) use events::{Names, narrated};
pub(crate) use fields::{choice, complaint, field, of_command, reason};

/// A text in both languages.
pub(crate) type Both = [&'static str; 2];

/// Where a dossier stands.
pub(crate) fn phase(phase: Phase) -> Both {
    match phase {
        Phase::New => ["", ""],
        Phase::Submitted => ["Mới nộp", "Submitted"],
        Phase::Incomplete => ["Chờ bổ sung trước tiếp nhận", "Supplement awaited before acceptance"],
        Phase::Accepted => ["Đã tiếp nhận", "Accepted"],
        Phase::InProgress => ["Đang xử lý", "In progress"],
        Phase::Paused => ["Dừng tính", "Paused"],
        Phase::Done => ["Có kết quả", "Result ready"],
        Phase::InPost => ["Đang gửi bưu điện", "In the post"],
        Phase::Returned => ["Đã trả kết quả", "Returned"],
        Phase::NotAccepted => ["Không tiếp nhận", "Not accepted"],
        Phase::Withdrawn => ["Đã rút", "Withdrawn"],
        Phase::Closed => ["Dừng xử lý", "Closed"],
    }
}

impl Role {
    /// What somebody is at the office.
    pub(crate) fn told(self, lang: motcua::message::Language) -> &'static str {
        let both = match self {
            Self::Clerk => ["cán bộ một cửa", "clerk"],
            Self::Specialist => ["chuyên viên", "specialist"],
            Self::Manager => ["lãnh đạo", "manager"],
            Self::Administrator => ["quản trị", "administrator"],
        };
        super::layout::pick(lang, both)
    }
}

/// The way in.
pub(crate) fn filing(filing: Filing) -> Both {
    match filing {
        Filing::Desk => ["Tại quầy", "At the desk"],
        Filing::Online => ["Trực tuyến", "Online"],
        Filing::Post => ["Qua bưu điện", "By post"],
    }
}

/// How a result turned out.
pub(crate) fn result(kind: ResultKind) -> Both {
    match kind {
        ResultKind::Positive => ["đủ điều kiện, có kết quả", "granted"],
        ResultKind::Negative => ["không đủ điều kiện giải quyết", "not eligible"],
    }
}

/// What became of a fee.
pub(crate) fn fee(state: FeeState) -> Both {
    match state {
        FeeState::Open => ["chưa nộp", "open"],
        FeeState::Paid => ["đã nộp", "paid"],
        FeeState::Waived => ["được miễn", "waived"],
        FeeState::Superseded => ["đã yêu cầu lại", "asked again"],
    }
}

/// What the clock did.
pub(crate) fn stretch(kind: StretchKind) -> Both {
    match kind {
        StretchKind::Running => ["chạy", "ran"],
        StretchKind::Paused => ["dừng tính", "stood"],
        StretchKind::Annulled => ["chạy, không kể nữa", "ran, annulled"],
        StretchKind::PausedAfterDue => ["dừng tính sau hạn, hạn giữ nguyên", "stood after the due date, which stays"],
        StretchKind::Void => ["không dừng (đã bỏ)", "did not stand (void)"],
    }
}

/// What the receipt that ends a pause does.
pub(crate) fn policy(policy: Policy) -> Both {
    match policy {
        Policy::Resume => ["rồi tính tiếp", "then resumes"],
        Policy::Restart => ["rồi tính lại từ đầu", "then restarts"],
    }
}

/// What time is counted in.
pub(crate) fn unit(unit: Measure) -> Both {
    match unit {
        Measure::WorkingDays => ["ngày làm việc", "working days"],
        Measure::CalendarDays => ["ngày", "days"],
        Measure::Months => ["tháng", "months"],
        Measure::WorkingHours => ["giờ làm việc", "working hours"],
        Measure::WorkingMinutes => ["phút làm việc", "working minutes"],
    }
}

/// Why money is nobody's yet.
pub(crate) fn because(because: Because) -> Both {
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
