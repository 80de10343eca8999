//! A table of days off that changes after dossiers were counted by it.

use deadline_sweep::Report;
use jiff::Timestamp;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use rules::config::{Config, DEMO, Host};
use rules::dossier::{Dossier, Event, Recounted};
use rules::http::Reply;
use rules::id::DossierId;
use serde_json::{Value, json};

use super::due;
use crate::prompt::{AT_ONCE, demo_agency};
use crate::sign_in::{Browser, of};
use crate::town::{PERMIT, Town};

const FILED: &str = "2026-11-10T08:00:00+07:00";
const NEXT_OPENING: &str = "2026-11-11T07:30:00+07:00";
const NOTICE: &str = "Thông báo thêm ngày nghỉ";

fn with_table(notice: &str, days_off: &str) -> Config {
    let table = format!("[[years]]\nyear = 2026\nnotice = \"{notice}\"\ndays_off = [\"2026-01-01\"{days_off}]\n");
    demo_agency(&format!("{AT_ONCE}{table}"))
}

/// Makes a town whose table of 2026 does not know of a day off in November.
async fn town() -> Town {
    let clock = VirtualClock::new(FILED.parse::<Timestamp>().unwrap());
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, with_table("Thông báo đầu", ""), wire, sns, Settings::default()).await
}

fn another_day_off(town: &Town) {
    town.office.configure(with_table(NOTICE, ", \"2026-11-24\""));
}

async fn accepted(town: &Town) -> DossierId {
    let applicant = json!({ "name": "Công ty TNHH Thử Nghiệm", "phone": "0905000001" });
    let body = json!({ "procedure": PERMIT, "filing": "desk", "applicant": applicant, "at": FILED });
    let filed = town.as_staff("clerk", http::Method::POST, "/api/v1/dossiers", "k1", &body).await;
    let filed: Value = serde_json::from_str(filed.text()).unwrap();
    let id = DossierId::parse(filed["dossier"]["id"].as_str().unwrap()).unwrap();
    town.clerk(id, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    town.until("2026-11-10T08:30:00+07:00");
    assert_eq!(town.office.sweep().await, Report::default());
    id
}

async fn told(town: &Town) -> Vec<String> {
    town.office.deliver().await.unwrap();
    town.sms().into_iter().map(|message| message.text).filter(|text| text.contains("thay vi")).collect()
}

async fn recounted(town: &Town, id: DossierId) -> Vec<Recounted> {
    let moved = |event: Event| if let Event::Recounted(moved) = event { Some(moved) } else { None };
    town.events(id).await.into_iter().filter_map(moved).collect()
}

async fn explained(town: &Town, id: DossierId) -> String {
    let seen = town.reading("clerk", &format!("/api/v1/dossiers/{id}")).await;
    seen["clock"]["explanation"]["vi"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_day_off_announced_later_moves_open_dossiers_once_at_the_next_opening() {
    let town = town().await;
    let id = accepted(&town).await;
    assert_eq!(due(&town, id).await, "2026-12-01");

    another_day_off(&town);
    town.until("2026-11-10T09:30:00+07:00");
    assert_eq!(town.office.sweep().await, Report::default(), "not before the office opens again");
    assert_eq!(due(&town, id).await, "2026-12-01");
    assert!(explained(&town, id).await.contains("01/12/2026"), "the sentence agrees with the date that holds");

    town.until(NEXT_OPENING);
    assert_eq!(town.office.sweep().await, Report { recounted: 1, ..Report::default() });
    assert_eq!(due(&town, id).await, "2026-12-02");
    assert!(explained(&town, id).await.contains("02/12/2026"));
    let [moved] = recounted(&town, id).await.try_into().unwrap();
    assert_eq!(moved.notices, [NOTICE]);
    let clock = town.dossier(id).await.unwrap().clock.unwrap();
    assert_eq!(clock.first_due.unwrap().on.to_string(), "2026-12-01", "the first date stays beside the new one");
    let messages = told(&town).await;
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("hen tra 02/12/2026 thay vi 01/12/2026, them ngay nghi"), "{messages:?}");

    assert_eq!(town.office.sweep().await, Report::default(), "once");
    assert_eq!(told(&town).await.len(), 1);
}

#[tokio::test]
async fn a_command_before_the_opening_counts_its_dossier_anew_and_the_sweep_does_not_tell_it_again() {
    let town = town().await;
    let id = accepted(&town).await;
    another_day_off(&town);
    town.until("2026-11-10T09:30:00+07:00");
    town.office.sweep().await;
    town.minutes(10);
    town.clerk(id, "forward", json!({"to": "u-9"})).await;
    assert_eq!(due(&town, id).await, "2026-12-02");
    town.office.deliver().await.unwrap();
    town.until(NEXT_OPENING);
    town.office.sweep().await;
    town.until("2026-11-11T07:35:00+07:00");
    assert_eq!(town.office.sweep().await, Report::default());
    assert_eq!(recounted(&town, id).await.len(), 1);
    assert_eq!(told(&town).await.len(), 1);
}

#[tokio::test]
async fn what_is_finished_keeps_what_it_was_counted_by() {
    let town = town().await;
    let id = accepted(&town).await;
    town.clerk(id, "record-result", json!({"kind": "positive"})).await;
    let before = explained(&town, id).await;
    another_day_off(&town);
    town.until("2026-11-10T09:30:00+07:00");
    town.office.sweep().await;
    town.until(NEXT_OPENING);
    assert_eq!(town.office.sweep().await, Report::default());
    assert_eq!(explained(&town, id).await, before);
    assert_eq!(recounted(&town, id).await, []);
}

#[tokio::test]
async fn other_hours_move_the_hour_and_tell_nobody_of_a_day_that_stays() {
    let town = town().await;
    let id = accepted(&town).await;
    let code = town.agency();
    let table = "[[years]]\nyear = 2026\nnotice = \"Thông báo đầu\"\ndays_off = [\"2026-01-01\"]\n";
    let hours = format!(
        "[[agencies]]\ncode = \"{code}\"\nname = \"x\"\noffice_hours = {{ tue = [\"08:00-16:00\"] }}\n{AT_ONCE}"
    );
    town.office.configure(Config::strict(&format!("{DEMO}\n{table}\n{hours}"), Host::Loopback).unwrap());
    town.until("2026-11-10T09:30:00+07:00");
    town.office.sweep().await;
    town.until(NEXT_OPENING);
    assert_eq!(town.office.sweep().await, Report { recounted: 1, ..Report::default() });
    let held = town.dossier(id).await.unwrap().due().unwrap();
    assert_eq!(held.at, "2026-12-01T16:00:00+07:00".parse::<Timestamp>().unwrap());
    assert_eq!(recounted(&town, id).await[0].notices, Vec::<String>::new(), "only the hours changed");
    assert_eq!(told(&town).await, Vec::<String>::new());
}

/// Makes of a dossier one that was counted before its tables were named.
async fn without_names(town: &Town, id: DossierId) {
    let dossier = town.dossier(id).await.unwrap();
    town.office.site().recorder.store().note(&Dossier { counted_by: None, ..dossier }).await.unwrap();
}

#[tokio::test]
async fn dates_of_tables_that_nobody_knows_go_to_a_manager_if_they_differ_and_nobody_is_told() {
    let town = town().await;
    let id = accepted(&town).await;
    without_names(&town, id).await;
    another_day_off(&town);
    town.until("2026-11-10T09:30:00+07:00");
    town.office.sweep().await;
    town.until(NEXT_OPENING);
    town.office.sweep().await;
    town.office.deliver().await.unwrap();
    assert_eq!((due(&town, id).await.as_str(), told(&town).await.len()), ("2026-12-01", 0));
    assert!(town.events(id).await.iter().any(|event| matches!(event, Event::DatesDiffer { due: Some(_) })));

    let seen = town.reading("manager", &format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(seen["decision"], json!({ "on": "dates" }), "{seen}");
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "manager"), "/desk").await;
    let list = browser.get("/desk/lists/decide").await;
    assert!(list.text().contains("ngày hẹn cần xem lại"), "{}", list.text());
    let page = browser.get(&format!("/desk/dossiers/{id}")).await;
    assert!(page.text().contains("Không rõ các ngày đã hẹn tính theo lịch nghỉ nào"), "{}", page.text());
    let body = json!({ "dates": "anew", "because": "lịch nghỉ mới" });
    let declined = town.staff("clerk", id, "settle-dates", &body).await;
    assert_eq!(declined.status().as_u16(), 403);
    assert_eq!(town.staff("manager", id, "settle-dates", &body).await.status().as_u16(), 200);
    assert_eq!(due(&town, id).await, "2026-12-02");
    let messages = told(&town).await;
    assert!(messages[0].contains("hen tra 02/12/2026 thay vi 01/12/2026"), "a person's decision is told: {messages:?}");
    assert!(town.dossier(id).await.unwrap().counted_by.is_some());
    town.office.deliver().await.unwrap();
    let list = browser.get("/desk/lists/decide").await;
    assert!(!list.text().contains("ngày hẹn cần xem lại"), "{}", list.text());
    assert_eq!(town.staff("manager", id, "settle-dates", &body).await.status().as_u16(), 422, "it is settled");
}

#[tokio::test]
async fn such_dates_can_be_kept_and_equal_ones_are_named_without_a_word() {
    let town = town().await;
    let id = accepted(&town).await;
    without_names(&town, id).await;
    let before = town.events(id).await;
    town.clerk(id, "forward", json!({ "to": "u-9" })).await;
    assert_eq!(town.events(id).await.len(), before.len() + 1, "equal dates leave no event");
    assert!(town.dossier(id).await.unwrap().counted_by.is_some(), "and are named");
    without_names(&town, id).await;
    another_day_off(&town);
    town.until("2026-11-10T09:30:00+07:00");
    town.office.sweep().await;
    town.until(NEXT_OPENING);
    town.office.sweep().await;
    let body = json!({ "dates": "keep", "because": "đã báo dân" });
    assert_eq!(town.staff("manager", id, "settle-dates", &body).await.status().as_u16(), 200);
    assert_eq!((due(&town, id).await.as_str(), told(&town).await.len()), ("2026-12-01", 0));
    town.minutes(60);
    assert_eq!(town.office.sweep().await, Report::default(), "what was decided stays");
}

#[tokio::test]
async fn the_calendar_page_tells_what_a_table_would_move_before_it_is_put_in_force() {
    let town = town().await;
    let id = accepted(&town).await;
    let mut browser = Browser::new(&town);
    browser.signs_in(&of(&town, "administrator"), "/desk/admin/calendar").await;
    let csrf = browser.csrf("/desk/admin/calendar").await;
    let table = "[[years]]\nyear = 2026\nnotice = \"Thử\"\ndays_off = [\"2026-01-01\", \"2026-11-24\", \"2026-11-25\"]";
    let looked = browser.post("/desk/admin/calendar", &[("csrf", &csrf), ("tables", table)]).await;
    assert_eq!(looked.status().as_u16(), 200);
    let page = looked.text();
    assert!(page.contains("Trong 1 hồ sơ đang giải quyết: 1 hồ sơ trả muộn hơn, 0 hồ sơ trả sớm hơn."), "{page}");
    assert!(page.contains("muộn hơn 2 ngày</th><td>1</td>"), "{page}");
    assert!(page.contains("30/04/2026 không có trong lịch nghỉ"), "a doubtful table is told: {page}");
    assert!(page.contains("days_off = [&quot;2026-01-01&quot;"), "what was typed stays: {page}");
    assert_eq!(due(&town, id).await, "2026-12-01", "nothing is changed");
    assert_eq!(recounted(&town, id).await, []);

    for wrong in ["", "nonsense", "[[years]]\nyear = 2026"] {
        let answer = browser.post("/desk/admin/calendar", &[("csrf", &csrf), ("tables", wrong)]).await;
        assert_eq!(answer.status().as_u16(), 422, "{wrong}");
        assert!(answer.text().contains("Không đọc được lịch này"), "{}", answer.text());
    }
    assert_eq!(browser.post("/desk/admin/calendar", &[("csrf", "x"), ("tables", table)]).await.status().as_u16(), 403);
    let mut clerk = Browser::new(&town);
    clerk.signs_in(&of(&town, "clerk"), "/desk").await;
    let csrf = clerk.csrf("/desk").await;
    assert_eq!(clerk.post("/desk/admin/calendar", &[("csrf", &csrf), ("tables", table)]).await.status().as_u16(), 403);
}
