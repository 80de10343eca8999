//! One person to be called: what they are to be told, the calls so far, and the form for the outcome.

use maud::{Markup, html};
use motcua::store::{Did, KeptCall, People};
use rules::calls::AskedFor;
use rules::dossier::Kind;
use rules::http::{Response, respond};
use rules::json::Fields;
use rules::person::Agreed;
use rules::vietnam;

use super::ROOT;
use super::form::{agreed_in, body, form, mistakes};
use super::list::{asked_of, line, number, state_of, unheard, whose};
use super::post::{by_post, to_post};
use crate::api;
use crate::api::Answer;
use crate::api::calls::Wish;
use crate::api::calls::shown::{self, About, Shown, Unanswered};
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::{Permission, Staff};
use crate::words::{agreed, named, of_command, outcome};
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::{Mistakes, NOT_RECORDED};
use ::pages::part::notice::Notice;

pub(super) async fn show(visit: &Visit<'_>, name: &str, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let kept = site.recorder.store().one_call(&staff.agency, name).await?.ok_or(Problem::NotFound)?;
    let post = to_post(visit, asked).await?;
    let done = asked.get("done").is_some().then(|| {
        let recorded = frame.say("Đã ghi kết quả cuộc gọi.", "The outcome was recorded.");
        Notice::Done.of(&html! { p { strong { (recorded) } } (post) })
    });
    whole(visit, name, kept, 200, &done.unwrap_or_default(), (&Form::default(), &Mistakes::default())).await
}

/// Records an outcome, or shows the page again with what was wrong and what was typed.
pub(super) async fn record(visit: &Visit<'_>, name: &str, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Handle)?;
    let version = sent.get("version").and_then(|version| version.parse().ok());
    let (Some(version), Some(key)) = (version, sent.get("key")) else {
        return Err(Problem::Form(NotAForm::Malformed));
    };
    let store = site.recorder.store();
    let again = async || store.one_call(&staff.agency, name).await?.ok_or(Problem::NotFound);
    let found = mistakes(frame, sent);
    if !found.is_empty() {
        let summary = found.summary(frame.lang, NOT_RECORDED);
        return whole(visit, name, again().await?, 422, &summary, (sent, &found)).await;
    }
    let post = match agreed_in(sent).any(|it| matches!(it, Agreed::WantsPost | Agreed::AddressConfirmed)) {
        true => by_post(&again().await?.call),
        false => String::new(),
    };
    let body = body(sent);
    let fields = Fields::of_body(&body).map_err(|_| Problem::Form(NotAForm::Malformed))?;
    let receipt = api::receipt(staff, key, &format!("/api/v1/calls/{name}/outcome"), &body);
    let wish = Wish { name: name.to_owned(), version };
    let recorded = Box::pin(api::calls::record(site, staff, receipt, fields, wish, now)).await;
    match recorded.unwrap_or_else(|refused| refused) {
        Answer::Called(..) | Answer::AlreadyCalled(..) => {
            let kept = again().await?;
            let left = !kept.call.is_over() && kept.call.wakes_at.is_none();
            let to = match (left, sent.get("outcome")) {
                (false, Some(outcome)) => format!("{ROOT}?done={outcome}{post}"),
                (true, _) | (false, None) => format!("{ROOT}/{name}?done=1{post}"),
            };
            Ok(respond::see_other(to))
        }
        Answer::Malformed(wrong) => {
            let why = crate::words::complaint(&wrong.why, frame.lang);
            let found = Mistakes::at(wrong.field, "", why);
            let summary = found.summary(frame.lang, NOT_RECORDED);
            whole(visit, name, again().await?, 400, &summary, (sent, &found)).await
        }
        Answer::Stale(_) => {
            let (kept, people) = (again().await?, visit.people().await?);
            let found = Mistakes::of_all(faster(frame, &kept, &people));
            let summary = found.summary(frame.lang, NOT_RECORDED);
            whole(visit, name, kept, 409, &summary, (sent, &found)).await
        }
        other => Err(other.into()),
    }
}

/// The sentence that somebody else was faster: who recorded what, and when.
fn faster(frame: &Frame, kept: &KeptCall, people: &People) -> String {
    let Some(last) = &kept.call.last else {
        return frame
            .say("Danh sách này vừa thay đổi. Xem lại bên dưới.", "This entry changed just now. Look again below.")
            .to_owned();
    };
    let (who, what) = (named(&last.by, people, frame.lang), frame.lang.pick(outcome(last.outcome)));
    let at = vietnam::date_time(last.at);
    frame
        .lang
        .pick([
            &format!("{who} đã ghi “{what}” lúc {at}. Xem lại bên dưới trước khi gọi."),
            &format!("{who} recorded “{what}” at {at}. Look below before you call."),
        ])
        .to_owned()
}

async fn whole(
    visit: &Visit<'_>,
    name: &str,
    kept: KeptCall,
    status: u16,
    notice: &Markup,
    typed: (&Form, &Mistakes),
) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    visit.audits_of(Did::OpenedCall { call: name.to_owned() }, &kept.call.dossiers()).await?;
    let (people, shown) = tokio::join!(visit.people(), shown::of(site, &staff.agency, vec![(name.to_owned(), kept)]));
    let (people, shown) = (people?, shown?);
    let it = shown.first().ok_or(Problem::NotFound)?;
    let over = it.kept.call.is_over();
    let content = html! {
        (notice)
        @if over { (nothing_left(frame, it, &people)) } @else {
            p { strong { (number(frame, it)) } }
            (state_of(frame, it))
            h2 { (frame.say("Cần báo", "What to tell")) }
            @for about in &it.dossiers { (dossier(staff, frame, about)) }
            @for it in &it.broadcasts { div.wide { p { (unheard(frame, it)) } } }
            @for it in it.questions() { (question(staff, frame, it)) }
            (earlier(frame, it, &people))
            @if staff.role().holds(Permission::Handle) { (form(frame, it, typed)) }
        }
        p { a href=(ROOT) { (frame.say("Về danh sách cần gọi", "Back to the list")) } }
    };
    let title = match over {
        true => frame.say("Không còn gì cần gọi", "Nothing is left to tell").to_owned(),
        false => format!("{} {}", frame.say("Gọi", "Call"), whose(frame, it)),
    };
    Ok(framed(status, frame, Place::Calls, &title, &content))
}

/// The page of a person to whom everything was told.
fn nothing_left(frame: &Frame, it: &Shown, people: &People) -> Markup {
    html! { p {
        @match &it.kept.call.last {
            Some(last) => {
                (named(&last.by, people, frame.lang)) ": " (frame.lang.pick(outcome(last.outcome))) ", " (vietnam::date_time(last.at)) "."
            }
            None => { (frame.say("Không còn tin nhắn nào chưa đến.", "No message is left that did not arrive.")) }
        }
    } }
}

/// A dossier, with the commands that a call most often leads to.
fn dossier(staff: &Staff, frame: &Frame, about: &About) -> Markup {
    let commands = [
        (Kind::CorrectContact, "correct-contact"),
        (Kind::ChooseReturn, "choose-return"),
        (Kind::ConfirmAddress, "confirm-address"),
    ];
    let commands = commands.into_iter().filter(|(kind, _)| staff.may(*kind).is_ok() && about.dossier.is_some());
    html! {
        div.wide {
            p {
                (line(frame, about))
                @if about.before > 0 {
                    " " small { (frame.say("Còn", "With")) " " (about.before) " " (frame.say("tin nhắn trước đó chưa đến.", "earlier messages that did not arrive.")) }
                }
            }
            ul { @for (kind, name) in commands {
                li { a href={ "/desk/dossiers/" (about.id) "/" (name) } { (frame.lang.pick(of_command(kind))) } }
            }
                @if staff.may(Kind::CorrectContact).is_ok() && about.dossier.is_some() {
                    li { a href={ "/desk/dossiers/" (about.id) "/messages" } { (frame.say("Ghi cách báo tin", "Note how to tell them")) } }
                }
            }
        }
    }
}

/// A question that was not answered, with the commands that its answer leads to.
fn question(staff: &Staff, frame: &Frame, it: &Unanswered) -> Markup {
    let commands: &[(Kind, &str)] = match it.asked.what {
        AskedFor::Return => &[(Kind::ChooseReturn, "choose-return"), (Kind::ConfirmAddress, "confirm-address")],
        AskedFor::Missing | AskedFor::Damaged => &[(Kind::ReissueResult, "reissue-result")],
        AskedFor::Address => &[(Kind::ConfirmAddress, "confirm-address")],
        AskedFor::Call => &[],
    };
    let commands = commands.iter().copied().filter(|(kind, _)| staff.may(*kind).is_ok() && it.dossier.is_some());
    html! { div.wide {
        p { (asked_of(frame, it)) }
        ul { @for (kind, name) in commands {
            li { a href={ "/desk/dossiers/" (it.asked.id) "/" (name) } { (frame.lang.pick(of_command(kind))) } }
        } }
    } }
}

/// The calls so far, with what was said.
fn earlier(frame: &Frame, it: &Shown, people: &People) -> Markup {
    let called = it.called();
    html! { @if !called.is_empty() {
        h2 { (frame.say("Đã gọi", "Calls so far")) }
        ul { @for call in called { li {
            (vietnam::date_time(call.at)) " · " (named(&call.by, people, frame.lang)) ": " (frame.lang.pick(outcome(call.outcome)))
            @for it in &call.agreed { ". " (frame.lang.pick(agreed(*it))) }
            @if !call.note.is_empty() { ". " bdi { (call.note) } }
        } } }
    } }
}
