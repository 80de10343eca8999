//! Settings of portals that are told.

use super::*;
use crate::dossier::Filing;

const OFFICE: &str = r#"
id_key = "0123456789abcdef"

[[portals]]
id = "dvcqg"
keys = ["whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk="]

[portals.tell]
url = "https://adapter.example.vn/dvcqg"
username = "motcua"
service = "dvcqg"
unit = "H32.1"
"#;
const PASSWORD: &str = "[[portals]]\nid = \"dvcqg\"\ntell = { password = \"secret\" }\n";

#[test]
fn the_password_lies_in_a_secret_of_its_own_and_the_rest_is_known_to_all() {
    let telling = |parts: &[(Use, &str)]| {
        let config = Config::in_parts(OFFICE, parts, Host::Public).unwrap();
        config.portal("dvcqg").unwrap().tell.clone().unwrap()
    };
    let known = telling(&[]);
    assert_eq!((known.password, known.a_minute, known.channels), (None, 60, vec![Filing::Online]));
    let own = telling(&[(Use::Telling, PASSWORD)]);
    assert_eq!((own.password.as_ref().map(Password::expose), own.unit.as_str()), (Some("secret"), "H32.1"));
    assert!(!format!("{own:?}").contains("secret"));
}

#[test]
fn a_portal_that_is_told_without_a_password_is_closed_where_the_password_belongs() {
    let config = Config::in_parts(OFFICE, &[(Use::Telling, "")], Host::Public).unwrap();
    assert!(config.portal("dvcqg").is_err());
    assert!(config.problems().to_string().contains("tell.password: is missing"), "{}", config.problems());
}

#[test]
fn each_mistake_is_told_with_its_field() {
    for (wrong, told) in [
        ("unit = 7", "tell.unit: is not a text"),
        ("a_minute = 0", "tell.a_minute: takes a whole number from 1 to 600"),
        ("a_minute = \"60\"", "tell.a_minute: takes a whole number from 1 to 600"),
        ("channels = [\"fax\"]", "tell.channels[0]: is none of desk, online, post"),
        ("rate = 5", "tell.rate: is not a field of this entry"),
    ] {
        let field = wrong.split(' ').next().unwrap();
        let kept: Vec<_> = OFFICE.lines().filter(|line| !line.starts_with(&format!("{field} "))).collect();
        let text = format!("{}\npassword = \"p\"\n{wrong}\n", kept.join("\n"));
        let problems = Config::strict(&text, Host::Public).unwrap_err().to_string();
        assert!(problems.contains(told), "{wrong}: {problems}");
    }
    let plain = format!("{OFFICE}\npassword = \"p\"\n").replace("https://adapter", "http://adapter");
    assert!(Config::strict(&plain, Host::Public).unwrap_err().to_string().contains("tell.url"));
}

#[test]
fn the_demo_tells_its_national_portal() {
    let config = Config::demo_telling();
    assert!(config.problems().is_empty(), "{}", config.problems());
    assert!(config.portal("dvcqg-demo").unwrap().tell.is_some());
    assert!(config.is_demo() && config.channels().count() == Config::demo().channels().count());
}
