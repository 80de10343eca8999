//! Names of addresses: keyed hashes, which show nothing and are the same for the same address.

use crate::id::AgencyCode;
use crate::message::Outlet;
use crate::worklist::SearchKey;

/// Returns the name of an address of an outlet, a number or a mailbox.
#[must_use]
pub fn address(key: &SearchKey, agency: &AgencyCode, outlet: Outlet, written: &str) -> String {
    key.caller(agency, &["address", outlet.name(), &written.to_lowercase()])
}
