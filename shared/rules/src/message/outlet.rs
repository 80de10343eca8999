//! The ways by which a message leaves.

/// A way by which a message leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outlet {
    /// A text to a mobile number.
    Sms,
}

impl Outlet {
    /// All outlets, in the order in which a commit leaves by them.
    pub const ALL: [Self; 1] = [Self::Sms];

    /// Returns the outlet's name in the key of a message.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
        }
    }

    /// Returns the outlet of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outlet| outlet.name() == name)
    }
}
