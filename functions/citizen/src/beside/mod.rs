//! Acts of the holder of a link beside its purpose: how to be told, a number that is not theirs, the wish to be
//! called, a result that did not arrive, and a rating. A look changes nothing, because mail scanners open every link.

mod call_back;
mod not_received;
mod preferences;
mod rating;
mod wrong_number;

use std::sync::Arc;

use http::Method;
use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::{Key, read_json};
use pages::Form;
use rules::catalogue::Procedure;
use rules::dossier::Dossier;
use rules::http::{Request, Response};
use rules::id::DossierId;
use rules::language::Both;
use rules::person::Person;
use rules::rating::is_asked;
use rules::token::Token;

use crate::frame::Frame;
use crate::problem::Problem;
pub(crate) use call_back::{without_key, without_key_done};

/// A page beside those of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Language and outlets of messages.
    Preferences,
    /// Messages to a wrong number.
    WrongNumber,
    /// The wish to be called.
    CallBack,
    /// A delivered result that did not arrive, or arrived damaged.
    NotReceived,
    /// How content somebody is.
    Rating,
}

impl What {
    const ALL: [Self; 5] = [Self::NotReceived, Self::CallBack, Self::Rating, Self::Preferences, Self::WrongNumber];

    /// Its last segment.
    fn name(self) -> &'static str {
        match self {
            Self::Preferences => "preferences",
            Self::WrongNumber => "wrong-number",
            Self::CallBack => "call-back",
            Self::NotReceived => "not-received",
            Self::Rating => "rating",
        }
    }

    /// The words of the way to it.
    fn called(self) -> Both {
        match self {
            Self::Preferences => ["Đổi cách nhận tin", "How you are told"],
            Self::WrongNumber => ["Nhầm số: tin nhắn này không phải của tôi", "Wrong number: this message is not mine"],
            Self::CallBack => ["Gọi lại cho tôi", "Call me back"],
            Self::NotReceived => ["Chưa nhận được kết quả, hoặc bị hỏng", "The result did not arrive, or is damaged"],
            Self::Rating => ["Đánh giá việc giải quyết hồ sơ", "Rate how it was handled"],
        }
    }

    /// Reads it from the end of a link's path.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (_, end) = text.split_once('/')?;
        Self::ALL.into_iter().find(|what| end.trim_end_matches('/') == what.name())
    }

    fn path(self, token: &Token) -> String {
        format!("/t/{}/{}", token.as_str(), self.name())
    }
}

/// The dossier of a link, and whose it is.
struct Held<'a> {
    token: &'a Token,
    dossier: Dossier,
    /// `None` if they were erased.
    person: Option<Person>,
    procedure: Option<Arc<Procedure>>,
}

impl Held<'_> {
    fn id(&self) -> DossierId {
        self.dossier.id
    }

    /// Whether it may be rated now.
    fn is_rated(&self) -> bool {
        is_asked(&self.dossier, self.procedure.as_deref(), self.person.as_ref())
    }
}

/// Shows a page, or answers what was sent from it.
pub(crate) async fn answer(
    site: &Site,
    frame: &Frame<'_>,
    (token, id): (&Token, DossierId),
    what: What,
    request: &Request,
) -> Result<Response, Problem> {
    let sent = (*request.method() == Method::POST).then(|| Form::of(request)).transpose()?;
    let (held, ()) = tokio::join!(read(site, frame, (token, id)), frame.learn(site));
    let held = held?;
    match (what, sent) {
        (What::Preferences, None) => preferences::show(site, frame, &held, &Form::of_query(request)).await,
        (What::Preferences, Some(sent)) => preferences::keep(site, frame, &held, &sent).await,
        (What::WrongNumber, None) => Ok(wrong_number::show(frame, &held)),
        (What::WrongNumber, Some(sent)) => wrong_number::mark(site, frame, &held, &sent).await,
        (What::CallBack, None) => Ok(call_back::show(frame, &held)),
        (What::NotReceived, None) => Ok(not_received::show(frame, &held)),
        (What::NotReceived, Some(sent)) => not_received::say(site, frame, &held, &sent).await,
        (What::Rating, None) => rating::show(site, frame, &held).await,
        (What::Rating, Some(sent)) => rating::rate(site, frame, &held, &sent).await,
        (What::CallBack, Some(_)) => call_back::wish(site, frame, &held).await,
    }
}

async fn read<'a>(site: &Site, frame: &Frame<'_>, (token, id): (&'a Token, DossierId)) -> Result<Held<'a>, Problem> {
    let agency = frame.agency.key();
    let key = Key::person(agency, id);
    let mut loaded = site.recorder.store().load(agency, id, std::slice::from_ref(&key)).await?;
    let dossier = loaded.dossier.take().ok_or(Problem::NotFound)?;
    let person = loaded.item(&key).map(|item| read_json(item, "person")).transpose()?;
    // The process remembers it after it has read it once.
    let procedure = site.recorder.catalogue().version(agency, &dossier.procedure).await?;
    Ok(Held { token, dossier, person, procedure })
}

/// Writes the ways to these pages, for the end of each page of a link.
pub(crate) fn foot(
    frame: &Frame<'_>,
    token: &Token,
    (dossier, procedure, person): (&Dossier, Option<&Procedure>, Option<&Person>),
) -> Markup {
    let fits = |what: &What| match what {
        What::NotReceived => not_received::is_delivered(dossier),
        What::Rating => is_asked(dossier, procedure, person),
        What::CallBack | What::Preferences | What::WrongNumber => true,
    };
    html! {
        h2 { (frame.say(["Việc khác", "More"])) }
        ul { @for what in What::ALL.into_iter().filter(fits) {
            li { a href=(frame.way(&what.path(token))) { (frame.say(what.called())) } }
        } }
    }
}

/// Writes the way by which the holder of a slip wishes to be called.
pub(crate) fn call_me(frame: &Frame<'_>, id: DossierId) -> Markup {
    html! { p { a.button href=(frame.way(&crate::path::of_call_back(id))) { (frame.say(What::CallBack.called())) } } }
}

/// A form of these pages.
fn form(frame: &Frame<'_>, held: &Held<'_>, what: What, content: &Markup) -> Markup {
    html! { form method="post" novalidate action=(frame.way(&what.path(held.token))) { (content) } }
}

/// Head and end of these pages.
fn page(frame: &Frame<'_>, held: &Held<'_>, (status, what): (u16, What), content: &Markup) -> Response {
    let title = frame.say(what.called());
    let whole = html! {
        h1 { (title) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (held.dossier.called()) } }
        (content)
        p { a href=(frame.way(&crate::path::of_link(held.token))) { (frame.say(["Về trang của liên kết", "Back to the page of the link"])) } }
        @if what != What::CallBack {
            p { a href=(frame.way(&What::CallBack.path(held.token))) { (frame.say(What::CallBack.called())) } }
        }
    };
    frame.page(status, title, &whole)
}

/// The words shown once nobody's data is kept any more.
fn nobody(frame: &Frame<'_>) -> Markup {
    html! { p { (frame.say([
        "Hồ sơ không còn lưu thông tin liên lạc. Hãy gọi cơ quan.",
        "No contact is kept of this dossier any more. Call the office.",
    ])) } }
}

/// The last two digits of a number, by which its owner knows it.
fn ending(number: &str) -> &str {
    &number[number.len().saturating_sub(2)..]
}
