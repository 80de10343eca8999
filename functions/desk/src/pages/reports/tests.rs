//! A report asked for, shown, and opened again from its files.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::Timestamp;
use jiff::civil::Date;
use motcua::store::{Span, Total};
use rules::dossier::Filing;
use rules::language::Language;
use rules::rating::Figures;
use rules::statistics::{Class, Counts, FIGURES, Group};

use super::asked::{Asked, By};
use super::data::{Report, from_totals};
use super::{csv, page, sheet, xlsx};
use ::pages::form::Form;

fn now() -> Timestamp {
    "2020-05-20T08:00:00+07:00".parse().unwrap()
}

fn form(query: &str) -> Form {
    Form::of_query(&http::Request::get(format!("/desk/reports?{query}")).body(bytes::Bytes::new()).unwrap())
}

fn asked(query: &str) -> Asked {
    Asked::of(&form(query), now()).unwrap()
}

/// The field that is wrong.
fn wrong(query: &str) -> &'static str {
    Asked::of(&form(query), now()).unwrap_err().field
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn total(on: &str, channel: Filing, procedure: &str, counts: &[(&str, i64)]) -> Total {
    let group = Group { channel, procedure: procedure.into() };
    let counts: Counts = counts.iter().copied().collect();
    Total { span: Span::Day(day(on)), group, counts, writes: 1 }
}

/// Two dossiers of one procedure came in April; one ended early, one late in May. A third, of another, is running.
fn kept() -> Vec<Total> {
    vec![
        total(
            "2020-04-15",
            Filing::Online,
            "1.005129",
            &[
                ("received@2020-04-15", 2),
                ("from:dvcqg@2020-04-15", 2),
                ("returns_by_post@2020-04-15", 1),
                ("running_in_time:promised", 2),
            ],
        ),
        total(
            "2020-04-20",
            Filing::Online,
            "1.005129",
            &[("running_in_time:promised", -1), ("early:promised@2020-04-20", 1), ("did_pause@2020-04-20", 1)],
        ),
        total(
            "2020-05-04",
            Filing::Online,
            "1.005129",
            &[("running_in_time:promised", -1), ("late:promised@2020-05-04", 1)],
        ),
        total(
            "2020-04-16",
            Filing::Desk,
            "=1+1",
            &[("received@2020-04-16", 1), ("running_in_time:promised", 1), ("fee_asked", 1)],
        ),
    ]
}

fn report(query: &str) -> Report {
    from_totals(&asked(query), &kept(), Language::Vi)
}

const SPRING: &str = "from=2020-04-01&to=2020-05-20";

fn opened(report: &Report) -> Vec<Vec<String>> {
    let file = csv::written(report, Language::Vi);
    let text = file.strip_prefix(&[0xef, 0xbb, 0xbf]).expect("it says that it is UTF-8");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn of<'r>(rows: &'r [Vec<String>], row: &str, column: &str) -> &'r str {
    let place = rows[0].iter().position(|name| name == column).unwrap_or_else(|| panic!("no {column}"));
    let row = rows.iter().find(|it| it.iter().any(|cell| cell == row)).unwrap_or_else(|| panic!("no {row}"));
    &row[place]
}

#[test]
fn without_a_period_this_month_is_told_as_of_today() {
    let asked = asked("");
    assert_eq!((asked.from, asked.to, asked.as_of), (day("2020-05-01"), day("2020-05-20"), day("2020-05-20")));
    assert_eq!((asked.by, asked.reading.name), (By::Procedure, "promised"));
    assert_eq!(super::asked::Asked::of(&form(&asked.query()), now()), Ok(asked));
}

#[test]
fn a_day_is_read_as_browsers_and_as_people_write_it() {
    let on = |text: &str| asked(&format!("from=2020-01-01&to={text}")).to;
    assert_eq!([on("2020-04-30"), on("30/04/2020"), on("30%2F4%2F2020")], [day("2020-04-30"); 3]);
    assert_eq!(asked("from=2020-04-01&as_of=2020-04-20").to, day("2020-04-20"));
}

#[test]
fn what_cannot_be_told_is_refused_by_its_field_and_nothing_filled_in_is_lost() {
    for (query, field) in [
        ("to=2020-05-21", "to"),
        ("from=2020-05-19&to=2020-05-18", "from"),
        ("from=2020-04-01&to=2020-04-30&as_of=2020-05-01", "as_of"),
        ("from=2018-05-20&to=2020-05-20", "from"),
        ("from=31/04/2020", "from"),
        ("from=-9999-01-01", "from"),
        ("to=9999-12-31", "to"),
        ("to=h%C3%B4m%20nay", "to"),
        ("by=clerk", "by"),
        ("reading=kind", "reading"),
    ] {
        assert_eq!(wrong(query), field, "{query}");
    }
    assert_eq!(asked("from=2018-05-21&to=2020-05-20").from, day("2018-05-21"), "24 months");
    let form = form("from=31/04/2020&to=%22%3E%3Cscript%3E&by=month");
    let told = page::refused(Language::Vi, &form, &Asked::of(&form, now()).unwrap_err()).into_string();
    assert!(told.contains("31/04/2020") && told.contains(r#"value="month" selected"#), "{told}");
    assert!(!told.contains("<script>"), "{told}");
}

#[test]
fn csv_opens_with_a_row_a_group_and_a_row_of_all() {
    let rows = opened(&report(SPRING));
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(of(&rows, "1.005129", "Tiếp nhận trực tuyến"), "2");
    assert_eq!(of(&rows, "1.005129", "Trước hạn"), "1");
    assert_eq!(of(&rows, "Cả kỳ", "Tổng tiếp nhận trong kỳ"), "3");
    assert_eq!(of(&rows, "Cả kỳ", "Đang giải quyết, trong hạn"), "1");
    let title = FIGURES[0].title[0];
    assert_eq!(of(&rows, "Cả kỳ", title), "50,00 %");
    let parts = [format!("{title} (tử số)"), format!("{title} (mẫu số)")];
    assert_eq!(parts.map(|part| of(&rows, "Cả kỳ", &part).to_owned()), ["1", "2"]);
    assert_eq!(of(&rows, "Cả kỳ", "Số lần dừng tính"), "1");
    assert_eq!(of(&rows, "Cả kỳ", "Nhận kết quả qua bưu chính (tiếp nhận trong kỳ)"), "1");
    assert_eq!(of(&rows, "Cả kỳ", "Kỳ báo cáo"), "Từ 01/04/2020 đến 20/05/2020, số liệu chốt đến hết ngày 20/05/2020");
}

#[test]
fn nothing_in_csv_is_taken_for_a_formula() {
    let rows = opened(&report(SPRING));
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{rows:?}");
    assert_eq!(of(&rows, "'=1+1", "Tiếp nhận trực tiếp"), "1");
    for text in ["=1", "+1", "-1", "@x", " =1", "＝1", "\"=1"] {
        assert_eq!(crate::csv_file::guarded(text), format!("'{text}"));
    }
    for (text, safe) in [
        ("Hộ A;=1+1", "Hộ A;'=1+1"),
        ("Hộ A; \"=1+1\"", "Hộ A;' \"=1+1\""),
        ("A,@x|-1", "A,'@x|'-1"),
        ("=1;=2", "'=1;'=2"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("Số 5; lô B-2, khu A", "Số 5; lô B-2, khu A"),
    ] {
        assert_eq!(crate::csv_file::guarded(text), safe);
    }
    assert_eq!(crate::csv_file::guarded("1.005129"), "1.005129");
}

#[test]
fn a_report_as_of_an_earlier_day_knows_nothing_of_later_ones() {
    let rows = opened(&report("from=2020-04-01&to=2020-05-20&as_of=2020-04-30"));
    assert_eq!(of(&rows, "Cả kỳ", "Quá hạn"), "0");
    assert_eq!(of(&rows, "Cả kỳ", "Đang giải quyết, trong hạn"), "2");
}

#[test]
fn months_and_channels_are_rows_too() {
    let rows = opened(&report(&format!("{SPRING}&by=month")));
    assert_eq!(of(&rows, "04/2020", "Tổng tiếp nhận trong kỳ"), "3");
    assert_eq!((of(&rows, "05/2020", "Kỳ trước chuyển sang"), of(&rows, "05/2020", "Trước hạn")), ("2", "0"));
    let rows = opened(&report(&format!("{SPRING}&by=channel")));
    assert_eq!((of(&rows, "Trực tuyến", "Quá hạn"), of(&rows, "Trực tiếp", "Phải nộp phí, lệ phí")), ("1", "1"));
    assert_eq!(of(&rows, "Bưu chính công ích", "Tổng tiếp nhận trong kỳ"), "0");
}

#[test]
fn the_workbook_opens_with_a_sheet_a_table_and_every_number_in_it() {
    for lang in [Language::Vi, Language::En] {
        let report = from_totals(&asked(SPRING), &kept(), lang);
        let file = xlsx::written(&report, lang, now()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let sheets = sheet::sheets(&report, lang);
        assert_eq!(book.sheet_names(), sheets.iter().map(|it| it.name.to_owned()).collect::<Vec<_>>());
        let counts = book.worksheet_range(sheets[1].name).unwrap();
        let rows: Vec<Vec<Data>> = counts.rows().map(<[Data]>::to_vec).collect();
        let place = |name: &str| rows[3].iter().position(|cell| *cell == Data::String(name.into())).unwrap();
        let early = match lang {
            Language::Vi => place("Trước hạn"),
            Language::En => place("Finished early"),
        };
        let row = rows.iter().find(|row| row[0] == Data::String("1.005129".into())).unwrap();
        assert_eq!(row[early], Data::Float(1.0));
        assert!(rows.iter().any(|row| row[0] == Data::String("=1+1".into())), "a text and no formula");
        assert!(book.worksheet_formula(sheets[1].name).unwrap().is_empty());
        let figures = book.worksheet_range(sheets[0].name).unwrap();
        let first: Vec<_> = figures.rows().nth(4).unwrap().to_vec();
        assert_eq!((&first[3], &first[5]), (&Data::Float(1.0), &Data::Float(2.0)));
        assert!(first[2].to_string().len() > 5 && first[4].to_string().len() > 5, "numerator and denominator in words");
    }
}

#[test]
fn the_workbook_has_the_ratings_of_five_or_more() {
    for (of_level, shown) in [([0, 0, 1, 0, 3], false), ([0, 0, 1, 0, 4], true)] {
        let report = Report { ratings: Figures { of_level }, ..report(SPRING) };
        let file = xlsx::written(&report, Language::Vi, now()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let rows = book.worksheet_range("Đánh giá").map(|sheet| sheet.rows().map(<[Data]>::to_vec).collect::<Vec<_>>());
        assert_eq!(rows.is_ok(), shown, "{of_level:?}");
        let row = [Data::String("Rất hài lòng".into()), Data::Float(4.0)];
        assert!(!shown || rows.unwrap().iter().any(|cells| cells[..2] == row));
    }
}

#[test]
fn the_page_names_every_numerator_and_denominator_and_its_picture_is_told_in_words() {
    let (report, form) = (report(SPRING), form(SPRING));
    let told = page::page(&report, &form, Language::Vi).into_string();
    for figure in &FIGURES {
        assert!(told.contains(figure.numerator[0]) && told.contains(figure.denominator[0]), "{}", figure.name);
    }
    for class in Class::ALL {
        assert!(told.to_lowercase().contains(class.named()[0]));
    }
    assert!(told.contains(r#"role="img" aria-labelledby="chart-title chart-desc""#));
    assert!(told.contains("1.005129: 1 trước hạn, 1 quá hạn"), "{told}");
    assert!(!told.contains("<script") && !told.contains("style="), "a strict content security policy shows it");
    assert_eq!(told.matches("<svg ").count(), 7, "a picture and the six colours of its key");
    assert_eq!(told.matches("</svg>").count(), 7);
    assert!(
        told.contains("/desk/reports.xlsx?from=2020-04-01&amp;to=2020-05-20&amp;as_of=2020-05-20&amp;by=procedure")
    );
}

#[test]
fn an_office_without_dossiers_has_a_report_without_a_picture() {
    let report = from_totals(&asked("by=month"), &[], Language::En);
    let told = page::page(&report, &form(""), Language::En).into_string();
    assert!(!told.contains("<figure") && told.contains("As of the end of") && told.contains("None."));
    assert!(xlsx::written(&report, Language::En, now()).is_ok());
}

#[test]
fn a_picture_of_many_procedures_shows_the_largest_and_breaks_nothing_by_their_names() {
    let names = |n: usize| format!("{n:03}<b>&\"'đ{}", "x".repeat(60));
    let kept: Vec<_> = (1..40)
        .map(|n: usize| {
            let counts = [("received@2020-04-15", 1), ("running_in_time:promised", i64::try_from(n).unwrap())];
            total("2020-04-15", Filing::Post, &names(n), &counts)
        })
        .collect();
    let report = from_totals(&asked(SPRING), &kept, Language::Vi);
    let told = super::chart::chart(&report, Language::Vi).into_string();
    assert!(told.contains("15 nhóm nhiều hồ sơ nhất") && told.contains("\n39\n") && !told.contains("\n24\n"), "{told}");
    assert!(!told.contains("<b>"));
}
