//! From a portal's message to the record: at once by `portal-webhook`, and again by the sweep where the dossier was not
//! there yet.

use jiff::Timestamp;
use serde_json::Value;

use crate::recorder::{Arrival, Done, Order, RecordError};
use crate::site::Site;
use crate::store::{Error, Key, text};
use rules::catalogue::ProcedureRef;
use rules::dossier::table::{Cell, cell};
use rules::dossier::{Action, Actor, Command, Dossier, Enclosed, Kind, Phase, Refusal, Source, Submission};
use rules::id::{AgencyCode, DossierId};
use rules::person::Personal;
use rules::portal::{Message, News, parse_kept};

/// The reason of a withdrawal in the history. What the applicant wrote may be personal and stays in the form.
const WITHDRAWN_THROUGH_PORTAL: &str = "rút hồ sơ qua cổng dịch vụ công";

/// What became of an event.
pub enum Outcome {
    /// Recorded now.
    Recorded(DossierId),
    /// Recorded before; under which dossier, where that is known without another look.
    Before(Option<DossierId>),
    /// The dossier is over: recorded beside it, for a person.
    Kept(DossierId),
    /// The portal submits a dossier of its own once more, with other content.
    Changed(DossierId),
    /// There is no such dossier yet.
    DossierUnknown,
}

/// Records what a message tells, under the receipt of its delivery.
///
/// # Errors
/// [`RecordError`].
pub async fn event(
    site: &Site,
    agency: &AgencyCode,
    arrival: &Arrival,
    message: &Message,
    now: Timestamp,
) -> Result<Outcome, RecordError> {
    let key = site.config.id_key().expose();
    let id = DossierId::of_foreign(key, agency, &arrival.portal, &message.code);
    let order = order(agency, id, arrival, message, now);
    let kind = order.command.action.kind();
    let recorded = match site.recorder.record(&order).await {
        // It came from another source before, and this is news of it.
        Ok(Done::Elsewhere(id)) if kind != Kind::Submit => site.recorder.record(&Order { id, ..order }).await,
        recorded => recorded,
    };
    match recorded {
        Ok(done) => Ok(outcome(kind, done)),
        Err(RecordError::Refused(Refusal::Phase { phase: Phase::New, .. })) => Ok(Outcome::DossierUnknown),
        // Under another delivery id the portal submits what is here already.
        Err(RecordError::Refused(Refusal::Phase { kind: Kind::Submit, .. })) => {
            let same = is_same_form(site, agency, id, &message.form).await?;
            Ok(if same { Outcome::Before(Some(id)) } else { Outcome::Changed(id) })
        }
        Err(error) => Err(error),
    }
}

/// What became of a kept event that was tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Recorded now.
    Recorded,
    /// Recorded before, under the same delivery or by another source.
    Before,
    /// The dossier declined it; it will not accept it later either.
    Refused,
    /// Its dossier is still not there.
    DossierUnknown,
    /// It cannot be applied ever, for its content or because its delivery id belongs to another content: a person's.
    Unusable,
}

/// Tries a kept event again. What it tells happened at the latest when it was received.
///
/// # Errors
/// [`RecordError::Store`]: come again later.
pub async fn apply(
    site: &Site,
    agency: &AgencyCode,
    arrival: &Arrival,
    now: Timestamp,
) -> Result<Applied, RecordError> {
    let Ok(message) = parse_kept(&arrival.body) else { return Ok(Applied::Unusable) };
    match event(site, agency, arrival, &message, now).await {
        Ok(Outcome::Recorded(_) | Outcome::Kept(_)) => Ok(Applied::Recorded),
        Ok(Outcome::Before(_)) => Ok(Applied::Before),
        Ok(Outcome::DossierUnknown) => Ok(Applied::DossierUnknown),
        Ok(Outcome::Changed(_)) | Err(RecordError::KeyReused) => Ok(Applied::Unusable),
        Err(RecordError::Refused(_)) => Ok(Applied::Refused),
        Err(error @ (RecordError::Stale(_) | RecordError::Unknown | RecordError::Store(_))) => Err(error),
    }
}

fn outcome(kind: Kind, done: Done) -> Outcome {
    match done {
        Done::Now(dossier) if was_over(&dossier, kind) => Outcome::Kept(dossier.id),
        Done::Now(dossier) => Outcome::Recorded(dossier.id),
        Done::Before(_, dossier) => Outcome::Before(dossier.map(|dossier| dossier.id)),
        Done::Elsewhere(id) => Outcome::Before(Some(id)),
    }
}

/// Whether the command met a dossier that was over. A withdrawn dossier may just have become it.
fn was_over(after: &Dossier, kind: Kind) -> bool {
    let phase = after.phase();
    cell(phase, kind) == Cell::Kept && (kind, phase) != (Kind::Withdraw, Phase::Withdrawn)
}

async fn is_same_form(site: &Site, agency: &AgencyCode, id: DossierId, form: &str) -> Result<bool, Error> {
    let first = site.recorder.store().item(&Key::form(agency, id, 1)).await?;
    let value = |text: &str| serde_json::from_str::<Value>(text).ok();
    Ok(first.is_some_and(|item| text(&item, "form").and_then(value) == value(form)))
}

fn order(agency: &AgencyCode, id: DossierId, arrival: &Arrival, message: &Message, now: Timestamp) -> Order {
    let (action, person) = match &message.news {
        News::Submitted(submitted) => {
            let submission = Submission {
                source: Source::Portal(arrival.portal.clone()),
                filing: submitted.filing,
                procedure: ProcedureRef { code: submitted.procedure.clone(), version: 0 },
                code: Some(message.code.clone()),
                enclosed: Enclosed { returns_by_post: submitted.returns_by_post, ..Enclosed::default() },
            };
            (Action::Submit(submission), Some(Personal::Filed(Box::new(submitted.person.clone()))))
        }
        News::Supplemented { papers } => (Action::RecordSupplement { papers: papers.clone() }, None),
        News::OriginalsReceived { papers, minutes_no, by_post } => {
            (originals(papers, minutes_no.as_deref(), *by_post), None)
        }
        News::Withdrawn => (Action::Withdraw { reason: WITHDRAWN_THROUGH_PORTAL.into() }, None),
    };
    // A portal whose clock is ahead tells of now; one that says nothing tells of the instant it was heard.
    let at = message.at.unwrap_or(arrival.received_at).min(arrival.received_at);
    Order {
        agency: agency.clone(),
        id,
        command: Command { at, now, actor: Actor::Portal(arrival.portal.clone()), action },
        receipt: arrival.receipt(),
        called: Some(message.code.clone()),
        expected_version: None,
        form: Some(message.form.clone()),
        person,
        accept: false,
    }
}

/// Only the hand-over minutes make originals received; a portal that lacks them merely announces.
fn originals(papers: &[String], minutes_no: Option<&str>, by_post: bool) -> Action {
    let papers = papers.to_vec();
    match minutes_no {
        Some(minutes_no) if !papers.is_empty() => {
            Action::RecordReceipt { papers, minutes_no: minutes_no.to_owned(), by_post }
        }
        Some(_) | None => Action::AnnounceOriginals { papers },
    }
}
