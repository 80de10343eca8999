//! Decisions of people about a receipt.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::receipt::{Issued, ReceiptNo};
use rules::vietnam;
use rules::vnd::Vnd;

use super::change::{Changed, NotDone, change};
use super::want::{charges_of, key_of};
use crate::site::Site;
use crate::store::{AuditEntry, Claim, Did, Key};

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The provider is asked again.
    AskAgain,
    /// It is to be cancelled, for this reason: its money went back, or it should never have been written.
    Cancel(String),
    /// Another of this amount is to stand in its place, for this reason.
    Replace(Vnd, String),
}

impl Act {
    /// Returns its name in a path.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::AskAgain => "again",
            Self::Cancel(_) => "cancel",
            Self::Replace(..) => "replace",
        }
    }
}

/// Records a decision; a run does what follows from it.
///
/// # Errors
/// [`NotDone`].
pub async fn decide(
    site: &Site,
    agency: &AgencyCode,
    (key, version): (&Key, u64),
    (by, act): (&str, &Act),
    now: Timestamp,
) -> Result<Changed, NotDone> {
    let lawful = site.recorder.store().lawful(key).await?.ok_or(NotDone::Unknown)?;
    let named = lawful.provider.as_deref().filter(|id| site.config.receipt_provider(id).is_ok());
    let now_asked = site.config.receipts_of(agency, vietnam::day(now)).map(|it| it.id.as_str());
    let provider = named.or(now_asked).ok_or(NotDone::NoProvider)?;
    let place = lawful.issues.len() + 1;
    let next = key_of(agency, (&lawful.channel, &lawful.identity), place);
    let beside = [audited(agency, lawful.dossier, (by, act.name()), now)];
    change(site.recorder.store(), agency, key, now, &beside, |it| {
        // The person decided about what they saw.
        if it.version != version {
            return Err(rules::receipt::NotNow);
        }
        match act {
            Act::AskAgain => it.ask_again(provider, now)?,
            Act::Cancel(because) => it.want_cancelled(by, because, now)?,
            Act::Replace(amount_vnd, because) => it.want_replaced((by, because), next.clone(), *amount_vnd)?,
        }
        Ok(None)
    })
    .await
}

/// Notes the number of a receipt that a person wrote, or found, on the provider's own pages.
///
/// # Errors
/// [`NotDone`].
pub async fn by_hand(
    site: &Site,
    agency: &AgencyCode,
    (key, version): (&Key, u64),
    (by, no): (&str, ReceiptNo),
    now: Timestamp,
) -> Result<Changed, NotDone> {
    let store = site.recorder.store();
    let lawful = store.lawful(key).await?.ok_or(NotDone::Unknown)?;
    let charges = charges_of(site, agency, &lawful).await?.unwrap_or_default();
    let beside = [audited(agency, lawful.dossier, (by, "by-hand"), now)];
    change(store, agency, key, now, &beside, |it| {
        if it.version != version {
            return Err(rules::receipt::NotNow);
        }
        it.name_charges(&charges);
        let (by, on) = (Some(by.to_owned()), vietnam::day(now));
        it.issue(Issued { no, on, at: now, code: None, by, ending: None }).map(Some)
    })
    .await
}

fn audited(agency: &AgencyCode, id: DossierId, (by, act): (&str, &str), now: Timestamp) -> Claim {
    let did = Did::DecidedReceipt { id, act: act.to_owned() };
    AuditEntry { at: now, who: by.to_owned(), did }.claim(agency)
}
