//! An amount as people and spreadsheets write it.

use rules::vnd::Vnd;

/// Reads an amount as spreadsheets write it: `125000`, `125.000`, `125,000.00`, `125 000 ₫`. Nothing is rounded: what is
/// not a whole number of đồng, or whose groups are not of three digits, is none.
pub(super) fn amount(written: &str) -> Option<Vnd> {
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

#[cfg(test)]
mod tests {
    use super::amount;

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
            assert_eq!(amount(written).map(|amount| amount.dong()), Some(125_000), "{written}");
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
            assert_eq!(amount(written), None, "{written}");
        }
    }
}
