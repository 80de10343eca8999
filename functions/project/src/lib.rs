//! What people see of many dossiers at once follows from the stream of the table: each dossier that something happened
//! to is read as it is now, and every projection of it is brought up to date.
//!
//! Nothing depends on the order, the number or the content of the records: they only say which dossiers to look at.

mod lists;
mod rebuild;
mod totals;
mod touched;

use std::collections::BTreeMap;

use motcua::config::Config;
use motcua::id::{AgencyCode, DossierId};
use motcua::site::Site;
use motcua::store::{Brought, Error};
use motcua::worklist::SearchKey;
use serde_json::{Value, json};

pub use rebuild::{Rebuilt, rebuild};
use touched::Touched;

/// Rounds of load and write before a dossier's record has to come again.
const ROUNDS: u32 = 5;

/// The key of the search entries, as this configuration has it.
#[must_use]
pub fn search_key(config: &Config) -> SearchKey {
    SearchKey::of(config.id_key())
}

/// Brings up to date what the records of one batch of the stream touched, each dossier once. Answers with the records
/// that must come again: `{"batchItemFailures":[{"itemIdentifier":"<sequence number>"}]}`.
///
/// A dossier that cannot be read is logged and passed, so that it never holds up the shard; a rebuild finds it.
pub async fn handle(site: &Site, event: &Value) -> Value {
    let records = event["Records"].as_array().map_or(&[][..], Vec::as_slice);
    // By the place of its first record: the stream comes again from the first that failed.
    let mut touched: Vec<(AgencyCode, DossierId, &str)> = Vec::new();
    let mut seen = BTreeMap::new();
    for record in records {
        let Some((agency, id)) = touched::dossier(record) else { continue };
        if seen.insert((agency.clone(), id), ()).is_none() {
            let number = record["dynamodb"]["SequenceNumber"].as_str().unwrap_or_default();
            touched.push((agency, id, number));
        }
    }
    let key = search_key(&site.config);
    let mut failed = Vec::new();
    for (agency, id, number) in touched {
        match bring(site, &key, &agency, id).await {
            Ok(_) => {}
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                tracing::error!(dossier = %id, %error, "passed unread");
            }
            Err(error @ Error::Contended(_)) => {
                tracing::warn!(dossier = %id, %error, "not projected yet");
                failed.push(number);
            }
            Err(error @ Error::Unavailable { .. }) => {
                tracing::error!(dossier = %id, %error, "not projected");
                // The store fails the next ones too.
                failed.push(number);
                break;
            }
        }
    }
    let failed: Vec<_> = failed.into_iter().map(|number| json!({ "itemIdentifier": number })).collect();
    json!({ "batchItemFailures": failed })
}

/// Brings every projection of one dossier up to date.
///
/// # Errors
/// [`Error`].
pub async fn bring(site: &Site, key: &SearchKey, agency: &AgencyCode, id: DossierId) -> Result<Brought, Error> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let Some(touched) = Touched::load(store, agency, id).await? else { return Ok(Brought::Already) };
        // Each projection is brought here, with all that was read of the dossier, in a file and a transaction of its
        // own: a further one stands below the last.
        match lists::bring(store, key, &touched).await? {
            Brought::Moved => {}
            brought @ (Brought::Already | Brought::Now { .. }) => {
                totals::bring(site, agency, id).await?;
                return Ok(brought);
            }
        }
    }
    Err(Error::Contended(ROUNDS))
}
