mod calendar;

use super::*;
use crate::clock::OfficeHours;
use crate::language::Language;
use crate::message::{Outlet, Quiet, Timing};

mod addresses;
mod broadcasts;
mod door;
mod fetching;
mod formerly;
mod keys;
mod message_gateways;
mod papers;
mod parts;
mod postage;
mod posting;
mod receipts;
mod sign_in;
mod telling;
mod unit_changes;

const ID_KEY: &str = "id_key = \"0123456789abcdef\"\n";

const TWO_AGENCIES: &str = r#"
id_key = "0123456789abcdef"

[[agencies]]
code = "000.00.01.H32"
name = "Ban Quản lý Khu kinh tế Vân Phong"
sms_prefix = "KKT Van Phong"
office_hours = "07:00-11:00, 13:30-17:00"

[[agencies]]
code = "H32.02"
name = "Uỷ ban nhân dân phường"
"#;

/// Adds a key for ids to the text, if it has none.
fn keyed(text: &str) -> String {
    if text.contains("id_key") || text.starts_with('{') { text.to_owned() } else { format!("{ID_KEY}{text}") }
}

fn problems(text: &str, host: Host) -> Vec<String> {
    let problems = Config::strict(&keyed(text), host).unwrap_err();
    problems.iter().map(Problem::to_string).collect()
}

/// Returns the problems of one channel entry with these further lines.
fn channel_problems(lines: &str) -> Vec<String> {
    problems(&format!("{ID_KEY}[[channels]]\nid = \"c\"\n{lines}"), Host::Public)
}

fn channel(lines: &str) -> Channel {
    let text = format!("{ID_KEY}[[channels]]\nid = \"c\"\n{lines}");
    Config::strict(&keyed(&text), Host::Public).unwrap().channel("c").unwrap().clone()
}

#[test]
fn the_demo_configuration_opens_every_demo_channel_portal_and_post() {
    let config = Config::demo();
    let channels: Vec<_> = config.channels().map(|it| (it.id.as_str(), it.gateway)).collect();
    let expected = [
        ("generic-demo", Gateway::StandardWebhooks),
        ("github-demo", Gateway::Github),
        ("momo-demo", Gateway::Momo),
        ("onepay-demo", Gateway::Onepay),
        ("paygov-demo", Gateway::Dvcqg),
        ("payos-demo", Gateway::Payos),
        ("stripe-demo", Gateway::Stripe),
        ("vnpay-demo", Gateway::Vnpay),
        ("zalopay-demo", Gateway::Zalopay),
    ];
    assert_eq!(channels, expected);
    assert_eq!(config.portal("dvcqg-demo").unwrap().level, Level::National);
    assert_eq!(config.portal("khanhhoa-demo").unwrap().level, Level::Provincial);
    assert_eq!(config.post("vnpost-demo").unwrap().agency.as_str(), DEMO_AGENCY_CODE);
    assert_eq!(config.agencies()[0].sms_prefix.as_deref(), Some("KKT Van Phong"));
    assert_eq!(config.agencies()[0].name, "Ban Quản lý Khu kinh tế Vân Phong");
}

#[test]
fn the_demo_keys_would_do_for_the_public_too() {
    // Only the parts that the local server plays itself are out of reach for the public.
    let public = DEMO.replace("\"/local/", "\"https://gateway.example/");
    assert!(Config::strict(&public, Host::Public).is_ok());
}

#[test]
fn json_and_toml_say_the_same() {
    let toml = "id_key = \"0123456789abcdef\"\n[[channels]]\nid = \"v\"\ngateway = \"vnpay\"\nmerchant = \"T\"\nkeys = [\"0123456789abcdef\"]";
    let json = r#" {"id_key":"0123456789abcdef","channels":[{"id":"v","gateway":"vnpay","merchant":"T","keys":["0123456789abcdef"]}]}"#;
    let [toml, json] = [toml, json].map(|text| Config::strict(&keyed(text), Host::Public).unwrap());
    let [toml, json] = [&toml, &json].map(|config| config.channel("v").unwrap());
    assert_eq!((&toml.keys, &toml.merchant), (&json.keys, &json.merchant));
}

#[test]
fn an_agency_is_found_by_its_code_with_its_hours_as_written() {
    let config = Config::strict(TWO_AGENCIES, Host::Public).unwrap();
    let agency = config.agency("000.00.01.H32").unwrap();
    assert_eq!(agency.office_hours, OfficeHours::parse("07:00-11:00, 13:30-17:00").unwrap());
    assert_eq!(config.agency("H32.03"), None);
}

#[test]
fn with_two_agencies_an_entry_must_name_one_of_them() {
    let post = |agency: &str| {
        format!("{TWO_AGENCIES}[[posts]]\nid = \"p\"\n{agency}\nkeys = [\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"]")
    };
    assert_eq!(
        problems(&post(""), Host::Public),
        ["posts[0] (p): agency: is missing, and there is not exactly one agency"]
    );
    assert_eq!(problems(&post("agency = \"H99\""), Host::Public), ["posts[0] (p): agency: is no agency's code"]);
    let config = Config::strict(&post("agency = \"H32.02\""), Host::Public).unwrap();
    assert_eq!(config.post("p").unwrap().agency.as_str(), "H32.02");
}

#[test]
fn every_mistake_is_reported_together_with_its_entry_and_field() {
    let text = r#"
colour = "red"
[[agencies]]
code = "A"
name = ""
sms_prefix = "Khu kinh tế"
[[agencies]]
code = "A A"
name = "Another"
[[channels]]
id = "Vnpay"
gateway = "vnpay"
keys = ["short", 7]
access_key = "x"
agency = "A A"
[[channels]]
gateway = "paypal"
keys = []
agency = "A A"
[[portals]]
id = "p"
level = "ward"
keys = ["whsec_!", "whsec_AAAA", ""]
agency = "A A"
[[posts]]
id = "q"
title = "một\nhai"
agency = "A A"
"#;
    let expected = [
        "colour: is not a field of this entry",
        "agencies[0] (A): name: is empty",
        "agencies[0] (A): sms_prefix: takes ASCII, at most 20 characters",
        "agencies[1]: code: takes letters, digits, dots, dashes and underscores, at most 40",
        "channels[0] (Vnpay): id: takes small letters, digits and dashes, at most 40",
        "channels[0] (Vnpay): agency: is no agency's code",
        "channels[0] (Vnpay): merchant: is missing",
        "channels[0] (Vnpay): keys[1]: is not a text",
        "channels[0] (Vnpay): keys[0]: the key has 5 bytes, the minimum is 16",
        "channels[0] (Vnpay): access_key: is not a field of this entry",
        "channels[1]: id: is missing",
        "channels[1]: agency: is no agency's code",
        "channels[1]: gateway: is none of vnpay, momo, zalopay, payos, onepay, dvcqg, standard-webhooks, stripe, github",
        "portals[0] (p): agency: is no agency's code",
        "portals[0] (p): level: is neither national nor provincial",
        "portals[0] (p): keys: takes one key, or two while one replaces the other",
        "posts[0] (q): agency: is no agency's code",
        "posts[0] (q): title: takes one line of at most 60 characters",
        "posts[0] (q): keys: is missing",
    ];
    assert_eq!(problems(text, Host::Public), expected);
}

#[test]
fn a_broken_text_is_told_by_its_place_and_not_by_its_content() {
    for (text, expected) in [
        ("[[channels]]\nkeys = [\"secret", "not TOML at line 3"),
        ("a = 1\na = \"secret\"", "not TOML at line 3"),
        ("{\"channels\": [\"secret\"", "not JSON at line 1, column 22"),
        ("channels = 1", "channels: is not a list of tables"),
        ("channels = [1]", "channels: has an element that is not a table"),
    ] {
        assert_eq!(problems(text, Host::Loopback), [expected], "{text}");
    }
}

#[test]
fn an_id_given_twice_is_refused_on_both_sides() {
    let one = "[[channels]]\nid = \"c\"\ngateway = \"payos\"\nkeys = [\"0123456789abcdef\"]\n";
    assert_eq!(
        problems(&one.repeat(2), Host::Public),
        ["channels[0] (c): id: is given more than once", "channels[1] (c): id: is given more than once"]
    );
}

#[test]
fn a_short_key_needs_a_word_and_the_word_is_heard_on_loopback_only() {
    let text = |line| format!("[[channels]]\nid = \"c\"\ngateway = \"payos\"\nkeys = [\"short\"]\n{line}");
    let short = "channels[0] (c): keys[0]: the key has 5 bytes, the minimum is 16";
    assert_eq!(problems(&text(""), Host::Loopback), [short]);
    let allowed = text("allow_short_key = true");
    assert!(Config::strict(&allowed, Host::Loopback).is_ok());
    assert_eq!(problems(&allowed, Host::Public), ["channels[0] (c): allow_short_key: is for loopback only", short]);
}

#[test]
fn an_empty_key_is_refused_even_where_short_ones_are_allowed() {
    let text = "[[channels]]\nid = \"c\"\ngateway = \"payos\"\nkeys = [\"\"]\nallow_short_key = true";
    assert_eq!(problems(text, Host::Loopback), ["channels[0] (c): keys[0]: the key is empty"]);
}

#[test]
fn momo_needs_an_access_key_and_zalopay_may_have_a_request_key() {
    let momo = "gateway = \"momo\"\nmerchant = \"M\"\nkeys = [\"0123456789abcdef\"]\n";
    assert_eq!(channel_problems(momo), ["channels[0] (c): access_key: is missing"]);
    let momo = channel(&format!("{momo}access_key = \"klm05\""));
    assert_eq!(momo.access_key.unwrap().expose(), b"klm05");
    let zalopay = "gateway = \"zalopay\"\nmerchant = \"2553\"\nkeys = [\"0123456789abcdef\"]\n";
    assert!(channel(zalopay).request_key.is_none());
    let zalopay = channel(&format!("{zalopay}request_key = \"fedcba9876543210\""));
    assert_eq!(zalopay.request_key.unwrap().expose(), b"fedcba9876543210");
}

#[test]
fn onepay_keys_are_the_bytes_that_the_hexadecimal_stands_for() {
    let onepay = "gateway = \"onepay\"\nmerchant = \"O\"\nkeys = [\"A3EFDFABA8653DF2342E8DAC29B51AF0\"]";
    assert_eq!(channel(onepay).keys.current().expose()[..2], [0xa3, 0xef]);
}

#[test]
fn the_national_platforms_weak_scheme_is_off_until_somebody_writes_that_it_may() {
    let dvcqg = "gateway = \"dvcqg\"\nmerchant = \"D\"\nkeys = [\"0123456789abcdef\"]\n";
    let weak = "channels[0] (c): accept_weak_scheme: must be true: this scheme is a plain hash and not an HMAC";
    assert_eq!(channel_problems(dvcqg), [weak]);
    let accepted = format!("{dvcqg}accept_weak_scheme = true\n");
    assert_eq!(channel(&accepted).field_order, Some(DVCQG_FIELDS));
    let mut other = DVCQG_FIELDS;
    other.swap(8, 9);
    let ordered = format!("{accepted}field_order = {other:?}");
    assert_eq!(channel(&ordered).field_order, Some(other));
    let order = "channels[0] (c): field_order: must name each of the ten signed fields once";
    other[0] = "MaLoi";
    for wrong in [&other[..], &DVCQG_FIELDS[..9], &["SoTien"; 11]] {
        let text = format!("{accepted}field_order = {wrong:?}");
        assert_eq!(channel_problems(&text), [order]);
    }
}

#[test]
fn per_channel_a_bad_key_closes_its_own_channel_and_no_other() {
    let text = r#"
[[channels]]
id = "good"
gateway = "payos"
keys = ["0123456789abcdef"]
[[channels]]
id = "bad"
gateway = "payos"
keys = ["0123456789abcdef", "short"]
"#;
    let config = Config::per_channel(&keyed(text), Host::Public).unwrap();
    assert_eq!(config.channel("good").unwrap().id, "good");
    assert_eq!(
        config.channel("bad").unwrap_err().to_string(),
        "closed: channels[1] (bad): keys[1]: the key has 5 bytes, the minimum is 16"
    );
    assert_eq!(config.channel("none").unwrap_err(), Unavailable::Unknown);
    assert_eq!(config.channels().count(), 1);
    assert_eq!(config.problems().iter().count(), 1);
}

#[test]
fn per_channel_what_is_wrong_beside_the_entries_still_fails_whole() {
    let problems = Config::per_channel(&keyed("chanels = []"), Host::Public).unwrap_err();
    assert_eq!(problems.to_string(), "chanels: is not a field of this entry");
}

#[test]
fn no_key_shows_in_the_configurations_debug_text() {
    let shown = format!("{:?}", Config::demo());
    assert!(shown.contains("Key(..)"));
    for secret in ["-secret", "secret-", "whsec_", "key1", "-customer-key"] {
        assert!(DEMO.contains(secret) || secret == "key1", "the demo has none: {secret}");
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn the_sender_and_the_highest_price_of_sms_are_an_agency_s_and_checked() {
    let read = |lines: &str| {
        let text = format!("id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"A\"\nname = \"A\"\n{lines}\n");
        Config::strict(&text, Host::Public)
    };
    for (sender, price) in [("KKT", "0.20"), ("KKTVanPhong", "1"), ("1022a", "0.00645"), ("A1b", "99.9")] {
        let config = read(&format!("sms_sender_id = \"{sender}\"\nsms_max_price = \"{price}\"")).unwrap();
        let agency = &config.agencies()[0];
        assert_eq!((agency.sms_sender_id.as_deref(), agency.sms_max_price.as_deref()), (Some(sender), Some(price)));
    }
    for sender in ["KK", "KKTVanPhong1", "12345", "KKT VP", "KKT-VP", "Vân"] {
        let wrong = read(&format!("sms_sender_id = \"{sender}\"")).unwrap_err().to_string();
        assert!(wrong.contains("sms_sender_id: takes 3 to 11 letters and digits"), "{sender}: {wrong}");
    }
    for price in ["0", "0.00", "-1", "1,5", "100", "0.123456", "1e3", ".5", "x"] {
        let wrong = read(&format!("sms_max_price = \"{price}\"")).unwrap_err().to_string();
        assert!(wrong.contains("sms_max_price: takes US dollars"), "{price}: {wrong}");
    }
}

#[test]
fn the_outlets_of_an_agency_are_known_ones_in_its_order_and_e_mail_has_a_sender() {
    let read = |lines: &str| {
        let text = format!("id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"A\"\nname = \"A\"\n{lines}\n");
        Config::strict(&text, Host::Public)
    };
    assert_eq!(read("").unwrap().agencies()[0].outlets, [Outlet::Sms]);
    let both =
        "outlets = [\"email\", \"sms\"]\nemail_from = \"mot-cua@kktvanphong.example.vn\"\nemail_events = \"letters\"";
    let config = read(both).unwrap();
    let agency = &config.agencies()[0];
    assert_eq!(agency.outlets, [Outlet::Email, Outlet::Sms]);
    assert_eq!(agency.email_from.as_deref(), Some("mot-cua@kktvanphong.example.vn"));
    for (lines, complaint) in [
        ("outlets = []", "outlets: names at least one outlet"),
        ("outlets = [\"fax\"]", "outlets[0]: takes \"sms\", \"email\" or \"https\""),
        ("outlets = [\"sms\", \"sms\"]", "outlets[1]: is named twice"),
        ("outlets = [\"email\"]", "email_from: is missing"),
        ("email_from = \"mot-cua\"", "email_from: takes an address"),
        ("email_from = \"Một cửa <a@example.vn>\"", "email_from: takes an address"),
        ("email_from = \"a@localhost\"", "email_from: takes an address"),
        ("email_from = \"a@@example.vn\"", "email_from: takes an address"),
        ("email_from = \"a..b@example.vn\"", "email_from: takes an address"),
        ("email_events = \"my letters\"", "email_events: takes letters, digits"),
    ] {
        let wrong = read(lines).unwrap_err().to_string();
        assert!(wrong.contains(complaint), "{lines}: {wrong}");
    }
}

#[test]
fn an_agency_says_when_its_messages_leave_and_how_many() {
    let read = |lines: &str| {
        let text = format!("id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"A\"\nname = \"A\"\n{lines}\n");
        Config::strict(&text, Host::Public)
    };
    let timing = |lines: &str| read(lines).unwrap().agencies()[0].timing.clone();
    assert_eq!(timing(""), Timing::default());
    assert_eq!(timing("messages = {}"), Timing::default());
    assert_eq!(Timing::default().wait.as_mins(), 5);
    let own = timing("messages = { wait_minutes = 0, quiet_hours = \"22:00-06:30\", sms_a_day = 2000 }");
    assert_eq!((own.wait.as_mins(), own.quiet), (0, Quiet::parse("22:00-06:30")));
    assert_eq!((own.cap(Outlet::Sms), own.cap(Outlet::Email)), (Some(2000), None));
    assert_eq!(timing("messages = { quiet_hours = \"none\" }").quiet, None);
    for (line, complaint) in [
        ("messages = 5", "messages: "),
        ("messages = { fax_a_day = 1 }", "unknown field `fax_a_day`"),
        ("messages = { sms_a_day = 0 }", "`sms_a_day` takes 1 or more"),
        ("messages = { emails_a_day = -1 }", "messages: "),
        ("messages = { wait_minutes = 1441 }", "takes at most 1440"),
        ("messages = { quiet_hours = \"at night\" }", "`quiet_hours` takes hours such as"),
        ("messages = { quiet_hours = \"21:00-21:00\" }", "`quiet_hours` takes hours such as"),
    ] {
        let wrong = read(line).unwrap_err().to_string();
        assert!(wrong.contains(complaint), "{line}: {wrong}");
    }
}

#[test]
fn the_mark_and_the_emblem_of_an_agency_come_from_nowhere_but_its_own_host() {
    let read = |lines: &str| {
        let text = format!("id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"A\"\nname = \"A\"\n{lines}\n");
        Config::strict(&text, Host::Public)
    };
    for emblem in ["/emblem.svg", "data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,iVBORw0KGgo="] {
        let config = read(&format!("mark = \"BQL\"\nemblem = \"{emblem}\"")).unwrap();
        let agency = &config.agencies()[0];
        assert_eq!((agency.mark.as_deref(), agency.emblem.as_deref()), (Some("BQL"), Some(emblem)));
    }
    let long = format!("/{}", "a".repeat(16_384));
    for emblem in ["emblem.svg", "//example.com/a.svg", "https://example.com/a.svg", "data:text/html,x", "/a b", &long]
    {
        let wrong = read(&format!("emblem = \"{emblem}\"")).unwrap_err().to_string();
        assert!(wrong.contains("emblem: takes a path on this host"), "{emblem}: {wrong}");
    }
    let wrong = read("mark = \"BQLKKTVP\"").unwrap_err().to_string();
    assert!(wrong.contains("mark: takes at most 6 characters"), "{wrong}");
}

#[test]
fn a_channel_and_a_portal_have_a_name_for_people_and_else_their_id() {
    let text = r#"
        [[channels]]
        id = "vnpay-khvp"
        title = " Ví điện tử VNPAY "
        gateway = "standard-webhooks"
        keys = ["whsec_bW90Y3VhIGRlbW86IGdlbmVyaWMgZ2F0ZXdheSBrZXk="]
        [[portals]]
        id = "dvcqg"
        keys = ["whsec_bW90Y3VhIGRlbW86IGdlbmVyaWMgZ2F0ZXdheSBrZXk="]
    "#;
    let config = Config::strict(text, Host::Loopback).unwrap();
    assert_eq!(config.channel_called("vnpay-khvp"), "Ví điện tử VNPAY");
    assert_eq!((config.portal_called("dvcqg"), config.channel_called("closed")), ("dvcqg", "closed"));
    let long = text.replace("Ví điện tử VNPAY", &"ế".repeat(61));
    let problems = Config::strict(&long, Host::Loopback).unwrap_err();
    assert_eq!(problems.to_string(), "channels[0] (vnpay-khvp): title: takes one line of at most 60 characters");
}
