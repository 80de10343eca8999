//! Reasons why something does not happen to a broadcast.

use super::stage::{Act, Stage};

/// A reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot happen at this stage.
    #[error("{act:?} does not follow {at:?}")]
    NotNow {
        /// The act that was asked for.
        act: Act,
        /// The stage.
        at: Stage,
    },
    /// The person wrote it, and so many receivers need a second one.
    #[error("whoever wrote it does not release it")]
    Own {
        /// The number of people it goes to.
        people: u64,
        /// The number above which a second person is needed.
        above: u64,
    },
    /// It would reach nobody.
    #[error("it would reach nobody")]
    Nobody,
    /// It was changed since the person looked at it.
    #[error("it was changed meanwhile")]
    Changed,
    /// A reason is needed.
    #[error("no reason was given")]
    NoReason,
    /// It went back and forth so often that a new one must be written.
    #[error("its history is full")]
    TooMuch,
}

impl Refusal {
    /// Returns what is to be done, in Vietnamese and in English.
    #[must_use]
    pub fn said(&self) -> [String; 2] {
        match self {
            Self::NotNow { act, at } => {
                let ([vi, en], [at_vi, at_en]) = (act.said(), at.said());
                [
                    format!("Không thực hiện được “{vi}” khi tin đang ở trạng thái “{at_vi}”."),
                    format!("“{en}” is not possible while the broadcast is in the state “{at_en}”."),
                ]
            }
            Self::Own { people, above } => [
                format!(
                    "Tin gửi đến {people} người, quá {above} người, nên phải do một lãnh đạo khác duyệt; người soạn hoặc \
                     người sửa cuối không tự duyệt được."
                ),
                format!(
                    "It goes to {people} people, which is more than {above}: another manager must release it, not the \
                     one who wrote it or changed it last."
                ),
            ],
            Self::Nobody => [
                "Tin này không đến được ai. Hãy trả lại để sửa đối tượng nhận.".to_owned(),
                "It would reach nobody. Return it and change whom it is for.".to_owned(),
            ],
            Self::Changed => [
                "Tin đã được sửa sau khi trang này mở. Hãy xem lại rồi mới duyệt.".to_owned(),
                "It was changed after this page was opened. Look at it again before you release it.".to_owned(),
            ],
            Self::NoReason => {
                ["Hãy ghi lý do trả lại.".to_owned(), "Write the reason for which it is returned.".to_owned()]
            }
            Self::TooMuch => [
                "Tin này đã sửa quá nhiều lần. Hãy hủy và soạn tin mới.".to_owned(),
                "It went back and forth too often. Cancel it and write a new one.".to_owned(),
            ],
        }
    }
}
