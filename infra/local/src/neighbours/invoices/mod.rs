//! Providers of electronic receipts: strict checkers of everything that an office has them issue. They share no code with what
//! writes the calls.

mod check;
mod service;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use jiff::Timestamp;
use rules::config::{Config, Password};

use crate::wire::faults::Faults;

use super::answered::respond;
use service::{Account, Said, Service};
pub use service::{Invoice, Tally};

/// The beginning of the paths at which providers are called here, before a provider's id.
pub const PATH: &str = "/local/invoices/";
/// Time that a slow provider takes.
const SLOWNESS: std::time::Duration = std::time::Duration::from_secs(3);

/// Failure of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// 503: later.
    Unavailable,
    /// No answer came, and nothing was done.
    NotTaken,
    /// No answer came, but it was done.
    Taken,
    /// No answer came, and it is done a minute later.
    Late,
    /// 200 with a page in HTML; nothing was done.
    Html,
    /// 200 with fields of other types; it was done.
    OtherTypes,
    /// All tokens are over.
    TokenGone,
}

impl Failure {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Unavailable, Self::NotTaken, Self::Taken, Self::Late, Self::Html, Self::OtherTypes, Self::TokenGone];
}

/// Mood of a provider until it is given another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// It works.
    #[default]
    Well,
    /// It answers after some seconds.
    Slow,
    /// It answers nobody.
    Down,
    /// It lets nobody log in.
    ShutOut,
    /// It refuses to issue anything.
    Refusing,
    /// It issues, and its answer is lost.
    Losing,
    /// It issues a minute after the call was given up.
    Late,
}

impl Mood {
    /// All of them, each with its name and its words.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Well, "well", "Hoạt động bình thường"),
        (Self::Slow, "slow", "Chậm vài giây"),
        (Self::Down, "down", "Ngừng hoạt động"),
        (Self::ShutOut, "shut-out", "Không cho đăng nhập"),
        (Self::Refusing, "refusing", "Từ chối lập biên lai"),
        (Self::Losing, "losing", "Lập xong thì mất câu trả lời"),
        (Self::Late, "late", "Lập muộn một phút, không trả lời"),
    ];
}

/// Every provider that is asked here. Clones are the same.
#[derive(Clone)]
pub struct Invoices {
    time: SharedTimeSource,
    state: Arc<Mutex<BTreeMap<String, One>>>,
}

#[derive(Default)]
struct One {
    service: Service,
    failures: Option<Faults<Failure>>,
    mood: Mood,
}

impl Invoices {
    /// Makes the providers that this configuration names.
    pub fn new(config: &Config, time: impl TimeSource + 'static) -> Self {
        let invoices = Self { time: SharedTimeSource::new(time), state: Arc::default() };
        invoices.configure(config);
        invoices
    }

    /// Takes other entries; a provider that stays keeps what it issued.
    pub fn configure(&self, config: &Config) {
        let mut state = self.lock();
        for provider in config.receipt_providers() {
            let secret = |it: &Option<Password>| it.as_ref().map(|it| it.expose().to_owned()).unwrap_or_default();
            let account = Account {
                username: secret(&provider.username),
                password: secret(&provider.password),
                tax_code: provider.tax_code.clone(),
                letters: provider.letters.clone(),
            };
            state.entry(provider.id.clone()).or_default().service.account = account;
        }
    }

    /// Returns the ids of the providers.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Returns what a provider issued, in the order in which it did.
    #[must_use]
    pub fn issued(&self, provider: &str) -> Vec<Invoice> {
        let now = self.now();
        let mut state = self.lock();
        let Some(one) = state.get_mut(provider) else { return Vec::new() };
        one.service.settle(now);
        one.service.invoices.clone()
    }

    /// Returns what a provider was asked so far.
    #[must_use]
    pub fn tally(&self, provider: &str) -> Tally {
        self.lock().get(provider).map(|one| one.service.tally.clone()).unwrap_or_default()
    }

    /// Sets the failures of a provider from here on; calls are counted anew from 1.
    pub fn set_failures(&self, provider: &str, failures: Faults<Failure>) {
        if let Some(one) = self.lock().get_mut(provider) {
            one.failures = Some(failures);
        }
    }

    /// Gives a provider a mood.
    pub fn set_mood(&self, provider: &str, mood: Mood) {
        if let Some(one) = self.lock().get_mut(provider) {
            one.mood = mood;
        }
    }

    /// Returns a provider's mood.
    #[must_use]
    pub fn mood(&self, provider: &str) -> Mood {
        self.lock().get(provider).map(|one| one.mood).unwrap_or_default()
    }

    fn now(&self) -> Timestamp {
        Timestamp::try_from(self.time.now()).unwrap_or(Timestamp::MAX)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, One>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meet(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let timeout = || ConnectorError::timeout(io::Error::from(io::ErrorKind::TimedOut).into());
        let path = request.uri().strip_prefix(PATH).unwrap_or_default();
        let Some((provider, call)) = path.split_once('/') else { return respond(404, Vec::new()) };
        let now = self.now();
        let mut state = self.lock();
        let Some(one) = state.get_mut(provider) else { return respond(404, Vec::new()) };
        one.service.settle(now);
        let creates = call.contains("/createInvoice/");
        let failure = one.failures.as_mut().and_then(|failures| failures.next(|_| true));
        let failure = match one.mood {
            Mood::Losing if creates => Some(Failure::Taken),
            Mood::Late if creates => Some(Failure::Late),
            _ => failure,
        };
        match (one.mood, failure) {
            (Mood::Down, _) | (_, Some(Failure::Unavailable)) => {
                one.service.tally.calls += 1;
                return respond(503, Vec::new());
            }
            (_, Some(Failure::NotTaken)) => return Err(timeout()),
            (_, Some(Failure::Html)) => return respond(200, "<html><body>Bảo trì</body></html>"),
            (_, Some(Failure::TokenGone)) => one.service.end_tokens(),
            (_, Some(Failure::Taken | Failure::OtherTypes | Failure::Late) | None) => {}
        }
        if one.mood == Mood::ShutOut && call == "auth/login" {
            return said(&Said::refused("BAD_CREDENTIALS"));
        }
        if one.mood == Mood::Refusing && creates {
            return said(&Said::refused("INVOICE_SERIAL_NOT_FOUND"));
        }
        let cookie = request.headers().get("cookie").unwrap_or_default();
        let token = cookie.strip_prefix("access_token=").unwrap_or_default().to_owned();
        let body = request.body().bytes().unwrap_or_default().to_vec();
        if failure == Some(Failure::Late) {
            one.service.do_later(call, &token, &body, now);
            return Err(timeout());
        }
        let answer = one.service.answer(call, &token, &body, now);
        match failure {
            Some(Failure::Taken) => Err(timeout()),
            Some(Failure::OtherTypes) => respond(200, br#"{"errorCode":null,"result":{"invoiceNo":["?"]}}"#.to_vec()),
            _ => said(&answer),
        }
    }
}

fn said(said: &Said) -> Result<HttpResponse, ConnectorError> {
    respond(said.status, said.body.to_string().into_bytes())
}

impl HttpConnector for Invoices {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let provider = request.uri().strip_prefix(PATH).and_then(|path| path.split('/').next()).unwrap_or_default();
        if self.mood(provider) != Mood::Slow {
            return HttpConnectorFuture::ready(self.meet(&request));
        }
        let invoices = self.clone();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(SLOWNESS).await;
            invoices.meet(&request)
        })
    }
}

impl fmt::Debug for Invoices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invoices")
    }
}

/// Connector to these providers, and to anybody else over another.
#[derive(Clone, Debug)]
pub struct BeforeInvoices<W>(pub Invoices, pub W);

impl<W: HttpConnector> HttpConnector for BeforeInvoices<W> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(invoices, other) = self;
        if request.uri().starts_with(PATH) { invoices.call(request) } else { other.call(request) }
    }
}
