//! The function as a process that is killed by `kill -9` and started again. It lives by the machine's clock, and so does the
//! provider.

use aws_smithy_async::time::SystemTimeSource;
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use motcua::store::{Key, lawful_key};
use motcua_local::neighbours::invoices::Invoices;
use motcua_local::neighbours::s3::S3;
use motcua_local::wire::mortal::{End, Life, Mortal};
use motcua_local::wire::served::Served;
use rules::config::{Config, DEMO, Host};
use rules::id::DossierId;
use serde_json::{Value, json};

use super::held::{PROVIDER, Tally, hold, pay};
use crate::runtime_api::{Answered, Function, Neighbours};
use crate::town::{Town, now};

/// Calls of a run that issues one receipt and fetches its files: to the table, the provider and the bucket.
const CALLS: u64 = 24;
/// The schedule's event.
const MINUTE: &str = r#"{"source":"aws.events"}"#;

/// A town whose receipts are issued by a process, and the lives of that process.
pub struct Issuing {
    /// The town.
    pub town: Town,
    /// The provider.
    pub provider: Invoices,
    /// The process.
    pub function: Function,
    asked: Life,
    all: Life,
    _served: Served,
}

impl Issuing {
    /// Starts them.
    ///
    /// # Panics
    /// If a process or a port is not to be had.
    pub async fn start() -> Self {
        // Of whatever year the machine's clock is.
        let config = DEMO.replace("from = \"2026-11-01\"", "from = \"2020-01-01\"");
        let town = Town::new().await;
        town.clock.advance_to(lately());
        let here = Config::strict(&config, Host::Loopback).unwrap();
        let provider = Invoices::new(&here, SystemTimeSource::new());
        town.office.configure(here);
        let (asked, all) = (Life::default(), Life::default());
        let reached = Mortal::outlet(Mortal::outlet(provider.clone(), &asked, || 0), &all, || 0);
        let served = Served::start(reached).await.unwrap();
        let there = served.url.replace("http://127.0.0.1", "https://invoices.example");
        let config = config.replace("\"/local/invoices/", &format!("\"{there}/local/invoices/"));
        let config = config.replace("\"/local/", "\"https://gateway.example/");
        let table = Mortal::store(town.office.wire().clone(), &all);
        let (sns, ses) = (town.office.sns().clone(), town.office.ses().clone());
        let bucket = Mortal::outlet(S3::memory(), &all, || 0);
        let neighbours = Neighbours::serve(table, sns, ses).await.keeping(bucket).await;
        let secrets = [("motcua/config", config.as_str())];
        let function = Function::start_as(neighbours, ("issuing-function", "receipts"), &secrets, None).await;
        Self { town, provider, function, asked, all, _served: served }
    }

    /// Runs the process as the schedule does, and returns its report.
    ///
    /// # Panics
    /// If it fails.
    pub async fn run(&mut self) -> Value {
        match self.function.invoke(MINUTE).await {
            Answered::With(report) => report,
            failed @ Answered::Failed(_) => panic!("{failed:?}: {}", self.function.log()),
        }
    }

    /// Kills the process at a call of the provider, which has done what it was asked and holds its answer; then starts it again.
    ///
    /// # Panics
    /// If the run ends before.
    pub async fn dies_while_the_provider_holds_its_answer(&mut self, call: u64) {
        let asked = self.asked.clone();
        assert!(self.dies(&asked, End { call, taken: true }).await, "{}", self.function.log());
    }

    /// Runs the process until it dies at that call, and starts it again; `false` if the run ended before.
    async fn dies(&mut self, life: &Life, end: End) -> bool {
        life.begin(Some(end));
        let answered = tokio::select! {
            biased;
            () = life.over() => None,
            answered = self.function.invoke(MINUTE) => Some(answered),
        };
        life.begin(None);
        if let Some(answered) = answered {
            assert!(matches!(answered, Answered::With(_)), "{answered:?}: {}", self.function.log());
            return false;
        }
        self.function.kill().await;
        self.function.start_again();
        true
    }

    /// Lets what two minutes would end be over: the lease of a dead run, and the wait before a look-up.
    ///
    /// # Panics
    /// If the table does not answer.
    pub async fn two_minutes_pass(&self, ids: &[DossierId]) {
        let (site, agency) = (self.town.office.site(), self.town.agency());
        let store = site.recorder.store();
        let change = |key: &Key| store.client().update_item().table_name(store.table()).set_key(Some(key.attributes()));
        let door = change(&Key::portal_door(&agency, &Key::providers_door(PROVIDER)));
        door.update_expression("REMOVE lease, retry_at").send().await.unwrap();
        for id in ids {
            for lawful in store.receipts_of(&agency, *id).await.unwrap() {
                let past = aws_sdk_dynamodb::types::AttributeValue::S(lately().to_string());
                let sent = change(&lawful_key(&agency, &lawful))
                    .update_expression("SET wake_at = :past")
                    .condition_expression("attribute_exists(wake_at)")
                    .expression_attribute_values(":past", past)
                    .send()
                    .await;
                // One that waits for nothing has no such attribute.
                assert!(sent.is_ok() || lawful.no().is_some(), "{sent:?}");
            }
        }
    }
}

/// Has a fee paid before each death, at each call in turn, and holds all of them in the end. Returns how often the process died.
///
/// # Panics
/// If anything is not as it should be.
pub async fn prove_killed(kills: u64, seed: u64) -> u64 {
    let (mut issuing, mut rng) = (Box::pin(Issuing::start()).await, Rng::with_seed(seed));
    let (mut tally, mut ids) = (Tally::default(), Vec::new());
    let (mut deaths, mut call) = (0, 0);
    while deaths < kills {
        issuing.town.clock.advance_to(lately());
        ids.push(pay(&issuing.town, &mut rng, ids.len(), &mut tally).await);
        issuing.town.office.deliver().await.unwrap();
        call = call % CALLS + 1;
        for taken in [false, true] {
            let all = issuing.all.clone();
            deaths += u64::from(issuing.dies(&all, End { call, taken }).await);
            issuing.two_minutes_pass(&ids).await;
        }
    }
    let mut runs = 0;
    loop {
        let report = issuing.run().await;
        assert_eq!((&report["refused"], &report["errors"]), (&json!(0), &json!(0)), "{}", issuing.function.log());
        if report["issued"] == json!(0) && report["put_off"] == json!(0) && report["left_alone"] == json!(0) {
            break;
        }
        issuing.two_minutes_pass(&ids).await;
        runs += 1;
        assert!(runs < 100, "it never ends: {}", issuing.function.log());
    }
    hold((&issuing.town, &issuing.provider), &ids, &tally).await;
    deaths
}

/// Returns the office's time: a little before that of the process, so that everything is due.
fn lately() -> Timestamp {
    now() - SignedDuration::from_secs(30)
}
