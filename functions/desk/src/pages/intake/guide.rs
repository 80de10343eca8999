//! How to file a procedure online: told to a visitor or a caller, given along on a sheet of A5, and taken down.

use ::pages::part::errors::{Mistakes, NOT_SHOWN};
use ::pages::part::field::{Field, Line};
use ::pages::part::notice::Notice;
use maud::{Markup, html};
use motcua::store::{Guided, How};
use rules::calls;
use rules::catalogue::Procedure;
use rules::catalogue::guide::steps;
use rules::dossier::{Kind, Refusal};
use rules::http::{Response, respond};
use rules::language::Both;
use rules::limits::LONGEST_CODE;
use rules::phone::Phone;
use rules::worklist::SearchKey;
use std::sync::Arc;

use super::{ROOT, people};
use crate::pages::dossier::command::fresh_key;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::print;
use crate::words::{self, field};
use ::pages::form::{Form, NotAForm};

/// Name of the field of a telephone number.
const PHONE: &str = "phone";
const PHONE_NAME: Both = ["Số điện thoại", "Telephone number"];

/// Shows the guide of a procedure, or takes down that it was told.
pub(super) async fn answer(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Some(sent) = visit.sent()? else { return show(visit, None).await };
    let key = sent.get("key").ok_or(Problem::Form(NotAForm::Malformed))?;
    let how = sent.get("how").and_then(How::named).ok_or(Problem::Form(NotAForm::Malformed))?;
    let procedure = found(visit, &sent).await?.ok_or(Problem::NotFound)?;
    let phone = match sent.get(PHONE).map(str::trim).filter(|typed| !typed.is_empty()).map(Phone::first) {
        Some(Err(_)) => return show(visit, Some(&sent)).await,
        Some(Ok(phone)) => Some(phone),
        None => None,
    };
    record(visit, key, &procedure, (how, phone.as_ref())).await?;
    Ok(respond::see_other(format!("{ROOT}/guide?procedure={}&done={}", procedure.code, how.name())))
}

/// Takes down that a visitor or a caller was told. A second click with the same key takes down nothing more. Of the
/// telephone number a keyed hash is kept, by which a later filing is known.
pub(super) async fn record(
    visit: &Visit<'_>,
    key: &str,
    procedure: &Procedure,
    (how, phone): (How, Option<&Phone>),
) -> Result<(), Problem> {
    let Visit { site, staff, now, .. } = *visit;
    if key.len() > 64 || !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Problem::Form(NotAForm::Malformed));
    }
    let who = phone.map(|phone| calls::guided(&SearchKey::of(site.config.id_key()), &staff.agency, phone));
    let guided = Guided { procedure: Some(procedure.code.clone()), how, by: staff.subject.clone(), at: now, who };
    Ok(site.recorder.store().note_guided(&staff.agency, key, &guided).await?)
}

/// The sheet of A5.
pub(super) async fn print(visit: &Visit<'_>) -> Result<Response, Problem> {
    visit.only_reads()?;
    let asked = visit.asked();
    let procedure = found(visit, &asked).await?.filter(|procedure| procedure.online).ok_or(Problem::NotFound)?;
    let people = visit.people().await?;
    let agency = visit.site.config.agency(visit.staff.agency.as_str());
    let page = print::guide(&print::Guide {
        people: &people,
        agency_name: &visit.frame.office,
        emblem: visit.frame.mark.emblem(),
        contact: agency.map(|agency| &agency.contact),
        procedure: &procedure,
        back: &format!("{ROOT}/guide?procedure={}", procedure.code),
        clerk: &visit.staff.subject,
        now: visit.frame.now,
    });
    Ok(respond::html(200, page.into_string()))
}

async fn found(visit: &Visit<'_>, asked: &Form) -> Result<Option<Arc<Procedure>>, Problem> {
    let Visit { site, staff, now, .. } = *visit;
    let Some(code) = asked.get("procedure").filter(|code| code.chars().count() <= LONGEST_CODE) else {
        return Ok(None);
    };
    Ok(site.recorder.catalogue().in_force(&staff.agency, code, now, now).await?)
}

/// Shows the page, or shows it again with what was typed, of which the telephone number is wrong.
async fn show(visit: &Visit<'_>, sent: Option<&Form>) -> Result<Response, Problem> {
    let (frame, asked) = (visit.frame, visit.asked());
    let asked = sent.unwrap_or(&asked);
    let procedure = found(visit, asked).await?;
    let unknown = asked.get("procedure").is_some() && procedure.is_none();
    let name = frame.lang.pick(field(Kind::Submit, "procedure"));
    let (status, mistakes) = match (unknown, sent) {
        (true, _) => {
            let [vi, en] = [Refusal::UnknownProcedure.vi(), Refusal::UnknownProcedure.to_string()];
            (404, Mistakes::at("procedure", name, frame.lang.pick([&vi, &en])))
        }
        (false, Some(_)) => {
            let why = [
                "Số này không gọi được. Sửa, hoặc để trống.",
                "This is no telephone number. Mend it, or leave it empty.",
            ];
            (422, Mistakes::at(PHONE, frame.lang.pick(PHONE_NAME), frame.lang.pick(why)))
        }
        (false, None) => (200, Mistakes::default()),
    };
    let content = html! {
        (mistakes.summary(frame.lang, NOT_SHOWN))
        @if asked.get("done").and_then(How::named).is_some() {
            (Notice::Done.of(&html! { p { strong { (frame.say("Đã ghi: đã hướng dẫn nộp trực tuyến.", "Recorded: told how to file online.")) } } }))
        }
        form method="get" action={ (ROOT) "/guide" } novalidate {
            (people::procedure(visit, asked, mistakes.why("procedure"), procedure.is_none() && !unknown).await?)
            div.buttons { button { (frame.say("Xem hướng dẫn", "Show the guide")) } }
        }
        @if let Some(procedure) = &procedure { (told(frame, procedure, (asked, mistakes.why(PHONE)))) }
    };
    let title = frame.say("Hướng dẫn nộp trực tuyến", "How to file online");
    Ok(framed(status, frame, Place::New, title, &content))
}

/// The words for the visitor or the caller, and the record of it.
fn told(frame: &Frame, procedure: &Procedure, (asked, wrong): (&Form, Option<&str>)) -> Markup {
    let name = frame.lang.pick([&procedure.name_vi, &procedure.name_en]);
    html! {
        h2 { (name) }
        @if procedure.online {
            ol { @for [vi, en] in steps(procedure) { li { (frame.say(&vi, &en)) } } }
        } @else {
            (Notice::Warning.of(&html! { p { (frame.say(
                "Thủ tục này không nộp trực tuyến được: nộp tại quầy hoặc qua dịch vụ bưu chính công ích.",
                "This procedure cannot be filed online: it is filed at the desk or by the public post.",
            )) } }))
        }
        h3 { (frame.say("Thành phần hồ sơ", "Check-list of papers")) }
        ul { @for paper in &procedure.papers { li {
            bdi { (frame.lang.pick(paper.names())) } ": " (words::copies(paper, frame.lang))
            @if let Some(when) = paper.when() { ", " (frame.lang.pick(when)) }
            @if paper.form.is_some() { "; " (words::form_of(paper)) }
        } } }
        p {
            (frame.say("Thời hạn", "Time limit")) ": " (words::limit(procedure.limit.allowance, frame.lang)) ". "
            @for fee in &procedure.fees { (fee.name_vi) ": " (fee.amount_vnd) ", " (frame.lang.pick(words::fee_due(fee.due))) ". " }
        }
        @if procedure.online {
            form method="post" action={ (ROOT) "/guide" } novalidate {
                (frame.csrf_field())
                input type="hidden" name="key" value=(fresh_key());
                input type="hidden" name="procedure" value=(procedure.code);
                (phone(frame, asked, wrong))
                div.buttons {
                    a.button.main href={ (ROOT) "/guide/print?procedure=" (procedure.code) } { (frame.say("In hướng dẫn (A5)", "Print the guide (A5)")) }
                    button name="how" value=(How::Desk.name()) { (frame.say("Ghi: đã hướng dẫn tại quầy", "Record: told at the desk")) }
                    button name="how" value=(How::Phone.name()) { (frame.say("Ghi: đã hướng dẫn qua điện thoại", "Record: told on the phone")) }
                }
            }
        }
    }
}

/// The field of the telephone number.
fn phone(frame: &Frame, asked: &Form, wrong: Option<&str>) -> Markup {
    let hint = frame.say(
        "Chỉ để đếm người này một lần, và biết sau đó có nộp trực tuyến không. Số không được lưu.",
        "Only so that this person counts once, and a filing online is known. The number is not kept.",
    );
    let line = Line { name: PHONE, value: asked.get(PHONE), keys: "tel", short: true, ..Line::default() };
    Field::new(frame.lang, PHONE, frame.lang.pick(PHONE_NAME)).optional().hinted(hint).wrong(wrong).line(&line)
}
