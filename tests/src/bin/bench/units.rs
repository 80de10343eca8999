//! Instructions of provinces and communes: reading of the tables at the first use, searches, addresses.

use jiff::civil::date;
use units::{Catalogue, Converted, Units};

use crate::instructions::{refs, told};

/// The most instructions of the first use: about thirty milliseconds of a small function.
const MOST_AT_START: u64 = 60_000_000;
/// Iterations of the shorter of two runs whose difference is counted.
const ITERATIONS: u64 = 20;
const STEPS: [(&str, &str); 4] = [
    ("search", "a name in the country"),
    ("within", "a name in its province"),
    ("read", "an old address"),
    ("convert", "an old code"),
];

/// Counts the first use, and each step as the difference of two runs.
pub fn table() {
    println!("| provinces and communes | instructions |\n| --- | ---: |");
    let run = |what: &str, times: u64| refs(&["units", what, &times.to_string()]);
    let first = run("first", 1).zip(run("nothing", 1)).map(|(first, nothing)| first - nothing);
    println!("| first use | {} |", told(first));
    for (what, called) in STEPS {
        let step =
            run(what, 2 * ITERATIONS).zip(run(what, ITERATIONS)).map(|(long, short)| (long - short) / ITERATIONS);
        println!("| {called} | {} |", told(step));
    }
    assert!(first.is_none_or(|first| first < MOST_AT_START), "the first use costs too much of a cold start");
}

/// Does one step so many times.
pub fn iterate(what: &str, times: u64) {
    if what == "nothing" {
        return;
    }
    let catalogue = Catalogue::of(date(2026, 11, 28));
    for _ in 0..times {
        match what {
            "first" => {}
            "search" => assert!(catalogue.search("tan phu", None).choices.len() > 3),
            "within" => assert!(!catalogue.search("sài gòn, tp hcm", None).choices.is_empty()),
            "read" => {
                let typed = catalogue.read("12 Lê Lợi, P. Bến Nghé, Quận 1, TP Hồ Chí Minh").unwrap();
                assert!(matches!(typed.place, Converted::One(_)));
            }
            "convert" => {
                let code = "00007@2025-06-30".parse().unwrap();
                assert!(matches!(Units::official().convert(&code, date(2026, 11, 28)), Converted::Several(_)));
            }
            other => panic!("no step {other}"),
        }
    }
}
