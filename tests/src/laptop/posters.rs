//! Posters of notices as a browser's printer makes them: one sheet, on which nothing is cut by its edge.

use fantoccini::Locator;
use fantoccini::wd::PrintMargins;
use jiff::civil::{Date, date};
use motcua::store::Published;
use rules::notice::{Effect, Mail, Measure, Notice, Told};

use super::accessible::{Checker, rings, sideways};
use super::browser::Browser;
use super::paper::{SHEET, has_its_fonts, pdf, sheets};
use super::*;
use crate::town::Town;

/// The height by which the text is cut by its box, in pixels, with the sheet as it is on paper.
const CUT: &str = "
    const sheet = document.querySelector('.sheet'), body = document.querySelector('.body');
    Object.assign(sheet.style, { width: '180mm', height: '265mm', minHeight: '0', padding: '0', overflow: 'hidden' });
    const cut = element => element.scrollHeight - element.clientHeight;
    return Math.max(cut(sheet), cut(body));";
/// The part of the sheet that is filled, in hundredths, with the sheet as it is on paper.
const FILLED: &str = "
    const body = document.querySelector('.body');
    const last = body.lastElementChild.getBoundingClientRect().bottom - body.getBoundingClientRect().top;
    return Math.round(100 * last / body.clientHeight);";

fn usual() -> Notice {
    let at = crate::town::MORNING.parse().unwrap();
    let until = |day: i8| Some(date(2020, 4, day));
    let effect = |measure, until: Option<Date>| Effect { measure, from: date(2020, 4, 1), until };
    let text = "Từ ngày 01/04/2020, tổ chức, cá nhân nộp hồ sơ trực tuyến qua Cổng Dịch vụ công Quốc gia, thanh toán trực tuyến và đăng ký nhận kết quả qua dịch vụ bưu chính công ích.\n\nKhi cần bản chính, xin gửi qua bưu điện. Hồ sơ được tiếp tục giải quyết ngay khi nhận đủ giấy tờ.";
    Notice {
        number: 0,
        version: 1,
        issuer: "Ủy ban nhân dân tỉnh Khánh Hòa".into(),
        legal_basis: "Công văn 2964/UBND-KSTT ngày 01/04/2020".into(),
        vi: Told { title: "Biện pháp cấp bách tại Bộ phận Một cửa".into(), text: text.into() },
        en: Some(Told { title: "Urgent measures at the one-stop desk".into(), text: "Please file online.".into() }),
        further: Vec::new(),
        procedures: Vec::new(),
        effects: vec![
            effect(Measure::FreePostage { of: Mail::Results }, until(22)),
            effect(Measure::OriginalsByPost, until(22)),
            effect(Measure::Guidance, None),
            effect(
                Measure::Advice {
                    vi: "Đeo khẩu trang, rửa tay.".into(), en: "Wear a mask, wash your hands.".into()
                },
                None,
            ),
        ],
        enclosures: Vec::new(),
        first_published_at: at,
        published_at: at,
        published_by: "lanh-dao".into(),
        withdrawn: false,
    }
}

/// Notices that are hard to fit: long in each of their parts, and in all of them.
fn hard() -> Vec<(&'static str, Notice)> {
    let long = |letters: usize| {
        "Nghiêng ngả một dòng thông báo rất dài ".repeat(300).chars().take(letters).collect::<String>()
    };
    let wide = |letters: usize| "M".repeat(letters);
    let effects = |text: String| {
        let advice = Measure::Advice { vi: text, en: String::new() };
        vec![Effect { measure: advice, from: date(2020, 4, 1), until: Some(date(2020, 4, 22)) }; 12]
    };
    let text = |text: String| Told { text, ..usual().vi };
    let title = |title: String| Told { title, ..usual().vi };
    let lines = "Dòng ngắn.\n".repeat(700);
    vec![
        ("a long text", Notice { vi: text(long(8_000)), ..usual() }),
        ("many short lines", Notice { vi: text(lines), ..usual() }),
        (
            "wide letters",
            Notice { vi: Told { title: wide(60), text: wide(4_000) }, effects: effects(wide(60)), ..usual() },
        ),
        ("a long title", Notice { vi: title(long(120)), ..usual() }),
        ("many effects", Notice { effects: effects(long(160)), ..usual() }),
        ("nothing but a text of middle length", Notice { vi: text(long(1_500)), effects: Vec::new(), ..usual() }),
        (
            "all of it long",
            Notice {
                vi: Told { title: long(120), text: long(8_000) },
                effects: effects(long(160)),
                issuer: long(200),
                legal_basis: long(200),
                ..usual()
            },
        ),
    ]
}

async fn published(town: &Town, notice: Notice) -> u32 {
    let store = town.office.site().recorder.store().clone();
    let stood = store.standing_notices(&town.agency()).await.unwrap();
    let key = format!("poster {}", stood.version);
    match store.publish(&town.agency(), notice, &stood, &key).await.unwrap() {
        Published::Now(number) => number,
        Published::Before | Published::Raced => panic!("raced"),
    }
}

/// Publishes notices in a folder, which a laptop opens then; returns their numbers.
async fn laptop_with(folder: &Path, notices: Vec<Notice>) -> (Laptop, Vec<u32>) {
    let town = Box::pin(Town::in_folder(folder)).await;
    let mut numbers = Vec::new();
    for notice in notices {
        numbers.push(published(&town, notice).await);
    }
    drop(town);
    (Laptop::in_folder(folder).await, numbers)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poster_is_one_sheet_of_a4_and_its_edge_cuts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut cases = hard();
    cases.insert(0, ("a usual one", usual()));
    let (laptop, numbers) = laptop_with(folder.path(), cases.iter().map(|(_, notice)| notice.clone()).collect()).await;
    let browser = Browser::open().await;
    // Wide enough for the sheet not to be shown as on a phone.
    browser.client.set_window_size(1_366, 768).await.unwrap();
    for ((name, _), number) in cases.iter().zip(numbers) {
        for language in ["", "?lang=en"] {
            let address = format!("http://{}/notices/{number}/poster{language}", laptop.address);
            browser.client.goto(&address).await.unwrap();
            browser.client.find(Locator::Css(".qr svg")).await.unwrap();
            let sheet = pdf(&browser, SHEET, PrintMargins { top: 1.5, bottom: 1.5, left: 1.5, right: 1.5 }).await;
            assert_eq!(sheets(&sheet), 1, "{name} {language}");
            has_its_fonts(&sheet);
            let cut = browser.client.execute(CUT, Vec::new()).await.unwrap().as_i64().unwrap();
            assert!(cut <= 0, "{name} {language}: {cut} pixels are cut");
            let text = browser.client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
            let whole = !text.contains("Xem đầy đủ tại 127.0.0.1") && !text.contains("Xem đầy đủ tại http://127.0.0.1");
            let fits = ["a usual one", "a long title"].contains(name);
            assert!(language == "?lang=en" || whole == fits, "{name}: {text}");
            // A cut text leaves little of the sheet empty.
            let filled = browser.client.execute(FILLED, Vec::new()).await.unwrap().as_i64().unwrap();
            assert!(whole || filled >= 50, "{name} {language}: {filled} of 100");
        }
    }
    browser.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_notices_hold_nothing_for_the_accessibility_checker_nor_scroll_sideways() {
    let folder = tempfile::tempdir().unwrap();
    let mut notices: Vec<_> = hard().into_iter().map(|(_, notice)| notice).collect();
    notices.insert(0, usual());
    let (laptop, numbers) = laptop_with(folder.path(), notices).await;
    let (checker, browser) = (Checker::read(), Browser::open().await);
    let mut found = Vec::new();
    let of_one = numbers.iter().flat_map(|number| [format!("notices/{number}"), format!("notices/{number}/poster")]);
    let all: Vec<_> = of_one.chain(["d".to_owned(), "notices".to_owned(), "notices/999".to_owned()]).collect();
    for page in all.iter().flat_map(|page| [page.clone(), format!("{page}?lang=en")]) {
        browser.client.goto(&format!("http://{}/{page}", laptop.address)).await.unwrap();
        found.extend(checker.faults(&browser).await);
        found.extend(sideways(&browser).await);
        found.extend(rings(&browser, &page).await);
    }
    browser.client.close().await.unwrap();
    assert!(found.is_empty(), "{found:#?}");
}
