//! Search for a dossier. What was typed is sent in a form and never in an address, which others store.

use std::collections::BTreeMap;

use maud::{Markup, html};
use motcua::store::{Listed, Search};
use rules::http::{Response, respond};
use rules::id::DossierId;
use rules::language::Both;
use rules::limits::LONGEST_SOUGHT;
use rules::worklist::{After, Kind, SearchKey, Sought};

use super::layout::{Frame, Place, page};
use super::problem::Problem;
use super::work;
use crate::pages::visit::Visit;
use ::pages::form::Form;
use ::pages::part::errors::{Mistakes, NOT_SHOWN};
use ::pages::part::field::{Field, Line};

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
    page(frame, Place::Search, frame.say("Tìm hồ sơ", "Search"), &form(frame, &Form::default(), &Mistakes::default()))
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
        let why = frame.say("Gõ mã, số điện thoại, số giấy tờ hoặc tên.", "Type a code, a number or a name.");
        let mistakes = Mistakes::at("q", "", why);
        let told = html! { (mistakes.summary(frame.lang, NOT_SHOWN)) (form(frame, sent, &mistakes)) };
        return Ok(super::layout::framed(400, frame, Place::Search, title, &told));
    };
    let after = sent.get("after").map(|after| After::parse(after).ok_or(Problem::NotFound)).transpose()?;
    let key = SearchKey::of(site.config.id_key());
    let search = Search { key: &key, sought: &sought, after: after.as_ref(), who: &staff.subject, at: frame.now };
    let (found, people) = tokio::join!(site.recorder.store().find(&staff.agency, &search), visit.people());
    let (found, people) = (found?, people?);
    if let ([only], true) = (found.rows.as_slice(), found.exactly) {
        return Ok(respond::see_other(format!("/desk/dossiers/{}", only.row.id)));
    }
    let procedures =
        site.recorder.catalogue().of_rows(&staff.agency, found.rows.iter().map(|listed| &listed.row)).await?;
    let office = site.recorder.office(&staff.agency);
    let groups = grouped(found.rows, &found.kinds, text);
    let content = html! {
        (form(frame, sent, &Mistakes::default()))
        @if groups.is_empty() { (nothing(frame, &sought, found.next.is_some())) } @else {
            p role="status" { (told(frame, &found.by)) }
            @for (why, rows) in &groups {
                h2 { (frame.lang.pick(*why)) " (" (rows.len()) ")" }
                (work::rows(staff, frame, &office, rows, (&procedures, &people)))
            }
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

/// Reasons why a dossier was found, the surest first.
const REASONS: [Both; 5] = [
    ["Đúng mã hồ sơ", "By the code"],
    ["Theo số điện thoại", "By the phone number"],
    ["Theo số giấy tờ tùy thân", "By the identity number"],
    ["Theo tên, đúng cả dấu", "By the name, with its marks"],
    ["Theo tên, không kể dấu", "By the name, whatever its marks"],
];

/// Puts the dossiers that were found for one reason together. Those of a name that has the marks as typed go before
/// those that have others.
fn grouped(rows: Vec<Listed>, kinds: &BTreeMap<DossierId, Kind>, text: &str) -> Vec<(Both, Vec<Listed>)> {
    let mut groups: [Vec<Listed>; 5] = Default::default();
    for listed in rows {
        let people = listed.person.iter().flat_map(|people| std::iter::once(&people.applicant).chain(&people.filer));
        let same_marks = people.map(|person| &person.name).any(|name| has_marks(name, text));
        let place = match kinds.get(&listed.row.id) {
            Some(Kind::Code) | None => 0,
            Some(Kind::Phone) => 1,
            Some(Kind::Identity) => 2,
            Some(Kind::Name) if same_marks => 3,
            Some(Kind::Name) => 4,
        };
        groups[place].push(listed);
    }
    REASONS.into_iter().zip(groups).filter(|(_, rows)| !rows.is_empty()).collect()
}

/// Whether a name has every word as it was typed, marks included.
fn has_marks(name: &str, text: &str) -> bool {
    let (name, text) = (name.to_lowercase(), text.to_lowercase());
    text.split_whitespace().all(|word| name.split_whitespace().any(|it| it.starts_with(word)))
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

fn form(frame: &Frame, sent: &Form, mistakes: &Mistakes) -> Markup {
    let sought = Field::new(frame.lang, "q", frame.say("Từ khóa", "Look for")).wrong(mistakes.why("q"));
    let focus = mistakes.is_empty();
    let line = Line { name: "q", value: sent.get("q"), longest: Some(LONGEST_SOUGHT), focus, ..Line::default() };
    let any = (String::new(), frame.say("tự động", "whatever fits").to_owned());
    let kinds = KINDS.map(|(value, _, name)| (value.to_owned(), frame.lang.pick(name).to_owned()));
    let kinds: Vec<_> = std::iter::once(any).chain(kinds).collect();
    html! {
        form.filter method="post" action="/desk/search" novalidate {
            (frame.csrf_field())
            (sought.line(&line))
            (Field::new(frame.lang, "by", frame.say("Tìm theo", "By")).list("by", &kinds, sent.get("by"), false))
            button.main { (frame.say("Tìm", "Search")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_the_marks_as_typed_goes_before_one_with_others() {
        for (name, typed, same) in [
            ("Hộ kinh doanh Sóng Bạc", "sóng bạc", true),
            ("Hộ kinh doanh Sóng Bạc", "Só bạ", true),
            ("Hộ kinh doanh Sông Bạc", "sóng bạc", false),
            ("Hộ kinh doanh Sóng Bạc", "song bac", false),
        ] {
            assert_eq!(has_marks(name, typed), same, "{name} {typed}");
        }
    }
}
