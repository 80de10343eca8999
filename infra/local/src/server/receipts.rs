//! Receipts played by hand on `/local/outbox`: each goes through the function that notes it, as if its service told it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use maud::{Markup, html};
use rules::language::{Both, Language};
use serde::Deserialize;
use serde_json::json;

use super::FrontDesk;
use super::forms::shown_at;
use crate::neighbours::carrier::{self, Relayed};
use crate::neighbours::ses;
use crate::office::Office;

/// What can be told of a letter: the name in a form, the outcome, the words.
const OF_LETTERS: [(&str, ses::Outcome, Both); 3] = [
    ("delivered", ses::Outcome::Delivered, ["Đã đến", "Arrived"]),
    ("full", ses::Outcome::Full, ["Hộp thư đầy", "Mailbox full"]),
    ("bounced", ses::Outcome::Bounced, ["Bị trả lại vĩnh viễn", "Bounced for good"]),
];

/// The same of a text by a gateway.
const OF_MESSAGES: [(&str, carrier::Outcome, Both); 4] = [
    ("delivered", carrier::Outcome::Delivered, ["Đã đến", "Arrived"]),
    ("unreachable", carrier::Outcome::Unreachable, ["Máy tắt", "Telephone off"]),
    ("no-such-number", carrier::Outcome::NoSuchNumber, ["Không có số này", "No such number"]),
    ("opted-out", carrier::Outcome::OptedOut, ["Người nhận từ chối", "Opted out"]),
];

/// Returns the routes of this room.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new().route("/local/outbox/receipt", post(play)).route("/local/outbox/by-hand", post(by_hand))
}

/// What became of the receipt that was played last, in the address of the page.
#[derive(Deserialize)]
pub(super) struct Noticed {
    noted: Option<u32>,
}

impl Noticed {
    /// Returns whether it was noted; `None` if none was played.
    pub(super) fn told(&self) -> Option<bool> {
        self.noted.map(|noted| noted > 0)
    }
}

/// A receipt to be played, of the letter at a place or of the message of a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Played {
    letter: Option<usize>,
    message: Option<String>,
    outcome: String,
}

async fn play(State(desk): State<Arc<FrontDesk>>, headers: HeaderMap, Form(played): Form<Played>) -> Response {
    let (ses, carrier) = (desk.office.ses(), desk.office.carrier());
    let mut known = false;
    let play = || {
        known = match (played.letter, &played.message) {
            (Some(place), None) => named(&OF_LETTERS, &played.outcome).is_some_and(|outcome| ses.tell(place, outcome)),
            (None, Some(name)) => {
                named(&OF_MESSAGES, &played.outcome).is_some_and(|outcome| carrier.tell(name, outcome))
            }
            (Some(_), Some(_)) | (None, None) => false,
        };
    };
    let noted = desk.office.hear_of(play).await;
    if !known {
        return (StatusCode::BAD_REQUEST, "no such message or outcome\n").into_response();
    }
    shown_at(&format!("/local/outbox?noted={noted}"), &headers, json!({ "noted": noted }))
}

fn named<T: Copy>(outcomes: &[(&str, T, Both)], name: &str) -> Option<T> {
    outcomes.iter().find(|(known, ..)| *known == name).map(|(_, outcome, _)| *outcome)
}

/// Whether receipts of ordinary addresses and numbers are told by hand alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByHand {
    on: bool,
}

async fn by_hand(
    State(desk): State<Arc<FrontDesk>>,
    headers: HeaderMap,
    Form(ByHand { on }): Form<ByHand>,
) -> Response {
    desk.office.ses().tell_by_hand(on);
    desk.office.carrier().tell_by_hand(on);
    shown_at("/local/outbox", &headers, json!({ "by_hand": on }))
}

/// Tells what became of the receipt that was played.
pub(super) fn notice(lang: Language, noted: Option<bool>) -> Markup {
    let both = match noted {
        None => return html! {},
        Some(true) => [
            "Đã ghi kết quả. Tin không đến được chuyển sang kênh sau ở lần quét tới.",
            "The receipt was noted. What did not arrive goes to the next outlet at the next sweep.",
        ],
        Some(false) => [
            "Không có gì đổi: tin này đã có kết quả, hoặc không chờ kết quả nào.",
            "Nothing changed: this message has a receipt, or waits for none.",
        ],
    };
    html! { p role="status" { strong { (lang.pick(both)) } } }
}

/// Shows who tells receipts, and the switch.
pub(super) fn switch(lang: Language, office: &Office) -> Markup {
    let by_hand = office.ses().tells_by_hand();
    let (now, change) = match by_hand {
        true => (
            [
                "Kết quả gửi chỉ được báo bằng tay, trừ số và địa chỉ định sẵn.",
                "Receipts are told by hand alone, but for fixed numbers and addresses.",
            ],
            ["Tự báo lại như thường", "Tell them by themselves again"],
        ),
        false => (
            [
                "Kết quả gửi được tự báo ngay: thư và tin đều đến.",
                "Receipts are told at once: letters and texts arrive.",
            ],
            ["Chỉ báo bằng tay", "Tell them by hand alone"],
        ),
    };
    html! {
        form method="post" action="/local/outbox/by-hand" {
            span { (lang.pick(now)) }
            button name="on" value=(!by_hand) { (lang.pick(change)) }
        }
        form method="post" action="/local/sweep" { button { (lang.pick(["Quét ngay", "Sweep now"])) } }
    }
}

/// The buttons below a letter.
pub(super) fn of_letter(lang: Language, place: usize) -> Markup {
    let field = html! { input type="hidden" name="letter" value=(place); };
    buttons(lang, &field, &OF_LETTERS.map(|(name, _, words)| (name, words)))
}

/// The buttons below a text by a gateway.
pub(super) fn of_message(lang: Language, message: &Relayed) -> Markup {
    let field = html! { input type="hidden" name="message" value=(message.name); };
    buttons(lang, &field, &OF_MESSAGES.map(|(name, _, words)| (name, words)))
}

fn buttons(lang: Language, field: &Markup, outcomes: &[(&str, Both)]) -> Markup {
    html! {
        form.receipt method="post" action="/local/outbox/receipt" {
            (field)
            @for (name, words) in outcomes { button name="outcome" value=(name) { (lang.pick(*words)) } }
        }
    }
}
