use super::*;
use crate::signature::standard_webhooks as webhooks;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use proptest::prelude::*;

struct Text<'a>(&'a [u8]);

impl Signed for Text<'_> {
    fn signed(&self, feed: &mut dyn FnMut(&[u8])) {
        feed(self.0);
    }
}

fn key(text: &str) -> Key {
    Key::from_text(text, Shortness::Allowed).unwrap()
}

fn keys(text: &str) -> Keys {
    Keys::new(key(text), None)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
    }
    headers
}

/// RFC 4231, sections 4.2 to 4.8 without 4.6 (its tags are cut short, which is refused): key, data, SHA-256, SHA-512,
/// all in hexadecimal.
fn rfc_4231() -> Vec<(Vec<u8>, Vec<u8>, &'static str, &'static str)> {
    vec![
        (
            vec![0x0b; 20],
            b"Hi There".to_vec(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        ),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?".to_vec(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            vec![0xaa; 20],
            vec![0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        ),
        (
            (1..=25).collect(),
            vec![0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        ),
        (
            vec![0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.".to_vec(),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
        ),
    ]
}

#[test]
fn the_published_hmac_cases_hold() {
    for (case, (key, data, sha256, sha512)) in rfc_4231().into_iter().enumerate() {
        let key = Key::from_hex(&encode_hex(&key), Shortness::Allowed).unwrap();
        let keys = Keys::new(key, None);
        let [short, long] = [sha256, sha512].map(|tag| decode_hex(tag).unwrap());
        assert!(verify_hmac_sha256(&keys, Text(&data), &short).is_ok(), "case {case}");
        assert!(verify_hmac_sha512(&keys, Text(&data), &long).is_ok(), "case {case}");
    }
}

#[test]
fn a_tag_cut_short_lengthened_or_empty_is_refused() {
    let tag = sign_hmac_sha256(&key("secret"), &[b"data"]);
    let mut longer = tag.clone();
    longer.push(0);
    for wrong in [&tag[..16], &tag[..31], &[], &longer] {
        let refused = verify_hmac_sha256(&keys("secret"), Text(b"data"), wrong);
        assert_eq!(refused.unwrap_err(), SignatureError::Mismatch);
        let refused = verify_suffixed_sha256(&keys("secret"), Text(b"data"), wrong);
        assert_eq!(refused.unwrap_err(), SignatureError::Mismatch);
    }
}

#[test]
fn both_live_keys_are_taken_and_a_removed_one_is_not() {
    let rolling = Keys::new(key("new"), Some(key("old")));
    for (signer, expected) in [("new", None), ("old", None), ("older", Some(SignatureError::Mismatch))] {
        let tag = sign_hmac_sha256(&key(signer), &[b"data"]);
        assert_eq!(verify_hmac_sha256(&rolling, Text(b"data"), &tag).err(), expected);
        let tag = sign_hmac_sha512(&key(signer), &[b"data"]);
        assert_eq!(verify_hmac_sha512(&rolling, Text(b"data"), &tag).err(), expected);
    }
    let tag = sign_hmac_sha256(&key("old"), &[b"data"]);
    let after = verify_hmac_sha256(&keys("new"), Text(b"data"), &tag);
    assert_eq!(after.unwrap_err(), SignatureError::Mismatch);
}

#[test]
fn the_suffixed_hash_is_over_the_content_and_the_key_after_it() {
    // SHA-256 of "abc", FIPS 180-4's example, split between content and key.
    let tag = decode_hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad").unwrap();
    assert!(verify_suffixed_sha256(&keys("c"), Text(b"ab"), &tag).is_ok());
    let other = verify_suffixed_sha256(&keys("d"), Text(b"ab"), &tag);
    assert_eq!(other.unwrap_err(), SignatureError::Mismatch);
}

#[test]
fn hex_is_read_in_either_case_and_nothing_else_is_hex() {
    assert_eq!(decode_hex("0aFf"), Some(vec![0x0a, 0xff]));
    for wrong in ["0", "0g", " 0a", "0a ", "0x0a", "0a\n", "０ａ"] {
        assert_eq!(decode_hex(wrong), None, "{wrong:?}");
    }
}

#[test]
fn a_key_under_its_minimum_is_refused_unless_shortness_is_allowed() {
    use Shortness::{Allowed, Refused};
    let short = |bytes, minimum| Err(KeyError::TooShort { bytes, minimum });
    let kind = |key: Result<Key, KeyError>| key.map(|_| ());
    for (given, expected) in [
        (kind(Key::from_text(&"k".repeat(16), Refused)), Ok(())),
        (kind(Key::from_text(&"k".repeat(15), Refused)), short(15, 16)),
        (kind(Key::from_text("k", Allowed)), Ok(())),
        (kind(Key::from_text("", Allowed)), Err(KeyError::Empty)),
        (kind(Key::from_text("k ", Allowed)), Err(KeyError::Padded)),
        (kind(Key::from_hex(&"0F".repeat(16), Refused)), Ok(())),
        (kind(Key::from_hex(&"0F".repeat(15), Refused)), short(15, 16)),
        (kind(Key::from_hex("", Allowed)), Err(KeyError::Empty)),
        (kind(Key::from_hex("xy", Allowed)), Err(KeyError::NotHex)),
        (kind(Key::from_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Refused)), Ok(())),
        (kind(Key::from_webhook_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Refused)), Ok(())),
        (kind(Key::from_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaQ=", Refused)), short(23, 24)),
        (kind(Key::from_webhook_secret("whsec_", Allowed)), Err(KeyError::Empty)),
        (kind(Key::from_webhook_secret("whsec_!", Allowed)), Err(KeyError::NotBase64)),
    ] {
        assert_eq!(given, expected);
    }
}

#[test]
fn keys_and_verified_messages_show_nothing() {
    let keys = Keys::new(key("secret-one"), Some(key("secret-two")));
    assert_eq!(format!("{keys:?}"), "Keys { current: Key(..), previous: Some(Key(..)) }");
    let tag = sign_hmac_sha256(&key("secret-one"), &[b"0905123456"]);
    let verified = verify_hmac_sha256(&keys, Text(b"0905123456"), &tag).unwrap();
    assert_eq!(format!("{verified:?}"), "Verified(..)");
}

#[test]
fn the_caller_hears_the_same_words_whatever_was_wrong() {
    let text = SignatureError::Mismatch.caller_text();
    for error in [
        SignatureError::Missing("webhook-id"),
        SignatureError::TooOld,
        SignatureError::TimestampMalformed,
        SignatureError::NotConfigured("access_key"),
    ] {
        assert_eq!(error.caller_text(), text);
    }
}

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

proptest! {
    #[test]
    fn one_changed_bit_of_message_or_tag_is_refused(
        data in prop::collection::vec(any::<u8>(), 1..80), place: prop::sample::Index, bit in 0..8u8, in_tag: bool
    ) {
        let mut data = data;
        let mut tag = sign_hmac_sha512(&key("secret"), &[&data]);
        let changed = if in_tag { &mut tag } else { &mut data };
        let index = place.index(changed.len());
        changed[index] ^= 1 << bit;
        let refused = verify_hmac_sha512(&keys("secret"), Text(&data), &tag);
        prop_assert_eq!(refused.unwrap_err(), SignatureError::Mismatch);
    }
}
