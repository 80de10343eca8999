//! The way to pay a fee, for the payer at the counter: an address, a code to scan, the expiry.

use maud::{PreEscaped, html};
use motcua::checkout::{self, OpenError, Wish};
use rules::gateway::vietqr;
use rules::http::Response;
use rules::id::{DossierId, Reference};
use rules::vietnam;

use crate::api::payer_ip;
use crate::pages::layout::{Place, framed, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::form::Form;

/// Opens an order, or shows the one that is open.
pub(crate) async fn show(visit: &Visit<'_>, id: DossierId) -> Result<Response, Problem> {
    let Visit { site, staff, frame, request, now, .. } = *visit;
    let asked = Form::of_query(request);
    let attempt = asked.get("attempt").and_then(|attempt| attempt.parse().ok()).ok_or(Problem::NotFound)?;
    let reference = Reference { id, attempt };
    let title = frame.say("Nộp phí, lệ phí", "Paying a fee");
    let opened = Box::pin(checkout::open(site, &staff.agency, reference, payer_ip(request), Wish::Current, now)).await;
    let order = match opened {
        Ok(order) => order,
        Err(OpenError::Unknown) => return Err(Problem::NotFound),
        Err(error @ (OpenError::Web(_) | OpenError::Answer(_) | OpenError::Store(_))) => {
            return Err(Problem::Later(error.to_string()));
        }
        Err(OpenError::Amount(refusal)) => {
            let told = html! {
                div.notice.warn role="alert" { p { (frame.lang.pick([&refusal.vi(), &refusal.to_string()])) } }
                div.actions {
                    a.button.main href={ "/desk/dossiers/" (id) "/ask-again?attempt=" (attempt) } { (frame.say("Yêu cầu nộp lại qua kênh khác", "Ask again through another channel")) }
                    a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) }
                }
            };
            return Ok(framed(409, frame, Place::Dossier, title, &told));
        }
        Err(error @ (OpenError::NotOpen | OpenError::Channel | OpenError::Unsendable(_) | OpenError::TooMany)) => {
            tracing::warn!(%error, "no way to pay");
            let told = html! {
                div.notice.warn role="alert" { p { (frame.say(
                    "Không mở được đơn nộp tiền cho khoản này: khoản đã nộp, hoặc kênh không nhận đơn. Có thể yêu cầu nộp lại qua kênh khác, hoặc thu tiền mặt.",
                    "No order can be opened for this fee: it is paid, or its channel takes none. Ask again through another channel, or take cash.",
                )) } }
                a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) }
            };
            return Ok(framed(409, frame, Place::Dossier, title, &told));
        }
    };
    let address = order.page.clone().unwrap_or_default();
    let code = address.qr.as_deref().or(address.url.as_deref()).and_then(vietqr::picture);
    let content = html! {
        dl.facts {
            dt { (frame.say("Số tiền", "Amount")) } dd { strong { (order.amount_vnd) } }
            dt { (frame.say("Mã tham chiếu", "Reference")) } dd.code { (order.name()) }
            dt { (frame.say("Kênh", "Channel")) } dd { (order.channel) }
            dt { (frame.say("Có hiệu lực đến", "Open until")) } dd { (vietnam::date_time(order.expires_at)) }
        }
        @if let Some(code) = code { div.qr { (PreEscaped(code)) } }
        @if let Some(url) = &address.url { p { a.button.main href=(url) rel="noreferrer" { (frame.say("Mở trang thanh toán", "Open the payment page")) } } }
        p { a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) } }
    };
    Ok(page(frame, Place::Dossier, title, &content))
}
