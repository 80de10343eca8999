//! Requests for papers: one for each pause that awaits a document, and one for each supplement asked for before acceptance.
//! A pause that awaits only a fee is none.

use jiff::Timestamp;

use super::walk::Moment;
use crate::catalogue::Reason;
use crate::dossier::{Actor, Awaited, Dossier, DueDate, Event, Stage};

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Supplement {
    /// The version that asked for it: its name for ever.
    pub(super) version: u64,
    pub(super) asked_by: Actor,
    pub(super) asked_at: Timestamp,
    /// The reasons for which papers were asked, in order, each once.
    pub(super) reasons: Vec<Reason>,
    pub(super) papers: Vec<String>,
    pub(super) due_before: Option<DueDate>,
    pub(super) answer: Option<Answer>,
}

/// The end of a request: everything is in, or is not needed any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) at: Timestamp,
    pub(super) by: Actor,
    /// The date that holds once the clock runs again; `None` as long as it does not, and before acceptance.
    pub(super) due_after: Option<DueDate>,
    /// The reason why the pause is void, if it is.
    pub(super) void: Option<String>,
}

/// The requests of a dossier, collected event by event.
#[derive(Default)]
pub(super) struct Supplements {
    all: Vec<Supplement>,
    /// The date that held when the clock last ran.
    due: Option<DueDate>,
    /// The request of the pause that is open.
    open: Option<usize>,
}

impl Supplements {
    pub(super) fn see(&mut self, moment: &Moment<'_>) {
        if moment.before.pause().is_none() && moment.before.awaited().is_empty() {
            self.due = moment.before.due();
            self.open = None;
        }
        let asked = documents(moment.after);
        match (asked.is_empty(), documents(moment.before).is_empty()) {
            (false, true) => self.begin(moment, &asked),
            (false, false) => self.grow(&asked),
            (true, false) => self.answer(moment),
            (true, true) => {}
        }
        self.settle(moment);
    }

    pub(super) fn done(self) -> Vec<Supplement> {
        self.all
    }

    fn begin(&mut self, moment: &Moment<'_>, asked: &[&Awaited]) {
        if let Some(open) = self.open {
            // Papers are asked for again while the same pause stands.
            self.all[open].answer = None;
            return self.grow(asked);
        }
        // A dossier that is reopened goes on with the request that it was closed with.
        if matches!(moment.event, Event::Reopened { .. })
            && let Some(last) = self.all.len().checked_sub(1).filter(|last| self.all[*last].answer.is_none())
        {
            self.open = Some(last);
            return;
        }
        let asked_at = asked.iter().map(|thing| thing.since).min().unwrap_or(moment.commit.recorded_at);
        self.open = Some(self.all.len());
        self.all.push(Supplement {
            version: moment.commit.version,
            asked_by: moment.commit.actor.clone(),
            asked_at,
            reasons: Vec::new(),
            papers: Vec::new(),
            due_before: self.due,
            answer: None,
        });
        self.grow(asked);
    }

    fn grow(&mut self, asked: &[&Awaited]) {
        let Some(request) = self.open.and_then(|open| self.all.get_mut(open)) else { return };
        for thing in asked {
            if !request.reasons.contains(&thing.reason) {
                request.reasons.push(thing.reason.clone());
            }
            let new = thing.papers.iter().filter(|paper| !request.papers.contains(paper)).cloned();
            let new: Vec<_> = new.collect();
            request.papers.extend(new);
        }
    }

    /// Ends the open request. An end of the dossier answers nothing: it stays unanswered for ever.
    fn answer(&mut self, moment: &Moment<'_>) {
        let ended = matches!(
            moment.after.stage,
            Stage::Withdrawn
                | Stage::NotAccepted
                | Stage::Closed(_)
                | Stage::Done { .. }
                | Stage::InPost { .. }
                | Stage::Returned { .. }
        );
        let Some(request) = self.open.and_then(|open| self.all.get_mut(open)).filter(|_| !ended) else { return };
        let at = match moment.event {
            Event::ClockResumed { at, .. }
            | Event::IntakeCompleted { at, .. }
            | Event::PapersReceived { at, .. }
            | Event::SupplementReceived { at, .. }
            | Event::DocumentReceived { at, .. }
            | Event::AwaitedWaived { at, .. } => *at,
            _ => moment.commit.recorded_at,
        };
        // A receipt that was noted later than the pause began may name an earlier hand-over.
        let at = at.max(request.asked_at);
        request.answer = Some(Answer { at, by: moment.commit.actor.clone(), due_after: None, void: None });
    }

    /// Notes the date that holds once the clock runs again.
    fn settle(&mut self, moment: &Moment<'_>) {
        let Some(request) = self.open.and_then(|open| self.all.get_mut(open)) else { return };
        let Some(answer) = &mut request.answer else { return };
        match moment.event {
            Event::ClockResumed { .. } => answer.due_after = moment.after.due(),
            Event::PauseVoided { because, .. } => {
                answer.at = request.asked_at;
                answer.due_after = moment.after.due();
                answer.void = Some(because.clone());
            }
            _ => {}
        }
    }
}

fn documents(dossier: &Dossier) -> Vec<&Awaited> {
    let awaited = match &dossier.stage {
        // It waits for them still, if it is reopened.
        Stage::Closed(_) => dossier.pause().map(|pause| pause.awaited.as_slice()).unwrap_or_default(),
        Stage::Submitted
        | Stage::Incomplete(_)
        | Stage::Running(_)
        | Stage::Paused(_)
        | Stage::Done { .. }
        | Stage::InPost { .. }
        | Stage::Returned { .. }
        | Stage::NotAccepted
        | Stage::Withdrawn => dossier.awaited(),
    };
    awaited.iter().filter(|thing| thing.reason != Reason::Fee).collect()
}
