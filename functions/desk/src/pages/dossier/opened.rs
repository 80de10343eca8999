//! A dossier with all that a page needs to show it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use motcua::site::Site;
use motcua::store::{Error, People, Whole};
use rules::catalogue::Procedure;
use rules::clock::Office;
use rules::config::{Config, Till};
use rules::dossier::{
    Decision, Dossier, Explanation, Kind, Overdue, PaperState, Phase, Terms, decision, explanation, overdue, table,
};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;
use rules::message;
use rules::notice::Standing;

use crate::api::commands::{COMMANDS, Spec};
use crate::permission::Staff;
use crate::words::Names;

/// A dossier, its procedure and its office.
pub(crate) struct Opened {
    /// All that is stored of it.
    pub whole: Whole,
    /// Its procedure; `None` if the catalogue does not know it.
    pub procedure: Option<Arc<Procedure>>,
    /// Calendar and hours.
    pub office: Office,
    /// The way in which the agency takes money.
    pub till: Till,
    /// The agency's directory.
    pub people: Arc<People>,
    /// The configuration.
    pub config: Arc<Config>,
    /// The notices that stand.
    pub notices: Arc<Standing>,
}

impl Opened {
    /// Reads the dossier of that id; `None` if this agency has none.
    pub(crate) async fn read(
        site: &Site,
        agency: &AgencyCode,
        id: DossierId,
        now: Timestamp,
    ) -> Result<Option<Self>, Error> {
        let store = site.recorder.store();
        let all = async {
            tokio::join!(store.whole(agency, id), store.people(agency, now), store.notices_lately(agency, now))
        };
        let (whole, people, notices) = Box::pin(all).await;
        let Some(whole) = whole? else { return Ok(None) };
        let (catalogue, dossier) = (site.recorder.catalogue(), &whole.dossier);
        let procedure = match dossier.procedure.version {
            // Filed before the catalogue knew it: shown under the version that acceptance would choose.
            0 => catalogue.in_force(agency, &dossier.procedure.code, dossier.submitted_at, now).await?,
            _ => catalogue.version(agency, &dossier.procedure).await?,
        };
        let (office, till) = (site.recorder.office_of(dossier).await?, site.recorder.till(agency));
        Ok(Some(Self {
            whole,
            procedure,
            office,
            till,
            people: people?,
            config: site.config.clone(),
            notices: notices?,
        }))
    }

    /// The dossier itself.
    pub(crate) fn dossier(&self) -> &Dossier {
        &self.whole.dossier
    }

    /// Terms that decisions about it rest on.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms {
            procedure: self.procedure.as_deref(),
            office: &self.office,
            channel: self.till.default_channel.as_deref(),
            notices: &self.notices,
        }
    }

    /// Words of the notices to visitors on a day.
    pub(crate) fn visit_on(&self, day: Date, lang: Language) -> message::Visit<'_> {
        self.notices.visit(&self.office.calendar, &self.dossier().procedure.code, day, lang)
    }

    /// Names for the codes and accounts in it.
    pub(crate) fn names(&self, lang: Language) -> Names<'_> {
        Names { lang, procedure: self.procedure.as_deref(), people: &self.people, config: &self.config }
    }

    /// Name of the fee of this attempt.
    pub(crate) fn fee(&self, attempt: u8, lang: Language) -> String {
        let fee = self.dossier().fees.iter().find(|fee| fee.attempt == attempt);
        match fee.and_then(|fee| fee.code.as_deref()) {
            Some(code) => self.names(lang).fee(code),
            None => format!("{} {attempt}", lang.pick(["Khoản", "Fee"])),
        }
    }

    /// Explanation of its due date.
    pub(crate) fn explained(&self) -> Option<Explanation> {
        explanation(self.dossier(), &self.whole.history, self.terms())
    }

    /// Whether it is late, or soon will be.
    pub(crate) fn overdue(&self, now: Timestamp) -> Option<Overdue> {
        overdue(self.dossier(), self.terms(), now).ok()
    }

    /// The commands that it takes now and that this member of staff may give, in the order of a dossier's life.
    pub(crate) fn takes(&self, staff: &Staff) -> Vec<&'static Spec> {
        let phase = self.dossier().phase();
        let taken = |spec: &&Spec| matches!(table::cell(phase, spec.kind), table::Cell::Leads(_));
        let fits = |spec: &&Spec| staff.may(spec.kind).is_ok() && self.has_use_for(spec.kind);
        COMMANDS.iter().filter(taken).filter(fits).collect()
    }

    /// Whether a command that the table takes could do anything to this dossier, whatever is written into its form.
    fn has_use_for(&self, kind: Kind) -> bool {
        let (dossier, procedure) = (self.dossier(), self.procedure.as_deref());
        match kind {
            Kind::AskAgain | Kind::RecordCash => dossier.owes(),
            Kind::HandOut => !dossier.owes(),
            Kind::PostResult => self.may_post() && !dossier.owes(),
            Kind::ChooseReturn => self.may_post() || dossier.returns_by_post == Some(true),
            Kind::AskPostage => {
                let chosen = dossier.returns_by_post == Some(true) && dossier.parcel.is_none();
                chosen && dossier.free_postage.is_none() && dossier.postage().is_none()
            }
            Kind::AskAddress => self.may_post() && dossier.parcel.is_none() && dossier.address_asked_at.is_none(),
            Kind::ConfirmAddress => self.whole.person.is_some() && self.may_post(),
            Kind::PutInParcel => dossier.returns_by_post == Some(true) && dossier.parcel.is_none() && !dossier.owes(),
            Kind::TakeOffParcel => dossier.parcel.is_some(),
            Kind::Apologise => dossier.due().is_some() && self.unpromised(),
            Kind::RequestSupplement => procedure.and_then(|it| it.most_rounds).is_none_or(|most| dossier.rounds < most),
            Kind::RecordResult => dossier.phase() != Phase::Paused || self.missed_a_wait(),
            Kind::RecordDocument => self.dossier().awaited().iter().any(|thing| thing.reason.is_of_another_body()),
            Kind::Waive => {
                !self.dossier().awaited().is_empty() || dossier.owes() || !self.missing_originals().is_empty()
            }
            Kind::CorrectReceipt => dossier.papers.values().any(|paper| *paper == PaperState::Received),
            Kind::EnterStep => {
                let here = dossier.step.as_ref().map(|step| step.name.as_str());
                procedure.is_some_and(|it| it.steps.iter().any(|step| Some(step.name.as_str()) != here))
            }
            Kind::SettleDates => decision(dossier) == Some(Decision::Dates),
            Kind::ReturnToDesk => dossier.assignee.is_some(),
            Kind::CorrectContact => self.whole.person.is_some(),
            Kind::ReplaceSlip => dossier.clock.is_some(),
            Kind::Submit
            | Kind::Accept
            | Kind::RefuseIntake
            | Kind::PauseClock
            | Kind::AskFee
            | Kind::RecordPayment
            | Kind::AttachMoney
            | Kind::RecordReceipt
            | Kind::RecordSupplement
            | Kind::AnnounceOriginals
            | Kind::AnnounceFiles
            | Kind::ChangeFiling
            | Kind::VoidPause
            | Kind::Forward
            | Kind::PutToLeader
            | Kind::RecordFailedAttempt
            | Kind::RecordDelivery
            | Kind::RecordUndelivered
            | Kind::Withdraw
            | Kind::ReissueResult
            | Kind::Close
            | Kind::Reopen
            | Kind::Wake => true,
        }
    }

    fn may_post(&self) -> bool {
        self.procedure.as_deref().is_none_or(|procedure| procedure.returns_by_post)
    }

    /// Whether no other due date was promised yet; `false` while there is no clock.
    pub(super) fn unpromised(&self) -> bool {
        self.dossier().clock.as_ref().is_some_and(|clock| clock.promised.is_none())
    }

    /// Whether the applicant missed a wait, so that somebody decides.
    pub(super) fn missed_a_wait(&self) -> bool {
        matches!(decision(self.dossier()), Some(Decision::MissedWait { .. }))
    }

    /// Originals that some step needs and that are neither in nor waived, by their codes.
    pub(crate) fn missing_originals(&self) -> Vec<String> {
        let needed = self.procedure.as_deref().map(Procedure::originals).unwrap_or_default();
        needed.into_iter().filter(|code| self.dossier().lacks(code)).map(str::to_owned).collect()
    }
}
