//! People whom a broadcast did not reach, in the phone list.

use super::Broadcaster;
use super::known::Known;
use crate::store::{CallMoves, Error};
use rules::broadcast::Broadcast;
use rules::calls::Wanted;
use rules::id::AgencyCode;

/// Rounds of load and write, in case somebody else comes first.
const ROUNDS: u32 = 8;

impl Broadcaster<'_> {
    /// Puts a person into the phone list: before the receiver is marked, so that whoever dies in between does it again,
    /// which changes nothing.
    pub(super) async fn call(
        &self,
        agency: &AgencyCode,
        broadcast: &Broadcast,
        (known, name, place): (&Known, &str, usize),
        reason: &str,
    ) -> Result<(), Error> {
        let wanted = Wanted {
            id: known.id,
            place,
            broadcast: broadcast.number,
            notice: broadcast.notice,
            since: self.now,
            reason: reason.to_owned(),
        };
        for _ in 0..ROUNDS {
            let (version, mut names, mut kept) = self.store().calls_of(agency, known.id, &[name.to_owned()]).await?;
            let was = kept.remove(name).unwrap_or_default();
            let mut call = was.call.clone();
            if !call.want(wanted.clone()) {
                return Ok(());
            }
            let mut moves = CallMoves { calls: vec![(name.to_owned(), was, call)], names: None };
            if !names.iter().any(|it| it == name) {
                names.push(name.to_owned());
                names.sort();
                moves.names = Some((version, names));
            }
            if self.store().move_calls(agency, known.id, &moves).await? {
                return Ok(());
            }
        }
        Err(Error::Contended(ROUNDS))
    }
}
