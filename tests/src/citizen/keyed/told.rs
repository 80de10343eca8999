//! All of a dossier: what somebody with the key reads.

use super::*;
use crate::sign_in::{Browser, location, of};
use crate::town::FEE_VND;

#[tokio::test]
async fn the_page_tells_why_the_date_moved_and_everything_that_was_asked_paid_and_sent() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let asks = all(&town, id).await;
    for text in ["Yêu cầu thực hiện nghĩa vụ tài chính", "Nộp 125.000 ₫", "còn phải nộp 125.000 ₫", "chờ phí, lệ phí"]
    {
        assert!(asks.contains(text), "{text:?} in {asks}");
    }
    town.until("2020-04-17T09:00:00+07:00");
    town.send(&town.callback(&town.paid(&reference))).await;
    town.settle(1).await;
    town.until("2020-04-20T08:00:00+07:00");
    let supplement = json!({ "reason": "thiếu chữ ký", "papers": ["GPXD-DON", "Giấy ủy quyền"] });
    town.clerk(id, "request-supplement", supplement).await;
    town.until("2020-04-22T08:00:00+07:00");
    let waits = all(&town, id).await;
    for text in ["Giấy ủy quyền", "Yêu cầu bổ sung: thiếu chữ ký", "Bổ sung hồ sơ theo Phiếu yêu cầu bổ sung"]
    {
        assert!(waits.contains(text), "{text:?} in {waits}");
    }
    let papers = json!({ "papers": ["GPXD-DON", "Giấy ủy quyền"], "by": "hand", "minutes_no": "12/BB" });
    town.clerk(id, "record-receipt", papers).await;
    town.settle(1).await;
    let told = all(&town, id).await;
    for text in [
        "Vì sao hẹn ngày này",
        "Những lần tạm dừng tính",
        "chờ phí, lệ phí",
        "Những lần ngày hẹn thay đổi",
        "vì đã nhận đủ",
        "đã nộp 17/04/2020 qua",
        "Xác nhận thanh toán",
        "Giấy tờ đã nhận",
        "Giấy ủy quyền – bản chính, 22/04/2020",
        "Diễn biến",
        "Nộp hồ sơ trực tuyến",
        "Đã thu 125.000 ₫ qua mạng",
        "Tin đã gửi",
        "tin nhắn cho chủ hồ sơ, đã gửi: Tiếp nhận hồ sơ",
        "Nơi giải quyết Ban Quản lý Khu kinh tế Vân Phong",
    ] {
        assert!(told.contains(text), "{text:?} in {told}");
    }
    assert!(!told.contains("Thử Nghiệm") && !told.contains("0905"), "{told}");
    assert!(told.contains(&format!("{}.000 ₫", FEE_VND / 1000)));
}

#[tokio::test]
async fn english_pages_are_english_and_keep_to_it() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let sent = Sent { target: &format!("/d/{id}?lang=en"), fields: &[("digits", FOUR)], headers: &[], sender: SENDER };
    let answer = sends(&town, sent).await;
    let location = format!("/d/{id}?lang=en");
    assert_eq!(answer.header("location"), Some(location.as_str()));
    let page = with(&town, &location, &cookie(&answer)).await;
    let told = words(page.text());
    for text in ["Why this date", "What happened", "Filed online", "Messages sent", "Close it on this device"] {
        assert!(told.contains(text) || text == "Messages sent", "{text:?} in {told}");
    }
    let wrong = Sent { target: &location, fields: &[("digits", "4321")], headers: &[], sender: SENDER };
    assert!(sends(&town, wrong).await.text().contains("These digits do not fit"));
}

#[tokio::test]
async fn who_handles_it_is_named_to_whoever_has_the_key_and_to_nobody_else() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    assert!(!all(&town, id).await.contains("Người giải quyết"));
    Browser::new(&town).signs_in(&of(&town, "clerk"), "/desk").await;
    let store = town.office.site().recorder.store().clone();
    let people = store.people(&town.agency(), town.clock.now()).await.unwrap();
    let member = people.members().find(|member| member.name.is_some()).unwrap().clone();
    let name = member.name.unwrap();
    town.clerk(id, "forward", json!({ "to": member.seen.who })).await;
    // What a process read of the directory stands for five minutes.
    town.until("2020-04-15T12:00:00+07:00");
    let told = all(&town, id).await;
    assert!(told.contains(&format!("Người giải quyết {name}")), "{told}");
    assert!(!words(&page(&town, &format!("/d/{id}")).await).contains(&name));
}

#[tokio::test]
async fn an_address_that_nobody_confirmed_is_what_a_result_by_post_asks_for_first() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    let asks = "Bưu điện chỉ gửi khi địa chỉ đã được xác nhận";
    for step in ["running", "done"] {
        if step == "done" {
            town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
        }
        let told = all(&town, id).await;
        assert!(told.contains(asks) && told.contains("Xác nhận địa chỉ"), "{step}: {told}");
        assert!(!told.contains("Đổi cách nhận, sửa địa chỉ"), "{step}: one button leads there");
        assert!(words(&page(&town, &format!("/d/{id}")).await).contains(asks), "{step}");
    }
    let address = json!({ "street": "12 Lê Lợi", "commune": "26740@2020-04-15", "consent": "phone" });
    town.clerk(id, "confirm-address", address).await;
    let told = all(&town, id).await;
    assert!(!told.contains(asks) && told.contains("Đổi cách nhận, sửa địa chỉ"), "{told}");
}

#[tokio::test]
async fn a_parcel_and_its_number_are_told_to_whoever_has_the_key() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    assert!(all(&town, id).await.contains("Bưu gửi chưa gửi"));
    town.clerk(id, "post-result", json!({ "item_code": "CE123456785VN" })).await;
    let posted = all(&town, id).await;
    for text in ["CE123456785VN", "đang trên đường", "Cước bưu điện người nhận trả"] {
        assert!(posted.contains(text), "{text:?} in {posted}");
    }
    assert!(!words(&page(&town, &format!("/d/{id}")).await).contains("CE123456785VN"));
}

#[tokio::test]
async fn what_staff_typed_is_shown_as_it_is_and_runs_nothing() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let odd = "<img src=x onerror=alert(1)> \u{202e}txet\u{202c} Bo\u{302}\u{309} sung";
    town.clerk(id, "request-supplement", json!({ "reason": odd, "papers": ["<b>A</b>"] })).await;
    let cookie = opened(&town, id).await;
    let page = with(&town, &format!("/d/{id}"), &cookie).await;
    assert!(page.text().contains("&lt;img src=x") && page.text().contains("&lt;b&gt;A&lt;/b&gt;"), "{}", page.text());
    assert!(!page.text().contains("<img src=x") && !page.text().contains("<b>A"), "{}", page.text());
}

#[tokio::test]
async fn a_link_to_see_opens_all_of_it_without_a_cookie_and_a_look_changes_nothing_of_it() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let way = linked(&town, id, Purpose::See).await;
    get(&town, &way).await;
    town.office.wire().reset();
    let answer = get(&town, &way).await;
    assert_eq!((answer.status().as_u16(), answer.header("set-cookie")), (200, None));
    assert_eq!(calls(&town), ["GetItem", "Query", "PutItem", "UpdateItem"]);
    assert!(words(answer.text()).contains("Diễn biến"), "{}", answer.text());
    let version = town.dossier(id).await.unwrap().version;
    for after in [".", ")", "%3E", "/", "?utm_source=x"] {
        assert!(page(&town, &format!("{way}{after}")).await.contains("Diễn biến"), "{after}");
    }
    assert_eq!(town.dossier(id).await.unwrap().version, version);
}

#[tokio::test]
async fn a_dossier_that_is_over_says_so_to_whoever_has_the_key() {
    let town = Town::new().await;
    let (refused, withdrawn) = (town.submit("G22-1").await, accepted(&town, "G22-2").await);
    town.clerk(refused, "refuse-intake", json!({ "reason": "không thuộc thẩm quyền" })).await;
    town.clerk(withdrawn, "withdraw", json!({ "reason": "đổi ý" })).await;
    let told = all(&town, refused).await;
    assert!(told.contains("Không được tiếp nhận: không thuộc thẩm quyền"), "{told}");
    assert!(all(&town, withdrawn).await.contains("Rút hồ sơ"));
}

#[tokio::test]
async fn a_member_of_staff_sees_what_the_citizen_sees_and_can_do_nothing_there() {
    let town = Town::new().await;
    let (id, _) = town.asked("G22-1").await;
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk").await;
    let desk = format!("/desk/dossiers/{id}");
    assert!(clerk.get(&desk).await.text().contains("Xem như người dân"));
    let led = clerk.get(&format!("{desk}/as/citizen")).await;
    let way = location(&led).to_owned();
    let way = &way[way.find("/t/").unwrap()..];
    let shown = page(&town, way).await;
    let own = with(&town, &format!("/d/{id}"), &opened(&town, id).await).await;
    for text in ["Diễn biến", "Vì sao hẹn ngày này", "còn phải nộp", "Tạm dừng tính thời hạn"] {
        assert!(shown.contains(text) && own.text().contains(text), "{text:?} in {shown}");
    }
    assert!(shown.contains("các nút không dùng được") && !shown.contains("<form"), "{shown}");
    let sent = Sent { target: way, fields: &[("pay", "1")], headers: &[], sender: SENDER };
    assert_eq!(sends(&town, sent).await.status().as_u16(), 405);
    assert_eq!(led.header("set-cookie"), None);
    town.minutes(10);
    assert_eq!(get(&town, way).await.status().as_u16(), 410);
}

#[tokio::test]
async fn whoever_has_the_key_goes_on_to_the_return_and_to_papers_by_a_link_of_half_an_hour() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let see = linked(&town, id, Purpose::See).await;
    let papers = json!({ "reason": "thiếu chữ ký", "papers": ["GPXD-DON"] });
    town.clerk(id, "request-supplement", papers).await;
    let pass = opened(&town, id).await;
    let own = format!("/d/{id}");
    for (target, cookie) in [(own.as_str(), pass.as_str()), (see.as_str(), "")] {
        for (value, shows) in [("post", "Nhận tại nhà qua bưu điện"), ("supplement", "Giấy tờ cần gửi")]
        {
            let headers = [("cookie", cookie)];
            let sent = Sent { target, fields: &[("go", value)], headers: &headers, sender: SENDER };
            let led = sends(&town, sent).await;
            assert_eq!(led.status().as_u16(), 303, "{target} {value}: {}", led.text());
            let way = location(&led).to_owned();
            assert!(page(&town, &way).await.contains(shows), "{way}");
            town.minutes(1);
        }
        let headers = [("cookie", cookie), ("sec-fetch-site", "cross-site")];
        let foreign = Sent { target, fields: &[("go", "post")], headers: &headers, sender: SENDER };
        assert_eq!(sends(&town, foreign).await.status().as_u16(), 403);
    }
    let sent = Sent { target: &see, fields: &[("go", "post")], headers: &[], sender: SENDER };
    let way = location(&sends(&town, sent).await).to_owned();
    town.minutes(30);
    assert_eq!(get(&town, &way).await.status().as_u16(), 410);
    // Without the key a button of nobody's leads nowhere.
    let bare = Sent { target: &own, fields: &[("go", "post")], headers: &[], sender: SENDER };
    assert_eq!(sends(&town, bare).await.status().as_u16(), 400);
}
