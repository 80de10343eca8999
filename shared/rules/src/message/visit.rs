//! Words of a day's notices to somebody who may come to the desk.

use jiff::civil::Date;

/// Advice to visitors, and whether the desk is open to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visit<'a> {
    /// Advice, in the language of the message, the oldest notice's first; of more than four the first ones.
    pub advice: [Option<&'a str>; 4],
    /// Why nobody is invited, if the desk is closed.
    pub closed: Option<Closed>,
    /// Whether the post carries originals to the office free of charge.
    pub sends_free: bool,
    /// Whether the result may come by post instead, which nobody has chosen yet. Whether that is free is granted with the
    /// choice, so the message does not say it.
    pub by_post: bool,
}

/// A closed desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The first day on which it is open again; `None` if that is not known yet.
    pub opens_on: Option<Date>,
}

impl<'a> Visit<'a> {
    /// Returns these pieces of advice, of too many the first.
    #[must_use]
    pub fn advised(advice: &[&'a str]) -> [Option<&'a str>; 4] {
        std::array::from_fn(|place| advice.get(place).copied())
    }

    /// A day without notices.
    pub const NONE: Visit<'static> = Visit { advice: [None; 4], closed: None, sends_free: false, by_post: false };
}
