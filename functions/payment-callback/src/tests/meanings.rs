//! Meaning of each gateway's authentic message: reference, identity, amount, outcome, instant.

use super::*;
use rules::http::Received;
use rules::signature::SignatureError;

const MOMO: &str = r#""partnerCode":"KHVP","orderId":"R1","requestId":"q","amount":125000,"orderInfo":"Lệ phí","orderType":"momo_wallet","transId":2722713142,"resultCode":0,"message":"Thành công.","payType":"qr","responseTime":1791621120000,"extraData":"""#;
const MOMO_SIGNED: &str = "amount=125000&extraData=&message=Thành công.&orderId=R1&orderInfo=Lệ phí&orderType=momo_wallet&partnerCode=KHVP&payType=qr&requestId=q&responseTime=1791621120000&resultCode=0&transId=2722713142";

/// Returns the MoMo message with one text replaced in both its forms.
fn momo(changes: &[(&str, &str, &str, &str)]) -> Request {
    let (mut members, mut signed) = (MOMO.to_owned(), MOMO_SIGNED.to_owned());
    for (member, new_member, text, new_text) in changes {
        assert!(members.contains(member) && signed.contains(text));
        members = members.replace(member, new_member);
        signed = signed.replace(text, new_text);
    }
    momo_signed(&members, &signed)
}

#[test]
fn a_momo_payment_is_read_whole() {
    let callback = receive(Gateway::Momo, &momo(&[])).unwrap();
    let expected = Found {
        identity: "KHVP/R1/2722713142".into(),
        amount_vnd: dong(125_000),
        outcome: PaymentOutcome::Paid,
        at: Some(Timestamp::from_second(1_791_621_120).unwrap()),
    };
    assert_eq!(callback.found.as_ref(), Some(&expected));
    assert!(callback.is_for(&channel(Gateway::Momo)));
}

#[test]
fn momos_results_are_paid_pending_or_failed() {
    let failed = |code: &str| Some(PaymentOutcome::Failed(code.to_owned()));
    for (code, expected) in [
        ("0", Some(PaymentOutcome::Paid)),
        ("9000", None),
        ("1000", None),
        ("7000", None),
        ("7002", None),
        ("8000", None),
        ("1006", failed("1006")),
        ("99", failed("99")),
    ] {
        let (member, text) = (format!("\"resultCode\":{code}"), format!("resultCode={code}"));
        let request = momo(&[("\"resultCode\":0", &member, "resultCode=0", &text)]);
        assert_eq!(outcome(Gateway::Momo, &request), expected, "{code}");
    }
}

#[test]
fn momos_return_in_the_browser_is_no_callback() {
    let request = get("partnerCode=KHVP&signature=ab");
    assert_eq!(receive(Gateway::Momo, &request).unwrap_err(), Rejection::Forged(SignatureError::Malformed("body")));
}

#[test]
fn momos_signed_text_that_could_be_cut_otherwise_is_not_used() {
    let hidden = "Lệ phí&orderType=x";
    let request = momo(&[("Lệ phí", hidden, "Lệ phí", hidden)]);
    assert_eq!(unusable(Gateway::Momo, &request), malformed("orderInfo", Some("R1")));
    let harmless = momo(&[("Lệ phí", "A & B = C", "Lệ phí", "A & B = C")]);
    assert!(receive(Gateway::Momo, &harmless).is_ok());
}

#[test]
fn another_unicode_form_of_the_same_words_is_another_text() {
    // "à" as one character and as two: MoMo signed the first.
    let mut request = momo(&[]);
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    assert!(body.contains("Th\u{e0}nh"));
    *request.body_mut() = body.replace("Th\u{e0}nh", "Tha\u{300}nh").into();
    assert_eq!(receive(Gateway::Momo, &request).unwrap_err(), Rejection::Forged(SignatureError::Mismatch));
}

#[test]
fn momo_without_a_decisive_field_still_tells_its_reference() {
    let request = momo(&[("\"transId\":2722713142", "\"transId\":null", "transId=2722713142", "transId=")]);
    assert_eq!(unusable(Gateway::Momo, &request), missing("transId", Some("R1")));
    let request = momo(&[("\"orderId\":\"R1\"", "\"x\":1", "orderId=R1", "orderId=")]);
    assert_eq!(unusable(Gateway::Momo, &request), missing("orderId", None));
}

const ZALOPAY: &str = r#"{"app_id":2553,"app_trans_id":"261010_R1","amount":125000,"zp_trans_id":18446744073709551615,"server_time":1791621120000}"#;

#[test]
fn a_zalopay_payment_is_read_whole_with_its_64_bit_number() {
    let callback = receive(Gateway::Zalopay, &zalopay_signed(ZALOPAY)).unwrap();
    let expected = Found {
        identity: "2553/18446744073709551615".into(),
        amount_vnd: dong(125_000),
        outcome: PaymentOutcome::Paid,
        at: Some(Timestamp::from_second(1_791_621_120).unwrap()),
    };
    assert_eq!(callback.found, Some(expected));
    assert_eq!(callback.reference, "261010_R1");
    assert_eq!(callback.merchant.as_deref(), Some("2553"));
}

#[test]
fn zalopay_data_that_cannot_be_used_names_the_field() {
    for (from, to, expected) in [
        (r#""app_trans_id":"261010_R1","#, "", missing("app_trans_id", None)),
        (r#""app_id":2553"#, r#""app_id":"2553""#, malformed("app_id", Some("261010_R1"))),
        ("125000", "1.25e5", malformed("amount", Some("261010_R1"))),
        ("125000", "\"125000\"", malformed("amount", Some("261010_R1"))),
        (r#","zp_trans_id":18446744073709551615"#, "", missing("zp_trans_id", Some("261010_R1"))),
        ("18446744073709551615", "-1", malformed("zp_trans_id", Some("261010_R1"))),
    ] {
        let request = zalopay_signed(&ZALOPAY.replace(from, to));
        assert_eq!(unusable(Gateway::Zalopay, &request), expected, "{from}");
    }
    assert_eq!(unusable(Gateway::Zalopay, &zalopay_signed("[]")), malformed("data", None));
}

const PAYOS: &str = r#"{"orderCode":123,"amount":125000,"description":"VQRIO","reference":"TF1","transactionDateTime":"2026-10-10 15:32:00","currency":"VND","paymentLinkId":"L1","code":"00","counterAccountName":null}"#;
const PAYOS_SIGNED: &str = "amount=125000&code=00&counterAccountName=&currency=VND&description=VQRIO&orderCode=123&paymentLinkId=L1&reference=TF1&transactionDateTime=2026-10-10 15:32:00";

fn payos(from: &str, to: &str, signed_from: &str, signed_to: &str) -> Request {
    assert!(PAYOS.contains(from) && PAYOS_SIGNED.contains(signed_from));
    payos_signed(&PAYOS.replace(from, to), &PAYOS_SIGNED.replace(signed_from, signed_to))
}

#[test]
fn a_payos_transfer_is_read_whole_in_vietnamese_time() {
    let callback = receive(Gateway::Payos, &payos_signed(PAYOS, PAYOS_SIGNED)).unwrap();
    let expected = Found {
        identity: "L1/TF1".into(),
        amount_vnd: dong(125_000),
        outcome: PaymentOutcome::Paid,
        at: Some("2026-10-10T08:32:00Z".parse().unwrap()),
    };
    assert_eq!(callback.found, Some(expected));
    assert_eq!(callback.reference, "123");
}

#[test]
fn payos_signs_numbers_as_they_are_written() {
    // Written 125000.0, signed 125000.0: authentic, but not an integer.
    let request = payos("125000", "125000.0", "125000", "125000.0");
    assert_eq!(unusable(Gateway::Payos, &request), malformed("amount", Some("123")));
    // Written 125000.0 and signed 125000: not what was signed.
    let request = payos("125000", "125000.0", "125000", "125000");
    assert_eq!(receive(Gateway::Payos, &request).unwrap_err(), Rejection::Forged(SignatureError::Mismatch));
}

#[test]
fn a_payos_failure_and_a_foreign_currency_are_seen() {
    let failed = outcome(Gateway::Payos, &payos("\"00\"", "\"01\"", "code=00", "code=01"));
    assert_eq!(failed, Some(PaymentOutcome::Failed("01".to_owned())));
    let foreign = receive(Gateway::Payos, &payos("VND", "USD", "VND", "USD")).unwrap();
    assert_eq!((foreign.found.unwrap().amount_vnd, foreign.currency.as_str()), (None, "USD"));
}

#[test]
fn a_payer_cannot_write_fields_into_the_signed_text() {
    let hidden = "VQRIO&orderCode=777";
    let honest = payos("VQRIO", hidden, "VQRIO", hidden);
    assert_eq!(unusable(Gateway::Payos, &honest), malformed("description", Some("123")));
    // The same signed text cut at the payer's field, the real one pushed into a name.
    let data = PAYOS.replace(r#""orderCode":123,"#, r#""orderCode":777,"orderCode=123&paymentLinkId":"L1","#);
    let data = data.replace(r#""paymentLinkId":"L1","#, "");
    let recut = payos_signed(&data, &PAYOS_SIGNED.replace("VQRIO", hidden));
    let expected = malformed("orderCode=123&paymentLinkId", Some("777"));
    assert_eq!(unusable(Gateway::Payos, &recut), expected);
}

#[test]
fn payos_without_a_decisive_member_still_tells_its_order() {
    let request = payos(r#""reference":"TF1","#, "", "&reference=TF1", "");
    assert_eq!(unusable(Gateway::Payos, &request), missing("reference", Some("123")));
    let request = payos(r#""orderCode":123,"#, "", "&orderCode=123", "");
    assert_eq!(unusable(Gateway::Payos, &request), missing("orderCode", None));
}

const ONEPAY: &str = "vpc_Amount=12500000&vpc_CurrencyCode=VND&vpc_MerchTxnRef=R1&vpc_Merchant=KHVP&vpc_TransactionNo=1625746&vpc_TxnResponseCode=0";

#[test]
fn a_onepay_payment_is_read_from_a_query_and_from_a_form() {
    let query = onepay_signed(ONEPAY);
    let form = post(query.raw_query());
    for request in [query, form] {
        let expected = Found {
            identity: "KHVP/R1/1625746".into(),
            amount_vnd: dong(125_000),
            outcome: PaymentOutcome::Paid,
            at: None,
        };
        assert_eq!(found(Gateway::Onepay, &request), expected);
    }
}

#[test]
fn hundredths_that_are_no_whole_dong_and_foreign_ones_are_seen_at_onepay_and_never_rounded() {
    for (from, to) in [("12500000", "12500050"), ("=VND", "=USD")] {
        let found = found(Gateway::Onepay, &onepay_signed(&ONEPAY.replace(from, to)));
        assert_eq!((found.amount_vnd, found.outcome), (None, PaymentOutcome::Paid), "{to}");
    }
}

#[test]
fn onepay_names_what_is_wrong() {
    for (from, to, expected) in [
        ("vpc_MerchTxnRef=R1&", "", missing("vpc_MerchTxnRef", None)),
        ("vpc_Amount=12500000&", "", missing("vpc_Amount", Some("R1"))),
        ("&vpc_TxnResponseCode=0", "", missing("vpc_TxnResponseCode", Some("R1"))),
        ("12500000", "-1", malformed("vpc_Amount", Some("R1"))),
    ] {
        assert!(ONEPAY.contains(from));
        let request = onepay_signed(&ONEPAY.replace(from, to));
        assert_eq!(unusable(Gateway::Onepay, &request), expected, "{to}");
    }
}

#[test]
fn a_onepay_decline_is_a_failure_with_its_code() {
    let request = onepay_signed(&ONEPAY.replace("ResponseCode=0", "ResponseCode=99"));
    assert_eq!(outcome(Gateway::Onepay, &request), Some(PaymentOutcome::Failed("99".to_owned())));
}

#[test]
fn a_onepay_value_that_hides_a_field_is_not_used() {
    // Signed raw as one value `1&vpc_X=2`, and sent escaped, as one value.
    let mut request = onepay_signed(&ONEPAY.replace("1625746", "1&vpc_X=2"));
    request = get(&request.raw_query().replace("1&vpc_X=2", "1%26vpc_X%3D2"));
    let expected = malformed("vpc_TransactionNo", Some("R1"));
    assert_eq!(unusable(Gateway::Onepay, &request), expected);
}

#[test]
fn a_doubled_onepay_parameter_is_forged() {
    let request = get(&format!("{}&vpc_Amount=1", onepay_signed(ONEPAY).raw_query()));
    assert_eq!(
        receive(Gateway::Onepay, &request).unwrap_err(),
        Rejection::Forged(SignatureError::Duplicated("a signed parameter"))
    );
}

const EVENT: &str = r#"{"id":"evt_1","type":"payment_intent.succeeded","created":1791621120,"data":{"object":{"id":"pi_1","amount":125000,"amount_received":125000,"currency":"vnd","metadata":{"reference":"00000000000101"}}}}"#;

#[test]
fn a_stripe_success_is_one_payment_and_each_failure_its_own() {
    let paid = found(Gateway::Stripe, &stripe_signed(EVENT));
    assert_eq!((paid.identity.as_str(), paid.amount_vnd), ("pi_1", dong(125_000)));
    assert_eq!(paid.outcome, PaymentOutcome::Paid);
    let failed = EVENT.replace("succeeded", "payment_failed");
    let failed = found(Gateway::Stripe, &stripe_signed(&failed));
    assert_eq!(failed.identity, "pi_1/evt_1");
    assert_eq!(failed.outcome, PaymentOutcome::Failed("payment_failed".to_owned()));
}

#[test]
fn a_stripe_payment_in_another_currency_is_no_dong() {
    let request = stripe_signed(&EVENT.replace("\"vnd\"", "\"usd\""));
    let callback = receive(Gateway::Stripe, &request).unwrap();
    assert_eq!((callback.found.unwrap().amount_vnd, callback.currency.as_str()), (None, "USD"));
}

#[test]
fn a_stripe_event_of_another_kind_is_left_alone() {
    let request = stripe_signed(&EVENT.replace("payment_intent.succeeded", "invoice.paid"));
    assert_eq!(unusable(Gateway::Stripe, &request), ParseError::UnknownType);
}

#[test]
fn identities_never_meet_whatever_stands_in_their_parts() {
    use rules::gateway::identity;
    assert_ne!(identity(&["a/b", "c"]), identity(&["a", "b/c"]));
    assert_ne!(identity(&["a%2Fb"]), identity(&["a/b"]));
    assert_eq!(identity(&["a", "b"]), "a/b");
}
