use motcua::recorder::{Standing, Takeover};
use rules::http::Reply;
use rules::takeover::Row;
use serde_json::json;

use super::*;
use crate::town::form;

fn row(line: &str) -> Row {
    let cells = line.split(',').map(|cell| cell.trim_matches('"').to_owned());
    Row::new(NAMES.split(',').map(str::to_owned).zip(cells))
}

/// Returns everything stored of a dossier's history and state.
async fn everything(town: &Town, code: &str) -> String {
    let (id, dossier) = called(town, code).await.unwrap();
    format!("{dossier:?} {:?}", town.history(id).await)
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_however_late_it_comes() {
    let town = Town::new().await;
    let lines = [certificate(&[]), permit(&[])];
    take(&town, &lines).await.unwrap();
    let before = [everything(&town, "CU-01").await, everything(&town, "G22-7").await];
    assert_eq!(take(&town, &lines).await.unwrap(), "0 dossiers taken over, 2 there before\n");

    // The marks by which repeats are usually known are forgotten after forty days, and a dossier goes on.
    let (id, _) = called(&town, "CU-01").await.unwrap();
    let store = town.office.site().recorder.store().clone();
    for place in 1..3 {
        let key = motcua::store::Key::seen(&town.agency(), "takeover", &format!("CU-01#{place}"));
        assert!(store.item(&key).await.unwrap().is_some(), "{place}");
        store.client().delete_item().table_name(store.table()).set_key(Some(key.attributes())).send().await.unwrap();
    }
    assert_eq!(take(&town, &lines).await.unwrap(), "0 dossiers taken over, 2 there before\n");
    assert_eq!([everything(&town, "CU-01").await, everything(&town, "G22-7").await], before);
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    assert_eq!(take(&town, &lines).await.unwrap(), "0 dossiers taken over, 2 there before\n");
}

#[tokio::test]
async fn columns_in_another_order_and_empty_ones_are_the_same_content() {
    let town = Town::new().await;
    take(&town, &[certificate(&[])]).await.unwrap();
    let (names, cells): (Vec<_>, Vec<_>) = CERTIFICATE.iter().rev().copied().unzip();
    let bytes = format!("{};GhiChu\n{};\n", names.join(";"), cells.join(";"));
    let mut out = Vec::new();
    take_over(&way(&town), Path::new(FILE), bytes.as_bytes(), false, &mut out).await.unwrap();
    assert_eq!(out, b"0 dossiers taken over, 1 there before\n");
}

#[tokio::test]
async fn a_dossier_that_is_here_with_another_content_is_told_and_never_overwritten() {
    let town = Town::new().await;
    take(&town, &[certificate(&[])]).await.unwrap();
    town.submit("G22-7").await;
    town.submit("G22-8").await;
    let before = [everything(&town, "CU-01").await, everything(&town, "G22-7").await];
    let lines = [certificate(&[("ChuHoSo", "Công ty khác")]), permit(&[]), certificate(&[("MaHoSo", "G22-8")])];
    let Err(ImportError::Faults(faults)) = take(&town, &lines).await else { panic!("taken over") };
    insta::assert_snapshot!(faults, @"
    open.csv:2: MaHoSo: was taken over before with another content; nothing is overwritten
    open.csv:3: MaHoSo: is here before: a portal filed it
    open.csv:4: MaHoSo: is that of a dossier that came another way before
    ");
    assert_eq!([everything(&town, "CU-01").await, everything(&town, "G22-7").await], before);
}

#[tokio::test]
async fn a_takeover_that_was_interrupted_goes_on_where_it_was() {
    let town = Town::new().await;
    let (site, agency, row) = (town.office.site(), town.agency(), row(&permit(&[])));
    let takeover = Takeover { agency: &agency, by: "local", row: &row };
    let mut examined = site.recorder.examine(&site.config, takeover, town.clock.now()).await.unwrap();
    let commands = examined.plan.commands.len();
    assert_eq!((examined.standing, commands), (Standing::New, 4));
    examined.plan.commands.truncate(2);
    assert_eq!(site.recorder.take_over(takeover, &examined).await.unwrap(), 2);
    let examined = site.recorder.examine(&site.config, takeover, town.clock.now()).await.unwrap();
    assert_eq!(examined.standing, Standing::Begun(2));
    assert_eq!(take(&town, &[permit(&[])]).await.unwrap(), "1 dossiers taken over, 0 there before\n");
    let (id, dossier) = called(&town, "G22-7").await.unwrap();
    assert_eq!(dossier, examined.plan.dossier);
    assert_eq!(town.history(id).await.len(), commands);
}

#[tokio::test]
async fn no_code_that_the_office_gives_afterwards_is_one_that_was_taken_over() {
    let town = Town::new().await;
    let code = format!("{}-200415-0003", town.agency());
    let today = [
        ("MaHoSo", code.as_str()),
        ("NgayNopHoSo", "15/04/2020 07:40"),
        ("NgayTiepNhan", "15/04/2020 07:45"),
        ("TrangThaiHoSo", "2"),
    ];
    take(&town, &[certificate(&today)]).await.unwrap();
    let body = json!({ "procedure": "1.009645", "filing": "desk", "applicant": { "name": "Công ty TNHH Thử Nghiệm" } });
    let filed = town.as_staff("clerk", http::Method::POST, "/api/v1/dossiers", "k1", &body).await;
    let filed: serde_json::Value = serde_json::from_str(filed.text()).unwrap();
    let id = DossierId::parse(filed["dossier"]["id"].as_str().unwrap()).unwrap();
    town.clerk(id, "accept", json!({})).await;
    assert_eq!(town.dossier(id).await.unwrap().code.unwrap(), format!("{}-200415-0004", town.agency()));
}

#[tokio::test]
async fn a_receipt_that_was_taken_over_is_used_by_no_other_dossier() {
    let town = Town::new().await;
    let paid = [("Gia.1", "125000"), ("NgayThanhToan.1", "03/04/2020 09:00"), ("SoBienLai.1", "0000078")];
    take(&town, &[certificate(&paid)]).await.unwrap();
    let again = [&paid[..], &[("MaHoSo", "CU-02")]].concat();
    let Err(ImportError::Faults(faults)) = take(&town, &[certificate(&again)]).await else { panic!("taken over") };
    assert_eq!(faults, "open.csv:2: SoBienLai.1: was recorded before, for another dossier");
}

#[tokio::test]
async fn a_portal_that_files_the_dossier_once_more_meets_the_one_that_was_taken_over() {
    let town = Town::new().await;
    take(&town, &[permit(&[])]).await.unwrap();
    let before = everything(&town, "G22-7").await;
    let answer = town.portal("dossier.submitted", "late", form("G22-7")).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    assert_eq!(everything(&town, "G22-7").await, before);
}
