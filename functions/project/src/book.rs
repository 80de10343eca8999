//! The book of payments.

use motcua::site::Site;
use motcua::store::{Error, Key, Money, Store};
use rules::id::AgencyCode;

/// Adds one payment to the book.
pub(crate) async fn enter(store: &Store, agency: &AgencyCode, payment: &Key) -> Result<(), Error> {
    // A payment is written for ever before its record is, so only a table restored meanwhile lacks it.
    let Some(item) = store.item(payment).await? else { return Ok(()) };
    store.book(agency, &Money::read(&item)?).await.map(|_| ())
}

/// Adds every payment that is not in the book, and returns their number. A payment that cannot be read is not counted,
/// but logged.
pub(crate) async fn rebuild(site: &Site, agency: &AgencyCode) -> Result<u64, Error> {
    let store = site.recorder.store();
    let (mut missing, mut from) = (0, None);
    loop {
        let page = store.every_payment(agency, from).await?;
        for money in page.items {
            match money {
                Ok(money) => missing += u64::from(store.book(agency, &money).await?),
                Err(error) => tracing::error!(%error, "a payment not booked"),
            }
        }
        from = page.next;
        if from.is_none() {
            return Ok(missing);
        }
    }
}
