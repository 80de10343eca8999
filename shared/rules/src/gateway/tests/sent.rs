use form_urlencoded::parse;
use proptest::prelude::*;

use super::*;
use crate::signature::{Shortness, decode_hex};

fn key(text: &str) -> Key {
    Key::from_text(text, Shortness::Allowed).unwrap()
}

fn called(opened: Opened) -> Call {
    match opened {
        Opened::ByCall(call) => call,
        Opened::Page(page) => panic!("{page:?}"),
    }
}

fn hmac_256(key: &str, signed: &str) -> String {
    crate::signature::encode_hex(&crate::signature::sign_hmac_sha256(&super::sent::key(key), &[signed.as_bytes()]))
}

#[test]
fn published_vnpay_addresses_are_signed_as_published() {
    for vector in vectors("VNPAY", "direction", "outbound") {
        let published = text(&vector, "raw_body_or_query");
        let pairs: Vec<(String, String)> =
            parse(published.as_bytes()).into_owned().filter(|(name, _)| name != "vnp_SecureHash").collect();
        let mut borrowed: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        borrowed.reverse();
        let written = vnpay::signed_query(&mut borrowed, &key(text(&vector["secrets"], "hmac_key")));
        let (query, hash) = written.split_once("&vnp_SecureHash=").unwrap();
        assert_eq!(query, text(&vector, "string_to_sign"));
        assert_eq!(decode_hex(hash), decode_hex(text(&vector, "expected_signature")));
    }
}

#[test]
fn published_payos_requests_are_signed_as_published() {
    for vector in vectors("payOS", "direction", "outbound") {
        let body: Value = serde_json::from_str(text(&vector, "raw_body_or_query")).unwrap();
        let signature = payos::create_signature(
            &key(text(&vector["secrets"], "hmac_key")),
            body["amount"].as_u64().unwrap(),
            text(&body, "cancelUrl"),
            text(&body, "description"),
            body["orderCode"].as_u64().unwrap(),
            text(&body, "returnUrl"),
        );
        assert_eq!(signature, text(&vector, "expected_signature"));
    }
}

#[test]
fn a_vnpay_page_s_address_says_all_that_vnpay_asks_for() {
    let channel = demo("vnpay-demo");
    let Opened::Page(page) = open(&opening(&channel, "7K3M9P2QX4AB01")).unwrap() else { panic!() };
    let url = page.url.unwrap();
    let (address, query) = url.split_once('?').unwrap();
    assert_eq!(address, "/local/pay/vnpay-demo");
    let (query, _) = query.split_once("&vnp_SecureHash=").unwrap();
    let expected = "vnp_Amount=12500000&vnp_Command=pay&vnp_CreateDate=20261010153000&vnp_CurrCode=VND\
        &vnp_ExpireDate=20261010163000&vnp_IpAddr=203.113.131.1&vnp_Locale=vn\
        &vnp_OrderInfo=Le+phi+ho+so+7K3M9P2QX4AB01&vnp_OrderType=other\
        &vnp_ReturnUrl=https%3A%2F%2Fmotcua.example%2Fd%2F7K3M9P2QX4AB&vnp_TmnCode=MOTCUA01\
        &vnp_TxnRef=7K3M9P2QX4AB01&vnp_Version=2.1.0";
    assert_eq!(query, expected);
}

#[test]
fn what_encoders_disagree_on_is_not_sent_to_vnpay() {
    let channel = demo("vnpay-demo");
    for odd in ["~", "*", "'", "(", ")", "!", "+", "%", "&", "ệ", "/"] {
        let number = format!("7K3M9P2QX4AB01{odd}");
        assert_eq!(open(&opening(&channel, &number)), Err(Unsendable::Characters("vnp_OrderInfo")), "{odd}");
    }
    for odd in ["~", "*", "'", "?a=b"] {
        let order = opening(&channel, "7K3M9P2QX4AB01");
        let order = Opening { return_url: format!("{}{odd}", order.return_url), ..order };
        assert_eq!(open(&order), Err(Unsendable::Characters("vnp_ReturnUrl")), "{odd}");
    }
    assert_eq!(
        open(&Opening { amount_vnd: Vnd::MAX, ..opening(&channel, "7K3M9P2QX4AB01") }),
        Err(Unsendable::TooMuch)
    );
}

/// The encoders of other languages, by the characters they leave as they are; all write a space as `+`.
const ENCODERS: [&str; 5] = ["-_.", "-_.*", "-_.~", "-_.~*'()!", "-_.!*()"];

fn as_they_do(text: &str, unchanged: &str) -> String {
    let one = |byte: u8| match char::from(byte) {
        ' ' => "+".to_owned(),
        plain if plain.is_ascii_alphanumeric() || unchanged.contains(plain) => plain.to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

proptest! {
    #[test]
    fn php_java_python_javascript_and_dotnet_write_what_we_send_as_we_do(text in "[A-Za-z0-9 .:_-]{0,40}") {
        let ours = crate::http::query::encode(text.as_bytes());
        for unchanged in ENCODERS {
            prop_assert_eq!(&ours, &as_they_do(&text, unchanged));
        }
    }
}

#[test]
fn a_querydr_is_signed_over_nine_values_with_the_first_instant_in_it() {
    let channel = demo("vnpay-demo");
    let call = ask(&question(&channel, "7K3M9P2QX4AB01")).unwrap();
    assert_eq!((call.url.as_str(), call.repeatable), ("/local/gateways/vnpay-demo", false));
    let body: Value = serde_json::from_str(&call.body).unwrap();
    let signed = "7K3M9P2QX4AB01153000|2.1.0|querydr|MOTCUA01|7K3M9P2QX4AB01|20261010153000|20261010153000|203.113.131.1\
                  |Hoi giao dich 7K3M9P2QX4AB01";
    let hash = crate::signature::sign_hmac_sha512(&key("demo-vnpay-hash-secret-000000001"), &[signed.as_bytes()]);
    assert_eq!(text(&body, "vnp_SecureHash"), crate::signature::encode_hex(&hash));
    assert_eq!(text(&body, "vnp_TransactionDate"), "20261010153000");
}

#[test]
fn momo_is_sent_the_ten_signed_fields_and_the_same_request_again_for_a_repeat() {
    let channel = demo("momo-demo");
    let call = called(open(&opening(&channel, "7K3M9P2QX4AB01B")).unwrap());
    assert_eq!((call.url.as_str(), call.repeatable), ("/local/gateways/momo-demo/create", true));
    let body: Value = serde_json::from_str(&call.body).unwrap();
    let signed = "accessKey=demo-momo-access&amount=125000&extraData=\
        &ipnUrl=https://motcua.example/payments/momo-demo/callback&orderId=7K3M9P2QX4AB01B\
        &orderInfo=Le phi ho so 7K3M9P2QX4AB01B&partnerCode=MOMOTCUADEMO\
        &redirectUrl=https://motcua.example/d/7K3M9P2QX4AB&requestId=7K3M9P2QX4AB01B&requestType=captureWallet";
    assert_eq!(text(&body, "signature"), hmac_256("demo-momo-secret-key-00000000001", signed));
    assert_eq!((body["amount"].as_u64(), body["orderExpireTime"].as_u64()), (Some(125_000), Some(60)));
    let call = ask(&question(&channel, "7K3M9P2QX4AB01B")).unwrap();
    let body: Value = serde_json::from_str(&call.body).unwrap();
    let request = text(&body, "requestId");
    let signed =
        format!("accessKey=demo-momo-access&orderId=7K3M9P2QX4AB01B&partnerCode=MOMOTCUADEMO&requestId={request}");
    assert_eq!(text(&body, "signature"), hmac_256("demo-momo-secret-key-00000000001", &signed));
}

#[test]
fn zalopay_is_sent_forms_signed_with_key1() {
    let channel = demo("zalopay-demo");
    let key1 = "demo-zalopay-request-key1-000001";
    let form = |call: &Call, name: &str| {
        parse(call.body.as_bytes()).find(|(field, _)| field == name).map(|(_, value)| value.into_owned()).unwrap()
    };
    let call = called(open(&opening(&channel, "261010_7K3M9P2QX4AB01")).unwrap());
    let signed = format!(
        "2553001|261010_7K3M9P2QX4AB01|motcua|125000|{}|{{\"redirecturl\":\"https://motcua.example/d/7K3M9P2QX4AB\"}}|[]",
        now().as_millisecond()
    );
    assert_eq!(form(&call, "mac"), hmac_256(key1, &signed));
    assert_eq!(form(&call, "expire_duration_seconds"), "3600");
    let call = ask(&question(&channel, "261010_7K3M9P2QX4AB01")).unwrap();
    assert_eq!(form(&call, "mac"), hmac_256(key1, &format!("2553001|261010_7K3M9P2QX4AB01|{key1}")));
    assert_eq!(call.url, "/local/gateways/zalopay-demo/query");
}

#[test]
fn payos_is_asked_with_the_client_s_id_and_key() {
    let channel = demo("payos-demo");
    let call = ask(&question(&channel, "4503599627370497")).unwrap();
    assert_eq!((call.method.as_str(), call.url.as_str()), ("GET", "/local/gateways/payos-demo/4503599627370497"));
    let header = |name: &str| call.headers.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str());
    assert_eq!(header("x-client-id"), Some("demo-payos-client-id"));
    assert_eq!(header("x-api-key"), Some("demo-payos-api-key-0000000000001"));
    assert_eq!(
        open(&opening(&channel, "7K3M9P2QX4AB01")),
        Err(Unsendable::Characters("orderCode")),
        "payOS takes integers only"
    );
}

#[test]
fn neither_an_address_nor_a_key_is_shown() {
    let channel = demo("payos-demo");
    let shown = format!("{:?}", ask(&question(&channel, "4503599627370497")).unwrap());
    assert!(!shown.contains("api-key") && !shown.contains("gateways"), "{shown}");
    let Opened::Page(page) = open(&opening(&demo("vnpay-demo"), "7K3M9P2QX4AB01")).unwrap() else { panic!() };
    assert!(!format!("{page:?}").contains("vnp_"));
}

#[test]
fn a_channel_without_what_a_call_needs_says_what_is_missing() {
    let momo = "gateway = \"momo\"\nmerchant = \"M\"\naccess_key = \"a\"\nkeys = [\"0123456789abcdef\"]";
    let mut channel = channel(momo);
    channel.api_url = None;
    assert_eq!(open(&opening(&channel, "R")), Err(Unsendable::NotConfigured("api_url")));
    assert_eq!(ask(&question(&channel, "R")), Err(Unsendable::NotConfigured("api_url")));
    assert_eq!(open(&opening(&demo("github-demo"), "R")), Err(Unsendable::NotConfigured("bank_account")));
    assert_eq!(open(&opening(&demo("stripe-demo"), "R")), Err(Unsendable::NotSpoken(Gateway::Stripe)));
    let Opened::Page(page) = open(&opening(&demo("generic-demo"), "7K3M9P2QX4AB01")).unwrap() else { panic!() };
    assert!(page.qr.unwrap().contains("7K3M9P2QX4AB01"));
}
