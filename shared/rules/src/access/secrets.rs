//! Secrets that open a dossier: the ends of its people's numbers, and the digits of its slip.

use std::collections::BTreeSet;

use subtle::ConstantTimeEq;

use super::digits::last_four;
use super::{Digits, MOST_WRONG};
use crate::person::{Party, Person};
use crate::phone::Phone;

/// The digits that open one dossier.
pub struct Secrets {
    four: BTreeSet<String>,
    six: String,
}

impl Secrets {
    /// Collects them: of applicant and filer the last four digits of the telephone, or of the identity number where the
    /// telephone is shared with others. A number that turned out to be another's opens nothing.
    #[must_use]
    pub fn of(person: Option<&Person>, slip: String) -> Self {
        let parties = person.into_iter().flat_map(|person| std::iter::once(&person.applicant).chain(&person.filer));
        Self { four: parties.filter_map(four).collect(), six: slip }
    }

    /// Whether these digits open it, after so many wrong ones. The ends of two numbers are guessed twice as fast as that
    /// of one, so they are compared half as often: with twenty tries nobody guesses with more than 0.2 %.
    #[must_use]
    pub fn open(&self, digits: &Digits, wrong: u32) -> bool {
        match digits {
            Digits::Six(six) => bool::from(six.as_bytes().ct_eq(self.six.as_bytes())),
            Digits::Four(four) => {
                let still = self.compared(wrong);
                let same = |it: &String| bool::from(it.as_bytes().ct_eq(four.as_bytes()));
                self.four.iter().fold(false, |found, it| found | same(it)) & still
            }
        }
    }

    /// Whether the ends of numbers are still compared after so many wrong digits.
    pub(super) fn compared(&self, wrong: u32) -> bool {
        let numbers = u32::try_from(self.four.len()).unwrap_or(u32::MAX);
        wrong.saturating_add(1).saturating_mul(numbers) < MOST_WRONG
    }
}

/// The digits of one person.
fn four(party: &Party) -> Option<String> {
    if party.unusable.is_some() {
        return None;
    }
    if party.shared {
        return last_four(party.identity_no.as_deref()?);
    }
    last_four(Phone::first(party.phone.as_deref()?).ok()?.expose())
}
