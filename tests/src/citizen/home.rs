//! The result comes home: what the holder of a link does with it.

use motcua::links::link;
use motcua::recorder::{Order, Receipt};
use rules::config::{Config, DEMO, Host};
use rules::dossier::{Action, Actor, Command, Event};
use rules::person::{Changed, Person};
use rules::post::Why;
use rules::token::Purpose;

use super::*;
use crate::town::form;

pub(super) const SENDING: &str = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
    hosts = [\"kktvanphong.example\"]\ntelephone = \"0258 000 0000\"\n\
    messages = { wait_minutes = 0 }\n";

const HOST: &str = "kktvanphong.example";

/// The address that the applicant declared, and how it is read.
const DECLARED: &str = "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh";
const READ_BACK: &str =
    "12 Lê Lợi Phường Sài Gòn, Thành phố Hồ Chí Minh (trước đây: Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh)";

/// A dossier whose applicant has a link.
pub(super) struct Story {
    pub(super) town: Town,
    pub(super) id: DossierId,
    pub(super) way: String,
}

/// Makes a town whose agency sends links.
pub(super) async fn sending() -> Town {
    let town = Town::new().await;
    town.office.configure(Config::strict(&format!("{DEMO}\n{SENDING}"), Host::Loopback).unwrap());
    town
}

impl Story {
    pub(super) async fn of(purpose: Purpose, address: &str) -> Self {
        let town = sending().await;
        let mut filed = form("G22-1");
        filed["DiaChi"] = json!(address);
        let answer = town.portal("dossier.submitted", "submit-1", filed).await;
        assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
        // Communes of today are the ones of 2026.
        town.until("2026-11-28T08:00:00+07:00");
        let id = town.id_of("G22-1");
        let way = way(&town, id, purpose).await;
        Self { town, id, way }
    }

    pub(super) async fn look(&self) -> Response {
        asked(&self.town, Some(HOST), &self.way, &[]).await
    }

    pub(super) async fn send(&self, fields: &[(&str, &str)]) -> Response {
        let version = self.town.dossier(self.id).await.unwrap().version.to_string();
        self.send_as_seen(&version, fields).await
    }

    async fn send_as_seen(&self, seen: &str, fields: &[(&str, &str)]) -> Response {
        send(&self.town, &self.way, &[&[("seen", seen)], fields].concat()).await
    }

    pub(super) async fn people(&self) -> Person {
        let store = self.town.office.site().recorder.store().clone();
        store.whole(&self.town.agency(), self.id).await.unwrap().unwrap().person.unwrap()
    }

    pub(super) async fn version(&self) -> u64 {
        self.town.dossier(self.id).await.unwrap().version
    }
}

pub(super) async fn way(town: &Town, id: DossierId, purpose: Purpose) -> String {
    let site = town.office.site();
    let link = link(&site, &site.config.agencies()[0], (id, purpose), 1, town.clock.now()).await.unwrap().unwrap();
    link[link.find("/t/").unwrap()..].to_owned()
}

pub(super) async fn send(town: &Town, way: &str, fields: &[(&str, &str)]) -> Response {
    let body = fields.iter().fold(form_urlencoded::Serializer::new(String::new()), |mut body, (name, value)| {
        body.append_pair(name, value);
        body
    });
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let letter = Letter {
        method: Method::POST,
        target: way.to_owned(),
        headers,
        body: {
            let mut body = body;
            body.finish()
        },
    };
    let mut request = request(&letter);
    request.extensions_mut().insert(Domain(HOST.to_owned()));
    Box::pin(town.office.answer(&request)).await.unwrap_or_else(|| panic!("no route: {way}"))
}

/// Records what the office's own programs do with a result.
pub(super) async fn happens(story: &Story, action: Action) {
    let (town, site) = (&story.town, story.town.office.site());
    let delivery = format!("{:?}", action.kind());
    let receipt = Receipt { source: "post".into(), digest: delivery.clone(), as_written: delivery.clone(), delivery };
    let order = Order {
        agency: town.agency(),
        id: story.id,
        command: Command::now(town.clock.now(), Actor::Post("vnpost".into()), action),
        receipt,
        called: None,
        expected_version: None,
        form: None,
        person: None,
        accept: false,
    };
    site.recorder.record(&order).await.unwrap();
}

/// Lets the result be ready.
pub(super) async fn done(story: &Story) {
    story.town.clerk(story.id, "accept", json!({})).await;
    story.town.clerk(story.id, "record-result", json!({ "kind": "positive" })).await;
}

#[tokio::test]
async fn a_result_in_a_parcel_changes_its_address_by_no_link() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    story.send(&[("by", "post")]).await;
    story.send(&RIGHT).await;
    done(&story).await;
    happens(&story, Action::PutInParcel { parcel: "B26-000001".into() }).await;
    let packed = words(story.look().await.text());
    assert!(packed.contains("Kết quả đã được đóng gói") && packed.contains(READ_BACK), "{packed}");
    for fields in [&[("by", "desk")][..], &RIGHT] {
        assert_eq!(story.send(fields).await.status().as_u16(), 409);
    }
    happens(&story, Action::TakeOffParcel { because: "địa chỉ sai".into() }).await;
    assert_eq!(story.send(&[("by", "desk")]).await.status().as_u16(), 303);
}

#[tokio::test]
async fn a_better_address_is_taken_while_the_post_tries() {
    let story = Story::of(Purpose::Address, DECLARED).await;
    story.send(&[("by", "post")]).await;
    story.send(&RIGHT).await;
    done(&story).await;
    story.town.clerk(story.id, "post-result", json!({ "item_code": "CE123456789VN" })).await;
    assert_eq!(story.send(&RIGHT).await.status().as_u16(), 409, "nothing has failed yet");
    happens(&story, Action::RecordFailedAttempt { attempt: 1, why: Why::NoAddress }).await;
    let asked = words(story.look().await.text());
    assert!(asked.contains("Bưu điện chưa phát được kết quả") && asked.contains(READ_BACK), "{asked}");
    assert!(!asked.contains("nhận tại Bộ phận Một cửa"), "it cannot be turned round here: {asked}");
    let better = [("address_street", "12B Lê Lợi"), RIGHT[1], RIGHT[2], ("phone", "0912 345 678")];
    assert_eq!(story.send(&better).await.status().as_u16(), 303);
    let person = story.people().await;
    let changed = &person.changes.last().unwrap().what;
    let Changed::Mailing { was: Some(was), is } = changed else { panic!("{changed:?}") };
    assert_eq!((was.address.street(), is.address.street()), ("12 Lê Lợi", "12B Lê Lợi"));
    assert!(words(story.look().await.text()).contains("12B Lê Lợi"));
}

/// Fields of an address that was read back.
pub(super) const RIGHT: [(&str, &str); 3] = [
    ("address_street", "12 Lê Lợi"),
    ("address_place", "26740@2026-09-20/26740@2025-06-30"),
    ("address_step", "confirm"),
];

#[tokio::test]
async fn a_look_changes_nothing_and_the_pages_lead_from_the_post_to_an_address_that_counts() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    let before = story.version().await;
    let page = story.look().await;
    assert_eq!(page.status().as_u16(), 200);
    assert!(words(page.text()).contains("Nhận tại nhà qua bưu điện"), "{}", words(page.text()));
    assert!(!page.text().contains("Lê Lợi"), "an address is shown only to whoever wants the post");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(story.version().await, before);

    let chosen = story.send(&[("by", "post")]).await;
    assert_eq!((chosen.status().as_u16(), chosen.header("location")), (303, Some(story.way.as_str())));
    let proposed = words(story.look().await.text());
    assert!(proposed.contains(READ_BACK) && proposed.contains("Xem có đúng không"), "{proposed}");
    assert!(story.people().await.mailing.is_none(), "a proposal counts for nothing");

    let confirmed = story.send(&[&RIGHT[..], &[("receiver", "Trần Thị B"), ("phone", "0912 345 678")]].concat()).await;
    assert_eq!(confirmed.status().as_u16(), 303, "{}", words(confirmed.text()));
    let person = story.people().await;
    let mailing = person.mailing.as_deref().unwrap();
    assert_eq!((mailing.receiver.as_deref(), mailing.phone.as_deref()), (Some("Trần Thị B"), Some("+84912345678")));
    assert_eq!(person.applicant.address.as_deref(), Some(DECLARED), "the declared one is kept");
    let Changed::Mailing { was: None, .. } = &person.changes.last().unwrap().what else { panic!() };
    assert_eq!(person.changes.last().unwrap().noted.by, "applicant");
    let recorded = story.town.history(story.id).await;
    let last = recorded.last().unwrap();
    assert_eq!(last.actor, Actor::Applicant);
    assert_eq!(last.events, [Event::AddressConfirmed { differs: false, consent: None }]);

    let noted = words(story.look().await.text());
    for piece in ["Đã ghi: kết quả được gửi qua bưu điện", READ_BACK, "Trần Thị B", "0912 345 678", "28/11/2026 08:00"]
    {
        assert!(noted.contains(piece), "{piece} in {noted}");
    }
}

#[tokio::test]
async fn the_choice_can_be_taken_back_until_the_result_is_packed() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    for by in ["post", "desk", "post", "desk"] {
        assert_eq!(story.send(&[("by", by)]).await.status().as_u16(), 303);
        assert_eq!(story.town.dossier(story.id).await.unwrap().returns_by_post, Some(by == "post"));
    }
    assert!(words(story.look().await.text()).contains("Đã ghi: nhận kết quả tại Bộ phận Một cửa."));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_command() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    let seen = story.version().await.to_string();
    for _ in 0..2 {
        assert_eq!(story.send_as_seen(&seen, &[("by", "post")]).await.status().as_u16(), 303);
    }
    let seen = story.version().await.to_string();
    for _ in 0..2 {
        assert_eq!(story.send_as_seen(&seen, &RIGHT).await.status().as_u16(), 303);
    }
    assert_eq!(story.version().await.to_string(), (seen.parse::<u64>().unwrap() + 1).to_string());
    assert_eq!(story.people().await.changes.len(), 2);
    // A person who goes back in the browser and writes another address sends the same version.
    let other = [RIGHT[1], RIGHT[2], ("address_street", "14 Lê Lợi")];
    assert_eq!(story.send_as_seen(&seen, &other).await.status().as_u16(), 303);
    assert_eq!(story.people().await.mailing.unwrap().address.street(), "14 Lê Lợi");
    let events = story.town.events(story.id).await;
    assert_eq!(events.last(), Some(&Event::AddressConfirmed { differs: true, consent: None }));
}

#[tokio::test]
async fn a_split_commune_is_asked_about_and_a_mistake_is_told_at_its_field() {
    let story = Story::of(Purpose::Address, "5 Đội Cấn, Phường Cống Vị, Ba Đình, Hà Nội").await;
    story.send(&[("by", "post")]).await;
    let asked = story.look().await;
    let told = words(asked.text());
    for piece in ["đã được chia về nhiều nơi", "Phường Ngọc Hà, Thành phố Hà Nội", "Phường Giảng Võ, Thành phố Hà Nội"]
    {
        assert!(told.contains(piece), "{piece} in {told}");
    }
    let unchosen = story
        .send(&[("address_street", "5 Đội Cấn"), ("address_commune", "Cống Vị, Ba Đình"), ("address_step", "choose")])
        .await;
    assert_eq!(unchosen.status().as_u16(), 400);
    assert!(unchosen.text().contains("href=\"#address_place\""), "{}", unchosen.text());
    let long = "ô".repeat(501);
    for (fields, at) in [
        (vec![("address_street", ""), ("address_commune", "Sài Gòn, hcm"), ("address_step", "seek")], "address_street"),
        (
            vec![("address_street", long.as_str()), ("address_commune", "Sài Gòn, hcm"), ("address_step", "seek")],
            "address_street",
        ),
        (
            vec![("address_street", "1"), ("address_commune", "Nơi Không Có"), ("address_step", "seek")],
            "address_commune",
        ),
        ([&RIGHT[..], &[("phone", "12")]].concat(), "phone"),
        ([&RIGHT[..], &[("receiver", "-")]].concat(), "receiver"),
    ] {
        let answer = story.send(&fields).await;
        assert_eq!(answer.status().as_u16(), 400, "{at}");
        assert!(answer.text().contains(&format!("href=\"#{at}\"")), "{at}: {}", words(answer.text()));
    }
    assert!(story.people().await.mailing.is_none());
    let sent = send(&story.town, &story.way, &[("address_street", &"ô".repeat(20_000))]).await;
    assert_eq!(sent.status().as_u16(), 413);
}

#[tokio::test]
async fn a_link_that_is_too_late_says_so_and_still_shows_what_was_done() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    story.send(&[("by", "post")]).await;
    story.send(&RIGHT).await;
    let seen = story.version().await;
    let town = &story.town;
    town.clerk(story.id, "accept", json!({})).await;
    town.clerk(story.id, "record-result", json!({ "kind": "positive" })).await;
    town.clerk(story.id, "post-result", json!({ "item_code": "CE123456789VN" })).await;
    let posted = words(story.look().await.text());
    for piece in ["Kết quả đang được bưu điện chuyển đến", READ_BACK, "Địa chỉ đã xác nhận"]
    {
        assert!(posted.contains(piece), "{piece} in {posted}");
    }
    let late = story.send_as_seen(&seen.to_string(), &[("by", "desk")]).await;
    assert_eq!(late.status().as_u16(), 409);
    assert!(words(late.text()).contains("Chưa ghi được"), "{}", words(late.text()));
    town.clerk(story.id, "record-delivery", json!({})).await;
    let over = story.look().await;
    assert!(words(over.text()).contains("Kết quả đã được trả"), "{}", words(over.text()));
    assert!(over.text().contains(&format!("href=\"/d/{}\"", story.id)));
}

#[tokio::test]
async fn a_withdrawn_dossier_and_a_procedure_that_is_not_posted_have_their_own_pages() {
    let story = Story::of(Purpose::Address, DECLARED).await;
    story.town.clerk(story.id, "withdraw", json!({ "reason": "Xin rút" })).await;
    assert!(words(story.look().await.text()).contains("không có kết quả để gửi"));
    assert_eq!(story.send(&[("by", "post")]).await.status().as_u16(), 409);
}

#[tokio::test]
async fn a_token_for_something_else_takes_no_answer_and_another_agency_s_is_unknown() {
    let story = Story::of(Purpose::See, DECLARED).await;
    let before = story.version().await;
    assert_eq!(story.look().await.status().as_u16(), 200);
    assert_eq!(story.send(&[("by", "post")]).await.status().as_u16(), 303);
    assert_eq!(send(&story.town, "/t/0123456789", &[("by", "post")]).await.status().as_u16(), 404);
    assert_eq!(story.version().await, before);
}

#[tokio::test]
async fn a_page_costs_two_calls_beside_the_note_of_its_look_and_an_answer_four() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    story.look().await;
    let wire = story.town.office.wire();
    wire.reset();
    story.look().await;
    let calls: Vec<_> = wire.trace().into_iter().map(|call| call.operation).collect();
    assert_eq!(calls, ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"]);
    let seen = story.version().await.to_string();
    wire.reset();
    story.send_as_seen(&seen, &[("by", "post")]).await;
    assert_eq!(wire.tally().round_trips(), 4, "{:?}", wire.trace());
}

/// The same street in a commune of another province.
const ELSEWHERE: [(&str, &str); 3] =
    [("address_street", "12 Lê Lợi"), ("address_place", "22366@2026-09-20"), ("address_step", "confirm")];

#[tokio::test]
async fn another_commune_after_the_result_is_ready_waits_for_a_clerk_and_is_taken_back() {
    let story = Story::of(Purpose::Post, DECLARED).await;
    story.send(&[("by", "post")]).await;
    story.send(&RIGHT).await;
    // Before the result is ready the applicant alone decides.
    assert_eq!(story.send(&ELSEWHERE).await.status().as_u16(), 303);
    assert!(story.people().await.proposed.is_none());
    story.send(&RIGHT).await;
    done(&story).await;
    let before = story.people().await.mailing.clone();
    let version = story.version().await;
    assert_eq!(story.send(&ELSEWHERE).await.status().as_u16(), 303);
    let person = story.people().await;
    assert_eq!((person.mailing.clone(), person.proposed.is_some()), (before.clone(), true));
    assert_eq!(story.version().await, version);
    assert!(
        words(story.look().await.text()).contains("Đang chờ cán bộ xác nhận"),
        "{}",
        words(story.look().await.text())
    );
    story.town.office.deliver().await.unwrap();
    let waiting = story.town.reading("clerk", "/api/v1/calls").await["items"].as_array().unwrap().clone();
    assert_eq!(waiting[0]["asked"][0]["what"], json!("address"), "{waiting:?}");
    assert_eq!(story.send(&[("keep", "1")]).await.status().as_u16(), 303);
    assert!(story.people().await.proposed.is_none());
    story.send(&ELSEWHERE).await;
    // Another house in the same commune needs nobody.
    let near = [("address_street", "14 Lê Lợi"), RIGHT[1], RIGHT[2]];
    story.send(&near).await;
    let person = story.people().await;
    assert_eq!(person.mailing.unwrap().address.street(), "14 Lê Lợi");
    assert!(person.proposed.is_none(), "the later word counts");
}

#[tokio::test]
async fn a_first_address_after_the_result_is_ready_waits_for_a_clerk_if_another_commune_was_declared() {
    for (declared, waits) in [(DECLARED, true), ("nhà ông Tư gần chợ", false)] {
        let story = Story::of(Purpose::Post, declared).await;
        done(&story).await;
        story.send(&[("by", "post")]).await;
        assert_eq!(story.send(&ELSEWHERE).await.status().as_u16(), 303);
        let person = story.people().await;
        assert_eq!((person.proposed.is_some(), person.mailing.is_none()), (waits, waits), "{declared}");
        if waits {
            let page = words(story.look().await.text());
            assert!(page.contains("Đang chờ cán bộ xác nhận") && page.contains("Lấy lại địa chỉ này"), "{page}");
            // The declared commune needs nobody.
            story.send(&RIGHT).await;
            let person = story.people().await;
            assert_eq!((person.proposed.is_some(), person.mailing.is_some()), (false, true));
        }
    }
}

#[tokio::test]
async fn whoever_did_not_change_the_address_or_the_way_is_told_of_it_at_once() {
    let town = sending().await;
    let mut filed = form("G22-1");
    filed["DiaChi"] = json!(DECLARED);
    filed["NguoiNop"] = json!({ "HoTen": "Trần Thị B", "SoDienThoai": "0905000002" });
    assert_eq!(town.portal("dossier.submitted", "submit-1", filed).await.status().as_u16(), 200);
    town.until("2026-11-28T08:00:00+07:00");
    let id = town.id_of("G22-1");
    town.clerk(id, "accept", json!({})).await;
    let way = way(&town, id, Purpose::Post).await;
    let story = Story { town, id, way };
    let told = async |words: &str| {
        story.town.office.deliver().await.unwrap();
        let all = story.town.sms();
        all.iter()
            .filter(|it| it.text.contains(words))
            .map(|it| it.phone_number.clone())
            .collect::<std::collections::BTreeSet<_>>()
    };
    story.send(&[("by", "post")]).await;
    let chosen = told("gui qua buu dien").await;
    let numbers = story.people().await.mobiles().len();
    assert_eq!(chosen.len(), numbers, "each of them");
    story.send(&RIGHT).await;
    assert_eq!(told("Da sua dia chi").await.len(), 0, "it is the one that was declared");
    story.send(&[("address_street", "99 Lê Lợi"), RIGHT[1], RIGHT[2]]).await;
    assert_eq!(told("Da sua dia chi").await.len(), numbers, "each of them");
}
