//! Receivers are gathered: open dossiers are walked, each person is put once, and then they are counted.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;

use super::Broadcaster;
use crate::store::{Error, Key, Toward};
use rules::broadcast::{Broadcast, Refusal};
use rules::id::{AgencyCode, DossierId};
use rules::worklist::{After, Asked, List};

/// Dossiers between two places that are kept.
const PORTION: usize = 25;
/// Receivers that are counted at once.
const COUNTED: i32 = 500;

impl Broadcaster<'_> {
    /// Gathers as far as time goes.
    pub(super) async fn gather(&mut self, agency: &AgencyCode, broadcast: Broadcast) -> Result<(), Error> {
        let mut broadcast = broadcast;
        loop {
            if !(self.time_left)() {
                self.progress.unfinished = true;
                return Ok(());
            }
            let done = match broadcast.audience.lists().get(broadcast.gathered.list) {
                Some(list) => {
                    self.walk(agency, &mut broadcast, *list).await?;
                    false
                }
                None => self.count(agency, &mut broadcast).await?,
            };
            // Somebody returned or cancelled it: the next run sees what it is now.
            let Some(moved) = self.store().move_broadcast(agency, &broadcast, None).await? else { return Ok(()) };
            if done {
                return Ok(());
            }
            broadcast = moved;
        }
    }

    /// Puts the people of one portion of a list, each once.
    async fn walk(&mut self, agency: &AgencyCode, broadcast: &mut Broadcast, list: List) -> Result<(), Error> {
        let after = broadcast.gathered.after.as_deref().map(After::sort);
        let asked = Asked { after, ..Asked::all_of(list) };
        let (rows, next) = self.store().rows_of(agency, &asked, PORTION).await?;
        self.progress.looked_at += rows.len() as u64;
        let mut ids: Vec<DossierId> =
            rows.iter().filter(|row| broadcast.audience.takes(row)).map(|row| row.id).collect();
        if broadcast.audience.asks_for_post() && !ids.is_empty() {
            let dossiers = self.store().dossiers_lately(agency, &ids).await?;
            let by_post: BTreeMap<_, _> =
                dossiers.iter().map(|dossier| (dossier.id, dossier.returns_by_post)).collect();
            ids.retain(|id| broadcast.audience.takes_return(by_post.get(id).copied().flatten()));
        }
        let of = (broadcast.number, broadcast.round);
        let mut people: BTreeMap<String, Toward> = BTreeMap::new();
        for known in self.known(agency, &ids).await? {
            let found = self.found(agency, &known, None);
            let toward = self.toward(agency, known.id, &found);
            people.entry(found.name).or_insert(toward);
        }
        // Two of one portion may have one address: who comes first does not matter, as each claim is asked for.
        try_join_all(people.into_iter().map(|(name, toward)| self.put(agency, of, name, toward))).await?;
        match next {
            Some(next) => broadcast.gathered.after = Some(next.as_sort().to_owned()),
            None => {
                broadcast.gathered.after = None;
                broadcast.gathered.list += 1;
            }
        }
        Ok(())
    }

    async fn put(&self, agency: &AgencyCode, of: (u32, u32), name: String, mut toward: Toward) -> Result<(), Error> {
        if let Some(address) = &toward.address {
            let owner = self.store().claim_address(agency, (of, address), &name, self.now).await?;
            toward.together = owner.is_some_and(|owner| owner != name);
        }
        self.store().put_receiver(&Key::receiver(agency, of, &name), &toward, self.now).await
    }

    /// Counts a portion of the receivers. Returns whether all are counted.
    async fn count(&self, agency: &AgencyCode, broadcast: &mut Broadcast) -> Result<bool, Error> {
        broadcast.gathered.walked = true;
        let of = (broadcast.number, broadcast.round);
        let after = broadcast.gathered.counted.clone();
        let portion = self.store().receivers(agency, (of, after.as_deref()), COUNTED, self.now).await?;
        for to in &portion {
            match (&to.toward.why, to.toward.outlet) {
                (Some(why), _) => broadcast.figures.add_unreachable(why),
                (None, _) if to.toward.together => broadcast.figures.add_together(),
                (None, Some(outlet)) => broadcast.figures.add(outlet, to.toward.language),
                (None, None) => broadcast.figures.add_unreachable("no_people"),
            }
        }
        if portion.len() >= COUNTED.unsigned_abs() as usize {
            broadcast.gathered.counted = portion.last().and_then(|to| to.key.receiver_of()).map(|it| it.2.to_owned());
            return Ok(false);
        }
        match broadcast.found(self.now) {
            Ok(found) => *broadcast = found,
            Err(Refusal::NotNow { .. }) => {}
            Err(refusal) => tracing::error!(%refusal, "receivers that were found for nothing"),
        }
        Ok(true)
    }
}
