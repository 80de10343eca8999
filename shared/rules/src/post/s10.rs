//! Item numbers of the Universal Postal Union (standard S10): two letters, eight digits, a check digit, a country.

/// Whether a number is one of S10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum S10 {
    /// Well formed, and its check digit is right.
    Good,
    /// Well formed, but this check digit belongs there. A warning only: even an operator's own sample has a wrong one.
    OtherDigit(u8),
    /// Another kind of number.
    Not,
}

const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];

/// Looks at a number; spaces in it do not count.
#[must_use]
pub fn s10(text: &str) -> S10 {
    let text: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let Ok(bytes) = <[u8; 13]>::try_from(text) else { return S10::Not };
    let letters = |part: &[u8]| part.iter().all(u8::is_ascii_alphabetic);
    if !letters(&bytes[..2]) || !letters(&bytes[11..]) || !bytes[2..11].iter().all(u8::is_ascii_digit) {
        return S10::Not;
    }
    let serial = bytes[2..10].iter().fold(0_u32, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    let expected = check_digit(serial);
    if bytes[10] - b'0' == expected { S10::Good } else { S10::OtherDigit(expected) }
}

/// Returns the check digit of a serial number of eight digits.
pub(super) fn check_digit(serial: u32) -> u8 {
    let digits = format!("{serial:08}");
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => u8::try_from(digit).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_published_examples() {
        assert_eq!([47_110_815, 71_761, 12_345_678].map(check_digit), [1, 8, 5]);
        assert_eq!(s10("CE123456785VN"), S10::Good);
        assert_eq!(s10("RR 471 108 151 VN"), S10::Good);
    }

    #[test]
    fn a_wrong_digit_is_told_and_another_number_is_none_of_these() {
        assert_eq!(s10("CE123456784VN"), S10::OtherDigit(5));
        for other in ["", "B26-000001", "CE12345678VN", "CE1234567855N", "1E123456785VN", "CEé12345678VN"] {
            assert_eq!(s10(other), S10::Not, "{other}");
        }
    }
}
