//! The pages as managers and clerks meet them.

use motcua::store::Did;
use rules::broadcast::{Act, Stage};
use rules::http::{Reply, Response};
use serde_json::json;

use crate::prompt::{AT_ONCE, demo_agency};
use crate::sign_in::{Browser, location, of};
use crate::town::{Town, form};

const ROOT: &str = "/desk/broadcasts";
/// Fields of a form that is right.
const RIGHT: [(&str, &str); 5] = [
    ("key", "k1"),
    ("sms_vi", "Từ 01/04/2020 tạm đóng cửa"),
    ("subject_vi", "Tạm đóng cửa"),
    ("text_vi", "Xin nộp <qua> mạng."),
    ("then", "gather"),
];

async fn town(above: &str) -> Town {
    let town = Town::new().await;
    let lines = format!(
        "outlets = [\"sms\", \"email\"]\nemail_from = \"mot-cua@example.vn\"\n{AT_ONCE}\
         broadcasts = {{ second_person_above = {above}, sms_vnd = 850 }}\n"
    );
    town.office.configure(demo_agency(&lines));
    for number in 1..=3 {
        let code = format!("G22-{number}");
        let mut form = form(&code);
        form["SoDienThoai"] = json!(format!("09120000{number:02}"));
        form["SoGiayToChuHoSo"] = json!(format!("05609900123{number}"));
        let response = town.portal("dossier.submitted", &format!("submit-{code}"), form).await;
        assert_eq!(response.status().as_u16(), 200, "{}", response.text());
    }
    town.office.deliver().await.unwrap();
    town
}

async fn seated<'t>(town: &'t Town, role: &str) -> Browser<'t> {
    let mut browser = Browser::new(town);
    browser.signs_in(&of(town, role), "/desk").await;
    browser
}

async fn post(browser: &mut Browser<'_>, page: &str, path: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = browser.csrf(page).await;
    browser.post(path, &[&[("csrf", csrf.as_str())], fields].concat()).await
}

async fn acts(town: &Town) -> Vec<Act> {
    let store = town.office.site().recorder.store().clone();
    let day = rules::vietnam::day(town.clock.now());
    let entries = store.audited(&town.agency(), day, None, None).await.unwrap().unwrap().entries;
    let act = |did| if let Did::Broadcast { act, .. } = did { Some(act) } else { None };
    let mut acts: Vec<_> = entries.into_iter().filter_map(|entry| act(entry.did)).collect();
    // The entries of one instant have no order.
    acts.sort();
    acts
}

async fn stage(town: &Town) -> Stage {
    let site = town.office.site();
    site.recorder.store().broadcast(&town.agency(), 1).await.unwrap().unwrap().stage
}

#[tokio::test]
async fn a_manager_writes_it_looks_at_the_numbers_releases_and_stops_it() {
    let town = town("50").await;
    let mut manager = seated(&town, "manager").await;
    let list = manager.get(ROOT).await.text().to_owned();
    assert!(list.contains("Chưa có tin nào.") && list.contains("/desk/broadcasts/new"), "{list}");
    let sent = post(&mut manager, &format!("{ROOT}/new"), &format!("{ROOT}/new"), &RIGHT).await;
    assert_eq!((sent.status().as_u16(), location(&sent)), (303, "/desk/broadcasts/1"), "{}", sent.text());
    let again = post(&mut manager, &format!("{ROOT}/new"), &format!("{ROOT}/new"), &RIGHT).await;
    assert_eq!(location(&again), "/desk/broadcasts/1", "a second click makes no second one");
    let gathering = manager.get(&format!("{ROOT}/1")).await;
    assert!(gathering.headers().get("refresh").is_some());
    assert!(gathering.text().contains("Đang lập danh sách người nhận"), "{}", gathering.text());
    town.minutes(1);
    town.office.broadcast().await;
    let ready = manager.get(&format!("{ROOT}/1")).await;
    assert!(ready.headers().get("refresh").is_none(), "a page with a field does not move");
    let text = ready.text().to_owned();
    for shown in [
        "Chờ duyệt gửi",
        "Số người",
        "2.550 ₫",
        "KKT Van Phong: Tu 01/04/2020 tam dong cua. Hoi 0258 000 0000.",
        "Xin nộp &lt;qua&gt; mạng.",
        "Duyệt gửi",
        "Gửi tin <b>1</b>",
    ] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let before = town.sms().len();
    let released = [("act", "release"), ("round", "1")];
    for _ in 0..2 {
        let answer = post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &released).await;
        assert_eq!(answer.status().as_u16(), 303, "{}", answer.text());
    }
    let stop = [("act", "stop"), ("round", "1")];
    post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &stop).await;
    town.minutes(1);
    town.office.broadcast().await;
    assert_eq!((town.sms().len(), stage(&town).await), (before, Stage::Stopped));
    let go_on = [("act", "continue"), ("round", "1")];
    post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &go_on).await;
    town.minutes(1);
    town.office.broadcast().await;
    assert_eq!((town.sms().len(), stage(&town).await), (before + 3, Stage::Done));
    let over = manager.get(&format!("{ROOT}/1")).await.text().to_owned();
    assert!(over.contains("Đã gửi xong") && over.contains("Tiến độ"), "{over}");
    assert_eq!(acts(&town).await, [Act::Write, Act::Gather, Act::Release, Act::Stop, Act::Continue]);
    let english = manager.get("/desk/language/en?to=/desk/broadcasts/1").await;
    assert_eq!(english.status().as_u16(), 303);
    let english = manager.get(&format!("{ROOT}/1")).await.text().to_owned();
    assert!(english.contains("Receivers") && english.contains("2.550 ₫"), "{english}");
}

#[tokio::test]
async fn nobody_releases_their_own_above_the_number_and_another_returns_it_for_a_reason() {
    let town = town("2").await;
    let mut manager = seated(&town, "manager").await;
    post(&mut manager, &format!("{ROOT}/new"), &format!("{ROOT}/new"), &RIGHT).await;
    town.minutes(1);
    town.office.broadcast().await;
    let page = manager.get(&format!("{ROOT}/1")).await.text().to_owned();
    assert!(page.contains("phải do một lãnh đạo khác duyệt"), "{page}");
    assert!(!page.contains("Gửi tin <b>"), "the menu counts what they may release: {page}");
    let released = [("act", "release"), ("round", "1")];
    let refused = post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &released).await;
    assert_eq!((refused.status().as_u16(), stage(&town).await), (409, Stage::Ready));
    let silent = [("act", "return"), ("round", "1")];
    let silent = post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &silent).await;
    assert!(silent.status().as_u16() == 409 && silent.text().contains("id=\"reason-wrong\""), "{}", silent.text());
    let returned = [("act", "return"), ("round", "1"), ("reason", "sai ngày")];
    post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &returned).await;
    assert_eq!(stage(&town).await, Stage::Drafted);
    let page = manager.get(&format!("{ROOT}/1")).await.text().to_owned();
    assert!(page.contains("sai ngày"), "{page}");
    let form = manager.get(&format!("{ROOT}/1/edit")).await.text().to_owned();
    assert!(form.contains("Xin nộp &lt;qua&gt; mạng.") && form.contains("name=\"version\""), "{form}");
    let stale = [&RIGHT[..], &[("version", "1")]].concat();
    let stale = post(&mut manager, &format!("{ROOT}/1/edit"), &format!("{ROOT}/1/edit"), &stale).await;
    assert_eq!(stale.status().as_u16(), 409);
}

#[tokio::test]
async fn a_form_with_mistakes_tells_them_all_and_keeps_what_was_typed() {
    let town = town("50").await;
    let mut manager = seated(&town, "manager").await;
    let path = format!("{ROOT}/new");
    let wrong = [("key", "k"), ("sms_vi", ""), ("subject_vi", "Tạm đóng cửa"), ("notice", "7"), ("part_paused", "on")];
    let answer = post(&mut manager, &path, &path, &wrong).await;
    let text = answer.text();
    assert_eq!(answer.status().as_u16(), 422);
    for shown in
        ["href=\"#sms_vi\"", "href=\"#text_vi\"", "value=\"Tạm đóng cửa\"", "name=\"part_paused\" value=\"on\" checked"]
    {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    let unknown = [&RIGHT[..], &[("notice", "7")]].concat();
    let answer = post(&mut manager, &path, &path, &unknown).await;
    assert!(answer.text().contains("không có thông báo số này."), "{}", answer.text());
    let store = town.office.site().recorder.store().clone();
    assert_eq!(store.broadcasts(&town.agency(), None, 5).await.unwrap().broadcasts, []);
}

#[tokio::test]
async fn clerks_and_administrators_read_and_do_nothing() {
    let town = town("50").await;
    let mut manager = seated(&town, "manager").await;
    post(&mut manager, &format!("{ROOT}/new"), &format!("{ROOT}/new"), &RIGHT).await;
    for role in ["clerk", "specialist", "administrator"] {
        let mut reader = seated(&town, role).await;
        let list = reader.get(ROOT).await.text().to_owned();
        assert!(list.contains("href=\"/desk/broadcasts/1\"") && !list.contains("/desk/broadcasts/new"), "{list}");
        let one = reader.get(&format!("{ROOT}/1")).await.text().to_owned();
        assert!(one.contains("Nội dung gửi đi") && !one.contains("name=\"act\""), "{role}: {one}");
        assert_eq!(reader.get(&format!("{ROOT}/new")).await.status().as_u16(), 403, "{role}");
        let cancel = [("act", "cancel"), ("round", "1")];
        let answer = post(&mut reader, ROOT, &format!("{ROOT}/1"), &cancel).await;
        assert_eq!(answer.status().as_u16(), 403, "{role}");
        let answer = post(&mut reader, ROOT, &format!("{ROOT}/new"), &RIGHT).await;
        assert_eq!(answer.status().as_u16(), 403, "{role}");
    }
    assert_eq!(stage(&town).await, Stage::Gathering);
    assert_eq!(manager.get(&format!("{ROOT}/2")).await.status().as_u16(), 404);
    assert_eq!(manager.get(&format!("{ROOT}/x")).await.status().as_u16(), 404);
}

#[tokio::test]
async fn whoever_was_not_reached_stands_on_the_page_of_calls_with_what_to_tell() {
    let town = town("50").await;
    let mut landline = form("G22-9");
    landline["SoDienThoai"] = json!("02583822222");
    town.portal("dossier.submitted", "submit-9", landline).await;
    town.office.deliver().await.unwrap();
    let mut manager = seated(&town, "manager").await;
    post(&mut manager, &format!("{ROOT}/new"), &format!("{ROOT}/new"), &RIGHT).await;
    town.minutes(1);
    town.office.broadcast().await;
    post(&mut manager, &format!("{ROOT}/1"), &format!("{ROOT}/1"), &[("act", "release"), ("round", "1")]).await;
    town.minutes(1);
    town.office.broadcast().await;
    let calls = manager.get("/desk/calls").await.text().to_owned();
    assert!(calls.contains("Tin số 1: Từ 01/04/2020 tạm đóng cửa"), "{calls}");
    let page = manager.get(&format!("{ROOT}/1")).await.text().to_owned();
    assert!(
        page.contains("số cố định, không nhận được tin nhắn: 1") && page.contains("href=\"/desk/calls\""),
        "{page}"
    );
    let entry = town.reading("clerk", "/api/v1/calls").await["items"][0].clone();
    assert_eq!(entry["broadcasts"][0]["number"], 1);
}
