//! Amazon SES, for sending a raw message only: JSON in, JSON out, and the events about it.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::outbox::Outbox;
use crate::folder::FolderError;
use crate::rights::{self, Call};
use crate::wire::faults::Faults;

mod check;
mod client;
mod hand;
mod outcome;
#[cfg(test)]
mod tests;

pub use client::{client, real_time_client};
pub use outcome::{OUTCOMES, Outcome, SIMULATOR};

/// The file of a data folder that holds one letter a line.
pub const MAILS_FILE: &str = "mails.jsonl";
/// The topic that the events are published to.
pub const TOPIC: &str = "arn:aws:sns:ap-southeast-1:000000000000:receipts";
const PATH: &str = "/v2/email/outbound-emails";

/// Failure of a call. Only [`Failure::TimeoutSent`] lets the letter out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// `TooManyRequestsException`, HTTP 429: later.
    Throttled,
    /// `SendingPausedException`, HTTP 400: about the account, so later.
    Paused,
    /// `InternalServiceErrorException`, HTTP 500: later.
    InternalError,
    /// `MessageRejected`, HTTP 400: never this letter.
    Rejected,
    /// The answer never came and the letter was not sent.
    TimeoutNotSent,
    /// The answer never came but the letter was sent.
    TimeoutSent,
}

impl Failure {
    /// Every failure, for walking them all.
    pub const ALL: [Self; 6] =
        [Self::Throttled, Self::Paused, Self::InternalError, Self::Rejected, Self::TimeoutNotSent, Self::TimeoutSent];
}

/// One letter as the neighbour took it. `Debug` shows neither address nor content.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedMail {
    /// The id that the sender was given.
    pub message_id: String,
    /// The sender's address.
    pub from: String,
    /// The receiver's address.
    pub to: String,
    /// The whole message, as it goes over the wire.
    pub raw: String,
    /// The configuration set; without one nothing is told of the letter.
    pub set: Option<String>,
    /// The tags.
    pub tags: Vec<(String, String)>,
    /// When it was taken.
    pub sent_at: Timestamp,
}

impl fmt::Debug for CapturedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CapturedMail").field("message_id", &self.message_id).finish_non_exhaustive()
    }
}

/// The neighbour: an HTTP client for `aws-sdk-sesv2`. Clones share everything.
#[derive(Clone)]
pub struct Ses {
    inner: Arc<Inner>,
}

struct Inner {
    mails: Outbox<CapturedMail>,
    time: SharedTimeSource,
    state: Mutex<State>,
}

struct State {
    failures: Faults<Failure>,
    events: VecDeque<Value>,
    tells_by_hand: bool,
    calls: u64,
}

/// A refusal: status, code.
type Refused = (u16, &'static str);

impl Ses {
    /// Makes a neighbour that forgets everything with the process.
    pub fn memory(time: impl TimeSource + 'static) -> Self {
        Self::new(Outbox::memory(), time)
    }

    /// Makes one that keeps its letters in a data folder.
    ///
    /// # Errors
    /// The folder or file cannot be written or read.
    pub fn in_folder(folder: &Path, time: impl TimeSource + 'static) -> Result<Self, FolderError> {
        Ok(Self::new(Outbox::file(folder, MAILS_FILE)?, time))
    }

    fn new(mails: Outbox<CapturedMail>, time: impl TimeSource + 'static) -> Self {
        let state = State { failures: Faults::none(), events: VecDeque::new(), tells_by_hand: false, calls: 0 };
        let time = SharedTimeSource::new(time);
        Self { inner: Arc::new(Inner { mails, time, state: Mutex::new(state) }) }
    }

    /// Returns the letters taken.
    pub fn mails(&self) -> Vec<CapturedMail> {
        self.inner.mails.messages()
    }

    /// Sets the failures from here on; calls are counted anew from 1.
    pub fn set_failures(&self, failures: Faults<Failure>) {
        self.lock().failures = failures;
    }

    /// Returns the calls that arrived, the SDK's retries included.
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    /// Takes the next event out of the topic, as SNS hands it to a function.
    pub fn next_event(&self) -> Option<Value> {
        let event = self.lock().events.pop_front()?;
        let notification = json!({ "Type": "Notification", "TopicArn": TOPIC, "Message": event.to_string() });
        Some(json!({ "Records": [{ "EventSource": "aws:sns", "EventVersion": "1.0", "Sns": notification }] }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(self, body: Result<Value, ConnectorError>) -> Result<HttpResponse, ConnectorError> {
        let body = body?;
        let (failure, yields) = {
            let mut state = self.lock();
            state.calls += 1;
            (state.failures.next(|_| true), state.failures.yields())
        };
        for _ in 0..yields.0 {
            tokio::task::yield_now().await;
        }
        let outcome = self.meet(failure, &body);
        for _ in 0..yields.1 {
            tokio::task::yield_now().await;
        }
        outcome
    }

    fn meet(&self, failure: Option<Failure>, body: &Value) -> Result<HttpResponse, ConnectorError> {
        let timeout = || ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into());
        match failure {
            None => self.accept(body),
            Some(Failure::Throttled) => refuse((429, "TooManyRequestsException")),
            Some(Failure::Paused) => refuse((400, "SendingPausedException")),
            Some(Failure::InternalError) => refuse((500, "InternalServiceErrorException")),
            Some(Failure::Rejected) => refuse((400, "MessageRejected")),
            Some(Failure::TimeoutNotSent) => Err(timeout()),
            Some(Failure::TimeoutSent) => self.accept(body).and(Err(timeout())),
        }
    }

    fn accept(&self, body: &Value) -> Result<HttpResponse, ConnectorError> {
        if !is_allowed() {
            return refuse((403, "AccessDeniedException"));
        }
        let taken = match check::check(body) {
            Ok(taken) => taken,
            Err(reason) => {
                tracing::error!(reason, "a letter that the service does not take");
                return refuse((400, "BadRequestException"));
            }
        };
        let outcome = Outcome::of(&taken.to);
        if outcome == Outcome::Refused {
            return refuse((400, "MessageRejected"));
        }
        let now = Timestamp::try_from(self.inner.time.now()).unwrap_or(Timestamp::MAX);
        let mail = CapturedMail {
            message_id: format!("0100{:012x}-local", self.inner.mails.count()),
            from: taken.from,
            to: taken.to,
            raw: String::from_utf8_lossy(&taken.raw).into_owned(),
            set: taken.set,
            tags: taken.tags,
            sent_at: now,
        };
        let by_itself = !self.tells_by_hand() || Outcome::is_fixed(&mail.to);
        let event = mail.set.as_ref().filter(|_| by_itself).and_then(|_| outcome.event(&mail, now));
        let answer = json!({ "MessageId": mail.message_id }).to_string();
        // A full disk is the neighbour's own trouble.
        if self.inner.mails.take(mail).is_err() {
            return refuse((500, "InternalServiceErrorException"));
        }
        self.lock().events.extend(event);
        respond(200, None, answer)
    }
}

/// Whether the function that sends may do so. The service asks for both rights when the message is raw.
fn is_allowed() -> bool {
    const IDENTITY: &str = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*";
    let Some(role) = rights::role() else { return true };
    ["ses:SendEmail", "ses:SendRawEmail"].iter().all(|action| {
        let allowed = rights::allow(role, &Call::on(action, IDENTITY));
        if let Err(denied) = &allowed {
            tracing::error!(%denied, "a call that the template does not allow");
        }
        allowed.is_ok()
    })
}

fn refuse((status, code): Refused) -> Result<HttpResponse, ConnectorError> {
    respond(status, Some(code), json!({ "message": code }).to_string())
}

fn respond(status: u16, error: Option<&'static str>, body: String) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/json");
    if let Some(error) = error {
        response.headers_mut().insert("x-amzn-errortype", error);
    }
    Ok(response)
}

fn body_of(request: &HttpRequest) -> Result<Value, ConnectorError> {
    let path = http::Uri::try_from(request.uri()).map_err(|error| ConnectorError::user(error.into()))?;
    if path.path() != PATH || request.method() != "POST" {
        return Err(ConnectorError::user("no operation of the neighbour".into()));
    }
    let bytes = request.body().bytes().ok_or_else(|| ConnectorError::user("a streaming body".into()))?;
    serde_json::from_slice(bytes).map_err(|error| ConnectorError::user(error.into()))
}

impl HttpConnector for Ses {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = body_of(&request);
        HttpConnectorFuture::new_boxed(Box::pin(self.clone().send(body)))
    }
}

impl HttpClient for Ses {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl fmt::Debug for Ses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ses")
    }
}
