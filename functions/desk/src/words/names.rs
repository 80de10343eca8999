//! Names for the codes of a procedure, and for the accounts of the people who work on a dossier.

use motcua::store::People;
use rules::catalogue::Procedure;
use rules::config::Config;
use rules::dossier::{Actor, Awaited, DueDate};
use rules::language::Language;
use rules::post::postage::POSTAGE;
use rules::vietnam;

use super::{actor, channel, named, reason};

/// Names of codes, if the catalogue knows them, and of accounts, if the directory does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names<'a> {
    /// The language of the names.
    pub lang: Language,
    /// The dossier's procedure.
    pub procedure: Option<&'a Procedure>,
    /// The agency's directory.
    pub people: &'a People,
    /// The configuration, which names channels and portals.
    pub config: &'a Config,
}

impl Names<'_> {
    /// A paper's name and code.
    pub(crate) fn paper(&self, code: &str) -> String {
        match self.procedure.and_then(|procedure| procedure.paper(code)) {
            Some(paper) => format!("{} ({code})", self.lang.pick(paper.names())),
            None => code.to_owned(),
        }
    }

    /// A step's name.
    pub(crate) fn step(&self, name: &str) -> String {
        self.procedure.and_then(|it| it.step(name)).map_or(name, |step| &step.name_vi).to_owned()
    }

    /// A person's name, by their account.
    pub(crate) fn account<'n>(&'n self, who: &'n str) -> &'n str {
        named(who, self.people, self.lang)
    }

    /// Person or system that acted.
    pub(crate) fn actor(&self, who: &Actor) -> String {
        match who {
            Actor::Staff(account) if self.account(account) != account => self.account(account).to_owned(),
            Actor::Portal(id) if self.config.portal_called(id) != id => self.config.portal_called(id).to_owned(),
            Actor::Post(id) if self.config.post(id).is_ok_and(|post| post.called() != id) => {
                self.config.post(id).map_or_else(|_| id.clone(), |post| post.called().to_owned())
            }
            Actor::Gateway(id) if self.config.channel_called(id) != id => {
                let name = self.config.channel_called(id);
                self.both(format!("kênh {name}"), format!("channel {name}"))
            }
            Actor::Staff(_)
            | Actor::Portal(_)
            | Actor::Gateway(_)
            | Actor::Post(_)
            | Actor::Applicant
            | Actor::Sweep
            | Actor::Takeover(_) => actor(who, self.lang),
        }
    }

    /// A payment channel's name.
    pub(crate) fn channel<'n>(&'n self, id: &'n str) -> &'n str {
        channel(id, self.config, self.lang)
    }

    /// A fee's name.
    pub(crate) fn fee(&self, code: &str) -> String {
        if code == POSTAGE {
            return self.lang.pick(["cước bưu chính", "postage"]).to_owned();
        }
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
