//! Who reports receipts, what waits until when, and what the menu counts of it.

use motcua_local::neighbours::invoices::Mood;

use super::receipts::{ROOT, page};
use super::*;
use crate::receipts::{PROVIDER, cash, minutes, paid, town};
use crate::town::FEE_VND;

/// Returns the number beside the receipts in the menu of a page; none if there is nothing to do.
fn in_the_menu(page: &str) -> Option<String> {
    let (before, _) = page.split_once("biên lai, bảng tổng hợp cần xử lý")?;
    Some(before.rsplit("<b>").next()?.split('<').next()?.to_owned())
}

#[tokio::test]
async fn the_reporter_is_named_and_today_s_table_counts_for_them_alone() {
    let town = town().await;
    paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    town.until("2026-11-30T16:30:00+07:00");
    let mut reporter = Browser::new(&town);
    reporter.signs_in("canbo01", "/desk").await;
    let list = page(&mut reporter, ROOT).await;
    let named = "Người nộp: <strong>Cán bộ một cửa 01</strong> (là bạn)";
    assert!(list.contains(named) && list.contains("1 dòng chưa nộp · nộp trong hôm nay"), "{list}");
    assert_eq!(in_the_menu(&list).as_deref(), Some("1"));
    let mut manager = seated(&town, "manager").await;
    let list = page(&mut manager, ROOT).await;
    assert!(list.contains("Người nộp: <strong>Cán bộ một cửa 01</strong>") && !list.contains("là bạn"), "{list}");
    assert_eq!(in_the_menu(&list), None);
    town.until("2026-12-01T08:30:00+07:00");
    let mut manager = seated(&town, "manager").await;
    let list = page(&mut manager, ROOT).await;
    assert_eq!(in_the_menu(&list).as_deref(), Some("1"), "a table of yesterday is everybody's");
    let config = rules::config::DEMO.lines().filter(|line| !line.starts_with("reporter"));
    let config: String = config.map(|line| format!("{line}\n")).collect();
    town.office.configure(rules::config::Config::strict(&config, rules::config::Host::Loopback).unwrap());
    let list = page(&mut manager, ROOT).await;
    assert!(list.contains("Chưa chỉ định người nộp") && list.contains("trễ 1 ngày"), "{list}");
}

#[tokio::test]
async fn what_waits_is_listed_with_its_last_day_and_counts_once_that_is_over() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Down);
    cash(&town, "G22-1", FEE_VND).await;
    minutes(&town, 2).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    assert!(
        list.contains("Biên lai chờ nhà cung cấp") && list.contains("thời hạn tính từ khi hết gián đoạn"),
        "{list}"
    );
    assert_eq!(in_the_menu(&list), None, "a provider that is down is nobody's work here");
    // It answers again, but no run has come since then.
    town.office.invoices().set_mood(PROVIDER, Mood::Well);
    minutes(&town, 8).await;
    cash(&town, "G22-2", FEE_VND).await;
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("chậm nhất 03/12/2026 (Điều 27)") && !list.contains("quá hạn"), "{list}");
    town.until("2026-12-04T08:00:00+07:00");
    let mut specialist = seated(&town, "specialist").await;
    let list = page(&mut specialist, ROOT).await;
    assert!(list.contains("quá hạn") && list.contains("chậm nhất 03/12/2026 (Điều 27)"), "{list}");
    assert_eq!(in_the_menu(&list).as_deref(), Some("2"), "one receipt and one table");
    specialist.get("/desk/language/en?back=%2Fdesk").await;
    let english = page(&mut specialist, ROOT).await;
    assert!(english.contains("at the latest 03/12/2026 (art. 27)"), "{english}");
}

#[tokio::test]
async fn what_is_refused_has_a_last_day_too() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Refusing);
    cash(&town, "G22-1", FEE_VND).await;
    minutes(&town, 2).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = page(&mut clerk, ROOT).await;
    assert!(list.contains("mã INVOICE_SERIAL_NOT_FOUND<br>chậm nhất 03/12/2026 (Điều 27)"), "{list}");
}

#[tokio::test]
async fn health_says_who_reports_or_that_nobody_is_named() {
    let town = town().await;
    town.office.introduce().await.unwrap();
    let mut admin = seated(&town, "administrator").await;
    let health = page(&mut admin, "/desk/admin/health").await;
    for shown in ["Người nộp bảng tổng hợp", "Cán bộ một cửa 01", "từ 16 giờ, mỗi ngày một lần"]
    {
        assert!(health.contains(shown), "{shown}: {health}");
    }
    paid(&town, "G22-1").await;
    minutes(&town, 2).await;
    town.until("2026-11-30T17:00:00+07:00");
    let mut admin = seated(&town, "administrator").await;
    let health = page(&mut admin, "/desk/admin/health").await;
    assert!(health.contains("1 ngày, cũ nhất 30/11/2026"), "{health}");
    let without = |what: &[&str]| {
        let lines = rules::config::DEMO.lines().filter(|line| !what.iter().any(|it| line.starts_with(it)));
        let config: String = lines.map(|line| format!("{line}\n")).collect();
        town.office.configure(rules::config::Config::strict(&config, rules::config::Host::Loopback).unwrap());
    };
    without(&["reporter_email"]);
    let health = page(&mut admin, "/desk/admin/health").await;
    assert!(health.contains("Chưa có địa chỉ") && health.contains("Cán bộ một cửa 01"), "{health}");
    without(&["reporter"]);
    let health = page(&mut admin, "/desk/admin/health").await;
    assert!(health.contains("Chưa chỉ định ai"), "{health}");
}
