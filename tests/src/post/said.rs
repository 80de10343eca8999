//! Words of operators about a parcel, and the news that its dossiers hear of it.

use motcua::post::{About, Tracking, tracked};
use motcua::store::TaskKind;
use rules::dossier::{Event, Phase};
use rules::post::{Source, State, Tracked, Trouble, Why};

use super::{OPERATOR, event, hear, parcel, phase, posted};
use crate::town::Town;

#[tokio::test]
async fn a_dossier_hears_of_a_failed_attempt_and_of_the_delivery_once_each() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(60);
    let failed = Tracked { why: Some(Why::Absent), ..event(State::AttemptFailed, town.clock.now()) };
    hear(&town, no, &failed).await;
    hear(&town, no, &failed).await;
    town.minutes(60);
    let delivered_at = town.clock.now();
    hear(&town, no, &event(State::Delivered, delivered_at)).await;
    hear(&town, no, &failed).await;
    assert_eq!(phase(&town, id).await, Phase::Returned);
    let events = town.events(id).await;
    let failures = events.iter().filter(|event| matches!(event, Event::DeliveryFailed { .. })).count();
    let at = events.iter().find_map(|event| match event {
        Event::ResultDelivered { at } => Some(*at),
        _ => None,
    });
    assert_eq!((failures, at), (1, Some(delivered_at)));
}

#[tokio::test]
async fn a_parcel_that_comes_back_is_ready_at_the_desk_and_may_be_posted_again() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(60);
    hear(&town, no, &event(State::Returned, town.clock.now())).await;
    assert_eq!(phase(&town, id).await, Phase::Done);
    let manifest = super::opened(&town).await;
    let next = super::put(&town, &manifest, &[id]).await;
    assert_ne!(next.parcel.no, no);
}

#[tokio::test]
async fn an_operator_that_speaks_before_the_pick_up_is_noted_posts_the_result() {
    let town = Town::new().await;
    let id = super::ready(&town, "G22.99-1").await;
    let manifest = super::opened(&town).await;
    let no = super::put(&town, &manifest, &[id]).await.parcel.no;
    hear(&town, no, &event(State::Collected, town.clock.now())).await;
    assert_eq!(phase(&town, id).await, Phase::InPost);
}

#[tokio::test]
async fn an_event_that_contradicts_the_end_goes_to_a_person_and_moves_no_dossier() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(60);
    hear(&town, no, &event(State::Delivered, town.clock.now())).await;
    town.minutes(60);
    hear(&town, no, &event(State::AttemptFailed, town.clock.now())).await;
    let parcel = parcel(&town, no).await;
    assert_eq!(parcel.trouble(&parcel.standing()), Some(Trouble::Contradicted));
    assert_eq!((phase(&town, id).await, town.for_a_person(TaskKind::Parcel).await), (Phase::Returned, 1));
}

#[tokio::test]
async fn an_event_of_an_unknown_parcel_is_kept_once() {
    let town = Town::new().await;
    let (site, now) = (town.office.site(), town.clock.now());
    let post = site.config.post(OPERATOR).unwrap();
    let about = About { order: Some("B20-000009".into()), waybill: None };
    let told = event(State::Collected, now);
    assert_eq!(tracked(&site, post, &about, &told, now).await.unwrap(), Tracking::Kept);
    assert_eq!(tracked(&site, post, &about, &told, now).await.unwrap(), Tracking::KeptBefore);
}

#[tokio::test]
async fn an_end_that_nobody_signed_moves_no_dossier() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    town.minutes(60);
    let unsigned = Tracked { source: Source::Unsigned, ..event(State::Delivered, town.clock.now()) };
    hear(&town, no, &unsigned).await;
    assert_eq!(phase(&town, id).await, Phase::InPost);
    hear(&town, no, &Tracked { source: Source::LookUp, ..unsigned }).await;
    assert_eq!(phase(&town, id).await, Phase::Returned);
}
