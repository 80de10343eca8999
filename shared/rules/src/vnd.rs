//! Money: an integer count of đồng, from the wire to the screen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount of whole đồng, at most [`Vnd::MAX`].
///
/// On the wire it is a JSON integer; a fraction, an exponent, a negative number or a string is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Vnd(u64);

/// More đồng than every JSON reader can hold exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an amount of {0} đồng is above 2^53 and would not survive every JSON reader")]
pub struct TooMuch(pub u64);

impl TooMuch {
    /// Returns the sentence a caller may read.
    pub fn for_caller(&self) -> &'static str {
        "the amount is too large"
    }
}

impl Vnd {
    /// Zero đồng.
    pub const ZERO: Self = Self(0);

    /// 2⁵³, the largest integer up to which a reader that keeps numbers as doubles loses none.
    pub const MAX: Self = Self(1 << 53);

    /// Makes an amount of `dong` whole đồng; [`TooMuch`] above [`Vnd::MAX`].
    pub const fn new(dong: u64) -> Result<Self, TooMuch> {
        if dong > Self::MAX.0 { Err(TooMuch(dong)) } else { Ok(Self(dong)) }
    }

    /// Returns the count of đồng.
    pub const fn dong(self) -> u64 {
        self.0
    }

    /// Whether it is zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Adds two amounts; `None` above [`Vnd::MAX`].
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).and_then(|sum| Self::new(sum).ok())
    }

    /// Subtracts `other`; `None` if `other` is more.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Adds all of them; `None` above [`Vnd::MAX`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Reads an amount that a gateway states × 100 (VNPAY's `vnp_Amount`).
    ///
    /// `None` if it is not a whole number of đồng: there is no coin below one đồng, so such an amount is wrong.
    pub fn from_hundredths(hundredths: u64) -> Option<Self> {
        if hundredths.is_multiple_of(100) { Self::new(hundredths / 100).ok() } else { None }
    }

    /// Returns the amount × 100, for a gateway that wants it so; `None` if the product is above [`Vnd::MAX`].
    pub fn hundredths(self) -> Option<u64> {
        self.0.checked_mul(100).filter(|product| *product <= Self::MAX.0)
    }

    /// Writes `1.234.567d`: for an SMS, in which `₫` would halve the room of the whole text.
    pub fn plain(self) -> String {
        format!("{}d", grouped(self.0, '.'))
    }

    /// Writes `VND 1,234,567`: for English texts, in which a point would be read as a decimal one.
    pub fn plain_english(self) -> String {
        format!("VND {}", grouped(self.0, ','))
    }
}

impl TryFrom<u64> for Vnd {
    type Error = TooMuch;

    fn try_from(dong: u64) -> Result<Self, TooMuch> {
        Self::new(dong)
    }
}

impl From<Vnd> for u64 {
    fn from(amount: Vnd) -> Self {
        amount.0
    }
}

/// Writes `1.234.567 ₫`, as on a screen.
impl fmt::Display for Vnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ₫", grouped(self.0, '.'))
    }
}

/// Writes a whole number with its thousands apart: `1.234.567`.
#[must_use]
pub fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The amounts that somebody takes, both ends included; `None` is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The smallest.
    pub min_vnd: Option<Vnd>,
    /// The largest.
    pub max_vnd: Option<Vnd>,
}

impl Limits {
    /// Whether this amount is taken.
    #[must_use]
    pub fn take(&self, amount_vnd: Vnd) -> bool {
        self.min_vnd.is_none_or(|min| amount_vnd >= min) && self.max_vnd.is_none_or(|max| amount_vnd <= max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vnd(dong: u64) -> Vnd {
        Vnd::new(dong).unwrap()
    }

    #[test]
    fn an_amount_is_grouped_by_thousands_on_screen_and_in_an_sms() {
        let check = |dong, screen: &str, sms: &str, english: &str| {
            assert_eq!(vnd(dong).to_string(), screen);
            assert_eq!(vnd(dong).plain(), sms);
            assert_eq!(vnd(dong).plain_english(), english);
        };
        check(0, "0 ₫", "0d", "VND 0");
        check(500, "500 ₫", "500d", "VND 500");
        check(1_000, "1.000 ₫", "1.000d", "VND 1,000");
        check(12_500, "12.500 ₫", "12.500d", "VND 12,500");
        check(150_000, "150.000 ₫", "150.000d", "VND 150,000");
        check(1_234_567, "1.234.567 ₫", "1.234.567d", "VND 1,234,567");
        check(1 << 53, "9.007.199.254.740.992 ₫", "9.007.199.254.740.992d", "VND 9,007,199,254,740,992");
    }

    #[test]
    fn limits_take_both_their_ends_and_nothing_beyond() {
        let both = Limits { min_vnd: Some(vnd(10)), max_vnd: Some(vnd(20)) };
        assert_eq!([9, 10, 15, 20, 21].map(|dong| both.take(vnd(dong))), [false, true, true, true, false]);
        assert!(Limits::default().take(vnd(0)) && Limits::default().take(Vnd::MAX));
        assert!(!Limits { min_vnd: Some(vnd(1)), max_vnd: None }.take(vnd(0)));
        assert!(!Limits { min_vnd: None, max_vnd: Some(vnd(1)) }.take(vnd(2)));
    }

    #[test]
    fn an_amount_is_a_whole_number_on_the_wire() {
        assert_eq!(serde_json::to_string(&vnd(150_000)).unwrap(), "150000");
        assert_eq!(serde_json::from_str::<Vnd>("150000").unwrap(), vnd(150_000));
        assert_eq!(serde_json::from_str::<Vnd>("9007199254740992").unwrap(), Vnd::MAX);
    }

    #[test]
    fn fractions_exponents_negatives_strings_and_giants_are_refused_on_the_wire() {
        let refusal = |json: &str| serde_json::from_str::<Vnd>(json).unwrap_err().to_string();
        assert!(refusal("1.0").contains("floating point"));
        assert!(refusal("1e3").contains("floating point"));
        assert!(refusal("-1").contains("invalid value: integer `-1`"));
        assert!(refusal("\"1000\"").contains("invalid type: string"));
        assert!(refusal("null").contains("invalid type: null"));
        assert!(refusal("9007199254740993").contains("above 2^53"));
        assert!(refusal("18446744073709551616").contains("invalid type: floating point"));
    }

    #[test]
    fn only_whole_dong_come_out_of_hundredths() {
        assert_eq!(Vnd::from_hundredths(15_000_000), Some(vnd(150_000)));
        assert_eq!(Vnd::from_hundredths(0), Some(Vnd::ZERO));
        assert_eq!(Vnd::from_hundredths(15_000_050), None);
        assert_eq!(Vnd::from_hundredths(1), None);
        assert_eq!(Vnd::from_hundredths(u64::MAX), None);
    }

    #[test]
    fn hundredths_that_no_gateway_could_read_exactly_are_not_made() {
        assert_eq!(vnd(150_000).hundredths(), Some(15_000_000));
        assert_eq!(vnd((1 << 53) / 100).hundredths(), Some(9_007_199_254_740_900));
        assert_eq!(vnd((1 << 53) / 100 + 1).hundredths(), None);
        assert_eq!(Vnd::MAX.hundredths(), None);
    }

    #[test]
    fn sums_stop_at_the_largest_amount() {
        assert_eq!(Vnd::sum([vnd(1), vnd(2), vnd(3)]), Some(vnd(6)));
        assert_eq!(Vnd::sum([]), Some(Vnd::ZERO));
        assert_eq!(Vnd::sum([Vnd::MAX, vnd(1)]), None);
        assert_eq!(Vnd::MAX.checked_add(Vnd::ZERO), Some(Vnd::MAX));
        assert_eq!(vnd(5).checked_sub(vnd(6)), None);
        assert_eq!(vnd(6).checked_sub(vnd(5)), Some(vnd(1)));
        assert_eq!(Vnd::new((1 << 53) + 1), Err(TooMuch((1 << 53) + 1)));
    }

    proptest! {
        #[test]
        fn grouping_loses_no_digit(dong in 0..=1u64 << 53) {
            let ungrouped: String = vnd(dong).plain().chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(ungrouped, dong.to_string());
        }

        #[test]
        fn hundredths_come_back(dong in 0..=(1u64 << 53) / 100) {
            prop_assert_eq!(vnd(dong).hundredths().and_then(Vnd::from_hundredths), Some(vnd(dong)));
        }
    }
}
