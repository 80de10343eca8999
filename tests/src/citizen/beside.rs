//! Acts of the holder of a link beside its purpose, and the wish to be called of whoever holds a slip.

use rules::language::Language;
use rules::message::Outlet;
use rules::person::{Outcome, Unusable, Wishes};
use rules::token::Purpose;
use rules::worklist::SearchKey;

use super::home::{Story, send};
use super::*;

const DECLARED: &str = "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh";

async fn story() -> Story {
    Story::of(Purpose::Post, DECLARED).await
}

impl Story {
    fn beside(&self, what: &str) -> String {
        format!("{}/{what}", self.way)
    }

    async fn shows(&self, what: &str) -> String {
        let answer = asked(&self.town, Some("kktvanphong.example"), &self.beside(what), &[]).await;
        assert_eq!(answer.status().as_u16(), 200, "{what}: {}", answer.text());
        words(answer.text())
    }

    async fn sends(&self, what: &str, fields: &[(&str, &str)]) -> Response {
        send(&self.town, &self.beside(what), fields).await
    }

    async fn wishes(&self) -> Wishes {
        let (site, agency, person) = (self.town.office.site(), self.town.agency(), self.people().await);
        let name = rules::calls::name(&SearchKey::of(site.config.id_key()), &agency, Some(&person), (self.id, 0));
        site.recorder.store().wishes(&agency, &name).await.unwrap()
    }
}

/// The items of the phone list.
async fn calls(town: &Town) -> Vec<serde_json::Value> {
    town.office.deliver().await.unwrap();
    town.reading("clerk", "/api/v1/calls").await["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_page_of_a_link_leads_to_the_others_and_a_look_changes_nothing() {
    let story = story().await;
    let page = story.look().await.text().to_owned();
    let (before, version) = (serde_json::to_value(story.people().await).unwrap(), story.version().await);
    for what in ["call-back", "preferences", "wrong-number"] {
        assert!(page.contains(&format!("href=\"{}\"", story.beside(what))), "{what}: {page}");
        let shown = asked(&story.town, Some("kktvanphong.example"), &story.beside(what), &[]).await;
        assert_eq!((shown.status().as_u16(), shown.header("cache-control")), (200, Some("no-store")), "{what}");
        assert_eq!(shown.text().matches("<h1").count(), 1, "{what}");
        let style = asked(&story.town, Some("kktvanphong.example"), "/citizen.css", &[]).await.body().len();
        assert!(shown.body().len() + style <= 30 * 1024, "{what}: {}", shown.body().len());
        assert!(!shown.text().contains("Lê Lợi") && !shown.text().contains("5000001"), "{what}: {}", shown.text());
        for end in ["/", "?lang=en"] {
            let target = format!("{}{end}", story.beside(what));
            let again = asked(&story.town, Some("kktvanphong.example"), &target, &[]).await;
            assert_eq!(again.status().as_u16(), 200, "{target}");
        }
    }
    assert_eq!((serde_json::to_value(story.people().await).unwrap(), story.version().await), (before, version));
    let guessed = asked(&story.town, Some("kktvanphong.example"), "/t/0123456789/preferences", &[]).await;
    assert_eq!(guessed.status().as_u16(), 404);
}

#[tokio::test]
async fn language_and_outlets_are_chosen_for_all_dossiers_and_taken_back() {
    let story = story().await;
    let shown = story.shows("preferences").await;
    assert!(shown.contains("Chủ hồ sơ") && shown.contains("số tận cùng 01"), "{shown}");
    let chosen = story.sends("preferences", &[("whose", "0"), ("language", "en")]).await;
    assert_eq!(chosen.status().as_u16(), 303, "{}", chosen.text());
    let wishes = story.wishes().await;
    assert_eq!(wishes.language, Language::En);
    assert!(wishes.opt_out(Outlet::Sms).is_some() && wishes.broadcasts_off_since.is_some());
    assert_eq!(wishes.said.map(|said| said.by).as_deref(), Some("applicant"));
    let to = chosen.header("location").unwrap();
    let noted = asked(&story.town, Some("kktvanphong.example"), to, &[]).await.text().to_owned();
    assert!(words(&noted).contains("Đã ghi cách nhận tin. Lấy lại như trước"), "{noted}");
    // What the button sends is what was before.
    let undo = [("whose", "0"), ("language", "vi"), ("sms", "1"), ("broadcasts", "1")];
    let button = noted.split("Lấy lại").next().unwrap().rsplit("<form").next().unwrap();
    for (name, value) in undo {
        assert!(button.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name} in {button}");
    }
    assert_eq!(story.sends("preferences", &undo).await.status().as_u16(), 303);
    let wishes = story.wishes().await;
    assert_eq!((wishes.language, wishes.opt_outs.len(), wishes.broadcasts_off_since), (Language::Vi, 0, None));
    // The same again writes nothing, and nonsense is no form.
    let version = wishes.version;
    story.sends("preferences", &undo).await;
    assert_eq!(story.wishes().await.version, version);
    for odd in [&[("whose", "1"), ("language", "vi")][..], &[("whose", "0")], &[("whose", "x"), ("language", "vi")]] {
        assert_eq!(story.sends("preferences", odd).await.status().as_u16(), 400, "{odd:?}");
    }
}

#[tokio::test]
async fn a_wrong_number_gets_no_more_messages_of_the_dossier_until_it_is_taken_back() {
    let story = story().await;
    story.town.office.deliver().await.unwrap();
    let before = story.town.sms().len();
    for _ in 0..2 {
        assert_eq!(story.sends("wrong-number", &[("at", "0")]).await.status().as_u16(), 303);
    }
    let person = story.people().await;
    assert_eq!(person.applicant.unusable, Some(Unusable::WrongNumber));
    assert_eq!(person.calls.len(), 1, "twice is the same as once");
    assert_eq!((person.calls[0].by.as_str(), person.calls[0].outcome), ("applicant", Outcome::WrongNumber));
    story.town.minutes(5);
    story.town.clerk(story.id, "accept", json!({})).await;
    let waiting = calls(&story.town).await;
    assert_eq!(story.town.sms().len(), before, "nothing leaves to it");
    assert_eq!((waiting.len(), &waiting[0]["to_be_mended"]), (1, &json!(true)), "{waiting:?}");
    assert!(story.shows("wrong-number").await.contains("Lấy lại: đây đúng là số của tôi"));
    assert_eq!(story.sends("wrong-number", &[("at", "0"), ("back", "1")]).await.status().as_u16(), 303);
    assert_eq!(story.people().await.applicant.unusable, None);
    assert!(story.shows("wrong-number").await.contains("Không gửi đến"));
    for odd in [&[("at", "2")][..], &[], &[("at", "x")]] {
        assert_eq!(story.sends("wrong-number", odd).await.status().as_u16(), 400, "{odd:?}");
    }
}

#[tokio::test]
async fn whoever_wishes_to_be_called_is_called_once_and_may_wish_it_again() {
    let story = story().await;
    for _ in 0..2 {
        assert_eq!(story.sends("call-back", &[]).await.status().as_u16(), 303);
    }
    assert!(story.shows("call-back").await.contains("Đã ghi: đề nghị gọi lại."));
    let waiting = calls(&story.town).await;
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!((&waiting[0]["asked"][0]["what"], &waiting[0]["to_be_mended"]), (&json!("call"), &json!(false)));
    let rebuilt = project::rebuild(&story.town.office.site(), &story.town.agency()).await.unwrap();
    assert!(rebuilt.nothing_was_wrong(), "the list can be made anew");
    let target = format!("/api/v1/calls/{}/outcome", waiting[0]["id"].as_str().unwrap());
    let letter = Letter {
        method: Method::POST,
        target,
        headers: vec![
            ("content-type", "application/json".into()),
            ("if-match", format!("\"{}\"", waiting[0]["version"])),
            ("idempotency-key", "called-1".into()),
        ],
        body: json!({ "outcome": "reached" }).to_string(),
    };
    let claims = motcua_local::office::claims(story.town.agency().as_str(), "clerk", "clerk");
    let request = crate::town::claiming(request(&letter), claims);
    let answer = Box::pin(story.town.office.answer(&request)).await.unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    assert_eq!(calls(&story.town).await.len(), 0);
    story.town.minutes(60);
    assert!(!story.shows("call-back").await.contains("Đã ghi"));
    story.sends("call-back", &[]).await;
    assert_eq!(calls(&story.town).await.len(), 1);
}

#[tokio::test]
async fn a_slip_alone_wishes_a_call_and_learns_nothing_of_telephones() {
    let town = Town::new().await;
    let mut answers = Vec::new();
    for (code, phone) in [("G22-1", "0905000001"), ("G22-2", "")] {
        let mut form = crate::town::form(code);
        form["SoDienThoai"] = json!(phone);
        assert_eq!(town.portal("dossier.submitted", &format!("d-{code}"), form).await.status().as_u16(), 200);
        let id = town.id_of(code);
        let target = format!("/d/{id}/call-back");
        assert!(page(&town, &format!("/d/{id}")).await.contains(&format!("href=\"{target}\"")));
        let look = page(&town, &target).await;
        assert!(look.contains("method=\"post\""), "{look}");
        assert_eq!(calls(&town).await.iter().filter(|it| it["asked"] != json!([])).count(), answers.len());
        let mut sent = Vec::new();
        for _ in 0..2 {
            town.office.wire().reset();
            let answer = posted(&town, &target).await;
            assert_eq!(answer.status().as_u16(), 200);
            sent.push(answer.text().replace(code, "").replace(id.as_str(), ""));
        }
        assert_eq!(sent[0], sent[1], "nobody learns whether somebody wished it before");
        answers.push((look.replace(code, "").replace(id.as_str(), ""), sent.remove(0)));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(calls(&town).await.iter().filter(|it| it["asked"] != json!([])).count(), 2, "one entry for each");
    let unknown = get(&town, "/d/ZZZZZZZZZZZZ").await;
    let other = posted(&town, "/d/ZZZZZZZZZZZZ/call-back").await;
    assert_eq!((other.status(), other.text()), (unknown.status(), unknown.text()));
}

/// Sends an empty form to a page of the demo agency.
async fn posted(town: &Town, target: &str) -> Response {
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let letter = Letter { method: Method::POST, target: target.to_owned(), headers, body: String::new() };
    let mut request = request(&letter);
    request.extensions_mut().insert(Domain(HERE.to_owned()));
    Box::pin(town.office.answer(&request)).await.unwrap()
}

#[tokio::test]
async fn these_pages_cost_a_few_calls_each() {
    let story = story().await;
    // A look is two calls more; noted within the same hour before, it writes nothing.
    // The procedure is read once by a process, the notices once a minute.
    story.shows("preferences").await;
    let mut costs = Vec::new();
    for (what, fields) in [
        ("preferences", None),
        ("preferences", Some(&[("whose", "0"), ("language", "en"), ("sms", "1")][..])),
        ("call-back", Some(&[])),
        ("wrong-number", Some(&[("at", "0")])),
        ("rating", None),
    ] {
        story.town.office.wire().reset();
        match fields {
            None => drop(story.shows(what).await),
            Some(fields) => drop(story.sends(what, fields).await),
        }
        let tally = story.town.office.wire().tally();
        costs.push(format!("{what} {} {} {}", tally.round_trips(), tally.read_units(), tally.write_units()));
    }
    assert_eq!(
        costs,
        ["preferences 5 4 0", "preferences 4 4 1", "call-back 4 4 1", "wrong-number 4 4 1", "rating 4 3 0"]
    );
}
