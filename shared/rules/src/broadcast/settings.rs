//! Settings of an agency's broadcasts.

/// Receivers above which a second person must release a broadcast, if the agency says nothing.
const SECOND_PERSON_ABOVE: u64 = 50;
/// Messages of a minute, if the agency says nothing.
const A_MINUTE: u32 = 300;
/// The price of one part of an SMS in đồng, if the agency says nothing: what the networks ask of brand names.
const SMS_VND: u64 = 850;

/// The settings of an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The number of people above which nobody releases what they wrote themselves; `None` if everybody may, as in an
    /// agency with one manager.
    pub second_person_above: Option<u64>,
    /// The most messages of a minute.
    pub a_minute: u32,
    /// The price of one part of an SMS, in đồng.
    pub sms_vnd: u64,
}

impl Settings {
    /// The most messages of a minute that can be set: what one run has time for.
    pub const MOST_A_MINUTE: u32 = 3_000;
    /// The highest price of a part that can be set.
    pub const HIGHEST_VND: u64 = 100_000;
}

impl Default for Settings {
    fn default() -> Self {
        Self { second_person_above: Some(SECOND_PERSON_ABOVE), a_minute: A_MINUTE, sms_vnd: SMS_VND }
    }
}
