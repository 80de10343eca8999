//! The keys of messages.

use super::Key;
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;

const MESSAGE: &str = "message#";
const UNREAD: &str = "unread";

/// What the item of a message is about, within one version of a dossier. A receiver is 0, the applicant, or 1, the
/// filer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageOf {
    /// What the commit tells one receiver by one outlet.
    Commit {
        /// To whom.
        receiver: usize,
        /// By which way.
        outlet: Outlet,
    },
    /// What one event of the commit tells one receiver by SMS. No such item is begun any more; it stands where the
    /// commit was told before messages were named by their outlet.
    Event {
        /// The event's place among those of the commit.
        position: usize,
        /// To whom.
        receiver: usize,
    },
    /// Events that cannot be read yet.
    Unread,
}

impl Key {
    /// The message of one commit to one receiver by one outlet.
    #[must_use]
    pub fn message(agency: &AgencyCode, id: DossierId, version: u64, receiver: usize, outlet: Outlet) -> Self {
        Self::in_dossier(agency, id, format!("{MESSAGE}{version:010}#{receiver}#{}", outlet.name()))
    }

    /// The message of one event of a commit to one receiver: see [`MessageOf::Event`].
    #[must_use]
    pub fn message_of_event(
        agency: &AgencyCode,
        id: DossierId,
        version: u64,
        position: usize,
        receiver: usize,
    ) -> Self {
        Self::in_dossier(agency, id, format!("{MESSAGE}{version:010}#{position:02}#{receiver}"))
    }

    /// What cannot be read of one version's events yet: tried again as one task.
    #[must_use]
    pub fn unread(agency: &AgencyCode, id: DossierId, version: u64) -> Self {
        Self::in_dossier(agency, id, format!("{MESSAGE}{version:010}#{UNREAD}"))
    }

    /// Whether this is the key of a message.
    pub(super) fn is_message(&self) -> bool {
        self.sk.starts_with(MESSAGE)
    }

    /// The version, and what of it, if this is the key of a message.
    #[must_use]
    pub fn message_of(&self) -> Option<(u64, MessageOf)> {
        let (version, rest) = self.sk.strip_prefix(MESSAGE)?.split_once('#')?;
        let version = version.parse().ok()?;
        if rest == UNREAD {
            return Some((version, MessageOf::Unread));
        }
        let (first, last) = rest.split_once('#')?;
        let number = first.parse().ok()?;
        let of = match Outlet::parse(last) {
            Some(outlet) => MessageOf::Commit { receiver: number, outlet },
            None => MessageOf::Event { position: number, receiver: last.parse().ok()? },
        };
        Some((version, of))
    }
}
