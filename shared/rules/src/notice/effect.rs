//! Effects of a notice: what it grants, asks or announces, from a day to a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::language::Both;

/// Mail that is carried free of charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mail {
    /// Results on their way to people.
    Results,
    /// Originals on their way to the office.
    Originals,
    /// Both.
    Both,
}

impl Mail {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Results, Self::Originals, Self::Both];

    /// Returns its name in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Results => "results",
            Self::Originals => "originals",
            Self::Both => "both",
        }
    }

    /// Whether it covers this mail.
    #[must_use]
    pub fn covers(self, mail: Self) -> bool {
        self == Self::Both || self == mail
    }
}

/// Effect of a notice while it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
#[expect(missing_docs, reason = "each variant says what its fields hold")]
pub enum Measure {
    /// The post carries this mail free of charge for the sender or receiver outside the office.
    FreePostage { of: Mail },
    /// Originals are to be sent by post instead of being brought. A pause for originals cites the notice.
    OriginalsByPost,
    /// Visitors are advised, in Vietnamese and in English.
    Advice { vi: String, en: String },
    /// Staff guide people to file online.
    Guidance,
    /// The desk is closed. That is no day off, and the office's limits run on, unless `article` says that they do not.
    /// A wait of an applicant that would end meanwhile ends on the next open day, unless `waits_run`.
    Closed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        article: Option<String>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        waits_run: bool,
    },
    /// The desk is open for some only, as the text says.
    Restricted { vi: String, en: String },
    /// The office is at another place, perhaps under another name and telephone.
    Moved {
        to: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        telephone: Option<String>,
    },
    /// The online services are down, at these hours of the first and the last day.
    Outage { hours: String },
}

impl Measure {
    /// Every name, in the order of forms.
    pub const NAMES: [&'static str; 8] =
        ["free_postage", "originals_by_post", "advice", "guidance", "closed", "restricted", "moved", "outage"];

    /// Returns its name, which is stored and never changes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FreePostage { .. } => "free_postage",
            Self::OriginalsByPost => "originals_by_post",
            Self::Advice { .. } => "advice",
            Self::Guidance => "guidance",
            Self::Closed { .. } => "closed",
            Self::Restricted { .. } => "restricted",
            Self::Moved { .. } => "moved",
            Self::Outage { .. } => "outage",
        }
    }

    /// Returns the words for a kind of measure, by its name.
    #[must_use]
    pub fn called(name: &str) -> Both {
        match name {
            "free_postage" => ["Miễn cước bưu chính", "Free postage"],
            "originals_by_post" => ["Gửi bản chính qua bưu điện", "Originals by post"],
            "advice" => ["Khuyến cáo người đến", "Advice for visitors"],
            "guidance" => ["Hướng dẫn nộp trực tuyến", "Guidance to file online"],
            "closed" => ["Tạm ngừng tiếp tại quầy", "Desk closed"],
            "restricted" => ["Hạn chế tiếp tại quầy", "Desk restricted"],
            "moved" => ["Chuyển địa điểm", "Office moved"],
            "outage" => ["Ngừng hệ thống có kế hoạch", "Planned outage"],
            _ => ["Biện pháp", "Measure"],
        }
    }

    /// Returns a sentence for people, without its days.
    #[must_use]
    pub fn said(&self) -> [String; 2] {
        match self {
            Self::FreePostage { of } => match of {
                Mail::Results => [
                    "Gửi trả kết quả qua bưu điện được miễn cước.".into(),
                    "Results are sent by post free of charge.".into(),
                ],
                Mail::Originals => [
                    "Gửi bản chính đến cơ quan qua bưu điện được miễn cước.".into(),
                    "Originals are sent to the office by post free of charge.".into(),
                ],
                Mail::Both => [
                    "Gửi bản chính và nhận kết quả qua bưu điện được miễn cước.".into(),
                    "Originals and results are sent by post free of charge.".into(),
                ],
            },
            Self::OriginalsByPost => [
                "Hồ sơ cần bản chính: xin gửi qua bưu điện, không cần đến.".into(),
                "If originals are needed, send them by post; there is no need to come.".into(),
            ],
            Self::Advice { vi, en } => [vi.clone(), if en.is_empty() { vi.clone() } else { en.clone() }],
            Self::Guidance => [
                "Xin nộp hồ sơ trực tuyến; cán bộ hướng dẫn qua điện thoại.".into(),
                "Please file online; staff will guide you on the phone.".into(),
            ],
            Self::Closed { article: None, .. } => [
                "Quầy tạm ngừng tiếp. Hồ sơ vẫn được giải quyết, hạn của cơ quan vẫn tính.".into(),
                "The desk is closed. Dossiers are settled all the same, and the office's limits run on.".into(),
            ],
            Self::Closed { article: Some(article), .. } => [
                format!("Quầy tạm ngừng tiếp, các ngày này không tính vào thời hạn ({article})."),
                format!("The desk is closed, and these days do not count ({article})."),
            ],
            Self::Restricted { vi, en } => [vi.clone(), if en.is_empty() { vi.clone() } else { en.clone() }],
            Self::Moved { to, telephone } => {
                let call = telephone.as_ref().map(|it| [format!(", điện thoại {it}"), format!(", telephone {it}")]);
                let [vi, en] = call.unwrap_or_default();
                [format!("Địa điểm mới: {to}{vi}."), format!("The new place: {to}{en}.")]
            }
            Self::Outage { hours } => {
                [format!("Hệ thống trực tuyến tạm ngừng, {hours}."), format!("The online services are down, {hours}.")]
            }
        }
    }
}

/// A measure with its days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// The first day.
    pub from: Date,
    /// The last day; `None` if it is not known yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Effect {
    /// Whether it runs on a day.
    #[must_use]
    pub fn runs_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it shares a day with another.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.until.is_none_or(|until| other.from <= until) && other.until.is_none_or(|until| self.from <= until)
    }
}
