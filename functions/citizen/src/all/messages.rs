//! The messages that the office sent about a dossier: when, by which way and about what. Their texts are not repeated.

use maud::{Markup, html};
use motcua::store::{Sending, SentMessage};
use rules::language::Both;
use rules::message::Outlet;
use rules::vietnam;

use super::{All, story};
use crate::frame::Frame;

/// The most of them on a page.
const MOST: usize = 12;

/// Writes them, newest first; nothing if there are none.
pub(super) fn shown(frame: &Frame<'_>, all: &All) -> Markup {
    html! { @if !all.messages.is_empty() {
        h2 { (frame.say(["Tin đã gửi", "Messages sent"])) }
        ul { @for message in all.messages.iter().rev().take(MOST) { li { (line(frame, all, message)) } } }
        @if all.messages.len() > MOST { p.small.soft {
            (frame.say(["Còn ", "And "])) (all.messages.len() - MOST) (frame.say([" tin trước đó.", " before that."]))
        } }
    } }
}

fn line(frame: &Frame<'_>, all: &All, message: &SentMessage) -> Markup {
    let commit = all.history.iter().find(|commit| commit.version == message.version);
    let about = commit.and_then(|commit| commit.events.iter().rev().find_map(|event| story::told(frame, event)));
    let (at, fate): (_, Both) = match &message.sending {
        Sending::Sent(at) => (Some(*at), ["đã gửi", "sent"]),
        Sending::Delivered(at) => (Some(*at), ["đã đến", "arrived"]),
        Sending::PassedOn(..) => (None, ["gửi bằng cách khác", "went by another way"]),
        Sending::Waits(_) => (None, ["sẽ gửi lại", "will be tried again"]),
        Sending::NotSent(_) => (None, ["không đến được", "did not arrive"]),
    };
    let at = at.or(commit.map(|commit| commit.recorded_at));
    let to: Both =
        if message.receiver == 0 { ["chủ hồ sơ", "the applicant"] } else { ["người nộp", "the filer"] };
    let way = match message.outlet {
        Outlet::Sms => ["tin nhắn", "SMS"],
        Outlet::Email => ["thư điện tử", "e-mail"],
        Outlet::Https => ["tin nhắn của tỉnh", "a text by the province"],
    };
    html! {
        @if let Some(at) = at { (vietnam::date_time(at)) ", " }
        (frame.say(way)) (frame.say([" cho ", " to "])) (frame.say(to)) ", " (frame.say(fate))
        @if let Some(about) = about { ": " bdi { (about) } }
    }
}
