//! Tests that the gateway takes nothing that its contract does not say.

use aws_smithy_types::body::SdkBody;
use rules::config::Config;
use rules::http::Request;
use rules::signature::standard_webhooks;

use super::*;
use crate::wire::VirtualClock;

fn clock() -> VirtualClock {
    VirtualClock::new("2020-04-15T08:00:00+07:00".parse().unwrap())
}

fn body(to: &str, text: &str) -> String {
    let data = json!({ "id": "a-1", "to": to, "text": text, "language": "vi" });
    json!({ "type": "message.send", "timestamp": "2020-04-15T01:00:00Z", "data": data }).to_string()
}

/// Sends a body as the office signs it, with some headers spoilt.
fn sent(carrier: &Carrier, body: &str, spoil: impl FnOnce(&mut Request)) -> u16 {
    let config = Config::demo();
    let (key, now) = (config.message_gateways().next().unwrap().keys.current(), clock().now());
    let mut request = webhook(PATH, key, "a-1", now, body.to_owned()).request();
    spoil(&mut request);
    let request = request.map(|bytes| SdkBody::from(bytes.to_vec()));
    let request = HttpRequest::try_from(request).unwrap();
    carrier.meet(&request).unwrap().status().as_u16()
}

#[test]
fn a_message_is_taken_once_however_often_it_comes() {
    let carrier = Carrier::memory(&Config::demo(), clock());
    let good = body("+84912345678", "KKT Van Phong: Da nhan ho so.");
    assert_eq!([sent(&carrier, &good, |_| {}), sent(&carrier, &good, |_| {})], [202, 202]);
    assert_eq!((carrier.relayed().len(), carrier.calls()), (1, (2, 1)));
    assert!(!format!("{:?}", carrier.relayed()).contains("912345678"));
    let told = carrier.next_result().unwrap();
    assert!(told.target == "/delivery/000.00.01.H32" && told.body.contains("message.delivered"), "{}", told.body);
    assert!(carrier.next_result().is_none());
}

#[test]
fn whatever_breaks_the_contract_is_refused() {
    let carrier = Carrier::memory(&Config::demo(), clock());
    let good = body("+84912345678", "A");
    let other = |name: &'static str, value: &'static str| {
        sent(&carrier, &good, |request| _ = request.headers_mut().insert(name, value.parse().unwrap()))
    };
    assert_eq!(other(standard_webhooks::SIGNATURE, "v1,AAAA"), 401);
    assert_eq!(other(standard_webhooks::TIMESTAMP, "1586912401"), 401);
    assert_eq!(other(standard_webhooks::ID, "a-2"), 401);
    assert_eq!(other("content-type", "text/plain"), 415);
    let twice = sent(&carrier, &good, |request| {
        _ = request.headers_mut().append(standard_webhooks::ID, "a-1".parse().unwrap());
    });
    assert_eq!(twice, 401);
    for wrong in [
        body("0912345678", "A"),
        body("+842583822222", "A"),
        good.replace("a-1", "a-2"),
        good.replace("message.send", "message.sent"),
        good.replace("\"language\"", "\"lang\""),
        good.replace("01:00:00", "01:00:01"),
    ] {
        assert_eq!(sent(&carrier, &wrong, |_| {}), 400, "{wrong}");
    }
    for text in ["Đã nhận hồ sơ", &"a".repeat(161)] {
        assert_eq!(sent(&carrier, &body("+84912345678", text), |_| {}), 422, "{text}");
    }
    assert_eq!(sent(&carrier, &body("+84900000011", "A"), |_| {}), 422);
    assert_eq!(carrier.relayed(), []);
}

#[test]
fn by_hand_only_fixed_numbers_are_told_of_by_themselves() {
    let carrier = Carrier::memory(&Config::demo(), clock());
    carrier.tell_by_hand(true);
    assert_eq!(sent(&carrier, &body("+84912345678", "A"), |_| {}), 202);
    assert!(carrier.next_result().is_none());
    assert!(carrier.tell("a-1", Outcome::NoSuchNumber) && !carrier.tell("a-2", Outcome::Delivered));
    let told = carrier.next_result().unwrap();
    assert!(told.body.contains("no_such_number") && told.body.contains("message.failed"), "{}", told.body);
}
