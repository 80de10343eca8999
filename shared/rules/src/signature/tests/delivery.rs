use super::*;
use crate::signature::standard_webhooks as webhooks;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SENT: i64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const TAG: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn webhook_keys() -> Keys {
    Keys::new(Key::from_webhook_secret(SECRET, Shortness::Refused).unwrap(), None)
}

fn delivered(changes: &[(&'static str, Option<&str>)], now: i64) -> Result<String, SignatureError> {
    let mut headers = headers(&[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", TAG),
    ]);
    for (name, value) in changes {
        headers.remove(*name);
        if let Some(value) = value {
            headers.insert(*name, HeaderValue::from_str(value).unwrap());
        }
    }
    let verified = webhooks::verify(&webhook_keys(), &headers, BODY, at(now))?;
    assert_eq!(verified.message().body(), BODY);
    Ok(verified.message().id().to_owned())
}

#[test]
fn a_published_webhook_is_believed() {
    assert_eq!(delivered(&[], SENT).unwrap(), "msg_p5jXN8AQM9LWM0D4loKWxJek");
}

#[test]
fn a_webhook_is_believed_five_minutes_either_way_and_not_a_second_more() {
    for (now, expected) in [
        (SENT - 300, None),
        (SENT + 300, None),
        (SENT - 301, Some(SignatureError::TooNew)),
        (SENT + 301, Some(SignatureError::TooOld)),
    ] {
        assert_eq!(delivered(&[], now).err(), expected);
    }
}

#[test]
fn a_webhook_whose_headers_are_wrong_is_refused_by_name() {
    use SignatureError::*;
    let long = "m".repeat(256);
    let wrong = |name, value, expected| {
        assert_eq!(delivered(&[(name, value)], SENT).unwrap_err(), expected, "{name} {value:?}");
    };
    wrong("webhook-id", None, Missing("webhook-id"));
    wrong("webhook-id", Some(""), Missing("webhook-id"));
    wrong("webhook-id", Some("msg.1"), Malformed("webhook-id"));
    wrong("webhook-id", Some("msg_đ"), Malformed("webhook-id"));
    wrong("webhook-id", Some(&long), Malformed("webhook-id"));
    wrong("webhook-id", Some("msg_other"), Mismatch);
    wrong("webhook-timestamp", None, TimestampMissing);
    wrong("webhook-timestamp", Some(""), TimestampMissing);
    wrong("webhook-signature", None, Missing("webhook-signature"));
    wrong("webhook-signature", Some(""), Missing("webhook-signature"));
    wrong("webhook-signature", Some("v1a,abc"), Malformed("webhook-signature"));
    wrong("webhook-signature", Some("v1,!"), Malformed("webhook-signature"));
    wrong("webhook-signature", Some(&TAG[3..]), Malformed("webhook-signature"));
    wrong("webhook-signature", Some("v1,g0hM9SsE+OTPJTGt/tmIKg=="), Mismatch);
    wrong("webhook-timestamp", Some("1614265331"), Mismatch);
}

#[test]
fn a_timestamp_that_is_no_count_of_seconds_is_refused() {
    for (timestamp, expected) in [
        ("-1614265330", SignatureError::TimestampMalformed),
        ("+1614265330", SignatureError::TimestampMalformed),
        ("1614265330.0", SignatureError::TimestampMalformed),
        (" 1614265330", SignatureError::TimestampMalformed),
        ("1614265330,1614265330", SignatureError::TimestampMalformed),
        ("99999999999999999999", SignatureError::TimestampMalformed),
        ("9223372036854775807", SignatureError::TooNew),
        ("0", SignatureError::TooOld),
    ] {
        let refused = delivered(&[("webhook-timestamp", Some(timestamp))], SENT);
        assert_eq!(refused.unwrap_err(), expected, "{timestamp}");
    }
}

#[test]
fn one_good_signature_among_others_is_enough() {
    for list in
        [format!("v1,AAAA {TAG}"), format!("{TAG} v1a,whatever v2,x"), format!("v1,! {TAG}"), format!("  {TAG} ")]
    {
        assert!(delivered(&[("webhook-signature", Some(&list))], SENT).is_ok(), "{list}");
    }
    let crowd = [TAG; 9].join(" ");
    let refused = delivered(&[("webhook-signature", Some(&crowd))], SENT);
    assert_eq!(refused.unwrap_err(), SignatureError::Malformed("webhook-signature"));
}

#[test]
fn a_doubled_header_is_refused_even_where_one_of_the_two_is_right() {
    for name in [webhooks::ID, webhooks::TIMESTAMP, webhooks::SIGNATURE] {
        let mut headers = headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", TAG),
        ]);
        let again = headers[name].clone();
        headers.append(name, again);
        let refused = webhooks::verify(&webhook_keys(), &headers, BODY, at(SENT));
        assert_eq!(refused.unwrap_err(), SignatureError::Duplicated(name));
    }
}

#[test]
fn a_changed_body_is_refused_and_so_is_the_same_json_spelled_otherwise() {
    for body in [&br#"{"test":2432232314}"#[..], br#"{"test": 2432232315}"#, b""] {
        let headers = headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", TAG),
        ]);
        let refused = webhooks::verify(&webhook_keys(), &headers, body, at(SENT));
        assert_eq!(refused.unwrap_err(), SignatureError::Mismatch);
    }
}

#[test]
fn what_we_sign_is_what_the_standard_publishes() {
    let keys = webhook_keys();
    let tag = webhooks::sign(keys.current(), "msg_p5jXN8AQM9LWM0D4loKWxJek", at(SENT), BODY);
    assert_eq!(tag, TAG);
}

#[test]
fn a_later_attempt_of_one_delivery_has_the_same_digest() {
    let keys = webhook_keys();
    let digest = |sent| {
        let tag = webhooks::sign(keys.current(), "msg_1", at(sent), BODY);
        let seconds = sent.to_string();
        let headers = headers(&[("webhook-id", "msg_1"), ("webhook-timestamp", &seconds), ("webhook-signature", &tag)]);
        webhooks::verify(&keys, &headers, BODY, at(sent)).unwrap().digest()
    };
    assert_eq!(digest(SENT), digest(SENT + 3600));
}

fn stripe_signature(seconds: i64) -> String {
    let text = seconds.to_string();
    encode_hex(&sign_hmac_sha256(&key("whsec_secret"), &[text.as_bytes(), b".", BODY]))
}

fn stripe_with(header: &str, now: i64) -> Option<SignatureError> {
    let headers = headers(&[("stripe-signature", header)]);
    stripe::verify(&keys("whsec_secret"), &headers, BODY, at(now)).err()
}

#[test]
fn stripes_header_is_taken_apart_strictly() {
    use SignatureError::*;
    let v1 = stripe_signature(SENT);
    let check = |header: String, expected| assert_eq!(stripe_with(&header, SENT), expected, "{header}");
    check(format!("t={SENT},v1={v1}"), None);
    check(format!("t={SENT},v1={}", v1.to_uppercase()), None);
    check(format!("v1={v1},t={SENT}"), None);
    check(format!("t={SENT},v1={},v1={v1},v0=abc", "00".repeat(32)), None);
    check(format!("t={SENT},v1=nothex,v1={v1}"), None);
    check(format!("t={SENT},v0={v1}"), Some(Malformed("stripe-signature")));
    check(format!("t={SENT},v1=nothex"), Some(Malformed("stripe-signature")));
    check(format!("t={SENT}{}", format!(",v1={v1}").repeat(9)), Some(Malformed("stripe-signature")));
    check(format!("t={SENT},v1={}", &v1[..32]), Some(Mismatch));
    check(format!("v1={v1}"), Some(TimestampMissing));
    check(format!("t=,v1={v1}"), Some(TimestampMissing));
    check(format!("t=-1,v1={v1}"), Some(TimestampMalformed));
    check(format!("t={SENT},t={SENT},v1={v1}"), Some(Duplicated("stripe-signature")));
    check("nonsense".to_owned(), Some(Malformed("stripe-signature")));
    check(String::new(), Some(Missing("stripe-signature")));
}

#[test]
fn stripes_instant_is_held_against_now_on_both_sides() {
    let header = format!("t={SENT},v1={}", stripe_signature(SENT));
    for (now, expected) in [
        (SENT - 300, None),
        (SENT + 300, None),
        (SENT - 301, Some(SignatureError::TooNew)),
        (SENT + 301, Some(SignatureError::TooOld)),
    ] {
        assert_eq!(stripe_with(&header, now), expected);
    }
}

#[test]
fn githubs_header_is_taken_apart_strictly() {
    use SignatureError::*;
    let tag = encode_hex(&sign_hmac_sha256(&key("It's a Secret to Everybody"), &[b"Hello, World!"]));
    assert_eq!(tag, "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    for (header, expected) in [
        (format!("sha256={tag}"), None),
        (format!("sha256={}", tag.to_uppercase()), None),
        (format!("sha1={tag}"), Some(Malformed("x-hub-signature-256"))),
        (format!("sha256= {tag}"), Some(Malformed("x-hub-signature-256"))),
        (format!("sha256={}", &tag[..40]), Some(Mismatch)),
        ("sha256=".to_owned(), Some(Mismatch)),
        (String::new(), Some(Missing("x-hub-signature-256"))),
    ] {
        let headers = headers(&[("x-hub-signature-256", &header)]);
        let answer = github::verify(&keys("It's a Secret to Everybody"), &headers, b"Hello, World!");
        assert_eq!(answer.err(), expected, "{header}");
    }
}
