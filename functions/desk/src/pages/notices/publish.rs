//! Writing a notice: the form, a second look, the publication; and taking one back.

use maud::{Markup, html};
use motcua::store::{Published, StandingNotices};
use rules::http::{Response, respond};
use rules::notice::{Draft, Notice};

use super::{ROOT, checks, fields, one};
use crate::pages::dossier::command::fresh_key;
use crate::pages::layout::{Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};

/// Answers the form of a new notice, or of a new version of one.
pub(super) async fn answer(visit: &Visit<'_>, number: Option<u32>, sent: Option<&Form>) -> Result<Response, Problem> {
    let store = visit.site.recorder.store();
    let before = match number {
        Some(number) => Some(store.notice(&visit.staff.agency, number).await?.ok_or(Problem::NotFound)?),
        None => None,
    };
    let Some(sent) = sent else {
        let typed = before.as_ref().map(fields::of).unwrap_or_default();
        return Ok(write(visit, before.as_ref(), &typed, (200, &Mistakes::default())));
    };
    let draft = match Draft::read(|name| sent.get(name), |text| ::pages::part::date::read(text).ok()) {
        Ok(draft) => draft,
        Err(mistakes) => {
            let mistakes = fields::mistakes(visit.frame, &mistakes);
            return Ok(write(visit, before.as_ref(), sent, (400, &mistakes)));
        }
    };
    if sent.get("again").is_some() {
        return Ok(write(visit, before.as_ref(), sent, (200, &Mistakes::default())));
    }
    let stood = store.standing_notices(&visit.staff.agency).await?;
    let notice = notice(visit, draft, before.as_ref());
    let looked_at =
        (sent.get("stood"), sent.get("was")) == (Some(&*stood.version.to_string()), Some(&*was(before.as_ref())));
    if sent.get("confirm").is_none() || !looked_at || checks::is_full(&stood.standing, notice.number) {
        let raced = sent.get("confirm").is_some() && !looked_at;
        return Ok(look(visit, &notice, before.as_ref(), (sent, raced), &stood));
    }
    let key =
        sent.get("key").filter(|key| key.len() <= 64 && key.is_ascii()).ok_or(Problem::Form(NotAForm::Malformed))?;
    match store.publish(&visit.staff.agency, notice.clone(), &stood, key).await? {
        Published::Now(number) => Ok(respond::see_other(format!("{ROOT}/{number}"))),
        Published::Before => Ok(respond::see_other(format!("{ROOT}?published=1"))),
        Published::Raced => Ok(look(visit, &notice, before.as_ref(), (sent, true), &stood)),
    }
}

/// Takes a notice back by a version of its own.
pub(super) async fn withdraw(visit: &Visit<'_>, number: u32, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let store = site.recorder.store();
    let newest = store.notice(&staff.agency, number).await?.ok_or(Problem::NotFound)?;
    let was = sent.get("version").and_then(|version| version.parse::<u32>().ok());
    if newest.withdrawn || was != Some(newest.version) {
        return Ok(respond::see_other(format!("{ROOT}/{number}")));
    }
    if sent.get("confirm").is_none() {
        let content = html! {
            div.notice.warn { p { strong { (newest.told(frame.lang).0.title) } }
                p { (frame.say(
                    "Thông báo thôi áp dụng ngay và trang công khai ghi là đã rút. Điều đã hứa trong thời gian áp dụng vẫn giữ.",
                    "The notice ends at once, and its public page says that it was withdrawn. What it granted stays.",
                )) } }
            form method="post" action={ (ROOT) "/" (number) "/withdraw" } {
                (frame.csrf_field())
                input type="hidden" name="version" value=(newest.version);
                input type="hidden" name="confirm" value="1";
                button.main { (frame.say("Rút thông báo", "Withdraw the notice")) }
                " " a.button.quiet href={ (ROOT) "/" (number) } { (frame.say("Thôi", "Do not")) }
            }
        };
        return Ok(framed(200, frame, Place::Notices, frame.say("Rút thông báo?", "Withdraw the notice?"), &content));
    }
    let stood = store.standing_notices(&staff.agency).await?;
    let published_by = staff.subject.clone();
    let gone = Notice { version: newest.version + 1, published_at: now, published_by, withdrawn: true, ..newest };
    // A second click finds the notice withdrawn, or loses the race against the first.
    store.publish(&staff.agency, gone, &stood, &fresh_key()).await?;
    Ok(respond::see_other(format!("{ROOT}/{number}")))
}

fn notice(visit: &Visit<'_>, draft: Draft, before: Option<&Notice>) -> Notice {
    let Draft { issuer, legal_basis, vi, en, further, procedures, effects } = draft;
    Notice {
        number: before.map_or(0, |before| before.number),
        version: before.map_or(1, |before| before.version + 1),
        issuer,
        legal_basis,
        vi: vi.expect("a draft that was read has a text in Vietnamese"),
        en,
        further,
        procedures,
        effects,
        enclosures: before.map(|before| before.enclosures.clone()).unwrap_or_default(),
        first_published_at: before.map_or(visit.now, |before| before.first_published_at),
        published_at: visit.now,
        published_by: visit.staff.subject.clone(),
        withdrawn: false,
    }
}

/// The version that the form was opened on, as it carries it.
fn was(before: Option<&Notice>) -> String {
    before.map_or(0, |before| before.version).to_string()
}

fn path(before: Option<&Notice>) -> String {
    before.map_or_else(|| format!("{ROOT}/new"), |before| format!("{ROOT}/{}/edit", before.number))
}

fn title<'t>(visit: &'t Visit<'_>, before: Option<&Notice>) -> &'t str {
    match before {
        None => visit.frame.say("Soạn thông báo", "Write a notice"),
        Some(_) => visit.frame.say("Sửa thông báo", "Change a notice"),
    }
}

/// The form.
fn write(visit: &Visit<'_>, before: Option<&Notice>, typed: &Form, (status, mistakes): (u16, &Mistakes)) -> Response {
    let frame = visit.frame;
    let content = html! {
        (mistakes.summary(frame.lang, NOT_RECORDED))
        form.sheet method="post" action=(path(before)) novalidate {
            (frame.csrf_field())
            (fields::all(frame, typed, mistakes))
            button.main { (frame.say("Xem trước", "Preview")) }
        }
    };
    framed(status, frame, Place::Notices, title(visit, before), &content)
}

/// The second look, with what stands out.
fn look(
    visit: &Visit<'_>,
    notice: &Notice,
    before: Option<&Notice>,
    (sent, raced): (&Form, bool),
    stood: &StandingNotices,
) -> Response {
    let frame = visit.frame;
    let calendar = visit.site.recorder.office(&visit.staff.agency).calendar;
    let warnings = checks::warnings(frame, notice, &stood.standing, &calendar);
    let full = checks::is_full(&stood.standing, notice.number);
    let content = html! {
        @if raced { div.notice.bad role="alert" { p { strong { (frame.say(
            "Vừa có thông báo khác được công bố. Chưa công bố gì; hãy xem lại rồi công bố.",
            "Another notice was published meanwhile. Nothing was published; look again, then publish.",
        )) } } } }
        @if full { div.notice.bad role="alert" { p { strong { (frame.say(
            "Đang có quá nhiều thông báo áp dụng cùng lúc. Hãy rút hoặc cho kết thúc bớt.",
            "Too many notices stand at once. Withdraw or end some of them.",
        )) } } } }
        @if !warnings.is_empty() { div.notice.warn { ul { @for warning in &warnings { li { (warning) } } } } }
        (one::beside(frame, &stood.standing, notice.number))
        section.notice { h2 { (notice.told(frame.lang).0.title) } (one::shown(frame, notice)) }
        (confirm(visit, before, (sent, full), stood))
    };
    framed(200, frame, Place::Notices, frame.say("Xem trước thông báo", "The notice as it will be"), &content)
}

fn confirm(visit: &Visit<'_>, before: Option<&Notice>, (sent, full): (&Form, bool), stood: &StandingNotices) -> Markup {
    let frame = visit.frame;
    let own = ["csrf", "stood", "was", "key", "again", "confirm"];
    let key = sent.get("key").map_or_else(fresh_key, str::to_owned);
    html! {
        form method="post" action=(path(before)) {
            (frame.csrf_field())
            @for (name, value) in sent.fields().filter(|(name, _)| !own.contains(name)) { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="stood" value=(stood.version);
            input type="hidden" name="was" value=(was(before));
            input type="hidden" name="key" value=(key);
            @if !full { button.main name="confirm" value="1" { (frame.say("Công bố", "Publish")) } " " }
            button.quiet name="again" value="1" { (frame.say("Sửa tiếp", "Go on writing")) }
        }
    }
}
