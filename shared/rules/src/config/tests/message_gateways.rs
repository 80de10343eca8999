//! Gateways for messages to people.

use super::*;

const KEY: &str = "whsec_bW90Y3VhIGRlbW86IG1lc3NhZ2UgZ2F0ZXdheSBrZXk=";

fn entry(lines: &str) -> String {
    format!("[[message_gateways]]\nid = \"brandname\"\n{lines}\n")
}

fn right() -> String {
    entry(&format!("url = \"https://sms.example.vn/messages\"\nkeys = [\"{KEY}\"]\nreports = true"))
}

fn agency(outlets: &str) -> String {
    format!("[[agencies]]\ncode = \"B\"\nformerly = [\"A\"]\nname = \"Ban\"\noutlets = {outlets}\n")
}

#[test]
fn a_gateway_is_found_by_each_code_of_its_agency_and_hides_its_keys() {
    let config =
        Config::strict(&keyed(&format!("{}{}", agency("[\"https\", \"sms\"]"), right())), Host::Public).unwrap();
    assert_eq!(config.agencies()[0].outlets, [Outlet::Https, Outlet::Sms]);
    for code in ["A", "B"] {
        let gateway = config.message_gateway(code).unwrap();
        assert_eq!((gateway.called(), gateway.url.as_str()), ("brandname", "https://sms.example.vn/messages"));
        assert!(gateway.reports && gateway.keys.live().count() == 1);
        assert!(!format!("{gateway:?}").contains("gateway key"), "{gateway:?}");
    }
    assert!(config.message_gateway("C").is_none());
}

#[test]
fn every_mistake_in_a_gateway_is_told_and_no_key_is_shown() {
    let url = "url = \"https://sms.example.vn\"\n";
    for (lines, complaint) in [
        (format!("keys = [\"{KEY}\"]"), "message_gateways[0] (brandname): url: is missing"),
        (
            format!("{url}keys = []"),
            "message_gateways[0] (brandname): keys: takes one key, or two while one replaces the other",
        ),
        (url.to_owned(), "message_gateways[0] (brandname): keys: is missing"),
        (
            format!("{url}keys = [\"whsec_short\"]"),
            "message_gateways[0] (brandname): keys[0]: the key is not whsec_ and base64",
        ),
        (
            format!("{url}keys = [\"{KEY}\"]\ntells = 1"),
            "message_gateways[0] (brandname): tells: is not a field of this entry",
        ),
        (
            format!("{url}keys = [\"{KEY}\"]\nreports = 1"),
            "message_gateways[0] (brandname): reports: is neither true nor false",
        ),
    ] {
        assert_eq!(problems(&entry(&lines), Host::Public), [complaint], "{lines}");
    }
    let address =
        "message_gateways[0] (brandname): url: is not an address that begins with https:// and ends without a slash";
    for url in [
        "http://sms.example.vn",
        "https://name:word@sms.example.vn",
        "https://localhost/x",
        "/local/x",
        "https://a\\r\\nb",
    ] {
        let lines = format!("url = \"{url}\"\nkeys = [\"{KEY}\"]");
        assert_eq!(problems(&entry(&lines), Host::Public), [address], "{url}");
    }
}

#[test]
fn an_agency_has_one_gateway_and_has_it_if_it_names_the_outlet() {
    let without = agency("[\"https\"]");
    let missing = "agencies[0] (B): outlets: names \"https\", and no message gateway is the agency's";
    assert_eq!(problems(&without, Host::Public), [missing]);
    let two = format!("{without}{}{}", right(), right().replace("brandname", "zalo"));
    let told = problems(&two, Host::Public);
    assert_eq!(told, ["agencies[0] (B): message_gateways: has more than one entry for this agency"]);
    // One that a mistake has closed may be the agency's, and closes nothing else.
    let closed = keyed(&format!("{without}{}", right().replace("whsec_bW90", "whsec_!")));
    let config = Config::per_channel(&closed, Host::Public).unwrap();
    assert!(config.message_gateway("B").is_none() && config.has_closed("message_gateways"));
    assert_eq!(
        config.closed().map(|(kind, id, _)| (kind, id)).collect::<Vec<_>>(),
        [("message_gateways", "brandname")]
    );
}

#[test]
fn the_keys_of_a_gateway_lie_in_the_secret_of_messages_and_are_known_to_no_other() {
    let office = keyed(&format!("{}{}", agency("[\"https\"]"), entry("url = \"https://sms.example.vn\"")));
    let part = entry(&format!("keys = [\"{KEY}\"]"));
    let with = Config::in_parts(&office, &[(Use::Messages, &part)], Host::Public).unwrap();
    assert_eq!(with.message_gateway("B").unwrap().keys.live().count(), 1);
    let without = Config::in_parts(&office, &[(Use::Portals, "")], Host::Public).unwrap();
    assert!(without.message_gateway("B").unwrap().keys.is_elsewhere() && without.problems().is_empty());
    // A function that has no use for messages knows no gateway that stands in their secret alone.
    let alone = keyed(&agency("[\"https\"]"));
    assert!(Config::in_parts(&alone, &[], Host::Public).unwrap().message_gateway("B").is_none());
    let misplaced = Config::in_parts(&alone, &[(Use::Money, &part)], Host::Public).unwrap_err().to_string();
    assert!(misplaced.starts_with("message_gateways: does not belong into the secret of money"), "{misplaced}");
}
