//! The local pages in Chromium, on a phone's window.

use fantoccini::Locator;
use serde_json::json;

use super::Laptop;
use super::browser::Browser;
use super::desk::signed_in;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_shows_dossiers_money_messages_and_the_clock_and_its_buttons_work() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let (id, _) = laptop.asked("G22.99-200415-0001").await;
    let browser = Browser::open().await;
    browser.client.goto(&format!("http://{}/local", laptop.address)).await.unwrap();
    let shown = browser.shows("Một cửa trên máy này").await;
    for words in ["15/04/2020 08:00", "G22.99-200415-0001", "Dừng tính [6]", "125.000 ₫"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    assert!(shown.contains(&format!("{id}01")) && shown.contains("15 ngày làm việc"), "{shown}");
    browser.click("details summary").await;
    let shown = browser.shows("Căn cứ").await;
    for words in ["chờ nộp phí, lệ phí", "Quy định mẫu của thủ tục", "cán bộ clerk"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let figures = browser.client.find(Locator::Css("#figures")).await.unwrap().text().await.unwrap();
    for words in ["dừng tính 1 1 1 1 1", "Tỷ lệ hồ sơ trực tuyến theo Bộ chỉ số 766", "100,00 % (1/1)"]
    {
        assert!(figures.contains(words), "{words} in {figures}");
    }

    browser.click("button#sweep").await;
    browser.shows("Quét hạn ngay").await;
    let hours = browser.client.find(Locator::Css("#hours")).await.unwrap();
    hours.clear().await.unwrap();
    hours.send_keys("2").await.unwrap();
    browser.click("#hours + button").await;
    browser.shows("15/04/2020 10:00").await;
    browser.click("#working_days + button").await;
    let shown = browser.shows("16/04/2020 10:00").await;
    assert!(shown.contains("can nop 125.000d"), "{shown}");

    browser.client.goto(&format!("http://{}/local?lang=en", laptop.address)).await.unwrap();
    let shown = browser.shows("A one-stop office on this machine").await;
    assert!(shown.contains("Paused [6]"), "{shown}");
    // On a telephone's width only the lists scroll sideways.
    let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
    assert_eq!(browser.client.execute(wide, Vec::new()).await.unwrap(), json!(false));
    browser.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_pays_a_fee_in_the_browser_through_every_gateway() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let answer = laptop.json(&laptop.submission("G22-1").await).await;
    let id = answer["dossier"].as_str().unwrap().to_owned();
    laptop.clerk(&id, "accept", 1, json!({})).await;
    let config = crate::prompt::prompt();
    let channels: Vec<_> = config.channels().map(|channel| channel.id.clone()).collect();
    let browser = Browser::open().await;
    let local = format!("http://{}/local", laptop.address);
    for (place, channel) in channels.iter().enumerate() {
        let version = laptop.get(&format!("/api/v1/dossiers/{id}")).await["version"].as_u64().unwrap();
        let amount_vnd = 10_000 + 1_000 * place;
        laptop.clerk(&id, "ask-fee", version, json!({ "channel": channel, "amount_vnd": amount_vnd })).await;
        browser.client.goto(&local).await.unwrap();
        browser.shows("chưa nộp").await;
        browser.click(&format!("form.pay:has(input[name=attempt][value='{}']) button", place + 1)).await;
        let shown = browser.shows("giả lập").await;
        assert!(shown.contains(&format!("{}.000 ₫", 10 + place)), "{channel}: {shown}");
        browser.click("button[value=pay]").await;
        browser.shows("đã trả").await;
        let fees = laptop.get(&format!("/api/v1/dossiers/{id}")).await["fees"].clone();
        assert_eq!(fees[place]["state"], "paid", "{channel}: {fees}");
    }
    browser.client.goto(&local).await.unwrap();
    let shown = browser.shows("18.000 ₫").await;
    assert!(!shown.contains("chưa nộp"), "{shown}");
    browser.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_on_a_slip_opens_the_dossier_s_public_page_and_the_slip_says_whom_to_call() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let (id, _) = laptop.asked("G22.99-200415-0001").await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "clerk").await;
    let slip = format!("http://{}/desk/dossiers/{id}/print/receipt-2", laptop.address);
    browser.client.goto(&slip).await.unwrap();
    let shown = browser.shows("Theo dõi hồ sơ").await;
    assert!(shown.contains("Điện thoại: 0258 000 0000"), "{shown}");
    let address = browser.client.find(Locator::Css(".qr .address")).await.unwrap().text().await.unwrap();
    assert_eq!(address, format!("http://{}/d/{id}", laptop.address));
    browser.client.goto(&address).await.unwrap();
    let shown = browser.shows("Yêu cầu thực hiện nghĩa vụ tài chính").await;
    assert!(shown.contains("Nộp phí, lệ phí 125.000 ₫") && shown.contains("0258 000 0000"), "{shown}");
    browser.click("a[hreflang=en]").await;
    browser.shows("A fee is asked for").await;
    browser.client.goto(&format!("http://{}/d", laptop.address)).await.unwrap();
    browser.client.find(Locator::Css("#code")).await.unwrap().send_keys(&id.to_lowercase()).await.unwrap();
    browser.click("main form button").await;
    browser.shows("Yêu cầu thực hiện nghĩa vụ tài chính").await;
    browser.client.close().await.unwrap();
}
