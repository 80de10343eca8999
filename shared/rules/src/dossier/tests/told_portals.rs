//! Lives of dossiers in the records that a portal is told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::laws::{filed, lives, step};
use super::*;
use crate::attachment::{Attachment, Link};
use crate::person::{Party, Person};
use crate::portal::outbound::{Handler, MOST_ROWS, Records, Subject, chunk, records};
use crate::vietnam::portal_instant;

fn person() -> Person {
    let applicant = Party {
        name: "Hợp tác xã Ánh Dương".into(),
        identity_no: Some("225123456".into()),
        phone: Some("+84905000001".into()),
        ..Party::default()
    };
    Person { applicant, ..Person::default() }
}

fn told_up_to(life: &Life, version: usize) -> Records {
    let staff =
        BTreeMap::from([("u-17".to_owned(), Handler { name: "Trần Thị Lan".into(), title: "Chuyên viên".into() })]);
    told_with(life, version, &person(), &[], &staff)
}

fn told_with(
    life: &Life,
    version: usize,
    person: &Person,
    files: &[Attachment],
    staff: &BTreeMap<String, Handler>,
) -> Records {
    let dossier = life.dossier();
    let subject = Subject {
        agency: &dossier.agency,
        agency_name: "Ban Quản lý Khu kinh tế Vân Phong",
        id: dossier.id,
        history: &life.history[..version],
        person,
        procedure: Some(&life.procedure),
        files,
        staff,
        portal: "dvcqg",
    };
    records(&subject).unwrap()
}

fn told(life: &Life) -> Records {
    told_up_to(life, life.history.len())
}

fn text<'r>(record: &'r Map<String, Value>, field: &str) -> &'r str {
    record.get(field).and_then(Value::as_str).unwrap_or("")
}

fn rows<'r>(record: &'r Map<String, Value>, field: &str) -> Vec<&'r Map<String, Value>> {
    record.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
}

/// Returns the states of the progress rows, with their words.
fn steps(records: &Records) -> Vec<(u8, &str)> {
    records.progress.iter().map(|row| (row.status, text(&row.fields, "NoiDungXuLy"))).collect()
}

/// Returns each request for papers: since when, until when, the date before and the date after.
fn requests(records: &Records) -> Vec<[&str; 4]> {
    let fields = ["NgayBoSung", "NgayTiepNhanBoSung", "NgayHenTraTruoc", "NgayHenTraMoi"];
    rows(&records.dossier, "DanhSachHoSoBoSung").into_iter().map(|row| fields.map(|field| text(row, field))).collect()
}

#[test]
fn a_life_with_originals_is_told_step_by_step() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 09:00", receipt(&["BC.01"]));
    life.done("2020-04-20 15:00", receipt(&["BC.02"]));
    life.done("2020-04-22 10:00", positive());
    life.done("2020-04-23 08:00", hand_out(false));
    let told = told(&life);
    let expected = [
        (1, "Mới đăng ký"),
        (2, "Tiếp nhận hồ sơ"),
        (4, "Chuyển bước xử lý"),
        (5, "Dừng tính thời gian giải quyết, chờ bản chính"),
        (5, "Đã nhận giấy tờ; Đã nhận 1/2 giấy tờ, vẫn dừng tính"),
        (5, "Đã nhận giấy tờ"),
        (4, "Tiếp tục giải quyết, hẹn trả kết quả 23/04/2020"),
        (9, "Đã có kết quả"),
        (10, "Đã trả kết quả"),
    ];
    assert_eq!(steps(&told), expected);
    assert_eq!(requests(&told), [["20200417170000", "20200420150000", "20200422170000", "20200423170000"]]);
    let hoso = &told.dossier;
    let fields = ["TrangThaiHoSo", "NgayTiepNhan", "NgayKetThucXuLy", "NgayTra", "KenhThucHien", "NoiNopHoSo"];
    assert_eq!(
        fields.map(|field| text(hoso, field)),
        ["10", "20200415080000", "20200422100000", "20200423080000", "2", "1"]
    );
    assert_eq!(text(&told.progress[1].fields, "NguoiXuLy"), "Trần Thị Lan");
    assert_eq!(text(&told.progress[3].fields, "NguoiXuLy"), "Hệ thống một cửa điện tử");
}

#[test]
fn a_pause_for_a_fee_is_a_step_and_no_request_for_papers() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", ask_fee(125_000));
    assert_eq!((told(&life).progress.last().unwrap().status, requests(&told(&life)).len()), (6, 0));
    life.done("2020-04-17 10:00", paid(1, 125_000));
    let told = told(&life);
    assert_eq!(requests(&told), [] as [[&str; 4]; 0]);
    let fee = rows(&told.dossier, "DanhSachLePhi")[0];
    assert_eq!(["Gia", "HinhThucThu"].map(|field| text(fee, field)), ["125000", "2"]);
    assert_eq!(text(&told.dossier, "DuocThanhToanTrucTuyen"), "2");
}

#[test]
fn papers_that_join_a_fee_are_one_request_whose_new_date_comes_with_the_clock() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", ask_fee(125_000));
    life.done("2020-04-16 14:00", pause_for_originals(&["BC.01"]));
    life.done("2020-04-20 15:00", receipt(&["BC.01"]));
    assert_eq!(requests(&told(&life)), [["20200416140000", "20200420150000", "20200422170000", ""]]);
    life.done("2020-04-21 10:00", paid(1, 125_000));
    assert_eq!(requests(&told(&life)), [["20200416140000", "20200420150000", "20200422170000", "20200427170000"]]);
}

#[test]
fn a_void_pause_keeps_its_request_and_says_why_it_is_none() {
    let mut life = Life::lacking_originals(procedure());
    life.recorded("2020-04-17 15:00", "2020-04-20 08:00", receipt(&["BC.01", "BC.02"]));
    let told = told(&life);
    assert_eq!(requests(&told), [["20200417170000", "20200417170000", "20200422170000", "20200422170000"]]);
}

#[test]
fn a_request_that_nobody_answered_stays_open_when_the_dossier_ends() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 08:00", withdraw());
    assert_eq!(requests(&told(&life)), [["20200417170000", "", "20200422170000", ""]]);
    assert_eq!(told(&life).progress.last().unwrap().status, 7);
}

#[test]
fn texts_are_cut_where_a_portal_cuts_them_and_show_it() {
    let mut life = Life::accepted(procedure());
    life.procedure.name_vi = "ă".repeat(3_000);
    let staff = BTreeMap::from([("u-17".to_owned(), Handler { name: "Đ".repeat(51), title: String::new() })]);
    let file = Attachment { paper: None, name: "ệ".repeat(4_001), link: Link::None, hash: None };
    let told = told_with(&life, life.history.len(), &person(), &[file], &staff);
    let summary = text(&told.dossier, "TrichYeuHoSo");
    assert_eq!((summary.chars().count(), summary.chars().last()), (1_000, Some('…')));
    let name = text(rows(&told.dossier, "TaiLieuNop")[0], "TenTepDinhKem");
    assert_eq!((name.chars().count(), name.chars().last()), (4_000, Some('…')));
    let handler = text(&told.progress[1].fields, "NguoiXuLy");
    assert_eq!((handler.chars().count(), handler.chars().last()), (50, Some('…')));
    let fits = BTreeMap::from([("u-17".to_owned(), Handler { name: "Đ".repeat(50), title: String::new() })]);
    let whole = told_with(&life, life.history.len(), &person(), &[], &fits);
    assert_eq!(text(&whole.progress[1].fields, "NguoiXuLy"), "Đ".repeat(50));
}

#[test]
fn a_dossier_without_a_code_cannot_be_told() {
    let mut life = Life::under(procedure());
    let (source, reference) = (Source::Office, life.procedure.reference());
    let enclosed = Enclosed::default();
    let submission = Submission { source, filing: Filing::Desk, procedure: reference, code: None, enclosed };
    life.done("2020-04-14 16:00", Action::Submit(submission));
    let (dossier, person) = (life.dossier(), person());
    let subject = Subject {
        agency: &dossier.agency,
        agency_name: "A",
        id: dossier.id,
        history: &life.history,
        person: &person,
        procedure: None,
        files: &[],
        staff: &BTreeMap::new(),
        portal: "dvcqg",
    };
    assert_eq!(records(&subject), None);
    assert_eq!(records(&Subject { history: &[], ..subject }), None);
}

/// Every value that is no list is a text that says something.
fn all_are_texts(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(rows) => !rows.is_empty() && rows.iter().all(|row| row.is_object() && all_are_texts(row)),
        Value::Object(fields) => fields.values().all(all_are_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Counts the pauses that awaited a document at any time, from nothing but the events.
fn document_pauses(life: &Life) -> usize {
    let (mut count, mut counted) = (0, false);
    for event in life.history.iter().flat_map(|commit| &commit.events) {
        match event {
            Event::ClockPaused { awaited, .. } | Event::AwaitedAdded { awaited, .. } => {
                counted &= matches!(event, Event::AwaitedAdded { .. });
                count += usize::from(!counted && awaited.reason != Reason::Fee);
                counted |= awaited.reason != Reason::Fee;
            }
            Event::IntakeSupplementRequested { .. } => count += 1,
            _ => {}
        }
    }
    count
}

fn the_portal_knows_what_the_office_knows(life: &Life) {
    let told = told(life);
    let (dossier, status) = (life.dossier(), life.dossier().stage.portal_status());
    assert_eq!(text(&told.dossier, "TrangThaiHoSo"), status.to_string());
    assert_eq!(told.progress.last().map(|row| row.status), Some(status));
    assert_eq!(text(&told.dossier, "NgayHenTra"), dossier.due().map(|due| portal_instant(due.at)).unwrap_or_default());
    assert!(all_are_texts(&Value::Object(told.dossier.clone())), "{:?}", told.dossier);
    assert_eq!(requests(&told).len(), document_pauses(life), "{:#?}", life.history);
    let open = requests(&told).iter().filter(|[_, answered, ..]| answered.is_empty()).count();
    let awaits = dossier.awaited().iter().any(|thing| thing.reason != Reason::Fee);
    assert!(open >= usize::from(awaits));
    let instants: Vec<_> = told.progress.iter().map(|row| text(&row.fields, "ThoiDiemXuLy")).collect();
    assert!(instants.is_sorted() && told.progress.is_sorted_by_key(|row| row.version));
    // A step that was told is never told otherwise later, so a cursor may go on from it.
    let half = life.history.len().div_ceil(2);
    let earlier = told_up_to(life, half).progress;
    let same: Vec<_> = told.progress.iter().filter(|row| row.version <= half as u64).cloned().collect();
    assert_eq!(earlier, same);
    let mut rest = told.progress.as_slice();
    while !rest.is_empty() {
        let (now, later) = chunk(rest);
        assert!(!now.is_empty() && now.len() <= MOST_ROWS);
        assert!(later.first().is_none_or(|next| next.version > now[now.len() - 1].version));
        rest = later;
    }
}

proptest! {
    #[test]
    fn whatever_happens_to_a_dossier_a_portal_can_be_told((procedure, filing, start, steps) in lives()) {
        let mut life = filed(procedure, filing, start);
        let mut now = start;
        for (gap, lag, action) in steps {
            now += gap;
            step(&mut life, now - lag, now, &action);
            // A wake that is due comes before anything else.
            while let Some(due) = life.wakes_at().filter(|due| *due <= now) {
                let events = life.decide(due, now, Action::Wake).unwrap_or_default();
                if events.is_empty() { break; }
                life.commit(&Command::now(now, Actor::Sweep, Action::Wake), &events);
            }
        }
        the_portal_knows_what_the_office_knows(&life);
    }
}
