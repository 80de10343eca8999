//! Commands that lead from a line to the present state of its dossier.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::act::{Act, acts, fee_of};
use super::{Fault, Line, OldPause, Originals, compare};
use crate::catalogue::{ProcedureRef, Reason};
use crate::dossier::{
    Action, Actor, Command, Dossier, Enclosed, Event, Recorded, Refusal, Source, Stage, Submission, Terms, decide,
    evolve, stamp,
};
use crate::id::{AgencyCode, DossierId};
use crate::vietnam;

/// The text for a number of minutes or of a document that the earlier software did not keep.
const NO_MINUTES: &str = "phần mềm cũ";

/// The dossier that a line becomes, and the person who vouches for it.
struct Whose {
    agency: AgencyCode,
    id: DossierId,
    source: Source,
    by: String,
}

/// The commands of a takeover, and their outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The commands in their order, one for each version.
    pub commands: Vec<Command>,
    /// The dossier after them.
    pub dossier: Dossier,
    /// The points to look at: a due date that differs from the earlier software's, fees that stay owed.
    pub warnings: Vec<Fault>,
}

/// Plans the takeover of a line. A fee that stopped the clock is asked through `channel`.
///
/// # Errors
/// Faults, if the rules decline the history, or it leads to another status than the line's.
pub fn plan(
    line: &Line,
    (agency, id): (&AgencyCode, DossierId),
    (source, by): (Source, &str),
    (terms, channel): (Terms<'_>, &str),
) -> Result<Plan, Vec<Fault>> {
    let Some(procedure) = terms.procedure else {
        let what = "is in the catalogue in no version for the day of NgayNopHoSo; import it first";
        return Err(vec![Fault::new("MaTTHC", what)]);
    };
    let whose = Whose { agency: agency.clone(), id, source, by: by.to_owned() };
    let mut replay = Replay {
        line,
        whose,
        terms: Terms { channel: None, ..terms },
        channel,
        dossier: None,
        commands: Vec::new(),
        history: Vec::new(),
        attempts: BTreeMap::new(),
        papers: BTreeMap::new(),
    };
    for (when, act) in acts(line) {
        replay.meet(when, act, procedure).map_err(|fault| vec![fault])?;
    }
    let Some(dossier) = replay.dossier else { return Err(vec![Fault::new("MaHoSo", "leads to no dossier")]) };
    if dossier.stage.portal_status() != line.status {
        return Err(vec![Fault::new("TrangThaiHoSo", compare::other_status(line, &dossier))]);
    }
    let warnings = compare::warnings(line, &dossier, &replay.history, terms);
    Ok(Plan { commands: replay.commands, dossier, warnings })
}

/// The history as far as it was replayed.
struct Replay<'a> {
    line: &'a Line,
    whose: Whose,
    terms: Terms<'a>,
    channel: &'a str,
    dossier: Option<Dossier>,
    commands: Vec<Command>,
    history: Vec<Recorded>,
    /// The attempt of each fee that was asked.
    attempts: BTreeMap<usize, u8>,
    /// The originals that each pause awaited.
    papers: BTreeMap<usize, Vec<String>>,
}

impl Replay<'_> {
    fn meet(&mut self, when: Timestamp, act: Act, procedure: &crate::catalogue::Procedure) -> Result<(), Fault> {
        let line = self.line;
        match act {
            Act::Submit => {
                let submission = Submission {
                    source: self.whose.source.clone(),
                    filing: line.filing,
                    procedure: ProcedureRef { code: line.procedure.clone(), version: 0 },
                    code: Some(line.code.clone()),
                    enclosed: Enclosed { returns_by_post: line.returns_by_post, ..Enclosed::default() },
                };
                self.happens("MaHoSo", when, Action::Submit(submission))
            }
            Act::Receive => {
                let papers = match &line.originals {
                    Originals::Named(papers) => self.listed(papers),
                    Originals::All => procedure.originals().into_iter().map(str::to_owned).collect(),
                };
                if papers.is_empty() { Ok(()) } else { self.happens("BanChinhDaNhan", when, received(papers, None)) }
            }
            Act::Assign => {
                let to = line.assignee.clone().unwrap_or_default();
                self.happens("NguoiXuLy", when, Action::Forward { to })
            }
            Act::AskBefore(fee) => self.ask(fee, when),
            Act::Accept => self.happens("NgayTiepNhan", when, Action::Accept { code: None }),
            Act::EnterStep => {
                let first = procedure.steps.first().map(|step| step.name.clone());
                let named = line.step.as_ref().map(|named| {
                    let found = procedure.steps.iter().find(|step| step.name == *named || step.name_vi == *named);
                    found.map_or_else(|| named.clone(), |step| step.name.clone())
                });
                // Acceptance entered the first step, and its work has not begun.
                if line.status == 2 && named == first {
                    return Ok(());
                }
                self.happens("BuocXuLy", when, Action::EnterStep { step: named.or(first).unwrap_or_default() })
            }
            Act::BeginPause(place) => self.pause(place, when),
            Act::EndPause(place) => self.end_pause(place, when),
            Act::Pay(fee) => self.pay(fee, when, &format!("NgayThanhToan.{}", line.fees[fee].number)),
            Act::Apologise => {
                let Some(apology) = &line.apology else { return Ok(()) };
                let (reason, new_due_on) = (apology.reason.clone(), apology.new_due_on);
                self.happens("NgayHenLai", when, Action::Apologise { reason, new_due_on })
            }
            Act::Result => {
                let Some(result) = &line.result else { return Ok(()) };
                let (kind, reason) = (result.kind, result.reason.clone());
                self.happens("NgayKetThucXuLy", when, Action::RecordResult { kind, reason })
            }
        }
    }

    fn pause(&mut self, place: usize, when: Timestamp) -> Result<(), Fault> {
        let pause = &self.line.pauses[place];
        let (column, papers) = (format!("LyDoDungTinh.{}", pause.number), self.listed(&pause.papers));
        let action = match &pause.reason {
            Reason::Fee => return self.pause_for_fee(pause, when),
            Reason::Supplement => {
                let reason = pause.text.clone().unwrap_or_default();
                Action::RequestSupplement { papers, reason }
            }
            Reason::Originals => {
                let papers = self.originals(pause);
                self.papers.insert(place, papers.clone());
                // A step without grace stopped the clock when it was entered.
                if !papers.is_empty() && papers.iter().all(|paper| self.awaits(paper)) {
                    return Ok(());
                }
                Action::PauseClock { reason: pause.reason.clone(), papers }
            }
            reason @ Reason::Further(_) => Action::PauseClock { reason: reason.clone(), papers },
        };
        self.happens(&column, when, action)
    }

    /// Returns the papers that a pause for originals names, or all that the step needs.
    fn originals(&self, pause: &OldPause) -> Vec<String> {
        let needs = self.dossier.as_ref().and_then(|dossier| dossier.step.as_ref()).map(|visit| visit.needs.clone());
        if pause.papers.is_empty() { needs.unwrap_or_default() } else { self.listed(&pause.papers) }
    }

    fn listed(&self, papers: &[String]) -> Vec<String> {
        self.terms.procedure.map_or_else(|| papers.to_vec(), |procedure| procedure.listed(papers))
    }

    fn awaits(&self, paper: &String) -> bool {
        let pause = self.dossier.as_ref().and_then(Dossier::pause);
        let things =
            pause.into_iter().flat_map(|pause| &pause.awaited).filter(|thing| thing.reason == Reason::Originals);
        things.flat_map(|thing| &thing.papers).any(|awaited| awaited == paper)
    }

    fn pause_for_fee(&mut self, pause: &OldPause, when: Timestamp) -> Result<(), Fault> {
        let column = format!("LyDoDungTinh.{}", pause.number);
        let Some(fee) = fee_of(self.line, pause) else {
            let what = "is fee, and there is not just one fee whose NgayThanhToan is its NgayTiepNhanBoSung";
            return Err(Fault::new(column, what));
        };
        self.ask(fee, when)?;
        if self.dossier.as_ref().is_some_and(|dossier| matches!(dossier.stage, Stage::Paused(_))) {
            return Ok(());
        }
        Err(Fault::new(column, "is a pause of a clock that did not run yet: leave it out, the fee is told by itself"))
    }

    /// Asks a fee: one of the catalogue, which is owed already, through a channel; any other with its amount.
    fn ask(&mut self, fee: usize, when: Timestamp) -> Result<(), Fault> {
        let old = &self.line.fees[fee];
        let channel = self.channel.to_owned();
        if old.code.is_some() {
            let attempt = self.owed(fee)?;
            return self.happens(&format!("MaPhiLePhi.{}", old.number), when, Action::AskAgain { attempt, channel });
        }
        let action = Action::AskFee { channel, amount_vnd: old.amount_vnd };
        self.happens(&format!("Gia.{}", old.number), when, action)?;
        let attempt = self.dossier.iter().flat_map(|dossier| &dossier.fees).map(|fee| fee.attempt).max();
        self.attempts.extend(attempt.map(|attempt| (fee, attempt)));
        Ok(())
    }

    /// Returns the attempt under which a fee is owed.
    fn owed(&self, fee: usize) -> Result<u8, Fault> {
        let old = &self.line.fees[fee];
        let column = format!("MaPhiLePhi.{}", old.number);
        let Some(code) = &old.code else {
            let attempt = self.attempts.get(&fee).copied();
            return attempt.ok_or_else(|| Fault::new(column, "was not asked before it was paid"));
        };
        let mut fees = self.dossier.iter().flat_map(|dossier| &dossier.fees);
        let Some(owed) = fees.find(|owed| owed.code.as_ref() == Some(code)) else {
            return Err(Fault::new(column, "is no fee that the procedure asks by then"));
        };
        if owed.amount_vnd != old.amount_vnd {
            let what = format!("is not the {} of the catalogue", owed.amount_vnd);
            return Err(Fault::new(format!("Gia.{}", old.number), what));
        }
        Ok(owed.attempt)
    }

    fn pay(&mut self, fee: usize, when: Timestamp, column: &str) -> Result<(), Fault> {
        let old = &self.line.fees[fee];
        let Some((at, receipt_no)) = old.paid.clone() else { return Ok(()) };
        let attempt = self.owed(fee)?;
        let receipt_no = Some(receipt_no);
        let action = Action::RecordCash { attempt, amount_vnd: old.amount_vnd, receipt_no };
        self.command(column, Command { at, now: when, actor: self.actor(), action })
    }

    fn end_pause(&mut self, place: usize, when: Timestamp) -> Result<(), Fault> {
        let pause = &self.line.pauses[place];
        let column = format!("NgayTiepNhanBoSung.{}", pause.number);
        let papers = self.listed(&pause.papers);
        let action = match &pause.reason {
            Reason::Fee => {
                let fee = fee_of(self.line, pause).ok_or_else(|| Fault::new(&column, "ends with no fee paid"))?;
                return self.pay(fee, when, &column);
            }
            Reason::Supplement => Action::RecordSupplement { papers },
            Reason::Originals => {
                received(self.papers.get(&place).cloned().unwrap_or_default(), pause.minutes_no.as_deref())
            }
            reason @ Reason::Further(_) => Action::RecordDocument {
                reason: reason.clone(),
                papers,
                document_no: pause.minutes_no.as_deref().unwrap_or(NO_MINUTES).to_owned(),
                issued_on: vietnam::day(when),
            },
        };
        self.happens(&column, when, action)
    }

    fn actor(&self) -> Actor {
        Actor::Takeover(self.whose.by.clone())
    }

    fn happens(&mut self, column: &str, when: Timestamp, action: Action) -> Result<(), Fault> {
        self.command(column, Command::now(when, self.actor(), action))
    }

    fn command(&mut self, column: &str, command: Command) -> Result<(), Fault> {
        let events =
            decide(self.dossier.as_ref(), &command, self.terms).map_err(|refusal| declined(column, &refusal))?;
        let before = self.dossier.take();
        let start = before.clone().unwrap_or_else(|| self.before(command.at));
        let mut after = events.iter().fold(start, |dossier, event: &Event| evolve(dossier, event));
        after.version += 1;
        after.counted_by = stamp(before.as_ref(), &after, self.terms);
        self.history.push(Recorded::new(&command, &after, events));
        self.dossier = Some(after);
        self.commands.push(command);
        Ok(())
    }

    fn before(&self, at: Timestamp) -> Dossier {
        let version = self.terms.procedure.map_or(0, |procedure| procedure.version);
        let procedure = ProcedureRef { code: self.line.procedure.clone(), version };
        Dossier::before(self.whose.agency.clone(), self.whose.id, procedure, at)
    }
}

fn received(papers: Vec<String>, minutes_no: Option<&str>) -> Action {
    Action::RecordReceipt { papers, minutes_no: minutes_no.unwrap_or(NO_MINUTES).to_owned(), by_post: false }
}

fn declined(column: &str, refusal: &Refusal) -> Fault {
    Fault::new(column, format!("is declined: {refusal}"))
}
