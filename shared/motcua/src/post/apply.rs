//! Dossiers are told what became of their parcel.

use jiff::Timestamp;
use rules::dossier::{Action, Actor, Command, Dossier};
use rules::id::{AgencyCode, DossierId};
use rules::post::{Contained, Direction, Parcel, ParcelNo, Place, Standing, Step, Why};
use rules::signature::sha256_hex;

use super::error::{NotDone, ROUNDS, refused};
use crate::recorder::{Order, Receipt};
use crate::site::Site;
use crate::store::{Claim, Error, Key, OfDossier, Store, read};

/// Steps of one parcel that are told at once; each dossier has at most a dozen.
const MOST_STEPS: usize = 300;

/// Tells the dossiers of a parcel what they do not know yet, and returns the parcel; `None` if there is none. Each step has a
/// receipt of its own, so that one that was told before the parcel was written is not told twice.
///
/// # Errors
/// [`NotDone::Store`].
pub async fn apply(site: &Site, agency: &AgencyCode, no: ParcelNo, now: Timestamp) -> Result<Option<Parcel>, NotDone> {
    let store = site.recorder.store();
    for _ in 0..ROUNDS {
        let Some(before) = store.parcel(agency, no).await? else { return Ok(None) };
        let mut parcel = before.clone();
        parcel.look = false;
        let standing = parcel.standing();
        let owed = |parcel: &Parcel| parcel.dossiers.iter().any(|it| parcel.next_step(it, &standing).is_some());
        if !before.look && !owed(&parcel) {
            return Ok(Some(before));
        }
        let mut freed = seen(store, agency, &mut parcel).await?;
        freed.extend(told(site, agency, &mut parcel, &standing, now).await?);
        if parcel.direction == Direction::Result && parcel.dossiers.iter().all(|it| it.told.ended) {
            freed.extend(parcel.inside().map(|it| it.id));
        }
        freed.sort_unstable();
        freed.dedup();
        parcel.version += 1;
        let mut claims = vec![Store::parcel_claim(agency, &parcel, now)];
        for id in freed {
            claims.extend(free(store, agency, id, no).await?);
        }
        match store.write(&claims).await {
            Ok(()) => return Ok(Some(parcel)),
            Err(error) => NotDone::of(error).map_or(Ok(()), Err)?,
        }
    }
    Err(NotDone::contended())
}

/// Looks which dossiers left by themselves: handed out at the desk, or given a new result, before the post had them.
async fn seen(store: &Store, agency: &AgencyCode, parcel: &mut Parcel) -> Result<Vec<DossierId>, NotDone> {
    if parcel.direction == Direction::Collection || parcel.closed_at.is_some() {
        return Ok(Vec::new());
    }
    let waiting = parcel.inside().filter(|it| it.told.put && !it.told.posted);
    let ids: Vec<DossierId> = waiting.map(|it| it.id).collect();
    let keys: Vec<Key> = ids.iter().map(|id| Key::state(agency, *id)).collect();
    let found = store.all(&keys).await?;
    let mut left = Vec::new();
    for (id, key) in ids.into_iter().zip(&keys) {
        let dossier: Option<Dossier> = found.get(key).map(|item| read(item, "state")).transpose()?;
        if dossier.is_none_or(|dossier| dossier.parcel != Some(parcel.no.to_string())) {
            parcel.leave(id, Place::Left, "left by itself");
            left.push(id);
        }
    }
    Ok(left)
}

/// Tells the steps in their order, and returns the dossiers that left.
async fn told(
    site: &Site,
    agency: &AgencyCode,
    parcel: &mut Parcel,
    standing: &Standing,
    now: Timestamp,
) -> Result<Vec<DossierId>, Error> {
    let mut left = Vec::new();
    for _ in 0..MOST_STEPS {
        let next = parcel.dossiers.iter().find_map(|it| Some((it.clone(), parcel.next_step(it, standing)?)));
        let Some((contained, step)) = next else { break };
        let order = order(agency, parcel, (&contained, step), standing, now);
        match Box::pin(site.recorder.record(&order)).await {
            Ok(_) => {
                parcel.told(contained.id, step);
                if step == Step::TakeOff {
                    left.push(contained.id);
                }
            }
            Err(error) => {
                let sentence = refused(error)?;
                match step {
                    Step::Put | Step::TakeOff => {
                        parcel.leave(contained.id, Place::Left, &sentence);
                        left.push(contained.id);
                    }
                    Step::Posted | Step::Failed(_) | Step::Delivered | Step::Returned => {
                        parcel.told(contained.id, step);
                        decline(parcel, contained.id, sentence);
                    }
                }
            }
        }
    }
    Ok(left)
}

fn decline(parcel: &mut Parcel, id: DossierId, sentence: String) {
    if let Some(contained) = parcel.dossiers.iter_mut().find(|contained| contained.id == id) {
        contained.declined = contained.declined.take().or(Some(sentence));
    }
}

/// Returns what a dossier is told of a step, under a receipt that is the same at every try.
fn order(
    agency: &AgencyCode,
    parcel: &Parcel,
    (contained, step): (&Contained, Step),
    standing: &Standing,
    now: Timestamp,
) -> Order {
    let operator = || Actor::Post(parcel.operator.clone());
    let since = standing.since.unwrap_or(now);
    let (name, at, actor, action) = match step {
        Step::Put => {
            let action = Action::PutInParcel { parcel: parcel.no.to_string() };
            ("put".to_owned(), parcel.made_at, Actor::Staff(parcel.made_by.clone()), action)
        }
        Step::TakeOff => {
            let because = contained.because.clone().unwrap_or_default();
            let by = contained.by.clone().unwrap_or_else(|| parcel.made_by.clone());
            ("taken-off".to_owned(), now, Actor::Staff(by), Action::TakeOffParcel { because })
        }
        Step::Posted => {
            let item_code = parcel.waybill.clone().unwrap_or_else(|| parcel.no.to_string());
            let at = parcel.closed_at.or(standing.collected_at).unwrap_or(now);
            ("posted".to_owned(), at, operator(), Action::PostResult { item_code })
        }
        Step::Failed(place) => {
            let failed = &standing.failed[place];
            // An operator that gives no reason came and found nobody.
            let why = failed.why.unwrap_or(Why::NotFound);
            let action = Action::RecordFailedAttempt { attempt: failed.attempt, why };
            (format!("failed-{place}"), failed.at, operator(), action)
        }
        Step::Delivered => ("delivered".to_owned(), since, operator(), Action::RecordDelivery),
        Step::Returned => ("returned".to_owned(), since, operator(), Action::RecordUndelivered),
    };
    // The step alone makes it the same: an operator may tell of another time meanwhile.
    let digest = sha256_hex(format!("{} {name}", parcel.no).as_bytes());
    Order {
        agency: agency.clone(),
        id: contained.id,
        command: Command { at: at.min(now), now, actor, action },
        receipt: Receipt {
            source: format!("post:{}", parcel.operator),
            delivery: format!("{}/{}/{name}", parcel.no, contained.id),
            digest: digest.clone(),
            as_written: digest,
        },
        called: None,
        expected_version: None,
        form: None,
        person: None,
        accept: false,
    }
}

/// Returns the claim that a dossier is in no parcel any more, unless it is in another one.
async fn free(store: &Store, agency: &AgencyCode, id: DossierId, no: ParcelNo) -> Result<Option<Claim>, Error> {
    let of = store.of_dossier(agency, id).await?.filter(|of| of.parcel == Some(no));
    Ok(of.map(|of| OfDossier::claim(Some(of), agency, id, None)))
}
