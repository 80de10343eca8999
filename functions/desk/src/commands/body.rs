//! The values of a command's body.

use motcua::config::Config;
use motcua::dossier::{Action, ResultKind};
use motcua::id::AgencyCode;
use motcua::json::{Fields, Malformed};
use motcua::vnd::Vnd;

use super::LONGEST_CODE;

/// The longest reason taken, in characters, as the core has it.
const LONGEST_TEXT: usize = 500;
/// The most papers one command names.
const MOST_PAPERS: usize = 100;

/// A command's body, and what its values are held against.
pub(super) struct Body<'a> {
    pub fields: Fields<'a>,
    pub config: &'a Config,
    pub agency: &'a AgencyCode,
}

impl Body<'_> {
    pub(super) fn line(&self, name: &str) -> Result<String, Malformed> {
        self.fields.required(name, self.fields.line(name, LONGEST_CODE)?)
    }

    pub(super) fn prose(&self, name: &str) -> Result<String, Malformed> {
        self.fields.required(name, self.fields.prose(name, LONGEST_TEXT)?)
    }

    /// Codes of papers, each once.
    pub(super) fn papers(&self) -> Result<Vec<String>, Malformed> {
        let mut papers = Vec::new();
        for element in self.fields.list("papers", MOST_PAPERS)?.unwrap_or_default() {
            let paper = element.line(LONGEST_CODE)?;
            if !papers.contains(&paper) {
                papers.push(paper);
            }
        }
        Ok(papers)
    }

    /// One of the agency's own open channels: another's could never pay its fee.
    pub(super) fn channel(&self) -> Result<String, Malformed> {
        let channel = self.line("channel")?;
        match self.config.channel(&channel) {
            Ok(found) if found.agency == *self.agency => Ok(channel),
            Ok(_) | Err(_) => Err(self.fields.malformed("channel", "is no open channel of this agency")),
        }
    }

    fn amount(&self) -> Result<Vnd, Malformed> {
        let amount = self.fields.required("amount_vnd", self.fields.whole("amount_vnd")?)?;
        Vnd::new(amount).map_err(|error| self.fields.malformed("amount_vnd", error.to_string()))
    }

    pub(super) fn fee(&self) -> Result<Action, Malformed> {
        Ok(Action::AskFee { channel: self.channel()?, amount_vnd: self.amount()? })
    }

    pub(super) fn cash(&self) -> Result<Action, Malformed> {
        let (attempt, amount_vnd) = (super::attempt(&self.fields)?, self.amount()?);
        Ok(Action::RecordCash { attempt, amount_vnd, receipt_no: self.line("receipt_no")? })
    }

    pub(super) fn receipt(&self) -> Result<Action, Malformed> {
        self.fields.required("papers", self.fields.raw("papers"))?;
        let by_post = match self.line("by")?.as_str() {
            "hand" => false,
            "post" => true,
            _ => return Err(self.fields.malformed("by", "is neither hand nor post")),
        };
        Ok(Action::RecordReceipt { papers: self.papers()?, minutes_no: self.line("minutes_no")?, by_post })
    }

    pub(super) fn result(&self) -> Result<Action, Malformed> {
        let kind = match self.line("kind")?.as_str() {
            "positive" => ResultKind::Positive,
            "negative" => ResultKind::Negative,
            _ => return Err(self.fields.malformed("kind", "is neither positive nor negative")),
        };
        Ok(Action::RecordResult { kind, reason: self.fields.prose("reason", LONGEST_TEXT)? })
    }

    pub(super) fn apology(&self) -> Result<Action, Malformed> {
        let day = self.line("new_due_on")?;
        // Ten characters: jiff would also read a date with an hour behind it and drop the hour.
        let new_due_on = day.parse().ok().filter(|_| day.len() == 10);
        let new_due_on =
            new_due_on.ok_or_else(|| self.fields.malformed("new_due_on", "is not a date as yyyy-MM-dd"))?;
        Ok(Action::Apologise { reason: self.prose("reason")?, new_due_on })
    }
}
