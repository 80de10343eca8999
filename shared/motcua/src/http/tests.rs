use super::{EventError, MAX_BODY, Request, Response, ResponseEvent};
use bytes::Bytes;
use http::Method;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A callback as an HTTP API hands it over, with what the test does not look at left as it came.
fn recorded() -> Value {
    json!({
        "version": "2.0",
        "routeKey": "ANY /payments/{channel}/callback",
        "rawPath": "/payments/vnpay-khvp/callback",
        "rawQueryString": "vnp_Amount=100&vnp_OrderInfo=Le+phi%3A1",
        "headers": { "X-Forwarded-For": "203.0.113.7", "content-length": "0", "Host": "callbacks.example" },
        "requestContext": {
            "accountId": "123456789012", "apiId": "api", "domainName": "callbacks.example",
            "http": { "method": "GET", "path": "/payments/vnpay-khvp/callback", "protocol": "HTTP/1.1",
                      "sourceIp": "203.0.113.7", "userAgent": "Java/11" },
            "requestId": "JKJaXmPLvHcESHA=", "stage": "$default", "time": "10/Oct/2026:15:32:00 +0000",
            "timeEpoch": 1791646320000_i64
        },
        "isBase64Encoded": false
    })
}

fn with(changes: &[(&str, Value)]) -> String {
    let mut event = recorded();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        event.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    event.to_string()
}

fn request(changes: &[(&str, Value)]) -> Request {
    Request::from_event(&with(changes)).unwrap()
}

#[test]
fn a_recorded_callback_keeps_its_method_path_and_query() {
    let request = request(&[]);
    assert_eq!(request.method, Method::GET);
    assert_eq!(request.path, "/payments/vnpay-khvp/callback");
    assert_eq!(request.raw_query, "vnp_Amount=100&vnp_OrderInfo=Le+phi%3A1");
    assert_eq!(request.body, Bytes::new());
}

#[test]
fn a_query_stays_byte_for_byte_however_odd() {
    for odd in ["a=%2f&a=%2F", "a=#b", "a= <>\"", "a=\u{7f}\u{1}", "=&&=", "+%20+", "a=đ"] {
        let request = request(&[("/rawQueryString", json!(odd))]);
        assert_eq!(request.raw_query, odd);
    }
}

#[test]
fn a_body_marked_base64_is_decoded_and_one_not_marked_is_kept() {
    let marked = request(&[("/body", json!("eyJhIjoxfQ==")), ("/isBase64Encoded", json!(true))]);
    assert_eq!(&marked.body[..], br#"{"a":1}"#);
    let unmarked = request(&[("/body", json!("eyJhIjoxfQ=="))]);
    assert_eq!(&unmarked.body[..], b"eyJhIjoxfQ==");
    let silent = request(&[("/body", json!("x")), ("/isBase64Encoded", Value::Null)]);
    assert_eq!(&silent.body[..], b"x");
}

#[test]
fn a_body_wrongly_marked_base64_is_a_bad_request() {
    let event = with(&[("/body", json!("{\"a\":1}")), ("/isBase64Encoded", json!(true))]);
    assert_eq!(Request::from_event(&event).unwrap_err(), EventError::Base64);
}

#[test]
fn a_mark_that_is_no_mark_is_a_bad_request() {
    let event = with(&[("/isBase64Encoded", json!("true"))]);
    assert_eq!(Request::from_event(&event).unwrap_err(), EventError::Shape);
}

#[test]
fn header_names_are_found_in_any_case() {
    let request = request(&[("/headers", json!({ "WEBHOOK-ID": "msg_1" }))]);
    assert_eq!(request.headers["webhook-id"], "msg_1");
}

#[test]
fn a_header_given_in_two_spellings_keeps_both_values() {
    let request = request(&[("/headers", json!({ "Webhook-Id": "a", "webhook-id": "b" }))]);
    let values: Vec<_> = request.headers.get_all("webhook-id").iter().collect();
    assert_eq!(values, ["a", "b"]);
}

#[test]
fn a_header_that_is_none_is_a_bad_request() {
    for headers in [json!({ "a b": "c" }), json!({ "a": "b\nc" })] {
        let event = with(&[("/headers", headers)]);
        assert_eq!(Request::from_event(&event).unwrap_err(), EventError::Header);
    }
}

#[test]
fn the_stage_is_taken_off_the_path_and_nothing_else_is() {
    for (stage, raw, expected) in [
        ("prod", "/prod/portal/events", "/portal/events"),
        ("prod", "/prod", "/"),
        ("prod", "/production/events", "/production/events"),
        ("prod", "/portal/events", "/portal/events"),
        ("$default", "/portal/events", "/portal/events"),
        ("", "//portal", "//portal"),
    ] {
        let request = request(&[("/requestContext/stage", json!(stage)), ("/rawPath", json!(raw))]);
        assert_eq!(request.path, expected, "stage {stage:?}");
    }
}

#[test]
fn an_unknown_method_is_kept_and_an_impossible_one_refused() {
    let unusual = request(&[("/requestContext/http/method", json!("PROPFIND"))]);
    assert_eq!(unusual.method.as_str(), "PROPFIND");
    let event = with(&[("/requestContext/http/method", json!("G ET"))]);
    assert_eq!(Request::from_event(&event).unwrap_err(), EventError::Method);
}

#[test]
fn what_is_no_event_is_a_bad_request() {
    for text in ["", "null", "[]", "{}", r#"{"requestContext":{}}"#, r#"{"httpMethod":"GET"}"#] {
        assert_eq!(Request::from_event(text).unwrap_err(), EventError::Shape, "{text}");
    }
}

#[test]
fn sixty_four_kib_pass_and_one_byte_more_does_not() {
    for (query_bytes, body_bytes, oversize) in
        [(MAX_BODY, MAX_BODY, false), (MAX_BODY + 1, 0, true), (0, MAX_BODY + 1, true)]
    {
        let request =
            request(&[("/rawQueryString", json!("a".repeat(query_bytes))), ("/body", json!("a".repeat(body_bytes)))]);
        assert_eq!(request.is_oversize(), oversize);
    }
}

#[test]
fn a_request_shows_nothing_of_its_content() {
    let request = request(&[("/body", json!("0905123456")), ("/rawPath", json!("/t/secret"))]);
    let shown = format!("{request:?}");
    assert_eq!(shown, "Request { method: GET, query_bytes: 39, body_bytes: 10, .. }");
}

#[test]
fn an_answer_takes_the_shape_the_api_expects() {
    let sent = |response: Response| serde_json::to_value(ResponseEvent::from(response)).unwrap();
    assert_eq!(
        sent(Response::json(200, "{}")),
        json!({ "statusCode": 200, "headers": { "content-type": "application/json" }, "body": "{}",
                "isBase64Encoded": false })
    );
    assert_eq!(
        sent(Response::empty(204)),
        json!({ "statusCode": 204, "headers": {}, "body": "", "isBase64Encoded": false })
    );
    assert_eq!(
        sent(Response::text(503, "later").with_header("retry-after", "5"))["headers"],
        json!({ "content-type": "text/plain; charset=utf-8", "retry-after": "5" })
    );
}

#[test]
fn a_file_reaches_the_browser_as_it_was_made_and_under_a_name_that_breaks_no_header() {
    let file = Response::file("application/octet-stream", "bao-cao\"\r\n 2020.xlsx", vec![0xff, 0x00, b'a']);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"bao-cao2020.xlsx\""));
    let sent = serde_json::to_value(ResponseEvent::from(file)).unwrap();
    assert_eq!((&sent["body"], &sent["isBase64Encoded"]), (&json!("/wBh"), &json!(true)));
    assert_eq!(sent["headers"]["content-type"], "application/octet-stream");
}

#[test]
fn a_media_type_is_read_without_its_parameters() {
    for (sent, expected) in [
        ("application/json", Some("application/json")),
        ("Application/JSON ; charset=utf-8", Some("Application/JSON")),
        ("", Some("")),
        ("đ", None),
    ] {
        let request = request(&[("/headers", json!({ "Content-Type": sent }))]);
        assert_eq!(request.media_type(), expected, "{sent}");
    }
    assert_eq!(request(&[]).media_type(), None);
}

proptest! {
    #[test]
    fn no_text_makes_the_event_parser_panic(text in ".*") {
        let _ = Request::from_event(&text);
    }
}

#[test]
fn cookies_come_beside_the_headers_and_leave_beside_them() {
    let cookies = json!(["motcua=AAA", "lang=en"]);
    let request = request(&[("/cookies", cookies)]);
    assert_eq!(request.headers["cookie"], "motcua=AAA; lang=en");
    let event = with(&[("/cookies", json!(["a=b\nc"]))]);
    assert_eq!(Request::from_event(&event).unwrap_err(), EventError::Header);
    let answer = Response::empty(303).with_header("location", "/desk");
    let answer = answer.with_header("set-cookie", "motcua=BBB").with_header("set-cookie", "motcua-in=");
    assert_eq!(
        serde_json::to_value(ResponseEvent::from(answer)).unwrap(),
        json!({ "statusCode": 303, "headers": { "location": "/desk" }, "cookies": ["motcua=BBB", "motcua-in="],
                "body": "", "isBase64Encoded": false })
    );
}
