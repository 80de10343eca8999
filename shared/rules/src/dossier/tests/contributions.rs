//! Totals of days, compared with the cases of the dossiers themselves.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;

use super::laws::{filed, lives, step};
use super::*;
use crate::clock::end_of_day;
use crate::statistics::{Case, Class, Contributions, FIGURES, Flow, Month, Report, Totals, readings};
use crate::vietnam;

fn agency() -> AgencyCode {
    AgencyCode::parse("000.00.01.H32").unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Life {
    fn contributions(&self) -> Contributions {
        let id = DossierId::from_random(20_200_415);
        Contributions::of(&agency(), id, &self.history, |_| Some(&self.procedure.limit))
    }
}

fn totals(lives: &[&Life], from: Date, to: Date) -> Totals {
    let mut totals = Totals::new(from, to);
    for life in lives {
        life.contributions().iter().for_each(|(day, group, counts)| totals.add(day, group, counts));
    }
    totals
}

/// Returns the default reading's report on one life in a period of whole days.
fn told(life: &Life, from: &str, to: &str) -> Report {
    totals(&[life], day(from), day(to)).report(&agency(), &readings()[0])
}

fn class(life: &Life, on: &str) -> Vec<Class> {
    let whole = told(life, "2020-04-01", on).whole;
    Class::ALL.into_iter().filter(|class| whole.of(*class) > 0).collect()
}

/// A life recorded as it goes on: the dossier after each commit, and the time of that commit.
struct Lived {
    life: Life,
    states: Vec<(Timestamp, Dossier)>,
}

fn lived((mut procedure, filing, start, steps): (Procedure, Filing, Timestamp, Vec<super::laws::Step>)) -> Lived {
    procedure.code = if steps.len().is_multiple_of(2) { "1.005129".into() } else { "1.005130".into() };
    let mut life = filed(procedure, filing, start);
    let (mut now, mut states) = (start, vec![(start, life.dossier().clone())]);
    for (gap, lag, action) in steps {
        now += gap;
        step(&mut life, now - lag, now, &action);
        states.push((now, life.dossier().clone()));
    }
    Lived { life, states }
}

impl Lived {
    fn case_at_the_end_of(&self, day: Date) -> Option<Case> {
        let known = self.states.iter().rev().find(|(now, _)| *now < end_of_day(day).unwrap());
        Case::of(&known?.1, Some(&self.life.procedure.limit))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn the_sums_of_days_are_what_is_counted_from_the_cases_of_the_day(
        lives in vec(lives(), 1..6),
        moments in vec((any::<prop::sample::Index>(), -3_i64..12, -90_i64..3), 12),
    ) {
        let lives: Vec<_> = lives.into_iter().map(lived).collect();
        let of_lives: Vec<_> = lives.iter().map(|it| &it.life).collect();
        let recorded: Vec<_> = lives.iter().flat_map(|it| it.states.iter().map(|(now, _)| *now)).collect();
        for (index, later, earlier) in moments {
            let to = vietnam::day(*index.get(&recorded)).checked_add(later.days()).unwrap();
            let from = to.checked_add(earlier.min(0).days()).unwrap();
            let totals = totals(&of_lives, from, to);
            for reading in readings() {
                let mut direct = Report::new(totals.period(), reading.settings);
                lives.iter().filter_map(|it| it.case_at_the_end_of(to)).for_each(|case| direct.add(&case));
                let summed = totals.report(&agency(), &reading);
                for figure in &FIGURES {
                    prop_assert_eq!(figure.of(&summed.whole), figure.of(&direct.whole));
                }
                prop_assert_eq!(summed, direct, "from {} to {}, {}", from, to, reading.en);
            }
        }
    }

    #[test]
    fn what_changes_between_two_looks_is_all_that_is_added(life in lives(), cut in any::<prop::sample::Index>()) {
        let whole = lived(life).life;
        let mut part = whole.clone();
        part.history.truncate(cut.index(whole.history.len()) + 1);
        let (before, after) = (part.contributions(), whole.contributions());
        let change = after.since(&before);
        prop_assert_eq!(change.since(&Contributions::default()), change.clone());
        let cells = |all: &[&Contributions]| {
            let mut totals = Totals::new(day("2019-01-01"), day("2035-01-01"));
            all.iter().flat_map(|it| it.iter()).for_each(|(day, group, counts)| totals.add(day, group, counts));
            totals.sum(|_| true)
        };
        prop_assert_eq!(cells(&[&before, &change]), cells(&[&after]));
        let first = part.history.last().map(|it| vietnam::day(it.recorded_at)).unwrap();
        prop_assert!(change.iter().all(|(day, ..)| day >= first), "a day that is over keeps its figures");
        let months = after.months().into_iter().flat_map(|month| Vec::from_iter(after.in_month(month).iter().map(|it| it.0)));
        prop_assert_eq!(months.count(), after.iter().count());
        let text = serde_json::to_string(&after).unwrap();
        prop_assert_eq!(serde_json::from_str::<Contributions>(&text).unwrap(), after);
    }
}

#[test]
fn a_dossier_left_alone_runs_late_from_the_day_after_its_due_date() {
    let life = Life::accepted(procedure());
    assert_eq!(class(&life, "2020-04-14"), []);
    assert_eq!(class(&life, "2020-04-15"), [Class::RunningInTime]);
    assert_eq!(class(&life, "2020-04-22"), [Class::RunningInTime]);
    assert_eq!(class(&life, "2020-04-23"), [Class::RunningLate]);
    assert_eq!(class(&life, "2024-04-23"), [Class::RunningLate]);
}

#[test]
fn a_pause_takes_away_the_lateness_that_was_to_come_and_a_day_that_is_over_keeps_its_figures() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-17 10:00", ask_fee(9));
    assert_eq!(class(&life, "2020-04-30"), [Class::Paused]);
    life.done("2020-04-28 15:00", paid(1, 9));
    assert_eq!(class(&life, "2020-04-16"), [Class::RunningInTime]);
    assert_eq!(class(&life, "2020-04-27"), [Class::Paused], "as it was known on that day");
    assert_eq!(class(&life, "2020-04-28"), [Class::RunningInTime]);
}

#[test]
fn by_the_first_date_a_dossier_runs_late_while_by_the_counted_one_it_does_not() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-17 10:00", ask_fee(9));
    life.done("2020-04-20 15:00", paid(1, 9));
    let classes = |on: &str| {
        let totals = totals(&[&life], day("2020-04-01"), day(on));
        readings().map(|reading| totals.report(&agency(), &reading).whole.of(Class::RunningLate))
    };
    assert_eq!(classes("2020-04-22"), [0, 0, 0, 0, 0]);
    assert_eq!(classes("2020-04-23"), [0, 0, 1, 0, 0]);
    assert_eq!(classes("2020-04-25"), [1, 1, 1, 1, 1]);
}

#[test]
fn what_is_paid_after_the_end_counts_for_the_period_in_which_the_dossier_ended() {
    let mut life = Life::accepted(with_fees(&[("PHI", 9, FeeDue::OnReturn)]));
    life.channel = Some("vnpay");
    life.done("2020-04-20 10:00", positive());
    let asked = |life: &Life, from, to| {
        let whole = told(life, from, to).whole;
        (whole.fee_asked, whole.paid_online, whole.of(Class::Early))
    };
    let attempt = life.dossier().fees[0].attempt;
    assert_eq!(asked(&life, "2020-04-01", "2020-05-31"), (1, 0, 1));
    life.done("2020-05-04 10:00", paid(attempt, 9));
    assert_eq!(asked(&life, "2020-04-01", "2020-04-30"), (1, 0, 1));
    assert_eq!(asked(&life, "2020-04-01", "2020-05-31"), (1, 1, 1));
    assert_eq!(asked(&life, "2020-05-01", "2020-05-31"), (0, 0, 0), "it was over before May");
}

#[test]
fn what_happens_is_counted_on_the_day_it_is_recorded_before_acceptance_too() {
    let mut life = Life::filed(procedure());
    life.done("2020-04-14 16:30", ask_supplement(&["DK.01"]));
    life.done("2020-04-14 16:40", supplement(&[]));
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-16 10:00", ask_fee(9));
    life.done("2020-04-20 15:00", paid(1, 9));
    let flows = |from, to| {
        let sum = totals(&[&life], day(from), day(to)).sum(|_| true);
        [Flow::SupplementAsked, Flow::Paused, Flow::Resumed, Flow::PaidOnline, Flow::PaidInCash].map(|it| sum.flow(it))
    };
    assert_eq!(flows("2020-04-01", "2020-04-30"), [1, 1, 1, 1, 0]);
    assert_eq!(flows("2020-04-15", "2020-04-19"), [0, 1, 0, 0, 0]);
    assert_eq!(flows("2020-04-20", "2020-04-20"), [0, 0, 1, 1, 0]);
    let received = totals(&[&life], day("2020-04-15"), day("2020-04-15")).sum(|_| true);
    assert_eq!(received.from_portals(), [("dvcqg", 1)].into());
    assert_eq!(totals(&[&life], day("2020-04-16"), day("2020-04-30")).sum(|_| true).from_portals(), [].into());
}

#[test]
fn cash_voided_pauses_apologies_and_the_post_are_counted_each_by_itself() {
    let happened = |life: &Life| {
        let sum = totals(&[life], day("2020-04-01"), day("2020-06-30")).sum(|_| true);
        Vec::from_iter(Flow::ALL.into_iter().filter(|it| sum.flow(*it) > 0).map(|it| (it, sum.flow(it))))
    };
    let mut voided = Life::lacking_originals(procedure());
    voided.done("2020-04-20 08:00", void());
    assert_eq!(happened(&voided), [(Flow::Paused, 1), (Flow::PauseVoided, 1)]);
    let mut paid = Life::accepted(procedure());
    paid.done("2020-04-16 10:00", ask_fee(9));
    paid.done("2020-04-16 11:00", cash(1, 9, "0001234"));
    assert_eq!(happened(&paid), [(Flow::Paused, 1), (Flow::Resumed, 1), (Flow::PaidInCash, 1)]);
    let mut sent = Life::accepted(procedure());
    sent.done("2020-04-21 08:00", apologise("2020-04-24"));
    sent.done("2020-04-24 08:00", positive());
    let post = || Action::PostResult { item_code: "CE123456789VN".into() };
    sent.done("2020-04-24 09:00", post());
    sent.done("2020-04-27 09:00", Action::RecordUndelivered);
    sent.done("2020-04-28 09:00", post());
    sent.done("2020-04-29 09:00", Action::RecordDelivery);
    assert_eq!(
        happened(&sent),
        [(Flow::Apologised, 1), (Flow::Posted, 2), (Flow::Delivered, 1), (Flow::BroughtBack, 1)]
    );
}

#[test]
fn what_every_reading_counts_alike_is_kept_once_and_the_rest_by_the_name_of_the_reading() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-15 10:00", ask_fee(9));
    life.done("2020-04-15 11:00", paid(1, 9));
    let contributions = life.contributions();
    let of_the_day = contributions.iter().filter(|(on, ..)| *on == day("2020-04-15"));
    let names: Vec<_> = of_the_day.flat_map(|(.., counts)| counts.iter()).map(|(name, _)| name.to_owned()).collect();
    let of =
        |prefix: &str| names.iter().filter(|name| name.starts_with(prefix)).map(String::as_str).collect::<Vec<_>>();
    assert_eq!((of("fee_asked"), of("paid_online")), (vec!["fee_asked"], vec!["paid_online"]));
    let running = of("running_in_time");
    assert_eq!(running.len(), readings().len(), "{names:?}");
}

#[test]
fn corrected_addresses_are_counted_each_time_and_the_way_back_as_it_stands() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", choose_return(true));
    life.done("2020-04-17 10:00", correct_contact());
    life.done("2020-04-20 10:00", correct_contact());
    let told = |life: &Life, from, to| {
        let sum = totals(&[life], day(from), day(to)).sum(|_| true);
        (sum.flow(Flow::AddressCorrected), sum.returned_by_post())
    };
    assert_eq!(told(&life, "2020-04-15", "2020-04-15"), (0, 0));
    assert_eq!(told(&life, "2020-04-15", "2020-04-30"), (2, 1));
    assert_eq!(told(&life, "2020-04-20", "2020-04-30"), (1, 0), "it was received before");
    life.done("2020-04-21 10:00", choose_return(false));
    assert_eq!(told(&life, "2020-04-15", "2020-04-20"), (2, 1));
    assert_eq!(told(&life, "2020-04-15", "2020-04-30"), (2, 0));
}

#[test]
fn everything_that_happens_has_a_name_of_its_own_in_both_languages() {
    let names: std::collections::BTreeSet<_> =
        Flow::ALL.iter().flat_map(|flow| flow.told().into_iter().chain([flow.name()])).collect();
    assert_eq!(names.len(), 3 * Flow::ALL.len());
    let april = Month::parse("2020-04").unwrap();
    assert_eq!(
        (april.first_day(), april.last_day(), april.to_string()),
        (day("2020-04-01"), day("2020-04-30"), "2020-04".into())
    );
    assert_eq!((april.year(), Month::of(day("1999-12-31")).year()), (2020, 1999));
    assert_eq!(["2020-4", "2020-13", "", "2020-04-01"].map(Month::parse), [None; 4]);
    let months: Vec<_> = Month::between(april, Month::of(day("2021-01-31"))).map(|it| it.to_string()).collect();
    assert_eq!((months.len(), months.last().map(String::as_str)), (10, Some("2021-01")));
}
