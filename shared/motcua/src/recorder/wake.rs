//! Time passes for one dossier.

use jiff::Timestamp;

use super::Recorder;
use super::rounds::{About, RecordError, Step};
use rules::dossier::{Action, Actor, Command, Event, wake_at};
use rules::id::{AgencyCode, DossierId};

impl Recorder {
    /// Wakes a dossier. Returns the events that time alone brings, none if it was moved meanwhile.
    ///
    /// # Errors
    /// [`RecordError`]. A dossier that is due and cannot be moved gives [`RecordError::Unknown`], so that the sweep
    /// puts it off instead of meeting it first for ever.
    pub async fn wake(&self, agency: &AgencyCode, id: DossierId, now: Timestamp) -> Result<Vec<Event>, RecordError> {
        let command = Command::now(now, Actor::Sweep, Action::Wake);
        let about = About { agency, id, command: &command, beside: &[], procedure: None, filed_under: None };
        let ran = self
            .rounds(&about, |round| {
                let events = round.decide(&command)?;
                let still_due = round.dossier.and_then(wake_at).is_some_and(|at| at <= now);
                match (events.is_empty(), still_due) {
                    (true, true) => Err(RecordError::Unknown),
                    (true, false) => Ok(Step::Done(events)),
                    (false, _) => Ok(Step::Write { events: events.clone(), claims: Vec::new(), done: events }),
                }
            })
            .await?;
        Ok(ran.done)
    }
}
