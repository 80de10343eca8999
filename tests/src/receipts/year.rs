//! The turn of the year.

use motcua::receipts::Act;
use motcua_local::neighbours::invoices::Mood;
use rules::receipt::total_vnd;

use super::{PROVIDER, at_provider, cash, decided, minutes, one, rows, town};
use crate::town::FEE_VND;

#[tokio::test]
async fn numbers_begin_anew_under_the_symbol_of_the_new_year() {
    let town = town().await;
    town.until("2026-12-31T23:40:00+07:00");
    let before = cash(&town, "G22.99-1", FEE_VND).await;
    minutes(&town, 2).await;
    town.office.invoices().set_mood(PROVIDER, Mood::Down);
    let between = cash(&town, "G22.99-2", FEE_VND).await;
    minutes(&town, 1).await;
    town.until("2027-01-01T00:10:00+07:00");
    town.office.invoices().set_mood(PROVIDER, Mood::Well);
    minutes(&town, 61).await;
    let numbers = [one(&town, before).await, one(&town, between).await].map(|it| it.no().unwrap().to_string());
    assert_eq!(numbers, ["EBL01 26TAB 1", "EBL01 27TAB 1"]);
    let rows = rows(&town, "2027-01-01").await;
    assert_eq!((rows.len(), rows[0].period()), (1, Some("2026-12-31".parse().unwrap())));
}

#[tokio::test]
async fn an_answer_that_was_lost_before_midnight_is_found_under_the_old_symbol() {
    let town = town().await;
    town.until("2026-12-31T23:58:00+07:00");
    let id = cash(&town, "G22.99-1", FEE_VND).await;
    town.office.deliver().await.unwrap();
    town.office.invoices().set_mood(PROVIDER, Mood::Losing);
    Box::pin(town.office.issue_receipts()).await;
    town.office.invoices().set_mood(PROVIDER, Mood::Well);
    minutes(&town, 8).await;
    let lawful = one(&town, id).await;
    assert_eq!((lawful.no().unwrap().to_string(), at_provider(&town).len()), ("EBL01 26TAB 1".to_owned(), 1));
    assert_eq!(lawful.last().issued().unwrap().on, "2026-12-31".parse().unwrap());
}

#[tokio::test]
async fn a_receipt_of_the_old_year_is_replaced_by_one_of_the_new() {
    let town = town().await;
    town.until("2026-12-31T15:00:00+07:00");
    let id = cash(&town, "G22.99-1", FEE_VND).await;
    minutes(&town, 2).await;
    town.until("2027-01-05T09:00:00+07:00");
    decided(&town, id, &Act::Replace(rules::vnd::Vnd::new(FEE_VND).unwrap(), "sai tên".into())).await;
    minutes(&town, 1).await;
    assert_eq!(one(&town, id).await.no().unwrap().to_string(), "EBL01 27TAB 1");
    let rows = rows(&town, "2027-01-05").await;
    assert_eq!((total_vnd(&rows), rows[0].related().unwrap().to_string()), (0, "EBL01 26TAB 1".to_owned()));
}
