//! Broadcasts in an agency's entry.

use crate::broadcast::Settings;
use crate::config::{Config, Host, Problems};

fn of(setting: &str) -> Result<Settings, Problems> {
    let text =
        format!("id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban\"\n{setting}\n");
    Config::strict(&text, Host::Public).map(|config| config.agencies()[0].broadcasts)
}

#[test]
fn an_agency_says_who_releases_how_fast_and_at_which_price_or_has_the_usual() {
    assert_eq!(of(""), Ok(Settings::default()));
    let own = of("broadcasts = { second_person_above = 10, a_minute = 60, sms_vnd = 700 }");
    assert_eq!(own, Ok(Settings { second_person_above: Some(10), a_minute: 60, sms_vnd: 700 }));
    let alone = of("broadcasts = { second_person_above = \"never\" }");
    assert_eq!(alone, Ok(Settings { second_person_above: None, ..Settings::default() }));
}

#[test]
fn what_makes_no_sense_is_told() {
    for wrong in [
        "second_person_above = \"always\"",
        "second_person_above = -1",
        "a_minute = 0",
        "a_minute = 3001",
        "sms_vnd = 100001",
        "price = 1",
    ] {
        assert!(of(&format!("broadcasts = {{ {wrong} }}")).is_err(), "{wrong}");
    }
}
