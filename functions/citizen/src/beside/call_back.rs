//! The wish to be called: the dossier goes onto the phone list, once until somebody called.

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::notice::Notice;
use rules::calls::{AskedFor, to_be_called};
use rules::http::{Response, respond};

use super::{Held, What, form, nobody, page};
use crate::frame::Frame;
use crate::opened::Opened;
use crate::path;
use crate::problem::Problem;

/// Shows the button, or that the wish is noted.
pub(super) fn show(frame: &Frame<'_>, held: &Held<'_>) -> Response {
    let content = match &held.person {
        None => nobody(frame),
        Some(person) if to_be_called(&held.dossier, Some(person)).is_some_and(|it| it.what == AskedFor::Call) => {
            noted(frame)
        }
        Some(_) => html! { (explained(frame)) (form(frame, held, What::CallBack, &button(frame))) },
    };
    page(frame, held, (200, What::CallBack), &content)
}

/// Notes the wish. Twice is the same as once.
pub(super) async fn wish(site: &Site, frame: &Frame<'_>, held: &Held<'_>) -> Result<Response, Problem> {
    site.recorder.change_people(frame.agency.key(), held.id(), |person| person.wish_a_call(frame.now)).await?;
    Ok(respond::see_other(frame.way(&What::CallBack.path(held.token))))
}

/// Shows the button to whoever holds a slip. Nothing of the people is read.
pub(crate) async fn without_key(site: &Site, frame: &Frame<'_>, text: &str) -> Result<Response, Problem> {
    let (opened, ()) = tokio::join!(Opened::read(site, frame, text), frame.learn(site));
    let opened = opened?.ok_or(Problem::NotFound)?;
    let way = frame.way(&path::of_call_back(opened.dossier.id));
    let content = html! {
        (explained(frame))
        form method="post" action=(way) { (button(frame)) }
    };
    Ok(of_slip(frame, &opened, &content))
}

/// Notes the wish of whoever holds a slip. The answer is the same whether there is a telephone to call or not, and whether
/// somebody wished it before.
pub(crate) async fn without_key_done(site: &Site, frame: &Frame<'_>, text: &str) -> Result<Response, Problem> {
    let (opened, ()) = tokio::join!(Opened::read(site, frame, text), frame.learn(site));
    let opened = opened?.ok_or(Problem::NotFound)?;
    let id = opened.dossier.id;
    site.recorder.change_people(frame.agency.key(), id, |person| person.wish_a_call(frame.now)).await?;
    Ok(of_slip(frame, &opened, &noted(frame)))
}

fn of_slip(frame: &Frame<'_>, opened: &Opened, content: &Markup) -> Response {
    let title = frame.say(What::CallBack.called());
    let content = html! {
        h1 { (title) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (opened.dossier.called()) } }
        (content)
        p { a href=(frame.way(&path::of_dossier(opened.dossier.id))) { (frame.say(["Về trang của hồ sơ", "Back to the dossier"])) } }
    };
    frame.page(200, title, &content)
}

fn explained(frame: &Frame<'_>) -> Markup {
    html! { p { (frame.say([
        "Cơ quan gọi trong giờ làm việc, đến số điện thoại đã ghi trong hồ sơ. Nếu hồ sơ không có số điện thoại, hãy gọi cơ quan.",
        "The office calls in its hours, at the telephone number in the dossier. If there is none in it, call the office.",
    ])) } }
}

fn button(frame: &Frame<'_>) -> Markup {
    html! { button.main { (frame.say(What::CallBack.called())) } }
}

fn noted(frame: &Frame<'_>) -> Markup {
    html! {
        (Notice::Done.of(&html! { p { strong { (frame.say(["Đã ghi: đề nghị gọi lại.", "Noted: you wish to be called."])) } } }))
        (explained(frame))
    }
}
