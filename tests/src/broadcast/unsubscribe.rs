//! No more broadcasts: looking at the link changes nothing, one click does, and the desk switches it back.

use http::Method;
use mail_parser::MessageParser;
use motcua_local::neighbours::s3::{self, S3};
use motcua_local::senders::Letter as Sent;
use rules::broadcast::Audience;
use rules::calls;
use rules::http::{Domain, Reply, Response};
use rules::id::DossierId;
use rules::person::{Person, Wishes};
use rules::worklist::SearchKey;
use scans::Scans;

use super::{it, minute, office, project, released, somebody};
use crate::fixture::Office;
use crate::sign_in::{Browser, of};
use crate::town::{Town, request};

const HOST: &str = "motcua.example.vn";

/// Files a dossier of somebody with a mailbox alone, and sends them a broadcast; returns the address in its header.
async fn told(office: &Office) -> (DossierId, Person, String) {
    let mut person = somebody(None, "1");
    person.applicant.email = Some("a@example.vn".into());
    person.applicant.phone = Some("02583822222".into());
    let id = office.submit(1, person.clone()).await;
    project(office).await;
    released(office, Audience::default()).await;
    minute(office).await;
    let mails = office.ses.mails();
    let mail = MessageParser::default().parse(mails[0].raw.as_bytes()).unwrap();
    let link = mail.header_raw("List-Unsubscribe").unwrap().trim().trim_matches(['<', '>']).to_owned();
    (id, person, link)
}

async fn asks(office: &Office, method: Method, link: &str, body: &str) -> Response {
    let target = link.strip_prefix(&format!("https://{HOST}")).unwrap().to_owned();
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let mut request = request(&Sent { method, target, headers, body: body.to_owned() });
    request.extensions_mut().insert(Domain(HOST.to_owned()));
    // No page of a link has a file.
    let scans = Scans::new(s3::real_time_client(&S3::memory()));
    let answer = Box::pin(citizen::handle(&office.site, &scans, &request, office.now()));
    motcua_local::rights::in_role("citizen", answer).await
}

async fn wishes(office: &Office, id: DossierId, person: &Person) -> Wishes {
    let name = calls::name(&SearchKey::of(office.site.config.id_key()), &office.agency, Some(person), (id, 0));
    office.store().wishes(&office.agency, &name).await.unwrap()
}

#[tokio::test]
async fn looking_changes_nothing_one_click_does_and_twice_is_the_same() {
    let office = office("").await;
    let (id, person, link) = told(&office).await;
    for _ in 0..2 {
        let page = asks(&office, Method::GET, &link, "").await;
        assert_eq!(page.status().as_u16(), 200);
        assert!(page.text().contains("method=\"post\"") && page.text().contains("Không nhận nữa"), "{}", page.text());
        assert_eq!(wishes(&office, id, &person).await, Wishes::default());
    }
    let mut kept = Vec::new();
    for body in ["List-Unsubscribe=One-Click", ""] {
        let page = asks(&office, Method::POST, &link, body).await;
        assert!(page.status().is_success(), "{}", page.text());
        kept.push(wishes(&office, id, &person).await);
    }
    assert!(kept[0].broadcasts_off_since.is_some() && kept[0] == kept[1], "{kept:?}");
    let second = released_to_nobody_else(&office).await;
    assert_eq!(office.ses.mails().len(), 1, "broadcast {second}");
}

/// Sends another broadcast, which reaches somebody else.
async fn released_to_nobody_else(office: &Office) -> u32 {
    office.submit(2, somebody(Some("0912345678"), "2")).await;
    project(office).await;
    let second = released(office, Audience::default()).await;
    minute(office).await;
    assert_eq!(it(office, second).await.report.unwanted.get("no_broadcasts"), Some(&1));
    second
}

#[tokio::test]
async fn the_link_of_a_message_takes_nothing_and_an_unknown_one_is_the_page_of_nothing() {
    let office = office("").await;
    let (.., link) = told(&office).await;
    let unknown = format!("{}0", &link[..link.len() - 1]);
    for method in [Method::GET, Method::POST] {
        let answer = asks(&office, method.clone(), &unknown, "").await;
        assert_eq!(answer.status().as_u16(), 404, "{method}");
    }
    let site = &office.site;
    let to = (DossierId::from_random(1), rules::token::Purpose::See);
    let see = motcua::links::link(site, &site.config.agencies()[0], to, 1, office.now()).await.unwrap().unwrap();
    // It leads to its own page, and nothing is noted.
    assert_eq!(asks(&office, Method::POST, &see, "").await.status().as_u16(), 303);
    assert_eq!(asks(&office, Method::POST, &format!("https://{HOST}/d"), "").await.status().as_u16(), 405);
}

#[tokio::test]
async fn the_desk_shows_it_and_switches_it_back() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk").await;
    let path = format!("/desk/dossiers/{id}/messages");
    let on = "name=\"broadcasts\" value=\"1\" checked";
    let page = clerk.get(&path).await.text().to_owned();
    assert!(page.contains(on), "{page}");
    let said =
        [("whose", "applicant"), ("language", "vi"), ("consent", "phone"), ("sms", "1"), ("about_broadcasts", "1")];
    let csrf = clerk.csrf(&path).await;
    clerk.post(&path, &[&[("csrf", csrf.as_str())], &said[..]].concat()).await;
    let page = clerk.get(&path).await.text().to_owned();
    assert!(!page.contains(on) && page.contains("từ chối từ 15/04/2020"), "{page}");
    let csrf = clerk.csrf(&path).await;
    clerk.post(&path, &[&[("csrf", csrf.as_str()), ("broadcasts", "1")], &said[..]].concat()).await;
    assert!(clerk.get(&path).await.text().contains(on));
}
