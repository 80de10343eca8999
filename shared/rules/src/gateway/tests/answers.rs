use super::*;
use crate::signature::{encode_hex, sign_hmac_sha256, sign_hmac_sha512};

const FIELDS: [&str; 15] = [
    "ResponseId",
    "Command",
    "ResponseCode",
    "Message",
    "TmnCode",
    "TxnRef",
    "Amount",
    "BankCode",
    "PayDate",
    "TransactionNo",
    "TransactionType",
    "TransactionStatus",
    "OrderInfo",
    "PromotionCode",
    "PromotionAmount",
];

/// Returns an answer to `querydr` with these values, the rest as for a payment in full.
fn querydr(channel: &Channel, changes: &[(&str, &str)]) -> Value {
    let mut body = serde_json::json!({
        "vnp_ResponseId": "r1", "vnp_Command": "querydr", "vnp_ResponseCode": "00", "vnp_Message": "QueryDR Success",
        "vnp_TmnCode": "MOTCUA01", "vnp_TxnRef": "7K3M9P2QX4AB01", "vnp_Amount": "12500000", "vnp_BankCode": "NCB",
        "vnp_PayDate": "20261010153500", "vnp_TransactionNo": "14422574", "vnp_TransactionType": "01",
        "vnp_TransactionStatus": "00", "vnp_OrderInfo": "Le phi ho so",
    });
    for (name, value) in changes {
        body[format!("vnp_{name}")] = (*value).into();
    }
    let signed = FIELDS.map(|field| body[format!("vnp_{field}")].as_str().unwrap_or_default().to_owned()).join("|");
    body["vnp_SecureHash"] = encode_hex(&sign_hmac_sha512(channel.keys.current(), &[signed.as_bytes()])).into();
    body
}

fn vnpay_says(changes: &[(&str, &str)]) -> Result<Finding, AnswerError> {
    let channel = demo("vnpay-demo");
    answered(&question(&channel, "7K3M9P2QX4AB01"), querydr(&channel, changes).to_string().as_bytes())
}

#[test]
fn a_payment_that_vnpay_tells_of_has_the_identity_a_callback_would_give_it() {
    let finding = vnpay_says(&[]).unwrap();
    let found = Found {
        identity: "MOTCUA01/7K3M9P2QX4AB01/14422574".into(),
        amount_vnd: Some(Vnd::new(125_000).unwrap()),
        outcome: PaymentOutcome::Paid,
        at: Some("2026-10-10T08:35:00Z".parse().unwrap()),
    };
    assert_eq!(finding, Finding { payments: vec![found], standing: Standing::Over });
}

#[test]
fn vnpay_s_response_code_is_not_the_payment_s() {
    let outcome = |status: &str| vnpay_says(&[("TransactionStatus", status)]).unwrap();
    assert_eq!(outcome("01"), Finding { payments: vec![], standing: Standing::Open });
    assert_eq!(outcome("02").payments[0].outcome, PaymentOutcome::Failed("02".into()));
    assert_eq!(outcome("04").payments[0].outcome, PaymentOutcome::Reversed);
    assert_eq!(outcome("07").payments[0].outcome, PaymentOutcome::Suspected);
    let unknown = Finding { payments: vec![], standing: Standing::Unknown };
    assert_eq!(vnpay_says(&[("ResponseCode", "91"), ("TxnRef", "")]), Ok(unknown));
    assert_eq!(vnpay_says(&[("ResponseCode", "94")]), Err(AnswerError::Refused("94".into())));
    let no_number = [("TransactionStatus", "02"), ("TransactionNo", "0")];
    assert_eq!(vnpay_says(&no_number), Ok(Finding { payments: vec![], standing: Standing::Over }));
    assert_eq!(vnpay_says(&[("TransactionNo", "0")]), Err(AnswerError::Malformed("vnp_TransactionNo")));
    assert_eq!(vnpay_says(&[("Amount", "12500050")]).unwrap().payments[0].amount_vnd, None);
}

#[test]
fn an_answer_about_another_order_or_merchant_is_not_taken() {
    assert_eq!(vnpay_says(&[("TxnRef", "7K3M9P2QX4AB02")]), Err(AnswerError::Another));
    assert_eq!(vnpay_says(&[("TmnCode", "MOTCUA02")]), Err(AnswerError::Another));
}

#[test]
fn every_signed_field_of_vnpay_s_answer_is_proved_and_the_joint_is_in_none() {
    let channel = demo("vnpay-demo");
    let question = question(&channel, "7K3M9P2QX4AB01");
    for field in FIELDS {
        let mut body = querydr(&channel, &[]);
        let name = format!("vnp_{field}");
        body[&name] = format!("{}0", body[&name].as_str().unwrap_or_default()).into();
        let told = answered(&question, body.to_string().as_bytes());
        assert_eq!(told, Err(AnswerError::Unverified(SignatureError::Mismatch)), "{field}");
    }
    let mut without = querydr(&channel, &[]);
    without["vnp_SecureHash"] = "".into();
    let told = answered(&question, without.to_string().as_bytes());
    assert_eq!(told, Err(AnswerError::Unverified(SignatureError::Missing("vnp_SecureHash"))));
    let ambiguous = AnswerError::Unverified(SignatureError::Ambiguous("vnp_Message"));
    assert_eq!(vnpay_says(&[("Message", "a|b")]), Err(ambiguous));
}

#[test]
fn the_published_payos_answers_are_authentic_and_read_and_a_changed_one_is_refused() {
    for vector in vectors("payOS", "method", "GET (response)") {
        let key = text(&vector["secrets"], "hmac_key");
        let channel = channel(&format!("gateway = \"payos\"\nkeys = [\"{key}\"]"));
        let body = text(&vector, "raw_body_or_query");
        let question = question(&channel, "0");
        let told = answered(&question, body.as_bytes());
        assert!(!matches!(told, Err(AnswerError::Unverified(_))), "{told:?}");
        let signature = text(&vector, "expected_signature");
        let other = format!("{}0", &signature[1..]);
        let told = answered(&question, body.replace(signature, &other).as_bytes());
        assert_eq!(told, Err(AnswerError::Unverified(SignatureError::Mismatch)));
        if body.contains("\"PAID\"") {
            let found = answered(&question, body.as_bytes()).unwrap();
            assert_eq!(
                (found.payments[0].identity.as_str(), found.standing),
                ("payment-link-id/FT-REFERENCE", Standing::Over)
            );
            assert_eq!(found.payments[0].amount_vnd, Some(Vnd::new(2_000).unwrap()));
            assert_eq!(found.payments[0].at, Some("2025-12-12T02:00:00Z".parse().unwrap()));
        }
        if body.contains("\"PENDING\"") {
            assert_eq!(told_of(&question, body), (0, Standing::Open));
        }
        if body.contains("\"EXPIRED\"") {
            assert_eq!(told_of(&question, body), (0, Standing::Over));
        }
    }
}

fn told_of(question: &Question<'_>, body: &str) -> (usize, Standing) {
    let finding = answered(question, body.as_bytes()).unwrap();
    (finding.payments.len(), finding.standing)
}

#[test]
fn momo_and_zalopay_answers_are_read_by_their_codes() {
    let momo = demo("momo-demo");
    let question_of_momo = question(&momo, "7K3M9P2QX4AB01");
    let momo_says = |code: u64, more: &str| {
        let body = format!(
            r#"{{"partnerCode":"MOMOTCUADEMO","orderId":"7K3M9P2QX4AB01","amount":125000,"resultCode":{code}{more}}}"#
        );
        answered(&question_of_momo, body.as_bytes())
    };
    let paid = momo_says(0, r#","transId":2722713142,"responseTime":1791621120000"#).unwrap();
    assert_eq!(paid.payments[0].identity, "MOMOTCUADEMO/7K3M9P2QX4AB01/2722713142");
    assert_eq!(paid.payments[0].outcome, PaymentOutcome::Paid);
    assert_eq!(momo_says(0, ""), Err(AnswerError::Malformed("transId")));
    let standing = |code| momo_says(code, "").map(|finding| finding.standing);
    assert_eq!(standing(1000), Ok(Standing::Open));
    assert_eq!(standing(42), Ok(Standing::Unknown));
    assert_eq!(standing(1005), Ok(Standing::Over));
    assert_eq!(standing(11), Err(AnswerError::Refused("11".into())));

    let zalopay = demo("zalopay-demo");
    let zalopay_says = |body: &str| answered(&question(&zalopay, "261010_7K3M9P2QX4AB01"), body.as_bytes());
    let paid = zalopay_says(r#"{"return_code":1,"amount":125000,"zp_trans_id":18446744073709551615}"#).unwrap();
    assert_eq!(paid.payments[0].identity, "2553001/18446744073709551615");
    assert_eq!(zalopay_says(r#"{"return_code":3}"#).map(|it| it.standing), Ok(Standing::Open));
    assert_eq!(zalopay_says(r#"{"return_code":2}"#).map(|it| it.standing), Ok(Standing::Over));
    assert_eq!(zalopay_says(r#"{"return_code":1,"amount":1}"#), Err(AnswerError::Malformed("zp_trans_id")));
}

#[test]
fn a_payer_is_sent_to_a_page_and_to_nothing_that_runs() {
    let channel = demo("zalopay-demo");
    let order = opening(&channel, "261010_7K3M9P2QX4AB01");
    let says = |url: &str| opened(&order, format!(r#"{{"return_code":1,"order_url":"{url}"}}"#).as_bytes());
    assert_eq!(says("https://qcgateway.zalopay.vn/x?a=b").unwrap().url.unwrap(), "https://qcgateway.zalopay.vn/x?a=b");
    for url in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "https://a b"] {
        assert_eq!(says(url), Err(AnswerError::Malformed("order_url")), "{url}");
    }
    assert_eq!(opened(&order, br#"{"return_code":2,"sub_return_code":-68}"#), Err(AnswerError::Refused("-68".into())));
}

#[test]
fn payos_s_new_link_is_believed_by_its_signature() {
    let channel = demo("payos-demo");
    let order = opening(&channel, "4503599627370497");
    let signed = "checkoutUrl=https://pay.payos.vn/web/x&orderCode=4503599627370497&qrCode=000201";
    let signature = encode_hex(&sign_hmac_sha256(channel.keys.current(), &[signed.as_bytes()]));
    let body = |url: &str| {
        format!(
            r#"{{"code":"00","data":{{"orderCode":4503599627370497,"checkoutUrl":"{url}","qrCode":"000201"}},"signature":"{signature}"}}"#
        )
    };
    let page = opened(&order, body("https://pay.payos.vn/web/x").as_bytes()).unwrap();
    assert_eq!((page.url.as_deref(), page.qr.as_deref()), (Some("https://pay.payos.vn/web/x"), Some("000201")));
    let changed = opened(&order, body("https://pay.evil.example/x").as_bytes());
    assert_eq!(changed, Err(AnswerError::Unverified(SignatureError::Mismatch)));
    assert_eq!(opened(&order, br#"{"code":"231","desc":"exists"}"#), Err(AnswerError::Refused("231".into())));
}

#[test]
fn no_answer_makes_a_reader_panic() {
    for id in ["vnpay-demo", "momo-demo", "zalopay-demo", "payos-demo"] {
        let channel = demo(id);
        for body in ["", "{}", "[]", "null", "{\"resultCode\":1e3}", "{\"return_code\":\"1\"}", "\u{0}", "{\"code\":7}"]
        {
            assert!(answered(&question(&channel, "R"), body.as_bytes()).is_err(), "{id} {body}");
            assert!(opened(&opening(&channel, "R"), body.as_bytes()).is_err(), "{id} {body}");
        }
    }
}
