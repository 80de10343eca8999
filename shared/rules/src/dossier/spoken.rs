//! The words in which citizens and staff read how a dossier stands: its state, and the time left until the date that holds.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Dossier, Overdue, Phase, Punctuality, Stage};
use crate::catalogue::Reason;
use crate::clock::Calendar;
use crate::language::{Both, Language};
use crate::vietnam;

/// Returns the state of a dossier as citizens read it at the national portal (`TrangThaiHoSo`).
#[must_use]
pub fn status(stage: &Stage) -> Both {
    const FEE: u8 = 6;
    match stage {
        Stage::Paused(_) if stage.portal_status() == FEE => {
            ["Yêu cầu thực hiện nghĩa vụ tài chính", "A fee is asked for"]
        }
        Stage::Paused(_) | Stage::Incomplete(_) => ["Yêu cầu bổ sung giấy tờ", "Papers are asked for"],
        Stage::Done { .. } | Stage::InPost { .. } => phase(Phase::Done),
        Stage::Submitted
        | Stage::Running(_)
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn
        | Stage::Closed(_) => phase(stage.phase()),
    }
}

/// Returns the phase of a dossier, in the portal's words where the portal has the same state.
#[must_use]
pub fn phase(phase: Phase) -> Both {
    match phase {
        Phase::New => ["", ""],
        Phase::Submitted => ["Mới đăng ký", "Submitted"],
        Phase::Incomplete => ["Chờ bổ sung (chưa tiếp nhận)", "Supplement awaited before acceptance"],
        Phase::Accepted => ["Được tiếp nhận", "Accepted"],
        Phase::InProgress => ["Đang xử lý", "In progress"],
        Phase::Paused => ["Dừng tính", "Paused"],
        Phase::Done => ["Đã xử lý xong", "Result ready"],
        Phase::InPost => ["Đang gửi bưu điện", "In the post"],
        Phase::Returned => ["Đã trả kết quả", "Returned"],
        Phase::NotAccepted => ["Không được tiếp nhận", "Not accepted"],
        Phase::Withdrawn => ["Công dân yêu cầu rút hồ sơ", "Withdrawn"],
        Phase::Closed => ["Dừng xử lý", "Closed"],
    }
}

/// Names what a pause waits for.
#[must_use]
pub fn reason(reason: &Reason, lang: Language) -> &str {
    let both = match reason {
        Reason::Originals => ["bản chính", "originals"],
        Reason::Supplement => ["bổ sung hồ sơ", "a supplement"],
        Reason::Fee => ["phí, lệ phí", "a fee"],
        Reason::Further(name) => match &**name {
            "opinion" => ["ý kiến của cơ quan khác", "the opinion of another agency"],
            "inspection" => ["kiểm tra, thẩm định thực tế", "an inspection"],
            name => return name,
        },
    };
    lang.pick(both)
}

/// Writes an instant with its hour first, as a limit within a day is told: `13:35 ngày 04/05/2020`.
#[must_use]
pub fn moment(at: Timestamp, lang: Language) -> String {
    match lang {
        Language::Vi => format!("{} ngày {}", vietnam::civil(at).strftime("%H:%M"), vietnam::date(at)),
        Language::En => vietnam::date_time(at),
    }
}

/// Says how much time is left until the date that holds, or by how much it was missed.
#[must_use]
pub fn left(dossier: &Dossier, overdue: &Overdue, calendar: &Calendar, now: Timestamp, lang: Language) -> String {
    let to_go = || dossier.due().map(|due| to_go(due.on, calendar, now, lang)).unwrap_or_default();
    match &overdue.punctuality {
        Punctuality::Late { working_days } if overdue.ended_at.is_some() => ended(Some(*working_days), lang),
        Punctuality::InTime if overdue.ended_at.is_some() => ended(None, lang),
        Punctuality::Late { working_days } => late(*working_days, lang),
        Punctuality::DueSoon => {
            format!("{}, {}", lang.pick(["sắp đến hạn", "due soon"]), to_go())
        }
        Punctuality::InTime => to_go(),
        Punctuality::NotCounted { years } => {
            let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            format!("{} {years}", lang.pick(["chưa có lịch nghỉ chính thức năm", "no official holidays of"]))
        }
        Punctuality::NotStarted => lang.pick(["chưa tính thời hạn", "the clock has not started"]).to_owned(),
        Punctuality::Paused => lang.pick(["kết thúc khi đang dừng tính", "ended while the clock stood"]).to_owned(),
    }
}

/// Says that a dossier is late, and by how much.
#[must_use]
pub fn late(working_days: Option<u32>, lang: Language) -> String {
    match working_days.filter(|days| *days > 0) {
        None => lang.pick(["quá hạn", "late"]).to_owned(),
        Some(days) if lang == Language::En => format!("late by {days} working days"),
        Some(days) => format!("quá hạn {days} ngày làm việc"),
    }
}

/// Says of a dossier that is over whether it was on time at its end, or by how many working days it was not.
#[must_use]
pub fn ended(late_by: Option<Option<u32>>, lang: Language) -> String {
    match late_by.map(|days| days.filter(|days| *days > 0)) {
        None => lang.pick(["kết thúc đúng hạn", "ended on time"]).to_owned(),
        Some(None) => lang.pick(["kết thúc trễ hạn", "ended late"]).to_owned(),
        Some(Some(days)) if lang == Language::En => format!("ended late by {days} working days"),
        Some(Some(days)) => format!("kết thúc trễ {days} ngày làm việc"),
    }
}

/// Counts the working days that are left until a due date.
#[must_use]
pub fn to_go(due: Date, calendar: &Calendar, now: Timestamp, lang: Language) -> String {
    match (calendar.working_days_between(vietnam::day(now), due), lang) {
        (Ok(0), _) => lang.pick(["hạn là hôm nay", "due today"]).to_owned(),
        (Ok(days), Language::Vi) => format!("còn {days} ngày làm việc"),
        (Ok(1), Language::En) => "1 working day left".to_owned(),
        (Ok(days), Language::En) => format!("{days} working days left"),
        (Err(_), _) => lang.pick(["chưa có lịch nghỉ chính thức", "no official holidays yet"]).to_owned(),
    }
}
