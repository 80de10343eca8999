//! Electronic receipts at the desk: what waits for a person, one receipt, and the tables of the days.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use motcua_local::neighbours::invoices::Mood;
use rules::id::DossierId;
use rules::receipt::Lawful;

use super::*;
use crate::receipts::{PROVIDER, at_provider, cash, minutes, one, paid, town};
use crate::town::FEE_VND;

pub(super) const ROOT: &str = "/desk/receipts";

pub(super) async fn page(browser: &mut Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status().as_u16(), 200, "{path}: {}", page.text());
    page.text().to_owned()
}

/// Returns the path of the receipt of a dossier, as its page links it.
async fn path_of(browser: &mut Browser<'_>, id: DossierId) -> String {
    let shown = page(browser, &format!("/desk/dossiers/{id}")).await;
    let (_, rest) = shown.split_once(&format!("href=\"{ROOT}/{id}/")).unwrap_or_else(|| panic!("no receipt: {shown}"));
    format!("{ROOT}/{id}/{}", rest.split('"').next().unwrap())
}

fn number(lawful: &Lawful) -> String {
    lawful.no().map(|no| no.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn the_number_stands_on_the_dossier_s_page_with_its_files() {
    let town = town().await;
    let id = paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    let mut clerk = seated(&town, "clerk").await;
    let shown = page(&mut clerk, &format!("/desk/dossiers/{id}")).await;
    assert!(shown.contains("EBL01 26TAB 1 (đang có hiệu lực)"), "{shown}");
    let path = path_of(&mut clerk, id).await;
    let shown = page(&mut clerk, &path).await;
    assert!(shown.contains("Biên lai EBL01 26TAB 1") && shown.contains(">PDF<") && shown.contains(">ZIP<"), "{shown}");
    assert!(!shown.contains(&format!("action=\"{path}/cancel\"")), "a clerk cancels nothing: {shown}");
    let file = shown.split("href=\"").find(|it| it.contains("/files/")).unwrap().split('"').next().unwrap().to_owned();
    let file = clerk.get(&file).await;
    assert!(file.status().as_u16() == 200 && file.body().starts_with(b"%PDF-"), "{}", file.status());
}

#[tokio::test]
async fn what_is_refused_is_listed_with_its_reason_and_a_count_and_finished_by_hand() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Refusing);
    let id = cash(&town, "G22-1", FEE_VND).await;
    minutes(&town, 2).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("nhà cung cấp từ chối, mã INVOICE_SERIAL_NOT_FOUND") && list.contains("125.000"), "{list}");
    assert!(list.contains("biên lai, bảng tổng hợp cần xử lý"), "the menu has a count: {list}");
    let path = path_of(&mut clerk, id).await;
    assert!(list.contains(&format!("href=\"{path}\"")), "{list}");
    let act = format!("{path}/by-hand");
    let shown = page(&mut clerk, &path).await;
    let odd = Filled::on(&shown, &act).with("symbol", "26TIJ").with("number", "7");
    let answer = clerk.post(&act, &odd.fields()).await;
    assert!(answer.status().as_u16() == 400 && answer.text().contains("như 26TAB"), "{}", answer.text());
    let right = Filled::on(&shown, &act).with("symbol", "26tab").with("number", "00000007");
    assert_eq!(clerk.post(&act, &right.fields()).await.status().as_u16(), 303);
    let again = clerk.post(&act, &right.fields()).await;
    assert!(again.status().as_u16() == 409 && again.text().contains("Biên lai đã thay đổi"), "{}", again.text());
    assert_eq!(number(&one(&town, id).await), "EBL01 26TAB 7");
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("Không có biên lai nào chờ xử lý."), "{list}");
}

#[tokio::test]
async fn a_manager_cancels_and_replaces_with_a_reason() {
    let town = town().await;
    let (one_id, other) = (paid(&town, "G22-1").await, cash(&town, "G22-2", FEE_VND).await);
    minutes(&town, 2).await;
    let mut manager = seated(&town, "manager").await;
    let path = path_of(&mut manager, one_id).await;
    let act = format!("{path}/cancel");
    let shown = page(&mut manager, &path).await;
    let bare = manager.post(&act, &Filled::on(&shown, &act).fields()).await;
    assert!(bare.status().as_u16() == 400 && bare.text().contains("Cần điền mục này."), "{}", bare.text());
    let reason = Filled::on(&shown, &act).with("cancel_reason", "đã hoàn trả cho người nộp");
    assert_eq!(manager.post(&act, &reason.fields()).await.status().as_u16(), 303);
    let path = path_of(&mut manager, other).await;
    let act = format!("{path}/replace");
    let shown = page(&mut manager, &path).await;
    let less = Filled::on(&shown, &act).with("amount_vnd", "100.000").with("replace_reason", "thu thừa");
    assert_eq!(manager.post(&act, &less.fields()).await.status().as_u16(), 303);
    minutes(&town, 1).await;
    let issued = at_provider(&town);
    assert_eq!(issued.iter().filter(|it| it.cancelled.is_some()).count(), 1);
    assert_eq!((issued.len(), issued[2].amount), (3, 100_000));
    let shown = page(&mut manager, &format!("/desk/dossiers/{one_id}")).await;
    assert!(shown.contains("đã hủy 30/11/2026: đã hoàn trả cho người nộp"), "{shown}");
    let mut clerk = seated(&town, "clerk").await;
    let csrf = csrf_in(&page(&mut clerk, ROOT).await);
    assert_eq!(clerk.post(&act, &[("csrf", &csrf)]).await.status().as_u16(), 403);
}

#[tokio::test]
async fn the_table_of_a_day_is_taken_reported_by_a_named_person_and_asked_for_until_then() {
    let town = town().await;
    paid(&town, "G22-1").await;
    cash(&town, "G22-2", FEE_VND).await;
    minutes(&town, 2).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("Không có bảng nào chưa nộp."), "before four in the afternoon nobody is asked: {list}");
    town.until("2026-12-02T08:00:00+07:00");
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("2 dòng chưa nộp") && list.contains("trễ 2 ngày"), "{list}");
    let day = "/desk/receipts/days/2026-11-30";
    let csv = clerk.get(&format!("{day}/csv")).await;
    let lines: Vec<&str> = csv.text().lines().collect();
    assert!(lines.len() == 3 && lines[1].starts_with("1,EBL01,26TAB,1,30/11/2026,"), "{lines:?}");
    let xlsx = clerk.get(&format!("{day}/xlsx")).await;
    assert!(xlsx.body().starts_with(b"PK"), "{}", xlsx.status());
    let shown = page(&mut clerk, day).await;
    assert!(shown.contains("250.000 ₫") && shown.contains("Chưa có tệp XML"), "{shown}");
    let form = Filled::on(&shown, day);
    assert_eq!(clerk.post(day, &form.fields()).await.status().as_u16(), 303);
    let again = clerk.post(day, &form.fields()).await;
    assert!(again.status().as_u16() == 409, "{}", again.text());
    let shown = page(&mut clerk, day).await;
    assert!(shown.contains("Đã nộp đến dòng 2: ") && !shown.contains("Ghi nhận đã nộp"), "{shown}");
    assert!(page(&mut clerk, "/desk/receipts/days").await.contains("30/11/2026"));
}

#[tokio::test]
async fn the_form_for_cash_asks_for_no_paper_where_a_provider_is_and_warns_where_none_is() {
    let town = town().await;
    let (id, _) = town.asked("G22-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("/desk/dossiers/{id}/record-cash-payment");
    let form = page(&mut clerk, &path).await;
    assert!(!form.contains("name=\"receipt_no\"") && form.contains("Viettel S-Invoice"), "{form}");
    let done =
        give(&mut clerk, id.as_str(), "record-cash-payment", &[("attempt", "1"), ("amount_vnd", "125.000")]).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    minutes(&town, 2).await;
    assert_eq!(number(&one(&town, id).await), "EBL01 26TAB 1");

    let config = rules::config::DEMO.split("# Electronic receipts are of 2026").next().unwrap();
    town.office.configure(rules::config::Config::strict(config, rules::config::Host::Loopback).unwrap());
    let (id, _) = town.asked("G22-2").await;
    town.until("2027-01-04T08:00:00+07:00");
    let mut clerk = seated(&town, "clerk").await;
    let form = page(&mut clerk, &format!("/desk/dossiers/{id}/record-cash-payment")).await;
    assert!(form.contains("Chưa có nhà cung cấp biên lai điện tử") && !form.contains("name=\"receipt_no\""), "{form}");
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("Cơ quan chưa có nhà cung cấp biên lai điện tử."), "{list}");
}

/// Returns the headings and titles of a page.
fn titles(page: &str) -> Vec<String> {
    let between = |open: &'static str, close: &'static str| {
        page.split(open).skip(1).filter_map(move |rest| rest.split_once('>')?.1.split(close).next().map(str::to_owned))
    };
    let mut all: Vec<String> = between("<title", "</title>").collect();
    for (open, close) in
        [("<h1", "</h1>"), ("<h2", "</h2>"), ("<h3", "</h3>"), ("<caption", "</caption>"), ("<legend", "</legend>")]
    {
        all.extend(between(open, close));
    }
    all
}

#[tokio::test]
async fn nothing_is_titled_a_receipt_that_is_none() {
    let town = Town::new().await;
    let id = paid(&town, "G22-1").await;
    let (other, _) = town.asked("G22-2").await;
    let cash = serde_json::json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "0000123" });
    town.clerk(other, "record-cash-payment", cash).await;
    town.settle(2).await;
    let mut manager = seated(&town, "manager").await;
    let mut queue = VecDeque::from([
        "/desk".to_owned(),
        format!("/desk/dossiers/{id}"),
        format!("/desk/dossiers/{other}"),
        "/desk/money/book".to_owned(),
    ]);
    let (mut seen, mut alike, mut looked_at) = (BTreeSet::new(), BTreeMap::<String, usize>::new(), 0);
    while let Some(path) = queue.pop_front() {
        let page = manager.get(&path).await;
        let is_page = page.header("content-type").is_some_and(|it| it.starts_with("text/html"));
        if page.status().as_u16() != 200 || !is_page {
            continue;
        }
        looked_at += 1;
        for title in titles(page.text()) {
            let odd = title.to_lowercase().contains("biên lai") && !title.contains("Ghi biên lai chính thức");
            assert!(!odd, "{path} is titled {title}");
        }
        for href in page.text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let href = href.replace("&amp;", "&").split('#').next().unwrap_or_default().to_owned();
            let shape: String = href.chars().filter(|c| !c.is_ascii_digit()).collect();
            let count = alike.entry(shape).or_default();
            if href.starts_with("/desk") && !href.contains("sign-out") && *count < 3 && seen.insert(href.clone()) {
                *count += 1;
                queue.push_back(href);
            }
        }
    }
    assert!(looked_at > 40, "{looked_at}");
    assert!(seen.iter().any(|path| path.contains("/print")), "papers were among them: {seen:?}");
}
