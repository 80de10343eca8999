#![no_main]

use libfuzzer_sys::fuzz_target;
use units::{Catalogue, MOST_CHOICES};

fuzz_target!(|text: &str| {
    let catalogue = Catalogue::of(jiff::civil::date(2026, 11, 28));
    if let Ok(typed) = catalogue.read(text) {
        assert!(text.contains(&typed.street));
    }
    assert!(catalogue.search(text, None).choices.len() <= MOST_CHOICES);
});
