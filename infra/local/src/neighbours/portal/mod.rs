//! A portal to tell things to: a strict checker of everything that an office sends it.
//!
//! It knows the fields, types and lengths of `fields.rs` and the order of `order.rs`. It refuses what it does not know, and
//! keeps what it took, as citizens would see it. It shares no code with what writes the records.

mod failure;
mod fields;
mod files;
mod order;
mod service;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;
use rules::config::Config;
use serde_json::{Map, Value};

use crate::wire::faults::Faults;

pub use failure::{Failure, Mood};
pub use files::{Files, Manner};
use service::Service;
pub use service::{Account, Said};

/// The beginning of the paths at which portals are told here, before a portal's id.
pub const PATH: &str = "/local/portals/";
/// Time that a slow portal takes.
const SLOWNESS: std::time::Duration = std::time::Duration::from_secs(3);
/// Bytes of the answer that is too long.
const HUGE: usize = 5 * 1024 * 1024;

/// A dossier as the portal knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownDossier {
    /// The office that told it.
    pub unit: String,
    /// `HoSo`.
    pub dossier: Map<String, Value>,
    /// `TienTrinh`, oldest first.
    pub steps: Vec<Map<String, Value>>,
}

impl KnownDossier {
    /// Returns the states of its steps, in order.
    #[must_use]
    pub fn states(&self) -> Vec<String> {
        self.steps.iter().map(|step| order::text(step, "TrangThai").to_owned()).collect()
    }
}

/// Counts of what a portal was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls of every kind.
    pub calls: u64,
    /// Log-ins among them.
    pub log_ins: u64,
    /// Calls that it refused by its rules.
    pub refusals: u64,
    /// Records that it had already.
    pub repeats: u64,
}

/// Every portal that is told here. Clones are the same.
#[derive(Clone)]
pub struct Portals {
    time: SharedTimeSource,
    state: Arc<Mutex<BTreeMap<String, One>>>,
    files: Files,
}

struct One {
    service: Service,
    failures: Faults<Failure>,
    mood: Mood,
}

impl Portals {
    /// Makes the portals that this configuration tells.
    pub fn new(config: &Config, time: impl TimeSource + 'static) -> Self {
        let portals = Self { time: SharedTimeSource::new(time), state: Arc::default(), files: Files::default() };
        portals.configure(config);
        portals
    }

    /// Takes other entries; a portal that stays keeps what it knows.
    pub fn configure(&self, config: &Config) {
        let mut state = self.lock();
        for portal in config.portals() {
            let Some(tell) = &portal.tell else { continue };
            let account = Account {
                username: tell.username.clone(),
                password: tell.password.as_ref().map(|it| it.expose().to_owned()).unwrap_or_default(),
                service: tell.service.clone(),
                unit: tell.unit.clone(),
            };
            match state.get_mut(&portal.id) {
                Some(one) => one.service.account = account,
                None => {
                    let (service, mood) = (Service::new(account), Mood::default());
                    state.insert(portal.id.clone(), One { service, failures: Faults::none(), mood });
                }
            }
        }
    }

    /// Returns the files that portals keep.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Returns the ids of the portals.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Returns everything that a portal knows, by code.
    #[must_use]
    pub fn known(&self, portal: &str) -> BTreeMap<String, KnownDossier> {
        self.lock().get(portal).map(|one| one.service.known.clone()).unwrap_or_default()
    }

    /// Has a portal know a dossier as that of another office.
    pub fn claim(&self, portal: &str, code: &str, unit: &str) {
        let mut state = self.lock();
        if let Some(one) = state.get_mut(portal) {
            let known = one.service.known.entry(code.to_owned()).or_default();
            known.dossier.entry("MaHoSo").or_insert_with(|| Value::String(code.to_owned()));
            unit.clone_into(&mut known.unit);
        }
    }

    /// Returns what a portal was asked so far.
    #[must_use]
    pub fn tally(&self, portal: &str) -> Tally {
        self.lock().get(portal).map(|one| one.service.tally).unwrap_or_default()
    }

    /// Returns the codes of the dossiers whose steps a portal took, in the order in which the first of each came.
    #[must_use]
    pub fn order(&self, portal: &str) -> Vec<String> {
        self.lock().get(portal).map(|one| one.service.order.clone()).unwrap_or_default()
    }

    /// Sets the failures of a portal from here on; calls are counted anew from 1.
    pub fn set_failures(&self, portal: &str, failures: Faults<Failure>) {
        if let Some(one) = self.lock().get_mut(portal) {
            one.failures = failures;
        }
    }

    /// Gives a portal a mood.
    pub fn set_mood(&self, portal: &str, mood: Mood) {
        if let Some(one) = self.lock().get_mut(portal) {
            one.mood = mood;
        }
    }

    /// Returns the mood of a portal.
    #[must_use]
    pub fn mood(&self, portal: &str) -> Mood {
        self.lock().get(portal).map(|one| one.mood).unwrap_or_default()
    }

    /// Lets a portal show no steps when a dossier is looked up.
    pub fn hide_steps(&self, portal: &str) {
        if let Some(one) = self.lock().get_mut(portal) {
            one.service.hides_steps = true;
        }
    }

    /// Lets a portal forget everything.
    pub fn forget(&self, portal: &str) {
        if let Some(one) = self.lock().get_mut(portal) {
            one.service.known.clear();
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, One>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meet(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let timeout = || ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into());
        let path = request.uri().strip_prefix(PATH).unwrap_or_default();
        let Some((portal, call)) = path.split_once('/') else { return respond(404, Vec::new()) };
        let now = Timestamp::try_from(self.time.now()).unwrap_or(Timestamp::MAX);
        let mut state = self.lock();
        let Some(one) = state.get_mut(portal) else { return respond(404, Vec::new()) };
        let now = one.mood.clock(now);
        let failure = one.failures.next(|_| true);
        let body = request.body().bytes().unwrap_or_default();
        let destination = request.headers().get("dstcode").unwrap_or_default();
        match (one.mood, failure) {
            (Mood::Down, _) | (_, Some(Failure::Unavailable)) => {
                one.service.tally.calls += 1;
                return respond(503, Vec::new());
            }
            (_, Some(Failure::TimeoutNotTaken)) => return Err(timeout()),
            (_, Some(Failure::Html)) => {
                return respond(200, b"<html><body>B\xe1\xba\xa3o tr\xc3\xac</body></html>".to_vec());
            }
            (_, Some(Failure::Huge)) => return respond(200, vec![b' '; HUGE]),
            (_, Some(Failure::OtherTypes)) => return respond(200, br#"{"error_code":["0"],"session":1}"#.to_vec()),
            (_, Some(Failure::Refused)) => {
                return respond(200, br#"{"error_code":"99","message":"Loi he thong"}"#.to_vec());
            }
            (_, Some(Failure::SessionGone)) => one.service.end_sessions(),
            (_, Some(Failure::Forgets)) => one.service.known.clear(),
            (_, Some(Failure::TimeoutTaken) | None) => {}
        }
        let said = match (one.mood, call) {
            (Mood::ShutOut, "login") => Said::no("1", "Sai tên đăng nhập hoặc mật khẩu"),
            (Mood::Refusing, "DongBoHoSoMC") => Said::no("7", "Trường MaTTHC không có trong danh mục"),
            _ => one.service.answer(call, destination, body, now),
        };
        if failure == Some(Failure::TimeoutTaken) {
            return Err(timeout());
        }
        respond(200, said.0.to_string().into_bytes())
    }
}

fn respond(status: u16, body: Vec<u8>) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::user(error.into()))?;
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/json");
    Ok(response)
}

impl HttpConnector for Portals {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if Files::is_own(request.uri()) {
            return self.files.answer(&request);
        }
        let portal = request.uri().strip_prefix(PATH).and_then(|path| path.split('/').next()).unwrap_or_default();
        if self.mood(portal) != Mood::Slow {
            return HttpConnectorFuture::ready(self.meet(&request));
        }
        let portals = self.clone();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(SLOWNESS).await;
            portals.meet(&request)
        })
    }
}

impl fmt::Debug for Portals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Portals")
    }
}

/// Connector to these portals, and to anybody else over another.
#[derive(Clone, Debug)]
pub struct BeforePortals<W>(pub Portals, pub W);

impl<W: HttpConnector> HttpConnector for BeforePortals<W> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(portals, other) = self;
        let is_own = request.uri().starts_with(PATH) || Files::is_own(request.uri());
        if is_own { portals.call(request) } else { other.call(request) }
    }
}

/// One portal that is served by itself, for the adapters of others.
pub struct Alone(Mutex<Service>);

impl Alone {
    /// Makes one that lets this account in.
    #[must_use]
    pub fn new(account: Account) -> Self {
        Self(Mutex::new(Service::new(account)))
    }

    /// Answers one call.
    pub fn answer(&self, call: &str, destination: &str, body: &[u8], now: Timestamp) -> Value {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).answer(call, destination, body, now).0
    }
}

impl fmt::Debug for Alone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alone")
    }
}
