//! The ways by which a message leaves.

use serde::{Deserialize, Serialize};

use crate::language::Both;

/// A way by which a message leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outlet {
    /// A text to a mobile number.
    Sms,
    /// A letter to an e-mail address.
    Email,
    /// A text to a mobile number by a gateway of the province: its own brand name at the networks, or Zalo.
    Https,
}

impl Outlet {
    /// All outlets. An agency names those that it uses, in its own order.
    pub const ALL: [Self; 3] = [Self::Sms, Self::Email, Self::Https];

    /// Returns the outlet's name in the key of a message and in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Https => "https",
        }
    }

    /// Returns the outlet of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outlet| outlet.name() == name)
    }

    /// Returns its name for people.
    #[must_use]
    pub const fn said(self) -> Both {
        match self {
            Self::Sms => ["SMS", "SMS"],
            Self::Email => ["Thư điện tử", "E-mail"],
            Self::Https => ["Cổng tin nhắn", "Message gateway"],
        }
    }

    /// Whether it makes a telephone ring, at night too. A letter lies in its box until somebody looks.
    #[must_use]
    pub const fn rings(self) -> bool {
        match self {
            Self::Sms | Self::Https => true,
            Self::Email => false,
        }
    }
}
