//! What of a notice fits on one sheet, and in what size of letters: the largest in which all of it fits, or the smallest that is
//! read from a few steps away, with the text cut.

/// Width of the sheet between its margins, in points.
const WIDTH: usize = 510;
/// Height for title, effects and text, in points: the sheet less its head and its foot.
const HEIGHT: usize = 470;
/// Sizes of letters, in points, largest first. A text is cut rather than set below [`READABLE`].
const SIZES: [usize; 5] = [22, 18, 15, 12, 10];
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

/// Sets a title, effects of so many characters each, and a text.
pub(crate) fn fit(title: &str, effects: &[usize], text: &str) -> Fit {
    let letters = title.chars().count();
    let title = [(30, 44), (60, 36)].into_iter().find(|(most, _)| letters <= *most).map_or(28, |(_, size)| size);
    let left = HEIGHT.saturating_sub(lines(letters, title) * spaced(title));
    let paragraphs: Vec<&str> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    let of_effects = |size: usize| effects.iter().map(|letters| listed(*letters, size)).sum::<usize>();
    let of_text = |size: usize| paragraphs.iter().map(|line| set(line, size)).sum::<usize>();
    let whole = |size: &usize| of_effects(*size) + of_text(*size) <= left;
    if let Some(size) = SIZES.into_iter().filter(|size| *size >= READABLE).find(whole) {
        let text = paragraphs.iter().map(|line| (*line).to_owned()).collect();
        return Fit { title, size, effects: effects.len(), text, is_cut: false };
    }
    let holds_effects = |size: &usize| *size <= READABLE && of_effects(*size) <= left;
    let size = SIZES.into_iter().find(holds_effects).unwrap_or(SIZES[SIZES.len() - 1]);
    let (mut room, mut fitting) = (left, 0);
    for letters in effects {
        let Some(rest) = room.checked_sub(listed(*letters, size)) else { break };
        (room, fitting) = (rest, fitting + 1);
    }
    let text = if fitting == effects.len() { cut(&paragraphs, room, size) } else { Vec::new() };
    let is_cut =
        fitting < effects.len() || text.len() < paragraphs.len() || text.last().is_some_and(|it| it.ends_with('…'));
    Fit { title, size, effects: fitting, text, is_cut }
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
        // The last line is left for the mark of the cut.
        let letters = (room.saturating_sub(gap(size)) / spaced(size)).saturating_sub(1) * across(size);
        let mut part = String::new();
        for word in paragraph.split_whitespace() {
            if part.chars().count() + 1 + word.chars().count() > letters {
                break;
            }
            part.push_str(if part.is_empty() { "" } else { " " });
            part.push_str(word);
        }
        if !part.is_empty() {
            text.push(format!("{part} …"));
        }
        break;
    }
    text
}

/// The height of an effect in a list.
fn listed(letters: usize, size: usize) -> usize {
    // The mark of the list takes the width of two letters from each line.
    lines(letters + letters / 20 + 2, size) * spaced(size) + gap(size)
}

/// The height of a paragraph.
fn set(paragraph: &str, size: usize) -> usize {
    lines(paragraph.chars().count(), size) * spaced(size) + gap(size)
}

/// The lines of so many letters: a tenth of a line stays empty, because words are not broken.
fn lines(letters: usize, size: usize) -> usize {
    (letters + letters / 10).div_ceil(across(size)).max(1)
}

/// The letters of a line: one is somewhat wider than half its height.
fn across(size: usize) -> usize {
    WIDTH * 100 / (size * 54)
}

fn spaced(size: usize) -> usize {
    size * 13 / 10
}

fn gap(size: usize) -> usize {
    size / 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "Biện pháp cấp bách tại Bộ phận Một cửa";

    #[test]
    fn a_short_notice_is_set_large_and_whole() {
        let fit = fit(TITLE, &[90, 80, 70], "Một câu.\n\nHai câu.");
        assert_eq!((fit.size, fit.effects, fit.is_cut), (22, 3, false));
        assert_eq!(fit.text, ["Một câu.", "Hai câu."]);
    }

    #[test]
    fn a_long_text_is_cut_at_a_word_and_still_readable() {
        let text = "Từ ngày mai, xin nộp hồ sơ trực tuyến. ".repeat(200);
        let fit = fit(TITLE, &[90, 80, 70], &text);
        assert_eq!((fit.size, fit.effects, fit.is_cut), (READABLE, 3, true));
        let shown = fit.text[0].strip_suffix(" …").unwrap();
        assert!(text.starts_with(shown) && shown.len() > 300, "{shown}");
        assert!(text[shown.len()..].starts_with(' '), "at a word");
    }

    #[test]
    fn effects_come_before_the_text_and_are_left_off_one_by_one() {
        let fit = fit(&"Đ".repeat(120), &[220; 12], "Một câu.");
        assert_eq!((fit.size, fit.is_cut, fit.text.is_empty()), (10, true, true));
        assert!((6..12).contains(&fit.effects), "{}", fit.effects);
    }

    #[test]
    fn a_notice_without_effects_and_without_room_is_still_one() {
        assert_eq!(fit("", &[], "").text, Vec::<String>::new());
        assert!(!fit("", &[], "").is_cut);
    }
}
