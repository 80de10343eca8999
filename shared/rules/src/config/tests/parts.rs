use super::*;

const OFFICE: &str = r#"
id_key = "0123456789abcdef"
public_url = "https://motcua.example.vn"
front_keys = ["the-front-s-key-000000001"]

[[channels]]
id = "momo"
gateway = "momo"
merchant = "M"

[[portals]]
id = "dvcqg"
speaks_for_others = true
keys_since = ["2026-01-05"]
"#;
const MONEY: &str = "[[channels]]\nid = \"momo\"\nkeys = [\"0123456789abcdef\"]\naccess_key = \"access\"\n";
const PORTALS: &str =
    r#"{"portals": [{"id": "dvcqg", "keys": ["whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk="]}]}"#;
const DESK: &str = r#"
[sign_in]
issuer = "https://sso.example.vn"
client_id = "desk"
keys = ["0123456789abcdef0123456789abcdef"]
"#;

fn read(parts: &[(Use, &str)]) -> Config {
    Config::in_parts(OFFICE, parts, Host::Public).unwrap()
}

fn live(config: &Config) -> (usize, usize, bool) {
    let count = |keys: &Keys| keys.live().count();
    let (channel, portal) = (config.channel("momo").unwrap(), config.portal("dvcqg").unwrap());
    assert!(portal.speaks_for_others && channel.merchant.as_deref() == Some("M"), "what is no key is known to all");
    (count(&channel.keys), count(&portal.keys), config.sign_in().is_ok())
}

#[test]
fn a_function_has_the_keys_of_its_own_uses_and_knows_the_other_entries() {
    for (parts, expected) in [
        (vec![], (0, 0, false)),
        (vec![(Use::Money, MONEY)], (1, 0, false)),
        (vec![(Use::Portals, PORTALS)], (0, 1, false)),
        (vec![(Use::Desk, DESK), (Use::Money, MONEY)], (1, 0, true)),
    ] {
        let config = read(&parts);
        assert!(config.problems().is_empty(), "{}", config.problems());
        assert_eq!(live(&config), expected);
        assert_eq!(config.till(&config.agencies()[0].code).default_channel.as_deref(), Some("momo"));
    }
}

#[test]
fn a_key_that_should_be_here_and_is_not_closes_its_entry() {
    let config = read(&[(Use::Money, ""), (Use::Portals, "")]);
    assert!(matches!(config.channel("momo"), Err(Unavailable::Closed(_))));
    assert!(matches!(config.portal("dvcqg"), Err(Unavailable::Closed(_))));
    assert!(config.has_closed("channels") && config.has_closed("portals") && !config.has_closed("posts"));
}

#[test]
fn the_one_secret_of_an_installed_office_is_read_as_before_and_by_parts() {
    let one =
        format!("{}{DESK}", OFFICE.replace("merchant", "keys = [\"fedcba9876543210\"]\naccess_key = \"a\"\nmerchant"));
    let one = one.replace("keys_since", "keys = [\"whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=\"]\nkeys_since");
    assert_eq!(live(&Config::strict(&one, Host::Public).unwrap()), (1, 1, true));
    let empty = [(Use::Desk, ""), (Use::Money, ""), (Use::Portals, "")];
    assert_eq!(live(&Config::in_parts(&one, &empty, Host::Public).unwrap()), (1, 1, true));
    // While keys are moved, the secret by use is believed.
    let moved = Config::in_parts(&one, &[(Use::Money, MONEY)], Host::Public).unwrap();
    assert_eq!(moved.channel("momo").unwrap().keys.current().expose(), b"0123456789abcdef");
}

#[test]
fn a_secret_by_use_holds_its_own_tables_alone_and_its_mistakes_name_it() {
    // The first mistake: an entry whose keys stand in the wrong secret lacks them besides.
    let wrong = |part: (Use, &str)| {
        let told = Config::in_parts(OFFICE, &[part], Host::Public).unwrap_err().to_string();
        told.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(wrong((Use::Money, PORTALS)), "portals: does not belong into the secret of money");
    assert_eq!(wrong((Use::Portals, "id_key = \"other\"")), "id_key: does not belong into the secret of portals");
    assert_eq!(wrong((Use::Desk, "[sign_in")), "the secret of desk: not TOML at line 1");
}

#[test]
fn a_front_has_one_or_two_keys_of_a_length() {
    let config = read(&[]);
    assert!(config.came_by_the_front(Some("the-front-s-key-000000001")));
    assert!(!config.came_by_the_front(Some("the-front-s-key-000000002")) && !config.came_by_the_front(None));
    assert!(Config::demo().came_by_the_front(None));
    for (keys, told) in [
        ("[]", "front_keys: takes one key, or two while one replaces the other"),
        ("[\"short\"]", "front_keys: the key has 5 bytes, the minimum is 16"),
        ("\"0123456789abcdef\"", "front_keys: is not a list"),
    ] {
        assert_eq!(problems(&format!("front_keys = {keys}"), Host::Public), [told]);
    }
}

#[test]
fn a_sender_is_whom_the_api_saw_and_behind_a_front_whom_the_front_saw() {
    let address = |text: &str| text.parse::<std::net::IpAddr>().unwrap();
    let came = |listed: &str| {
        let mut request = crate::http::Request::new(bytes::Bytes::new());
        request.extensions_mut().insert(crate::http::Sender(address("198.51.100.1")));
        request.headers_mut().insert("x-forwarded-for", listed.parse().unwrap());
        request
    };
    let plain = Config::demo();
    assert_eq!(plain.sender(&came("192.0.2.1, 198.51.100.1")), Some(address("198.51.100.1")));
    let text = keyed("front_keys = [\"the-front-s-key-000000001\"]");
    let front = Config::strict(&text, Host::Public).unwrap();
    for (listed, seen) in [
        ("203.0.113.7, 198.51.100.1", Some("203.0.113.7")),
        ("192.0.2.1, 192.0.2.2, 203.0.113.7, 198.51.100.1", Some("203.0.113.7")),
        ("198.51.100.1", None),
        ("x, 198.51.100.1", None),
    ] {
        assert_eq!(front.sender(&came(listed)), seen.map(address), "{listed}");
    }
}
