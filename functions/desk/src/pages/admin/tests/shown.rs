//! Contents of the other pages, and things that they must not show.

use std::sync::Arc;

use motcua::store::{AuditEntry, AuditPage, Did, Member, People, Seen};
use rules::catalogue::file;
use rules::clock::{Calendar, OfficeHours};
use rules::config::{Config, Host};
use rules::dossier::Kind;
use rules::id::DossierId;
use rules::worklist;

use super::super::{audit, calendar, keys, procedure, staff};
use super::*;

#[test]
fn keys_are_told_by_number_and_age_and_never_shown() {
    let config = r#"
        id_key = "0123456789abcdef"
        [[channels]]
        id = "vnpay-khvp"
        gateway = "vnpay"
        merchant = "KHVP0001"
        keys = ["KHOA-BI-MAT-HIEN-TAI-0001", "KHOA-BI-MAT-TRUOC-DO-0002"]
        keys_since = ["2026-11-14", "2026-01-05"]
        [[portals]]
        id = "dvcqg"
        keys = ["whsec_S0hPQS1CSS1NQVQtQ1VBLUNPTkctRElDSC1WVS0wMDAz"]
    "#;
    let config = Config::strict(config, Host::Loopback).unwrap();
    let page = keys::content(&frame(Language::Vi), &config, &config.agencies()[0].code).into_string();
    assert!(page.contains("hiện tại: từ 14/11/2026 (10 ngày)"), "{page}");
    assert!(page.contains("trước đó: từ 05/01/2026 (323 ngày)"), "{page}");
    assert!(page.contains("hiện tại: không rõ từ khi nào"), "{page}");
    assert!(page.contains("<td>VNPAY</td>"), "{page}");
    for secret in ["BI-MAT", "whsec", "S0hP", "KHVP0001"] {
        assert!(!page.contains(secret), "{secret}");
    }
}

#[test]
fn another_agency_s_neighbours_are_not_told() {
    let config = r#"
        id_key = "0123456789abcdef"
        [[agencies]]
        code = "A.1"
        name = "Một"
        [[agencies]]
        code = "A.2"
        name = "Hai"
        [[portals]]
        id = "cong-mot"
        agency = "A.1"
        keys = ["whsec_S0hPQS1CSS1NQVQtQ1VBLUNPTkctRElDSC1WVS0wMDAz"]
        [[portals]]
        id = "cong-hai"
        agency = "A.2"
        keys = ["short"]
    "#;
    let config = Config::per_channel(config, Host::Public).unwrap();
    let page = keys::content(&frame(Language::Vi), &config, &config.agencies()[0].code).into_string();
    assert!(page.contains("cong-mot") && !page.contains("cong-hai"), "{page}");
}

#[test]
fn an_entry_closed_for_its_mistake_says_why_without_its_key() {
    let config = "id_key = \"0123456789abcdef\"\n[[portals]]\nid = \"dvcqg\"\nkeys = [\"NGAN\"]";
    let config = Config::per_channel(config, Host::Public).unwrap();
    let page = keys::content(&frame(Language::Vi), &config, &config.agencies()[0].code).into_string();
    assert!(page.contains("portals[0] (dvcqg): keys[0]: ") && !page.contains("NGAN"), "{page}");
}

#[test]
fn the_calendar_tells_notices_days_and_the_year_without_a_table() {
    let page = calendar::content(&frame(Language::Vi), &Calendar::official(), &OfficeHours::default()).into_string();
    assert!(page.contains("Chưa có lịch nghỉ chính thức của năm 2027."), "{page}");
    assert!(page.contains("4875/TB-LĐTBXH") && page.contains("10/02/2021, 11/02/2021"), "{page}");
    assert!(page.contains("Thứ Hai</th><td>07:30–11:30, 13:00–17:00</td>"), "{page}");
    assert!(page.contains("Chủ nhật</th><td>đóng cửa</td>"), "{page}");
    let complete = Calendar::from_toml(
        "[[years]]\nyear = 2027\nnotice = \"1/TB\"\ndays_off = [\"2027-01-01\"]\ndays_worked = [\"2027-02-20\"]",
    );
    let complete = Calendar::official().with(complete.unwrap());
    let page = calendar::content(&frame(Language::En), &complete, &OfficeHours::default()).into_string();
    assert!(!page.contains("no official table") && page.contains("20/02/2027"), "{page}");
    assert!(page.contains("Victory Day, 30/04/2027, is not among the days off"), "{page}");
    assert!(page.contains("The table of 2027 has 0 days off, the law has 11."), "{page}");
}

#[test]
fn a_procedure_shows_every_version_and_which_one_is_in_force() {
    let text = catalogue(1);
    let second = text.replace("version = 1", "version = 2\nvalid_from = 2026-07-01").replace("n = 5", "n = 3");
    let third = text.replace("version = 1", "version = 3\nvalid_from = 2027-01-01");
    let versions: Vec<_> =
        file::read([text, second, third].concat().as_bytes()).unwrap().into_iter().map(Arc::new).collect();
    let page = procedure::content(&frame(Language::Vi), &versions).into_string();
    let in_force: Vec<_> = page.split("<h2>").skip(1).map(|version| version.contains("(đang có hiệu lực)")).collect();
    assert_eq!(in_force, [false, true, false]);
    assert!(page.contains("từ 01/07/2026") && page.contains("3 ngày làm việc"), "{page}");
}

#[test]
fn the_audit_tells_who_did_what_and_never_what_was_looked_for() {
    let id = DossierId::from_random(7);
    let entry = |at: &str, did| AuditEntry { at: at.parse().unwrap(), who: "can-bo-17".into(), did };
    let mark = "0123456789abcdef".repeat(4);
    let searched = Did::Searched { kind: worklist::Kind::Phone, found: 2, asked: mark.clone() };
    let entries = vec![
        entry("2026-11-24T03:15:02Z", Did::Commanded { id, version: 4, command: Kind::PauseClock }),
        entry("2026-11-24T03:10:00Z", searched),
        entry("2026-11-24T03:00:00Z", Did::Opened { id }),
    ];
    let found = AuditPage { entries, next: Some("2026-11-24T03:00:00Z#00".into()) };
    let asked = audit::Asked { day: "2026-11-24".parse().unwrap(), account: Some("can-bo-17".into()) };
    let page = audit::content(&frame(Language::Vi), &asked, &found, &People::default()).into_string();
    assert!(page.contains("10:15:02") && page.contains("<strong>Dừng tính</strong>"), "{page}");
    assert!(page.contains("Tìm theo số điện thoại: 2 kết quả") && !page.contains(&mark), "{page}");
    assert!(page.contains(&format!("Mở hồ sơ <a class=\"code\" href=\"/desk/dossiers/{id}\">")), "{page}");
    let older = "/desk/admin/audit?day=2026-11-24&amp;account=can-bo-17&amp;after=2026-11-24T03%3A00%3A00Z%2300";
    assert!(page.contains(older), "{page}");
}

#[test]
fn of_the_accounts_the_last_seen_stands_first_and_who_is_at_work_is_told() {
    let seen = |who: &str, role: &str, at: &str| {
        let seen = Seen { who: who.into(), role: role.into(), at: at.parse().unwrap() };
        Member { seen, name: None, closed: false }
    };
    let accounts = vec![
        seen("can-bo-1", "clerk", "2026-11-20T02:00:00Z"),
        seen("<b>lanh-dao</b>", "manager", "2026-11-24T01:45:00Z"),
        seen("kiem-toan", "auditor", "2026-11-24T01:00:00Z"),
        Member {
            name: Some("Lê Thị Mẫu".into()), closed: true, ..seen("da-nghi", "clerk", "2026-11-24T01:50:00Z")
        },
    ];
    let page = staff::content(&frame(Language::Vi), &accounts.into_iter().collect(), "can-bo-1").into_string();
    let order: Vec<_> =
        ["&lt;b&gt;lanh-dao", "kiem-toan", "can-bo-1", "da-nghi"].iter().map(|who| page.find(who).unwrap()).collect();
    assert!(order.is_sorted(), "{page}");
    assert_eq!(page.matches("(đang làm việc)").count(), 1);
    assert!(page.contains("lãnh đạo") && page.contains(">auditor<"), "{page}");
    // The closed one stands last, with its name; nobody closes their own account.
    assert!(page.contains("<bdi>Lê Thị Mẫu</bdi>") && page.contains("(đã khóa)"), "{page}");
    assert_eq!((page.matches("value=\"close\"").count(), page.matches("value=\"open\"").count()), (2, 1));
}
