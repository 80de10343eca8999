//! Paying for a dossier that was filed before the catalogue knew its procedure: every function that records something
//! of it looks the versions of that procedure up, and needs the right to.

use rules::dossier::Event;

use super::*;
use crate::town::form;

async fn asked_early(town: &Town, code: &str) -> DossierId {
    let mut early = form(code);
    early["MaTTHC"] = json!("9.999999");
    assert_eq!(town.portal("dossier.submitted", code, early).await.status().as_u16(), 200);
    let id = town.id_of(code);
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    assert_eq!(town.dossier(id).await.unwrap().procedure.version, 0);
    id
}

#[tokio::test]
async fn a_callback_or_an_answer_pays_for_it_and_the_sweep_says_that_it_was_not_accepted_in_time() {
    let town = Town::new().await;
    let (called, answered) = (asked_early(&town, "G22-1").await, asked_early(&town, "G22-2").await);
    for (id, lost) in [(called, false), (answered, true)] {
        town.office.gateways().lose_callbacks(lost);
        let order = open(&town, id, Wish::Current).await.unwrap();
        act(&town, &order, Act::Pay);
        assert_eq!(minutes(&town, 60).await.errors, 0);
        assert_eq!(fee(&town, id).await, FeeState::Paid);
    }
    let before = town.events(called).await.len();
    town.minutes(3 * 24 * 60);
    town.office.sweep().await;
    let events = town.events(called).await;
    assert!(matches!(events[before..], [Event::AcceptanceLate]), "{:?}", &events[before..]);
}
