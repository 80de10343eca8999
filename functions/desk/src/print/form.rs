//! Forms that a dossier gives cause for.

use rules::dossier::{Dossier, Event, Recorded, ResultKind};
use rules::vietnam;

use super::edition::{self, Edition, Kind};

/// A form of one dossier, by the version of the events that gave cause for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Accepted, or a due date that was counted anew.
    Receipt(u64),
    /// A supplement or originals were asked for.
    Supplement(u64),
    /// Not accepted at intake, or a negative result.
    Refusal(u64),
    /// An apology with a new date.
    Apology(u64),
    /// Closed by the office.
    Closing(u64),
    /// The whole way of the dossier so far.
    Control,
}

impl Form {
    /// Forms that can be printed of a dossier, in the order of their causes; the control slip is last and always there.
    /// A form that the instrument in force at receipt does not have is left out.
    pub(crate) fn printable(dossier: &Dossier, history: &[Recorded]) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        for commit in history {
            for event in &commit.events {
                if let Some(form) = caused(event, commit.version).filter(|form| !forms.contains(form)) {
                    forms.push(form);
                }
            }
        }
        forms.push(Self::Control);
        forms.retain(|form| form.edition(dossier).is_some());
        forms
    }

    /// Its name in a path: `receipt-2`.
    pub(crate) fn name(self) -> String {
        match self.version() {
            Some(version) => format!("{}-{version}", self.word()),
            None => self.word().to_owned(),
        }
    }

    /// The form of that name; [`Form::printable`] says whether a dossier gives cause for it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        if name == Self::Control.word() {
            return Some(Self::Control);
        }
        let (word, version) = name.split_once('-')?;
        let version = version.parse().ok()?;
        let all = [Self::Receipt, Self::Supplement, Self::Refusal, Self::Apology, Self::Closing].map(|of| of(version));
        // A version has one spelling, so that a form has one address.
        all.into_iter().find(|form| form.word() == word && form.name() == name)
    }

    /// Name in a list of forms: its title and the day of its cause.
    pub(crate) fn label(self, dossier: &Dossier, history: &[Recorded]) -> String {
        let title = self.edition(dossier).map(|edition| edition.title).unwrap_or_default();
        match history.iter().find(|commit| Some(commit.version) == self.version()) {
            Some(commit) => {
                let again = |other: &&Recorded| other.events.iter().any(gives_appointment);
                let is_slip = matches!(self, Self::Receipt(_));
                let slips: Vec<_> = history.iter().filter(again).filter(|_| is_slip).collect();
                let day = vietnam::day(commit.recorded_at);
                // Two slips of one day are told apart by the hour, and one that was replaced says so.
                let of_day = slips.iter().filter(|slip| vietnam::day(slip.recorded_at) == day).count();
                let at = if of_day > 1 { vietnam::date_time(commit.recorded_at) } else { vietnam::written(day) };
                let is_old = slips.last().is_some_and(|last| last.version > commit.version);
                format!("{title}, {at}{}", if is_old { " (đã được thay)" } else { "" })
            }
            None => title.to_owned(),
        }
    }

    /// The version of its cause; `None` for the control slip, which shows all of them.
    pub(crate) fn version(self) -> Option<u64> {
        match self {
            Self::Receipt(version)
            | Self::Supplement(version)
            | Self::Refusal(version)
            | Self::Apology(version)
            | Self::Closing(version) => Some(version),
            Self::Control => None,
        }
    }

    /// The form in force on the day the dossier was received.
    pub(super) fn edition(self, dossier: &Dossier) -> Option<Edition> {
        edition::in_force(self.kind(), vietnam::day(dossier.submitted_at))
    }

    fn kind(self) -> Kind {
        match self {
            Self::Receipt(_) => Kind::Receipt,
            Self::Supplement(_) => Kind::Supplement,
            Self::Refusal(_) => Kind::Refusal,
            Self::Apology(_) => Kind::Apology,
            Self::Closing(_) => Kind::Closing,
            Self::Control => Kind::Control,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Receipt(_) => "receipt",
            Self::Supplement(_) => "supplement",
            Self::Refusal(_) => "refusal",
            Self::Apology(_) => "apology",
            Self::Closing(_) => "closing",
            Self::Control => "control",
        }
    }
}

/// Whether it is acceptance or a new date: after a pause, after the fee that starts the clock, or with a holiday table.
pub(super) fn gives_appointment(event: &Event) -> bool {
    matches!(
        event,
        Event::Accepted { .. }
            | Event::ClockStarted { due: Some(_), .. }
            | Event::ClockResumed { due: Some(_), .. }
            | Event::DueCounted { .. }
            | Event::Recounted(_)
    )
}

/// The form that an event gives cause for. An awaited fee gives none.
fn caused(event: &Event, version: u64) -> Option<Form> {
    match event {
        event if gives_appointment(event) => Some(Form::Receipt(version)),
        Event::IntakeSupplementRequested { .. } => Some(Form::Supplement(version)),
        Event::ClockPaused { awaited, .. } | Event::AwaitedAdded { awaited, .. }
            if awaited.reason.asks_for_papers() =>
        {
            Some(Form::Supplement(version))
        }
        Event::IntakeRefused { .. } | Event::ResultReady { result: ResultKind::Negative, .. } => {
            Some(Form::Refusal(version))
        }
        Event::Apologised { .. } => Some(Form::Apology(version)),
        Event::Closed { .. } => Some(Form::Closing(version)),
        _ => None,
    }
}
