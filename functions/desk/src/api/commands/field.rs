//! What the body of a command holds: read by the API, drawn as a form, and told in the API's description.

/// One member of a command's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub is: Is,
    /// Whether it must be there.
    pub needed: bool,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    /// One line of text.
    Line,
    /// A person's name, one line.
    Name,
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
