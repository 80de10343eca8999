//! Events about letters that somebody plays by hand.

use jiff::Timestamp;

use super::{Outcome, Ses};

impl Ses {
    /// Tells from now on only by hand what became of letters to ordinary addresses, or by itself again.
    pub fn tell_by_hand(&self, by_hand: bool) {
        self.lock().tells_by_hand = by_hand;
    }

    /// Whether it tells by hand.
    #[must_use]
    pub fn tells_by_hand(&self) -> bool {
        self.lock().tells_by_hand
    }

    /// Tells by hand what became of the letter at this place; `false` if it tells nothing of the letter.
    pub fn tell(&self, place: usize, outcome: Outcome) -> bool {
        let now = Timestamp::try_from(self.inner.time.now()).unwrap_or(Timestamp::MAX);
        let mail = self.mails().into_iter().nth(place).filter(|mail| mail.set.is_some());
        let event = mail.and_then(|mail| outcome.event(&mail, now));
        let told = event.is_some();
        self.lock().events.extend(event);
        told
    }
}
