//! Reasons why the post could not deliver (Postal Law 49/2010/QH12 art. 17).

use serde::{Deserialize, Serialize};

use crate::language::Both;

/// Reason why a parcel was not delivered, in the order of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// There is no address, or a wrong one.
    NoAddress,
    /// The receiver moved and left no new address.
    Moved,
    /// Nobody of this name was found at the address.
    NotFound,
    /// The receiver was invited at least twice, two working days apart, and did not come.
    Absent,
    /// The receiver refuses it.
    Refused,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::NoAddress, Self::Moved, Self::NotFound, Self::Absent, Self::Refused];

    /// Returns its number in the article, which is its name in our contract with operators.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::NoAddress => 1,
            Self::Moved => 2,
            Self::NotFound => 3,
            Self::Absent => 4,
            Self::Refused => 5,
        }
    }

    /// Returns the one of that number.
    #[must_use]
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.number() == number)
    }

    /// Returns it in people's words.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::NoAddress => ["không có địa chỉ, hoặc địa chỉ sai", "no address, or a wrong one"],
            Self::Moved => ["người nhận đã chuyển đi", "the receiver has moved"],
            Self::NotFound => ["không tìm thấy người nhận", "the receiver was not found"],
            Self::Absent => {
                ["mời nhận nhiều lần, người nhận không đến", "invited several times, the receiver did not come"]
            }
            Self::Refused => ["người nhận từ chối", "the receiver refused it"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_the_number_of_the_article() {
        assert_eq!(Why::ALL.map(Why::number), [1, 2, 3, 4, 5]);
        assert!(Why::ALL.iter().all(|why| Why::numbered(why.number()) == Some(*why)));
        assert_eq!((Why::numbered(0), Why::numbered(6)), (None, None));
    }
}
