//! Calls of Viettel S-Invoice. README tells how sure each field is.

use std::time::Duration;

use form_urlencoded::Serializer;
use http::Method;
use jiff::Timestamp;
use rules::config::ReceiptProvider;
use rules::dossier::CASH;
use rules::gateway::Call;
use rules::receipt::{Content, Issued, ReceiptNo};
use rules::vietnam;
use serde_json::{Map, Value, json};

/// The longest time that a call may take.
const LIMIT: Duration = Duration::from_secs(20);
/// The beginning of the paths of all calls but the log-in.
const SERVICES: &str = "/services/einvoiceapplication/api/InvoiceAPI";
/// The name that stands for the payer: a receipt need not name one, and nobody's name leaves the office.
const PAYER: &str = "Người nộp phí, lệ phí";

/// The receipt that another replaces, with the person's reason.
pub(crate) struct Replaced<'a> {
    pub(crate) issued: &'a Issued,
    pub(crate) because: &'a str,
}

/// Asks for a token.
pub(crate) fn log_in(to: &ReceiptProvider, username: &str, password: &str) -> Call {
    call(to, "/auth/login", None, json(&json!({ "username": username, "password": password })), true)
}

/// Has a receipt issued. The same call again might issue a second one, so it is never repeated by itself.
pub(crate) fn create(
    to: &ReceiptProvider,
    token: &str,
    (key, channel): (&str, &str),
    content: &Content,
    replaced: Option<&Replaced<'_>>,
    now: Timestamp,
) -> Call {
    let mut general = Map::new();
    let mut put = |field: &str, value: Value| general.insert(field.to_owned(), value);
    put("transactionUuid", json!(key));
    put("invoiceType", json!(content.form.to_string()));
    put("templateCode", json!(content.form.to_string()));
    put("invoiceSeries", json!(content.symbol.to_string()));
    put("invoiceIssuedDate", json!(now.as_millisecond()));
    put("currencyCode", json!("VND"));
    put("paymentStatus", json!(true));
    put("cusGetInvoiceRight", json!(true));
    put("adjustmentType", json!(if replaced.is_some() { "3" } else { "1" }));
    if let Some(Replaced { issued, because }) = replaced {
        put("originalInvoiceId", json!(number(&issued.no)));
        put("originalInvoiceIssueDate", json!(milliseconds(issued)));
        put("originalTemplateCode", json!(issued.no.form.to_string()));
        put("additionalReferenceDesc", json!(because));
        put("additionalReferenceDate", json!(now.as_millisecond()));
    }
    let item = |(place, charge): (usize, &rules::receipt::Charge)| {
        let amount = charge.amount_vnd.dong();
        json!({
            "lineNumber": place + 1, "selection": 1, "itemName": charge.name, "unitName": "Lần", "quantity": 1,
            "unitPrice": amount, "itemTotalAmountWithoutTax": amount, "taxPercentage": -2, "taxAmount": 0,
        })
    };
    let items: Vec<Value> = content.charges.iter().enumerate().map(item).collect();
    let (amount, words) = (content.amount_vnd.dong(), content.words());
    let body = json!({
        "generalInvoiceInfo": general,
        "sellerInfo": { "sellerLegalName": content.payee, "sellerTaxCode": content.tax_code },
        "buyerInfo": { "buyerName": PAYER, "buyerNotGetInvoice": 1 },
        "payments": [{ "paymentMethodName": if channel == CASH { "TM" } else { "CK" } }],
        "itemInfo": items,
        "summarizeInfo": {
            "totalAmountWithoutTax": amount, "totalTaxAmount": 0, "totalAmountWithTax": amount,
            "totalAmountWithTaxInWords": words,
        },
    });
    let path = format!("{SERVICES}/InvoiceWS/createInvoice/{}", to.tax_code);
    call(to, &path, Some(token), json(&body), false)
}

/// Looks up what was issued under a key.
pub(crate) fn look_up(to: &ReceiptProvider, token: &str, key: &str) -> Call {
    let body = form(&[("supplierTaxCode", &to.tax_code), ("transactionUuid", key)]);
    call(to, &format!("{SERVICES}/InvoiceWS/searchInvoiceByTransactionUuid"), Some(token), body, true)
}

/// Cancels a receipt. The same call again cancels nothing else.
pub(crate) fn cancel(to: &ReceiptProvider, token: &str, issued: &Issued, because: &str, now: Timestamp) -> Call {
    let (template, number) = (issued.no.form.to_string(), number(&issued.no));
    let body = form(&[
        ("supplierTaxCode", &to.tax_code),
        ("templateCode", &template),
        ("invoiceNo", &number),
        ("strIssueDate", &milliseconds(issued).to_string()),
        ("additionalReferenceDesc", because),
        ("additionalReferenceDate", &now.as_millisecond().to_string()),
        ("reasonDelete", because),
    ]);
    call(to, &format!("{SERVICES}/InvoiceWS/cancelTransactionInvoice"), Some(token), body, true)
}

/// Fetches a file of a receipt: `PDF`, or `ZIP` with the signed XML.
pub(crate) fn file(to: &ReceiptProvider, token: &str, (key, no): (&str, &ReceiptNo), kind: &str) -> Call {
    let body = json!({
        "supplierTaxCode": to.tax_code, "invoiceNo": number(no), "templateCode": no.form.to_string(),
        "transactionUuid": key, "fileType": kind,
    });
    call(to, &format!("{SERVICES}/InvoiceUtilsWS/getInvoiceRepresentationFile"), Some(token), json(&body), true)
}

/// Returns symbol and number in one, as this provider names a receipt: `26TAB12`.
fn number(no: &ReceiptNo) -> String {
    format!("{}{}", no.symbol, no.number)
}

/// Returns the beginning of the day on the receipt: the provider compares days.
fn milliseconds(issued: &Issued) -> i64 {
    vietnam::instant(issued.on.into()).map_or(0, Timestamp::as_millisecond)
}

fn json(body: &Value) -> (&'static str, String) {
    ("application/json", body.to_string())
}

fn form(fields: &[(&str, &str)]) -> (&'static str, String) {
    let mut body = Serializer::new(String::new());
    body.extend_pairs(fields);
    ("application/x-www-form-urlencoded", body.finish())
}

fn call(to: &ReceiptProvider, path: &str, token: Option<&str>, (kind, body): (&str, String), repeatable: bool) -> Call {
    let mut headers = vec![("content-type", kind.to_owned()), ("accept", "application/json".to_owned())];
    headers.extend(token.map(|token| ("cookie", format!("access_token={token}"))));
    Call { method: Method::POST, url: format!("{}{path}", to.url), headers, body, limit: LIMIT, repeatable }
}
