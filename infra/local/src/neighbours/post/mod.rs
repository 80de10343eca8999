//! Postal operators to give orders to: strict checkers of everything that an office sends them, and a postman who does as he is
//! told.

mod service;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use jiff::Timestamp;
use rules::config::Config;
use rules::post::State;
use serde_json::{Map, Value};

use super::answered::respond;
use super::portal::{Failure, Mood};
use crate::wire::faults::Faults;

use service::{Account, Service};
pub use service::{Ordered, Tally, code};

/// The beginning of the paths at which operators are called here, before an operator's id.
pub const PATH: &str = "/local/posts/";
/// Time that a slow operator takes.
const SLOWNESS: std::time::Duration = std::time::Duration::from_secs(3);
/// Bytes of the answer that is too long.
const HUGE: usize = 5 * 1024 * 1024;

/// Every operator that is given orders here. Clones are the same.
#[derive(Clone)]
pub struct Posts {
    time: SharedTimeSource,
    state: Arc<Mutex<BTreeMap<String, One>>>,
}

#[derive(Default)]
struct One {
    service: Service,
    failures: Option<Faults<Failure>>,
    mood: Mood,
}

impl Posts {
    /// Makes the operators that this configuration gives orders to.
    pub fn new(config: &Config, time: impl TimeSource + 'static) -> Self {
        let posts = Self { time: SharedTimeSource::new(time), state: Arc::default() };
        posts.configure(config);
        posts
    }

    /// Takes other entries; an operator that stays keeps what it knows.
    pub fn configure(&self, config: &Config) {
        let mut state = self.lock();
        for post in config.posts() {
            let Some(order) = &post.order else { continue };
            let secret =
                |it: &Option<rules::config::Password>| it.as_ref().map(|it| it.expose().to_owned()).unwrap_or_default();
            let account =
                Account { key: secret(&order.key), secret: secret(&order.secret), customer: order.customer.clone() };
            state.entry(post.id.clone()).or_default().service.account = account;
        }
    }

    /// Returns the ids of the operators.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.lock().keys().cloned().collect()
    }

    /// Returns the orders of an operator, by their numbers.
    #[must_use]
    pub fn orders(&self, operator: &str) -> Vec<Ordered> {
        self.lock().get(operator).map(|one| one.service.orders.values().cloned().collect()).unwrap_or_default()
    }

    /// Lets the postman do something with a parcel at a time; it stands in the feed from now on. `false` if the operator has no
    /// such order.
    pub fn act(&self, operator: &str, number: &str, state: State, at: Timestamp) -> bool {
        let now = self.now();
        self.lock().get_mut(operator).is_some_and(|one| one.service.act(number, state, at, now))
    }

    /// Puts a row into the feed that belongs to no order of the operator, or has a code of its own.
    pub fn tell(&self, operator: &str, number: &str, code: &str, at: Timestamp) {
        let now = self.now();
        if let Some(one) = self.lock().get_mut(operator) {
            let row = one.service.row(number, None, code, at, now);
            one.service.rows.push(row);
        }
    }

    /// Lets the feed begin anew with smaller ids, as after a move of the operator's database. Its rows stay.
    pub fn begin_feed_anew(&self, operator: &str) {
        if let Some(one) = self.lock().get_mut(operator) {
            for (place, row) in one.service.rows.iter_mut().enumerate() {
                row.insert("id".into(), Value::String(format!("{:024x}", place + 1)));
            }
        }
    }

    /// Returns what an operator was asked so far.
    #[must_use]
    pub fn tally(&self, operator: &str) -> Tally {
        self.lock().get(operator).map(|one| one.service.tally).unwrap_or_default()
    }

    /// Sets the failures of an operator from here on; calls are counted anew from 1.
    pub fn set_failures(&self, operator: &str, failures: Faults<Failure>) {
        if let Some(one) = self.lock().get_mut(operator) {
            one.failures = Some(failures);
        }
    }

    /// Gives an operator a mood.
    pub fn set_mood(&self, operator: &str, mood: Mood) {
        if let Some(one) = self.lock().get_mut(operator) {
            one.mood = mood;
        }
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
        let Some((operator, call)) = path.split_once('/') else { return respond(404, Vec::new()) };
        let now = self.now();
        let mut state = self.lock();
        let Some(one) = state.get_mut(operator) else { return respond(404, Vec::new()) };
        let failure = one.failures.as_mut().and_then(|failures| failures.next(|_| true));
        match (one.mood, failure) {
            (Mood::Down, _) | (_, Some(Failure::Unavailable)) => {
                one.service.tally.calls += 1;
                return respond(503, Vec::new());
            }
            (_, Some(Failure::TimeoutNotTaken)) => return Err(timeout()),
            (_, Some(Failure::Html)) => return respond(200, "<html><body>Bảo trì</body></html>"),
            (_, Some(Failure::Huge)) => return respond(200, vec![b' '; HUGE]),
            (_, Some(Failure::OtherTypes)) => return respond(200, br#"{"Status":["100"],"token":1}"#.to_vec()),
            (_, Some(Failure::Refused)) => {
                return respond(200, br#"{"Status":"99","Message":"Loi he thong"}"#.to_vec());
            }
            (_, Some(Failure::SessionGone)) => one.service.end_tokens(),
            (_, Some(Failure::Forgets)) => one.service.orders.clear(),
            (_, Some(Failure::TimeoutTaken) | None) => {}
        }
        if one.mood == Mood::ShutOut && call == "token" {
            return respond(200, br#"{"Status":"403","Message":"Sai khoa"}"#.to_vec());
        }
        let token = request.headers().get("authorization").unwrap_or_default();
        let token = token.strip_prefix("Bearer ").unwrap_or_default();
        let body = request.body().bytes().unwrap_or_default();
        let said = one.service.answer(call, token, body, now);
        if failure == Some(Failure::TimeoutTaken) {
            return Err(timeout());
        }
        respond(200, said.to_string().into_bytes())
    }
}

impl HttpConnector for Posts {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let operator = request.uri().strip_prefix(PATH).and_then(|path| path.split('/').next()).unwrap_or_default();
        let mood = self.lock().get(operator).map(|one| one.mood).unwrap_or_default();
        if mood != Mood::Slow {
            return HttpConnectorFuture::ready(self.meet(&request));
        }
        let posts = self.clone();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(SLOWNESS).await;
            posts.meet(&request)
        })
    }
}

impl fmt::Debug for Posts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Posts")
    }
}

/// Connector to these operators, and to anybody else over another.
#[derive(Clone, Debug)]
pub struct BeforePosts<W>(pub Posts, pub W);

impl<W: HttpConnector> HttpConnector for BeforePosts<W> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(posts, other) = self;
        if request.uri().starts_with(PATH) { posts.call(request) } else { other.call(request) }
    }
}

/// Fields of an order, for a page that shows them.
#[must_use]
pub fn shown(fields: &Map<String, Value>) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    fields.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}
