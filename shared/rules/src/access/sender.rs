//! The name under which the tries of one address are counted.

use std::net::{IpAddr, Ipv6Addr};

use data_encoding::HEXLOWER;

use crate::id::AgencyCode;
use crate::keyed::keyed;
use crate::signature::Key;

/// The part of an address of IPv6 that belongs to one household: whoever has one has all behind it.
const HOUSEHOLD: u128 = u128::MAX << 64;

/// Returns the name of a sender: a keyed hash of the address that our own door saw. `None` is everybody without one.
#[must_use]
pub fn sender(key: &Key, agency: &AgencyCode, address: Option<IpAddr>) -> String {
    let address = address.map(|address| match address.to_canonical() {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() & HOUSEHOLD).to_string(),
    });
    HEXLOWER.encode(&keyed(key, "sender", agency, &[address.unwrap_or_default().as_bytes()]))
}
