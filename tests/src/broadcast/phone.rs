//! People whom a broadcast did not reach are in the phone list, until somebody told them.

use motcua::recorder::{Answered, CallOutcome, Receipt};
use motcua::store::KeptCall;
use rules::broadcast::Audience;
use rules::dossier::{Action, Consent, Whose};
use rules::person::{Contact, Outcome, Personal};
use rules::worklist::SearchKey;

use super::{it, minute, mobile, office, project, released, somebody};
use crate::fixture::Office;

const LANDLINE: &str = "02583822222";

/// Files a dossier of somebody else, who is reached: a broadcast to nobody is never released.
async fn reachable(office: &Office) {
    office.submit(99, somebody(Some(&mobile(99).0), "99")).await;
    project(office).await;
}

async fn list(office: &Office) -> Vec<(String, KeptCall)> {
    office.store().calls(&office.agency, None, office.now()).await.unwrap().unwrap().calls
}

async fn records(office: &Office, name: &str, kept: &KeptCall, outcome: Outcome) -> KeptCall {
    let receipt = Receipt {
        source: "desk".into(),
        delivery: format!("{outcome:?}-{}", kept.version),
        digest: String::new(),
        as_written: String::new(),
    };
    let outcome = CallOutcome {
        agency: office.agency.clone(),
        call: name.to_owned(),
        expected_version: kept.version,
        receipt,
        by: "lan".into(),
        now: office.now(),
        outcome,
        back_at: None,
        agreed: Vec::new(),
        key: SearchKey::of(office.site.config.id_key()),
        note: String::new(),
    };
    match office.site.recorder.record_call(&outcome).await.unwrap() {
        Answered::Now(kept) => kept,
        Answered::Before(..) => panic!("recorded before"),
    }
}

#[tokio::test]
async fn whoever_no_outlet_reaches_is_called_once_with_the_reason() {
    let office = office("").await;
    for number in 1..=2 {
        office.submit(number, somebody(Some(LANDLINE), "1")).await;
    }
    reachable(&office).await;
    let broadcast = released(&office, Audience::default()).await;
    minute(&office).await;
    let report = it(&office, broadcast).await.report;
    assert_eq!(report.unreached.get("landline"), Some(&1));
    let list = list(&office).await;
    assert_eq!(list.len(), 1);
    let wanted = &list[0].1.call.wanted;
    assert_eq!((wanted.len(), wanted[0].broadcast, wanted[0].reason.as_str()), (1, broadcast, "landline"));
    let counts = office.store().counted(&office.agency).await.unwrap().counts;
    assert_eq!(counts.calls(rules::vietnam::day(office.now())), 1);
}

#[tokio::test]
async fn a_call_that_reached_them_ends_it_and_a_second_broadcast_begins_another() {
    let office = office("").await;
    office.submit(1, somebody(Some(LANDLINE), "1")).await;
    reachable(&office).await;
    released(&office, Audience::default()).await;
    minute(&office).await;
    let (name, kept) = list(&office).await.remove(0);
    let kept = records(&office, &name, &kept, Outcome::SendAgain).await;
    assert_eq!(kept.call.wanted.len(), 1, "a broadcast is sent once");
    let kept = records(&office, &name, &kept, Outcome::Reached).await;
    assert!(kept.call.is_over());
    assert_eq!(list(&office).await, []);
    let second = released(&office, Audience::default()).await;
    minute(&office).await;
    let list = list(&office).await;
    assert_eq!((list.len(), list[0].1.call.wanted[0].broadcast), (1, second));
}

#[tokio::test]
async fn it_stays_over_a_rebuild_and_goes_with_a_corrected_contact() {
    let office = office("").await;
    let id = office.submit(1, somebody(Some(LANDLINE), "1")).await;
    reachable(&office).await;
    released(&office, Audience::default()).await;
    minute(&office).await;
    let before = list(&office).await;
    let rebuilt = project::rebuild(&office.site, &office.agency).await.unwrap();
    assert_eq!((rebuilt.calls_wrong, rebuilt.counts_wrong), (0, Vec::new()));
    assert_eq!(list(&office).await, before);
    let contact = Contact { phone: Some("0258 3999 999".into()), ..Contact::default() };
    let (whose, consent, because) = (Whose::Applicant, Consent::Phone, "gọi lại".to_owned());
    let action = Action::CorrectContact { whose, address: false, phone: true, consent, because };
    let mut order = office.written(id, action, None);
    order.person = Some(Personal::Contact { is: contact, given_by: None });
    office.site.recorder.record(&order).await.unwrap();
    project(&office).await;
    let after = list(&office).await;
    assert_eq!(after.len(), 1);
    assert_ne!(after[0].0, before[0].0);
    assert_eq!(after[0].1.call.wanted, before[0].1.call.wanted);
}
