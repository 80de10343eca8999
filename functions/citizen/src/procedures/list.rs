//! The list of procedures, and what is found in it.

use maud::{Markup, html};
use motcua::recorder::Listed;
use motcua::site::Site;
use pages::part::field::{Field, Line};
use pages::part::pager::pager;
use rules::catalogue::{Nearness, Sought, in_force_of};
use rules::http::Response;
use rules::language::{Both, Language};

use crate::frame::{Frame, LANGUAGE};
use crate::path;
use crate::problem::Problem;

/// Name and id of the field of the text that is looked for.
const SOUGHT: &str = "q";
/// Name in the query of the number of a page, from 1.
const PAGE: &str = "page";
/// Procedures on a page.
const ON_A_PAGE: usize = 20;
/// The longest text that is looked for.
const LONGEST: usize = 100;
const TITLE: Both = ["Thủ tục hành chính", "Procedures"];

/// Shows a page of the list.
pub(super) async fn show(
    site: &Site,
    frame: &Frame<'_>,
    asked: impl Fn(&str) -> Option<String>,
) -> Result<Response, Problem> {
    let typed = asked(SOUGHT).map(|text| text.trim().chars().take(LONGEST).collect::<String>()).unwrap_or_default();
    let number = match asked(PAGE) {
        Some(text) => text.parse::<usize>().ok().filter(|number| *number > 0).ok_or(Problem::NoProcedure)?,
        None => 1,
    };
    let (all, ()) =
        tokio::join!(site.recorder.catalogue().all_lately(frame.agency.key(), frame.now), frame.learn(site));
    let all = all.map_err(Problem::of_procedures)?;
    let sought = Sought::of(&typed);
    let found = if typed.is_empty() || sought.is_some() { found(frame, &all, sought.as_ref()) } else { Vec::new() };
    let on_page: Vec<_> = found.iter().skip((number - 1).saturating_mul(ON_A_PAGE)).take(ON_A_PAGE).collect();
    if on_page.is_empty() && number > 1 {
        return Err(Problem::NoProcedure);
    }
    let way = |page: usize| frame.way_to("/procedures", &query(&typed, page));
    let next = (found.len() > number * ON_A_PAGE).then(|| way(number + 1));
    let content = html! {
        h1 { (frame.say(TITLE)) }
        (form(frame, &typed))
        (counted(frame, &typed, found.len()))
        ul.plain { @for entry in on_page { li { (line(frame, entry)) } } }
        (pager(frame.lang, (number > 1).then(|| way(1)).as_deref(), next.as_deref()))
    };
    Ok(frame.page_of(200, frame.say(TITLE), &content, &query(&typed, number)))
}

fn query(typed: &str, page: usize) -> Vec<(&'static str, String)> {
    let sought = (!typed.is_empty()).then(|| (SOUGHT, typed.to_owned()));
    sought.into_iter().chain((page > 1).then(|| (PAGE, page.to_string()))).collect()
}

/// A procedure of the list, and whether it is received today.
type Entry<'a> = (&'a Listed, bool);

/// Returns what is received today, by name; of what is looked for, also what is received no more, the nearest first.
fn found<'a>(frame: &Frame<'_>, all: &'a [Listed], sought: Option<&Sought>) -> Vec<Entry<'a>> {
    let mut found: Vec<(Nearness, Entry<'a>)> = Vec::new();
    for versions in all.chunk_by(|one, other| one.code == other.code) {
        let dated = |it: &Listed| (it.version, it.valid_from, it.valid_until);
        let today = in_force_of(versions, frame.today(), dated);
        let Some(entry) = today.or_else(|| versions.iter().max_by_key(|it| it.version)) else { continue };
        let near = match sought {
            Some(sought) => sought.nearness(&entry.code, [&entry.name_vi, &entry.name_en]),
            None => today.map(|_| Nearness::Words),
        };
        found.extend(near.map(|near| (near, (entry, today.is_some()))));
    }
    let name = |entry: &Listed| rules::message::plain(frame.say([&entry.name_vi, &entry.name_en])).to_lowercase();
    found.sort_by_cached_key(|(near, (entry, received))| (*near, !received, name(entry), entry.code.clone()));
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn form(frame: &Frame<'_>, typed: &str) -> Markup {
    let hint = frame.say([
        "Một vài từ của tên thủ tục, có dấu hay không dấu, hoặc mã thủ tục.",
        "Some words of its name, with or without marks, or its code.",
    ]);
    let field = Field::new(frame.lang, SOUGHT, frame.say(["Tìm thủ tục", "Look for a procedure"])).hinted(hint);
    let line = Line { name: SOUGHT, value: Some(typed), longest: Some(LONGEST), ..Line::default() };
    html! {
        form method="get" action={ (frame.root) "/procedures" } role="search" {
            @if frame.lang == Language::En { input type="hidden" name=(LANGUAGE) value="en"; }
            (field.line(&line))
            p { button.main { (frame.say(["Tìm", "Search"])) } }
        }
    }
}

fn counted(frame: &Frame<'_>, typed: &str, found: usize) -> Markup {
    html! { p role="status" {
        @match (typed.is_empty(), found) {
            (true, 0) => (frame.say(["Chưa có thủ tục nào.", "There is no procedure yet."])),
            (true, found) => { (found) " " (frame.say(["thủ tục được tiếp nhận.", "procedures are received."])) },
            (false, 0) => { (frame.say([
                "Không tìm thấy thủ tục nào. Hãy thử ít từ hơn, hoặc ",
                "Nothing was found. Try fewer words, or ",
            ])) a href=(frame.way("/procedures")) { (frame.say(["xem tất cả", "see all"])) } "." }
            (false, found) => { (frame.say(["Tìm thấy ", "Found: "])) (found) (frame.say([" thủ tục.", ""])) },
        }
    } }
}

fn line(frame: &Frame<'_>, (entry, received): &Entry<'_>) -> Markup {
    html! { p {
        a href=(frame.way(&path::of_procedure(&entry.code))) { bdi { (frame.say([&entry.name_vi, &entry.name_en])) } }
        " " span.soft.wide { "(" (entry.code) ")" }
        @match (received, entry.online) {
            (false, _) => { " " span.tag.red { (frame.say(["Không tiếp nhận", "Not received now"])) } }
            (true, true) => { " " span.tag.green { (frame.say(["Nộp trực tuyến", "Online"])) } }
            (true, false) => {}
        }
    } }
}
