//! `/local/at-portal`: what citizens do at a simulated portal. It becomes the portal's own signed message to the office.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use maud::{Markup, html};
use pages::multipart;
use pages::part::field::{Field, Line};
use rules::config::{Config, Portal};
use rules::http::Received;
use rules::language::Language;
use rules::signature::sha256_hex;
use rules::vietnam::portal_instant;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{FrontDesk, whole};
use crate::frame;
use crate::senders::{Form, event, webhook};

/// The page.
pub(super) const PAGE: &str = "/local/at-portal";
/// The fields of the form.
const FIELDS: [&str; 9] = ["portal", "act", "code", "procedure", "name", "phone", "paper", "amount_vnd", "file"];
/// The most bytes of a file that is taken: more than the office fetches, so that its refusal can be tried.
const ARRIVES: usize = 6 * 1024 * 1024;

/// Acts of a citizen: the name in the form, the type of the message, the label.
const ACTS: [(&str, &str, &str); 6] = [
    ("submit", "dossier.submitted", "Nộp hồ sơ"),
    ("change", "dossier.changed", "Sửa hồ sơ đã nộp"),
    ("supplement", "dossier.supplemented", "Bổ sung giấy tờ"),
    ("files", "dossier.files_kept", "Gửi thêm tệp"),
    ("withdraw", "dossier.withdrawn", "Rút hồ sơ"),
    ("pay", "payment.confirmed", "Nộp phí, lệ phí"),
];

/// Returns the routes of this page.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new().route(PAGE, get(show).post(act))
}

/// A dossier to begin with.
#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    code: String,
}

/// Wish of a citizen.
#[derive(Default)]
struct Wish {
    portal: String,
    act: String,
    code: String,
    procedure: String,
    name: String,
    phone: String,
    paper: String,
    amount_vnd: String,
    file: Option<(String, Bytes)>,
}

async fn show(State(desk): State<Arc<FrontDesk>>, Query(asked): Query<Asked>) -> Response {
    page(&desk, &Wish { code: asked.code, ..Wish::default() }, &html! {})
}

fn page(desk: &FrontDesk, wish: &Wish, above: &Markup) -> Response {
    let back = html! { a href="/local" { "Về trang đầu" } " · " a href="/local/portals" { "Cổng dịch vụ công" } };
    let body = html! {
        (above)
        p { "Việc làm tại đây được cổng ký và gửi cho cơ quan; tệp nằm lại trên cổng, cơ quan lấy về trong vòng một phút." }
        (form(&desk.office.site().config, wish))
    };
    Html(frame::whole(Language::Vi, "Người dân trên cổng", &back, &body).into_string()).into_response()
}

fn form(config: &Config, wish: &Wish) -> Markup {
    let field = |id: &'static str, label: &'static str| Field::new(Language::Vi, id, label);
    let line = |name: &'static str, value: &str| {
        let value = (!value.is_empty()).then(|| value.to_owned());
        let shown = Line { name, value: value.as_deref(), longest: Some(100), ..Line::default() };
        let label = match name {
            "code" => "Mã hồ sơ",
            "procedure" => "Mã thủ tục (khi nộp)",
            "name" => "Chủ hồ sơ",
            "phone" => "Số điện thoại",
            "paper" => "Mã giấy tờ của tệp",
            _ => "Số tiền nộp, bằng số",
        };
        let field = field(name, label);
        if name == "code" { field.line(&shown) } else { field.optional().line(&shown) }
    };
    let portals: Vec<_> = config.portals().map(|portal| (portal.id.clone(), portal.called().to_owned())).collect();
    let acts: Vec<_> = ACTS.iter().map(|(name, _, label)| ((*name).to_owned(), (*label).to_owned())).collect();
    let chosen = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    html! {
        form.act method="post" action=(PAGE) enctype="multipart/form-data" novalidate {
            (field("portal", "Cổng").list("portal", &portals, chosen(&wish.portal).as_deref(), false))
            (field("act", "Việc").choice("act", &acts, chosen(&wish.act).or(Some("submit".into())).as_deref(), false))
            (line("code", &wish.code))
            (line("procedure", if wish.procedure.is_empty() { "1.005129" } else { &wish.procedure }))
            (line("name", &wish.name))
            (line("phone", &wish.phone))
            (line("paper", &wish.paper))
            (line("amount_vnd", &wish.amount_vnd))
            (field("file", "Tệp").optional().around(&html! { input id="file" name="file" type="file"; }))
            div.buttons { button id="act-send" { "Gửi qua cổng" } }
        }
    }
}

/// Sends what a citizen wants as the portal's message, and shows the office's answer.
async fn act(State(desk): State<Arc<FrontDesk>>, request: Request) -> Response {
    let (parts, body) = whole(request).await;
    let Some(wish) = read(&http::Request::from_parts(parts, body)).await else {
        return (StatusCode::BAD_REQUEST, "not a form of this page\n").into_response();
    };
    let site = desk.office.site();
    let (Ok(portal), Some((_, kind, label))) =
        (site.config.portal(&wish.portal), ACTS.iter().find(|(name, ..)| *name == wish.act))
    else {
        return (StatusCode::BAD_REQUEST, "no such portal or act\n").into_response();
    };
    let now = desk.office.now();
    let address =
        wish.file.as_ref().map(|(_, content)| desk.office.portals().files().keep(&portal.id, content.clone()));
    let letter = {
        let data = data(&site.config, portal, &wish, address.as_deref(), now);
        let delivery = sha256_hex(format!("{} {}", wish.act, json!(data)).as_bytes());
        webhook("/portal/events", portal.keys.current(), &delivery, now, event(kind, now, &data))
    };
    let answer = desk.office.answer(&letter.request()).await;
    let told = answer.map(|answer| String::from_utf8_lossy(answer.body()).into_owned()).unwrap_or_default();
    let told: Value = serde_json::from_str(&told).unwrap_or_default();
    let line = |name: &str| told[name].as_str().unwrap_or("–").to_owned();
    let above = html! {
        div.notice role="status" id="answer" {
            p { strong { (label) } ": " span.code { (line("status")) } " · " span.code { (line("did")) } }
            @if let Some(reason) = told["reason"].as_str() { p { (reason) } }
            @if let Some(field) = told["field"].as_str() { p { span.code { (field) } } }
            @if let Some(id) = told["dossier"].as_str() {
                p { a href={ "/desk/dossiers/" (id) } { "Hồ sơ tại cơ quan" } }
            }
        }
    };
    page(&desk, &wish, &above)
}

async fn read(request: &rules::http::Request) -> Option<Wish> {
    request.media_type().filter(|it| *it == "multipart/form-data")?;
    let mut wish = Wish::default();
    for part in multipart::parts(request, &FIELDS, ARRIVES).await.ok()? {
        let text = || String::from_utf8_lossy(&part.content).trim().to_owned();
        match part.name.as_str() {
            "portal" => wish.portal = text(),
            "act" => wish.act = text(),
            "code" => wish.code = text(),
            "procedure" => wish.procedure = text(),
            "name" => wish.name = text(),
            "phone" => wish.phone = text(),
            "paper" => wish.paper = text(),
            "amount_vnd" => wish.amount_vnd = text(),
            _ if !part.content.is_empty() => {
                wish.file = Some((part.file_name.unwrap_or_default(), part.content));
            }
            _ => {}
        }
    }
    Some(wish)
}

/// Writes the message's data under the portal's names.
fn data(config: &Config, portal: &Portal, wish: &Wish, address: Option<&str>, now: Timestamp) -> Form {
    let mut data = Form::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            data.insert(name.to_owned(), json!(value));
        }
    };
    put("MaHoSo", &wish.code);
    match wish.act.as_str() {
        "submit" => {
            put("MaTTHC", &wish.procedure);
            put("KenhThucHien", "2");
            put("NgayNopHoSo", &portal_instant(now));
            put("ChuHoSo", &wish.name);
            put("SoDienThoai", &wish.phone);
        }
        "change" => {
            put("ChuHoSo", &wish.name);
            put("SoDienThoai", &wish.phone);
        }
        "pay" => {
            // The same payment again is the same payment.
            let number = sha256_hex(format!("{} {}", wish.code, wish.amount_vnd).as_bytes());
            let merchant = portal.payments.as_deref().and_then(|id| config.channel(id).ok()?.merchant.as_deref());
            put("MaThamChieu", &format!("DVC{}", &number[..12]));
            put("MaGiaoDich", &number[12..24]);
            put("MaDoiTac", merchant.unwrap_or_default());
            put("MaTienTe", "VND");
            put("MaLoi", "00");
            put("SoTien", &wish.amount_vnd);
            put("ThoiGianGD", &portal_instant(now));
        }
        _ => {}
    }
    if let (Some(address), Some((name, _))) = (address, &wish.file) {
        // A file that is no paper of the check-list stands in a list of its own.
        let list = if wish.paper.is_empty() { "DanhSachTepDinhKemKhac" } else { "TaiLieuNop" };
        let mut file = json!({ "TenTepDinhKem": name, "DuongDanTaiTepTin": address });
        if !wish.paper.is_empty() {
            file["MaThanhPhanHoSo"] = json!(wish.paper);
        }
        data.insert(list.to_owned(), json!([file]));
    }
    data
}
