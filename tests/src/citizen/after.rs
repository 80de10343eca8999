//! After the end: a delivered result that did not arrive, and a rating.

use motcua::store::Posted;
use rules::dossier::Action;
use rules::post::{State, Trouble, Wrong};
use rules::rating::Level;
use rules::token::Purpose;

use super::home::{RIGHT, Story, done, happens, way};
use super::*;

const DECLARED: &str = "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh";
const HOST: &str = "kktvanphong.example";

/// A dossier whose result was delivered by post.
async fn delivered() -> Story {
    let story = Story::of(Purpose::Post, DECLARED).await;
    story.send(&[("by", "post")]).await;
    story.send(&RIGHT).await;
    done(&story).await;
    story.town.clerk(story.id, "post-result", json!({ "item_code": "CE123456789VN" })).await;
    happens(&story, Action::RecordDelivery).await;
    story
}

async fn shows(story: &Story, what: &str) -> String {
    let answer = asked(&story.town, Some(HOST), &format!("{}/{what}", story.way), &[]).await;
    assert_eq!(answer.status().as_u16(), 200, "{what}: {}", answer.text());
    words(answer.text())
}

async fn sends(story: &Story, what: &str, fields: &[(&str, &str)]) -> Response {
    super::home::send(&story.town, &format!("{}/{what}", story.way), fields).await
}

async fn calls(town: &Town) -> Vec<serde_json::Value> {
    town.office.deliver().await.unwrap();
    town.reading("clerk", "/api/v1/calls").await["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_result_that_did_not_arrive_is_told_and_taken_back_and_comes_before_a_person() {
    let story = delivered().await;
    assert!(words(story.look().await.text()).contains("Chưa nhận được kết quả, hoặc bị hỏng"));
    let version = story.version().await;
    assert!(shows(&story, "not-received").await.contains("cơ quan chịu chi phí"));
    for _ in 0..2 {
        assert_eq!(sends(&story, "not-received", &[("wrong", "missing")]).await.status().as_u16(), 303);
    }
    assert!(shows(&story, "not-received").await.contains("Đã báo cơ quan: chưa nhận được kết quả"));
    let waiting = calls(&story.town).await;
    assert_eq!((waiting.len(), &waiting[0]["asked"][0]["what"]), (1, &json!("missing")), "{waiting:?}");
    assert_eq!(story.version().await, version, "the dossier itself is as it was");
    sends(&story, "not-received", &[]).await;
    assert_eq!(calls(&story.town).await.len(), 0);
    sends(&story, "not-received", &[("wrong", "damaged")]).await;
    assert_eq!(calls(&story.town).await.len(), 1);
    // The office issues it anew at its own cost; nobody is called about the old one any more.
    story.town.clerk(story.id, "reissue-result", json!({ "reason": "bưu gửi bị hỏng" })).await;
    assert_eq!(calls(&story.town).await.len(), 0);
    assert_eq!(sends(&story, "not-received", &[("wrong", "missing")]).await.status().as_u16(), 409);
    let odd = delivered().await;
    assert_eq!(sends(&odd, "not-received", &[("wrong", "x")]).await.status().as_u16(), 400);
}

#[tokio::test]
async fn nobody_complains_of_what_was_not_delivered() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    assert!(!words(story.look().await.text()).contains("bị hỏng"));
    assert_eq!(sends(&story, "not-received", &[("wrong", "missing")]).await.status().as_u16(), 409);
    assert_eq!(story.people().await.complaint, None);
}

#[tokio::test]
async fn the_parcel_of_a_complaint_is_among_those_that_a_person_looks_at() {
    let town = super::home::sending().await;
    let (id, no) = crate::post::posted(&town, "G22-1").await;
    crate::post::hear(&town, no, &crate::post::event(State::Delivered, town.clock.now())).await;
    let way = way(&town, id, Purpose::Post).await;
    let story = Story { town, id, way };
    let (site, agency) = (story.town.office.site(), story.town.agency());
    let store = site.recorder.store();
    let parcel = store.parcel(&agency, no).await.unwrap().unwrap();
    assert_eq!((parcel.standing().state, parcel.trouble(&parcel.standing())), (State::Delivered, None));
    assert_eq!(sends(&story, "not-received", &[("wrong", "missing")]).await.status().as_u16(), 303);
    let parcel = store.parcel(&agency, no).await.unwrap().unwrap();
    assert_eq!(parcel.dossiers[0].complaint.map(|it| it.what), Some(Wrong::Missing));
    assert_eq!(parcel.trouble(&parcel.standing()), Some(Trouble::Complained));
    let waiting = store.posted(&agency, Posted::ForAPerson, None).await.unwrap();
    assert_eq!(waiting.parcels.len(), 1);
    motcua::post::decide(&site, &agency, (no, State::Lost), story.town.clock.now()).await.unwrap();
    let parcel = store.parcel(&agency, no).await.unwrap().unwrap();
    assert_eq!(parcel.trouble(&parcel.standing()), None);
}

/// Rates a dossier of its own that has ended, and returns it.
async fn rated(town: &Town, number: u32, level: Level, text: &str) -> DossierId {
    let id = accepted(town, &format!("G22-{number}")).await;
    town.clerk(id, "withdraw", json!({ "reason": "không cần nữa" })).await;
    let way = way(town, id, Purpose::Post).await;
    let level = level.number().to_string();
    let fields = [("level", level.as_str()), ("text", text)];
    let sent = super::home::send(town, &format!("{way}/rating"), &fields).await;
    assert_eq!(sent.status().as_u16(), 303, "{}", words(sent.text()));
    id
}

#[tokio::test]
async fn a_dossier_that_ended_is_rated_once_and_nothing_tells_whose_a_rating_is() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    assert_eq!(sends(&story, "rating", &[("level", "5")]).await.status().as_u16(), 409, "it goes on");
    assert!(!words(story.look().await.text()).contains("Đánh giá"));
    let story = delivered().await;
    assert!(words(story.look().await.text()).contains("Đánh giá việc giải quyết hồ sơ"));
    let wrong = sends(&story, "rating", &[("text", &"a".repeat(1_001))]).await;
    assert_eq!(wrong.status().as_u16(), 400);
    for piece in ["Chọn một mức.", "Viết tối đa 1000 ký tự."] {
        assert!(words(wrong.text()).contains(piece), "{}", words(wrong.text()));
    }
    assert_eq!(sends(&story, "rating", &[("level", "2"), ("text", "Chậm <b>quá</b>")]).await.status().as_u16(), 303);
    assert!(shows(&story, "rating").await.contains("Đánh giá đã được ghi"));
    assert_eq!(sends(&story, "rating", &[("level", "5")]).await.status().as_u16(), 303);
    let (site, agency) = (story.town.office.site(), story.town.agency());
    let today = rules::vietnam::day(story.town.clock.now());
    let (figures, all) = site.recorder.store().ratings(&agency, today, today).await.unwrap();
    assert_eq!(figures.of_level, [0, 1, 0, 0, 0], "the first one stays");
    assert_eq!(all[0].text, "Chậm <b>quá</b>");
    let items =
        site.recorder.store().under(&motcua::store::Key::ratings_pk(&agency, today), "", None).await.unwrap().items;
    let whole = format!("{items:?}");
    for secret in [story.id.as_str(), "G22-1", "Lê Lợi", "2026-11-28"] {
        assert!(!whole.contains(secret), "{secret} in {whole}");
    }
    assert!(!format!("{:?}", story.town.history(story.id).await).contains("ating"));
}

#[tokio::test]
async fn after_a_death_nobody_is_asked() {
    let story = delivered().await;
    let mark = |person: &mut rules::person::Person| {
        person.mark(0, rules::person::Unusable::Died);
        true
    };
    let (site, agency) = (story.town.office.site(), story.town.agency());
    site.recorder.change_people(&agency, story.id, mark).await.unwrap();
    assert!(!words(story.look().await.text()).contains("Đánh giá"));
    assert_eq!(sends(&story, "rating", &[("level", "5")]).await.status().as_u16(), 409);
    // And for a procedure that follows a death.
    let town = super::home::sending().await;
    let (site, now) = (town.office.site(), town.clock.now());
    let permit = site.recorder.catalogue().in_force(&agency, crate::town::PERMIT, now, now).await.unwrap().unwrap();
    let mut procedure = rules::catalogue::Procedure::clone(&permit);
    (procedure.code, procedure.bereavement) = ("9.000001".into(), true);
    site.recorder.catalogue().import(&agency, &procedure).await.unwrap();
    let mut form = crate::town::form("G22-1");
    form["MaTTHC"] = json!("9.000001");
    assert_eq!(town.portal("dossier.submitted", "d1", form).await.status().as_u16(), 200);
    let id = town.id_of("G22-1");
    town.clerk(id, "refuse-intake", json!({ "reason": "thiếu giấy tờ" })).await;
    let way = way(&town, id, Purpose::Post).await;
    let sent = super::home::send(&town, &format!("{way}/rating"), &[("level", "5")]).await;
    assert_eq!(sent.status().as_u16(), 409);
}

#[tokio::test]
async fn figures_and_texts_are_shown_of_five_and_texts_to_a_manager_alone() {
    let town = super::home::sending().await;
    let levels = [Level::VeryGood, Level::Good, Level::Good, Level::Bad];
    for (number, level) in (1..).zip(levels) {
        rated(&town, number, level, &format!("Ý kiến {number} <b>")).await;
    }
    let mut manager = crate::pages::seated(&town, "manager").await;
    let reports = "/desk/reports?from=2020-04-01&to=2020-04-15";
    let texts = "/desk/reports/ratings?from=2020-04-01&to=2020-04-15";
    assert!(manager.get(reports).await.text().contains("Có ít hơn 5 đánh giá"));
    let few = manager.get(texts).await.text().to_owned();
    assert!(few.contains("Có ít hơn 5 đánh giá") && !few.contains("Ý kiến 1"), "{few}");
    rated(&town, 5, Level::VeryGood, "").await;
    let shown = words(manager.get(reports).await.text());
    assert!(shown.contains("5 đánh giá, trung bình 4,0 /5, hài lòng trở lên 80 %"), "{shown}");
    let read = manager.get(texts).await.text().to_owned();
    assert!(read.contains("Ý kiến 4 &lt;b&gt;") && !read.contains("G22-"), "{read}");
    let mut clerk = crate::pages::seated(&town, "clerk").await;
    assert!(words(clerk.get(reports).await.text()).contains("trung bình"));
    assert_eq!(clerk.get(texts).await.status().as_u16(), 403);
}
