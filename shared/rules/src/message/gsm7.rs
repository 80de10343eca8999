//! The alphabet of an SMS: characters that fit 160 to a part, and conversion of text into them.

use deunicode::deunicode_with_tofu;
use unicode_normalization::UnicodeNormalization;

/// Septets of a message that is one part.
pub const ONE_PART: usize = 160;

/// Septets of each part of a longer message; the header that joins the parts takes seven (3GPP TS 23.040).
pub const EACH_OF_SEVERAL: usize = 153;

/// The basic table of GSM 03.38 without the escape, one septet each.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                     ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The extension table: an escape and a character, two septets each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Counts the septets of a text; `None` if it holds a character that would force the whole message into UCS-2.
pub fn gsm7_len(text: &str) -> Option<usize> {
    text.chars()
        .map(|character| {
            if BASIC.contains(character) {
                Some(1)
            } else if EXTENSION.contains(character) {
                Some(2)
            } else {
                None
            }
        })
        .sum()
}

/// Counts the parts in which a text of the SMS alphabet is sent and billed; `None` outside the alphabet.
///
/// An extension character is never cut in two, so a part may hold one septet less.
pub fn parts(text: &str) -> Option<usize> {
    if gsm7_len(text)? <= ONE_PART {
        return Some(1);
    }
    let mut parts = 1;
    let mut used = 0;
    for character in text.chars() {
        let septets = if BASIC.contains(character) { 1 } else { 2 };
        if used + septets > EACH_OF_SEVERAL {
            parts += 1;
            used = 0;
        }
        used += septets;
    }
    Some(parts)
}

/// Writes Vietnamese without marks and all else in plain letters, on one line: each character takes 1 or 2 septets.
///
/// The text is composed first (NFC), since a letter and its loose mark would be taken for two characters.
pub fn plain(text: &str) -> String {
    let composed: String = text.nfc().collect();
    deunicode_with_tofu(&composed, "?")
        .chars()
        .map(|character| match character {
            // ASCII, but not in the alphabet.
            '`' => '\'',
            control if control.is_ascii_control() => ' ',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_basic_table_has_its_127_characters_and_the_extension_its_ten() {
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
        assert_eq!(gsm7_len(BASIC), Some(127));
        assert_eq!(gsm7_len(EXTENSION), Some(20));
    }

    #[test]
    fn a_vietnamese_letter_with_its_mark_forces_another_alphabet() {
        assert_eq!(gsm7_len("Da nhan ho so"), Some(13));
        assert_eq!(gsm7_len("Đã nhận hồ sơ"), None);
        assert_eq!(gsm7_len("à è é ì ò ù"), Some(11));
        assert_eq!(gsm7_len("đ"), None);
        assert_eq!(gsm7_len("`"), None);
        assert_eq!(gsm7_len("{}"), Some(4));
    }

    #[test]
    fn parts_are_counted_as_the_network_bills_them() {
        let check = |text: String, expected| assert_eq!(parts(&text), expected, "{} characters", text.len());
        check(String::new(), Some(1));
        check("a".repeat(160), Some(1));
        check("a".repeat(161), Some(2));
        check("a".repeat(306), Some(2));
        check("a".repeat(307), Some(3));
        check(format!("{}{{", "a".repeat(159)), Some(2));
        check("[".repeat(80), Some(1));
        // 76 brackets are 152 septets and the 77th does not fit, so the 153rd opens a third part.
        check("[".repeat(152), Some(2));
        check("[".repeat(153), Some(3));
        check("ơ".into(), None);
    }

    #[test]
    fn marks_are_taken_off_whether_composed_or_loose() {
        let composed = "Hồ sơ đã được tiếp nhận, lệ phí 12.500đ";
        let loose: String = composed.nfd().collect();
        assert_ne!(composed, loose);
        assert_eq!(plain(composed), "Ho so da duoc tiep nhan, le phi 12.500d");
        assert_eq!(plain(&loose), plain(composed));
        assert_eq!(plain("Khu kinh tế Vân Phong: "), "Khu kinh te Van Phong: ");
        assert_eq!(plain("ỬỮỰ Ỹ Ằ Đ ơ"), "UUU Y A D o");
        assert_eq!(plain("a`b\nc\0d"), "a'b c d");
    }

    proptest! {
        #[test]
        fn plain_text_is_always_of_the_alphabet(text in "\\PC{0,60}|[\\x00-\\x7f]{0,60}") {
            prop_assert!(gsm7_len(&plain(&text)).is_some(), "{:?}", plain(&text));
        }
    }
}
