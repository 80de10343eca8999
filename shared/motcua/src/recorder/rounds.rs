//! Load, decide, write; at most five rounds.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::Recorder;
use crate::store::{AuditEntry, Claim, Commit, CommitError, Did, Error, Item, Key, Loaded};
use rules::catalogue::{Procedure, ProcedureRef};
use rules::dossier::{Action, Actor, Command, Dossier, Event, Recorded, Refusal, Terms, decide_within, evolve, stamp};
use rules::id::{AgencyCode, DossierId};
use rules::vnd::Limits;

/// Rounds of load, decide and write before the caller is asked to try again later.
pub(super) const ROUNDS: u32 = 5;

/// The longest time all rounds together may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reasons why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The dossier declined the command.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// The caller decided on an older version than the present one.
    #[error("the dossier is at version {0}")]
    Stale(u64),
    /// There is no such dossier.
    #[error("no such dossier")]
    Unknown,
    /// The same key was used before for another content.
    #[error("the key was used before for another content")]
    KeyReused,
    /// The store failed. Try again later.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Outcome of one round.
pub(super) enum Step<T> {
    /// Nothing to write.
    Done(T),
    /// Write these events and claims, then answer.
    Write { events: Vec<Event>, claims: Vec<Claim>, done: T },
}

/// Outcome of all rounds.
pub(super) struct Ran<T> {
    pub done: T,
    /// The dossier as it is now.
    pub dossier: Option<Dossier>,
}

/// Everything one round looks at.
pub(super) struct Round<'a> {
    pub loaded: &'a Loaded,
    /// The dossier as this round knows it: loaded, or returned by the store when another wrote it.
    pub dossier: Option<&'a Dossier>,
    pub terms: Terms<'a>,
    /// The amounts that each of the agency's channels takes.
    limits: &'a BTreeMap<String, Limits>,
    about: &'a About<'a>,
}

impl Round<'_> {
    /// Decides a command on this round's dossier.
    pub fn decide(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        decide_within(self.dossier, command, self.terms, self.limits)
    }

    /// Decides a second command on the dossier that these events will make.
    pub fn decide_next(&self, events: &[Event], command: &Command) -> Result<Vec<Event>, Refusal> {
        decide_within(Some(&after(self.about, self.dossier, events)), command, self.terms, self.limits)
    }

    /// Returns an item that was asked for beside the state.
    pub fn beside(&self, key: &Key) -> Option<&Item> {
        self.loaded.item(key)
    }

    /// Returns the version that the events of this round will make.
    pub fn next_version(&self) -> u64 {
        self.dossier.map_or(1, |dossier| dossier.version + 1)
    }
}

/// Subject of the rounds.
pub(super) struct About<'a> {
    pub agency: &'a AgencyCode,
    pub id: DossierId,
    pub command: &'a Command,
    /// Items that `plan` looks at beside the state.
    pub beside: &'a [Key],
    /// The procedure of a dossier that does not exist yet.
    pub procedure: Option<Arc<Procedure>>,
    /// Its name, which may be one the catalogue does not know.
    pub filed_under: Option<ProcedureRef>,
}

impl Recorder {
    /// Returns the version of its procedure that a dossier lives under.
    pub(super) async fn procedure_of(
        &self,
        dossier: &Dossier,
        now: Timestamp,
    ) -> Result<Option<Arc<Procedure>>, Error> {
        let Dossier { agency, procedure, submitted_at, .. } = dossier;
        if procedure.version > 0 {
            return self.catalogue.version(agency, procedure).await;
        }
        // The dossier was filed before the catalogue knew its procedure. It will live under the version in force when
        // it was received or, if the catalogue begins later, under the one in force now.
        match self.catalogue.in_force(agency, &procedure.code, *submitted_at, now).await? {
            None => self.catalogue.in_force(agency, &procedure.code, now, now).await,
            found => Ok(found),
        }
    }

    /// Runs rounds until `plan` is done or its writes are made. `plan` must find its own receipt. After a write whose
    /// outcome is not known the next round loads again; a receipt found there means that the write was applied.
    pub(super) async fn rounds<T>(
        &self,
        about: &About<'_>,
        plan: impl Fn(&Round<'_>) -> Result<Step<T>, RecordError>,
    ) -> Result<Ran<T>, RecordError> {
        match tokio::time::timeout(PATIENCE, self.rounds_in_time(about, plan)).await {
            Ok(ran) => ran,
            Err(_) => Err(Error::Unavailable { operation: "rounds", reason: "out of time".into() }.into()),
        }
    }

    async fn rounds_in_time<T>(
        &self,
        about: &About<'_>,
        plan: impl Fn(&Round<'_>) -> Result<Step<T>, RecordError>,
    ) -> Result<Ran<T>, RecordError> {
        let (office, till) = (self.office(about.agency), self.till(about.agency));
        // The fees that the earlier software asked for are in its own lines.
        let taken_over = matches!(about.command.actor, Actor::Takeover(_));
        let channel = till.default_channel.as_deref().filter(|_| !taken_over);
        let notices = match asks_notices(&about.command.action) {
            true => self.store.notices_lately(about.agency, about.command.now).await?,
            false => Arc::default(),
        };
        let mut loaded = match about.command.action {
            Action::Wake => self.store.load_lately(about.agency, about.id).await?,
            _ => self.store.load(about.agency, about.id, about.beside).await?,
        };
        let mut dossier = loaded.dossier.clone();
        let mut failure = Error::Contended(ROUNDS);
        for _ in 0..ROUNDS {
            let procedure = match &dossier {
                Some(dossier) => self.procedure_of(dossier, about.command.now).await?,
                None => about.procedure.clone(),
            };
            let terms = Terms { procedure: procedure.as_deref(), office: &office, channel, notices: &notices };
            let round = Round { loaded: &loaded, dossier: dossier.as_ref(), terms, limits: &till.limits, about };
            let (events, mut claims, done) = match plan(&round)? {
                Step::Done(done) => return Ok(Ran { done, dossier }),
                Step::Write { events, claims, done } => (events, claims, done),
            };
            let mut after = after(about, dossier.as_ref(), &events);
            after.counted_by = stamp(dossier.as_ref(), &after, terms);
            let recorded = Recorded::new(about.command, &after, events);
            claims.extend(audited(about, &after));
            let commit = Commit { before: dossier.as_ref(), after: &after, recorded: &recorded, claims };
            let error = match self.store.commit(commit).await {
                Ok(()) => return Ok(Ran { done, dossier: Some(after) }),
                Err(error) => error,
            };
            match error {
                // The store returned the state that won: no need to load again.
                CommitError::Raced(Some(newer)) => {
                    dossier = Some(*newer);
                    continue;
                }
                CommitError::Store(Error::TooLarge(_)) => return Err(Refusal::TooLarge.into()),
                CommitError::Store(error @ (Error::TooNew(_) | Error::Unreadable { .. })) => return Err(error.into()),
                CommitError::Store(error) => failure = error,
                CommitError::Raced(None) | CommitError::Claimed(..) | CommitError::Conflict => {}
            }
            loaded = self.store.load(about.agency, about.id, about.beside).await?;
            dossier.clone_from(&loaded.dossier);
        }
        Err(failure.into())
    }
}

/// Whether notices that stand may have a say in a command: they grant free postage, are cited by a pause, and move the end
/// of a wait. Money, and what comes in, are recorded without a look at them.
fn asks_notices(action: &Action) -> bool {
    match action {
        Action::Submit(_)
        | Action::Accept { .. }
        | Action::RequestSupplement { .. }
        | Action::PauseClock { .. }
        | Action::AskFee { .. }
        | Action::AskAgain { .. }
        | Action::AskPostage { .. }
        | Action::CorrectReceipt { .. }
        | Action::EnterStep { .. }
        | Action::RecordResult { .. }
        | Action::ChooseReturn { .. }
        | Action::AskAddress
        | Action::PutInParcel { .. }
        | Action::ChangeFiling { .. }
        | Action::PostResult { .. }
        | Action::Reopen { .. }
        | Action::Wake => true,
        Action::RefuseIntake { .. }
        | Action::RecordPayment(_)
        | Action::RecordCash { .. }
        | Action::AttachMoney { .. }
        | Action::RecordReceipt { .. }
        | Action::RecordDocument { .. }
        | Action::RecordSupplement { .. }
        | Action::AnnounceOriginals { .. }
        | Action::AnnounceFiles { .. }
        | Action::Waive { .. }
        | Action::VoidPause { .. }
        | Action::Forward { .. }
        | Action::PutToLeader { .. }
        | Action::ReturnToDesk
        | Action::ReplaceSlip
        | Action::CorrectContact { .. }
        | Action::HandOut { .. }
        | Action::ConfirmAddress { .. }
        | Action::TakeOffParcel { .. }
        | Action::RecordFailedAttempt { .. }
        | Action::RecordDelivery
        | Action::RecordUndelivered
        | Action::Withdraw { .. }
        | Action::ReissueResult { .. }
        | Action::Close { .. }
        | Action::Apologise { .. }
        | Action::SettleDates { .. } => false,
    }
}

/// Returns the audit entry of what a member of staff did, to be written with it.
fn audited(about: &About<'_>, after: &Dossier) -> Option<Claim> {
    let Command { now, actor: Actor::Staff(who), action, .. } = about.command else { return None };
    let did = Did::Commanded { id: about.id, version: after.version, command: action.kind() };
    Some(AuditEntry { at: *now, who: who.clone(), did }.claim(about.agency))
}

fn after(about: &About<'_>, dossier: Option<&Dossier>, events: &[Event]) -> Dossier {
    let start = dossier.cloned().unwrap_or_else(|| {
        let procedure = about.filed_under.clone().unwrap_or(ProcedureRef { code: String::new(), version: 0 });
        let at = about.command.at.min(about.command.now);
        Dossier::before(about.agency.clone(), about.id, procedure, at)
    });
    let mut after = events.iter().fold(start, evolve);
    after.version += 1;
    after
}
