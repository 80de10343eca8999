//! The way to the provider, which is the office's own way to the web.

use std::pin::Pin;
use std::time::Duration;

use http::{Method, header};
use jiff::{SignedDuration, Timestamp};
use motcua::web::{Web, WebError};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use rules::gateway::Call;

/// Time for which the provider's description and its keys are believed without asking again.
const BELIEVED_FOR: SignedDuration = SignedDuration::from_hours(1);
/// The longest time for one answer of the provider. A clerk waits for up to three, and a function has ten seconds.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);
/// The headers that are passed on.
const HEADERS: [(header::HeaderName, &str); 3] =
    [(header::ACCEPT, "accept"), (header::CONTENT_TYPE, "content-type"), (header::AUTHORIZATION, "authorization")];

/// An answer that was read is kept for a while; a request that sends goes each time, and once.
pub(super) struct Way<'w> {
    pub web: &'w Web,
    pub now: Timestamp,
}

impl<'c> AsyncHttpClient<'c> for Way<'_> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, WebError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let reads = request.method() == Method::GET;
            let call = Call {
                method: request.method().clone(),
                url: request.uri().to_string(),
                headers: HEADERS
                    .into_iter()
                    .filter_map(|(name, written)| {
                        let value = request.headers().get(name)?.to_str().ok()?;
                        Some((written, value.to_owned()))
                    })
                    .collect(),
                body: String::from_utf8(request.into_body()).map_err(|_| WebError::Address)?,
                limit: ANSWER_LIMIT,
                repeatable: false,
            };
            let answer = match reads {
                true => self.web.read_kept(&call, BELIEVED_FOR, self.now).await?,
                false => self.web.exchange(&call).await?,
            };
            let mut response = http::Response::builder().status(answer.status);
            if let Some(content_type) = answer.content_type {
                response = response.header(header::CONTENT_TYPE, content_type);
            }
            response.body(answer.body).map_err(|_| WebError::NoAnswer)
        })
    }
}
