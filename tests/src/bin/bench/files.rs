//! Fetching the files that portals name: what one costs.

use motcua_tests::told_town::NATIONAL;
use motcua_tests::town::{Town, form};
use serde_json::json;

/// Prints the calls and capacity of fetching, on a warm function.
pub async fn table() {
    println!(
        "| files of a portal | asked for | round trips | read units | write units |\n| --- | ---: | ---: | ---: | ---: |"
    );
    let town = Town::new().await;
    let files = town.office.portals().files().clone();
    let named = |count: usize, from: usize| {
        let file = |n| json!({ "TenTepDinhKem": "don.pdf", "DuongDanTaiTepTin": files.keep(NATIONAL, format!("%PDF-1.7 {n}")) });
        (from..from + count).map(file).collect::<Vec<_>>()
    };
    let mut one = form("G22-1");
    one["TaiLieuNop"] = json!(named(1, 0));
    town.send(&town.portal_letter("dossier.submitted", "d1", one)).await;
    fetched(&town, "the file of a dossier").await;
    let mut ten = form("G22-2");
    ten["TaiLieuNop"] = json!(named(10, 1));
    town.send(&town.portal_letter("dossier.submitted", "d2", ten)).await;
    fetched(&town, "ten files of a dossier").await;
    fetched(&town, "nothing").await;
}

async fn fetched(town: &Town, what: &str) {
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let before = town.office.portals().files().asked();
    town.office.wire().reset();
    town.office.fetch_files().await;
    let (tally, asked) = (town.office.wire().tally(), town.office.portals().files().asked() - before);
    println!("| {what} | {asked} | {} | {} | {} |", tally.round_trips(), tally.read_units(), tally.write_units());
}
