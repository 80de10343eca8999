//! Keys that open all of a dossier to whoever has no account.

use rules::language::Both;
use rules::token::Purpose;
use serde::{Deserialize, Serialize};

/// A key that opens all of a dossier to whoever has no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    /// The digits of a telephone, an identity paper or the slip.
    Digits,
    /// A link of this purpose. A mail scanner that opens it is counted like a person.
    Link(Purpose),
}

impl Through {
    /// Returns the words for whoever came by it.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Digits => ["Người có giấy hẹn hoặc biết 4 số", "Somebody with the slip or the four digits"],
            Self::Link(Purpose::See) => {
                ["Người mở liên kết trong tin nhắn", "Somebody who opened the link of a message"]
            }
            Self::Link(Purpose::Pay) => {
                ["Người mở liên kết nộp tiền trong tin nhắn", "Somebody who opened the link to pay of a message"]
            }
            Self::Link(Purpose::Address) => {
                ["Người mở liên kết xác nhận địa chỉ", "Somebody who opened the link to the address"]
            }
            Self::Link(Purpose::Post) => {
                ["Người mở liên kết chọn cách nhận kết quả", "Somebody who opened the link to the return of the result"]
            }
            Self::Link(Purpose::Supplement) => {
                ["Người mở liên kết gửi giấy tờ", "Somebody who opened the link to papers"]
            }
            Self::Link(Purpose::Preferences) => {
                ["Người mở liên kết đổi cách nhận tin", "Somebody who opened the link to preferences"]
            }
            Self::Link(Purpose::Unsubscribe) => {
                ["Người mở liên kết thôi nhận tin", "Somebody who opened the link that ends messages"]
            }
            Self::Link(Purpose::Preview) => {
                ["Cán bộ, bằng trang “Xem như người dân”", "A member of staff, by “See it as the citizen does”"]
            }
        }
    }
}
