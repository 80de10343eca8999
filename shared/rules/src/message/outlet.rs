//! The ways by which a message leaves.

/// A way by which a message leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}
