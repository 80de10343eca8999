//! Acts on a broadcast, and the stages that follow.

use jiff::Timestamp;

use super::audience::Audience;
use super::figures::{Figures, Report};
use super::refusal::Refusal;
use super::settings::Settings;
use super::stage::Act;
use super::texts::Texts;
use super::whole::{Acted, Broadcast, Gathered, MOST_ACTED, Sent};

impl Broadcast {
    /// Returns it as it is after somebody changed its content.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn written(
        &self,
        (audience, texts, notice): (Audience, Texts, Option<u32>),
        by: &str,
        at: Timestamp,
    ) -> Result<Self, Refusal> {
        let after = self.stepped(Act::Write, Some(by), None, at)?;
        Ok(Self { audience, texts, notice, ..after })
    }

    /// Returns it as it is after a person acted on it; `None` if the act was done before, so that a repeat is harmless.
    /// `round` is the gathering whose numbers the person looked at.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn acted(
        &self,
        act: Act,
        (by, at): (&str, Timestamp),
        (round, reason): (u32, Option<&str>),
        settings: &Settings,
    ) -> Result<Option<Self>, Refusal> {
        if act.is_done_at(self.stage) {
            return Ok(None);
        }
        let after = self.stepped(act, Some(by), reason, at)?;
        match act {
            Act::Gather => {
                return Ok(Some(Self {
                    round: self.round + 1,
                    gathered: Gathered::default(),
                    figures: Figures::default(),
                    sent: Sent::default(),
                    report: Report::default(),
                    ..after
                }));
            }
            Act::Release => {
                if round != self.round {
                    return Err(Refusal::Changed);
                }
                self.may_be_released_by(by, settings)?;
            }
            Act::Return if reason.is_none_or(|reason| reason.trim().is_empty()) => return Err(Refusal::NoReason),
            Act::Write | Act::Found | Act::End => return Err(Refusal::NotNow { act, at: self.stage }),
            Act::Return | Act::Stop | Act::Continue | Act::Cancel => {}
        }
        Ok(Some(after))
    }

    /// Says whether a person may release it, as far as it waits for that.
    ///
    /// # Errors
    /// [`Refusal::Nobody`], [`Refusal::Own`].
    pub fn may_be_released_by(&self, who: &str, settings: &Settings) -> Result<(), Refusal> {
        let people = self.figures.people;
        if self.figures.messages() == 0 {
            return Err(Refusal::Nobody);
        }
        match settings.second_person_above {
            Some(above) if people > above && self.writers().contains(&who) => Err(Refusal::Own { people, above }),
            Some(_) | None => Ok(()),
        }
    }

    /// Returns it as it is after its receivers were found.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub fn found(&self, at: Timestamp) -> Result<Self, Refusal> {
        self.stepped(Act::Found, None, None, at)
    }

    /// Returns it as it is after everybody was tried.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub fn ended(&self, at: Timestamp) -> Result<Self, Refusal> {
        self.stepped(Act::End, None, None, at)
    }

    fn stepped(&self, act: Act, by: Option<&str>, reason: Option<&str>, at: Timestamp) -> Result<Self, Refusal> {
        let stage = act.after(self.stage).ok_or(Refusal::NotNow { act, at: self.stage })?;
        // Its end always has room.
        if self.acted.len() >= MOST_ACTED && matches!(act, Act::Write | Act::Gather | Act::Return | Act::Continue) {
            return Err(Refusal::TooMuch);
        }
        let mut after = self.clone();
        after.stage = stage;
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        after.acted.push(Acted { act, at, by: by.map(str::to_owned), reason });
        Ok(after)
    }
}
