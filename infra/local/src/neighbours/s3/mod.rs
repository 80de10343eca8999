//! Amazon S3, for keeping scans only: PutObject and GetObject of whole objects, the service's XML for errors.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::rights::{self, Call};
use crate::wire::faults::Faults;
use shelf::{Name, Shelf};

mod client;
mod shelf;
#[cfg(test)]
mod tests;

pub use client::{client, real_time_client};

/// Header with a content's SHA-256, in base64.
const CHECKSUM: &str = "x-amz-checksum-sha256";

/// Failure of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// `SlowDown`, HTTP 503: later.
    SlowDown,
    /// `InternalError`, HTTP 500: later.
    InternalError,
    /// `AccessDenied`, HTTP 403: not with these rights.
    AccessDenied,
    /// The answer never came and nothing was stored.
    TimeoutNotStored,
    /// The answer never came but the object was stored.
    TimeoutStored,
}

impl Failure {
    /// Every failure, for walking them all.
    pub const ALL: [Self; 5] =
        [Self::SlowDown, Self::InternalError, Self::AccessDenied, Self::TimeoutNotStored, Self::TimeoutStored];
}

/// The neighbour: an HTTP client for `aws-sdk-s3`. Clones share everything.
#[derive(Clone)]
pub struct S3(Arc<Mutex<State>>);

struct State {
    shelf: Shelf,
    failures: Faults<Failure>,
    calls: u64,
}

/// A refusal: status, code, text.
type Refused = (u16, &'static str, &'static str);

impl S3 {
    /// Makes buckets that are forgotten with the process.
    #[must_use]
    pub fn memory() -> Self {
        Self::on(Shelf::memory())
    }

    /// Makes buckets that are folders in this one, which is made once something is stored.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self::on(Shelf::in_folder(folder.into()))
    }

    fn on(shelf: Shelf) -> Self {
        Self(Arc::new(Mutex::new(State { shelf, failures: Faults::none(), calls: 0 })))
    }

    /// Sets the failures from here on; calls are counted anew from 1.
    pub fn set_failures(&self, failures: Faults<Failure>) {
        self.lock().failures = failures;
    }

    /// Returns the calls that arrived, the SDK's retries included.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    /// Returns the stored objects, as `bucket/key`.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn objects(&self) -> io::Result<Vec<String>> {
        self.lock().shelf.names()
    }

    /// Replaces the content of an object, or removes it, without anything noticing.
    ///
    /// # Errors
    /// The folder cannot be written, or there is no such place.
    pub fn tamper(&self, object: &str, content: Option<&[u8]>) -> io::Result<()> {
        let name = Name::parse(object).ok_or(io::ErrorKind::InvalidInput)?;
        let shelf = &mut self.lock().shelf;
        match content {
            Some(content) => shelf.put(&name, content),
            None => shelf.remove(&name),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let denied = rights::role().and_then(|role| may(role, request).err());
        let mut state = self.lock();
        state.calls += 1;
        if let Some(denied) = denied {
            tracing::error!(%denied, "a call that the template does not allow");
            return refuse((403, "AccessDenied", "Access Denied"));
        }
        let timeout = || ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into());
        match state.failures.next(|_| true) {
            None => state.meet(request),
            Some(Failure::SlowDown) => refuse((503, "SlowDown", "Please reduce your request rate.")),
            Some(Failure::InternalError) => refuse(INTERNAL),
            Some(Failure::AccessDenied) => refuse((403, "AccessDenied", "Access Denied")),
            Some(Failure::TimeoutNotStored) => Err(timeout()),
            Some(Failure::TimeoutStored) => state.meet(request).and(Err(timeout())),
        }
    }
}

const INTERNAL: Refused = (500, "InternalError", "We encountered an internal error. Please try again.");

impl State {
    fn meet(&mut self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let Some(name) = Name::of_uri(request.uri()) else {
            return refuse((400, "InvalidURI", "Could not parse the specified URI."));
        };
        match request.method() {
            "PUT" => self.put(&name, request),
            "GET" => self.read(&name),
            _ => refuse((405, "MethodNotAllowed", "The specified method is not allowed against this resource.")),
        }
    }

    fn put(&mut self, name: &Name, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let content = request.body().bytes().ok_or_else(|| ConnectorError::user("a streaming body".into()))?;
        let checksum = checksum(content);
        if request.headers().get(CHECKSUM).is_some_and(|sent| sent != checksum) {
            return refuse((400, "BadDigest", "The SHA256 you specified did not match the calculated checksum."));
        }
        // A full disk is the neighbour's own trouble.
        if self.shelf.put(name, content).is_err() {
            return refuse(INTERNAL);
        }
        respond(200, SdkBody::empty(), &[(CHECKSUM, checksum)])
    }

    fn read(&self, name: &Name) -> Result<HttpResponse, ConnectorError> {
        match self.shelf.read(name) {
            Ok(Some(content)) => {
                let headers = [(CHECKSUM, checksum(&content)), ("content-length", content.len().to_string())];
                respond(200, SdkBody::from(content), &headers)
            }
            Ok(None) if may_list() => refuse((404, "NoSuchKey", "The specified key does not exist.")),
            Ok(None) => refuse((403, "AccessDenied", "Access Denied")),
            Err(_) => refuse(INTERNAL),
        }
    }
}

/// The parts of a bucket to which a function may have a right alone.
const PARTS: [(&str, &str); 2] = [("notices", "${Papers.Arn}/notices/*"), ("receipts", "${Papers.Arn}/receipts/*")];

/// Holds a call against the policy of the function that makes it. Whoever has all objects has those of a part too.
fn may(role: &str, request: &HttpRequest) -> Result<(), rights::Denied> {
    let action = if request.method() == "PUT" { "s3:PutObject" } else { "s3:GetObject" };
    let name = Name::of_uri(request.uri());
    let part = PARTS.iter().find(|(part, _)| name.as_ref().is_some_and(|name| name.is_below(part)));
    let allowed = rights::allow(role, &Call::on(action, "${Papers.Arn}/*"));
    match part {
        Some((_, part)) => allowed.or_else(|_| rights::allow(role, &Call::on(action, part))),
        None => allowed,
    }
}

/// Whether the caller may be told that there is no such object, which S3 lets only those know who may list the bucket.
fn may_list() -> bool {
    rights::role().is_none_or(|role| rights::allow(role, &Call::on("s3:ListBucket", "Papers.Arn")).is_ok())
}

fn checksum(content: &[u8]) -> String {
    BASE64.encode(&Sha256::digest(content))
}

fn refuse((status, code, message): Refused) -> Result<HttpResponse, ConnectorError> {
    let xml = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
    respond(status, SdkBody::from(xml), &[("content-type", "application/xml".to_owned())])
}

fn respond(status: u16, body: SdkBody, headers: &[(&'static str, String)]) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let mut response = HttpResponse::new(status, body);
    for (name, value) in headers {
        response.headers_mut().insert(*name, value.clone());
    }
    Ok(response)
}

impl HttpConnector for S3 {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(self.answer(&request))
    }
}

impl HttpClient for S3 {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("S3")
    }
}
