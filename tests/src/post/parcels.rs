//! Parcels and manifests: numbers that nobody gets twice, dossiers that leave, and pick-ups.

use motcua::post::{NotDone, close, put as put_one, take_off};
use rules::dossier::Phase;
use rules::post::{Ordering, Place};
use serde_json::json;

use super::{CLERK, OPERATOR, opened, parcel, phase, posted, put, ready};
use crate::town::Town;

#[tokio::test]
async fn a_result_is_put_into_a_parcel_handed_over_and_known_to_be_posted() {
    let town = Town::new().await;
    let (id, no) = posted(&town, "G22.99-1").await;
    assert_eq!(no.to_string(), "B20-000001");
    assert_eq!(phase(&town, id).await, Phase::InPost);
    let dossier = town.dossier(id).await.unwrap();
    assert_eq!(dossier.parcel.as_deref(), Some("B20-000001"));
    let label = town.office.site().recorder.store().label(&town.agency(), id, no).await.unwrap().unwrap();
    assert_eq!((label.name.as_str(), label.confirmed), ("Công ty TNHH Thử Nghiệm", true));
}

#[tokio::test]
async fn several_results_of_one_receiver_go_in_one_parcel_and_no_result_in_two() {
    let town = Town::new().await;
    let (one, other) = (ready(&town, "G22.99-1").await, ready(&town, "G22.99-2").await);
    let manifest = opened(&town).await;
    let made = put(&town, &manifest, &[one, other]).await;
    assert_eq!((made.parcel.inside().count(), made.declined.len()), (2, 0));
    // The same click again gives the same parcel, and another one is refused.
    assert_eq!(put(&town, &manifest, &[one, other]).await.parcel.no, made.parcel.no);
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let again = Box::pin(put_one(&site, &agency, (manifest.no, &[one]), CLERK, now)).await.unwrap_err();
    assert!(matches!(again, NotDone::InAParcel(id, no) if id == one && no == made.parcel.no), "{again}");
}

#[tokio::test]
async fn clerks_who_put_at_once_never_get_one_number() {
    let town = Town::new().await;
    let manifest = opened(&town).await;
    let mut ids = Vec::new();
    for number in 0..4 {
        ids.push(ready(&town, &format!("G22.99-{number}")).await);
    }
    let one = |place: usize| put(&town, &manifest, &ids[place..=place]);
    let (a, b, c, d) = tokio::join!(Box::pin(one(0)), Box::pin(one(1)), Box::pin(one(2)), Box::pin(one(3)));
    let mut nos = [a, b, c, d].map(|put| put.parcel.no).to_vec();
    nos.sort_unstable();
    nos.dedup();
    assert_eq!(nos.len(), 4);
    let kept = town.office.site().recorder.store().manifest(&town.agency(), manifest.no).await.unwrap().unwrap();
    assert_eq!(kept.parcels.len(), 4);
}

#[tokio::test]
async fn a_manifest_that_two_close_at_once_is_closed_by_one_of_them() {
    let town = Town::new().await;
    let id = ready(&town, "G22.99-1").await;
    let manifest = opened(&town).await;
    put(&town, &manifest, &[id]).await;
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let (one, other) = tokio::join!(
        Box::pin(close(&site, &agency, manifest.no, "one", now)),
        Box::pin(close(&site, &agency, manifest.no, "other", now)),
    );
    let told = match (one, other) {
        (Ok(_), Err(NotDone::Closed(_, by))) => by == "one",
        (Err(NotDone::Closed(_, by)), Ok(_)) => by == "other",
        (one, other) => panic!("{one:?} {other:?}"),
    };
    assert!(told, "the second is told who was first");
    let late = ready(&town, "G22.99-2").await;
    let refused = Box::pin(put_one(&site, &agency, (manifest.no, &[late]), CLERK, now)).await.unwrap_err();
    assert!(matches!(refused, NotDone::Closed(..)), "{refused}");
}

#[tokio::test]
async fn a_result_that_is_taken_off_may_go_into_another_parcel() {
    let town = Town::new().await;
    let (one, other) = (ready(&town, "G22.99-1").await, ready(&town, "G22.99-2").await);
    let manifest = opened(&town).await;
    let no = put(&town, &manifest, &[one, other]).await.parcel.no;
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let off = Box::pin(take_off(&site, &agency, (no, one), (CLERK, "wrong address"), now)).await.unwrap();
    assert_eq!((off.inside().count(), off.dossiers[0].place), (1, Place::Left));
    assert_eq!(town.dossier(one).await.unwrap().parcel, None);
    let next = put(&town, &manifest, &[one]).await.parcel.no;
    assert_ne!(next, no);
    // With its last dossier a parcel leaves its manifest.
    Box::pin(take_off(&site, &agency, (no, other), (CLERK, "comes to the desk"), now)).await.unwrap();
    let kept = site.recorder.store().manifest(&agency, manifest.no).await.unwrap().unwrap();
    assert_eq!(kept.parcels, [next]);
    let left = parcel(&town, no).await;
    assert_eq!((left.order, left.operator.as_str()), (Ordering::CancelWanted, OPERATOR));
}

#[tokio::test]
async fn a_result_that_is_not_ready_or_not_for_the_post_goes_into_no_parcel() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let manifest = opened(&town).await;
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    for command in ["accept", "record-result"] {
        let refused = Box::pin(put_one(&site, &agency, (manifest.no, &[id]), CLERK, now)).await.unwrap_err();
        assert!(matches!(refused, NotDone::Refused(..)), "{refused}");
        town.clerk(id, command, if command == "accept" { json!({}) } else { json!({ "kind": "positive" }) }).await;
    }
    let refused = Box::pin(put_one(&site, &agency, (manifest.no, &[id]), CLERK, now)).await.unwrap_err();
    assert!(matches!(refused, NotDone::Refused(..)), "{refused}");
}
