//! Settings of postal operators.

use super::*;
use crate::post::{State, Why};

const OFFICE: &str = r#"
id_key = "0123456789abcdef"

[[posts]]
id = "vnpost"
paths = ["0123456789abcdef0123456789abcdef"]

[posts.codes]
H12 = "attempt_failed:4"
H99 = "at_office"

[posts.order]
kind = "vnpost"
token_url = "https://ngsp.example.vn/token"
order_url = "https://ngsp.example.vn/order"
cancel_url = "https://ngsp.example.vn/cancel"
tracking_url = "https://ngsp.example.vn/tracking"
customer = "KHVP"
numbers = ["CE123456785VN..CE123456808VN", "KH0001..KH0100"]
"#;

const KEY: &str = "key = \"k\"\nsecret = \"geheim\"\n";

/// The sender, and VNPost's number of every province: here the statistics code itself.
fn places() -> String {
    let sender = "\n[posts.order.sender]\nname = \"Một cửa\"\ntelephone = \"02583000000\"\naddress = \"Vân Phong\"\nprovince = 65\n";
    let day = "2026-11-30".parse().unwrap();
    let row = |province: units::Unit<'_>| format!("\"{0}\" = {1}\n", province.code().code, 1000);
    let rows: String = units::Catalogue::of(day).provinces().map(row).collect();
    format!("{sender}\n[posts.order.provinces]\n{rows}")
}

fn office() -> String {
    format!("{OFFICE}{KEY}{}", places())
}

#[test]
fn an_operator_without_a_key_has_paths_and_is_given_orders() {
    let config = Config::strict(&office(), Host::Public).unwrap();
    let post = config.post("vnpost").unwrap();
    assert!(post.keys.live().next().is_none() && post.paths.len() == 1);
    assert_eq!(post.codes.meaning("H12"), Some((State::AttemptFailed, Some(Why::Absent))));
    assert_eq!((post.codes.meaning("H99"), post.codes.meaning("H0")), (Some((State::AtOffice, None)), None));
    let order = post.order.as_ref().unwrap();
    assert_eq!((order.feed_every_minutes, order.provinces.len()), (15, 34));
    assert_eq!(order.numbers.iter().map(crate::post::Numbers::count).sum::<u64>(), 103);
    let debug = format!("{post:?}");
    assert!(!debug.contains("geheim") && !debug.contains("0123456789abcdef"), "{debug}");
}

#[test]
fn keys_of_orders_lie_in_a_secret_of_their_own() {
    let text = format!("{OFFICE}{}", places());
    let order = |parts: &[(Use, &str)]| {
        let config = Config::in_parts(&text, parts, Host::Public).unwrap();
        config.post("vnpost").map(|post| post.order.clone().unwrap()).map_err(|it| it.to_string())
    };
    assert!(order(&[]).unwrap().key.is_none());
    let own = "[[posts]]\nid = \"vnpost\"\norder = { key = \"k\", secret = \"geheim\" }\n";
    assert_eq!(order(&[(Use::Ordering, own)]).unwrap().secret.unwrap().expose(), "geheim");
    let lacks = order(&[(Use::Ordering, "")]).unwrap_err();
    assert!(lacks.contains("order.key: is missing") && lacks.contains("order.secret: is missing"), "{lacks}");
}

#[test]
fn each_mistake_is_told_with_its_field() {
    for (right, wrong, told) in [
        ("kind = \"vnpost\"", "kind = \"dhl\"", "order.kind: is none of vnpost"),
        ("https://ngsp.example.vn/token", "http://ngsp.example.vn/token", "order.token_url: is not an address"),
        ("customer = \"KHVP\"", "customer = 7", "order.customer: is not a text"),
        ("KH0001..KH0100", "KH0001", "order.numbers[1]: takes the first and the last number"),
        ("KH0001..KH0100", "CE123456785VN..CE123456785VN", "order.numbers[1]: has a number of another range"),
        ("\"02583000000\"", "\"0258 300\"", "order.sender.telephone: takes 8 to 15 digits"),
        ("province = 65", "", "order.sender.province: is missing"),
        ("province = 65", "province = \"65\"", "order.sender.province: is not the operator's number"),
        ("\"56\" = 1000", "", "order.provinces: lacks the provinces 56"),
        ("\"56\" = 1000", "\"56\" = 0", "order.provinces.56: is not the operator's number"),
        ("\"56\" = 1000", "\"56\" = 1\n\"58\" = 1", "order.provinces.58: is the code of no province"),
        ("customer =", "feed_every_minutes = 0\ncustomer =", "order.feed_every_minutes: takes a whole number"),
        ("customer =", "colour = 1\ncustomer =", "order.colour: is not a field of this entry"),
        ("\"0123456789abcdef0123456789abcdef\"", "\"short\"", "paths[0]: takes 32 to 200"),
        ("attempt_failed:4", "attempt_failed:6", "codes.H12: is none of ordered"),
        ("at_office", "at_office:4", "codes.H99: is none of ordered"),
    ] {
        let problems = Config::strict(&office().replacen(right, wrong, 1), Host::Public).unwrap_err().to_string();
        assert!(problems.contains(told), "{wrong}: {problems}");
    }
}
