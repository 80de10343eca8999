//! The content of a message by its outlet: the short text, or the letter with all that the office knows.

use std::sync::Arc;

use jiff::civil::Date;

use super::mailbox::Mailbox;
use super::receivers::{Address, Receiver, Unreachable};
use super::{Sender, worded};
use crate::links;
use crate::store::{Error, Key, MessageOf};
use rules::clock::Calendar;
use rules::dossier::{Awaited, Dossier, Recorded, Terms, explanation_in_brief};
use rules::id::{AgencyCode, DossierId};
use rules::language::Language;
use rules::message::{self, News, Outlet, Visit};
use rules::notice::Standing;
use rules::person::Person;
use rules::phone::Phone;
use rules::vietnam;

/// One message on its way: its item, its destination, and its content.
#[derive(Clone)]
pub(super) struct Letter<'a> {
    pub agency: &'a AgencyCode,
    pub id: DossierId,
    pub key: Key,
    pub receiver: &'a Receiver,
    /// The place among the receiver's ways.
    pub way: usize,
    pub news: News<'a>,
    pub case: &'a Case<'a>,
}

impl<'a> Letter<'a> {
    pub fn outlet(&self) -> Outlet {
        self.receiver.ways[self.way].0
    }

    pub fn to(&self) -> &'a Result<Address, Unreachable> {
        &self.receiver.ways[self.way].1
    }

    /// Returns the same message by the next outlet that leads to its receiver. A message of one event has none.
    pub fn next(&self) -> Option<Self> {
        let (version, MessageOf::Commit { .. }) = self.key.message_of()? else { return None };
        let way = self.receiver.after(self.way)?;
        let outlet = self.receiver.ways[way].0;
        let key = Key::message(self.agency, self.id, version, self.receiver.place, outlet);
        Some(Self { key, way, ..self.clone() })
    }
}

/// The commit that a message is about, and the dossier as it is now.
pub(super) struct Case<'a> {
    pub recorded: &'a Recorded,
    pub dossier: Option<&'a Dossier>,
    pub person: Option<&'a Person>,
}

/// The notices that a message is written by.
#[derive(Default)]
struct Visits {
    notices: Arc<Standing>,
    calendar: Option<Calendar>,
    procedure: String,
    day: Date,
    /// Whether the post may bring the result, which nobody has chosen yet.
    offers_post: bool,
}

impl Visits {
    fn today(&self, language: Language) -> Visit<'_> {
        match &self.calendar {
            Some(calendar) => {
                let visit = self.notices.visit(calendar, &self.procedure, self.day, language);
                Visit { by_post: self.offers_post, ..visit }
            }
            None => Visit::NONE,
        }
    }
}

/// What an outlet is given.
pub(super) enum Content<'a> {
    /// A number and a text.
    Sms(&'a Phone, String),
    /// The same for the gateway of the province.
    Https(&'a Phone, String),
    /// An address and a letter.
    Email(&'a Mailbox, Box<message::Letter>),
}

impl Sender<'_> {
    /// Writes the content of a message.
    pub(super) async fn content<'c>(&self, letter: &Letter<'c>, address: &'c Address) -> Result<Content<'c>, Error> {
        let config = &self.site.config;
        let visits = self.visits(letter).await?;
        let visit = visits.today(letter.receiver.language);
        let link = match config.agency(letter.agency.as_str()) {
            Some(agency) => {
                let to = (letter.id, letter.news.purpose(visit));
                links::link(self.site, agency, to, letter.case.recorded.version, self.now).await?
            }
            None => None,
        };
        let link = link.as_deref();
        Ok(match address {
            Address::Phone(phone) => {
                let written = (letter.receiver.language, link);
                let text = worded(config, letter.agency, letter.case.recorded, letter.news, (written, visit));
                if letter.outlet() == Outlet::Https { Content::Https(phone, text) } else { Content::Sms(phone, text) }
            }
            Address::Mailbox(mailbox) => Content::Email(mailbox, Box::new(self.letter(letter, link, visit).await?)),
        })
    }

    /// Looks at the notices of today, if the message asks somebody to come.
    async fn visits(&self, letter: &Letter<'_>) -> Result<Visits, Error> {
        if !letter.news.asks_to_come() {
            return Ok(Visits::default());
        }
        let notices = self.store().notices_lately(letter.agency, self.now).await?;
        let procedure = letter.case.dossier.map(|dossier| dossier.procedure.code.clone()).unwrap_or_default();
        let calendar = self.site.recorder.office(letter.agency).calendar;
        let offers_post = self.offers_post(letter).await?;
        Ok(Visits { notices, calendar: Some(calendar), procedure, day: vietnam::day(self.now), offers_post })
    }

    /// Whether a result that is ready may come by post instead, and a link leads to that choice.
    async fn offers_post(&self, letter: &Letter<'_>) -> Result<bool, Error> {
        let Some(dossier) = letter.case.dossier.filter(|_| matches!(letter.news, News::Ready { fee_vnd: None })) else {
            return Ok(false);
        };
        let agency = self.site.config.agency(letter.agency.as_str());
        if agency.and_then(|agency| self.site.config.linked(agency, "/")).is_none() || dossier.returns_by_post.is_some()
        {
            return Ok(false);
        }
        let procedure = self.site.recorder.catalogue().version(letter.agency, &dossier.procedure).await?;
        Ok(procedure.is_some_and(|procedure| procedure.returns_by_post))
    }

    /// Writes the letter. The procedure is usually in memory; the name of whoever handles the dossier costs one read.
    async fn letter(
        &self,
        letter: &Letter<'_>,
        link: Option<&str>,
        visit: Visit<'_>,
    ) -> Result<message::Letter, Error> {
        let recorder = &self.site.recorder;
        let Case { recorded, dossier, .. } = *letter.case;
        let language = letter.receiver.language;
        let procedure = match dossier {
            Some(dossier) => recorder.catalogue().version(letter.agency, &dossier.procedure).await?,
            None => None,
        };
        let handler = match dossier.and_then(|dossier| dossier.assignee.as_deref()) {
            Some(account) => self.store().member(letter.agency, account).await?.and_then(|member| member.name),
            None => None,
        };
        let why = match dossier {
            Some(dossier) => {
                let office = recorder.office_of(dossier).await?;
                let terms = Terms {
                    procedure: procedure.as_deref(),
                    office: &office,
                    channel: None,
                    notices: Standing::none(),
                };
                explanation_in_brief(dossier, &[], terms, language)
            }
            None => None,
        };
        let agency = self.site.config.agency(letter.agency.as_str());
        let clock = dossier.and_then(|dossier| dossier.clock.as_ref());
        let papers = named_papers(letter.news, dossier, |code| {
            let paper = procedure.as_ref().and_then(|procedure| procedure.paper(code));
            paper.map(|paper| language.pick(paper.names()).to_owned())
        });
        let case = message::Case {
            code: &recorded.called,
            procedure: procedure.as_deref().map(|procedure| language.pick([&procedure.name_vi, &procedure.name_en])),
            submitted_at: dossier.map(|dossier| dossier.submitted_at),
            accepted_at: clock.map(|clock| clock.accepted_at),
            due_on: dossier.and_then(Dossier::due).map(|due| due.on),
            ended_at: clock.and_then(|clock| clock.ended_at),
            why: why.as_deref(),
            agency: agency.map_or("", |agency| agency.name.as_str()),
            telephone: agency.and_then(|agency| agency.contact.telephone.as_deref()),
            address: agency.and_then(|agency| agency.contact.address.as_deref()),
            visiting_hours: agency.and_then(|agency| agency.contact.hours(language)),
            link,
            handled_by: handler.as_deref(),
            visit,
        };
        Ok(message::Letter::new(language, &letter.news, &case, papers.iter().map(String::as_str)))
    }
}

/// Returns the names of the papers that are awaited now, if the news is about papers.
fn named_papers(news: News<'_>, dossier: Option<&Dossier>, name: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let about_papers = matches!(
        news,
        News::PausedForOriginals { .. }
            | News::PartlyIn { .. }
            | News::SupplementAsked { .. }
            | News::Outstanding(_)
            | News::ReceiptCorrected { .. }
    );
    if !about_papers {
        return Vec::new();
    }
    let awaited = dossier.map(Dossier::awaited).unwrap_or_default();
    let papers = awaited.iter().flat_map(|thing: &Awaited| &thing.papers);
    papers.map(|code| name(code).unwrap_or_else(|| code.clone())).collect()
}
