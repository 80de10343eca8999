//! Postage as it is today: free by a measure that runs, by the table of an operator, or paid to the postman.

use maud::{Markup, html};
use motcua::site::Site;
use rules::config::Post;
use rules::language::Both;
use rules::notice::{Card, Effect, Mail, Measure};
use rules::post::postage::{Class, Payer};

use crate::frame::Frame;
use crate::notices::effects;
use crate::path;

/// The most notices that are named.
const MOST: usize = 4;

/// Writes what it costs to get a result by post: for everybody, or for the dossiers of one procedure.
pub(crate) fn shown(site: &Site, frame: &Frame<'_>, procedure: Option<&str>) -> Markup {
    let standing = frame.standing();
    let fits = |card: &Card| procedure.is_none_or(|code| card.is_about(code));
    let free: Vec<_> =
        standing.on(frame.today()).filter(|(card, effect)| is_free(effect) && fits(card)).take(MOST).collect();
    // Free for everybody: then no table counts.
    let all = free.iter().any(|(card, effect)| frees(effect, Mail::Results) && of_all(card, procedure));
    html! {
        @for (card, effect) in &free { p {
            strong { (frame.say(freed(effect))) } " " (effects::days(effect, frame.lang)) ". "
            @if !of_all(card, procedure) { (frame.say(["Chỉ cho một số thủ tục. ", "For some procedures only. "])) }
            a href=(frame.way(&path::of_notice(card.number))) { (frame.say(["Xem thông báo", "See the notice"])) }
        } }
        @if !all { (tables(site, frame)) }
    }
}

/// Whether a notice frees what is asked about: one procedure if it is asked about one, or else all.
fn of_all(card: &Card, procedure: Option<&str>) -> bool {
    procedure.is_some_and(|code| card.is_about(code)) || card.procedures.is_empty()
}

fn is_free(effect: &Effect) -> bool {
    matches!(effect.measure, Measure::FreePostage { .. })
}

fn frees(effect: &Effect, mail: Mail) -> bool {
    matches!(effect.measure, Measure::FreePostage { of } if of.covers(mail))
}

fn freed(effect: &Effect) -> Both {
    match (frees(effect, Mail::Results), frees(effect, Mail::Originals)) {
        (true, true) => [
            "Gửi giấy tờ và nhận kết quả qua bưu điện được miễn cước.",
            "Sending papers and getting results by post is free.",
        ],
        (true, false) => ["Nhận kết quả qua bưu điện được miễn cước.", "Getting results by post is free."],
        (false, _) => ["Gửi giấy tờ qua bưu điện được miễn cước.", "Sending papers by post is free."],
    }
}

/// The tables of the operators that the office works with; without one, receivers pay the postman.
pub(crate) fn tables(site: &Site, frame: &Frame<'_>) -> Markup {
    let own = site.config.posts().filter(|post| post.agency == *frame.agency.key());
    let known: Vec<_> = own.filter(|post| post.postage.is_some()).collect();
    html! {
        @if known.is_empty() {
            @let [vi, en] = Payer::AtTheDoor.said();
            p { (frame.say([&vi, &en])) }
        }
        @for post in known { (table(frame, post)) }
    }
}

fn table(frame: &Frame<'_>, post: &Post) -> Markup {
    let Some(tariff) = &post.postage else { return html! {} };
    let columns: [(Both, &[Class]); 2] = [
        (["Trong tỉnh", "Within the province"], &tariff.in_province),
        (["Tỉnh khác", "To another province"], &tariff.elsewhere),
    ];
    html! {
        p { (frame.say([
            "Cước nộp cho cơ quan trước khi gửi kết quả", "Postage, paid to the office before the result is sent",
        ])) " (" span lang="vi" { (post.called()) } "):" }
        ul { @for (name, classes) in columns { li {
            (frame.say(name)) ": "
            @for (place, class) in classes.iter().enumerate() {
                @if place > 0 { "; " }
                span.nowrap {
                    strong { (class.amount_vnd) }
                    @if let Some(grams) = class.up_to_grams { (frame.say([" đến ", " up to "])) (grams) " g" }
                }
            }
        } } }
    }
}
