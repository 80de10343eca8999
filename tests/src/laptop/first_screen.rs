//! The first screen of a dossier: what is needed to act is seen without scrolling, at a desk and on a phone, and the
//! acts of every day are few.

use std::collections::BTreeMap;

use fantoccini::Locator;
use fantoccini::key::Key;

use super::browser::Browser;
use super::desk::signed_in;
use super::*;

/// Size of the commonest screen of an office.
const DESK: (u32, u32) = (1366, 768);
/// Size of a phone.
const PHONE: (u32, u32) = (390, 844);

/// Lower edges of what a dossier's page shows, by its name, as far as it is there.
const EDGES: &str = "const found = {};
    for (const [name, css] of Object.entries(arguments[0])) {
        const it = document.querySelector(css);
        if (it && it.innerText.trim()) found[name] = it.getBoundingClientRect().bottom + scrollY;
    }
    return found";

/// Pages that lead to dossiers: those that stand, those that are late or near it, and those that are over.
const LISTS: [&str; 10] = [
    "lists/new",
    "lists/running",
    "lists/late",
    "lists/soon",
    "lists/originals",
    "lists/fee",
    "lists/paused",
    "lists/ready",
    "lists/decide",
    "register?from=2020-02-01&to=2020-03-31",
];
/// Most dossiers of one list.
const OF_EACH: usize = 3;

/// Paths of the first dossiers of a list.
async fn first_of(laptop: &Laptop, browser: &Browser, list: &str) -> Vec<String> {
    browser.client.goto(&format!("http://{}/desk/{list}", laptop.address)).await.unwrap();
    let links = browser.client.find_all(Locator::Css("main a[href^='/desk/dossiers/']")).await.unwrap();
    let mut paths = Vec::new();
    for link in links.iter().take(OF_EACH) {
        paths.push(link.attr("href").await.unwrap().unwrap());
    }
    paths
}

/// Looks at a page through a window of this size; returns the lower edges.
async fn edges(browser: &Browser, (width, height): (u32, u32), address: &str) -> BTreeMap<String, f64> {
    browser.client.set_window_size(width, height).await.unwrap();
    browser.client.goto(address).await.unwrap();
    browser.shows("Việc tiếp theo").await;
    let looked_for = json!({
        "name": ".whose strong",
        "state": ".case .tag",
        "holder": ".case .small strong",
        "due": ".deadline .due",
        "reason": ".why",
        "act": ".buttons .button.main",
        "over": ".over",
    });
    let seen = browser.client.execute("return innerWidth", Vec::new()).await.unwrap();
    assert_eq!(seen, json!(width), "the width of the page");
    let found = browser.client.execute(EDGES, vec![looked_for]).await.unwrap();
    serde_json::from_value(found).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_screen_of_every_kind_of_dossier_holds_what_is_needed_to_act() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("office");
    let laptop = Laptop::start(&["--sample=30", "--data", data.to_str().unwrap()]).await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "manager").await;
    let mut seen = BTreeMap::new();
    for list in LISTS {
        let paths = first_of(&laptop, &browser, list).await;
        assert!(!paths.is_empty() || ["lists/late", "lists/soon", "lists/decide"].contains(&list), "{list} is empty");
        seen.extend(paths.into_iter().map(|path| (path, list)));
    }
    assert!(seen.len() >= 10, "ten different dossiers: {seen:?}");
    let mut wrong = Vec::new();
    for (path, list) in &seen {
        let address = format!("http://{}{path}", laptop.address);
        for (size, needed) in
            [(DESK, &["name", "state", "holder", "due", "reason"][..]), (PHONE, &["name", "state", "due"])]
        {
            let edges = edges(&browser, size, &address).await;
            let is_seen = |part: &&&str| edges.get(**part).is_some_and(|bottom| *bottom <= f64::from(size.1));
            let mut missing: Vec<_> = needed.iter().filter(|part| !is_seen(part)).collect();
            // A dossier that is over says so, and has no main button.
            let has_end = is_seen(&&"over") && list.starts_with("register");
            if !(is_seen(&&"act") || has_end) {
                missing.push(&"act");
            }
            if !missing.is_empty() {
                wrong.push(format!("{path} of {list} at {size:?}: {missing:?} of {edges:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    browser.client.close().await.unwrap();
}

/// Somebody at work, whose acts are counted: each click, each form that is sent and each field that is filled.
struct Hands<'b> {
    browser: &'b Browser,
    by_keys: bool,
    acts: usize,
}

impl Hands<'_> {
    /// Follows a link or presses a button.
    async fn presses(&mut self, css: &str) {
        self.acts += 1;
        if self.by_keys {
            self.reaches(css).await;
            self.browser
                .client
                .active_element()
                .await
                .unwrap()
                .send_keys(&char::from(Key::Enter).to_string())
                .await
                .unwrap();
        } else {
            self.browser.click(css).await;
        }
    }

    async fn fills(&mut self, css: &str, value: &str) {
        self.acts += 1;
        if self.by_keys {
            self.reaches(css).await;
            self.browser.client.active_element().await.unwrap().send_keys(value).await.unwrap();
        } else {
            self.browser.client.find(Locator::Css(css)).await.unwrap().send_keys(value).await.unwrap();
        }
    }

    /// Goes by the tabulator to an element.
    async fn reaches(&self, css: &str) {
        for _ in 0..60 {
            let there = "return document.activeElement.matches(arguments[0])";
            if self.browser.client.execute(there, vec![json!(css)]).await.unwrap() == json!(true) {
                return;
            }
            let active = self.browser.client.active_element().await.unwrap();
            active.send_keys(&char::from(Key::Tab).to_string()).await.unwrap();
        }
        panic!("the keyboard does not come to {css}");
    }

    /// Sends a command's form, looks at what will happen, and confirms it.
    async fn confirms(&mut self) {
        self.presses("main form .main").await;
        self.browser
            .client
            .wait()
            .at_most(super::browser::PATIENCE)
            .for_element(Locator::Css("[name=confirm]"))
            .await
            .unwrap();
        self.presses("[name=confirm]").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dossier_is_accepted_resumed_and_handed_out_in_few_acts_by_keyboard_and_by_phone() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "clerk").await;
    for (by_keys, size, code) in [(true, DESK, "G22-K"), (false, PHONE, "G22-P")] {
        browser.client.set_window_size(size.0, size.1).await.unwrap();
        let answer = laptop.json(&laptop.submission(code).await).await;
        let id = answer["dossier"].as_str().unwrap().to_owned();
        let page = format!("http://{}/desk/dossiers/{id}", laptop.address);
        let opens = async |words: &str| {
            browser.client.goto(&page).await.unwrap();
            browser.shows(words).await;
        };
        let hands = || Hands { browser: &browser, by_keys, acts: 0 };

        opens("Mới đăng ký").await;
        let mut at_work = hands();
        at_work.presses(".buttons a[href$='/accept']").await;
        browser.shows("Xem trước").await;
        at_work.confirms().await;
        browser.shows("Đã tiếp nhận, mã").await;
        at_work.presses(".notice.done a[href*='/print/receipt']").await;
        browser.shows("Độc lập - Tự do - Hạnh phúc").await;
        assert!(at_work.acts <= 4, "accepting and printing takes {} acts", at_work.acts);

        let papers = json!({ "reason": "originals", "papers": ["GPXD-DON", "GPXD-BV"] });
        laptop.clerk(&id, "pause-clock", 2, papers).await;
        opens("Dừng tính, chờ bản chính").await;
        let mut at_work = hands();
        at_work.presses(".buttons a[href$='/record-receipt']").await;
        browser.shows("Số biên bản giao nhận").await;
        at_work.fills("[name=minutes_no]", "BB-12").await;
        at_work.confirms().await;
        browser.shows("đã nhận đủ, tính tiếp").await;
        assert!(at_work.acts <= 5, "receiving originals takes {} acts", at_work.acts);

        laptop.clerk(&id, "record-result", 4, json!({ "kind": "positive" })).await;
        opens("Có kết quả").await;
        let mut at_work = hands();
        at_work.presses(".buttons a[href$='/hand-out']").await;
        browser.shows("Số giấy tờ đã xuất trình").await;
        at_work.fills("[name=paper_no]", "056084000001").await;
        at_work.confirms().await;
        browser.shows("Đã trả kết quả").await;
        assert!(at_work.acts <= 5, "handing out takes {} acts", at_work.acts);

        let mut at_work = hands();
        browser.client.goto(&format!("http://{}/desk/new", laptop.address)).await.unwrap();
        browser.shows("Gõ mã hoặc tên thủ tục").await;
        at_work.fills("#find", "0905 000 001").await;
        at_work.presses("form.find button").await;
        browser.shows("Tìm thấy theo").await;
        assert!(at_work.acts <= 2, "finding what a caller names takes {} acts", at_work.acts);
    }
    browser.client.close().await.unwrap();
}
