//! Invariant 4 for decisions: one owner, whatever is repeated, interrupted or concurrent.

use rules::http::Reply;
use std::sync::Arc;

use motcua::store::Owner;
use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::dossier::Event;
use rules::id::DossierId;

use super::*;

/// Files two dossiers that owe, and sends a payment that names neither.
async fn two_that_owe(town: &Town) -> ([DossierId; 2], String) {
    let (one, _) = town.asked("G22-1").await;
    let (other, _) = town.asked("G22-2").await;
    let paid = town.paid("not-ours");
    town.send(&town.callback(&paid)).await;
    ([one, other], vnpay_name(town, &paid))
}

fn to(dossier: DossierId) -> Value {
    json!({ "dossier": dossier.as_str(), "attempt": 1, "reason": "sao kê" })
}

async fn attached(town: &Town, id: DossierId) -> usize {
    let events = town.events(id).await;
    events.iter().filter(|event| matches!(event, Event::MoneyAttached { .. })).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_who_decide_at_once_one_wins_and_the_other_is_told() {
    for seed in 0..10 {
        let town = Arc::new(Town::new().await);
        let (dossiers, name) = two_that_owe(&town).await;
        town.office.wire().set_faults(Faults::from_seed(seed, Plan::Calm));
        let decisions = [
            decision(&town, "manager", (&name, 1), "attach", "k1", &to(dossiers[0])),
            decision(&town, "manager", (&name, 1), "attach", "k2", &to(dossiers[1])),
            decision(&town, "manager", (&name, 1), "mark-refund", "k3", &json!({ "reason": "hoàn" })),
        ];
        let given: Vec<_> = decisions
            .into_iter()
            .map(|request| {
                let town = town.clone();
                tokio::spawn(async move { answered(&town, &request).await.status().as_u16() })
            })
            .collect();
        let mut answers = Vec::new();
        for one in given {
            answers.push(one.await.unwrap());
        }
        answers.sort_unstable();
        assert_eq!(answers, [200, 412, 412], "seed {seed}");
        let money = town.money("vnpay-demo", "MOTCUA01/not-ours/14422574").await.unwrap();
        let mut owners = Vec::new();
        for id in dossiers {
            if attached(&town, id).await == 1 {
                owners.push(Owner::Dossier(id));
            }
        }
        match money.owner {
            owner @ Owner::Dossier(_) => assert_eq!(owners, [owner]),
            Owner::Unclaimed(_) => assert!(owners.is_empty() && money.refund.is_some()),
        }
    }
}

#[tokio::test]
async fn a_decision_that_is_interrupted_anywhere_is_recorded_once_by_its_repeat() {
    let mut later = 0;
    for name in ["attach", "mark-refund"] {
        for fault in [Fault::TimeoutApplied, Fault::TimeoutNotApplied, Fault::Throttle, Fault::InternalError] {
            for call in 1..=3 {
                let town = Town::new().await;
                let ([id, _], money) = two_that_owe(&town).await;
                let body = if name == "attach" { to(id) } else { json!({ "reason": "hoàn" }) };
                let request = decision(&town, "manager", (&money, 1), name, "k1", &body);
                let burst = Plan::Burst { first_call: call, calls: 99, fault };
                town.office.wire().set_faults(Faults::from_seed(1, burst));
                let answer = answered(&town, &request).await;
                assert!([200, 503].contains(&answer.status().as_u16()), "{}", answer.text());
                later += usize::from(answer.status().as_u16() == 503);
                town.office.wire().set_faults(Faults::none());
                assert_eq!(answered(&town, &request).await.status().as_u16(), 200, "{name} {fault:?} at call {call}");
                let seen = one(&town, "manager", &money).await;
                assert_eq!((&seen["version"], seen["history"].as_array().unwrap().len()), (&json!(2), 1));
                assert_eq!(attached(&town, id).await, usize::from(name == "attach"));
            }
        }
    }
    assert!(later >= 8, "{later}");
}
