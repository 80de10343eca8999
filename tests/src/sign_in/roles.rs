//! Four roles, and the rights of each, in the pages as in the API.

use http::Method;
use motcua_local::office::claims;
use rules::config::ROLES;

use super::*;
use crate::town::PERMIT;

/// Requests to the API, one or more for each permission, and the roles that may make them.
const TABLE: [(&str, &str, [bool; 4]); 11] = [
    ("GET", "/api/v1/dossiers/{id}", [true, true, true, true]),
    ("GET", "/api/v1/money", [true, true, true, true]),
    ("POST", "/api/v1/dossiers", [true, true, true, false]),
    ("POST", "/api/v1/dossiers/{id}/accept", [true, true, true, false]),
    ("POST", "/api/v1/dossiers/{id}/pause-clock", [true, true, true, false]),
    ("POST", "/api/v1/money/x/official-receipt", [true, true, true, false]),
    ("POST", "/api/v1/dossiers/{id}/reopen", [false, false, true, false]),
    ("POST", "/api/v1/dossiers/{id}/apologise", [false, false, true, false]),
    ("POST", "/api/v1/money/x/attach", [false, false, true, false]),
    ("PUT", "/api/v1/procedures/1.005129/9", [false, false, false, true]),
    ("POST", "/api/v1/takeover", [false, false, false, true]),
];

/// The same for pages.
const PAGES: [(&str, [bool; 4]); 9] = [
    ("/desk", [true, true, true, true]),
    ("/desk/dossiers/{id}", [true, true, true, true]),
    ("/desk/dossiers/{id}/accept", [true, true, true, false]),
    ("/desk/dossiers/{id}/messages", [true, true, true, false]),
    ("/desk/dossiers/{id}/apologise", [false, false, true, false]),
    ("/desk/admin", [false, false, true, true]),
    ("/desk/admin/audit", [false, false, true, true]),
    ("/desk/admin/health", [false, false, false, true]),
    ("/desk/admin/keys", [false, false, false, true]),
];

#[tokio::test]
async fn each_role_may_what_the_table_says_in_the_api() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await.to_string();
    for (method, target, may) in TABLE {
        for (role, may) in ROLES.into_iter().zip(may) {
            let mut request = bare(method.parse().unwrap(), &target.replace("{id}", &id));
            request.extensions_mut().insert(claims(town.agency().as_str(), role, role));
            let answer = Box::pin(town.office.answer(&request)).await.unwrap();
            assert_eq!(
                answer.status().as_u16() != 403,
                may,
                "{role}: {method} {target} is {}",
                answer.status().as_u16()
            );
        }
    }
}

#[tokio::test]
async fn each_role_may_what_the_table_says_in_the_pages() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await.to_string();
    for (place, role) in ROLES.into_iter().enumerate() {
        let mut browser = Browser::new(&town);
        browser.signs_in(&of(&town, role), "/desk").await;
        for (page, may) in PAGES {
            let answer = browser.get(&page.replace("{id}", &id)).await;
            assert_eq!(answer.status().as_u16() != 403, may[place], "{role}: {page} is {}", answer.status().as_u16());
        }
    }
}

#[tokio::test]
async fn a_session_is_nobody_at_the_api_and_claims_are_nobody_at_the_pages() {
    let town = Town::new().await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "manager"), "/desk").await;
    let target = format!("/api/v1/procedures/{PERMIT}");
    assert_eq!(browser.get(&target).await.status().as_u16(), 401);
    let mut request = bare(Method::GET, "/desk");
    request.extensions_mut().insert(claims(town.agency().as_str(), "manager", "manager"));
    assert_eq!(Box::pin(town.office.answer(&request)).await.unwrap().status().as_u16(), 303);
}
