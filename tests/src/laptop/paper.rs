//! A receipt as a browser's printer makes it: its sheets, and the lines around its tables.

use std::io::Read;

use fantoccini::Locator;
use fantoccini::wd::{PrintConfigurationBuilder, PrintMargins, PrintSize};

use super::browser::Browser;
use super::desk::signed_in;
use super::*;
use crate::pages::register::stock;
use crate::town::Town;

/// A sheet as `@page` of the style sheet has it, in centimetres.
pub(super) const SHEET: (f64, f64) = (21.0, 29.7);

/// Files and accepts a dossier with so many papers; returns its id.
async fn accepted(laptop: &Laptop, papers: usize) -> String {
    let kinds = ["GPXD-DON", "GPXD-BV"].map(str::to_owned);
    let more = (3..=papers).map(|number| format!("KHAC.{number:02} Bản sao giấy chứng nhận quyền sử dụng đất"));
    let listed: Vec<_> = kinds.into_iter().take(papers).chain(more).collect();
    let papers: Vec<_> = listed.iter().map(|code| json!({ "code": code, "kind": "copy" })).collect();
    let filed = json!({
        "procedure": "1.005129", "filing": "desk", "accept": true, "papers": papers, "minutes_no": "12/BB-GN",
        "applicant": {
            "name": "Công ty trách nhiệm hữu hạn một thành viên Xây dựng Thử Nghiệm", "phone": "0905000001",
            "address": "Số 12 đường Thử Nghiệm, phường Ninh Hiệp, thị xã Ninh Hòa, tỉnh Khánh Hòa",
            "email": "vanphong@thunghiem.example",
        },
        "filer": { "name": "Nguyễn Văn Thử", "phone": "0905000002", "address": "Tổ dân phố 5, phường Ninh Giang" },
    });
    let headers = vec![
        ("authorization", format!("Bearer {}", laptop.token)),
        ("content-type", "application/json".into()),
        ("idempotency-key", format!("filed-{}", listed.len())),
    ];
    let letter =
        Letter { method: http::Method::POST, target: "/api/v1/dossiers".into(), headers, body: filed.to_string() };
    laptop.json(&letter).await["dossier"]["id"].as_str().unwrap().to_owned()
}

/// Prints the receipt of a dossier.
async fn printed(laptop: &Laptop, browser: &Browser, id: &str) -> Vec<u8> {
    browser.client.goto(&format!("http://{}/desk/dossiers/{id}", laptop.address)).await.unwrap();
    let receipt = browser.client.find(Locator::Css("a[href*='/print/receipt']")).await.unwrap();
    let receipt = receipt.attr("href").await.unwrap().unwrap();
    browser.client.goto(&format!("http://{}{receipt}", laptop.address)).await.unwrap();
    browser.shows("Hẹn trả kết quả").await;
    pdf(browser, SHEET, PrintMargins { top: 1.5, bottom: 1.5, left: 2.5, right: 1.5 }).await
}

/// Prints the page that is shown, on sheets of that width and height.
pub(super) async fn pdf(browser: &Browser, (width, height): (f64, f64), margins: PrintMargins) -> Vec<u8> {
    let sheet = PrintConfigurationBuilder::default().background(true).size(PrintSize { width, height });
    browser.client.print(sheet.margins(margins).build().unwrap()).await.unwrap()
}

/// Checks that every font of a PDF is in it, so that it prints alike on every machine.
pub(super) fn has_its_fonts(pdf: &[u8]) {
    let text = String::from_utf8_lossy(pdf);
    let (described, embedded) = (text.matches("/Type /FontDescriptor").count(), text.matches("/FontFile").count());
    assert!(described > 0 && embedded == described, "{embedded} of {described} fonts are in it");
}

/// Checks that no upright line of a table is cut at the right edge; returns how many there are.
fn whole_lines(pdf: &[u8]) -> usize {
    let mut lines = 0;
    for drawing in drawings(pdf) {
        let all = rectangles(&drawing);
        // The ground of the sheet is drawn first, as wide as what may be drawn on, and rounded up to a whole pixel.
        let Some((_, width, _)) = all.first().filter(|(left, width, _)| *left == 0.0 && *width > 600.0) else {
            continue;
        };
        let upright = all.iter().filter(|(_, width, height)| *width <= 2.0 && *height > 10.0);
        for (left, thick, _) in upright {
            let right: f64 = [left, thick].into_iter().sum();
            assert!(right < *width, "a line at {left} of {width} is cut");
            lines += 1;
        }
    }
    lines
}

/// Counts the sheets of a PDF.
pub(super) fn sheets(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.match_indices("/Type /Page").filter(|(at, found)| !text[at + found.len()..].starts_with('s')).count()
}

/// Returns the drawings of a PDF, each as its words.
fn drawings(pdf: &[u8]) -> Vec<String> {
    let ends = |from: usize| pdf[from..].windows(9).position(|it| it == b"endstream").map(|end| from + end);
    let mut drawings = Vec::new();
    let mut from = 0;
    while let Some(begin) = pdf[from..].windows(7).position(|it| it == b"stream\n").map(|at| from + at + 7) {
        let Some(end) = ends(begin) else { break };
        let mut text = Vec::new();
        if flate2::read::ZlibDecoder::new(&pdf[begin..end]).read_to_end(&mut text).is_ok() {
            drawings.extend(String::from_utf8(text));
        }
        from = end + 9;
    }
    drawings
}

/// Returns the rectangles of a drawing as left edge, width and height, in its innermost scale.
fn rectangles(drawing: &str) -> Vec<(f64, f64, f64)> {
    let words: Vec<_> = drawing.split_ascii_whitespace().collect();
    let number = |at: usize| words[at].parse::<f64>().unwrap_or(f64::NAN);
    let found = words.iter().enumerate().filter(|(at, word)| **word == "re" && *at >= 4);
    found.map(|(at, _)| (number(at - 4), number(at - 2), number(at - 1))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_of_up_to_eight_papers_is_one_sheet_and_every_line_of_its_tables_is_whole() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "clerk").await;
    for (papers, expected) in [(1, 1), (2, 1), (4, 1), (5, 1), (8, 1), (30, 2)] {
        let id = accepted(&laptop, papers).await;
        let pdf = printed(&laptop, &browser, &id).await;
        assert_eq!(sheets(&pdf), expected, "{papers} papers");
        has_its_fonts(&pdf);
        let lines = whole_lines(&pdf);
        assert!(lines >= 5 * (papers + 1), "{papers} papers: {lines} upright lines");
    }
    browser.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guide_is_one_sheet_of_a5() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "clerk").await;
    for procedure in ["1.005129", "2.000488", "1.009748", "1.010733"] {
        let guide = format!("http://{}/desk/new/guide/print?procedure={procedure}", laptop.address);
        browser.client.goto(&guide).await.unwrap();
        browser.shows("Cổng Dịch vụ công quốc gia").await;
        let a5 = PrintMargins { top: 1.0, bottom: 1.0, left: 1.2, right: 1.2 };
        let sheet = pdf(&browser, (14.8, 21.0), a5).await;
        assert_eq!(sheets(&sheet), 1, "{procedure}");
        has_its_fonts(&sheet);
    }
    browser.client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_register_of_a_thousand_dossiers_is_printed_at_once_and_every_row_whole() {
    const ROWS: usize = 1_000;
    let folder = tempfile::tempdir().unwrap();
    let town = Box::pin(Town::in_folder(folder.path())).await;
    stock(&town, ROWS as u64).await;
    drop(town);
    let laptop = Laptop::in_folder(folder.path()).await;
    let browser = Browser::open().await;
    signed_in(&laptop, &browser, "clerk").await;
    browser.client.goto(&format!("http://{}/desk/register", laptop.address)).await.unwrap();
    browser.click("a[href^='/desk/register/print']").await;
    browser.shows("Chủ hồ sơ").await;
    let rows = browser.client.execute("return document.querySelectorAll('.register tbody tr').length", Vec::new());
    assert_eq!(rows.await.unwrap(), json!(ROWS));
    let margins = PrintMargins { top: 1.5, bottom: 1.5, left: 1.5, right: 1.5 };
    let register = pdf(&browser, (29.7, 21.0), margins).await;
    has_its_fonts(&register);
    // Ten columns have eleven lines; a row that two sheets share would have twice as many, and a head stands on each.
    let (sheets, lines) = (sheets(&register), whole_lines(&register));
    println!("{sheets} sheets, {lines} lines");
    assert!((60..=130).contains(&sheets), "{sheets} sheets");
    assert_eq!(lines, 11 * (ROWS + sheets), "{sheets} sheets");
    browser.client.close().await.unwrap();
}
