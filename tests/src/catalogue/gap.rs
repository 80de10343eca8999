//! A year whose days off are announced while dossiers wait for it.

use deadline_sweep::Report;
use jiff::Timestamp;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use rules::config::{Config, DEMO, Host};
use serde_json::Value;

use super::{due, filed_and_accepted};
use crate::town::Town;

const YEAR_2027: &str = "[[years]]\nyear = 2027\nnotice = \"mẫu\"\ndays_off = [\"2027-01-01\", \"2027-01-04\"]\n";

/// Makes a town at that instant, without a table of 2027.
async fn town_at(now: &str) -> Town {
    let clock = VirtualClock::new(now.parse::<Timestamp>().unwrap());
    let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, crate::prompt::prompt(), wire, sns, Settings::default()).await
}

#[tokio::test]
async fn a_dossier_met_with_a_gap_is_reported_every_day_and_has_its_date_once_the_table_is_there() {
    let town = town_at("2026-12-22T08:00:00+07:00").await;
    let id = filed_and_accepted(&town, "k1", "2026-12-22T08:00:00+07:00").await;
    assert_eq!(due(&town, id).await, "none");
    town.office.deliver().await.unwrap();
    assert_eq!(town.office.sweep().await, Report::default(), "not before the office opens again");
    for opening in ["2026-12-23T07:30:00+07:00", "2026-12-24T07:35:00+07:00"] {
        town.until(opening);
        assert_eq!(town.office.sweep().await, Report { gap: 1, ..Report::default() }, "{opening}");
        assert_eq!(town.office.sweep().await, Report::default());
    }
    let seen = town.reading("clerk", &format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(seen["clock"]["years_without_holiday_table"], serde_json::json!([2027]));
    assert_eq!(seen["due"], Value::Null);

    let config = Config::strict(&format!("{DEMO}\n{YEAR_2027}"), Host::Loopback).unwrap();
    town.office.configure(config);
    town.until("2026-12-25T07:30:00+07:00");
    assert_eq!(town.office.sweep().await, Report { counted: 1, ..Report::default() });
    // Fifteen working days after 22 December: 1 and 4 January are off by the new table.
    assert_eq!(due(&town, id).await, "2027-01-14");
    town.until("2026-12-28T07:30:00+07:00");
    assert_eq!(town.office.sweep().await, Report::default());
    let seen = town.reading("clerk", &format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(seen["clock"]["years_without_holiday_table"], serde_json::json!([]));
}

#[tokio::test]
async fn an_office_s_own_hours_close_its_friday() {
    let town = town_at("2020-04-15T08:00:00+07:00").await;
    let code = town.agency();
    let hours =
        format!("[[agencies]]\ncode = \"{code}\"\nname = \"x\"\noffice_hours = {{ fri = [\"07:30-11:30\"] }}\n");
    let config = Config::strict(&format!("{DEMO}\n{hours}"), Host::Loopback).unwrap();
    town.office.configure(config);
    let id = filed_and_accepted(&town, "k1", "2020-04-15T08:00:00+07:00").await;
    let due = town.dossier(id).await.unwrap().due().unwrap();
    assert_eq!(due.at, "2020-05-08T11:30:00+07:00".parse::<Timestamp>().unwrap());
}
