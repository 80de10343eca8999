//! Causes of pauses, and those who began each count: read from a dossier's history.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::evolve::not_before;
use super::super::{Actor, Awaited, Dossier, Event, HANDED_OVER_BEFORE, Recorded, evolve};
use crate::catalogue::Reason;
use crate::clock::Policy;

/// A thing that was awaited.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// The pause it belonged to, from 1.
    pub pause: usize,
    pub reason: Reason,
    /// Number of papers asked for.
    pub asked: usize,
    /// Number of those that are not in yet, as long as it is awaited.
    pub missing: usize,
    pub legal_basis: String,
    pub policy: Policy,
    /// Person or system that asked.
    pub actor: Option<Actor>,
    pub since: Timestamp,
    /// Time at which it was complete.
    pub until: Option<Timestamp>,
    /// Person or system that recorded that.
    pub in_by: Option<Actor>,
    /// The commit that voided it.
    pub void: Option<Void>,
}

/// Reason why a thing never stopped the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Void {
    pub version: u64,
    pub at: Timestamp,
    pub because: String,
    pub actor: Actor,
}

/// The day that an apology named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    pub named: Date,
    /// The last day that holds.
    pub now: Date,
    /// Whether other tables or hours moved it last, rather than a pause.
    pub by_tables: bool,
}

/// Facts about the clock, taken from the history.
#[derive(Debug, Default)]
pub(super) struct History {
    pub things: Vec<Thing>,
    /// Person or system that started the clock.
    pub started_by: Option<Actor>,
    /// The apology, if there was one.
    pub promise: Option<Promise>,
    /// The pauses begun so far.
    pub pauses: usize,
    /// Things of the open pause, in the order of its set.
    awaited: Vec<usize>,
}

impl History {
    /// Reads the history by living the dossier's life once more.
    pub fn read(dossier: &Dossier, commits: &[Recorded]) -> Self {
        let Dossier { agency, id, procedure, submitted_at, .. } = dossier.clone();
        let mut lived = Dossier::before(agency, id, procedure, submitted_at);
        let mut history = Self::default();
        for commit in commits {
            for event in &commit.events {
                let before = lived.pause().map(|pause| pause.awaited.clone()).unwrap_or_default();
                lived = evolve(lived, event);
                history.take(event, commit, &before, &lived);
            }
        }
        history
    }

    /// Returns what the state alone shows: the things that the pause still awaits.
    pub fn of_state(dossier: &Dossier, basis: impl Fn(&Awaited) -> String) -> Self {
        let awaited = dossier.pause().into_iter().flat_map(|pause| &pause.awaited);
        let things = awaited.map(|thing| asked(thing, basis(thing), None, 1)).collect();
        Self { things, ..Self::default() }
    }

    fn take(&mut self, event: &Event, commit: &Recorded, before: &[Awaited], after: &Dossier) {
        if let (Some(promise), Some(now)) =
            (&mut self.promise, after.clock.as_ref().and_then(|clock| clock.promised).map(|due| due.on))
            && now != promise.now
        {
            (promise.now, promise.by_tables) = (now, matches!(event, Event::Recounted(_)));
        }
        match event {
            Event::Apologised { promised, .. } => {
                self.promise = Some(Promise { named: promised.on, now: promised.on, by_tables: false });
            }
            Event::ClockStarted { .. } => self.started_by = Some(commit.actor.clone()),
            Event::ClockPaused { awaited, legal_basis, .. } => {
                self.pauses += 1;
                self.awaited.clear();
                self.asked(awaited, legal_basis, commit);
            }
            Event::AwaitedAdded { awaited, legal_basis } => self.asked(awaited, legal_basis, commit),
            Event::PauseVoided { because, .. } => {
                let void = void(commit, because);
                let pause = self.pauses;
                self.things.iter_mut().filter(|thing| thing.pause == pause).for_each(|it| it.void = Some(void.clone()));
                self.awaited.clear();
            }
            Event::PapersReceived { at, .. }
            | Event::SupplementReceived { at, .. }
            | Event::DocumentReceived { at, .. }
            | Event::AwaitedWaived { at, .. }
            | Event::FeePaid { at, .. } => {
                let left = after.pause().map(|pause| pause.awaited.as_slice()).unwrap_or_default();
                self.came_in(before, left, *at, commit);
            }
            _ => {}
        }
    }

    fn asked(&mut self, awaited: &Awaited, legal_basis: &str, commit: &Recorded) {
        self.awaited.push(self.things.len());
        self.things.push(asked(awaited, legal_basis.to_owned(), Some(commit.actor.clone()), self.pauses));
    }

    /// Notes what came in. Things leave the set in its order, so what is left shows which did.
    fn came_in(&mut self, before: &[Awaited], left: &[Awaited], at: Timestamp, commit: &Recorded) {
        let mut left = left.iter().peekable();
        let same = |one: &Awaited, other: &Awaited| {
            (&one.reason, one.since, one.attempt, one.asked) == (&other.reason, other.since, other.attempt, other.asked)
        };
        let mut stay = Vec::new();
        for (&index, thing) in self.awaited.iter().zip(before) {
            if let Some(still) = left.next_if(|next| same(thing, next)) {
                self.things[index].missing = still.papers.len();
                stay.push(index);
                continue;
            }
            let until = thing.last_in.max(Some(at)).map(|until| not_before(until, thing.since));
            let complete = &mut self.things[index];
            complete.until = until;
            complete.in_by = Some(commit.actor.clone());
            if until < Some(thing.since) {
                complete.void = Some(void(commit, HANDED_OVER_BEFORE));
            }
        }
        self.awaited = stay;
    }
}

fn asked(awaited: &Awaited, legal_basis: String, actor: Option<Actor>, pause: usize) -> Thing {
    Thing {
        pause,
        reason: awaited.reason.clone(),
        asked: awaited.asked,
        missing: awaited.papers.len(),
        legal_basis,
        policy: awaited.policy,
        actor,
        since: awaited.since,
        until: None,
        in_by: None,
        void: None,
    }
}

fn void(commit: &Recorded, because: &str) -> Void {
    Void { version: commit.version, at: commit.recorded_at, because: because.to_owned(), actor: commit.actor.clone() }
}
