//! The book of payments.

use motcua::receipts;
use motcua::site::Site;
use motcua::store::Error;
use rules::id::AgencyCode;

/// Adds every payment that is not in the book, and wants every receipt that nobody wanted; returns the numbers of both. A
/// payment that cannot be read is not counted, but logged.
pub(crate) async fn rebuild(site: &Site, agency: &AgencyCode) -> Result<(u64, u64), Error> {
    let store = site.recorder.store();
    let (mut missing, mut unwanted, mut from) = (0, 0, None);
    loop {
        let page = store.every_payment(agency, from).await?;
        for money in page.items {
            match money {
                Ok(money) => {
                    missing += u64::from(store.book(agency, &money).await?);
                    unwanted += u64::from(receipts::want(site, agency, &money).await?);
                }
                Err(error) => tracing::error!(%error, "a payment not booked"),
            }
        }
        from = page.next;
        if from.is_none() {
            return Ok((missing, unwanted));
        }
    }
}
