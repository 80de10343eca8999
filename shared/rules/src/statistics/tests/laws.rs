//! Laws that hold for every set of cases.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn instants() -> impl Strategy<Value = Timestamp> {
    (0..90 * 24_i64).prop_map(|hours| at("2020-03-01 00:00") + jiff::SignedDuration::from_hours(hours))
}

fn dates() -> impl Strategy<Value = Option<Limits>> {
    let days = prop::option::of(
        (0..60_i64).prop_map(|day| at("2020-03-15 00:00") + jiff::SignedDuration::from_hours(day * 24)),
    );
    days.prop_map(|day| {
        day.map(|day_begins| Limits { day_begins, late_from: day_begins + jiff::SignedDuration::from_hours(24) })
    })
}

fn cases() -> impl Strategy<Value = Case> {
    let groups = (
        select(vec!["000.00.01.H32", "000.00.02.H32"]),
        select(vec!["1.005129", "1.005130", "1.005131"]),
        select(vec![Filing::Online, Filing::Desk, Filing::Post]),
    );
    let ended = prop::option::of((select(vec![Ending::Finished, Ending::Withdrawn, Ending::Closed]), instants()));
    let marks = (any::<bool>(), any::<bool>(), any::<bool>(), 0_u8..4);
    let stood = (prop::option::of(instants()), prop::option::of(instants()));
    (groups, instants(), (dates(), dates(), dates()), ended, marks, stood).prop_map(
        |((agency, procedure, channel), received_at, (original, counted, promised), ended, marks, stood)| {
            let (no_table, fee_asked, paid_online, supplement_requests) = marks;
            let (stands_since, supplement_asked_at) = stood;
            Case {
                agency: AgencyCode::parse(agency).unwrap(),
                procedure: procedure.into(),
                channel,
                received_at,
                original,
                counted,
                promised,
                no_table,
                stands_since,
                supplement_asked_at,
                supplement_requests,
                fee_asked,
                paid_online,
                ended,
            }
        },
    )
}

fn report(cases: &[Case], settings: Settings) -> Report {
    let mut report = Report::new(april(), settings);
    cases.iter().for_each(|case| report.add(case));
    report
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn the_classes_partition_the_cases(cases in vec(cases(), 0..40), reading in select(readings().to_vec())) {
        let counted = report(&cases, reading.settings).whole;
        let held = cases.iter().filter(|case| april().holds(case)).count() as u64;
        prop_assert_eq!(counted.all(), held);
        prop_assert_eq!(counted.carried_over + counted.received_in_period(), held);
        for class in Class::ALL {
            let of = |case: &&Case| april().holds(case) && Class::of(case, april().as_of, reading.settings) == class;
            prop_assert_eq!(counted.of(class), cases.iter().filter(of).count() as u64);
        }
    }

    #[test]
    fn the_groups_add_up_to_the_whole(cases in vec(cases(), 0..40), reading in select(readings().to_vec())) {
        let report = report(&cases, reading.settings);
        let sum = |groups: Vec<&Tally>| groups.into_iter().fold(Tally::default(), Tally::merged);
        prop_assert_eq!(sum(report.by_agency.values().collect()), report.whole);
        prop_assert_eq!(sum(report.by_procedure.values().collect()), report.whole);
        prop_assert_eq!(sum(report.by_channel.values().collect()), report.whole);
    }

    #[test]
    fn two_halves_merge_to_the_whole(cases in vec(cases(), 0..40), at in 0_usize..40) {
        let (one, other) = cases.split_at(at.min(cases.len()));
        let halves = report(one, Settings::default()).merged(&report(other, Settings::default()));
        prop_assert_eq!(halves, Some(report(&cases, Settings::default())));
    }

    #[test]
    fn no_share_is_more_than_all_and_no_average_more_than_two_points(cases in vec(cases(), 0..40)) {
        let counted = report(&cases, Settings::default()).whole;
        for figure in FIGURES.iter().map(|definition| definition.of(&counted)) {
            prop_assert_eq!(figure.value.is_none(), figure.among == 0, "{}", figure.name);
            let most = match figure.scale {
                Scale::BasisPoints => 10_000,
                Scale::HundredthsOfAPoint => 200,
            };
            prop_assert!(figure.value.is_none_or(|value| value <= most), "{}", figure.name);
        }
    }

    #[test]
    fn a_report_reads_back_the_same(cases in vec(cases(), 0..20)) {
        let report = report(&cases, Settings::default());
        let text = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
        for case in cases {
            prop_assert_eq!(serde_json::from_str::<Case>(&serde_json::to_string(&case).unwrap()).unwrap(), case);
        }
    }
}
