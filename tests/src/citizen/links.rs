//! Links: tokens that are stored as hashes, lead to one dossier of one agency for a time, and cannot be guessed.

use jiff::SignedDuration;
use motcua::links::{OPENS_FOR, link};
use motcua::site::Site;
use motcua::store::{Behind, Key, Opens};
use rules::config::{Config, DEMO, Host};
use rules::id::AgencyCode;
use rules::token::{Purpose, Token, stored_as};

use super::*;

const SENDING: &str = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
    hosts = [\"kktvanphong.example\"]\ntelephone = \"0258 000 0000\"\n\
    messages = { wait_minutes = 0 }\n";

/// Makes a town whose agency sends links.
async fn sending() -> Town {
    let town = Town::new().await;
    town.office.configure(Config::strict(&format!("{DEMO}\n{SENDING}"), Host::Loopback).unwrap());
    town
}

async fn linked(town: &Town, id: DossierId, number: u64) -> Option<String> {
    let site = town.office.site();
    let agency = &site.config.agencies()[0];
    link(&site, agency, (id, Purpose::See), number, town.clock.now()).await.unwrap()
}

/// Returns the path of a link.
fn path(link: &str) -> &str {
    link.strip_prefix("https://kktvanphong.example").unwrap()
}

async fn at_host(town: &Town, target: &str) -> Response {
    asked(town, Some("kktvanphong.example"), target, &[]).await
}

fn name_of(site: &Site, agency: &AgencyCode, link: &str) -> String {
    stored_as(site.config.id_key(), agency, link.rsplit('/').next().unwrap())
}

#[tokio::test]
async fn an_agency_that_decided_so_sends_none() {
    let town = Town::new().await;
    town.office.configure(crate::prompt::prompt_with(crate::prompt::LINKLESS));
    let id = accepted(&town, "G22-1").await;
    town.office.wire().reset();
    assert_eq!(linked(&town, id, 1).await, None);
    assert_eq!(town.office.wire().tally().round_trips(), 0);
}

#[tokio::test]
async fn a_link_leads_to_its_dossier_whatever_a_mail_program_left_behind_it() {
    let town = sending().await;
    let id = accepted(&town, "G22-1").await;
    let link = linked(&town, id, 1).await.unwrap();
    assert_eq!(link.len(), "https://kktvanphong.example/t/".len() + 10);
    let led = at_host(&town, path(&link)).await;
    let location = format!("/d/{id}");
    assert_eq!((led.status().as_u16(), led.header("location")), (200, None));
    assert!(led.text().contains("G22-1"), "{}", led.text());
    assert_eq!(led.header("cache-control"), Some("no-store"));
    // The procedure is read once by a process, the notices once a minute. Two calls note the look.
    town.office.wire().reset();
    at_host(&town, path(&link)).await;
    let tally = town.office.wire().tally();
    assert_eq!((tally.round_trips(), tally.of("GetItem").round_trips), (4, 1));
    for after in [".", ",", ")", "%3E", "%22", "/", "%E2%80%9D", "?lang=en", "?utm_source=mail"] {
        let led = at_host(&town, &format!("{}{after}", path(&link))).await;
        assert_eq!(led.status().as_u16(), 200, "{after}");
    }
    assert_eq!(at_host(&town, &location).await.status().as_u16(), 200);
    // The same message has the same link, and its time is that of the first.
    town.minutes(60);
    assert_eq!(linked(&town, id, 1).await.as_deref(), Some(link.as_str()));
    assert_ne!(linked(&town, id, 2).await.unwrap(), link);
    let site = town.office.site();
    let agency = town.agency();
    let name = name_of(&site, &agency, &link);
    let Behind::Open(opens) = site.recorder.store().behind(&agency, &name, town.clock.now()).await.unwrap() else {
        panic!("it is open")
    };
    assert_eq!((opens.purpose, opens.id), (Purpose::See, id));
    assert_eq!(opens.expires_at, town.clock.now() - SignedDuration::from_hours(1) + OPENS_FOR);
}

#[tokio::test]
async fn nothing_that_is_stored_holds_the_token_or_a_person() {
    let town = sending().await;
    let id = accepted(&town, "G22-1").await;
    let link = linked(&town, id, 1).await.unwrap();
    let site = town.office.site();
    let name = name_of(&site, &town.agency(), &link);
    let key = Key::token(&town.agency(), &name);
    assert!(key.pk.starts_with(town.agency().as_str()));
    let item = site.recorder.store().item(&key).await.unwrap().unwrap();
    let text = format!("{item:?}");
    assert!(!text.contains(link.rsplit('/').next().unwrap()), "{text}");
    let mut fields: Vec<_> = item.keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["expires_at", "opens", "pk", "shape", "sk"]);
    let expires_at: i64 = item["expires_at"].as_n().unwrap().parse().unwrap();
    assert_eq!(expires_at, (town.clock.now() + OPENS_FOR).as_second());
}

#[tokio::test]
async fn a_guess_and_another_agency_s_link_get_the_page_of_an_unknown_dossier_for_one_look() {
    let town = sending().await;
    let id = accepted(&town, "G22-1").await;
    let link = linked(&town, id, 1).await.unwrap();
    let site = town.office.site();
    let (agency, other) = (town.agency(), AgencyCode::parse("H99").unwrap());
    let foreign = Token::draw(site.config.id_key(), &other, id, Purpose::See, 1);
    let opens = Opens { purpose: Purpose::See, id, person: None, expires_at: town.clock.now() + OPENS_FOR };
    let name = stored_as(site.config.id_key(), &other, foreign.as_str());
    site.recorder.store().keep_token(&other, &name, &opens).await.unwrap();
    let expected = at_host(&town, "/d/ZZZZZZZZZZZZ").await;

    let own = link.rsplit('/').next().unwrap();
    // One letter beside the token, each in turn: nearness tells nothing.
    let beside = (0..10).map(|place| {
        let mut near = own.as_bytes().to_vec();
        near[place] = if near[place] == b'7' { b'8' } else { b'7' };
        String::from_utf8(near).unwrap()
    });
    let mut guesses: Vec<String> = beside.collect();
    guesses.extend(["0000000000", "x", "", "%00", "a/b", "lllllllllI", foreign.as_str()].map(str::to_owned));
    guesses.extend([own.to_lowercase(), own.to_uppercase()].into_iter().filter(|guess| guess != own));
    for guess in &guesses {
        town.office.wire().reset();
        let answer = at_host(&town, &format!("/t/{guess}")).await;
        assert_eq!(answer.status().as_u16(), 404, "{guess}");
        assert_eq!(answer.text(), expected.text(), "{guess}");
        let calls: Vec<_> = town.office.wire().trace().into_iter().map(|call| call.operation).collect();
        assert_eq!(calls, ["GetItem"], "{guess}");
    }

    // The table forgets days after the time is over; the page does not wait for it.
    town.clock.advance_to(town.clock.now() + OPENS_FOR);
    let name = name_of(&site, &agency, &link);
    let behind = site.recorder.store().behind(&agency, &name, town.clock.now()).await.unwrap();
    assert!(matches!(behind, Behind::Expired(_)), "{behind:?}");
    let answer = at_host(&town, path(&link)).await;
    assert_eq!(answer.status().as_u16(), 410);
    assert!(answer.text().contains("Liên kết này đã hết hạn") && !answer.text().contains(id.as_str()));
    let unknown = site.recorder.store().behind(&agency, "nothing", town.clock.now()).await.unwrap();
    assert_eq!(unknown, Behind::Unknown);
}

#[tokio::test]
async fn a_slip_and_a_gateway_s_way_back_lead_to_the_agency_s_own_host() {
    let town = sending().await;
    let (id, _) = town.asked("G22-1").await;
    let site = town.office.site();
    let slip = site.config.page(&site.config.agencies()[0], &format!("/d/{id}")).unwrap();
    assert_eq!(slip, format!("https://kktvanphong.example/d/{id}"));
    let opened = town
        .as_staff("clerk", Method::POST, &format!("/api/v1/dossiers/{id}/pay-link?attempt=1"), "k1", &json!({}))
        .await;
    let way: serde_json::Value = serde_json::from_str(opened.text()).unwrap();
    let back = format!("vnp_ReturnUrl=https%3A%2F%2Fkktvanphong.example%2Fpay%2F{id}01");
    assert!(way["url"].as_str().unwrap().contains(&back), "{way}");
    // Before an agency names a host, both lead to the office's own address.
    let town = Town::new().await;
    let (id, _) = town.asked("G22-1").await;
    let opened = town
        .as_staff("clerk", Method::POST, &format!("/api/v1/dossiers/{id}/pay-link?attempt=1"), "k1", &json!({}))
        .await;
    let way: serde_json::Value = serde_json::from_str(opened.text()).unwrap();
    let back = format!("vnp_ReturnUrl=http%3A%2F%2F127.0.0.1%3A8080%2Fpay%2F{id}01");
    assert!(way["url"].as_str().unwrap().contains(&back), "{way}");
}
