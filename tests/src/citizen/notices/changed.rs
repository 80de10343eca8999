//! Changes that notices make elsewhere: the first page, the page of a dossier, the place of the office; and whose notices they are.

use super::*;

#[tokio::test]
async fn the_first_page_shows_what_runs_today_before_the_look_up() {
    let town = Town::new().await;
    published(&town, about(&town, "Sắp tới", vec![effect(Measure::Guidance, on(20), None)])).await;
    published(&town, source(&town)).await;
    let first = page(&town, "/").await;
    in_order(
        &first,
        &[
            "<a href=\"/notices/2\">Biện pháp cấp bách tại Bộ phận Một cửa</a>",
            "Gửi trả kết quả qua bưu điện được miễn cước.",
            "Đeo khẩu trang, rửa tay",
            "name=\"code\"",
            "href=\"/notices\"",
        ],
    );
    assert!(!first.contains("Sắp tới"), "{first}");
    in_order(&words(&page(&town, "/?lang=en").await), &["Urgent measures", "Wear a mask", "Look-up code"]);
    // A mistake comes before anything else.
    assert!(!get(&town, "/d?code=x").await.text().contains("Biện pháp cấp bách"));
    town.until("2020-04-23T08:00:00+07:00");
    let later = page(&town, "/").await;
    assert!(!later.contains("miễn cước") && later.contains("Sắp tới") && later.contains("rửa tay"), "{later}");
}

#[tokio::test]
async fn more_notices_than_the_first_page_has_room_for_are_counted() {
    let town = Town::new().await;
    for number in 1..=6 {
        published(&town, about(&town, &format!("Số {number}"), vec![effect(Measure::Guidance, on(1), None)])).await;
    }
    let first = words(&page(&town, "/").await);
    in_order(&first, &["Số 6", "Số 5", "Số 4", "Số 3", "Còn 2 thông báo đang áp dụng"]);
    assert!(!first.contains("Số 2"), "{first}");
}

#[tokio::test]
async fn whoever_is_asked_to_come_in_reads_the_advice_and_others_do_not() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    let done = accepted(&town, "G22-1").await;
    town.clerk(done, "record-result", json!({ "kind": "positive" })).await;
    let vi = words(&page(&town, &format!("/d/{done}")).await);
    in_order(&vi, &["Đến Bộ phận Một cửa nhận kết quả.", "Khi đến:", "Đeo khẩu trang, rửa tay"]);
    let en = words(&page(&town, &format!("/d/{done}?lang=en")).await);
    in_order(&en, &["Collect the result at the one-stop desk.", "When you come:", "Wear a mask"]);
    let by_post = accepted(&town, "G22-2").await;
    town.clerk(by_post, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    let vi = words(&page(&town, &format!("/d/{by_post}")).await);
    assert!(vi.contains("Bưu điện chỉ gửi") && !vi.contains("khẩu trang"), "{vi}");
}

#[tokio::test]
async fn while_the_desk_is_closed_nobody_is_asked_to_come() {
    let town = Town::new().await;
    let closed = effect(Measure::Closed { article: None, waits_run: false }, on(15), Some(on(17)));
    let advice = effect(Measure::Advice { vi: "Đeo khẩu trang".into(), en: String::new() }, on(1), None);
    published(&town, about(&town, "Tạm ngừng tiếp", vec![closed, advice])).await;
    let running = accepted(&town, "G22-1").await;
    let done = accepted(&town, "G22-2").await;
    town.clerk(done, "record-result", json!({ "kind": "positive" })).await;
    let withdrawn = accepted(&town, "G22-3").await;
    town.clerk(withdrawn, "withdraw", json!({ "reason": "theo đơn" })).await;
    let incomplete = town.submit("G22-4").await;
    town.clerk(incomplete, "request-supplement", json!({ "reason": "thiếu", "papers": ["GPXD-DON"] })).await;
    for id in [running, done, withdrawn, incomplete] {
        let shown = page(&town, &format!("/d/{id}")).await;
        let vi = words(&shown);
        // 18 and 19 April 2020 are a weekend.
        let said = ["Bộ phận Một cửa đang tạm ngừng tiếp , mở lại ngày 20/04/2020", "hãy gọi cơ quan", "bưu điện"];
        in_order(&vi, &said);
        assert!(shown.contains("href=\"/notices/1\""), "{shown}");
        for invitation in ["Đến Bộ phận Một cửa", "đến Bộ phận Một cửa", "tại Bộ phận Một cửa", "khẩu trang"]
        {
            assert!(!vi.contains(invitation), "{invitation} in {vi}");
        }
        let en = words(&page(&town, &format!("/d/{id}?lang=en")).await);
        assert!(en.contains("The one-stop desk is closed and opens again on 20/04/2020"), "{en}");
    }
    town.until("2020-04-20T08:00:00+07:00");
    let open = words(&page(&town, &format!("/d/{done}")).await);
    assert!(open.contains("Đến Bộ phận Một cửa nhận kết quả.") && !open.contains("tạm ngừng"), "{open}");
}

#[tokio::test]
async fn a_closing_without_an_end_says_until_further_notice() {
    let town = Town::new().await;
    published(
        &town,
        about(&town, "Đóng", vec![effect(Measure::Closed { article: None, waits_run: false }, on(15), None)]),
    )
    .await;
    let id = accepted(&town, "G22-1").await;
    assert!(words(&page(&town, &format!("/d/{id}")).await).contains("cho đến khi có thông báo mới"));
}

#[tokio::test]
async fn originals_are_asked_for_by_post_while_a_measure_says_so() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    town.until("2020-04-17T17:05:00+07:00");
    town.office.sweep().await;
    let before = words(&page(&town, &format!("/d/{id}")).await);
    assert!(before.contains("Nộp bản chính tại Bộ phận Một cửa hoặc gửi qua bưu điện"), "{before}");
    let by_post = vec![effect(Measure::OriginalsByPost, on(17), Some(on(20)))];
    published(&town, about(&town, "Gửi bản chính", by_post)).await;
    let during = words(&page(&town, &format!("/d/{id}")).await);
    assert!(during.contains("Gửi bản chính qua bưu điện, không cần đến"), "{during}");
    assert!(!during.contains("tại Bộ phận Một cửa"), "{during}");
}

#[tokio::test]
async fn an_office_that_has_moved_is_at_its_new_place_from_the_day_on() {
    let town = Town::new().await;
    let to = Measure::Moved { to: "10 Lê Lợi, Nha Trang".into(), telephone: Some("0258 111 2222".into()) };
    published(&town, about(&town, "Chuyển trụ sở", vec![effect(to, on(16), None)])).await;
    let id = accepted(&town, "G22-1").await;
    let targets = ["/".to_owned(), format!("/d/{id}"), "/notices".into(), "/d/ZZZZZZZZZZZZ".into(), "/t/x".into()];
    for target in &targets {
        let before = words(get(&town, target).await.text());
        let contact = before.rsplit_once("Liên hệ").unwrap().1;
        assert!(contact.contains("0258 000 0000") && !contact.contains("10 Lê Lợi"), "{target}: {contact}");
    }
    town.until("2020-04-16T00:00:00+07:00");
    for target in &targets {
        let page = get(&town, target).await;
        let after = words(page.text());
        let contact = after.rsplit_once("Liên hệ").unwrap().1;
        in_order(contact, &["Điện thoại 0258 111 2222", "Địa điểm mới 10 Lê Lợi, Nha Trang"]);
        assert!(page.text().contains("href=\"tel:02581112222\""), "{target}");
        assert!(!contact.contains("0258 000 0000"), "{target}: {contact}");
    }
    assert!(get(&town, "/notices/1/script").await.text().ends_with("xin gọi 0258 111 2222.\n"));
}

#[tokio::test]
async fn a_dossier_s_page_is_one_round_trip_while_measures_run() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    let id = accepted(&town, "G22-1").await;
    page(&town, &format!("/d/{id}")).await;
    town.office.wire().reset();
    page(&town, &format!("/d/{id}")).await;
    assert_eq!(town.office.wire().tally().round_trips(), 1);
}

#[tokio::test]
async fn each_agency_has_its_own_notices_at_its_own_host_or_path() {
    let town = hosts::offices().await;
    let [one, other] = ["H32.02", "H32.03"].map(|code| AgencyCode::parse(code).unwrap());
    let guided = vec![effect(Measure::Guidance, on(1), None)];
    published_by(&town, &one, about(&town, "Của Sở Xây dựng", guided.clone())).await;
    published_by(&town, &one, about(&town, "Thứ hai", guided.clone())).await;
    published_by(&town, &other, about(&town, "Của Sở Tài chính", guided)).await;
    let at = async |target: &str| asked(&town, Some("chung.example"), target, &[]).await;
    let shown = at("/sxd/notices/1").await;
    assert_eq!(shown.status().as_u16(), 200);
    assert!(shown.text().contains("Của Sở Xây dựng") && shown.text().contains("href=\"/sxd/notices/1/poster\""));
    assert!(at("/stc/notices/1").await.text().contains("Của Sở Tài chính"));
    let list = at("/sxd/notices").await;
    assert!(list.text().contains("Thứ hai") && !list.text().contains("Của Sở Tài chính"), "{}", list.text());
    assert!(at("/stc").await.text().contains("href=\"/stc/notices/1\""));
    assert!(at("/sxd/notices.atom").await.text().contains("https://chung.example/sxd/notices/1"));
    assert!(at("/sxd/notices/1/poster").await.text().contains("/sxd/notices/poster.css"));
    assert_eq!(at("/sxd/notices/poster.css").await.status().as_u16(), 200);
    // A number of another agency is a number of none.
    for target in ["/stc/notices/2", "/stc/notices/2.txt", "/stc/notices/2/poster"] {
        assert_eq!(at(target).await.status().as_u16(), 404, "{target}");
    }
    assert_eq!(at("/notices").await.status().as_u16(), 404, "no agency has this host without a segment");
}
