//! Life of a session, its owner, and the proof that its forms give.

use motcua_local::neighbours::identity::Bend;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use rules::config::{Config, Host, SignIn};
use rules::http::{MAX_BODY, Reply};
use rules::signature::{Key, Keys, Shortness};
use serde_json::json;

use super::*;
use crate::town::{MORNING, at};

const TWO: &str = "id_key = \"0123456789abcdef\"\n[[agencies]]\ncode = \"A.1\"\nname = \"Một\"\n\
                   [[agencies]]\ncode = \"A.2\"\nname = \"Hai\"\n";

async fn town_of(config: Config) -> Town {
    let clock = VirtualClock::new(at(MORNING));
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, config, wire, sns, Settings::default()).await
}

/// Whether a page is shown, and not the way to the sign-in.
async fn is_in(browser: &mut Browser<'_>) -> bool {
    let page = browser.get("/desk").await;
    assert!(
        page.status().as_u16() == 200 || location(&page).starts_with("/desk/sign-in?"),
        "{}",
        page.status().as_u16()
    );
    page.status().as_u16() == 200
}

#[tokio::test]
async fn a_session_that_is_used_goes_on_all_day_and_one_that_is_not_ends_after_half_an_hour() {
    let town = Town::new().await;
    let mut used = Browser::new(&town);
    used.signs_in(&of(&town, "clerk"), "/desk").await;
    let mut left = Browser::new(&town);
    left.signs_in(&of(&town, "clerk"), "/desk").await;
    let first = used.jar[SESSION].clone();
    town.minutes(14);
    assert!(is_in(&mut used).await);
    assert_eq!(used.jar[SESSION], first, "in the first quarter nobody is asked");
    for _ in 0..30 {
        town.minutes(15);
        assert!(is_in(&mut used).await);
    }
    assert_ne!(used.jar[SESSION], first);
    assert!(!is_in(&mut left).await);
    let mut old = Browser::new(&town);
    old.jar.insert(SESSION.into(), first);
    assert!(!is_in(&mut old).await, "an old cookie opens nothing");
}

#[tokio::test]
async fn somebody_dismissed_is_out_at_the_next_renewal() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    town.office.identity().dismiss(&of(&town, "clerk"), true);
    town.minutes(16);
    assert!(!is_in(&mut browser).await);
    assert!(!browser.jar.contains_key(SESSION));
    assert_eq!(browser.signs_in(&of(&town, "clerk"), "/desk").await.status().as_u16(), 403);
}

#[tokio::test]
async fn somebody_dismissed_who_only_sends_forms_is_out_after_half_an_hour() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let csrf = browser.csrf("/desk").await;
    town.office.identity().dismiss(&of(&town, "clerk"), true);
    town.minutes(29);
    assert_eq!(browser.post("/desk/search", &[("csrf", &csrf), ("q", "G22")]).await.status().as_u16(), 200);
    town.minutes(1);
    assert_eq!(browser.post("/desk/search", &[("csrf", &csrf), ("q", "G22")]).await.status().as_u16(), 401);
}

#[tokio::test]
async fn while_the_provider_is_down_a_session_ends_at_its_half_hour() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    town.office.identity().go_down(true);
    town.minutes(29);
    assert!(is_in(&mut browser).await);
    town.minutes(1);
    assert!(!is_in(&mut browser).await);
}

#[tokio::test]
async fn a_renewal_takes_over_the_role_as_it_is_now_and_nobody_else_s() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "administrator"), "/desk").await;
    assert_eq!(browser.get("/desk/admin").await.status().as_u16(), 200);
    let bend = |claims: serde_json::Value| Bend { claims: claims.as_object().unwrap().clone(), ..Bend::default() };
    town.office.identity().bend(Some(bend(json!({ "role": "clerk" }))));
    town.minutes(16);
    assert_eq!(browser.get("/desk/admin").await.status().as_u16(), 403);
    for claims in [json!({ "sub": "somebody-else" }), json!({ "role": "boss" }), json!({ "aud": "another" })] {
        let mut browser = Browser::new(&town);
        town.office.identity().bend(None);
        browser.signs_in(&of(&town, "clerk"), "/desk").await;
        town.office.identity().bend(Some(bend(claims)));
        town.minutes(16);
        assert!(!is_in(&mut browser).await);
    }
}

#[tokio::test]
async fn a_refresh_token_that_was_replaced_long_ago_ends_all_that_came_of_it() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let mut copy = Browser::new(&town);
    copy.jar = browser.jar.clone();
    town.minutes(16);
    assert!(is_in(&mut browser).await);
    assert!(is_in(&mut copy).await, "two requests on their way at once");
    copy.jar.insert(SESSION.into(), browser.jar[SESSION].clone());
    let mut stolen = Browser::new(&town);
    stolen.jar = browser.jar.clone();
    town.minutes(16);
    assert!(is_in(&mut browser).await);
    town.minutes(1);
    assert!(!is_in(&mut stolen).await);
    town.minutes(15);
    assert!(!is_in(&mut browser).await, "the provider knows that one of the two is a thief");
}

#[tokio::test]
async fn a_cookie_of_another_office_another_kind_or_nobody_opens_nothing() {
    let (town, other) = (Town::new().await, Town::new().await);
    let mut browser = Browser::new(&town);
    let there = browser.sent_to_the_provider("/desk").await;
    let on_the_way = browser.jar[ON_THE_WAY].clone();
    browser.get(&chosen(&town, &there, &of(&town, "clerk"))).await;
    let good = browser.jar[SESSION].clone();
    let mut elsewhere = Browser::new(&other);
    elsewhere.signs_in(&of(&other, "clerk"), "/desk").await;
    let long = "A".repeat(MAX_BODY);
    for (case, value) in [
        ("another office's", elsewhere.jar[SESSION].as_str()),
        ("one on the way", &on_the_way),
        ("empty", ""),
        ("no base64", "%20.."),
        ("too short", "AAAA"),
        ("too long", &long),
        ("cut", &good[..good.len() - 1]),
        ("lengthened", &format!("{good}AAAA")),
        ("twice", &format!("{good}; motcua={good}")),
    ] {
        let mut browser = Browser::new(&town);
        browser.jar.insert(SESSION.into(), value.to_owned());
        assert!(!is_in(&mut browser).await, "{case}");
    }
    assert!(is_in(&mut browser).await);
}

#[tokio::test]
async fn a_session_sees_its_own_agency_and_ends_with_it() {
    let town = town_of(Config::strict(TWO, Host::Loopback).unwrap()).await;
    let mut first = Browser::new(&town);
    first.signs_in("clerk.A.1", "/desk").await;
    let mut second = Browser::new(&town);
    second.signs_in("clerk.A.2", "/desk").await;
    assert!(first.get("/desk").await.text().contains("<strong>Một</strong>"));
    assert!(second.get("/desk").await.text().contains("<strong>Hai</strong>"));
    let site = town.office.site();
    let sign_in = site.config.sign_in().unwrap().clone();
    let one = TWO.split("[[agencies]]").take(2).collect::<Vec<_>>().join("[[agencies]]");
    town.office.configure(Config::strict(&one, Host::Loopback).unwrap().signing_in(sign_in));
    assert!(is_in(&mut first).await);
    assert!(!is_in(&mut second).await);
}

#[tokio::test]
async fn a_key_of_the_cookies_is_changed_without_anybody_being_put_out() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let key = |text: &str| Key::from_text(text, Shortness::Refused).unwrap();
    let site = town.office.site();
    let sign_in = site.config.sign_in().unwrap().clone();
    let old = sign_in.keys.current().clone();
    let with = |keys: Keys| (*site.config).clone().signing_in(SignIn { keys, ..sign_in.clone() });
    town.office.configure(with(Keys::new(key("another-key-for-the-cookies-0001"), Some(old))));
    assert!(is_in(&mut browser).await);
    town.minutes(16);
    assert!(is_in(&mut browser).await, "from now on under the new key");
    town.office.configure(with(Keys::new(key("another-key-for-the-cookies-0001"), None)));
    assert!(is_in(&mut browser).await);
    town.office.configure(with(Keys::new(key("yet-another-key-of-the-cookies-2"), None)));
    assert!(!is_in(&mut browser).await);
}

#[tokio::test]
async fn a_form_without_its_session_s_secret_does_nothing() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let (mut browser, mut other) = (Browser::new(&town), Browser::new(&town));
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    other.signs_in(&of(&town, "clerk"), "/desk").await;
    let (own, others) = (browser.csrf("/desk").await, other.csrf("/desk").await);
    assert_ne!(own, others);
    for forged in ["", "x", &others, &own.to_uppercase()] {
        for target in ["/desk/sign-out".to_owned(), format!("/desk/dossiers/{id}/accept")] {
            let page = browser.post(&target, &[("csrf", forged), ("confirm", "1")]).await;
            assert_eq!(page.status().as_u16(), 403, "{target} {forged}");
            assert!(page.text().contains("Phiên làm việc đã đổi"), "{}", page.text());
        }
    }
    assert_eq!(town.dossier(id).await.unwrap().version, 1);
    assert!(is_in(&mut browser).await);
}

#[tokio::test]
async fn what_was_filled_in_when_the_session_ended_is_kept_and_sent_once_its_owner_is_back() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    let csrf = browser.csrf("/desk/search").await;
    town.minutes(31);
    let fields = [("csrf", csrf.as_str()), ("q", "\"><script>alert(1)</script>"), ("note", "Bản chính & phí")];
    let page = browser.post("/desk/search?x=1", &fields).await;
    assert_eq!(page.status().as_u16(), 401);
    assert!(page.text().contains(r#"action="/desk/search?x=1""#), "{}", page.text());
    assert!(
        page.text().contains("value=\"Bản chính &amp; phí\"") && !page.text().contains("<script>"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("target=\"_blank\""));

    browser.signs_in(&of(&town, "clerk"), "/desk").await;
    assert_eq!(browser.post("/desk/search", &fields).await.status().as_u16(), 200);
    // The same browser, but somebody else.
    town.minutes(31);
    browser.signs_in(&of(&town, "manager"), "/desk").await;
    assert_eq!(browser.post("/desk/search", &fields).await.status().as_u16(), 403);
}

#[tokio::test]
async fn a_request_of_another_method_meets_a_page_and_records_nothing() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    assert_eq!(browser.sent(http::Method::DELETE, "/desk", "").await.status().as_u16(), 401);
    assert_eq!(browser.post("/desk/sign-in", &[]).await.status().as_u16(), 405);
    assert_eq!(browser.get("/desk/sign-out").await.status().as_u16(), 405);
    assert_eq!(browser.sent(http::Method::HEAD, "/desk/new", "").await.status().as_u16(), 303);
}
