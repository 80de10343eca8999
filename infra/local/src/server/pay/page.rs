//! The pages of the simulated gateways, in Vietnamese and without scripts.

use rules::http::Reply;
use rules::language::Language;
use std::sync::Arc;

use axum::extract::{Path, Query, RawQuery, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::StatusCode;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use rules::config::{Channel, Gateway};
use rules::gateway::{Address, vietqr};
use rules::vietnam::date_time;
use rules::vnd::Vnd;
use serde::Deserialize;

use crate::frame;
use crate::neighbours::gateways::{Act, CallBack, Gateways, Order, Told};
use crate::senders::Ending;
use crate::server::FrontDesk;

/// The most rows shown of the list of orders; the last ones are shown.
const ROWS: usize = 100;

/// Names by which a page finds its order.
#[derive(Deserialize)]
pub(super) struct Named {
    order: Option<String>,
    reference: Option<String>,
    amount_vnd: Option<u64>,
}

/// Shows one order's page. VNPAY's is opened by a signed query, the others' by the order's number. If the office opens
/// no orders there, it is opened by reference and amount.
pub(super) async fn order(
    State(desk): State<Arc<FrontDesk>>,
    Path(id): Path<String>,
    Query(named): Query<Named>,
    RawQuery(raw): RawQuery,
) -> Response {
    let gateways = desk.office.gateways();
    let Some(channel) = gateways.channel(&id) else { return wrong(StatusCode::NOT_FOUND, "Không có kênh này.") };
    let raw = raw.unwrap_or_default();
    let number = match (channel.gateway, named) {
        (_, Named { order: Some(number), .. }) => number,
        (Gateway::Vnpay, _) => match gateways.open_vnpay_page(&channel, &raw) {
            Ok(number) => return Redirect::to(&order_page(&id, &number)).into_response(),
            Err(error) => return wrong(StatusCode::BAD_REQUEST, &format!("VNPAY từ chối địa chỉ này: {error}.")),
        },
        (gateway, Named { reference: Some(number), amount_vnd: Some(dong), .. }) if !is_told(gateway) => {
            let Ok(amount) = Vnd::new(dong) else { return wrong(StatusCode::BAD_REQUEST, "Số tiền quá lớn.") };
            gateways.know(&id, &number, amount, None);
            return Redirect::to(&order_page(&id, &number)).into_response();
        }
        _ => return wrong(StatusCode::BAD_REQUEST, "Thiếu mã đơn hàng."),
    };
    match gateways.order(&id, &number) {
        Some(order) => shown(&paying(gateways, &channel, &order)),
        None => wrong(StatusCode::NOT_FOUND, "Cổng thanh toán không biết đơn hàng này."),
    }
}

/// Whether the gateway learns of an order by a call or a signed address only.
fn is_told(gateway: Gateway) -> bool {
    gateway.row().api != Address::NotTaken
}

fn order_page(channel: &str, number: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("order", number).finish();
    format!("/local/pay/{channel}?{query}")
}

/// Shows every order, whether callbacks are lost, and the reconciliation.
pub(super) async fn overview(State(desk): State<Arc<FrontDesk>>) -> Response {
    let gateways = desk.office.gateways();
    let (lose, label) = match gateways.loses_callbacks() {
        true => ("false", "Cho thông báo đến lại"),
        false => ("true", "Làm mất mọi thông báo"),
    };
    let mut orders = gateways.orders();
    orders.drain(..orders.len().saturating_sub(ROWS));
    let body = html! {
        p {
            "Các cổng này chạy trên máy, ký và gọi lại như cổng thật, theo đồng hồ của cơ quan. "
            @if gateways.loses_callbacks() { strong.late { "Mọi thông báo đang bị mất trên đường." } }
        }
        form method="post" action="/local/gateways/lose" {
            input type="hidden" name="lose" value=(lose);
            button id="lose" { (label) }
        }
        form method="post" action="/local/reconcile" { button id="reconcile" { "Đối soát ngay" } }
        @if orders.is_empty() { p.empty { "Chưa có đơn hàng nào." } } @else {
            div.list tabindex="0" role="region" aria-label=("Đơn hàng") { table id="orders" {
                thead { tr { th { "Kênh" } th { "Đơn hàng" } th { "Số tiền" } th { "Tình trạng" } th { "Lần gọi" } } }
                tbody { @for order in &orders { tr {
                    td { (order.channel) }
                    td.code { a href=(order_page(&order.channel, &order.number)) { (order.number) } }
                    td { (order.amount_vnd) }
                    td { (standing(order, gateways.now())) }
                    td { (gateways.calls(&order.channel, &order.number).iter().map(|call| call.told.len()).sum::<usize>()) }
                } } }
            } }
        }
    };
    shown(&whole("Cổng thanh toán giả lập", &body))
}

fn paying(gateways: &Gateways, channel: &Channel, order: &Order) -> Markup {
    let now = gateways.now();
    let calls = gateways.calls(&channel.id, &order.number);
    let body = html! {
        dl {
            dt { "Đơn hàng" } dd.code { (order.number) }
            dt { "Số tiền" } dd { strong { (order.amount_vnd) } }
            dt { "Tình trạng" } dd { span.state { (standing(order, now)) } }
            @if let Some(at) = order.expires_at { dt { "Hạn thanh toán" } dd { (date_time(at)) } }
        }
        (picture(channel, order))
        form method="post" action={ "/local/pay/" (channel.id) } {
            input type="hidden" name="order" value=(order.number);
            @for act in Act::ALL {
                @if act == Act::Forge || order.is_open(now) { button name="act" value=(act.name()) { (label(act)) } " " }
            }
        }
        @if let Some(back) = &order.back { p { a id="back" href=(back) { "Về trang của cơ quan" } } }
        h2 { "Thông báo gửi cơ quan" }
        @if calls.is_empty() { p.empty { "Chưa có." } } @else {
            div.list tabindex="0" role="region" aria-label=("Thông báo gửi cơ quan") { table id="calls" {
                thead { tr { th { "Giao dịch" } th { "Lúc" } th { "Cơ quan trả lời" } } }
                tbody { @for call in &calls { (rows(call)) } }
            } }
        }
        form method="post" action="/local/clock" {
            label for="hours" { "Số giờ" }
            input id="hours" name="hours" type="number" min="1" max="9999" value="1" required;
            button { "Cho thời gian trôi" }
        }
    };
    whole(&format!("{} (giả lập)", channel.gateway.row().shown_name), &body)
}

fn rows(call: &CallBack) -> Markup {
    html! {
        @for told in &call.told { tr {
            td.code { (call.payment.transaction) " " (kind(call)) }
            td { (date_time(told.at)) }
            td.code { (answer(told)) }
        } }
        @if let Some(at) = call.next_at { tr {
            td.code { (call.payment.transaction) " " (kind(call)) }
            td { (date_time(at)) }
            td.empty { "sẽ gọi" }
        } }
    }
}

fn answer(told: &Told) -> Markup {
    html! {
        @match (&told.answer, told.lost) {
            (Some(answer), _) => { (answer.status().as_u16()) " " (answer.text()) }
            (None, true) => { "thông báo bị mất" }
            (None, false) => { "trả lời bị mất" }
        }
    }
}

fn kind(call: &CallBack) -> &'static str {
    match (call.is_forged, call.ending) {
        (true, _) => "(giả mạo)",
        (false, Ending::Paid) => "đã trả",
        (false, Ending::Failed) => "không thành công",
        (false, Ending::Cancelled) => "đã huỷ",
    }
}

/// Draws the code that a bank's application would scan.
fn picture(channel: &Channel, order: &Order) -> Markup {
    let text = channel.bank_account.as_ref().and_then(|account| {
        let purpose = order.number.as_str();
        vietqr::text(account, Some(order.amount_vnd), Some(purpose)).ok()
    });
    html! {
        @if let Some(picture) = text.as_deref().and_then(vietqr::picture) {
            figure.qr { (PreEscaped(picture)) figcaption { "VietQR " small.code { (text.unwrap_or_default()) } } }
        }
    }
}

fn standing(order: &Order, now: Timestamp) -> &'static str {
    match order.payments.last() {
        Some((_, Ending::Paid)) => "đã trả",
        Some((_, Ending::Failed)) => "không thành công",
        Some((_, Ending::Cancelled)) => "đã huỷ",
        None if order.has_run_out(now) => "hết hạn",
        None => "chờ trả",
    }
}

fn label(act: Act) -> &'static str {
    match act {
        Act::Pay => "Trả tiền",
        Act::Fail => "Không đủ tiền",
        Act::Cancel => "Huỷ",
        Act::PayTwice => "Trả hai lần",
        Act::PayLate => "Trả, báo muộn hơn một ngày",
        Act::LoseAnswer => "Trả, mất câu trả lời",
        Act::Forge => "Giả mạo thông báo",
    }
}

fn whole(title: &str, body: &Markup) -> Markup {
    let beside = html! { nav { a href="/local" { "Một cửa" } " · " a href="/local/pay" { "Các cổng" } } };
    frame::whole(Language::Vi, title, &beside, body)
}

fn shown(page: &Markup) -> Response {
    Html(page.0.clone()).into_response()
}

fn wrong(status: StatusCode, what: &str) -> Response {
    let page = whole("Cổng thanh toán giả lập", &html! { p.late { (what) } });
    (status, Html(page.into_string())).into_response()
}
