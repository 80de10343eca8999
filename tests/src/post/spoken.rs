//! Orders, cancellations and the feed: what an operator is told, and what it tells.

use std::sync::atomic::{AtomicU32, Ordering as Atomic};

use motcua::post::{name_waybill, numbers_left};
use motcua::store::TaskKind;
use motcua_local::neighbours::portal::{Failure, Mood};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::dossier::Phase;
use rules::post::{Ordering, ParcelNo, State, Trouble};
use serde_json::json;

use super::{CLERK, OPERATOR, opened, parcel, phase, put, ready};
use crate::town::Town;

/// Returns a parcel whose order is wanted, with its dossier.
async fn wanted(town: &Town, code: &str) -> (rules::id::DossierId, ParcelNo) {
    let id = ready(town, code).await;
    let manifest = opened(town).await;
    (id, put(town, &manifest, &[id]).await.parcel.no)
}

/// Closes the manifest of a parcel.
async fn picked_up(town: &Town, no: ParcelNo) {
    let manifest = parcel(town, no).await.manifest.unwrap();
    let (site, agency) = (town.office.site(), town.agency());
    Box::pin(motcua::post::close(&site, &agency, manifest, CLERK, town.clock.now())).await.unwrap();
}

/// Runs for so many minutes.
async fn minutes(town: &Town, minutes: u32) {
    for _ in 0..minutes {
        town.minutes(1);
        town.office.deliver().await.unwrap();
        Box::pin(town.office.sync_post()).await;
    }
}

/// Runs for so many minutes, without the stream.
async fn later(town: &Town, minutes: u32) {
    for _ in 0..minutes {
        town.minutes(1);
        Box::pin(town.office.sync_post()).await;
    }
}

fn act(town: &Town, no: ParcelNo, state: State) {
    assert!(town.office.posts().act(OPERATOR, &no.to_string(), state, town.clock.now()));
}

#[tokio::test]
async fn an_order_is_given_once_and_its_parcel_followed_to_the_door() {
    let town = Town::new().await;
    let (id, no) = wanted(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    let orders = town.office.posts().orders(OPERATOR);
    assert_eq!((orders.len(), orders[0].number.as_str()), (1, "B20-000001"));
    let order = &orders[0];
    assert_eq!((&order.fields["receiverProvince"], &order.fields["senderProvince"]), (&json!(65), &json!(65)));
    assert_eq!(order.waybill, parcel(&town, no).await.waybill);
    assert_eq!(order.waybill.as_deref(), Some("CE000000014VN"));
    picked_up(&town, no).await;
    for state in [State::Collected, State::AttemptFailed, State::Delivered] {
        town.minutes(60);
        act(&town, no, state);
        minutes(&town, 2).await;
    }
    assert_eq!(phase(&town, id).await, Phase::Returned);
    let tally = town.office.posts().tally(OPERATOR);
    assert_eq!((tally.refusals, tally.repeats, tally.log_ins), (0, 0, 4));
    let (site, agency) = (town.office.site(), town.agency());
    assert_eq!(numbers_left(&site, &agency, OPERATOR).await.unwrap(), Some(99_998));
}

#[tokio::test]
async fn whatever_a_call_meets_nothing_is_lost_and_nothing_is_sent_that_the_operator_refuses() {
    for failure in Failure::PASSING {
        for call in 1..=4 {
            let town = Town::new().await;
            let (_, no) = wanted(&town, "G22.99-1").await;
            town.office.posts().set_failures(OPERATOR, Faults::from_seed(1, Plan::at_call(call, failure)));
            later(&town, 12).await;
            let what = format!("{failure:?} at call {call}");
            assert!(matches!(parcel(&town, no).await.order, Ordering::Sent(_)), "{what}");
            assert_eq!(town.office.posts().orders(OPERATOR).len(), 1, "{what}");
            assert_eq!(town.office.posts().tally(OPERATOR).refusals, 0, "{what}");
        }
    }
}

#[tokio::test]
async fn a_run_whose_table_fails_at_any_call_loses_nothing_and_tells_nothing_twice() {
    for fault in [Fault::TimeoutApplied, Fault::TimeoutNotApplied] {
        for first_call in 1..=30 {
            let town = Town::new().await;
            let (id, no) = wanted(&town, "G22.99-1").await;
            minutes(&town, 1).await;
            picked_up(&town, no).await;
            town.minutes(60);
            act(&town, no, State::AttemptFailed);
            act(&town, no, State::Delivered);
            let other = wanted(&town, "G22.99-2").await.1;
            // As many as the SDK tries, so that the function sees it.
            town.office.wire().set_faults(Faults::from_seed(1, Plan::Burst { first_call, calls: 3, fault }));
            town.minutes(1);
            Box::pin(town.office.sync_post()).await;
            town.office.wire().set_faults(Faults::none());
            // A lease that nobody gave back runs out.
            later(&town, 8).await;
            let what = format!("{fault:?} at call {first_call}");
            assert_eq!(phase(&town, id).await, Phase::Returned, "{what}");
            let failed =
                town.events(id).await.iter().filter(|it| format!("{it:?}").starts_with("DeliveryFailed")).count();
            assert_eq!(failed, 1, "{what}");
            assert!(matches!(parcel(&town, other).await.order, Ordering::Sent(_)), "{what}");
            assert_eq!(town.office.posts().tally(OPERATOR).refusals, 0, "{what}");
            assert_eq!(town.office.posts().orders(OPERATOR).len(), 2, "{what}");
        }
    }
}

#[tokio::test]
async fn a_result_that_is_handed_out_at_the_desk_cancels_its_order() {
    let town = Town::new().await;
    let (id, no) = wanted(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    let shown = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001", "part": false });
    town.clerk(id, "hand-out", shown).await;
    minutes(&town, 3).await;
    assert_eq!(parcel(&town, no).await.order, Ordering::Cancelled);
    assert_eq!(town.office.posts().orders(OPERATOR)[0].state(), State::Cancelled);
}

#[tokio::test]
async fn a_cancellation_that_comes_too_late_goes_to_a_person() {
    let town = Town::new().await;
    let (id, no) = wanted(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    let (site, agency) = (town.office.site(), town.agency());
    let off = motcua::post::take_off(&site, &agency, (no, id), (CLERK, "wrong"), town.clock.now());
    Box::pin(off).await.unwrap();
    town.office.posts().act(OPERATOR, &no.to_string(), State::Collected, town.clock.now());
    minutes(&town, 2).await;
    let parcel = parcel(&town, no).await;
    assert_eq!(parcel.trouble(&parcel.standing()), Some(Trouble::CancelRefused));
    assert_eq!(town.for_a_person(TaskKind::Parcel).await, 1);
}

#[tokio::test]
async fn an_order_that_cannot_be_written_goes_to_a_person_with_the_reason() {
    let town = Town::new().await;
    let id = super::unconfirmed(&town, "G22.99-1", "12345").await;
    super::confirmed(&town, id).await;
    let manifest = opened(&town).await;
    let no = put(&town, &manifest, &[id]).await.parcel.no;
    minutes(&town, 2).await;
    assert_eq!(parcel(&town, no).await.order, Ordering::Refused("no_telephone".into()));
    assert_eq!((town.for_a_person(TaskKind::Parcel).await, town.office.posts().orders(OPERATOR).len()), (1, 0));
}

#[tokio::test]
async fn an_operator_that_is_down_holds_up_orders_alone() {
    let town = Town::new().await;
    let (id, no) = wanted(&town, "G22.99-1").await;
    minutes(&town, 1).await;
    picked_up(&town, no).await;
    town.office.posts().set_mood(OPERATOR, Mood::Down);
    let other = wanted(&town, "G22.99-2").await.1;
    town.minutes(60);
    super::hear_only(&town, no, &super::event(State::Delivered, town.clock.now())).await;
    minutes(&town, 3).await;
    assert_eq!(phase(&town, id).await, Phase::Returned);
    assert_eq!(parcel(&town, other).await.order, Ordering::Wanted);
    town.office.posts().set_mood(OPERATOR, Mood::Well);
    minutes(&town, 80).await;
    assert!(matches!(parcel(&town, other).await.order, Ordering::Sent(_)));
}

#[tokio::test]
async fn ten_thousand_rows_are_read_in_several_runs_and_the_cursor_keeps_its_place() {
    let town = Town::new().await;
    let (id, no) = wanted(&town, "G22.99-1").await;
    minutes(&town, 1).await;
    picked_up(&town, no).await;
    for _ in 0..10_000 {
        town.office.posts().tell(OPERATOR, &no.to_string(), "2", town.clock.now());
    }
    act(&town, no, State::Delivered);
    let mut runs = 0;
    while phase(&town, id).await != Phase::Returned && runs < 20 {
        town.minutes(1);
        let asked = AtomicU32::new(0);
        // Time for five pages.
        Box::pin(town.office.sync_post_while(&|| asked.fetch_add(1, Atomic::Relaxed) < 5)).await;
        runs += 1;
    }
    assert!((5..=10).contains(&runs), "{runs}");
    let pages = town.office.posts().tally(OPERATOR).pages;
    assert!(pages <= 30, "{pages}");
}

#[tokio::test]
async fn a_feed_that_goes_back_tells_nothing_twice_and_is_read_on() {
    let town = Town::new().await;
    let (id, no) = wanted(&town, "G22.99-1").await;
    minutes(&town, 1).await;
    picked_up(&town, no).await;
    town.minutes(60);
    act(&town, no, State::AttemptFailed);
    minutes(&town, 2).await;
    town.office.posts().begin_feed_anew(OPERATOR);
    minutes(&town, 3).await;
    act(&town, no, State::Delivered);
    minutes(&town, 3).await;
    assert_eq!(phase(&town, id).await, Phase::Returned);
    assert_eq!(parcel(&town, no).await.standing().failed.len(), 1);
}

#[tokio::test]
async fn a_number_that_a_clerk_typed_is_passed_over_by_the_pool() {
    let town = Town::new().await;
    let (_, no) = wanted(&town, "G22.99-1").await;
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    // The pool's next number, written on the parcel by hand.
    let typed = name_waybill(&site, &agency, no, " ce 000000028 vn", now).await.unwrap();
    assert_eq!(typed.waybill.as_deref(), Some("CE000000028VN"));
    let other = wanted(&town, "G22.99-2").await.1;
    assert_eq!(parcel(&town, other).await.waybill.as_deref(), Some("CE000000031VN"));
    let used = name_waybill(&site, &agency, other, "CE000000028VN", now).await.unwrap_err();
    assert!(matches!(used, motcua::post::NotDone::NumberUsed(by) if by == no), "{used}");
}
