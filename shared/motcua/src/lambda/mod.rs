//! Life of a function on Lambda: clients and configuration in init, then one event after another.
//!
//! The configuration is read anew every five minutes, beside the event of that moment. If it cannot be read, the old
//! one stays in force, and `configuration refresh failed` is logged, which raises an alarm.

mod answer;
mod guard;
mod secrets;
#[cfg(test)]
mod tests;

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lambda_http::{Adapter, Service};
pub use lambda_runtime::Error;
use lambda_runtime::{Context, LambdaEvent, service_fn};
use rules::http::{Reply, Request, Response, respond};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::aws::Aws;
use crate::site::{LiveSite, Site};
use crate::store::Store;
use answer::Answer;
use guard::Guarded;
pub use guard::request;
use secrets::Secrets;

/// A handler at work on one request.
pub type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Age at which a configuration is read anew.
const BELIEVED_FOR: SignedDuration = SignedDuration::from_mins(5);
/// Time from a failed reading to the next try.
const TRY_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(1);
/// The longest time an event waits for the reading beside it.
const REFRESH_LIMIT: Duration = Duration::from_secs(2);
/// The part of a function's time that is left to finish what was begun.
const RESERVE: SignedDuration = SignedDuration::from_secs(20);

/// One event's place in time.
#[derive(Clone, Copy, Debug)]
pub struct Invocation {
    /// The time the event reached us.
    pub now: Timestamp,
    deadline: Timestamp,
}

impl Invocation {
    /// Whether there is time to begin something more.
    #[must_use]
    pub fn has_time_left(&self) -> bool {
        clock() + RESERVE < self.deadline
    }
}

/// Serves HTTP API events until the environment is taken down.
///
/// # Errors
/// Anything that keeps the function from starting: a missing variable, or a configuration that is wrong as a whole.
pub async fn serve(
    handle: impl Fn(Arc<Site>, Request, Timestamp) -> Answering + Send + Sync + 'static,
) -> Result<(), Error> {
    Box::pin(serve_with(|_| (), move |site, _, request, now| handle(site, request, now))).await
}

/// Serves them with what `make` builds of the clients.
///
/// # Errors
/// As [`serve`].
pub async fn serve_with<C: Send + Sync + 'static>(
    make: impl FnOnce(&Aws) -> C,
    handle: impl Fn(Arc<Site>, Arc<C>, Request, Timestamp) -> Answering + Send + Sync + 'static,
) -> Result<(), Error> {
    let (function, aws) = Box::pin(Function::start()).await?;
    let (function, clients, handle) = (Arc::new(function), Arc::new(make(&aws)), Arc::new(handle));
    let answer = move |request: lambda_http::Request| {
        let (function, clients, handle) = (function.clone(), clients.clone(), handle.clone());
        async move {
            let answer = function.answer(request, |site, request, now| handle(site, clients, request, now)).await;
            Ok::<_, Error>(answer)
        }
    };
    Box::pin(lambda_runtime::run(Guarded(Adapter::from(service_fn(answer))))).await
}

/// Serves HTTP API events by one handler and those of a topic by another, which may fail.
///
/// # Errors
/// As [`serve`].
pub async fn serve_both<Report: Serialize, E: Into<Error>>(
    handle: impl Fn(Arc<Site>, Request, Timestamp) -> Answering + Send + Sync,
    hear: impl AsyncFn(&Site, Value, Invocation) -> Result<Report, E>,
) -> Result<(), Error> {
    let (function, _) = Box::pin(Function::start()).await?;
    let (function, handle, hear) = (&function, &handle, &hear);
    let answer = |LambdaEvent { payload, context }: LambdaEvent<Box<RawValue>>| async move {
        if guard::is_of_topic(payload.get()) {
            let event = serde_json::from_str(payload.get())?;
            return function.hear(event, &context, async |site, event, at| hear(site, event, at).await).await;
        }
        let answer = async |request| Ok::<_, Error>(function.answer(request, handle).await);
        let mut door = Guarded(Adapter::from(service_fn(answer)));
        Ok(serde_json::to_value(door.call(LambdaEvent::new(payload, context)).await?)?)
    };
    Box::pin(lambda_runtime::run(service_fn(answer))).await
}

/// Serves events that are not HTTP, with what `make` builds of the clients.
///
/// # Errors
/// As [`serve`].
pub async fn serve_events<C, Answer: Serialize>(
    make: impl FnOnce(&Aws) -> C,
    handle: impl AsyncFn(&Site, &C, Value, Invocation) -> Answer,
) -> Result<(), Error> {
    let handle = &handle;
    let never_fails = async |site: &Site, clients: &C, event: Value, at: Invocation| {
        Ok::<_, std::convert::Infallible>(handle(site, clients, event, at).await)
    };
    Box::pin(serve_events_or_fail(make, never_fails)).await
}

/// Serves the same, but an event that the handler fails on counts as failed: its source sends it again.
///
/// # Errors
/// As [`serve`].
pub async fn serve_events_or_fail<C, Answer: Serialize, E: Into<Error>>(
    make: impl FnOnce(&Aws) -> C,
    handle: impl AsyncFn(&Site, &C, Value, Invocation) -> Result<Answer, E>,
) -> Result<(), Error> {
    let (function, aws) = Box::pin(Function::start()).await?;
    let clients = make(&aws);
    let (function, clients, handle) = (&function, &clients, &handle);
    let answer = |LambdaEvent { payload, context }: LambdaEvent<Value>| async move {
        function.hear(payload, &context, async |site, event, at| handle(site, clients, event, at).await).await
    };
    Box::pin(lambda_runtime::run(service_fn(answer))).await
}

/// Returns the office that functions with this environment serve, for a command that works on it once, beside them. It has
/// no use for partners' keys and reads none of their secrets.
///
/// # Errors
/// A missing variable, or a configuration that is wrong as a whole.
pub async fn deployed() -> Result<Site, Error> {
    let aws = Aws::from_environment()?;
    let (table, secret) = (variable("MOTCUA_TABLE")?, Secrets::without_keys()?);
    let config = secret.read(&aws.secrets()).await?;
    Ok(Site::new(config, Store::new(aws.dynamodb(), table)))
}

/// Everything that init made.
struct Function {
    live: LiveSite,
    store: Store,
    secrets: aws_sdk_secretsmanager::Client,
    secret: Secrets,
    refresh_at: Mutex<Timestamp>,
}

impl Function {
    /// Opens the connection to the table while the secret is read.
    async fn start() -> Result<(Self, Aws), Error> {
        log();
        let aws = Aws::from_environment()?;
        let (table, secret) = (variable("MOTCUA_TABLE")?, Secrets::named()?);
        let (store, secrets) = (Store::new(aws.dynamodb(), table), aws.secrets());
        let (config, opened) = tokio::join!(secret.read(&secrets), store.open());
        if let Err(error) = opened {
            tracing::warn!(reason = %error, "the table did not answer in init");
        }
        let live = LiveSite::new(Site::new(config?, store.clone()));
        let refresh_at = Mutex::new(clock() + BELIEVED_FOR);
        Ok((Self { live, store, secrets, secret, refresh_at }, aws))
    }

    /// Answers a request that came through the guard.
    async fn answer(
        &self,
        request: lambda_http::Request,
        handle: impl FnOnce(Arc<Site>, Request, Timestamp) -> Answering,
    ) -> Answer {
        let now = clock();
        let Some(request) = guard::received(request) else {
            tracing::warn!("an event that is no request");
            return Answer(respond::text(400, "bad request").guarded());
        };
        let site = self.live.now();
        if let Some(turned_away) = guard::turned_away(&site.config, &request) {
            return Answer(turned_away);
        }
        Answer(self.beside_refresh(now, handle(site, request, now)).await)
    }

    /// Hands over an event that is not HTTP.
    async fn hear<Report: Serialize, E: Into<Error>>(
        &self,
        event: Value,
        context: &Context,
        handle: impl AsyncFn(&Site, Value, Invocation) -> Result<Report, E>,
    ) -> Result<Value, Error> {
        let now = clock();
        let deadline = i64::try_from(context.deadline).ok();
        let deadline = deadline.and_then(|at| Timestamp::from_millisecond(at).ok()).unwrap_or(now);
        let site = self.live.now();
        let report = handle(&site, event, Invocation { now, deadline });
        let report = self.beside_refresh(now, report).await.map_err(Into::into)?;
        Ok(serde_json::to_value(report)?)
    }

    async fn beside_refresh<T>(&self, now: Timestamp, answer: impl Future<Output = T>) -> T {
        if !self.is_due(now) {
            return answer.await;
        }
        let (answer, ()) = tokio::join!(answer, self.refresh());
        answer
    }

    /// Whether the configuration is to be read beside this event.
    fn is_due(&self, now: Timestamp) -> bool {
        let mut refresh_at = self.refresh_at.lock().unwrap_or_else(PoisonError::into_inner);
        let due = *refresh_at <= now;
        if due {
            *refresh_at = now + TRY_AGAIN_AFTER;
        }
        due
    }

    async fn refresh(&self) {
        let read = tokio::time::timeout(REFRESH_LIMIT, self.secret.read(&self.secrets)).await;
        match read.unwrap_or_else(|_| Err(secrets::out_of_time())) {
            Ok(config) => {
                let web = self.live.now().web.clone();
                self.live.replace(Site::new(config, self.store.clone()).reaching(web));
                *self.refresh_at.lock().unwrap_or_else(PoisonError::into_inner) = clock() + BELIEVED_FOR;
            }
            Err(error) => tracing::error!(reason = %error, "configuration refresh failed"),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the edge, where the time enters")]
fn clock() -> Timestamp {
    Timestamp::now()
}

#[expect(clippy::disallowed_methods, reason = "the edge, where the function's own environment is read")]
/// Reads a variable of the environment that must be there.
///
/// # Errors
/// It is missing or empty.
pub fn variable(name: &'static str) -> Result<String, Error> {
    std::env::var(name).map_err(|_| format!("missing in the environment: {name}").into())
}

/// Sets up JSON lines on standard output; Lambda adds the time.
fn log() {
    let format = tracing_subscriber::fmt().json().flatten_event(true).with_current_span(false).without_time();
    format.with_max_level(tracing::Level::INFO).init();
}
