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
