//! Events that follow from a command.

mod changing;
mod correcting;
mod due;
mod fees;
mod finish;
mod gap;
mod intake;
mod money;
mod pausing;
mod receiving;
mod returning;
mod tables;
mod wake;

use std::collections::BTreeMap;

use jiff::Timestamp;
pub use tables::stamp;
pub(super) use tables::{in_doubt, is_open, moved};

use super::table::{Cell, cell};
use super::{Action, Command, Dossier, Event, Phase, Refusal, Stage, evolve};
use crate::catalogue::Procedure;
use crate::clock::Office;
use crate::limits::{LONGEST_CODE, LONGEST_TEXT, MOST_PAPERS};
use crate::notice::Standing;
use crate::vnd::Limits;

/// Basis of a decision besides the dossier: the procedure version it points to and the office's calendar.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// `None` if the catalogue does not hold the procedure.
    pub procedure: Option<&'a Procedure>,
    /// Calendar and office hours.
    pub office: &'a Office,
    /// The channel through which the catalogue's fees are asked for; `None` if a clerk chooses it each time.
    pub channel: Option<&'a str>,
    /// The notices that stand.
    pub notices: &'a Standing,
}

impl<'a> Terms<'a> {
    fn procedure(&self) -> Result<&'a Procedure, Refusal> {
        self.procedure.ok_or(Refusal::UnknownProcedure)
    }
}

/// Decides a command: returns the events that follow, possibly none, or why the dossier declines it.
///
/// # Errors
/// [`Refusal`]; nothing has happened then.
pub fn decide(dossier: Option<&Dossier>, command: &Command, terms: Terms<'_>) -> Result<Vec<Event>, Refusal> {
    let phase = dossier.map_or(Phase::New, Dossier::phase);
    let kind = command.action.kind();
    let cell = cell(phase, kind);
    let Some(dossier) = dossier else {
        return match (&command.action, cell) {
            (Action::Submit(submission), Cell::Leads(_)) => intake::submit(submission, command, terms),
            _ => Err(Refusal::Phase { kind, phase }),
        };
    };
    match cell {
        Cell::Refused => Err(Refusal::Phase { kind, phase }),
        Cell::Kept => kept(dossier, command),
        Cell::Leads(_) => {
            // Everything that follows is decided on dates that are counted by the tables of today.
            let mut events: Vec<_> = tables::recounted(dossier, terms).into_iter().collect();
            let counted = events.iter().fold(dossier.clone(), evolve);
            let case = Case { dossier: &counted, command, terms };
            let mut own = taken(case)?;
            gap::looked_at(case, &mut own);
            events.append(&mut own);
            if !tables::is_open(dossier) {
                let after = events.iter().fold(dossier.clone(), evolve);
                events.extend(tables::recounted(&after, terms));
            }
            Ok(events)
        }
    }
}

/// Decides a command for an agency whose channels take these amounts. A clerk who asks for a fee through a channel that
/// does not take it is refused; a fee of the catalogue is then recorded as owed until a clerk chooses a channel.
///
/// # Errors
/// [`Refusal`]; nothing has happened then.
pub fn decide_within(
    dossier: Option<&Dossier>,
    command: &Command,
    terms: Terms<'_>,
    channels: &BTreeMap<String, Limits>,
) -> Result<Vec<Event>, Refusal> {
    let events = decide(dossier, command, terms)?;
    match fees::outside(&events, channels) {
        None => Ok(events),
        Some(refusal) if matches!(command.action, Action::AskFee { .. } | Action::AskAgain { .. }) => Err(refusal),
        Some(_) => decide(dossier, command, Terms { channel: None, ..terms }),
    }
}

/// Returns the refusal of an amount that a channel does not take; `None` if it takes it, or nothing is known of it.
#[must_use]
pub fn refused_by(channel: &str, amount_vnd: crate::vnd::Vnd, channels: &BTreeMap<String, Limits>) -> Option<Refusal> {
    let limits = *channels.get(channel).filter(|limits| !limits.take(amount_vnd))?;
    let others = channels.iter().filter(|(_, limits)| limits.take(amount_vnd)).map(|(other, _)| other.clone());
    Some(Refusal::OutsideLimits { channel: channel.to_owned(), limits, others: others.collect() })
}

/// One dossier and one command: the input of every decision below.
#[derive(Clone, Copy)]
struct Case<'a> {
    dossier: &'a Dossier,
    command: &'a Command,
    terms: Terms<'a>,
}

impl Case<'_> {
    /// Returns the time at which it happened in law: never after `now`.
    fn at(&self) -> Timestamp {
        self.command.held(Some(self.dossier))
    }

    fn now(&self) -> Timestamp {
        self.command.now
    }

    /// Returns the dossier as it will be after these events, so that what follows from them can be decided too.
    fn after(&self, events: &[Event]) -> Dossier {
        events.iter().fold(self.dossier.clone(), evolve)
    }
}

fn taken(case: Case<'_>) -> Result<Vec<Event>, Refusal> {
    match &case.command.action {
        Action::Submit(_) => Err(Refusal::Phase { kind: super::Kind::Submit, phase: case.dossier.phase() }),
        Action::Accept { code } => intake::accept(case, code.as_deref()),
        Action::RefuseIntake { reason } => intake::refuse(reason),
        Action::RequestSupplement { papers, reason } => match case.dossier.stage {
            Stage::Submitted => intake::request_supplement(case, papers, reason),
            _ => pausing::request_supplement(case, papers, reason),
        },
        Action::PauseClock { reason, papers } => pausing::pause(case, reason, papers),
        Action::AskFee { channel, amount_vnd } => fees::ask(case, channel, *amount_vnd),
        Action::AskPostage { amount_vnd } => returning::ask_postage(case, *amount_vnd),
        Action::AskAgain { attempt, channel } => fees::ask_again(case, *attempt, channel),
        Action::RecordPayment(payment) => Ok(money::record(case, payment)),
        Action::RecordCash { attempt, amount_vnd, receipt_no } => {
            money::cash(case, *attempt, *amount_vnd, receipt_no.as_deref())
        }
        Action::AttachMoney { payment, attempt, because } => money::attach(case, payment, *attempt, because),
        Action::RecordReceipt { papers, minutes_no, by_post } => receiving::papers(case, papers, minutes_no, *by_post),
        Action::CorrectReceipt { papers, awaited_as, because } => {
            correcting::receipt(case, papers, awaited_as.as_ref(), because)
        }
        Action::RecordDocument { reason, papers, document_no, issued_on } => {
            receiving::document(case, reason, papers, document_no, *issued_on)
        }
        Action::RecordSupplement { papers } => receiving::supplement(case, papers),
        Action::AnnounceOriginals { papers, by_post } => {
            Ok(vec![Event::OriginalsAnnounced { papers: listed(papers)?, by_post: *by_post }])
        }
        Action::AnnounceFiles { files } => Ok(vec![Event::FilesAnnounced { files: *files }]),
        Action::ChangeFiling { procedure, returns_by_post, files } => {
            changing::filing(case, procedure.as_deref(), *returns_by_post, *files)
        }
        Action::Waive { reason, papers, because } => {
            let mut events = receiving::waive(case, reason, papers, because)?;
            intake::start_clock(case, &mut events);
            Ok(events)
        }
        Action::VoidPause { because } => receiving::void(case, because),
        Action::EnterStep { step } => intake::enter_step(case, step),
        Action::Forward { to } => {
            text("to", to)?;
            Ok(vec![Event::Forwarded { to: to.clone() }])
        }
        Action::PutToLeader { to } => {
            text("to", to)?;
            Ok(vec![Event::PutToLeader { to: to.clone() }])
        }
        Action::ReturnToDesk => match case.dossier.assignee {
            Some(_) => Ok(vec![Event::ReturnedToDesk]),
            None => Err(Refusal::AtTheDesk),
        },
        Action::CorrectContact { whose, address, phone, consent, because } => {
            correcting::contact(*whose, *address, *phone, *consent, because)
        }
        Action::ChooseReturn { by_post, consent } => returning::choose(case, *by_post, *consent),
        Action::AskAddress => returning::ask(case),
        Action::ConfirmAddress { differs, consent } => returning::confirm(case, *differs, *consent),
        Action::RecordResult { kind, reason } => finish::result(case, *kind, reason.as_deref()),
        Action::HandOut { part, to, shown } => finish::hand_out(case, *part, *to, *shown),
        Action::PutInParcel { parcel } => returning::put(case, parcel),
        Action::TakeOffParcel { because } => returning::take_off(case, because),
        Action::PostResult { item_code } => returning::post(case, item_code),
        Action::RecordFailedAttempt { attempt, why } => Ok(vec![returning::failed(case, *attempt, *why)]),
        Action::RecordDelivery => Ok(vec![Event::ResultDelivered { at: case.at() }]),
        Action::RecordUndelivered => Ok(vec![Event::ResultUndelivered]),
        Action::Withdraw { reason } => finish::withdraw(case, reason),
        Action::ReissueResult { reason } => {
            text("reason", reason)?;
            Ok(vec![Event::ResultReissued { reason: reason.clone() }])
        }
        Action::Close { reason, article } => finish::close(case, reason, article),
        Action::Reopen { reason } => finish::reopen(case, reason),
        Action::Apologise { reason, new_due_on } => finish::apologise(case, reason, *new_due_on),
        Action::SettleDates { anew, because } => tables::settle(case, *anew, because),
        Action::ReplaceSlip => Ok(vec![Event::SlipReplaced { generation: case.dossier.slip.saturating_add(1) }]),
        Action::Wake => Ok(tables::differing(case).into_iter().chain(wake::wake(case)).collect()),
    }
}

/// Keeps what arrives for a dossier that is over, which no longer changes: recorded beside it, it goes to a person.
fn kept(dossier: &Dossier, command: &Command) -> Result<Vec<Event>, Refusal> {
    let (what, papers) = match &command.action {
        Action::RecordPayment(payment) => return Ok(vec![money::set_aside_or_failed(dossier, payment)]),
        Action::RecordReceipt { papers, .. } => ("papers", papers.as_slice()),
        Action::RecordSupplement { papers } => ("supplement", papers.as_slice()),
        Action::AnnounceOriginals { papers, .. } => ("originals_announced", papers.as_slice()),
        Action::AnnounceFiles { .. } => ("files", &[][..]),
        Action::ChangeFiling { .. } => ("change", &[][..]),
        Action::Withdraw { .. } => ("withdrawal", &[][..]),
        _ => return Ok(Vec::new()),
    };
    Ok(vec![Event::ArrivalKept { what: what.into(), papers: listed(papers)? }])
}

/// Checks a text that the law or the history demands: 1 to 500 characters, with a letter or a digit among them, because a
/// dot or a dash says nothing.
fn text(field: &'static str, text: &str) -> Result<(), Refusal> {
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Refusal::Text(field, LONGEST_TEXT));
    }
    at_most(field, text)
}

/// Checks the code of a dossier.
fn code(code: &str) -> Result<(), Refusal> {
    if code.trim().is_empty() { Err(Refusal::Text("code", LONGEST_TEXT)) } else { at_most("code", code) }
}

/// Checks a text that may be empty.
fn at_most(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > LONGEST_TEXT { Err(Refusal::Text(field, LONGEST_TEXT)) } else { Ok(()) }
}

/// Returns the papers as named, each once.
fn listed(papers: &[String]) -> Result<Vec<String>, Refusal> {
    if papers.len() > MOST_PAPERS {
        return Err(Refusal::TooLarge);
    }
    let mut listed: Vec<String> = Vec::with_capacity(papers.len());
    for paper in papers {
        if !paper.chars().any(char::is_alphanumeric) || paper.chars().count() > LONGEST_CODE {
            return Err(Refusal::Text("papers", LONGEST_CODE));
        }
        if !listed.contains(paper) {
            listed.push(paper.clone());
        }
    }
    Ok(listed)
}
