//! Parts of a typed address, each with its place in the text.

use crate::fold::Folded;

/// Words that begin a part by themselves, in two words or one.
const PAIRS: [&str; 4] = ["thị xã", "thị trấn", "thành phố", "đặc khu"];
const WORDS: [&str; 5] = ["phường", "xã", "quận", "huyện", "tỉnh"];
/// Their short forms, which a dot or a number follows.
const SHORT: [&str; 9] = ["p", "f", "x", "q", "h", "t", "tp", "tx", "tt"];
const COUNTRY: [&str; 3] = ["viet nam", "vietnam", "vn"];

/// Words for a kind that cut a piece in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kinds {
    /// With their marks, or in their short forms.
    Marked,
    /// Without marks too: `phuong` may be the beginning of a name.
    Plain,
}

/// Returns the parts with their offsets, the last of them a province if one was typed: between commas, and before each
/// word for a kind of unit. The country and a postal code at the end are left out.
pub(super) fn parts(text: &str, kinds: Kinds) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut from = 0;
    for piece in text.split([',', ';', '\n', '|']) {
        cut(piece, from, kinds, &mut parts);
        from += piece.len() + 1;
    }
    parts.retain(|(_, part)| !Folded::of(part).is_empty());
    while parts.last().is_some_and(|(_, part)| is_country(part)) {
        parts.pop();
    }
    parts
}

fn is_country(part: &str) -> bool {
    let plain = Folded::of(part).plain;
    let postal = matches!(plain.len(), 5 | 6) && plain.bytes().all(|byte| byte.is_ascii_digit());
    postal || COUNTRY.contains(&plain.as_str())
}

/// Cuts a piece before each word for a kind, unless the word before is one: `Huyện Quản Bạ` without marks has two.
fn cut<'a>(piece: &'a str, offset: usize, kinds: Kinds, parts: &mut Vec<(usize, &'a str)>) {
    let at = |word: &str| word.as_ptr().addr() - piece.as_ptr().addr();
    let words: Vec<&str> = piece.split_whitespace().collect();
    let kind = |index: usize| {
        let word = words.get(index)?;
        Some(length(word, words.get(index + 1).copied(), kinds)).filter(|length| *length > 0)
    };
    // `Q1` and `P.Bến` hold the name too, or its beginning.
    let name = |index: usize, length: usize| index + if is_short(words[index], None) { 0 } else { length };
    let (mut begin, mut name_from) = (0, kind(0).map_or(0, |length| name(0, length)));
    for index in 1..words.len() {
        let Some(length) = kind(index).filter(|_| index > name_from) else { continue };
        // A word between a name and another kind is the name's end: `Xã Tứ Quận Huyện Yên Sơn`.
        let before_kind = kind(index + 1).is_some_and(|next| next == 2 || kinds == Kinds::Marked);
        if length == 2 || !before_kind || is_short(words[index], Some("")) {
            parts.push((offset + begin, &piece[begin..at(words[index])]));
            (begin, name_from) = (at(words[index]), name(index, length));
        }
    }
    parts.push((offset + begin, &piece[begin..]));
}

/// Returns the number of words that name a kind here: none, one or two.
fn length(word: &str, next: Option<&str>, kinds: Kinds) -> usize {
    let Some(next) = next else { return usize::from(is_short(word, None)) };
    let same = |typed: &Folded, kind: &str| {
        let kind = Folded::of(kind);
        if kinds == Kinds::Marked { typed.marked == kind.marked } else { typed.agrees(&kind) }
    };
    let (folded, pair) = (Folded::of(word), Folded::of(&format!("{word} {next}")));
    if PAIRS.iter().any(|kind| same(&pair, kind)) {
        2
    } else {
        usize::from(WORDS.iter().any(|kind| same(&folded, kind)) || is_short(word, Some(next)))
    }
}

fn is_short(word: &str, next: Option<&str>) -> bool {
    let lower = word.to_lowercase();
    let letters = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    let dotted = lower
        .split_once('.')
        .is_some_and(|(short, rest)| SHORT.contains(&short) && !(rest.is_empty() && next.is_none()));
    let numbered = letters.len() < lower.len() && matches!(letters, "p" | "q" | "f");
    dotted || numbered || (lower == "tp" && next.is_some()) || lower == "tphcm"
}
