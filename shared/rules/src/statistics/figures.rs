//! Shares and averages, each with its numerator and denominator in words.

use serde::Serialize;

use super::{Class, Tally};
use crate::dossier::Filing;

/// The definition of a figure, and its source.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Short name.
    pub name: &'static str,
    /// Title in Vietnamese and in English.
    pub title: [&'static str; 2],
    /// The things counted, in both languages.
    pub numerator: [&'static str; 2],
    /// The things they are counted among, in both languages.
    pub denominator: [&'static str; 2],
    /// The instrument it comes from.
    pub source: &'static str,
    /// The unit of its value.
    pub scale: Scale,
    count: fn(&Tally) -> u64,
    among: fn(&Tally) -> u64,
}

/// The unit of a figure's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Basis points: 10,000 is all of them, 9,876 is 98.76 %.
    BasisPoints,
    /// Hundredths of a point for each dossier.
    HundredthsOfAPoint,
}

/// A figure of a tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The figure's short name.
    pub name: &'static str,
    /// The number counted.
    pub count: u64,
    /// The number it is counted among.
    pub among: u64,
    /// The quotient on the figure's scale, rounded half up; `None` if there is nothing to divide by.
    pub value: Option<u64>,
    /// The unit of `value`.
    pub scale: Scale,
}

/// Every figure.
pub const FIGURES: [Definition; 10] = [
    Definition {
        name: "in_time_of_finished",
        title: ["Tỷ lệ giải quyết trước và đúng hạn", "Finished in time"],
        numerator: ["hồ sơ có kết quả trước hạn và đúng hạn", "dossiers finished early or on time"],
        denominator: ["hồ sơ có kết quả và có ngày hẹn trả", "finished dossiers that had a due date"],
        source: "cách tính thường gặp, không có văn bản",
        scale: Scale::BasisPoints,
        count: in_time,
        among: finished,
    },
    Definition {
        name: "early_of_finished",
        title: ["Tỷ lệ giải quyết trước hạn", "Finished early"],
        numerator: ["hồ sơ có kết quả trước hạn", "dossiers finished on a day before the due date"],
        denominator: ["hồ sơ có kết quả và có ngày hẹn trả", "finished dossiers that had a due date"],
        source: "cách tính thường gặp, không có văn bản",
        scale: Scale::BasisPoints,
        count: |tally| tally.of(Class::Early),
        among: finished,
    },
    Definition {
        name: "in_time_of_received",
        title: ["Tỷ lệ giải quyết đúng hạn trên tiếp nhận", "Finished in time, of all received"],
        numerator: ["hồ sơ có kết quả trước hạn và đúng hạn", "dossiers finished early or on time"],
        denominator: [
            "mọi hồ sơ đã tiếp nhận trong kỳ và kỳ trước chuyển sang",
            "all dossiers received in the period or carried over",
        ],
        source: "NĐ 61/2018/NĐ-CP Điều 30",
        scale: Scale::BasisPoints,
        count: in_time,
        among: Tally::all,
    },
    Definition {
        name: "finished_of_received",
        title: ["Tỷ lệ đã giải quyết", "Finished, of all received"],
        numerator: ["hồ sơ có kết quả và có ngày hẹn trả", "finished dossiers that had a due date"],
        denominator: [
            "mọi hồ sơ đã tiếp nhận trong kỳ và kỳ trước chuyển sang",
            "all dossiers received in the period or carried over",
        ],
        source: "cách tính thường gặp, không có văn bản",
        scale: Scale::BasisPoints,
        count: finished,
        among: Tally::all,
    },
    Definition {
        name: "late_of_running",
        title: ["Tỷ lệ đang giải quyết quá hạn", "Running late"],
        numerator: ["hồ sơ đang giải quyết đã quá hạn", "dossiers not finished whose date is over"],
        denominator: ["hồ sơ đang giải quyết và đang tính hạn", "dossiers not finished whose clock runs"],
        source: "cách tính thường gặp, không có văn bản",
        scale: Scale::BasisPoints,
        count: |tally| tally.of(Class::RunningLate),
        among: |tally| tally.of(Class::RunningLate) + tally.of(Class::RunningInTime),
    },
    Definition {
        name: "index_766_in_time",
        title: ["Tiến độ giải quyết theo Bộ chỉ số 766", "In time by index 766"],
        numerator: [
            "hồ sơ trong hạn tại thời điểm kết thúc, hoặc tại thời điểm báo cáo nếu chưa kết thúc",
            "dossiers in time when they ended or, still open, at the reporting instant",
        ],
        denominator: ["hồ sơ xác định được hạn", "dossiers against which a date can be held"],
        source: "QĐ 766/QĐ-TTg năm 2022",
        scale: Scale::BasisPoints,
        count: |tally| tally.in_time_766,
        among: |tally| tally.in_time_766 + tally.overdue_766,
    },
    Definition {
        name: "index_766_online",
        title: ["Tỷ lệ hồ sơ trực tuyến theo Bộ chỉ số 766", "Online by index 766"],
        numerator: ["hồ sơ nộp trực tuyến tiếp nhận trong kỳ", "dossiers filed online and received in the period"],
        denominator: [
            "hồ sơ nộp trực tuyến và nộp trực tiếp tiếp nhận trong kỳ, không kể kỳ trước chuyển sang",
            "dossiers filed online or at the desk and received in the period, none carried over",
        ],
        source: "QĐ 766/QĐ-TTg năm 2022",
        scale: Scale::BasisPoints,
        count: |tally| tally.received_through(Filing::Online),
        among: |tally| tally.received_through(Filing::Online) + tally.received_through(Filing::Desk),
    },
    Definition {
        name: "index_766_paid_online",
        title: ["Tỷ lệ thanh toán trực tuyến theo Bộ chỉ số 766", "Paid online by index 766"],
        numerator: [
            "hồ sơ đã nộp phí, lệ phí qua kênh thanh toán, không nộp tiền mặt",
            "dossiers whose fee was paid through a channel, and nothing in cash",
        ],
        denominator: ["hồ sơ phải nộp phí, lệ phí", "dossiers for which a fee was asked and not waived"],
        source: "QĐ 766/QĐ-TTg năm 2022",
        scale: Scale::BasisPoints,
        count: |tally| tally.paid_online,
        among: |tally| tally.fee_asked,
    },
    Definition {
        name: "points_for_time",
        title: ["Điểm thời gian giải quyết", "Points for the time taken"],
        numerator: [
            "2 điểm mỗi hồ sơ trước hạn, 1 điểm mỗi hồ sơ đúng hạn, 0 điểm nếu quá hạn",
            "2 for a dossier finished early, 1 for one on time, 0 for one late",
        ],
        denominator: ["hồ sơ có kết quả và có ngày hẹn trả", "finished dossiers that had a due date"],
        source: "TT 01/2018/TT-VPCP Điều 13",
        scale: Scale::HundredthsOfAPoint,
        count: |tally| tally.points_for_time,
        among: finished,
    },
    Definition {
        name: "points_for_supplements",
        title: ["Điểm số lần yêu cầu bổ sung", "Points for the supplements asked"],
        numerator: [
            "2 điểm nếu không yêu cầu bổ sung, 1 điểm nếu một lần, 0 điểm nếu nhiều hơn",
            "2 for a dossier without a request for a supplement, 1 for one with one, 0 for more",
        ],
        denominator: ["hồ sơ có kết quả và có ngày hẹn trả", "finished dossiers that had a due date"],
        source: "TT 01/2018/TT-VPCP Điều 13",
        scale: Scale::HundredthsOfAPoint,
        count: |tally| tally.points_for_supplements,
        among: finished,
    },
];

impl Definition {
    /// Computes the figure of a tally.
    #[must_use]
    pub fn of(&self, tally: &Tally) -> Figure {
        let (count, among) = ((self.count)(tally), (self.among)(tally));
        let whole = match self.scale {
            Scale::BasisPoints => 10_000,
            Scale::HundredthsOfAPoint => 100,
        };
        Figure { name: self.name, count, among, value: quotient(count, among, whole), scale: self.scale }
    }
}

/// Returns `count / among` in parts of `whole`, rounded half up.
fn quotient(count: u64, among: u64, whole: u128) -> Option<u64> {
    let among = u128::from(among);
    let doubled = (u128::from(count) * whole * 2 + among).checked_div(among * 2)?;
    u64::try_from(doubled).ok()
}

fn in_time(tally: &Tally) -> u64 {
    tally.of(Class::Early) + tally.of(Class::OnTime)
}

fn finished(tally: &Tally) -> u64 {
    in_time(tally) + tally.of(Class::Late)
}

/// The grade of an agency by its points of all criteria (TT 01/2018/TT-VPCP art. 13). Two of them are counted here;
/// people are asked for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Under 6 points, "yếu".
    Weak,
    /// From 6, "trung bình".
    Average,
    /// From 9, "khá".
    Fair,
    /// From 12, "tốt".
    Good,
    /// From 15, "xuất sắc".
    Excellent,
}

impl Grade {
    /// Returns the grade of a total in hundredths of a point.
    #[must_use]
    pub fn of(hundredths: u64) -> Self {
        match hundredths {
            0..600 => Self::Weak,
            600..900 => Self::Average,
            900..1_200 => Self::Fair,
            1_200..1_500 => Self::Good,
            1_500.. => Self::Excellent,
        }
    }
}
