//! The papers of a dossier: which came in, and which are awaited.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rules::dossier::{Event, PaperState};
use rules::vietnam;

use super::All;
use crate::frame::Frame;

/// Writes them; nothing if none were ever recorded.
pub(super) fn shown(frame: &Frame<'_>, all: &All) -> Markup {
    let received = received(all);
    let waived = all.opened.dossier.papers.iter().filter(|(_, state)| **state == PaperState::Waived);
    let waived: Vec<_> = waived.map(|(code, _)| all.opened.paper(frame, code)).collect();
    html! { @if !received.is_empty() || !waived.is_empty() || all.files > 0 {
        h2 { (frame.say(["Giấy tờ đã nhận", "Papers received"])) }
        ul {
            @for (code, (at, original)) in &received { li {
                bdi { (all.opened.paper(frame, code)) } " – "
                (frame.say(if *original { ["bản chính", "original"] } else { ["bản sao", "copy"] })) ", " (at)
            } }
            @for name in &waived { li { bdi { (name) } " – " (frame.say(["không cần nộp nữa", "not needed any more"])) } }
            @if all.files > 0 { li { (all.files) " " (frame.say(["tệp đính kèm", "files"])) } }
        }
    } }
}

/// Papers by their codes, each with the day of its receipt and whether it is the original. One that was taken back is not
/// there.
fn received(all: &All) -> BTreeMap<&str, (String, bool)> {
    let mut received = BTreeMap::new();
    for event in all.history.iter().flat_map(|commit| &commit.events) {
        match event {
            Event::PapersReceived { papers, copies, at, .. } => {
                let both = papers.iter().map(|it| (it, true)).chain(copies.iter().map(|it| (it, false)));
                received.extend(both.map(|(code, original)| (code.as_str(), (vietnam::date(*at), original))));
            }
            Event::ReceiptCorrected { papers, .. } => {
                for code in papers {
                    received.remove(code.as_str());
                }
            }
            _ => {}
        }
    }
    received
}
