use crate::notice::Standing;
use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::catalogue::Procedure;
use crate::clock::Office;
use crate::dossier::{Phase, Source, Terms};
use crate::id::{AgencyCode, DossierId};

/// Returns the procedure of these lines, as a catalogue holds it.
fn procedure() -> Procedure {
    let text = r#"
        [[procedures]]
        code = "1"
        version = 1
        name_vi = "Thủ tục mẫu"
        name_en = "Sample"
        legal_basis = "Quy định mẫu"
        limit = { allowance = { n = 5, unit = "working_days" } }
        papers = [{ code = "BC", name_vi = "Báo cáo đầu tư" }]
        fees = [{ code = "LP", name_vi = "Lệ phí (mẫu)", kind = "fee", amount_vnd = 90000, legal_basis = "Quy định mẫu", due = "on_return" }]
    "#;
    let mut procedure = crate::catalogue::file::read(text.as_bytes()).unwrap().remove(0);
    procedure.steps[1].originals = vec!["BC".into()];
    procedure
}

fn now() -> Timestamp {
    "2020-05-01T00:00:00Z".parse().unwrap()
}

fn row(cells: &[(&str, &str)]) -> Row {
    let usual = [
        ("MaHoSo", "A-1"),
        ("MaTTHC", "1"),
        ("KenhThucHien", "1"),
        ("ChuHoSo", "Công ty TNHH Thử Nghiệm"),
        ("NgayNopHoSo", "15/04/2020 08:00"),
        ("NgayTiepNhan", "15/04/2020 08:30"),
        ("TrangThaiHoSo", "4"),
    ];
    let usual = usual.iter().filter(|(name, _)| cells.iter().all(|(other, _)| other != name));
    Row::new(usual.chain(cells).map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())))
}

fn planned(row: &Row) -> Result<Plan, Vec<Fault>> {
    let (procedure, office) = (procedure(), Office::official());
    let terms = Terms { procedure: Some(&procedure), office: &office, channel: None, notices: Standing::none() };
    let agency = AgencyCode::parse("A").unwrap();
    let line = read(row, now())?;
    plan(&line, (&agency, DossierId::from_random(1)), (Source::Office, "lan"), (terms, "cash"))
}

fn fault(cells: &[(&str, &str)]) -> String {
    planned(&row(cells)).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn an_instant_is_read_in_every_way_that_is_documented_and_in_no_other() {
    let at = |text: &str| read(&row(&[("NgayTiepNhan", text)]), now()).map(|line| line.accepted_at.unwrap());
    let expected: Timestamp = "2020-04-16T07:05:00Z".parse().unwrap();
    for text in
        ["16/04/2020 14:05", "16/04/2020 14:05:00", "20200416140500", "2020-04-16 14:05:00", "2020-04-16T07:05:00Z"]
    {
        assert_eq!(at(text), Ok(expected), "{text}");
    }
    for text in [
        "16/4/2020 14:05",
        "16/04/2020 2:05",
        "16/04/2020 24:00",
        "16/04/20 14:05",
        "04/16/2020 14:05",
        "16-04-2020 14:05",
        "16/04/2020 14:05 PM",
    ] {
        assert!(at(text).is_err(), "{text}");
    }
}

#[test]
fn an_amount_is_whole_dong_with_dots_in_threes_or_none() {
    let amount = |text: &str| read(&row(&[("Gia.1", text)]), now()).map(|line| line.fees[0].amount_vnd.dong());
    assert_eq!((amount("125000"), amount("125.000"), amount("12.500.000")), (Ok(125_000), Ok(125_000), Ok(12_500_000)));
    for text in ["0", "-1", "1.5", "12.50.000", "125,000", "1250.000", ".125", "125000đ", "1e6"] {
        assert!(amount(text).is_err(), "{text}");
    }
}

#[test]
fn what_a_spreadsheet_made_of_a_number_is_refused_by_its_column() {
    for (column, cell, told) in [
        ("SoGiayToChuHoSo", "5.60991E+10", "power of ten"),
        ("SoGiayToChuHoSo", "5,60991e+10", "power of ten"),
        ("SoDienThoai", "9.05E+08", "power of ten"),
        ("MaHoSo", "2.00415E+11", "power of ten"),
        ("SoGiayToChuHoSo", "56099001234", "11 digits"),
        ("SoGiayToChuHoSo", "56 099 001 234", "11 digits"),
        ("SoGiayToChuHoSo", "056099001234.0", "ends in .0"),
        ("DiDong", "905000001.0", "ends in .0"),
        ("ChuHoSo", "C\u{fffd}ng ty M\u{fffd}u", "U+FFFD"),
        ("DiaChi", "V\u{fffd}n Ninh", "U+FFFD"),
        ("Gia.1", "125", "1.000"),
        ("Gia.1", "999", "1.000"),
    ] {
        let faults = fault(&[(column, cell)]);
        assert!(faults.starts_with(&format!("{column}: ")) && faults.contains(told), "{column} {cell}: {faults}");
        assert!(!faults.contains(cell), "{faults}");
    }
    for faults in [
        [("NguoiNop", "A"), ("NguoiNop.SoGiayTo", "56099001234")],
        [("NguoiNop", "A"), ("NguoiNop.SoDienThoai", "905000001.0")],
    ] {
        assert!(fault(&faults).starts_with("NguoiNop.So"));
    }
    for (column, cell) in [
        ("SoGiayToChuHoSo", "056099001234"),
        ("SoGiayToChuHoSo", "0301234567-001"),
        ("SoGiayToChuHoSo", "C1234567"),
        ("ChuHoSo", "Cửa hàng 2E+"),
        ("Gia.1", "1000"),
    ] {
        assert!(planned(&row(&[(column, cell)])).is_ok(), "{column} {cell}");
    }
}

#[test]
fn an_instant_written_another_way_is_told_which_form_is_wanted() {
    for text in ["2/11/2019 8:15", "02/11/2019 8:15", "2/11/2019 08:15", "02/11/19 08:15", "02/11/2019 08:15 PM"] {
        assert!(fault(&[("NgayTiepNhan", text)]).contains("such as 02/11/2026 08:15"), "{text}");
    }
    for text in ["31/02/2020 08:15", "04/16/2020 14:05"] {
        assert_eq!(fault(&[("NgayTiepNhan", text)]), "NgayTiepNhan: there is no such day or hour", "{text}");
    }
}

#[test]
fn a_column_has_one_name() {
    assert_eq!(column("MaHoSo").map(|(it, number)| (it.name, number)), Some(("MaHoSo", None)));
    assert_eq!(column("Gia.20").map(|(it, number)| (it.name, number)), Some(("Gia", Some(20))));
    assert!(column("NguoiNop.Email").is_some());
    for name in ["Gia", "Gia.0", "Gia.01", "Gia.21", "Gia.+1", "Gia.1.1", "MaHoSo.1", "mahoso", ""] {
        assert!(column(name).is_none(), "{name}");
    }
    let mut names: Vec<_> = COLUMNS.iter().map(|column| column.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), COLUMNS.len());
}

#[test]
fn what_ends_a_pause_comes_before_what_begins_at_the_same_instant() {
    let cells = [
        ("LyDoDungTinh.1", "originals"),
        ("DanhSachGiayToBoSung.1", "X"),
        ("NgayBoSung.1", "16/04/2020 09:00"),
        ("NgayTiepNhanBoSung.1", "20/04/2020 09:00"),
        ("LyDoDungTinh.2", "supplement"),
        ("NoiDungBoSung.2", "Thiếu giấy"),
        ("NgayBoSung.2", "20/04/2020 09:00"),
        ("TrangThaiHoSo", "5"),
    ];
    let plan = planned(&row(&cells)).unwrap();
    assert_eq!(plan.dossier.clock.unwrap().pauses.len(), 1, "the first pause ended by itself");
}

#[test]
fn a_paper_is_put_to_the_check_list_by_its_code_or_its_name() {
    let received = |cell: &str| {
        let plan = planned(&row(&[("BanChinhDaNhan", cell)])).unwrap();
        let told: Vec<_> = plan.warnings.iter().map(ToString::to_string).collect();
        (plan.dossier.papers.into_keys().collect::<Vec<_>>(), told)
    };
    for cell in ["BC", "*", "Báo cáo đầu tư", "bao cao dau tu"] {
        assert_eq!(received(cell), (vec!["BC".to_owned()], vec![]), "{cell}");
    }
    // A list of another version names papers that this one does not have: they are kept, and told.
    let told = "BanChinhDaNhan: 1 of its papers is not in the check-list of 1 version 1";
    assert_eq!(received("BC|QUYHOACH"), (vec!["BC".to_owned(), "QUYHOACH".to_owned()], vec![told.to_owned()]));
    let asked = [
        ("TrangThaiHoSo", "5"),
        ("LyDoDungTinh.1", "supplement"),
        ("NoiDungBoSung.1", "Thiếu giấy"),
        ("NgayBoSung.1", "16/04/2020 09:00"),
        ("DanhSachGiayToBoSung.1", "báo cáo đầu tư|Giấy khác"),
    ];
    let plan = planned(&row(&asked)).unwrap();
    assert_eq!(plan.dossier.pause().unwrap().awaited[0].papers, ["BC", "Giấy khác"]);
    assert_eq!(plan.warnings, [], "any paper can be asked for");
}

#[test]
fn a_fee_that_the_catalogue_asks_later_cannot_have_been_paid_before() {
    let paid =
        [("MaPhiLePhi.1", "LP"), ("Gia.1", "90000"), ("NgayThanhToan.1", "16/04/2020 09:00"), ("SoBienLai.1", "1")];
    assert_eq!(fault(&paid), "MaPhiLePhi.1: is no fee that the procedure asks by then");
    let done =
        [("TrangThaiHoSo", "9"), ("NgayKetThucXuLy", "20/04/2020 09:00"), ("NgayThanhToan.1", "20/04/2020 10:00")];
    let cells = [&paid[..2], &paid[3..], &done].concat();
    let plan = planned(&row(&cells)).unwrap();
    assert!(!plan.dossier.owes() && plan.warnings.is_empty());
    let plan = planned(&row(&done[..2])).unwrap();
    assert_eq!(plan.warnings[0].to_string(), "MaPhiLePhi: LP of 90.000 ₫ stays owed: the line tells of no payment");
}

#[test]
fn a_fee_that_stopped_no_clock_stops_none_here() {
    let plan = planned(&row(&[("Gia.1", "50000")])).unwrap();
    assert_eq!(plan.dossier.phase(), Phase::InProgress);
    assert!(plan.dossier.owes());
}

#[test]
fn a_date_in_a_year_without_a_table_is_a_gap_and_told() {
    let cells =
        [("NgayNopHoSo", "15/04/2019 08:00"), ("NgayTiepNhan", "15/04/2019 08:30"), ("NgayHenTra", "22/04/2019")];
    let plan = planned(&row(&cells)).unwrap();
    assert_eq!(plan.warnings[0].to_string(), "NgayHenTra: cannot be compared: there is no table of days off for 2019");
}

proptest! {
    #[test]
    fn whatever_a_cell_holds_is_a_dossier_or_a_fault_and_no_fault_repeats_it(
        cells in proptest::collection::vec((0..COLUMNS.len(), "\\PC{0,12}|[0-9/: .]{8,19}|[1-9]|originals|fee|2[0-9]/04/2020 0[89]:00"), 1..8),
    ) {
        let named: Vec<_> = cells.iter().map(|(place, cell)| {
            let column = &COLUMNS[*place];
            (if column.repeated { format!("{}.1", column.name) } else { column.name.to_owned() }, format!("{cell}~bí mật"))
        }).collect();
        let cells: Vec<_> = named.iter().map(|(name, cell)| (name.as_str(), cell.as_str())).collect();
        if let Err(faults) = planned(&row(&cells)) {
            prop_assert!(!faults.is_empty());
            prop_assert!(faults.iter().all(|fault| !fault.to_string().contains("bí mật")), "{faults:?}");
        }
        let bare: Vec<_> = named.iter().map(|(name, cell)| (name.as_str(), cell.trim_end_matches("~bí mật"))).collect();
        let _ = planned(&row(&bare));
    }
}
