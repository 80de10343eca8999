//! One dossier: the person who comes to it next, and the next act.

mod money;
mod office;

use std::sync::Arc;

use fastrand::Rng;
use jiff::Timestamp;
use rules::catalogue::{Procedure, Reason};
use rules::dossier::{Dossier, Filing, Pause, Phase};
use rules::id::DossierId;
use rules::vietnam;
use serde_json::{Value, json};

use super::SeedError;
use super::days::{self, ISOLATION};
use super::fate::{Drawn, Fate, Place};
use super::town::Town;
use super::words::{Party, pick};

/// Papers of a supplement that no step needs.
const SUPPLEMENT: [&str; 3] = ["BS-01", "BS-02", "BS-03"];

/// People who work at the desk or file there.
pub(super) struct Around<'a> {
    pub parties: &'a [Party],
    pub portals: &'a [String],
    pub channels: &'a [String],
    pub hours: &'a rules::clock::Office,
}

/// A dossier and its course.
pub(super) struct Case {
    number: usize,
    pub drawn: Drawn,
    procedure: Arc<Procedure>,
    rng: Rng,
    id: Option<DossierId>,
    code: Option<String>,
    channel: Option<String>,
    pays_cash: bool,
    by_post: bool,
    /// Place of the dossier's applicant among the parties.
    applicant: usize,
    /// Office minutes between two looks of those who work on it.
    chunk: u32,
    /// The pause that its people know of.
    seen: Option<Timestamp>,
    /// The fee that was paid but not yet reported.
    paying: Option<u8>,
    done: Done,
}

/// Events that happen once.
#[derive(Default)]
struct Done {
    supplement: bool,
    opinion: bool,
    apology: bool,
    fee: bool,
    wrong_amount: bool,
    failed: bool,
    in_part: bool,
    undelivered: bool,
    reissued: bool,
    reached: bool,
}

impl Case {
    pub fn new(number: usize, drawn: Drawn, procedure: Arc<Procedure>, around: &Around<'_>, mut rng: Rng) -> Self {
        let work = drawn.work_minutes(&procedure, &mut rng);
        let looks = u32::try_from(procedure.steps.len()).unwrap_or(1) + 2;
        let channel =
            (!around.channels.is_empty()).then(|| around.channels[rng.usize(..around.channels.len())].clone());
        let pays_cash = channel.is_none() || (drawn.filing == Filing::Desk && rng.u32(..100) < 45);
        let day = vietnam::day(drawn.filed_at);
        let by_post = drawn.fate == Fate::Stays(Place::InPost)
            || drawn.fate == Fate::Undelivered
            || rng.u32(..100) < if day < ISOLATION { 25 } else { 70 };
        Self {
            number,
            drawn,
            procedure,
            rng,
            id: None,
            code: None,
            channel,
            pays_cash,
            by_post,
            applicant: 0,
            chunk: (work / looks).max(20),
            seen: None,
            paying: None,
            done: Done::default(),
        }
    }

    /// Takes the next step, and returns when somebody comes again; `None` if nobody does.
    pub async fn visit(&mut self, town: &mut Town, around: &Around<'_>) -> Result<Option<Timestamp>, SeedError> {
        let now = town.clock.now();
        let Some(id) = self.id else {
            self.file(town, around).await?;
            let late = self.rng.u32(..100) < 6;
            let minutes = if late { self.rng.u32(520..900) } else { self.rng.u32(15..360) };
            return Ok(Some(days::later(around.hours, now, minutes)));
        };
        let Some(dossier) = town.dossier(id)? else { return Ok(None) };
        if self.stays(&dossier) {
            return Ok(None);
        }
        let minutes = match dossier.phase() {
            Phase::Submitted => self.at_intake(town, &dossier).await?,
            Phase::Incomplete => {
                self.supply(town, &dossier, &SUPPLEMENT[..2]).await?;
                Some(self.rng.u32(20..200))
            }
            Phase::Accepted | Phase::InProgress => self.work(town, &dossier, around).await?,
            Phase::Paused => match dossier.pause() {
                Some(pause) => self.paused(town, &dossier, pause).await?,
                None => None,
            },
            Phase::Done => self.ready(town, &dossier).await?,
            Phase::InPost => self.in_the_post(town, &dossier).await?,
            Phase::Returned => self.returned(town, &dossier).await?,
            Phase::New | Phase::NotAccepted | Phase::Withdrawn | Phase::Closed => None,
        };
        let next = minutes.map(|minutes| days::later(around.hours, now, minutes));
        Ok(next.map(|next| self.before_it_is_late(&dossier, next, around)))
    }

    /// Whether it must be here on the last day.
    fn stays(&self, dossier: &Dossier) -> bool {
        let Fate::Stays(place) = self.drawn.fate else { return false };
        let awaits =
            |reason: Reason| dossier.pause().is_some_and(|pause| pause.awaited.iter().any(|it| it.reason == reason));
        match place {
            Place::New | Place::Undecided => dossier.phase() == Phase::Submitted,
            Place::Incomplete => dossier.phase() == Phase::Incomplete,
            Place::InProgress | Place::Unreachable | Place::DueSoon | Place::Late => {
                dossier.phase() == Phase::InProgress
            }
            Place::AwaitsFee => awaits(Reason::Fee),
            Place::AwaitsOriginals => awaits(Reason::Originals),
            Place::AwaitsSupplement => awaits(Reason::Supplement),
            Place::Ready => dossier.phase() == Phase::Done && !dossier.owes(),
            Place::InPost => dossier.phase() == Phase::InPost,
        }
    }

    /// Makes the next look earlier if somebody will apologise, so that it comes in time.
    fn before_it_is_late(&self, dossier: &Dossier, next: Timestamp, around: &Around<'_>) -> Timestamp {
        let apologises = self.drawn.fate == Fate::LateWithApology && !self.done.apology;
        let Some(due) = dossier.due().filter(|_| apologises) else { return next };
        let hours = around.hours;
        let day_before = hours.calendar.subtract_working_days(due.on, 1).and_then(|day| hours.opening_of(day));
        let in_time = day_before.map(|opening| days::later(hours, opening, 60)).unwrap_or(next);
        if in_time > dossier.clock.as_ref().map_or(next, |clock| clock.accepted_at) { next.min(in_time) } else { next }
    }

    async fn file(&mut self, town: &mut Town, around: &Around<'_>) -> Result<(), SeedError> {
        self.applicant = self.rng.usize(..around.parties.len());
        let applicant = &around.parties[self.applicant];
        let filer = (self.rng.u32(..100) < 20).then(|| &around.parties[self.rng.usize(..around.parties.len())]);
        let now = town.clock.now();
        let portal = match around.portals {
            [] => None,
            portals if self.drawn.filing == Filing::Online => Some(portals[self.rng.usize(..portals.len())].clone()),
            _ => None,
        };
        let Some(portal) = portal else {
            let filing = if self.drawn.filing == Filing::Post { "post" } else { "desk" };
            let mut body = json!({
                "procedure": self.procedure.code, "filing": filing, "applicant": applicant.desk(),
                "form": { "TrichYeuHoSo": self.procedure.name_vi },
                "return": if self.by_post && self.procedure.returns_by_post { "post" } else { "desk" },
            });
            if self.drawn.fate == Fate::Stays(Place::Unreachable) {
                body["applicant"]["phone"] = "12345".into();
            }
            // A person who files at the desk or by post brings the originals, nearly always.
            let originals = self.procedure.originals().into_iter();
            let papers: Vec<_> = originals.map(|code| json!({ "code": code, "kind": "original" })).collect();
            if !papers.is_empty() && self.rng.u32(..100) < 90 {
                body["papers"] = papers.into();
                body["minutes_no"] = self.minutes_no(now).into();
            }
            if let Some(filer) = filer {
                body["filer"] = filer.desk();
            }
            self.id = Some(town.file(&body).await?);
            return Ok(());
        };
        let day = vietnam::day(now).strftime("%y%m%d");
        let code =
            format!("G22.99.{}-{day}-{:04}", if portal.contains("dvcqg") { "01" } else { "56" }, self.number + 1);
        let mut form = applicant.form();
        form["MaHoSo"] = code.as_str().into();
        form["MaTTHC"] = self.procedure.code.as_str().into();
        form["KenhThucHien"] = "2".into();
        form["HinhThuc"] = if self.by_post && self.procedure.returns_by_post { "1" } else { "0" }.into();
        form["NgayNopHoSo"] = vietnam::portal_instant(now).into();
        if let Some(filer) = filer {
            form["NguoiNop"] = filer.filer_form();
        }
        town.portal(&portal, "dossier.submitted", object(&form)).await?;
        let site = town.office.site();
        self.id = Some(DossierId::of_foreign(site.config.id_key().expose(), &town.agency, &portal, &code));
        self.code = Some(code);
        Ok(())
    }

    /// Handles a pause: its people hear of it, and answer after a while.
    async fn paused(&mut self, town: &mut Town, dossier: &Dossier, pause: &Pause) -> Result<Option<u32>, SeedError> {
        let Some(thing) = pause.awaited.first() else { return Ok(None) };
        if self.seen != Some(pause.since) {
            self.seen = Some(pause.since);
            return Ok(Some(match &thing.reason {
                Reason::Fee => self.rng.u32(30..1500),
                Reason::Originals => self.rng.u32(400..3000),
                // Longer than any wait of the samples.
                Reason::Supplement if self.drawn.fate == Fate::NeverSupplements => 33 * 480,
                Reason::Supplement => self.rng.u32(900..4800),
                Reason::Further(_) => self.rng.u32(900..2400),
            }));
        }
        match &thing.reason {
            Reason::Fee => return self.pay(town, dossier, thing.attempt.unwrap_or(1)).await,
            Reason::Supplement if self.drawn.fate == Fate::NeverSupplements => {
                let body =
                    json!({ "reason": "quá hạn bổ sung", "article": self.procedure.pauses.supplement.legal_basis });
                town.command(("clerk", "canbo02"), dossier, "close", &body).await?;
                return Ok(None);
            }
            Reason::Supplement => {
                let papers: Vec<_> = thing.papers.iter().map(String::as_str).collect();
                self.supply(town, dossier, &papers).await?;
            }
            Reason::Further(reason) => {
                let day = vietnam::day(town.clock.now());
                let document_no = format!("{}/XYK-{}", 100 + self.number, day.year());
                let body = json!({ "reason": reason, "document_no": document_no, "issued_on": day.to_string() });
                town.command(("clerk", "canbo01"), dossier, "record-document", &body).await?;
            }
            Reason::Originals => {
                let papers = match thing.papers.as_slice() {
                    // One of them comes first, and the clock stays stopped.
                    [first, _, ..] if !self.done.in_part && self.rng.u32(..100) < 35 => {
                        self.done.in_part = true;
                        vec![first.as_str()]
                    }
                    papers => papers.iter().map(String::as_str).collect(),
                };
                self.receive(town, dossier, &papers).await?;
            }
        }
        Ok(Some(self.rng.u32(60..480)))
    }

    /// Supplements for the applicant, through the portal that filed it or at the desk.
    async fn supply(&mut self, town: &mut Town, dossier: &Dossier, papers: &[&str]) -> Result<(), SeedError> {
        let (rules::dossier::Source::Portal(portal), Some(code)) = (&dossier.source, &self.code) else {
            return self.receive(town, dossier, papers).await;
        };
        let named: Vec<_> = papers.iter().map(|paper| json!({ "MaThanhPhanHoSo": paper })).collect();
        let at = vietnam::portal_instant(town.clock.now());
        let row = json!({ "NgayTiepNhanBoSung": at, "DanhSachGiayToBoSung": named });
        let form = json!({ "MaHoSo": code, "DanhSachHoSoBoSung": [row] });
        town.portal(portal, "dossier.supplemented", object(&form)).await
    }

    fn minutes_no(&self, now: Timestamp) -> String {
        format!("BB-{}-{:04}", vietnam::day(now).strftime("%y%m%d"), self.number + 1)
    }

    /// Records that papers are handed over, with their minutes.
    async fn receive(&mut self, town: &mut Town, dossier: &Dossier, papers: &[&str]) -> Result<(), SeedError> {
        let day = vietnam::day(town.clock.now());
        let by = if day >= ISOLATION || self.rng.u32(..100) < 25 { "post" } else { "hand" };
        let minutes_no = self.minutes_no(town.clock.now());
        let body = json!({ "papers": papers, "minutes_no": minutes_no, "by": by });
        let clerk = pick(&mut self.rng, &["canbo01", "canbo02", "canbo03"]);
        town.command(("clerk", clerk), dossier, "record-receipt", &body).await.map(|_| ())
    }
}

fn object(form: &Value) -> crate::senders::Form {
    form.as_object().cloned().unwrap_or_default()
}
