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
use dynoxide::Database;
use serde_json::{Value, json};

use answer::Answer;
use faults::{Fault, Faults, Injected};
use loopback::Loopback;
use tally::Tally;
use trace::Call;

pub use client::{client, client_with, real_time_client, seed_jitter};
pub use clock::VirtualClock;
pub use faults::Plan;

/// How many of the newest writes a stale index may not know yet.
const STALE_WRITES: usize = 8;

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
    faults: Faults,
    calls: u64,
}

/// One call between its two ends.
struct Passage {
    number: u64,
    operation: String,
    request: Value,
    headers: Vec<(String, String)>,
    sealed: bool,
    fault: Option<Fault>,
    /// Whether a fault whose outcome is open leaves the write standing.
    applied: bool,
    /// A number from the seed, for which item, key or write the fault picks.
    pick: usize,
    yields: (u8, u8),
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
            faults: Faults::none(),
            calls: 0,
        };
        Self { inner: Arc::new(Inner { database, loopback, state: Mutex::new(state) }) }
    }

    /// The database at the other end.
    pub fn database(&self) -> &Database {
        &self.inner.database
    }

    /// Where another process reaches the database, if the wire leads over loopback.
    pub fn endpoint_url(&self) -> Option<&str> {
        self.inner.loopback.as_ref().map(Loopback::url)
    }

    /// Sets what goes wrong from here on; calls are counted anew from 1.
    pub fn set_faults(&self, faults: Faults) {
        self.lock().faults = faults;
    }

    /// What was spent since the last [`reset`](Self::reset).
    pub fn tally(&self) -> Tally {
        self.lock().tally.clone()
    }

    /// Every call since the last [`reset`](Self::reset), in order.
    pub fn trace(&self) -> Vec<Call> {
        self.lock().trace.clone()
    }

    /// Every fault that struck since the last [`reset`](Self::reset), in order.
    pub fn injected(&self) -> Vec<Injected> {
        self.lock().injected.clone()
    }

    /// Calls of the data plane since the faults were set: how far a walk over every call has to go.
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

    /// Notes the call and lets the seed decide what becomes of it.
    fn depart(&self, request: &HttpRequest) -> Result<Passage, ConnectorError> {
        let operation = request.headers().get("x-amz-target").and_then(|target| target.rsplit('.').next());
        let operation = operation.ok_or_else(|| ConnectorError::user("no x-amz-target".into()))?.to_owned();
        let bytes = request.body().bytes().ok_or_else(|| ConnectorError::user("a streaming body".into()))?;
        let mut body: Value = serde_json::from_slice(bytes).map_err(|error| ConnectorError::user(error.into()))?;
        let mut state = self.lock();
        let state = &mut *state;
        state.calls += 1;
        let fault = if faults::is_data_plane(&operation) {
            state.faults.next(|fault| faults::is_possible(fault, &operation, &body))
        } else {
            None
        };
        state.tally.sent(&operation, bytes.len());
        let request_hash = trace::request_hash(bytes);
        state.trace.push(Call { operation: operation.clone(), request_hash, fault });
        Ok(Passage {
            number: state.calls,
            sealed: !ask_for_capacity(&operation, &mut body),
            operation,
            request: body,
            headers: self.inner.loopback.as_ref().map(|_| loopback::headers_of(request)).unwrap_or_default(),
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

    /// Carries the request out, or breaks it.
    async fn meet(&self, passage: &Passage) -> Result<Answer, ConnectorError> {
        let Some(fault) = passage.fault else { return self.apply(passage, &passage.request).await };
        match fault {
            Fault::Throttle => self.strike(passage, false, Ok(Answer::throttled())).await,
            Fault::TimeoutNotApplied => self.strike(passage, false, Err(answer::timeout())).await,
            Fault::TimeoutApplied => self.strike(passage, true, Err(answer::timeout())).await,
            Fault::ConnectionReset => self.strike(passage, passage.applied, Err(answer::reset())).await,
            Fault::InternalError => self.strike(passage, passage.applied, Ok(Answer::internal_error())).await,
            Fault::Conflict => self.strike(passage, false, Ok(Answer::conflict(&passage.request, passage.pick))).await,
            Fault::TransactionThrottled => {
                let answer = Answer::cancelled(&passage.request, passage.pick, "ThrottlingError");
                self.strike(passage, false, Ok(answer)).await
            }
            Fault::StaleIndex => self.answer_stale(passage).await,
            Fault::UnprocessedKey => self.leave_one_key(passage).await,
        }
    }

    async fn strike(
        &self,
        passage: &Passage,
        applied: bool,
        outcome: Result<Answer, ConnectorError>,
    ) -> Result<Answer, ConnectorError> {
        self.note(passage, applied);
        if applied {
            self.apply(passage, &passage.request).await?;
        }
        outcome
    }

    async fn answer_stale(&self, passage: &Passage) -> Result<Answer, ConnectorError> {
        let unknown = 1 + passage.pick % STALE_WRITES;
        match stale::answer_before(self.database(), &passage.request, unknown) {
            Some(answer) => {
                self.note(passage, true);
                Ok(self.settle(passage, answer))
            }
            None => self.apply(passage, &passage.request).await,
        }
    }

    async fn leave_one_key(&self, passage: &Passage) -> Result<Answer, ConnectorError> {
        let mut request = passage.request.clone();
        let unprocessed = answer::take_key(&mut request, passage.pick);
        let mut answer = self.apply(passage, &request).await?;
        if let (Some(unprocessed), Ok(mut body)) = (unprocessed, serde_json::from_slice::<Value>(&answer.body))
            && answer.status == 200
        {
            self.note(passage, true);
            body["UnprocessedKeys"] = unprocessed;
            answer.body = body.to_string().into_bytes();
        }
        Ok(answer)
    }

    async fn apply(&self, passage: &Passage, request: &Value) -> Result<Answer, ConnectorError> {
        let body = request.to_string().into_bytes();
        let answer = match &self.inner.loopback {
            Some(loopback) => loopback.send(passage.headers.clone(), body).await?,
            None => dispatch::dispatch(self.database(), &passage.operation, &body),
        };
        Ok(self.settle(passage, answer))
    }

    /// Books the capacity, and takes it out again where the caller did not ask for it.
    fn settle(&self, passage: &Passage, mut answer: Answer) -> Answer {
        let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else { return answer };
        if let Some(consumed) = body.get("ConsumedCapacity") {
            self.lock().tally.consumed(&passage.operation, consumed);
            if let (false, Some(body)) = (passage.sealed, body.as_object_mut()) {
                body.remove("ConsumedCapacity");
                answer.body = Value::Object(std::mem::take(body)).to_string().into_bytes();
            }
        }
        answer
    }

    fn note(&self, passage: &Passage, applied: bool) {
        let Some(fault) = passage.fault else { return };
        let mut state = self.lock();
        let call = state.faults.calls();
        state.injected.push(Injected { call, operation: passage.operation.clone(), fault, applied });
    }
}

/// Asks for the capacity where the caller did not; says whether it had to.
fn ask_for_capacity(operation: &str, request: &mut Value) -> bool {
    let silent = matches!(request["ReturnConsumedCapacity"].as_str(), None | Some("NONE"));
    let asks = faults::is_data_plane(operation) && silent;
    if asks {
        request["ReturnConsumedCapacity"] = json!("INDEXES");
    } else if request["ReturnConsumedCapacity"].is_null()
        && let Some(request) = request.as_object_mut()
    {
        // Reading a missing key by index leaves nothing behind, but a null the caller wrote is no answer either.
        request.remove("ReturnConsumedCapacity");
    }
    asks
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
