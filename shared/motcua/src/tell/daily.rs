//! Messages to somebody who gets one letter a day with a list of them.
//!
//! Each message keeps its own item and its own mark. While it waits for the next morning it stands in the list of that day.
//! The first of them that is due claims the list and sends the letter; the others find it sent. If the letter is refused or
//! does not arrive, each message goes to the next outlet by itself.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::letter::Letter;
use super::mailbox::Mailbox;
use super::named::{Named, NamedOf};
use super::receivers::{Address, OPTED_OUT};
use super::service::NotSent;
use super::{Sender, news, wait_of};
use crate::links;
use crate::store::{DailyList, Error, Item, Key, Lease, ListState, MessageOf, Standing, read};
use rules::calls;
use rules::dossier::{Dossier, Recorded};
use rules::id::DossierId;
use rules::message::{self, News, Outlet};
use rules::person::Person;
use rules::token::Purpose;
use rules::worklist::SearchKey;

/// Messages whose items are read at once: four each.
const READ_AT_ONCE: usize = 25;

/// Time after which a message looks again at a list that another is sending.
pub(super) const LOOKS_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// The list of which a message is part.
pub(super) struct Daily {
    list: Key,
    name: String,
    day: Date,
    leaves: Timestamp,
}

/// Outcome of a message that may stand in a list.
pub(super) enum ByList {
    /// It stands in none, and leaves alone.
    Alone,
    /// The list was handed over, now or before, or was not.
    HandedOver(Result<Option<String>, NotSent>),
    /// Another is sending the list.
    Busy,
    /// The agency has sent as many letters today as it wants to.
    Capped,
}

/// One piece of news in a list.
struct Entry {
    act_by: Option<Date>,
    called: String,
    told: String,
}

impl Sender<'_> {
    /// Puts a message into the list of the next day, if its receiver gets one and the news can wait. Returns when it
    /// leaves.
    pub(super) async fn listed(&self, letter: &Letter<'_>) -> Result<Option<Timestamp>, Error> {
        let Some(daily) = self.daily(letter).filter(|daily| daily.leaves > self.now) else { return Ok(None) };
        let listed = self.store().list_message(&daily.list, (letter.id, &letter.key), self.now).await?;
        Ok(listed.then_some(daily.leaves))
    }

    /// Sends the list of a message that is due, unless that was done.
    pub(super) async fn by_list(&self, letter: &Letter<'_>, address: &Address, lease: &Lease) -> ByList {
        let Some(daily) = self.daily(letter).filter(|daily| daily.leaves <= self.now) else { return ByList::Alone };
        let Address::Mailbox(mailbox) = address else { return ByList::Alone };
        let found = async {
            let list = self.store().daily_list(&daily.list, self.now).await?;
            let Some(list) = list.filter(|list| list.tells(letter.id, &letter.key)) else { return Ok(ByList::Alone) };
            match list.state {
                ListState::Sent(id) => return Ok(ByList::HandedOver(Ok(id))),
                ListState::Refused(reason) => {
                    return Ok(ByList::HandedOver(Err(NotSent::Refused(refusal(&reason)))));
                }
                ListState::Claimed => return Ok(ByList::Busy),
                ListState::Open => {}
            }
            match self.store().claim_list(&daily.list, lease, self.now).await? {
                Some(list) => self.send_list(letter, (&daily, &list), mailbox, lease).await,
                None => Ok(ByList::Busy),
            }
        };
        found.await.unwrap_or_else(|error: Error| {
            tracing::warn!(item = %letter.key.sk, %error, "a daily list was not looked at");
            ByList::HandedOver(Err(NotSent::Later { reason: "store".to_owned(), unsure: false }))
        })
    }

    /// Sends a list that was claimed, and notes what became of it. If that cannot be noted, the claim runs out.
    async fn send_list(
        &self,
        letter: &Letter<'_>,
        (daily, list): (&Daily, &DailyList),
        mailbox: &Mailbox,
        lease: &Lease,
    ) -> Result<ByList, Error> {
        let ends = async |state: ListState| {
            if let Err(error) = self.store().end_list(&daily.list, lease, &state, self.now).await {
                tracing::warn!(%error, "the end of a daily list could not be noted");
            }
        };
        let written = match self.may_leave(letter).await {
            Ok(true) => self.written(letter, daily, list, mailbox).await,
            Ok(false) => {
                ends(ListState::Open).await;
                return Ok(ByList::Capped);
            }
            Err(error) => Err(error),
        };
        let written = match written {
            Ok(written) => written,
            Err(error) => {
                ends(ListState::Open).await;
                return Err(error);
            }
        };
        let of = NamedOf::List { day: daily.day, name: daily.name.clone() };
        let named = Named { agency: letter.agency.clone(), of };
        let agency = self.site.config.agency(letter.agency.as_str());
        let sent = self.outlets.email.send(agency, mailbox, &written, &named, self.now).await;
        ends(match &sent {
            Ok(id) => ListState::Sent(id.clone()),
            Err(NotSent::Refused(reason)) => ListState::Refused((*reason).to_owned()),
            Err(NotSent::Later { .. }) => ListState::Open,
        })
        .await;
        Ok(ByList::HandedOver(sent))
    }

    /// Returns the list of which a message is part.
    fn daily(&self, letter: &Letter<'_>) -> Option<Daily> {
        let (_, MessageOf::Commit { .. }) = letter.key.message_of()? else { return None };
        let person = letter.case.person.filter(|_| letter.receiver.daily && letter.outlet() == Outlet::Email)?;
        letter.to().as_ref().ok()?;
        let timing = &self.site.config.agency(letter.agency.as_str())?.timing;
        let (day, leaves) = timing.listed(&letter.news, letter.case.recorded.at)?;
        let key = SearchKey::of(self.site.config.id_key());
        let name = calls::name(&key, letter.agency, Some(person), (letter.id, letter.receiver.place));
        Some(Daily { list: Key::daily(letter.agency, &name, day), name, day, leaves })
    }

    /// Writes the letter: what must be done first, then the others by their codes.
    async fn written(
        &self,
        letter: &Letter<'_>,
        daily: &Daily,
        list: &DailyList,
        mailbox: &Mailbox,
    ) -> Result<message::Letter, Error> {
        let mut entries = Vec::new();
        for messages in list.messages.chunks(READ_AT_ONCE) {
            let keys = messages.iter().flat_map(|(id, sk)| keys_of(letter, *id, sk));
            let found = self.store().all(&keys.collect::<Vec<_>>()).await?;
            for (id, sk) in messages {
                entries.extend(self.entry(letter, daily, mailbox, (*id, sk), &found).await?);
            }
        }
        entries.sort_by(|one, other| {
            let order = |it: &Entry| (it.act_by.is_none(), it.act_by, it.called.clone());
            order(one).cmp(&order(other))
        });
        let agency = self.site.config.agency(letter.agency.as_str());
        let language = letter.receiver.language;
        let case = message::Case {
            agency: agency.map_or("", |agency| agency.name.as_str()),
            telephone: agency.and_then(|agency| agency.contact.telephone.as_deref()),
            address: agency.and_then(|agency| agency.contact.address.as_deref()),
            visiting_hours: agency.and_then(|agency| agency.contact.hours(language)),
            ..message::Case::default()
        };
        Ok(message::Letter::daily(language, daily.day, entries.into_iter().map(|it| it.told), &case))
    }

    /// Returns one message as the list tells it; `None` if it ended before, has nothing to tell any more, or is somebody
    /// else's by now.
    async fn entry(
        &self,
        letter: &Letter<'_>,
        daily: &Daily,
        mailbox: &Mailbox,
        (id, sk): (DossierId, &str),
        found: &HashMap<Key, Item>,
    ) -> Result<Option<Entry>, Error> {
        let agency = letter.agency;
        let message = Key { pk: Key::dossier_pk(agency, id), sk: sk.to_owned() };
        let Some((version, MessageOf::Commit { receiver: place, .. })) = message.message_of() else { return Ok(None) };
        let standing = found.get(&message).map(|item| Standing::read(item, agency, self.now)).transpose()?;
        let event = found.get(&Key::event(agency, id, version));
        let (Some(event), false) = (event, standing == Some(Standing::Over)) else { return Ok(None) };
        let recorded: Recorded = read(event, "recorded")?;
        let dossier: Option<Dossier> =
            found.get(&Key::state(agency, id)).map(|item| read(item, "state")).transpose()?;
        let person: Option<Person> =
            found.get(&Key::person(agency, id)).map(|item| read(item, "person")).transpose()?;
        let key = SearchKey::of(self.site.config.id_key());
        let is_theirs = calls::name(&key, agency, person.as_ref(), (id, place)) == daily.name
            && person
                .as_ref()
                .is_some_and(|person| super::receivers::mailbox_of(person, place).as_ref() == Some(mailbox));
        let wait = wait_of(&self.site.config, agency);
        let news = news::after_waiting(&recorded, dossier.as_ref(), wait).filter(|_| is_theirs);
        let overtaken = |news: &News<'_>| {
            dossier.as_ref().is_some_and(|dossier| news::is_overtaken(news, &recorded, dossier, wait))
        };
        let Some(news) = news.filter(|news| !overtaken(news)) else { return Ok(None) };
        let link = match self.site.config.agency(agency.as_str()) {
            Some(agency) => links::link(self.site, agency, (id, Purpose::See), version, self.now).await?,
            None => None,
        };
        let case = message::Case { code: &recorded.called, ..message::Case::default() };
        let written = message::Letter::new(letter.receiver.language, &news, &case, []);
        let told = [Some(written.lead), written.to_do, link].into_iter().flatten().collect::<Vec<_>>().join(" ");
        Ok(Some(Entry { act_by: news.act_by(), called: recorded.called.clone(), told }))
    }
}

/// Returns the keys of what is read of a message.
fn keys_of(letter: &Letter<'_>, id: DossierId, sk: &str) -> Vec<Key> {
    let message = Key { pk: Key::dossier_pk(letter.agency, id), sk: sk.to_owned() };
    let event = message.message_of().map(|(version, _)| Key::event(letter.agency, id, version));
    [Key::state(letter.agency, id), Key::person(letter.agency, id), message].into_iter().chain(event).collect()
}

/// Returns the code of a refusal as it was kept with the list.
fn refusal(kept: &str) -> &'static str {
    ["message_rejected", "invalid_parameter", OPTED_OUT]
        .into_iter()
        .find(|code| *code == kept)
        .unwrap_or("message_rejected")
}
