//! Amounts in Vietnamese words, as a receipt has them beside the figures (NĐ 254/2026 art. 23(2)).
//!
//! Of two ways that Vietnamese has, that of the schoolbooks of the Ministry of Education is taken: *linh* and not *lẻ* (một trăm
//! linh hai), *nghìn* and not *ngàn*, *tỷ*; *mốt*, *tư* and *lăm* after *mươi* (hai mươi mốt, hai mươi tư, hai mươi lăm), *lăm*
//! after *mười*. After a larger group each group has its hundreds, *không trăm* too (một triệu không trăm linh năm nghìn), so
//! that nothing can be put in between. A group of three zeros is not said.

use crate::vnd::Vnd;

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const THOUSAND: u64 = 1_000;
const MILLION: u64 = 1_000_000;
const BILLION: u64 = 1_000_000_000;

/// Writes an amount in words, with a capital and the currency: `Một trăm nghìn đồng`.
#[must_use]
pub fn in_words(amount: Vnd) -> String {
    let mut words = Vec::new();
    match amount.dong() {
        0 => words.push(DIGITS[0]),
        dong => say(dong, false, &mut words),
    }
    words.push("đồng");
    let text = words.join(" ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Says a number above zero; `inner` if a larger group is before it.
fn say(number: u64, inner: bool, words: &mut Vec<&'static str>) {
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        // A thousand billions are `một nghìn tỷ`, however many there are.
        say(billions, inner, words);
        words.push("tỷ");
    }
    let groups = [(rest / MILLION, Some("triệu")), (rest % MILLION / THOUSAND, Some("nghìn")), (rest % THOUSAND, None)];
    let mut inner = inner || billions > 0;
    for (group, unit) in groups {
        if group == 0 {
            continue;
        }
        say_group(group, inner, words);
        words.extend(unit);
        inner = true;
    }
}

/// Says 1 to 999.
fn say_group(group: u64, inner: bool, words: &mut Vec<&'static str>) {
    let [hundreds, tens, ones] = [group / 100, group / 10 % 10, group % 10];
    if hundreds > 0 || inner {
        words.extend([digit(hundreds), "trăm"]);
    }
    match (tens, ones) {
        (0, 0) => return,
        (0, _) if hundreds > 0 || inner => words.push("linh"),
        (0, _) => {}
        (1, _) => words.push("mười"),
        (_, _) => words.extend([digit(tens), "mươi"]),
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        (_, _) => words.push(digit(ones)),
    }
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value).ok().and_then(|value| DIGITS.get(value)).copied().unwrap_or(DIGITS[0])
}
