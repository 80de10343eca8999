//! One receiver told: claimed, sent to by the first outlet that leads to them, marked.

use super::Broadcaster;
use super::known::{Found, Known};
use super::letter::takes_letters;
use super::shared::{TOGETHER, Whose};
use crate::store::{End, EndedReceiver, Error, Lease, Standing, TRIES, To};
use crate::tell::receivers::{Address, DECLINED, OPTED_OUT};
use crate::tell::service::NotSent;
use crate::tell::{FIRST_LOOK, Named, NamedOf, cap, https};
use rules::broadcast::Broadcast;
use rules::config::Agency;
use rules::id::AgencyCode;
use rules::message::{Held, Outlet};

/// Reason of a letter that the broadcast does not have.
const NO_LETTER: &str = "no_letter";

/// A broadcast on its way.
pub(super) struct Case<'c> {
    pub agency: &'c AgencyCode,
    pub config: Option<&'c Agency>,
    pub broadcast: &'c Broadcast,
    pub link: Option<String>,
}

/// Outcome of a try.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Went {
    /// Ended before, or another has it.
    Before,
    /// Its service is left alone: nothing was done.
    LeftAlone,
    /// It brings itself back.
    Kept,
    /// The cap of the day is reached.
    Capped,
    /// It ended.
    Ended(EndedReceiver),
}

impl Broadcaster<'_> {
    /// Tells one receiver, if that is due.
    pub(super) async fn tell(&mut self, case: &Case<'_>, to: &To, known: &Known) -> Result<Went, Error> {
        let (tries, failed) = match &to.standing {
            Standing::Over | Standing::Held | Standing::Waiting => return Ok(Went::Before),
            Standing::Due(tries) => (tries, None),
            Standing::Failed(tries, reason) => (tries, Some(reason.clone())),
        };
        let found = self.found(case.agency, known, Some(to.toward.place));
        let ways = &found.receiver.ways;
        let begun = to.outlet.and_then(|outlet| found.receiver.by(outlet)).unwrap_or_else(|| found.receiver.first());
        let why = failed.or_else(|| tries.used_up().then(|| "interrupted".to_owned()));
        let way = if why.is_some() { found.receiver.after(begun) } else { Some(begun) };
        let leads = found.never.is_none() && way.is_some_and(|way| ways[way].1.is_ok());
        if leads && way.is_some_and(|way| self.is_down(ways[way].0)) {
            return Ok(Went::LeftAlone);
        }
        let lease = Lease { token: format!("{:016x}", fastrand::u64(..)), until: self.now + self.lease };
        if !self.store().take_message(case.agency, &to.key, tries, &lease).await? {
            return Ok(Went::Before);
        }
        if let Some(never) = found.never {
            return self.not_reached(case, (to, known, &found), &lease, never).await;
        }
        let mut turn = Turn { way, attempts: if why.is_some() { 1 } else { tries.attempts + 1 }, why };
        loop {
            if let Some(went) = self.by_way(case, (to, known, &found), &lease, &mut turn).await? {
                return Ok(went);
            }
        }
    }

    /// Tries one way; `None` if the next one has its turn.
    async fn by_way(
        &mut self,
        case: &Case<'_>,
        (to, known, found): (&To, &Known, &Found),
        lease: &Lease,
        turn: &mut Turn,
    ) -> Result<Option<Went>, Error> {
        let Some(way) = turn.way else {
            let why = turn.why.clone().unwrap_or_default();
            return self.not_reached(case, (to, known, found), lease, &why).await.map(Some);
        };
        let (outlet, address) = match &found.receiver.ways[way] {
            (outlet, Ok(address)) => (*outlet, address),
            (_, Err(why)) => return self.next_way(case, (to, found), lease, turn, why.code()).await.map(|()| None),
        };
        if takes_letters(address) && case.broadcast.texts.letter_vi.is_none() {
            return self.next_way(case, (to, found), lease, turn, NO_LETTER).await.map(|()| None);
        }
        match self.whose(case.agency, to, (outlet, address)).await? {
            Whose::Own => {}
            Whose::Another => return self.ends(to, lease, &End::Together, EndedReceiver::Together).await.map(Some),
            Whose::NotKnownYet => {
                let end = End::Held(self.now + FIRST_LOOK, TOGETHER);
                self.store().end_receiver(&to.key, lease, &end, self.now).await?;
                return Ok(Some(Went::Kept));
            }
        }
        if !cap::take_place(self.site, case.agency, outlet, self.now).await? {
            let until = case.config.map(|agency| agency.timing.clone()).unwrap_or_default().next_day(self.now);
            self.store().end_receiver(&to.key, lease, &End::Held(until, Held::Capped.code()), self.now).await?;
            return Ok(Some(Went::Capped));
        }
        match self.handed_over(case, (to, known, found), (outlet, address)).await? {
            Ok(id) => {
                self.went(outlet, false);
                self.ends(to, lease, &End::Told { outlet, id }, EndedReceiver::Told(outlet, false)).await.map(Some)
            }
            Err(NotSent::Refused(reason)) => {
                self.went(outlet, false);
                if reason == OPTED_OUT {
                    self.note_opt_out(case.agency, &found.name, outlet).await;
                }
                self.next_way(case, (to, found), lease, turn, reason).await.map(|()| None)
            }
            Err(NotSent::Later { reason, .. }) if turn.attempts >= TRIES => {
                self.went(outlet, true);
                self.next_way(case, (to, found), lease, turn, &reason).await.map(|()| None)
            }
            Err(NotSent::Later { reason, unsure }) => {
                self.went(outlet, true);
                let end = End::Later { outlet, reason, unsure, attempts: turn.attempts };
                self.store().end_receiver(&to.key, lease, &end, self.now).await?;
                Ok(Some(Went::Kept))
            }
        }
    }

    /// Gives the turn to the next outlet that leads to somebody, and keeps that before it is tried.
    async fn next_way(
        &self,
        case: &Case<'_>,
        (to, found): (&To, &Found),
        lease: &Lease,
        turn: &mut Turn,
        reason: &str,
    ) -> Result<(), Error> {
        let next = turn.way.and_then(|way| found.receiver.after(way));
        tracing::debug!(broadcast = case.broadcast.number, reason, "the next outlet has its turn");
        if let Some(way) = next {
            let passed = End::Passed(found.receiver.ways[way].0, reason.to_owned());
            self.store().end_receiver(&to.key, lease, &passed, self.now).await?;
        }
        *turn = Turn { way: next, attempts: 1, why: Some(reason.to_owned()) };
        Ok(())
    }

    async fn handed_over(
        &self,
        case: &Case<'_>,
        (to, known, found): (&To, &Known, &Found),
        (outlet, address): (Outlet, &Address),
    ) -> Result<Result<Option<String>, NotSent>, Error> {
        let Case { broadcast, config, link, .. } = case;
        let name = to.key.receiver_of().map(|(.., name)| name.to_owned()).unwrap_or_default();
        let of = NamedOf::Broadcast { number: broadcast.number, round: broadcast.round, name };
        let named = Named { agency: case.agency.clone(), of };
        let phone = match address {
            Address::Mailbox(mailbox) => {
                let person = (known.id, found.name.as_str(), &found.receiver);
                let letter = self.letter(*config, broadcast, person, link.as_deref()).await?;
                let Some(letter) = letter else { return Ok(Err(NotSent::Refused(NO_LETTER))) };
                return Ok(self.outlets.email.send(*config, mailbox, &letter, &named, self.now).await);
            }
            Address::Phone(phone) => phone,
        };
        let text = self.text(*config, broadcast, &found.receiver, link.as_deref());
        Ok(match outlet {
            Outlet::Https => https::send(self.site, phone, (&text, found.receiver.language), &named, self.now).await,
            Outlet::Sms | Outlet::Email => self.outlets.sms.publish(*config, phone, &text).await,
        })
    }

    /// Ends the turn of somebody whom nothing reached. Whoever does not want it is not called.
    async fn not_reached(
        &self,
        case: &Case<'_>,
        (to, known, found): (&To, &Known, &Found),
        lease: &Lease,
        why: &str,
    ) -> Result<Went, Error> {
        if [DECLINED, super::known::NO_BROADCASTS].contains(&why) {
            let why = why.to_owned();
            return self.ends(to, lease, &End::Unwanted(why.clone()), EndedReceiver::Unwanted(why)).await;
        }
        if known.person.is_some() {
            let person = (known, found.name.as_str(), found.receiver.place);
            self.call(case.agency, case.broadcast, person, why).await?;
        }
        let why = why.to_owned();
        self.ends(to, lease, &End::Unreached(why.clone()), EndedReceiver::Unreached(why)).await
    }

    /// Notes how a turn ended. If that cannot be noted, the claim runs out, and it ends once more.
    async fn ends(&self, to: &To, lease: &Lease, end: &End, ended: EndedReceiver) -> Result<Went, Error> {
        match self.store().end_receiver(&to.key, lease, end, self.now).await {
            Ok(()) => Ok(Went::Ended(ended)),
            Err(error) => {
                tracing::warn!(%error, "the end of a message of a broadcast could not be noted");
                Ok(Went::Kept)
            }
        }
    }

    /// Keeps that somebody opted out at the service of an outlet.
    async fn note_opt_out(&self, agency: &AgencyCode, name: &str, outlet: Outlet) {
        let noted = async {
            let wishes = self.store().wishes(agency, name).await?;
            match wishes.opted_out(outlet, self.now) {
                Some(wishes) => self.store().keep_wishes(agency, name, &wishes).await,
                None => Ok(true),
            }
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "an opt-out could not be kept");
        }
    }
}

/// The way that is tried, how often it was, and why the one before it did not reach them.
struct Turn {
    way: Option<usize>,
    attempts: u64,
    why: Option<String>,
}
