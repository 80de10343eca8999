//! Tables as CSV that spreadsheets open correctly: UTF-8 with its mark, and no cell that is taken for a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// Marks that separate cells in one spreadsheet or another, whatever separates them in the file: by its settings a
/// Vietnamese spreadsheet takes a semicolon.
const SEPARATORS: [char; 6] = [';', ',', '\t', '|', '\r', '\n'];

/// Puts an apostrophe before a text that a spreadsheet would take for a formula, and before each part of it that would
/// begin a cell of its own.
pub(crate) fn guarded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    for (place, part) in text.split_inclusive(SEPARATORS).enumerate() {
        let begins = part.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
        let again = place == 0 && safe.starts_with('\'');
        if begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && !again {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    safe
}

/// Rows of one length as such a file.
pub(crate) fn encoded(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    for row in rows {
        writer.write_record(row).expect("memory takes every row, and all rows are of one length");
    }
    writer.into_inner().expect("memory takes every byte")
}
