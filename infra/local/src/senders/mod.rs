//! What partners send, written and signed as they do: for `send`, the demonstration and the tests.

mod payment;
mod webhook;

use std::time::Duration;

pub use payment::{Payment, Unspoken, payment, vnpay};
pub use webhook::{Form, event, webhook};

/// One message, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The method.
    pub method: http::Method,
    /// Path and, after a `?`, the query.
    pub target: String,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

impl Letter {
    /// The same letter under another signature of the same shape.
    #[must_use]
    pub fn forged(mut self) -> Self {
        let signature = self.headers.iter_mut().find(|(name, _)| name.contains("signature"));
        let text = signature.map_or(&mut self.target, |(_, value)| value);
        // Four from the end: the last characters of base64 may be padding.
        let place = text.len().saturating_sub(4);
        let other = if text[place..].starts_with('a') { "b" } else { "a" };
        text.replace_range(place..=place, other);
        self
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// Sends letters to one server.
#[derive(Clone, Debug)]
pub struct Courier {
    client: reqwest::Client,
    server: String,
}

impl Courier {
    /// A courier to the server at this address, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn to(server: impl Into<String>) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).no_proxy().build()?;
        Ok(Self { client, server: server.into() })
    }

    /// Sends one letter and waits for the answer.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn send(&self, letter: &Letter) -> Result<Reply, reqwest::Error> {
        let url = format!("{}{}", self.server, letter.target);
        let request = self.client.request(letter.method.clone(), url).body(letter.body.clone());
        let request = letter.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        Ok(Reply { status, body: answer.text().await? })
    }
}
