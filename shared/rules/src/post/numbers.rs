//! Ranges of waybill numbers that an operator gave out beforehand.

use super::s10::{S10, check_digit, s10};

/// A range, from the first number to the last one as they are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    before: String,
    after: String,
    width: usize,
    first: u64,
    last: u64,
    /// Whether a check digit of S10 follows the counted digits.
    checked: bool,
}

/// Reason why a range cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumbersError {
    /// Not two numbers with `..` between them.
    #[error("takes the first and the last number, such as \"CE123456785VN..CE123456808VN\"")]
    Shape,
    /// The two differ in more than their digits.
    #[error("has two numbers that are not of one series")]
    Series,
    /// The last one comes before the first.
    #[error("has a last number before its first")]
    Backwards,
    /// A check digit is wrong, so somebody mistyped it.
    #[error("has a number whose check digit is wrong")]
    CheckDigit,
}

/// The longest number, in characters.
const LONGEST: usize = 30;

impl Numbers {
    /// Reads a range.
    ///
    /// # Errors
    /// [`NumbersError`].
    pub fn parse(text: &str) -> Result<Self, NumbersError> {
        let (first, last) = text.split_once("..").ok_or(NumbersError::Shape)?;
        let (first, last) = (first.trim(), last.trim());
        let plain = |text: &str| {
            (4..=LONGEST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        if !plain(first) || !plain(last) {
            return Err(NumbersError::Shape);
        }
        match (s10(first), s10(last)) {
            (S10::Not, S10::Not) => Self::counted(first, last, false),
            (S10::Good, S10::Good) => Self::counted(first, last, true),
            (S10::OtherDigit(_), _) | (_, S10::OtherDigit(_)) => Err(NumbersError::CheckDigit),
            (S10::Not | S10::Good, S10::Not | S10::Good) => Err(NumbersError::Series),
        }
    }

    /// Reads the last group of digits of both; what stands around it must be the same.
    fn counted(first: &str, last: &str, checked: bool) -> Result<Self, NumbersError> {
        let parts = |text: &str| -> Option<(String, String, String)> {
            let tail = text.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            let head = text[..tail].trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let end = if checked { tail - 1 } else { tail };
            (head < end).then(|| (text[..head].to_owned(), text[head..end].to_owned(), text[tail..].to_owned()))
        };
        let (first, last) = parts(first).zip(parts(last)).ok_or(NumbersError::Shape)?;
        if first.0 != last.0 || first.2 != last.2 || first.1.len() != last.1.len() {
            return Err(NumbersError::Series);
        }
        let number = |digits: &str| digits.parse::<u64>().map_err(|_| NumbersError::Series);
        let (from, to) = (number(&first.1)?, number(&last.1)?);
        if from > to {
            return Err(NumbersError::Backwards);
        }
        Ok(Self { before: first.0, after: first.2, width: first.1.len(), first: from, last: to, checked })
    }

    /// Returns how many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        (self.last - self.first).saturating_add(1)
    }

    /// Returns the number of this place, counted from 0; `None` behind the end.
    #[must_use]
    pub fn nth(&self, place: u64) -> Option<String> {
        let number = self.first.checked_add(place).filter(|number| *number <= self.last)?;
        let digit = match self.checked {
            true => check_digit(u32::try_from(number).ok()?).to_string(),
            false => String::new(),
        };
        Some(format!("{}{number:0width$}{digit}{}", self.before, self.after, width = self.width))
    }

    /// Returns the name of the counter that says how many of it were given. A range that grows keeps its counter, because
    /// it keeps its first number.
    #[must_use]
    pub fn series(&self, operator: &str) -> String {
        format!("waybill#{operator}#{}", self.nth(0).unwrap_or_default())
    }

    /// Whether two ranges have a number in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let same = self.before == other.before && self.after == other.after && self.width == other.width;
        same && self.first <= other.last && other.first <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_s10_count_by_their_serial_and_bear_their_check_digit() {
        let range = Numbers::parse("CE123456785VN..CE123456808VN").unwrap();
        let given: Vec<_> = (0..4).map(|place| range.nth(place)).collect();
        assert_eq!(range.count(), 3);
        assert_eq!(given[0].as_deref(), Some("CE123456785VN"));
        assert!(given[..3].iter().flatten().all(|number| s10(number) == S10::Good), "{given:?}");
        assert_eq!(given[2].as_deref(), Some("CE123456808VN"));
        assert_eq!(given[3], None);
    }

    #[test]
    fn other_numbers_count_by_their_last_digits() {
        let range = Numbers::parse("KH0099..KH0101").unwrap();
        let given: Vec<_> = (0..3).filter_map(|place| range.nth(place)).collect();
        assert_eq!(given, ["KH0099", "KH0100", "KH0101"]);
    }

    #[test]
    fn each_mistake_of_a_range_is_named() {
        for (text, error) in [
            ("CE123456785VN", NumbersError::Shape),
            ("ce123456785vn..ce123456803vn", NumbersError::Shape),
            ("KHVP..KHVQ", NumbersError::Shape),
            ("KH0001..KP0002", NumbersError::Series),
            ("KH0001..KH00002", NumbersError::Series),
            ("CE123456785VN..KH0001", NumbersError::Series),
            ("KH0002..KH0001", NumbersError::Backwards),
            ("CE123456784VN..CE123456808VN", NumbersError::CheckDigit),
        ] {
            assert_eq!(Numbers::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_number_in_two_ranges_is_seen() {
        let range = |text| Numbers::parse(text).unwrap();
        assert!(range("KH0001..KH0010").overlaps(&range("KH0010..KH0020")));
        assert!(!range("KH0001..KH0010").overlaps(&range("KH0011..KH0020")));
        assert!(!range("KH0001..KH0010").overlaps(&range("KP0001..KP0010")));
    }
}
