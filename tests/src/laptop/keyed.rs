//! Somebody with a telephone and without scripts: from the SMS to paid, and from the slip to why the date moved. Each tap is
//! counted, and the README of `citizen` tells how many there are.

use fantoccini::Locator;
use rules::config::DEMO;

use super::accessible::{Checker, sideways};
use super::browser::Browser;
use super::heard;
use super::*;

/// The agency of the laptop, which sends links to a host of its own. The telephone here knows where that is.
const SENDING: &str = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
    hosts = [\"kktvanphong.example\"]\ntelephone = \"0258 000 0000\"\n\
    messages = { wait_minutes = 0, quiet_hours = \"none\" }\n";

/// A telephone in somebody's hand.
struct Hand {
    browser: Browser,
    taps: u32,
}

impl Hand {
    /// Opens a page by something outside of it: a link in an SMS, the camera.
    async fn of(address: &str, shows: &str) -> Self {
        let browser = Browser::without_scripts().await;
        browser.client.set_window_size(390, 844).await.unwrap();
        browser.client.goto(address).await.unwrap();
        browser.shows(shows).await;
        Self { browser, taps: 1 }
    }

    async fn taps(&mut self, css: &str, shows: &str) -> String {
        self.taps += 1;
        self.browser.click(css).await;
        self.browser.shows(shows).await
    }
}

async fn laptop(file: &Path) -> Laptop {
    std::fs::write(file, format!("{DEMO}\n{SENDING}")).unwrap();
    Laptop::start(&["--memory", "--config", file.to_str().unwrap(), "--now", crate::town::MORNING]).await
}

impl Laptop {
    /// Files a dossier, accepts it and asks for its fee; returns its id.
    async fn asks_for_a_fee(&self) -> String {
        let filed = self.submission("G22.99-1").await;
        let id = self.json(&filed).await["dossier"].as_str().unwrap().to_owned();
        self.clerk(&id, "accept", 1, json!({})).await;
        self.clerk(&id, "ask-fee", 2, json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
        id
    }

    /// Returns the link in the SMS whose text begins so after the code.
    async fn link_after(&self, words: &str) -> String {
        for _ in 0..100 {
            let sent = self.get("/local/outbox").await;
            let mut texts = sent.as_array().unwrap().iter().filter_map(|sms| sms["text"].as_str()).rev();
            if let Some(text) = texts.find(|text| text.contains(words)) {
                let link = &text[text.find("/t/").unwrap_or_else(|| panic!("no link in {text}"))..];
                let way = link.split([' ', '\n']).next().unwrap().trim_end_matches('.');
                return format!("http://{}{way}", self.address);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no SMS says {words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_link_of_the_sms_to_paid_it_is_five_taps() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = laptop(&folder.path().join("motcua.toml")).await;
    laptop.asks_for_a_fee().await;
    let link = laptop.link_after("can nop").await;
    let mut hand = Hand::of(&link, "Phải nộp").await;
    hand.taps("button[name=pay]", "Mở trang thanh toán").await;
    hand.taps("a.button.main", "Trả tiền").await;
    hand.taps("button[value=pay]", "Về trang của cơ quan").await;
    let back = hand.browser.client.find(Locator::Css("#back")).await.unwrap().attr("href").await.unwrap().unwrap();
    let way = back.strip_prefix("https://kktvanphong.example").unwrap();
    hand.taps += 1;
    hand.browser.client.goto(&format!("http://{}{way}", laptop.address)).await.unwrap();
    let back = hand.browser.shows("Cơ quan đã thu").await;
    assert!(back.contains("125.000 ₫"), "{back}");
    assert_eq!(hand.taps, 5);
    hand.browser.client.goto(&link).await.unwrap();
    hand.browser.shows("Khoản này đã nộp").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_link_of_the_sms_to_the_address_confirmed_it_is_three_taps_and_one_more_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = laptop(&folder.path().join("motcua.toml")).await;
    let (id, way) = laptop.asks_where_it_goes("12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh").await;
    let mut hand = Hand::of(&format!("http://{}{way}", laptop.address), "Nhận tại nhà qua bưu điện").await;
    hand.taps("button[value=post]", "Xem có đúng không").await;
    hand.taps("button[value=confirm]", "Đã ghi: kết quả được gửi qua bưu điện").await;
    assert_eq!(hand.taps, 3);
    let chosen = laptop.get(&format!("/api/v1/dossiers/{id}")).await["returns_by_post"].clone();
    hand.taps("button[value=desk]", "Đã ghi: nhận kết quả tại Bộ phận Một cửa").await;
    assert_eq!(hand.taps, 4);
    let taken_back = laptop.get(&format!("/api/v1/dossiers/{id}")).await["returns_by_post"].clone();
    assert_eq!((chosen, taken_back), (json!(true), json!(false)));
    hand.browser.client.close().await.unwrap();
    laptop.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_code_on_the_slip_to_why_the_date_moved_it_is_two_taps_and_four_digits() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = laptop(&folder.path().join("motcua.toml")).await;
    let id = laptop.asks_for_a_fee().await;
    laptop
        .clerk(&id, "record-cash-payment", 3, json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "1" }))
        .await;
    let mut hand = Hand::of(&format!("http://{}/d/{id}", laptop.address), "Số để mở hồ sơ").await;
    hand.browser.client.find(Locator::Css("#digits")).await.unwrap().send_keys("0001").await.unwrap();
    let told = hand.taps("form button.main", "Vì sao hẹn ngày này").await;
    assert!(told.contains("Những lần tạm dừng tính") && told.contains("chờ phí, lệ phí"), "{told}");
    assert_eq!(hand.taps, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_with_the_key_is_read_by_a_screen_reader_and_fits_a_small_telephone() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = laptop(&folder.path().join("motcua.toml")).await;
    let id = laptop.asks_for_a_fee().await;
    let pay = laptop.link_after("can nop").await;
    let (checker, browser) = (Checker::read(), Browser::open().await);
    browser.client.set_window_size(320, 700).await.unwrap();
    let mut faults = Vec::new();
    let mut looks = async |shows: &str| {
        browser.shows(shows).await;
        faults.extend(checker.faults(&browser).await);
        faults.extend(sideways(&browser).await);
        faults.extend(heard::faults(&browser).await);
    };
    let goes = async |address: String| browser.client.goto(&address).await.unwrap();
    let dossier = format!("http://{}/d/{id}", laptop.address);
    goes(dossier.clone()).await;
    looks("Số để mở hồ sơ").await;
    let types = async |digits: &str| {
        browser.client.find(Locator::Css("#digits")).await.unwrap().send_keys(digits).await.unwrap();
        browser.click("form button.main").await;
    };
    types("4321").await;
    looks("Số không đúng").await;
    types("0001").await;
    looks("Diễn biến").await;
    goes(format!("{dossier}?lang=en")).await;
    looks("What happened").await;
    goes(format!("http://{}/pay/{id}01", laptop.address)).await;
    looks("Đang kiểm tra khoản nộp").await;
    goes(pay).await;
    looks("Phải nộp").await;
    let buttons = heard::heard(&browser).await.into_iter().filter(|it| it.role == "button").map(|it| it.name);
    assert_eq!(buttons.collect::<Vec<_>>(), ["Nộp trực tuyến"]);
    browser.click("button[name=pay]").await;
    looks("Mở trang thanh toán").await;
    laptop
        .clerk(&id, "record-cash-payment", 3, json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "1" }))
        .await;
    goes(format!("{dossier}/paid/1")).await;
    looks("Xác nhận thanh toán").await;
    assert_eq!(faults, Vec::<String>::new());
}
