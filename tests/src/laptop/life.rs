//! A dossier's whole life in Chromium, every form on paper, and a report opened: a week of a desk's work.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use fantoccini::Locator;
use fantoccini::wd::PrintConfigurationBuilder;

use super::accessible::Checker;
use super::browser::{Browser, PATIENCE};
use super::desk::signed_in;
use super::*;

/// A Tuesday of a year in which a notice of closing is among the forms.
const TUESDAY: &str = "2026-03-10T08:00:00+07:00";

/// A desk with somebody at it.
struct Desk {
    laptop: Laptop,
    browser: Browser,
    checker: Checker,
}

impl Desk {
    async fn open(downloads: &Path) -> Self {
        let laptop = Laptop::start(&["--memory", "--now", TUESDAY]).await;
        let browser = Browser::that_downloads_to(downloads).await;
        signed_in(&laptop, &browser, "manager").await;
        Self { laptop, browser, checker: Checker::read() }
    }

    async fn goes(&self, path: &str) {
        self.browser.client.goto(&format!("http://{}{path}", self.laptop.address)).await.unwrap();
    }

    /// Waits for these words on the page, and checks that nobody stumbles over anything.
    async fn shows(&self, words: &str) {
        self.browser.shows(words).await;
        assert_eq!(self.checker.faults(&self.browser).await, Vec::<String>::new(), "{words}");
    }

    /// Fills a field in as its kind wants it.
    async fn fills(&self, name: &str, value: &str) {
        let client = &self.browser.client;
        let field = client.find(Locator::Css(&format!("main [name='{name}']"))).await.unwrap();
        let kind = field.attr("type").await.unwrap().unwrap_or_default();
        if field.tag_name().await.unwrap() == "select" {
            field.select_by_value(value).await.unwrap();
        } else if kind == "radio" || kind == "checkbox" {
            let chosen = client.find(Locator::Css(&format!("main [name='{name}'][value='{value}']"))).await.unwrap();
            if !chosen.is_selected().await.unwrap() {
                chosen.click().await.unwrap();
            }
        } else if kind == "date" {
            // The keys of a date depend on the language of the browser.
            let set = "document.querySelector(arguments[0]).value = arguments[1]";
            let arguments = vec![json!(format!("main [name='{name}']")), json!(value)];
            client.execute(set, arguments).await.unwrap();
        } else {
            field.clear().await.unwrap();
            field.send_keys(value).await.unwrap();
        }
    }

    /// Takes in a dossier, with these on the second page; returns its page.
    async fn takes_in(&self, procedure: &str, handed: &[(&str, &str)]) -> String {
        self.goes("/desk/new").await;
        for (name, value) in [
            ("procedure", procedure),
            ("applicant.name", "Công ty TNHH Thử Nghiệm"),
            ("applicant.phone", "0905123456"),
            ("applicant.address", "Lô 7, Khu kinh tế Vân Phong"),
        ] {
            self.fills(name, value).await;
        }
        self.browser.click("main form button.main").await;
        self.shows("Tiếp nhận và in giấy hẹn").await;
        let accepts = handed.contains(&("accept", "1"));
        for (name, value) in handed.iter().filter(|(name, _)| *name != "accept") {
            self.fills(name, value).await;
        }
        let end = if accepts { "main form button[name=accept]" } else { "main form button.quiet:not([name])" };
        self.browser.click(end).await;
        self.browser.shows(if accepts { "Đã tiếp nhận hồ sơ" } else { "Đã nhận hồ sơ vào sổ" }).await;
        let at = self.browser.client.current_url().await.unwrap();
        at.path().to_owned()
    }

    /// Gives a command by its form, its preview and its confirmation, and waits for these words on the dossier's page.
    async fn gives(&self, dossier: &str, command: &str, typed: &[(&str, &str)], words: &str) {
        self.goes(&format!("{dossier}/{command}")).await;
        self.shows("Xem trước").await;
        for (name, value) in typed {
            self.fills(name, value).await;
        }
        self.browser.click("main form button.main").await;
        self.shows("Kiểm tra trước khi ghi").await;
        self.browser.click("button[name=confirm]").await;
        let told = Locator::Css(".notice.done");
        self.browser.client.wait().at_most(PATIENCE).for_element(told).await.unwrap();
        self.shows(words).await;
    }

    /// Prints every form that the dossier's page offers; returns their titles.
    async fn prints(&self, dossier: &str) -> Vec<String> {
        self.goes(dossier).await;
        let links = self.browser.client.find_all(Locator::Css("a[href*='/print/']")).await.unwrap();
        let mut paths = Vec::new();
        for link in links {
            paths.push(link.attr("href").await.unwrap().unwrap());
        }
        let mut titles = Vec::new();
        for path in paths {
            self.goes(&path).await;
            let title = self.browser.client.find(Locator::Css("h1")).await.unwrap().text().await.unwrap();
            let shown = self.browser.shows("Độc lập - Tự do - Hạnh phúc").await;
            assert!(shown.contains("Công ty TNHH Thử Nghiệm"), "{title}: {shown}");
            let picture = self.browser.client.find(Locator::Css("svg")).await;
            assert!(picture.is_ok(), "{title} has no code to follow it by");
            self.prints_this(&title).await;
            titles.push(title);
        }
        titles
    }

    async fn prints_this(&self, title: &str) {
        let paper = self.browser.client.print(PrintConfigurationBuilder::default().build().unwrap()).await.unwrap();
        let pages = String::from_utf8_lossy(&paper).matches("/Type /Page\n").count();
        assert!(paper.starts_with(b"%PDF") && (1..=2).contains(&pages), "{title}: {pages} pages");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clerk_s_week_in_the_browser_from_intake_to_hand_out_with_every_form_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::open(folder.path()).await;

    let all = [("all", "1"), ("minutes_no", "BB-1"), ("accept", "1")];
    let refused = desk.takes_in("1.005129", &[]).await;
    desk.gives(&refused, "refuse-intake", &[("reason", "không thuộc thẩm quyền")], "Không được tiếp nhận").await;
    assert!(desk.prints(&refused).await.iter().any(|title| title.to_lowercase().contains("từ chối")));

    let closed = desk.takes_in("1.005129", &all).await;
    let asked = [("reason", "Bản vẽ thiếu chữ ký")];
    desk.gives(&closed, "request-supplement", &asked, "Dừng tính").await;
    let ended = [("reason", "Người nộp không bổ sung"), ("article", "Điều 19 khoản 4")];
    desk.gives(&closed, "close", &ended, "Dừng xử lý").await;
    let printed = desk.prints(&closed).await;
    for title in ["tiếp nhận hồ sơ và hẹn trả", "bổ sung", "dừng giải quyết", "kiểm soát"] {
        assert!(printed.iter().any(|it| it.to_lowercase().contains(title)), "{title} in {printed:?}");
    }

    let whole = desk.takes_in("1.005129", &[("accept", "1")]).await;
    desk.gives(&whole, "enter-step", &[("step", "verification")], "Đang xử lý").await;
    desk.gives(&whole, "pause-clock", &[("reason", "originals"), ("papers", "GPXD-DON")], "Dừng tính").await;
    desk.gives(&whole, "record-receipt", &[("papers", "GPXD-DON"), ("minutes_no", "BB-2")], "Đang xử lý").await;
    desk.gives(&whole, "ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", "125.000")], "chưa nộp").await;
    let cash = [("attempt", "1"), ("amount_vnd", "125.000"), ("receipt_no", "0001234")];
    desk.gives(&whole, "record-cash-payment", &cash, "đã nộp").await;
    let sorry = [("reason", "chờ ý kiến"), ("new_due_on", "2026-04-10")];
    desk.gives(&whole, "apologise", &sorry, "10/04/2026").await;
    desk.gives(&whole, "record-result", &[("kind", "positive")], "Có kết quả").await;
    let handed = [("to", "applicant"), ("shown", "citizen_card"), ("paper_no", "056084000001")];
    desk.gives(&whole, "hand-out", &handed, "Đã trả kết quả").await;
    let printed = desk.prints(&whole).await;
    for title in ["tiếp nhận hồ sơ và hẹn trả", "xin lỗi", "kiểm soát"] {
        assert!(printed.iter().any(|it| it.to_lowercase().contains(title)), "{title} in {printed:?}");
    }

    desk.goes("/desk/register").await;
    desk.browser.click("a[href^='/desk/register/print']").await;
    let register = desk.browser.shows("Hồ sơ nhận từ ngày 01/03/2026").await;
    assert_eq!(register.matches("Công ty TNHH Thử Nghiệm").count(), 3, "{register}");
    desk.prints_this("register").await;

    desk.opens_the_report(folder.path()).await;
    desk.browser.client.close().await.unwrap();
}

impl Desk {
    /// Opens the report on the screen, and the same as a file that a spreadsheet opens.
    async fn opens_the_report(&self, downloads: &Path) {
        // The stream's reader keeps the totals, a moment behind.
        let wanted = "Công ty";
        self.goes("/desk/search").await;
        self.fills("q", wanted).await;
        self.browser.click("main form button").await;
        self.shows("Công ty TNHH Thử Nghiệm").await;
        self.goes("/desk/reports?from=2026-03-01&to=2026-03-10&as_of=2026-03-10&by=procedure").await;
        self.browser.shows("Tải tệp Excel").await;
        assert!(self.browser.client.find(Locator::Css("main svg")).await.is_ok(), "a chart beside the table");
        self.browser.click("a[href^='/desk/reports.xlsx']").await;
        let file = downloaded(downloads, "xlsx").await;
        let mut book: Xlsx<_> = open_workbook(&file).unwrap();
        let sheets = book.worksheets();
        let cells: Vec<_> = sheets.iter().flat_map(|(_, sheet)| sheet.cells()).map(|(_, _, cell)| cell).collect();
        assert!(cells.iter().any(|cell| matches!(cell, Data::String(text) if text.contains("1.005129"))), "{cells:?}");
        assert!(cells.iter().any(|cell| matches!(cell, Data::Float(n) if n.total_cmp(&3.0).is_eq())), "{cells:?}");
    }
}

/// Returns the file of that kind once it is whole.
async fn downloaded(folder: &Path, kind: &str) -> PathBuf {
    for _ in 0..600 {
        let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        if let Some(file) = files.find(|file| file.extension().is_some_and(|it| it == kind)) {
            return file;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no {kind} came");
}
