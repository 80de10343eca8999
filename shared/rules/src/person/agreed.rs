//! Agreements made on the phone.

use serde::{Deserialize, Serialize};

/// An agreement that a person made on the phone. It is kept with the person's consent only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreed {
    /// The address on record is right.
    AddressConfirmed,
    /// They file online from now on, and were told how.
    WillFileOnline,
    /// They want the result by public post.
    WantsPost,
    /// They were told of the post and do not want it.
    WantsNoPost,
}

impl Agreed {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AddressConfirmed, Self::WillFileOnline, Self::WantsPost, Self::WantsNoPost];

    /// Returns its name in forms and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddressConfirmed => "address-confirmed",
            Self::WillFileOnline => "will-file-online",
            Self::WantsPost => "wants-post",
            Self::WantsNoPost => "wants-no-post",
        }
    }

    /// Returns the one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|agreed| agreed.name() == name)
    }
}
