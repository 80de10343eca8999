//! `cargo run -- reconcile`: a gateway's settlement file against what the office recorded.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use desk::settlement::{Columns, FileError, read};
use jiff::civil::Date;
use rules::gateway::settlement::{Differences, Line};
use serde_json::Value;

use crate::folder::plain;
use crate::senders::{Courier, Letter, Unanswered};

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

/// Reason why nothing was compared.
#[derive(Debug, thiserror::Error)]
pub enum SettlementError {
    /// The file cannot be read.
    #[error("{file} {what}", file = .0.display(), what = plain(.1))]
    File(PathBuf, io::Error),
    /// The content of the file is wrong.
    #[error("{file}: {1}", file = .0.display())]
    Content(PathBuf, FileError),
    /// The server.
    #[error("{0}")]
    Server(#[from] Unanswered),
    /// The server declined.
    #[error("the server answered {0}: {1}")]
    Declined(u16, String),
}

/// Reads the file, lets the server compare, and returns the differences.
///
/// # Errors
/// [`SettlementError`].
pub async fn run(settlement: &Settlement) -> Result<String, SettlementError> {
    let Settlement { file, channel, transaction, reference, amount, delimiter, from, until, to } = settlement;
    let content = std::fs::read(file).map_err(|error| SettlementError::File(file.clone(), error))?;
    let [transaction, reference, amount] = [transaction, reference, amount].map(String::clone);
    let columns = Columns { transaction, reference, amount, delimiter: *delimiter };
    let lines = read(&content, &columns).map_err(|error| SettlementError::Content(file.clone(), error))?;
    let body = serde_json::json!({ "lines": lines, "from": from, "until": until });
    let letter = Letter {
        method: http::Method::POST,
        target: format!("/local/settlement/{channel}"),
        headers: vec![("content-type", "application/json".to_owned())],
        body: body.to_string(),
    };
    let reply = Courier::to(to)?.send(&letter).await?;
    match serde_json::from_str::<Value>(&reply.body).ok().and_then(|told| serde_json::from_value(told).ok()) {
        Some(differences) if reply.status == 200 => Ok(told(&differences)),
        _ => Err(SettlementError::Declined(reply.status, reply.body)),
    }
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
