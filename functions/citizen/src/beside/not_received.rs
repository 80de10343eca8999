//! A delivered result that did not arrive, or arrived damaged: a person at the office asks the operator, and issues it anew at
//! the office's cost (NĐ 61/2018/NĐ-CP art. 21).

use maud::{Markup, html};
use motcua::post;
use motcua::site::Site;
use pages::Form;
use pages::part::notice::Notice;
use rules::dossier::{Dossier, Phase};
use rules::http::{Response, respond};
use rules::person::Person;
use rules::post::{Complaint, Wrong};

use super::{Held, What, form, nobody, page};
use crate::frame::Frame;
use crate::problem::Problem;

/// The field with what is wrong; none takes it back.
const WRONG: &str = "wrong";

/// Whether the result of a dossier was delivered by post.
pub(super) fn is_delivered(dossier: &Dossier) -> bool {
    dossier.phase() == Phase::Returned && dossier.returns_by_post == Some(true)
}

/// Shows both buttons, or what was said.
pub(super) fn show(frame: &Frame<'_>, held: &Held<'_>) -> Response {
    let content = match &held.person {
        _ if !is_delivered(&held.dossier) => other(frame),
        None => nobody(frame),
        Some(person) => match person.open_complaint() {
            Some(complaint) => noted(frame, held, complaint),
            None => asked(frame, held),
        },
    };
    page(frame, held, (200, What::NotReceived), &content)
}

fn other(frame: &Frame<'_>) -> Markup {
    html! { p { (frame.say([
        "Bưu điện chưa báo đã phát kết quả của hồ sơ này. Nếu quá vài ngày chưa nhận được, hãy gọi cơ quan.",
        "The post has not told that the result of this dossier was delivered. If it has not come after a few days, call the office.",
    ])) } }
}

fn asked(frame: &Frame<'_>, held: &Held<'_>) -> Markup {
    html! {
        p { (frame.say([
            "Bưu điện báo đã phát kết quả. Nếu không đúng, hoặc kết quả bị hỏng, hãy báo ở đây: cơ quan hỏi bưu điện và cấp lại, cơ quan chịu chi phí.",
            "The post says that the result was delivered. If that is not so, or it is damaged, say so here: the office asks the post and issues it anew, at its own cost.",
        ])) }
        (form(frame, held, What::NotReceived, &html! { p {
            @for wrong in Wrong::ALL { button name=(WRONG) value=(wrong.name()) { (words(frame, wrong)) } " " }
        } }))
    }
}

fn words<'f>(frame: &'f Frame<'_>, wrong: Wrong) -> &'f str {
    frame.say(match wrong {
        Wrong::Missing => ["Chưa nhận được kết quả", "The result did not arrive"],
        Wrong::Damaged => ["Kết quả bị hỏng, thiếu hoặc ướt", "The result is damaged, incomplete or wet"],
    })
}

fn noted(frame: &Frame<'_>, held: &Held<'_>, complaint: Complaint) -> Markup {
    html! {
        (Notice::Done.of(&html! {
            p { strong { (frame.say(["Đã báo cơ quan: ", "The office was told: "])) (frame.say(complaint.what.said())) "." } }
            p { (frame.say([
                "Cán bộ sẽ hỏi bưu điện và gọi lại trong giờ làm việc.",
                "Somebody asks the post, and calls you back in office hours.",
            ])) }
        }))
        (form(frame, held, What::NotReceived, &html! { p {
            button { (frame.say(["Lấy lại: đã nhận được, không hỏng", "Take it back: it is here, and whole"])) }
        } }))
    }
}

/// Notes the complaint, or takes it back.
pub(super) async fn say(site: &Site, frame: &Frame<'_>, held: &Held<'_>, sent: &Form) -> Result<Response, Problem> {
    if !is_delivered(&held.dossier) {
        return Ok(page(frame, held, (409, What::NotReceived), &other(frame)));
    }
    let what = match sent.get(WRONG).map(Wrong::named) {
        Some(None) => return Ok(respond::text(400, "not a form")),
        named => named.flatten(),
    };
    let (agency, id) = (frame.agency.key(), held.id());
    let change = |person: &mut Person| person.complain(what, frame.now);
    let changed = site.recorder.change_people(agency, id, change).await?;
    if let Some((_, person)) = changed {
        post::complain(site.recorder.store(), agency, id, person.open_complaint(), frame.now).await.map_err(
            |error| {
                tracing::error!(%error, "a complaint did not reach its parcel");
                Problem::Later
            },
        )?;
    }
    Ok(respond::see_other(frame.way(&What::NotReceived.path(held.token))))
}
