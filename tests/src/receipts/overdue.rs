//! The last day of what an outage kept back, by the agency's own calendar.

use motcua::receipts::{MakingUp, overdue};
use motcua_local::neighbours::invoices::{Failure, Mood};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use rules::receipt::MakeUp;

use super::{PROVIDER, cash, minutes, one, paid, town};
use crate::town::{FEE_VND, Town};

async fn left(town: &Town, id: rules::id::DossierId) -> Option<MakeUp> {
    let (site, agency) = (town.office.site(), town.agency());
    MakingUp::of(&site, &agency).await.unwrap().left(&one(town, id).await)
}

fn by(day: &str) -> Option<MakeUp> {
    Some(MakeUp::By(day.parse().unwrap()))
}

#[tokio::test]
async fn the_days_run_from_the_end_of_the_outage_and_what_is_past_them_is_told_once_an_hour() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Down);
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    assert_eq!(left(&town, id).await, Some(MakeUp::AfterOutage));
    // Tuesday: the log-in is answered again, and this receipt is not.
    town.until("2026-12-01T10:00:00+07:00");
    town.office.invoices().set_mood(PROVIDER, Mood::Refusing);
    minutes(&town, 2).await;
    assert_eq!(left(&town, id).await, by("2026-12-04"));
    town.until("2026-12-04T23:00:00+07:00");
    assert_eq!(Box::pin(town.office.issue_receipts()).await.overdue, 0, "the day is not over before its end");
    town.until("2026-12-05T00:00:00+07:00");
    assert_eq!(Box::pin(town.office.issue_receipts()).await.overdue, 1);
    town.until("2026-12-05T00:01:00+07:00");
    assert_eq!(Box::pin(town.office.issue_receipts()).await.overdue, 0, "once an hour is enough");
    town.office.invoices().set_mood(PROVIDER, Mood::Well);
    super::decided(&town, id, &motcua::receipts::Act::AskAgain).await;
    minutes(&town, 5).await;
    assert_eq!((left(&town, id).await, one(&town, id).await.no().is_some()), (None, true));
    town.until("2026-12-05T01:00:00+07:00");
    assert_eq!(Box::pin(town.office.issue_receipts()).await.overdue, 0);
}

#[tokio::test]
async fn what_waits_for_a_provider_that_answers_others_is_past_its_day_too() {
    let town = town().await;
    let id = cash(&town, "G22.99-1", FEE_VND).await;
    town.office.deliver().await.unwrap();
    assert_eq!(left(&town, id).await, by("2026-12-03"));
    // No run came for days.
    town.until("2026-12-03T12:00:00+07:00");
    let (site, agency) = (town.office.site(), town.agency());
    assert_eq!(overdue(&site, &agency, town.clock.now(), 10).await.unwrap().len(), 0);
    town.until("2026-12-04T00:00:00+07:00");
    assert_eq!(overdue(&site, &agency, town.clock.now(), 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_replacement_and_a_cancellation_have_no_last_day() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    town.office.invoices().set_mood(PROVIDER, Mood::Refusing);
    let amount = rules::vnd::Vnd::new(100_000).unwrap();
    super::decided(&town, id, &motcua::receipts::Act::Replace(amount, "hoàn trả một phần".into())).await;
    minutes(&town, 2).await;
    assert_eq!(left(&town, id).await, None);
    town.until("2026-12-20T00:00:00+07:00");
    assert_eq!(Box::pin(town.office.issue_receipts()).await.overdue, 0);
}

#[tokio::test]
async fn one_lost_call_is_no_outage() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    town.office.deliver().await.unwrap();
    // The log-in is answered before and after; the call between them is not.
    town.office.invoices().set_failures(PROVIDER, Faults::from_seed(1, Plan::at_call(2, Failure::Unavailable)));
    Box::pin(town.office.issue_receipts()).await;
    assert_eq!(left(&town, id).await, by("2026-12-03"));
}
