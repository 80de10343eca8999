//! Fields read from a portal's messages, and faults complained of.

mod odd;
mod people;
mod whole;

use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::*;
use crate::config::Config;
use crate::dossier::Filing;
use crate::person::Party;
use crate::signature::standard_webhooks;

fn now() -> Timestamp {
    "2020-04-15T02:00:00Z".parse().unwrap()
}

/// Returns the HoSo of a submission, in the first of the two known shapes.
fn hoso() -> Value {
    json!({
        "MaHoSo": "000.00.01.H32-200415-0007",
        "MaTTHC": "1.005129",
        "KenhThucHien": "2",
        "NgayNopHoSo": "20200415080000",
        "TrangThaiHoSo": "1",
        "ChuHoSo": "Hợp tác xã Ánh Dương",
        "SoGiayToChuHoSo": "225123456",
        "SoDienThoai": "0905 123 456",
        "Email": "anh@example.vn",
        "DiaChi": "12 Trần Phú, Nha Trang",
    })
}

fn envelope(kind: &str, data: &Value) -> String {
    json!({ "type": kind, "timestamp": "2020-04-15T01:30:00Z", "data": data }).to_string()
}

fn read(body: &str) -> Result<Message, ParseError> {
    let config = Config::demo();
    let keys = &config.portal("dvcqg-demo").unwrap().keys;
    let tag = standard_webhooks::sign(keys.current(), "msg_1", now(), body.as_bytes());
    let mut headers = HeaderMap::new();
    headers.insert(standard_webhooks::ID, HeaderValue::from_static("msg_1"));
    headers.insert(standard_webhooks::TIMESTAMP, HeaderValue::from(now().as_second()));
    headers.insert(standard_webhooks::SIGNATURE, HeaderValue::from_str(&tag).unwrap());
    parse(&standard_webhooks::verify(keys, &headers, body.as_bytes(), now()).unwrap())
}

/// Returns the HoSo with members replaced; null takes one away.
fn with(changes: &[(&str, Value)]) -> Value {
    let mut data = hoso();
    for (name, value) in changes {
        match value.is_null() {
            true => data.as_object_mut().unwrap().remove(*name),
            false => data.as_object_mut().unwrap().insert((*name).to_owned(), value.clone()),
        };
    }
    data
}

fn message(kind: &str, changes: &[(&str, Value)]) -> Message {
    read(&envelope(kind, &with(changes))).unwrap_or_else(|error| panic!("{error}"))
}

fn submitted(changes: &[(&str, Value)]) -> Submitted {
    match message("dossier.submitted", changes).news {
        News::Submitted(submitted) => *submitted,
        _ => panic!("not submitted"),
    }
}

fn applicant(changes: &[(&str, Value)]) -> Party {
    submitted(changes).person.applicant
}

fn supplement(changes: &[(&str, Value)]) -> (Vec<String>, Option<Timestamp>) {
    let message = message("dossier.supplemented", changes);
    match message.news {
        News::Supplemented { papers } => (papers, message.at),
        _ => panic!("not supplemented"),
    }
}

fn problem(kind: &str, changes: &[(&str, Value)]) -> String {
    read(&envelope(kind, &with(changes))).err().map_or_else(|| "none".into(), |error| error.to_string())
}

fn at(rfc3339: &str) -> Option<Timestamp> {
    Some(rfc3339.parse().unwrap())
}

#[test]
fn a_submission_is_read_under_the_portal_s_own_names() {
    let message = message("dossier.submitted", &[]);
    assert_eq!(message.code, "000.00.01.H32-200415-0007");
    assert_eq!(message.at, at("2020-04-15T01:00:00Z"));
    assert_eq!(serde_json::from_str::<Value>(&message.form).unwrap(), hoso());
    let submitted = submitted(&[]);
    assert_eq!((submitted.procedure.as_str(), submitted.filing), ("1.005129", Filing::Online));
    let expected = Party {
        name: "Hợp tác xã Ánh Dương".into(),
        phone: Some("+84905123456".into()),
        address: Some("12 Trần Phú, Nha Trang".into()),
        identity_no: Some("225123456".into()),
        email: Some("anh@example.vn".into()),
        unusable: None,
        shared: false,
    };
    assert!(submitted.person.applicant == expected);
    assert!(submitted.person.filer.is_none());
}

#[test]
fn a_submission_needs_its_code_and_its_procedure_and_nothing_else() {
    let bare = read(&envelope("dossier.submitted", &json!({ "MaHoSo": "X-1", "MaTTHC": "1.1" }))).unwrap();
    assert_eq!(bare.at, at("2020-04-15T01:30:00Z"), "the envelope's instant stands in");
    let News::Submitted(submitted) = bare.news else { panic!("not submitted") };
    assert_eq!(submitted.filing, Filing::Online);
    assert!(submitted.person.applicant == Party::default());
    assert_eq!(problem("dossier.submitted", &[("MaHoSo", Value::Null)]), "data.MaHoSo is missing");
    assert_eq!(problem("dossier.submitted", &[("MaTTHC", Value::Null)]), "data.MaTTHC is missing");
}

#[test]
fn both_known_ways_to_write_a_field_mean_the_same() {
    for (channel, expected) in [
        (json!("1"), Filing::Desk),
        (json!(1), Filing::Desk),
        (json!("2"), Filing::Online),
        (json!(3), Filing::Post),
        (json!(""), Filing::Online),
    ] {
        assert_eq!(submitted(&[("KenhThucHien", channel.clone())]).filing, expected, "{channel}");
    }
    for written in ["20200415080000", "2020-04-15 08:00:00", "2020-04-15T08:00:00+07:00"] {
        let message = message("dossier.submitted", &[("NgayNopHoSo", json!(written))]);
        assert_eq!(message.at, at("2020-04-15T01:00:00Z"), "{written}");
    }
    let other_name = [("MaTTHC", Value::Null), ("MaThuTuc", json!("3.000181.000.00.00.H22"))];
    assert_eq!(submitted(&other_name).procedure, "3.000181.000.00.00.H22");
    let other_paper = [
        ("SoGiayToChuHoSo", Value::Null),
        ("DinhDanhCHS", json!([{ "LoaiDinhDanh": "1", "SoDinhDanh": "056099001234" }])),
    ];
    assert_eq!(applicant(&other_paper).identity_no.as_deref(), Some("056099001234"));
    let whole = json!({ "HoTen": "Hộ kinh doanh B", "DiDong": "0981234567", "SoGiayTo": "1" });
    let filer = submitted(&[("NguoiNop", whole)]).person.filer.unwrap();
    assert_eq!((filer.name.as_str(), filer.phone.as_deref()), ("Hộ kinh doanh B", Some("+84981234567")));
    let filer = submitted(&[("NguoiNop", json!("Hộ kinh doanh B"))]).person.filer.unwrap();
    assert!(filer == Party { name: "Hộ kinh doanh B".into(), ..Party::default() });
}

#[test]
fn a_supplement_names_its_papers_by_the_newest_row() {
    let row = |at: &str, papers: Value| json!({ "NgayTiepNhanBoSung": at, "DanhSachGiayToBoSung": papers });
    let older = row("20200414080000", json!([{ "MaThanhPhanHoSo": "OLD" }]));
    let newer = row("2020-04-15 08:15:00", json!([{ "MaThanhPhanHoSo": "GT1" }, { "MaThanhPhanHoSo": "GT2" }, "GT1"]));
    let expected = (vec!["GT1".to_owned(), "GT2".to_owned()], at("2020-04-15T01:15:00Z"));
    assert_eq!(supplement(&[("DanhSachHoSoBoSung", json!([older, newer]))]), expected);
    assert_eq!(supplement(&[("DanhSachHoSoBoSung", json!([newer, older]))]), expected);
    let everything = (vec![], at("2020-04-15T01:30:00Z"));
    assert_eq!(supplement(&[]), everything);
    assert_eq!(supplement(&[("DanhSachHoSoBoSung", json!([])), ("TaiLieuNop", json!([]))]), everything);
    let files = json!([
        { "TepDinhKemId": "1", "MaThanhPhanHoSo": "GT1", "IsDeleted": "True" },
        { "TepDinhKemId": "2", "MaThanhPhanHoSo": "GT2", "IsDeleted": "False" },
        { "TepDinhKemId": "3" },
    ]);
    assert_eq!(supplement(&[("TaiLieuNop", files)]).0, ["GT2"]);
}

#[test]
fn files_of_which_none_says_what_it_is_do_not_mean_everything() {
    let row = json!([{ "DanhSachGiayToBoSung": [{ "TenGiayTo": "Bản vẽ" }] }]);
    assert_eq!(
        problem("dossier.supplemented", &[("DanhSachHoSoBoSung", row)]),
        "data.DanhSachHoSoBoSung[0].DanhSachGiayToBoSung names no paper by its MaThanhPhanHoSo"
    );
    let deleted = json!([{ "MaThanhPhanHoSo": "GT1", "IsDeleted": "True" }]);
    assert!(problem("dossier.supplemented", &[("TaiLieuNop", deleted)]).starts_with("data.TaiLieuNop names no paper"));
}

#[test]
fn originals_carry_papers_minutes_instant_and_way() {
    let message = message(
        "dossier.originals_received",
        &[
            ("TaiLieuNop", json!([{ "MaThanhPhanHoSo": "BC1" }])),
            ("SoBienBanGiaoNhan", json!("BB-17/2020")),
            ("NgayGiaoNhan", json!("20200415081000")),
            ("HinhThuc", json!("1")),
        ],
    );
    assert_eq!(message.at, at("2020-04-15T01:10:00Z"));
    let News::OriginalsReceived { papers, minutes_no, by_post } = message.news else { panic!("not originals") };
    assert_eq!((papers, minutes_no.as_deref(), by_post), (vec!["BC1".to_owned()], Some("BB-17/2020"), true));
}
