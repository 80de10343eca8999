//! The message of a payment names its lawful receipt, if that is issued within some minutes.

use jiff::{SignedDuration, Timestamp};
use rules::config::Config;
use rules::dossier::{Event, Recorded};
use rules::id::{AgencyCode, DossierId};
use rules::message::News;
use rules::vietnam;

use super::Letter;
use crate::site::Site;
use crate::store::{Error, Key};

/// Time that the message waits for the number. A receipt is asked for within a minute or two of the payment.
const WAIT: SignedDuration = SignedDuration::from_mins(4);

/// Returns the time until which the message of a payment waits for the number of its receipt; `None` if it has one, or if
/// no provider issues any.
pub(super) fn until(config: &Config, letter: &Letter<'_>, now: Timestamp) -> Option<Timestamp> {
    let at = letter.case.recorded.at;
    let waits = matches!(letter.news, News::Paid { receipt_no: None, .. })
        && config.receipts_of(letter.agency, vietnam::day(at)).is_some();
    Some(at + WAIT).filter(|until| waits && *until > now)
}

/// Returns the number of the receipt of the one payment that a commit tells of.
pub(super) async fn number(
    site: &Site,
    (agency, id): (&AgencyCode, DossierId),
    recorded: &Recorded,
    news: Option<&News<'_>>,
) -> Result<Option<String>, Error> {
    let is_open = matches!(news, Some(News::Paid { receipt_no: None, .. }));
    if !is_open || site.config.receipts_of(agency, vietnam::day(recorded.at)).is_none() {
        return Ok(None);
    }
    // Of a fee in several payments each has a receipt of its own, and the message has room for none.
    let paid = recorded.events.iter().find_map(|event| match event {
        Event::FeePaid { channel, identity, total_vnd: None, .. } => Some((channel, identity)),
        _ => None,
    });
    let Some((channel, identity)) = paid else { return Ok(None) };
    let lawful = site.recorder.store().lawful(&Key::receipt(agency, id, channel, identity)).await?;
    Ok(lawful.and_then(|lawful| lawful.no()).map(|no| no.to_string()))
}

/// Returns the news with the number of the receipt.
pub(super) fn named<'a>(news: News<'a>, number: Option<&'a str>) -> News<'a> {
    match news {
        News::Paid { paid_vnd, receipt_no: None, goes_on, due_on } => {
            News::Paid { paid_vnd, receipt_no: number, goes_on, due_on }
        }
        other => other,
    }
}
