//! `cargo run -- --sample`: a laptop that starts with an office in it.

use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use super::Laptop;
use crate::runtime_api::binary;
use crate::town::at;

/// Instant at which the days of the sample office end.
const END: &str = "2020-04-29T16:00:00+07:00";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_folder_is_filled_its_clock_goes_on_and_a_second_start_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("office");
    let data = data.to_str().unwrap();

    // Killed half way: the next start does not serve half an office.
    let mut command = Command::new(binary("motcua-local"));
    command.args(["--port", "0", "--sample=5000", "--data", data]).stdout(Stdio::piped()).kill_on_drop(true);
    let mut broken_off = command.spawn().unwrap();
    let mut lines = BufReader::new(broken_off.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    assert_eq!(line, format!("Making a sample office of 5000 dossiers in {data}, about two a second"));
    broken_off.kill().await.unwrap();

    let laptop = Laptop::start(&["--sample=10", "--data", data]).await;
    let told = &laptop.told;
    assert!(told.starts_with(&format!("Making a sample office of 10 dossiers in {data}, ")), "{told}");
    assert!(told.contains("10 dossiers, the clock stands at 29/04/2020 16:00\n"), "{told}");
    let open = format!("Open http://{0}/desk to work as staff, http://{0}/local for ", laptop.address);
    assert!(told.lines().last().unwrap().starts_with(&open), "{told}");
    let clock = laptop.get("/local/clock").await;
    assert_eq!(clock["frozen"], false);
    let (first, sent) = (laptop.now().await, laptop.get("/local/outbox").await.as_array().unwrap().len());
    assert!(first >= at(END) && sent > 10, "{first} {sent}");
    laptop.kill().await;

    let laptop = Laptop::start(&["--sample", "--data", data]).await;
    let told = &laptop.told;
    assert!(told.starts_with(&format!("{data} holds an office already: it is started as it is.\n")), "{told}");
    assert!(laptop.now().await >= first);
    let again = laptop.get("/local/outbox").await.as_array().unwrap().len();
    assert_eq!(again, sent);
}

/// A real gateway would be asked to open the sample's orders, and an office that is kept nowhere cannot go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sample_goes_with_the_demo_and_a_data_folder_only() {
    let folder = tempfile::tempdir().unwrap();
    for others in [&["--config", "office.toml"][..], &["--memory"], &["demo"]] {
        let mut command = Command::new(binary("motcua-local"));
        let output = command.arg("--sample=10").args(others).current_dir(folder.path()).output().await.unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && told.contains("--sample"), "{others:?}: {told}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_rebuilt_where_there_is_no_folder_and_none_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    let mut command = Command::new(binary("motcua-local"));
    let output = command.args(["rebuild", "--data", nowhere.to_str().unwrap()]).output().await.unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains("nowhere is no data folder"), "{told}");
    assert!(!nowhere.exists());
}
