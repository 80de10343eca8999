//! Every form of the desk with every field wrong, before the accessibility checker.

use std::collections::{BTreeMap, BTreeSet};

use fantoccini::Locator;
use serde_json::json;

use super::accessible::{Checker, LINKS, kind};
use super::browser::{Browser, PATIENCE};
use super::desk::signed_in;
use super::*;

/// Fills a page's form of this place among those that have something to fill in: nothing at all, or in each field more
/// than it takes; then sends it by its last button that is not quiet. Returns the form's address.
const SEND: &str = "
    const [place, much] = arguments;
    const own = form => form.method === 'post' && form.closest('main')
        && form.querySelector('input:not([type=hidden]), select, textarea');
    const form = [...document.forms].filter(own)[place];
    if (!form) return null;
    for (const it of form.querySelectorAll('input:not([type=hidden]), select, textarea')) {
        if (it.type === 'checkbox' || it.type === 'radio') it.checked = false;
        else if (it.type === 'file') continue;
        else if (it.tagName === 'SELECT') { if (much) it.selectedIndex = -1; }
        else it.value = much ? 'x'.repeat(600) : '';
    }
    for (const it of form.querySelectorAll('details')) it.open = true;
    window.before = true;
    const buttons = [...form.querySelectorAll('button:not([hidden]):not(.quiet)')];
    form.noValidate = true;
    form.requestSubmit(buttons[buttons.length - 1]);
    return new URL(form.action).pathname";
/// Whether the answer to a form is there.
const ANSWERED: &str = "return !window.before && document.readyState === 'complete'";
/// Whether a page tells mistakes.
const TELLS: &str = "return document.querySelector('#errors') !== null";

/// Dossiers opened: all of the office, so that a form of every stage of work is met.
const DOSSIERS: usize = 60;

/// Forms met, by kind, and whether one of their answers told a mistake.
#[derive(Default)]
struct Met {
    forms: BTreeMap<String, bool>,
    faults: Vec<String>,
}

/// Sends every form of a page, of a kind that was not met before, and looks at each answer.
async fn send_wrong(laptop: &Laptop, browser: &Browser, checker: &Checker, page: &str, met: &mut Met) {
    let client = &browser.client;
    let mut place = 0;
    loop {
        for much in [false, true] {
            client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
            let form = client.execute(SEND, vec![json!(place), json!(much)]).await.unwrap();
            let Some(form) = form.as_str().map(kind) else { return };
            let begun = std::time::Instant::now();
            while client.execute(ANSWERED, Vec::new()).await.unwrap_or_default() != json!(true) {
                assert!(begun.elapsed() < PATIENCE, "{form} on {page}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let tells = client.execute(TELLS, Vec::new()).await.unwrap() == json!(true);
            *met.forms.entry(form.clone()).or_default() |= tells;
            met.faults
                .extend(checker.faults(browser).await.into_iter().map(|fault| format!("answer of {form}: {fault}")));
        }
        place += 1;
    }
}

/// Opens each kind of page that a role's links lead to, and sends each of its forms once.
async fn visited(laptop: &Laptop, browser: &Browser, checker: &Checker, met: &mut Met) {
    let (mut ahead, mut seen) = (vec!["/desk".to_owned()], BTreeMap::<String, usize>::new());
    let mut sent = BTreeSet::new();
    while let Some(page) = ahead.pop() {
        browser.client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
        let links = browser.client.execute(LINKS, Vec::new()).await.unwrap();
        for link in links.as_array().unwrap().iter().map(|link| link.as_str().unwrap()) {
            let elsewhere = ["/language/", ".xlsx", ".csv", "/files/", "/print", "/help"];
            let most = if kind(link) == "/desk/dossiers/*?" { DOSSIERS } else { 1 };
            let times = seen.entry(kind(link)).or_default();
            if *times < most && !elsewhere.iter().any(|part| link.contains(part)) {
                *times += 1;
                ahead.push(link.to_owned());
            }
        }
        if sent.insert(kind(&page)) {
            send_wrong(laptop, browser, checker, &page, met).await;
        }
    }
}

/// Looks at the second and the third page of an intake with everything wrong in them.
async fn intake(laptop: &Laptop, browser: &Browser, checker: &Checker, met: &mut Met) {
    let client = &browser.client;
    client.goto(&format!("http://{}/desk/new", laptop.address)).await.unwrap();
    for (field, typed) in [("procedure", "1.005129"), ("applicant\\.name", "Công ty TNHH Thử Nghiệm")] {
        let field = client.find(Locator::Css(&format!("#{field}"))).await.unwrap();
        field.send_keys(typed).await.unwrap();
    }
    browser.click("main form button.main").await;
    browser.shows("Giấy tờ đã nhận").await;
    for (pressed, told) in [
        ("input[name='paper.GPXD-DON'][value=original], button[name=accept]", "Số biên bản giao nhận: "),
        ("button[value=supplement]", "Số biên bản giao nhận: "),
        ("input[name='paper.GPXD-DON'][value=''], button[value=supplement]", "Ghi và in phiếu"),
        ("button[name=confirm]", "Lý do: Cần điền mục này."),
    ] {
        for css in pressed.split(", ") {
            browser.click(css).await;
        }
        browser.shows(told).await;
        met.faults.extend(checker.faults(browser).await.into_iter().map(|fault| format!("intake, {told}: {fault}")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_stumbles_over_the_mistakes_of_any_form_in_the_sample_office() {
    let checker = Checker::read();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("office");
    let laptop = Laptop::start(&["--sample=40", "--data", data.to_str().unwrap()]).await;
    let mut met = Met::default();
    for role in ["manager", "administrator"] {
        let browser = Browser::open().await;
        signed_in(&laptop, &browser, role).await;
        visited(&laptop, &browser, &checker, &mut met).await;
        if role == "manager" {
            intake(&laptop, &browser, &checker, &mut met).await;
        }
        browser.client.close().await.unwrap();
    }
    assert!(met.faults.is_empty(), "{:#?}", met.faults);
    let silent: Vec<_> = met.forms.iter().filter(|(_, tells)| !**tells).map(|(form, _)| form.as_str()).collect();
    assert!(silent.is_empty(), "{silent:?} tell nothing");
    assert!(met.forms.len() >= 28, "{} {:#?}", met.forms.len(), met.forms);
}
