//! Money and portal events that came before their dossier.

use deadline_sweep::Report;
use jiff::SignedDuration;
use motcua::recorder::{Arrival, Arrived, Settled};
use motcua::store::{Key, Money, Owner, Raw, TaskKind};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use rules::dossier::{Action, Because, Event, PaymentOutcome, Phase};
use rules::gateway::Found;
use rules::id::{DossierId, Reference};
use rules::vnd::Vnd;

use super::idle;
use crate::fixture::{CHANNEL, Office, one};

fn paid(id: DossierId, office: &Office) -> Arrived {
    Arrived {
        channel: CHANNEL.into(),
        reference: Reference { id, attempt: 1 }.to_string(),
        found: Found {
            identity: "13345678".into(),
            amount_vnd: Some(Vnd::new(450_000).unwrap()),
            outcome: PaymentOutcome::Paid,
            at: Some(office.now()),
        },
        digest: "d1".into(),
        own_merchant: true,
        raw: Some(Raw::new("as received")),
    }
}

async fn money(office: &Office) -> Money {
    let item = office.store().item(&Key::money(&office.agency, CHANNEL, "13345678")).await.unwrap();
    Money::read(&item.unwrap()).unwrap()
}

async fn ask(office: &Office, id: DossierId, dong: u64) {
    let amount_vnd = Vnd::new(dong).unwrap();
    office.order(id, Action::AskFee { channel: CHANNEL.into(), amount_vnd }).await;
}

fn payments(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::FeePaid { .. })).count()
}

#[tokio::test]
async fn money_that_came_before_its_dossier_finds_it_once() {
    let mut office = Office::open().await;
    let id = DossierId::from_random(1);
    let unclaimed = Owner::Unclaimed(Because::UnknownReference);
    let arrived = paid(id, &office);
    let settled = office.site.recorder.record_money(&office.agency, &arrived, office.now()).await.unwrap();
    assert_eq!(settled, Settled::Now(unclaimed));
    office.wait(SignedDuration::from_mins(1));
    // Neither dossier nor attempt, then the dossier without the attempt: still on its way.
    assert_eq!(office.sweep().await, Report { put_off: 1, ..Report::default() });
    office.submit(1, one()).await;
    office.wait(SignedDuration::from_mins(2));
    assert_eq!(office.sweep().await, Report { put_off: 1, ..Report::default() });
    assert_eq!(money(&office).await.owner, unclaimed);
    ask(&office, id, 450_000).await;
    office.wait(SignedDuration::from_mins(4));
    assert_eq!(office.sweep().await, Report { retried: 1, ..Report::default() });
    assert_eq!(office.sweep().await, Report { vouchers: 1, ..Report::default() });
    idle(&office).await;
    assert_eq!(money(&office).await.owner, Owner::Dossier(id));
    assert_eq!(payments(&office.events(id).await), 1);
    let again = office.site.recorder.record_money(&office.agency, &arrived, office.now()).await.unwrap();
    assert_eq!(again, Settled::Before(Owner::Dossier(id)));
    office.tell().await;
    let text = "KKT Van Phong: Da thu 450.000d cho ho so 000000000001. Hoi 0258 000 0000.";
    assert_eq!(office.sent().iter().filter(|(_, sent)| sent == text).count(), 1);
}

#[tokio::test]
async fn a_second_message_of_the_same_identity_finds_its_dossier_under_its_own_name() {
    let office = Office::open().await;
    let id = DossierId::from_random(1);
    for digest in ["d1", "d2"] {
        let arrived = Arrived { digest: digest.into(), ..paid(id, &office) };
        office.site.recorder.record_money(&office.agency, &arrived, office.now()).await.unwrap();
    }
    office.submit(1, one()).await;
    ask(&office, id, 450_000).await;
    office.wait(SignedDuration::from_mins(1));
    let report = office.sweep().await;
    // One of the two pays; the other is recorded in the dossier, and goes to a person.
    assert_eq!((report.retried, report.given_up), (1, 1));
    assert_eq!(office.sweep().await, Report { vouchers: 1, ..Report::default() });
    idle(&office).await;
    assert_eq!(payments(&office.events(id).await), 1);
    assert_eq!(office.before_a_person(TaskKind::Money).await.len(), 1);
}

#[tokio::test]
async fn money_of_another_amount_is_a_person_s_once_its_dossier_is_there() {
    let office = Office::open().await;
    let id = DossierId::from_random(1);
    office.site.recorder.record_money(&office.agency, &paid(id, &office), office.now()).await.unwrap();
    office.submit(1, one()).await;
    ask(&office, id, 500_000).await;
    office.wait(SignedDuration::from_mins(1));
    assert_eq!(office.sweep().await, Report { given_up: 1, ..Report::default() });
    idle(&office).await;
    assert_eq!(money(&office).await.owner, Owner::Unclaimed(Because::AmountDiffers));
    assert_eq!(office.before_a_person(TaskKind::Money).await.len(), 1);
}

#[tokio::test]
async fn money_whose_dossier_never_comes_is_a_person_s_after_ten_looks() {
    let office = Office::open().await;
    office
        .site
        .recorder
        .record_money(&office.agency, &paid(DossierId::from_random(1), &office), office.now())
        .await
        .unwrap();
    let mut looks = 0;
    for _ in 0..12 {
        office.wait(SignedDuration::from_hours(9));
        looks += office.sweep().await.put_off;
    }
    assert_eq!(looks, 10);
    assert_eq!(office.before_a_person(TaskKind::Money).await.len(), 1);
    assert_eq!(office.waiting(TaskKind::Money).await, 0);
}

#[tokio::test]
async fn two_sweeps_at_once_give_money_one_owner_and_a_portal_event_one_effect() {
    for seed in 0..6 {
        let office = Office::open().await;
        let id = DossierId::from_random(1);
        office.site.recorder.record_money(&office.agency, &paid(id, &office), office.now()).await.unwrap();
        office.accepted(1, one()).await;
        ask(&office, id, 450_000).await;
        office.wait(SignedDuration::from_mins(1));
        office.wire.set_faults(Faults::from_seed(seed, Plan::Calm));
        let (one, other) = tokio::join!(office.sweep(), office.sweep());
        assert_eq!((one.failed, other.failed), (0, 0), "seed {seed}");
        // Money for a dossier that was taken back would go to a person, so the withdrawal comes after it.
        office.site.recorder.keep(&office.agency, &withdrawal(&office)).await.unwrap();
        office.wait(SignedDuration::from_mins(1));
        let (one, other) = tokio::join!(office.sweep(), office.sweep());
        assert_eq!((one.failed, other.failed), (0, 0), "seed {seed}");
        let events = office.events(id).await;
        assert_eq!(payments(&events), 1, "seed {seed}");
        let withdrawn = events.iter().filter(|event| matches!(event, Event::Withdrawn { .. })).count();
        assert_eq!(withdrawn, 1, "seed {seed}");
        assert_eq!(money(&office).await.owner, Owner::Dossier(id), "seed {seed}");
    }
}

/// The code that the office gives to the first dossier it accepts on 15/04/2020.
const CODE: &str = "000.00.01.H32-200415-0001";

fn withdrawal(office: &Office) -> Arrival {
    Arrival {
        portal: "dvcqg-demo".into(),
        delivery: "msg_1".into(),
        digest: "d1".into(),
        body: serde_json::json!({ "type": "dossier.withdrawn", "data": { "MaHoSo": CODE } }).to_string(),
        received_at: office.now(),
    }
}

fn arrival_key(office: &Office) -> Key {
    Key::arrival(&office.agency, "dvcqg-demo", "msg_1")
}

#[tokio::test]
async fn a_portal_event_that_came_before_its_dossier_is_applied_once_and_its_body_goes() {
    let office = Office::open().await;
    office.site.recorder.keep(&office.agency, &withdrawal(&office)).await.unwrap();
    office.wait(SignedDuration::from_mins(1));
    assert_eq!(office.sweep().await, Report { put_off: 1, ..Report::default() });
    let id = office.accepted(1, one()).await;
    office.wait(SignedDuration::from_mins(2));
    assert_eq!(office.sweep().await, Report { retried: 1, ..Report::default() });
    idle(&office).await;
    assert_eq!(office.dossier(id).await.phase(), Phase::Withdrawn);
    let item = office.store().item(&arrival_key(&office)).await.unwrap().unwrap();
    let mut left: Vec<_> = item.keys().map(String::as_str).collect();
    left.sort_unstable();
    assert_eq!(left, ["failures", "pk", "shape", "sk"]);
    // The portal repeats its delivery long after: neither an error nor a second item.
    office.site.recorder.keep(&office.agency, &withdrawal(&office)).await.unwrap();
    assert_eq!(office.waiting(TaskKind::Arrival).await, 0);
}

#[tokio::test]
async fn a_portal_event_that_its_dossier_declines_is_over() {
    let office = Office::open().await;
    office.site.recorder.keep(&office.agency, &withdrawal(&office)).await.unwrap();
    let id = office.accepted(1, one()).await;
    let kind = rules::dossier::ResultKind::Positive;
    office.order(id, Action::RecordResult { kind, reason: None }).await;
    office.wait(SignedDuration::from_mins(1));
    assert_eq!(office.sweep().await, Report { retried: 1, ..Report::default() });
    assert_eq!(office.waiting(TaskKind::Arrival).await, 0);
}

#[tokio::test]
async fn a_portal_event_that_cannot_be_used_is_a_person_s_at_once_and_an_unknown_one_after_ten_looks() {
    let office = Office::open().await;
    let unusable = Arrival { body: "{}".into(), ..withdrawal(&office) };
    office.site.recorder.keep(&office.agency, &unusable).await.unwrap();
    office.wait(SignedDuration::from_mins(1));
    assert_eq!(office.sweep().await, Report { given_up: 1, ..Report::default() });
    assert_eq!(office.before_a_person(TaskKind::Arrival).await.len(), 1);
    let unknown = Arrival { delivery: "msg_2".into(), ..withdrawal(&office) };
    office.site.recorder.keep(&office.agency, &unknown).await.unwrap();
    let mut looks = 0;
    for _ in 0..12 {
        office.wait(SignedDuration::from_hours(9));
        looks += office.sweep().await.put_off;
    }
    assert_eq!((looks, office.before_a_person(TaskKind::Arrival).await.len()), (10, 2));
    // The event that a person must look at can still be read.
    let item = office.store().item(&arrival_key(&office)).await.unwrap().unwrap();
    assert_eq!(Arrival::read(&item).unwrap(), unusable);
}
