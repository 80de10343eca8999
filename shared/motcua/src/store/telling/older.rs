//! Dossiers that were filed before a portal was told of any: each gets a turn of its own.

use jiff::Timestamp;
use rules::id::{AgencyCode, DossierId};
use rules::worklist::After;

use super::progress::wanting;
use crate::store::item::{n, s, sortable};
use crate::store::update::held;
use crate::store::{Error, Item, Key, Store, number, text};
use rules::dossier::SHAPE;

/// How far the older dossiers of a portal are begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Older {
    /// The place of the register behind which it goes on; `None` at the beginning.
    pub after: Option<After>,
    /// The turn of the last dossier so far.
    pub turn: Option<Timestamp>,
    /// Dossiers that were given a turn.
    pub begun: u64,
    /// Whether the end of the register was reached.
    pub ended: bool,
}

impl Older {
    fn read(item: &Item) -> Self {
        Self {
            after: text(item, "after").map(After::sort),
            turn: text(item, "turn").and_then(|turn| turn.parse().ok()),
            begun: number(item, "begun").unwrap_or(0),
            ended: number(item, "ended") == Some(1),
        }
    }
}

impl Store {
    /// Reads how far the older dossiers of a portal are begun.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn older(&self, agency: &AgencyCode, portal: &str) -> Result<Older, Error> {
        let item = self.item(&Key::portal_older(agency, portal)).await?;
        Ok(item.as_ref().map(Older::read).unwrap_or_default())
    }

    /// Gives an older dossier a turn; `false` if the portal knows it or waits for it already.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn want_told_older(
        &self,
        agency: &AgencyCode,
        portal: &str,
        (id, version): (DossierId, u64),
        turn: Timestamp,
    ) -> Result<bool, Error> {
        let key = Key::told(agency, portal, id);
        let update = wanting(self.update(&key), &key, agency, (version, turn))
            .update_expression(
                "SET shape = :shape, wanted = :wanted, wake_pk = :pk, wake_at = :at, untold_since = :at, older = :older",
            )
            .condition_expression("attribute_not_exists(wanted)")
            .expression_attribute_values(":older", n(1));
        held(update).await
    }

    /// Notes how far they are begun, unless another run noted something since `before`.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn note_older(
        &self,
        agency: &AgencyCode,
        portal: &str,
        (before, now): (&Older, &Older),
    ) -> Result<bool, Error> {
        let mut names = vec!["shape = :shape", "begun = :begun", "ended = :ended"];
        let mut update = self
            .update(&Key::portal_older(agency, portal))
            .expression_attribute_values(":shape", n(SHAPE))
            .expression_attribute_values(":begun", n(now.begun))
            .expression_attribute_values(":ended", n(u64::from(now.ended)));
        if let Some(after) = &now.after {
            names.push("#after = :after");
            update = update
                .expression_attribute_names("#after", "after")
                .expression_attribute_values(":after", s(after.as_sort()));
        }
        if let Some(turn) = now.turn {
            names.push("turn = :turn");
            update = update.expression_attribute_values(":turn", s(sortable(turn)));
        }
        let update = match before.turn {
            None => update.condition_expression("attribute_not_exists(turn)"),
            Some(seen) => {
                update.condition_expression("turn = :seen").expression_attribute_values(":seen", s(sortable(seen)))
            }
        };
        let update = update.update_expression(format!("SET {}", names.join(", ")));
        held(update).await
    }
}
