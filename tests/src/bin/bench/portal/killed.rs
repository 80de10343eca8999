//! The function as a process that is killed by `kill -9` at each of its calls in turn, and started again. The portal is
//! `portal-fake`, a process too.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::Stdio;

use jiff::{SignedDuration, Timestamp};
use motcua::store::Key;
use motcua_local::neighbours::portal::KnownDossier;
use motcua_local::wire::mortal::{End, Life, Mortal};
use motcua_local::wire::served::Served;
use motcua_tests::plain_wire::PlainWire;
use motcua_tests::runtime_api::{Answered, Function, Neighbours, binary};
use motcua_tests::told_town::{NATIONAL, configuration, differences_from, town_at};
use motcua_tests::town::{Town, now};
use rules::gateway::Call;
use rules::id::DossierId;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Calls of a run that tells one dossier for the first time, or a step more of it.
const CALLS: u64 = 20;
/// Dossiers a minute: nobody waits here.
const A_MINUTE: u32 = 600;
/// The schedule's event.
const MINUTE: &str = r#"{"source":"aws.events"}"#;

/// The strict portal as a process, and the lines that it prints.
struct Fake {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
}

impl Fake {
    async fn start() -> Self {
        let service = format!("{NATIONAL}-bus");
        let options = ["portal-fake", "--port", "0", "--password", "p", "--service", &service];
        let mut process = Command::new(binary("motcua-local"))
            .args(options)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().unwrap();
        let address = first.split("http://").nth(1).and_then(|rest| rest.split(": ").next()).unwrap();
        Self { address: address.parse().unwrap(), process, lines }
    }

    /// Asks what it knows of these dossiers, as an adapter does.
    async fn known(&self, codes: &[String]) -> BTreeMap<String, KnownDossier> {
        let login = json!({ "username": "motcua", "password": "p" });
        let session = self.ask("login", &login).await["session"].clone();
        let mut all = BTreeMap::new();
        for code in codes {
            let asked = json!({ "session": session, "madonvi": "H32.1", "service": "TraCuuHoSo", "mahoso": code });
            if let Some(dossier) = self.ask("TraCuuHoSo", &asked).await["data"][0].as_object() {
                all.insert(code.clone(), read(dossier));
            }
        }
        all
    }

    async fn ask(&self, name: &str, body: &Value) -> Value {
        let call = Call {
            method: http::Method::POST,
            url: format!("https://portal.example:{}/{name}", self.address.port()),
            headers: vec![("content-type", "application/json".to_owned()), ("dstcode", format!("{NATIONAL}-bus"))],
            body: body.to_string(),
            limit: std::time::Duration::from_secs(15),
            repeatable: false,
        };
        let web = motcua::web::Web::over(PlainWire::by_port(), aws_smithy_async::rt::sleep::TokioSleep::new());
        serde_json::from_slice(&web.send(&call).await.unwrap()).unwrap()
    }

    /// Ends it, and returns the answers that were no success.
    async fn end(mut self) -> Vec<String> {
        self.process.kill().await.unwrap();
        let mut refused = Vec::new();
        while let Some(line) = self.lines.next_line().await.unwrap() {
            if !line.ends_with(": 0 ") {
                refused.push(line);
            }
        }
        refused
    }
}

fn read(dossier: &Map<String, Value>) -> KnownDossier {
    let steps = dossier["DanhSachTienTrinh"].as_array().unwrap();
    KnownDossier {
        unit: dossier["MaDonVi"].as_str().unwrap().to_owned(),
        steps: steps.iter().map(|step| step.as_object().unwrap().clone()).collect(),
        dossier: dossier.clone(),
    }
}

/// Files a dossier or moves one on before each death, and compares all of them in the end.
pub async fn tell(kills: u64) {
    let fake = Fake::start().await;
    let life = Life::default();
    let portal = Served::start(Mortal::outlet(PlainWire::to(fake.address), &life, || 0)).await.unwrap();
    let told = configuration(&[NATIONAL], A_MINUTE);
    let here = portal.url.replace("http://127.0.0.1", "https://portal.example");
    let configured = told.replace(&format!("/local/portals/{NATIONAL}"), &here);
    let configured = configured.replace("\"/local/", "\"https://gateway.example/");
    let town = town_at(lately(), &[NATIONAL], A_MINUTE).await;
    let nobody = || Mortal::outlet(town.office.sns().clone(), &Life::default(), || 0);
    let neighbours = Neighbours::serve(Mortal::store(town.office.wire().clone(), &life), nobody(), nobody()).await;
    let secrets = [("motcua/config", configured.as_str())];
    let mut function = Function::start_as(neighbours, ("telling-function", "portal-sync"), &secrets, None).await;
    let (mut ids, mut codes) = (Vec::new(), Vec::new());
    let (mut deaths, mut call) = (0, 0);
    while deaths < kills {
        let number = codes.len() + 1;
        if deaths % 2 == 0 && number as u64 <= deaths / 2 + 1 {
            let code = format!("G22.99-261130-{number:04}");
            town.clock.advance_to(lately());
            ids.push(town.submit(&code).await);
            codes.push(code);
        } else {
            moves(&town, *ids.last().unwrap()).await;
        }
        town.office.deliver().await.unwrap();
        call = call % CALLS + 1;
        for taken in [false, true] {
            deaths += u64::from(dies(&mut function, &life, End { call, taken }).await);
            given_back(&town).await;
        }
    }
    life.begin(None);
    let mut runs = 0;
    loop {
        let answered = function.invoke(MINUTE).await;
        let Answered::With(answer) = answered else { panic!("{answered:?} {}", function.log()) };
        let report = &answer["portals"];
        assert_eq!((&report["refused"], &report["errors"]), (&json!(0), &json!(0)), "{}", function.log());
        assert_eq!(report["left_alone"], json!(0), "the lease of a dead run was taken away: {}", function.log());
        if report["told"] == json!(0) {
            break;
        }
        runs += 1;
        assert!(runs < 100, "it never ends");
    }
    let known = fake.known(&codes).await;
    assert_eq!(differences_from(&town, &known, &ids).await, [] as [&str; 0]);
    assert_eq!(fake.end().await, [] as [&str; 0], "nothing was refused, and nothing sent twice");
    println!("{deaths} deaths of the process: {} dossiers, nothing lost and nothing refused", codes.len());
}

/// Returns the office's time: a little before that of the process, which lives by the machine's clock, so that everything
/// is due.
fn lately() -> Timestamp {
    now() - SignedDuration::from_secs(30)
}

/// Gives the next command that a dossier takes.
async fn moves(town: &Town, id: DossierId) {
    town.clock.advance_to(lately());
    for (name, body) in [("accept", json!({})), ("enter-step", json!({ "step": "verification" }))] {
        let answer = town.staff("clerk", id, name, &body).await;
        if answer.status().as_u16() == 200 {
            return;
        }
    }
}

/// Runs the process until it dies at that call; `false` if the run ended before it.
async fn dies(function: &mut Function, life: &Life, end: End) -> bool {
    life.begin(Some(end));
    let answered = tokio::select! {
        biased;
        () = life.over() => None,
        answered = function.invoke(MINUTE) => Some(answered),
    };
    if let Some(answered) = answered {
        assert!(matches!(answered, Answered::With(_)), "{answered:?}: {}", function.log());
        return false;
    }
    function.kill().await;
    life.begin(None);
    function.start_again();
    true
}

/// Takes the lease of a dead run away, as two minutes would.
async fn given_back(town: &Town) {
    let (site, key) = (town.office.site(), Key::portal_door(&town.agency(), NATIONAL));
    let store = site.recorder.store();
    let update = store.client().update_item().table_name(store.table()).set_key(Some(key.attributes()));
    update.update_expression("REMOVE lease").send().await.unwrap();
}
