//! The embedded database on loopback for a function in a process of its own, with that function's rights and no others.
//!
//! As on AWS, the credentials that sign a call say who makes it: the access key's id is the function's name.

use std::io;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use dynoxide::Database;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::answer::Answer;
use super::dispatch::dispatch;
use crate::rights;

/// Id of a person's access key, whose rights are not the template's.
pub const OPERATOR: &str = "operator";

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Guarded {
    /// Address at which it listens.
    pub url: String,
    serving: JoinHandle<()>,
}

impl Guarded {
    /// Serves `database` on a free port.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(database: Database) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let router = Router::new().route("/", post(answer)).with_state(database);
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the guarded database stopped");
            }
        });
        Ok(Self { url, serving })
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(database): State<Database>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default();
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let held = match signer(&headers) {
        OPERATOR => Ok(()),
        function => rights::of_table(function, operation, &request),
    };
    let answer = match held {
        Ok(()) => dispatch(&database, operation, &body),
        Err(denied) => {
            tracing::error!(%denied, "a call that the template does not allow");
            Answer::denied(&denied)
        }
    };
    let status = axum::http::StatusCode::from_u16(answer.status).unwrap_or_default();
    (status, [("content-type", "application/x-amz-json-1.0")], answer.body).into_response()
}

/// Returns the id of the access key in `Authorization: AWS4-HMAC-SHA256 Credential={id}/{day}/…`.
fn signer(headers: &HeaderMap) -> &str {
    let signed = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let credential = signed.split("Credential=").nth(1).unwrap_or_default();
    credential.split('/').next().unwrap_or_default()
}
