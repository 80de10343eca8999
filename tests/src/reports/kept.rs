//! Totals are kept while an office works.

use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::statistics::{Class, Flow};

use super::{Played, day};

#[tokio::test]
async fn a_month_of_several_procedures_is_told_as_it_is_counted_from_the_dossiers() {
    for seed in 0..2 {
        let played = Played::a_month(seed).await;
        assert!(played.all_counted().await > 0);
        let last = *played.cases.keys().next_back().unwrap();
        for from in ["2020-03-01", "2020-04-15", "2020-04-22", "2020-05-01"].map(day) {
            for to in played.cases.keys().copied().filter(|to| *to >= from).step_by(4) {
                played.holds(from, to).await;
            }
        }
        let whole = played.totals(day("2020-04-15"), last).await.sum(|_| true);
        let tally = whole.tally(&rules::statistics::readings()[0]);
        let some = [Class::Late, Class::RunningLate, Class::Paused].map(|class| tally.of(class));
        assert!(some.iter().sum::<u64>() > 0 && tally.all() > 20, "{tally:?}");
        assert!(whole.flow(Flow::Paused) > 0 && whole.flow(Flow::Paused) >= whole.flow(Flow::Resumed));
        let online = tally.received_through(rules::dossier::Filing::Online);
        assert_eq!(whole.from_portals().values().sum::<u64>(), online);
    }
}

#[tokio::test]
async fn what_is_counted_already_changes_nothing_and_writes_nothing() {
    let played = Played::a_month(7).await;
    played.all_counted().await;
    let (from, to) = (day("2020-04-15"), day("2020-05-20"));
    let before = played.office.store().totals(&played.office.agency, from, to).await.unwrap();
    played.office.wire.reset();
    assert_eq!(played.all_counted().await, 0);
    assert_eq!(played.office.wire.tally().of("TransactWriteItems").round_trips, 0);
    assert_eq!(played.office.wire.tally().round_trips(), 2 * played.ids.len() as u64);
    assert_eq!(played.office.store().totals(&played.office.agency, from, to).await.unwrap(), before);
}

#[tokio::test]
async fn on_a_wire_that_fails_nothing_is_counted_twice_and_nothing_is_left_out() {
    let faults = vec![Fault::TimeoutApplied, Fault::Conflict, Fault::ConnectionReset, Fault::InternalError];
    for seed in 10..13 {
        let mut played = Played::open(seed).await;
        for _ in 0..12 {
            played.a_day().await;
        }
        let plan = Plan::Chance { per_mille: 300, faults: faults.clone() };
        played.office.wire.set_faults(Faults::from_seed(seed, plan));
        let (recorder, agency) = (&played.office.site.recorder, &played.office.agency);
        let mut failed = 0;
        for id in &played.ids {
            while recorder.count(agency, *id).await.is_err() {
                failed += 1;
            }
        }
        played.office.wire.set_faults(Faults::none());
        assert!(failed > 0, "no call failed for good");
        assert_eq!(played.all_counted().await, 0);
        played.holds(day("2020-04-15"), day("2020-04-26")).await;
    }
}

#[tokio::test]
async fn a_report_reads_its_months_and_what_was_open_before_them_and_no_dossier() {
    let played = Played::a_month(3).await;
    played.all_counted().await;
    for (from, to, round_trips) in
        [("2020-04-15", "2020-04-30", 3), ("2020-04-15", "2020-05-20", 4), ("2020-05-01", "2020-05-20", 3)]
    {
        played.office.wire.reset();
        played.totals(day(from), day(to)).await;
        let tally = played.office.wire.tally();
        assert_eq!((tally.of("Query").round_trips, tally.round_trips()), (round_trips, round_trips), "{from} to {to}");
    }
}
