//! Every field of a HoSo, changes of it, files that a portal keeps, and payments made there.

use super::*;
use crate::vnd::Vnd;

fn remarks(changes: &[(&str, Value)]) -> Vec<(String, String)> {
    let message = message("dossier.submitted", changes);
    message.remarks().iter().map(|it| (it.field.to_string(), it.why.to_string())).collect()
}

#[test]
fn a_whole_form_as_it_is_known_has_no_remark() {
    let file = json!({
        "TepDinhKemId": "7", "TenTepDinhKem": "don.pdf", "IsDeleted": "False", "MaThanhPhanHoSo": "GPXD-DON",
        "DuongDanTaiTepTin": "https://tep.example.vn/7", "DuocSoHoa": "True", "DuocTaiSuDung": "False",
        "DuocLayTuKhoDMQG": "False", "MaKetQuaThayThe": "",
    });
    let whole = [
        ("TenTTHC", json!("Cấp giấy phép xây dựng")),
        ("LoaiDoiTuong", json!("2")),
        ("Fax", json!("0258 3822 222")),
        ("TrichYeuHoSo", json!("Xin cấp phép\ncho nhà xưởng")),
        ("NgayTiepNhan", json!("20200415080000")),
        ("HinhThuc", json!("1")),
        ("NoiNopHoSo", json!("1")),
        ("TaiKhoanDuocXacThucVoiVNeID", json!("1")),
        ("DSKetNoiCSDL", json!([{ "MaCSDL": "DC" }])),
        ("TaiLieuNop", json!([file])),
        ("DanhSachTepDinhKemKhac", json!([{ "TenGiayTo": "Ảnh", "SoLuong": 2, "LoaiGiayTo": "1" }])),
        (
            "DanhSachLePhi",
            json!([{ "TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "LP1", "HinhThucThu": "1", "Gia": "125000" }]),
        ),
        ("DinhDanhCHS", json!([{ "LoaiDinhDanh": "1", "SoDinhDanh": "056099001234" }])),
    ];
    assert_eq!(remarks(&whole), []);
}

#[test]
fn each_field_that_nobody_can_read_is_remarked_with_its_place_and_costs_no_dossier() {
    for (field, value, place, why) in [
        ("LoaiDoiTuong", json!("9"), "LoaiDoiTuong", "is none of 0, 1, 2, 3, 4"),
        ("LoaiDoiTuong", json!([]), "LoaiDoiTuong", "is not a text"),
        ("TrichYeuHoSo", json!("x".repeat(4_001)), "TrichYeuHoSo", "has more than 4000 characters"),
        ("NgayHenTra", json!("20200230080000"), "NgayHenTra", "there is no such day or hour"),
        ("HinhThuc", json!("7"), "HinhThuc", "is none of 0, 1: how the result comes back is still to be chosen"),
        ("TaiLieuNop", json!("x"), "TaiLieuNop", "is not a list"),
        ("TaiLieuNop", json!([{}, { "IsDeleted": "x" }]), "TaiLieuNop[1].IsDeleted", "is neither true nor false"),
        ("TaiLieuNop", json!([{ "DuongDanTaiTepTin": {} }]), "TaiLieuNop[0].DuongDanTaiTepTin", "is not a text"),
        ("DanhSachLePhi", json!([{ "HinhThucThu": "9" }]), "DanhSachLePhi[0].HinhThucThu", "is none of 1, 2, 4"),
        ("DanhSachHoSoBoSung", json!([{ "NgayBoSung": "x" }]), "DanhSachHoSoBoSung[0].NgayBoSung", ""),
    ] {
        let found = remarks(&[(field, value.clone())]);
        assert_eq!(found.len(), 1, "{value}: {found:?}");
        assert!(found[0].0 == place && found[0].1.contains(why), "{found:?}");
    }
    let many: Vec<_> = (0..200).map(|_| json!({ "IsDeleted": "x" })).collect();
    assert_eq!(remarks(&[("TaiLieuNop", json!(many))]).len(), 20, "who makes so many mistakes made one");
}

#[test]
fn a_change_says_only_what_is_another_and_needs_to_say_something() {
    let changed = |data: Value| match read(&envelope("dossier.changed", &data)).map(|message| message.news) {
        Ok(News::Changed(changed)) => Ok(*changed),
        Ok(_) => panic!("another news"),
        Err(error) => Err(error.to_string()),
    };
    let alone = changed(json!({ "MaHoSo": "X-1" })).err();
    assert_eq!(alone.as_deref(), Some("data.MaHoSo stands alone: nothing is changed"));
    let one = changed(json!({ "MaHoSo": "X-1", "SoDienThoai": "0905 000 009", "HinhThuc": "0" })).unwrap();
    assert!(one.procedure.is_none() && one.person.filer.is_none() && one.person.applicant.name.is_empty());
    assert_eq!((one.person.applicant.phone.as_deref(), one.returns_by_post), (Some("+84905000009"), Some(false)));
    let files = json!([{ "DuongDanTaiTepTin": "https://tep.example.vn/1" }, { "TenTepDinhKem": "x" }]);
    assert_eq!(changed(json!({ "MaHoSo": "X-1", "TaiLieuNop": files })).unwrap().files, 1);
    let odd = changed(json!({ "MaHoSo": "X-1", "SoDienThoai": "12345" })).unwrap();
    assert_eq!(odd.remarks.len(), 1);
    assert_eq!(changed(json!({ "MaHoSo": "X-1", "DiaChi": [] })).err().as_deref(), Some("data.DiaChi is not a text"));
}

#[test]
fn files_that_a_portal_keeps_are_named_by_their_links() {
    let without = json!({ "MaHoSo": "X-1", "TaiLieuNop": [{ "TenTepDinhKem": "x", "MaThanhPhanHoSo": "GT" }] });
    assert_eq!(
        read(&envelope("dossier.files_kept", &without)).err().unwrap().to_string(),
        "data.TaiLieuNop names no file by its DuongDanTaiTepTin"
    );
    let row = json!([{ "DanhSachGiayToBoSung": [{ "DuongDanTaiTepTin": "https://tep.example.vn/1" }] }]);
    let data = json!({ "MaHoSo": "X-1", "DanhSachHoSoBoSung": row });
    let message = read(&envelope("dossier.files_kept", &data)).unwrap();
    assert!(matches!(message.news, News::FilesKept { files: 1 }));
}

#[test]
fn a_payment_is_the_one_that_the_platform_reports_itself() {
    let whole = json!({
        "MaHoSo": "X-1", "MaThamChieu": "7K3M9P2QX4AB01", "SoTien": "125000", "MaGiaoDich": "P-1", "MaLoi": "00",
        "ThoiGianGD": "20200415090000", "MaDoiTac": "MOTCUADVC",
    });
    let with = |name: &str, value: Value| {
        let mut data = whole.clone();
        data[name] = value;
        read(&envelope("payment.confirmed", &data))
    };
    let message = with("MaTienTe", json!("vnd")).unwrap();
    assert_eq!(message.at, at("2020-04-15T02:00:00Z"));
    let News::Paid(paid) = message.news else { panic!("not paid") };
    let found = paid.found(Some("OTHER"));
    assert_eq!((found.identity.as_str(), found.amount_vnd), ("MOTCUADVC/7K3M9P2QX4AB01", Vnd::new(125_000).ok()));
    for (field, value, expected) in [
        ("SoTien", json!("125000.5"), "data.SoTien is not a whole number above 0"),
        ("SoTien", json!("-1"), "data.SoTien is not a whole number above 0"),
        ("SoTien", json!("0"), "data.SoTien is not a whole number above 0"),
        ("SoTien", Value::Null, "data.SoTien is missing"),
        ("MaThamChieu", Value::Null, "data.MaThamChieu is missing"),
        ("MaGiaoDich", Value::Null, "data.MaGiaoDich is missing"),
        ("MaLoi", json!("24"), "data.MaLoi is not 00"),
    ] {
        assert_eq!(with(field, value).err().unwrap().to_string(), expected);
    }
    let News::Paid(foreign) = with("MaTienTe", json!("USD")).unwrap().news else { panic!("not paid") };
    assert_eq!(foreign.amount_vnd(), None, "other money is not taken for dong");
    assert!(names_money(br#"{"type":"payment.confirmed","data":1}"#) && !names_money(br#"{"type":"x"}"#));
}
