//! Costs of a dossier for whoever has its key: by digits, by a link, and of paying.

use std::net::{IpAddr, Ipv4Addr};

use jiff::SignedDuration;
use motcua::store::Opens;
use motcua_local::senders::Letter;
use motcua_local::wire::tally::Tally;
use motcua_tests::town::Town;
use rules::http::{Domain, Reply, Response, Sender};
use rules::token::{Purpose, Token, stored_as};

/// Prints them.
pub async fn table(print: impl Fn(&str, &Tally)) {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let (site, agency) = (town.office.site(), town.agency());
    let token = Token::draw(site.config.id_key(), &agency, id, Purpose::See, 1);
    let expires_at = town.clock.now() + SignedDuration::from_hours(24);
    let opens = Opens { purpose: Purpose::See, id, person: None, expires_at };
    let name = stored_as(site.config.id_key(), &agency, token.as_str());
    site.recorder.store().keep_token(&agency, &name, &opens).await.unwrap();
    let (page, link) = (format!("/d/{id}"), format!("/t/{}", token.as_str()));
    // The procedure is read once by a process, the notices once a minute.
    sent(&town, (&page, None, ""), 200).await;
    let counted = async |journey: &str, (target, body, cookie): (&str, Option<&str>, &str), status| {
        town.office.wire().reset();
        let answer = sent(&town, (target, body, cookie), status).await;
        print(journey, &town.office.wire().tally());
        answer
    };
    counted("wrong digits, or those of no dossier", (&page, Some("digits=4321"), ""), 403).await;
    let right = counted("the right digits", (&page, Some("digits=0001"), ""), 303).await;
    let cookie = right.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    counted("all of a dossier, by digits", (&page, None, &cookie), 200).await;
    counted("all of a dossier, by a link", (&link, None, ""), 200).await;
    counted("the same once more within the hour", (&link, None, ""), 200).await;
    counted("those who looked at it, by a link", (&format!("{link}/looks"), None, ""), 200).await;
    counted("an order at a gateway is opened", (&link, Some("pay=1"), ""), 303).await;
    counted("page of the payment, to which a gateway leads back", (&format!("/pay/{reference}"), None, ""), 200).await;
}

async fn sent(town: &Town, (target, body, cookie): (&str, Option<&str>, &str), status: u16) -> Response {
    let method = if body.is_some() { http::Method::POST } else { http::Method::GET };
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned()), ("cookie", cookie.to_owned())];
    let letter = Letter { method, target: target.to_owned(), headers, body: body.unwrap_or_default().to_owned() };
    let mut request = letter.request();
    request.extensions_mut().insert(Domain("127.0.0.1".to_owned()));
    request.extensions_mut().insert(Sender(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    let answer = town.office.answer(&request).await.unwrap();
    assert_eq!(answer.status().as_u16(), status, "{}", answer.text());
    answer
}
