//! Things that cannot work are told in words that name the thing and say what to do.

use std::net::TcpListener;
use std::path::Path;

use tokio::process::Command;

use super::Laptop;
use crate::runtime_api::binary;

/// Runs the program, which has to fail, and returns what it tells.
async fn told(arguments: &[&str]) -> String {
    let mut command = Command::new(binary("motcua-local"));
    let output = command.args(arguments).kill_on_drop(true).output().await.unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}");
    for raw in ["os error", "panicked", "Error {", "SqliteFailure"] {
        assert!(!told.contains(raw), "{arguments:?}: {told}");
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_in_use_is_named_with_what_to_do() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let told = told(&["--memory", "--port", &port]).await;
    assert!(told.contains(&format!("the port {port} of 127.0.0.1 is in use")) && told.contains("--port"), "{told}");
}

/// Every command that works on a data folder says the same of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_in_the_place_of_the_folder_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office");
    std::fs::write(&file, "no folder").unwrap();
    let (catalogue, open) = (folder.path().join("catalogue.toml"), folder.path().join("open.csv"));
    std::fs::write(&catalogue, include_str!("../../../infra/local/src/samples.toml")).unwrap();
    std::fs::write(&open, "MaHoSo\n").unwrap();
    let [data, catalogue, open] = [&file, &catalogue, &open].map(|path| path.to_str().unwrap());
    for arguments in [
        &["--port", "0", "--data", data][..],
        &["--port", "0", "--sample=5", "--data", data],
        &["seed", "--data", data],
        &["catalogue", "import", catalogue, "--data", data],
        &["import", open, "--data", data],
    ] {
        let told = told(arguments).await;
        assert!(told.contains(&format!("{data} is a file and not a folder")), "{arguments:?}: {told}");
        assert!(told.contains("--data"), "{arguments:?}: {told}");
    }
    let told = told(&["rebuild", "--data", data]).await;
    assert!(told.contains(&format!("{data} is no data folder")), "{told}");
    assert_eq!(std::fs::read(&file).unwrap(), b"no folder");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_of_the_folder_is_named_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    Laptop::in_folder(folder.path()).await.kill().await;
    for file in ["dynamodb.db", "clock.json", "outbox.jsonl", "stream-notify.json", "sign-in-keys", "staff-token"] {
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            // The journal of the process that was killed would mend the database.
            let journal = entry.file_name().to_str().is_some_and(|name| name.contains("-wal") || name.contains("-shm"));
            if entry.file_type().unwrap().is_file() && !journal {
                std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
            }
        }
        let path = copy.path().join(file);
        std::fs::write(&path, "!\n").unwrap();
        damaged(copy.path(), &path).await;
        assert_eq!(std::fs::read(&path).unwrap(), b"!\n", "{file}");
    }
}

async fn damaged(folder: &Path, file: &Path) {
    let told = told(&["--port", "0", "--data", folder.to_str().unwrap()]).await;
    assert!(told.contains(&format!("{} is damaged", file.display())), "{told}");
    assert!(told.contains("put back a copy of the folder"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_not_there_and_an_office_that_is_not_there_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nothing");
    let (missing, here) = (missing.to_str().unwrap(), folder.path().to_str().unwrap());
    let closed = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let nobody = format!("http://{closed}");
    for (arguments, expected) in [
        (&["--memory", "--config", missing][..], format!("{missing} is not there")),
        (&["--memory", "--config", here], format!("{here} is a folder and not a file")),
        (&["catalogue", "check", missing], format!("{missing} is not there")),
        (&["import", missing, "--data", here], format!("{missing} is not there")),
        (&["reconcile", missing, "--channel", "vnpay-demo"], format!("{missing} is not there")),
        (&["send", "dvcqg-demo", "--to", &nobody], format!("nobody answers at {nobody}: start the office")),
        (&["send", "dvcqg-demo", "--to", "nonsense"], "nonsense is no office's address".to_owned()),
    ] {
        let told = told(arguments).await;
        assert!(told.contains(&expected), "{arguments:?}: {told}");
    }
}
