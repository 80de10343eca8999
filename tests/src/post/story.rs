//! The source's sentence, played: of two hundred dossiers filed before the measure, most results come home.

use std::collections::BTreeMap;

use http::Method;
use motcua::post::close;
use motcua::store::Total;
use motcua_local::senders::Letter;
use rules::config::{Config, DEMO, Host};
use rules::dossier::{Actor, Event, Phase};
use rules::http::{Domain, Reply};
use rules::id::DossierId;
use rules::post::{ParcelNo, State, Tracked, Why};
use rules::statistics::Flow;
use serde_json::{Value, json};

use super::{CLERK, event, hear, opened, phase, put};
use crate::citizen::notices::{published, source};
use crate::town::{Town, form, request};

const HOST: &str = "kktvanphong.example";
const LINKED: &str = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
    hosts = [\"kktvanphong.example\"]\ntelephone = \"0258 000 0000\"\n\
    messages = { wait_minutes = 0 }\n";

/// Dossiers in all; those whose applicant answers by the link; those who do not though they have the link; the others have a
/// landline.
const ALL: usize = 200;
const ANSWER: usize = 150;
const SILENT: usize = 30;
/// Of those who answer, so many live elsewhere than they declared.
const MOVED: usize = 10;
/// Of those who are called, so many do not want the post.
const DECLINE: usize = 15;
/// Results that the post cannot deliver at first; the first of them arrives at a better address.
const UNDELIVERED: usize = 3;

struct Played {
    town: Town,
    ids: Vec<DossierId>,
}

impl Played {
    async fn commands(&self, id: DossierId, commands: &[(&str, Value)]) {
        for (command, body) in commands {
            self.town.clerk(id, command, body.clone()).await;
        }
    }

    /// Sends a form from the page of a link, as a browser without script does.
    async fn sends(&self, way: &str, id: DossierId, fields: &[(&str, &str)]) {
        let seen = self.town.dossier(id).await.unwrap().version.to_string();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("seen", &seen);
        for (name, value) in fields {
            body.append_pair(name, value);
        }
        let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
        let letter = Letter { method: Method::POST, target: way.to_owned(), headers, body: body.finish() };
        let mut request = request(&letter);
        request.extensions_mut().insert(Domain(HOST.to_owned()));
        let answer = Box::pin(self.town.office.answer(&request)).await.unwrap();
        assert_eq!(answer.status().as_u16(), 303, "{}", answer.text());
    }

    /// Returns the way of the link in the last message about each dossier, by its code.
    fn links(&self) -> BTreeMap<String, String> {
        let mut links = BTreeMap::new();
        for sms in self.town.sms() {
            let Some(at) = sms.text.find("/t/") else { continue };
            let Some(code) = sms.text.split([' ', ':', '.']).find(|word| word.starts_with("G22-")) else { continue };
            links.insert(code.to_owned(), sms.text[at..].to_owned());
        }
        links
    }

    async fn calls(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut target = "/api/v1/calls".to_owned();
        loop {
            let page = self.town.reading("clerk", &target).await;
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => target = format!("/api/v1/calls?after={next}"),
                None => return all,
            }
        }
    }

    async fn called(&self, call: &Value, body: &Value) {
        let letter = Letter {
            method: Method::POST,
            target: format!("/api/v1/calls/{}/outcome", call["id"].as_str().unwrap()),
            headers: vec![
                ("content-type", "application/json".into()),
                ("if-match", format!("\"{}\"", call["version"])),
                ("idempotency-key", format!("call-{}-{}", call["id"].as_str().unwrap(), call["version"])),
            ],
            body: body.to_string(),
        };
        let claims = motcua_local::office::claims(self.town.agency().as_str(), "clerk", "clerk");
        let request = crate::town::claiming(request(&letter), claims);
        let answer = Box::pin(self.town.office.answer(&request)).await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    }
}

fn code(place: usize) -> String {
    format!("G22-{place}")
}

/// Files all of them, each of a person of their own: a third has its result already, a third is not accepted yet.
async fn filed() -> Played {
    let town = Town::new().await;
    town.office.configure(Config::strict(&format!("{DEMO}\n{LINKED}"), Host::Loopback).unwrap());
    let mut ids = Vec::new();
    for place in 0..ALL {
        let mut filed = form(&code(place));
        let mobile = place < ANSWER + SILENT;
        let number = if mobile { format!("0905{place:06}") } else { format!("0258{:07}", 3_822_000 + place) };
        filed["SoDienThoai"] = json!(number);
        filed["ChuHoSo"] = json!(format!("Công ty Thử {place}"));
        filed["SoGiayToChuHoSo"] = json!(format!("0560990{place:05}"));
        filed["DiaChi"] = json!("12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh");
        let answer = town.portal("dossier.submitted", &format!("submit-{place}"), filed).await;
        assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
        ids.push(town.id_of(&code(place)));
    }
    let played = Played { town, ids };
    for (place, id) in played.ids.iter().enumerate() {
        match place % 3 {
            0 => {}
            1 => played.commands(*id, &[("accept", json!({}))]).await,
            _ => played.commands(*id, &[("accept", json!({})), ("record-result", json!({ "kind": "positive" }))]).await,
        }
    }
    played.town.office.deliver().await.unwrap();
    played
}

/// The address of somebody, as the form sends it once it was read back.
fn lives(street: &'static str) -> [(&'static str, &'static str); 3] {
    [("address_street", street), ("address_place", "26740@2025-06-30"), ("address_step", "confirm")]
}

#[tokio::test]
async fn two_hundred_dossiers_from_before_the_measure_and_most_results_come_home() {
    let played = Box::pin(filed()).await;
    let (town, ids) = (&played.town, &played.ids);
    // People who were told nothing by the messages of filing are called about that, and are off the list.
    for call in played.calls().await {
        played.called(&call, &json!({ "outcome": "reached" })).await;
    }
    town.office.deliver().await.unwrap();

    // The measure, and the question to everybody of whom nobody knows whether the result goes home.
    published(town, source(town)).await;
    town.minutes(5);
    for id in ids {
        played.commands(*id, &[("ask-address", json!({}))]).await;
    }
    town.office.deliver().await.unwrap();
    let links = played.links();
    let asked = |text: &str| text.contains("nhan ket qua tai nha, mien cuoc");
    assert_eq!(town.sms().iter().filter(|sms| asked(&sms.text)).count(), ANSWER + SILENT);

    // Most answer by the link, ten of them with another address.
    for (place, id) in ids.iter().enumerate().take(ANSWER) {
        let way = &links[&code(place)];
        played.sends(way, *id, &[("by", "post")]).await;
        played.sends(way, *id, &lives(if place < MOVED { "14 Pasteur" } else { "12 Lê Lợi" })).await;
    }
    town.office.deliver().await.unwrap();
    assert_eq!(played.calls().await.len(), ALL - ANSWER - SILENT, "at once: whom no message reached");
    town.minutes(49 * 60);
    let calls = played.calls().await;
    assert_eq!(calls.len(), ALL - ANSWER, "then those who did not answer, each once");

    // The others are called: some decline, and what the rest agree to is recorded for them.
    for (place, call) in calls.iter().enumerate() {
        let id = DossierId::parse(call["asked"][0]["id"].as_str().unwrap()).unwrap();
        let agreed = if place < DECLINE { "wants-no-post" } else { "wants-post" };
        played.called(call, &json!({ "outcome": "reached", "agreed": [agreed], "consent": true })).await;
        if place >= DECLINE {
            let address = json!({ "street": "12 Lê Lợi", "commune": "26740@2025-06-30", "consent": "phone" });
            let by_post = json!({ "by": "post", "consent": "phone" });
            played.commands(id, &[("choose-return", by_post), ("confirm-address", address)]).await;
        }
    }
    town.office.deliver().await.unwrap();
    assert_eq!(played.calls().await.len(), 0, "nobody is called twice");

    // Results are made, packed and handed over.
    let mut home = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        match place % 3 {
            0 => played.commands(*id, &[("accept", json!({})), ("record-result", json!({ "kind": "positive" }))]).await,
            1 => played.commands(*id, &[("record-result", json!({ "kind": "positive" }))]).await,
            _ => {}
        }
        if town.dossier(*id).await.unwrap().returns_by_post == Some(true) {
            home.push(*id);
        }
    }
    assert_eq!(home.len(), ALL - DECLINE);
    let mut parcels: Vec<(DossierId, ParcelNo)> = Vec::new();
    for some in home.chunks(80) {
        let manifest = opened(town).await;
        for id in some {
            parcels.push((*id, put(town, &manifest, &[*id]).await.parcel.no));
        }
        let site = town.office.site();
        Box::pin(close(&site, &town.agency(), manifest.no, CLERK, town.clock.now())).await.unwrap();
    }
    town.minutes(24 * 60);

    // The post delivers all but three.
    for (place, (_, no)) in parcels.iter().enumerate() {
        let now = town.clock.now();
        if place < UNDELIVERED {
            let why = Some(Why::Moved);
            hear(town, *no, &Tracked { attempt: Some(1), why, ..event(State::AttemptFailed, now) }).await;
        } else {
            hear(town, *no, &event(State::Delivered, now)).await;
        }
    }
    town.office.deliver().await.unwrap();
    let better = town.sms().iter().filter(|sms| sms.text.contains("chua phat duoc")).count();
    assert_eq!(better, UNDELIVERED, "each is asked for a better address");
    let (first, no) = parcels[0];
    let way = &played.links()[town.dossier(first).await.unwrap().called()];
    played.sends(way, first, &lives("99 Pasteur")).await;
    town.minutes(24 * 60);
    hear(town, no, &event(State::Delivered, town.clock.now())).await;
    for (_, no) in &parcels[1..UNDELIVERED] {
        hear(town, *no, &event(State::Returned, town.clock.now())).await;
    }
    town.office.deliver().await.unwrap();
    for (place, (id, _)) in parcels.iter().enumerate() {
        let expected = if (1..UNDELIVERED).contains(&place) { Phase::Done } else { Phase::Returned };
        assert_eq!(phase(town, *id).await, expected, "{place}");
    }
    Box::pin(tally(&played)).await;
}

/// Counts the histories by themselves, and compares.
async fn tally(played: &Played) {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = |what: &'static str| *counted.entry(what).or_default() += 1;
    for id in &played.ids {
        for recorded in played.town.history(*id).await {
            for it in &recorded.events {
                match (it, &recorded.actor) {
                    (Event::AddressAsked { free: Some(_), .. }, _) => count("asked, free of charge"),
                    (Event::ReturnChosen { by_post: true, free: Some(_), .. }, Actor::Applicant) => count("by link"),
                    (Event::ReturnChosen { by_post: true, free: Some(_), .. }, Actor::Staff(_)) => count("by staff"),
                    (Event::AddressConfirmed { differs: true, .. }, _) => count("corrected"),
                    (Event::ResultPosted { free: Some(_), .. }, _) => count("posted free of charge"),
                    (Event::DeliveryFailed { first: true, .. }, _) => count("failed"),
                    (Event::ResultDelivered { .. }, _) => count("delivered"),
                    (Event::ResultUndelivered, _) => count("returned"),
                    _ => {}
                }
            }
        }
    }
    let sent = ALL - DECLINE;
    let expected = [
        ("asked, free of charge", ALL),
        ("by link", ANSWER),
        ("by staff", ALL - ANSWER - DECLINE),
        // Ten who moved, and the better address of the one that the post could not find.
        ("corrected", MOVED + 1),
        ("posted free of charge", sent),
        ("failed", UNDELIVERED),
        ("delivered", sent - UNDELIVERED + 1),
        ("returned", UNDELIVERED - 1),
    ];
    assert_eq!(counted, expected.into_iter().collect());
    // The report of those days says the same.
    let store = played.town.office.site().recorder.store().clone();
    let days = ["2020-04-01", "2020-04-30"].map(|day| day.parse().unwrap());
    let kept = store.totals(&played.town.agency(), days[0], days[1]).await.unwrap();
    let report = Total::together(days[0], days[1], &kept).sum(|_| true);
    let told = [
        ("asked, free of charge", Flow::PostAsked),
        ("by link", Flow::PostByLink),
        ("by staff", Flow::PostByStaff),
        ("corrected", Flow::AddressCorrected),
        ("posted free of charge", Flow::PostedFree),
        ("failed", Flow::DeliveryFailed),
        ("delivered", Flow::Delivered),
        ("returned", Flow::BroughtBack),
    ];
    for (what, flow) in told {
        assert_eq!(report.flow(flow), expected.iter().find(|it| it.0 == what).unwrap().1 as u64, "{what}");
    }
}
