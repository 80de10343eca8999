//! Parcels that a step of a dossier concerns: its result was handed out at the desk or issued anew, so that it may have left the
//! parcel by itself, or a better address was confirmed.

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::Error;
use motcua::stream::{Kind, Record};
use rules::dossier::{Event, Recorded};

use crate::touched::{Of, Touched};

/// Step of a dossier that concerns its parcel.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Concern {
    /// Whether the result may have left the parcel.
    left: bool,
    /// When the last address was confirmed.
    address: Option<Timestamp>,
}

impl Concern {
    /// Joins what two records say.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { left: self.left || other.left, address: self.address.max(other.address) }
    }
}

/// Returns the dossier of which a record says so.
pub(crate) fn concerned(record: &Record<'_>) -> Option<(Of, Concern)> {
    record.key.event_version().filter(|_| record.kind == Kind::Insert)?;
    let text = record.attribute("recorded")?;
    // Most events are others, and need no reading.
    if !["handed_out", "result_reissued", "address_confirmed"].iter().any(|name| text.contains(name)) {
        return None;
    }
    let recorded: Recorded = serde_json::from_str(text).ok()?;
    let one = |event: &Event| match event {
        Event::HandedOut { .. } | Event::ResultReissued { .. } => Some(Concern { left: true, ..Concern::default() }),
        Event::AddressConfirmed { .. } => Some(Concern { address: Some(recorded.recorded_at), ..Concern::default() }),
        _ => None,
    };
    let concern = recorded.events.iter().filter_map(one).reduce(Concern::and)?;
    record.key.dossier().map(|(agency, id)| (Of::Dossier(agency, id), concern))
}

/// Has the parcel looked at in which the dossier is.
pub(crate) async fn look(site: &Site, touched: &Touched, concern: Concern, at: Timestamp) -> Result<(), Error> {
    let (store, agency, id) = (site.recorder.store(), &touched.dossier.agency, touched.dossier.id);
    let Some(no) = store.of_dossier(agency, id).await?.and_then(|of| of.parcel) else { return Ok(()) };
    match concern.address {
        Some(confirmed_at) => store.note_better_address(agency, no, confirmed_at, at).await,
        None => store.look_at_parcel(agency, no, at).await,
    }
}
