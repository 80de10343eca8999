//! Days, lines and files, without a store.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jiff::Timestamp;
use rules::dossier::{Filing, Phase};
use rules::language::Language;

use super::file;
use super::line::{Line, lines, parts};
use crate::pages::period::Period;
use ::pages::form::Form;

fn now() -> Timestamp {
    // The first of May in Vietnam, still April in UTC.
    "2020-04-30T17:30:00Z".parse().unwrap()
}

fn period(fields: &[(&str, &str)]) -> Result<String, &'static str> {
    let form = fields.iter().fold(Form::default(), |form, (name, value)| form.with(name, value));
    Period::of(&form, now()).map(|period| period.query()).map_err(|wrong| wrong.field)
}

fn line(applicant: &str) -> Line {
    Line {
        code: "000.00.01.H32-200415-0001".into(),
        procedure: "1.005129".into(),
        name: "Cấp giấy phép xây dựng (mẫu)".into(),
        applicant: applicant.into(),
        address: "Vạn Ninh, Khánh Hòa".into(),
        phone: "+84901234567".into(),
        filing: Filing::Online,
        received_at: "2020-04-15T01:00:00Z".parse().unwrap(),
        due_at: Some("2020-04-22T10:00:00Z".parse().unwrap()),
        returned_at: None,
        phase: Phase::Paused,
    }
}

#[test]
fn days_that_are_left_out_are_those_of_their_month() {
    assert_eq!(period(&[]), Ok("from=2020-05-01&until=2020-05-31".into()));
    assert_eq!(period(&[("from", "10/02/2020")]), Ok("from=2020-02-10&until=2020-02-29".into()));
    assert_eq!(period(&[("until", "2020-02-10")]), Ok("from=2020-02-01&until=2020-02-10".into()));
}

#[test]
fn a_period_is_a_day_at_least_and_a_leap_year_at_most() {
    let of = |from, until| period(&[("from", from), ("until", until)]);
    assert!(of("2020-04-15", "2020-04-15").is_ok() && of("2020-01-01", "2020-12-31").is_ok());
    assert!(of("2019-01-01", "2020-01-01").is_ok());
    for (from, until) in [("2020-04-16", "2020-04-15"), ("2020-01-01", "2021-01-01"), ("2020-13-01", "2020-04-15")] {
        assert_eq!(of(from, until), Err("from"), "{from} {until}");
    }
    assert_eq!(of("2020-04-15", "mai"), Err("until"));
    assert!(of("9998-12-31", "9998-12-31").is_ok(), "the last day there is");
}

#[test]
fn lines_come_back_from_their_parts_and_no_part_is_larger_than_an_item() {
    assert_eq!(parts(&[]).unwrap(), Vec::<String>::new());
    let long = line(&"ế".repeat(500));
    let all: Vec<_> = (0..400).map(|_| long.clone()).collect();
    let kept = parts(&all).unwrap();
    assert!(kept.len() > 1 && kept.iter().all(|part| part.len() <= 300_000), "{}", kept.len());
    let back: Vec<_> = kept.iter().flat_map(|part| lines(part).unwrap()).collect();
    assert_eq!(back, all);
    assert_eq!(format!("{long:?}"), "Line(000.00.01.H32-200415-0001)", "no log tells of people");
}

#[test]
fn a_text_that_a_spreadsheet_would_reckon_with_stays_a_text() {
    let formula = [line("=HYPERLINK(\"http://x\")"), line("Hộ kinh doanh, \"Tư\"")];
    let csv = String::from_utf8(file::csv(&formula, Language::Vi)).unwrap();
    let rows: Vec<_> = csv.split("\r\n").collect();
    assert_eq!(
        rows[1],
        "1,000.00.01.H32-200415-0001,1.005129,Cấp giấy phép xây dựng (mẫu),\"'=HYPERLINK(\"\"http://x\"\")\",\
         \"Vạn Ninh, Khánh Hòa\",0901234567,Trực tuyến,15/04/2020 08:00,22/04/2020 17:00,,Dừng tính"
    );
    assert!(csv.starts_with("\u{feff}TT,"), "{csv}");
    let book = file::xlsx(&formula, "Tháng 4", Language::En, now()).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<_> = sheet.rows().collect();
    assert_eq!(rows[1][0], Data::String("Tháng 4".into()));
    assert_eq!(
        (&rows[3][4], &rows[4][4]),
        (&Data::String("Applicant".into()), &Data::String("=HYPERLINK(\"http://x\")".into()))
    );
    assert_eq!(
        (&rows[5][0], &rows[5][10], &rows[5][11]),
        (&Data::Float(2.0), &Data::Empty, &Data::String("Paused".into()))
    );
    assert!(book.worksheet_formula(sheet_name(&book).as_str()).unwrap().is_empty());
}

fn sheet_name(book: &Xlsx<Cursor<Vec<u8>>>) -> String {
    book.sheet_names()[0].clone()
}

#[test]
fn ten_thousand_dossiers_fit_into_a_file() {
    let all: Vec<_> =
        (0..10_000).map(|_| line("Công ty trách nhiệm hữu hạn một thành viên Thử Nghiệm (mẫu)")).collect();
    let csv = file::csv(&all, Language::Vi).len();
    let kept: usize = parts(&all).unwrap().iter().map(String::len).sum();
    assert!(csv < super::export::LARGEST_FILE && (kept as u64) < super::export::MOST_BYTES, "{csv} {kept}");
}
