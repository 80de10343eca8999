//! The wire between the real AWS SDK and an embedded DynamoDB.
//!
//! [`Wire`] is the HTTP client given to `aws-sdk-dynamodb`. It leads to a database in the same process or behind a
//! loopback server, counts what every call costs, records which calls were made, and breaks them from a seed.
//! Nothing above the SDK knows of it.

mod answer;
pub mod client;
pub mod clock;
pub mod database;
mod dispatch;
pub mod faults;
mod loopback;
pub mod mortal;
mod passage;
pub mod served;
mod stale;
pub mod stream;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod trace;

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
pub use dynoxide::Database;
use serde_json::Value;

use crate::rights::{self, Denied};
use faults::{Faults, Injected};
use loopback::Loopback;
use passage::Passage;
use tally::Tally;
use trace::Call;

pub use client::{client, client_through, client_with, real_time_client, seed_jitter, unsigned_client};
pub use clock::VirtualClock;
pub use faults::Plan;

/// An HTTP client for `aws-sdk-dynamodb` that never leaves the machine. Clones share everything.
#[derive(Clone)]
pub struct Wire {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    loopback: Option<Loopback>,
    state: Mutex<State>,
}

struct State {
    tally: Tally,
    trace: Vec<Call>,
    injected: Vec<Injected>,
    denied: Vec<Denied>,
    faults: Faults,
    calls: u64,
}

impl Wire {
    /// Leads to `database` in this process.
    pub fn in_process(database: Database) -> Self {
        Self::new(database, None)
    }

    /// Serves `database` on a loopback port (0: a free one) and leads there.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn loopback(database: Database, port: u16) -> io::Result<Self> {
        let loopback = Loopback::start(database.clone(), port).await?;
        Ok(Self::new(database, Some(loopback)))
    }

    fn new(database: Database, loopback: Option<Loopback>) -> Self {
        let state = State {
            tally: Tally::default(),
            trace: Vec::new(),
            injected: Vec::new(),
            denied: Vec::new(),
            faults: Faults::none(),
            calls: 0,
        };
        Self { inner: Arc::new(Inner { database, loopback, state: Mutex::new(state) }) }
    }

    /// Returns the database at the other end.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Returns the address at which another process reaches the database, if the wire leads over loopback.
    pub fn endpoint_url(&self) -> Option<&str> {
        self.inner.loopback.as_ref().map(Loopback::url)
    }

    /// Sets the faults from here on; calls are counted anew from 1.
    pub fn set_faults(&self, faults: Faults) {
        self.lock().faults = faults;
    }

    /// Returns the costs since the last [`reset`](Self::reset).
    pub fn tally(&self) -> Tally {
        self.lock().tally.clone()
    }

    /// Returns every call since the last [`reset`](Self::reset), in order.
    pub fn trace(&self) -> Vec<Call> {
        self.lock().trace.clone()
    }

    /// Returns every fault that struck since the last [`reset`](Self::reset), in order.
    pub fn injected(&self) -> Vec<Injected> {
        self.lock().injected.clone()
    }

    /// Returns every call, ever, that the template does not allow to the function that made it.
    pub fn denied(&self) -> Vec<Denied> {
        self.lock().denied.clone()
    }

    /// Returns the calls of the data plane since the faults were set: how far a walk over every call has to go.
    pub fn data_calls(&self) -> u64 {
        self.lock().faults.calls()
    }

    /// Forgets tally, trace and injected faults. The plan of faults goes on.
    pub fn reset(&self) {
        let mut state = self.lock();
        state.tally = Tally::default();
        state.trace.clear();
        state.injected.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the call and lets the seed decide its outcome.
    fn depart(&self, request: &HttpRequest) -> Result<Passage, ConnectorError> {
        let operation = request.headers().get("x-amz-target").and_then(|target| target.rsplit('.').next());
        let operation = operation.ok_or_else(|| ConnectorError::user("no x-amz-target".into()))?.to_owned();
        let bytes = request.body().bytes().ok_or_else(|| ConnectorError::user("a streaming body".into()))?;
        let mut body: Value = serde_json::from_slice(bytes).map_err(|error| ConnectorError::user(error.into()))?;
        let role = rights::role();
        let denied = role.and_then(|role| rights::of_table(role, &operation, &body).err());
        let mut state = self.lock();
        let state = &mut *state;
        state.calls += 1;
        state.denied.extend(denied.clone());
        let fault = if faults::is_data_plane(&operation) {
            state.faults.next(|fault| faults::is_possible(fault, &operation, &body))
        } else {
            None
        };
        state.tally.sent(&operation, bytes.len());
        let request_hash = trace::request_hash(bytes);
        state.trace.push(Call { operation: operation.clone(), role, request_hash, fault });
        Ok(Passage {
            number: state.calls,
            sealed: !passage::ask_for_capacity(&operation, &mut body),
            operation,
            request: body,
            headers: self.inner.loopback.as_ref().map(|_| loopback::headers_of(request)).unwrap_or_default(),
            denied,
            fault,
            applied: state.faults.coin(),
            pick: state.faults.below(usize::from(u16::MAX)),
            yields: state.faults.yields(),
        })
    }

    async fn carry(self, passage: Result<Passage, ConnectorError>) -> Result<HttpResponse, ConnectorError> {
        let passage = passage?;
        pause(passage.yields.0).await;
        let answer = self.meet(&passage).await;
        pause(passage.yields.1).await;
        let answer = answer?;
        self.lock().tally.received(&passage.operation, answer.body.len());
        answer.into_response(&format!("WIRE{:048}", passage.number))
    }
}

async fn pause(yields: u8) {
    for _ in 0..yields {
        tokio::task::yield_now().await;
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let passage = self.depart(&request);
        HttpConnectorFuture::new_boxed(Box::pin(self.clone().carry(passage)))
    }
}

impl HttpClient for Wire {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").field("endpoint_url", &self.endpoint_url()).finish_non_exhaustive()
    }
}
