//! The way to pay a fee, for the payer at the counter: an address, a code to scan, the expiry.

use maud::{Markup, PreEscaped, html};
use motcua::checkout::{self, OpenError, Wish};
use motcua::store::Did;
use rules::gateway::vietqr;
use rules::http::{Response, respond};
use rules::id::{DossierId, Reference};
use rules::vietnam;

use crate::api::payer_ip;
use crate::pages::layout::{Frame, Place, framed, page};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use crate::words;

/// Opens an order, or shows the one that is open. Whoever only comes to its address is led to the dossier: an order is
/// opened at a gateway by nobody's glance.
pub(crate) async fn show(visit: &Visit<'_>, id: DossierId) -> Result<Response, Problem> {
    let Visit { site, staff, frame, request, now, .. } = *visit;
    let Some(sent) = visit.sent()? else { return Ok(respond::see_other(format!("/desk/dossiers/{id}"))) };
    staff.needs(Permission::Handle)?;
    let attempt = sent.get("attempt").and_then(|attempt| attempt.parse().ok()).ok_or(Problem::NotFound)?;
    let reference = Reference { id, attempt };
    let dossier = super::opened(visit, id).await?;
    // An order that does not exist was not opened.
    if dossier.dossier().fees.iter().all(|fee| fee.attempt != attempt) {
        return Err(Problem::NotFound);
    }
    visit.audits(Did::OpenedOrder { id, attempt }).await?;
    let title = frame.say("Nộp phí, lệ phí", "Paying a fee");
    let opened =
        Box::pin(checkout::open(site, &staff.agency, reference, payer_ip(&site.config, request), Wish::Current, now))
            .await;
    let order = match opened {
        Ok(order) => order,
        Err(OpenError::Unknown) => return Err(Problem::NotFound),
        Err(error @ (OpenError::Web(_) | OpenError::Answer(_) | OpenError::Store(_))) => {
            return Err(Problem::Later(error.to_string()));
        }
        Err(OpenError::Amount(refusal)) => {
            let told = html! {
                div.notice.warn role="alert" { p { (words::declined(&refusal, &site.config, frame.lang)) } }
                div.actions {
                    a.button.main href={ "/desk/dossiers/" (id) "/ask-again?attempt=" (attempt) } { (frame.say("Yêu cầu nộp lại qua kênh khác", "Ask again through another channel")) }
                    a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) }
                }
            };
            return Ok(framed(409, frame, Place::Dossier, title, &told));
        }
        Err(error @ (OpenError::NotOpen | OpenError::Channel | OpenError::Unsendable(_) | OpenError::TooMany)) => {
            tracing::warn!(%error, "no way to pay");
            return Ok(framed(409, frame, Place::Dossier, title, &declined(frame, id, &error)));
        }
    };
    let address = order.page.clone().unwrap_or_default();
    let code = address.qr.as_deref().or(address.url.as_deref()).and_then(vietqr::picture);
    let content = html! {
        dl.facts {
            dt { (frame.say("Số tiền", "Amount")) } dd { strong { (order.amount_vnd) } }
            dt { (frame.say("Mã tham chiếu", "Reference")) } dd.code { (order.name()) }
            dt { (frame.say("Kênh", "Channel")) } dd { (words::channel(&order.channel, &site.config, frame.lang)) }
            dt { (frame.say("Có hiệu lực đến", "Open until")) } dd { (vietnam::date_time(order.expires_at)) }
        }
        @if let Some(code) = code { div.qr { (PreEscaped(code)) } }
        @if let Some(url) = &address.url { p { a.button.main href=(url) rel="noreferrer" { (frame.say("Mở trang thanh toán", "Open the payment page")) } } }
        p { a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) } }
    };
    Ok(page(frame, Place::Dossier, title, &content))
}

fn declined(frame: &Frame, id: DossierId, error: &OpenError) -> Markup {
    let why = match error {
        OpenError::TooMany => frame.say(
            "Lần yêu cầu nộp này đã mở quá nhiều đơn. Hãy yêu cầu nộp lại qua kênh khác, hoặc thu tiền mặt.",
            "This request to pay has had too many orders. Ask again through another channel, or take cash.",
        ),
        OpenError::NotOpen
        | OpenError::Channel
        | OpenError::Unsendable(_)
        | OpenError::Amount(_)
        | OpenError::Unknown
        | OpenError::Web(_)
        | OpenError::Answer(_)
        | OpenError::Store(_) => frame.say(
            "Không mở được đơn nộp tiền cho khoản này: khoản đã nộp, hoặc kênh không nhận đơn. Có thể yêu cầu nộp lại qua kênh khác, hoặc thu tiền mặt.",
            "No order can be opened for this fee: it is paid, or its channel takes none. Ask again through another channel, or take cash.",
        ),
    };
    html! {
        div.notice.warn role="alert" { p { (why) } }
        a.button href={ "/desk/dossiers/" (id) } { (frame.say("Về hồ sơ", "Back to the dossier")) }
    }
}
