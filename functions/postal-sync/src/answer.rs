//! Answers of VNPost: `{"Status": "100", "Message": "…"}`, and the rows of its feed.

use jiff::Timestamp;
use motcua::web::text_or_number as text;
use rules::message::plain;
use rules::post::{Codes, Source, State, Tracked};
use rules::vietnam;
use serde_json::Value;

/// The code of what was done.
const DONE: &str = "100";
/// The code of an order that is there already.
const EXISTS: &str = "101";
/// The longest code that is kept, in characters.
const LONGEST_CODE: usize = 20;
/// VNPost's only known code of a state.
const DELIVERED: &str = "4";
/// The fewest seconds since 1970 that the id of a row may begin with: 2015.
const FIRST_SECOND: i64 = 1_420_070_400;

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// Done. Holds the whole answer.
    Done(Value),
    /// It has that already.
    Exists,
    /// It knows no such order.
    Missing,
    /// The token is over.
    TokenOver,
    /// It does not take it, by this code.
    Refused(String),
}

/// One row of a feed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) order: Option<String>,
    pub(crate) waybill: Option<String>,
    pub(crate) event: Tracked,
}

/// Reads an answer; `None` if it is none in the operator's own words.
pub(crate) fn read(status: u16, body: &[u8]) -> Option<Answer> {
    if status == 401 {
        return Some(Answer::TokenOver);
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    let code = text(body.get("Status")?)?;
    if status == 200 && code == DONE {
        return Some(Answer::Done(body));
    }
    let words = plain(body.get("Message").and_then(Value::as_str).unwrap_or_default()).to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    Some(if code == EXISTS {
        Answer::Exists
    } else if says(&["khong ton tai", "khong tim thay"]) {
        Answer::Missing
    } else if says(&["token"]) {
        Answer::TokenOver
    } else {
        // The message is not kept: it may repeat a name or an address.
        Answer::Refused(code.chars().filter(char::is_ascii_alphanumeric).take(LONGEST_CODE).collect())
    })
}

/// Reads the rows of a page, those that can be read. Returns them with the id of the last row, also if it could not be read.
pub(crate) fn rows(
    body: &Value,
    codes: &Codes,
    source: Source,
    now: Timestamp,
) -> Option<(Vec<Row>, Option<String>, usize)> {
    let all = body.get("data")?.as_array()?;
    let rows: Vec<Row> = all.iter().filter_map(|row| one(row, codes, source, now)).collect();
    if rows.len() < all.len() {
        tracing::warn!(unread = all.len() - rows.len(), "rows of a feed that cannot be read");
    }
    let last = all.iter().rev().find_map(|row| row.get("id").and_then(text)).filter(|id| id.len() <= Tracked::LONGEST);
    Some((rows, last, all.len()))
}

fn one(row: &Value, codes: &Codes, source: Source, now: Timestamp) -> Option<Row> {
    let short =
        |name: &str| row.get(name).and_then(text).filter(|it| !it.is_empty() && it.chars().count() <= Tracked::LONGEST);
    let id = short("id")?;
    let code = short("statusCode")?;
    let (order, waybill) = (short("orderNumber"), short("itemCode"));
    if order.is_none() && waybill.is_none() {
        return None;
    }
    let at = short("statusTime").and_then(|at| vietnam::parse_portal_instant(&at).ok());
    let known = if code == DELIVERED { Some((State::Delivered, None)) } else { None };
    let (state, why) = codes.meaning(&code).or(known).map_or((None, None), |(state, why)| (Some(state), why));
    let attempt = row.get("attempt").and_then(Value::as_u64).and_then(|attempt| u8::try_from(attempt).ok());
    let event = Tracked {
        code,
        state,
        at: at.or_else(|| made_at(&id)).unwrap_or(now),
        heard_at: now,
        place: short("place"),
        attempt: attempt.filter(|attempt| *attempt > 0),
        why,
        to: None,
        source,
    };
    Some(Row { id, order, waybill, event })
}

/// Returns the time in the id of a row: 24 hexadecimal digits, of which the first eight are seconds. Without it a row that
/// comes twice would be two events.
fn made_at(id: &str) -> Option<Timestamp> {
    let is_hex = id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let seconds = i64::from_str_radix(id.get(..8).filter(|_| is_hex)?, 16).ok()?;
    Timestamp::from_second(seconds).ok().filter(|_| seconds >= FIRST_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_say_what_became_of_a_call() {
        let of = |body: Value| read(200, body.to_string().as_bytes());
        assert!(matches!(of(json!({ "Status": "100" })), Some(Answer::Done(_))));
        assert!(matches!(of(json!({ "Status": 100 })), Some(Answer::Done(_))));
        assert_eq!(of(json!({ "Status": "101", "Message": "Đơn hàng đã tồn tại" })), Some(Answer::Exists));
        assert_eq!(of(json!({ "Status": "104", "Message": "Đơn hàng không tồn tại" })), Some(Answer::Missing));
        assert_eq!(of(json!({ "Status": "401", "Message": "Token hết hạn" })), Some(Answer::TokenOver));
        let refused = of(json!({ "Status": "102 <x>", "Message": "receiverTel 0905000001 sai" }));
        assert_eq!(refused, Some(Answer::Refused("102x".into())));
        assert_eq!((read(401, b""), read(200, b"<html>"), of(json!([]))), (Some(Answer::TokenOver), None, None));
    }

    #[test]
    fn a_row_without_a_time_has_that_of_its_id() {
        let now: Timestamp = "2026-11-30T01:00:00Z".parse().unwrap();
        let body = json!({ "data": [
            { "id": "5e96a3900000000000000001", "orderNumber": "B20-000001", "statusCode": 4 },
            { "id": "x", "orderNumber": "B20-000001", "statusCode": "Z9" },
            { "id": "y", "statusCode": "4" },
        ] });
        let (rows, last, count) = rows(&body, &Codes::default(), Source::Feed, now).unwrap();
        assert_eq!((rows.len(), last.as_deref(), count), (2, Some("y"), 3));
        assert_eq!(
            (rows[0].event.at.to_string().as_str(), rows[0].event.state),
            ("2020-04-15T06:02:56Z", Some(State::Delivered))
        );
        assert_eq!((rows[1].event.at, rows[1].event.state), (now, None));
    }
}
