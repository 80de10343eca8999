//! Question to a gateway about the outcome of an order. Its answer is put as a callback would have put it.

use jiff::Timestamp;

use super::Checkout;
use crate::recorder::Arrived;
use crate::site::Site;
use crate::web::WebError;
use rules::config::Channel;
use rules::gateway::{self, AnswerError, Finding, Found, Unsendable};

/// Reasons why nothing is known.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nothing could be sent.
    #[error("not sent: {0}")]
    Unsendable(#[from] Unsendable),
    /// The gateway did not answer.
    #[error("{0}")]
    Web(#[from] WebError),
    /// Its answer cannot be used.
    #[error("{0}")]
    Answer(#[from] AnswerError),
}

/// Asks the gateway about an order. Records nothing.
///
/// # Errors
/// [`AskError`].
pub async fn ask(site: &Site, channel: &Channel, order: &Checkout, now: Timestamp) -> Result<Finding, AskError> {
    let question = order.question(channel, now);
    let body = site.web.send(&gateway::ask(&question)?).await?;
    Ok(gateway::answered(&question, &body)?)
}

/// Returns the payment as a callback would have reported it. It has the same identity, so that a callback that still
/// comes is recognised as the same payment.
#[must_use]
pub fn arrived(order: &Checkout, found: Found) -> Arrived {
    let reference = order.name();
    let found = found.hidden(&reference).unwrap_or(found);
    Arrived {
        channel: order.channel.clone(),
        reference,
        digest: found.meaning("", ""),
        found,
        own_merchant: true,
        raw: None,
    }
}
