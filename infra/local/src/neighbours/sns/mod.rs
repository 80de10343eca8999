//! Amazon SNS, for sending an SMS only: the query form in, the service's XML out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
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
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::outbox::{CapturedMessage, Outbox};
use crate::rights::{self, Call};
use crate::wire::faults::Faults;
use rules::language::Both;

mod client;
#[cfg(test)]
mod tests;

pub use client::{client, client_through, real_time_client, unsigned_client};

/// The most characters that the service takes in one Publish to a phone.
const TEXT_LIMIT: usize = 1600;
const NAMESPACE: &str = "http://sns.amazonaws.com/doc/2010-03-31/";

/// Failure of a Publish. Only those whose names end in `Sent` without `Not` let the message out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// `Throttling`, HTTP 400: later.
    Throttled,
    /// `InternalError`, HTTP 500: later.
    InternalError,
    /// `InvalidParameter`, HTTP 400: never with these values.
    InvalidParameter,
    /// `OptedOut`, HTTP 400: the person asked for no more messages.
    OptedOut,
    /// The answer never came and the message was not sent.
    TimeoutNotSent,
    /// The answer never came but the message was sent.
    TimeoutSent,
    /// The connection broke before the message was taken.
    ResetNotSent,
    /// The connection broke after the message was sent.
    ResetSent,
    /// `InternalError`, HTTP 500, although the message was sent.
    InternalErrorSent,
}

/// Numbers that always fail in the same way.
pub const OUTCOMES: [(&str, Failure, Both); 3] = [
    ("+84900000001", Failure::OptedOut, ["người nhận từ chối tin nhắn", "the receiver opted out"]),
    ("+84900000002", Failure::InvalidParameter, ["dịch vụ không nhận số này", "the service does not take this number"]),
    ("+84900000003", Failure::Throttled, ["dịch vụ bận, gửi lại sau", "the service is busy, tried again later"]),
];

impl Failure {
    /// Every failure, for walking them all.
    pub const ALL: [Self; 9] = [
        Self::Throttled,
        Self::InternalError,
        Self::InvalidParameter,
        Self::OptedOut,
        Self::TimeoutNotSent,
        Self::TimeoutSent,
        Self::ResetNotSent,
        Self::ResetSent,
        Self::InternalErrorSent,
    ];
}

/// The neighbour: an HTTP client for `aws-sdk-sns`. Clones share everything.
#[derive(Clone)]
pub struct Sns {
    inner: Arc<Inner>,
}

struct Inner {
    outbox: Outbox,
    time: SharedTimeSource,
    state: Mutex<State>,
}

struct State {
    failures: Faults<Failure>,
    opted_out: BTreeSet<String>,
    calls: u64,
}

/// A refusal: status, code, text.
type Refused = (u16, &'static str, &'static str);

impl Sns {
    /// Makes a neighbour that stamps messages from `time` and puts them into `outbox`.
    pub fn new(outbox: Outbox, time: impl TimeSource + 'static) -> Self {
        let state = State { failures: Faults::none(), opted_out: BTreeSet::new(), calls: 0 };
        let time = SharedTimeSource::new(time);
        Self { inner: Arc::new(Inner { outbox, time, state: Mutex::new(state) }) }
    }

    /// Returns the messages taken.
    pub fn outbox(&self) -> &Outbox {
        &self.inner.outbox
    }

    /// Sets the failures from here on; calls are counted anew from 1.
    pub fn set_failures(&self, failures: Faults<Failure>) {
        self.lock().failures = failures;
    }

    /// Refuses every further message to this number, as after a STOP.
    pub fn opt_out(&self, phone_number: &str) {
        self.lock().opted_out.insert(phone_number.to_owned());
    }

    /// Returns the calls that arrived, the SDK's retries included.
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn publish(
        self,
        form: Result<BTreeMap<String, String>, ConnectorError>,
    ) -> Result<HttpResponse, ConnectorError> {
        let form = form?;
        let (failure, call, yields) = {
            let mut state = self.lock();
            state.calls += 1;
            (state.failures.next(|_| true), state.calls, state.failures.yields())
        };
        for _ in 0..yields.0 {
            tokio::task::yield_now().await;
        }
        let outcome = self.meet(failure, call, &form);
        for _ in 0..yields.1 {
            tokio::task::yield_now().await;
        }
        outcome
    }

    fn meet(
        &self,
        failure: Option<Failure>,
        call: u64,
        form: &BTreeMap<String, String>,
    ) -> Result<HttpResponse, ConnectorError> {
        let timeout = || ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into());
        let reset = || ConnectorError::io(io::Error::from(io::ErrorKind::ConnectionReset).into());
        let to = form.get("PhoneNumber").map_or("", String::as_str);
        let always = OUTCOMES.iter().find(|(number, ..)| *number == to).map(|(_, failure, _)| *failure);
        match always.or(failure) {
            None => self.accept(call, form),
            Some(Failure::Throttled) => refuse((400, "Throttling", "Rate exceeded"), call),
            Some(Failure::InternalError) => refuse(BROKEN, call),
            Some(Failure::InvalidParameter) => refuse(INVALID_PHONE, call),
            Some(Failure::OptedOut) => refuse(OPTED_OUT, call),
            Some(Failure::TimeoutNotSent) => Err(timeout()),
            Some(Failure::TimeoutSent) => self.accept(call, form).and(Err(timeout())),
            Some(Failure::ResetNotSent) => Err(reset()),
            Some(Failure::ResetSent) => self.accept(call, form).and(Err(reset())),
            Some(Failure::InternalErrorSent) => self.accept(call, form).and(refuse(BROKEN, call)),
        }
    }

    fn accept(&self, call: u64, form: &BTreeMap<String, String>) -> Result<HttpResponse, ConnectorError> {
        let (phone_number, text) = match self.check(form) {
            Ok(accepted) => accepted,
            Err(refused) => return refuse(refused, call),
        };
        let message_id = uuid_of(self.inner.outbox.count(), phone_number, text);
        let message = CapturedMessage {
            message_id: message_id.clone(),
            phone_number: phone_number.to_owned(),
            text: text.to_owned(),
            attributes: attributes_of(form),
            sent_at: Timestamp::try_from(self.inner.time.now()).unwrap_or(Timestamp::MAX),
        };
        // A full disk is the neighbour's own trouble.
        if self.inner.outbox.take(message).is_err() {
            return refuse(BROKEN, call);
        }
        let result = format!("<PublishResult><MessageId>{message_id}</MessageId></PublishResult>");
        let metadata = format!("<ResponseMetadata><RequestId>{}</RequestId></ResponseMetadata>", request_id(call));
        respond(200, format!("<PublishResponse xmlns=\"{NAMESPACE}\">{result}{metadata}</PublishResponse>"))
    }

    /// Whether the function that publishes may do so, to a telephone number or to the topic that it names.
    fn is_allowed(form: &BTreeMap<String, String>) -> bool {
        let target = ["TopicArn", "TargetArn"].iter().find_map(|name| form.get(*name));
        let resource = target.map_or("a telephone number", |_| "arn:${AWS::Partition}:sns:*:*:*");
        let denied = rights::role().and_then(|role| rights::allow(role, &Call::on("sns:Publish", resource)).err());
        if let Some(denied) = &denied {
            tracing::error!(%denied, "a call that the template does not allow");
        }
        denied.is_none()
    }

    fn check<'a>(&self, form: &'a BTreeMap<String, String>) -> Result<(&'a str, &'a str), Refused> {
        let field = |name: &str| form.get(name).map_or("", String::as_str);
        if field("Action") != "Publish" {
            return Err((400, "InvalidAction", "The action is not valid for this endpoint."));
        }
        if !Self::is_allowed(form) {
            return Err((403, "AuthorizationError", "The function is not authorized to perform sns:Publish"));
        }
        let (phone_number, text) = (field("PhoneNumber"), field("Message"));
        if text.trim().is_empty() {
            return Err((400, "InvalidParameter", "Invalid parameter: Empty message"));
        }
        if text.chars().count() > TEXT_LIMIT {
            return Err((400, "InvalidParameter", "Invalid parameter: Message too long"));
        }
        if !is_e164(phone_number) {
            return Err(INVALID_PHONE);
        }
        if attributes_of(form).iter().any(|(name, value)| !is_attribute(name, value)) {
            return Err(INVALID_ATTRIBUTE);
        }
        if self.lock().opted_out.contains(phone_number) {
            return Err(OPTED_OUT);
        }
        Ok((phone_number, text))
    }
}

const BROKEN: Refused = (500, "InternalError", "Internal error");
const INVALID_ATTRIBUTE: Refused = (400, "InvalidParameter", "Invalid parameter: MessageAttributes");
const INVALID_PHONE: Refused = (400, "InvalidParameter", "Invalid parameter: PhoneNumber");
const OPTED_OUT: Refused = (400, "OptedOut", "The phone number has opted out of receiving SMS messages");

/// Whether it is `+`, then 8 to 15 digits of which the first is not 0.
fn is_e164(phone_number: &str) -> bool {
    phone_number.strip_prefix('+').is_some_and(|digits| {
        (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    })
}

/// Whether an SMS takes this attribute. The service cuts or replaces a wrong sender id in silence; here it is refused.
fn is_attribute(name: &str, value: &str) -> bool {
    match name {
        "AWS.SNS.SMS.SenderID" => {
            (1..=11).contains(&value.len())
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        }
        "AWS.SNS.SMS.SMSType" => ["Transactional", "Promotional"].contains(&value),
        "AWS.SNS.SMS.MaxPrice" => {
            value.split('.').count() <= 2
                && value.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        }
        _ => false,
    }
}

/// Reads `MessageAttributes.entry.N.Name` with its `.Value.StringValue`.
fn attributes_of(form: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let attribute = |(key, name): (&String, &String)| {
        let entry = key.strip_prefix("MessageAttributes.entry.")?.strip_suffix(".Name")?;
        let value = form.get(&format!("MessageAttributes.entry.{entry}.Value.StringValue"))?;
        Some((name.clone(), value.clone()))
    };
    form.iter().filter_map(attribute).collect()
}

fn refuse((status, code, message): Refused, call: u64) -> Result<HttpResponse, ConnectorError> {
    let blame = if status >= 500 { "Receiver" } else { "Sender" };
    let error = format!("<Error><Type>{blame}</Type><Code>{code}</Code><Message>{message}</Message></Error>");
    let id = request_id(call);
    respond(status, format!("<ErrorResponse xmlns=\"{NAMESPACE}\">{error}<RequestId>{id}</RequestId></ErrorResponse>"))
}

fn respond(status: u16, xml: String) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let mut response = HttpResponse::new(status, SdkBody::from(xml));
    response.headers_mut().insert("content-type", "text/xml");
    Ok(response)
}

fn request_id(call: u64) -> String {
    format!("00000000-0000-4000-8000-{call:012}")
}

/// Returns the same id in every run for the same message in the same place of the outbox.
fn uuid_of(place: usize, phone_number: &str, text: &str) -> String {
    let hex = HEXLOWER.encode(&Sha256::digest(format!("{place}\n{phone_number}\n{text}"))[..16]);
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}

fn form_of(request: &HttpRequest) -> Result<BTreeMap<String, String>, ConnectorError> {
    let body = request.body().bytes().ok_or_else(|| ConnectorError::user("a streaming body".into()))?;
    Ok(form_urlencoded::parse(body).into_owned().collect())
}

impl HttpConnector for Sns {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let form = form_of(&request);
        HttpConnectorFuture::new_boxed(Box::pin(self.clone().publish(form)))
    }
}

impl HttpClient for Sns {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl fmt::Debug for Sns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sns")
    }
}
