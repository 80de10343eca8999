//! Events of one office, told while calls of the store and of the outlets fail and while runs of both functions end in
//! the middle of a call.

use std::cell::RefCell;

use fastrand::Rng;
use jiff::SignedDuration;
use motcua::site::Site;
use motcua::store::{Store, TaskKind};
use motcua::tell::{Email, Outlets, Sms};
use motcua_local::neighbours::{ses, sns};
use motcua_local::rights::in_role;
use motcua_local::wire::faults::{Fault, Faults};
use motcua_local::wire::mortal::{End, Life, Mortal};
use motcua_local::wire::{Plan, client_through, seed_jitter};
use motcua_tests::fixture::{Office, TABLE, receipt_of};
use motcua_tests::town::{MORNING, at};
use rules::catalogue::Reason;
use rules::config::{Config, Host};
use rules::dossier::{Action, ResultKind};
use rules::id::DossierId;
use serde_json::{Value, json};

use super::Told;
use super::office::{check, configuration, open, people_of};

/// Commits of each dossier, each with news of its own.
const COMMITS: u64 = 5;
/// Calls of the store that fail, in a thousand: often enough for all attempts of the client at some.
const STORE_FAILS: u32 = 200;
/// Calls of an outlet that fail, in a thousand.
const OUTLET_FAILS: u32 = 120;
/// Calls of a run of `notify`, as many as most make.
const RUN: u64 = 12;
/// Calls of a sweep, which asks every shard first.
const SWEEP: u64 = 60;
/// Most looks between two commits whether messages still wait; a run that nothing ever ends fails.
const LOOKS: u32 = 100;
/// Sweeps between two looks.
const SWEEPS: u32 = 4;

/// The functions as processes that may die at each of their calls.
struct Mortals {
    site: Site,
    outlets: Outlets,
    life: Life,
    rng: RefCell<Rng>,
}

impl Mortals {
    fn of(office: &Office, seed: u64) -> Self {
        let (life, clock) = (Life::default(), &office.clock);
        let table = client_through(Mortal::store(office.wire.clone(), &life), clock);
        let config = Config::strict(&configuration(), Host::Loopback).unwrap();
        let (sms, mails) = (office.sns.clone(), office.ses.clone());
        let publisher = Mortal::outlet(office.sns.clone(), &life, move || sms.outbox().count());
        let mailer = Mortal::outlet(office.ses.clone(), &life, move || mails.count());
        let outlets = Outlets {
            sms: Sms::new(&sns::client_through(publisher, clock)),
            email: Email::new(&ses::client_through(mailer, clock)),
        };
        Self {
            site: Site::new(config, Store::new(table, TABLE)),
            outlets,
            life,
            rng: RefCell::new(Rng::with_seed(seed)),
        }
    }

    /// Runs one function with faults at calls by chance; one run of three dies on the way. `None` if it did.
    async fn run<T>(&self, office: &Office, work: impl Future<Output = T>) -> Option<T> {
        {
            let mut rng = self.rng.borrow_mut();
            let faults = vec![
                Fault::Throttle,
                Fault::InternalError,
                Fault::ConnectionReset,
                Fault::TimeoutApplied,
                Fault::TimeoutNotApplied,
                Fault::Conflict,
                Fault::UnprocessedKey,
            ];
            let plan = Plan::Chance { per_mille: STORE_FAILS, faults };
            office.wire.set_faults(Faults::from_seed(rng.u64(..), plan));
            let failures = [sns::Failure::Throttled, sns::Failure::InternalError, sns::Failure::InternalErrorSent]
                .into_iter()
                .chain([sns::Failure::TimeoutNotSent, sns::Failure::TimeoutSent])
                .chain([sns::Failure::ResetNotSent, sns::Failure::ResetSent]);
            let plan = Plan::Chance { per_mille: OUTLET_FAILS, faults: failures.collect() };
            office.sns.set_failures(Faults::from_seed(rng.u64(..), plan));
            let failures = [ses::Failure::Throttled, ses::Failure::Paused, ses::Failure::InternalError]
                .into_iter()
                .chain([ses::Failure::InternalErrorSent, ses::Failure::TimeoutNotSent, ses::Failure::TimeoutSent])
                .chain([ses::Failure::ResetNotSent, ses::Failure::ResetSent]);
            let plan = Plan::Chance { per_mille: OUTLET_FAILS, faults: failures.collect() };
            office.ses.set_failures(Faults::from_seed(rng.u64(..), plan));
            let calls = if rng.bool() { RUN } else { SWEEP };
            let end = (rng.u8(..3) == 0).then(|| End { call: rng.u64(1..=calls), taken: rng.bool() });
            self.life.begin(end);
        }
        let outcome = tokio::select! {
            biased;
            () = self.life.over() => None,
            outcome = work => Some(outcome),
        };
        office.wire.set_faults(Faults::none());
        office.wire.reset();
        outcome
    }

    /// Hands a batch to `notify`. Of a run that died all of it comes again.
    async fn notify(&self, office: &Office, batch: Value) -> Value {
        let work = in_role("notify", notify::handle(&self.site, &self.outlets, &batch, office.now()));
        self.run(office, work).await.unwrap_or_else(|| json!({ "errorMessage": "killed" }))
    }

    /// Runs the sweep until no message waits.
    async fn sweep(&self, office: &Office) {
        for _ in 0..LOOKS {
            if office.waiting(TaskKind::Message).await == 0 {
                return;
            }
            for _ in 0..SWEEPS {
                office.wait(SignedDuration::from_mins(10));
                let always = || true;
                let work = deadline_sweep::handle(&self.site, &self.outlets, office.now(), &always);
                self.run(office, in_role("deadline-sweep", work)).await;
            }
        }
        panic!("messages still wait after {LOOKS} looks");
    }
}

/// Tells so many events, and checks that each of their messages left.
pub async fn tell(events: u64, seed: u64) -> Told {
    seed_jitter(seed);
    let mut office = open(at(MORNING)).await;
    let mortals = Mortals::of(&office, seed);
    let dossiers: Vec<DossierId> = (1..=events.div_ceil(COMMITS)).map(DossierId::from_random).collect();
    let mut expected = 0;
    for commit in 0..COMMITS {
        for (number, id) in (0..).zip(&dossiers) {
            let (person, receivers) = people_of(number);
            expected += receivers;
            let originals = || ["P1", "P2"].map(str::to_owned).to_vec();
            match commit {
                0 => drop(office.submit(number + 1, person).await),
                1 => drop(office.order(*id, Action::Accept { code: None }).await),
                2 => {
                    let action = Action::PauseClock { reason: Reason::Originals, papers: originals() };
                    office.order(*id, action).await;
                }
                3 => drop(office.order(*id, receipt_of(&["P1", "P2"])).await),
                _ => {
                    let action = Action::RecordResult { kind: ResultKind::Positive, reason: None };
                    office.order(*id, action).await;
                }
            }
        }
        let other = office.reader("other");
        let mut stream = std::mem::replace(&mut office.stream, other);
        stream.drain(|batch| mortals.notify(&office, batch)).await.unwrap();
        office.stream = stream;
        mortals.sweep(&office).await;
    }
    let (messages, sent) = check(&office, &dossiers).await;
    assert_eq!(messages, expected, "each commit has one message to each receiver");
    assert!(office.wire.denied().is_empty());
    Told { events: COMMITS * dossiers.len() as u64, messages, sent, partings: mortals.life.partings() }
}
