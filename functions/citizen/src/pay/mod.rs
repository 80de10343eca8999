//! Paying by whoever has the key: the order, the way to the gateway, and the confirmation. An order is opened by a button,
//! never by a look.

mod back;
mod confirmed;
mod order;

use maud::{Markup, html};
use motcua::checkout::{self, OpenError, Wish};
use motcua::site::Site;
use pages::Form;
use rules::http::{Request, Response, respond};
use rules::id::{DossierId, Reference};

use crate::all::{By, PAY};
use crate::frame::Frame;
use crate::key;
use crate::problem::Problem;
pub(crate) use back::{ASKED, came_back};
pub(crate) use confirmed::confirmation;
pub(crate) use order::{of_link, shown};

/// The field that asks for another order than the one that is open.
const FRESH: &str = "fresh";

/// Opens the order that a button asks for and leads to its page; `None` if the form asks for something else.
pub(crate) async fn opened(
    site: &Site,
    frame: &Frame<'_>,
    (id, by): (DossierId, By<'_>),
    request: &Request,
) -> Result<Option<Response>, Problem> {
    if key::is_from_elsewhere(request) {
        return Ok(Some(respond::text(403, "sent from another site")));
    }
    let sent = Form::of(request)?;
    let Some(attempt) = sent.get(PAY) else { return Ok(None) };
    let attempt = attempt.parse().map_err(|_| Problem::NotFound)?;
    let wish = if sent.get(FRESH).is_some() { Wish::Fresh } else { Wish::Current };
    let payer = site.config.sender(request).unwrap_or(std::net::Ipv4Addr::LOCALHOST.into());
    let reference = Reference { id, attempt };
    let agency = frame.agency.key();
    match Box::pin(checkout::open(site, agency, reference, payer, wish, frame.now)).await {
        // The page of the order says what stands in the way, and what to do instead.
        Ok(_) | Err(OpenError::NotOpen) => {
            Ok(Some(respond::see_other(frame.way(&format!("{}/pay/{attempt}", by.path())))))
        }
        Err(OpenError::Unknown) => Err(Problem::NotFound),
        Err(error) => {
            tracing::warn!(%error, "a citizen has no way to pay");
            frame.learn(site).await;
            Ok(Some(no_way(frame, by, &error)))
        }
    }
}

/// The page that says that nothing can be paid online right now.
fn no_way(frame: &Frame<'_>, by: By<'_>, error: &OpenError) -> Response {
    let later = matches!(error, OpenError::Web(_) | OpenError::Answer(_) | OpenError::Store(_));
    let title = frame.say(["Chưa nộp trực tuyến được", "It cannot be paid online now"]);
    let why = match later {
        true => [
            "Cổng thanh toán chưa phản hồi. Chưa có khoản nào bị trừ. Hãy thử lại sau vài phút.",
            "The payment gateway does not answer. Nothing was taken from you. Try again in a few minutes.",
        ],
        false => [
            "Khoản này chưa nộp được qua mạng. Hãy gọi cơ quan, hoặc nộp tại Bộ phận Một cửa.",
            "This fee cannot be paid online. Call the office, or pay at the one-stop desk.",
        ],
    };
    let content = html! {
        h1 { (title) }
        p { (frame.say(why)) }
        (back_to(frame, by))
    };
    frame.page(if later { 503 } else { 409 }, title, &content)
}

/// The way back to the page that somebody came from.
fn back_to(frame: &Frame<'_>, by: By<'_>) -> Markup {
    html! { p { a href=(frame.way(&by.path())) { (frame.say(["Về hồ sơ", "Back to the dossier"])) } } }
}
