//! Addresses that are several people's: one message serves them all, as long as it leaves.

use super::Broadcaster;
use crate::store::{EndedReceiver, Error, Key, To};
use crate::tell::receivers::Address;
use rules::id::AgencyCode;
use rules::message::Outlet;

/// Reason of a receiver who waits for what becomes of another's message.
pub(super) const TOGETHER: &str = "together";
/// Suffix of an address in the claim of those whom the first one's message did not serve.
const SECOND: &str = "-2";

/// The receiver whose message an address gets.
pub(super) enum Whose {
    /// This receiver's.
    Own,
    /// Another's, which serves this one too.
    Another,
    /// The other's turn has not ended.
    NotKnownYet,
}

impl Broadcaster<'_> {
    /// Says whose message an address gets. Whoever claimed it first may not want it, or be told elsewhere: then it is the
    /// turn of one of the others.
    pub(super) async fn whose(
        &self,
        agency: &AgencyCode,
        to: &To,
        (outlet, address): (Outlet, &Address),
    ) -> Result<Whose, Error> {
        let Some((number, round, name)) = to.key.receiver_of() else { return Ok(Whose::Own) };
        let of = (number, round);
        let address = self.address(agency, outlet, address);
        let gathered = to.toward.address.as_deref() == Some(&address);
        if gathered && !to.toward.together {
            return Ok(Whose::Own);
        }
        let owner = self.store().claim_address(agency, (of, &address), name, self.now).await?;
        let Some(owner) = owner.filter(|owner| owner != name) else { return Ok(Whose::Own) };
        let item = self.store().item(&Key::receiver(agency, of, &owner)).await?;
        let ended = item.map(|item| To::read(&item, agency, self.now)).transpose()?.map(|to| to.ended);
        match ended {
            Some(None) => Ok(Whose::NotKnownYet),
            Some(Some(EndedReceiver::Told(by, _))) if by == outlet => Ok(Whose::Another),
            Some(Some(_)) | None => {
                let second = format!("{address}{SECOND}");
                let owner = self.store().claim_address(agency, (of, &second), name, self.now).await?;
                Ok(if owner.is_none_or(|owner| owner == name) { Whose::Own } else { Whose::Another })
            }
        }
    }
}
