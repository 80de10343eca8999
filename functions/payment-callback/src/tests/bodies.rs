//! Odd JSON: names given twice, numbers that are not integers, broken text, depth and size. Nothing here may panic.

use super::*;
use proptest::prelude::*;
use rules::signature::SignatureError;

const BODY: &str = r#"{"type":"payment.confirmed","timestamp":"2026-10-10T08:32:00Z","data":{"reference":"R1","transaction":"T1","amount":125000,"currency":"VND","status":"paid","paid_at":"2026-10-10T08:31:58Z"}}"#;

fn generic(body: impl Into<Vec<u8>>) -> ParseError {
    unusable(Gateway::StandardWebhooks, &webhook_signed(body))
}

fn changed(from: &str, to: &str) -> String {
    assert!(BODY.contains(from), "{from}");
    BODY.replace(from, to)
}

#[test]
fn a_generic_payment_is_read_whole_under_either_signature() {
    let webhook = found(Gateway::StandardWebhooks, &webhook_signed(BODY));
    let github = found(Gateway::Github, &github_signed(BODY));
    let expected = Found {
        identity: "R1/T1".into(),
        amount_vnd: dong(125_000),
        outcome: PaymentOutcome::Paid,
        at: Some("2026-10-10T08:31:58Z".parse().unwrap()),
    };
    assert_eq!([webhook, github], [expected.clone(), expected]);
}

#[test]
fn one_payment_under_another_delivery_is_still_one_payment() {
    let key = Key::from_webhook_secret(WEBHOOK_KEY, Shortness::Refused).unwrap();
    let mut other = webhook_signed(BODY);
    let tag = standard_webhooks::sign(&key, "msg_2", now(), BODY.as_bytes());
    other.headers_mut().insert(standard_webhooks::ID, HeaderValue::from_static("msg_2"));
    other.headers_mut().insert(standard_webhooks::SIGNATURE, HeaderValue::from_str(&tag).unwrap());
    let [first, again, other] = [webhook_signed(BODY), webhook_signed(BODY), other]
        .map(|request| receive(Gateway::StandardWebhooks, &request).unwrap());
    assert_eq!([&again, &other], [&first; 2]);
}

#[test]
fn every_status_of_the_generic_gateway_has_its_meaning() {
    let failed = |code: &str| Some(PaymentOutcome::Failed(code.to_owned()));
    for (status, expected) in [
        (r#""paid""#, Some(PaymentOutcome::Paid)),
        (r#""failed""#, failed("failed")),
        (r#""failed","code":"51""#, failed("51")),
        (r#""suspected""#, Some(PaymentOutcome::Suspected)),
        (r#""pending""#, None),
        (r#""reversed""#, Some(PaymentOutcome::Reversed)),
    ] {
        let body = changed(r#""paid""#, status);
        assert_eq!(outcome(Gateway::StandardWebhooks, &webhook_signed(body)), expected, "{status}");
    }
    assert_eq!(generic(changed(r#""paid""#, r#""PAID""#)), malformed("status", Some("R1")));
}

#[test]
fn another_type_is_left_alone() {
    assert_eq!(generic(changed("payment.confirmed", "payment.created")), ParseError::UnknownType);
}

#[test]
fn a_generic_payment_with_a_field_missing_or_odd_names_it() {
    for (from, to, expected) in [
        (r#""type":"payment.confirmed","#, "", missing("type", None)),
        (r#""type":"payment.confirmed""#, r#""type":1"#, malformed("type", None)),
        (r#""data""#, r#""date""#, missing("data", None)),
        (r#""reference":"R1","#, "", missing("reference", None)),
        (r#""R1""#, r#""""#, missing("reference", None)),
        (r#""R1""#, r#""R\u0000""#, malformed("reference", None)),
        (r#""transaction":"T1","#, "", missing("transaction", Some("R1"))),
        (r#""currency":"VND","#, "", missing("currency", Some("R1"))),
        (r#""currency":"VND""#, r#""currency":{}"#, malformed("currency", Some("R1"))),
        ("2026-10-10T08:31:58Z", "yesterday", malformed("paid_at", Some("R1"))),
    ] {
        assert_eq!(generic(changed(from, to)), expected, "{to}");
    }
}

#[test]
fn an_amount_is_a_plain_integer_or_nothing() {
    let odd = ["1e3", "1.0", "125000.5", "-1", "-0", "9007199254740993", "1e400", "\"125000\"", "true", "[1]"];
    for odd in odd {
        let error = generic(changed("125000", odd));
        assert_eq!(error, malformed("amount", Some("R1")), "{odd}");
    }
    let largest = changed("125000", "9007199254740992");
    assert_eq!(found(Gateway::StandardWebhooks, &webhook_signed(largest)).amount_vnd, Some(Vnd::MAX));
}

#[test]
fn a_name_given_twice_is_malformed_where_it_could_decide() {
    let doubled = changed(r#""amount":125000"#, r#""amount":1,"amount":125000"#);
    assert_eq!(generic(doubled), malformed("data", None));
    let escaped = changed(r#""amount":125000"#, r#""amount":125000,"\u0061mount":1"#);
    assert_eq!(generic(escaped), malformed("data", None));
    let outer = changed(r#""data""#, r#""data":{},"data""#);
    assert_eq!(generic(outer), malformed("body", None));
}

#[test]
fn broken_text_is_malformed() {
    let latin: Vec<u8> = BODY.replace("R1", "R\u{e9}").chars().map(|it| it as u8).collect();
    for (body, expected) in [
        (latin, malformed("body", None)),
        (format!("\u{feff}{BODY}").into_bytes(), malformed("body", None)),
        (changed("R1", r"\ud800").into_bytes(), malformed("reference", None)),
        (changed("R1", r"\udc00\ud800").into_bytes(), malformed("reference", None)),
        (changed(r#""paid""#, r#""paid\ud800""#).into_bytes(), malformed("status", Some("R1"))),
        (changed("R1", "R\0").into_bytes(), malformed("body", None)),
        (Vec::new(), malformed("body", None)),
        (b"{".to_vec(), malformed("body", None)),
        (b"null".to_vec(), malformed("body", None)),
        (format!("{BODY} x").into_bytes(), malformed("body", None)),
    ] {
        assert_eq!(generic(body), expected);
    }
}

#[test]
fn depth_and_crowds_of_names_are_borne() {
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let nested = changed(r#""status""#, &format!(r#""extra":{deep},"status""#));
    assert!(receive(Gateway::StandardWebhooks, &webhook_signed(nested)).is_ok());
    assert_eq!(generic(deep), malformed("body", None));
    let crowd: String = (0..100_000).map(|it| format!(r#""n{it}":0,"#)).collect();
    assert_eq!(generic(changed(r#""type""#, &format!("{crowd}\"type\""))), malformed("body", None));
}

#[test]
fn a_body_whose_signature_stands_inside_is_forged_when_it_cannot_be_read() {
    let tag = "ab".repeat(32);
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    for (gateway, body, expected) in [
        (Gateway::Momo, "{".to_owned(), SignatureError::Malformed("body")),
        (Gateway::Momo, "{}".to_owned(), SignatureError::Missing("signature")),
        (Gateway::Momo, r#"{"signature":""}"#.to_owned(), SignatureError::Missing("signature")),
        (Gateway::Momo, r#"{"signature":1}"#.to_owned(), SignatureError::Malformed("signature")),
        (Gateway::Momo, format!(r#"{{"signature":" {tag}"}}"#), SignatureError::Malformed("signature")),
        (Gateway::Momo, format!(r#"{{"signature":"{tag}","amount":1,"amount":2}}"#), SignatureError::Malformed("body")),
        (Gateway::Momo, format!(r#"{{"signature":"{tag}","amount":[1]}}"#), SignatureError::Malformed("amount")),
        (Gateway::Momo, format!(r#"{{"signature":"{tag}","message":"\ud800"}}"#), SignatureError::Malformed("message")),
        (Gateway::Momo, format!(r#"{{"signature":"{tag}"}}"#), SignatureError::Mismatch),
        (Gateway::Zalopay, format!(r#"{{"mac":"{tag}"}}"#), SignatureError::Missing("data")),
        (Gateway::Zalopay, r#"{"data":"{}"}"#.to_owned(), SignatureError::Missing("mac")),
        (Gateway::Zalopay, format!(r#"{{"mac":"{tag}","data":{{}}}}"#), SignatureError::Malformed("data")),
        (Gateway::Zalopay, format!(r#"{{"mac":"{tag}","data":"\ud800"}}"#), SignatureError::Malformed("data")),
        (Gateway::Payos, format!(r#"{{"signature":"{tag}"}}"#), SignatureError::Malformed("data")),
        (
            Gateway::Payos,
            format!(r#"{{"signature":"{tag}","data":{{"a":1,"a":1}}}}"#),
            SignatureError::Malformed("data"),
        ),
        (Gateway::Payos, format!(r#"{{"signature":"{tag}","data":{{"a":{{}}}}}}"#), SignatureError::Malformed("data")),
        (
            Gateway::Payos,
            format!(r#"{{"signature":"{tag}","data":{{"a":{deep}}}}}"#),
            SignatureError::Malformed("data"),
        ),
        (Gateway::Payos, format!(r#"{{"signature":"{tag}","data":{{"a":[{{}}]}}}}"#), SignatureError::Mismatch),
    ] {
        let found = receive(gateway, &post(body.clone())).unwrap_err();
        assert_eq!(found, Rejection::Forged(expected), "{body}");
    }
}

#[test]
fn a_body_that_is_no_unicode_text_is_forged_at_every_gateway_that_must_read_it_first() {
    for gateway in [Gateway::Momo, Gateway::Zalopay, Gateway::Payos, Gateway::Dvcqg, Gateway::Onepay] {
        let found = receive(gateway, &post(b"{\"signature\":\"\xff\"}".to_vec())).unwrap_err();
        assert_eq!(found, Rejection::Forged(SignatureError::Malformed("body")));
    }
}

#[test]
fn a_callback_does_not_show_who_paid() {
    let callback = receive(Gateway::StandardWebhooks, &webhook_signed(BODY)).unwrap();
    let shown = format!("{callback:?}");
    assert!(shown.contains("R1") && shown.contains("Paid"));
    assert!(!shown.contains("R1/T1"), "{shown}");
}

proptest! {
    #[test]
    fn nothing_a_stranger_sends_makes_an_adapter_panic(body: Vec<u8>, query in ".*", post_it: bool) {
        let mut request = get(&query);
        if post_it {
            *request.method_mut() = Method::POST;
            *request.body_mut() = body.into();
        }
        for gateway in Gateway::ALL {
            prop_assert!(receive(gateway, &request).is_err());
        }
    }

    #[test]
    fn nothing_a_partner_signs_makes_the_reader_panic(data in "[\\[\\]{}\",:0-9a-z\\\\.-]{0,60}") {
        for request in [webhook_signed(data.as_str()), zalopay_signed(&data), stripe_signed(&data)] {
            for gateway in [Gateway::StandardWebhooks, Gateway::Zalopay, Gateway::Stripe] {
                prop_assert!(receive(gateway, &request).is_err());
            }
        }
    }
}
