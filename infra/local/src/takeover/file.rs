//! A takeover file: CSV in UTF-8 with or without a byte-order mark, with commas or semicolons.

use std::collections::BTreeMap;
use std::ops::Range;

use rules::takeover::{COLUMNS, Fault, Filled, Row, column};

/// The most lines taken at once.
const MOST_LINES: usize = 200_000;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// Content of a file.
#[derive(Debug)]
pub(super) struct Content {
    text: String,
    header: Range<usize>,
    pub lines: Vec<FileLine>,
}

/// One line that holds something.
#[derive(Debug)]
pub(super) struct FileLine {
    /// Its number in the file, from 1.
    pub number: u64,
    pub row: Result<Row, Fault>,
    place: Range<usize>,
}

/// Reasons why a file cannot be read at all: line, column and fault, a line each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable(pub Vec<(u64, Fault)>);

impl Content {
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let text = text(bytes)?;
        let (text, before, delimiter) = match told(&text) {
            Some((mark, rest)) => (rest.to_owned(), 1, mark),
            None => {
                let mark = delimiter(&text);
                (text, 0, mark)
            }
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(before + error.position().map_or(1, csv::Position::line)))?;
            records.push((begin(&text, &record), record));
        }
        let ends: Vec<usize> = records.iter().skip(1).map(|((start, _), _)| *start).chain([text.len()]).collect();
        let mut records = records.into_iter().zip(ends);
        let Some((((start, head), names), end)) = records.next() else { return Err(whole("is empty")) };
        let mut names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        // A spreadsheet exports columns at the end that once held something.
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        named(before + head, &names)?;
        let header = start..end;
        let filled = records.filter(|((_, record), _)| record.iter().any(|cell| !cell.trim().is_empty()));
        let line = |(((start, number), record), end)| FileLine {
            number: before + number,
            row: row(&names, &record),
            place: start..end,
        };
        let lines: Vec<FileLine> = filled.map(line).collect();
        if lines.len() > MOST_LINES {
            return Err(whole(&format!("has more than {MOST_LINES} lines; divide it")));
        }
        Ok(Self { text, header, lines })
    }

    /// Returns the header and these lines as they are in the file, to be corrected and taken over later.
    pub fn only(&self, lines: &[&FileLine]) -> Vec<u8> {
        let places = std::iter::once(&self.header).chain(lines.iter().map(|line| &line.place));
        let mut only = UTF8_MARK.to_vec();
        for place in places {
            only.extend_from_slice(self.text[place.clone()].trim_end_matches(['\r', '\n']).as_bytes());
            only.extend_from_slice(b"\r\n");
        }
        only
    }
}

/// Returns where a record begins and in which line: the reader leaves the end of a line to the next record.
fn begin(text: &str, record: &csv::StringRecord) -> (usize, u64) {
    let (at, line) = record.position().map_or((0, 1), |at| (usize::try_from(at.byte()).unwrap_or(0), at.line()));
    let rest = text.get(at..).unwrap_or_default();
    let skipped = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    (at + skipped.len(), line + skipped.matches('\n').count() as u64)
}

fn whole(what: &str) -> Unreadable {
    Unreadable(vec![(1, Fault::new("file", what))])
}

fn broken(line: u64) -> Unreadable {
    Unreadable(vec![(line, Fault::new("file", "is not CSV"))])
}

fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    if UTF16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(whole("is UTF-16; save it as CSV UTF-8"));
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().fold(1, |line, byte| line + u64::from(*byte == b'\n'));
            Err(Unreadable(vec![(line, Fault::new("file", "is not UTF-8 here; save it as CSV UTF-8"))]))
        }
    }
}

/// Reads the line `sep=;` before the header, by which a spreadsheet is told the delimiter; returns it and what follows.
fn told(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    let mark = first.get(..4).filter(|name| name.eq_ignore_ascii_case("sep=")).and(first.get(4..))?;
    let [mark @ (b';' | b',' | b'\t')] = mark.as_bytes() else { return None };
    Some((*mark, rest))
}

/// Finds the delimiter in the first line: the names of columns hold neither comma nor semicolon nor tab.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    [';', '\t']
        .into_iter()
        .find(|mark| count(*mark) > count(','))
        .map_or(b',', |mark| if mark == ';' { b';' } else { b'\t' })
}

fn named(line: u64, names: &[String]) -> Result<(), Unreadable> {
    // A file without a head begins with somebody's dossier, of which nothing is repeated.
    if names.iter().all(|name| column(name).is_none()) {
        return Err(Unreadable(vec![(line, Fault::new("file", "has no names of columns in its first line"))]));
    }
    let mut faults = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let shown = if is_name(name) { name.clone() } else { format!("column {}", place + 1) };
        if name.is_empty() {
            faults.push(Fault::new("file", format!("has a column without a name, column {}", place + 1)));
        } else if column(name).is_none() {
            faults.push(Fault::new(shown, "is no column of a takeover file"));
        } else if names[..place].contains(name) {
            faults.push(Fault::new(shown, "stands twice"));
        }
    }
    let needed = COLUMNS.iter().filter(|column| column.filled == Filled::Always);
    let missing = needed.filter(|column| !names.iter().any(|name| name == column.name));
    faults.extend(missing.map(|column| Fault::new(column.name, "is a column that is missing")));
    if faults.is_empty() { Ok(()) } else { Err(Unreadable(faults.into_iter().map(|fault| (line, fault)).collect())) }
}

/// Whether a text looks like a name of a column, and not like what stands under one.
fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_');
    text.len() <= 60 && text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(plain)
}

fn row(names: &[String], record: &csv::StringRecord) -> Result<Row, Fault> {
    let beyond = record.iter().skip(names.len()).any(|cell| !cell.trim().is_empty());
    if record.len() < names.len() || beyond {
        let what = format!("has {} cells, and the first line {}", record.len(), names.len());
        return Err(Fault::new("line", what));
    }
    let cells: BTreeMap<String, String> =
        names.iter().zip(record.iter()).map(|(name, cell)| (name.clone(), cell.to_owned())).collect();
    Ok(Row::new(cells))
}

/// Writes an empty file with every column, and two made-up lines.
pub(super) fn template() -> String {
    let columns: Vec<_> = COLUMNS.iter().filter(|column| column.filled != Filled::Kept).collect();
    let name = |column: &&rules::takeover::Column| {
        if column.repeated { format!("{}.1", column.name) } else { column.name.to_owned() }
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(UTF8_MARK.to_vec());
    let rows = [0, 1].map(|line| columns.iter().map(|column| column.examples[line].to_owned()).collect());
    for cells in std::iter::once(columns.iter().map(name).collect::<Vec<_>>()).chain(rows) {
        writer.write_record(cells).expect("a vector takes every byte");
    }
    let bytes = writer.into_inner().expect("a vector takes every byte");
    String::from_utf8(bytes).expect("texts are UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "MaHoSo,MaTTHC,KenhThucHien,ChuHoSo,NgayNopHoSo,TrangThaiHoSo";

    fn faults(bytes: &[u8]) -> String {
        let Unreadable(faults) = Content::read(bytes).unwrap_err();
        faults.iter().map(|(line, fault)| format!("{line}: {fault}")).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_byte_order_mark_semicolons_and_line_breaks_in_cells_are_understood() {
        let names = NAMES.replace(',', ";");
        let text = format!("\u{feff}{names}\r\nA;1;1;\"Công ty\nMẫu; \"\"B\"\"\";x;1\r\n\r\n;;;;;\r\nB;1;1;C;x;1");
        let content = Content::read(text.as_bytes()).unwrap();
        let numbers: Vec<_> = content.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [2, 6]);
        let first = content.lines[0].row.as_ref().unwrap();
        assert_eq!(first.cell("ChuHoSo"), Some("Công ty\nMẫu; \"B\""));
        let bad = String::from_utf8(content.only(&[&content.lines[0]])).unwrap();
        assert_eq!(bad, format!("\u{feff}{names}\r\nA;1;1;\"Công ty\nMẫu; \"\"B\"\"\";x;1\r\n"));
    }

    #[test]
    fn a_file_in_another_encoding_is_refused_with_its_line() {
        assert_eq!(faults(b"\xff\xfeM\0"), "1: file: is UTF-16; save it as CSV UTF-8");
        let mut bytes = format!("{NAMES}\nA,1,1,").into_bytes();
        bytes.push(0xd0);
        assert_eq!(faults(&bytes), "2: file: is not UTF-8 here; save it as CSV UTF-8");
        assert_eq!(faults(b""), "1: file: is empty");
    }

    #[test]
    fn every_name_that_is_wrong_is_told() {
        let told =
            faults(b"MaHoSo,MaTTHC,MaHoSo,Ngay,NgayBoSung.0,NgayBoSung,NgayBoSung.2,KenhThucHien,TrangThaiHoSo\n");
        insta::assert_snapshot!(told, @"
        1: MaHoSo: stands twice
        1: Ngay: is no column of a takeover file
        1: NgayBoSung.0: is no column of a takeover file
        1: NgayBoSung: is no column of a takeover file
        1: ChuHoSo: is a column that is missing
        1: NgayNopHoSo: is a column that is missing
        ");
    }

    #[test]
    fn a_line_that_tells_the_delimiter_and_columns_without_a_name_at_the_end_are_read() {
        let names = NAMES.replace(',', ";");
        for first in ["sep=;", "SEP=;\r", "\u{feff}sep=;"] {
            let content = Content::read(format!("{first}\n{names};;\nA;1;1;C;x;1;;\n").as_bytes()).unwrap();
            let [line] = &content.lines[..] else { panic!("{first}") };
            assert_eq!((line.number, line.row.as_ref().unwrap().cell("ChuHoSo")), (3, Some("C")), "{first}");
        }
        let tabs = NAMES.replace(',', "\t");
        assert_eq!(Content::read(format!("{tabs}\t\nA\t1\t1\tC\tx\t1\t\n").as_bytes()).unwrap().lines.len(), 1);
        let content = Content::read(format!("{NAMES},\nA,1,1,C,x,1,ghi\n").as_bytes()).unwrap();
        assert_eq!(content.lines[0].row.as_ref().unwrap_err().to_string(), "line: has 7 cells, and the first line 6");
        let between = NAMES.replace("MaTTHC,", "MaTTHC,,");
        assert_eq!(faults(between.as_bytes()), "1: file: has a column without a name, column 3");
        assert_eq!(
            faults(format!("sep=;\n{between}").replace(',', ";").as_bytes()),
            "2: file: has a column without a name, column 3"
        );
    }

    #[test]
    fn nothing_of_a_dossier_is_repeated_where_the_head_is_missing_or_broken() {
        let dossier = "H32-1,1.005129,1,Nghiêm Thị Thử,079090000001,0905000001,02/11/2026";
        let told = faults(format!("{dossier}\n{dossier}\n").as_bytes());
        assert_eq!(told, "1: file: has no names of columns in its first line");
        // A name of a column slipped into the first dossier.
        let told = faults(b"MaHoSo,Nghi\xc3\xaam Th\xe1\xbb\x8b,079090000001,Ho kinh doanh Tu\n");
        assert!(told.contains("column 2: is no column") && told.contains("column 4: is no column"), "{told}");
        assert!(!told.contains("Ngh") && !told.contains("0790") && !told.contains("Tu"), "{told}");
    }

    #[test]
    fn a_line_with_too_few_cells_is_a_fault_of_its_own() {
        let content = Content::read(format!("{NAMES}\nA,1,1\nB,1,1,C,x,1\n").as_bytes()).unwrap();
        let fault = content.lines[0].row.as_ref().unwrap_err();
        assert_eq!(fault.to_string(), "line: has 3 cells, and the first line 6");
        assert!(content.lines[1].row.is_ok());
    }

    #[test]
    fn the_template_reads_back() {
        let content = Content::read(template().as_bytes()).unwrap();
        assert_eq!(content.lines.len(), 2);
        let now = "2020-05-01T00:00:00Z".parse().unwrap();
        for line in &content.lines {
            rules::takeover::read(line.row.as_ref().unwrap(), now).unwrap();
        }
    }
}
