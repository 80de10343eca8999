//! Totals are compared with the dossiers, and put right.

use motcua::store::{Check, CountedMonth, Found, Key};
use rules::statistics::{Contributions, Month};

use super::{Played, day};

async fn checked(played: &Played, repair: bool) -> Found {
    let mut check = Check::begin(played.office.store(), &played.office.agency, &played.ids).await.unwrap();
    for id in &played.ids {
        check.dossier(*id).await.unwrap();
    }
    check.end(repair).await.unwrap()
}

async fn played() -> Played {
    let mut played = Played::open(5).await;
    for _ in 0..20 {
        played.a_day().await;
    }
    played.all_counted().await;
    played
}

/// Removes a total behind the office's back.
async fn lost(played: &Played) {
    let store = played.office.store();
    let kept = store.totals(&played.office.agency, day("2020-04-16"), day("2020-04-30")).await.unwrap();
    let total = kept.iter().find(|total| !total.counts.is_empty()).unwrap();
    let key = Key::totals(&played.office.agency, total.span, &total.group);
    store.client().delete_item().table_name(store.table()).set_key(Some(key.attributes())).send().await.unwrap();
}

#[tokio::test]
async fn totals_that_are_right_are_left_alone() {
    let played = played().await;
    let found = checked(&played, true).await;
    assert!(found.right > 20 && found.wrong.is_empty() && found.moving == 0, "{found:?}");
    for id in &played.ids {
        assert_eq!(played.office.site.recorder.recount(&played.office.agency, *id).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_total_that_was_lost_is_found_and_put_right() {
    let played = played().await;
    lost(&played).await;
    let found = checked(&played, false).await;
    assert!(found.wrong.len() == 1 && !found.wrong[0].repaired, "{found:?}");
    assert_eq!(checked(&played, false).await.wrong.len(), 1, "it was only looked at");
    let found = checked(&played, true).await;
    assert!(found.wrong.len() == 1 && found.wrong[0].repaired, "{found:?}");
    assert!(checked(&played, true).await.wrong.is_empty());
    played.holds(day("2020-04-15"), day("2020-05-04")).await;
}

#[tokio::test]
async fn what_a_dossier_keeps_of_itself_is_put_right_with_the_totals() {
    let played = played().await;
    let (recorder, agency, id) = (&played.office.site.recorder, &played.office.agency, played.ids[0]);
    let april = Month::parse("2020-04").unwrap();
    let kept = recorder.store().counted_months(agency, id).await.unwrap().remove(&april).unwrap();
    let nothing = CountedMonth { version: kept.version, contributions: Contributions::default() };
    recorder.store().count_month(agency, id, april, Some(&kept), &nothing).await.unwrap();
    assert_eq!(recorder.count(agency, id).await.unwrap(), 0, "by its version it is counted");
    assert_eq!(recorder.recount(agency, id).await.unwrap(), 1);
    played.holds(day("2020-04-15"), day("2020-05-04")).await;
    assert!(
        recorder.store().count_month(agency, id, april, Some(&nothing), &kept).await.is_err(),
        "it is not so any more"
    );
}

#[tokio::test]
async fn nothing_is_said_of_a_total_that_is_written_while_it_is_compared() {
    let played = played().await;
    let mut check = Check::begin(played.office.store(), &played.office.agency, &played.ids).await.unwrap();
    for id in &played.ids {
        check.dossier(*id).await.unwrap();
    }
    let (recorder, agency, id) = (&played.office.site.recorder, &played.office.agency, played.ids[0]);
    let april = Month::parse("2020-04").unwrap();
    let kept = recorder.store().counted_months(agency, id).await.unwrap().remove(&april).unwrap();
    let nothing = CountedMonth { version: kept.version, contributions: Contributions::default() };
    recorder.store().count_month(agency, id, april, Some(&kept), &nothing).await.unwrap();
    let found = check.end(true).await.unwrap();
    assert!(found.moving > 0 && found.wrong.is_empty(), "{found:?}");
}
