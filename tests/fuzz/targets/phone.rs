#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::phone::{Phone, remark};

fuzz_target!(|text: &str| {
    let one = Phone::parse(text);
    let (first, all) = (Phone::first(text), Phone::all(text));
    if let Ok(one) = &one {
        assert_eq!((Some(one), all.as_slice()), (first.as_ref().ok(), std::slice::from_ref(one)));
    }
    assert!(first.is_err() || all.contains(first.as_ref().unwrap()));
    assert!(remark(text).is_none_or(|texts| texts.iter().all(|text| !text.is_empty())));
});
