//! A dossier's life through the pages.

use super::*;
use rules::http::Reply;

/// The sample procedure of the stories: originals are compared at its second step.
const PERMIT: &str = "1.005129";

/// Files a dossier at the desk; returns its id.
async fn filed(browser: &mut Browser<'_>) -> String {
    let page = browser.get("/desk/new").await;
    assert!(page.text().contains(PERMIT), "the catalogue is offered");
    let form = Filled::on(page.text(), "/desk/new")
        .with("procedure", PERMIT)
        .with("filing", "desk")
        .with("applicant.name", "Công ty TNHH Thử Nghiệm")
        .with("applicant.phone", "0905 123 456");
    let asked = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(asked.status().as_u16(), 200, "{}", asked.text());
    assert!(asked.text().contains("Giấy tờ đã nhận"), "what was handed over is asked next: {}", asked.text());
    let form = Filled::on(asked.text(), "/desk/new");
    let answer = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(answer.status().as_u16(), 303, "{}", answer.text());
    let again = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(location(&again), location(&answer), "a second click files nothing");
    let path = location(&answer).split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_dossier_lives_from_intake_to_the_result_and_each_step_says_before_what_it_will_do() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let id = filed(&mut browser).await;
    let path = format!("/desk/dossiers/{id}");
    for (command, typed) in [
        ("accept", &[][..]),
        ("enter-step", &[("step", "verification")]),
        ("pause-clock", &[("reason", "originals"), ("papers", "GPXD-DON"), ("papers", "GPXD-BV")]),
    ] {
        let done = give(&mut browser, &id, command, typed).await;
        assert_eq!(location(&done), format!("{path}?done={command}"), "{}", done.text());
    }
    // The next morning: the session of the day before is over.
    town.until("2020-04-16T09:00:00+07:00");
    let mut browser = seated(&town, "clerk").await;
    let shown = browser.get(&path).await.text().to_owned();
    for words in ["Yêu cầu bổ sung giấy tờ", "Dừng tính, chờ bản chính", "Công ty TNHH Thử Nghiệm", "class=\"paused\""]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let receipt = [("papers", "GPXD-DON"), ("papers", "GPXD-BV"), ("minutes_no", "12"), ("by", "hand")];
    give(&mut browser, &id, "record-receipt", &receipt).await;
    give(&mut browser, &id, "ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", "125.000")]).await;
    give(
        &mut browser,
        &id,
        "record-cash-payment",
        &[("attempt", "1"), ("amount_vnd", "125.000 ₫"), ("receipt_no", "BL-1")],
    )
    .await;
    give(&mut browser, &id, "record-result", &[("kind", "positive")]).await;
    let handed = [("to", "applicant"), ("shown", "citizen_card"), ("paper_no", "056084000001")];
    give(&mut browser, &id, "hand-out", &handed).await;
    let shown = browser.get(&path).await.text().to_owned();
    for words in ["Đã trả kết quả", "đã nhận bản chính", "125.000 ₫", "BL-1"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    assert!(!shown.contains("<div class=\"wide\"></div>"), "every event is told");
    // Each form for which the history gives a reason can be printed.
    let printed: Vec<_> =
        shown.split(&format!("{path}/print/")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(printed.len() >= 3, "{printed:?}");
    for form in printed {
        let page = browser.get(&format!("{path}/print/{form}")).await;
        assert_eq!(page.status().as_u16(), 200, "{form}");
        assert!(page.text().to_uppercase().contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{form}");
    }
}

#[tokio::test]
async fn the_preview_names_the_new_state_and_the_message_and_records_nothing() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let id = filed(&mut browser).await;
    let path = format!("/desk/dossiers/{id}/accept");
    let form = Filled::on(browser.get(&path).await.text(), &path);
    let preview = browser.post(&path, &form.fields()).await.text().to_owned();
    for words in ["Mới đăng ký → ", "Da tiep nhan ho so", "•••••••456", "hen tra 08/05/2020"] {
        assert!(preview.contains(words), "{words} in {preview}");
    }
    assert!(browser.get(&format!("/desk/dossiers/{id}")).await.text().contains("Mới đăng ký"));
}

#[tokio::test]
async fn who_was_slower_is_shown_what_changed_and_overwrites_nothing() {
    let town = Town::new().await;
    let (mut one, mut other) = (seated(&town, "clerk").await, seated(&town, "specialist").await);
    let id = filed(&mut one).await;
    town.knows("chuyenvien01", "specialist").await;
    let path = format!("/desk/dossiers/{id}/accept");
    let seen = Filled::on(one.get(&path).await.text(), &path);
    let preview = one.post(&path, &seen.fields()).await;
    give(&mut other, &id, "forward", &[("to", "chuyenvien01")]).await;

    let late = one.post(&path, &seen.fields()).await;
    assert_eq!(late.status().as_u16(), 409);
    for words in ["hồ sơ đã thay đổi", "Chuyển cho chuyenvien01"] {
        assert!(late.text().contains(words), "{words} in {}", late.text());
    }
    let confirmed = one.post(&path, &Filled::on(preview.text(), &path).with("confirm", "1").fields()).await;
    assert_eq!(confirmed.status().as_u16(), 409);
    assert!(confirmed.text().contains("Chuyển cho chuyenvien01"), "{}", confirmed.text());
    let again = Filled::on(confirmed.text(), &path).with("confirm", "1");
    assert_eq!(one.post(&path, &again.fields()).await.status().as_u16(), 303);
    // A second click on the same confirmation finds the result of the first.
    assert_eq!(one.post(&path, &again.fields()).await.status().as_u16(), 303);
    let events = town.events(rules::id::DossierId::parse(&id).unwrap()).await;
    assert_eq!(events.iter().filter(|event| matches!(event, rules::dossier::Event::Accepted { .. })).count(), 1);
}

#[tokio::test]
async fn the_lists_the_search_and_the_money_show_what_there_is() {
    let town = Town::new().await;
    let mut browser = seated(&town, "manager").await;
    let id = filed(&mut browser).await;
    town.office.deliver().await.unwrap();
    let list = browser.get("/desk/lists/new").await.text().to_owned();
    assert!(list.contains(&id) && list.contains("Công ty TNHH Thử Nghiệm"), "{list}");
    for path in [
        "/desk",
        "/desk/lists/late",
        "/desk/lists/ready?filing=post&mine=1",
        "/desk/money",
        "/desk/calls",
        "/desk/reports",
        "/desk/search",
    ] {
        assert_eq!(browser.get(path).await.status().as_u16(), 200, "{path}");
    }
    let csrf = csrf_in(&list);
    let found = browser.post("/desk/search", &[("csrf", &csrf), ("q", "thu nghiem"), ("by", "")]).await;
    assert!(found.text().contains(&id), "{}", found.text());
    let by_id = browser.post("/desk/search", &[("csrf", &csrf), ("q", &id), ("by", "code")]).await;
    assert_eq!(location(&by_id), format!("/desk/dossiers/{id}"));
    let english = browser.get("/desk/language/en?back=%2Fdesk%2Flists%2Fnew").await;
    assert_eq!(location(&english), "/desk/lists/new");
    assert!(browser.get("/desk/lists/new").await.text().contains("Applicant"));
}

#[tokio::test]
async fn one_command_goes_to_many_dossiers_and_those_that_decline_say_why() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let (one, other) = (filed(&mut browser).await, filed(&mut browser).await);
    give(&mut browser, &other, "accept", &[]).await;
    let csrf = browser.csrf("/desk/lists/new").await;
    let chosen = [("csrf", csrf.as_str()), ("command", "accept"), ("id", &one), ("id", &other)];
    let preview = browser.post("/desk/bulk", &chosen).await;
    assert!(preview.text().contains("Không thể tiếp nhận"), "{}", preview.text());
    let confirmed = Filled::on(preview.text(), "/desk/bulk").with("confirm", "1");
    let done = browser.post("/desk/bulk", &confirmed.fields()).await;
    assert!(done.text().contains("đã ghi"), "{}", done.text());
    assert!(browser.get(&format!("/desk/dossiers/{one}")).await.text().contains("Được tiếp nhận"));
}
