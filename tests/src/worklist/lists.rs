//! Each list gets and loses dossiers as they live.

use rules::catalogue::Reason;
use rules::dossier::{Filing, Phase};
use rules::http::Reply;
use rules::id::AgencyCode;
use rules::worklist::{After, Asked, Filters, List};
use serde_json::json;

use super::{day, lists_of, page, recounted, store};
use crate::town::{FEE_VND, Town, form};

#[tokio::test]
async fn a_dossier_stands_in_every_list_that_fits_and_in_no_other() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    assert_eq!(lists_of(&town, id).await, [List::New]);
    town.clerk(id, "accept", json!({})).await;
    assert_eq!(lists_of(&town, id).await, [List::Running]);
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    assert_eq!(lists_of(&town, id).await, [List::Paused, List::Fee]);
    let listed = page(&town, &Asked::all_of(List::Fee)).await.rows.remove(0);
    assert_eq!((listed.row.phase, listed.row.awaited.as_slice()), (Phase::Paused, [Reason::Fee].as_slice()));
    assert_eq!(listed.person.unwrap().applicant.name, "Công ty TNHH Thử Nghiệm");
    town.send(&town.callback(&town.paid(&format!("{id}01")))).await;
    assert_eq!(lists_of(&town, id).await, [List::Running]);
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    // Grace for the originals runs, then the sweep pauses.
    assert_eq!(lists_of(&town, id).await, [List::Running, List::Originals]);
    town.until("2020-04-17T17:05:00+07:00");
    assert_eq!(town.office.sweep().await.paused, 1);
    assert_eq!(lists_of(&town, id).await, [List::Paused, List::Originals]);
    let needed = town.dossier(id).await.unwrap().pause().unwrap().awaited[0].papers.clone();
    town.clerk(id, "record-receipt", json!({ "papers": needed, "minutes_no": "BB-1", "by": "hand" })).await;
    assert_eq!(lists_of(&town, id).await, [List::Running]);
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    assert_eq!(lists_of(&town, id).await, [List::Ready]);
    let handed = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" });
    town.clerk(id, "hand-out", handed).await;
    assert_eq!(lists_of(&town, id).await, []);
    assert_eq!(recounted(&town).await.kept().collect::<Vec<_>>(), [("list#received", 1)]);
}

#[tokio::test]
async fn what_waits_for_a_supplement_is_new_and_what_is_over_is_nowhere() {
    let town = Town::new().await;
    let (asked, refused, withdrawn) =
        (town.submit("G22-1").await, town.submit("G22-2").await, town.submit("G22-3").await);
    town.clerk(asked, "request-supplement", json!({ "reason": "thiếu giấy" })).await;
    town.clerk(refused, "refuse-intake", json!({ "reason": "không thuộc thẩm quyền" })).await;
    town.clerk(withdrawn, "withdraw", json!({ "reason": "rút hồ sơ" })).await;
    assert_eq!(lists_of(&town, asked).await, [List::New]);
    assert_eq!(lists_of(&town, refused).await, []);
    assert_eq!(lists_of(&town, withdrawn).await, []);
    let counts = recounted(&town).await;
    assert_eq!((counts.of(List::New), counts.of(List::Running)), (1, 0));
}

#[tokio::test]
async fn late_and_soon_are_ranges_of_the_running_ones() {
    let town = Town::new().await;
    let mut ids = Vec::new();
    for (number, day) in [15, 16, 17, 20].into_iter().enumerate() {
        town.until(&super::morning_of(day).replace("08:00", "08:01"));
        let id = town.submit(&format!("G22-{number}")).await;
        town.clerk(id, "accept", json!({})).await;
        ids.push(id);
    }
    town.office.deliver().await.unwrap();
    let listed = page(&town, &Asked::all_of(List::Running)).await;
    let due: Vec<_> = listed.rows.iter().map(|listed| listed.row.due.unwrap().on).collect();
    assert_eq!(listed.rows.iter().map(|listed| listed.row.id).collect::<Vec<_>>(), ids);
    let today = due[1];
    let (late, soon) = (Asked::late(today), Asked::due_within_a_day(today, due[2]));
    let of = |page: &motcua::store::WorkPage| page.rows.iter().map(|listed| listed.row.id).collect::<Vec<_>>();
    assert_eq!(of(&page(&town, &late).await), ids[..1]);
    assert_eq!(of(&page(&town, &soon).await), ids[1..3]);
    let counts = recounted(&town).await;
    assert_eq!((counts.late(today), counts.due_within_a_day(today, due[2])), (1, 2));
    assert_eq!(counts.late(day(1)), 0);
}

#[tokio::test]
async fn pages_follow_each_other_and_their_ends_lead_nowhere_else() {
    let town = Town::new().await;
    for number in 0..23 {
        town.submit(&format!("G22-{number}")).await;
    }
    town.office.deliver().await.unwrap();
    let mut asked = Asked::all_of(List::New);
    let first = page(&town, &asked).await;
    assert_eq!((first.rows.len(), first.counts.of(List::New)), (20, 23));
    asked.after = After::parse(&first.next.unwrap().to_string());
    let second = page(&town, &asked).await;
    assert_eq!((second.rows.len(), second.next.is_none()), (3, true));
    let mut ids: Vec<_> = first.rows.iter().chain(&second.rows).map(|listed| listed.row.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 23);
    // The same place, asked of another agency or another list, is only a place there.
    let other = AgencyCode::parse("000.00.02.H32").unwrap();
    assert_eq!(store(&town).work_list(&other, &asked).await.unwrap().rows, []);
    asked.list = List::Ready;
    assert_eq!(page(&town, &asked).await.rows, []);
    // A place outside a range is before it or behind it.
    asked = Asked { after: asked.after, ..Asked::late(day(30)) };
    assert_eq!(page(&town, &asked).await.rows, []);
    asked.after = Some(After::sort("2#000000000001"));
    assert_eq!(page(&town, &asked).await.rows, []);
}

#[tokio::test]
async fn filters_leave_in_what_fits_and_never_lose_a_row_between_pages() {
    let town = Town::new().await;
    let mut held = Vec::new();
    for number in 0..30 {
        let mut form = form(&format!("G22-{number}"));
        form["KenhThucHien"] = json!(if number % 2 == 0 { "2" } else { "3" });
        let response = town.portal("dossier.submitted", &format!("d{number}"), form).await;
        assert_eq!(response.status().as_u16(), 200, "{}", response.text());
        let id = town.id_of(&format!("G22-{number}"));
        town.clerk(id, "forward", json!({ "to": if number < 25 { "minh" } else { "lan" } })).await;
        if number < 25 && number % 2 == 1 {
            held.push(id);
        }
    }
    town.office.deliver().await.unwrap();
    let filters = Filters { holder: Some("minh".into()), filing: Some(Filing::Post), ..Filters::default() };
    let mut asked = Asked { filters, ..Asked::all_of(List::New) };
    let mut seen = Vec::new();
    loop {
        let page = page(&town, &asked).await;
        assert!(page.rows.len() <= 10);
        seen.extend(page.rows.into_iter().map(|listed| listed.row.id));
        asked.after = page.next;
        if asked.after.is_none() {
            break;
        }
    }
    seen.sort();
    held.sort();
    assert_eq!(seen, held);
    let none = Filters { procedure: Some("9.999999".into()), ..Filters::default() };
    let page = page(&town, &Asked { filters: none, ..Asked::all_of(List::New) }).await;
    assert_eq!((page.rows.len(), page.counts.of(List::New)), (0, 30));
}
