//! The way of the result to its people, and where its parcel is.

use maud::{Markup, html};
use pages::part::facts;
use rules::dossier::{Event, Stage};
use rules::vietnam;

use super::{All, By, onward};
use crate::frame::Frame;

/// Writes it, with the way to choose as long as there is one.
pub(super) fn shown(frame: &Frame<'_>, all: &All, by: By<'_>) -> Markup {
    let known = known(frame, all);
    html! { @if !known.is_empty() || onward::is_open(all) {
        h2 { (frame.say(["Nhận kết quả", "How the result comes"])) }
        @if !known.is_empty() { (facts::summary(&known)) }
        (onward::to_return(frame, all, by))
    } }
}

/// Facts known of it: none until somebody chose.
fn known<'a>(frame: &Frame<'_>, all: &All) -> Vec<(&'a str, Markup)> {
    let dossier = &all.opened.dossier;
    let mut known = Vec::new();
    let Some(by_post) = dossier.returns_by_post else { return known };
    let way = if by_post {
        ["qua bưu điện", "by post"]
    } else {
        ["tại Bộ phận Một cửa", "at the one-stop desk"]
    };
    known.push((frame.say(["Nhận kết quả", "The result comes"]), html! { (frame.say(way)) }));
    if by_post {
        let confirmed = if dossier.address_confirmed {
            ["đã xác nhận", "confirmed"]
        } else {
            ["chưa xác nhận", "not confirmed yet"]
        };
        known.push((frame.say(["Địa chỉ", "Address"]), html! { (frame.say(confirmed)) }));
        let pays = match dossier.free_postage {
            Some(_) => ["miễn cước", "free"],
            None => ["người nhận trả", "the receiver pays"],
        };
        known.push((frame.say(["Cước bưu điện", "Postage"]), html! { (frame.say(pays)) }));
        if let Some((at, code)) = posted(all) {
            let told = html! { (at) ", " (frame.say(["mã ", "number "])) strong.code { bdi { (code) } } };
            known.push((frame.say(["Đã gửi", "Posted"]), told));
        }
        known.push((frame.say(["Bưu gửi", "Parcel"]), html! { (frame.say(state(all))) }));
    }
    known
}

/// The last posting: its day, and the number by which the post finds the parcel.
fn posted(all: &All) -> Option<(String, &str)> {
    all.history.iter().rev().find_map(|commit| {
        commit.events.iter().find_map(|event| match event {
            Event::ResultPosted { item_code, .. } => Some((vietnam::date(commit.at), item_code.as_str())),
            _ => None,
        })
    })
}

fn state(all: &All) -> rules::language::Both {
    let dossier = &all.opened.dossier;
    let came_back = || all.history.iter().rev().flat_map(|it| &it.events).any(|it| *it == Event::ResultUndelivered);
    match dossier.stage {
        Stage::InPost { .. } if dossier.failed_attempts > 0 => {
            ["chưa phát được, bưu điện sẽ phát lại", "not delivered yet; the post tries again"]
        }
        Stage::InPost { .. } => ["đang trên đường", "on its way"],
        Stage::Returned { .. } if posted(all).is_some() => ["đã phát", "delivered"],
        Stage::Returned { .. } => ["đã trả", "handed over"],
        _ if dossier.parcel.is_some() => ["đã đóng gói, chờ bưu điện lấy", "packed, and waiting for the post"],
        _ if came_back() => ["bưu điện đã chuyển hoàn cho cơ quan", "brought back to the office"],
        _ => ["chưa gửi", "not sent yet"],
    }
}
