//! Looks at one dossier: an item for each account and each way without an account, with the first time, the last and how
//! often. They are written beside the audit and stay as long as the dossier, because its people may ask at any time.

use std::cmp::Reverse;

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use rules::dossier::SHAPE;
use rules::id::{AgencyCode, DossierId};
use rules::signature::sha256_hex;
use rules::token::Purpose;

use super::audit::AuditEntry;
use super::item::{n, s};
use super::keys::looks::{DIGITS, LINK, STAFF};
use super::update::held;
use super::{Did, Error, Item, Key, Store, Through, number, text};

/// The account in entries about people who have none. No account has a blank in it.
pub const NO_ACCOUNT: &str = "no account";
/// Lookers that are read for one page.
const MOST: i32 = 300;
/// Seconds of an hour, in which looks without an account by the same way are one.
const HOUR_S: i64 = 3600;

/// Somebody who looked at a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looker {
    /// A member of staff.
    Staff {
        /// The account, by the subject of the sign-in.
        who: String,
        /// The role at the last look, by its name; `None` if it is not known.
        role: Option<String>,
    },
    /// Somebody without an account.
    Through(Through),
}

/// The looks of somebody at a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The looker.
    pub by: Looker,
    /// The time of the first look.
    pub first: Timestamp,
    /// The time of the last; without an account that of the first look of its hour.
    pub last: Timestamp,
    /// How often; without an account in how many hours.
    pub times: u64,
}

/// The looks at a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// The last first.
    pub lines: Vec<Look>,
    /// There are more than are read at once.
    pub more: bool,
}

/// A reader with an account, and the dossiers of a page that the entry does not name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader<'a> {
    /// The name of the role; `None` if it is not known.
    pub role: Option<&'a str>,
    /// The dossiers, beside the one that the act names.
    pub dossiers: &'a [DossierId],
}

impl Did {
    /// Returns the dossier whose people or papers the act showed, if it names one. An act that only changes a dossier shows
    /// nothing by itself: the page before it and the page after it are acts of their own, and the history tells the change.
    #[must_use]
    pub fn dossier_shown(&self) -> Option<DossierId> {
        match self {
            Self::Opened { id } | Self::OpenedOrder { id, .. } | Self::OpenedFile { id, .. } | Self::Shown { id, .. } => {
                Some(*id)
            }
            // Acts that change a dossier, and refusals, which show nothing.
            Self::Commanded { .. }
            | Self::StoredFile { .. }
            | Self::DecidedReceipt { .. }
            | Self::WroteWishes { .. }
            | Self::Called { .. }
            | Self::Refused { .. }
            // One person or one parcel: its page knows the dossiers and names them beside the entry.
            | Self::OpenedCall { .. }
            | Self::Post { .. }
            // Lists, where a dossier stands among many.
            | Self::Searched { .. }
            | Self::Listed { .. }
            | Self::SawList { .. }
            | Self::SawCalls { .. }
            | Self::SawRatings { .. }
            // Nothing of one dossier.
            | Self::Broadcast { .. }
            | Self::DecidedMoney { .. }
            | Self::ReportedReceipts { .. }
            | Self::TookReceipts { .. }
            | Self::Compared { .. }
            | Self::Attended { .. }
            | Self::Imported { .. }
            | Self::ReadMoney { .. }
            | Self::ReadAside { .. }
            | Self::SignedIn
            | Self::PublishedNotice { .. }
            | Self::NotSignedIn { .. }
            | Self::SignedOut
            | Self::Dismissed { .. }
            | Self::ClosedAccount { .. } => None,
        }
    }
}

impl Store {
    /// Writes an entry, and the look at the dossier that it names.
    ///
    /// # Errors
    /// As [`Store::audit_by`].
    pub async fn audit(&self, agency: &AgencyCode, entry: &AuditEntry) -> Result<(), Error> {
        self.audit_by(agency, entry, Reader::default()).await
    }

    /// Writes an entry of the audit, and beside it that its account looked at each dossier that was shown.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: then nothing may be shown, though part of it may be written.
    pub async fn audit_by(&self, agency: &AgencyCode, entry: &AuditEntry, reader: Reader<'_>) -> Result<(), Error> {
        let token = format!("{:016x}", fastrand::u64(..));
        let named = entry.did.dossier_shown();
        let others = reader.dossiers.iter().copied().filter(|id| Some(*id) != named);
        let looks = named.into_iter().chain(others).map(|id| {
            let key = Key::looks_of_staff(agency, id, &entry.who);
            self.look(key, entry.at, &token, reader.role)
        });
        tokio::try_join!(self.put_entry(agency, entry), try_join_all(looks.collect::<Vec<_>>())).map(|_| ())
    }

    /// Writes that all of a dossier was shown to somebody without an account. Looks by the same way within an hour are one
    /// entry and one look, so that a page that asks again does not fill the audit.
    ///
    /// # Errors
    /// [`Error::Unavailable`]: then nothing may be shown, though part of it may be written.
    pub async fn note_shown(
        &self,
        agency: &AgencyCode,
        (id, by): (DossierId, Through),
        now: Timestamp,
    ) -> Result<(), Error> {
        let key = match by {
            Through::Digits => Key::looks_by_digits(agency, id),
            Through::Link(purpose) => Key::looks_by_link(agency, id, purpose.name()),
        };
        let hour = Timestamp::from_second(now.as_second().div_euclid(HOUR_S) * HOUR_S).unwrap_or(now);
        let token = sha256_hex(format!("{}#{}#{hour}", key.pk, key.sk).as_bytes());
        let token = u64::from_str_radix(&token[..16], 16).expect("a hash is written in hexadecimal digits");
        let entry = AuditEntry { at: now, who: NO_ACCOUNT.to_owned(), did: Did::Shown { id, by } };
        let place = Key::audit(agency, hour, token);
        let token = format!("{token:016x}");
        tokio::try_join!(self.put_once(entry.under(&place)), self.look(key, now, &token, None)).map(|_| ())
    }

    /// Counts a look. One with the token of the last is the same one, repeated after an answer that was lost or within the
    /// same hour.
    async fn look(&self, key: Key, at: Timestamp, token: &str, role: Option<&str>) -> Result<(), Error> {
        let set = "SET shape = :shape, #first = if_not_exists(#first, :at), #last = :at, #token = :token";
        let update = self
            .update(&key)
            .condition_expression("attribute_not_exists(pk) OR #token <> :token")
            .expression_attribute_names("#first", "first")
            .expression_attribute_names("#last", "last")
            .expression_attribute_names("#token", "token")
            .expression_attribute_names("#times", "times")
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":at", s(at.to_string()))
            .expression_attribute_values(":token", s(token))
            .expression_attribute_values(":one", n(1));
        let update = match role {
            None => update.update_expression(format!("{set} ADD #times :one")),
            Some(role) => update
                .update_expression(format!("{set}, #role = :role ADD #times :one"))
                .expression_attribute_names("#role", "role")
                .expression_attribute_values(":role", s(role)),
        };
        held(update).await.map(|_| ())
    }

    /// Reads who looked at a dossier.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn looks(&self, agency: &AgencyCode, id: DossierId) -> Result<Looks, Error> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", s(Key::looks_pk(agency, id)))
            .limit(MOST)
            .return_consumed_capacity(ReturnConsumedCapacity::Indexes);
        let answer = query.send().await.map_err(|error| Error::from_sdk("Query", &error))?;
        let more = answer.last_evaluated_key.is_some();
        // What newer code wrote and this code does not know is left out.
        let known = |item: &Item| look(item).inspect_err(|error| tracing::warn!(%error, "a look not read")).ok();
        let mut lines: Vec<_> = answer.items.unwrap_or_default().iter().filter_map(known).collect();
        lines.sort_by_key(|look| Reverse(look.last));
        Ok(Looks { lines, more })
    }
}

fn look(item: &Item) -> Result<Look, Error> {
    let sk = text(item, "sk").unwrap_or_default();
    let unreadable = |reason: &str| Error::Unreadable { sk: "looks".to_owned(), reason: reason.to_owned() };
    let time = |name| text(item, name).and_then(|at| at.parse().ok()).ok_or_else(|| unreadable(name));
    let purpose = |name: &str| Purpose::ALL.into_iter().find(|purpose| purpose.name() == name);
    let by = match (sk.strip_prefix(STAFF), sk.strip_prefix(LINK)) {
        (Some(who), _) => Looker::Staff { who: who.to_owned(), role: text(item, "role").map(str::to_owned) },
        (None, Some(name)) => {
            Looker::Through(Through::Link(purpose(name).ok_or_else(|| unreadable("an unknown purpose"))?))
        }
        (None, None) if sk == DIGITS => Looker::Through(Through::Digits),
        (None, None) => return Err(unreadable("an unknown way")),
    };
    let times = number(item, "times").ok_or_else(|| unreadable("times"))?;
    Ok(Look { by, first: time("first")?, last: time("last")?, times })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Declined;

    #[test]
    fn an_act_that_shows_one_dossier_names_it_and_one_that_changes_it_or_is_refused_does_not() {
        let id = DossierId::from_random(7);
        let by = Through::Link(Purpose::See);
        for did in [Did::Opened { id }, Did::OpenedOrder { id, attempt: 1 }, Did::Shown { id, by }] {
            assert_eq!(did.dossier_shown(), Some(id), "{did:?}");
        }
        let because = Declined::NotAllowed;
        for did in [
            Did::Refused { what: "reopen".into(), id: Some(id), because },
            Did::DecidedReceipt { id, act: "again".into() },
            Did::OpenedCall { call: "abc".into() },
            Did::SignedIn,
        ] {
            assert_eq!(did.dossier_shown(), None, "{did:?}");
        }
    }

    #[test]
    fn the_words_in_which_a_look_is_stored_do_not_change() {
        let id = DossierId::from_random(7);
        for (by, written) in [
            (Through::Digits, r#"{"is":"shown","id":"000000000007","by":"digits"}"#),
            (Through::Link(Purpose::See), r#"{"is":"shown","id":"000000000007","by":{"link":"see"}}"#),
        ] {
            let did = Did::Shown { id, by };
            assert_eq!(serde_json::to_string(&did).unwrap(), written);
            assert_eq!(serde_json::from_str::<Did>(written).unwrap(), did);
        }
    }
}
