//! Receipts of letters, as the topic of Amazon SES hands them over.

use crate::ses;
use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Error, Noted};
use rules::message::Outlet;
use serde::Serialize;
use serde_json::Value;

/// Numbers of one invocation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Receipts that were noted.
    pub noted: u32,
    /// Receipts that changed nothing: the message had one before, or is not there.
    pub unchanged: u32,
    /// Events that say nothing of what became of a letter.
    pub silent: u32,
    /// Records that are not the office's: of another topic, unreadable, or of no agency here.
    pub strange: u32,
}

/// Notes what became of letters. `topic` is the ARN of the office's own topic.
///
/// # Errors
/// [`Error`]: the store did not answer. The whole event must come again; what was noted stays noted.
pub async fn handle(site: &Site, topic: &str, event: &Value, now: Timestamp) -> Result<Report, Error> {
    let mut report = Report::default();
    for record in event["Records"].as_array().into_iter().flatten() {
        match told(site, topic, record) {
            Ok(Some(told)) => {
                let store = site.recorder.store();
                match told.named.note(store, Outlet::Email, &told.receipt, now).await? {
                    Noted::Now => report.noted += 1,
                    Noted::Unchanged => report.unchanged += 1,
                }
            }
            Ok(None) => report.silent += 1,
            Err(reason) => {
                tracing::warn!(reason, "a receipt that is not the office's");
                report.strange += 1;
            }
        }
    }
    tracing::info!(?report, "receipts");
    Ok(report)
}

fn told(site: &Site, topic: &str, record: &Value) -> Result<Option<ses::Told>, &'static str> {
    let notification = &record["Sns"];
    // The subscription's policy says the same; the function does not rely on it.
    if record["EventSource"] != "aws:sns" || notification["TopicArn"] != topic {
        return Err("another topic");
    }
    let message = notification["Message"].as_str().ok_or("no message")?;
    let Some(told) = ses::read(message)? else { return Ok(None) };
    if !site.config.agencies().iter().any(|agency| *agency.key() == told.named.agency) {
        return Err("no agency of the office");
    }
    Ok(Some(told))
}
