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
async fn readme_has_pictures_of_a_list_a_dossier_a_slip_and_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut seed = Command::new(binary("motcua-local"));
    let seeded = seed.args(["seed", "--dossiers", "120", "--data"]).arg(&data).output().await.unwrap();
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
    let laptop = Laptop::start(&["--data", data.to_str().unwrap()]).await;
    let browser = Browser::open().await;
    browser.client.set_window_size(1180, 900).await.unwrap();
    signed_in(&laptop, &browser, "manager").await;

    picture(&laptop, &browser, "work-list", "/desk").await;
    let paused = format!("http://{}/desk/lists/paused", laptop.address);
    browser.client.goto(&paused).await.unwrap();
    let dossier = browser.client.find(Locator::Css("td.code a")).await.unwrap().attr("href").await.unwrap().unwrap();
    picture(&laptop, &browser, "dossier", &dossier).await;
    let slip = browser.client.find(Locator::Css("a[href*='/print/receipt']")).await.unwrap();
    let slip = slip.attr("href").await.unwrap().unwrap();
    picture(&laptop, &browser, "slip", &slip).await;
    picture(&laptop, &browser, "report", "/desk/reports?from=2020-01-01&to=2020-04-29").await;
    browser.client.close().await.unwrap();
}

async fn picture(laptop: &Laptop, browser: &Browser, name: &str, page: &str) {
    browser.client.goto(&format!("http://{}{page}", laptop.address)).await.unwrap();
    let png = browser.client.screenshot().await.unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
}
