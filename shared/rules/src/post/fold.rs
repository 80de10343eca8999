//! State of a parcel: a fold over its events by the operator's time.

use jiff::Timestamp;

use super::{Source, State, To, Tracked, Why};

/// An attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Counted from 1: by the operator, or by us if it does not count.
    pub attempt: u8,
    /// The reason, if the operator gave one.
    pub why: Option<Why>,
    /// The time.
    pub at: Timestamp,
}

/// Everything that follows from the events of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// The time since which it is that; `None` before the first event.
    pub since: Option<Timestamp>,
    /// The first time at which the operator had it.
    pub collected_at: Option<Timestamp>,
    /// Taker, if somebody took it.
    pub to: Option<To>,
    /// The attempts that failed, in their order.
    pub failed: Vec<Failed>,
    /// The first state of a later time that contradicts the end: a person decides.
    pub contradicted: Option<State>,
    /// An end that only a sender who cannot sign told of: the operator is asked.
    pub unconfirmed: Option<State>,
    /// Number of the events with a code that nobody knows.
    pub unknown: usize,
    /// Number of the events with a time that had not come.
    pub of_the_future: usize,
}

impl Standing {
    fn new() -> Self {
        Self {
            state: State::Ordered,
            since: None,
            collected_at: None,
            to: None,
            failed: Vec::new(),
            contradicted: None,
            unconfirmed: None,
            unknown: 0,
            of_the_future: 0,
        }
    }

    fn take(&mut self, event: &Tracked, state: State) {
        let at = event.counts_at();
        if event.source == Source::Clerk {
            // A person has decided: what contradicted before is settled.
            (self.state, self.since, self.contradicted) = (state, Some(at), None);
        } else if self.state.is_terminal() {
            // A state of the same time only comes behind the end because somebody has to come last.
            let later = self.since.is_some_and(|since| at > since);
            let other_end = state.is_terminal() && state != self.state;
            if state != self.state && (later || other_end) {
                self.contradicted = self.contradicted.or(Some(state));
            }
            return;
        } else {
            self.since = if self.state == state { self.since.or(Some(at)) } else { Some(at) };
            self.state = state;
        }
        if state == State::Delivered {
            self.to = event.to;
        }
    }

    fn fail(&mut self, event: &Tracked) {
        let next = u8::try_from(self.failed.len() + 1).unwrap_or(u8::MAX);
        let (attempt, why) = (event.attempt.unwrap_or(next), event.why);
        match self.failed.iter_mut().find(|failed| failed.attempt == attempt) {
            // The same attempt, told again in other words.
            Some(known) if event.attempt.is_some() => known.why = known.why.or(why),
            Some(_) | None => self.failed.push(Failed { attempt, why, at: event.counts_at() }),
        }
    }
}

/// Folds events, in whatever order they are given. The result depends on the set of them alone.
#[must_use]
pub fn fold(events: &[Tracked]) -> Standing {
    let mut ordered: Vec<Tracked> = Vec::with_capacity(events.len());
    for event in events {
        match ordered.iter_mut().find(|known| known.identity() == event.identity()) {
            Some(known) => *known = known.merged(event),
            None => ordered.push(event.clone()),
        }
    }
    // At one instant an end comes last, so that what led to it does not contradict it.
    ordered.sort_by(|one, other| {
        let key = |event: &Tracked| (event.counts_at(), event.source == Source::Clerk, event.state);
        key(one).cmp(&key(other)).then_with(|| one.identity().cmp(&other.identity()))
    });
    let mut standing = Standing::new();
    let mut doubtful = Vec::new();
    for event in &ordered {
        standing.of_the_future += usize::from(event.is_of_the_future());
        let Some(state) = event.state else {
            standing.unknown += 1;
            continue;
        };
        if !event.is_believed() {
            doubtful.push(state);
            continue;
        }
        if state == State::Collected {
            standing.collected_at = standing.collected_at.or(Some(event.counts_at()));
        }
        if state == State::AttemptFailed {
            standing.fail(event);
        }
        standing.take(event, state);
    }
    let is_confirmed = |state: &State| ordered.iter().any(|it| it.state == Some(*state) && it.is_believed());
    standing.unconfirmed = doubtful.into_iter().rev().find(|state| !is_confirmed(state));
    if standing.state.is_terminal() && standing.unconfirmed.is_some() && standing.contradicted.is_none() {
        // The operator was asked, and told of another end: its word counts.
        standing.unconfirmed = None;
    }
    standing
}
