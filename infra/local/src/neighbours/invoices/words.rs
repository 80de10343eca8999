//! Amounts in Vietnamese words, as this provider reads them back: each word has a value, and the units multiply.

/// Returns the amount that words say; `None` if a word is none of a number, or if the beginning or the end is another.
pub(super) fn amount(text: &str) -> Option<u64> {
    let rest = text.strip_suffix(" đồng")?;
    let first = rest.chars().next()?;
    if !first.is_uppercase() {
        return None;
    }
    let rest = rest.to_lowercase();
    let (mut billions, mut sum, mut group) = (0_u64, 0_u64, 0_u64);
    for word in rest.split(' ') {
        match word {
            "linh" | "lẻ" => {}
            "mười" => group += 10,
            // The digit before it is of tens.
            "mươi" => group = group - group % 10 + (group % 10) * 10,
            "trăm" => group *= 100,
            "nghìn" => (sum, group) = (sum + group * 1_000, 0),
            "triệu" => (sum, group) = (sum + group * 1_000_000, 0),
            "tỷ" => (billions, sum, group) = (sum + group, 0, 0),
            digit => group += value(digit)?,
        }
    }
    Some(billions * 1_000_000_000 + sum + group)
}

fn value(digit: &str) -> Option<u64> {
    Some(match digit {
        "không" => 0,
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" => 5,
        "sáu" => 6,
        "bảy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn words_are_read_as_a_number_and_others_are_none() {
        assert_eq!(amount("Một triệu không trăm linh năm nghìn đồng"), Some(1_005_000));
        assert_eq!(amount("Một trăm hai mươi tư đồng"), Some(124));
        assert_eq!(amount("Một nghìn tỷ đồng"), Some(1_000_000_000_000));
        for odd in ["một đồng", "Một", "One đồng", ""] {
            assert_eq!(amount(odd), None, "{odd}");
        }
    }
}
