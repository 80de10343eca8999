//! The published and recorded messages: keys, texts and signatures as their owners printed them.

use super::*;
use crate::{github, momo, onepay, payos, standard_webhooks as generic, stripe, vnpay, zalopay};
use rules::signature::{SignatureError, decode_hex};

pub(super) fn all() -> Vec<Value> {
    let text = include_str!("../../../../tests/vectors/payments.json");
    serde_json::from_str(text).unwrap()
}

pub(super) fn text<'v>(vector: &'v Value, field: &str) -> &'v str {
    vector[field].as_str().unwrap()
}

pub(super) fn gateway(vector: &Value) -> Gateway {
    match text(vector, "gateway") {
        "VNPAY" => Gateway::Vnpay,
        "MoMo" => Gateway::Momo,
        "ZaloPay" => Gateway::Zalopay,
        "payOS" => Gateway::Payos,
        "OnePay" => Gateway::Onepay,
        "StandardWebhooks" => Gateway::StandardWebhooks,
        "Stripe" => Gateway::Stripe,
        "GitHub" => Gateway::Github,
        other => panic!("no gateway called {other}"),
    }
}

/// Returns the verifier's channel. The one message to be refused was signed with the other key.
pub(super) fn vector_channel(vector: &Value) -> Channel {
    let secrets = &vector["secrets"];
    let own = text(secrets, "hmac_key");
    let keys = match text(vector, "expect") {
        "reject" => ["test-key2-khong-phai-khoa-that"],
        _ => [own],
    };
    let more = match secrets["accessKey"].as_str() {
        Some(access_key) => json!({ "access_key": access_key }),
        None => json!({}),
    };
    channel_with(gateway(vector), &keys, more)
}

pub(super) fn request(vector: &Value) -> Request {
    let content = vector["equivalent_ipn_json_body"].as_str();
    let content = content.unwrap_or(text(vector, "raw_body_or_query"));
    match gateway(vector) {
        Gateway::Vnpay | Gateway::Onepay => get(content),
        Gateway::Momo
        | Gateway::Zalopay
        | Gateway::Payos
        | Gateway::Dvcqg
        | Gateway::StandardWebhooks
        | Gateway::Stripe
        | Gateway::Github => {
            let mut request = post(content);
            for (name, value) in vector["headers"].as_object().unwrap() {
                let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
                let value = HeaderValue::from_str(value.as_str().unwrap()).unwrap();
                request.headers_mut().append(name, value);
            }
            request
        }
    }
}

pub(super) fn clock(vector: &Value) -> Timestamp {
    vector["clock_unix"].as_i64().map_or(now(), |it| Timestamp::from_second(it).unwrap())
}

/// Verifies only, for messages that are authentic but not about a payment.
pub(super) fn verify(vector: &Value, request: &Request) -> Result<(), SignatureError> {
    let (channel, now) = (vector_channel(vector), clock(vector));
    match gateway(vector) {
        Gateway::Vnpay => vnpay::verify(&channel, request, now).map(|_| ()),
        Gateway::Momo => momo::verify(&channel, request, now).map(|_| ()),
        Gateway::Zalopay => zalopay::verify(&channel, request, now).map(|_| ()),
        Gateway::Payos => payos::verify(&channel, request, now).map(|_| ()),
        Gateway::Onepay => onepay::verify(&channel, request, now).map(|_| ()),
        Gateway::StandardWebhooks => generic::verify(&channel, request, now).map(|_| ()),
        Gateway::Stripe => stripe::verify(&channel, request, now).map(|_| ()),
        Gateway::Github => github::verify(&channel, request, now).map(|_| ()),
        Gateway::Dvcqg => panic!("no message of the national platform is published"),
    }
}

/// Whether it is a link to create at payOS, which is signed over five fixed fields, as no callback is.
fn is_a_request_of_ours_to_payos(vector: &Value) -> bool {
    gateway(vector) == Gateway::Payos && vector["direction"] == "outbound"
}

pub(super) fn received() -> Vec<Value> {
    let mut vectors = all();
    vectors.retain(|vector| !is_a_request_of_ours_to_payos(vector));
    vectors
}

#[test]
fn all_published_messages_are_there() {
    assert_eq!((all().len(), received().len()), (32, 30));
}

#[test]
fn every_published_message_is_believed_or_refused_as_published() {
    for vector in received() {
        let expected = match text(&vector, "expect") {
            "accept" => Ok(()),
            "reject" => Err(SignatureError::Mismatch),
            other => panic!("expects {other}"),
        };
        let found = verify(&vector, &request(&vector));
        assert_eq!(found, expected, "{}", text(&vector, "description"));
    }
}

#[test]
fn every_published_text_gives_the_published_signature() {
    for vector in all() {
        let secret = text(&vector["secrets"], "hmac_key");
        let allowed = Shortness::Allowed;
        let key = match text(&vector["secrets"], "hmac_key_encoding") {
            "utf8" => Key::from_text(secret, allowed),
            "hex" => Key::from_hex(secret, allowed),
            "base64" => Key::from_webhook_secret(secret, allowed),
            other => panic!("a key in {other}"),
        };
        let signed = text(&vector, "string_to_sign").as_bytes();
        let tag = match text(&vector, "algorithm") {
            "HMAC-SHA256" => sign_hmac_sha256(&key.unwrap(), &[signed]),
            "HMAC-SHA512" => sign_hmac_sha512(&key.unwrap(), &[signed]),
            other => panic!("an algorithm called {other}"),
        };
        if text(&vector, "signature_encoding") == "hex" {
            let expected = decode_hex(text(&vector, "expected_signature"));
            assert_eq!(Some(tag), expected, "{}", text(&vector, "description"));
        }
    }
}

#[test]
fn every_published_message_about_a_payment_is_read_with_its_result() {
    let mut read = Vec::new();
    for vector in received() {
        let adapter = adapter(gateway(&vector));
        let callback = (adapter.receive)(&vector_channel(&vector), &request(&vector), clock(&vector));
        let Ok(callback) = callback else {
            continue;
        };
        let found = callback.found.unwrap();
        if vector["business_result"] == "not-paid" {
            assert_ne!(found.outcome, PaymentOutcome::Paid);
        } else {
            assert_eq!(found.outcome, PaymentOutcome::Paid);
        }
        read.push((found.identity, found.amount_vnd.unwrap().dong()));
    }
    let expected = [
        ("TEST_TMN_CODE/1716257871703/14422574", 10_000),
        ("TEST_TMN_CODE/1716257871703/14422574", 10_000),
        ("CGXZLS0Z/PM-8f3a2c1d/14000001", 175_000),
        ("MOMOBKUN20180529/1661866315/2722713142", 1_579_000),
        ("MOMOBKUN20180529/fa839a45-a04b-4760-b523-9a2270c20c36/4415707100", 10_000_000),
        ("MOMOBKUN20180529/27_1679159221/2937335899", 720_000),
    ];
    for (identity, amount_vnd) in expected {
        assert!(read.contains(&(identity.to_owned(), amount_vnd)), "{identity}");
    }
    assert_eq!(read.len(), 13, "{read:?}");
}
