//! The way to pay one attempt: an address, or a VietQR code.

use std::net::{IpAddr, Ipv4Addr};

use jiff::Timestamp;
use motcua::checkout::{self, OpenError, Wish};
use motcua::site::Site;
use motcua::store::Did;
use rules::config::Config;
use rules::gateway::vietqr;
use rules::http::{Received, Request, query};
use rules::id::Reference;
use rules::json::Malformed;
use serde_json::json;

use crate::api::answer::Answer;
use crate::api::audited;
use crate::api::view;
use crate::permission::Staff;

/// Payer's address if the request does not name one.
const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Opens an order: `?attempt=<n>`, and `&fresh=true` for another order than the last one.
pub(crate) async fn open(
    site: &Site,
    staff: &Staff,
    name: &str,
    request: &Request,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let attempt = parameter(request, "attempt").ok_or_else(|| Malformed::new("attempt", "is missing"))?;
    let attempt = attempt.parse().map_err(|_| Malformed::new("attempt", "is not the number of an attempt"))?;
    let wish = match parameter(request, "fresh").as_deref() {
        None | Some("false") => Wish::Current,
        Some("true") => Wish::Fresh,
        Some(_) => return Err(Malformed::new("fresh", "is neither true nor false").into()),
    };
    let found = view::find(site.recorder.store(), &staff.agency, name).await?;
    let dossier = found.ok_or(Answer::NotFound)?.dossier;
    // An order that does not exist was not opened.
    if dossier.fees.iter().all(|fee| fee.attempt != attempt) {
        return Err(Answer::NotFound);
    }
    let reference = Reference { id: dossier.id, attempt };
    audited::first(site, staff, Did::OpenedOrder { id: reference.id, attempt }, now).await?;
    let order =
        Box::pin(checkout::open(site, &staff.agency, reference, payer_ip(&site.config, request), wish, now)).await;
    let order = order.map_err(|error| declined(&error))?;
    let page = order.page.clone().unwrap_or_default();
    Ok(Answer::PayLink(json!({
        "reference": order.name(),
        "channel": order.channel,
        "amount_vnd": order.amount_vnd,
        "opened_at": order.opened_at,
        "expires_at": order.expires_at,
        "url": page.url,
        "qr": page.qr,
        "qr_svg": page.qr.as_deref().and_then(vietqr::picture),
    })))
}

fn declined(error: &OpenError) -> Answer {
    tracing::warn!(%error, "no way to pay");
    match error {
        OpenError::Unknown => Answer::NotFound,
        OpenError::NotOpen => Answer::NoPayLink("the fee is not open"),
        OpenError::Channel => Answer::NoPayLink("the channel is not open"),
        OpenError::Amount(refusal) => Answer::Refused(refusal.clone()),
        OpenError::Unsendable(_) => Answer::NoPayLink("orders are not opened at this channel's gateway"),
        OpenError::TooMany => {
            Answer::NoPayLink("the attempt has had too many orders; ask-again through another channel begins the next")
        }
        OpenError::Web(_) | OpenError::Answer(_) | OpenError::Store(_) => Answer::Later,
    }
}

fn parameter(request: &Request, name: &str) -> Option<String> {
    let pairs = query::pairs(request.raw_query());
    let pair = pairs.iter().find(|pair| *pair.name == *name.as_bytes())?;
    Some(String::from_utf8_lossy(&pair.value).into_owned())
}

/// The address that the door saw and wrote last; behind a front that is the front's, which wrote its own sender's before
/// it. Nothing depends on it: gateways keep it with the order.
pub(crate) fn payer_ip(config: &Config, request: &Request) -> IpAddr {
    let header = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let from_the_end = usize::from(config.has_front());
    header.and_then(|list| list.rsplit(',').nth(from_the_end)?.trim().parse().ok()).unwrap_or(NOWHERE)
}
