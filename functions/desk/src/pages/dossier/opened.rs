//! A dossier with all that a page needs to show it.

use std::sync::Arc;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Error, Whole};
use rules::catalogue::Procedure;
use rules::clock::Office;
use rules::config::Till;
use rules::dossier::{Decision, Dossier, Explanation, Kind, Overdue, Terms, decision, explanation, overdue, table};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;

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
}

impl Opened {
    /// Reads the dossier of that id; `None` if this agency has none.
    pub(crate) async fn read(
        site: &Site,
        agency: &AgencyCode,
        id: DossierId,
        now: Timestamp,
    ) -> Result<Option<Self>, Error> {
        let Some(whole) = site.recorder.store().whole(agency, id).await? else { return Ok(None) };
        let (catalogue, dossier) = (site.recorder.catalogue(), &whole.dossier);
        let procedure = match dossier.procedure.version {
            // Filed before the catalogue knew it: shown under the version that acceptance would choose.
            0 => catalogue.in_force(agency, &dossier.procedure.code, dossier.submitted_at, now).await?,
            _ => catalogue.version(agency, &dossier.procedure).await?,
        };
        let (office, till) = (site.recorder.office_of(dossier).await?, site.recorder.till(agency));
        Ok(Some(Self { whole, procedure, office, till }))
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
        }
    }

    /// Names for the codes in it.
    pub(crate) fn names(&self, lang: Language) -> Names<'_> {
        Names { lang, procedure: self.procedure.as_deref() }
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

    /// Whether a command that the table takes could do anything to this dossier.
    fn has_use_for(&self, kind: Kind) -> bool {
        let dossier = self.dossier();
        match kind {
            Kind::AskAgain | Kind::RecordCash => dossier.owes(),
            Kind::PostResult => self.procedure.as_deref().is_none_or(|procedure| procedure.returns_by_post),
            Kind::SettleDates => decision(dossier) == Some(Decision::Dates),
            Kind::Apologise => dossier.clock.as_ref().is_some_and(|clock| clock.promised.is_none()),
            _ => true,
        }
    }

    /// Originals that some step needs and that are neither in nor waived, by their codes.
    pub(crate) fn missing_originals(&self) -> Vec<String> {
        let steps = self.procedure.as_deref().map(|procedure| procedure.steps.as_slice()).unwrap_or_default();
        let mut missing: Vec<String> = Vec::new();
        for paper in steps.iter().flat_map(|step| &step.originals) {
            if self.dossier().lacks(&paper.code) && !missing.contains(&paper.code) {
                missing.push(paper.code.clone());
            }
        }
        missing
    }
}
