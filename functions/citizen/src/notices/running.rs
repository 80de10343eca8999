//! The measures that run today, above the look-up of the first page.

use maud::{Markup, html};
use pages::part::notice::Notice;
use rules::notice::Card;

use super::effects::{When, line, when};
use crate::frame::Frame;
use crate::path;

/// The most notices above the look-up, which is what most people come for.
const MOST: usize = 4;

/// Writes the notices that run, newest first, with those of their effects that hold today.
pub(crate) fn shown(frame: &Frame<'_>) -> Markup {
    let today = frame.today();
    let running: Vec<&Card> = frame.standing().cards.iter().rev().filter(|card| card.runs_on(today)).collect();
    let left_off = running.len().saturating_sub(MOST);
    html! {
        @for card in running.iter().take(MOST) {
            (Notice::Told.of(&html! {
                h2 { a href=(frame.way(&path::of_notice(card.number))) lang=[title_lang(frame, card)] { (card.title_in(frame.lang)) } }
                ul { @for effect in card.effects.iter().filter(|effect| when(effect, today) == When::Running) {
                    li { (line(frame, effect)) }
                } }
            }))
        }
        @if left_off > 0 { p {
            a href=(frame.way("/notices")) { (frame.say(["Còn ", "And "])) (left_off) (frame.say([" thông báo đang áp dụng", " more that are in force"])) }
        } }
    }
}

/// The language of a card's title, if it is another one than the page's.
pub(crate) fn title_lang(frame: &Frame<'_>, card: &Card) -> Option<&'static str> {
    (card.title_in(frame.lang) == card.title && frame.lang.code() != "vi").then_some("vi")
}
