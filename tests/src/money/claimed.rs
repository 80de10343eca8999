//! Times that a gateway claims: held between the asking for the fee and now, with the claim beside them.

use rules::dossier::Phase;

use super::*;
use crate::town::at;

#[tokio::test]
async fn a_payment_before_its_fee_was_asked_for_counts_from_the_asking_and_keeps_what_was_claimed() {
    for (number, claim) in
        ["2020-04-15T01:00:00Z", "1970-01-01T00:00:00Z", "2020-04-14T20:00:00Z", "2020-04-15T02:59:59Z"]
            .iter()
            .enumerate()
    {
        let town = Town::new().await;
        town.minutes(120);
        let (id, reference) = town.asked_through(&format!("G22-{number}"), "generic-demo").await;
        let asked_at = town.clock.now();
        let due = town.dossier(id).await.unwrap().due();
        town.minutes(60);
        town.send(&generic(&town, &reference, "1", &json!({ "paid_at": claim }))).await;
        let dossier = town.dossier(id).await.unwrap();
        assert_eq!(dossier.phase(), Phase::Accepted, "{claim}");
        assert_ne!((dossier.due(), due), (None, None), "{claim}");
        let history = town.history(id).await;
        let last = history.last().unwrap();
        assert_eq!(last.at, asked_at, "{claim}");
        let voided = last.events.iter().any(|event| matches!(event, rules::dossier::Event::PauseVoided { .. }));
        assert!(!voided, "{claim}: {:?}", last.events);
        town.office.deliver().await.unwrap();
        let name = Key::money(&town.agency(), "generic-demo", &format!("{reference}/1")).money_name().unwrap();
        let money = one(&town, "manager", &name).await;
        assert_eq!((&money["paid_at"], &money["claimed_at"]), (&json!(asked_at.to_string()), &json!(claim)));
    }
}

#[tokio::test]
async fn a_payment_of_the_future_is_one_of_now_and_of_another_age_one_of_the_day_it_came() {
    let town = Town::new().await;
    let claims = [
        ("1", "2031-01-01T00:00:00Z", None),
        ("2", "1970-01-01T00:00:00Z", None),
        ("3", "2020-04-01T00:00:00Z", Some("2020-04-01T00:00:00Z")),
    ];
    for (transaction, claim, kept) in claims {
        town.minutes(1);
        town.send(&generic(&town, "not-ours", transaction, &json!({ "paid_at": claim }))).await;
        let name = Key::money(&town.agency(), "generic-demo", &format!("not-ours/{transaction}")).money_name().unwrap();
        let money = one(&town, "manager", &name).await;
        let expected = kept.map_or_else(|| town.clock.now(), at);
        assert_eq!(money["paid_at"], json!(expected.to_string()), "{claim}");
        let beside = if kept.is_some() { Value::Null } else { json!(claim) };
        assert_eq!(money["claimed_at"], beside, "{claim}");
    }
}
