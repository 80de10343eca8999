//! The content of a broadcast's message, by its outlet.

use super::Broadcaster;
use crate::links;
use crate::store::Error;
use crate::tell::receivers::{Address, Receiver};
use rules::broadcast::{Around, Broadcast};
use rules::config::{Agency, Config};
use rules::id::DossierId;
use rules::message::{self, Letter};

/// Writes what stands around the texts of an agency's broadcasts: its name, and the page of the notice if it sends links.
#[must_use]
pub fn around<'a>(agency: Option<&'a Agency>, link: Option<&'a str>) -> Around<'a> {
    Around {
        prefix: agency.and_then(|agency| agency.sms_prefix.as_deref()),
        telephone: agency.and_then(|agency| agency.contact.telephone.as_deref()),
        link,
    }
}

/// Returns the page of a notice, as messages of the agency link to it; `None` if they hold no links.
#[must_use]
pub fn notice_link(config: &Config, agency: &Agency, notice: u32) -> Option<String> {
    config.linked(agency, &format!("/notices/{notice}"))
}

impl Broadcaster<'_> {
    /// Returns the link that the texts of a broadcast have.
    pub(super) fn link(&self, agency: Option<&Agency>, broadcast: &Broadcast) -> Option<String> {
        agency.zip(broadcast.notice).and_then(|(agency, notice)| notice_link(&self.site.config, agency, notice))
    }

    /// Writes the letter to somebody; `None` if the broadcast has none.
    pub(super) async fn letter(
        &self,
        agency: Option<&Agency>,
        broadcast: &Broadcast,
        (id, name, receiver): (DossierId, &str, &Receiver),
        link: Option<&str>,
    ) -> Result<Option<Letter>, Error> {
        let Some((letter, language)) = broadcast.texts.letter(receiver.language) else { return Ok(None) };
        let unsubscribe = match agency {
            Some(agency) => {
                let to = (id, receiver.place, name);
                links::unsubscribe(self.site, agency, to, u64::from(broadcast.number), self.now).await?
            }
            None => None,
        };
        let case = message::Case {
            agency: agency.map_or("", |agency| agency.name.as_str()),
            telephone: agency.and_then(|agency| agency.contact.telephone.as_deref()),
            address: agency.and_then(|agency| agency.contact.address.as_deref()),
            visiting_hours: agency.and_then(|agency| agency.contact.hours(language)),
            link,
            ..message::Case::default()
        };
        Ok(Some(Letter::broadcast(language, (&letter.subject, &letter.text), &case, unsubscribe.as_deref())))
    }

    /// Returns the text to a telephone.
    pub(super) fn text(
        &self,
        agency: Option<&Agency>,
        broadcast: &Broadcast,
        receiver: &Receiver,
        link: Option<&str>,
    ) -> String {
        broadcast.texts.sms(receiver.language, &around(agency, link))
    }
}

/// Whether an address takes a letter.
pub(super) fn takes_letters(address: &Address) -> bool {
    matches!(address, Address::Mailbox(_))
}
