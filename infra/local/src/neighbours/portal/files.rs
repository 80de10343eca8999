//! The files that simulated portals keep, each at an address of its own, and the odd ways in which a host may answer.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::http::HttpConnectorFuture;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};

/// The beginning of every address of a file.
const SCHEME: &str = "https://tep.";
/// Bytes of one piece of a file that never ends.
const PIECE: usize = 64 * 1024;

/// The way in which a host answers for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// With this content.
    Gives(Bytes),
    /// With a redirection to this address.
    Redirects(String),
    /// With this status.
    Says(u16),
    /// With bytes that never end.
    NeverEnds,
    /// Not at all.
    Hangs,
}

/// The files of every portal. Clones are the same.
#[derive(Clone, Default)]
pub struct Files {
    state: Arc<Mutex<State>>,
    served: Arc<AtomicU64>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Manner>,
    asked: u64,
    is_down: bool,
}

impl Files {
    /// Returns the host of a portal's files.
    #[must_use]
    pub fn host(portal: &str) -> String {
        format!("tep.{portal}.example")
    }

    /// Whether an address is one of these files'.
    #[must_use]
    pub fn is_own(address: &str) -> bool {
        let host = address.strip_prefix(SCHEME).and_then(|rest| rest.split('/').next());
        host.is_some_and(|host| host.ends_with(".example"))
    }

    /// Has a portal keep a file, and returns its address.
    pub fn keep(&self, portal: &str, content: impl Into<Bytes>) -> String {
        self.answering(portal, Manner::Gives(content.into()))
    }

    /// Has a portal answer in this manner for a file, and returns its address.
    pub fn answering(&self, portal: &str, manner: Manner) -> String {
        let mut state = self.lock();
        let address = format!("https://{}/tai-ve/{}", Self::host(portal), state.files.len() + 1);
        state.files.insert(address.clone(), manner);
        address
    }

    /// Has the host answer in another manner for this address.
    pub fn set(&self, address: &str, manner: Manner) {
        self.lock().files.insert(address.to_owned(), manner);
    }

    /// Lets all hosts be down, or up again.
    pub fn set_down(&self, is_down: bool) {
        self.lock().is_down = is_down;
    }

    /// Returns how often a file was asked for.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.lock().asked
    }

    /// Returns the bytes of files that never end, as far as they were taken.
    #[must_use]
    pub fn endless_bytes(&self) -> u64 {
        self.served.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request for a file.
    pub(super) fn answer(&self, request: &HttpRequest) -> HttpConnectorFuture {
        let mut state = self.lock();
        state.asked += 1;
        if state.is_down {
            return HttpConnectorFuture::ready(Err(ConnectorError::io("no connection".into())));
        }
        let (status, body, location) = match state.files.get(request.uri()) {
            None => (404, SdkBody::empty(), None),
            Some(Manner::Gives(content)) => (200, SdkBody::from(content.to_vec()), None),
            Some(Manner::Redirects(to)) => (302, SdkBody::empty(), Some(to.clone())),
            Some(Manner::Says(status)) => (*status, SdkBody::empty(), None),
            Some(Manner::NeverEnds) => (200, SdkBody::from_body_1_x(Endless(self.served.clone())), None),
            Some(Manner::Hangs) => return HttpConnectorFuture::new(std::future::pending()),
        };
        HttpConnectorFuture::ready(respond(status, body, location))
    }
}

fn respond(status: u16, body: SdkBody, location: Option<String>) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let mut response = HttpResponse::new(status, body);
    if let Some(location) = location {
        response.headers_mut().insert("location", location);
    }
    Ok(response)
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

/// A body without an end. It counts what is taken of it.
struct Endless(Arc<AtomicU64>);

impl Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.fetch_add(PIECE as u64, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; PIECE])))))
    }
}
