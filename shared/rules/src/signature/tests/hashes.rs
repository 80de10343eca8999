use super::*;
use proptest::prelude::*;

/// Lists the cases of RFC 4231, sections 4.2 to 4.8 without 4.6 (its tags are cut short, which is refused): key, data,
/// SHA-256, SHA-512, all in hexadecimal.
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
