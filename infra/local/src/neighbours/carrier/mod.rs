//! A province's gateway of messages to try with. It takes texts for telephones as a provider of brand names or of Zalo would,
//! knows a repeat by its name, and tells what became of each, signed.

mod check;
mod failure;
mod outcome;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use jiff::Timestamp;
use rules::config::{Config, MessageGateway};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::answered::respond;
use super::outbox::Outbox;
use crate::folder::FolderError;
use crate::senders::{Letter, event, webhook};
use crate::wire::faults::Faults;

pub use failure::Failure;
pub use outcome::{OUTCOMES, Outcome};

/// Path at which it takes messages.
pub const PATH: &str = "/local/message-gateway";
/// The file of a data folder that holds one message a line.
pub const RELAYED_FILE: &str = "relayed.jsonl";

/// One message as the gateway took it. `Debug` shows neither number nor text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relayed {
    /// The id that the office was given.
    pub message_id: String,
    /// The office's own name of the message.
    pub name: String,
    /// The key of the agency.
    pub agency: String,
    /// The number in E.164 form.
    pub phone_number: String,
    /// The text as sent.
    pub text: String,
    /// Its language, `vi` or `en`.
    pub language: String,
    /// When it was taken.
    pub sent_at: Timestamp,
}

impl fmt::Debug for Relayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relayed").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// The gateway of every agency that has one here. Clones are the same.
#[derive(Clone)]
pub struct Carrier {
    relayed: Outbox<Relayed>,
    time: SharedTimeSource,
    state: Arc<Mutex<State>>,
}

struct State {
    gateways: Vec<MessageGateway>,
    failures: Faults<Failure>,
    /// News that it is going to tell: the office's name of the message, and its outcome.
    results: VecDeque<(String, Outcome)>,
    tells_by_hand: bool,
    calls: u64,
    repeats: u64,
    told: u64,
}

impl Carrier {
    /// Makes gateways that forget everything with the process.
    pub fn memory(config: &Config, time: impl TimeSource + 'static) -> Self {
        Self::new(Outbox::memory(), config, time)
    }

    /// Makes gateways that keep their messages in a data folder.
    ///
    /// # Errors
    /// The folder or file cannot be written or read.
    pub fn in_folder(folder: &Path, config: &Config, time: impl TimeSource + 'static) -> Result<Self, FolderError> {
        Ok(Self::new(Outbox::file(folder, RELAYED_FILE)?, config, time))
    }

    fn new(relayed: Outbox<Relayed>, config: &Config, time: impl TimeSource + 'static) -> Self {
        let state = State {
            gateways: Vec::new(),
            failures: Faults::none(),
            results: VecDeque::new(),
            tells_by_hand: false,
            calls: 0,
            repeats: 0,
            told: 0,
        };
        let carrier = Self { relayed, time: SharedTimeSource::new(time), state: Arc::new(Mutex::new(state)) };
        carrier.configure(config);
        carrier
    }

    /// Takes other keys.
    pub fn configure(&self, config: &Config) {
        self.lock().gateways = config.message_gateways().cloned().collect();
    }

    /// Returns the messages taken, oldest first.
    pub fn relayed(&self) -> Vec<Relayed> {
        self.relayed.messages()
    }

    /// Sets the failures from here on; calls are counted anew from 1.
    pub fn set_failures(&self, failures: Faults<Failure>) {
        self.lock().failures = failures;
    }

    /// Returns the calls that arrived, and how many of them were repeats of a message that was taken.
    pub fn calls(&self) -> (u64, u64) {
        let state = self.lock();
        (state.calls, state.repeats)
    }

    /// Tells from now on only by hand what became of messages to ordinary numbers, or by itself again.
    pub fn tell_by_hand(&self, by_hand: bool) {
        self.lock().tells_by_hand = by_hand;
    }

    /// Whether it tells by hand.
    #[must_use]
    pub fn tells_by_hand(&self) -> bool {
        self.lock().tells_by_hand
    }

    /// Tells by hand what became of the message of this name; `false` if it took none of the name.
    pub fn tell(&self, name: &str, outcome: Outcome) -> bool {
        let known = self.relayed().iter().any(|message| message.name == name);
        if known {
            self.lock().results.push_back((name.to_owned(), outcome));
        }
        known
    }

    /// Takes the next result that is to be told, signed now.
    #[must_use]
    pub fn next_result(&self) -> Option<Letter> {
        loop {
            let (name, outcome) = self.lock().results.pop_front()?;
            if let Some(letter) = self.result(&name, outcome) {
                return Some(letter);
            }
        }
    }

    /// Writes and signs what became of a message, now; `None` if nothing is ever told of that.
    #[must_use]
    pub fn result(&self, name: &str, outcome: Outcome) -> Option<Letter> {
        let message = self.relayed().into_iter().find(|message| message.name == name)?;
        let (kind, mut data) = outcome.told()?;
        data.insert("id".to_owned(), json!(name));
        let now = self.now();
        let mut state = self.lock();
        state.told += 1;
        let gateway = state.gateways.iter().find(|gateway| gateway.agency.as_str() == message.agency)?;
        let (target, delivery) = (format!("/delivery/{}", message.agency), format!("result-{}", state.told));
        Some(webhook(target, gateway.keys.current(), &delivery, now, event(kind, now, &data)))
    }

    fn now(&self) -> Timestamp {
        Timestamp::try_from(self.time.now()).unwrap_or(Timestamp::MAX)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meet(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let timeout = || ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into());
        let failure = {
            let mut state = self.lock();
            state.calls += 1;
            state.failures.next(|_| true)
        };
        match failure {
            None => self.take(request),
            Some(Failure::Unavailable) => said(503, &json!({ "error": "busy" })),
            Some(Failure::Throttled) => said(429, &json!({ "error": "too many" })),
            Some(Failure::Unauthorized) => said(401, &json!({ "error": "signature" })),
            Some(Failure::Moved) => {
                let mut moved = said(302, &Value::Null)?;
                moved.headers_mut().insert("location", "https://elsewhere.example/messages");
                Ok(moved)
            }
            Some(Failure::Refused) => said(422, &json!({ "error": "no such text" })),
            Some(Failure::TimeoutNotSent) => Err(timeout()),
            Some(Failure::TimeoutSent) => self.take(request).and(Err(timeout())),
        }
    }

    fn take(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let now = self.now();
        let mut state = self.lock();
        let taken = match check::check(request, &state.gateways, now) {
            Ok(taken) => taken,
            Err((status, reason)) => {
                tracing::error!(reason, "a message that no gateway takes");
                return said(status, &json!({ "error": reason }));
            }
        };
        let outcome = Outcome::of(&taken.phone_number);
        if let Some((status, answer)) = outcome.refusal() {
            return said(status, &answer);
        }
        if let Some(before) = self.relayed().into_iter().find(|message| message.name == taken.name) {
            state.repeats += 1;
            return said(202, &json!({ "id": before.message_id }));
        }
        let message = Relayed { message_id: format!("SM{:08}", self.relayed.count() + 1), sent_at: now, ..taken };
        let answer = json!({ "id": message.message_id });
        let gateway = state.gateways.iter().find(|gateway| gateway.agency.as_str() == message.agency);
        if gateway.is_some_and(|it| it.reports) && (!state.tells_by_hand || outcome.is_fixed()) {
            state.results.push_back((message.name.clone(), outcome));
        }
        // A full disk is the neighbour's own trouble.
        if self.relayed.take(message).is_err() {
            return said(500, &json!({ "error": "disk" }));
        }
        said(202, &answer)
    }
}

fn said(status: u16, body: &Value) -> Result<HttpResponse, ConnectorError> {
    respond(status, body.to_string())
}

impl HttpConnector for Carrier {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.meet(&request))
    }
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Carrier")
    }
}

/// Connector to these gateways, and to anybody else over another.
#[derive(Clone, Debug)]
pub struct Before<W>(pub Carrier, pub W);

impl<W: HttpConnector> HttpConnector for Before<W> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(carrier, other) = self;
        if request.uri() == PATH { carrier.call(request) } else { other.call(request) }
    }
}
