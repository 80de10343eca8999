//! `cargo run -- catalogue`, as an administrator types it.

use std::fs;
use std::path::Path;
use std::process::Output;

use motcua::site::Site;
use motcua::store::Store;
use motcua_local::catalogue::lock;
use motcua_local::wire::{self, Wire, database};
use rules::config::Config;
use tempfile::TempDir;

use crate::runtime_api::binary;

const CATALOGUE: &str = r#"[[procedures]]
code = "1.000001"
version = 1
name_vi = "Thủ tục (mẫu)"
name_en = "A procedure (sample)"
legal_basis = "Điều 1"
limit = { allowance = { n = 5, unit = "working_days" } }
"#;

fn catalogue(arguments: &[&str]) -> Output {
    std::process::Command::new(binary("motcua-local")).arg("catalogue").args(arguments).output().unwrap()
}

fn said(output: &Output) -> (bool, String) {
    let text = if output.status.success() { &output.stdout } else { &output.stderr };
    (output.status.success(), String::from_utf8(text.clone()).unwrap())
}

fn written(folder: &TempDir, text: &str) -> String {
    let file = folder.path().join("catalogue.toml");
    fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

async fn versions(data: &Path, code: &str) -> Vec<String> {
    let wire = Wire::in_process(database::in_folder(data).unwrap());
    let site = Site::new(Config::demo(), Store::new(wire::real_time_client(&wire), motcua_local::office::TABLE));
    let agency = &site.config.agencies()[0].code;
    let versions = site.recorder.catalogue().versions(agency, code).await.unwrap();
    versions.iter().map(|procedure| format!("{} {}", procedure.version, procedure.name_en)).collect()
}

#[tokio::test]
async fn every_wrong_line_is_named_with_its_file_and_a_right_file_is_imported_once() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let wrong = CATALOGUE.replace("working_days", "minutes").replace("\"Điều 1\"", "\"\"");
    let file = written(&folder, &wrong);
    let place = "procedures[0] (1.000001 version 1)";
    let faults = format!(
        "motcua: {file}:6: {place}: legal_basis: is empty\n{file}:7: {place}: limit.allowance.unit: is none of \
         working_days, calendar_days, months, working_hours\n"
    );
    assert_eq!(said(&catalogue(&["check", &file])), (false, faults.clone()));
    let import = ["import", &file, "--data", data.to_str().unwrap()];
    assert_eq!(said(&catalogue(&import)), (false, faults));
    assert!(!data.exists(), "a file with mistakes touches nothing");

    written(&folder, CATALOGUE);
    let right = format!("{file}: 1 versions, nothing is wrong\n");
    assert_eq!(said(&catalogue(&["check", &file])), (true, right));
    let line = |end: &str| format!("000.00.01.H32: 1.000001 version 1: {end}\n");
    assert_eq!(said(&catalogue(&import)), (true, line("imported")));
    assert_eq!(said(&catalogue(&import)), (true, line("there before")));
    written(&folder, &CATALOGUE.replace("A procedure", "Another"));
    let (done, told) = said(&catalogue(&import));
    assert!(!done && told.contains("nothing was imported:\n000.00.01.H32: 1.000001 version 1 is there with"), "{told}");
    assert_eq!(versions(&data, "1.000001").await, ["1 A procedure (sample)"]);
}

#[test]
fn a_table_is_foreseen_before_it_is_put_in_force_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let run = |arguments: &[&str]| std::process::Command::new(binary("motcua-local")).args(arguments).output().unwrap();
    let table = |days_off: &str| {
        written(&folder, &format!("[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = [{days_off}]\n"))
    };
    let (none, at) = (table(""), data.to_str().unwrap());
    let (done, told) = said(&run(&["foresee", &none, "--data", at]));
    assert!(!done && told.contains("data"), "an office that is not there: {told}");
    assert!(run(&["seed", "--dossiers", "30", "--data", at]).status.success());
    let official = rules::clock::Calendar::official();
    let official: Vec<_> = official.days_off(2020).map(|day| format!("\"{day}\"")).collect();
    let official = official.join(", ");
    let open = |told: &str| told.split("open dossiers ").nth(1).unwrap().split(',').next().unwrap().to_owned();
    let (_, same) = said(&run(&["foresee", &table(&official), "--data", at]));
    assert!(same.contains("due later 0, due sooner 0, other limits alone 0"), "{same}");
    let more = format!("{official}, \"2020-05-04\", \"2020-05-05\"");
    for _ in 0..2 {
        let (done, told) = said(&run(&["foresee", &table(&more), "--data", at]));
        assert!(done && open(&told) == open(&same) && !told.contains("due later 0,"), "{told}");
        assert!(told.contains("  +"), "by how many days: {told}");
    }
    let (done, told) = said(&run(&["foresee", &table("\"2020-04-31\""), "--data", at]));
    assert!(!done && told.contains("catalogue.toml"), "{told}");
}

#[tokio::test]
async fn a_folder_that_an_office_works_on_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let file = written(&folder, CATALOGUE);
    let held = lock(&data).unwrap().unwrap();
    let import = ["import", &file, "--data", data.to_str().unwrap()];
    let (done, told) = said(&catalogue(&import));
    assert!(!done && told.contains("an office is at work on"), "{told}");
    drop(held);
    assert!(said(&catalogue(&import)).0);
}

#[tokio::test]
async fn a_version_that_cannot_be_taken_keeps_the_others_of_its_file_out() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let file = written(&folder, CATALOGUE);
    let import = ["import", &file, "--data", data.to_str().unwrap()];
    assert!(said(&catalogue(&import)).0);
    let other = CATALOGUE.replace("1.000001", "1.000002");
    written(&folder, &format!("{other}{}", CATALOGUE.replace("n = 5", "n = 6")));
    assert!(!said(&catalogue(&import)).0);
    assert!(versions(&data, "1.000002").await.is_empty());
}
