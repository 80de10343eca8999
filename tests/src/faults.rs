//! The story of one dossier on a wire that fails: whatever breaks, nothing is lost, nothing doubled.

use std::collections::BTreeSet;

use motcua::store::Owner;
use motcua_local::neighbours::sns::Failure;
use motcua_local::senders::Letter;
use motcua_local::wire::faults::{Fault, Faults, Plan};
use motcua_local::wire::stream::{Disorder, Settings};
use motcua_local::wire::{Wire, seed_jitter, trace};
use rules::dossier::Event;
use rules::http::{Received, Reply, Response};
use serde_json::{Value, json};

use crate::town::{FEE_VND, Town, form, request, rsp_code};

/// Seeds walked.
const SEEDS: u64 = 200;
/// Number of repeats of a request that was not taken, before the test gives up.
const PATIENCE: usize = 60;

/// Everything that must be the same in the end, whatever happened on the way.
#[derive(Debug, PartialEq, Eq)]
struct End {
    version: u64,
    phase: String,
    due_on: String,
    events: Vec<String>,
    money: Owner,
    texts: BTreeSet<String>,
}

/// One teller of the story, who repeats everything until it is taken.
struct Teller {
    town: Town,
    /// Requests that were sent, to be sent once more in the end.
    sent: std::sync::Mutex<Vec<rules::http::Request>>,
}

fn is_taken(response: &Response) -> bool {
    match serde_json::from_str::<Value>(response.text()) {
        Ok(body) if body["RspCode"].is_string() => ["00", "02"].contains(&rsp_code(response).as_str()),
        _ => response.status().as_u16() == 200,
    }
}

impl Teller {
    async fn tell(&self, request: rules::http::Request) -> Response {
        self.sent.lock().unwrap().push(request.clone());
        self.repeat(&request).await
    }

    async fn repeat(&self, request: &rules::http::Request) -> Response {
        let mut last = None;
        for _ in 0..PATIENCE {
            let response = Box::pin(self.town.office.answer(request)).await.unwrap();
            assert!(response.status().as_u16() != 500, "{}", response.text());
            if is_taken(&response) {
                return response;
            }
            last = Some(response);
            self.town.clock.advance(std::time::Duration::from_secs(1));
        }
        panic!("never taken: {last:?}");
    }

    async fn portal(&self, kind: &str, delivery: &str, form: Value) {
        self.tell(request(&self.town.portal_letter(kind, delivery, form))).await;
    }

    /// Returns the dossier on the clerk's screen.
    async fn seen(&self) -> Value {
        let id = self.town.id_of("G22-1");
        let target = format!("/api/v1/dossiers/{id}");
        let letter = Letter { method: http::Method::GET, target, headers: Vec::new(), body: String::new() };
        let mut request = request(&letter);
        let agency = self.town.agency();
        request.extensions_mut().insert(motcua_local::office::claims(agency.as_str(), "clerk", "clerk"));
        serde_json::from_str(self.repeat(&request).await.text()).unwrap()
    }

    async fn clerk(&self, command: &str, key: &str, body: Value) {
        let version = self.seen().await["version"].as_u64().unwrap();
        let id = self.town.id_of("G22-1");
        self.tell(self.town.command("clerk", id, command, version, key, &body)).await;
    }

    async fn rest(&self) {
        self.town.office.deliver().await.unwrap();
    }

    async fn sweep(&self) {
        self.town.office.sweep().await;
        self.rest().await;
    }

    /// Plays the story from the portal to the result.
    async fn story(&self) {
        let town = &self.town;
        self.portal("dossier.submitted", "d1", form("G22-1")).await;
        self.rest().await;
        self.clerk("accept", "k1", json!({})).await;
        self.clerk("ask-fee", "k2", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
        self.rest().await;
        let reference = format!("{}01", town.id_of("G22-1"));
        let mut paid = town.paid(&reference);
        paid.at = "2020-04-15T08:30:00+07:00".parse().unwrap();
        town.until("2020-04-15T09:00:00+07:00");
        self.tell(request(&town.callback(&paid))).await;
        self.rest().await;
        self.clerk("enter-step", "k3", json!({ "step": "verification" })).await;
        town.until("2020-04-17T17:05:00+07:00");
        for _ in 0..PATIENCE {
            self.sweep().await;
            if self.seen().await["phase"] == "paused" {
                break;
            }
            town.minutes(5);
        }
        town.until("2020-04-20T08:00:00+07:00");
        self.clerk("record-receipt", "k4", json!({ "papers": ["GPXD-DON"], "minutes_no": "BB-01", "by": "post" }))
            .await;
        self.rest().await;
        town.until("2020-04-21T15:00:00+07:00");
        self.clerk("record-receipt", "k5", json!({ "papers": ["GPXD-BV"], "minutes_no": "BB-02", "by": "hand" })).await;
        self.rest().await;
        town.until("2020-04-22T10:00:00+07:00");
        self.clerk("record-result", "k6", json!({ "kind": "positive" })).await;
        self.clerk("hand-out", "k7", json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056084000001" }))
            .await;
        self.rest().await;
    }

    /// Stops the faults, sends everything once more, and finishes what was put off.
    async fn once_more(&self) {
        self.town.office.wire().set_faults(Faults::none());
        self.town.office.sns().set_failures(Faults::none());
        let sent = self.sent.lock().unwrap().clone();
        for request in sent {
            // A delivery is signed again when it is repeated, as senders do.
            let fresh = match request.path() {
                "/portal/events" => {
                    crate::town::request(&self.town.portal_letter("dossier.submitted", "d1", form("G22-1")))
                }
                _ => request,
            };
            assert!(is_taken(&Box::pin(self.town.office.answer(&fresh)).await.unwrap()));
        }
        // Nothing is put off by more than a day.
        for _ in 0..3 {
            self.town.minutes(24 * 60);
            self.sweep().await;
        }
    }

    async fn end(&self) -> End {
        let town = &self.town;
        let id = town.id_of("G22-1");
        let dossier = town.dossier(id).await.unwrap();
        let reference = format!("{id}01");
        let money = town.money("vnpay-demo", &format!("MOTCUA01/{reference}/14422574")).await.unwrap();
        let events = town.events(id).await;
        assert_eq!(events.iter().filter(|event| matches!(event, Event::FeePaid { .. })).count(), 1);
        End {
            version: dossier.version,
            phase: format!("{:?}", dossier.phase()),
            due_on: format!("{:?}", dossier.due().map(|due| due.on)),
            events: events.iter().map(name).collect(),
            money: money.owner,
            texts: town.sms().into_iter().map(|sms| sms.text).collect(),
        }
    }
}

fn name(event: &Event) -> String {
    serde_json::to_value(event).unwrap()["is"].as_str().unwrap().to_owned()
}

/// Returns the settings of a stream at its worst: repeated, in pieces, out of order; and never given up, since a batch
/// that is given up is replayed by hand.
fn disorder(seed: u64) -> Settings {
    let disorder = Disorder { seed, repeat_per_mille: 200, shuffle: true, split: true };
    Settings { batch_records: 10, retries: 1_000, bisect: true, disorder: Some(disorder) }
}

async fn teller(stream: Settings) -> Teller {
    let town = Box::pin(Town::on(stream, |database, _| Wire::in_process(database))).await;
    Teller { town, sent: std::sync::Mutex::default() }
}

async fn told(seed: u64, plan: Plan<Fault>, failures: Plan<Failure>) -> (End, String, u64) {
    seed_jitter(seed);
    let teller = teller(disorder(seed)).await;
    teller.town.office.wire().reset();
    teller.town.office.wire().set_faults(Faults::from_seed(seed, plan));
    teller.town.office.sns().set_failures(Faults::from_seed(seed, failures));
    Box::pin(teller.story()).await;
    let calls = teller.town.office.wire().data_calls();
    Box::pin(teller.once_more()).await;
    let trace = trace::digest(&teller.town.office.wire().trace());
    (Box::pin(teller.end()).await, trace, calls)
}

fn by_chance(seed: u64) -> (Plan<Fault>, Plan<Failure>) {
    let failures = vec![Failure::Throttled, Failure::InternalError, Failure::TimeoutNotSent, Failure::TimeoutSent];
    let per_mille = 50 + u32::try_from(seed % 8).unwrap() * 50;
    (Plan::Chance { per_mille, faults: Fault::ALL.to_vec() }, Plan::Chance { per_mille, faults: failures })
}

/// Returns the calm end, and how many calls lead to it.
async fn calm() -> (End, u64) {
    let (end, _, calls) = Box::pin(told(0, Plan::Calm, Plan::Calm)).await;
    (end, calls)
}

#[tokio::test]
async fn two_hundred_seeds_of_faults_by_chance_end_as_the_calm_story_does() {
    let (calm, _) = Box::pin(calm()).await;
    assert!(calm.events.contains(&"clock_resumed".to_owned()) && calm.texts.len() >= 7, "{calm:#?}");
    for seed in 0..SEEDS {
        let (plan, failures) = by_chance(seed);
        let (end, ..) = Box::pin(told(seed, plan, failures)).await;
        assert_eq!(end, calm, "seed {seed}");
    }
}

#[tokio::test]
async fn a_fault_that_outlasts_the_clients_retries_at_any_call_of_any_handler_changes_nothing_in_the_end() {
    let (calm, calls) = Box::pin(calm()).await;
    for call in 1..=calls {
        let fault = Fault::ALL[usize::try_from(call).unwrap() % Fault::ALL.len()];
        let plan = Plan::Burst { first_call: call, calls: 3, fault };
        let (end, ..) = Box::pin(told(call, plan, Plan::Calm)).await;
        assert_eq!(end, calm, "{fault:?} at call {call} of {calls}");
    }
}

#[tokio::test]
async fn a_seed_gives_the_same_trace_of_calls_twice() {
    for seed in [1, 7, 42, 199] {
        let (plan, failures) = by_chance(seed);
        let (_, first, _) = Box::pin(told(seed, plan.clone(), failures.clone())).await;
        let (_, second, _) = Box::pin(told(seed, plan, failures)).await;
        assert_eq!(first, second, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_ends_the_same_in_process_and_over_loopback() {
    let (calm, _) = Box::pin(calm()).await;
    let clock = motcua_local::wire::VirtualClock::new(crate::town::MORNING.parse().unwrap());
    let database = motcua_local::wire::database::memory_with_clock(&clock).unwrap();
    let wire = Wire::loopback(database, 0).await.unwrap();
    let sns =
        motcua_local::neighbours::sns::Sns::new(motcua_local::neighbours::outbox::Outbox::memory(), clock.clone());
    let town = Box::pin(Town::with(clock, crate::prompt::prompt(), wire, sns, Settings::default())).await;
    let teller = Teller { town, sent: std::sync::Mutex::default() };
    Box::pin(teller.story()).await;
    Box::pin(teller.once_more()).await;
    assert_eq!(Box::pin(teller.end()).await, calm);
}
