//! Figures by hand; the laws for every set of cases are in `laws`.

mod laws;

use jiff::Timestamp;

use super::*;
use crate::dossier::Filing;
use crate::id::AgencyCode;

fn at(text: &str) -> Timestamp {
    crate::vietnam::instant(text.parse().unwrap()).unwrap()
}

/// Returns April 2020, reported on its last evening.
fn april() -> Period {
    Period { from: at("2020-04-01 00:00"), as_of: at("2020-04-30 23:00") }
}

fn limits(on: &str) -> Option<Limits> {
    let day_begins = at(&format!("{on} 00:00"));
    Some(Limits { day_begins, late_from: day_begins + jiff::SignedDuration::from_hours(24) })
}

/// Returns a case received online on Wednesday 15 April 2020 at 08:00, due on 22 April.
fn case() -> Case {
    Case {
        agency: AgencyCode::parse("000.00.01.H32").unwrap(),
        procedure: "1.005129".into(),
        channel: Filing::Online,
        received_at: at("2020-04-15 08:00"),
        original: limits("2020-04-22"),
        counted: limits("2020-04-22"),
        promised: None,
        no_table: false,
        stands_since: None,
        supplement_asked_at: None,
        supplement_requests: 0,
        fee_asked: false,
        paid_online: false,
        ended: None,
    }
}

fn finished(on: &str) -> Case {
    Case { ended: Some((Ending::Finished, at(on))), ..case() }
}

fn class(case: &Case) -> Class {
    Class::of(case, april().as_of, Settings::default())
}

fn tally(cases: &[Case], settings: Settings) -> Tally {
    let mut report = Report::new(april(), settings);
    cases.iter().for_each(|case| report.add(case));
    report.whole
}

fn figure(name: &str, cases: &[Case]) -> (u64, u64, Option<u64>) {
    figure_under(name, cases, Settings::default())
}

fn figure_under(name: &str, cases: &[Case], settings: Settings) -> (u64, u64, Option<u64>) {
    let definition = FIGURES.iter().find(|it| it.name == name).unwrap();
    let Figure { count, among, value, .. } = definition.of(&tally(cases, settings));
    (count, among, value)
}

#[test]
fn a_dossier_is_early_the_day_before_on_time_all_day_and_late_from_midnight() {
    assert_eq!(class(&finished("2020-04-21 23:59:59")), Class::Early);
    assert_eq!(class(&finished("2020-04-22 00:00")), Class::OnTime);
    assert_eq!(class(&finished("2020-04-22 23:59:59")), Class::OnTime);
    assert_eq!(class(&finished("2020-04-23 00:00")), Class::Late);
}

#[test]
fn office_hours_are_late_from_their_instant_and_early_only_the_day_before() {
    let by_the_hour = Limits { late_from: at("2020-04-22 10:00"), ..limits("2020-04-22").unwrap() };
    let ended = |on| Case { counted: Some(by_the_hour), ..finished(on) };
    assert_eq!(class(&ended("2020-04-22 09:59")), Class::OnTime);
    assert_eq!(class(&ended("2020-04-22 10:00")), Class::Late);
    assert_eq!(class(&ended("2020-04-21 16:00")), Class::Early);
}

#[test]
fn an_open_dossier_is_judged_as_of_the_reporting_instant() {
    assert_eq!(class(&case()), Class::RunningLate);
    let due_later = Case { counted: limits("2020-05-04"), ..case() };
    assert_eq!(class(&due_later), Class::RunningInTime);
    let finished_in_may = Case { ended: Some((Ending::Finished, at("2020-05-04 08:00"))), ..case() };
    assert_eq!(class(&finished_in_may), Class::RunningLate, "what happened later has not happened yet");
}

#[test]
fn what_has_no_date_has_a_column_of_its_own() {
    let undated = Case { original: None, counted: None, ..case() };
    assert_eq!(class(&undated), Class::NotStarted);
    assert_eq!(class(&Case { no_table: true, ..undated.clone() }), Class::NoTable);
    let stands = Case { stands_since: Some(at("2020-04-16 08:00")), ..undated };
    assert_eq!(class(&stands), Class::Paused);
    let finished_without_a_table =
        Case { no_table: true, original: None, counted: None, ..finished("2020-04-21 08:00") };
    assert_eq!(class(&finished_without_a_table), Class::NoTable, "never counted as in time");
    assert_eq!(figure("in_time_of_finished", &[finished_without_a_table]), (0, 0, None));
}

#[test]
fn the_promised_date_holds_unless_the_office_counts_by_another() {
    let promised =
        Case { counted: limits("2020-04-24"), promised: limits("2020-04-28"), ..finished("2020-04-27 08:00") };
    let under = |due_basis| Class::of(&promised, april().as_of, Settings { due_basis, ..Settings::default() });
    assert_eq!(under(DueBasis::Promised), Class::Early);
    assert_eq!(under(DueBasis::Counted), Class::Late);
    assert_eq!(under(DueBasis::Original), Class::Late);
    assert_eq!(class(&promised), Class::Early, "by default the promised one");
}

#[test]
fn every_reading_of_an_open_point_is_named_and_the_default_comes_first() {
    let readings = readings();
    assert_eq!(readings[0].settings, Settings::default());
    for (n, reading) in readings.iter().enumerate() {
        assert!(!reading.vi.is_empty() && !reading.en.is_empty());
        assert!(readings[..n].iter().all(|other| other.settings != reading.settings), "{}", reading.en);
    }
}

#[test]
fn shares_are_told_in_basis_points_rounded_half_up_and_nothing_is_divided_by_nothing() {
    let late = || finished("2020-04-24 08:00");
    let early = || finished("2020-04-20 08:00");
    assert_eq!(figure("in_time_of_finished", &[early(), early(), late()]), (2, 3, Some(6_667)));
    assert_eq!(figure("in_time_of_finished", &[early(), late(), late()]), (1, 3, Some(3_333)));
    let one_in_sixteen: Vec<_> = std::iter::once(early()).chain((0..15).map(|_| late())).collect();
    assert_eq!(figure("in_time_of_finished", &one_in_sixteen), (1, 16, Some(625)));
    let one_in_32: Vec<_> = std::iter::once(early()).chain((0..31).map(|_| late())).collect();
    assert_eq!(figure("in_time_of_finished", &one_in_32), (1, 32, Some(313)), "312.5 rounds up");
    assert_eq!(figure("in_time_of_finished", &[case()]), (0, 0, None));
}

#[test]
fn the_denominators_differ_resolved_and_received() {
    let cases = [finished("2020-04-20 08:00"), finished("2020-04-22 08:00"), finished("2020-04-24 08:00"), case()];
    assert_eq!(figure("in_time_of_finished", &cases), (2, 3, Some(6_667)));
    assert_eq!(figure("early_of_finished", &cases), (1, 3, Some(3_333)));
    assert_eq!(figure("in_time_of_received", &cases), (2, 4, Some(5_000)));
    assert_eq!(figure("finished_of_received", &cases), (3, 4, Some(7_500)));
    assert_eq!(figure("late_of_running", &cases), (1, 1, Some(10_000)));
}

#[test]
fn what_was_over_before_the_period_or_received_after_it_is_not_counted() {
    let march = Case { received_at: at("2020-03-10 08:00"), ..case() };
    let over = Case { ended: Some((Ending::Finished, at("2020-03-31 16:00"))), ..march.clone() };
    let may = Case { received_at: at("2020-05-04 08:00"), ..case() };
    let counted = tally(&[march, over, may, case()], Settings::default());
    assert_eq!((counted.all(), counted.carried_over, counted.received_in_period()), (2, 1, 1));
}

#[test]
fn online_is_a_share_of_online_and_desk_and_leaves_out_what_was_carried_over() {
    let carried = Case { received_at: at("2020-03-10 08:00"), ..case() };
    let [desk, post] = [Filing::Desk, Filing::Post].map(|channel| Case { channel, ..case() });
    assert_eq!(figure("index_766_online", &[case(), case(), desk, post, carried]), (2, 3, Some(6_667)));
}

#[test]
fn paid_online_is_a_share_of_the_dossiers_that_owe_a_fee() {
    let asked = Case { fee_asked: true, ..case() };
    let paid = Case { paid_online: true, ..asked.clone() };
    assert_eq!(figure("index_766_paid_online", &[case(), asked, paid]), (1, 2, Some(5_000)));
}

#[test]
fn a_second_request_is_overdue_by_index_766_unless_the_office_reads_it_otherwise() {
    let twice = Case { supplement_requests: 2, ..finished("2020-04-20 08:00") };
    let once = Case { supplement_requests: 1, ..finished("2020-04-20 08:00") };
    assert_eq!(figure("index_766_in_time", &[twice.clone(), once]), (1, 2, Some(5_000)));
    let other = Settings { second_request: SecondRequest::ByItsDate, ..Settings::default() };
    assert_eq!(figure_under("index_766_in_time", &[twice], other), (1, 1, Some(10_000)));
}

#[test]
fn a_supplement_that_never_came_ends_the_dossier_at_the_request_for_index_766() {
    let asked_at = Some(at("2020-04-17 08:00"));
    let waiting = Case { supplement_requests: 1, supplement_asked_at: asked_at, stands_since: asked_at, ..case() };
    assert_eq!(figure("index_766_in_time", std::slice::from_ref(&waiting)), (1, 1, Some(10_000)));
    let goes_on = Settings { unanswered_supplement: UnansweredSupplement::GoesOn, ..Settings::default() };
    assert_eq!(figure_under("index_766_in_time", std::slice::from_ref(&waiting), goes_on), (0, 0, None));
    let asked_late = Case { supplement_asked_at: Some(at("2020-04-24 08:00")), stands_since: None, ..waiting };
    assert_eq!(figure("index_766_in_time", &[asked_late]), (0, 1, Some(0)));
}

#[test]
fn withdrawn_and_closed_dossiers_end_for_index_766_and_are_no_finished_ones() {
    let withdrawn = Case { ended: Some((Ending::Withdrawn, at("2020-04-20 08:00"))), ..case() };
    let closed = Case { ended: Some((Ending::Closed, at("2020-04-24 08:00"))), ..case() };
    let cases = [withdrawn, closed];
    assert_eq!(figure("index_766_in_time", &cases), (1, 2, Some(5_000)));
    assert_eq!(figure("in_time_of_finished", &cases), (0, 0, None));
    let counted = tally(&cases, Settings::default());
    assert_eq!((counted.of(Class::Withdrawn), counted.of(Class::Closed)), (1, 1));
}

#[test]
fn points_are_two_for_early_one_for_on_time_and_by_the_supplements_asked() {
    let asked = |times, on| Case { supplement_requests: times, ..finished(on) };
    let cases = [asked(0, "2020-04-21 08:00"), asked(1, "2020-04-22 08:00"), asked(3, "2020-04-23 08:00"), case()];
    assert_eq!(figure("points_for_time", &cases), (3, 3, Some(100)));
    assert_eq!(figure("points_for_supplements", &cases), (3, 3, Some(100)));
    assert_eq!(figure("points_for_time", &cases[..2]), (3, 2, Some(150)));
}

#[test]
fn the_grade_follows_the_total_of_all_criteria() {
    let grades = [0, 599, 600, 900, 1_199, 1_200, 1_499, 1_500, 1_800].map(Grade::of);
    use Grade::{Average, Excellent, Fair, Good, Weak};
    assert_eq!(grades, [Weak, Weak, Average, Fair, Fair, Good, Good, Excellent, Excellent]);
}

#[test]
fn every_figure_and_every_class_is_named_in_both_languages() {
    for (n, it) in FIGURES.iter().enumerate() {
        for texts in [it.title, it.numerator, it.denominator] {
            assert!(texts.iter().all(|text| !text.is_empty()), "{}", it.name);
        }
        assert!(!it.source.is_empty() && FIGURES[..n].iter().all(|other| other.name != it.name), "{}", it.name);
    }
    let names: std::collections::BTreeSet<_> = Class::ALL.iter().flat_map(|class| class.named()).collect();
    assert_eq!(names.len(), 2 * Class::ALL.len());
}

#[test]
fn reports_of_another_time_or_reading_do_not_merge() {
    let report = Report::new(april(), Settings::default());
    let other = Report::new(Period { as_of: at("2020-05-31 23:00"), ..april() }, Settings::default());
    assert_eq!(report.clone().merged(&other), None);
    let settings = Settings { due_basis: DueBasis::Original, ..Settings::default() };
    assert_eq!(report.merged(&Report::new(april(), settings)), None);
}

#[test]
fn what_was_received_in_the_first_instant_of_a_period_is_not_carried_over() {
    let first = Case { received_at: april().from, ..case() };
    let before = Case { received_at: april().from - jiff::SignedDuration::from_nanos(1), ..case() };
    assert!(april().holds(&first) && april().holds(&before));
    assert!(!april().carries_over(&first));
    assert!(april().carries_over(&before));
}

#[test]
fn what_stands_counts_whatever_day_a_report_begins_on_and_a_number_of_nothing_is_none() {
    let counts: Counts = [("paused", 2), ("finished@2020-04-15", 1), ("late", 1), ("late", -1)].into_iter().collect();
    assert_eq!(counts.iter().collect::<Vec<_>>(), [("finished@2020-04-15", 1), ("paused", 2)]);
    assert_eq!(counts.standing().iter().collect::<Vec<_>>(), [("paused", 2)]);
}

#[test]
fn every_number_of_a_tally_comes_back_under_the_name_it_is_kept_by() {
    let mut tally = Tally::default();
    let kept: Vec<_> = (1..).zip(Tally::default().numbers()).map(|(number, (name, _))| (name, number)).collect();
    kept.iter().for_each(|(name, number)| tally.set(name, *number));
    assert_eq!(tally.numbers().collect::<Vec<_>>(), kept);
    assert_eq!(kept.len(), Class::ALL.len() + 6);
}

#[test]
fn index_766_holds_the_last_instant_of_the_due_date_for_in_time_and_midnight_for_overdue() {
    let ends = ["2020-04-22 23:59:59", "2020-04-23 00:00"].map(|on| figure("index_766_in_time", &[finished(on)]));
    assert_eq!(ends, [(1, 1, Some(10_000)), (0, 1, Some(0))]);
}

#[test]
fn an_open_dossier_is_held_to_its_date_by_index_766_unless_its_clock_stands_at_the_reporting_instant() {
    let due_later = Case { counted: limits("2020-05-04"), ..case() };
    assert_eq!(figure("index_766_in_time", &[case(), due_later.clone()]), (1, 2, Some(5_000)));
    let stood = |since| Case { stands_since: Some(at(since)), ..due_later.clone() };
    assert_eq!(figure("index_766_in_time", &[stood("2020-04-30 23:00")]), (0, 0, None));
    assert_eq!(figure("index_766_in_time", &[stood("2020-05-01 08:00")]), (1, 1, Some(10_000)));
}
