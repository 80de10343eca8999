//! The end of what an account was given: by its sign-out, by a manager, and at the provider.

use motcua::store::{Did, NotLetIn};
use motcua_local::neighbours::identity::Bend;
use motcua_local::office::claims;
use serde_json::json;

use super::*;
use crate::desk::audited::acts;

/// Whether a page is shown.
async fn is_in(browser: &mut Browser<'_>) -> bool {
    browser.get("/desk/new").await.status().as_u16() == 200
}

/// Returns the status of a bearer token that was issued then, as the authorizer hands its claims over.
async fn api(town: &Town, account: &str, issued_at: Option<i64>) -> u16 {
    let mut claims = claims(town.agency().as_str(), account, "clerk");
    claims.0.extend(issued_at.map(|iat| ("iat".to_owned(), iat.to_string())));
    let mut request = bare(Method::GET, "/api/v1/money");
    request.extensions_mut().insert(claims);
    Box::pin(town.office.answer(&request)).await.unwrap().status().as_u16()
}

async fn signs_out(browser: &mut Browser<'_>) {
    let csrf = browser.csrf("/desk/new").await;
    assert_eq!(browser.post("/desk/sign-out", &[("csrf", &csrf)]).await.status().as_u16(), 303);
}

async fn dismisses(town: &Town, role: &str, account: &str) -> u16 {
    let mut browser = Browser::new(town);
    browser.signs_in(&of(town, role), "/desk/new").await;
    let csrf = browser.csrf("/desk").await;
    let sent = browser.post("/desk/admin/dismiss", &[("csrf", &csrf), ("account", account)]).await;
    sent.status().as_u16()
}

async fn why_not(town: &Town) -> Vec<(String, NotLetIn)> {
    let refused = acts(town).await.into_iter().filter_map(|entry| match entry.did {
        Did::NotSignedIn { because } => Some((entry.who, because)),
        _ => None,
    });
    refused.collect()
}

#[tokio::test]
async fn a_copied_cookie_is_not_renewed_once_its_owner_signed_out() {
    let town = Town::new().await;
    let mut owner = Browser::new(&town);
    owner.signs_in(&of(&town, "clerk"), "/desk/new").await;
    let mut thief = Browser::new(&town);
    thief.jar.insert(SESSION.into(), owner.jar[SESSION].clone());
    signs_out(&mut owner).await;
    town.minutes(16);
    assert!(!is_in(&mut thief).await);
    assert!(!thief.jar.contains_key(SESSION));
    assert_eq!(why_not(&town).await, [(of(&town, "clerk"), NotLetIn::Ended)]);
    // Whoever signs in anew, even at that very instant, is in and stays in.
    owner.signs_in(&of(&town, "clerk"), "/desk/new").await;
    signs_out(&mut owner).await;
    owner.signs_in(&of(&town, "clerk"), "/desk/new").await;
    for _ in 0..4 {
        town.minutes(16);
        assert!(is_in(&mut owner).await);
    }
}

#[tokio::test]
async fn a_sign_out_ends_one_account_and_revokes_its_refresh_token() {
    let town = Town::new().await;
    let (mut clerk, mut other) = (Browser::new(&town), Browser::new(&town));
    clerk.signs_in(&of(&town, "clerk"), "/desk/new").await;
    other.signs_in(&of(&town, "specialist"), "/desk/new").await;
    let copied = clerk.jar[SESSION].clone();
    signs_out(&mut clerk).await;
    // The mark of the office is lost, and still the provider has ended it.
    let site = town.office.site();
    let beginning = crate::town::at("2020-01-01T00:00:00Z");
    site.recorder.store().end_until(&town.agency(), &of(&town, "clerk"), beginning).await.unwrap();
    town.minutes(16);
    let mut thief = Browser::new(&town);
    thief.jar.insert(SESSION.into(), copied);
    assert!(!is_in(&mut thief).await);
    assert_eq!(why_not(&town).await, [(of(&town, "clerk"), NotLetIn::ByTheProvider)]);
    assert!(is_in(&mut other).await);
}

#[tokio::test]
async fn a_sign_out_ends_the_session_here_while_the_provider_is_down() {
    let town = Town::new().await;
    let mut owner = Browser::new(&town);
    owner.signs_in(&of(&town, "clerk"), "/desk/new").await;
    let mut thief = Browser::new(&town);
    thief.jar.insert(SESSION.into(), owner.jar[SESSION].clone());
    town.office.identity().go_down(true);
    signs_out(&mut owner).await;
    town.office.identity().go_down(false);
    town.minutes(16);
    assert!(!is_in(&mut thief).await);
}

#[tokio::test]
async fn a_dismissed_account_s_token_works_no_more_and_one_issued_later_does() {
    let town = Town::new().await;
    let account = of(&town, "clerk");
    let issued = town.clock.now().as_second();
    assert_eq!(api(&town, &account, Some(issued)).await, 200);
    assert_eq!(api(&town, &account, None).await, 200);
    let mut browser = Browser::new(&town);
    browser.signs_in(&account, "/desk/new").await;
    town.minutes(1);
    for (role, status) in [("clerk", 403), ("specialist", 403), ("manager", 303)] {
        if role != "clerk" {
            assert_eq!(dismisses(&town, role, &account).await, status, "{role}");
        }
    }
    assert_eq!(api(&town, &account, Some(issued)).await, 401);
    assert_eq!(api(&town, &account, None).await, 401, "a token that does not say when");
    assert_eq!(api(&town, "somebody", Some(issued)).await, 200);
    town.minutes(1);
    assert_eq!(api(&town, &account, Some(town.clock.now().as_second())).await, 200);
    town.minutes(14);
    assert!(!is_in(&mut browser).await);
    let dismissed = |entry: &motcua::store::AuditEntry| entry.did == Did::Dismissed { account: account.clone() };
    assert_eq!(acts(&town).await.iter().filter(|entry| dismissed(entry)).count(), 1);
    assert_eq!(dismisses(&town, "administrator", "a b").await, 400);
    assert_eq!(dismisses(&town, "administrator", &account).await, 303);
}

#[tokio::test]
async fn the_audit_of_one_account_offers_to_end_its_sessions() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "manager"), "/desk/new").await;
    let account = of(&town, "clerk");
    let page = browser.get(&format!("/desk/admin/audit?account={account}")).await.text().to_owned();
    assert!(page.contains("Kết thúc mọi phiên của tài khoản này"), "{page}");
    let fields = [("csrf", csrf_in(&page)), ("account", account.clone())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let done = browser.post("/desk/admin/dismiss", &fields).await;
    let shown = browser.get(location(&done)).await.text().to_owned();
    assert!(shown.contains("Đã kết thúc mọi phiên"), "{shown}");
    assert_eq!(browser.get("/desk/admin/dismiss").await.status().as_u16(), 405);
    let forged = browser.post("/desk/admin/dismiss", &[("csrf", "x"), ("account", &account)]).await;
    assert_eq!(forged.status().as_u16(), 403);
}

#[tokio::test]
async fn a_sign_in_that_failed_is_an_entry_and_a_stray_way_back_is_none() {
    let town = Town::new().await;
    let bend = |claims: serde_json::Value| {
        town.office.identity().bend(Some(Bend { claims: claims.as_object().unwrap().clone(), ..Bend::default() }));
    };
    let account = of(&town, "clerk");
    let mut browser = Browser::new(&town);
    for claims in [json!({ "role": "boss" }), json!({ "agency": "000.00.99.H32" })] {
        town.minutes(1);
        bend(claims);
        assert_eq!(browser.signs_in(&account, "/desk/new").await.status().as_u16(), 403);
    }
    town.minutes(1);
    bend(json!({ "aud": "another" }));
    assert_eq!(browser.signs_in(&account, "/desk/new").await.status().as_u16(), 403);
    town.minutes(1);
    town.office.identity().bend(None);
    town.office.identity().dismiss(&account, true);
    assert_eq!(browser.signs_in(&account, "/desk/new").await.status().as_u16(), 403);
    let expected = [
        (account.clone(), NotLetIn::NoStaff),
        (account.clone(), NotLetIn::NoStaff),
        ("?".to_owned(), NotLetIn::NotProved),
        ("?".to_owned(), NotLetIn::ByTheProvider),
    ];
    assert_eq!(why_not(&town).await, expected);
    // Nobody was sent there: anybody can call this address, and fills no audit.
    for stray in ["/desk/signed-in", "/desk/signed-in?code=x&state=y", "/desk/signed-in?error=access_denied&state=y"] {
        assert_eq!(Browser::new(&town).get(stray).await.status().as_u16(), 400);
    }
    // At the API, a token without a role here.
    let mut claims = claims(town.agency().as_str(), &account, "boss");
    claims.0.insert("iat".into(), "0".into());
    let mut request = bare(Method::GET, "/api/v1/money");
    request.extensions_mut().insert(claims);
    assert_eq!(Box::pin(town.office.answer(&request)).await.unwrap().status().as_u16(), 403);
    assert_eq!(why_not(&town).await.len(), expected.len() + 1);
}

#[tokio::test]
async fn a_token_that_another_client_was_given_is_not_taken() {
    let town = Town::new().await;
    let bend = |claims: serde_json::Value| {
        town.office.identity().bend(Some(Bend { claims: claims.as_object().unwrap().clone(), ..Bend::default() }));
    };
    for (claims, status) in [
        (json!({ "azp": "motcua-desk" }), 303),
        (json!({ "azp": "another" }), 403),
        (json!({ "aud": ["motcua-desk"], "azp": "another" }), 403),
    ] {
        bend(claims.clone());
        let answer = Browser::new(&town).signs_in(&of(&town, "clerk"), "/desk/new").await;
        assert_eq!(answer.status().as_u16(), status, "{claims}");
    }
    for (azp, aud, status) in [
        (None, None, 200),
        (Some("motcua-desk"), Some("[motcua-desk account]"), 200),
        (Some("another"), Some("motcua-desk"), 401),
        (None, Some(r#"["motcua-desk","account"]"#), 401),
        (None, Some("motcua-desk"), 200),
    ] {
        let mut claims = claims(town.agency().as_str(), "u-1", "clerk");
        claims.0.extend(azp.map(|azp| ("azp".to_owned(), azp.to_owned())));
        claims.0.extend(aud.map(|aud| ("aud".to_owned(), aud.to_owned())));
        let mut request = bare(Method::GET, "/api/v1/money");
        request.extensions_mut().insert(claims);
        let answer = Box::pin(town.office.answer(&request)).await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{azp:?} {aud:?}");
    }
}
