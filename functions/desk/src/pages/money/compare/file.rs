//! A settlement as a gateway's pages give it: CSV with a line of names first. Each gateway names its columns
//! differently, and most let the person who takes the file choose them.

use csv::{ReaderBuilder, StringRecord, Trim};
use rules::gateway::settlement::Line;
use rules::vnd::Vnd;

use super::MOST_BOOKED;
use ::pages::part::amount;

/// The longest text of a field that is kept: no gateway has longer ones.
const LONGEST: usize = 200;

/// Columns of a file, and the character between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The column of the gateway's number of a payment.
    pub transaction: String,
    /// The column of the order's number.
    pub reference: String,
    /// The column of the amount, in whole đồng.
    pub amount: String,
    /// Character between columns.
    pub delimiter: char,
}

impl Default for Columns {
    fn default() -> Self {
        let [transaction, reference, amount] = ["transaction", "reference", "amount_vnd"].map(str::to_owned);
        Self { transaction, reference, amount, delimiter: ',' }
    }
}

/// Reason why a file was not read. Nothing of it is compared then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not CSV, or not UTF-8.
    #[error("line {0}: this is not CSV in UTF-8")]
    NotCsv(u64),
    /// The delimiter is not one byte.
    #[error("the delimiter is one plain character")]
    Delimiter,
    /// A column is not there.
    #[error("there is no column {0}")]
    Column(String),
    /// A line without the gateway's number, or with one that no gateway has.
    #[error("line {0}: the number of the payment is missing or too long")]
    Transaction(u64),
    /// A line's amount is not whole đồng in digits.
    #[error("line {0}: the amount is not whole đồng, such as 125000 or 125.000")]
    Amount(u64),
    /// A row of totals whose sum is another one than that of the lines.
    #[error("line {0}: the total is not the sum of the lines above it")]
    Total(u64),
    /// More lines than are compared at once.
    #[error("the file has more than {MOST_BOOKED} lines")]
    TooLong,
}

impl FileError {
    /// The same in Vietnamese.
    #[must_use]
    pub fn vi(&self) -> String {
        match self {
            Self::NotCsv(line) => format!("Dòng {line}: không phải CSV mã UTF-8."),
            Self::Delimiter => "Dấu phân cách là một ký tự.".into(),
            Self::Column(name) => format!("Không có cột {name}."),
            Self::Transaction(line) => format!("Dòng {line}: thiếu mã giao dịch, hoặc mã quá dài."),
            Self::Amount(line) => format!("Dòng {line}: số tiền phải là số đồng nguyên, như 125000 hoặc 125.000."),
            Self::Total(line) => format!("Dòng {line}: số tổng cộng không bằng tổng các dòng ở trên."),
            Self::TooLong => format!("Tệp có hơn {MOST_BOOKED} dòng."),
        }
    }
}

/// Rows above the one that names the columns: titles, the merchant, the days.
const MOST_TITLES: usize = 20;

/// Reads a file. Rows above the names of the columns are passed over, and so are empty ones. A row of totals ends the
/// list, and its sum must be that of the lines.
///
/// # Errors
/// [`FileError`], the first one found.
pub fn read(file: &[u8], columns: &Columns) -> Result<Vec<Line>, FileError> {
    let delimiter = u8::try_from(columns.delimiter).map_err(|_| FileError::Delimiter)?;
    let mut lines_of = LinesOf { file, at: 0, line: 1 };
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).trim(Trim::All).flexible(true).has_headers(false);
    let mut records = reader.from_reader(file).into_records().map(|record| match record {
        Ok(record) => {
            let number = lines_of.of(record.position().map_or(0, csv::Position::byte));
            Ok((number, record))
        }
        Err(error) => Err(FileError::NotCsv(error.position().map_or(1, |position| lines_of.of(position.byte())))),
    });
    let (places, width) = names(&mut records, columns)?;
    let mut lines = Vec::new();
    for record in records {
        let (number, record) = record?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if is_total(&record, places[0]) {
            return totalled(number, record.get(places[2]), lines);
        }
        if record.len() != width {
            return Err(FileError::NotCsv(number));
        }
        if lines.len() == MOST_BOOKED {
            return Err(FileError::TooLong);
        }
        lines.push(line(number, &record, places)?);
    }
    Ok(lines)
}

/// Finds the row that names the columns: their places in it, and the number of its columns.
fn names(
    records: &mut impl Iterator<Item = Result<(u64, StringRecord), FileError>>,
    columns: &Columns,
) -> Result<([usize; 3], usize), FileError> {
    let mut missing = None;
    for record in records.take(MOST_TITLES) {
        let (_, record) = record?;
        // Spreadsheets put a byte-order mark before the first name.
        let place = |name: &String| {
            let place = record.iter().position(|it| it.trim_start_matches('\u{feff}').trim_matches('"') == name);
            place.ok_or_else(|| FileError::Column(name.clone()))
        };
        match (place(&columns.transaction), place(&columns.reference), place(&columns.amount)) {
            (Ok(transaction), Ok(reference), Ok(amount)) => {
                return Ok(([transaction, reference, amount], record.len()));
            }
            // The row that names most of them tells best what is missing.
            (transaction, reference, amount) => {
                let all = [transaction, reference, amount];
                let known = all.iter().filter(|place| place.is_ok()).count();
                let error = all.into_iter().find_map(Result::err);
                if missing.as_ref().is_none_or(|(most, _)| known > *most) {
                    missing = error.map(|error| (known, error));
                }
            }
        }
    }
    Err(missing.map_or_else(|| FileError::Column(columns.transaction.clone()), |(_, error)| error))
}

/// Whether a row adds up the others: it has a word for that, and no number of a payment.
fn is_total(record: &StringRecord, transaction: usize) -> bool {
    let word = |cell: &str| {
        let cell = cell.to_lowercase();
        ["tổng", "cộng", "total", "sum"].iter().any(|word| cell.starts_with(word))
    };
    let number = record.get(transaction).unwrap_or_default();
    (number.is_empty() || word(number)) && record.iter().any(word)
}

/// Holds the sum of a row of totals against the lines, if its column of amounts has one.
fn totalled(number: u64, sum: Option<&str>, lines: Vec<Line>) -> Result<Vec<Line>, FileError> {
    let Some(sum) = sum.filter(|sum| !sum.is_empty()) else { return Ok(lines) };
    let ours = Vnd::sum(lines.iter().map(|line| line.amount_vnd));
    if amount::read(sum).is_some_and(|sum| Some(sum) == ours) { Ok(lines) } else { Err(FileError::Total(number)) }
}

fn line(number: u64, record: &StringRecord, places: [usize; 3]) -> Result<Line, FileError> {
    let [transaction, reference, written] = places.map(|place| record.get(place).unwrap_or_default());
    if transaction.is_empty() || transaction.len() > LONGEST || reference.len() > LONGEST {
        return Err(FileError::Transaction(number));
    }
    let amount_vnd = amount::read(written).ok_or(FileError::Amount(number))?;
    Ok(Line { transaction: transaction.to_owned(), reference: reference.to_owned(), amount_vnd })
}

/// The lines of a file as an editor counts them: by CR LF, LF or CR. Places are asked for in order.
struct LinesOf<'a> {
    file: &'a [u8],
    at: usize,
    line: u64,
}

impl LinesOf<'_> {
    /// Returns the line of the first character at this place or after it that ends no line.
    fn of(&mut self, place: u64) -> u64 {
        let place = usize::try_from(place).unwrap_or(usize::MAX).min(self.file.len());
        while self.at < self.file.len() && (self.at < place || matches!(self.file[self.at], b'\r' | b'\n')) {
            let after_cr = self.at > 0 && self.file[self.at - 1] == b'\r';
            self.line += match self.file[self.at] {
                b'\r' => 1,
                b'\n' if !after_cr => 1,
                _ => 0,
            };
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Result<Vec<Line>, FileError> {
        read(text.as_bytes(), &Columns::default())
    }

    #[test]
    fn columns_are_found_by_their_names_whatever_their_order() {
        let line =
            Line { transaction: "14422574".into(), reference: "R1".into(), amount_vnd: Vnd::new(125_000).unwrap() };
        let read_plain = plain("\u{feff}amount_vnd,x,reference,transaction\n125000,y,R1, 14422574 \n");
        assert_eq!(read_plain.unwrap(), std::slice::from_ref(&line));
        let [transaction, reference, amount] = ["Mã giao dịch", "Mã đơn", "Số tiền"].map(str::to_owned);
        let columns = Columns { transaction, reference, amount, delimiter: ';' };
        let named = read("Số tiền;Mã đơn;Mã giao dịch\n125000;R1;14422574\n".as_bytes(), &columns);
        assert_eq!(named.unwrap(), [line]);
        assert_eq!(plain("transaction,reference,amount_vnd\n").unwrap(), []);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_with_its_place() {
        let after_one = |line: &str| plain(&format!("transaction,reference,amount_vnd\n1,R,1\n{line}\n")).unwrap_err();
        assert_eq!(plain("transaction,amount_vnd\n1,1\n"), Err(FileError::Column("reference".into())));
        for amount in ["", "1.5", "\"125,00,0\"", "\"1,5\"", "-1", "+1", "1e3", "9007199254740993"] {
            assert_eq!(after_one(&format!("2,R,{amount}")), FileError::Amount(3), "{amount}");
        }
        assert_eq!(after_one(",R,1"), FileError::Transaction(3));
        assert_eq!(after_one(&format!("{},R,1", "9".repeat(LONGEST + 1))), FileError::Transaction(3));
        assert_eq!(after_one("2,R"), FileError::NotCsv(3));
        assert_eq!(
            read(b"transaction,reference,amount_vnd\n\xff,R,1\n", &Columns::default()),
            Err(FileError::NotCsv(2))
        );
        let columns = Columns { delimiter: '→', ..Columns::default() };
        assert_eq!(read(b"", &columns), Err(FileError::Delimiter));
        let many = "1,R,1\n".repeat(MOST_BOOKED + 1);
        assert_eq!(plain(&format!("transaction,reference,amount_vnd\n{many}")), Err(FileError::TooLong));
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        for end in ["\n", "\r\n", "\r"] {
            let file = ["transaction,reference,amount_vnd", "1,R,1", "", "2,R,x"].join(end) + end;
            assert_eq!(plain(&file), Err(FileError::Amount(4)), "{end:?}");
            let file = ["Đối soát", "\"a", "b\",c", "transaction,reference,amount_vnd", "1,R,1", "2,R"].join(end);
            assert_eq!(plain(&file), Err(FileError::NotCsv(6)), "{end:?}");
        }
    }

    #[test]
    fn titles_and_empty_rows_are_passed_over_and_a_total_must_be_right() {
        let file = |total: &str| {
            let head =
                "ĐỐI SOÁT THÁNG 4\nĐơn vị: X,,\n,,\ntransaction,reference,amount_vnd\n1,R1,125.000\n,,\n2,R2,7000\n";
            plain(&format!("{head}{total}"))
        };
        for total in ["", "Tổng cộng,,132.000\n", ",Total,\"132,000\"\nNgười lập\n", "Cộng\n", "TỔNG,2,132000\n"]
        {
            assert_eq!(file(total).map(|lines| lines.len()), Ok(2), "{total}");
        }
        assert_eq!(file("Tổng cộng,,132.001\n"), Err(FileError::Total(8)));
        assert_eq!(file(",,5\n"), Err(FileError::Transaction(8)));
    }
}
