//! The calls of one provider, and what it keeps of them.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::vietnam;
use serde_json::{Value, json};

use super::check::{self, Asked};

/// Time for which a token holds.
const TOKEN: SignedDuration = SignedDuration::from_mins(20);
/// Time after which a late receipt is issued.
const LATE: SignedDuration = SignedDuration::from_secs(60);

/// Secrets by which an office is let in, and its name.
#[derive(Clone, Default)]
pub(super) struct Account {
    pub(super) username: String,
    pub(super) password: String,
    pub(super) tax_code: String,
    pub(super) letters: String,
}

/// A receipt as the provider issued it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// The office's key.
    pub key: String,
    /// Symbol and number: `26TAB12`.
    pub no: String,
    /// The date on it.
    pub on: Date,
    /// The amount.
    pub amount: u64,
    /// The kinds of charge with their amounts.
    pub items: Vec<(String, u64)>,
    /// The number of the one that it replaces.
    pub replaces: Option<String>,
    /// Whether another replaces it.
    pub replaced: bool,
    /// Whether it is cancelled, and why.
    pub cancelled: Option<String>,
}

/// Counts of what a provider was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls of every kind.
    pub calls: u64,
    /// Log-ins among them.
    pub log_ins: u64,
    /// Look-ups by a key.
    pub look_ups: u64,
    /// Calls that it refused by its rules, by code.
    pub refusals: BTreeMap<String, u64>,
}

/// An answer.
pub(super) struct Said {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Said {
    fn done(result: &Value) -> Self {
        Self { status: 200, body: json!({ "errorCode": null, "description": null, "result": result }) }
    }

    pub(super) fn refused(code: &str) -> Self {
        Self { status: 400, body: json!({ "code": 400, "message": code, "data": "Dữ liệu không hợp lệ" }) }
    }
}

#[derive(Default)]
pub(super) struct Service {
    pub(super) account: Account,
    pub(super) invoices: Vec<Invoice>,
    pub(super) tally: Tally,
    tokens: BTreeMap<String, Timestamp>,
    given: u64,
    numbers: BTreeMap<String, u32>,
    later: Vec<(Timestamp, Vec<u8>)>,
}

impl Service {
    pub(super) fn end_tokens(&mut self) {
        self.tokens.clear();
    }

    /// Issues what was to be issued later.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let (due, later) = std::mem::take(&mut self.later).into_iter().partition(|(at, _)| *at <= now);
        self.later = later;
        let due: Vec<(Timestamp, Vec<u8>)> = due;
        for (at, body) in due {
            // As of then, so that a date of the day before stays one.
            let _ = self.create(&body, at - LATE);
        }
    }

    /// Does a call later, if it is one that issues. Of others nothing is done.
    pub(super) fn do_later(&mut self, call: &str, token: &str, body: &[u8], now: Timestamp) {
        self.tally.calls += 1;
        if call.contains("/createInvoice/") && self.knows(token, now) {
            self.later.push((now + LATE, body.to_vec()));
        }
    }

    pub(super) fn answer(&mut self, call: &str, token: &str, body: &[u8], now: Timestamp) -> Said {
        self.tally.calls += 1;
        if call == "auth/login" {
            return self.log_in(body, now);
        }
        if !self.knows(token, now) {
            return Said { status: 401, body: json!({ "message": "UNAUTHORIZED" }) };
        }
        let said = match call.strip_prefix("services/einvoiceapplication/api/InvoiceAPI/") {
            Some(path) if path.strip_prefix("InvoiceWS/createInvoice/") == Some(&self.account.tax_code) => {
                self.create(body, now)
            }
            Some("InvoiceWS/searchInvoiceByTransactionUuid") => self.look_up(body),
            Some("InvoiceWS/cancelTransactionInvoice") => self.cancel(body, now),
            Some("InvoiceUtilsWS/getInvoiceRepresentationFile") => self.file(body),
            _ => Err("NOT_FOUND"),
        };
        said.unwrap_or_else(|code| {
            if code != "NOT_FOUND_DATA" {
                *self.tally.refusals.entry(code.to_owned()).or_default() += 1;
            }
            Said::refused(code)
        })
    }

    fn knows(&self, token: &str, now: Timestamp) -> bool {
        self.tokens.get(token).is_some_and(|until| *until > now)
    }

    fn log_in(&mut self, body: &[u8], now: Timestamp) -> Said {
        self.tally.log_ins += 1;
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let is = |field: &str, own: &str| !own.is_empty() && body.get(field).and_then(Value::as_str) == Some(own);
        if !is("username", &self.account.username) || !is("password", &self.account.password) {
            return Said::refused("BAD_CREDENTIALS");
        }
        self.given += 1;
        let token = format!("token-{:08}", self.given);
        self.tokens.insert(token.clone(), now + TOKEN);
        Said { status: 200, body: json!({ "access_token": token, "token_type": "bearer", "expires_in": 1200 }) }
    }

    fn create(&mut self, body: &[u8], now: Timestamp) -> Result<Said, &'static str> {
        let asked = check::read(body, (&self.account.tax_code, &self.account.letters), now)?;
        if self.invoices.iter().any(|it| it.key == asked.key) {
            return Err("TRANSACTION_UUID_INVALID");
        }
        if let Some(no) = &asked.replaces {
            let original = self.invoices.iter_mut().find(|it| it.no == *no);
            let original = original.filter(|it| it.cancelled.is_none() && !it.replaced);
            original.ok_or("ORIGINAL_INVOICE_INVALID")?.replaced = true;
        }
        let number = self.numbers.entry(asked.series.clone()).or_default();
        *number += 1;
        let no = format!("{}{number}", asked.series);
        let Asked { key, template, on, amount, items, replaces, .. } = asked;
        let reservation = format!("R{:012}", self.invoices.len() + 1);
        self.invoices.push(Invoice {
            key,
            no: no.clone(),
            on,
            amount,
            items,
            replaces,
            replaced: false,
            cancelled: None,
        });
        Ok(Said::done(&json!({
            "supplierTaxCode": self.account.tax_code, "invoiceNo": no, "templateCode": template,
            "reservationCode": reservation, "transactionID": format!("{}", self.invoices.len()), "codeOfTax": null,
        })))
    }

    fn look_up(&mut self, body: &[u8]) -> Result<Said, &'static str> {
        self.tally.look_ups += 1;
        let sent: BTreeMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        if sent.get("supplierTaxCode") != Some(&self.account.tax_code) {
            return Err("SUPPLIER_TAX_CODE_INVALID");
        }
        let key = sent.get("transactionUuid").ok_or("BAD_REQUEST_FIELDS")?;
        let found: Vec<Value> = self.invoices.iter().filter(|it| it.key == *key).map(shown).collect();
        if found.is_empty() { Err("NOT_FOUND_DATA") } else { Ok(Said::done(&json!(found))) }
    }

    fn cancel(&mut self, body: &[u8], now: Timestamp) -> Result<Said, &'static str> {
        let sent: BTreeMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        let of = |field: &str| sent.get(field).map(String::as_str).unwrap_or_default();
        let on = of("strIssueDate").parse().ok().and_then(|at| Timestamp::from_millisecond(at).ok()).map(vietnam::day);
        if of("supplierTaxCode") != self.account.tax_code
            || of("templateCode") != "EBL01"
            || of("reasonDelete").is_empty()
        {
            return Err("BAD_REQUEST_FIELDS");
        }
        let today = vietnam::day(now);
        let Some(invoice) = self.invoices.iter_mut().find(|it| it.no == of("invoiceNo")) else {
            return Err("NOT_FOUND_DATA");
        };
        if on != Some(invoice.on) || invoice.on > today {
            return Err("INVOICE_ISSUED_DATE_INVALID");
        }
        if invoice.cancelled.is_some() || invoice.replaced {
            return Err("INVOICE_STATUS_INVALID");
        }
        invoice.cancelled = Some(of("reasonDelete").to_owned());
        Ok(Said::done(&Value::Null))
    }

    fn file(&mut self, body: &[u8]) -> Result<Said, &'static str> {
        let body: Value = serde_json::from_slice(body).map_err(|_| "JSON_PARSE_ERROR")?;
        let of = |field: &str| body.get(field).and_then(Value::as_str).unwrap_or_default();
        let invoice = self.invoices.iter().find(|it| it.no == of("invoiceNo")).ok_or("NOT_FOUND_DATA")?;
        let content = match of("fileType") {
            "PDF" => format!("%PDF-1.4\n% {} {}\n", invoice.no, invoice.amount),
            "ZIP" => format!("PK\u{3}\u{4}{} {}", invoice.no, invoice.amount),
            _ => return Err("FILE_TYPE_INVALID"),
        };
        let (name, bytes) =
            (format!("{}.{}", invoice.no, of("fileType").to_lowercase()), BASE64.encode(content.as_bytes()));
        Ok(Said { status: 200, body: json!({ "errorCode": null, "fileName": name, "fileToBytes": bytes }) })
    }
}

fn shown(invoice: &Invoice) -> Value {
    let on = vietnam::instant(invoice.on.into()).map_or(0, Timestamp::as_millisecond);
    let status = if invoice.cancelled.is_some() { "Đã hủy" } else { "Đã phát hành" };
    json!({ "invoiceNo": invoice.no, "issueDate": on, "reservationCode": "R1", "status": status })
}
