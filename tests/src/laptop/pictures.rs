//! The pictures of README.

use std::path::Path;

use fantoccini::Locator;
use tokio::process::Command;

use super::Laptop;
use super::browser::Browser;
use super::desk::signed_in;
use crate::runtime_api::binary;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "writes files of the repository: README tells the command"]
async fn readme_has_pictures_of_lists_dossiers_an_intake_a_slip_a_report_and_the_page_kit() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut seed = Command::new(binary("motcua-local"));
    let seeded = seed.args(["seed", "--dossiers", "120", "--data"]).arg(&data).output().await.unwrap();
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
    let laptop = Laptop::start(&["--data", data.to_str().unwrap()]).await;
    let browser = Browser::open().await;
    browser.client.set_window_size(DESK.0, DESK.1).await.unwrap();
    signed_in(&laptop, &browser, "manager").await;

    picture(&laptop, &browser, "work-list", "/desk").await;
    let dossier = first_of(&laptop, &browser, "paused").await;
    picture(&laptop, &browser, "dossier", &dossier).await;
    let slip = browser.client.find(Locator::Css("a[href*='/print/receipt']")).await.unwrap();
    let slip = slip.attr("href").await.unwrap().unwrap();
    picture(&laptop, &browser, "slip", &slip).await;
    picture(&laptop, &browser, "report", "/desk/reports?from=2020-01-01&to=2020-04-29").await;
    browser.client.goto(&format!("http://{}/desk/new", laptop.address)).await.unwrap();
    for (name, value) in [
        ("procedure", "1.005129"),
        ("applicant.name", "Công ty TNHH Thử Nghiệm"),
        ("applicant.phone", "0905123456"),
        ("applicant.address", "Lô 7, Khu kinh tế Vân Phong"),
    ] {
        let field = browser.client.find(Locator::Css(&format!("main [name='{name}']"))).await.unwrap();
        field.send_keys(value).await.unwrap();
    }
    for words in ["Giấy tờ đã nhận", "Đã tiếp nhận hồ sơ"] {
        browser.click("main form button.main").await;
        browser.shows(words).await;
    }
    kept(&browser, "intake").await;

    browser.client.set_window_size(PHONE.0, PHONE.1).await.unwrap();
    picture(&laptop, &browser, "phone-list", "/desk").await;
    picture(&laptop, &browser, "phone-dossier", &dossier).await;
    // As high as the whole page.
    browser.client.set_window_size(DESK.0, 6_000).await.unwrap();
    picture(&laptop, &browser, "kit", "/local/kit").await;
    browser.client.close().await.unwrap();
}

/// The window of a laptop.
const DESK: (u32, u32) = (1366, 768);
/// The window of a phone.
const PHONE: (u32, u32) = (390, 844);

/// Returns the page of the first dossier of a list.
async fn first_of(laptop: &Laptop, browser: &Browser, list: &str) -> String {
    browser.client.goto(&format!("http://{}/desk/lists/{list}", laptop.address)).await.unwrap();
    browser.client.find(Locator::Css("td.code a")).await.unwrap().attr("href").await.unwrap().unwrap()
}

async fn picture(laptop: &Laptop, browser: &Browser, name: &str, page: &str) {
    browser.client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
    kept(browser, name).await;
}

/// Keeps what the browser shows.
async fn kept(browser: &Browser, name: &str) {
    let png = browser.client.screenshot().await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
}
