//! The post at the desk: what waits, manifests with their papers, parcels, and what a person decides.

use motcua::store::{Did, Look, Looker, TaskKind};
use motcua_local::neighbours::portal::Mood;
use rules::dossier::Phase;
use rules::id::DossierId;
use rules::post::{State, Why};
use serde_json::json;

use super::*;
use crate::post::{OPERATOR, event, hear, opened, phase, posted, put, ready, unconfirmed};
use crate::town::form;

const ROOT: &str = "/desk/post";

/// Files a dossier of one applicant, accepts it, has its address confirmed and its result ready.
async fn waiting(town: &Town, code: &str) -> DossierId {
    let mut filed = form(code);
    filed["DiaChi"] = json!("12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh");
    let answer = town.portal("dossier.submitted", &format!("submit-{code}"), filed).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    let id = town.id_of(code);
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    let mut clerk = seated(town, "clerk").await;
    let path = format!("/desk/dossiers/{id}/confirm-address");
    let page = clerk.get(&path).await;
    let form = Filled::on(page.text(), &path).with("consent", "phone").with("address_step", "confirm");
    let done = clerk.post(&path, &form.fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    town.settle(1).await;
    id
}

async fn page(browser: &mut Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status().as_u16(), 200, "{path}: {}", page.text());
    page.text().to_owned()
}

#[tokio::test]
async fn results_of_one_receiver_go_in_one_parcel_from_the_list_to_the_pick_up() {
    let town = Town::new().await;
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    motcua_local::directive::publish(site.recorder.store(), &agency, ("manager", now), ["clerk"]).await.unwrap();
    town.minutes(2);
    let (one, other) = (waiting(&town, "G22-1").await, waiting(&town, "G22-2").await);
    let unconfirmed = unconfirmed(&town, "G22-3", "0905000001").await;
    town.settle(1).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    let group = format!("value=\"{one},{other}\"");
    assert!(list.contains(&group) && list.contains("Địa chỉ chưa xác nhận."), "{list}");
    assert!(list.contains(&format!("/desk/dossiers/{unconfirmed}/confirm-address")), "{list}");

    let none = Filled::on(&list, "/desk/post/put").with("manifest", "new:vnpost-demo");
    let refused = clerk.post("/desk/post/put", &none.fields()).await;
    assert!(refused.status().as_u16() == 422 && refused.text().contains("Chọn ít nhất một người nhận."));
    let stranger = none.with("group", &unconfirmed.to_string());
    let refused = clerk.post("/desk/post/put", &stranger.fields()).await;
    assert!(refused.status().as_u16() == 422 && refused.text().contains("xem lại danh sách"), "{}", refused.text());

    let chosen = Filled::on(&list, "/desk/post/put").with("group", &format!("{one},{other}"));
    let done = clerk.post("/desk/post/put", &chosen.with("manifest", "new:vnpost-demo").fields()).await;
    assert_eq!((done.status().as_u16(), location(&done)), (303, "/desk/post/manifests/K20-000001?put=1&left=0"));
    let manifest = page(&mut clerk, location(&done)).await;
    assert!(manifest.contains("B20-000001") && manifest.contains("Phường Bến Nghé, Quận 1"), "{manifest}");
    assert!(town.dossier(one).await.unwrap().parcel.is_some() && town.dossier(other).await.unwrap().parcel.is_some());

    let under = "/desk/post/manifests/K20-000001";
    let before = page(&mut clerk, &format!("{under}/print")).await;
    assert!(before.contains("Bảng kê chưa khóa") && before.contains("Nhân viên bưu điện"), "{before}");
    let close = Filled::on(&manifest, &format!("{under}/close"));
    let closed = clerk.post(&format!("{under}/close"), &close.fields()).await;
    assert_eq!((closed.status().as_u16(), location(&closed)), (303, "/desk/post/manifests/K20-000001?closed=1"));
    let again = clerk.post(&format!("{under}/close"), &close.fields()).await;
    assert!(again.status().as_u16() == 409 && again.text().contains("đã khóa bảng kê này lúc"), "{}", again.text());
    assert_eq!((phase(&town, one).await, phase(&town, other).await), (Phase::InPost, Phase::InPost));

    // The address that changes later is on no reprint.
    let labels = page(&mut clerk, &format!("{under}/labels")).await;
    assert!(labels.contains("<svg") && labels.contains("12 Lê Lợi"), "{labels}");
    let csv = clerk.get(&format!("{under}/csv")).await;
    assert!(csv.status().as_u16() == 200 && csv.text().contains("B20-000001"), "{}", csv.text());
    assert_eq!(clerk.get(&format!("{under}/xlsx")).await.status().as_u16(), 200);
    assert_eq!(clerk.get(&format!("{under}/anything")).await.status().as_u16(), 404);
    town.settle(1).await;
    let list = page(&mut clerk, ROOT).await;
    assert!(!list.contains(&group), "{list}");
}

#[tokio::test]
async fn a_result_is_taken_out_for_a_reason_before_the_pick_up_only() {
    let town = Town::new().await;
    let id = ready(&town, "G22-1").await;
    let manifest = opened(&town).await;
    let no = put(&town, &manifest, &[id]).await.parcel.no;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("{ROOT}/parcels/{no}");
    let (shown, act) = (page(&mut clerk, &path).await, format!("{path}/take-off"));
    let silent = clerk.post(&act, &Filled::on(&shown, &act).with("because", "-").fields()).await;
    assert!(silent.status().as_u16() == 422 && silent.text().contains("Hãy ghi lý do"), "{}", silent.text());
    let done = clerk.post(&act, &Filled::on(&shown, &act).with("because", "thiếu bản vẽ").fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    assert_eq!(town.dossier(id).await.unwrap().parcel, None);
    assert!(page(&mut clerk, &path).await.contains("thiếu bản vẽ"));
}

#[tokio::test]
async fn an_operators_number_is_warned_about_and_never_used_twice() {
    let town = Town::new().await;
    let (_, one) = posted(&town, "G22-1").await;
    let (_, other) = posted(&town, "G22-2").await;
    let mut clerk = seated(&town, "clerk").await;
    let (path, act) = (format!("{ROOT}/parcels/{one}"), format!("{ROOT}/parcels/{one}/waybill"));
    let shown = page(&mut clerk, &path).await;
    let done = clerk.post(&act, &Filled::on(&shown, &act).with("waybill", "ce 123456789 vn").fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let shown = page(&mut clerk, &path).await;
    assert!(shown.contains("CE123456789VN") && shown.contains("Chữ số kiểm tra"), "{shown}");
    let (path, act) = (format!("{ROOT}/parcels/{other}"), format!("{ROOT}/parcels/{other}/waybill"));
    let shown = page(&mut clerk, &path).await;
    let used = clerk.post(&act, &Filled::on(&shown, &act).with("waybill", "CE123456789VN").fields()).await;
    assert!(
        used.status().as_u16() == 422 && used.text().contains(&format!("đã dùng cho bưu gửi {one}")),
        "{}",
        used.text()
    );
}

#[tokio::test]
async fn what_an_operator_contradicts_goes_to_a_person_who_decides() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22-1").await;
    town.minutes(60);
    let mut failed = event(State::AttemptFailed, town.clock.now());
    (failed.attempt, failed.why, failed.code) = (Some(1), Some(Why::Absent), "H12".into());
    hear(&town, no, &failed).await;
    town.minutes(60);
    hear(&town, no, &event(State::Delivered, town.clock.now())).await;
    town.minutes(60);
    hear(&town, no, &event(State::Returned, town.clock.now())).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("{ROOT}/parcels/{no}");
    let list = page(&mut clerk, "/desk/post/parcels/to-look-at").await;
    assert!(list.contains(&format!("href=\"{path}\"")) && list.contains("hai kết cục khác nhau"), "{list}");
    let shown = page(&mut clerk, &path).await;
    for text in ["mời nhận nhiều lần", "H12", "phát chưa thành", "thông báo có ký"] {
        assert!(shown.contains(text), "{text} in {shown}");
    }
    let act = format!("{path}/decide");
    let done = clerk.post(&act, &Filled::on(&shown, &act).with("state", "delivered").fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let list = page(&mut clerk, "/desk/post/parcels/to-look-at").await;
    assert!(list.contains("Không có bưu gửi nào."), "{list}");
    assert_eq!((phase(&town, id).await, town.for_a_person(TaskKind::Parcel).await), (Phase::Returned, 0));
}

#[tokio::test]
async fn an_administrator_looks_and_changes_nothing() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22-1").await;
    let mut reader = seated(&town, "administrator").await;
    for path in [ROOT, "/desk/post/manifests", "/desk/post/parcels/in-post", "/desk/post/parcels/came-back"] {
        let shown = page(&mut reader, path).await;
        assert!(!shown.contains("action=\"/desk/post"), "{shown}");
    }
    let path = format!("{ROOT}/parcels/{no}");
    let shown = page(&mut reader, &path).await;
    assert!(!shown.contains("action=\"/desk/post"), "{shown}");
    let csrf = csrf_in(&shown);
    let refused = reader.post(&format!("{path}/decide"), &[("csrf", &csrf), ("state", "lost")]).await;
    assert_eq!(refused.status().as_u16(), 403);
    let refused = reader.post("/desk/post/manifests", &[("csrf", &csrf), ("operator", "vnpost-demo")]).await;
    assert_eq!(refused.status().as_u16(), 403);
    let day = rules::vietnam::day(town.clock.now());
    let store = town.office.site().recorder.store().clone();
    let entries = store.audited(&town.agency(), day, None, None).await.unwrap().unwrap().entries;
    let looked = |did: &Did| matches!(did, Did::Post { what, no: it } if what == "look" && *it == no.to_string());
    assert!(entries.iter().any(|entry| looked(&entry.did)), "{entries:?}");
    let looks = store.looks(&town.agency(), id).await.unwrap().lines;
    let looked = |look: &Look| matches!(&look.by, Looker::Staff { role: Some(role), .. } if role == "administrator");
    assert!(looks.iter().any(looked), "a parcel is a look at its dossier: {looks:?}");
}

#[tokio::test]
async fn papers_are_fetched_by_the_post_from_a_dossier_that_waits_for_them() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu bản vẽ" })).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("{ROOT}/collect/{id}");
    assert!(page(&mut clerk, &format!("/desk/dossiers/{id}")).await.contains(&format!("href=\"{path}\"")));
    let shown = page(&mut clerk, &path).await;
    let done = clerk.post(&path, &Filled::on(&shown, &path).with("operator", "vnpost-demo").fields()).await;
    assert_eq!((done.status().as_u16(), location(&done)), (303, "/desk/post/parcels/B20-000001?done=1"));
    assert!(page(&mut clerk, location(&done)).await.contains("Giấy tờ nhận về"));
    let nobody = clerk.post(&path, &Filled::on(&shown, &path).with("operator", "nobody").fields()).await;
    assert!(nobody.status().as_u16() == 422 && nobody.text().contains("không còn trong cấu hình"), "{}", nobody.text());
}

#[tokio::test]
async fn an_administrator_sees_whether_operators_answer_and_how_far_their_feeds_are_read() {
    let town = Town::new().await;
    let mut admin = seated(&town, "administrator").await;
    const HEALTH: &str = "/desk/admin/health";
    let before = page(&mut admin, HEALTH).await;
    let row = |page: &str| {
        let row = page.split("Đường truyền\">").nth(1).expect("a row of an operator");
        row.split("</tr>").next().unwrap_or_default().to_owned()
    };
    assert!(row(&before).contains("Trả lời") && row(&before).contains("Chưa đọc lần nào"), "{before}");
    let id = waiting(&town, "G22-1").await;
    let manifest = opened(&town).await;
    put(&town, &manifest, &[id]).await;
    town.minutes(20);
    let late = page(&mut admin, HEALTH).await;
    let waits = late.split("Bưu gửi: đặt").nth(1).and_then(|rest| rest.split("</tr>").next()).unwrap_or_default();
    assert!(waits.contains(">1</td>") && waits.contains("Chậm"), "an order waits for twenty minutes: {waits}");
    town.office.posts().set_mood(OPERATOR, Mood::ShutOut);
    Box::pin(town.office.sync_post()).await;
    let shut = page(&mut admin, HEALTH).await;
    assert!(row(&shut).contains("Không cho đăng nhập</span> từ 15/04/2020"), "{shut}");
    let mut manager = seated(&town, "manager").await;
    let aside = page(&mut manager, "/desk/aside").await;
    assert!(aside.contains("Bưu điện Việt Nam") && !aside.contains("post:vnpost-demo"), "{aside}");
    town.office.posts().set_mood(OPERATOR, Mood::Well);
    town.minutes(2);
    Box::pin(town.office.sync_post()).await;
    let well = page(&mut admin, HEALTH).await;
    assert!(row(&well).contains("Trả lời") && row(&well).contains("Kịp"), "{well}");
    town.office.posts().set_mood(OPERATOR, Mood::Down);
    town.minutes(40);
    Box::pin(town.office.sync_post()).await;
    let mut admin = seated(&town, "administrator").await;
    let down = page(&mut admin, HEALTH).await;
    assert!(row(&down).contains("Không trả lời</span> từ") && row(&down).contains("Chậm"), "{down}");
}

#[tokio::test]
async fn a_better_address_is_told_to_the_operator_by_a_clerk_who_notes_it() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(60);
    hear(&town, no, &event(State::AttemptFailed, town.clock.now())).await;
    const LOOK: &str = "/desk/post/parcels/to-look-at";
    let mut clerk = seated(&town, "clerk").await;
    assert!(page(&mut clerk, LOOK).await.contains("Không có bưu gửi nào."));
    let address = json!({ "street": "5 Yersin", "commune": "22363@2025-06-30", "consent": "phone" });
    town.clerk(id, "confirm-address", address).await;
    for _ in 0..2 {
        town.office.deliver().await.unwrap();
        town.minutes(1);
        Box::pin(town.office.sync_post()).await;
    }
    let list = page(&mut clerk, LOOK).await;
    assert!(list.contains(&no.to_string()) && list.contains("địa chỉ tốt hơn"), "{list}");
    assert!(page(&mut clerk, ROOT).await.contains("Cần xem lại <b>1</b>"), "the tab counts it");
    let path = format!("{ROOT}/parcels/{no}");
    let shown = page(&mut clerk, &path).await;
    assert!(shown.contains("Đã báo bưu điện"), "{shown}");
    let slip = page(&mut clerk, &format!("{path}/slip")).await;
    assert!(slip.contains("5 Yersin"), "{slip}");
    let form = Filled::on(&shown, &format!("{path}/told-address"));
    let done = clerk.post(&format!("{path}/told-address"), &form.fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    assert!(page(&mut clerk, LOOK).await.contains("Không có bưu gửi nào."));
    let told = page(&mut clerk, &path).await;
    assert!(told.contains("Đã báo bưu điện địa chỉ tốt hơn lúc") && !told.contains("/told-address"), "{told}");
    // Another address later is to be told again; one from before the pick-up never was.
    town.minutes(5);
    town.clerk(
        id,
        "confirm-address",
        json!({ "street": "7 Yersin", "commune": "22363@2025-06-30", "consent": "phone" }),
    )
    .await;
    town.office.deliver().await.unwrap();
    town.minutes(1);
    Box::pin(town.office.sync_post()).await;
    assert_eq!(town.for_a_person(TaskKind::Parcel).await, 1);
    hear(&town, no, &event(State::Delivered, town.clock.now())).await;
    assert_eq!((phase(&town, id).await, town.for_a_person(TaskKind::Parcel).await), (Phase::Returned, 0));
}

#[tokio::test]
async fn a_result_whose_postage_is_not_paid_is_asked_for_by_the_table() {
    let town = Town::new().await;
    let id = waiting(&town, "G22-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    let way = format!("/desk/dossiers/{id}/ask-postage?amount_vnd=31000");
    assert!(list.contains(&format!("href=\"{way}\"")) && list.contains("31.000 ₫"), "{list}");
    let form = page(&mut clerk, &way).await;
    assert!(form.contains("value=\"31.000 ₫\""), "{form}");
    let path = format!("/desk/dossiers/{id}/ask-postage");
    let typed = Filled::on(&form, &path).with("amount_vnd", "31.000 ₫");
    let preview = clerk.post(&path, &typed.fields()).await;
    assert!(preview.text().contains("Phải nộp cước bưu chính"), "{}", preview.text());
}

#[tokio::test]
async fn the_contact_list_shows_how_far_the_question_has_come() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "ask-address", json!({})).await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    town.settle(1).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, "/desk/calls?need=post").await;
    for figure in ["số lần hỏi nhận kết quả tại nhà <strong>1</strong>", "do cán bộ ghi <strong>1</strong>"]
    {
        assert!(list.contains(figure), "{list}");
    }
}
