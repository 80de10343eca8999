//! Costs of the pages on which the holder of a link says where the result goes.

use jiff::SignedDuration;
use motcua::store::Opens;
use motcua_local::senders::Letter;
use motcua_local::wire::tally::Tally;
use motcua_tests::town::{Town, form};
use rules::http::{Domain, Reply};
use rules::token::{Purpose, Token, stored_as};
use serde_json::json;

/// Prints the costs of the page, of the choice, of a step of the address and of its confirmation.
pub async fn table(print: impl Fn(&str, &Tally)) {
    let town = Town::new().await;
    let mut filed = form("G22-1");
    filed["DiaChi"] = json!("12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh");
    town.portal("dossier.submitted", "d1", filed).await;
    let (site, agency, id) = (town.office.site(), town.agency(), town.id_of("G22-1"));
    let token = Token::draw(site.config.id_key(), &agency, id, Purpose::Post, 1);
    let opens = Opens {
        purpose: Purpose::Post,
        id,
        person: None,
        expires_at: town.clock.now() + SignedDuration::from_hours(24),
    };
    let name = stored_as(site.config.id_key(), &agency, token.as_str());
    site.recorder.store().keep_token(&agency, &name, &opens).await.unwrap();
    let way = format!("/t/{}", token.as_str());
    // The procedure is read once by a process, the notices once a minute.
    sent(&town, &way, None, 200).await;
    for (journey, body, status) in [
        ("page of the return, by a link", None, 200),
        ("the post is chosen there", Some("by=post"), 303),
        ("a step of its address", Some("address_street=1&address_commune=ben+nghe&address_step=seek"), 200),
        (
            "the address is confirmed",
            Some("address_street=1&address_place=26740%402025-06-30&address_step=confirm"),
            303,
        ),
    ] {
        town.office.wire().reset();
        sent(&town, &way, body, status).await;
        print(journey, &town.office.wire().tally());
    }
    for (journey, what, body, status) in [
        ("page of preferences, by a link", "preferences", None, 200),
        ("they are noted there", "preferences", Some("whose=0&language=en&sms=1"), 303),
        ("somebody wishes to be called", "call-back", Some(""), 303),
    ] {
        town.office.wire().reset();
        sent(&town, &format!("{way}/{what}"), body, status).await;
        print(journey, &town.office.wire().tally());
    }
}

async fn sent(town: &Town, way: &str, body: Option<&str>, status: u16) {
    let method = if body.is_some() { http::Method::POST } else { http::Method::GET };
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let letter = Letter { method, target: way.to_owned(), headers, body: body.unwrap_or_default().to_owned() };
    let mut request = letter.request();
    request.extensions_mut().insert(Domain("127.0.0.1".to_owned()));
    let answer = town.office.answer(&request).await.unwrap();
    assert_eq!(answer.status().as_u16(), status, "{}", answer.text());
}
