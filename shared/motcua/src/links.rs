//! Links to an agency's public pages that messages carry: a token is stored, and its address written.

use jiff::{SignedDuration, Timestamp};
use rules::access::PASS_LASTS;
use rules::config::Agency;
use rules::id::DossierId;
use rules::token::{Purpose, Token, stored_as};

use crate::site::Site;
use crate::store::{Error, Opens};

/// Time for which a link opens what it is for.
pub const OPENS_FOR: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Time for which a member of staff sees a dossier as its people do.
const PREVIEW_FOR: SignedDuration = SignedDuration::from_mins(10);

/// Returns the link of a message; `None` if the agency has no pages, or decided to write no links. The same `number`, such as
/// the version that the message is about, gives the same link again, whose time is that of the first.
///
/// # Errors
/// [`Error`], if the token could not be stored: a link that opens nothing is never written.
pub async fn link(
    site: &Site,
    agency: &Agency,
    (id, purpose): (DossierId, Purpose),
    number: u64,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let (key, code) = (site.config.id_key(), agency.key());
    let token = Token::draw(key, code, id, purpose, number);
    let Some(address) = site.config.linked(agency, &format!("/t/{}", token.as_str())) else { return Ok(None) };
    let opens = Opens { purpose, id, person: None, expires_at: now + OPENS_FOR };
    site.recorder.store().keep_token(code, &stored_as(key, code, token.as_str()), &opens).await?;
    Ok(Some(address))
}

/// Returns the address at which a member of staff sees a dossier as its people do, and can do nothing; `None` if the agency
/// has no pages.
///
/// # Errors
/// [`Error`], if the token could not be stored.
pub async fn preview(site: &Site, agency: &Agency, id: DossierId, now: Timestamp) -> Result<Option<String>, Error> {
    let (key, code, purpose) = (site.config.id_key(), agency.key(), Purpose::Preview);
    let number = u64::try_from(now.as_microsecond()).unwrap_or(0);
    let token = Token::draw(key, code, id, purpose, number);
    let Some(address) = site.config.page(agency, &format!("/t/{}", token.as_str())) else { return Ok(None) };
    let opens = Opens { purpose, id, person: None, expires_at: now + PREVIEW_FOR };
    site.recorder.store().keep_token(code, &stored_as(key, code, token.as_str()), &opens).await?;
    Ok(Some(address))
}

/// Makes a link for whoever has the key to a dossier already and goes on to what it is for. It opens no longer than their key
/// does, and is another than that of any message.
///
/// # Errors
/// [`Error`], if the token could not be stored.
pub async fn onward(
    site: &Site,
    agency: &Agency,
    (id, purpose): (DossierId, Purpose),
    now: Timestamp,
) -> Result<Token, Error> {
    let (key, code) = (site.config.id_key(), agency.key());
    let token = Token::draw(key, code, id, purpose, u64::try_from(now.as_microsecond()).unwrap_or(0));
    let opens = Opens { purpose, id, person: None, expires_at: now + PASS_LASTS };
    site.recorder.store().keep_token(code, &stored_as(key, code, token.as_str()), &opens).await?;
    Ok(token)
}

/// Returns the address by which somebody gets no more broadcasts; `None` if the agency has no pages. It names the person by
/// their keyed hash alone. A letter of a broadcast has it whether the agency writes links into its texts or not: whoever
/// sends many letters must offer it.
///
/// # Errors
/// [`Error`], if the token could not be stored.
pub async fn unsubscribe(
    site: &Site,
    agency: &Agency,
    (id, place, person): (DossierId, usize, &str),
    broadcast: u64,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let (key, code, purpose) = (site.config.id_key(), agency.key(), Purpose::Unsubscribe);
    let token = Token::draw(key, code, id, purpose, broadcast * 2 + place as u64);
    let Some(address) = site.config.page(agency, &format!("/t/{}", token.as_str())) else { return Ok(None) };
    let opens = Opens { purpose, id, person: Some(person.to_owned()), expires_at: now + OPENS_FOR };
    site.recorder.store().keep_token(code, &stored_as(key, code, token.as_str()), &opens).await?;
    Ok(Some(address))
}
