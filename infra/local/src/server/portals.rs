//! `/local/portals`: what the simulated portals know, as citizens would see it there, and the moods they can be in.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{Markup, html};
use rules::language::Language;
use rules::vietnam::{date_time, parse_portal_instant};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{FrontDesk, citizen};
use crate::frame;
use crate::neighbours::portal::{KnownDossier, Mood};

/// The page.
const PAGE: &str = "/local/portals";
/// The most dossiers shown of one portal; the last ones by their code.
const ROWS: usize = 50;

/// The other office that a dossier may be given to.
const OTHER: &str = "H99.9";

/// Moods, by their names in the form.
const MOODS: [(Mood, &str, &str); 8] = [
    (Mood::Well, "well", "Hoạt động"),
    (Mood::Slow, "slow", "Chậm"),
    (Mood::Refusing, "refusing", "Từ chối hồ sơ"),
    (Mood::ShutOut, "shut-out", "Không cho đăng nhập"),
    (Mood::Down, "down", "Ngừng"),
    (Mood::Behind, "behind", "Đồng hồ chậm một giờ"),
    (Mood::DaysBehind, "days-behind", "Đồng hồ chậm ba ngày"),
    (Mood::Ahead, "ahead", "Đồng hồ nhanh một giờ"),
];

/// Returns the routes of this page.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new()
        .route(PAGE, get(show))
        .route("/local/portals/mood", post(mood))
        .route("/local/portals/tell", post(tell))
        .route("/local/portals/claim", post(claim))
}

async fn show(State(desk): State<Arc<FrontDesk>>) -> Response {
    let portals = desk.office.portals();
    let back = html! { a href="/local" { "Về trang đầu" } };
    let body = html! {
        p { "Các cổng này chạy trên máy và kiểm tra chặt mọi thứ cơ quan gửi đến." }
        p { a href=(citizen::PAGE) { "Làm việc của người dân trên cổng" } " (nộp, sửa, bổ sung kèm tệp, rút, nộp phí)" }
        form method="post" action="/local/portals/tell" { button id="tell" { "Báo cho cổng, lấy tệp ngay" } }
        @if portals.ids().is_empty() { p.empty { "Không có cổng nào được báo: thiếu tell trong cấu hình." } }
        @for id in portals.ids() { (portal(&desk, &id)) }
    };
    Html(frame::whole(Language::Vi, "Cổng dịch vụ công", &back, &body).into_string()).into_response()
}

fn portal(desk: &FrontDesk, id: &str) -> Markup {
    let portals = desk.office.portals();
    let (known, tally, now) = (portals.known(id), portals.tally(id), portals.mood(id));
    let last = known.iter().rev().take(ROWS);
    html! {
        h2 { (desk.office.site().config.portal_called(id)) }
        p { (tally.calls) " lần gọi, " (tally.log_ins) " lần đăng nhập, " (tally.refusals) " lần từ chối." }
        form method="post" action="/local/portals/mood" {
            input type="hidden" name="portal" value=(id);
            @for (mood, name, label) in MOODS {
                button name="mood" value=(name) disabled[mood == now] { (label) }
            }
            button name="mood" value="forget" { "Quên hết" }
        }
        @if known.is_empty() { p.empty { "Chưa có hồ sơ nào." } }
        @for (code, dossier) in last { (one(id, code, dossier)) }
    }
}

fn one(portal: &str, code: &str, known: &KnownDossier) -> Markup {
    let steps = known.steps.iter().rev();
    html! { details {
        summary { span.code { (code) } " · trạng thái " (text(&known.dossier, "TrangThaiHoSo")) " · hẹn trả " (instant(&known.dossier, "NgayHenTra")) }
        div.list tabindex="0" role="region" aria-label=(code) { table {
            thead { tr { th { "Thời điểm" } th { "Trạng thái" } th { "Nội dung" } th { "Người xử lý" } } }
            tbody { @for step in steps { tr {
                td { (instant(step, "ThoiDiemXuLy")) }
                td { (text(step, "TrangThai")) }
                td { (text(step, "NoiDungXuLy")) }
                td { (text(step, "NguoiXuLy")) }
            } } }
        } }
        @if known.unit == OTHER { p { "Cổng ghi hồ sơ này của đơn vị " (OTHER) "." } }
        @else {
            form method="post" action="/local/portals/claim" {
                input type="hidden" name="portal" value=(portal);
                button name="code" value=(code) { "Ghi cho đơn vị khác" }
            }
        }
    } }
}

fn text<'r>(record: &'r Map<String, Value>, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or("–")
}

fn instant(record: &Map<String, Value>, field: &str) -> String {
    parse_portal_instant(text(record, field)).map_or_else(|_| "–".to_owned(), date_time)
}

/// A mood for a portal.
#[derive(Deserialize)]
struct Wish {
    portal: String,
    mood: String,
}

async fn mood(State(desk): State<Arc<FrontDesk>>, Form(wish): Form<Wish>) -> Response {
    let portals = desk.office.portals();
    match MOODS.iter().find(|(_, name, _)| *name == wish.mood) {
        Some((mood, ..)) => portals.set_mood(&wish.portal, *mood),
        None if wish.mood == "forget" => portals.forget(&wish.portal),
        None => {}
    }
    Redirect::to(PAGE).into_response()
}

/// A dossier that a portal is to have from another office.
#[derive(Deserialize)]
struct Claim {
    portal: String,
    code: String,
}

async fn claim(State(desk): State<Arc<FrontDesk>>, Form(claim): Form<Claim>) -> Response {
    desk.office.portals().claim(&claim.portal, &claim.code, OTHER);
    Redirect::to(PAGE).into_response()
}

/// Tells portals once, now.
async fn tell(State(desk): State<Arc<FrontDesk>>) -> Response {
    if let Err(error) = desk.office.deliver().await {
        tracing::error!(%error, "the stream was not read");
    }
    let report = desk.office.tell_portals().await;
    tracing::debug!(?report, "portals told");
    let report = desk.office.fetch_files().await;
    tracing::debug!(?report, "files fetched");
    Redirect::to(PAGE).into_response()
}
