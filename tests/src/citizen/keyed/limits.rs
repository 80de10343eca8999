//! The limits of tries: for a dossier, for a sender, for ever, and for many at once.

use std::sync::Arc;

use motcua::store::Key;
use rules::access::{IN_AN_HOUR, MOST_WRONG};

use super::*;
use crate::sign_in::{Browser, of};

async fn tries(town: &Town, id: DossierId) -> rules::access::Tries {
    let store = town.office.site().recorder.store().clone();
    store.whole(&town.agency(), id).await.unwrap().unwrap().tries
}

#[tokio::test]
async fn a_dossier_takes_five_tries_an_hour_from_whomever_they_come() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    for place in 0..5 {
        let answer = shows_from(&town, &format!("198.51.100.{place}"), id.as_str(), "4321").await;
        assert_eq!(answer.status().as_u16(), 403);
    }
    town.office.wire().reset();
    let answer = shows_from(&town, "198.51.100.9", id.as_str(), FOUR).await;
    assert_eq!((answer.status().as_u16(), answer.header("retry-after")), (429, Some("3600")));
    assert_eq!(calls(&town), ["BatchGetItem"]);
    assert!(answer.text().contains("Hãy đợi một giờ"), "{}", answer.text());
    town.minutes(59);
    assert_eq!(shows_from(&town, "198.51.100.9", id.as_str(), FOUR).await.status().as_u16(), 429);
    town.minutes(1);
    assert_eq!(shows_from(&town, "198.51.100.9", id.as_str(), FOUR).await.status().as_u16(), 303);
}

#[tokio::test]
async fn a_sender_has_five_tries_an_hour_at_whatever_dossiers() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    for text in ["ZZZZZZZZZZZ1", "ZZZZZZZZZZZ2", "x", "ZZZZZZZZZZZ3", "ZZZZZZZZZZZ4"] {
        assert_eq!(shows_from(&town, SENDER, text, "4321").await.status().as_u16(), 403);
    }
    assert_eq!(shows_from(&town, SENDER, id.as_str(), FOUR).await.status().as_u16(), 429);
    // What a sender writes about itself is not believed.
    let target = format!("/d/{id}");
    let headers = [("x-forwarded-for", "192.0.2.1, 192.0.2.2"), ("x-real-ip", "192.0.2.1")];
    let sent = Sent { target: &target, fields: &[("digits", FOUR)], headers: &headers, sender: SENDER };
    assert_eq!(sends(&town, sent).await.status().as_u16(), 429);
    assert_eq!(shows_from(&town, "203.0.113.8", id.as_str(), FOUR).await.status().as_u16(), 303);
    town.minutes(60);
    assert_eq!(shows_from(&town, SENDER, id.as_str(), FOUR).await.status().as_u16(), 303);
    // No address lies in the store.
    let store = town.office.site().recorder.store().clone();
    let name = rules::access::sender(town.office.site().config.id_key(), &town.agency(), SENDER.parse().ok());
    let item = store.item(&Key::sender(&town.agency(), &name)).await.unwrap().unwrap();
    assert!(!format!("{item:?}").contains(SENDER) && item.contains_key("expires_at"), "{item:?}");
}

#[tokio::test]
async fn after_twenty_wrong_tries_only_a_link_or_the_desk_opens_it() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let mut compared = 0;
    for hour in 0..48 {
        for place in 0..8 {
            let answer = shows_from(&town, &format!("198.51.{hour}.{place}"), id.as_str(), "4321").await;
            compared += u32::from(answer.text().contains("Số không đúng"));
        }
        town.minutes(60);
    }
    assert_eq!(compared, MOST_WRONG);
    let slip = six(&town, id).await;
    for right in [FOUR, &slip] {
        let answer = shows_from(&town, "198.51.100.200", id.as_str(), right).await;
        assert_eq!(answer.status().as_u16(), 403);
        assert!(answer.text().contains("không mở được bằng số nữa"), "{}", answer.text());
    }
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk").await;
    let desk = clerk.get(&format!("/desk/dossiers/{id}")).await;
    assert!(desk.text().contains("Đã nhập sai số quá nhiều lần"), "{}", desk.text());
    let way = linked(&town, id, Purpose::See).await;
    assert!(page(&town, &way).await.contains("Diễn biến"));
}

#[tokio::test]
async fn twice_the_numbers_are_compared_half_as_often_and_nobody_sees_that() {
    let town = Town::new().await;
    let body = json!({ "procedure": crate::town::PERMIT, "filing": "desk", "accept": true,
        "applicant": { "name": "Trần Thị Mẫu", "phone": "0905 000 001" },
        "filer": { "name": "Lê Văn Mẫu", "phone": "0905 000 002" } });
    let filed = town.as_staff("clerk", Method::POST, "/api/v1/dossiers", "k1", &body).await;
    let filed: serde_json::Value = serde_json::from_str(filed.text()).unwrap();
    let id = filed["dossier"]["id"].as_str().unwrap().to_owned();
    for place in 0..9 {
        if place % 5 == 0 {
            town.minutes(60);
        }
        shows_from(&town, &format!("198.51.100.{place}"), &id, "4321").await;
    }
    town.minutes(60);
    let right = shows_from(&town, "198.51.100.20", &id, "0002").await;
    let wrong = shows_from(&town, "198.51.100.21", &id, "4321").await;
    assert_eq!((right.status(), right.text()), (wrong.status(), wrong.text()));
    let slip = six(&town, DossierId::parse(&id).unwrap()).await;
    assert_eq!(shows_from(&town, "198.51.100.22", &id, &slip).await.status().as_u16(), 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_tries_at_once_each_that_is_answered_was_counted() {
    let town = Arc::new(Town::new().await);
    let id = accepted(&town, "G22-1").await;
    let tries_of = |place: u8| {
        let town = town.clone();
        let sender = format!("198.51.100.{place}");
        tokio::spawn(async move { shows_from(&town, &sender, id.as_str(), "4321").await.status().as_u16() })
    };
    let begun: Vec<_> = (0..40).map(tries_of).collect();
    let mut answers = Vec::new();
    for one in begun {
        answers.push(one.await.unwrap());
    }
    let told = answers.iter().filter(|status| **status == 403).count();
    assert!((1..=IN_AN_HOUR).contains(&told), "{answers:?}");
    assert!(answers.iter().all(|status| [403, 429, 503].contains(status)), "{answers:?}");
    let counted = tries(&town, id).await;
    assert_eq!((counted.at.len(), counted.wrong as usize), (told, told));
}

#[tokio::test]
async fn the_tries_at_nothing_are_forgotten_and_those_at_a_dossier_stay() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let nothing = DossierId::parse("ZZZZZZZZZZZZ").unwrap();
    shows(&town, id, "4321").await;
    shows(&town, nothing, "4321").await;
    let store = town.office.site().recorder.store().clone();
    let has_end =
        async |id| store.item(&Key::tries(&town.agency(), id)).await.unwrap().unwrap().contains_key("expires_at");
    assert!(!has_end(id).await && has_end(nothing).await);
    assert!(store.whole(&town.agency(), nothing).await.unwrap().is_none());
}
