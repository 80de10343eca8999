//! The small HTTP client for requests to gateways and to the sign-in's provider. It uses the stack of the AWS clients.

mod connector;
mod fetched;
mod kept;
mod session;

pub use connector::tls_connector;
pub use fetched::{FetchError, File};
pub use session::{Sessions, Silence};

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use rules::gateway::Call;
use serde_json::Value;

/// Reads what a partner writes as a text one day and as a number another.
#[must_use]
pub fn text_or_number(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The most bytes of an answer that are read.
const MOST_BYTES: usize = 256 * 1024;
/// Attempts of a call that may be repeated, the first included.
const ATTEMPTS: u32 = 3;
/// The shortest pause before the second attempt; up to as much again is drawn. Each further pause is twice that.
const FIRST_PAUSE_MS: u64 = 150;

/// Sends requests over TLS; connections are kept. Clones share them.
#[derive(Clone)]
pub struct Web {
    connector: Arc<OnceLock<SharedHttpConnector>>,
    sleep: SharedAsyncSleep,
    kept: kept::Kept,
    /// The way to addresses that somebody else named; `None` if it is the same.
    guarded: Option<fetched::Guarded>,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its status; never 429, and never 500 or above.
    pub status: u16,
    /// Its content type, if it names one.
    pub content_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Reasons why there is no answer. They say nothing of the request, whose address and headers may be secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// The address cannot be called.
    #[error("not an address that can be called")]
    Address,
    /// No connection, or it broke.
    #[error("no answer")]
    NoAnswer,
    /// The answer took longer than the call may take.
    #[error("no answer in time")]
    TimedOut,
    /// The other side failed, or asks to come later.
    #[error("answered {0}")]
    Status(u16),
    /// More bytes than are read.
    #[error("the answer is too long")]
    TooLong,
}

impl Web {
    /// Builds a client that trusts the roots browsers trust. It reads them at the first call: most functions make none.
    #[must_use]
    pub fn over_tls() -> Self {
        let sleep = SharedAsyncSleep::new(TokioSleep::new());
        Self {
            connector: Arc::default(),
            sleep,
            kept: kept::Kept::default(),
            guarded: Some(fetched::Guarded::default()),
        }
    }

    /// Builds a client with another connector and another clock, for a neighbour in this process.
    #[must_use]
    pub fn over(connector: impl HttpConnector + 'static, sleep: impl AsyncSleep + 'static) -> Self {
        let connector = OnceLock::from(SharedHttpConnector::new(connector));
        let sleep = SharedAsyncSleep::new(sleep);
        Self { connector: Arc::new(connector), sleep, kept: kept::Kept::default(), guarded: None }
    }

    /// Returns the body of the answer. A call that may be repeated is, if no answer came or the other side failed.
    ///
    /// # Errors
    /// [`WebError`], that of the last attempt.
    pub async fn send(&self, call: &Call) -> Result<Vec<u8>, WebError> {
        Ok(self.exchange(call).await?.body)
    }

    /// Does the same, with the answer's status and content type.
    ///
    /// # Errors
    /// [`WebError`], that of the last attempt.
    pub async fn exchange(&self, call: &Call) -> Result<Answered, WebError> {
        self.exchange_up_to(call, MOST_BYTES).await
    }

    /// Does the same with an answer of up to so many bytes, such as one that holds a file.
    ///
    /// # Errors
    /// [`WebError`], that of the last attempt.
    pub async fn exchange_up_to(&self, call: &Call, most: usize) -> Result<Answered, WebError> {
        let attempts = if call.repeatable { ATTEMPTS } else { 1 };
        let mut pause_ms = FIRST_PAUSE_MS;
        for _ in 1..attempts {
            match self.attempt(call, most).await {
                Err(WebError::NoAnswer | WebError::TimedOut | WebError::Status(_)) => {}
                done @ (Ok(_) | Err(WebError::Address | WebError::TooLong)) => return done,
            }
            self.sleep.sleep(Duration::from_millis(pause_ms + fastrand::u64(..pause_ms))).await;
            pause_ms *= 2;
        }
        self.attempt(call, most).await
    }

    async fn attempt(&self, call: &Call, most: usize) -> Result<Answered, WebError> {
        let mut request = http::Request::builder().method(call.method.clone()).uri(&call.url);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let request = request.body(SdkBody::from(call.body.clone())).map_err(|_| WebError::Address)?;
        let request = HttpRequest::try_from(request).map_err(|_| WebError::Address)?;
        let sent = self.connector().call(request);
        let answered = async {
            let answer = sent.await.map_err(|_| WebError::NoAnswer)?;
            let status = answer.status().as_u16();
            if status == 429 || status >= 500 {
                return Err(WebError::Status(status));
            }
            let content_type = answer.headers().get("content-type").map(str::to_owned);
            Ok(Answered { status, content_type, body: read(ByteStream::new(answer.into_body()), most).await? })
        };
        match Timeout::new(Box::pin(answered), self.sleep.sleep(call.limit)).await {
            Ok(answer) => answer,
            Err(_) => Err(WebError::TimedOut),
        }
    }

    fn connector(&self) -> &SharedHttpConnector {
        self.connector.get_or_init(tls_connector)
    }
}

async fn read(mut body: ByteStream, most: usize) -> Result<Vec<u8>, WebError> {
    let mut bytes = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| WebError::NoAnswer)?;
        if bytes.len() + part.len() > most {
            return Err(WebError::TooLong);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Web")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_smithy_runtime_api::client::http::HttpConnectorFuture;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::client::result::ConnectorError;
    use aws_smithy_runtime_api::http::StatusCode;
    use http::Method;

    use super::*;

    /// Answers with one status after the other (0: no answer at all), then with 200. The body repeats the request.
    #[derive(Clone, Debug)]
    struct Script(Vec<u16>, Arc<AtomicUsize>);

    impl HttpConnector for Script {
        fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
            let place = self.1.fetch_add(1, Ordering::Relaxed);
            HttpConnectorFuture::ready(match self.0.get(place).copied().unwrap_or(200) {
                0 => Err(ConnectorError::io("cut".into())),
                status => {
                    let body = SdkBody::from(format!("{} {}", request.method(), request.uri()));
                    Ok(HttpResponse::new(StatusCode::try_from(status).unwrap(), body))
                }
            })
        }
    }

    /// Clock whose sleeps end at once, except those longer than this.
    #[derive(Clone, Debug)]
    struct Short(Duration);

    impl AsyncSleep for Short {
        fn sleep(&self, duration: Duration) -> aws_smithy_async::rt::sleep::Sleep {
            match duration > self.0 {
                true => aws_smithy_async::rt::sleep::Sleep::new(std::future::pending()),
                false => aws_smithy_async::rt::sleep::Sleep::new(std::future::ready(())),
            }
        }
    }

    fn call(repeatable: bool) -> Call {
        let (url, limit) = ("https://gateway.example/query".to_owned(), Duration::from_secs(30));
        Call { method: Method::POST, url, headers: Vec::new(), body: String::new(), limit, repeatable }
    }

    async fn sent(script: &[u16], call: &Call) -> (Result<Vec<u8>, WebError>, usize) {
        let count = Arc::new(AtomicUsize::new(0));
        let web = Web::over(Script(script.to_vec(), count.clone()), Short(Duration::from_secs(5)));
        (web.send(call).await, count.load(Ordering::Relaxed))
    }

    #[tokio::test]
    async fn a_call_that_may_be_repeated_is_tried_three_times_and_another_once() {
        let body = b"POST https://gateway.example/query".to_vec();
        assert_eq!(sent(&[0, 503], &call(true)).await, (Ok(body.clone()), 3));
        assert_eq!(sent(&[0, 429, 500, 200], &call(true)).await, (Err(WebError::Status(500)), 3));
        assert_eq!(sent(&[0, 200], &call(false)).await, (Err(WebError::NoAnswer), 1));
        assert_eq!(sent(&[400], &call(true)).await, (Ok(body), 1));
    }

    #[tokio::test]
    async fn what_does_not_answer_in_time_is_not_waited_for() {
        #[derive(Clone, Debug)]
        struct Silent;
        impl HttpConnector for Silent {
            fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
                HttpConnectorFuture::new(std::future::pending())
            }
        }
        let web = Web::over(Silent, Short(Duration::from_secs(60)));
        assert_eq!(web.send(&call(false)).await, Err(WebError::TimedOut));
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_told() {
        let nowhere = Call { url: "https://a b".into(), ..call(true) };
        assert_eq!(sent(&[], &nowhere).await, (Err(WebError::Address), 0));
    }

    #[tokio::test]
    async fn what_is_kept_is_asked_for_again_when_it_is_old_or_forgotten() {
        let count = Arc::new(AtomicUsize::new(0));
        let web = Web::over(Script(vec![404], count.clone()), Short(Duration::from_secs(5)));
        let read = async |seconds: i64| {
            let now = jiff::Timestamp::from_second(seconds).unwrap();
            let answer = web.read_kept(&call(true), jiff::SignedDuration::from_hours(1), now).await.unwrap();
            (answer.status, count.load(Ordering::Relaxed))
        };
        assert_eq!(read(0).await, (404, 1), "what was not found is not kept");
        assert_eq!(read(0).await, (200, 2));
        assert_eq!(read(3_599).await, (200, 2));
        assert_eq!(read(3_600).await, (200, 3));
        web.forget(&call(true).url);
        assert_eq!(read(3_601).await, (200, 4));
        assert_eq!(read(3_600).await, (200, 5), "a clock that was set back proves nothing fresh");
    }

    #[test]
    fn the_roots_that_browsers_trust_make_a_client() {
        let _ = tls_connector();
        assert!(webpki_root_certs::TLS_SERVER_ROOT_CERTS.len() > 100);
    }
}
