//! Authenticity: a message that no portal signed moves nothing, and does not even ask the store.

use rules::http::Reply;
use std::time::Duration;

use rules::config::{Config, DEMO, Host};
use rules::signature::{Key, Shortness, standard_webhooks};

use super::*;

/// Returns the letter with one header replaced or, if there is no value, removed.
fn with_header(letter: &Letter, name: &str, value: Option<&str>) -> Letter {
    let mut changed = letter.clone();
    match value {
        Some(value) => changed.headers.iter_mut().filter(|(it, _)| *it == name).for_each(|it| it.1 = value.to_owned()),
        None => changed.headers.retain(|(it, _)| *it != name),
    }
    changed
}

fn header(letter: &Letter, name: &str) -> String {
    letter.headers.iter().find(|(it, _)| *it == name).unwrap().1.clone()
}

/// Sends a letter that nobody signed; the answer says nothing more and nothing was looked up.
async fn is_forged(town: &Town, letter: &Letter, case: &str) {
    let wire = town.office.wire();
    wire.reset();
    let answer = town.send(letter).await;
    assert_eq!((answer.status().as_u16(), answer.text()), (401, r#"{"error":"signature not accepted"}"#), "{case}");
    assert_eq!(wire.tally().round_trips(), 0, "{case}");
}

#[tokio::test]
async fn a_forged_event_is_told_401_and_causes_no_call_to_the_store() {
    let town = Town::new().await;
    let genuine = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    let signature = header(&genuine, standard_webhooks::SIGNATURE);
    let tag = signature.strip_prefix("v1,").unwrap().to_owned();
    let changed = Letter { body: genuine.body.replace("Thử Nghiệm", "Giả Mạo"), ..genuine.clone() };
    is_forged(&town, &changed, "another body").await;
    is_forged(&town, &Letter { body: format!("{} ", genuine.body), ..genuine.clone() }, "a space more").await;
    is_forged(&town, &Letter { body: "{".into(), ..genuine.clone() }, "not even JSON").await;
    is_forged(&town, &Letter { body: String::new(), ..genuine.clone() }, "no body").await;
    for (name, value) in [
        (standard_webhooks::ID, Some("msg_2")),
        (standard_webhooks::ID, Some("")),
        (standard_webhooks::ID, Some("msg.1")),
        (standard_webhooks::ID, None),
        (standard_webhooks::TIMESTAMP, Some("1586912401")),
        (standard_webhooks::TIMESTAMP, Some("")),
        (standard_webhooks::TIMESTAMP, Some("-1586912400")),
        (standard_webhooks::TIMESTAMP, Some("1586912400.0")),
        (standard_webhooks::TIMESTAMP, Some("99999999999999999999")),
        (standard_webhooks::TIMESTAMP, None),
        (standard_webhooks::SIGNATURE, Some("")),
        (standard_webhooks::SIGNATURE, Some("v1,")),
        (standard_webhooks::SIGNATURE, Some(&tag)),
        (standard_webhooks::SIGNATURE, Some(&format!("v1a,{tag}"))),
        (standard_webhooks::SIGNATURE, Some(&format!("v1,{}", &tag[..tag.len() - 4]))),
        (standard_webhooks::SIGNATURE, Some(&format!("v1,{}=", tag.to_ascii_lowercase()))),
        (standard_webhooks::SIGNATURE, None),
    ] {
        is_forged(&town, &with_header(&genuine, name, value), &format!("{name}: {value:?}")).await;
    }
    for name in [standard_webhooks::ID, standard_webhooks::TIMESTAMP, standard_webhooks::SIGNATURE] {
        let mut doubled = genuine.clone();
        doubled.headers.push((name, header(&genuine, name)));
        is_forged(&town, &doubled, &format!("{name} twice")).await;
    }
    let stranger =
        Key::from_webhook_secret("whsec_c29tZWJvZHkgZWxzZSdzIGtleSwgbm90IG91cnM=", Shortness::Refused).unwrap();
    let body = genuine.body.clone();
    is_forged(&town, &webhook("/portal/events", &stranger, "msg_1", town.clock.now(), body), "a stranger's key").await;
    assert!(town.dossier(town.id_of(CODE)).await.is_none());
    assert_eq!(status(&town.send(&genuine).await), is(200, "recorded"), "the genuine one is still taken");
}

#[tokio::test]
async fn a_good_signature_among_others_is_enough() {
    let town = Town::new().await;
    let genuine = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    let signature = header(&genuine, standard_webhooks::SIGNATURE);
    let among = format!("v1,AAAA v1a,xyz {signature} v1,!!");
    let letter = with_header(&genuine, standard_webhooks::SIGNATURE, Some(&among));
    assert_eq!(status(&town.send(&letter).await), is(200, "recorded"));
}

#[tokio::test]
async fn an_event_signed_up_to_five_minutes_off_is_taken_and_no_further() {
    let town = Town::new().await;
    let now = town.clock.now();
    for (seconds, taken) in
        [(-300_i64, true), (300, true), (-301, false), (301, false), (-86_400, false), (86_400, false)]
    {
        let site = town.office.site();
        let key = site.config.portal(NATIONAL).unwrap().keys.current();
        let signed_at = now + jiff::SignedDuration::from_secs(seconds);
        let code = format!("H32{seconds}");
        let body = event("dossier.submitted", now, form(&code).as_object().unwrap());
        let letter = webhook("/portal/events", key, &format!("msg{seconds}"), signed_at, body);
        match taken {
            true => assert_eq!(status(&town.send(&letter).await), is(200, "recorded"), "{seconds}"),
            false => is_forged(&town, &letter, &format!("{seconds} s off")).await,
        }
    }
}

#[tokio::test]
async fn a_replay_within_the_window_changes_nothing_and_one_after_it_is_not_even_looked_up() {
    let town = Town::new().await;
    let letter = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    assert_eq!(status(&town.send(&letter).await), is(200, "recorded"));
    town.clock.advance(Duration::from_secs(300));
    assert_eq!(status(&town.send(&letter).await), is(200, "already_recorded"));
    assert_eq!(town.history(town.id_of(CODE)).await.len(), 1);
    town.clock.advance(Duration::from_secs(1));
    is_forged(&town, &letter, "after the window").await;
}

/// Returns the demo configuration with other keys for the national portal.
fn rotated(keys: &str) -> Config {
    let old = "\"whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=\"";
    assert!(DEMO.contains(old));
    Config::per_channel(&DEMO.replace(old, keys), Host::Loopback).unwrap()
}

#[tokio::test]
async fn while_a_key_is_replaced_both_are_taken_and_the_removed_one_is_not() {
    const OLD: &str = "whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=";
    const NEW: &str = "whsec_bW90Y3VhIGRlbW86IHRoZSBwb3J0YWwncyBuZXcga2V5";
    let town = Town::new().await;
    let signed = |text: &str, code: &str| {
        let key = Key::from_webhook_secret(text, Shortness::Refused).unwrap();
        let body = event("dossier.submitted", town.clock.now(), form(code).as_object().unwrap());
        webhook("/portal/events", &key, code, town.clock.now(), body)
    };
    is_forged(&town, &signed(NEW, "H32-1"), "not yet known").await;
    town.office.configure(rotated(&format!("\"{NEW}\", \"{OLD}\"")));
    assert_eq!(status(&town.send(&signed(OLD, "H32-2")).await), is(200, "recorded"));
    assert_eq!(status(&town.send(&signed(NEW, "H32-3")).await), is(200, "recorded"));
    town.office.configure(rotated(&format!("\"{NEW}\"")));
    is_forged(&town, &signed(OLD, "H32-4"), "removed").await;
    assert_eq!(status(&town.send(&signed(NEW, "H32-5")).await), is(200, "recorded"));
}

#[tokio::test]
async fn a_portal_with_a_bad_key_is_closed_and_the_other_stays_open() {
    let town = Town::new().await;
    let national = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
    town.office.configure(rotated("\"whsec_c2hvcnQ=\""));
    // It may be the closed one's: the portal tries again, and nothing is lost once the slip is mended.
    let wire = town.office.wire();
    wire.reset();
    let answer = town.send(&national).await;
    assert_eq!((status(&answer), answer.header("retry-after")), (is(503, "later"), Some("30")));
    assert_eq!(wire.tally().round_trips(), 0);
    let provincial = told_by(&town, PROVINCIAL, "dossier.submitted", "msg_1", &form(CODE));
    assert_eq!(status(&town.send(&provincial).await), is(200, "recorded"));
    town.office.configure(crate::prompt::prompt());
    assert_eq!(status(&town.send(&national).await), is(200, "already_recorded"));
    let forged = Letter { body: format!("{} ", national.body), ..national };
    is_forged(&town, &forged, "no portal is closed any more").await;
}

#[tokio::test]
async fn a_portal_whose_entry_cannot_even_be_named_is_waited_for_too() {
    for slip in ["id = \"DVCQG demo\"", "", "id = 7", "name = \"dvcqg-demo\""] {
        let town = Town::new().await;
        let national = town.portal_letter("dossier.submitted", "msg_1", form(CODE));
        let entry = "id = \"dvcqg-demo\"";
        assert!(DEMO.contains(entry));
        town.office.configure(Config::per_channel(&DEMO.replace(entry, slip), Host::Loopback).unwrap());
        assert_eq!(status(&town.send(&national).await), is(503, "later"), "{slip}");
    }
}
