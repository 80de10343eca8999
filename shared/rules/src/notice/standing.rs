//! All notices whose effects have not ended, and what the rules ask of them.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Card, Effect, Mail, Measure};
use crate::clock::Calendar;
use crate::language::Language;
use crate::message::{Closed, Visit};

/// Working days between the notice of a planned outage and its beginning (NĐ 224/2026 art. 13).
const OUTAGE_WORKING_DAYS: u32 = 7;

/// Days for which a notice is kept here after its last effect has ended.
pub const KEPT_DAYS: i32 = 40;

/// The notices of an agency that stand, and those that ended lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Standing {
    /// Their cards, by number.
    pub cards: Vec<Card>,
}

/// The notice by which something was granted: what was granted under it stays, though it ends or is changed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The number of the notice.
    pub notice: u32,
    /// Its version on that day.
    pub version: u32,
}

impl Standing {
    /// Returns those of an office without notices.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: Standing = Standing { cards: Vec::new() };
        &NONE
    }

    /// Returns the effects that run on a day, with their notices.
    pub fn on(&self, day: Date) -> impl Iterator<Item = (&Card, &Effect)> {
        let effects = move |card| self::effects(card).filter(move |(_, effect)| effect.runs_on(day));
        self.cards.iter().flat_map(effects)
    }

    /// Returns the notice that makes the postage of this mail free on a day, for a dossier of this procedure.
    #[must_use]
    pub fn free_postage(&self, mail: Mail, procedure: &str, day: Date) -> Option<Granted> {
        let grants = |card: &Card, effect: &Effect| match effect.measure {
            Measure::FreePostage { of } => of.covers(mail) && card.is_about(procedure),
            _ => false,
        };
        let (card, _) = self.on(day).find(|(card, effect)| grants(card, effect))?;
        Some(Granted { notice: card.number, version: card.version })
    }

    /// Returns the citation of the notice by which originals are sent by post on a day.
    #[must_use]
    pub fn basis_for_originals(&self, procedure: &str, day: Date) -> Option<&str> {
        let by_post =
            |card: &Card, effect: &Effect| effect.measure == Measure::OriginalsByPost && card.is_about(procedure);
        self.on(day).find(|(card, effect)| by_post(card, effect)).map(|(card, _)| card.legal_basis.as_str())
    }

    /// Returns the advice to visitors on a day, each once.
    #[must_use]
    pub fn advice(&self, day: Date, lang: Language) -> Vec<&str> {
        let mut all = Vec::new();
        for (_, effect) in self.on(day) {
            let Measure::Advice { vi, en } = &effect.measure else { continue };
            let text = if lang == Language::En && !en.is_empty() { en } else { vi };
            if !all.contains(&text.as_str()) {
                all.push(text);
            }
        }
        all
    }

    /// Returns the notice by which the desk is closed on a day.
    #[must_use]
    pub fn closed_on(&self, day: Date) -> Option<&Card> {
        let closes = |effect: &Effect| matches!(effect.measure, Measure::Closed { .. });
        self.on(day).find(|(_, effect)| closes(effect)).map(|(card, _)| card)
    }

    /// Returns the first working day from this one on on which the desk is open; `None` if no end of the closing is known,
    /// or the calendar does not reach so far.
    #[must_use]
    pub fn open_from(&self, calendar: &Calendar, day: Date) -> Option<Date> {
        let mut day = day;
        // No closing that has an end is longer than two years.
        for _ in 0..750 {
            if self.closed_on(day).is_none() && calendar.is_working_day(day).ok()? {
                return Some(day);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// Returns the day on which a wait ends that would end on `day`: the next open day if the desk is closed then. While no
    /// end of the closing is known, it is a week after `today`.
    #[must_use]
    pub fn wait_ends_on(&self, calendar: &Calendar, day: Date, today: Date) -> Date {
        let moves = |effect: &Effect| matches!(effect.measure, Measure::Closed { waits_run: false, .. });
        if !self.on(day).any(|(_, effect)| moves(effect)) {
            return day;
        }
        let in_a_week = || calendar.add_working_days(today.max(day), 5).ok();
        self.open_from(calendar, day).or_else(in_a_week).unwrap_or(day)
    }

    /// Returns the effects that somebody with a dossier of this procedure is told on a day.
    #[must_use]
    pub fn for_applicants(&self, procedure: &str, day: Date) -> Vec<(&Effect, &Card)> {
        let concerns = |measure: &Measure| match measure {
            Measure::Guidance | Measure::Outage { .. } => false,
            Measure::FreePostage { .. }
            | Measure::OriginalsByPost
            | Measure::Advice { .. }
            | Measure::Closed { .. }
            | Measure::Restricted { .. }
            | Measure::Moved { .. } => true,
        };
        let running = self.on(day).filter(|(card, effect)| card.is_about(procedure) && concerns(&effect.measure));
        running.map(|(card, effect)| (effect, card)).collect()
    }

    /// Returns what these notices say to visitors on a day.
    #[must_use]
    pub fn visit(&self, calendar: &Calendar, procedure: &str, day: Date, lang: Language) -> Visit<'_> {
        let opens_on = |_| self.open_from(calendar, day);
        Visit {
            advice: Visit::advised(&self.advice(day, lang)),
            closed: self.closed_on(day).map(opens_on).map(|opens_on| Closed { opens_on }),
            sends_free: self.free_postage(Mail::Originals, procedure, day).is_some(),
            by_post: false,
        }
    }

    /// Returns the place that the office has moved to by a day.
    #[must_use]
    pub fn moved_to(&self, day: Date) -> Option<(&str, Option<&str>)> {
        let moves = self.on(day).filter_map(|(_, effect)| match &effect.measure {
            Measure::Moved { to, telephone } => Some((effect.from, (to.as_str(), telephone.as_deref()))),
            _ => None,
        });
        moves.max_by_key(|(from, _)| *from).map(|(_, place)| place)
    }

    /// Returns these cards with one in the place of its earlier version, and without those that ended longer than
    /// [`KEPT_DAYS`] before a day: what happened on their days may be recorded later.
    #[must_use]
    pub fn with(&self, card: Card, day: Date) -> Self {
        let since = day.checked_sub(KEPT_DAYS.days()).unwrap_or(day);
        let number = card.number;
        let others = self.cards.iter().filter(|it| it.number != number).cloned();
        let mut cards: Vec<_> = others.chain([card]).filter(|it| it.stands_on(since)).collect();
        cards.sort_by_key(|card| card.number);
        Self { cards }
    }
}

/// Two effects that cannot both hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The number of the other notice; `None` if both are in one.
    pub other: Option<u32>,
    /// The name of the measure here.
    pub here: &'static str,
    /// The name of the measure there.
    pub there: &'static str,
}

/// Returns what contradicts on the same days: in the card itself, and between it and the others that stand.
#[must_use]
pub fn clashes(card: &Card, standing: &Standing) -> Vec<Clash> {
    let mut found = Vec::new();
    for (place, effect) in card.effects.iter().enumerate() {
        let later = card.effects.iter().skip(place + 1).map(|other| (None, other));
        let others = standing.cards.iter().filter(|other| other.number != card.number);
        let others = others.flat_map(|other| other.effects.iter().map(|effect| (Some(other.number), effect)));
        for (other, there) in later.chain(others) {
            if effect.meets(there) && contradict(&effect.measure, &there.measure) {
                let clash = Clash { other, here: effect.measure.name(), there: there.measure.name() };
                if !found.contains(&clash) {
                    found.push(clash);
                }
            }
        }
    }
    found
}

/// Whether two measures cannot both hold on a day.
fn contradict(one: &Measure, other: &Measure) -> bool {
    match (one, other) {
        (Measure::Closed { article: one, .. }, Measure::Closed { article: other, .. }) => one != other,
        (Measure::Closed { .. }, Measure::Restricted { .. }) | (Measure::Restricted { .. }, Measure::Closed { .. }) => {
            true
        }
        (Measure::Moved { to: one, .. }, Measure::Moved { to: other, .. }) => one != other,
        _ => false,
    }
}

/// Returns by how many working days a planned outage is announced too late; 0 if it is in time, and `None` if it is no
/// outage or the calendar does not know these days.
#[must_use]
pub fn is_short_by(effect: &Effect, announced_on: Date, calendar: &Calendar) -> Option<u32> {
    if !matches!(effect.measure, Measure::Outage { .. }) {
        return None;
    }
    let mut working = 0;
    let mut day = announced_on;
    while working < OUTAGE_WORKING_DAYS {
        day = day.tomorrow().ok()?;
        if day >= effect.from {
            break;
        }
        working += u32::from(calendar.is_working_day(day).ok()?);
    }
    Some(OUTAGE_WORKING_DAYS - working)
}

fn effects(card: &Card) -> impl Iterator<Item = (&Card, &Effect)> {
    card.effects.iter().map(move |effect| (card, effect))
}
