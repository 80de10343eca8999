//! The values of a command's body.

use ::pages::address::Place;
use jiff::civil::Date;
use rules::address::Address;
use rules::catalogue::Reason;
use rules::config::Config;
use rules::dossier::{Action, Consent, Identity, Recipient, ResultKind, Whose};
use rules::id::AgencyCode;
use rules::json::{Fields, Malformed};
use rules::limits::{
    LONGEST_ACCOUNT, LONGEST_ADDRESS, LONGEST_CODE, LONGEST_DOCUMENT_NO, LONGEST_NAME, LONGEST_TEXT, MOST_ELEMENTS,
    MOST_PAPERS,
};
use rules::person::{Contact, Mailing, Personal};
use rules::receipt::paper_is_over;
use rules::vnd::Vnd;
use units::CodeError;

use super::read::{attempt, phone, prose, said};

/// Complaint about a commune.
const NO_COMMUNE: &str = "is no commune of today, was split, or did not become of the old one";

/// A command's body, and the data that its values are checked against.
pub(super) struct Body<'a> {
    pub fields: Fields<'a>,
    pub config: &'a Config,
    pub agency: &'a AgencyCode,
    /// The day by whose catalogue communes are meant.
    pub today: Date,
}

impl Body<'_> {
    pub(super) fn line(&self, name: &str) -> Result<String, Malformed> {
        self.up_to(name, LONGEST_CODE)
    }

    pub(super) fn account(&self, name: &str) -> Result<String, Malformed> {
        self.up_to(name, LONGEST_ACCOUNT)
    }

    fn up_to(&self, name: &str, most: usize) -> Result<String, Malformed> {
        said(&self.fields, name, self.fields.required(name, self.fields.line(name, most)?)?)
    }

    pub(super) fn prose(&self, name: &str) -> Result<String, Malformed> {
        prose(&self.fields, name)
    }

    /// The reason of a pause.
    pub(super) fn reason(&self) -> Result<Reason, Malformed> {
        self.line("reason").map(|text| Reason::from(&*text))
    }

    /// Codes of papers, each once, however often it is named.
    pub(super) fn papers(&self) -> Result<Vec<String>, Malformed> {
        let mut papers = Vec::new();
        for element in self.fields.list("papers", MOST_ELEMENTS)?.unwrap_or_default() {
            let paper = said(&self.fields, "papers", element.line(LONGEST_CODE)?)?;
            if !papers.contains(&paper) {
                papers.push(paper);
            }
        }
        if papers.len() > MOST_PAPERS {
            return Err(self.fields.malformed("papers", format!("has more than {MOST_PAPERS} elements")));
        }
        Ok(papers)
    }

    /// One of the agency's own open channels: a channel of another agency could never pay its fee.
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

    pub(super) fn postage(&self) -> Result<Action, Malformed> {
        Ok(Action::AskPostage { amount_vnd: self.amount()? })
    }

    pub(super) fn cash(&self) -> Result<Action, Malformed> {
        let (attempt, amount_vnd) = (attempt(&self.fields)?, self.amount()?);
        // Without a provider of electronic receipts a paper one is written, as long as there is paper.
        let electronic = paper_is_over(self.today) || self.config.receipts_of(self.agency, self.today).is_some();
        let receipt_no = match electronic && self.fields.raw("receipt_no").is_none() {
            true => None,
            false => Some(self.line("receipt_no")?),
        };
        Ok(Action::RecordCash { attempt, amount_vnd, receipt_no })
    }

    pub(super) fn receipt(&self) -> Result<Action, Malformed> {
        self.fields.required("papers", self.fields.raw("papers"))?;
        let by_post = match self.line("by")?.as_str() {
            "hand" => false,
            "post" => true,
            _ => return Err(self.fields.malformed("by", "is neither hand nor post")),
        };
        let minutes_no = self.up_to("minutes_no", LONGEST_DOCUMENT_NO)?;
        Ok(Action::RecordReceipt { papers: self.papers()?, minutes_no, by_post })
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
        Ok(Action::Apologise { new_due_on: self.day("new_due_on")?, reason: self.prose("reason")? })
    }

    fn day(&self, name: &str) -> Result<Date, Malformed> {
        let day = self.line(name)?;
        // Ten characters: jiff would also read a date with an hour behind it and drop the hour.
        let read = day.parse().ok().filter(|_| day.len() == 10);
        read.ok_or_else(|| self.fields.malformed(name, "is not a date as yyyy-MM-dd"))
    }

    /// Returns the meaning of one of these words.
    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)], why: &'static str) -> Result<T, Malformed> {
        let word = self.line(name)?;
        let found = words.iter().find(|(known, _)| *known == word);
        found.map(|(_, meaning)| *meaning).ok_or_else(|| self.fields.malformed(name, why))
    }

    pub(super) fn name(&self, name: &str) -> Result<Option<String>, Malformed> {
        self.fields.line(name, LONGEST_NAME)
    }

    fn consent(&self) -> Result<Consent, Malformed> {
        let words = [("phone", Consent::Phone), ("desk", Consent::Desk), ("writing", Consent::Writing)];
        self.word("consent", &words, "is none of phone, desk, writing")
    }

    pub(super) fn contact(&self) -> Result<Personal, Malformed> {
        let shared = self.fields.flag("shared")?.unwrap_or(false);
        let is =
            Contact { address: self.fields.line("address", LONGEST_ADDRESS)?, phone: phone(&self.fields)?, shared };
        Ok(Personal::Contact { is, given_by: self.name("given_by")? })
    }

    pub(super) fn correction(&self) -> Result<Action, Malformed> {
        let words = [("applicant", Whose::Applicant), ("filer", Whose::Filer)];
        let whose = self.word("whose", &words, "is neither applicant nor filer")?;
        let address = self.fields.line("address", LONGEST_ADDRESS)?.is_some();
        let phone = phone(&self.fields)?.is_some();
        Ok(Action::CorrectContact { whose, address, phone, consent: self.consent()?, because: self.prose("because")? })
    }

    pub(super) fn chosen_return(&self) -> Result<Action, Malformed> {
        let by_post = self.word("by", &[("post", true), ("desk", false)], "is neither desk nor post")?;
        Ok(Action::ChooseReturn { by_post, consent: Some(self.consent()?) })
    }

    /// An address is compared with the declared one where the people are known.
    pub(super) fn confirmed_address(&self) -> Result<Action, Malformed> {
        Ok(Action::ConfirmAddress { differs: false, consent: Some(self.consent()?) })
    }

    pub(super) fn mailing(&self) -> Result<Personal, Malformed> {
        let street = self.fields.line("street", LONGEST_ADDRESS)?;
        let street = said(&self.fields, "street", self.fields.required("street", street)?)?;
        let code = |name: &str, text: String| {
            text.parse().map_err(|error: CodeError| self.fields.malformed(name, error.to_string()))
        };
        let commune = code("commune", self.line("commune")?)?;
        let old = self.fields.line("old", LONGEST_CODE)?.map(|text| code("old", text)).transpose()?;
        let place = Place { commune, old }.here(self.config.units(), self.today);
        let Place { commune, old } = place.ok_or_else(|| self.fields.malformed("commune", NO_COMMUNE))?;
        let address = Address::of(self.config.units(), &street, commune, old);
        let address = address.map_err(|error| self.fields.malformed("street", error.to_string()))?;
        let (receiver, phone) = (self.name("receiver")?, phone(&self.fields)?);
        Ok(Personal::Mailing { is: Box::new(Mailing { address, receiver, phone }), given_by: self.name("given_by")? })
    }

    pub(super) fn settled_dates(&self) -> Result<Action, Malformed> {
        let anew = self.word("dates", &[("anew", true), ("keep", false)], "is neither anew nor keep")?;
        Ok(Action::SettleDates { anew, because: self.prose("because")? })
    }

    fn to(&self) -> Result<Recipient, Malformed> {
        let words = [("applicant", Recipient::Applicant), ("filer", Recipient::Filer), ("proxy", Recipient::Proxy)];
        self.word("to", &words, "is none of applicant, filer, proxy")
    }

    pub(super) fn hand_out(&self) -> Result<Action, Malformed> {
        let words = [
            ("citizen_card", Identity::CitizenCard),
            ("identity_card", Identity::IdentityCard),
            ("passport", Identity::Passport),
            ("electronic", Identity::Electronic),
            ("other", Identity::Other),
        ];
        let shown = self.word("shown", &words, "is no kind of identity paper")?;
        let part = self.fields.flag("part")?.unwrap_or(false);
        Ok(Action::HandOut { part, to: self.to()?, shown })
    }

    /// A proxy is not on record, so their name is needed.
    pub(super) fn recipient(&self) -> Result<Personal, Malformed> {
        let name = self.name("name")?;
        let name = if self.to()? == Recipient::Proxy { Some(self.fields.required("name", name)?) } else { name };
        Ok(Personal::HandOut { name, paper_no: self.up_to("paper_no", LONGEST_NAME)? })
    }

    pub(super) fn correct_receipt(&self) -> Result<Action, Malformed> {
        self.fields.required("papers", self.fields.raw("papers"))?;
        let awaited_as = self.fields.line("awaited_as", LONGEST_CODE)?.map(|word| Reason::from(&*word));
        if awaited_as.as_ref().is_some_and(|reason| !reason.asks_for_papers()) {
            return Err(self.fields.malformed("awaited_as", "is neither originals nor supplement"));
        }
        Ok(Action::CorrectReceipt { papers: self.papers()?, awaited_as, because: self.prose("because")? })
    }

    pub(super) fn document(&self) -> Result<Action, Malformed> {
        let (reason, document_no) = (self.reason()?, self.up_to("document_no", LONGEST_DOCUMENT_NO)?);
        Ok(Action::RecordDocument { reason, papers: self.papers()?, document_no, issued_on: self.day("issued_on")? })
    }
}
