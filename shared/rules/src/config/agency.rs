//! An agency, and the codes it has and had.

use crate::clock::{Calendar, OfficeHours};
use crate::id::AgencyCode;

/// One agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its code, such as `000.00.01.H32`.
    pub code: AgencyCode,
    /// The codes it had before, the first one first.
    pub formerly: Vec<AgencyCode>,
    /// Its full Vietnamese name.
    pub name: String,
    /// Beginning of its SMS: ASCII, at most 20 characters.
    pub sms_prefix: Option<String>,
    /// The name its SMS come from: 3 to 11 letters and digits, at least one letter. Networks in Vietnam show it only if
    /// it was registered in advance.
    pub sms_sender_id: Option<String>,
    /// The highest price of one SMS, in US dollars as a decimal; a dearer one is not sent.
    pub sms_max_price: Option<String>,
    /// Its office hours; the usual ones if the entry gives none.
    pub office_hours: OfficeHours,
    /// The channel through which the catalogue's fees are asked for; its only open one if the entry names none.
    pub default_channel: Option<String>,
    /// The series its vouchers are numbered in; [`super::DEFAULT_VOUCHER_SERIES`] if the entry names none.
    pub voucher_series: String,
    /// The official days off, with the tables that the configuration adds for all agencies and for this one.
    pub calendar: Calendar,
}

impl Agency {
    /// Returns the code that its keys in the table begin with: the first one it ever had. What is stored stays where it
    /// is when an agency is given another code, and is found by the same keys.
    #[must_use]
    pub fn key(&self) -> &AgencyCode {
        self.formerly.first().unwrap_or(&self.code)
    }

    /// Whether it has this code, or had it.
    #[must_use]
    pub fn answers_to(&self, code: &str) -> bool {
        self.codes().any(|own| own.as_str() == code)
    }

    /// Returns the code it has, and those it had.
    pub fn codes(&self) -> impl Iterator<Item = &AgencyCode> {
        std::iter::once(&self.code).chain(&self.formerly)
    }
}

/// Whether SNS takes this as the name of a sender.
pub(super) fn is_sender_id(text: &str) -> bool {
    (3..=11).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Whether this is a price of one message: up to two digits, and up to five decimals.
pub(super) fn is_price(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole, 2) && digits(decimals, 5) && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte))
}
