//! Answers of Viettel S-Invoice: `{"errorCode": "", "description": "", "result": …}`, or `{"code": 400, "message": "…"}`.

use jiff::Timestamp;
use jiff::civil::Date;
use motcua::web::text_or_number as text;
use rules::message::plain;
use rules::receipt::{Form, Number, ReceiptNo, Symbol};
use rules::vietnam;
use serde_json::Value;

/// The longest code that is kept, in characters.
const LONGEST_CODE: usize = 60;
/// The longest code of look-up that is kept.
const LONGEST_LOOK_UP: usize = 60;
/// The code of a key under which something was issued already.
const USED: &str = "TRANSACTION_UUID_INVALID";
/// The code of a key under which nothing was issued.
const MISSING: &str = "NOT_FOUND_DATA";
/// Codes that say that something went well.
const FINE: [&str; 5] = ["0", "00", "200", "201", "SUCCESS"];

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// Done. Holds the whole answer.
    Done(Value),
    /// Something was issued under this key.
    Used,
    /// Nothing was issued under this key.
    Missing,
    /// The token is over.
    TokenOver,
    /// It does not take it, by this code.
    Refused(String),
}

/// A receipt as the provider tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) no: ReceiptNo,
    pub(crate) on: Option<Date>,
    pub(crate) code: Option<String>,
    pub(crate) cancelled: bool,
}

/// Reads an answer; `None` if it is none in the provider's own words.
pub(crate) fn read(status: u16, body: &[u8]) -> Option<Answer> {
    if status == 401 || status == 403 {
        return Some(Answer::TokenOver);
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    let body_of = body.as_object()?;
    let word = |field: &str| text(body_of.get(field)?).filter(|word| !word.is_empty());
    // A word in capitals says more than the number beside it.
    let symbolic =
        word("message").filter(|it| it.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'));
    let code = word("errorCode").or(symbolic).or_else(|| word("code"));
    let code = code.filter(|code| !FINE.contains(&code.to_ascii_uppercase().as_str()));
    Some(match code {
        Some(code) if code == USED => Answer::Used,
        Some(code) if code == MISSING => Answer::Missing,
        // The description is not kept: it may repeat what was sent.
        Some(code) => Answer::Refused(plain_code(&code)),
        None if status == 200 => Answer::Done(body),
        None => Answer::Refused(format!("HTTP_{status}")),
    })
}

/// Returns the token of a log-in.
pub(crate) fn token(body: &Value) -> Option<String> {
    let token = body.get("access_token")?.as_str()?;
    (!token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())).then(|| token.to_owned())
}

/// Reads the receipt that was issued now; `None` if it has no number that can be one.
pub(crate) fn created(body: &Value, form: Form) -> Option<Told> {
    told(body.get("result")?, form)
}

/// Reads what was issued under a key; `None` if one of them has no number that can be one.
pub(crate) fn found(body: &Value, form: Form) -> Option<Vec<Told>> {
    match body.get("result")? {
        Value::Null => Some(Vec::new()),
        Value::Array(all) => all.iter().map(|one| told(one, form)).collect(),
        one => Some(vec![told(one, form)?]),
    }
}

/// Returns the content of a file.
pub(crate) fn content(body: &Value) -> Option<Vec<u8>> {
    let bytes = body.get("fileToBytes")?.as_str()?;
    data_encoding::BASE64.decode(bytes.as_bytes()).ok().filter(|content| !content.is_empty())
}

fn told(result: &Value, form: Form) -> Option<Told> {
    let number = text(result.get("invoiceNo")?)?;
    let (symbol, number) = number.split_at_checked(5)?;
    let no = ReceiptNo { form, symbol: Symbol::parse(symbol).ok()?, number: Number::parse(number).ok()? };
    let code =
        result.get("reservationCode").and_then(text).map(|code| plain_code(&code)).filter(|code| !code.is_empty());
    let code = code.filter(|code| code.len() <= LONGEST_LOOK_UP);
    let on = result.get("issueDate").and_then(Value::as_i64).and_then(|at| Timestamp::from_millisecond(at).ok());
    let status = result.get("status").and_then(text).unwrap_or_default();
    let cancelled = plain(&status).to_lowercase().contains("huy");
    Some(Told { no, on: on.map(vietnam::day), code, cancelled })
}

fn plain_code(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').take(LONGEST_CODE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_say_what_became_of_a_call() {
        let of = |status: u16, body: Value| read(status, body.to_string().as_bytes());
        assert!(matches!(of(200, json!({ "errorCode": null, "result": {} })), Some(Answer::Done(_))));
        assert!(matches!(of(200, json!({ "errorCode": "", "description": "" })), Some(Answer::Done(_))));
        assert!(matches!(of(200, json!({ "access_token": "t" })), Some(Answer::Done(_))));
        assert_eq!(of(400, json!({ "code": 400, "message": "NOT_FOUND_DATA", "data": "x" })), Some(Answer::Missing));
        assert_eq!(of(400, json!({ "code": 400, "message": "TRANSACTION_UUID_INVALID" })), Some(Answer::Used));
        let refused = |code: &str| Some(Answer::Refused(code.to_owned()));
        assert_eq!(
            of(400, json!({ "code": 400, "message": "INVOICE_SERIAL_NOT_FOUND" })),
            refused("INVOICE_SERIAL_NOT_FOUND")
        );
        assert_eq!(of(200, json!({ "errorCode": "TOTAL <b>", "description": "Nguyễn Văn A" })), refused("TOTALb"));
        assert_eq!(of(400, json!({ "code": 400, "message": "Sai số tiền" })), refused("400"));
        assert_eq!(of(400, json!({})), refused("HTTP_400"));
        assert_eq!((read(401, b""), read(200, b"<html>"), of(200, json!([]))), (Some(Answer::TokenOver), None, None));
    }

    #[test]
    fn a_number_is_read_with_its_symbol_and_nothing_else_is_one() {
        let of = |no: &str| created(&json!({ "result": { "invoiceNo": no, "reservationCode": "AB C" } }), Form::Ebl01);
        let told = of("26TAB00000012").unwrap();
        assert_eq!((told.no.to_string(), told.code.as_deref()), ("EBL01 26TAB 12".to_owned(), Some("ABC")));
        for odd in ["26TAB", "26TAI1", "12", "26TAB0", "26TAB123456789", "ắ6TAB1"] {
            assert_eq!(of(odd), None, "{odd}");
        }
        assert_eq!(found(&json!({ "result": null }), Form::Ebl01), Some(Vec::new()));
        let found = found(
            &json!({ "result": [{ "invoiceNo": "26TAB1", "issueDate": 1_796_000_000_000_i64, "status": "Đã hủy" }] }),
            Form::Ebl01,
        );
        let found = found.unwrap();
        assert_eq!((found[0].on.map(|day| day.to_string()), found[0].cancelled), (Some("2026-11-30".to_owned()), true));
    }
}
