//! Names for the codes of a procedure.

use rules::catalogue::Procedure;
use rules::dossier::{Awaited, DueDate};
use rules::language::Language;
use rules::vietnam;

use super::fields::reason;

/// Names of codes, if the catalogue knows them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    /// The language of the names.
    pub lang: Language,
    /// The dossier's procedure.
    pub procedure: Option<&'a Procedure>,
}

impl Names<'_> {
    /// A paper's name and code.
    pub(crate) fn paper(&self, code: &str) -> String {
        let steps = self.procedure.map(|procedure| procedure.steps.as_slice()).unwrap_or_default();
        match steps.iter().flat_map(|step| &step.originals).find(|paper| paper.code == code) {
            Some(paper) => format!("{} ({code})", paper.name_vi),
            None => code.to_owned(),
        }
    }

    /// A step's name.
    pub(crate) fn step(&self, name: &str) -> String {
        self.procedure.and_then(|it| it.step(name)).map_or(name, |step| &step.name_vi).to_owned()
    }

    /// A fee's name.
    pub(super) fn fee(&self, code: &str) -> String {
        let fees = self.procedure.map(|procedure| procedure.fees.as_slice()).unwrap_or_default();
        fees.iter().find(|fee| fee.code == code).map_or(code, |fee| &fee.name_vi).to_owned()
    }

    pub(super) fn papers(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.paper(code)).collect::<Vec<_>>().join("; ")
    }

    /// An awaited thing, with its papers and its last day.
    pub(crate) fn awaited(&self, thing: &Awaited) -> String {
        let mut told = reason(&thing.reason, self.lang).to_owned();
        if !thing.papers.is_empty() {
            told.push_str(": ");
            told.push_str(&self.papers(&thing.papers));
        }
        if let Some(wait) = thing.wait {
            let last = vietnam::written(wait.last_day());
            told.push_str(&self.both(format!(", đến hết ngày {last}"), format!(", by the end of {last}")));
        }
        told
    }

    pub(super) fn both(&self, vi: String, en: String) -> String {
        if self.lang == Language::En { en } else { vi }
    }

    pub(super) fn due(&self, due: Option<DueDate>) -> String {
        match due {
            None => String::new(),
            Some(due) => {
                let on = vietnam::written(due.on);
                self.both(format!("; hẹn trả {on}"), format!("; due {on}"))
            }
        }
    }
}
