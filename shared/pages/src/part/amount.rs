//! An amount as people and spreadsheets write it.

use maud::Markup;
use rules::language::Both;
use rules::vnd::Vnd;

use super::field::{Field, Line};

/// The sentence about a text that is no amount.
pub const NO_AMOUNT: Both =
    ["Viết số đồng nguyên bằng chữ số, ví dụ 1.250.000.", "Write whole đồng in digits, for example 1.250.000."];

/// Reads an amount as spreadsheets write it: `125000`, `125.000`, `125,000.00`, `125 000 ₫`. Nothing is rounded: what is
/// not a whole number of đồng, or whose groups are not of three digits, is none.
#[must_use]
pub fn read(written: &str) -> Option<Vnd> {
    let written = written.trim();
    let bare = ["₫", "đồng", "VND", "VNĐ", "đ"].iter().find_map(|unit| written.strip_suffix(unit)).unwrap_or(written);
    let text: String = bare.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    // Zeros behind the last comma or point are decimals, unless there are three of them: then they are a group.
    let whole = match text.rsplit_once(['.', ',']) {
        Some((whole, "0" | "00")) => whole,
        Some(_) | None => &text,
    };
    let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let digits: String = match separators.as_slice() {
        [] => whole.to_owned(),
        [first, rest @ ..] if matches!(first, '.' | ',' | ' ') && rest.iter().all(|c| c == first) => {
            let decimal = text.len() > whole.len() && text[whole.len()..].starts_with(*first);
            let mut groups = whole.split(*first);
            let head = groups.next().is_some_and(|head| (1..=3).contains(&head.len()) && !head.starts_with('0'));
            if decimal || !head || !groups.all(|group| group.len() == 3) {
                return None;
            }
            whole.replace(*first, "")
        }
        _ => return None,
    };
    digits.parse().ok().filter(|_| !digits.is_empty() && !digits.starts_with('+')).and_then(|dong| Vnd::new(dong).ok())
}

/// Returns an amount as it is shown in its field: grouped if it can be read, and otherwise as it was typed.
#[must_use]
pub fn shown(typed: &str) -> String {
    read(typed).map_or_else(|| typed.to_owned(), |amount| amount.to_string())
}

/// Writes a field for an amount.
#[must_use]
pub fn field(field: &Field<'_>, name: &str, typed: Option<&str>, focus: bool) -> Markup {
    let value = typed.map(shown);
    let line = Line { name, value: value.as_deref(), keys: "numeric", longest: None, short: true, focus, lang: None };
    field.hinted(field.lang.pick(["đồng, ví dụ 1.250.000", "in đồng, for example 1.250.000"])).line(&line)
}

#[cfg(test)]
mod tests {
    use rules::language::Language;

    use super::*;

    #[test]
    fn amounts_are_read_as_spreadsheets_write_them_and_never_rounded() {
        for written in [
            "125000",
            "125.000",
            "125,000",
            "125,000.00",
            "125.000,00",
            "125 000",
            "125\u{a0}000",
            "125.000 ₫",
            "125000.00",
            "125.000 VND",
        ] {
            assert_eq!(read(written).map(|amount| amount.dong()), Some(125_000), "{written}");
        }
        for written in [
            "125.00.000",
            "12.5",
            "125.0000",
            "125,000.50",
            "1,250.000,00",
            "0.125",
            "125.000.00",
            "(125.000)",
            "125.000 USD",
            "",
            "+1",
            "-1",
        ] {
            assert_eq!(read(written), None, "{written}");
        }
    }

    #[test]
    fn a_field_shows_the_amount_in_groups_and_keeps_what_it_cannot_read() {
        let of =
            |typed| field(&Field::new(Language::Vi, "a", "Số tiền"), "amount_vnd", Some(typed), false).into_string();
        for typed in ["1.250.000 ₫", "1,250,000", "1250000"] {
            assert!(of(typed).contains("value=\"1.250.000 ₫\""), "{typed}: {}", of(typed));
        }
        assert!(of("một trăm").contains("value=\"một trăm\""));
    }
}
