//! Names and telephone numbers.

use super::*;
use crate::limits::LONGEST_NAME;

#[test]
fn a_name_written_with_its_marks_apart_is_kept_as_one_written_together() {
    let apart = "Ho\u{323}\u{31b}p ta\u{301}c xa\u{303} A\u{301}nh Du\u{31b}o\u{31b}ng";
    assert_eq!(applicant(&[("ChuHoSo", json!(apart))]).name, "Hợp tác xã Ánh Dương");
}

#[test]
fn an_old_number_is_migrated_and_an_sms_goes_to_the_mobile_one() {
    for (mobile, line, expected) in [
        (Value::Null, json!("0168 812 3456"), Some("+84388123456")),
        (json!("0905123456"), json!("0258 3822 222"), Some("+84905123456")),
        (json!("0258 3822 222"), json!("0905123456"), Some("+84905123456")),
        (Value::Null, json!("0258 3822 222"), Some("+842583822222")),
        (Value::Null, Value::Null, None),
    ] {
        let phone = applicant(&[("DiDong", mobile), ("SoDienThoai", line)]).phone;
        assert_eq!(phone.as_deref(), expected);
    }
}

#[test]
fn the_usable_one_of_two_fields_is_taken_whichever_of_them_is_inside_the_other() {
    let within = json!({ "HoTen": "Hộ kinh doanh Tư", "DiDong": "12345" });
    let taken = applicant(&[("ChuHoSo", within), ("SoDienThoai", json!("0905 000 001 / 0905 000 002"))]);
    assert_eq!(taken.phone.as_deref(), Some("0905 000 001 / 0905 000 002"));
    let within = json!({ "HoTen": "Hộ kinh doanh Tư", "DiDong": "(+84) 905 000 001" });
    let taken = applicant(&[("ChuHoSo", within), ("DiDong", json!("0258 3822 222"))]);
    assert_eq!(taken.phone.as_deref(), Some("+84905000001"));
}

#[test]
fn what_is_wrong_with_a_number_is_remarked_and_never_repeated() {
    let remarks = |fields: &[(&str, Value)]| submitted(fields).remarks;
    assert_eq!(remarks(&[("SoDienThoai", json!("\u{202a}0905\u{2011}000\u{2011}001\u{202c}"))]), []);
    for declared in ["0905000001/0905000002", "09050000012", "12345", "ĐT 0905000001", "0258 3822 222"] {
        let found = remarks(&[
            ("SoDienThoai", json!(declared)),
            ("NguoiNop", json!({ "HoTen": "Hộ kinh doanh Tư", "SoDienThoai": declared })),
        ]);
        let fields: Vec<_> = found.iter().map(|remark| remark.field.as_ref()).collect();
        assert_eq!(fields, ["SoDienThoai", "NguoiNop.SoDienThoai"], "{declared}");
        assert!(found.iter().all(|remark| !remark.why.contains("0905")), "{found:?}");
    }
    for odd in [json!({ "so": 1 }), json!([]), json!(true)] {
        assert_eq!(remarks(&[("SoDienThoai", odd.clone())]).len(), 1, "{odd}");
        assert_eq!(remarks(&[("DiDong", odd), ("SoDienThoai", json!("0905000001"))]), []);
    }
    assert_eq!(remarks(&[("SoDienThoai", Value::Null)]), []);
}

#[test]
fn a_number_that_cannot_be_used_never_costs_a_dossier() {
    let endless = "9".repeat(5_000);
    for (declared, kept) in [
        (json!("không có"), Some("không có")),
        (json!("+1 202 555 0100"), Some("+1 202 555 0100")),
        (json!(905_123_456), Some("905123456")),
        (json!(endless), Some(&endless[..LONGEST_NAME])),
        (json!({ "so": 1 }), None),
        (json!([]), None),
        (json!(true), None),
        (json!("09\u{0}05"), None),
    ] {
        assert_eq!(applicant(&[("SoDienThoai", declared.clone())]).phone.as_deref(), kept, "{declared}");
    }
}
