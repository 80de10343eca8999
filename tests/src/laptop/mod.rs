//! `cargo run` as somebody who tries it out meets it: the process, its page in Chromium, and `kill -9`.

mod accessible;
mod browser;
mod citizen;
mod desk;
mod earlier;
mod every_mistake;
mod first_screen;
mod heard;
mod home;
mod keyed;
mod life;
mod many;
mod pages;
mod paper;
mod pictures;
mod posters;
mod procedures;
mod receipts;
mod renamed;
mod repeated;
mod sample;
mod terminal;
mod words;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use motcua_local::senders::{Courier, Form, Letter, Payment, event, payment, webhook};
use rules::config::Config;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::runtime_api::binary;
use crate::town::{FEE_VND, form};

/// A server that was started from the command line.
struct Laptop {
    child: Child,
    address: SocketAddr,
    courier: Courier,
    token: String,
    /// Its lines up to the one that says which address to open.
    told: String,
}

impl Laptop {
    async fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(binary("motcua-local"));
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut address, mut token, mut told) = (None, None, String::new());
        while let Some(line) = lines.next_line().await.unwrap() {
            told = told + &line + "\n";
            if let Some(rest) = line.strip_prefix("Motcua at http://") {
                address = rest.strip_suffix("/local").map(|address| address.parse().unwrap());
            }
            if let Some(rest) = line.trim().strip_prefix("staff token").filter(|rest| rest.contains("clerk:")) {
                token = Some(rest.trim().to_owned());
            }
            if line.starts_with("Open http://") {
                break;
            }
        }
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let address: SocketAddr = address.unwrap();
        let courier = Courier::to(format!("http://{address}")).unwrap();
        Self { child, address, courier, token: token.unwrap(), told }
    }

    async fn in_folder(folder: &Path) -> Self {
        Self::start(&["--data", folder.to_str().unwrap(), "--now", crate::town::MORNING]).await
    }

    async fn kill(mut self) {
        self.child.start_kill().unwrap();
        self.child.wait().await.unwrap();
    }

    async fn json(&self, letter: &Letter) -> Value {
        let reply = self.courier.send(letter).await.unwrap();
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    async fn get(&self, target: &str) -> Value {
        let headers = vec![("authorization", format!("Bearer {}", self.token))];
        self.json(&Letter { method: http::Method::GET, target: target.into(), headers, body: String::new() }).await
    }

    async fn now(&self) -> jiff::Timestamp {
        self.get("/local/clock").await["now"].as_str().unwrap().parse().unwrap()
    }

    async fn submission(&self, code: &str) -> Letter {
        let now = self.now().await;
        let form: Form = form(code).as_object().cloned().unwrap();
        let config = Config::demo();
        let key = config.portal("dvcqg-demo").unwrap().keys.current().clone();
        webhook(
            "/portal/events",
            &key,
            &format!("d-{}", code.replace('.', "-")),
            now,
            event("dossier.submitted", now, &form),
        )
    }

    async fn clerk(&self, id: &str, command: &str, version: u64, body: Value) -> Value {
        let headers = vec![
            ("authorization", format!("Bearer {}", self.token)),
            ("content-type", "application/json".into()),
            ("if-match", format!("\"{version}\"")),
            ("idempotency-key", format!("{id}-{command}-{version}")),
        ];
        let target = format!("/api/v1/dossiers/{id}/{command}");
        self.json(&Letter { method: http::Method::POST, target, headers, body: body.to_string() }).await
    }

    /// Asks the fee of a dossier; returns its id, and VNPAY's callback for it.
    async fn asked(&self, code: &str) -> (String, Letter) {
        let answer = self.json(&self.submission(code).await).await;
        let id = answer["dossier"].as_str().unwrap().to_owned();
        self.clerk(&id, "accept", 1, json!({})).await;
        self.clerk(&id, "ask-fee", 2, json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
        let now = self.now().await;
        let written = Payment {
            reference: format!("{id}01"),
            transaction: "14422574".into(),
            amount_vnd: rules::vnd::Vnd::new(FEE_VND).unwrap(),
            paid: true,
            at: now,
        };
        (id, payment(Config::demo().channel("vnpay-demo").unwrap(), &written, now).unwrap())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_at_any_moment_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut laptop = Laptop::in_folder(folder.path()).await;
    let mut paid = Vec::new();
    for round in 0..8_u64 {
        let (id, callback) = laptop.asked(&format!("G22-{round}")).await;
        let (courier, sent) = (laptop.courier.clone(), callback.clone());
        let answer = tokio::spawn(async move { courier.send(&sent).await });
        // From before the callback is read until after it was answered and its message left.
        tokio::time::sleep(Duration::from_millis([0, 1, 2, 4, 8, 16, 100, 400][usize::try_from(round).unwrap()])).await;
        laptop.kill().await;
        let answered = answer.await.unwrap().is_ok_and(|reply| reply.body.contains("\"00\""));
        laptop = Laptop::in_folder(folder.path()).await;
        let repeat = laptop.json(&callback).await;
        let expected: &[&str] = if answered { &["02"] } else { &["00", "02"] };
        assert!(expected.contains(&repeat["RspCode"].as_str().unwrap()), "round {round}: {repeat}");
        paid.push(id);
    }
    // A message that was claimed when the process died is taken over once the claim ends.
    let hour = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let target = "/local/clock".to_owned();
    laptop.json(&Letter { method: http::Method::POST, target, headers: hour, body: "hours=1".into() }).await;
    for (round, id) in paid.iter().enumerate() {
        let dossier = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
        let items = dossier["history"]["items"].as_array().unwrap();
        let events: Vec<_> = items.iter().flat_map(|item| item["events"].as_array().unwrap()).collect();
        assert_eq!(events.iter().filter(|event| event["is"] == "fee_paid").count(), 1);
        // Whether the clock goes on or never stood is a matter of the seconds between.
        let text = format!("Da thu 125.000d cho ho so G22-{round}, ");
        let outbox = laptop.get("/local/outbox").await;
        let texts = outbox.as_array().unwrap().iter().map(|sms| sms["text"].as_str().unwrap());
        let told = texts.filter(|sent| sent.contains(&text)).count();
        // An SMS that was sent before its mark was made has left a second time; none is lost.
        assert!(told > 0, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_start_on_the_same_port_or_folder_leaves_the_first_alone() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = Laptop::in_folder(folder.path()).await;
    let port = laptop.address.port().to_string();
    let data = folder.path().to_str().unwrap();
    for (arguments, told) in
        [(["--memory", "--port", &port], "the port"), (["--port", "0", "--data"], "the data folder")]
    {
        let mut second = Command::new(binary("motcua-local"));
        second.args(arguments).args((arguments[0] == "--port").then_some(data));
        let output = second.output().await.unwrap();
        assert!(!output.status.success());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(told), "{stderr}");
    }
    laptop.asked("G22-1").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_configuration_with_mistakes_names_every_one_of_them_and_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("motcua.toml");
    let wrong = "[[channels]]\nid = \"a\"\ngateway = \"nobody\"\nkeys = [\"a-key-that-is-long-enough\"]\n\n\
                 [[channels]]\nid = \"b\"\ngateway = \"vnpay\"\nmerchant = \"M\"\nkeys = [\"short\"]\n";
    std::fs::write(&file, wrong).unwrap();
    let mut command = Command::new(binary("motcua-local"));
    command.args(["--port", "0", "--memory", "--config", file.to_str().unwrap()]);
    let output = tokio::time::timeout(Duration::from_secs(60), command.output()).await.unwrap().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(told.contains("channels[0] (a)") && told.contains("channels[1] (b)"), "{told}");
    assert!(!told.contains("a-key-that-is-long-enough"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_ends_well() {
    let output = Command::new(binary("motcua-local")).arg("demo").output().await.unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("\nEverything was as told.\n"), "{told}");
    assert!(told.contains(", of which it refused 0:\n"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_source_is_played_and_its_report_is_what_the_player_counted() {
    let output = Command::new(binary("motcua-local")).arg("source").output().await.unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("equals the player's own count."), "{told}");
    assert!(told.contains("Everything was as the source says."), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_sent_from_the_command_line_is_recorded_and_a_forged_one_is_not() {
    let laptop = Laptop::start(&["--memory"]).await;
    let to = format!("http://{}", laptop.address);
    let send = async |arguments: &[&str]| {
        let mut command = Command::new(binary("motcua-local"));
        let output = command.args(["send", "--to", &to]).args(arguments).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let told = send(&["dvcqg-demo", "MaHoSo=G22-7", "ChuHoSo=Công ty TNHH Thử Nghiệm"]).await;
    assert!(told.contains("\"status\":\"recorded\""), "{told}");
    let told = send(&["dvcqg-demo", "MaHoSo=G22-8", "--forge"]).await;
    assert!(told.contains("< 401"), "{told}");
    let told = send(&["vnpay-demo", "reference=ZZZZZZZZZZZZ01", "amount_vnd=125000"]).await;
    assert!(told.contains("\"RspCode\":\"01\""), "{told}");
    let told = send(&["vnpay-demo", "vnp_TxnRef=ZZZZZZZZZZZZ01", "amount_vnd=125000", "--forge"]).await;
    assert!(told.contains("\"RspCode\":\"97\""), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_describes_itself_to_anybody_and_answers_nobody_else() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let get = async |target: &str, headers| {
        let letter = Letter { method: http::Method::GET, target: target.into(), headers, body: String::new() };
        laptop.courier.send(&letter).await.unwrap()
    };
    let described = get("/api/openapi.json", Vec::new()).await;
    assert_eq!(described.status, 200, "{}", described.body);
    assert!(described.body.contains("\"openapi\""));
    assert_eq!(get("/api/v1/money", Vec::new()).await.status, 401);
}
