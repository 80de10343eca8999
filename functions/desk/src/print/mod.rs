//! The papers that the law names, as pages for the browser's printer: A4, black on white, in Vietnamese.
//!
//! A form shows the dossier as it was when its cause was recorded, so that one printed again in June says what the one
//! of April said. The day of receipt decides which instrument's form it is ([`edition`]). Signatures, the number in the
//! office's own book and the place are left open for people.

mod control;
mod edition;
mod form;
mod frame;
mod guide;
mod letters;
mod papers;
pub(crate) mod post;
mod receipt;
mod register;
mod supplement;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use maud::Markup;
use motcua::store::People;
use rules::catalogue::Procedure;
use rules::clock::Office;
use rules::config::{Config, Contact};
use rules::dossier::{Dossier, Recorded, Terms, Whose, evolve};
use rules::language::Language;
use rules::notice::Standing;
use rules::person::{Changed, Person};

use crate::words::Names;
use edition::Edition;

pub(crate) use form::Form;
pub(crate) use guide::{Guide, guide};
pub(crate) use register::{Entry, Register, register};

/// Path of the style sheet of the forms.
pub(crate) const STYLE_PATH: &str = "/desk/print.css";

/// Data that a form is filled from.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    /// The dossier as it is now.
    pub dossier: &'a Dossier,
    /// Every commit so far, oldest first.
    pub history: &'a [Recorded],
    /// The declarations as received, each with the version it came with.
    pub declared: &'a [(u64, String)],
    /// Its people; `None` if they were erased.
    pub person: Option<&'a Person>,
    /// The procedure version that applies to it; `None` if the catalogue does not know it.
    pub procedure: Option<&'a Procedure>,
    /// Calendar and office hours.
    pub office: &'a Office,
    /// The agency's full name.
    pub agency_name: &'a str,
    /// The address of its emblem, if the configuration has one.
    pub emblem: Option<&'a str>,
    /// How the public reaches the agency.
    pub contact: Option<&'a Contact>,
    /// Address for following the dossier, such as `https://motcua.example.vn/d/{id}`; `None` if the agency has none.
    pub tracking: Option<&'a str>,
    /// The digits of the slip that is valid now.
    pub six: Option<&'a str>,
    /// The agency's directory.
    pub people: &'a People,
    /// The configuration, which names channels and portals.
    pub config: &'a Config,
    /// The notices that stand.
    pub notices: &'a Standing,
    /// Account of the person who prints.
    pub clerk: &'a str,
    /// The office's time.
    pub now: Timestamp,
}

/// A form as a whole page; `None` if the dossier gives no cause for it.
pub(crate) fn sheet(form: Form, sheet: &Sheet<'_>) -> Option<Markup> {
    if !Form::printable(sheet.dossier, sheet.history).contains(&form) {
        return None;
    }
    let page = Page::of(form, sheet)?;
    let body = match form {
        Form::Receipt(_) => receipt::body(&page),
        Form::Supplement(_) => supplement::body(&page),
        Form::Refusal(_) => letters::refusal(&page),
        Form::Apology(_) => letters::apology(&page),
        Form::Closing(_) => letters::closing(&page),
        Form::Control => control::body(&page),
    };
    let class = if matches!(form, Form::Receipt(_)) { receipt::class(&page) } else { "sheet" };
    Some(frame::whole(&page, class, &body))
}

/// A form about to be filled.
struct Page<'a> {
    sheet: &'a Sheet<'a>,
    edition: Edition,
    /// The commit that gave cause for it; `None` for the control slip.
    cause: Option<&'a Recorded>,
    /// The commits up to then.
    history: &'a [Recorded],
    /// The dossier after them.
    dossier: Dossier,
    /// Its people as they were shown then.
    person: Option<Person>,
}

impl<'a> Page<'a> {
    fn of(form: Form, sheet: &'a Sheet<'a>) -> Option<Self> {
        let edition = form.edition(sheet.dossier)?;
        let upto = match form.version() {
            Some(version) => sheet.history.iter().position(|commit| commit.version == version)? + 1,
            None => sheet.history.len(),
        };
        let history = &sheet.history[..upto];
        let cause = form.version().and_then(|_| history.last());
        let dossier = lived(sheet.dossier, history);
        let person = sheet.person.map(|person| told_then(person, dossier.version));
        Some(Self { sheet, edition, cause, history, dossier, person })
    }

    /// Instant at which it was given out.
    fn given_at(&self) -> Timestamp {
        self.cause.map_or(self.sheet.now, |commit| commit.recorded_at)
    }

    fn names(&self) -> Names<'a> {
        Names {
            lang: Language::Vi,
            procedure: self.sheet.procedure,
            people: self.sheet.people,
            config: self.sheet.config,
        }
    }

    fn terms(&self) -> Terms<'a> {
        Terms { procedure: self.sheet.procedure, office: self.sheet.office, channel: None, notices: self.sheet.notices }
    }
}

/// The people without the corrections that came after that version.
fn told_then(person: &Person, version: u64) -> Person {
    let mut then = person.clone();
    for change in person.changes.iter().rev().filter(|change| change.noted.version > version) {
        if let Changed::Mailing { was, .. } = &change.what {
            then.mailing.clone_from(was);
        }
        let Changed::Contact { whose, was, is } = &change.what else { continue };
        let party = match whose {
            Whose::Applicant => Some(&mut then.applicant),
            Whose::Filer => then.filer.as_mut(),
        };
        let Some(party) = party else { continue };
        if is.address.is_some() {
            party.address.clone_from(&was.address);
        }
        if is.phone.is_some() {
            party.phone.clone_from(&was.phone);
        }
    }
    then
}

/// The dossier as these commits left it.
fn lived(dossier: &Dossier, history: &[Recorded]) -> Dossier {
    let Dossier { agency, id, procedure, submitted_at, .. } = dossier.clone();
    let before = Dossier::before(agency, id, procedure, submitted_at);
    let after = history.iter().flat_map(|commit| &commit.events).fold(before, evolve);
    Dossier { version: history.last().map_or(0, |commit| commit.version), ..after }
}
