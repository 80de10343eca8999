//! Obstacles for a person with a screen reader, or with a phone alone.

use std::collections::{BTreeMap, BTreeSet};

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use super::browser::{Browser, PATIENCE};
use super::desk::signed_in;
use super::*;
use crate::runtime_api::target;

/// Everything that the checker finds on a page, however little it matters.
const CHECK: &str = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(found => done(
    found.violations.map(it => it.impact + ' ' + it.id + ': ' + it.nodes[0].html)))";
/// Whether a page is wider than its window.
const WIDE: &str = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
/// Everything that can be pressed and is smaller than 24 pixels either way. A link within a sentence may be as high as
/// its line.
const SMALL: &str = "
    const shown = it => it.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })
        && !it.closest('.unseen, .skip');
    const said = it => getComputedStyle(it).display === 'inline'
        && it.parentElement.textContent.trim().length > it.textContent.trim().length;
    return [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
        .filter(it => shown(it) && !said(it)).map(it => [it, it.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([it, box]) => 'small ' + Math.round(box.width) + 'x' + Math.round(box.height) + ': ' + it.outerHTML.slice(0, 120))";
/// Everything whose ring is hard to see when it has the keyboard: the outline has to stand out by 3 to 1 from the line
/// within it, and one of the two from what lies behind.
const RING: &str = "
    const numbers = text => text.match(/[\\d.]+/g).map(Number);
    const luminance = text => numbers(text).slice(0, 3).map(it => it / 255)
        .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
        .reduce((sum, it, place) => sum + it * [0.2126, 0.7152, 0.0722][place], 0);
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const behind = it => {
        for (let at = it.parentElement; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if ((numbers(colour)[3] ?? 1) === 1) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    return [...document.querySelectorAll('a[href], button:enabled, summary, input:not([type=hidden]), select, textarea, [tabindex=\"0\"]')]
        .filter(it => it.checkVisibility({ contentVisibilityAuto: true })).flatMap(it => {
            it.focus();
            const { outlineColor, outlineWidth, boxShadow } = getComputedStyle(it);
            const ground = behind(it);
            const line = boxShadow.startsWith('rgb') ? boxShadow.slice(0, boxShadow.indexOf(')') + 1) : ground;
            const seen = it.matches(':focus-visible') && parseFloat(outlineWidth) >= 3
                && contrast(outlineColor, line) >= 3
                && Math.max(contrast(outlineColor, ground), contrast(line, ground)) >= 3;
            return seen ? [] : ['ring ' + outlineColor + ' ' + boxShadow + ' on ' + ground + ': ' + it.outerHTML.slice(0, 120)];
        })";
/// The pages of the desk that a page leads to.
pub(super) const LINKS: &str = "return [...document.querySelectorAll('a[href]')]
    .filter(it => it.origin === location.origin && it.hash === '' && it.pathname.startsWith('/desk'))
    .map(it => it.pathname + it.search)";
/// The widths of a small phone, of a laptop at 200 %, and of a phone.
const WIDTHS: [u32; 3] = [320, 683, 390];

/// The accessibility checker that `tests/web/install` puts beside the build.
pub(super) struct Checker(String);

impl Checker {
    pub(super) fn read() -> Self {
        let file = target().join("web").join("axe.min.js");
        Self(std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("./tests/web/install puts {}", file.display())))
    }

    /// Returns the faults of the page that the browser shows, what is too small on it, and whether it scrolls sideways.
    pub(super) async fn faults(&self, browser: &Browser) -> Vec<String> {
        let client = &browser.client;
        client.wait().at_most(PATIENCE).for_element(Locator::Css("h1, h2")).await.unwrap();
        let page = client.current_url().await.unwrap().path().to_owned();
        client.execute(&self.0, Vec::new()).await.unwrap();
        let wrong = client.execute_async(CHECK, Vec::new()).await.unwrap();
        let small = client.execute(SMALL, Vec::new()).await.unwrap();
        let all = wrong.as_array().unwrap().iter().chain(small.as_array().unwrap());
        let mut found: Vec<_> = all.map(|it| format!("{page}: {it}")).collect();
        // A form for paper has the width of paper.
        if !page.contains("/print") && client.execute(WIDE, Vec::new()).await.unwrap() == json!(true) {
            found.push(format!("{page} scrolls sideways"));
        }
        found
    }
}

/// Widths at which the page that the browser shows scrolls sideways; the last one stays.
pub(super) async fn sideways(browser: &Browser) -> Vec<String> {
    let client = &browser.client;
    let page = client.current_url().await.unwrap().path().to_owned();
    let mut found = Vec::new();
    for width in WIDTHS {
        client.set_window_size(width, 844).await.unwrap();
        // The window has its size a moment after it was asked for it.
        while client.execute("return innerWidth", Vec::new()).await.unwrap() != json!(width) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // A form for paper has the width of paper.
        if !page.contains("/print") && client.execute(WIDE, Vec::new()).await.unwrap() == json!(true) {
            found.push(format!("{page} scrolls sideways at {width}"));
        }
    }
    found
}

/// Faults that were found, the number of pages of each kind, and the dossiers that were met.
type Walk = (Vec<String>, BTreeMap<String, usize>, BTreeSet<String>);

/// Kind of a page: its path, with a star for whatever names one of many, and the names in its query.
pub(super) fn kind(page: &str) -> String {
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let is_id = |part: &str| part.len() == 12 && part.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    let names_one = |part: &str| is_id(part) || part.len() > 5 && part.chars().any(|c| c.is_ascii_digit());
    let path: Vec<_> = path.split('/').map(|part| if names_one(part) { "*" } else { part }).collect();
    let mut names: Vec<_> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    names.sort_unstable();
    format!("{}?{}", path.join("/"), names.join("&"))
}

/// Returns what is hard to see on a page when it has the keyboard.
pub(super) async fn rings(browser: &Browser, page: &str) -> Vec<String> {
    browser.client.active_element().await.unwrap().send_keys(&char::from(Key::Tab).to_string()).await.unwrap();
    let rings = browser.client.execute(RING, Vec::new()).await.unwrap();
    rings.as_array().unwrap().iter().map(|ring| format!("{page}: {ring}")).collect()
}

/// Follows every link of the desk from a role's first page: each kind of page once, dossiers eight times. A kind that
/// another role `saw` is not opened again, unless it is a list or a dossier, which differ by role.
async fn walked(
    laptop: &Laptop,
    browser: &Browser,
    checker: &Checker,
    (role, saw): (&str, &BTreeMap<String, usize>),
) -> Walk {
    signed_in(laptop, browser, role).await;
    let mut dossiers = BTreeSet::new();
    let (mut ahead, mut kinds, mut found) = (vec!["/desk".to_owned()], BTreeMap::<String, usize>::new(), Vec::new());
    while let Some(page) = ahead.pop() {
        browser.client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
        found.extend(checker.faults(browser).await);
        found.extend(sideways(browser).await);
        let links = browser.client.execute(LINKS, Vec::new()).await.unwrap();
        for link in links.as_array().unwrap().iter().map(|link| link.as_str().unwrap()) {
            dossiers.extend(link.strip_prefix("/desk/dossiers/").filter(|id| id.len() == 12).map(str::to_owned));
            let kind = kind(link);
            let elsewhere = ["/language/", ".xlsx", ".csv", "/files/"].iter().any(|part| link.contains(part));
            let most = match kind.as_str() {
                "/desk/dossiers/*?" if saw.is_empty() => 8,
                "/desk/dossiers/*?" => 2,
                kind if saw.contains_key(kind) && !kind.starts_with("/desk?") => 0,
                _ => 1,
            };
            let times = kinds.entry(kind).or_default();
            if *times < most && !elsewhere && !ahead.iter().any(|page| page == link) {
                *times += 1;
                ahead.push(link.to_owned());
            }
        }
    }
    (found, kinds, dossiers)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_stumbles_over_anything_in_the_sample_office_nor_in_the_page_kit() {
    let checker = Checker::read();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("office");
    let laptop = Laptop::start(&["--sample=40", "--data", data.to_str().unwrap()]).await;
    let browser = Browser::open().await;
    let mut found = Vec::new();
    for page in [
        "/local/kit",
        "/local/kit?lang=en",
        "/local/kit/print",
        "/local",
        "/local/pay",
        "/local/outbox",
        "/local/at-portal",
    ] {
        browser.client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
        found.extend(checker.faults(&browser).await);
        found.extend(sideways(&browser).await);
        if page.contains("kit") {
            found.extend(rings(&browser, page).await);
        }
    }
    browser.client.close().await.unwrap();
    let (mut dossiers, mut saw) = (BTreeSet::new(), BTreeMap::new());
    for (role, most) in [("manager", 45), ("clerk", 25), ("specialist", 25), ("administrator", 10)] {
        let browser = Browser::open().await;
        let (wrong, kinds, met) = walked(&laptop, &browser, &checker, (role, &saw)).await;
        browser.client.close().await.unwrap();
        found.extend(wrong.into_iter().map(|fault| format!("{role}: {fault}")));
        assert!(kinds.len() > most, "{role}: {} {kinds:?}", kinds.len());
        dossiers.extend(met);
        saw.extend(kinds);
    }
    // The public pages: those of the dossiers that the walk met, and those of no dossier.
    assert!(dossiers.len() >= 8, "{dossiers:?}");
    let browser = Browser::open().await;
    let others = ["d", "d?code=1", "d/ZZZZZZZZZZZZ", "d?lang=en"].map(str::to_owned);
    let of_dossiers = dossiers.iter().take(8).flat_map(|id| [format!("d/{id}"), format!("d/{id}?lang=en")]);
    for page in of_dossiers.chain(others) {
        browser.client.goto(&format!("http://{}/{page}", laptop.address)).await.unwrap();
        found.extend(checker.faults(&browser).await);
        found.extend(sideways(&browser).await);
        found.extend(rings(&browser, &page).await);
    }
    browser.client.close().await.unwrap();
    assert!(found.is_empty(), "{found:#?}");
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
    let pages = [
        "",
        "/new",
        "/search",
        "/money",
        "/calls",
        "/aside",
        "/reports",
        "/register",
        "/register/print",
        "/admin/audit",
    ];
    let pages = pages.map(|page| format!("/desk{page}"));
    let money = ["book", "book?channel=vnpay-demo", "settlement"].map(|page| format!("/desk/money/{page}"));
    let of_one =
        [dossier.clone(), below("pay?attempt=1"), below("print/receipt-2"), below("print/control"), below("messages")];
    let administration = ["catalogue", "calendar", "health", "keys", "staff"].map(|page| format!("/desk/admin/{page}"));
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
