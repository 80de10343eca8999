use jiff::civil::date;
use motcua::store::Key;
use rules::dossier::{FeeState, PaperState, Phase};
use rules::http::Reply;
use serde_json::json;

use super::*;
use crate::town::at;

#[tokio::test]
async fn every_commit_has_the_instant_at_which_it_happened() {
    let town = Town::new().await;
    let told = take(&town, &[certificate(&[("NgayHenTra", "16/04/2020")])]).await.unwrap();
    assert_eq!(told, "1 dossiers taken over, 0 there before\n");
    let (id, dossier) = called(&town, "CU-01").await.unwrap();
    assert_eq!((dossier.phase(), dossier.submitted_at), (Phase::InProgress, at("2020-04-01T08:15:00+07:00")));
    assert_eq!(dossier.clock.as_ref().unwrap().accepted_at, at("2020-04-01T08:30:00+07:00"));
    let history = town.history(id).await;
    assert!(history.iter().all(|commit| taken_over(&commit.actor) && commit.at == commit.recorded_at));
    assert_eq!(history.last().unwrap().recorded_at, at("2020-04-01T08:30:00+07:00"));
    let store = town.office.site().recorder.store().clone();
    let person = store.item(&Key::person(&town.agency(), id)).await.unwrap().unwrap();
    assert!(motcua::store::text(&person, "person").unwrap().contains("+84905000001"));
}

#[tokio::test]
async fn a_pause_of_the_past_moves_the_due_date_as_it_did() {
    // 2 April is a day off, so that the tenth working day is 16 April; the stop of 6 to 8 April moves it by two.
    let town = Town::new().await;
    let pause = [
        ("LyDoDungTinh.1", "originals"),
        ("NgayBoSung.1", "06/04/2020 10:00"),
        ("NgayTiepNhanBoSung.1", "08/04/2020 09:00"),
        ("DanhSachGiayToBoSung.1", "GCN-A|GCN-B"),
    ];
    let with = |cells: &[(&'static str, &'static str)]| [&pause[..], cells].concat();
    let told = take(&town, &[certificate(&with(&[("NgayHenTra", "20/04/2020")]))]).await.unwrap();
    assert_eq!(told, "1 dossiers taken over, 0 there before\n");
    let (_, dossier) = called(&town, "CU-01").await.unwrap();
    assert_eq!(dossier.due().unwrap().on, date(2020, 4, 20));
    assert_eq!(dossier.papers.get("GCN-B"), Some(&PaperState::Received));
}

#[tokio::test]
async fn what_another_body_sent_ended_its_pause() {
    let town = Town::new().await;
    let cells = [
        ("LyDoDungTinh.1", "opinion"),
        ("NgayBoSung.1", "09/04/2020 10:00"),
        ("NgayTiepNhanBoSung.1", "13/04/2020 10:00"),
        ("TrangThaiHoSo", "4"),
        ("NgayHenTra", "04/05/2020"),
    ];
    let told = take(&town, &[permit(&cells)]).await.unwrap();
    assert_eq!(told, "1 dossiers taken over, 0 there before\n");
    let (_, dossier) = called(&town, "G22-7").await.unwrap();
    // Fifteen working days from 7 April, and the ends of 9 and 10 April do not count.
    assert_eq!(dossier.due().unwrap().on, date(2020, 5, 4));
}

#[tokio::test]
async fn another_due_date_is_told_with_the_sentence_that_explains_ours() {
    let town = Town::new().await;
    let told = take(&town, &[certificate(&[("NgayHenTra", "15/04/2020")])]).await.unwrap();
    insta::assert_snapshot!(told, @"
    open.csv:2: warning: NgayHenTra: is 15/04/2020, counted here 16/04/2020: 10 ngày làm việc tính từ 08:30 ngày 01/04/2020, không tính ngày 01/04/2020; hẹn trả 16/04/2020.
    1 dossiers taken over, 0 there before
    ");
}

#[tokio::test]
async fn nobody_is_told_of_what_is_past_and_everybody_of_what_comes_after() {
    let town = Town::new().await;
    take(&town, &[certificate(&[]), permit(&[])]).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.sms().len(), 0);
    let (id, dossier) = called(&town, "G22-7").await.unwrap();
    assert_eq!((dossier.phase(), dossier.due()), (Phase::Paused, None));
    let body = json!({ "papers": ["GPXD-DON", "GPXD-BV"], "minutes_no": "BB-01", "by": "hand" });
    town.clerk(id, "record-receipt", body).await;
    town.settle(1).await;
    let texts: Vec<_> = town.sms().into_iter().map(|sms| (sms.phone_number, sms.text)).collect();
    insta::assert_debug_snapshot!(texts, @r#"
    [
        (
            "+84905000002",
            "KKT Van Phong: Da nhan du giay to ho so G22-7, tinh tiep tu 15/04/2020. Hen tra moi 05/05/2020: http://127.0.0.1:8080/t/zt5cBnRpFf",
        ),
    ]
    "#);
}

#[tokio::test]
async fn a_wait_that_began_in_the_past_is_reminded_of_when_its_time_comes() {
    let town = Town::new().await;
    take(&town, &[permit(&[])]).await.unwrap();
    // Fifteen working days from 10 April end on 6 May.
    town.until("2020-05-04T07:35:00+07:00");
    town.settle(1).await;
    let texts: Vec<_> = town.sms().into_iter().map(|sms| sms.text).collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].contains("cho 2 ban chinh"), "{texts:?}");
}

#[tokio::test]
async fn an_event_of_the_portal_finds_the_dossier_that_was_taken_over() {
    let town = Town::new().await;
    take(&town, &[permit(&[])]).await.unwrap();
    let (id, _) = called(&town, "G22-7").await.unwrap();
    assert_eq!(id, town.id_of("G22-7"));
    let answer = town.portal("dossier.withdrawn", "w-1", json!({ "MaHoSo": "G22-7" })).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Withdrawn);
}

#[tokio::test]
async fn a_fee_that_was_paid_is_paid_and_gets_no_second_voucher() {
    let town = Town::new().await;
    let cells = [
        ("MaTTHC", "2.000192"),
        ("MaPhiLePhi.1", "GPLD-LP"),
        ("Gia.1", "450.000"),
        ("NgayThanhToan.1", "03/04/2020 09:00"),
        ("SoBienLai.1", "0000077"),
    ];
    take(&town, &[certificate(&cells)]).await.unwrap();
    let (id, dossier) = called(&town, "CU-01").await.unwrap();
    assert_eq!(dossier.fees[0].state, FeeState::Paid);
    // The clock of this procedure starts with the payment: three working days.
    assert_eq!(dossier.due().unwrap().on, date(2020, 4, 8));
    town.settle(2).await;
    let money = town.money("cash", "0000077").await.unwrap();
    assert_eq!((money.owner, money.voucher), (motcua::store::Owner::Dossier(id), None));
    assert_eq!(town.sms().len(), 0);
}

#[tokio::test]
async fn a_fee_stops_the_clock_as_it_did() {
    let town = Town::new().await;
    let cells = [
        ("LyDoDungTinh.1", "fee"),
        ("NgayBoSung.1", "03/04/2020 09:00"),
        ("NgayTiepNhanBoSung.1", "07/04/2020 10:00"),
        ("Gia.1", "125000"),
        ("NgayThanhToan.1", "07/04/2020 10:00"),
        ("SoBienLai.1", "0000078"),
        ("NgayHenTra", "20/04/2020"),
    ];
    let told = take(&town, &[certificate(&cells)]).await.unwrap();
    assert_eq!(told, "1 dossiers taken over, 0 there before\n");
    let standing = [("MaHoSo", "CU-02"), ("TrangThaiHoSo", "6"), ("NgayTiepNhanBoSung.1", ""), ("NgayThanhToan.1", "")];
    let standing = [&cells[..2], &[cells[3]], &standing].concat();
    take(&town, &[certificate(&standing)]).await.unwrap();
    let (_, dossier) = called(&town, "CU-02").await.unwrap();
    assert_eq!((dossier.phase(), dossier.stage.portal_status()), (Phase::Paused, 6));
}

#[tokio::test]
async fn a_supplement_before_acceptance_stops_the_acceptance_limit() {
    let town = Town::new().await;
    let cells = [
        ("MaHoSo", "CU-03"),
        ("NgayTiepNhan", ""),
        ("TrangThaiHoSo", "5"),
        ("LyDoDungTinh.1", "supplement"),
        ("NgayBoSung.1", "02/04/2020 09:00"),
        ("NoiDungBoSung.1", "Thiếu hợp đồng thuê đất"),
    ];
    take(&town, &[certificate(&cells)]).await.unwrap();
    let (_, dossier) = called(&town, "CU-03").await.unwrap();
    assert_eq!(dossier.phase(), Phase::Incomplete);
}

#[tokio::test]
async fn an_apology_and_a_result_that_waits_are_as_they_were() {
    let town = Town::new().await;
    let names = format!("{NAMES},NgayXinLoi,LyDoXinLoi,NgayHenLai,NgayKetThucXuLy,KetQua,LyDoKetQua");
    let apology = format!("{},10/04/2020 09:00,Chờ ý kiến,20/04/2020,,,", certificate(&[]));
    let done = format!(
        "{},,,,14/04/2020 10:00,2,Không đủ điều kiện",
        certificate(&[("MaHoSo", "CU-02"), ("TrangThaiHoSo", "9")])
    );
    let bytes = format!("{names}\n{apology}\n{done}\n");
    take_over(&way(&town), Path::new(FILE), bytes.as_bytes(), false, &mut Vec::new()).await.unwrap();
    let (_, apologised) = called(&town, "CU-01").await.unwrap();
    assert_eq!(apologised.due().unwrap().on, date(2020, 4, 20));
    assert_eq!(apologised.clock.unwrap().due.unwrap().on, date(2020, 4, 16));
    assert_eq!(called(&town, "CU-02").await.unwrap().1.phase(), Phase::Done);
}
