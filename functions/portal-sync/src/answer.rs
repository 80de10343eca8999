//! Answers of a portal. The status is 200 whether it took something or not: `error_code` says which.

use rules::message::plain;
use serde_json::Value;

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 200;
/// The longest run of digits that a reason keeps: more of them may be somebody's number.
const LONGEST_NUMBER: usize = 5;

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// Done. Holds the whole answer.
    Done(Value),
    /// It has that already.
    Exists,
    /// It knows no such dossier.
    Missing,
    /// The session is over.
    SessionOver,
    /// A time in it has not come yet by the portal's clock, which is behind.
    Early,
    /// It has the dossier as that of another office.
    Claimed,
    /// It does not take it, for this reason, which it says of this field.
    Refused { reason: String, field: String },
}

/// Reads an answer; `None` if it is none in the portal's own words.
pub(crate) fn read(status: u16, body: &[u8]) -> Option<Answer> {
    if status == 401 {
        return Some(Answer::SessionOver);
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    let code = match body.get("error_code")? {
        Value::String(code) => code.trim().to_owned(),
        Value::Number(code) => code.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    if status == 200 && !code.is_empty() && code.bytes().all(|byte| byte == b'0') {
        return Some(Answer::Done(body));
    }
    let message = ["message", "error_message", "error_desc"].into_iter().find_map(|name| body.get(name)?.as_str());
    let message = message.unwrap_or_default();
    let words = plain(message).to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    Some(if says(&["da ton tai"]) {
        Answer::Exists
    } else if says(&["khong ton tai", "khong tim thay"]) {
        Answer::Missing
    } else if says(&["phien lam viec", "session"]) {
        Answer::SessionOver
    } else if says(&["tuong lai", "in the future", "lon hon thoi gian hien tai", "lon hon ngay hien tai"]) {
        Answer::Early
    } else if says(&["don vi khac", "co quan khac"]) {
        Answer::Claimed
    } else {
        Answer::Refused { reason: reason(&code, message), field: field(message) }
    })
}

/// Returns the first name of a field in a message: capitals within a word of letters, such as `NgayNopHoSo`.
fn field(message: &str) -> String {
    let is_field = |word: &&str| {
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        capitals >= 2 && word.len() > capitals && word.len() <= 40 && word.bytes().all(|b| b.is_ascii_alphabetic())
    };
    message.split(|c: char| !c.is_alphanumeric()).find(is_field).unwrap_or_default().to_owned()
}

/// Returns the reason with its code, on one line and without long numbers.
fn reason(code: &str, message: &str) -> String {
    let (mut kept, mut digits) = (String::new(), 0);
    for c in format!("{code} {message}").chars() {
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        match digits {
            0..=LONGEST_NUMBER => kept.push(if c.is_control() { ' ' } else { c }),
            _ if digits == LONGEST_NUMBER + 1 => kept.push('…'),
            _ => {}
        }
    }
    kept.trim().chars().take(LONGEST_REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Option<Answer> {
        read(200, body.as_bytes())
    }

    #[test]
    fn nought_however_it_is_written_is_success_and_nothing_else_is() {
        for body in [r#"{"error_code":"0"}"#, r#"{"error_code":"00"}"#, r#"{"error_code":0,"message":"đã tồn tại"}"#]
        {
            assert!(matches!(of(body), Some(Answer::Done(_))), "{body}");
        }
        for body in ["", "<html>bảo trì</html>", "{}", "[]", r#"{"error_code":null}"#, r#"{"error_code":["0"]}"#] {
            assert_eq!(of(body), None, "{body}");
        }
        assert!(matches!(of(r#"{"error_code":""}"#), Some(Answer::Refused { .. })));
        assert!(matches!(read(500, br#"{"error_code":"0"}"#), Some(Answer::Refused { .. })));
    }

    #[test]
    fn the_message_says_what_a_failure_means() {
        for (body, answer) in [
            (r#"{"error_code":"-3","message":"Hồ sơ đã tồn tại"}"#, Answer::Exists),
            (r#"{"error_code":"-1","message":"HO SO DA TON TAI"}"#, Answer::Exists),
            (r#"{"error_code":"4","message":"Hồ sơ không tồn tại"}"#, Answer::Missing),
            (r#"{"error_code":"2","message":"Phiên làm việc đã hết hạn"}"#, Answer::SessionOver),
            (r#"{"error_code":2,"error_message":"invalid session"}"#, Answer::SessionOver),
            (r#"{"error_code":"7","message":"Trường ThoiDiemXuLy ở tương lai"}"#, Answer::Early),
            (r#"{"error_code":"7","message":"NgayTiepNhan lớn hơn thời gian hiện tại"}"#, Answer::Early),
            (r#"{"error_code":"5","message":"Trường MaHoSo thuộc đơn vị khác"}"#, Answer::Claimed),
        ] {
            assert_eq!(of(body), Some(answer), "{body}");
        }
        assert_eq!(read(401, b""), Some(Answer::SessionOver));
    }

    #[test]
    fn a_refusal_names_its_field_and_nobody_s_number() {
        let refused = of(r#"{"error_code":"7","message":"Trường SoDienThoai sai: 0905000001\n(mã 12345)"}"#);
        let reason = "7 Trường SoDienThoai sai: 09050… (mã 12345)".to_owned();
        assert_eq!(refused, Some(Answer::Refused { reason, field: "SoDienThoai".into() }));
        let without = of(r#"{"error_code":"9"}"#);
        assert_eq!(without, Some(Answer::Refused { reason: "9".into(), field: String::new() }));
    }
}
