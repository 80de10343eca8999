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
    insta::assert_snapshot!(faults(&town, &lines).await, @"");
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
    insta::assert_snapshot!(said, @"");
    assert!(called(&town, "CU-01").await.is_some() && called(&town, "CU-02").await.is_none());

    let bad = std::fs::read_to_string(folder.path().join("open.bad.csv")).unwrap();
    assert_eq!(bad, format!("\u{feff}{NAMES}\r\n{}\r\n", lines[1]));
    let corrected = bad.replace("\"9\"", "\"1\"");
    take_over(&way(&town), &path, corrected.as_bytes(), false, &mut Vec::new()).await.unwrap();
    assert!(called(&town, "CU-02").await.is_some());
}
