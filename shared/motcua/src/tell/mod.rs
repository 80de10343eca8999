//! Messages about recorded events: their receivers and news, and the way to finish a message even if it is interrupted.
//!
//! `notify` begins a message when its event comes out of the stream. The sweep ends messages that could not be ended at
//! once. Both go through [`Sender`]. A commit sends one message to each receiver, however many of its events have news, by
//! the first outlet of the agency that leads to them. That the return or the contact changed is told by every outlet at
//! once, so that whoever did not do it learns of it. What cannot leave by an outlet, or is told not to have arrived, goes
//! to the next one, and after the last one to a person. The message is an item of its own, named by version, receiver and
//! outlet:
//!
//! 1. it is claimed for longer than the function may run,
//! 2. the text is made from the events and the people as they are now, and handed to the outlet's service,
//! 3. the item is marked.
//!
//! A sender that meets a live claim comes back later. A claim that ran out is taken over; its message is sent again and
//! counted (`resent`), since SNS and SES cannot recognise a repeat; a gateway knows it by its name. The item's `reason` says why it is not out:
//!
//! Somebody with many dossiers may get one letter a day: their messages wait in the list of the next morning, whose sender
//! marks each of them as if it had left alone.
//!
//! A broadcast that somebody released leaves by [`Broadcaster`], by the same discipline: one item for each receiver, which
//! passes from outlet to outlet. Nothing else leaves: there is a recorded event or a release behind every message.
//!
//! | reason | outcome |
//! | --- | --- |
//! | `no_people`, `no_number`, `not_a_number`, `landline`, `no_address`, `not_an_address` | another outlet leads to them, or to a person at once |
//! | `wrong_number`, `not_this_person`, `died`: noted of a call | the same |
//! | `opted_out`, `invalid_parameter`, `message_rejected` | to the next outlet, after the last to a person |
//! | `gateway_refused` | the same; a gateway may say `opted_out`, `no_such_number`, `no_account`, `unreachable`, `expired` or `blocked` instead |
//! | `not_delivered`, or such a reason | told by the receipt of a gateway: the same |
//! | `bounced`, `suppressed`, `mailbox_full`, `rejected`, `unanswered` for three days | told by a receipt, or by none: the same |
//! | `interrupted`, or a code of the service (`Throttling`, `timeout`, …), after ten tries | the same |
//! | `line_down`, `no_sender`, `no_gateway`, or a code of the service | waits for the sweep |
//! | `unread` | the event could not be read: tried again; after ten times to a person |
//! | `not_yet`, `quiet_hours`, `daily_cap`, `daily_list` | leaves by itself when its time has come |
//! | `no_broadcasts`, `no_letter` | of a broadcast alone: its receiver wants none; it has no text for a letter |
//! | `declined` | dropped, as its receiver wants; what must be done by a day goes to a person |
//! | `overtaken`, `no_receiver` | dropped: nothing to tell any more, nobody to tell |

mod broadcast;
mod by_event;
mod cap;
mod daily;
mod email;
mod finish;
mod https;
mod letter;
mod mailbox;
mod mime;
mod named;
mod news;
mod receipted;
mod receivers;
mod service;
mod sms;
#[cfg(test)]
mod tests;
mod wishes;

use jiff::{SignedDuration, Timestamp};

pub use broadcast::{Broadcaster, Progress, around, notice_link};
pub use email::Email;
pub use https::fate_told;
pub use mailbox::{Mailbox, MailboxError};
pub use named::{Named, NamedOf};
pub use news::{news as news_of_commit, of_event as news_of_event};
pub use receivers::{Address, Receiver, Unreachable, Way, receivers};
pub use sms::Sms;

use crate::site::Site;
use crate::store::{Error, Key, Loaded, MessageOf, Opening, Store, read};
use by_event::ByEvent;
use letter::{Case, Letter};
use rules::config::Config;
use rules::dossier::{Dossier, Recorded};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;
use rules::message::{Held, Message, News, Outlet, Visit};
use rules::person::{Person, Wishes};

/// Failures in a row after which the service is taken to be down and is not asked again in this run.
const DOWN_AFTER: u32 = 3;

/// Time until the first try of a message that was not tried at once.
const FIRST_LOOK: SignedDuration = SignedDuration::from_mins(1);

/// Time within which a service tells what became of a message it took. After that the message counts as not arrived.
const TELLS_WITHIN: SignedDuration = SignedDuration::from_hours(72);

/// The services behind the outlets.
#[derive(Clone, Debug)]
pub struct Outlets {
    /// Amazon SNS.
    pub sms: Sms,
    /// Amazon SES.
    pub email: Email,
}

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
    outlets: &'a Outlets,
    lease: SignedDuration,
    now: Timestamp,
    failures_in_a_row: [u32; Outlet::ALL.len()],
}

impl<'a> Sender<'a> {
    /// Builds a sender for a run that began at `now`. Its claims hold for `lease` from then on, which must be longer
    /// than the run may last.
    #[must_use]
    pub fn new(site: &'a Site, outlets: &'a Outlets, lease: SignedDuration, now: Timestamp) -> Self {
        Self { site, outlets, lease, now, failures_in_a_row: [0; Outlet::ALL.len()] }
    }

    /// Whether the service behind this message failed so often that it is left alone for the rest of the run.
    #[must_use]
    pub fn leaves_alone(&self, key: &Key) -> bool {
        match key.message_of() {
            Some((_, MessageOf::Commit { outlet, .. })) => self.is_down(outlet),
            Some((_, MessageOf::Event { .. })) => self.is_down(Outlet::Sms),
            Some((_, MessageOf::Unread)) | None => Outlet::ALL.into_iter().all(|outlet| self.is_down(outlet)),
        }
    }

    fn is_down(&self, outlet: Outlet) -> bool {
        self.failures_in_a_row[outlet as usize] >= DOWN_AFTER
    }

    /// Notes how a try by this outlet went.
    fn went(&mut self, outlet: Outlet, outcome: Outcome) {
        let failures = &mut self.failures_in_a_row[outlet as usize];
        *failures = if outcome == Outcome::Kept { *failures + 1 } else { 0 };
    }

    /// Returns the instant before which a message does not leave, and why; `None` if it may leave now.
    fn held(&self, letter: &Letter<'_>) -> Option<(Timestamp, Held)> {
        let timing = &self.site.config.agency(letter.agency.as_str())?.timing;
        let held = timing.held(&letter.news, letter.outlet(), letter.case.recorded.at, self.now);
        let receipt = receipted::until(&self.site.config, letter, self.now).map(|until| (until, Held::Receipt));
        [held, receipt].into_iter().flatten().max_by_key(|(until, _)| *until)
    }

    /// Whether the news was waiting for a later one, which is there.
    fn is_overtaken(&self, letter: &Letter<'_>) -> bool {
        let wait = wait_of(&self.site.config, letter.agency);
        letter.case.dossier.is_some_and(|dossier| news::is_overtaken(&letter.news, letter.case.recorded, dossier, wait))
    }

    /// Returns the outlets that the agency uses, in its order.
    fn outlets_of(&self, agency: &AgencyCode) -> Vec<Outlet> {
        self.site.config.agency(agency.as_str()).map_or_else(|| vec![Outlet::Sms], |agency| agency.outlets.clone())
    }

    /// Returns the same, and first of all the one by which a message was begun if the agency does not use it any more.
    fn outlets_with(&self, agency: &AgencyCode, begun: Outlet) -> Vec<Outlet> {
        let mut outlets = self.outlets_of(agency);
        if !outlets.contains(&begun) {
            outlets.insert(0, begun);
        }
        outlets
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
        let outlets = self.outlets_of(agency);
        let beside: Vec<_> = by_event.keys().into_iter().chain([people.clone()]).collect();
        let loaded = self.store().load(agency, id, &beside).await?;
        let (person, dossier) = (person(&loaded, &people)?, loaded.dossier.as_ref());
        let wishes = self.wishes_keys(agency, id, person.as_ref());
        let wishes = wishes::read(&self.store().all(&wishes).await?, &wishes)?;
        let begun = begun_keys((agency, id, recorded.version), &outlets, person.as_ref(), &wishes);
        let begun = self.store().all(&begun).await?;
        let news = news::after_waiting(recorded, dossier, wait_of(&self.site.config, agency));
        let case = Case { recorded, dossier, person: person.as_ref() };
        let everywhere = news.as_ref().is_some_and(News::is_told_everywhere);
        let mut told = Vec::new();
        for receiver in &receivers(&outlets, person.as_ref(), &wishes, everywhere) {
            let place = receiver.place;
            let letter = |key, way, news| Letter { agency, id, key, receiver, way, news, case: &case };
            let letters = match (by_event.is_begun(&loaded, place), receiver.by(Outlet::Sms)) {
                (true, Some(way)) => by_event
                    .messages(place, dossier)
                    .into_iter()
                    .map(|(key, news)| letter(key, way, news))
                    .collect::<Vec<_>>(),
                (true | false, _) => {
                    let key = |way: usize| Key::message(agency, id, recorded.version, place, receiver.ways[way].0);
                    let is_begun = |way: &usize| begun.contains_key(&key(*way));
                    let ways = match everywhere {
                        true => receiver.everywhere(&mut told),
                        false => vec![(0..receiver.ways.len()).find(is_begun).unwrap_or_else(|| receiver.first())],
                    };
                    ways.into_iter().filter_map(|way| Some(letter(key(way), way, news?))).collect()
                }
            };
            for letter in &letters {
                outcomes.push(self.begin(letter).await?);
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
}

/// Returns the text that a commit sends; `dossier` is its state afterwards, and `visit` what the notices say to visitors.
#[must_use]
pub fn text(
    config: &Config,
    agency: &AgencyCode,
    recorded: &Recorded,
    dossier: &Dossier,
    visit: Visit<'_>,
) -> Option<String> {
    let news = news::after_waiting(recorded, Some(dossier), wait_of(config, agency))?;
    Some(worded(config, agency, recorded, news, ((Language::Vi, None), visit)))
}

/// Returns the time that an agency's first messages wait.
fn wait_of(config: &Config, agency: &AgencyCode) -> SignedDuration {
    config.agency(agency.as_str()).map_or(SignedDuration::ZERO, |agency| agency.timing.wait)
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
    Some(worded(config, agency, recorded, news, ((Language::Vi, None), Visit::NONE)))
}

/// Returns the keys of the messages of a commit that may have been begun by another outlet than now: if the agency has
/// several, and the ways to somebody changed after the commit. Such a message must not leave by a second one, when the
/// stream repeats its record.
fn begun_keys(
    (agency, id, version): (&AgencyCode, DossierId, u64),
    outlets: &[Outlet],
    person: Option<&Person>,
    wishes: &[Wishes],
) -> Vec<Key> {
    let changed = |person: &Person| {
        let marked = std::iter::once(&person.applicant).chain(&person.filer).any(|party| party.unusable.is_some());
        marked || person.changes.iter().any(|change| change.noted.version > version)
    };
    let said = wishes.iter().any(|wishes| wishes.version > 0);
    if outlets.len() < 2 || !(said || person.is_some_and(changed)) {
        return Vec::new();
    }
    let receivers = 0..receivers::MOST_RECEIVERS;
    receivers
        .flat_map(|place| outlets.iter().map(move |outlet| Key::message(agency, id, version, place, *outlet)))
        .collect()
}

fn worded(
    config: &Config,
    agency: &AgencyCode,
    recorded: &Recorded,
    news: News<'_>,
    ((language, link), visit): ((Language, Option<&str>), Visit<'_>),
) -> String {
    let agency = config.agency(agency.as_str());
    let prefix = agency.and_then(|agency| agency.sms_prefix.as_deref());
    let prefix = prefix.map(|prefix| format!("{prefix}: ")).unwrap_or_default();
    let telephone = agency.and_then(|agency| agency.contact.telephone.as_deref());
    Message { code: &recorded.called, link, news, visit }.text_with(language, &prefix, telephone)
}

fn person(loaded: &Loaded, key: &Key) -> Result<Option<Person>, Error> {
    loaded.item(key).map(|item| read(item, "person")).transpose()
}
