//! The cap of a day: the most messages that an agency sends by an outlet.

use jiff::Timestamp;

use super::letter::Letter;
use super::{Outcome, Sender};
use crate::site::Site;
use crate::store::{Ending, Error, Lease};
use rules::id::AgencyCode;
use rules::message::{Held, Outlet, WARNED_AT_PERCENT};
use rules::vietnam;

/// Takes a place for a message among those of the day; `false` if the agency's cap is reached. Both that and its nearness
/// are logged, which raises an alarm.
pub(super) async fn take_place(
    site: &Site,
    agency: &AgencyCode,
    outlet: Outlet,
    now: Timestamp,
) -> Result<bool, Error> {
    let timing = site.config.agency(agency.as_str()).map(|agency| &agency.timing);
    let Some(cap) = timing.and_then(|timing| timing.cap(outlet)) else { return Ok(true) };
    let place = site.recorder.store().take_place(agency, outlet, cap, now).await?;
    let outlet = outlet.name();
    match place {
        None => tracing::error!(%agency, outlet, cap, "daily cap reached: messages wait for tomorrow"),
        Some(place) if place == (cap * WARNED_AT_PERCENT).div_ceil(100) => {
            tracing::error!(%agency, outlet, cap, place, "daily cap is near");
        }
        Some(_) => {}
    }
    Ok(place.is_some())
}

impl Sender<'_> {
    /// Takes a place for a message among those of the day; `false` if the agency's cap is reached.
    pub(super) async fn may_leave(&self, letter: &Letter<'_>) -> Result<bool, Error> {
        take_place(self.site, letter.agency, letter.outlet(), self.now).await
    }

    /// Puts a claimed message off to the next day. One that asks for something until the end of this day only goes to the
    /// next outlet, or to a person.
    pub(super) async fn put_off(&mut self, letter: &Letter<'_>, lease: &Lease) -> Outcome {
        if letter.news.act_by().is_some_and(|day| day <= vietnam::day(self.now)) {
            return self.pass_on(letter, lease, Held::Capped.code()).await.unwrap_or(Outcome::Kept);
        }
        let timing = self.site.config.agency(letter.agency.as_str()).map(|agency| agency.timing.clone());
        let until = timing.unwrap_or_default().next_day(self.now);
        let ending = Ending::Held(until, Held::Capped.code());
        // If this fails, the claim runs out, and the cap is asked again.
        if let Err(error) = self.store().end_message(letter.agency, &letter.key, lease, &ending, self.now).await {
            tracing::warn!(item = %letter.key.sk, %error, "a message could not be put off");
        }
        Outcome::Kept
    }
}
