//! From a portal's message to the record: at once by `portal-webhook`, and again by the sweep if the dossier did not
//! exist yet.

mod change;
mod outcome;
mod paid;

pub use outcome::{About, Outcome};

use jiff::Timestamp;
use outcome::{KEPT, did, is_gone};

use crate::recorder::{Arrival, Done, Order, RecordError};
use crate::site::Site;
use crate::store::{Error, Key, text};
use rules::catalogue::ProcedureRef;
use rules::dossier::table::{Cell, cell};
use rules::dossier::{Action, Actor, Command, Dossier, Enclosed, Filing, Kind, Phase, Refusal, Source, Submission};
use rules::id::{AgencyCode, DossierId};
use rules::person::Personal;
use rules::portal::{Changed, Message, News, Why, parse_kept};
use rules::repeat;

/// The reason of a withdrawal in the history. The applicant's own words may be personal and stay in the form.
const WITHDRAWN_THROUGH_PORTAL: &str = "rút hồ sơ qua cổng dịch vụ công";

/// Records the news of a message, under the receipt of its delivery.
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
    if let News::Paid(paid) = &message.news {
        return paid::record(site, agency, arrival, (message, paid), now).await;
    }
    let key = site.config.id_key().expose();
    let id = DossierId::of_foreign(key, agency, &arrival.portal, &message.code);
    let order = order(agency, id, arrival, message, now);
    let kind = order.command.action.kind();
    let recorded = match site.recorder.record(&order).await {
        // Codes count up by the day, so that any portal can name the dossier of another.
        Ok(Done::Elsewhere(id)) if is_decisive(kind) && !may_tell(site, agency, arrival, id).await? => {
            return Ok(Outcome::Aside(Some(id), Why::OtherSource));
        }
        // The dossier came from another source before, and this is news of it.
        Ok(Done::Elsewhere(id)) if kind != Kind::Submit => site.recorder.record(&Order { id, ..order }).await,
        recorded => recorded,
    };
    match recorded {
        Ok(done) => {
            change::keep(site, agency, arrival, kind, &done).await?;
            Ok(outcome(&message.news, kind, done))
        }
        Err(RecordError::Refused(Refusal::Phase { phase: Phase::New, .. })) => Ok(Outcome::DossierUnknown),
        // The portal submits, under another delivery id, a dossier that is here already.
        Err(RecordError::Refused(Refusal::Phase { kind: Kind::Submit, .. })) => {
            let same = is_same_form(site, agency, id, &message.form).await?;
            let about = About { id, code: Some(message.code.clone()), did: did(&message.news) };
            Ok(if same { Outcome::Before(Some(about)) } else { Outcome::Aside(Some(id), Why::OtherContent) })
        }
        Err(error) => Err(error),
    }
}

/// Whether news of this kind ends a dossier, changes what was filed, or lets its clock run.
fn is_decisive(kind: Kind) -> bool {
    matches!(kind, Kind::Withdraw | Kind::RecordSupplement | Kind::RecordReceipt | Kind::ChangeFiling)
}

/// Whether such news of a dossier that another source filed is taken from a portal: if its entry says so, or if the
/// dossier came online and nobody wrote by which portal, as in the earlier software. A portal that is closed says nothing.
async fn may_tell(site: &Site, agency: &AgencyCode, arrival: &Arrival, id: DossierId) -> Result<bool, Error> {
    if site.config.portal(&arrival.portal).is_ok_and(|portal| portal.speaks_for_others) {
        return Ok(true);
    }
    let dossier = site.recorder.store().load(agency, id, &[]).await?.dossier;
    Ok(dossier.is_some_and(|dossier| dossier.source == Source::Office && dossier.filing == Filing::Online))
}

/// Outcome of a kept event that was tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Recorded now.
    Recorded,
    /// Recorded before, under the same delivery or by another source.
    Before,
    /// The dossier declined it and will not accept it later either.
    Refused,
    /// Its dossier still does not exist.
    DossierUnknown,
    /// It can never be applied: the content is wrong, the delivery id has another content, or another portal filed the
    /// dossier. It goes to a person.
    Unusable,
}

/// Tries a kept event again. Its news happened at the latest when it was received.
///
/// # Errors
/// [`RecordError::Store`]: try again later.
pub async fn apply(
    site: &Site,
    agency: &AgencyCode,
    arrival: &Arrival,
    now: Timestamp,
) -> Result<Applied, RecordError> {
    let Ok(message) = parse_kept(&arrival.body) else { return Ok(Applied::Unusable) };
    match event(site, agency, arrival, &message, now).await {
        Ok(Outcome::Recorded(_) | Outcome::Kept(..)) => Ok(Applied::Recorded),
        Ok(Outcome::Before(_)) => Ok(Applied::Before),
        Ok(Outcome::DossierUnknown) => Ok(Applied::DossierUnknown),
        Ok(Outcome::Aside(..)) | Err(RecordError::KeyReused) => Ok(Applied::Unusable),
        Err(RecordError::Refused(_)) => Ok(Applied::Refused),
        Err(error @ (RecordError::Stale(_) | RecordError::Unknown | RecordError::Store(_))) => Err(error),
    }
}

fn outcome(news: &News, kind: Kind, done: Done) -> Outcome {
    let about = |dossier: &Dossier| About { id: dossier.id, code: dossier.code.clone(), did: did(news) };
    match done {
        Done::Now(dossier) if was_over(&dossier, kind) => {
            let why = if is_gone(dossier.phase()) { Why::Over } else { Why::AfterAcceptance };
            Outcome::Kept(About { did: KEPT, ..about(&dossier) }, why)
        }
        Done::Now(dossier) => Outcome::Recorded(about(&dossier)),
        Done::Before(_, dossier) => Outcome::Before(dossier.map(|dossier| about(&dossier))),
        Done::Elsewhere(id) => Outcome::Before(Some(About { id, code: None, did: did(news) })),
    }
}

/// Whether the command met a dossier that was over. A withdrawn dossier may have ended by this very command.
fn was_over(after: &Dossier, kind: Kind) -> bool {
    let phase = after.phase();
    cell(phase, kind) == Cell::Kept && (kind, phase) != (Kind::Withdraw, Phase::Withdrawn)
}

async fn is_same_form(site: &Site, agency: &AgencyCode, id: DossierId, form: &str) -> Result<bool, Error> {
    let first = site.recorder.store().item(&Key::form(agency, id, 1)).await?;
    Ok(first.as_ref().and_then(|item| text(item, "form")).is_some_and(|first| repeat::same_form(first, form)))
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
        News::Changed(changed) => {
            let Changed { procedure, returns_by_post, files, .. } = &**changed;
            let (procedure, returns_by_post, files) = (procedure.clone(), *returns_by_post, *files);
            let person = Personal::Refiled(Box::new(changed.person.clone()));
            (Action::ChangeFiling { procedure, returns_by_post, files }, Some(person))
        }
        News::FilesKept { files } => (Action::AnnounceFiles { files: *files }, None),
        News::Supplemented { papers } => (Action::RecordSupplement { papers: papers.clone() }, None),
        News::OriginalsReceived { papers, minutes_no, by_post } => {
            (originals(papers, minutes_no.as_deref(), *by_post), None)
        }
        News::Withdrawn => (Action::Withdraw { reason: WITHDRAWN_THROUGH_PORTAL.into() }, None),
        News::Paid(_) => unreachable!("money has a way of its own, which never declines it"),
    };
    // If a portal's clock is ahead, or it gives no time, the time of receipt is taken.
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

/// Records originals as received only with the hand-over minutes; a portal that lacks them merely announces.
fn originals(papers: &[String], minutes_no: Option<&str>, by_post: bool) -> Action {
    let papers = papers.to_vec();
    match minutes_no {
        Some(minutes_no) if !papers.is_empty() => {
            Action::RecordReceipt { papers, minutes_no: minutes_no.to_owned(), by_post }
        }
        Some(_) | None => Action::AnnounceOriginals { papers, by_post: None },
    }
}
