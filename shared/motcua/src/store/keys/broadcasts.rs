//! Keys of broadcasts and of their receivers.

use super::Key;
use rules::id::AgencyCode;

/// Beginning of the sort keys of broadcasts in their list.
pub(in crate::store) const BROADCAST: &str = "broadcast#";
/// Beginning of the sort keys of receivers.
const TO: &str = "to#";
/// The part of a partition key before the number of a broadcast.
const OF: &str = "#broadcast#";

impl Key {
    /// Returns the partition of an agency's broadcasts, in the order of numbers.
    #[must_use]
    pub fn broadcasts_pk(agency: &AgencyCode) -> String {
        format!("{agency}#broadcasts")
    }

    /// Returns the key of one of them.
    #[must_use]
    pub fn broadcast(agency: &AgencyCode, number: u32) -> Self {
        Self { pk: Self::broadcasts_pk(agency), sk: format!("{BROADCAST}{number:06}") }
    }

    /// Returns the index partition of the broadcasts that move by themselves.
    #[must_use]
    pub fn moving_broadcasts_pk(agency: &AgencyCode) -> String {
        format!("{agency}#broadcasting")
    }

    /// Returns the index partition of the broadcasts that wait for somebody to release them.
    #[must_use]
    pub fn ready_broadcasts_pk(agency: &AgencyCode) -> String {
        format!("{agency}#person#broadcast")
    }

    /// Returns the partition of the receivers of a broadcast, and of their addresses.
    #[must_use]
    pub fn receivers_pk(agency: &AgencyCode, number: u32) -> String {
        format!("{agency}{OF}{number:06}")
    }

    /// Returns the beginning of the sort keys of the receivers that were found in one gathering.
    #[must_use]
    pub fn receivers(round: u32) -> String {
        format!("{TO}{round:04}#")
    }

    /// Returns the key of one receiver; `name` is the keyed hash of the person.
    #[must_use]
    pub fn receiver(agency: &AgencyCode, (number, round): (u32, u32), name: &str) -> Self {
        Self { pk: Self::receivers_pk(agency, number), sk: format!("{}{name}", Self::receivers(round)) }
    }

    /// Returns the key of the claim on an address; `address` is its keyed hash.
    #[must_use]
    pub fn address(agency: &AgencyCode, (number, round): (u32, u32), address: &str) -> Self {
        Self { pk: Self::receivers_pk(agency, number), sk: format!("at#{round:04}#{address}") }
    }

    /// Returns the number of a broadcast, its gathering and the name of the person, if this is the key of a receiver.
    #[must_use]
    pub fn receiver_of(&self) -> Option<(u32, u32, &str)> {
        let (_, number) = self.pk.split_once(OF)?;
        let (round, name) = self.sk.strip_prefix(TO)?.split_once('#')?;
        Some((number.parse().ok()?, round.parse().ok()?, name))
    }

    /// Returns the index partition of the receivers of a broadcast who are being told at this moment, or wait for another
    /// try. No clock is ever read from it, so that none waits behind a broadcast.
    #[must_use]
    pub fn send_pk(agency: &AgencyCode, number: u32) -> String {
        format!("{agency}#send#{number:06}")
    }
}
