//! Numbers as they are written on forms, in spreadsheets and on letterheads.

use super::*;
use PhoneError::{Empty, Foreign, NoPrefix, NotDigits, ServiceLine, Unassigned};
use proptest::prelude::*;

fn mobile(written: &str, e164: &str) {
    let phone = Phone::parse(written).unwrap_or_else(|error| panic!("{written}: {error}"));
    assert_eq!((phone.expose(), phone.line()), (e164, Line::Mobile), "{written}");
    assert!(phone.takes_sms());
}

fn refused(written: &str, why: PhoneError) {
    assert_eq!(Phone::parse(written).map(|phone| phone.e164), Err(why), "{written}");
}

#[test]
fn every_prefix_of_eleven_digits_becomes_the_one_of_today_and_keeps_its_last_seven_digits() {
    let table = "0162 032, 0163 033, 0164 034, 0165 035, 0166 036, 0167 037, 0168 038, 0169 039, \
                 0120 070, 0121 079, 0122 077, 0126 076, 0128 078, \
                 0123 083, 0124 084, 0125 085, 0127 081, 0129 082, 0186 056, 0188 058, 0199 059";
    let pairs: Vec<_> = table.split(", ").filter_map(|pair| pair.split_once(' ')).collect();
    assert_eq!(pairs.len(), MIGRATED_PREFIXES.len());
    for (old, new) in pairs {
        let today = format!("+84{}1234567", &new[1..]);
        mobile(&format!("{old}1234567"), &today);
        mobile(&format!("+84{}1234567", &old[1..]), &today);
        mobile(&format!("84{}1234567", &old[1..]), &today);
        mobile(&format!("0084{}1234567", &old[1..]), &today);
        mobile(&format!("{new}1234567"), &today);
    }
}

#[test]
fn eleven_digit_prefixes_that_never_existed_are_refused() {
    for written in ["01601234567", "01611234567", "01801234567", "01901234567", "01981234567"] {
        assert!(Phone::parse(written).is_err(), "{written}");
    }
}

#[test]
fn one_number_is_read_in_all_the_ways_people_write_it() {
    for written in [
        "0981234567",
        "+84981234567",
        "84981234567",
        "0084981234567",
        "098 123 4567",
        "098.123.4567",
        "098-123-4567",
        "(098) 1234567",
        "+84 98 123 45 67",
        "+84 (0)98 123 4567",
        "0084 0981234567",
        "\u{a0}098\u{a0}123\u{a0}4567 ",
    ] {
        mobile(written, "+84981234567");
    }
}

#[test]
fn every_mobile_range_is_taken_and_what_was_given_to_nobody_is_not() {
    for range in 30..100 {
        let written = format!("0{range}1234567");
        match range {
            32..=39 | 51 | 52 | 55 | 56 | 58 | 59 | 70 | 76..=79 | 81..=99 => {
                mobile(&written, &format!("+84{range}1234567"));
            }
            _ => refused(&written, Unassigned),
        }
    }
}

#[test]
fn a_landline_is_read_by_its_area_and_its_length() {
    for written in ["0203 3825 000", "024 2825 2525", "028 3825 2525", "0299 3821 000", "(+84) 258 382 2229"] {
        assert_eq!(Phone::parse(written).map(|phone| phone.line()), Ok(Line::Fixed), "{written}");
    }
    for written in ["0201 3825 000", "024 0825 2525", "0258 382 222", "0258 3822 2222", "0253 3822 222", "058 382 222"]
    {
        refused(written, Unassigned);
    }
}

#[test]
fn what_comes_with_a_copied_number_is_passed_over() {
    for unseen in
        "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{200b}\u{200e}\u{2066}\u{2069}\u{feff}\u{2060}\u{ad}".chars()
    {
        mobile(&format!("{unseen}0905{unseen}000001{unseen}"), "+84905000001");
        mobile(&format!("{unseen}+84 905 000 001{unseen}"), "+84905000001");
    }
    for apart in "-–—\u{2010}\u{2011}\u{2012}\u{2212}\u{2007}\u{2009}\u{202f}\u{a0}\u{3000}. ".chars() {
        mobile(&format!("0905{apart}000{apart}001"), "+84905000001");
    }
    for written in ["(+84) 905 000 001", "(+84)905000001", "( +84 ) 905.000.001", "(0905) 000 001"] {
        mobile(written, "+84905000001");
    }
}

#[test]
fn the_first_of_several_numbers_that_takes_sms_is_used_and_that_is_said() {
    for written in [
        "0905000001/0905000002",
        "0905 000 001, 0905 000 002",
        "0905000001 - 0905000002",
        "0905.000.001 – 0905.000.002",
        "0905000001 0905000002",
        "0905000001;0258 3822 229",
        "0258 3822 229 / 0905000001",
        "+84905000001 | 0905000002 |",
    ] {
        assert_eq!(Phone::first(written).map(String::from), Ok("+84905000001".to_owned()), "{written}");
        assert!(Phone::parse(written).is_err(), "{written}");
        assert!(remark(written).is_some_and(|[vi, _]| vi.contains("nhiều số")), "{written}");
    }
    for (written, why) in [
        ("ĐT: 0905000001", NotDigits),
        ("0905000001 (anh A)", NotDigits),
        ("12345", NoPrefix),
        ("09050000012", Unassigned),
        ("0905000001/12345", NotDigits),
    ] {
        assert_eq!(Phone::first(written).map(String::from), Err(why), "{written}");
        assert_eq!(remark(written), Some([why.vi(), why.for_caller()]), "{written}");
    }
    assert!(remark("0258 3822 229").is_some_and(|[vi, _]| vi.contains("cố định")));
    assert!(remark("0258 3822 229 / 0258 3822 230").is_some_and(|[vi, _]| vi.contains("không số nào")));
    assert!(remark("0905000001 / 0905000002").is_some_and(|[vi, _]| vi.contains("đầu tiên")));
    assert_eq!((remark("0905 000 001"), remark(" ")), (None, None));
    // A stray sign beside one number makes no second one.
    assert_eq!(Phone::first("0905000001,").map(String::from), Err(NotDigits));
}

#[test]
fn a_field_of_several_numbers_has_at_most_two_hundred_bytes() {
    let field = |signs: usize| ["0905000001"; 18].join("/") + &"/".repeat(signs);
    assert_eq!((field(3).len(), field(4).len()), (200, 201));
    assert!(Phone::first(&field(3)).is_ok());
    assert!(Phone::first(&field(4)).is_err());
}

#[test]
fn a_plus_stands_once_and_first_and_a_number_has_at_most_forty_eight_characters() {
    for written in ["++84905000001", "84+905000001", "+84+905000001"] {
        refused(written, NotDigits);
    }
    let spaced = |blanks: usize| format!("0905{}000001", " ".repeat(blanks));
    assert_eq!((spaced(38).len(), spaced(39).len()), (48, 49));
    mobile(&spaced(38), "+84905000001");
    refused(&spaced(39), Unassigned);
}

#[test]
fn every_mistake_has_a_sentence_of_its_own_in_both_languages() {
    let all = [Empty, NotDigits, NoPrefix, Foreign, Unassigned, ServiceLine];
    for sentences in [all.map(|error| error.vi()), all.map(|error| error.for_caller())] {
        let different: std::collections::BTreeSet<_> = sentences.iter().collect();
        assert_eq!(different.len(), all.len());
        assert!(sentences.iter().all(|sentence| sentence.len() > 8), "{sentences:?}");
    }
    assert!(all[1..].iter().all(|error| error.vi().ends_with("sẽ không có tin nhắn")));
}

#[test]
fn every_number_of_a_field_is_found_whatever_is_beside_it() {
    let all = |written: &str| Phone::all(written).into_iter().map(String::from).collect::<Vec<_>>();
    for written in ["0905000001/0258 3822 229", "ĐT: 0905000001 (vợ: 0258 3822 229)", "0905000001 hoặc 02583822229"]
    {
        assert_eq!(all(written), ["+84905000001", "+842583822229"], "{written}");
    }
    assert_eq!(all("anh A 0905 000 001"), ["+84905000001"]);
    assert_eq!(all("\u{202a}0905\u{2011}000\u{2011}001\u{202c}"), ["+84905000001"]);
    for none in ["", "12345", "không có", "09050000012", "0905000001a0"] {
        assert!(all(none).len() <= usize::from(none.starts_with("0905000001a")), "{none}");
    }
}

#[test]
fn a_mobile_number_that_begins_like_the_country_code_keeps_its_own_digits() {
    mobile("0841234567", "+84841234567");
    mobile("+84841234567", "+84841234567");
    mobile("84841234567", "+84841234567");
}

#[test]
fn a_landline_is_for_the_phone_list_and_not_for_sms() {
    for (written, e164) in [("0258 3822 229", "+842583822229"), ("024 3825 2525", "+842438252525")] {
        let phone = Phone::parse(written).unwrap();
        assert_eq!((phone.expose(), phone.line()), (e164, Line::Fixed));
        assert!(!phone.takes_sms());
    }
}

#[test]
fn junk_is_refused_with_its_reason() {
    refused("", Empty);
    refused("  \t", Empty);
    refused("0981234567a", NotDigits);
    refused("không có", NotDigits);
    refused("098123456７", NotDigits);
    refused("0981234567;ext=5", NotDigits);
    refused("+84+981234567", NotDigits);
    refused("tel:0981234567", NotDigits);
    refused("0981234567\0", NotDigits);
    refused("981234567", NoPrefix);
    refused("-", NoPrefix);
    refused("+", Foreign);
    refused("+1 202 555 0123", Foreign);
    refused("0044 20 7946 0958", Foreign);
    refused("0", Unassigned);
    refused("098123456", Unassigned);
    refused("09812345678", Unassigned);
    refused("0000000000", Foreign);
    refused("0481234567", Unassigned);
    refused("84", Unassigned);
    refused(&"0981234567 ".repeat(20), Unassigned);
    refused("0190012345", ServiceLine);
    refused("+84 1900 1234", ServiceLine);
}

#[test]
fn debug_and_display_show_the_last_three_digits_only() {
    let phone = Phone::parse("0981234567").unwrap();
    assert_eq!(phone.to_string(), "•••••••567");
    assert_eq!(format!("{phone:?}"), "Phone(•••••••567)");
    assert_eq!(format!("{:?}", Some(&phone)), "Some(Phone(•••••••567))");
}

#[test]
fn serde_keeps_the_migrated_number_and_its_errors_do_not_repeat_what_was_sent() {
    let phone: Phone = serde_json::from_str("\"0162 123 4567\"").unwrap();
    assert_eq!(serde_json::to_string(&phone).unwrap(), "\"+84321234567\"");
    let error = serde_json::from_str::<Phone>("\"0481234567\"").unwrap_err().to_string();
    assert!(error.starts_with("there is no such telephone number"), "{error}");
    assert!(!error.contains("1234567"), "{error}");
}

#[test]
fn the_last_four_digits_open_details_and_fewer_do_not() {
    let phone = Phone::parse("0981234567").unwrap();
    assert!(phone.ends_in("4567"));
    for wrong in ["4568", "567", "", "34567", "456 "] {
        assert!(!phone.ends_in(wrong), "{wrong}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(written in "\\PC{0,40}") {
        let _ = Phone::parse(&written);
    }

    #[test]
    fn what_was_read_once_is_read_again_as_the_same(written in "0[0-9]{8,10}") {
        if let Ok(phone) = Phone::parse(&written) {
            prop_assert_eq!(Phone::parse(phone.expose()), Ok(phone.clone()));
            prop_assert!(phone.expose().ends_with(&written[written.len() - 7..]));
        }
    }
}
