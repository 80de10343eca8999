//! Explanation of a due date: each stretch of the clock with its time, reason, law and actor, and the whole in one
//! sentence.

mod history;
mod moves;
mod words;

use jiff::Timestamp;
use serde::Serialize;

use super::{Actor, Awaited, Dossier, Phase, Recorded, Terms};
use crate::catalogue::ClockStart;
use crate::clock::{
    self, Asides, Count, Measure, Policy, Segment, SegmentKind, Stop, explain_en_with, explain_vi_with,
};
use crate::language::Language;
use crate::vietnam;
use history::{History, Thing};

pub use moves::{Move, moves};

/// Explanation of a dossier's due date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// One sentence for a citizen, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Stretches of the clock, in the order of their beginnings. The counted days of the running ones add up to the
    /// allowance of a finished count.
    pub segments: Vec<Stretch>,
}

/// A stretch of a dossier's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end; `None` while it lasts.
    pub to: Option<Timestamp>,
    /// State of the clock.
    pub kind: StretchKind,
    /// Amount that it counted.
    pub counted: u32,
    /// Unit of that amount.
    pub unit: Measure,
    /// For a pause, the effect of the receipt that ends it.
    pub policy: Option<Policy>,
    /// Reasons, one for each thing awaited; for a running stretch, the one that began it.
    pub causes: Vec<Cause>,
    /// For a void pause, the one who found that, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voided: Option<Voided>,
}

/// State of the clock during a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StretchKind {
    /// It ran, and its count is kept.
    Running,
    /// It was stopped.
    Paused,
    /// It ran, and a restart annulled its count.
    Annulled,
    /// It was stopped after the counted due date, which does not move.
    PausedAfterDue,
    /// It seemed to be stopped, in error.
    Void,
}

/// Reason why the clock was stopped, or ran from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The reason's name: `originals`, `supplement`, `fee`, one of the procedure's own; `started`, `resumed` or
    /// `restarted` for a running stretch.
    pub reason: String,
    /// In Vietnamese words.
    pub vi: String,
    /// In English words.
    pub en: String,
    /// The article it rests on.
    pub legal_basis: String,
    /// Person or system that acted; `None` if only the state is known.
    pub actor: Option<Actor>,
}

/// The end of a void pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voided {
    /// The reason, as recorded.
    pub because: String,
    /// Person or system that recorded it.
    pub actor: Actor,
}

/// Explains the dossier's due date. `history` is every commit so far; if empty, only the reasons of the open pause are
/// known. `None` before the clock starts, or if the catalogue does not know the procedure.
#[must_use]
pub fn explanation(dossier: &Dossier, history: &[Recorded], terms: Terms<'_>) -> Option<Explanation> {
    explained(dossier, history, terms, true)
}

/// Explains the due date in the sentence of a form, a letter or a line, without asides: a form that is printed again must
/// read as the first time.
#[must_use]
pub fn explanation_in_brief(
    dossier: &Dossier,
    history: &[Recorded],
    terms: Terms<'_>,
    language: Language,
) -> Option<String> {
    let explained = explained(dossier, history, terms, false)?;
    Some(match language {
        Language::Vi => explained.vi,
        Language::En => explained.en,
    })
}

fn explained(dossier: &Dossier, history: &[Recorded], terms: Terms<'_>, with_asides: bool) -> Option<Explanation> {
    let (clock, procedure) = (dossier.clock.as_ref()?, terms.procedure?);
    let basis = |it: &Awaited| procedure.basis(&it.reason, dossier.received_at(), it.since).to_owned();
    let read = if history.is_empty() { History::of_state(dossier, basis) } else { History::read(dossier, history) };
    let ended_at = clock.ended_at;
    let mut stops = dossier.stops();
    // A closed dossier keeps its open pause, for a reopening; any other end forgets it.
    if ended_at.is_some() && dossier.due().is_none() && dossier.phase() != Phase::Closed {
        stops.extend(read.last_pause());
    }
    let mut count = clock::count(&procedure.limit, clock.starts_at?, &stops, terms.office).ok()?;
    if let Some(last) = count.segments.last_mut().filter(|segment| segment.kind == SegmentKind::Paused) {
        last.to = last.to.or(until_the_end(last.from, ended_at));
    }
    let teller = Teller {
        history: &read,
        legal_basis: &procedure.legal_basis,
        fee_first: procedure.starts_on == ClockStart::FeePaid,
    };
    let mut segments = teller.counted(&count);
    let asides = match with_asides {
        true => Asides {
            put_off: terms.office.put_off(&procedure.limit, &count),
            by_payment: teller.fee_first,
            days_off: terms.office.days_off_within(&count),
            reasons: Vec::new(),
        },
        false => Asides::default(),
    };
    let [vi, en] = sentence(dossier, &count, &segments, &asides, &read);
    let after_due = teller.after_due(&count).into_iter();
    segments.extend(after_due.map(|it| Stretch { to: it.to.or(until_the_end(it.from, ended_at)), ..it }));
    segments.extend(teller.void(count.counted_in));
    segments.sort_by_key(|stretch| stretch.from);
    Some(Explanation { vi, en, segments })
}

/// Returns the end of a pause that was open when the dossier ended. It is not before the pause began, though the
/// dossier's end may have been recorded later than it happened.
fn until_the_end(from: Timestamp, ended_at: Option<Timestamp>) -> Option<Timestamp> {
    ended_at.map(|at| at.max(from))
}

/// Names the actor, in Vietnamese and in English words.
#[must_use]
pub fn told(actor: &Actor) -> [String; 2] {
    words::actor(actor)
}

fn sentence(dossier: &Dossier, count: &Count, segments: &[Stretch], asides: &Asides, history: &History) -> [String; 2] {
    let reasons = |words: fn(&Cause) -> &str| {
        let told = |stretch: &Stretch| {
            let mut said: Vec<&str> = Vec::new();
            for cause in stretch.causes.iter().map(words).filter(|_| stretch.kind == StretchKind::Paused) {
                if !said.contains(&cause) {
                    said.push(cause);
                }
            }
            said.join(", ")
        };
        Asides { reasons: segments.iter().map(told).collect(), ..asides.clone() }
    };
    let sentences =
        [explain_vi_with(count, &reasons(|cause| &cause.vi)), explain_en_with(count, &reasons(|cause| &cause.en))];
    let clock = dossier.clock.as_ref();
    let promised = clock.and_then(|it| it.promised).map(|due| words::promised(due.on, history.promise.as_ref()));
    let ended = clock.and_then(|it| it.ended_at);
    let ended = ended.and_then(|at| words::ended(dossier.phase(), &vietnam::date(at)));
    [promised, ended].into_iter().flatten().fold(sentences, |[vi, en], [more_vi, more_en]| {
        [(vi, more_vi), (en, more_en)].map(|(said, more)| format!("{}; {more}.", said.trim_end_matches('.')))
    })
}

impl History {
    /// Returns the last pause as counting sees it.
    fn last_pause(&self) -> impl Iterator<Item = Stop> + '_ {
        let last = |thing: &&Thing| thing.pause == self.pauses && thing.void.is_none();
        self.things.iter().filter(last).map(|it| Stop { from: it.since, to: it.until, policy: it.policy })
    }

    fn standing(&self) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(|thing| thing.void.is_none())
    }
}

/// Source of the causes of stretches.
struct Teller<'a> {
    history: &'a History,
    legal_basis: &'a str,
    fee_first: bool,
}

impl Teller<'_> {
    /// Returns what was counted, each part with its causes.
    fn counted(&self, count: &Count) -> Vec<Stretch> {
        let mut ended = None;
        let stretches = count.segments.iter().map(|segment| {
            let (kind, causes) = match segment.kind {
                SegmentKind::Running => (StretchKind::Running, vec![self.begun(segment.from, ended)]),
                SegmentKind::Annulled => (StretchKind::Annulled, vec![self.begun(segment.from, ended)]),
                SegmentKind::Paused => {
                    ended = segment.policy;
                    (StretchKind::Paused, self.during(segment))
                }
            };
            let Segment { from, to, counted, policy, .. } = *segment;
            Stretch { from, to, kind, counted, unit: count.counted_in, policy, causes, voided: None }
        });
        stretches.collect()
    }

    /// Returns the things awaited while the clock was stopped.
    fn during(&self, segment: &Segment) -> Vec<Cause> {
        self.history.standing().filter(|thing| meet(thing, segment)).map(cause).collect()
    }

    /// Returns what began the count at `from`: the receipt of the last thing awaited, or the start of the clock.
    fn begun(&self, from: Timestamp, after: Option<Policy>) -> Cause {
        let (reason, [vi, en]) = words::begun(after, self.fee_first);
        let receipt = self.history.standing().find(|thing| after.is_some() && thing.until == Some(from));
        let actor = match (after, receipt) {
            (None, _) => self.history.started_by.clone(),
            (Some(_), receipt) => receipt.and_then(|thing| thing.in_by.clone()),
        };
        Cause { reason: reason.into(), vi, en, legal_basis: self.legal_basis.to_owned(), actor }
    }

    /// Returns the pauses that began after the limit had run out.
    fn after_due(&self, count: &Count) -> Vec<Stretch> {
        let paused = |segment: &&Segment| segment.kind == SegmentKind::Paused;
        let counted = |thing: &&Thing| count.segments.iter().filter(paused).any(|segment| meet(thing, segment));
        // A thing that was complete before the clock started did not stop it.
        let over_before = |thing: &&Thing| thing.until.is_some_and(|until| until <= count.starts_at);
        let after = self.history.standing().filter(|thing| !counted(thing) && !over_before(thing));
        grouped(after, |thing| thing.pause, StretchKind::PausedAfterDue, count.counted_in)
    }

    /// Returns the void pauses.
    fn void(&self, unit: Measure) -> Vec<Stretch> {
        let void = self.history.things.iter().filter(|thing| thing.void.is_some());
        let version = |thing: &Thing| thing.void.as_ref().map(|void| void.version);
        grouped(void, version, StretchKind::Void, unit)
    }
}

/// Whether the thing was awaited during the segment.
fn meet(thing: &Thing, segment: &Segment) -> bool {
    // A dossier may end at the instant at which its clock stopped.
    let began = segment.to.is_none_or(|to| thing.since < to) || thing.since == segment.from;
    // Something may have come in at the instant at which it was asked.
    began && thing.until.is_none_or(|until| until > segment.from || thing.since == until)
}

fn cause(thing: &Thing) -> Cause {
    let some_are_in = thing.until.is_none() && (1..thing.asked).contains(&thing.missing);
    let [vi, en] = words::awaited(&thing.reason, thing.asked);
    let [vi, en] = match some_are_in {
        true => [format!("{vi}, còn thiếu {}", thing.missing), format!("{en}, {} still missing", thing.missing)],
        false => [vi, en],
    };
    let (legal_basis, actor) = (thing.legal_basis.clone(), thing.actor.clone());
    Cause { reason: thing.reason.to_string(), vi, en, legal_basis, actor }
}

/// Makes one stretch of the things that belong together, which follow each other in the list.
fn grouped<'a, K: PartialEq>(
    things: impl Iterator<Item = &'a Thing>,
    key: impl Fn(&Thing) -> K,
    kind: StretchKind,
    unit: Measure,
) -> Vec<Stretch> {
    let mut groups: Vec<(K, Stretch)> = Vec::new();
    for thing in things {
        let to = thing.void.as_ref().map_or(thing.until, |void| Some(void.at));
        match groups.last_mut().filter(|(group, _)| *group == key(thing)) {
            Some((_, stretch)) => {
                stretch.from = stretch.from.min(thing.since);
                stretch.to = stretch.to.zip(to).map(|(one, other)| one.max(other));
                stretch.policy = stretch.policy.map(|policy| super::pause::stricter(policy, thing.policy));
                stretch.causes.push(cause(thing));
            }
            None => {
                let voided = thing.void.clone().map(|void| Voided { because: void.because, actor: void.actor });
                let policy = Some(thing.policy);
                let causes = vec![cause(thing)];
                let stretch = Stretch { from: thing.since, to, kind, counted: 0, unit, policy, causes, voided };
                groups.push((key(thing), stretch));
            }
        }
    }
    groups.into_iter().map(|(_, stretch)| stretch).collect()
}
