//! Messages that no portal sends.

use proptest::prelude::*;

use super::*;

#[test]
fn a_field_that_is_not_what_it_should_be_is_named() {
    let long = "x".repeat(600);
    let many: Vec<_> = (0..201).map(|i| json!(format!("GT{i}"))).collect();
    for (kind, field, value, expected) in [
        ("submitted", "MaHoSo", json!(17), "data.MaHoSo is not a text"),
        ("submitted", "MaHoSo", json!("H32\u{0}"), "data.MaHoSo holds a control character"),
        ("submitted", "MaHoSo", json!(long), "data.MaHoSo has more than 100 characters"),
        ("submitted", "MaTTHC", json!(1.5), "data.MaTTHC is not a text"),
        ("submitted", "KenhThucHien", json!("4"), "data.KenhThucHien is none of 1, 2, 3"),
        ("submitted", "KenhThucHien", json!(2.0), "data.KenhThucHien is not a text"),
        ("submitted", "NgayNopHoSo", json!("20200230080000"), "data.NgayNopHoSo there is no such day or hour"),
        ("submitted", "NgayNopHoSo", json!({}), "data.NgayNopHoSo is not a text"),
        ("submitted", "ChuHoSo", json!(["A"]), "data.ChuHoSo is not a text"),
        ("submitted", "ChuHoSo", json!(long), "data.ChuHoSo has more than 250 characters"),
        ("submitted", "ChuHoSo", json!({ "HoTen": 1 }), "data.ChuHoSo.HoTen is not a text"),
        ("submitted", "NguoiNop", json!(7), "data.NguoiNop is not a text"),
        ("submitted", "DiaChi", json!(long), "data.DiaChi has more than 500 characters"),
        ("submitted", "DinhDanhCHS", json!("x"), "none"),
        ("supplemented", "DanhSachHoSoBoSung", json!("x"), "data.DanhSachHoSoBoSung is not a list"),
        ("supplemented", "DanhSachHoSoBoSung", json!([1]), "data.DanhSachHoSoBoSung[0] is not an object"),
        ("supplemented", "TaiLieuNop", json!(["a", 1]), "data.TaiLieuNop[1] is not a text"),
        (
            "supplemented",
            "TaiLieuNop",
            json!([{ "IsDeleted": 3 }]),
            "data.TaiLieuNop[0].IsDeleted is neither true nor false",
        ),
        ("supplemented", "TaiLieuNop", json!(many), "data.TaiLieuNop has more than 200 elements"),
        ("originals_received", "HinhThuc", json!("2"), "data.HinhThuc is none of 0, 1"),
        ("originals_received", "SoBienBanGiaoNhan", json!(long), "data.SoBienBanGiaoNhan has more than 250 characters"),
        ("originals_received", "SoBienBanGiaoNhan", json!([]), "data.SoBienBanGiaoNhan is not a text"),
    ] {
        assert_eq!(problem(&format!("dossier.{kind}"), &[(field, value.clone())]), expected, "{value}");
    }
}

#[test]
fn an_envelope_that_is_none_is_named_and_another_type_left_alone() {
    for (body, expected) in [
        (json!({ "data": {} }), "type is missing"),
        (json!({ "type": 7, "data": {} }), "type is not a text"),
        (json!({ "type": "dossier.withdrawn" }), "data is missing"),
        (json!({ "type": "dossier.withdrawn", "data": null }), "data is missing"),
        (json!({ "type": "dossier.withdrawn", "data": [] }), "data is not an object"),
        (
            json!({ "type": "dossier.withdrawn", "data": { "MaHoSo": "X" }, "timestamp": "sáng" }),
            "timestamp an instant must be written yyyyMMddHHmmss, yyyy-MM-dd HH:mm:ss or as RFC 3339",
        ),
        (json!({ "type": "dossier.deleted", "data": 1 }), "not an event of a dossier"),
        (json!({ "type": "DOSSIER.WITHDRAWN", "data": {} }), "not an event of a dossier"),
        (json!({ "type": "payment.confirmed" }), "data is missing"),
        (json!({ "type": "payment.reversed" }), "not an event of a dossier"),
    ] {
        assert_eq!(read(&body.to_string()).err().unwrap().to_string(), expected, "{body}");
    }
}

proptest! {
    #[test]
    fn no_value_of_any_field_makes_the_reader_panic(
        kind in "submitted|changed|supplemented|originals_received|files_kept|withdrawn",
        field in "MaHoSo|MaTTHC|KenhThucHien|NgayNopHoSo|ChuHoSo|SoDienThoai|DinhDanhCHS|TaiLieuNop|DanhSachHoSoBoSung|NguoiNop",
        text in "\\PC{0,30}",
        shape in 0..4,
    ) {
        let value = match shape {
            0 => json!(text),
            1 => json!([text]),
            2 => json!([{ "MaThanhPhanHoSo": text }]),
            _ => json!({ "HoTen": text }),
        };
        let _ = read(&envelope(&format!("dossier.{kind}"), &with(&[(&field, value)])));
    }
}
