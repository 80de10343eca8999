//! Keys of what is kept about telling people: their wishes, and the messages of a day.

use jiff::civil::Date;

use super::Key;
use rules::id::AgencyCode;
use rules::message::Outlet;

impl Key {
    /// Returns the key of the wishes of one person; `name` is that of their call.
    #[must_use]
    pub fn wishes(agency: &AgencyCode, name: &str) -> Self {
        Self { sk: "wishes".into(), ..Self::call(agency, name) }
    }

    /// Returns the key of the list of what is told to a person on a day; `name` is that of their call.
    #[must_use]
    pub fn daily(agency: &AgencyCode, name: &str, day: Date) -> Self {
        Self { pk: format!("{agency}#daily#{name}"), sk: day.to_string() }
    }

    /// Returns the key of the number of messages that left by an outlet on a day.
    #[must_use]
    pub fn sent(agency: &AgencyCode, day: Date, outlet: Outlet) -> Self {
        Self { pk: format!("{agency}#sent#{day}"), sk: outlet.name().into() }
    }
}
