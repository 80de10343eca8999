//! The desk in Chromium, on a phone's window: by keyboard alone, and with scripts off.

use fantoccini::Locator;
use fantoccini::key::Key;

use super::Laptop;
use super::browser::Browser;

/// Somebody at the keyboard: every key that is pressed beside the applicant's own data is counted.
struct Keyboard<'b> {
    browser: &'b Browser,
    pressed: usize,
}

impl Keyboard<'_> {
    async fn press(&mut self, keys: &str) {
        self.pressed += keys.chars().filter(|key| *key != NOTHING).count();
        let active = self.browser.client.active_element().await.unwrap();
        active.send_keys(keys).await.unwrap();
    }

    /// Types data that the office would have to write on paper too.
    async fn write(&mut self, data: &str) {
        let before = self.pressed;
        self.press(data).await;
        self.pressed = before;
    }

    /// Presses a page's own key, held with Alt.
    async fn with_alt(&mut self, key: char) {
        self.press(&format!("{}{key}{NOTHING}", char::from(Key::Alt))).await;
    }

    async fn enter(&mut self) {
        self.press(&char::from(Key::Enter).to_string()).await;
    }

    async fn tab(&mut self) {
        self.press(&char::from(Key::Tab).to_string()).await;
    }
}

/// Character that releases the keys that are held.
const NOTHING: char = '\u{e000}';

pub(super) async fn signed_in(laptop: &Laptop, browser: &Browser, role: &str) {
    browser.client.goto(&format!("http://{}/desk", laptop.address)).await.unwrap();
    browser.click(&format!("button[value^='{role}']")).await;
    browser.shows("Đăng xuất").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_takes_in_pauses_and_resumes_by_keyboard_alone_with_few_keys() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "clerk").await;

    let mut keys = Keyboard { browser: &browser, pressed: 0 };
    keys.with_alt('n').await;
    browser.shows("Gõ mã hoặc tên thủ tục").await;
    keys.press("1.005129").await;
    keys.tab().await;
    keys.tab().await;
    keys.write("Công ty TNHH Thử Nghiệm").await;
    keys.tab().await;
    keys.write("0905123456").await;
    keys.enter().await;
    browser.shows("Giấy tờ đã nhận").await;
    keys.enter().await;
    browser.shows("Đã nhận hồ sơ vào sổ").await;
    assert_eq!(keys.pressed, 15, "keys for an intake, as README says: fewer than 60");

    for (key, done) in [('a', "Đã tiếp nhận, mã"), ('j', "Đã chuyển sang bước")] {
        keys.with_alt(key).await;
        browser.shows("Xem trước").await;
        keys.enter().await;
        browser.shows("Kiểm tra trước khi ghi").await;
        keys.enter().await;
        browser.shows(done).await;
    }

    keys.pressed = 0;
    keys.with_alt('p').await;
    browser.shows("Xem trước").await;
    keys.enter().await;
    browser.shows("Kiểm tra trước khi ghi").await;
    keys.enter().await;
    browser.shows("Dừng tính, chờ bản chính").await;
    assert_eq!(keys.pressed, 4, "keys for a pause, as README says: 6 at most");

    keys.pressed = 0;
    keys.with_alt('r').await;
    browser.shows("Số biên bản giao nhận").await;
    keys.write("12").await;
    keys.enter().await;
    browser.shows("Kiểm tra trước khi ghi").await;
    keys.enter().await;
    browser.shows("Đã nhận trực tiếp, biên bản 12").await;
    assert_eq!(keys.pressed, 4, "keys for a receipt, as README says: 6 at most");
    browser.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_scripts_off_everything_works_in_english_too() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let (id, _) = laptop.asked("G22.99-200415-0001").await;
    let browser = Browser::without_scripts().await;
    signed_in(&laptop, &browser, "clerk").await;
    browser.click("a[hreflang=en]").await;
    browser.shows("Sign out").await;
    browser.client.goto(&format!("http://{}/desk/dossiers/{id}", laptop.address)).await.unwrap();
    browser.shows("What next").await;
    browser.click("a[href$='/forward']").await;
    browser.shows("Forward to").await;
    let specialist = "specialist.000.00.01.H32";
    browser.client.find(Locator::Css("#to")).await.unwrap().select_by_value(specialist).await.unwrap();
    browser.click("main form button").await;
    browser.shows("Check before it is recorded").await;
    browser.click("button[name=confirm]").await;
    let shown = browser.shows("What next").await;
    assert!(shown.contains("Forwarded to specialist"), "{shown}");
    browser.client.close().await.unwrap();
}
