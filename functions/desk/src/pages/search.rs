//! Search for a dossier. What was typed is sent in a form and never in an address, which others store.

use std::collections::BTreeMap;

use maud::{Markup, html};
use motcua::store::Search;
use rules::http::{Response, respond};
use rules::limits::LONGEST_SOUGHT;
use rules::worklist::{After, Kind, SearchKey, Sought};

use super::layout::{Frame, Place, page};
use super::problem::Problem;
use super::work;
use crate::pages::visit::Visit;
use ::pages::form::Form;

const KINDS: [(&str, Kind, [&str; 2]); 4] = [
    ("code", Kind::Code, ["Mã hồ sơ", "Code"]),
    ("phone", Kind::Phone, ["Số điện thoại", "Phone number"]),
    ("identity", Kind::Identity, ["Số giấy tờ tùy thân", "Identity number"]),
    ("name", Kind::Name, ["Họ tên, tên tổ chức", "Name"]),
];

/// The empty form.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    if path.len() > 1 {
        return Err(Problem::NotFound);
    }
    match visit.sent()? {
        None => Ok(ask(visit.frame)),
        Some(sent) => Box::pin(find(visit, &sent)).await,
    }
}

fn ask(frame: &Frame) -> Response {
    page(frame, Place::Search, frame.say("Tìm hồ sơ", "Search"), &form(frame, &Form::default()))
}

/// Shows the dossiers found.
async fn find(visit: &Visit<'_>, sent: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let text = sent.get("q").unwrap_or_default();
    let sought = match KINDS.iter().find(|(name, ..)| sent.get("by") == Some(name)) {
        Some((_, kind, _)) => Sought::of(*kind, text),
        None => Sought::guess(text),
    };
    let title = frame.say("Tìm hồ sơ", "Search");
    let Some(sought) = sought else {
        let told = html! {
            div.notice.warn role="alert" { p { (frame.say("Gõ mã, số điện thoại, số giấy tờ hoặc tên.", "Type a code, a number or a name.")) } }
            (form(frame, sent))
        };
        return Ok(super::layout::framed(400, frame, Place::Search, title, &told));
    };
    let after = sent.get("after").map(|after| After::parse(after).ok_or(Problem::NotFound)).transpose()?;
    let key = SearchKey::of(site.config.id_key());
    let search = Search { key: &key, sought: &sought, after: after.as_ref(), who: &staff.subject, at: frame.now };
    let found = site.recorder.store().find(&staff.agency, &search).await?;
    if let ([only], true) = (found.rows.as_slice(), found.exactly) {
        return Ok(respond::see_other(format!("/desk/dossiers/{}", only.row.id)));
    }
    let procedures =
        site.recorder.catalogue().of_rows(&staff.agency, found.rows.iter().map(|listed| &listed.row)).await?;
    let office = site.recorder.office(&staff.agency);
    let content = html! {
        (form(frame, sent))
        @if found.rows.is_empty() { (nothing(frame, &sought, found.next.is_some())) } @else {
            p role="status" { (told(frame, &found.by)) }
            (work::rows(staff, frame, &office, &found.rows, &procedures))
        }
        @if let Some(next) = &found.next {
            form method="post" action="/desk/search" {
                (frame.csrf_field())
                @for name in ["q", "by"] { @if let Some(value) = sent.get(name) { input type="hidden" name=(name) value=(value); } }
                button name="after" value=(next) { (frame.say("Tìm tiếp", "Search on")) }
            }
        }
    };
    Ok(page(frame, Place::Search, title, &content))
}

/// Tells by what the dossiers of the page were found.
fn told(frame: &Frame, by: &BTreeMap<Kind, usize>) -> String {
    let name = |kind: &Kind| {
        KINDS.iter().find(|(_, it, _)| it == kind).map_or("", |(.., names)| frame.lang.pick(*names)).to_lowercase()
    };
    let by: Vec<_> = by.iter().map(|(kind, count)| format!("{} ({count})", name(kind))).collect();
    format!("{} {}", frame.say("Tìm thấy theo:", "Found by:"), by.join(", "))
}

/// Tells that nothing was found, what was looked for, and what else to try.
fn nothing(frame: &Frame, sought: &Sought, more: bool) -> Markup {
    let name = |kind| KINDS.iter().find(|(_, it, _)| *it == kind).map_or("", |(.., names)| frame.lang.pick(*names));
    let looked: Vec<_> = sought.readings().map(|reading| name(reading.kind()).to_lowercase()).collect();
    html! {
        p role="status" { (frame.say("Không tìm thấy hồ sơ nào.", "Nothing was found."))
            " " (frame.say("Đã tìm theo:", "Looked for as:")) " " (looked.join(", ")) "." }
        @if !more { p { (frame.say(
            "Có thể gõ bốn chữ số cuối của mã hồ sơ, đủ số điện thoại hoặc số giấy tờ, hoặc vài chữ đầu của mỗi từ trong tên.",
            "Try the last four digits of the code, a whole telephone or identity number, or the first letters of words of the name.",
        )) } }
    }
}

fn form(frame: &Frame, sent: &Form) -> Markup {
    html! {
        form.filter method="post" action="/desk/search" {
            (frame.csrf_field())
            div { label for="q" { (frame.say("Từ khóa", "Look for")) } input id="q" name="q" required autofocus autocomplete="off" maxlength=(LONGEST_SOUGHT) value=[sent.get("q")]; }
            div { label for="by" { (frame.say("Tìm theo", "By")) } select id="by" name="by" {
                option value="" { (frame.say("tự động", "whatever fits")) }
                @for (value, _, name) in KINDS { option value=(value) selected[sent.get("by") == Some(value)] { (frame.lang.pick(name)) } }
            } }
            button.main { (frame.say("Tìm", "Search")) }
        }
    }
}
