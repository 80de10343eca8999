//! From a notice to the procedure that it is about, with a telephone and without a script; and every page of these with the
//! checker, at the widths of small telephones and of a laptop at 400 %.

use fantoccini::Locator;

use super::accessible::{Checker, sideways};
use super::browser::Browser;
use super::*;
use crate::citizen::notices::{published, source};
use crate::town::{PERMIT, Town};

/// An office with a notice about one procedure.
async fn noticed(folder: &Path) -> Laptop {
    let town = Box::pin(Town::in_folder(folder)).await;
    let mut notice = source(&town);
    notice.procedures = vec![PERMIT.into()];
    published(&town, notice).await;
    drop(town);
    Laptop::in_folder(folder).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_notice_to_its_procedure_is_two_taps_and_from_a_few_words_it_is_three() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = noticed(folder.path()).await;
    let at = |path: &str| format!("http://{}{path}", laptop.address);
    let browser = Browser::without_scripts().await;
    let tap = async |css: &str, words: &str| {
        browser.click(css).await;
        browser.shows(words).await;
    };
    browser.client.goto(&at("/?lang=vi")).await.unwrap();
    browser.shows("Những việc làm được tại nhà").await;
    tap("a[href='/notices/1']", "Biện pháp và thời gian áp dụng").await;
    tap("a[href='/procedures/1.005129']", "Nộp hồ sơ ở đâu").await;
    let shown = browser.shows("Giấy tờ phải nộp").await;
    for words in ["Bản vẽ thiết kế xây dựng", "15 ngày làm việc", "miễn cước", "dichvucong.gov.vn"]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    // Or by a few words without marks.
    browser.client.goto(&at("/?lang=vi")).await.unwrap();
    tap("main a[href='/procedures']", "Tìm thủ tục").await;
    browser.client.find(Locator::Css("#q")).await.unwrap().send_keys("giay phep xay dung khu kinh te").await.unwrap();
    tap("form button", "Tìm thấy 1 thủ tục").await;
    tap("a[href='/procedures/1.005129']", "Nộp hồ sơ ở đâu").await;
    browser.client.close().await.unwrap();
    laptop.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_for_everybody_hold_against_the_checker_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = noticed(folder.path()).await;
    let (checker, browser) = (Checker::read(), Browser::open().await);
    let mut faults = Vec::new();
    for path in [
        "/?",
        "/d",
        "/d?code=G22-1",
        "/procedures",
        "/procedures?q=xay",
        "/procedures/1.005129",
        "/procedures/1.012789",
        "/procedures/9.9",
        "/privacy",
        "/notices/1",
    ] {
        for lang in ["vi", "en"] {
            let join = if path.contains('?') { "&" } else { "?" };
            let page = format!("http://{}{path}{join}lang={lang}", laptop.address);
            browser.client.goto(&page).await.unwrap();
            faults.extend(checker.faults(&browser).await);
            faults.extend(sideways(&browser).await);
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    browser.client.close().await.unwrap();
    laptop.kill().await;
}
