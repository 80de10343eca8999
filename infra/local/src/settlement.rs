//! `cargo run -- reconcile`: a gateway's settlement file against what the office recorded.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use motcua::gateway::settlement::{Differences, Line};
use motcua::vnd::Vnd;
use serde_json::Value;

use crate::senders::{Courier, Letter};

/// Which file, and how it is read.
#[derive(Debug, clap::Args)]
pub struct Settlement {
    /// The file: CSV with a line of names first.
    file: PathBuf,
    /// The channel it settles.
    #[arg(long)]
    channel: String,
    /// The column of the gateway's number of a payment.
    #[arg(long, default_value = "transaction")]
    transaction: String,
    /// The column of the order's number.
    #[arg(long, default_value = "reference")]
    reference: String,
    /// The column of the amount, whole đồng in plain digits.
    #[arg(long, default_value = "amount_vnd")]
    amount: String,
    /// What stands between columns.
    #[arg(long, default_value = ",")]
    delimiter: char,
    /// The first day it settles; without it, ours of any day are compared.
    #[arg(long)]
    from: Option<Date>,
    /// The last day it settles.
    #[arg(long)]
    until: Option<Date>,
    /// The server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    to: String,
}

/// Why nothing was compared.
#[derive(Debug, thiserror::Error)]
pub enum SettlementError {
    /// The file cannot be read.
    #[error("{file}: {1}", file = .0.display())]
    File(PathBuf, csv::Error),
    /// The delimiter is not one byte.
    #[error("the delimiter is one plain character")]
    Delimiter,
    /// A column is not there.
    #[error("there is no column {0}")]
    Column(String),
    /// A line's amount is none.
    #[error("line {0}: the amount is not whole đồng in plain digits")]
    Amount(u64),
    /// The server.
    #[error("the server at {0} does not answer: {1}")]
    Server(String, reqwest::Error),
    /// The server declined.
    #[error("the server answered {0}: {1}")]
    Declined(u16, String),
}

/// Reads the file, lets the server compare, and tells the differences.
///
/// # Errors
/// [`SettlementError`].
pub async fn run(settlement: &Settlement) -> Result<String, SettlementError> {
    let lines = read(settlement)?;
    let failed = |error| SettlementError::Server(settlement.to.clone(), error);
    let body = serde_json::json!({ "lines": lines, "from": settlement.from, "until": settlement.until });
    let letter = Letter {
        method: http::Method::POST,
        target: format!("/local/settlement/{}", settlement.channel),
        headers: vec![("content-type", "application/json".to_owned())],
        body: body.to_string(),
    };
    let reply = Courier::to(&settlement.to).map_err(failed)?.send(&letter).await.map_err(failed)?;
    match serde_json::from_str::<Value>(&reply.body).ok().and_then(|told| serde_json::from_value(told).ok()) {
        Some(differences) if reply.status == 200 => Ok(told(&differences)),
        _ => Err(SettlementError::Declined(reply.status, reply.body)),
    }
}

fn read(settlement: &Settlement) -> Result<Vec<Line>, SettlementError> {
    let failed = |error| SettlementError::File(settlement.file.clone(), error);
    let delimiter = u8::try_from(settlement.delimiter).map_err(|_| SettlementError::Delimiter)?;
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).trim(csv::Trim::All);
    let mut reader = reader.from_path(Path::new(&settlement.file)).map_err(failed)?;
    let names = reader.headers().map_err(failed)?.clone();
    let column = |name: &String| {
        // Spreadsheets put a byte-order mark before the first name.
        let place = names.iter().position(|it| it.trim_start_matches('\u{feff}') == name);
        place.ok_or_else(|| SettlementError::Column(name.clone()))
    };
    let (transaction, reference) = (column(&settlement.transaction)?, column(&settlement.reference)?);
    let amount = column(&settlement.amount)?;
    let mut lines = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(failed)?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |place: usize| record.get(place).unwrap_or_default().to_owned();
        let digits = field(amount);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let amount_vnd = digits.parse().ok().filter(|_| plain).and_then(|dong| Vnd::new(dong).ok());
        let amount_vnd = amount_vnd.ok_or(SettlementError::Amount(line))?;
        lines.push(Line { transaction: field(transaction), reference: field(reference), amount_vnd });
    }
    Ok(lines)
}

fn told(differences: &Differences) -> String {
    let Differences { agreed, not_ours, not_settled, amounts, repeated } = differences;
    let mut text = format!("{agreed} agree\n");
    let list = |text: &mut String, title: &str, lines: &[Line]| {
        let _ = writeln!(text, "{} {title}", lines.len());
        for Line { transaction, reference, amount_vnd } in lines {
            let _ = writeln!(text, "  {transaction}  {reference}  {amount_vnd}");
        }
    };
    list(&mut text, "in the file and not in ours", not_ours);
    list(&mut text, "in ours and not in the file", not_settled);
    list(&mut text, "more than once in the file", repeated);
    let _ = write!(text, "{} with another amount", amounts.len());
    for (line, ours) in amounts {
        let _ = write!(
            text,
            "\n  {}  {}  {} in the file, {ours} in ours",
            line.transaction, line.reference, line.amount_vnd
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settlement(text: &str) -> (tempfile::NamedTempFile, Settlement) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let settlement = Settlement {
            file: file.path().to_owned(),
            channel: "vnpay-demo".into(),
            transaction: "transaction".into(),
            reference: "reference".into(),
            amount: "amount_vnd".into(),
            delimiter: ',',
            from: None,
            until: None,
            to: String::new(),
        };
        (file, settlement)
    }

    #[test]
    fn columns_are_found_by_their_names_whatever_their_order() {
        let (_file, it) = settlement("\u{feff}amount_vnd,x,reference,transaction\n125000,y,R1, 14422574 \n");
        let line =
            Line { transaction: "14422574".into(), reference: "R1".into(), amount_vnd: Vnd::new(125_000).unwrap() };
        assert_eq!(read(&it).unwrap(), [line]);
    }

    #[test]
    fn a_missing_column_or_a_strange_amount_is_told_with_its_place() {
        let (_file, it) = settlement("transaction,amount_vnd\n1,1\n");
        assert!(matches!(read(&it), Err(SettlementError::Column(name)) if name == "reference"));
        for amount in ["", "1.5", "125,000", "-1", "+1", "1e3"] {
            let (_file, it) = settlement(&format!("transaction,reference,amount_vnd\n1,R,1\n2,R,\"{amount}\"\n"));
            assert!(matches!(read(&it), Err(SettlementError::Amount(3))), "{amount}");
        }
    }
}
