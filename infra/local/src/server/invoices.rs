//! `/local/receipts`: what providers of electronic receipts issued, and switches for what may go wrong with them.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{Markup, html};
use rules::config::ReceiptProvider;
use rules::language::Language;
use rules::vietnam::written;
use rules::vnd::grouped;
use serde::Deserialize;

use super::FrontDesk;
use crate::frame;
use crate::neighbours::invoices::{Invoice, Mood};

/// The page.
pub(super) const PAGE: &str = "/local/receipts";
/// The most receipts shown of one provider; the last ones.
const ROWS: usize = 50;

/// Returns the routes of this page.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new()
        .route(PAGE, get(show))
        .route("/local/receipts/mood", post(mood))
        .route("/local/receipts/issue", post(issue))
}

async fn show(State(desk): State<Arc<FrontDesk>>) -> Response {
    let back = html! { a href="/local" { "Về trang đầu" } };
    let ids = desk.office.invoices().ids();
    let body = html! {
        p { "Nhà cung cấp này chạy trên máy và kiểm tra chặt mọi thứ cơ quan gửi đến. Nút dưới đây gây ra các sự cố thường gặp." }
        form method="post" action="/local/receipts/issue" { button id="issue" { "Lập biên lai ngay" } }
        @if ids.is_empty() { p.empty { "Không có nhà cung cấp nào: thiếu receipts trong cấu hình." } }
        @for id in &ids { (provider(&desk, id)) }
    };
    Html(frame::whole(Language::Vi, "Nhà cung cấp biên lai điện tử", &back, &body).into_string()).into_response()
}

fn provider(desk: &FrontDesk, id: &str) -> Markup {
    let invoices = desk.office.invoices();
    let (issued, tally, now) = (invoices.issued(id), invoices.tally(id), invoices.mood(id));
    let site = desk.office.site();
    let configured = site.config.receipt_provider(id).ok();
    html! {
        h2 { (configured.map_or(id, ReceiptProvider::called)) }
        @if let Some(it) = configured { p { "Lập biên lai cho tiền nộp từ ngày " (written(it.from)) ", ký hiệu năm 2026: " (it.symbol(2026)) "." } }
        p { (tally.calls) " lần gọi, " (tally.log_ins) " lần đăng nhập, " (tally.look_ups) " lần tra cứu theo khóa." }
        @if !tally.refusals.is_empty() { ul { @for (code, times) in &tally.refusals { li { span.code { (code) } ": " (times) " lần từ chối" } } } }
        form method="post" action="/local/receipts/mood" {
            input type="hidden" name="provider" value=(id);
            @for (mood, name, label) in Mood::ALL { button name="mood" value=(name) disabled[mood == now] { (label) } }
        }
        @if issued.is_empty() { p.empty { "Chưa lập biên lai nào." } }
        @else { div.list tabindex="0" role="region" aria-label="Biên lai đã lập" { table {
            thead { tr { th { "Số" } th { "Ngày" } th { "Số tiền" } th { "Loại phí" } th { "Tình trạng" } } }
            tbody { @for invoice in issued.iter().rev().take(ROWS) { (row(invoice)) } }
        } } }
    }
}

fn row(invoice: &Invoice) -> Markup {
    let names: Vec<&str> = invoice.items.iter().map(|(name, _)| name.as_str()).collect();
    html! { tr {
        td.code { (invoice.no) }
        td { (written(invoice.on)) }
        td { (grouped(invoice.amount, '.')) " ₫" }
        td { (names.join("; ")) }
        td {
            @match (&invoice.cancelled, invoice.replaced) {
                (Some(why), _) => { "đã hủy: " bdi { (why) } }
                (None, true) => "đã bị thay thế",
                (None, false) => "có hiệu lực",
            }
            @if let Some(no) = &invoice.replaces { ", thay cho " (no) }
        }
    } }
}

/// A mood for a provider.
#[derive(Deserialize)]
struct Wish {
    provider: String,
    mood: String,
}

async fn mood(State(desk): State<Arc<FrontDesk>>, Form(wish): Form<Wish>) -> Response {
    if let Some((mood, ..)) = Mood::ALL.iter().find(|(_, name, _)| *name == wish.mood) {
        desk.office.invoices().set_mood(&wish.provider, *mood);
    }
    Redirect::to(PAGE).into_response()
}

async fn issue(State(desk): State<Arc<FrontDesk>>) -> Response {
    if let Err(error) = desk.office.deliver().await {
        tracing::error!(%error, "the stream was not read");
    }
    let report = desk.office.issue_receipts().await;
    tracing::info!(?report, "providers of receipts asked");
    Redirect::to(PAGE).into_response()
}
