//! Messages that brought no money, although they say so: a manager decides, and the book is right afterwards.

use jiff::civil::date;
use motcua::store::Did;
use rules::vnd::Vnd;

use super::*;

const DAYS: (jiff::civil::Date, jiff::civil::Date) = (date(2020, 4, 15), date(2020, 4, 15));

async fn sum(town: &Town) -> Vec<u64> {
    town.office.deliver().await.unwrap();
    let store = town.office.site().recorder.store().clone();
    let lines = store.booked(&town.agency(), "vnpay-demo", DAYS, 100).await.unwrap().unwrap();
    lines.iter().map(|line| line.amount_vnd.dong()).collect()
}

fn waiting(town: &Town, transaction: &str) -> (Payment, String) {
    let amount_vnd = Vnd::new(3_000).unwrap();
    let paid = Payment { transaction: transaction.into(), amount_vnd, ..town.paid("not-ours") };
    let name = vnpay_name(town, &paid);
    (paid, name)
}

#[tokio::test]
async fn a_trial_a_test_and_a_duplicate_leave_the_list_and_the_book_with_a_reason_and_an_entry() {
    let town = Town::new().await;
    for (number, kind) in ["trial", "test", "duplicate"].into_iter().enumerate() {
        let (paid, name) = waiting(&town, &number.to_string());
        // One is decided about before the book knows it.
        town.send(&town.callback(&paid)).await;
        if number > 0 {
            assert_eq!(sum(&town).await, [3_000]);
        }
        let decided = decided(&town, &name, "no-money", json!({ "kind": kind, "reason": "thử" })).await;
        assert_eq!((&decided["money"]["standing"], &decided["money"]["raw"]), (&json!("no_money"), &Value::Null));
        assert_eq!(decided["money"]["history"][0]["what"], json!({ "no_money": kind }));
        assert!(sum(&town).await.is_empty() && listed(&town).await.is_empty());
        // The same message again is the same message.
        town.send(&town.callback(&paid)).await;
        assert!(sum(&town).await.is_empty() && listed(&town).await.is_empty());
        let rebuilt = Box::pin(project::rebuild(&town.office.site(), &town.agency())).await.unwrap();
        assert_eq!(rebuilt.not_booked, 0);
        for (decision_name, body) in [
            ("no-money", json!({ "kind": "test", "reason": "lại" })),
            ("mark-refund", json!({ "reason": "trả" })),
            ("attach", json!({ "dossier": "G22", "reason": "gắn" })),
        ] {
            let version = one(&town, "manager", &name).await["version"].as_u64().unwrap();
            let key = format!("after-{number}-{decision_name}");
            let letter = decision(&town, "manager", (&name, version), decision_name, &key, &body);
            assert!(answered(&town, &letter).await.status().is_client_error(), "{decision_name}");
        }
    }
    let store = town.office.site().recorder.store().clone();
    let entries = store.audited(&town.agency(), date(2020, 4, 15), None, None).await.unwrap().unwrap().entries;
    assert_eq!(entries.iter().filter(|entry| matches!(entry.did, Did::DecidedMoney { .. })).count(), 3);
}

#[tokio::test]
async fn no_money_needs_a_manager_a_known_kind_and_a_reason_and_is_never_a_fee_that_was_paid() {
    let town = Town::new().await;
    let (paid, name) = waiting(&town, "1");
    town.send(&town.callback(&paid)).await;
    let good = json!({ "kind": "trial", "reason": "thử" });
    let cases = [
        ("clerk", good.clone(), 403),
        ("manager", json!({ "kind": "gift", "reason": "thử" }), 400),
        ("manager", json!({ "reason": "thử" }), 400),
        ("manager", json!({ "kind": "trial" }), 400),
    ];
    for (number, (role, body, status)) in cases.into_iter().enumerate() {
        let letter = decision(&town, role, (&name, 1), "no-money", &format!("k{number}"), &body);
        assert_eq!(answered(&town, &letter).await.status().as_u16(), status, "{body}");
    }
    let (_, reference) = town.asked("G22-1").await;
    let fee = town.paid(&reference);
    town.send(&town.callback(&fee)).await;
    let name = vnpay_name(&town, &fee);
    let version = one(&town, "manager", &name).await["version"].as_u64().unwrap();
    let letter = decision(&town, "manager", (&name, version), "no-money", "fee", &good);
    assert_eq!(answered(&town, &letter).await.status().as_u16(), 422);
}
