//! The keys of the keyboard: browsers have them, and do not tell them.

use maud::{Markup, html};
use rules::http::Response;

use super::dossier::access_key;
use super::layout::{Frame, Place, SEARCH_KEY, entries, page};
use super::problem::Problem;
use crate::api::commands::COMMANDS;
use crate::pages::visit::Visit;
use crate::words::of_command;
use ::pages::part::facts;

/// Answers `/desk/help`.
pub(crate) fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    if path.len() > 1 {
        return Err(Problem::NotFound);
    }
    visit.only_reads()?;
    let frame = visit.frame;
    let key = |key: &str| html! { kbd { (key.to_uppercase()) } };
    let menu: Vec<_> = entries(frame, Place::Help).iter().map(|it| (frame.lang.pick(it.name), key(it.key))).collect();
    let search = [(frame.say("Tìm hồ sơ", "Find a dossier"), key(SEARCH_KEY))];
    let commands = COMMANDS.iter().filter(|spec| frame.role.may(spec.kind));
    let commands =
        commands.filter_map(|spec| Some((frame.lang.pick(of_command(spec.kind)), key(access_key(spec.name)?))));
    let commands: Vec<_> = commands.collect();
    let content = html! {
        (browsers(frame))
        div.columns {
            div {
                h2 { (frame.say("Ở mọi trang", "On every page")) }
                (facts::summary(&[&search[..], &menu].concat()))
            }
            @if !commands.is_empty() { div {
                h2 { (frame.say("Ở trang một hồ sơ", "On the page of a dossier")) }
                (facts::summary(&commands))
            } }
        }
    };
    Ok(page(frame, Place::Help, frame.say("Phím tắt", "Access keys"), &content))
}

/// The keys that are held, which every browser chooses for itself.
fn browsers(frame: &Frame) -> Markup {
    html! {
        p { (frame.say("Giữ phím của trình duyệt rồi bấm chữ:", "Hold your browser's key, then press the letter:")) }
        ul {
            li { "Chrome, Edge, Cốc Cốc: " kbd { "Alt" } }
            li { "Firefox: " kbd { "Alt" } " + " kbd { "Shift" } }
            li { "macOS: " kbd { "Control" } " + " kbd { "Option" } }
        }
    }
}
