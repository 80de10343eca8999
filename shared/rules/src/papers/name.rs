//! The name of a file: as its owner wrote it, without anything that would deceive.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::kind::ScanKind;
use crate::attachment::turns_direction;
use crate::limits::LONGEST_FILE_NAME;

/// The characters to be encoded: all but those that RFC 5987 allows as they are in a parameter.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns a name on one line, composed, without unseen characters and turns of direction; `None` if nothing is left.
#[must_use]
pub fn tidy(written: &str) -> Option<String> {
    let seen = |c: &char| !turns_direction(*c) && !is_unseen(*c);
    let composed: String = written.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(seen).collect();
    let tidied = composed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!tidied.is_empty()).then_some(tidied)
}

/// Returns the name of a file as a browser gives it, without its folders and cut to [`LONGEST_FILE_NAME`]; `None` if it
/// gives none.
#[must_use]
pub fn of_file(told: &str) -> Option<String> {
    let last = told.rsplit(['/', '\\']).next().unwrap_or_default();
    tidy(last).map(|name| name.chars().take(LONGEST_FILE_NAME).collect())
}

/// Writes `Content-Disposition` of a file that is shown, under a name with the ending of its kind; one of another kind is
/// saved.
#[must_use]
pub fn disposition(name: &str, kind: ScanKind) -> String {
    let name = with_ending(name, kind);
    let how = if kind == ScanKind::Other { "attachment" } else { "inline" };
    format!("{how}; filename*=UTF-8''{}", utf8_percent_encode(&name, ENCODED))
}

/// Gives the name an ending that fits the kind of the file, so that it opens as that once it is saved.
fn with_ending(name: &str, kind: ScanKind) -> String {
    let ends = |ending: &str| {
        let (stem, end) = name.split_at_checked(name.len().saturating_sub(ending.len())).unwrap_or((name, ""));
        !stem.is_empty() && end.eq_ignore_ascii_case(ending)
    };
    if kind.endings().iter().any(|ending| ends(ending)) {
        return name.to_owned();
    }
    let Some(usual) = kind.endings().first() else { return name.to_owned() };
    let foreign = ScanKind::ALL.iter().flat_map(|kind| kind.endings()).find(|ending| ends(ending));
    let stem = &name[..name.len() - foreign.map_or(0, |ending| ending.len())];
    format!("{stem}{usual}")
}

/// Whether a character is a control character, or one without width that a name does not need.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_written_less_what_would_deceive() {
        for (written, shown) in [
            ("Bản vẽ 12/GP.pdf", Some("Bản vẽ 12/GP.pdf")),
            ("  Bản\tvẽ \r\n số 2 ", Some("Bản vẽ số 2")),
            ("\u{202e}fdp.exe", Some("fdp.exe")),
            ("a\u{0}b\u{200b}c\u{feff}", Some("abc")),
            ("Ba\u{309}n ve\u{303}", Some("Bản vẽ")),
            ("\u{202e}\u{2066}\u{200b} ", None),
            ("", None),
        ] {
            assert_eq!(tidy(written).as_deref(), shown, "{written:?}");
        }
    }

    #[test]
    fn of_a_file_s_name_the_folders_are_left_out() {
        for (told, name) in [
            ("C:\\fakepath\\đơn.pdf", Some("đơn.pdf")),
            ("/home/x/đơn.pdf", Some("đơn.pdf")),
            ("../../đơn.pdf", Some("đơn.pdf")),
            ("đơn/", None),
        ] {
            assert_eq!(of_file(told).as_deref(), name, "{told}");
        }
        assert_eq!(of_file(&"ệ".repeat(300)).unwrap().chars().count(), LONGEST_FILE_NAME);
    }

    #[test]
    fn a_saved_file_ends_as_what_it_is() {
        for (name, kind, ends) in [
            ("don.pdf", ScanKind::Pdf, "don.pdf"),
            ("DON.PDF", ScanKind::Pdf, "DON.PDF"),
            ("anh.jpeg", ScanKind::Jpeg, "anh.jpeg"),
            ("don.pdf", ScanKind::Png, "don.png"),
            ("don.exe", ScanKind::Pdf, "don.exe.pdf"),
            (".pdf", ScanKind::Pdf, ".pdf.pdf"),
            ("ệ", ScanKind::Jpeg, "ệ.jpg"),
            ("Bản vẽ", ScanKind::Png, "Bản vẽ.png"),
            ("bang tinh.xlsx", ScanKind::Other, "bang tinh.xlsx"),
        ] {
            assert_eq!(with_ending(name, kind), ends, "{name}");
        }
    }

    #[test]
    fn nothing_in_a_name_leaves_its_header() {
        let header = disposition("đơn\"; x=\r\n'1'.pdf", ScanKind::Pdf);
        assert_eq!(header, "inline; filename*=UTF-8''%C4%91%C6%A1n%22%3B%20x%3D%0D%0A%271%27.pdf");
    }
}
