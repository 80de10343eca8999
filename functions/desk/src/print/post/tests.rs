//! A manifest on paper, as labels, as files.

use std::io::Cursor;
use std::sync::LazyLock;

use calamine::{Data, Reader, Xlsx};
use jiff::Timestamp;
use motcua::store::People;

use super::*;

static NOBODY: LazyLock<People> = LazyLock::new(People::default);

fn at(text: &str) -> Timestamp {
    format!("{text}+07:00").parse().unwrap()
}

fn row() -> Row {
    Row {
        parcel: "B26-000123".into(),
        waybill: Some("CE123456785VN".into()),
        to: "Nguyễn Thị Mẫu".into(),
        telephone: "0905000001".into(),
        lines: vec![
            "12 Lê Lợi".into(),
            "Phường Nha Trang, Tỉnh Khánh Hòa".into(),
            "(trước đây: Phường Lộc Thọ, Thành phố Nha Trang, Tỉnh Khánh Hòa)".into(),
        ],
        may_receive: Some("Trần Văn Mẫu".into()),
        collects: vec!["Giấy phép cũ, bản chính".into()],
        dossiers: vec!["000.00.01.H32-261127-0001".into(), "000.00.01.H32-261127-0002".into()],
        postage: "Miễn cước".into(),
    }
}

fn bill<'a>(rows: &'a [Row], closed_at: Option<Timestamp>, now: &str) -> Bill<'a> {
    Bill {
        agency_name: "Ban Quản lý Khu kinh tế Vân Phong",
        emblem: None,
        number: "K26-000012",
        operator: "VNPost",
        closed_at,
        rows,
        back: "/desk/post/manifests/K26-000012",
        people: &NOBODY,
        clerk: "can-bo-17",
        now: at(now),
    }
}

#[test]
fn the_sheet_has_everything_a_postman_needs_and_two_places_to_sign() {
    let rows = [row()];
    let page = sheet(&bill(&rows, Some(at("2026-11-27T16:30")), "2026-11-27T17:00")).into_string();
    for text in [
        "Bảng kê giao nhận bưu gửi",
        "lúc 16:30 ngày 27/11/2026",
        "CE123456785VN",
        "0905000001",
        "(trước đây: Phường Lộc Thọ, Thành phố Nha Trang, Tỉnh Khánh Hòa)",
        "Trần Văn Mẫu",
        "Giấy phép cũ, bản chính",
        "000.00.01.H32-261127-0002",
        "1 bưu gửi, 2 kết quả",
        "Người giao",
        "Nhân viên bưu điện",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Bảng kê chưa khóa"));
}

#[test]
fn an_open_manifest_says_that_it_may_still_change() {
    let page = sheet(&bill(&[], None, "2026-11-27T17:00")).into_string();
    assert!(page.contains("Bảng kê chưa khóa") && page.contains("Không có bưu gửi nào."), "{page}");
}

#[test]
fn a_closed_manifest_is_printed_the_same_on_another_day_but_for_the_line_of_the_print() {
    let rows = [row()];
    let on = |now| bill(&rows, Some(at("2026-11-27T16:30")), now);
    let above = |page: String| page.split("In lúc").next().unwrap().to_owned();
    let (one, other) = (on("2026-11-27T17:00"), on("2026-12-24T08:00"));
    assert_eq!(above(sheet(&one).into_string()), above(sheet(&other).into_string()));
    assert_eq!(labels(&one).into_string(), labels(&other).into_string());
    assert_eq!(csv(&one), csv(&other));
    assert_eq!(xlsx(&one).unwrap(), xlsx(&other).unwrap());
}

#[test]
fn a_label_bears_the_number_that_is_scanned_as_bars_and_in_letters() {
    let rows = [row(), Row { waybill: None, ..row() }];
    let page = labels(&bill(&rows, None, "2026-11-27T17:00")).into_string();
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("Mã vạch CE123456785VN") && page.contains("Mã vạch B26-000123"), "{page}");
}

#[test]
fn nothing_in_a_file_is_a_formula() {
    let rows = [Row { to: "=HYPERLINK(1)".into(), ..row() }];
    let bill = bill(&rows, None, "2026-11-27T17:00");
    let text = String::from_utf8(csv(&bill)).unwrap();
    assert!(text.contains("'=HYPERLINK(1)"), "{text}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(&bill).unwrap())).unwrap();
    let sheet = book.worksheet_range("K26-000012").unwrap();
    let cell = |line, column| sheet.get_value((line, column)).cloned();
    assert_eq!(cell(4, 3), Some(Data::String("=HYPERLINK(1)".into())));
    assert_eq!(cell(4, 4), Some(Data::String("0905000001".into())));
    assert!(book.worksheet_formula("K26-000012").unwrap().is_empty());
}

#[test]
fn a_slip_asks_the_operator_for_one_thing() {
    let (rows, row) = ([], row());
    let asks = "Đề nghị phát theo địa chỉ trên.";
    let page = slip(&bill(&rows, None, "2026-11-27T17:00"), &Slip { row: &row, asks, contact: None }).into_string();
    assert!(page.contains(asks) && page.contains("Kính gửi: <bdi>VNPost</bdi>"), "{page}");
}
