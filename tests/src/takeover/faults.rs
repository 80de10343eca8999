use super::*;

async fn faults(town: &Town, lines: &[String]) -> String {
    match take(town, lines).await {
        Err(ImportError::Faults(faults)) => faults,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_fault_of_every_line_is_told_with_line_and_column_and_nothing_is_taken_over() {
    let town = Town::new().await;
    let cells = |cells: &[(&'static str, &'static str)]| certificate(cells);
    let lines = [
        cells(&[("MaHoSo", "GOOD")]),
        cells(&[("MaHoSo", ""), ("ChuHoSo", ""), ("KenhThucHien", "4"), ("NgayNopHoSo", ""), ("TrangThaiHoSo", "")]),
        cells(&[("MaHoSo", "B2"), ("KenhThucHien", "2")]),
        cells(&[("MaHoSo", "B3"), ("NgayNopHoSo", "31/04/2020 08:00"), ("NgayTiepNhan", "01/04/2020")]),
        cells(&[("MaHoSo", "B4"), ("NgayNopHoSo", "01/04/2021 08:00"), ("NgayTiepNhan", "8h ngày 1/4")]),
        cells(&[("MaHoSo", "B5"), ("NgayTiepNhan", "01/04/2020 08:00"), ("TrangThaiHoSo", "10")]),
        cells(&[("MaHoSo", "B6"), ("MaTTHC", "9.999999")]),
        cells(&[("MaHoSo", "B7"), ("NgayTiepNhan", "")]),
        cells(&[("MaHoSo", "B8"), ("BuocXuLy", "nowhere")]),
        cells(&[("MaHoSo", "B9"), ("LyDoDungTinh.1", "weather"), ("NgayBoSung.1", "06/04/2020 10:00")]),
        cells(&[("MaHoSo", "B10"), ("NgayBoSung.1", "06/04/2020 10:00"), ("NgayTiepNhanBoSung.1", "06/04/2020 09:00")]),
        cells(&[("MaHoSo", "B11"), ("LyDoDungTinh.1", "fee"), ("NgayBoSung.1", "06/04/2020 10:00")]),
        cells(&[("MaHoSo", "B12"), ("Gia.1", "12,5"), ("SoBienLai.1", "1")]),
        cells(&[
            ("MaHoSo", "B13"),
            ("MaPhiLePhi.1", "GPLD-LP"),
            ("Gia.1", "5000"),
            ("NgayThanhToan.1", "03/04/2020 09:00"),
        ]),
        cells(&[
            ("MaHoSo", "B13a"),
            ("MaPhiLePhi.1", "GPLD-LP"),
            ("Gia.1", "5000"),
            ("NgayThanhToan.1", "03/04/2020 09:00"),
            ("SoBienLai.1", "1"),
        ]),
        cells(&[
            ("MaHoSo", "B13b"),
            ("MaTTHC", "2.000192"),
            ("MaPhiLePhi.1", "GPLD-LP"),
            ("Gia.1", "5000"),
            ("NgayThanhToan.1", "03/04/2020 09:00"),
            ("SoBienLai.1", "2"),
        ]),
        cells(&[
            ("MaHoSo", "B14"),
            ("NgayHenTra", "mai"),
            ("MaTTHC", "1.005129"),
            ("KenhThucHien", "3"),
            ("BanChinhDaNhan", "A||B"),
        ]),
        permit(&[("MaHoSo", "B15"), ("TrangThaiHoSo", "4")]),
        permit(&[
            ("MaHoSo", "B16"),
            ("MaTTHC", "2.000488"),
            ("BuocXuLy", ""),
            ("NgayVaoBuoc", ""),
            ("LyDoDungTinh.1", ""),
            ("NgayBoSung.1", ""),
            ("TrangThaiHoSo", "2"),
        ]),
        cells(&[("MaHoSo", "GOOD")]),
        "too,few".to_owned(),
    ];
    insta::assert_snapshot!(faults(&town, &lines).await, @"
    open.csv:3: KenhThucHien: is none of 1, 2, 3
    open.csv:3: MaHoSo: is missing
    open.csv:3: ChuHoSo: is missing
    open.csv:3: NgayNopHoSo: is missing
    open.csv:3: TrangThaiHoSo: is missing
    open.csv:4: NoiNopHoSo: is missing: a dossier filed online came through portal 1 (national) or 2 (provincial)
    open.csv:5: NgayNopHoSo: there is no such day or hour
    open.csv:5: NgayTiepNhan: needs its time of day, such as 15/04/2020 08:00
    open.csv:6: NgayNopHoSo: lies in the future
    open.csv:6: NgayTiepNhan: is no instant as dd/MM/yyyy HH:mm or yyyyMMddHHmmss writes it
    open.csv:7: TrangThaiHoSo: is that of a dossier that is over: open ones are taken over (1, 2, 4, 5, 6, 9)
    open.csv:7: NgayTiepNhan: is before NgayNopHoSo
    open.csv:8: MaTTHC: is in the catalogue in no version for the day of NgayNopHoSo; import it first
    open.csv:9: NgayTiepNhan: is missing: what the line tells happens after acceptance
    open.csv:10: BuocXuLy: is declined: The procedure has no such step.
    open.csv:11: LyDoDungTinh.1: is declined: The procedure does not list this reason for a pause with an article.
    open.csv:12: LyDoDungTinh.1: is missing
    open.csv:12: NgayTiepNhanBoSung.1: is not after NgayBoSung
    open.csv:13: LyDoDungTinh.1: is fee, and there is not just one fee whose NgayThanhToan is its NgayTiepNhanBoSung
    open.csv:14: Gia.1: is not whole đồng above zero, such as 125000 or 125.000
    open.csv:14: NgayThanhToan.1: is missing beside SoBienLai
    open.csv:15: SoBienLai.1: is missing beside NgayThanhToan
    open.csv:16: SoBienLai.1: stands in line 14 before
    open.csv:16: MaPhiLePhi.1: is no fee that the procedure asks by then
    open.csv:17: Gia.1: is not the 450.000 ₫ of the catalogue
    open.csv:18: NgayHenTra: is no day as dd/MM/yyyy writes it
    open.csv:18: BanChinhDaNhan: is no list of codes with | between them
    open.csv:19: TrangThaiHoSo: is 4, and this history leads to 5: by the procedure the clock stands since 10/04/2020 17:00 for originals, GPXD-DON, GPXD-BV; what is in belongs in BanChinhDaNhan
    open.csv:20: TrangThaiHoSo: is 2, and this history leads to 5: by the procedure the clock stands since 07/04/2020 08:00 for originals, GPLD-HC, GPLD-SK; what is in belongs in BanChinhDaNhan
    open.csv:21: MaHoSo: stands in line 2 before
    open.csv:22: line: has 2 cells, and the first line 22
    ");
    assert!(called(&town, "GOOD").await.is_none());
}

#[tokio::test]
async fn no_fault_repeats_what_a_cell_holds() {
    let town = Town::new().await;
    let secret = "Bí mật 0912345678";
    let columns = NAMES.split(',').filter(|name| *name != "ChuHoSo");
    for column in columns {
        let Err(error) = take(&town, &[certificate(&[(column, secret)])]).await else { continue };
        let said = format!("{error} {error:?}");
        assert!(!said.contains("0912345678") && !said.contains("Bí mật"), "{column}: {said}");
    }
}

#[tokio::test]
async fn bad_lines_that_are_skipped_stand_in_a_file_of_their_own_and_are_taken_over_once_corrected() {
    let town = Town::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("open.csv");
    let lines = [certificate(&[]), certificate(&[("MaHoSo", "CU-02"), ("KenhThucHien", "9")])];
    let mut out = Vec::new();
    take_over(&way(&town), &path, file(&lines).as_bytes(), true, &mut out).await.unwrap();
    let said = String::from_utf8(out).unwrap().replace(folder.path().to_str().unwrap(), "");
    insta::assert_snapshot!(said, @"
    1 dossiers taken over, 0 there before; 1 bad lines are in /open.bad.csv:
    /open.csv:3: KenhThucHien: is none of 1, 2, 3
    ");
    assert!(called(&town, "CU-01").await.is_some() && called(&town, "CU-02").await.is_none());

    let bad = std::fs::read_to_string(folder.path().join("open.bad.csv")).unwrap();
    assert_eq!(bad, format!("\u{feff}{NAMES}\r\n{}\r\n", lines[1]));
    let corrected = bad.replace("\"9\"", "\"1\"");
    take_over(&way(&town), &path, corrected.as_bytes(), false, &mut Vec::new()).await.unwrap();
    assert!(called(&town, "CU-02").await.is_some());
}

#[tokio::test]
async fn numbers_that_no_message_reaches_are_told_by_line_and_column_and_cost_nobody_the_takeover() {
    let town = Town::new().await;
    let cells = |code: &'static str, phone: &'static str| certificate(&[("MaHoSo", code), ("SoDienThoai", phone)]);
    let lines = [
        cells("P1", "09050000012"),
        cells("P2", "12345"),
        cells("P3", "ĐT 0905000001"),
        cells("P4", "0258 3822 222"),
        cells("P5", "0905000001/0905000002"),
        cells("P6", "\u{202a}0905\u{2011}000\u{2011}001\u{202c}"),
        cells("P7", ""),
    ];
    let told = take(&town, &lines).await.unwrap();
    let about: Vec<_> = told.lines().filter(|line| line.contains("SoDienThoai")).collect();
    assert_eq!(about.len(), 5, "{told}");
    for (line, (number, part)) in about.iter().zip([
        (2, "there is no such telephone number"),
        (3, "begins with 0 or +84"),
        (4, "has digits only"),
        (5, "is a landline"),
        (6, "messages go to the first mobile one only"),
    ]) {
        assert!(line.contains(&number.to_string()) && line.contains(part), "{line}");
        assert!(!line.contains("0905000001"), "{line}");
    }
    let (_, kept) = called(&town, "P6").await.unwrap();
    let person = town.office.site().recorder.store().load(&town.agency(), kept.id, &[]).await;
    assert!(person.is_ok());
}
