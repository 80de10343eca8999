//! The files that portals name: kept by the office as soon as they are fetched, and until then opened at the portal.

use std::collections::BTreeSet;

use maud::{Markup, html};
use rules::attachment::{Link, Sent, sent};
use rules::papers::ContentHash;
use rules::portal::{Fetched, LinkMark, LinkName, Unfetched};
use rules::vietnam;

use super::paper_of;
use super::words::size;
use crate::pages::dossier::opened::Opened;
use crate::pages::layout::Frame;

/// Shows each file once, with its name, paper, size and hash, or the reason why the office does not have it.
pub(super) fn show(frame: &Frame, opened: &Opened) -> Markup {
    let files = files(opened);
    let names = opened.names(frame.lang);
    html! { @if !files.is_empty() {
        ul id="sent" { @for file in &files {
            li.wide {
                (name(frame, opened, file))
                @if let Some(paper) = paper_of(opened, &file.file) { " – " (names.paper(paper)) }
                (what_became_of(frame, opened, file))
                @if let Some(hash) = &file.file.hash {
                    br; small { (frame.say("Mã băm do cổng báo", "Hash told by the portal")) " " span.code { (hash) } }
                }
            }
        } }
    } }
}

/// Returns the hashes of the files that are shown here.
pub(super) fn stored(opened: &Opened) -> BTreeSet<ContentHash> {
    files(opened)
        .iter()
        .filter_map(|file| match mark(opened, file)?.is.clone() {
            Fetched::Stored(hash) => Some(hash),
            Fetched::Not(_) => None,
        })
        .collect()
}

/// The files of all forms; one that several forms name is one file.
fn files(opened: &Opened) -> Vec<Sent> {
    let mut seen = BTreeSet::new();
    let all = opened.whole.forms.iter().flat_map(|(_, form)| sent(form));
    all.filter(|file| file.address.as_ref().is_none_or(|address| seen.insert(address.clone()))).collect()
}

fn mark<'o>(opened: &'o Opened, file: &Sent) -> Option<&'o LinkMark> {
    opened.whole.links.get(&LinkName::of(file.address.as_deref()?))
}

fn name(frame: &Frame, opened: &Opened, file: &Sent) -> Markup {
    let shown = file.file.name.as_str();
    let shown = if shown.is_empty() { frame.say("không tên", "without a name") } else { shown };
    match (mark(opened, file).map(|mark| &mark.is), &file.file.link) {
        (Some(Fetched::Stored(hash)), _) => {
            html! { a href={ "/desk/dossiers/" (opened.dossier().id) "/files/" (hash) } { bdi { (shown) } } }
        }
        (_, Link::Https(url)) => html! { a href=(url) rel="noreferrer" { (shown) } },
        (_, Link::Unsafe) => html! {
            (shown) " " span.late { (frame.say("(liên kết không an toàn, không mở)", "(not opened: its address is not safe)")) }
        },
        (_, Link::None) => html! { (shown) },
    }
}

fn what_became_of(frame: &Frame, opened: &Opened, file: &Sent) -> Markup {
    let Some(LinkMark { is, at }) = mark(opened, file) else { return html! {} };
    html! { br; small { @match is {
        Fetched::Stored(hash) => {
            @if let Some(scan) = opened.whole.scans.iter().find(|scan| scan.sha256 == *hash) {
                (scan.kind.name()) ", " (size(scan.size_bytes, frame.lang)) ", "
            }
            (frame.say("lưu lúc", "stored at")) " " (vietnam::date_time(*at)) br;
            "SHA-256 " span { (hash) }
        }
        Fetched::Not(why) => span.late { (not_fetched(frame, *why)) },
    } } }
}

fn not_fetched(frame: &Frame, why: Unfetched) -> String {
    let again = if why.passes() { frame.say("; hệ thống sẽ thử lại", "; it is tried again") } else { "" };
    format!("{}: {}{again}", frame.say("Chưa lấy được tệp", "The file is not here"), frame.lang.pick(why.said()))
}
