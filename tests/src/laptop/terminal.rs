//! Lines that `cargo run` prints while it works, from its first line to its last.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdout, Command};

use super::*;

/// A started office whose lines are read one by one.
struct Terminal {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Terminal {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(binary("motcua-local"));
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    async fn line(&mut self) -> String {
        let line = tokio::time::timeout(Duration::from_secs(60), self.lines.next_line()).await.unwrap();
        line.unwrap().unwrap_or_default()
    }

    /// Reads to the line that has this in it, and returns all of them.
    async fn until(&mut self, part: &str) -> Vec<String> {
        let mut told = vec![self.line().await];
        while !told.last().unwrap().contains(part) {
            told.push(self.line().await);
        }
        told
    }

    async fn terminated(mut self) -> (ExitStatus, Vec<String>) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let mut told = Vec::new();
        while let Some(line) = self.lines.next_line().await.unwrap() {
            told.push(line);
        }
        let status = tokio::time::timeout(Duration::from_secs(60), self.child.wait()).await.unwrap().unwrap();
        (status, told)
    }
}

fn address(told: &[String]) -> String {
    let line = told.iter().find_map(|line| line.strip_prefix("Motcua at ")).unwrap();
    line.trim_end_matches("/local").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_addresses_come_last_and_no_key_is_printed_unasked() {
    let mut terminal = Terminal::start(&["--memory"]);
    let told = terminal.until("Open http://").await;
    assert!(told[0].starts_with("Motcua is starting: agencies 1, channels "), "{told:?}");
    let at = address(&told);
    let last = &told[told.len() - 2..];
    assert_eq!(last[0], format!("Motcua at {at}/local"));
    assert!(last[1].starts_with(&format!("Open {at}/desk to work as staff, {at}/local for ")), "{last:?}");
    assert!(told.len() < 15, "{told:?}");
    assert!(!told.iter().any(|line| line.contains("keys = [")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("cargo run -- keys")), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_keys_are_printed_by_a_command_of_their_own_as_a_configuration() {
    let output = Command::new(binary("motcua-local")).arg("keys").output().await.unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stdout).unwrap();
    let config = Config::strict(&told, rules::config::Host::Loopback).unwrap();
    let printed: Vec<_> = config.channels().map(|channel| &channel.id).collect();
    assert_eq!(printed, Config::demo().channels().map(|channel| &channel.id).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_message_is_a_line_a_forged_one_too_and_none_shows_a_person() {
    let mut terminal = Terminal::start(&["--memory"]);
    let at = address(&terminal.until("Open http://").await);
    let send = async |arguments: &[&str]| {
        let mut command = Command::new(binary("motcua-local"));
        assert!(command.args(["send", "--to", &at]).args(arguments).output().await.unwrap().status.success());
    };
    let fields = ["dvcqg-demo", "MaHoSo=G22-7", "ChuHoSo=Nguyễn Văn Mẫu", "SoDienThoai=0905000001"];
    let mut told = Vec::new();
    send(&fields).await;
    told.extend(terminal.until("/portal/events").await);
    send(&[&fields[..], &["--forge"]].concat()).await;
    told.extend(terminal.until("/portal/events").await);
    let recorded = |line: &String| line.contains("POST /portal/events  200 ") && line.contains("\"recorded\"");
    assert!(told.iter().any(recorded), "{told:?}");
    let forged = told.last().unwrap();
    assert!(forged.contains("POST /portal/events  401 the signature is wrong"), "{forged}");

    send(&["vnpay-demo", "reference=ZZZZZZZZZZZZ01", "amount_vnd=125000", "--forge"]).await;
    let line = terminal.until("/payments/").await.pop().unwrap();
    assert!(line.contains("GET /payments/vnpay-demo/callback  200 ") && line.contains("\"97\""), "{line}");
    told.push(line);
    for person in ["Nguyễn", "0905000001", "84905000001"] {
        assert!(!told.iter().any(|line| line.contains(person)), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_it_cleanly_also_while_somebody_is_connected() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let mut terminal = Terminal::start(&["--data", data]);
    let at = address(&terminal.until("Open http://").await);
    let host = at.trim_start_matches("http://").to_owned();
    let mut half = tokio::net::TcpStream::connect(&host).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut half, b"POST /portal/events HTTP/1.1\r\n").await.unwrap();
    let (status, told) = terminal.terminated().await;
    assert!(status.success(), "{status}");
    assert_eq!(told.last().unwrap(), &format!("Motcua has stopped. Everything is kept in {data}"));
    assert!(TcpListener::bind(&host).await.is_ok(), "the port is free again");
    Laptop::in_folder(Path::new(data)).await.kill().await;
}

/// A supervisor ends what it started, also while the sample is being made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_ends_it_cleanly_while_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("office");
    let mut terminal = Terminal::start(&["--sample=5000", "--data", data.to_str().unwrap()]);
    assert!(terminal.line().await.starts_with("Making a sample office"));
    let (status, _) = terminal.terminated().await;
    assert!(status.success(), "{status}");
}
