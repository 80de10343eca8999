//! The real `notify` in a process of its own, killed by `kill -9` at calls drawn from a seed and started again.

use fastrand::Rng;
use jiff::SignedDuration;
use motcua::store::TaskKind;
use motcua_local::wire::mortal::{End, Life, Mortal};
use motcua_tests::fixture::Office;
use motcua_tests::runtime_api::{Answered, Function, Neighbours};
use motcua_tests::town::now;
use rules::dossier::Action;
use rules::id::DossierId;
use serde_json::{Value, json};

use super::Told;
use super::office::{check, configuration, open, people_of};

/// Events of one batch.
const BATCH: usize = 10;
/// Deaths over one batch, before it is let through.
const DEATHS_A_BATCH: u64 = 3;
/// Calls within which a process ends; a batch takes more.
const CALLS: u64 = 20;

/// Tells events until the process was killed so often, and lets the sweep end what it left.
pub async fn tell(kills: u64, seed: u64) -> Told {
    // The process lives by the machine's clock.
    let office = open(now()).await;
    let batches = usize::try_from(kills.div_ceil(DEATHS_A_BATCH)).unwrap();
    let mut dossiers = Vec::new();
    for number in 0..(batches * BATCH / 2) as u64 {
        let id = DossierId::from_random(number + 1);
        office.submit(number + 1, people_of(number).0).await;
        office.order(id, Action::Accept { code: None }).await;
        dossiers.push(id);
    }
    let life = Life::default();
    let mut function = process(&office, &life).await;
    let mut rng = Rng::with_seed(seed);
    let records = events(&office).await;
    for batch in records.chunks(BATCH) {
        let batch = json!({ "Records": batch }).to_string();
        for _ in 0..DEATHS_A_BATCH {
            if life.partings().deaths < kills {
                let end = End { call: rng.u64(1..=CALLS), taken: rng.bool() };
                dies(&mut function, &life, &batch, end).await;
            }
        }
        life.begin(None);
        let answered = function.invoke(batch).await;
        assert_eq!(answered, Answered::With(json!({ "batchItemFailures": [] })), "{}", function.log());
    }
    for _ in 0..4 {
        // Claims of processes that died run out.
        office.clock.advance_to(now());
        office.wait(SignedDuration::from_mins(10));
        if office.waiting(TaskKind::Message).await > 0 {
            office.sweep().await;
        }
    }
    let (messages, sent) = check(&office, &dossiers).await;
    Told { events: records.len() as u64, messages, sent, partings: life.partings() }
}

/// Starts the binary among the office's neighbours.
async fn process(office: &Office, life: &Life) -> Function {
    let (sms, mails) = (office.sns.clone(), office.ses.clone());
    let neighbours = Neighbours::serve(
        Mortal::store(office.wire.clone(), life),
        Mortal::outlet(office.sns.clone(), life, move || sms.outbox().count()),
        Mortal::outlet(office.ses.clone(), life, move || mails.count()),
    );
    let configuration = configuration();
    Function::start_among(neighbours.await, "notify", &[("motcua/config", &configuration)], None).await
}

/// Hands over a batch, kills the process at that call, and starts it again.
async fn dies(function: &mut Function, life: &Life, batch: &str, end: End) {
    life.begin(Some(end));
    tokio::select! {
        biased;
        () = life.over() => {}
        answered = function.invoke(batch) => panic!("it answered before {end:?}: {answered:?}"),
    }
    function.kill().await;
    life.begin(None);
    function.start_again();
}

/// Returns the records of all events, in order.
async fn events(office: &Office) -> Vec<Value> {
    let all = office.batch().await;
    let is_event =
        |record: &&Value| record["dynamodb"]["Keys"]["sk"]["S"].as_str().is_some_and(|sk| sk.starts_with("event#"));
    all["Records"].as_array().unwrap().iter().filter(is_event).cloned().collect()
}
