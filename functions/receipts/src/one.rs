//! One receipt: what is to be done about it, step by step, each written before and after its call.

use jiff::Timestamp;
use motcua::receipts::{Changed, NotDone, change, charges_of};
use motcua::store::lawful_key;
use motcua::web::Silence;
use rules::receipt::{Content, Element, Ending, Issue, Issued, Lawful, NotNow, Row, Standing, State};
use rules::vietnam;
use scans::Scans;

use crate::answer::{self, Answer, Told};
use crate::calls::{self, Replaced};
use crate::file;
use crate::line::Line;
use crate::report::Report;
use crate::trouble::Trouble;

/// Calls that are begun for one request until a person looks at it.
const MOST_TRIES: u32 = 10;

/// A receipt at work.
pub(crate) struct One<'a> {
    pub(crate) line: &'a Line<'a>,
    pub(crate) scans: &'a Scans,
    pub(crate) now: Timestamp,
    pub(crate) report: &'a mut Report,
}

impl One<'_> {
    /// Does the next step; `None` if nothing is to be done, or if somebody else was faster.
    pub(crate) async fn step(&mut self, lawful: &Lawful) -> Result<Option<Lawful>, Trouble> {
        match lawful.standing() {
            Standing::ToIssue => self.issue(lawful).await,
            Standing::ToLookUp => self.look_up(lawful).await,
            Standing::ToCancel => self.cancel(lawful).await,
            Standing::ToFetch => self.fetch(lawful).await,
            Standing::ForAPerson | Standing::Settled => Ok(None),
        }
    }

    async fn issue(&mut self, lawful: &Lawful) -> Result<Option<Lawful>, Trouble> {
        let (line, now) = (self.line, self.now);
        let Some(charges) = charges_of(line.site, &line.to.agency, lawful).await? else {
            return self.refuse(lawful, "no_fee").await;
        };
        let on = vietnam::day(now);
        let content = Content {
            form: line.to.form,
            symbol: line.to.symbol(on.year()),
            payee: line.to.payee.clone(),
            tax_code: line.to.tax_code.clone(),
            amount_vnd: lawful.last().amount_vnd,
            charges: charges.clone(),
            on,
        };
        if let Some(wrong) = content.wrong().first() {
            return self.refuse(lawful, named(*wrong)).await;
        }
        // Whoever is interrupted from here on leaves word that a call was begun.
        let Some(lawful) = self.note(lawful, |it| it.begin(&charges, now).map(|()| None)).await? else {
            return Ok(None);
        };
        let replaced = replaced(&lawful);
        let last = lawful.last();
        let call =
            |token: &str| calls::create(line.to, token, (&last.key, &lawful.channel), &content, replaced.as_ref(), now);
        match line.ask(call).await.map_err(Trouble::Silent)? {
            Answer::Done(body) => match answer::created(&body, line.to.form) {
                Some(told) => self.issued(&lawful, told).await,
                // It may have been issued: only a look-up can tell.
                None => Err(Trouble::Silent(Silence::Unreadable)),
            },
            Answer::Used => self.look_up(&lawful).await,
            Answer::Missing | Answer::TokenOver => self.refuse(&lawful, "unknown").await,
            Answer::Refused(code) => self.refuse(&lawful, &code).await,
        }
    }

    /// Looks up what became of a call, and only if nothing did calls again.
    async fn look_up(&mut self, lawful: &Lawful) -> Result<Option<Lawful>, Trouble> {
        let (line, key) = (self.line, lawful.last().key.clone());
        let call = |token: &str| calls::look_up(line.to, token, &key);
        let found = match line.ask(call).await.map_err(Trouble::Silent)? {
            Answer::Done(body) => answer::found(&body, line.to.form),
            Answer::Missing => Some(Vec::new()),
            Answer::Used | Answer::TokenOver => None,
            Answer::Refused(code) => return self.refuse(lawful, &code).await,
        };
        let mut found = found.ok_or(Trouble::Silent(Silence::Unreadable))?;
        match (found.len(), found.pop()) {
            (1, Some(told)) => {
                self.report.found += 1;
                self.issued(lawful, told).await
            }
            (0, _) => match lawful.last().state {
                State::Asked { tries, .. } if tries >= MOST_TRIES => self.refuse(lawful, "no_answer").await,
                _ => Box::pin(self.issue(lawful)).await,
            },
            // Two under one key are what must never be: a person finds out which one is right.
            (_, _) => self.refuse(lawful, "several").await,
        }
    }

    async fn issued(&mut self, lawful: &Lawful, told: Told) -> Result<Option<Lawful>, Trouble> {
        let (now, Told { no, on, code, .. }) = (self.now, told);
        let issued = Issued { no, on: on.unwrap_or_else(|| vietnam::day(now)), at: now, code, by: None, ending: None };
        let noted = self.note(lawful, |it| it.issue(issued.clone()).map(Some)).await?;
        self.report.issued += u64::from(noted.is_some());
        Ok(noted)
    }

    async fn cancel(&mut self, lawful: &Lawful) -> Result<Option<Lawful>, Trouble> {
        let (line, now) = (self.line, self.now);
        let State::Issued(Issued { ending: Some(Ending::Wanted { because, tries, .. }), .. }) = &lawful.last().state
        else {
            return Ok(None);
        };
        if *tries >= MOST_TRIES {
            return self.not_cancelled(lawful, "no_answer").await;
        }
        if *tries > 0 && self.is_cancelled(lawful).await? {
            return self.cancelled(lawful).await;
        }
        let Some(lawful) = self.note(lawful, |it| it.begin_cancelling().map(|()| None)).await? else { return Ok(None) };
        let Some(issued) = lawful.last().issued() else { return Ok(None) };
        let call = |token: &str| calls::cancel(line.to, token, issued, because, now);
        match line.ask(call).await.map_err(Trouble::Silent)? {
            Answer::Done(_) => self.cancelled(&lawful).await,
            Answer::Missing | Answer::Used | Answer::TokenOver => self.not_cancelled(&lawful, "unknown").await,
            Answer::Refused(code) => self.not_cancelled(&lawful, &code).await,
        }
    }

    /// Whether a call that nobody answered cancelled it.
    async fn is_cancelled(&mut self, lawful: &Lawful) -> Result<bool, Trouble> {
        let (line, key) = (self.line, lawful.last().key.clone());
        let call = |token: &str| calls::look_up(line.to, token, &key);
        match line.ask(call).await.map_err(Trouble::Silent)? {
            Answer::Done(body) => {
                let found = answer::found(&body, line.to.form).ok_or(Trouble::Silent(Silence::Unreadable))?;
                Ok(found.iter().any(|told| told.cancelled))
            }
            Answer::Missing | Answer::Used | Answer::TokenOver | Answer::Refused(_) => Ok(false),
        }
    }

    async fn cancelled(&mut self, lawful: &Lawful) -> Result<Option<Lawful>, Trouble> {
        let now = self.now;
        let noted = self.note(lawful, |it| it.cancel(now).map(Some)).await?;
        self.report.cancelled += u64::from(noted.is_some());
        Ok(noted)
    }

    async fn not_cancelled(&mut self, lawful: &Lawful, code: &str) -> Result<Option<Lawful>, Trouble> {
        let now = self.now;
        self.told_of(lawful, code);
        self.note(lawful, |it| it.refuse_cancelling(code, now).map(|()| None)).await
    }

    async fn fetch(&mut self, lawful: &Lawful) -> Result<Option<Lawful>, Trouble> {
        let Some(issued) = lawful.last().issued() else { return Ok(None) };
        match file::fetch(self.line, self.scans, (lawful, issued), self.now).await? {
            None => self.note(lawful, |it| it.keep_none().map(|()| None)).await,
            Some(kept) => {
                self.report.fetched += u64::from(!kept.is_empty());
                self.note(lawful, |it| it.fetched(kept.clone()).map(|()| None)).await
            }
        }
    }

    async fn refuse(&mut self, lawful: &Lawful, code: &str) -> Result<Option<Lawful>, Trouble> {
        let now = self.now;
        self.told_of(lawful, code);
        self.note(lawful, |it| it.refuse(code, now).map(|()| None)).await
    }

    fn told_of(&mut self, lawful: &Lawful, code: &str) {
        self.report.refused += 1;
        // The alarm in infra/template.yaml waits for these words.
        tracing::error!(provider = self.line.to.id, dossier = %lawful.dossier, code, "a receipt is refused");
    }

    /// Writes a change; `None` if the receipt is no longer as it was read: then whoever changed it goes on.
    async fn note(
        &self,
        lawful: &Lawful,
        act: impl Fn(&mut Lawful) -> Result<Option<Row>, NotNow> + Send + Sync,
    ) -> Result<Option<Lawful>, Trouble> {
        let (store, agency) = (self.line.site.recorder.store(), &self.line.to.agency);
        let version = lawful.version;
        let as_read = |it: &mut Lawful| if it.version == version { act(it) } else { Err(NotNow) };
        match change(store, agency, &lawful_key(agency, lawful), self.now, &[], as_read).await {
            Ok(Changed { lawful, .. }) => Ok(Some(lawful)),
            Err(NotDone::NotNow(_) | NotDone::Unknown | NotDone::NoProvider) => Ok(None),
            Err(NotDone::Store(error)) => Err(Trouble::Store(error)),
        }
    }
}

/// Returns the receipt that the last request replaces.
fn replaced(lawful: &Lawful) -> Option<Replaced<'_>> {
    let (_, because) = lawful.last().replaces.as_ref()?;
    let issued = lawful.in_force().and_then(Issue::in_force)?;
    Some(Replaced { issued, because })
}

/// Returns the name of a part of the content that is wrong, as the desk translates it.
fn named(element: Element) -> &'static str {
    match element {
        Element::Symbol => "no_symbol",
        Element::Payee => "no_payee",
        Element::TaxCode => "no_tax_code",
        Element::Charges => "no_charges",
        Element::Figures => "wrong_sum",
        Element::Name | Element::Form | Element::Number | Element::Words | Element::Date | Element::Signature => {
            "wrong"
        }
    }
}
