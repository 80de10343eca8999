//! Reading of the two tables that are compiled in. They are made by `derive/derive.py` and held by tests, so a line that
//! cannot be read is left out and found there.

use std::borrow::Cow;

use crate::code::Code;
use crate::kind::{Kind, Level};
use crate::row::{Row, SINCE};

const BEFORE_TEXT: &str = include_str!("../data/before.txt");
const SINCE_TEXT: &str = include_str!("../data/since.txt");
/// The decision on the table of codes, by which every name of 01/07/2025 is there.
const DECISION: &str = "19/2025/QĐ-TTg";
/// Lines of both tables, a little more than there are.
const LINES: usize = 14_200;

/// Returns the rows of both tables, in the order of the files.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::with_capacity(LINES);
    read(BEFORE_TEXT, &mut rows);
    let before = rows.len();
    for row in &mut rows {
        row.until = Some(SINCE);
    }
    read(SINCE_TEXT, &mut rows);
    for row in &mut rows[before..] {
        (row.from, row.by) = (Some(SINCE), Cow::Borrowed(DECISION));
    }
    rows
}

fn read(text: &'static str, rows: &mut Vec<Row>) {
    let (mut province, mut district) = (None, None);
    for line in text.lines() {
        let Some(row) = row(line, province, district) else { continue };
        match row.code.level() {
            Level::Province => (province, district) = (Some(row.code), None),
            Level::District => district = Some(row.code),
            Level::Commune => {}
        }
        rows.push(row);
    }
}

fn row(line: &'static str, province: Option<Code>, district: Option<Code>) -> Option<Row> {
    // Single characters are sought: a longer pattern costs more at a cold start.
    let (named, went) = line.split_once('>').map_or((line, ""), |(named, went)| (named.trim_end(), went.trim_start()));
    let (level, rest) = match named.bytes().next()? {
        b'=' => (Level::Province, &named[1..]),
        b'-' => (Level::District, &named[1..]),
        b'#' => return None,
        _ => (Level::Commune, named),
    };
    let (code, rest) = rest.split_once(' ')?;
    let code = Code::parse(code).ok().filter(|code| code.level() == level)?;
    let (full, formerly) = rest.split_once('|').map_or((rest, ""), |(full, formerly)| (full.trim_end(), formerly));
    let (kind, name) = match level {
        Level::Commune => (letter(full.bytes().next()?)?, full.get(2..)?),
        Level::Province | Level::District => Kind::split(full, level)?,
    };
    let province = if level == Level::Province { code } else { province? };
    let district = district.filter(|_| level == Level::Commune);
    let (name, went) = (Cow::Borrowed(name), Cow::Borrowed(went));
    Some(Row { code, kind, name, formerly, province, district, from: None, until: None, by: Cow::Borrowed(""), went })
}

fn letter(letter: u8) -> Option<Kind> {
    match letter {
        b'x' => Some(Kind::Commune),
        b'p' => Some(Kind::Ward),
        b't' => Some(Kind::Township),
        b'd' => Some(Kind::SpecialZone),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count();
        let rows = rows();
        assert_eq!(rows.len(), lines(BEFORE_TEXT) + lines(SINCE_TEXT));
        assert!(rows.len() < LINES && rows.len() > LINES - 100, "{}", rows.len());
        let gone = rows.iter().filter(|row| row.until.is_some());
        let unled = gone.filter(|row| row.went().next().is_none() && row.code.level() != Level::District);
        assert_eq!(unled.count(), 0);
    }
}
