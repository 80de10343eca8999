//! Digits as a person types them.

use std::fmt;

use crate::phone::is_separator;

/// The longest text that is read.
const LONGEST: usize = 60;
/// The length of what is printed on a slip.
const SIX: usize = 6;
/// The length of the end of a number.
const FOUR: usize = 4;
/// The fewest digits of a telephone or identity number that is written out whole.
const WHOLE: usize = 9;

/// The digits that somebody shows.
#[derive(Clone, PartialEq, Eq)]
pub enum Digits {
    /// The last four of a telephone or identity number.
    Four(String),
    /// The six of a slip.
    Six(String),
}

impl Digits {
    /// Reads what was typed: four digits, six, or a whole number, of which the last four count. `None` if it is none of
    /// them.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        if typed.len() > LONGEST {
            return None;
        }
        let typed: String = typed.chars().filter(|letter| !is_separator(*letter) && *letter != '+').collect();
        if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match typed.len() {
            FOUR => Some(Self::Four(typed)),
            SIX => Some(Self::Six(typed)),
            WHOLE.. => Some(Self::Four(typed[typed.len() - FOUR..].to_owned())),
            _ => None,
        }
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digits(hidden)")
    }
}

/// Returns the last four digits of a number; `None` if it has fewer than that.
pub(super) fn last_four(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(FOUR)?;
    Some(digits[from..].to_owned())
}
