//! Receipts issued, cancelled and replaced, and the rows of the tables.

use motcua::links::preview;
use motcua::receipts::Act;
use motcua::store::TaskKind;
use motcua_local::neighbours::invoices::Mood;
use rules::receipt::{Standing, total_vnd};
use rules::vnd::Vnd;
use serde_json::json;

use super::{PROVIDER, at_provider, cash, decided, minutes, of, one, paid, rows, town};
use crate::town::FEE_VND;

#[tokio::test]
async fn a_payment_gets_one_receipt_with_its_files_and_a_row() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    let (lawful, issued) = (one(&town, id).await, at_provider(&town));
    assert_eq!((lawful.no().unwrap().to_string(), issued.len()), ("EBL01 26TAB 1".to_owned(), 1));
    assert_eq!((issued[0].key.as_str(), issued[0].amount), (lawful.last().key.as_str(), FEE_VND));
    assert_eq!((lawful.standing(), lawful.last().files.len()), (Standing::Settled, 2));
    let scans = town.office.site().recorder.store().whole(&town.agency(), id).await.unwrap().unwrap().scans;
    assert_eq!(scans.len(), 2);
    let rows = rows(&town, "2026-11-30").await;
    assert_eq!((rows.len(), total_vnd(&rows), rows[0].period()), (1, i64::try_from(FEE_VND).unwrap(), None));
    assert!(town.office.invoices().tally(PROVIDER).refusals.is_empty());
}

#[tokio::test]
async fn whoever_has_the_key_of_a_dossier_sees_its_receipts_with_the_cancelled_ones() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    let act = Act::Replace(Vnd::new(FEE_VND).unwrap(), "sai loại phí".into());
    decided(&town, id, &act).await;
    minutes(&town, 2).await;
    let site = town.office.site();
    let link = preview(&site, &site.config.agencies()[0], id, town.clock.now()).await.unwrap().unwrap();
    let page = crate::citizen::page(&town, &link[link.find("/t/").unwrap()..]).await;
    for shown in ["EBL01 26TAB 1<", "thay bằng <span class=\"wide\">EBL01 26TAB 2<", "mã tra cứu"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}

#[tokio::test]
async fn repeats_of_a_payment_and_of_the_stream_bring_no_second_receipt() {
    let town = town().await;
    let (id, reference) = town.asked("G22.99-1").await;
    for _ in 0..3 {
        town.send(&town.callback(&town.paid(&reference))).await;
        minutes(&town, 1).await;
    }
    let rebuilt = Box::pin(project::rebuild(&town.office.site(), &town.agency())).await.unwrap();
    assert_eq!(rebuilt.no_receipt, 0);
    minutes(&town, 2).await;
    assert_eq!((of(&town, id).await.len(), at_provider(&town).len()), (1, 1));
}

#[tokio::test]
async fn a_rebuild_wants_what_nobody_wanted() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    let rebuilt = Box::pin(project::rebuild(&town.office.site(), &town.agency())).await.unwrap();
    assert_eq!((rebuilt.no_receipt, of(&town, id).await.len()), (1, 1));
}

#[tokio::test]
async fn a_fee_in_two_payments_has_two_receipts_that_sum_to_it() {
    let town = town().await;
    let id = cash(&town, "G22.99-1", 25_000).await;
    town.clerk(id, "record-cash-payment", json!({ "attempt": 1, "amount_vnd": FEE_VND - 25_000 })).await;
    minutes(&town, 2).await;
    let all = of(&town, id).await;
    assert!(all.len() == 2 && all.iter().all(|it| it.no().is_some()));
    assert_eq!(at_provider(&town).iter().map(|it| it.amount).sum::<u64>(), FEE_VND);
    assert_eq!(total_vnd(&rows(&town, "2026-11-30").await), i64::try_from(FEE_VND).unwrap());
}

#[tokio::test]
async fn money_that_belongs_to_nobody_has_no_receipt_until_it_does() {
    let town = town().await;
    let (id, reference) = town.asked("G22.99-1").await;
    let other = motcua_local::senders::Payment { amount_vnd: Vnd::new(1_000).unwrap(), ..town.paid(&reference) };
    town.send(&town.callback(&other)).await;
    minutes(&town, 3).await;
    assert!(of(&town, id).await.is_empty() && at_provider(&town).is_empty());
}

#[tokio::test]
async fn a_provider_that_is_down_for_a_day_is_caught_up_with_in_order() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Down);
    let mut ids = Vec::new();
    for number in 1..=5 {
        ids.push(paid(&town, &format!("G22.99-{number}")).await);
        town.minutes(7);
    }
    minutes(&town, 2).await;
    town.until("2026-12-01T09:00:00+07:00");
    let report = Box::pin(town.office.issue_receipts()).await;
    assert_eq!((report.shut, report.late, report.issued), (1, 1, 0));
    town.office.invoices().set_mood(PROVIDER, Mood::Well);
    minutes(&town, 61).await;
    for (place, id) in ids.into_iter().enumerate() {
        assert_eq!(one(&town, id).await.no().unwrap().to_string(), format!("EBL01 26TAB {}", place + 1));
    }
    let late = rows(&town, "2026-12-01").await;
    assert!(late.len() == 5 && late.iter().all(|row| row.period() == Some("2026-11-30".parse().unwrap())));
    assert!(rows(&town, "2026-11-30").await.is_empty());
}

#[tokio::test]
async fn what_is_refused_goes_to_a_person_with_the_reason_and_may_be_asked_again() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Refusing);
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    assert_eq!((town.for_a_person(TaskKind::Receipt).await, at_provider(&town).len()), (1, 0));
    town.office.invoices().set_mood(PROVIDER, Mood::Well);
    decided(&town, id, &Act::AskAgain).await;
    minutes(&town, 4).await;
    assert_eq!(town.for_a_person(TaskKind::Receipt).await, 0);
    assert_eq!(one(&town, id).await.no().unwrap().to_string(), "EBL01 26TAB 1");
}

#[tokio::test]
async fn a_refund_cancels_its_receipt_on_the_day_it_happens() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    town.until("2026-12-02T09:00:00+07:00");
    decided(&town, id, &Act::Cancel("đã hoàn trả toàn bộ".into())).await;
    minutes(&town, 1).await;
    let (lawful, issued) = (one(&town, id).await, at_provider(&town));
    assert!(lawful.no().is_none() && lawful.standing() == Standing::Settled);
    assert_eq!(issued[0].cancelled.as_deref(), Some("đã hoàn trả toàn bộ"));
    let rows = rows(&town, "2026-12-02").await;
    assert_eq!((rows[0].change.word(), rows[0].period()), ("Hủy", Some("2026-11-30".parse().unwrap())));
    assert_eq!(total_vnd(&rows), -i64::try_from(FEE_VND).unwrap());
}

#[tokio::test]
async fn a_part_that_goes_back_replaces_the_receipt_and_both_stay() {
    let town = town().await;
    let id = paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    decided(&town, id, &Act::Replace(Vnd::new(100_000).unwrap(), "hoàn trả một phần".into())).await;
    minutes(&town, 1).await;
    let (lawful, issued) = (one(&town, id).await, at_provider(&town));
    assert_eq!((lawful.issues.len(), lawful.no().unwrap().to_string()), (2, "EBL01 26TAB 2".to_owned()));
    assert_eq!((issued[0].replaced, issued[1].replaces.as_deref()), (true, Some("26TAB1")));
    let rows = rows(&town, "2026-11-30").await;
    assert_eq!((rows.len(), total_vnd(&rows), rows[1].change.word()), (2, 100_000, "Thay thế"));
}

#[tokio::test]
async fn a_payment_for_two_fees_has_one_receipt_that_names_both() {
    let town = town().await;
    let mut form = crate::town::form("G22.99-1");
    form["MaTTHC"] = json!("1.012789");
    assert_eq!(town.portal("dossier.submitted", "submit-1", form).await.status().as_u16(), 200);
    let id = town.id_of("G22.99-1");
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": 2_100_000 })).await;
    let attempt = town.dossier(id).await.unwrap().fees.last().unwrap().attempt;
    town.clerk(id, "record-cash-payment", json!({ "attempt": attempt, "amount_vnd": 2_100_000 })).await;
    minutes(&town, 2).await;
    let issued = at_provider(&town);
    let items = [
        ("Phí thẩm định hồ sơ giao đất (mẫu)".to_owned(), 2_000_000),
        ("Lệ phí cấp giấy chứng nhận (mẫu)".to_owned(), 100_000),
    ];
    assert_eq!((issued.len(), issued[0].amount, &issued[0].items[..]), (1, 2_100_000, &items[..]));
    assert_eq!(one(&town, id).await.no().unwrap().to_string(), "EBL01 26TAB 1");
}

#[tokio::test]
async fn the_message_of_a_payment_waits_for_the_number_and_names_it() {
    let town = town().await;
    paid(&town, "G22.99-1").await;
    minutes(&town, 2).await;
    let told = |town: &crate::town::Town| {
        town.sms().iter().filter(|it| it.text.contains("Da thu")).map(|it| it.text.clone()).collect::<Vec<_>>()
    };
    assert!(told(&town).is_empty());
    town.settle(1).await;
    let told_now = told(&town);
    assert!(told_now.len() == 1 && told_now[0].contains("bien lai EBL01 26TAB 1"), "{told_now:?}");
}

#[tokio::test]
async fn the_message_of_a_payment_leaves_without_a_number_if_none_comes() {
    let town = town().await;
    town.office.invoices().set_mood(PROVIDER, Mood::Down);
    paid(&town, "G22.99-1").await;
    town.settle(2).await;
    let told: Vec<_> = town.sms().into_iter().filter(|it| it.text.contains("Da thu")).collect();
    assert!(told.len() == 1 && !told[0].text.contains("bien lai"), "{told:?}");
}
