//! Orders at gateways: opened for a payer, kept until their outcome is known, and asked about.

mod ask;
mod item;
mod open;

pub use ask::{AskError, arrived, ask};
pub use item::Checkout;
pub use open::{OpenError, Wish, open};

use crate::store::{Error, Key, Store, text};
use rules::config::Channel;
use rules::gateway::Numbering;

/// Returns our reference behind a number that a gateway gives. It is the number itself, unless the gateway takes
/// integers only and the way back was stored when the order was opened. A number of no order stays as it is.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn reference_of(store: &Store, channel: &Channel, number: String) -> Result<String, Error> {
    let is_integer = number.bytes().all(|byte| byte.is_ascii_digit());
    if channel.gateway.row().numbering != Numbering::Integer || !is_integer {
        return Ok(number);
    }
    let item = store.item(&Key::order_code(&channel.agency, &channel.id, &number)).await?;
    let reference = item.and_then(|item| text(&item, "reference").map(str::to_owned));
    Ok(reference.unwrap_or(number))
}
