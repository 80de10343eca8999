//! A neighbour on loopback for a function in a process of its own, which has that function's rights there and no others.
//!
//! As on AWS, the credentials that sign a call say who makes it: the access key's id is the function's name.

use std::future::pending;
use std::io;

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::rights;

/// Id of a person's access key, whose rights are not the template's.
pub const OPERATOR: &str = "operator";

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Served {
    /// Address at which it listens.
    pub url: String,
    serving: JoinHandle<()>,
}

impl Served {
    /// Serves `neighbour` on a free port.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(neighbour: impl HttpConnector + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let router = Router::new().fallback(answer).with_state(SharedHttpConnector::new(neighbour));
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "a served neighbour stopped");
            }
        });
        Ok(Self { url, serving })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(
    State(neighbour): State<SharedHttpConnector>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(request) = request(&method, &uri, &headers, body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let answered = match signer(&headers) {
        OPERATOR => neighbour.call(request).await,
        function => rights::in_role(rights::role_of(function), async { neighbour.call(request).await }).await,
    };
    match answered {
        Ok(answer) => {
            let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or_default();
            let headers = answer.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
            let headers: Vec<_> = headers.collect();
            let body = answer.body().bytes().unwrap_or_default().to_vec();
            let mut response = (status, body).into_response();
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) = (axum::http::HeaderName::try_from(name), value.try_into()) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        // Its answer never comes.
        Err(_) => pending().await,
    }
}

fn request(method: &Method, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Option<HttpRequest> {
    let mut request = HttpRequest::new(SdkBody::from(body.to_vec()));
    request.set_method(method.as_str()).ok()?;
    request.set_uri(uri.to_string()).ok()?;
    for (name, value) in headers {
        request.headers_mut().try_insert(name.as_str().to_owned(), value.to_str().ok()?.to_owned()).ok()?;
    }
    Some(request)
}

/// Returns the id of the access key in `Authorization: AWS4-HMAC-SHA256 Credential={id}/{day}/…`.
fn signer(headers: &HeaderMap) -> &str {
    let signed = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let credential = signed.split("Credential=").nth(1).unwrap_or_default();
    credential.split('/').next().unwrap_or_default()
}
