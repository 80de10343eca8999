//! Messages about recorded events: their receivers and news, and the way to finish a message even if it is interrupted.
//!
//! `notify` begins a message when its event comes out of the stream. The sweep ends messages that could not be ended at
//! once. Both go through [`Sender`]. A commit sends one message to each receiver by each outlet, however many of its
//! events have news. The message is an item of its own, named by version, receiver and outlet:
//!
//! 1. it is claimed for longer than the function may run,
//! 2. the text is made from the events and the people as they are now, and handed to the outlet's service,
//! 3. the item is marked.
//!
//! A sender that meets a live claim comes back later. A claim that ran out is taken over; its message is sent again and
//! counted (`resent`), since the service cannot recognise a repeat. The item's `reason` says why it is not out:
//!
//! | reason | outcome |
//! | --- | --- |
//! | `no_people`, `no_number`, `not_a_number`, `landline`, `opted_out`, `invalid_parameter` | to a person at once |
//! | `wrong_number`, `not_this_person`, `died`: noted of a call | to a person at once |
//! | `interrupted`, or a code of the service (`Throttling`, `timeout`, …), after ten tries | to a person |
//! | `line_down`, or a code of the service | waits for the sweep |
//! | `unread` | the event could not be read: tried again; after ten times to a person |
//! | `overtaken`, `no_receiver` | dropped: nothing to tell any more, nobody to tell |

mod by_event;
mod finish;
mod news;
mod receivers;
mod sms;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

pub use news::{news as news_of_commit, of_event as news_of_event};
pub use receivers::{Receiver, Unreachable, receivers};
pub use sms::Sms;

use crate::site::Site;
use crate::store::{Error, Key, Loaded, Opening, Store, read};
use by_event::ByEvent;
use finish::Letter;
use rules::config::Config;
use rules::dossier::{Dossier, Recorded};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;
use rules::message::{Message, News, Outlet};
use rules::person::Person;

/// Failures in a row after which the service is taken to be down and is not asked again in this run.
const DOWN_AFTER: u32 = 3;

/// Time until the first try of a message that was not tried at once.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(1);

/// Outcome of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Sent and marked.
    Sent,
    /// Sent, but the mark failed: the claim runs out, and it is sent once more.
    Unmarked,
    /// Ended before.
    Before,
    /// Another is sending it at this moment.
    Busy,
    /// Not sent now; the item brings it back.
    Kept,
    /// Never to be sent; it goes to a person.
    Undeliverable,
    /// Nothing to tell any more.
    Dropped,
}

/// Sends the messages of one run of one function.
#[derive(Debug)]
pub struct Sender<'a> {
    site: &'a Site,
    sms: &'a Sms,
    lease: SignedDuration,
    now: Timestamp,
    failures_in_a_row: u32,
}

impl<'a> Sender<'a> {
    /// Builds a sender for a run that began at `now`. Its claims hold for `lease` from then on, which must be longer
    /// than the run may last.
    #[must_use]
    pub fn new(site: &'a Site, sms: &'a Sms, lease: SignedDuration, now: Timestamp) -> Self {
        Self { site, sms, lease, now, failures_in_a_row: 0 }
    }

    /// Whether the service failed so often that it is left alone for the rest of the run.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.failures_in_a_row >= DOWN_AFTER
    }

    /// Tells the people of a dossier what happened in one commit.
    ///
    /// # Errors
    /// [`Error`]: some messages may not have their item yet, so the caller must try again. Repeating is harmless.
    pub async fn tell(
        &mut self,
        agency: &AgencyCode,
        id: DossierId,
        recorded: &Recorded,
    ) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = Vec::new();
        let by_event = ByEvent::new(agency, id, recorded);
        if by_event.is_silent() {
            return Ok(outcomes);
        }
        let people = Key::person(agency, id);
        let beside: Vec<_> = by_event.keys().into_iter().chain([people.clone()]).collect();
        let loaded = self.store().load(agency, id, &beside).await?;
        let (person, dossier) = (person(&loaded, &people)?, loaded.dossier.as_ref());
        let news = news::news(recorded, dossier);
        for outlet in Outlet::ALL {
            for (receiver, to) in &receivers(outlet, person.as_ref()) {
                let messages = if outlet == Outlet::Sms && by_event.is_begun(&loaded, *receiver) {
                    by_event.messages(*receiver, dossier)
                } else {
                    let key = Key::message(agency, id, recorded.version, *receiver, outlet);
                    news.map(|news| (key, news)).into_iter().collect()
                };
                for (key, news) in &messages {
                    let text = self.text(agency, recorded, *news);
                    outcomes.push(self.begin(&Letter { agency, key, outlet, to, text: &text }).await?);
                }
            }
        }
        Ok(outcomes)
    }

    /// Keeps a commit whose events this code cannot read. Newer code will read it, or in the end it goes to a person.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn keep_unread(&self, agency: &AgencyCode, id: DossierId, version: u64) -> Result<(), Error> {
        let opening = Opening::Waiting(self.now + FIRST_LOOK, "unread");
        self.store().open_message(agency, &Key::unread(agency, id, version), &opening, self.now).await.map(|_| ())
    }

    fn store(&self) -> &'a Store {
        self.site.recorder.store()
    }

    fn text(&self, agency: &AgencyCode, recorded: &Recorded, news: News<'_>) -> String {
        worded(&self.site.config, agency, recorded, news)
    }
}

/// Returns the text that a commit sends; `dossier` is its state afterwards.
#[must_use]
pub fn text(config: &Config, agency: &AgencyCode, recorded: &Recorded, dossier: &Dossier) -> Option<String> {
    Some(worded(config, agency, recorded, news::news(recorded, Some(dossier))?))
}

/// Returns the text of the event at this place, in a commit whose events each had a message of their own.
#[must_use]
pub fn text_of_event(
    config: &Config,
    agency: &AgencyCode,
    recorded: &Recorded,
    place: usize,
    dossier: &Dossier,
) -> Option<String> {
    let news = news::of_event(recorded.events.get(place)?, recorded, Some(dossier))?;
    Some(worded(config, agency, recorded, news))
}

fn worded(config: &Config, agency: &AgencyCode, recorded: &Recorded, news: News<'_>) -> String {
    let prefix = config.agency(agency.as_str()).and_then(|agency| agency.sms_prefix.as_deref());
    let prefix = prefix.map(|prefix| format!("{prefix}: ")).unwrap_or_default();
    Message { code: &recorded.called, link: None, news }.text(Language::Vi, &prefix)
}

fn person(loaded: &Loaded, key: &Key) -> Result<Option<Person>, Error> {
    loaded.item(key).map(|item| read(item, "person")).transpose()
}
