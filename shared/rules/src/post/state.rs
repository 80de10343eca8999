//! States of a parcel, and the sources that an operator's word comes from.

use serde::{Deserialize, Serialize};

use crate::language::Both;

/// State of a parcel, in the order in which they usually come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The operator knows of it.
    Ordered,
    /// The operator has it.
    Collected,
    /// It is on its way.
    InTransit,
    /// A postman carries it to the receiver.
    OutForDelivery,
    /// The postman came, and could not hand it over.
    AttemptFailed,
    /// It waits at a post office for the receiver.
    AtOffice,
    /// It is on its way back.
    Returning,
    /// Somebody took it.
    Delivered,
    /// It came back to the sender.
    Returned,
    /// It is lost.
    Lost,
    /// The order was cancelled.
    Cancelled,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Ordered,
        Self::Collected,
        Self::InTransit,
        Self::OutForDelivery,
        Self::AttemptFailed,
        Self::AtOffice,
        Self::Returning,
        Self::Delivered,
        Self::Returned,
        Self::Lost,
        Self::Cancelled,
    ];

    /// Whether nothing more is expected of it.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Delivered | Self::Returned | Self::Lost | Self::Cancelled => true,
            Self::Ordered
            | Self::Collected
            | Self::InTransit
            | Self::OutForDelivery
            | Self::AttemptFailed
            | Self::AtOffice
            | Self::Returning => false,
        }
    }

    /// Returns its name, also in our contract with operators (`post.<name>`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Collected => "collected",
            Self::InTransit => "in_transit",
            Self::OutForDelivery => "out_for_delivery",
            Self::AttemptFailed => "attempt_failed",
            Self::AtOffice => "at_office",
            Self::Returning => "returning",
            Self::Delivered => "delivered",
            Self::Returned => "returned",
            Self::Lost => "lost",
            Self::Cancelled => "cancelled",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Returns it in people's words.
    #[must_use]
    pub fn said(self) -> Both {
        match self {
            Self::Ordered => ["đã đặt bưu điện", "ordered"],
            Self::Collected => ["bưu điện đã nhận", "collected"],
            Self::InTransit => ["đang vận chuyển", "in transit"],
            Self::OutForDelivery => ["đang đi phát", "out for delivery"],
            Self::AttemptFailed => ["phát chưa thành", "delivery failed"],
            Self::AtOffice => ["chờ nhận tại bưu cục", "waiting at the post office"],
            Self::Returning => ["đang chuyển hoàn", "on its way back"],
            Self::Delivered => ["đã phát", "delivered"],
            Self::Returned => ["đã chuyển hoàn", "came back"],
            Self::Lost => ["thất lạc", "lost"],
            Self::Cancelled => ["đã hủy", "cancelled"],
        }
    }
}

/// The source of an operator's word. A later one is believed more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A sender who cannot sign.
    Unsigned,
    /// The operator's feed, which we asked for.
    Feed,
    /// A question about this parcel, which we asked.
    LookUp,
    /// A webhook that the operator signed.
    Signed,
    /// A clerk, who decides.
    Clerk,
}

/// Taker of a parcel. Operators tell names, which are not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// The receiver.
    Receiver,
    /// Somebody else.
    Other,
}
