//! Proof that a broadcast reaches each receiver at least once, whoever dies: the real `notify`, killed by `kill -9` at calls
//! drawn from a seed, and started again.

use std::collections::BTreeMap;

use fastrand::Rng;
use jiff::SignedDuration;
use motcua::site::Site;
use motcua::store::Store;
use motcua_local::rights::in_role;
use motcua_local::wire::client_through;
use motcua_local::wire::mortal::{End, Life, Mortal};
use motcua_local::wire::stream::Settings;
use motcua_tests::fixture::{Office, TABLE};
use motcua_tests::runtime_api::{Answered, Function, Neighbours, binary};
use motcua_tests::town::now;
use rules::broadcast::{Act, Audience, Broadcast, Stage, Texts};
use rules::config::{Config, DEMO, DEMO_AGENCY_CODE, Host};
use rules::person::{Party, Person};
use serde_json::json;

/// Number under which the broadcast is stored.
const NUMBER: u32 = 1;
/// Calls that a receiver costs at least: a claim, the message, the mark.
const CALLS: u64 = 3;
/// The most calls within which a process ends: some portions of a run.
const MOST_CALLS: u64 = 300;
/// Dossiers of one batch of the stream.
const BATCH: usize = 500;
/// An event of the schedule, by the part that tells it from a batch of the stream.
const MINUTE: &str = r#"{"source":"aws.events","detail-type":"Scheduled Event"}"#;

fn configuration() -> String {
    let demo = DEMO.replace("\"/local/", "\"https://gateway.example/");
    format!(
        "{demo}\n[[agencies]]\ncode = \"{DEMO_AGENCY_CODE}\"\nname = \"Ban Quản lý Khu kinh tế\"\n\
         sms_prefix = \"KKT Van Phong\"\nbroadcasts = {{ a_minute = 3000, second_person_above = \"never\" }}\n\
         messages = {{ wait_minutes = 0, quiet_hours = \"none\" }}\n"
    )
}

/// Sends a broadcast to so many receivers by a process that is killed so often.
pub async fn prove(receivers: u64, kills: u64, seed: u64) {
    println!("seed {seed}");
    // A build that fails is told before thousands of dossiers are filed.
    binary("notify");
    // The process lives by the machine's clock.
    let mut office = Office::open_at(now(), Settings::default()).await;
    let config = Config::strict(&configuration(), Host::Loopback).unwrap();
    let store = Store::new(client_through(office.wire.clone(), &office.clock), TABLE);
    office.site = Site::new(config, store);
    filed(&office, receivers).await;
    ready(&office).await;
    acts(&office, Act::Release).await;
    let life = Life::default();
    // Some are left for whoever comes after the last death.
    let calls = (receivers * CALLS / kills.max(1)).clamp(10, MOST_CALLS);
    killed(&office, &life, (kills, calls), seed).await;
    let mut runs = 0;
    while it(&office).await.stage != Stage::Done {
        // Claims of processes that died run out.
        office.clock.advance_to(now());
        office.wait(SignedDuration::from_mins(1));
        office.broadcast().await;
        runs += 1;
        assert!(runs < 1_000, "it never ends");
    }
    let mut left: BTreeMap<String, u64> = BTreeMap::new();
    for (number, _) in office.sent() {
        *left.entry(number).or_default() += 1;
    }
    let (sent, partings) = (left.values().sum::<u64>(), life.partings());
    println!("receivers {receivers}, each told at least once, {sent} messages in all");
    println!("  deaths {}, of them between message and mark {}", partings.deaths, partings.unmarked_deaths);
    println!("  duplicates {}, explained {}", sent - receivers, partings.unmarked_deaths);
    assert_eq!(left.len() as u64, receivers, "somebody was not told");
    assert_eq!(partings.deaths, kills);
    assert!(sent - receivers <= partings.unmarked_deaths, "more duplicates than deaths between message and mark");
    assert_eq!(it(&office).await.report.all_told(), receivers, "the report");
}

/// Files a dossier of each receiver.
async fn filed(office: &Office, receivers: u64) {
    for number in 1..=receivers {
        let applicant = Party {
            name: "Công ty TNHH Thử Nghiệm".into(),
            phone: Some(format!("09{:08}", 12_000_000 + number)),
            identity_no: Some(number.to_string()),
            ..Party::default()
        };
        office.submit(number, Person { applicant, ..Person::default() }).await;
    }
    let all = office.batch().await;
    for records in all["Records"].as_array().unwrap().chunks(BATCH) {
        in_role("project", project::handle(&office.site, &json!({ "Records": records }))).await;
    }
}

/// Writes the broadcast and gathers its receivers.
async fn ready(office: &Office) {
    let texts =
        Texts { sms_vi: "Từ 01/04/2020 bộ phận một cửa tạm đóng cửa".into(), ..Texts::default() };
    let new = Broadcast::new((Audience::default(), texts, None), "lan", office.now());
    office.store().open_broadcast(&office.agency, new, ("lan", "bench")).await.unwrap().unwrap();
    acts(office, Act::Gather).await;
    while it(office).await.stage == Stage::Gathering {
        office.broadcast().await;
    }
}

async fn acts(office: &Office, act: Act) {
    let it = it(office).await;
    let settings = office.site.config.agencies()[0].broadcasts;
    let after = it.acted(act, ("lan", office.now()), (it.round, None), &settings).unwrap().unwrap();
    office.store().move_broadcast(&office.agency, &after, None).await.unwrap().unwrap();
}

async fn it(office: &Office) -> Broadcast {
    office.store().broadcast(&office.agency, NUMBER).await.unwrap().unwrap()
}

/// Runs the process until it was killed so often.
async fn killed(office: &Office, life: &Life, (kills, calls): (u64, u64), seed: u64) {
    let (sms, mails) = (office.sns.clone(), office.ses.clone());
    let neighbours = Neighbours::serve(
        Mortal::store(office.wire.clone(), life),
        Mortal::outlet(office.sns.clone(), life, move || sms.outbox().count()),
        Mortal::outlet(office.ses.clone(), life, move || mails.count()),
    );
    let configuration = configuration();
    let secrets = [("motcua/config", configuration.as_str())];
    let mut function = Function::start_among(neighbours.await, "notify", &secrets, None).await;
    let mut rng = Rng::with_seed(seed);
    while life.partings().deaths < kills {
        let end = End { call: rng.u64(1..=calls), taken: rng.bool() };
        life.begin(Some(end));
        let answered = tokio::select! {
            biased;
            () = life.over() => None,
            answered = function.invoke(MINUTE.to_owned()) => Some(answered),
        };
        match answered {
            None => {
                function.kill().await;
                life.begin(None);
                function.start_again();
            }
            // Fewer calls were left than the process was to live for: another run, with another end.
            Some(Answered::With(_)) => {
                assert!(it(office).await.waiting() > 0, "too few receivers for so many deaths: {}", function.log());
            }
            Some(answered) => panic!("{answered:?}: {}", function.log()),
        }
    }
}
