//! Checks of a receipt as this provider takes it: its own fields and no others, with sums, words, symbol and date that fit.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::vietnam;
use serde_json::{Map, Value};

use super::words::amount;

/// Fields of each part, each with whether it must be there.
const GENERAL: [(&str, bool); 14] = [
    ("transactionUuid", true),
    ("invoiceType", true),
    ("templateCode", true),
    ("invoiceSeries", true),
    ("invoiceIssuedDate", true),
    ("currencyCode", true),
    ("paymentStatus", true),
    ("cusGetInvoiceRight", true),
    ("adjustmentType", true),
    ("originalInvoiceId", false),
    ("originalInvoiceIssueDate", false),
    ("originalTemplateCode", false),
    ("additionalReferenceDesc", false),
    ("additionalReferenceDate", false),
];
const SELLER: [(&str, bool); 2] = [("sellerLegalName", true), ("sellerTaxCode", true)];
const BUYER: [(&str, bool); 2] = [("buyerName", true), ("buyerNotGetInvoice", true)];
const ITEM: [(&str, bool); 9] = [
    ("lineNumber", true),
    ("selection", true),
    ("itemName", true),
    ("unitName", true),
    ("quantity", true),
    ("unitPrice", true),
    ("itemTotalAmountWithoutTax", true),
    ("taxPercentage", true),
    ("taxAmount", true),
];
const SUMMARY: [(&str, bool); 4] = [
    ("totalAmountWithoutTax", true),
    ("totalTaxAmount", true),
    ("totalAmountWithTax", true),
    ("totalAmountWithTaxInWords", true),
];
const PARTS: [&str; 6] = ["generalInvoiceInfo", "sellerInfo", "buyerInfo", "payments", "itemInfo", "summarizeInfo"];

/// A receipt that fits.
pub(super) struct Asked {
    pub(super) key: String,
    pub(super) template: String,
    pub(super) series: String,
    pub(super) on: Date,
    pub(super) amount: u64,
    pub(super) items: Vec<(String, u64)>,
    /// The number of the one that it replaces.
    pub(super) replaces: Option<String>,
}

/// Reads a request; the code of what is wrong.
pub(super) fn read(body: &[u8], (tax_code, letters): (&str, &str), now: Timestamp) -> Result<Asked, &'static str> {
    let body: Value = serde_json::from_slice(body).map_err(|_| "JSON_PARSE_ERROR")?;
    let body = body.as_object().ok_or("JSON_PARSE_ERROR")?;
    let others = body.keys().any(|name| !PARTS.contains(&name.as_str()));
    if others || PARTS.iter().any(|part| !body.contains_key(*part)) {
        return Err("BAD_REQUEST_FIELDS");
    }
    let general = part(body, "generalInvoiceInfo", &GENERAL)?;
    let (seller, summary) = (part(body, "sellerInfo", &SELLER)?, part(body, "summarizeInfo", &SUMMARY)?);
    part(body, "buyerInfo", &BUYER)?;
    if text(seller, "sellerTaxCode") != tax_code || text(seller, "sellerLegalName").is_empty() {
        return Err("SUPPLIER_TAX_CODE_INVALID");
    }
    let ways = body.get("payments").and_then(Value::as_array).filter(|ways| ways.len() == 1);
    let way = ways.and_then(|ways| ways[0].get("paymentMethodName")).and_then(Value::as_str);
    if !matches!(way, Some("TM" | "CK")) {
        return Err("PAYMENT_METHOD_INVALID");
    }
    let key = text(general, "transactionUuid");
    if key.len() != 36 || key.split('-').map(str::len).ne([8, 4, 4, 4, 12]) {
        return Err("TRANSACTION_UUID_FORMAT");
    }
    let on = dated(general, letters, now)?;
    let items = items(body)?;
    let amount = summed(summary, &items)?;
    let original = text(general, "originalInvoiceId");
    let replaces = match text(general, "adjustmentType") {
        "1" if original.is_empty() => None,
        "3" if !original.is_empty() && !text(general, "additionalReferenceDesc").is_empty() => {
            Some(original.to_owned())
        }
        _ => return Err("ADJUSTMENT_TYPE_INVALID"),
    };
    let (template, series) = (text(general, "templateCode").to_owned(), text(general, "invoiceSeries").to_owned());
    Ok(Asked { key: key.to_owned(), template, series, on, amount, items, replaces })
}

/// Checks form, symbol and date, which is today's, and returns the day.
fn dated(general: &Map<String, Value>, letters: &str, now: Timestamp) -> Result<Date, &'static str> {
    if text(general, "templateCode") != "EBL01" || text(general, "invoiceType") != "EBL01" {
        return Err("TEMPLATE_CODE_NOT_FOUND");
    }
    let at = general.get("invoiceIssuedDate").and_then(Value::as_i64).ok_or("INVOICE_ISSUED_DATE_INVALID")?;
    let on = vietnam::day(Timestamp::from_millisecond(at).map_err(|_| "INVOICE_ISSUED_DATE_INVALID")?);
    if on != vietnam::day(now) {
        return Err("INVOICE_ISSUED_DATE_INVALID");
    }
    match text(general, "invoiceSeries") == format!("{:02}T{letters}", on.year().rem_euclid(100)) {
        true => Ok(on),
        false => Err("INVOICE_SERIAL_NOT_FOUND"),
    }
}

fn items(body: &Map<String, Value>) -> Result<Vec<(String, u64)>, &'static str> {
    let items = body.get("itemInfo").and_then(Value::as_array).filter(|items| !items.is_empty());
    let mut read = Vec::new();
    for (place, item) in items.ok_or("ITEM_INFO_INVALID")?.iter().enumerate() {
        let item = item.as_object().ok_or("ITEM_INFO_INVALID")?;
        fits(item, &ITEM)?;
        let number = |field: &str| item.get(field).and_then(Value::as_u64);
        let amount = number("itemTotalAmountWithoutTax").ok_or("ITEM_INFO_INVALID")?;
        let right = number("lineNumber") == Some(place as u64 + 1)
            && number("quantity") == Some(1)
            && number("unitPrice") == Some(amount)
            && number("taxAmount") == Some(0)
            && amount > 0
            && !text(item, "itemName").trim().is_empty();
        if !right {
            return Err("ITEM_INFO_INVALID");
        }
        read.push((text(item, "itemName").to_owned(), amount));
    }
    Ok(read)
}

/// Checks the sums and the words, and returns the amount.
fn summed(summary: &Map<String, Value>, items: &[(String, u64)]) -> Result<u64, &'static str> {
    let number = |field: &str| summary.get(field).and_then(Value::as_u64);
    let sum: u64 = items.iter().map(|(_, amount)| amount).sum();
    if number("totalAmountWithoutTax") != Some(sum)
        || number("totalAmountWithTax") != Some(sum)
        || number("totalTaxAmount") != Some(0)
    {
        return Err("TOTAL_AMOUNT_INVALID");
    }
    match amount(text(summary, "totalAmountWithTaxInWords")) == Some(sum) {
        true => Ok(sum),
        false => Err("AMOUNT_IN_WORDS_INVALID"),
    }
}

fn part<'a>(
    body: &'a Map<String, Value>,
    name: &str,
    fields: &[(&str, bool)],
) -> Result<&'a Map<String, Value>, &'static str> {
    let part = body.get(name).and_then(Value::as_object).ok_or("BAD_REQUEST_FIELDS")?;
    fits(part, fields)?;
    Ok(part)
}

fn fits(part: &Map<String, Value>, fields: &[(&str, bool)]) -> Result<(), &'static str> {
    let unknown = part.keys().any(|name| !fields.iter().any(|(field, _)| field == name));
    let missing = fields.iter().any(|(field, needed)| *needed && !part.contains_key(*field));
    if unknown || missing { Err("BAD_REQUEST_FIELDS") } else { Ok(()) }
}

fn text<'a>(part: &'a Map<String, Value>, field: &str) -> &'a str {
    part.get(field).and_then(Value::as_str).unwrap_or_default()
}
