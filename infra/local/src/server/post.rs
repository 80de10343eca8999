//! `/local/post`: the orders as postal operators have them, and a postman who collects, delivers, finds nobody, loses, and
//! reports twice or in the wrong order.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Form, Router};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use rules::config::Post;
use rules::language::Language;
use rules::post::State;
use rules::signature::sha256_hex;
use rules::vietnam::{date_time, portal_instant};
use serde::Deserialize;
use serde_json::{Value, json};

use super::FrontDesk;
use crate::frame;
use crate::neighbours::post::{Ordered, shown};
use crate::senders::{event, webhook};

/// The page.
pub(super) const PAGE: &str = "/local/post";
/// The most orders shown of one operator; the last ones by their number.
const ROWS: usize = 50;
/// Hours by which an event comes late that is reported in the wrong order.
const BEHIND: SignedDuration = SignedDuration::from_hours(1);

/// Something that the postman does.
struct Act {
    name: &'static str,
    label: &'static str,
    /// The events in the order in which they are reported: what happened, the reason of Postal Law art. 17, and how long
    /// before now.
    told: &'static [(State, Option<u8>, bool)],
    /// Whether it is reported by two messages.
    twice: bool,
}

/// All of them. The last two are what a bad line makes of a good postman.
const ACTS: [Act; 10] = [
    Act { name: "collect", label: "Nhận bưu gửi", told: &[(State::Collected, None, false)], twice: false },
    Act { name: "carry", label: "Đi phát", told: &[(State::OutForDelivery, None, false)], twice: false },
    Act { name: "deliver", label: "Phát thành công", told: &[(State::Delivered, None, false)], twice: false },
    Act {
        name: "nobody", label: "Không có người nhận", told: &[(State::AttemptFailed, Some(4), false)], twice: false
    },
    Act { name: "wrong", label: "Sai địa chỉ", told: &[(State::AttemptFailed, Some(1), false)], twice: false },
    Act {
        name: "refuse", label: "Người nhận từ chối", told: &[(State::AttemptFailed, Some(5), false)], twice: false
    },
    Act { name: "back", label: "Chuyển hoàn", told: &[(State::Returned, None, false)], twice: false },
    Act { name: "lose", label: "Làm mất", told: &[(State::Lost, None, false)], twice: false },
    Act { name: "twice", label: "Báo phát hai lần", told: &[(State::Delivered, None, false)], twice: true },
    Act {
        name: "disorder",
        label: "Báo phát trước, nhận sau",
        told: &[(State::Delivered, None, false), (State::Collected, None, true)],
        twice: false,
    },
];

/// Returns the routes of this page.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new().route(PAGE, get(show).post(act))
}

async fn show(Shared(desk): Shared<Arc<FrontDesk>>) -> Response {
    page(&desk, &html! {})
}

fn page(desk: &FrontDesk, above: &Markup) -> Response {
    let posts = desk.office.posts();
    let back = html! { a href="/local" { "Về trang đầu" } };
    let body = html! {
        (above)
        p { "Bưu điện này chạy trên máy. Mỗi nút ký một thông báo và gửi đến cơ quan, như bộ nối của bưu điện." }
        @if posts.ids().is_empty() { p.empty { "Không có bưu điện nào nhận đơn: thiếu order trong cấu hình." } }
        @for id in posts.ids() { (operator(desk, &id)) }
    };
    Html(frame::whole(Language::Vi, "Bưu điện", &back, &body).into_string()).into_response()
}

fn operator(desk: &FrontDesk, id: &str) -> Markup {
    let orders = desk.office.posts().orders(id);
    let site = desk.office.site();
    html! {
        h2 { (site.config.post(id).map_or(id, Post::called)) }
        @if orders.is_empty() { p.empty { "Chưa có đơn nào. Cho kết quả vào bảng kê tại " a href="/desk/post" { "trang Bưu điện" } "." } }
        @for order in orders.iter().rev().take(ROWS) { (one(id, order)) }
    }
}

fn one(operator: &str, order: &Ordered) -> Markup {
    html! {
        details open {
            summary { span.code { (order.number) } " · " (order.waybill.as_deref().unwrap_or("–")) }
            dl { @for (name, value) in shown(&order.fields) { div { dt { (name) } dd { bdi { (value) } } } } }
            @if !order.history.is_empty() {
                ul { @for (state, at) in &order.history { li { (date_time(*at)) " " (state.said()[0]) } } }
            }
            form method="post" action=(PAGE) {
                input type="hidden" name="operator" value=(operator);
                input type="hidden" name="order" value=(order.number);
                @for act in &ACTS { button name="act" value=(act.name) { (act.label) } }
            }
            p { a href={ "/desk/post/parcels/" (order.number) } { "Bưu gửi tại cơ quan" } }
        }
    }
}

/// Something that the postman is to do.
#[derive(Deserialize)]
struct Wish {
    operator: String,
    order: String,
    act: String,
}

async fn act(Shared(desk): Shared<Arc<FrontDesk>>, Form(wish): Form<Wish>) -> Response {
    let found = ACTS.iter().find(|act| act.name == wish.act);
    let site = desk.office.site();
    let (Some(act), Ok(post)) = (found, site.config.post(&wish.operator)) else { return page(&desk, &html! {}) };
    let now = desk.office.now();
    let mut answers = Vec::new();
    for (state, why, behind) in act.told {
        let at = if *behind { now - BEHIND } else { now };
        for copy in 0..=u8::from(act.twice) {
            answers.push(tell(&desk, post, (&wish.order, *state, *why), (at, now, copy)).await);
        }
    }
    page(
        &desk,
        &html! {
            div.notice role="status" id="answer" {
                p { strong { (act.label) } " · " span.code { (wish.order) } }
                @for answer in answers { p { span.code { (answer) } } }
            }
        },
    )
}

/// Signs one event, sends it to the office, and returns its answer.
async fn tell(
    desk: &FrontDesk,
    post: &Post,
    (order, state, why): (&str, State, Option<u8>),
    (at, now, copy): (Timestamp, Timestamp, u8),
) -> String {
    let mut data = crate::senders::Form::new();
    data.insert("order".into(), json!(order));
    data.insert("at".into(), json!(portal_instant(at)));
    data.insert("place".into(), json!("Bưu cục Vạn Ninh"));
    if let Some(why) = why {
        data.insert("reason".into(), json!(why));
    }
    if state == State::Delivered {
        data.insert("to".into(), json!("receiver"));
    }
    // A repeat is another delivery of the same content.
    let delivery = sha256_hex(format!("{order} {} {at} {copy}", state.name()).as_bytes());
    let body = event(&format!("post.{}", state.name()), now, &data);
    let letter = webhook("/postal/events", post.keys.current(), &delivery, now, body);
    let answer = desk.office.answer(&letter.request()).await;
    let told = answer.map(|answer| String::from_utf8_lossy(answer.body()).into_owned()).unwrap_or_default();
    let told: Value = serde_json::from_str(&told).unwrap_or_default();
    told["status"].as_str().unwrap_or("–").to_owned()
}
