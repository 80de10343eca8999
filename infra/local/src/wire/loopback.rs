//! The embedded database behind its own HTTP server on the loopback interface.

use std::io;
use std::sync::Mutex;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use dynoxide::Database;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::answer::Answer;

/// A running server; it stops when this is dropped.
pub(super) struct Loopback {
    url: String,
    http: reqwest::Client,
    stop: Mutex<Option<oneshot::Sender<()>>>,
}

impl Loopback {
    /// Serves `database` on `port`, or on a free port for 0.
    pub(super) async fn start(database: Database, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            // A dropped sender means the same as a message: nobody is left to serve.
            let _ = stopped.await;
        };
        tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database, shutdown));
        let http = reqwest::Client::builder().no_proxy().build().map_err(io::Error::other)?;
        Ok(Self { url, http, stop: Mutex::new(Some(stop)) })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Sends the request with the SDK's own headers but the given body: the server does not check signatures.
    pub(super) async fn send(&self, headers: Vec<(String, String)>, body: Vec<u8>) -> Result<Answer, ConnectorError> {
        let mut request = self.http.post(&self.url).body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response = request.send().await.map_err(|error| ConnectorError::io(error.into()))?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|error| ConnectorError::io(error.into()))?;
        Ok(Answer::new(status, body))
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        if let Ok(mut stop) = self.stop.lock() {
            stop.take();
        }
    }
}

/// Returns the headers worth passing on; length and host are the transport's own.
pub(super) fn headers_of(request: &HttpRequest) -> Vec<(String, String)> {
    request
        .headers()
        .iter()
        .filter(|(name, _)| !["host", "content-length"].contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
