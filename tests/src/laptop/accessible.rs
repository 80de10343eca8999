//! Obstacles for a person with a screen reader, or with a phone alone.

use fantoccini::Locator;
use serde_json::json;

use super::browser::{Browser, PATIENCE};
use super::desk::signed_in;
use super::*;
use crate::runtime_api::target;

/// Everything serious that the checker finds on a page.
const CHECK: &str = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(found => done(
    found.violations.filter(it => ['serious', 'critical'].includes(it.impact)).map(it => it.id + ': ' + it.nodes[0].html)))";
/// Whether a page is wider than its window.
const WIDE: &str = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";

/// The accessibility checker that `tests/web/install` puts beside the build.
pub(super) struct Checker(String);

impl Checker {
    pub(super) fn read() -> Self {
        let file = target().join("web").join("axe.min.js");
        Self(std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("./tests/web/install puts {}", file.display())))
    }

    /// Returns the serious faults of the page that the browser shows, and whether it scrolls sideways.
    pub(super) async fn faults(&self, browser: &Browser) -> Vec<String> {
        let client = &browser.client;
        client.wait().at_most(PATIENCE).for_element(Locator::Css("h1, h2")).await.unwrap();
        let page = client.current_url().await.unwrap().path().to_owned();
        client.execute(&self.0, Vec::new()).await.unwrap();
        let wrong = client.execute_async(CHECK, Vec::new()).await.unwrap();
        let mut found: Vec<_> = wrong.as_array().unwrap().iter().map(|it| format!("{page}: {it}")).collect();
        // A form for paper has the width of paper.
        if !page.contains("/print") && client.execute(WIDE, Vec::new()).await.unwrap() == json!(true) {
            found.push(format!("{page} scrolls sideways"));
        }
        found
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_holds_anything_serious_for_the_accessibility_checker_nor_scrolls_sideways_on_a_phone() {
    let checker = Checker::read();
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let (id, _) = laptop.asked("G22.99-200415-0001").await;
    let dossier = format!("/desk/dossiers/{id}");
    let below = |path: &str| format!("{dossier}/{path}");
    let lists =
        ["new", "running", "late", "paused", "fee", "originals", "ready"].map(|list| format!("/desk/lists/{list}"));
    let pages = ["", "/new", "/search", "/money", "/aside", "/reports", "/register", "/register/print", "/admin/audit"];
    let pages = pages.map(|page| format!("/desk{page}"));
    let money = ["book", "book?channel=vnpay-demo", "settlement"].map(|page| format!("/desk/money/{page}"));
    let of_one = [dossier.clone(), below("pay?attempt=1"), below("print/receipt-2"), below("print/control")];
    let administration = ["catalogue", "calendar", "keys", "staff"].map(|page| format!("/desk/admin/{page}"));
    let mut found = Vec::new();
    for (role, pages) in
        [("manager", [&lists[..], &pages, &of_one, &money].concat()), ("administrator", administration.to_vec())]
    {
        let browser = Browser::open().await;
        signed_in(&laptop, &browser, role).await;
        for page in pages {
            browser.client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
            found.extend(checker.faults(&browser).await);
        }
        if role == "manager" {
            browser.client.goto(&format!("http://{}/desk/register", laptop.address)).await.unwrap();
            browser.click("form[action='/desk/register/export'] button").await;
            browser.shows("Về sổ").await;
            found.extend(checker.faults(&browser).await);
        }
        browser.client.close().await.unwrap();
    }
    assert!(found.is_empty(), "{found:#?}");
}
