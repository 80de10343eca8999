//! A procedure in words: time, copies, and when a fee falls due.

use super::{FeeDue, Paper, PaperKind};
use crate::clock::{Allowance, Unit};
use crate::language::{Both, Language};

/// Returns the time that an office has, such as `5 ngày làm việc`.
#[must_use]
pub fn limit(allowance: Allowance, lang: Language) -> String {
    let [vi, one, many] = match allowance.unit {
        Unit::WorkingDays => ["ngày làm việc", "working day", "working days"],
        Unit::CalendarDays => ["ngày", "day", "days"],
        Unit::Months => ["tháng", "month", "months"],
        Unit::WorkingHours => ["giờ làm việc", "working hour", "working hours"],
    };
    format!("{} {}", allowance.n, lang.pick([vi, if allowance.n == 1 { one } else { many }]))
}

/// Returns the moment at which a fee falls due.
#[must_use]
pub fn fee_due(due: FeeDue) -> Both {
    match due {
        FeeDue::OnAcceptance => ["nộp khi tiếp nhận", "due at acceptance"],
        FeeDue::OnReturn => ["nộp khi trả kết quả", "due at return"],
    }
}

/// Returns the copies of a paper that are filed: `2 bản sao`.
#[must_use]
pub fn copies(paper: &Paper, lang: Language) -> String {
    let [vi, one, many] = match paper.kind {
        PaperKind::Original => ["bản chính", "original", "originals"],
        PaperKind::Copy => ["bản sao", "copy", "copies"],
    };
    format!("{} {}", paper.copies, lang.pick([vi, if paper.copies == 1 { one } else { many }]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_told_in_the_singular_in_english() {
        let told = |n, unit| [Language::Vi, Language::En].map(|lang| limit(Allowance { n, unit }, lang));
        assert_eq!(told(5, Unit::WorkingDays), ["5 ngày làm việc", "5 working days"]);
        assert_eq!(told(1, Unit::Months), ["1 tháng", "1 month"]);
        let two = Paper { copies: 2, kind: PaperKind::Copy, ..Paper::named("P1", "Đơn") };
        assert_eq!([Language::Vi, Language::En].map(|lang| copies(&two, lang)), ["2 bản sao", "2 copies"]);
        assert_eq!(copies(&Paper::named("P1", "Đơn"), Language::En), "1 original");
    }
}
