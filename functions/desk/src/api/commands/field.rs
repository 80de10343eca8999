//! Members of a command's body: read by the API, drawn as a form, and shown in the API's description.

use rules::limits::{LONGEST_ACCOUNT, LONGEST_ADDRESS, LONGEST_CODE, LONGEST_DOCUMENT_NO, LONGEST_NAME, LONGEST_TEXT};

/// One member of a command's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub is: Is,
    /// Whether it must be there.
    pub needed: bool,
}

/// Kind of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    /// A code or another short text, one line.
    Line,
    /// A person's name or e-mail address, one line.
    Name,
    /// The number of an identity paper, one line.
    IdentityNo,
    /// The number of hand-over minutes or of another body's document, one line.
    DocumentNo,
    /// An address, one line.
    Address,
    /// A phone number, one line.
    Phone,
    /// Text of several lines.
    Prose,
    /// Codes of papers, a list.
    Papers,
    /// Whole đồng, a number.
    Amount,
    /// Yes or no.
    Flag,
    /// A day, `yyyy-MM-dd`.
    Day,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// An open channel of the agency.
    Channel,
    /// A step of the procedure.
    Step,
    /// `originals`, or a reason for a pause that the procedure lists.
    PauseReason,
    /// The reason of something that is awaited now.
    AwaitedReason,
    /// The number of an attempt to collect a fee that is open.
    Attempt,
    /// The account of a member of staff.
    Account,
}

impl Is {
    /// The most characters of a text; `None` if it is no text, or is chosen from a few.
    pub(crate) const fn longest(self) -> Option<usize> {
        match self {
            Self::Line | Self::Channel | Self::Step | Self::PauseReason | Self::AwaitedReason => Some(LONGEST_CODE),
            Self::Name | Self::Phone | Self::IdentityNo => Some(LONGEST_NAME),
            Self::DocumentNo => Some(LONGEST_DOCUMENT_NO),
            Self::Address => Some(LONGEST_ADDRESS),
            Self::Account => Some(LONGEST_ACCOUNT),
            Self::Prose => Some(LONGEST_TEXT),
            Self::Papers | Self::Amount | Self::Flag | Self::Day | Self::OneOf(_) | Self::Attempt => None,
        }
    }
}

impl Field {
    /// A member that must be there.
    pub(crate) const fn needed(name: &'static str, is: Is) -> Self {
        Self { name, is, needed: true }
    }

    /// A member that may be absent.
    pub(crate) const fn optional(name: &'static str, is: Is) -> Self {
        Self { name, is, needed: false }
    }
}
