//! Addresses of gateways, and ours.

use super::*;

const VNPAY: &str = "gateway = \"vnpay\"\nmerchant = \"T\"\nkeys = [\"0123456789abcdef\"]\n";

fn on_loopback(text: &str) -> Config {
    Config::strict(&keyed(text), Host::Loopback).unwrap()
}

#[test]
fn on_loopback_a_channel_without_addresses_has_its_gateway_s_sandbox_and_in_public_none() {
    let local = on_loopback(&format!("[[channels]]\nid = \"c\"\n{VNPAY}"));
    let local = local.channel("c").unwrap();
    assert_eq!(local.pay_url.as_deref(), Some("https://sandbox.vnpayment.vn/paymentv2/vpcpay.html"));
    assert_eq!(local.api_url.as_deref(), Some("https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"));
    let public = channel(VNPAY);
    assert_eq!((public.pay_url, public.api_url), (None, None));
}

#[test]
fn an_address_in_public_is_https_and_ends_without_a_slash() {
    let pay_url = |text: &str| format!("{VNPAY}pay_url = \"{text}\"");
    assert_eq!(
        channel(&pay_url("https://pay.vnpay.vn/vpcpay.html")).pay_url.unwrap(),
        "https://pay.vnpay.vn/vpcpay.html"
    );
    let refused = "channels[0] (c): pay_url: is not an address that begins with https:// and ends without a slash";
    for text in [
        "http://pay.vnpay.vn",
        "https://",
        "https:///x",
        "https://a/",
        "https://a b",
        "https://a?b=c",
        "/local/x",
        "https://name:password@a",
        "https://localhost/x",
        "https://LOCALHOST:8443",
        "https://127.0.0.1",
        "https://[::1]:1/x",
    ] {
        assert_eq!(channel_problems(&pay_url(text)), [refused], "{text}");
    }
}

#[test]
fn on_loopback_this_machine_and_this_server_are_addresses_too() {
    for text in ["http://127.0.0.1:9000/pay", "http://localhost/pay", "/local/pay/c", "https://pay.example"] {
        let config = on_loopback(&format!("[[channels]]\nid = \"c\"\n{VNPAY}pay_url = \"{text}\""));
        assert_eq!(config.channel("c").unwrap().pay_url.as_deref(), Some(text));
    }
}

#[test]
fn a_gateway_without_a_page_of_that_kind_takes_no_address_for_it() {
    let momo = "gateway = \"momo\"\nmerchant = \"M\"\naccess_key = \"a\"\nkeys = [\"0123456789abcdef\"]\n";
    assert_eq!(
        channel_problems(&format!("{momo}pay_url = \"https://a\"")),
        ["channels[0] (c): pay_url: is not a field of this entry"]
    );
    assert_eq!(channel(&format!("{momo}api_url = \"https://a\"")).api_url.as_deref(), Some("https://a"));
    let stripe = "gateway = \"stripe\"\nkeys = [\"0123456789abcdef\"]\napi_url = \"https://a\"";
    assert_eq!(channel_problems(stripe), ["channels[0] (c): api_url: is not a field of this entry"]);
}

#[test]
fn the_office_s_own_address_is_written_or_on_loopback_the_usual_one() {
    assert_eq!(on_loopback("").public_url(), Some("http://127.0.0.1:8080"));
    let text = format!("public_url = \"https://motcua.example\"\n{ID_KEY}");
    assert_eq!(Config::strict(&text, Host::Public).unwrap().public_url(), Some("https://motcua.example"));
    assert_eq!(Config::strict(ID_KEY, Host::Public).unwrap().public_url(), None);
    let wrong = format!("public_url = \"motcua.example\"\n{ID_KEY}");
    assert_eq!(
        problems(&wrong, Host::Public),
        ["public_url: is not an address that begins with https:// and ends without a slash"]
    );
}

#[test]
fn a_bank_account_has_both_halves_or_none_and_only_where_transfers_are_told_of() {
    let generic = "gateway = \"standard-webhooks\"\nkeys = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]\n";
    let account = channel(&format!("{generic}bank_bin = \"970436\"\nbank_account = \"0071000123456\"")).bank_account;
    let expected = BankAccount { bank_bin: "970436".into(), number: "0071000123456".into() };
    assert_eq!(account, Some(expected));
    let check = |lines: &str, expected: &str| {
        assert_eq!(channel_problems(&format!("{generic}{lines}")), [format!("channels[0] (c): {expected}")], "{lines}");
    };
    check("bank_bin = \"970436\"", "bank_account: needs bank_bin beside it, as bank_bin needs it");
    check("bank_bin = \"97043\"\nbank_account = \"0071000123456\"", "bank_bin: must be the bank's six digits at NAPAS");
    check("bank_bin = \"970436\"\nbank_account = \"007 1000\"", "bank_account: takes 6 to 19 digits or capitals");
    let vnpay = format!("{VNPAY}bank_bin = \"970436\"\nbank_account = \"0071000123456\"");
    assert_eq!(channel_problems(&vnpay).len(), 2);
}
