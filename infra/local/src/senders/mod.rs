//! Messages of partners, written and signed as they do: for `send`, the demonstration and the tests.

mod payment;
#[cfg(test)]
mod tests;
mod webhook;

use std::time::Duration;

use http::{HeaderValue, Uri};
pub use payment::{Ending, Payment, Unspoken, callback_of, payment, payment_link, payos_text, tells_failures, vnpay};
use rules::http::Request;
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
    /// Returns the letter as a function receives it. A header or an address that no HTTP message can hold is left out.
    #[must_use]
    pub fn request(&self) -> Request {
        let mut request = Request::new(self.body.clone().into());
        *request.method_mut() = self.method.clone();
        if let Ok(target) = Uri::try_from(&self.target) {
            *request.uri_mut() = target;
        }
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                request.headers_mut().append(*name, value);
            }
        }
        request
    }

    /// Returns the same letter under another signature of the same shape, wherever its gateway puts it: in a header, in
    /// the body, or at the end of the query.
    #[must_use]
    pub fn forged(mut self) -> Self {
        let in_header = self.headers.iter_mut().find(|(name, _)| name.contains("signature"));
        let in_body = SIGNED_MEMBERS.iter().find_map(|name| Some(self.body.find(name)? + name.len()));
        match (in_header, in_body) {
            // The fourth character from the end: the last ones of base64 may be padding.
            (Some((_, text)), _) => spoil(text, |text| text.len().saturating_sub(4)),
            (None, Some(place)) => spoil(&mut self.body, |_| place),
            (None, None) => spoil(&mut self.target, |text| text.len().saturating_sub(4)),
        }
        self
    }
}

/// Text before the signature in a body: MoMo and payOS, ZaloPay, the national platform.
const SIGNED_MEMBERS: [&str; 3] = ["\"signature\":\"", "\"mac\":\"", "\"MaXacThuc\":\""];

fn spoil(text: &mut String, place: impl Fn(&str) -> usize) {
    let place = place(text);
    let other = if text[place..].starts_with(['a', 'A']) { "b" } else { "a" };
    text.replace_range(place..=place, other);
}

/// Answer of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// Reason why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// Nobody listens there.
    #[error("nobody answers at {0}: start the office with `cargo run`, or name its address with --to")]
    Nobody(String),
    /// It took too long.
    #[error("{0} did not answer within {limit} seconds", limit = ANSWER_LIMIT.as_secs())]
    Late(String),
    /// Not an address, or not an HTTP server.
    #[error("{0} is no office's address, such as http://127.0.0.1:8080")]
    NoOffice(String),
}

/// Time for an answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// Sends letters to one server.
#[derive(Clone, Debug)]
pub struct Courier {
    client: reqwest::Client,
    server: String,
}

impl Courier {
    /// Makes a courier to the server at this address, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn to(server: impl Into<String>) -> Result<Self, Unanswered> {
        let server = server.into();
        match reqwest::Client::builder().timeout(ANSWER_LIMIT).no_proxy().build() {
            Ok(client) => Ok(Self { client, server }),
            Err(_) => Err(Unanswered::NoOffice(server)),
        }
    }

    /// Sends one letter and waits for the answer.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn send(&self, letter: &Letter) -> Result<Reply, Unanswered> {
        self.ask(letter).await.map_err(|error| match error {
            error if error.is_connect() => Unanswered::Nobody(self.server.clone()),
            error if error.is_timeout() => Unanswered::Late(self.server.clone()),
            _ => Unanswered::NoOffice(self.server.clone()),
        })
    }

    async fn ask(&self, letter: &Letter) -> Result<Reply, reqwest::Error> {
        let url = format!("{}{}", self.server, letter.target);
        let request = self.client.request(letter.method.clone(), url).body(letter.body.clone());
        let request = letter.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        Ok(Reply { status, body: answer.text().await? })
    }
}
