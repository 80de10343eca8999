//! Words of a day's notices to somebody who may come to the desk.

use jiff::civil::Date;

/// Advice to visitors, and whether the desk is open to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visit<'a> {
    /// Advice, in the language of the message.
    pub advice: Option<&'a str>,
    /// Why nobody is invited, if the desk is closed.
    pub closed: Option<Closed>,
    /// Whether the post carries originals to the office free of charge.
    pub sends_free: bool,
}

/// A closed desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The first day on which it is open again; `None` if that is not known yet.
    pub opens_on: Option<Date>,
}

impl Visit<'_> {
    /// A day without notices.
    pub const NONE: Visit<'static> = Visit { advice: None, closed: None, sends_free: false };
}
