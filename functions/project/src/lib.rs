#![doc = include_str!("../README.md")]

mod book;
mod calls;
mod fetches;
mod guided;
mod lists;
mod parcels;
mod rebuild;
mod tellings;
mod totals;
mod touched;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use motcua::receipts;
use motcua::site::Site;
use motcua::store::{Brought, Error, Key, Money};
use motcua::stream::{failures, records};
use rules::config::Config;
use rules::id::{AgencyCode, DossierId};
use rules::person::Person;
use rules::worklist::SearchKey;
use serde_json::Value;

use parcels::Concern;
pub use rebuild::{Rebuilt, rebuild};
use touched::{Of, Touched};

/// Rounds of load and write before a dossier's record has to come again.
const ROUNDS: u32 = 5;

/// Returns the key of the search entries, from this configuration.
#[must_use]
pub fn search_key(config: &Config) -> SearchKey {
    SearchKey::of(config.id_key())
}

/// Updates what the records of one batch of the stream touched, each dossier and payment once. Returns the records that
/// must come again.
///
/// A dossier or payment that cannot be read is logged and passed over, so that it never holds up the shard; a rebuild
/// finds it.
pub async fn handle(site: &Site, event: &Value) -> Value {
    // Each is listed with its first record: the stream starts again at the first one that failed.
    let mut touched: Vec<(Of, &str)> = Vec::new();
    let mut seen = HashSet::new();
    let mut happened = HashMap::new();
    let (mut filed, mut parcels) = (HashSet::new(), HashMap::<Of, Concern>::new());
    for record in records(event) {
        if let Some((of, at)) = tellings::happened(&record) {
            happened.entry(of).or_insert(at);
        }
        filed.extend(guided::filed(&record));
        if let Some((of, concern)) = parcels::concerned(&record) {
            let before = parcels.entry(of).or_default();
            *before = before.and(concern);
        }
        for of in [touched::of(&record), touched::of_calls(&record)].into_iter().flatten() {
            if seen.insert(of.clone()) {
                touched.push((of, record.sequence_number));
            }
        }
    }
    let key = search_key(&site.config);
    let mut failed = fetches::want(site, event, &happened).await;
    for (of, number) in touched {
        let brought = match &of {
            Of::Dossier(agency, id) => {
                let parcel = parcels.get(&of).copied();
                let marks = |at: &Timestamp| Happened { at: *at, filed: filed.contains(&of), parcel };
                let happened = happened.get(&of).map(marks);
                Box::pin(bring_and_tell(site, &key, (agency, *id), happened)).await
            }
            Of::Calls(agency, id) => calls::bring(site, &key, agency, *id).await.map(|_| ()),
            Of::Payment(agency, key) => payment(site, agency, key).await,
        };
        match brought {
            Ok(()) => {}
            Err(error @ (Error::Unreadable { .. } | Error::TooNew(_) | Error::TooLarge(_))) => {
                tracing::error!(of = of.named(), %error, "passed unread");
            }
            Err(error @ Error::Contended(_)) => {
                tracing::warn!(of = of.named(), %error, "not projected yet");
                failed.push(number);
            }
            Err(error @ Error::Unavailable { .. }) => {
                tracing::error!(of = of.named(), %error, "not projected");
                // The store would fail the next ones too.
                failed.push(number);
                break;
            }
        }
    }
    failures(&failed)
}

/// Books a payment, and has a receipt issued for it if it is to get one.
async fn payment(site: &Site, agency: &AgencyCode, key: &Key) -> Result<(), Error> {
    let store = site.recorder.store();
    // A payment is written for ever before its record is, so only a table restored meanwhile lacks it.
    let Some(item) = store.item(key).await? else { return Ok(()) };
    let money = Money::read(&item)?;
    store.book(agency, &money).await?;
    receipts::want(site, agency, &money).await.map(drop)
}

/// Updates every projection of one dossier.
///
/// # Errors
/// [`Error`].
pub async fn bring(site: &Site, key: &SearchKey, agency: &AgencyCode, id: DossierId) -> Result<Brought, Error> {
    Ok(brought(site, key, agency, id).await?.0)
}

/// An event of a dossier in a batch.
struct Happened {
    /// When the first of them was recorded.
    at: Timestamp,
    /// Whether one of them is its filing.
    filed: bool,
    /// Whatever of it concerns its parcel.
    parcel: Option<Concern>,
}

/// Does the same, and what follows from events only: portals are told, and people who were told how to file have filed.
async fn bring_and_tell(
    site: &Site,
    key: &SearchKey,
    (agency, id): (&AgencyCode, DossierId),
    happened: Option<Happened>,
) -> Result<(), Error> {
    let (_, touched) = brought(site, key, agency, id).await?;
    let asked = |it: &Touched| it.dossier.address_asked_at.is_some();
    let asks = |it: &Touched| it.person.as_ref().is_some_and(Person::asked_for_a_call);
    if touched.as_ref().is_some_and(|it| asked(it) || asks(it)) {
        calls::bring(site, key, agency, id).await?;
    }
    if let Some((touched, happened)) = touched.zip(happened) {
        tellings::want(site, &touched.dossier, happened.at).await?;
        if let Some(concern) = happened.parcel {
            parcels::look(site, &touched, concern, happened.at).await?;
        }
        if happened.filed {
            guided::bring(site, key, &touched).await?;
        }
    }
    Ok(())
}

async fn brought(
    site: &Site,
    key: &SearchKey,
    agency: &AgencyCode,
    id: DossierId,
) -> Result<(Brought, Option<Touched>), Error> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let Some(touched) = Touched::load(store, agency, id).await? else { return Ok((Brought::Already, None)) };
        // Each projection is updated here, from all that was read of the dossier. Each has a file and a transaction of
        // its own; a further one follows below the last.
        match lists::bring(store, key, &touched).await? {
            Brought::Moved => {}
            brought @ (Brought::Already | Brought::Now { .. }) => {
                totals::bring(site, agency, id).await?;
                return Ok((brought, Some(touched)));
            }
        }
    }
    Err(Error::Contended(ROUNDS))
}
