//! Near the due date, and after it.

use super::*;

fn promise(on: &str) -> Value {
    json!({ "reason": "chờ ý kiến", "new_due_on": format!("2020-{on}") })
}

#[tokio::test]
async fn the_flag_goes_up_while_one_working_day_is_left_to_apologise() {
    let tale = Tale::accepted().await;
    let punctuality = async || tale.seen().await["overdue"]["punctuality"]["is"].clone();
    tale.on("05-07 07:29");
    assert_eq!(punctuality().await, "in_time");
    tale.on("05-07 07:30");
    assert_eq!(punctuality().await, "due_soon");
    tale.on("05-08 23:59");
    assert_eq!(punctuality().await, "due_soon", "the whole due day is left");
    tale.on("05-09 00:00");
    assert_eq!(punctuality().await, "late");
}

#[tokio::test]
async fn an_apology_the_day_before_moves_the_date_once_and_keeps_the_first_beside_it() {
    let tale = Tale::accepted().await;
    tale.on("05-07 16:00");
    tale.manager("apologise", promise("05-12")).await;
    assert!(tale.last_told().await.contains("Xin loi, ho so G22-200415-0001 cham hen 08/05/2020, hen lai 12/05/2020"));
    let overdue = tale.seen().await["overdue"].clone();
    assert_eq!((&overdue["original"]["on"], &overdue["promised"]["on"]), (&json!("2020-05-08"), &json!("2020-05-12")));
    assert!(matches!(tale.events().await.last(), Some(Event::Apologised { late: false, .. })));
    let again = tale.declined("manager", "apologise", promise("05-15")).await;
    assert_eq!(again, "A new date was promised before; that is possible once.");
}

#[tokio::test]
async fn an_apology_on_the_due_day_is_accepted_and_marked_late() {
    let tale = Tale::accepted().await;
    tale.on("05-08 09:00");
    tale.manager("apologise", promise("05-12")).await;
    assert!(matches!(tale.events().await.last(), Some(Event::Apologised { late: true, .. })));
}

#[tokio::test]
async fn while_the_clock_stands_there_is_nothing_to_apologise_for() {
    let tale = Tale::lacking_originals().await;
    let declined = tale.declined("manager", "apologise", promise("05-12")).await;
    assert_eq!(declined, "While the clock stands there is no date to move, unless the dossier is late already.");
}

#[tokio::test]
async fn a_pause_after_the_apology_moves_the_promised_date_too() {
    let tale = Tale::accepted().await;
    tale.on("05-06 08:00");
    tale.manager("apologise", promise("05-12")).await;
    tale.on("05-07 08:00");
    tale.clerk("ask-fee", fee()).await;
    tale.on("05-11 08:00");
    tale.pays(1).await;
    assert_eq!(tale.due().await, "05-14", "the ends of Thursday and Friday were stopped");
}

#[tokio::test]
async fn a_dossier_that_is_five_working_days_late_says_so_and_who_holds_it() {
    let tale = Tale::accepted().await;
    tale.clerk("forward", json!({ "to": "u-2" })).await;
    tale.on("05-15 08:00");
    let overdue = tale.seen().await["overdue"].clone();
    assert_eq!(overdue["punctuality"], json!({ "is": "late", "working_days": 5 }));
    assert_eq!(overdue["held_by"], json!({ "staff": "u-2" }));
    tale.clerk("record-result", json!({ "kind": "positive" })).await;
    tale.on("06-15 08:00");
    assert_eq!(tale.seen().await["overdue"]["punctuality"]["working_days"], 5, "it is late by when it was ready");
}
