//! The register: every dossier by the day of receipt, whatever its end.

use jiff::Timestamp;
use motcua::store::{Key, Projected};
use rules::dossier::Phase;
use rules::http::Reply;
use rules::id::{AgencyCode, DossierId};
use rules::vietnam::portal_instant;
use rules::worklist::{After, Asked, Counts, List, Row};
use serde_json::json;

use super::{day, store, stored_rows};
use crate::town::{Town, at, form};

async fn register(town: &Town, from: i8, until: i8) -> Vec<Row> {
    town.office.deliver().await.unwrap();
    store(town).rows_of(&town.agency(), &Asked::received(day(from), day(until)), 100).await.unwrap().0
}

fn ids(rows: &[Row]) -> Vec<DossierId> {
    rows.iter().map(|row| row.id).collect()
}

/// Files a dossier online now, to the minute.
async fn received(town: &Town, code: &str) -> DossierId {
    let mut form = form(code);
    form["NgayNopHoSo"] = json!(portal_instant(town.clock.now()));
    let answer = town.portal("dossier.submitted", &format!("submit-{code}"), form).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    town.id_of(code)
}

/// Brings a dossier to its result.
async fn ready(town: &Town, code: &str) -> DossierId {
    let id = received(town, code).await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    id
}

#[tokio::test]
async fn a_period_has_its_dossiers_in_the_order_of_receipt_whatever_became_of_them() {
    let town = Town::new().await;
    let first = received(&town, "G22-1").await;
    town.minutes(1);
    let second = received(&town, "G22-2").await;
    town.clerk(second, "withdraw", json!({ "reason": "rút hồ sơ" })).await;
    // Five to midnight here and five past it are two days, although one in UTC.
    town.until("2020-04-15T23:55:00+07:00");
    let refused = received(&town, "G22-3").await;
    town.clerk(refused, "refuse-intake", json!({ "reason": "không thuộc thẩm quyền" })).await;
    town.until("2020-04-16T00:05:00+07:00");
    let next_day = ready(&town, "G22-4").await;
    town.clerk(first, "accept", json!({})).await;

    assert_eq!(ids(&register(&town, 15, 15).await), [first, second, refused]);
    assert_eq!(ids(&register(&town, 15, 16).await), [first, second, refused, next_day]);
    assert_eq!(ids(&register(&town, 16, 30).await), [next_day]);
    assert_eq!(register(&town, 1, 14).await, []);
    let phases: Vec<_> = register(&town, 15, 16).await.iter().map(|row| row.phase).collect();
    assert_eq!(phases, [Phase::Accepted, Phase::Withdrawn, Phase::NotAccepted, Phase::Done]);
    let other = AgencyCode::parse("000.00.02.H32").unwrap();
    let theirs = store(&town).rows_of(&other, &Asked::received(day(1), day(30)), 100).await.unwrap();
    assert_eq!(theirs.0, []);
    assert_eq!(store(&town).count_rows(&other, &Asked::received(day(1), day(30)), 100).await.unwrap(), 0);
    assert_eq!(store(&town).count_rows(&town.agency(), &Asked::received(day(15), day(15)), 100).await.unwrap(), 3);
}

#[tokio::test]
async fn a_page_leads_on_only_where_something_stands_behind_it() {
    let town = Town::new().await;
    for number in 0..5 {
        town.submit(&format!("G22-{number}")).await;
    }
    let all = register(&town, 15, 15).await;
    let (store, agency, asked) = (store(&town), town.agency(), Asked::received(day(15), day(15)));
    let page = async |after: Option<After>, most| {
        store.rows_of(&agency, &Asked { after, ..asked.clone() }, most).await.unwrap()
    };
    let (first, next) = page(None, 3).await;
    let (second, end) = page(After::parse(&next.unwrap().to_string()), 3).await;
    assert_eq!((first.as_slice(), second.as_slice(), end), (&all[..3], &all[3..], None));
    assert_eq!(page(None, 5).await, (all, None));
    // A place of another list is before these days, or behind them.
    assert_eq!(page(Some(After::sort("2#000000000001")), 3).await, (Vec::new(), None));
    assert_eq!(page(Some(After::sort("0#000000000001")), 3).await.0, first);
}

#[tokio::test]
async fn the_register_tells_when_a_result_left_by_hand_or_by_post_and_forgets_it_when_it_came_back() {
    let town = Town::new().await;
    let (handed, posted) = (ready(&town, "G22-1").await, ready(&town, "G22-2").await);
    town.minutes(1);
    let returned = async || -> Vec<Option<Timestamp>> {
        let rows = register(&town, 15, 15).await;
        [handed, posted].map(|id| rows.iter().find(|row| row.id == id).unwrap().returned_at).to_vec()
    };
    assert_eq!(returned().await, [None, None]);
    let to = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" });
    town.clerk(handed, "hand-out", to).await;
    town.clerk(posted, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    town.minutes(1);
    town.clerk(posted, "post-result", json!({ "item_code": "EE123456789VN" })).await;
    let [one, two] = [at("2020-04-15T08:01:00+07:00"), at("2020-04-15T08:02:00+07:00")];
    assert_eq!(returned().await, [Some(one), Some(two)]);
    town.minutes(60);
    town.clerk(posted, "record-undelivered", json!({})).await;
    assert_eq!(returned().await, [Some(one), None]);
}

#[tokio::test]
async fn what_was_kept_before_there_was_a_register_is_brought_into_it_by_a_rebuild() {
    let town = Town::new().await;
    let (id, open) = (ready(&town, "G22-1").await, town.submit("G22-2").await);
    town.clerk(open, "accept", json!({})).await;
    let handed = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" });
    town.clerk(id, "hand-out", handed).await;
    town.office.deliver().await.unwrap();
    let right = stored_rows(&town).await;
    // A projection as it was kept then: without the place, the date in the row, and the count.
    let (store, agency) = (store(&town), town.agency());
    let open = store.item(&Key::projection(&agency, open)).await.unwrap().unwrap();
    let mut item = store.item(&Key::projection(&agency, id)).await.unwrap().unwrap();
    let place = Projected::read(&item).unwrap().projection.places.remove(0);
    assert_eq!(place.list, List::Received);
    let mut kept: serde_json::Value = serde_json::from_str(motcua::store::text(&item, "projection").unwrap()).unwrap();
    kept["places"] = json!([]);
    kept["row"].as_object_mut().unwrap().remove("returned_at").unwrap();
    motcua::store::write::text(&mut item, "projection", kept.to_string());
    store.put_over(item).await.unwrap();
    let delete = store.client().delete_item().table_name(store.table());
    delete.set_key(Some(Key::place(&agency, &place).attributes())).send().await.unwrap();
    let (revision, mut counts) = (store.counted(&agency).await.unwrap().revision, Counts::default());
    counts.add(&Projected::read(&open).unwrap().projection, 1);
    assert!(store.recount(&agency, revision, &counts).await.unwrap());

    let rebuilt = Box::pin(project::rebuild(&town.office.site(), &agency)).await.unwrap();
    assert_eq!((rebuilt.behind, rebuilt.rows_stray, rebuilt.counts_wrong.len()), (1, 0, 0));
    assert_eq!(stored_rows(&town).await, right);
    let again = Box::pin(project::rebuild(&town.office.site(), &agency)).await.unwrap();
    assert!(again.nothing_was_wrong(), "{again:?}");
}
