//! Telephone numbers as people write and read them: 0912 345 678.

use maud::Markup;
use rules::phone::Phone;

use super::field::{Field, Line};

/// Returns a number in groups, if it is one; any other text as it is.
#[must_use]
pub fn shown(typed: &str) -> String {
    let Ok(phone) = Phone::parse(typed) else { return typed.to_owned() };
    let national = format!("0{}", phone.expose().trim_start_matches("+84"));
    // A mobile number has ten digits, a landline eleven.
    let (head, rest) = national.split_at(national.len() - if national.len() > 10 { 7 } else { 6 });
    let (middle, last) = rest.split_at(rest.len() - 3);
    format!("{head} {middle} {last}")
}

/// Writes a field for a number.
#[must_use]
pub fn field(field: &Field<'_>, line: &Line<'_>) -> Markup {
    let value = line.value.map(shown);
    let line = Line { value: value.as_deref(), keys: "tel", short: true, ..*line };
    field.hinted(field.lang.pick(["ví dụ 0912 345 678", "for example 0912 345 678"])).line(&line)
}

#[cfg(test)]
mod tests {
    use rules::language::Language;

    use super::*;

    #[test]
    fn a_number_is_shown_in_groups_however_it_was_written() {
        for written in ["0912345678", "+84912345678", "0912.345.678", "84 912 345 678"] {
            assert_eq!(shown(written), "0912 345 678", "{written}");
        }
        assert_eq!(shown("02583822222"), "0258 3822 222");
        for other in ["12345", "0905000001/0905000002", "không có", ""] {
            assert_eq!(shown(other), other);
        }
    }

    #[test]
    fn its_field_asks_a_telephone_for_its_keys() {
        let line = Line { name: "phone", value: Some("+84912345678"), ..Line::default() };
        let written = field(&Field::new(Language::Vi, "phone", "Số điện thoại"), &line).into_string();
        assert!(written.contains("type=\"tel\"") && written.contains("value=\"0912 345 678\""), "{written}");
    }
}
