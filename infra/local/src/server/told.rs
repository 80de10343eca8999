//! One line for each message: what partners sent and how it was answered, and how many SMS left.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::StatusCode;
use http::request::Parts;
use jiff::Timestamp;
use rules::http::{Reply, Response};
use rules::vietnam;

use crate::office::{Function, route};

/// The most characters of an answer that are shown.
const MOST: usize = 120;

/// Writer of lines.
pub type Tell = fn(&str);

/// Teller of an office.
pub(super) struct Told {
    tell: OnceLock<Tell>,
    sms: AtomicUsize,
}

impl Told {
    /// Makes a teller who has nobody to tell yet, after so many SMS.
    pub(super) fn new(sms: usize) -> Self {
        Self { tell: OnceLock::new(), sms: AtomicUsize::new(sms) }
    }

    /// Tells by this from now on; who came first is told.
    pub(super) fn to(&self, tell: Tell) {
        let _ = self.tell.set(tell);
    }

    fn tell(&self, line: &str) {
        if let Some(tell) = self.tell.get() {
            tell(line);
        }
    }

    /// Tells of a partner's message. Its content is not shown, which may hold people; the answer never does.
    pub(super) fn message(&self, now: Timestamp, parts: &Parts, answer: Option<&Response>) {
        let path = parts.uri.path();
        if matches!(route(path), Some(Function::PaymentCallback | Function::PortalWebhook | Function::Delivery)) {
            self.tell(&line(now, parts.method.as_str(), path, answer));
        }
    }

    /// Tells of the SMS that left since the last look.
    pub(super) fn sms(&self, now: Timestamp, taken: usize) {
        let more = taken.saturating_sub(self.sms.swap(taken, Ordering::Relaxed));
        if more > 0 {
            self.tell(&format!("{}  {more} SMS left, to be read at /local", vietnam::date_time(now)));
        }
    }
}

fn line(now: Timestamp, method: &str, path: &str, answer: Option<&Response>) -> String {
    let (status, text) = match answer {
        Some(answer) => (answer.status(), answer.text()),
        None => (StatusCode::INTERNAL_SERVER_ERROR, ""),
    };
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST).collect();
    let refused = if status == StatusCode::UNAUTHORIZED { "the signature is wrong: " } else { "" };
    let shown = format!("{}  {method} {path}  {} {refused}{text}", vietnam::date_time(now), status.as_u16());
    shown.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use rules::http::respond;

    use super::*;

    #[test]
    fn a_message_is_one_line_with_its_answer_and_no_more() {
        let now: Timestamp = "2020-04-15T01:00:00Z".parse().unwrap();
        let answered = respond::json(200, "{\"RspCode\":\"97\",\n \"Message\":\"x\"}");
        assert_eq!(
            line(now, "GET", "/payments/vnpay-demo/callback", Some(&answered)),
            "15/04/2020 08:00  GET /payments/vnpay-demo/callback  200 {\"RspCode\":\"97\", \"Message\":\"x\"}"
        );
        let long = respond::text(401, "x".repeat(500));
        let told = line(now, "POST", "/portal/events", Some(&long));
        assert!(told.contains("401 the signature is wrong: x") && told.len() < 220, "{told}");
        assert!(line(now, "POST", "/portal/events", None).ends_with("500"));
    }
}
