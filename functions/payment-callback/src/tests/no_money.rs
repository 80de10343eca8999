//! Messages that bring nothing: payers who turned back, other applications, tests, trials, sayings.

use super::*;
use crate::callback::Concerns;

const TURNED_BACK: &str =
    "vpc_Amount=12500000&vpc_MerchTxnRef=R1&vpc_Merchant=KHVP&vpc_Message=Canceled&vpc_TxnResponseCode=99";

#[test]
fn a_payer_who_turned_back_needs_no_number_of_a_transaction() {
    let failed = |gateway, request: &Request| {
        let found = found(gateway, request);
        (found.identity, found.outcome)
    };
    let expected = |code: &str| (format!("KHVP/R1/failed/{code}"), PaymentOutcome::Failed(code.to_owned()));
    for number in ["", "&vpc_TransactionNo=", "&vpc_TransactionNo=0"] {
        let mut names: Vec<_> = TURNED_BACK.split('&').chain(number.strip_prefix('&')).collect();
        names.retain(|pair| !pair.ends_with('='));
        names.sort_unstable();
        assert_eq!(failed(Gateway::Onepay, &onepay_signed(&names.join("&"))), expected("99"), "{number}");
    }
    for number in ["vnp_TransactionNo=0", "vnp_TransactionNo="] {
        let query = format!(
            "vnp_Amount=12500000&vnp_ResponseCode=24&vnp_TmnCode=KHVP&{number}&vnp_TransactionStatus=02&vnp_TxnRef=R1"
        );
        assert_eq!(failed(Gateway::Vnpay, &vnpay_signed(&query)), expected("24"), "{number}");
    }
    for number in ["", "0"] {
        let members = format!(
            r#""partnerCode":"KHVP","orderId":"R1","requestId":"R1","amount":125000,"orderInfo":"a","orderType":"momo_wallet","transId":"{number}","resultCode":1006,"message":"b","payType":"qr","responseTime":1,"extraData":"""#
        );
        let signed = format!(
            "amount=125000&extraData=&message=b&orderId=R1&orderInfo=a&orderType=momo_wallet&partnerCode=KHVP&payType=qr&requestId=R1&responseTime=1&resultCode=1006&transId={number}"
        );
        assert_eq!(failed(Gateway::Momo, &momo_signed(&members, &signed)), expected("1006"), "{number}");
    }
    let channel = channel(Gateway::Dvcqg);
    for number in [Some(""), None] {
        let mut body = json!({
            "LoaiBanTin": "C", "MaLoi": "24", "MaDoiTac": "KHVP", "MaThamChieu": "R1", "SoTien": 125_000, "MaTienTe": "VND",
            "MaNganHang": "", "ThoiGianGD": "20261010153200", "ThongTinGiaoDich": "a",
        });
        if let Some(number) = number {
            body["MaGiaoDich"] = json!(number);
        }
        let value =
            |field: &str| body.get(field).map_or(String::new(), |it| it.as_str().map_or(it.to_string(), str::to_owned));
        let values = channel.field_order.unwrap().map(value).join("|");
        body["MaXacThuc"] = json!(rules::signature::sha256_hex(format!("{values}|{KEY}").as_bytes()));
        assert_eq!(failed(Gateway::Dvcqg, &post(body.to_string())), expected("24"), "{number:?}");
    }
    // Money without a number cannot be told from other money.
    let paid = onepay_signed(&TURNED_BACK.replace("=99", "=0"));
    assert_eq!(unusable(Gateway::Onepay, &paid), missing("vpc_TransactionNo", Some("R1")));
}

fn event(kind: &str, object: &Value) -> String {
    json!({ "id": "evt_1", "type": kind, "created": 1_791_621_120, "livemode": true, "data": { "object": object } })
        .to_string()
}

fn intent(metadata: &Value) -> Value {
    let mut intent = json!({ "id": "pi_1", "amount": 125_000, "amount_received": 125_000, "currency": "vnd" });
    if *metadata != json!("absent") {
        intent["metadata"] = metadata.clone();
    }
    intent
}

#[test]
fn a_stripe_payment_without_a_reference_of_ours_is_another_applications() {
    let strangers =
        [json!("absent"), Value::Null, json!({}), json!({ "order": "7" }), json!({ "reference": "SHOP-7" })];
    let own = channel_with(Gateway::Stripe, &[KEY], json!({ "own_account": true }));
    for metadata in strangers {
        for kind in ["payment_intent.succeeded", "payment_intent.payment_failed"] {
            let request = stripe_signed(&event(kind, &intent(&metadata)));
            assert_eq!(unusable(Gateway::Stripe, &request), ParseError::NoMoney("another application's"), "{metadata}");
            let callback = (adapter(Gateway::Stripe).receive)(&own, &request, now()).unwrap();
            assert_eq!((callback.reference.as_str(), callback.concerns), ("", Concerns::Money), "{metadata}");
        }
    }
    let ours = json!({ "reference": "00000000000101" });
    let callback =
        receive(Gateway::Stripe, &stripe_signed(&event("payment_intent.succeeded", &intent(&ours)))).unwrap();
    assert_eq!((callback.reference.as_str(), callback.concerns), ("00000000000101", Concerns::Whole));
}

#[test]
fn test_money_is_no_money_but_in_a_channel_for_tests_which_takes_no_other() {
    let ours = intent(&json!({ "reference": "00000000000101" }));
    let live = event("payment_intent.succeeded", &ours);
    let trial = live.replace("\"livemode\":true", "\"livemode\":false");
    let for_tests = channel_with(Gateway::Stripe, &[KEY], json!({ "test": true }));
    for (channel, taken, refused, why) in [
        (&channel(Gateway::Stripe), &live, &trial, "test money"),
        (&for_tests, &trial, &live, "live money in a channel for tests"),
    ] {
        let receive = |body: &str| (adapter(Gateway::Stripe).receive)(channel, &stripe_signed(body), now());
        assert_eq!(receive(taken).unwrap().found.unwrap().outcome, PaymentOutcome::Paid);
        assert_eq!(receive(refused), Err(Rejection::Unusable(ParseError::NoMoney(why))));
    }
}

#[test]
fn a_stripe_refund_or_dispute_is_told_of_the_payment_that_it_follows() {
    let charge = json!({ "id": "ch_1", "payment_intent": "pi_1", "amount_refunded": 125_000, "currency": "vnd", "metadata": { "reference": "00000000000101" } });
    let dispute =
        json!({ "id": "dp_1", "payment_intent": "pi_1", "amount": 125_000, "currency": "vnd", "metadata": {} });
    for (kind, object, reference, concerns) in [
        ("charge.refunded", charge, "00000000000101", Concerns::Whole),
        ("charge.dispute.created", dispute, "", Concerns::Earlier),
    ] {
        let callback = receive(Gateway::Stripe, &stripe_signed(&event(kind, &object))).unwrap();
        assert_eq!((callback.reference.as_str(), callback.concerns), (reference, concerns), "{kind}");
        let found = callback.found.unwrap();
        assert_eq!(
            (found.identity.as_str(), found.outcome, found.amount_vnd),
            ("pi_1", PaymentOutcome::Reversed, dong(125_000))
        );
    }
}

#[test]
fn a_strangers_refund_that_names_no_payment_is_left_alone() {
    for charge in [json!({ "id": "ch_1", "payment_intent": null, "currency": "usd" }), json!({})] {
        let request = stripe_signed(&event("charge.refunded", &charge));
        assert_eq!(unusable(Gateway::Stripe, &request), ParseError::NoMoney("another application's"));
    }
}

#[test]
fn githubs_saying_with_which_it_tries_an_address_out_is_left_alone() {
    let body = json!({ "zen": "Design for failure.", "hook_id": 7, "hook": { "type": "Repository" } }).to_string();
    let tag = encode_hex(&sign_hmac_sha256(&key(), &[body.as_bytes()]));
    let request = with_header(post(body), "x-hub-signature-256", &format!("sha256={tag}"));
    assert_eq!(unusable(Gateway::Github, &request), ParseError::UnknownType);
}

#[test]
fn headers_under_the_names_from_before_the_standard_are_read_too() {
    let body = r#"{"type":"payment.confirmed","data":{"reference":"R1","transaction":"T1","amount":1,"currency":"VND","status":"paid"}}"#;
    let key = Key::from_webhook_secret(WEBHOOK_KEY, Shortness::Refused).unwrap();
    let tag = standard_webhooks::sign(&key, "msg_1", now(), body.as_bytes());
    let seconds = now().as_second().to_string();
    let request = with_header(with_header(post(body), "svix-id", "msg_1"), "svix-timestamp", &seconds);
    let read = found(Gateway::StandardWebhooks, &with_header(request, "svix-signature", &tag));
    assert_eq!((read.identity.as_str(), read.outcome), ("R1/T1", PaymentOutcome::Paid));
}
