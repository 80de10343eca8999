//! A settlement as a gateway's pages give it: CSV with a line of names first. Each gateway names its columns
//! differently, and most let the person who takes the file choose them.

use csv::{ReaderBuilder, StringRecord, Trim};
use rules::gateway::settlement::Line;
use rules::vnd::Vnd;

use super::MOST_BOOKED;

/// The longest text of a field that is kept: no gateway has longer ones.
const LONGEST: usize = 200;

/// Columns of a file, and the character between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The column of the gateway's number of a payment.
    pub transaction: String,
    /// The column of the order's number.
    pub reference: String,
    /// The column of the amount, whole đồng in plain digits.
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
    #[error("line {0}: the amount is not whole đồng in plain digits")]
    Amount(u64),
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
            Self::Amount(line) => format!("Dòng {line}: số tiền phải là số đồng nguyên, chỉ gồm chữ số."),
            Self::TooLong => format!("Tệp có hơn {MOST_BOOKED} dòng."),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`FileError`], the first one found.
pub fn read(file: &[u8], columns: &Columns) -> Result<Vec<Line>, FileError> {
    let delimiter = u8::try_from(columns.delimiter).map_err(|_| FileError::Delimiter)?;
    let mut reader = ReaderBuilder::new().delimiter(delimiter).trim(Trim::All).from_reader(file);
    let names = reader.headers().map_err(|error| not_csv(&error))?;
    let place = |name: &str| {
        // Spreadsheets put a byte-order mark before the first name.
        let place = names.iter().position(|it| it.trim_start_matches('\u{feff}') == name);
        place.ok_or_else(|| FileError::Column(name.to_owned()))
    };
    let places = [place(&columns.transaction)?, place(&columns.reference)?, place(&columns.amount)?];
    let mut lines = Vec::new();
    for record in reader.into_records() {
        if lines.len() == MOST_BOOKED {
            return Err(FileError::TooLong);
        }
        lines.push(line(&record.map_err(|error| not_csv(&error))?, places)?);
    }
    Ok(lines)
}

fn line(record: &StringRecord, places: [usize; 3]) -> Result<Line, FileError> {
    let number = record.position().map_or(0, csv::Position::line);
    let [transaction, reference, digits] = places.map(|place| record.get(place).unwrap_or_default());
    if transaction.is_empty() || transaction.len() > LONGEST || reference.len() > LONGEST {
        return Err(FileError::Transaction(number));
    }
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let amount_vnd = digits.parse().ok().filter(|_| plain).and_then(|dong| Vnd::new(dong).ok());
    let amount_vnd = amount_vnd.ok_or(FileError::Amount(number))?;
    Ok(Line { transaction: transaction.to_owned(), reference: reference.to_owned(), amount_vnd })
}

fn not_csv(error: &csv::Error) -> FileError {
    FileError::NotCsv(error.position().map_or(1, csv::Position::line))
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
        for amount in ["", "1.5", "\"125,000\"", "-1", "+1", "1e3", "9007199254740993"] {
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
}
