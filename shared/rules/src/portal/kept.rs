//! Reasons why a message of a portal goes to a person.

use crate::dossier::Because;
use crate::language::Both;

/// The reason why a message is kept for a person, or waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The dossier is over.
    Over,
    /// The filing changed after the office had accepted it.
    AfterAcceptance,
    /// Only the portal that filed the dossier may tell this of it.
    OtherSource,
    /// A submission came once more with other content.
    OtherContent,
    /// A delivery id came once more with other content.
    OtherDelivery,
    /// A payment came, and the portal's entry names no channel for it.
    NoChannel,
    /// A payment came that cannot be read as one.
    Unreadable,
    /// A payment came that pays no fee.
    Money(Because),
}

impl Why {
    /// Every reason that is kept with a message, which money is not.
    pub const ALL: [Self; 7] = [
        Self::Over,
        Self::AfterAcceptance,
        Self::OtherSource,
        Self::OtherContent,
        Self::OtherDelivery,
        Self::NoChannel,
        Self::Unreadable,
    ];

    /// Returns the name it is kept under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::AfterAcceptance => "after_acceptance",
            Self::OtherSource => "other_source",
            Self::OtherContent => "other_content",
            Self::OtherDelivery => "other_delivery",
            Self::NoChannel => "no_channel",
            Self::Unreadable => "unreadable",
            Self::Money(_) => "money",
        }
    }

    /// Returns the reason of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }

    /// Returns the sentence for the desk; its English is the portal's too.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Over => ["Hồ sơ đã kết thúc.", "The dossier is over."],
            Self::AfterAcceptance => [
                "Người nộp sửa nội dung khi hồ sơ đã được tiếp nhận.",
                "What was filed cannot change after it was accepted.",
            ],
            Self::OtherSource => [
                "Hồ sơ do nguồn khác nộp; cổng này không được báo việc đó.",
                "Another source filed the dossier, and only that one may tell this of it.",
            ],
            Self::OtherContent => {
                ["Cổng nộp lại hồ sơ này với nội dung khác.", "The dossier was submitted before with other content."]
            }
            Self::OtherDelivery => [
                "Cổng gửi lại thông báo cùng mã với nội dung khác.",
                "The same delivery came before with other content.",
            ],
            Self::NoChannel => [
                "Có khoản nộp trên cổng, nhưng cấu hình của cổng chưa có kênh nhận tiền (payments).",
                "The entry of this portal names no channel for payments.",
            ],
            Self::Unreadable => {
                ["Có khoản nộp trên cổng mà không đọc được.", "The payment cannot be read and is kept as it came."]
            }
            Self::Money(because) => match because {
                Because::UnknownReference => ["Không khớp khoản nào.", "No fee has this reference."],
                Because::OtherChannel => {
                    ["Khoản này được yêu cầu qua kênh khác.", "The fee was asked for through another channel."]
                }
                Because::AmountDiffers => ["Số tiền khác số phải nộp.", "The amount is not the one asked for."],
                Because::AlreadyPaid => ["Khoản này đã được nộp.", "The fee was paid before."],
                Because::Waived => ["Khoản này đã được miễn.", "The fee was waived."],
                Because::NotOpen => ["Hồ sơ đã kết thúc.", "The dossier is over."],
                Because::Suspected => ["Nghi gian lận.", "The payment is suspected."],
                Because::Reversed => ["Tiền đã được hoàn.", "The money was given back."],
                Because::Conflict => {
                    ["Giao dịch này đã được báo với nội dung khác.", "The payment came before with other content."]
                }
            },
        }
    }
}
