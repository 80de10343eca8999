//! Refused sign-ins, and the answers to them.

use http::Method;
use motcua_local::neighbours::identity::Bend;
use rules::http::Reply;
use serde_json::{Value, json};

use super::*;

/// Checks a page that lets nobody in: its status and its text.
fn told(response: &Response, status: u16, says: &str) {
    assert_eq!(response.status().as_u16(), status, "{}", response.text());
    assert!(response.text().contains(says), "{}", response.text());
    assert!(!cookies(response).any(|line| line.starts_with("motcua=")));
}

const AGAIN: &str = "Lần đăng nhập này không còn hiệu lực";
const NOT_PROVED: &str = "Không xác minh được lần đăng nhập";
const NOT_STAFF: &str = "chưa có chỗ ở bộ phận một cửa";

#[tokio::test]
async fn who_comes_back_with_another_state_or_without_having_been_sent_is_not_let_in() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    let there = browser.sent_to_the_provider("/desk").await;
    let back = chosen(&town, &there, &of(&town, "clerk"));
    told(&browser.get(&with_parameter(&back, "state", "another")).await, 400, AGAIN);
    told(&browser.get(&with_parameter(&back, "state", "")).await, 400, AGAIN);
    told(&Browser::new(&town).get(&back).await, 400, AGAIN);
    told(&browser.get("/desk/signed-in").await, 400, AGAIN);
    // A stranger's way back in somebody's browser: they would work in the stranger's name.
    let mut stranger = Browser::new(&town);
    let strange = stranger.sent_to_the_provider("/desk").await;
    told(&browser.get(&chosen(&town, &strange, &of(&town, "clerk"))).await, 400, AGAIN);
    assert_eq!(browser.get(&back).await.status().as_u16(), 303, "the right one still holds");
}

#[tokio::test]
async fn who_stays_at_the_provider_for_longer_than_ten_minutes_begins_again() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    let there = browser.sent_to_the_provider("/desk").await;
    town.minutes(10);
    told(&browser.get(&chosen(&town, &there, &of(&town, "clerk"))).await, 400, AGAIN);
}

#[tokio::test]
async fn a_code_counts_once_and_for_a_minute_and_with_its_verifier_only() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    let there = browser.sent_to_the_provider("/desk").await;
    let back = chosen(&town, &there, &of(&town, "clerk"));
    let before = browser.jar.clone();
    assert_eq!(browser.get(&back).await.status().as_u16(), 303);
    browser.jar = before;
    told(&browser.get(&back).await, 400, AGAIN);

    let late = chosen(&town, &there, &of(&town, "clerk"));
    town.minutes(2);
    told(&browser.get(&late).await, 400, AGAIN);

    // The code of another's sign-in, under one's own state: the verifier is not the one it was asked with.
    let mut thief = Browser::new(&town);
    let own = thief.sent_to_the_provider("/desk").await;
    let stolen = chosen(&town, &there, &of(&town, "manager"));
    let crafted = with_parameter(&stolen, "state", &parameter(&own, "state"));
    told(&thief.get(&crafted).await, 400, AGAIN);
}

#[tokio::test]
async fn in_another_tab_somebody_who_is_in_already_is_led_to_their_work() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    let first = browser.sent_to_the_provider("/desk/new").await;
    browser.signs_in(&of(&town, "clerk"), "/desk/search").await;
    let late = browser.get(&chosen(&town, &first, &of(&town, "clerk"))).await;
    assert_eq!((late.status().as_u16(), location(&late)), (303, "/desk"));
}

#[tokio::test]
async fn a_token_that_proves_nothing_lets_nobody_in() {
    let town = Town::new().await;
    let now = town.clock.now().as_second();
    let claims = |claims: Value| Bend { claims: claims.as_object().unwrap().clone(), ..Bend::default() };
    for (case, bend, status) in [
        ("another nonce", claims(json!({ "nonce": "another" })), 403),
        ("no nonce", claims(json!({ "nonce": null })), 403),
        ("another client's", claims(json!({ "aud": "another-desk" })), 403),
        ("another client's beside", claims(json!({ "aud": ["motcua-desk", "another-desk"] })), 403),
        ("nobody's", claims(json!({ "aud": [] })), 403),
        ("another issuer's", claims(json!({ "iss": "https://sso.example" })), 403),
        ("over", claims(json!({ "exp": now })), 403),
        ("issued tomorrow", claims(json!({ "iat": now + 86_400 })), 403),
        ("not yet", claims(json!({ "nbf": now + 3_600 })), 403),
        ("not signed", Bend { unsigned: true, ..Bend::default() }, 403),
        ("signed by another", Bend { foreign_key: true, ..Bend::default() }, 403),
        // These are not ID tokens at all, so the answer counts as missing.
        ("without end", claims(json!({ "exp": null })), 503),
        ("of nobody", claims(json!({ "sub": null })), 503),
    ] {
        town.office.identity().bend(Some(bend));
        let mut browser = Browser::new(&town);
        let page = browser.signs_in(&of(&town, "clerk"), "/desk").await;
        assert_eq!(page.status().as_u16(), status, "{case}");
        told(&page, status, if status == 403 { NOT_PROVED } else { "Hệ thống đăng nhập chưa phản hồi" });
        assert!(!browser.jar.contains_key(SESSION), "{case}");
    }
    town.office.identity().bend(None);
    assert_eq!(Browser::new(&town).signs_in(&of(&town, "clerk"), "/desk").await.status().as_u16(), 303);
}

#[tokio::test]
async fn an_account_without_one_agency_and_one_kind_of_role_has_no_place() {
    let town = Town::new().await;
    for claims in [
        json!({ "agency": "000.00.99.H32" }),
        json!({ "agency": null }),
        json!({ "role": "boss" }),
        json!({ "role": [] }),
        json!({ "role": null }),
        json!({ "role": ["manager", "administrator"] }),
        json!({ "role": { "clerk": true } }),
        json!({ "sub": "hộ kinh doanh" }),
    ] {
        let bend = Bend { claims: claims.as_object().unwrap().clone(), ..Bend::default() };
        town.office.identity().bend(Some(bend));
        told(&Browser::new(&town).signs_in(&of(&town, "clerk"), "/desk").await, 403, NOT_STAFF);
    }
}

#[tokio::test]
async fn a_dismissed_account_is_not_let_in() {
    let town = Town::new().await;
    town.office.identity().dismiss(&of(&town, "clerk"), true);
    let mut browser = Browser::new(&town);
    let page = browser.signs_in(&of(&town, "clerk"), "/desk").await;
    told(&page, 403, "Nơi đăng nhập không cho vào");
}

#[tokio::test]
async fn while_the_provider_is_down_somebody_is_asked_to_try_again() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    town.office.identity().go_down(true);
    told(&browser.get("/desk/sign-in").await, 503, "Hệ thống đăng nhập chưa phản hồi");
    town.office.identity().go_down(false);
    let there = browser.sent_to_the_provider("/desk").await;
    let back = chosen(&town, &there, &of(&town, "clerk"));
    town.office.identity().go_down(true);
    told(&browser.get(&back).await, 503, "Hệ thống đăng nhập chưa phản hồi");
    town.office.identity().go_down(false);
    assert_eq!(browser.get(&back).await.status().as_u16(), 303, "the same way back goes on when it answers");
}

#[tokio::test]
async fn a_key_that_the_provider_changed_is_read_anew() {
    let town = Town::new().await;
    Browser::new(&town).signs_in(&of(&town, "clerk"), "/desk").await;
    town.office.identity().change_key();
    assert_eq!(Browser::new(&town).signs_in(&of(&town, "clerk"), "/desk").await.status().as_u16(), 303);
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let town = Town::new().await;
    for foreign in [
        "https://example.com/desk",
        "//example.com/desk",
        "/\\example.com",
        "/desk\\..\\x",
        "\\/example.com",
        "/deskx",
        "/local",
        "javascript:alert(1)",
        "/desk\r\nset-cookie: a=b",
        "/desk/đ",
        " /desk/new",
        "",
    ] {
        let mut browser = Browser::new(&town);
        let target = format!("/desk/sign-in?back={}", query::encode(foreign.as_bytes()));
        let there = location(&browser.get(&target).await).to_owned();
        let led = browser.get(&chosen(&town, &there, &of(&town, "clerk"))).await;
        assert_eq!(location(&led), "/desk", "{foreign:?}");
    }
}

#[tokio::test]
async fn where_nobody_wrote_how_to_sign_in_a_page_says_so() {
    let town = Town::new().await;
    let text = "id_key = \"0123456789abcdef\"\n[sign_in]\nissuer = \"x\"\n";
    let config = rules::config::Config::per_channel(text, rules::config::Host::Loopback).unwrap();
    let store = town.office.site().recorder.store().clone();
    let site = motcua::site::Site::new(config, store);
    for target in ["/desk", "/desk/sign-in", "/desk/signed-in?code=a&state=b"] {
        let page =
            Box::pin(desk::handle(&site, town.office.scans(), &bare(Method::GET, target), town.clock.now())).await;
        told(&page, 503, "Chưa đăng nhập được");
    }
}

#[tokio::test]
async fn the_provider_leads_nobody_to_an_address_that_is_not_the_desk_s() {
    let town = Town::new().await;
    let there = Browser::new(&town).sent_to_the_provider("/desk").await;
    for (name, value) in [
        ("redirect_uri", "https://example.com/desk/signed-in"),
        ("client_id", "another"),
        ("response_type", "token"),
        ("code_challenge_method", "plain"),
        ("code_challenge", "short"),
    ] {
        let page = at_provider(&town, Method::GET, &with_parameter(&there, name, value), "");
        assert_eq!((page.status().as_u16(), page.header("location")), (400, None), "{name}");
    }
}
