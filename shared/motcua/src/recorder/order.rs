//! A command with a receipt: a partner's delivery or a clerk's click, done once however often it comes.

use jiff::{SignedDuration, Timestamp};

use super::rounds::{About, RecordError, Round, Step};
use super::{Recorder, cash, people};
use crate::store::{Claim, Item, Key, number, text, write};
use rules::catalogue::ProcedureRef;
use rules::dossier::{Action, Command, Dossier};
use rules::id::{AgencyCode, DossierId};
use rules::person::Personal;
use rules::repeat;
use rules::vietnam;

/// Time for which a delivery or idempotency key is remembered: longer than any sender repeats (35 days at least).
const REMEMBERED_FOR: SignedDuration = SignedDuration::from_hours(40 * 24);

/// Marks by which a repeat is told from something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The sender: `portal:<id>` or `desk`.
    pub source: String,
    /// The delivery id or idempotency key, constant over repeats.
    pub delivery: String,
    /// Digest of what the content means. The same key with another meaning is a mistake of the sender.
    pub digest: String,
    /// Digest of the content as written. Receipts from before there were meanings have it.
    pub as_written: String,
}

impl Receipt {
    /// Whether an item was recorded under this receipt.
    pub(super) fn is_of(&self, item: &Item) -> bool {
        text(item, "digest").is_some_and(|kept| repeat::is_of(kept, &self.digest, &self.as_written))
    }

    /// Returns the delivery's name among those of all sources.
    fn name(&self) -> String {
        format!("{}#{}", self.source, self.delivery)
    }
}

/// A command to record under a receipt.
#[derive(Clone, Debug)]
pub struct Order {
    /// The agency.
    pub agency: AgencyCode,
    /// The dossier.
    pub id: DossierId,
    /// The command itself.
    pub command: Command,
    /// The receipt, by which a repeat is known.
    pub receipt: Receipt,
    /// The code by which a partner calls an existing dossier. Its alias shows whether another source filed it.
    pub called: Option<String>,
    /// The version the caller decided on; `None` if the caller knows none.
    pub expected_version: Option<u64>,
    /// A form as received, kept beside the events.
    pub form: Option<String>,
    /// Data on people that the command brings.
    pub person: Option<Personal>,
    /// Whether a submission is accepted as it comes, in the same commit, as it is over the counter.
    pub accept: bool,
}

/// Outcome of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// Recorded now.
    Now(Box<Dossier>),
    /// Recorded before, as this version; with the dossier as it is now.
    Before(u64, Option<Box<Dossier>>),
    /// The code belongs to the dossier with this id: the same one, which came from another source before. Nothing was
    /// recorded.
    Elsewhere(DossierId),
}

impl Recorder {
    /// Records an order.
    ///
    /// # Errors
    /// [`RecordError`].
    pub async fn record(&self, order: &Order) -> Result<Done, RecordError> {
        let Order { agency, id, command, .. } = order;
        let (mut procedure, mut filed_under) = (None, None);
        if let Action::Submit(submission) = &command.action {
            let received_at = command.at.min(command.now);
            procedure = self.catalogue().in_force(agency, &submission.procedure.code, received_at, command.now).await?;
            let version = procedure.as_deref().map_or(0, |procedure| procedure.version);
            filed_under = Some(ProcedureRef { code: submission.procedure.code.clone(), version });
        }
        let witnesses = Witnesses::of(order, self.code(&order.agency));
        let beside = witnesses.keys();
        let about = About { agency, id: *id, command, beside: &beside, procedure, filed_under };
        let ran = self.rounds(&about, |round| plan(order, round, &witnesses)).await?;
        Ok(match (ran.done, ran.dossier) {
            (Planned::Now, Some(dossier)) => Done::Now(Box::new(dossier)),
            (Planned::Now, None) => return Err(RecordError::Unknown),
            (Planned::Before(version), dossier) => Done::Before(version, dossier.map(Box::new)),
            (Planned::Elsewhere(id), _) => Done::Elsewhere(id),
        })
    }

    /// Returns what was recorded under the receipt of an order, and records nothing.
    ///
    /// # Errors
    /// [`RecordError`].
    pub async fn recorded_before(&self, order: &Order) -> Result<Option<Done>, RecordError> {
        let witnesses = Witnesses::of(order, self.code(&order.agency));
        let beside = witnesses.keys();
        let Order { agency, id, command, .. } = order;
        let about = About { agency, id: *id, command, beside: &beside, procedure: None, filed_under: None };
        let ran = self.rounds(&about, |round| Ok(Step::Done(witnesses.before(&order.receipt, round)?))).await?;
        Ok(ran.done.map(|version| Done::Before(version, ran.dossier.map(Box::new))))
    }
}

enum Planned {
    Now,
    Before(u64),
    Elsewhere(DossierId),
}

/// A day's series of codes, for a command that needs a fresh one.
struct Series {
    key: Key,
    prefix: String,
}

/// Returns the series for a command that needs a code. Codes follow TT 01/2018 art. 19: agency, day of receipt, four
/// digits counted by the day. The 10,000th of a day has five: a sequence never wraps.
fn numbered(agency: &AgencyCode, code: &AgencyCode, command: &Command, accept: bool) -> Option<Series> {
    if !accept && !matches!(command.action, Action::Accept { code: None }) {
        return None;
    }
    let day = vietnam::day(command.at.min(command.now)).strftime("%y%m%d").to_string();
    Some(Series { key: Key::counter(agency, &format!("code#{day}")), prefix: format!("{code}-{day}-") })
}

/// Items that are looked at beside the state.
struct Witnesses {
    /// The alias of the code the dossier is called by.
    alias: Option<Key>,
    /// The receipt's own item. A submission under a code has none: it writes the alias itself, and the alias carries
    /// the receipt.
    seen: Option<Key>,
    /// The day's codes, for an acceptance that needs a fresh one.
    series: Option<Series>,
    /// The money of the receipt that a clerk wrote for cash.
    cash: Option<Key>,
    /// The people, if the command changes what is known of them.
    people: Option<Key>,
}

impl Witnesses {
    fn of(order: &Order, own_code: &AgencyCode) -> Self {
        let Order { agency, receipt, .. } = order;
        let (code, submits) = match &order.command.action {
            Action::Submit(submission) => (submission.code.as_deref(), true),
            _ => (order.called.as_deref(), false),
        };
        let alias = code.map(|code| Key::code(agency, code));
        let in_alias = submits && alias.is_some();
        let seen = (!in_alias).then(|| Key::seen(agency, &receipt.source, &receipt.delivery));
        let series = numbered(agency, own_code, &order.command, order.accept);
        Self { alias, seen, series, cash: cash::key(order), people: people::key(order) }
    }

    fn keys(&self) -> Vec<Key> {
        let series = self.series.as_ref().map(|series| &series.key);
        let keys = [self.alias.as_ref(), self.seen.as_ref(), series, self.cash.as_ref(), self.people.as_ref()];
        keys.into_iter().flatten().cloned().collect()
    }

    /// Returns the version that was recorded under this very receipt.
    fn before(&self, receipt: &Receipt, round: &Round<'_>) -> Result<Option<u64>, RecordError> {
        let aliased = self.alias.as_ref().and_then(|alias| round.beside(alias));
        let aliased = aliased.filter(|item| text(item, "delivery") == Some(&receipt.name()));
        let seen = self.seen.as_ref().and_then(|seen| round.beside(seen));
        match aliased.or(seen) {
            None => Ok(None),
            Some(item) if receipt.is_of(item) => Ok(Some(number(item, "version").unwrap_or(0))),
            Some(_) => Err(RecordError::KeyReused),
        }
    }
}

fn plan(order: &Order, round: &Round<'_>, witnesses: &Witnesses) -> Result<Step<Planned>, RecordError> {
    let Witnesses { alias, seen, series, .. } = witnesses;
    let owner = alias.as_ref().and_then(|alias| round.beside(alias)).and_then(|item| text(item, "id"));
    if let Some(owner) = owner.and_then(|owner| DossierId::parse(owner).ok()).filter(|owner| *owner != order.id) {
        return Ok(Step::Done(Planned::Elsewhere(owner)));
    }
    if let Some(version) = witnesses.before(&order.receipt, round)? {
        return Ok(Step::Done(Planned::Before(version)));
    }
    if let (Some(expected), Some(dossier)) = (order.expected_version, round.dossier)
        && expected != dossier.version
    {
        return Err(RecordError::Stale(dossier.version));
    }
    let mut claims = Vec::new();
    let mut command = order.command.clone();
    let mut code = None;
    let needs_code = order.accept || round.dossier.is_some_and(|dossier| dossier.code.is_none());
    if let (Some(series), true) = (series, needs_code) {
        let count = round.beside(&series.key).and_then(|item| number(item, "count"));
        let next = format!("{}{:04}", series.prefix, count.unwrap_or(0) + 1);
        claims.push(Claim::Count(series.key.clone(), count));
        claims.push(Claim::New(alias_item(&Key::code(&order.agency, &next), order.id)));
        code = Some(next);
    }
    if let Action::Accept { code: fresh } = &mut command.action {
        *fresh = code.clone().or(fresh.take());
    }
    let mut events = round.decide(&command)?;
    if order.accept {
        events.extend(round.decide_next(&events, &Command { action: Action::Accept { code }, ..command })?);
    }
    claims.extend(cash::claim(order, round, &events)?);
    let version = round.next_version();
    match (seen, alias) {
        (Some(seen), _) => claims.push(Claim::New(seen_item(seen, &order.receipt, version, order.command.now))),
        (None, Some(alias)) => claims.push(Claim::New(filed_alias(alias, order, version))),
        (None, None) => {}
    }
    if let Some(form) = &order.form {
        claims.push(Claim::New(write::item(&Key::form(&order.agency, order.id, version), "form", form.clone())));
    }
    claims.extend(people::claim(order, round)?);
    Ok(Step::Write { events, claims, done: Planned::Now })
}

fn alias_item(key: &Key, id: DossierId) -> Item {
    write::item(key, "id", id.as_str())
}

/// Builds the alias of a dossier that came under a code, with the receipt of its submission.
fn filed_alias(key: &Key, order: &Order, version: u64) -> Item {
    let mut item = alias_item(key, order.id);
    write::text(&mut item, "delivery", order.receipt.name());
    write::text(&mut item, "digest", order.receipt.digest.as_str());
    write::number(&mut item, "version", version);
    item
}

pub(super) fn seen_item(key: &Key, receipt: &Receipt, version: u64, now: Timestamp) -> Item {
    let mut item = write::item(key, "digest", receipt.digest.clone());
    write::number(&mut item, "version", version);
    let expires_at = (now + REMEMBERED_FOR).as_second();
    write::number(&mut item, "expires_at", u64::try_from(expires_at).unwrap_or(0));
    item
}
