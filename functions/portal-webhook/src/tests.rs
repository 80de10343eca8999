//! What is read of a portal's words, and what is complained of.

use http::{HeaderMap, HeaderValue};
use motcua::config::Config;
use motcua::dossier::Filing;
use motcua::person::Party;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::message::{Message, News, parse};

fn now() -> Timestamp {
    "2020-04-15T02:00:00Z".parse().unwrap()
}

/// The HoSo of a submission, in the first of the two shapes that are known.
fn hoso() -> Value {
    json!({
        "MaHoSo": "000.00.01.H32-200415-0007",
        "MaTTHC": "1.005129",
        "KenhThucHien": "2",
        "NgayNopHoSo": "20200415080000",
        "TrangThaiHoSo": "1",
        "ChuHoSo": "Nguyễn Thị Ánh",
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

/// The HoSo with members replaced; null takes one away.
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

fn submitted(changes: &[(&str, Value)]) -> crate::message::Submitted {
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
        name: "Nguyễn Thị Ánh".into(),
        phone: Some("+84905123456".into()),
        address: Some("12 Trần Phú, Nha Trang".into()),
        identity_no: Some("225123456".into()),
        email: Some("anh@example.vn".into()),
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
    let whole = json!({ "HoTen": "Lê Văn B", "DiDong": "0981234567", "SoGiayTo": "1" });
    let filer = submitted(&[("NguoiNop", whole)]).person.filer.unwrap();
    assert_eq!((filer.name.as_str(), filer.phone.as_deref()), ("Lê Văn B", Some("+84981234567")));
    let filer = submitted(&[("NguoiNop", json!("Lê Văn B"))]).person.filer.unwrap();
    assert!(filer == Party { name: "Lê Văn B".into(), ..Party::default() });
}

#[test]
fn a_name_written_with_its_marks_apart_is_kept_as_one_written_together() {
    let apart = "Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh";
    assert_eq!(applicant(&[("ChuHoSo", json!(apart))]).name, "Nguyễn Thị Ánh");
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
fn a_number_that_cannot_be_used_never_costs_a_dossier() {
    let endless = "9".repeat(5_000);
    for (declared, kept) in [
        (json!("không có"), Some("không có")),
        (json!("+1 202 555 0100"), Some("+1 202 555 0100")),
        (json!(905_123_456), Some("905123456")),
        (json!(endless), Some("99999999999999999999999999999999999999999999999999")),
        (json!({ "so": 1 }), None),
        (json!([]), None),
        (json!(true), None),
        (json!("09\u{0}05"), None),
    ] {
        assert_eq!(applicant(&[("SoDienThoai", declared.clone())]).phone.as_deref(), kept, "{declared}");
    }
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
        (json!({ "type": "payment.confirmed" }), "not an event of a dossier"),
    ] {
        assert_eq!(read(&body.to_string()).err().unwrap().to_string(), expected, "{body}");
    }
}

#[test]
fn every_answer_says_its_class_and_no_more() {
    let id = motcua::id::DossierId::from_random(7);
    let said = |answer: Answer| {
        let response = answer.reply();
        (response.status, serde_json::from_str::<Value>(&response.body).unwrap())
    };
    assert_eq!(said(Answer::Recorded(id)), (200, json!({ "status": "recorded", "dossier": "000000000007" })));
    assert_eq!(said(Answer::AlreadyRecorded(None)), (200, json!({ "status": "already_recorded" })));
    assert_eq!(said(Answer::Kept(Some(id))), (200, json!({ "status": "kept", "dossier": "000000000007" })));
    assert_eq!(said(Answer::KeptForLater), (202, json!({ "status": "kept" })));
    assert_eq!(said(Answer::Ignored), (200, json!({ "status": "ignored" })));
    assert_eq!(said(Answer::Forged), (401, json!({ "error": "signature not accepted" })));
    assert_eq!(said(Answer::Later), (503, json!({ "status": "later" })));
    assert_eq!(Answer::Later.reply().header("retry-after"), Some("30"));
    assert_eq!(Answer::MethodNotAllowed.reply().header("allow"), Some("POST"));
    let refused = Answer::Refused(motcua::dossier::Refusal::NothingMissing);
    let reason = "The papers named are already in or waived.";
    assert_eq!(said(refused), (200, json!({ "status": "refused", "reason": reason })));
}

proptest! {
    #[test]
    fn no_value_of_any_field_makes_the_reader_panic(
        kind in "submitted|supplemented|originals_received|withdrawn",
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
