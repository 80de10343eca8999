//! From a portal's message to the record, and from the record to the answer.

use jiff::Timestamp;
use motcua::recorder::{Arrival, Done, Order, RecordError};
use motcua::site::Site;
use motcua::store::{Error, Key, text};
use rules::catalogue::ProcedureRef;
use rules::config::Portal;
use rules::dossier::table::{Cell, cell};
use rules::dossier::{Action, Actor, Command, Dossier, Enclosed, Kind, Phase, Refusal, Source, Submission};
use rules::id::{AgencyCode, DossierId};
use rules::person::Personal;
use serde_json::Value;

use crate::answer::Answer;
use crate::hoso::News;
use crate::message::Message;

/// The reason of a withdrawal in the history. What the applicant wrote may be personal and stays in the form.
const WITHDRAWN_THROUGH_PORTAL: &str = "rút hồ sơ qua cổng dịch vụ công";

/// What became of an event.
pub(crate) enum Outcome {
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

/// Records a delivery, or keeps it where it cannot be recorded now.
pub(crate) async fn delivery(
    site: &Site,
    portal: &Portal,
    arrival: &Arrival,
    message: &Message,
    now: Timestamp,
) -> Answer {
    let agency = &portal.agency;
    let kept = match event(site, agency, arrival, message, now).await {
        Ok(Outcome::Recorded(id)) => return Answer::Recorded(id),
        Ok(Outcome::Before(id)) => return Answer::AlreadyRecorded(id),
        Ok(Outcome::Kept(id)) => return Answer::Kept(Some(id)),
        Err(RecordError::Refused(refusal)) => return Answer::Refused(refusal),
        Ok(Outcome::DossierUnknown) => site.recorder.keep(agency, arrival).await.map(|()| Answer::KeptForLater),
        Ok(Outcome::Changed(id)) => {
            site.recorder.keep_for_a_person(agency, arrival).await.map(|()| Answer::Kept(Some(id)))
        }
        Err(RecordError::KeyReused) => {
            site.recorder.keep_for_a_person(agency, arrival).await.map(|()| Answer::Kept(None))
        }
        Err(error @ (RecordError::Stale(_) | RecordError::Unknown | RecordError::Store(_))) => {
            return later(portal, &error);
        }
    };
    kept.unwrap_or_else(|error| later(portal, &error))
}

fn later(portal: &Portal, error: &dyn std::error::Error) -> Answer {
    tracing::error!(portal = portal.id, reason = %error, "a portal event was not recorded");
    Answer::Later
}

/// Records what a message tells, under the receipt of its delivery.
pub(crate) async fn event(
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
