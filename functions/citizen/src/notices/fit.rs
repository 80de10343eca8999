//! The part of a notice that fits on one sheet, and the size of its letters: the largest in which all of it fits, or the smallest that is
//! read from a few steps away, with the text cut.

/// Width of the sheet between its margins, in points, less a little for printers' own fonts.
const WIDTH: usize = 490;
/// Height of the sheet between its margins, in points, less the gaps between its parts, the lines that part them, and the
/// line that says where the whole notice stands.
const HEIGHT: usize = 751 - 57 - 40 - 17;
/// Height of an emblem.
const EMBLEM: usize = 50;
/// Height of the code with its address.
const CODE: usize = 118;
/// Width of a fact beside the code.
const FACT: usize = 280;
/// Sizes of letters, in points, largest first. A text is cut rather than set below [`READABLE`].
const SIZES: [usize; 7] = [26, 22, 19, 17, 15, 12, 10];
/// The smallest size in which a text is read from a few steps away.
const READABLE: usize = 15;

/// Title, effects and text as they are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Size of the title, in points.
    pub title: usize,
    /// Size of effects and text, in points.
    pub size: usize,
    /// The number of effects that fit.
    pub effects: usize,
    /// The paragraphs of the text that fit, the last one perhaps cut.
    pub text: Vec<String>,
    /// Whether something is left off.
    pub is_cut: bool,
}

/// Parts of the sheet around title, effects and text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    /// Whether the agency has an emblem.
    pub has_emblem: bool,
    /// The agency's name, which is set in capitals.
    pub office: &'a str,
    /// How the office is reached.
    pub facts: &'a [&'a str],
    /// The issuer and the legal basis.
    pub foot: &'a str,
}

impl Around<'_> {
    /// Returns the height that is left between them, in points.
    fn room(&self) -> usize {
        let head = lines(&self.office.to_uppercase(), 15, WIDTH) * spaced(15) + spaced(12);
        let emblem = if self.has_emblem { EMBLEM } else { 0 };
        let facts: usize = self.facts.iter().map(|fact| lines(fact, 13, FACT) * spaced(13) + 3).sum();
        // The first fact, the telephone, is larger.
        let reached = CODE.max(facts + 8);
        HEIGHT.saturating_sub(head + emblem + reached + lines(self.foot, 9, WIDTH) * spaced(9))
    }
}

/// Sets a title, effects and a text into what is left of the sheet.
pub(crate) fn fit(around: &Around<'_>, title: &str, effects: &[String], text: &str) -> Fit {
    let letters = title.chars().count();
    let large = [(30, 44), (60, 36)].into_iter().find(|(most, _)| letters <= *most).map_or(28, |(_, size)| size);
    let left = around.room().saturating_sub(lines(title, large, WIDTH) * spaced(large));
    let paragraphs: Vec<&str> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let of_effects = |size: usize| effects.iter().map(|effect| listed(effect, size)).sum::<usize>();
    let of_text = |size: usize| paragraphs.iter().map(|line| set(line, size)).sum::<usize>();
    let whole = |size: &usize| of_effects(*size) + of_text(*size) <= left;
    if let Some(size) = SIZES.into_iter().filter(|size| *size >= READABLE).find(whole) {
        let text = paragraphs.iter().map(|line| (*line).to_owned()).collect();
        return Fit { title: large, size, effects: effects.len(), text, is_cut: false };
    }
    let holds_effects = |size: &usize| *size <= READABLE && of_effects(*size) <= left;
    let size = SIZES.into_iter().find(holds_effects).unwrap_or(SIZES[SIZES.len() - 1]);
    let (mut room, mut fitting) = (left, 0);
    for effect in effects {
        let Some(rest) = room.checked_sub(listed(effect, size)) else { break };
        (room, fitting) = (rest, fitting + 1);
    }
    let text = if fitting == effects.len() { cut(&paragraphs, room, size) } else { Vec::new() };
    let is_cut = fitting < effects.len() || text != paragraphs;
    Fit { title: large, size, effects: fitting, text, is_cut }
}

/// Returns as many paragraphs as there is room for; the last one ends at a word.
fn cut(paragraphs: &[&str], room: usize, size: usize) -> Vec<String> {
    let (mut room, mut text) = (room, Vec::new());
    for paragraph in paragraphs {
        if let Some(rest) = room.checked_sub(set(paragraph, size)) {
            room = rest;
            text.push((*paragraph).to_owned());
            continue;
        }
        let fitting = |part: &str| set(&format!("{part} …"), size) <= room;
        let ends = paragraph.match_indices(' ').map(|(at, _)| &paragraph[..at]);
        let part = ends.take_while(|part| fitting(part)).last();
        text.extend(part.map(|part| format!("{part} …")));
        break;
    }
    text
}

/// The height of an effect in a list, whose mark takes a letter's width from each line.
fn listed(effect: &str, size: usize) -> usize {
    lines(effect, size, WIDTH - size * 11 / 10) * spaced(size) + gap(size)
}

/// The height of a paragraph, whose letters are not bold.
fn set(paragraph: &str, size: usize) -> usize {
    lines(paragraph, size, WIDTH * 107 / 100) * spaced(size) + gap(size)
}

/// The lines that a text takes, word by word. A word longer than a line is broken.
fn lines(text: &str, size: usize, width: usize) -> usize {
    let width = width * 100;
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let mut long = word.chars().map(wide).sum::<usize>() * size;
        let space = if used == 0 { 0 } else { wide(' ') * size };
        if used + space + long <= width {
            used += space + long;
            continue;
        }
        lines += usize::from(used > 0);
        while long > width {
            lines += 1;
            long -= width;
        }
        used = long;
    }
    lines
}

/// The width of a letter in hundredths of its size, in bold letters of Arial and of what has its measures.
fn wide(letter: char) -> usize {
    match letter {
        'i' | 'l' | 'j' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '/' | 'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => {
            31
        }
        '(' | ')' | '-' | 'f' | 't' | 'r' => 38,
        'm' | 'w' | 'M' | 'W' | '…' | '—' | '@' | '%' => 96,
        letter if letter >= '\u{2e80}' => 105,
        letter if letter.is_uppercase() => 76,
        letter if "ơớờởỡợưứừửữự".contains(letter) => 70,
        _ => 60,
    }
}

fn spaced(size: usize) -> usize {
    size * 13 / 10 + 1
}

fn gap(size: usize) -> usize {
    size / 3 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "Biện pháp cấp bách tại Bộ phận Một cửa";

    const AROUND: Around<'_> = Around {
        has_emblem: false,
        office: "Ban Quản lý Khu kinh tế Vân Phong",
        facts: &["0258 000 0000"],
        foot: "UBND tỉnh Khánh Hòa. Căn cứ: Công văn 2964/UBND-KSTT ngày 01/04/2020.",
    };

    fn effects(times: usize) -> Vec<String> {
        vec![
            "Gửi trả kết quả qua bưu điện được miễn cước. Từ 01/04/2020 đến hết 22/04/2020.".to_owned();
            times
        ]
    }

    #[test]
    fn a_short_notice_is_set_large_and_whole() {
        let fit = fit(&AROUND, TITLE, &effects(2), "Một câu.\n\nHai câu.");
        assert_eq!((fit.size, fit.effects, fit.is_cut), (26, 2, false));
        assert_eq!(fit.text, ["Một câu.", "Hai câu."]);
    }

    #[test]
    fn a_long_text_is_cut_at_a_word_and_still_readable() {
        let text = "Từ ngày mai, xin nộp hồ sơ trực tuyến. ".repeat(200);
        let fit = fit(&AROUND, TITLE, &effects(3), &text);
        assert_eq!((fit.size, fit.effects, fit.is_cut), (READABLE, 3, true));
        let shown = fit.text[0].strip_suffix(" …").unwrap();
        assert!(text.starts_with(shown) && shown.len() > 200, "{shown}");
        assert!(text[shown.len()..].starts_with(' '), "at a word");
    }

    #[test]
    fn effects_come_before_the_text_and_are_left_off_one_by_one() {
        let long = effects(12).iter().map(|effect| effect.repeat(3)).collect::<Vec<_>>();
        let fit = fit(&AROUND, &"Đăng ".repeat(24), &long, "Một câu.");
        assert_eq!((fit.size, fit.is_cut, fit.text.is_empty()), (10, true, true));
        assert!((4..12).contains(&fit.effects), "{}", fit.effects);
    }

    #[test]
    fn a_notice_without_effects_and_without_room_is_still_one() {
        assert_eq!(fit(&AROUND, "", &[], "").text, Vec::<String>::new());
        assert!(!fit(&AROUND, "", &[], "").is_cut);
        let word = "M".repeat(8_000);
        assert!(fit(&AROUND, TITLE, &[], &word).text.is_empty(), "a word without an end is left off");
    }

    #[test]
    fn lines_are_counted_word_by_word() {
        assert_eq!(lines("", 10, 100), 1);
        assert_eq!(lines("aaaaa aaaaa", 10, 64), 1, "3.0 + 0.31 + 3.0 times ten");
        assert_eq!(lines("aaaaa aaaaa", 10, 63), 2);
        assert_eq!(lines(&"M".repeat(25), 10, 100), 3, "24 times ten");
    }

    #[test]
    fn whatever_is_long_around_it_leaves_less_room() {
        let long = "Một dòng rất dài, ".repeat(10);
        let room = |around: Around<'_>| around.room();
        let usual = room(AROUND);
        for around in [
            Around { has_emblem: true, ..AROUND },
            Around { office: &long, ..AROUND },
            Around { facts: &["0258 000 0000", &long, &long], ..AROUND },
            Around { foot: &long, ..AROUND },
        ] {
            assert!(room(around) < usual, "{around:?}");
        }
    }
}
