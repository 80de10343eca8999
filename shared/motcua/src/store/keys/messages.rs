//! The keys of messages.

use super::Key;
use rules::id::{AgencyCode, DossierId};
use rules::message::Outlet;

const MESSAGE: &str = "message#";
const UNREAD: &str = "unread";

/// Subject of the item of a message, within one version of a dossier. A receiver is 0, the applicant, or 1, the filer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageOf {
    /// The message of the commit to one receiver by one outlet.
    Commit {
        /// The receiver.
        receiver: usize,
        /// The outlet.
        outlet: Outlet,
    },
    /// The message of one event of the commit to one receiver by SMS. No such item is begun any more. It exists if the
    /// commit was told before messages were named by their outlet.
    Event {
        /// The event's place among those of the commit.
        position: usize,
        /// The receiver.
        receiver: usize,
    },
    /// Events that cannot be read yet.
    Unread,
}

impl Key {
    /// Returns the key of the message of one commit to one receiver by one outlet.
    #[must_use]
    pub fn message(agency: &AgencyCode, id: DossierId, version: u64, receiver: usize, outlet: Outlet) -> Self {
        Self::in_dossier(agency, id, format!("{MESSAGE}{version:010}#{receiver}#{}", outlet.name()))
    }

    /// Returns the key of the message of one event of a commit to one receiver: see [`MessageOf::Event`].
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

    /// Returns the key of the events of one version that cannot be read yet. They are tried again as one task.
    #[must_use]
    pub fn unread(agency: &AgencyCode, id: DossierId, version: u64) -> Self {
        Self::in_dossier(agency, id, format!("{MESSAGE}{version:010}#{UNREAD}"))
    }

    /// Whether this is the key of a message.
    pub(super) fn is_message(&self) -> bool {
        self.sk.starts_with(MESSAGE)
    }

    /// Returns the version, and its subject within it, if this is the key of a message.
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
