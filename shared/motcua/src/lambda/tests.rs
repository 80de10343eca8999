use http::Method;
use lambda_http::{Adapter, LambdaEvent, Service, service_fn};
use proptest::prelude::*;
use rules::http::{Domain, MAX_BODY, MAX_QUERY, Received, Reply, Request, Response, respond};
use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use super::answer::Answer;
use super::guard::{Guarded, received, request, turned_away};

/// Returns a callback as an HTTP API delivers it. The parts that the test does not look at are left as they came.
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

fn read(changes: &[(&str, Value)]) -> Request {
    request(&with(changes)).unwrap()
}

/// Returns the function's answer to an event, through every layer.
async fn answered(event: &Value, handle: impl Fn(&Request) -> Response + Send + Sync) -> Value {
    let handle = &handle;
    let service = service_fn(move |request: lambda_http::Request| async move {
        let answer = received(request).map_or_else(|| respond::text(400, "bad request"), |request| handle(&request));
        Ok::<_, lambda_http::Error>(Answer(answer))
    });
    let event = LambdaEvent::new(to_raw_value(event).unwrap(), lambda_http::Context::default());
    serde_json::to_value(Guarded(Adapter::from(service)).call(event).await.unwrap()).unwrap()
}

async fn given(response: Response) -> Value {
    answered(&recorded(), |_| response.clone()).await
}

#[test]
fn the_name_of_the_host_is_the_context_s_and_no_header_s() {
    let domain = |changes: &[(&str, Value)]| read(changes).domain().map(|Domain(name)| name.clone());
    assert_eq!(domain(&[]).as_deref(), Some("callbacks.example"));
    let lies = json!({ "Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example" });
    assert_eq!(domain(&[("/headers", lies.clone())]).as_deref(), Some("callbacks.example"));
    assert_eq!(domain(&[("/headers", lies), ("/requestContext/domainName", Value::Null)]), None);
}

#[test]
fn the_address_of_a_sender_is_the_context_s_and_no_header_s() {
    let sender = |changes: &[(&str, Value)]| read(changes).sender().map(|address| address.to_string());
    let seen = ("/requestContext/http/sourceIp", json!("203.0.113.7"));
    let lies = ("/headers", json!({ "X-Forwarded-For": "192.0.2.1", "X-Real-Ip": "192.0.2.1" }));
    assert_eq!(sender(std::slice::from_ref(&seen)).as_deref(), Some("203.0.113.7"));
    assert_eq!(sender(&[seen, lies]).as_deref(), Some("203.0.113.7"));
    let six = ("/requestContext/http/sourceIp", json!("2001:db8::1"));
    assert_eq!(sender(&[six]).as_deref(), Some("2001:db8::1"));
    assert_eq!(sender(&[("/requestContext/http/sourceIp", json!("nobody"))]), None);
}

#[test]
fn a_recorded_callback_keeps_its_method_path_and_query() {
    let request = read(&[]);
    assert_eq!(request.method(), Method::GET);
    assert_eq!(request.path(), "/payments/vnpay-khvp/callback");
    assert_eq!(request.raw_query(), "vnp_Amount=100&vnp_OrderInfo=Le+phi%3A1");
    assert!(request.body().is_empty());
}

#[test]
fn a_query_stays_byte_for_byte_however_odd() {
    for odd in ["a=%2f&a=%2F", "=&&=", "+%20+", "a=đ", "a=?&b=/", "a=%&b=%zz", "a='()*,;:@[]{}|\\^`", ""] {
        assert_eq!(read(&[("/rawQueryString", json!(odd))]).raw_query(), odd);
    }
}

#[test]
fn of_all_letters_only_those_that_http_cannot_carry_are_escaped() {
    let mut escaped = Vec::new();
    for letter in (0..8192).filter_map(char::from_u32) {
        let query = format!("a={letter}&b=1");
        let request = read(&[("/rawQueryString", json!(query))]);
        if request.raw_query() != query {
            escaped.push(letter);
        }
        let decoded = rules::http::query::pairs(request.raw_query()).remove(0).value.into_owned();
        let meant = if "&+".contains(letter) { String::new() } else { letter.to_string() };
        assert!(String::from_utf8(decoded).unwrap().trim() == meant.trim(), "{letter:?}");
    }
    let expected: Vec<char> = (0..=32).chain([b'"', b'#', b'<', b'>', 127]).map(char::from).collect();
    escaped.sort_unstable();
    let mut expected = expected;
    expected.sort_unstable();
    assert_eq!(escaped, expected);
}

#[test]
fn a_path_is_taken_as_received_and_never_resolved() {
    for path in ["/payments/../desk", "/a/%2e%2e/b", "/a/./b", "/a//b", "/a/", "/đ", "/a'()*,;:@[]"] {
        assert_eq!(read(&[("/rawPath", json!(path))]).path(), path);
    }
    for (path, carried) in [("/a b", "/a%20b"), ("/a?b", "/a%3Fb"), ("/a#b", "/a%23b"), ("/\\x", "/%5Cx")] {
        assert_eq!(read(&[("/rawPath", json!(path))]).path(), carried);
    }
}

#[tokio::test]
async fn an_event_that_no_request_can_be_made_of_is_answered_and_nothing_panics() {
    let bad = [
        ("/rawPath", json!("payments")),
        ("/rawPath", json!("")),
        ("/rawPath", Value::Null),
        ("/rawPath", json!("//[")),
        ("/rawPath", json!(format!("/{}", "a".repeat(MAX_QUERY)))),
        ("/isBase64Encoded", json!("true")),
        ("/headers", json!({ "a b": "c" })),
        ("/headers", json!({ "a": "b\nc" })),
        ("/requestContext/http/method", json!("G ET")),
        ("/requestContext", json!({})),
    ];
    for (place, value) in bad {
        let event = serde_json::from_str(&with(&[(place, value.clone())])).unwrap();
        let answer = answered(&event, |_| respond::text(200, "read")).await;
        assert_eq!(answer["statusCode"], 400, "{place} {value}");
    }
    for event in [json!(null), json!([]), json!({}), json!({ "httpMethod": "GET" })] {
        assert_eq!(answered(&event, |_| respond::text(200, "read")).await["statusCode"], 400, "{event}");
    }
}

#[tokio::test]
async fn what_makes_lambda_http_panic_alone_reaches_the_handler_here() {
    let odd = [
        ("/rawQueryString", json!("a= \"<>\u{1}\u{7f}#b")),
        ("/rawQueryString", json!("a".repeat(70_000))),
        ("/headers", json!({ "host": "a b" })),
        ("/headers", json!({ "host": "a:99999" })),
        ("/requestContext/domainName", json!("a b")),
        ("/headers", json!({ "x-name": "Nguyễn" })),
    ];
    for (place, value) in odd {
        let event = serde_json::from_str(&with(&[(place, value.clone())])).unwrap();
        assert_eq!(answered(&event, |_| respond::text(200, "read")).await["statusCode"], 200, "{place} {value}");
    }
}

#[test]
fn a_body_marked_base64_is_decoded_and_one_not_marked_is_kept() {
    let marked = read(&[("/body", json!("eyJhIjoxfQ==")), ("/isBase64Encoded", json!(true))]);
    assert_eq!(&marked.body()[..], br#"{"a":1}"#);
    let unmarked = read(&[("/body", json!("eyJhIjoxfQ=="))]);
    assert_eq!(&unmarked.body()[..], b"eyJhIjoxfQ==");
}

#[test]
fn a_body_wrongly_marked_base64_is_a_bad_request() {
    for body in ["{\"a\":1}", "eyJhIjoxfQ", "eyJhIjoxfQ==\n", "eyJhIjoxfR=="] {
        let event = with(&[("/body", json!(body)), ("/isBase64Encoded", json!(true))]);
        assert!(request(&event).is_none(), "{body}");
    }
}

#[test]
fn header_names_are_found_in_any_case() {
    let read = read(&[("/headers", json!({ "WEBHOOK-ID": "msg_1" }))]);
    assert_eq!(read.headers()["webhook-id"], "msg_1");
}

#[test]
fn the_stage_is_taken_off_the_path_and_nothing_else_is() {
    for (stage, raw, expected) in [
        ("prod", "/prod/portal/events", "/portal/events"),
        ("prod", "/prod", "/"),
        ("prod", "/production/events", "/production/events"),
        ("prod", "/portal/events", "/portal/events"),
        ("$default", "/portal/events", "/portal/events"),
    ] {
        let request = read(&[("/requestContext/stage", json!(stage)), ("/rawPath", json!(raw))]);
        assert_eq!(request.path(), expected, "stage {stage:?}");
    }
}

#[test]
fn an_unknown_method_is_kept() {
    let unusual = read(&[("/requestContext/http/method", json!("PROPFIND"))]);
    assert_eq!(unusual.method().as_str(), "PROPFIND");
}

#[test]
fn the_authorizer_s_claims_come_along_and_nothing_else_of_the_context() {
    let claims = json!({ "jwt": { "claims": { "sub": "a", "role": "[x manager]" }, "scopes": null } });
    let event = with(&[("/requestContext/authorizer", claims)]);
    let request = request(&event).unwrap();
    assert_eq!(request.claims().0["role"], "[x manager]");
    assert!(read(&[]).claims().0.is_empty());
    assert!(!request.headers().contains_key("host"));
}

#[test]
fn a_list_of_claims_is_taken_from_the_token_that_was_verified() {
    let claims = json!({ "jwt": { "claims": { "sub": "a", "role": "[x manager]", "agency": "H32" }, "scopes": null } });
    for (payload, role) in [
        (json!({ "sub": "a", "role": ["x manager"], "agency": "H33", "more": ["b"] }), r#"["x manager"]"#),
        (json!({ "sub": "a", "role": ["x", "manager"] }), r#"["x","manager"]"#),
        // Somebody else's token, or none at all.
        (json!({ "sub": "b", "role": ["manager"] }), "[x manager]"),
        (json!("manager"), "[x manager]"),
    ] {
        let token = data_encoding::BASE64URL_NOPAD.encode(payload.to_string().as_bytes());
        let authorization = json!(format!("Bearer e30.{token}.c2ln"));
        let event = with(&[("/requestContext/authorizer", claims.clone()), ("/headers/authorization", authorization)]);
        let request = request(&event).unwrap();
        assert_eq!((request.claims().0["role"].as_str(), request.claims().0["agency"].as_str()), (role, "H32"));
        assert_eq!(request.claims().0.len(), 3);
    }
}

#[test]
fn as_much_as_is_taken_passes_and_one_byte_more_does_not() {
    for (query_bytes, body_bytes, oversize) in
        [(MAX_QUERY, MAX_BODY, false), (MAX_QUERY + 1, 0, true), (200_000, 0, true), (0, MAX_BODY + 1, true)]
    {
        let request =
            read(&[("/rawQueryString", json!("a".repeat(query_bytes))), ("/body", json!("a".repeat(body_bytes)))]);
        assert_eq!(request.is_oversize(), oversize);
    }
    let escaped = read(&[("/rawQueryString", json!("#".repeat(70_000)))]);
    assert!(escaped.is_oversize());
}

#[tokio::test]
async fn an_answer_takes_the_shape_the_api_expects() {
    let sent = given(respond::json(200, "{}")).await;
    assert_eq!(
        (&sent["statusCode"], &sent["body"], &sent["isBase64Encoded"]),
        (&json!(200), &json!("{}"), &json!(false))
    );
    assert_eq!(sent["headers"], json!({ "content-type": "application/json" }));
    let sent = given(respond::empty(204)).await;
    assert_eq!(
        (&sent["statusCode"], &sent["body"], &sent["isBase64Encoded"]),
        (&json!(204), &json!(""), &json!(false))
    );
    let sent = given(respond::text(503, "later").with_header("retry-after", "5")).await;
    assert_eq!(sent["headers"], json!({ "content-type": "text/plain; charset=utf-8", "retry-after": "5" }));
}

#[tokio::test]
async fn a_file_reaches_the_browser_as_it_was_made_and_under_a_name_that_breaks_no_header() {
    let file = respond::file("application/octet-stream", "bao-cao\"\r\n 2020.xlsx", vec![0xff, 0x00, b'a']);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"bao-cao2020.xlsx\""));
    let sent = given(file).await;
    assert_eq!((&sent["body"], &sent["isBase64Encoded"]), (&json!("/wBh"), &json!(true)));
    let marked = given(respond::file("text/csv; charset=utf-8", "a.csv", "\u{feff}a,b")).await;
    assert_eq!(marked["body"], "\u{feff}a,b");
}

#[tokio::test]
async fn cookies_come_beside_the_headers_and_leave_beside_them() {
    let read = read(&[("/cookies", json!(["motcua=AAA", "lang=en"]))]);
    assert_eq!(read.headers()["cookie"], "motcua=AAA; lang=en");
    let answer =
        respond::see_other("/desk").with_header("set-cookie", "motcua=BBB").with_header("set-cookie", "motcua-in=");
    let sent = given(answer).await;
    assert_eq!(sent["cookies"], json!(["motcua=BBB", "motcua-in="]));
    assert_eq!(sent["headers"], json!({ "location": "/desk" }));
}

proptest! {
    #[test]
    fn no_text_makes_the_event_parser_panic(text in ".*") {
        let _ = request(&text);
    }

    #[test]
    fn no_part_of_an_event_makes_it_panic(path in ".*", query in ".*", host in ".*", body in ".*", base64: bool) {
        let _ = request(&with(&[
            ("/rawPath", json!(format!("/{path}"))),
            ("/rawQueryString", json!(query)),
            ("/requestContext/domainName", json!(host)),
            ("/body", json!(body)),
            ("/isBase64Encoded", json!(base64)),
        ]));
    }
}

#[test]
fn what_went_past_the_front_is_turned_away_whatever_it_asks_for() {
    use rules::config::{Config, Host};
    let office = |keys: &str| Config::strict(&format!("id_key = \"0123456789abcdef\"\n{keys}"), Host::Public).unwrap();
    let by = |proof: &str| read(&[("/headers", json!({ "X-Motcua-Front": proof }))]);
    let (new, old) = ("the-front-s-newer-key-0001", "the-front-s-older-key-0001");
    let closed = office(&format!("front_keys = [\"{new}\", \"{old}\"]"));
    assert!(turned_away(&closed, &by(new)).is_none() && turned_away(&closed, &by(old)).is_none());
    for past in [read(&[]), by(""), by("the-front-s-newer-key-0002"), by(&format!("{new} "))] {
        assert_eq!(turned_away(&closed, &past).map(|answer| answer.status().as_u16()), Some(403), "{past:?}");
    }
    assert!(turned_away(&office(""), &read(&[])).is_none(), "an office without a front is open");
}
