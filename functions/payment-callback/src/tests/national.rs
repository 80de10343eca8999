//! The national payment platform: a plain hash, accepted by name, its separator refused, its order a setting.

use super::*;
use crate::callback::Answer;
use rules::config::DVCQG_FIELDS;
use rules::http::Reply;
use rules::signature::SignatureError;

/// SHA-256 of the ten values and the key, computed apart from this code, in both orders that partners use.
const HASH: &str = "388ddf5d50d3870fbbfb12441871a2e2aa2d5866b64780f28e65a026399fd975";
const HASH_OTHER_ORDER: &str = "d2d27a3133362e0b94453831a103f5bf5b57a6061e310a86d3d24a392f93f395";

fn confirmation(hash: &str, changes: &[(&str, Value)]) -> Request {
    let mut body = json!({
        "LoaiBanTin": "C", "MaLoi": "00", "MaDoiTac": "KHVP", "MaThamChieu": "H32-0001-1", "SoTien": 125_000,
        "MaTienTe": "VND", "MaGiaoDich": "PP0001", "MaNganHang": "VCB", "ThoiGianGD": "20261010153200",
        "ThongTinGiaoDich": "Le phi", "MaXacThuc": hash,
    });
    for (field, value) in changes {
        body[*field] = value.clone();
    }
    post(body.to_string())
}

fn forged(request: &Request) -> SignatureError {
    match receive(Gateway::Dvcqg, request).unwrap_err() {
        Rejection::Forged(error) => error,
        Rejection::Unusable(error) => panic!("authentic, but {error}"),
    }
}

#[test]
fn a_confirmation_is_read_whole() {
    let callback = receive(Gateway::Dvcqg, &confirmation(HASH, &[])).unwrap();
    let expected = Found {
        identity: "KHVP/H32-0001-1".into(),
        amount_vnd: dong(125_000),
        outcome: PaymentOutcome::Paid,
        at: Some(now()),
    };
    assert_eq!(callback.found, Some(expected));
    assert_eq!(callback.transaction, "PP0001");
}

#[test]
fn the_order_of_the_last_two_fields_is_the_channels() {
    assert_eq!(forged(&confirmation(HASH_OTHER_ORDER, &[])), SignatureError::Mismatch);
    let mut order = DVCQG_FIELDS;
    order.swap(8, 9);
    let more = json!({ "accept_weak_scheme": true, "field_order": order });
    let channel = channel_with(Gateway::Dvcqg, &[KEY], more);
    let request = confirmation(HASH_OTHER_ORDER, &[]);
    let callback = (adapter(Gateway::Dvcqg).receive)(&channel, &request, now());
    assert_eq!(callback.unwrap().reference, "H32-0001-1");
}

#[test]
fn every_changed_signed_field_is_refused_and_the_receipt_is_not_looked_at() {
    for field in DVCQG_FIELDS {
        let request = confirmation(HASH, &[(field, json!("1"))]);
        assert_eq!(forged(&request), SignatureError::Mismatch, "{field}");
        let request = confirmation(HASH, &[(field, Value::Null)]);
        assert_eq!(forged(&request), SignatureError::Mismatch, "{field}");
    }
    let receipt = ("ThongTinBienLai", json!({ "PhiLePhi": [1] }));
    assert!(receive(Gateway::Dvcqg, &confirmation(HASH, &[receipt])).is_ok());
}

#[test]
fn a_value_with_the_separator_is_refused_before_anything_is_compared() {
    let moved = [("ThoiGianGD", json!("20261010153200|Le phi")), ("ThongTinGiaoDich", json!(""))];
    assert_eq!(forged(&confirmation(HASH, &moved)), SignatureError::Ambiguous("ThoiGianGD"));
}

#[test]
fn a_hash_that_is_none_is_refused_by_its_fault() {
    for (hash, expected) in [
        ("", SignatureError::Missing("MaXacThuc")),
        ("xyz", SignatureError::Malformed("MaXacThuc")),
        (&HASH[..62], SignatureError::Mismatch),
    ] {
        assert_eq!(forged(&confirmation(hash, &[])), expected);
    }
}

#[test]
fn an_answer_repeats_the_confirmation_and_a_refusal_repeats_nothing() {
    let reply = adapter(Gateway::Dvcqg).reply;
    let request = confirmation(HASH, &[]);
    let answer: Value = serde_json::from_str(reply(&Answer::Recorded, &request).text()).unwrap();
    let expected = json!({
        "MaLoi": "00", "MoTaLoi": "recorded", "MaDoiTac": "KHVP", "MaThamChieu": "H32-0001-1",
        "ThoiGianGD": "20261010153200", "MaXacThuc": HASH,
    });
    assert_eq!(answer, expected);
    let refusal = reply(&Answer::Forged, &request);
    assert_eq!((refusal.status().as_u16(), refusal.text()), (401, r#"{"MaLoi":"99","MoTaLoi":"refused"}"#));
}
