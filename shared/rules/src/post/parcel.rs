//! A parcel: one item at one operator, for one receiver or for the office.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Complaint, Contained, ManifestNo, ParcelNo, Place, Source, Standing, State, Step, Tracked, fold};
use crate::id::DossierId;

/// The most dossiers of one parcel.
pub const MOST_DOSSIERS: usize = 20;

/// The most events that are kept of one parcel; a usual one has ten.
pub const MOST_EVENTS: usize = 100;

/// Look-ups after an end that nobody signed, before a person is asked.
const MOST_LOOK_UPS: u8 = 5;

/// Way that a parcel goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Results go to a receiver.
    Result,
    /// Papers come from an applicant: sender and receiver are swapped.
    Collection,
}

/// Order of a parcel at its operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ordering {
    /// The operator takes no orders by a call: the manifest on paper is the order.
    OnPaper,
    /// The operator is to be told.
    Wanted,
    /// The operator took it, at this time.
    Sent(Timestamp),
    /// The operator refused it, with this code.
    Refused(String),
    /// The operator may know of it, and is to be told that it does not come.
    CancelWanted,
    /// The operator does not let it be cancelled, with this code.
    CancelRefused(String),
    /// It does not come.
    Cancelled,
}

/// Something of a parcel that a person looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A later event contradicts the end.
    Contradicted,
    /// The operator refused the order.
    OrderRefused,
    /// The operator does not let it be cancelled.
    CancelRefused,
    /// It is lost.
    Lost,
    /// An end was told by somebody who cannot sign, and the operator does not confirm it.
    Unconfirmed,
    /// The operator cancelled it, or it went although it was cancelled.
    EndedEarly,
    /// A dossier would not be told what became of it.
    Declined,
    /// The operator does not know of a better address.
    BetterAddress,
    /// The receiver says that it did not arrive, or arrived damaged.
    Complained,
}

/// Outcome of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is new.
    New,
    /// The same content was here before.
    Before,
    /// More events are here already than are kept.
    Full,
}

/// One parcel. It holds no name, no telephone and no address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Its number, which is the order number at the operator.
    pub no: ParcelNo,
    /// Its way.
    pub direction: Direction,
    /// The operator, by its id.
    pub operator: String,
    /// Its dossiers.
    pub dossiers: Vec<Contained>,
    /// Its manifest, if it goes with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<ManifestNo>,
    /// The operator's number, once it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// Its order.
    pub order: Ordering,
    /// Time at which it was made.
    pub made_at: Timestamp,
    /// The account that made it.
    pub made_by: String,
    /// Time at which the operator took it from us, as noted at the pick-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// The operator's events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Tracked>,
    /// Look-ups since an end that nobody signed, and the time of the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked: Option<(u8, Timestamp)>,
    /// When the operator was last told of a better address, with the account that did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_address: Option<(Timestamp, String)>,
    /// When a better address was last confirmed. It is an attribute of its own of the stored item.
    #[serde(skip)]
    pub better_address: Option<Timestamp>,
    /// Whether one of its dossiers may have left it by itself. It is an attribute of its own of the stored item.
    #[serde(skip)]
    pub look: bool,
    /// Counted from 1 with each change. It is an attribute of its own of the stored item.
    #[serde(skip)]
    pub version: u64,
}

impl Parcel {
    /// Returns the state that follows from its events.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let mut standing = fold(&self.events);
        if standing.since.is_none() && self.order == Ordering::Cancelled {
            standing.state = State::Cancelled;
        }
        standing
    }

    /// Returns the dossiers that are in it.
    pub fn inside(&self) -> impl Iterator<Item = &Contained> {
        self.dossiers.iter().filter(|contained| contained.place == Place::In)
    }

    /// Takes one event. A repeat changes its source or its arrival at most.
    pub fn hear(&mut self, event: &Tracked) -> Heard {
        if let Some(known) = self.events.iter_mut().find(|known| known.identity() == event.identity()) {
            *known = known.merged(event);
            return Heard::Before;
        }
        if self.events.len() >= MOST_EVENTS {
            return Heard::Full;
        }
        // The operator speaks of it, so it has the order, whatever became of our call.
        if self.order == Ordering::Wanted && event.state.is_some() && event.source != Source::Unsigned {
            self.order = Ordering::Sent(event.heard_at);
        }
        self.events.push(event.clone());
        Heard::New
    }

    /// Notes what the receiver of a dossier in it says, or takes that back. Returns whether anything changed.
    pub fn complain(&mut self, id: DossierId, complaint: Option<Complaint>) -> bool {
        let Some(contained) = self.dossiers.iter_mut().find(|contained| contained.id == id) else { return false };
        let what = |it: Option<Complaint>| it.map(|it| it.what);
        if what(contained.complaint) == what(complaint) {
            return false;
        }
        contained.complaint = complaint;
        true
    }

    /// Has a dossier leave. If it was the last one, the parcel does not come.
    pub fn leave(&mut self, id: DossierId, place: Place, because: &str) {
        for contained in self.dossiers.iter_mut().filter(|contained| contained.id == id) {
            (contained.place, contained.because) = (place, Some(because.to_owned()));
        }
        if self.inside().next().is_none() {
            self.cancel();
        }
    }

    /// Cancels it. An operator that may know of it is told.
    pub fn cancel(&mut self) {
        self.order = match &self.order {
            // A call may be under way whose answer was lost, so an order that is only wanted is cancelled as well.
            Ordering::Wanted | Ordering::Sent(_) | Ordering::CancelWanted => Ordering::CancelWanted,
            Ordering::OnPaper | Ordering::Refused(_) | Ordering::Cancelled => Ordering::Cancelled,
            Ordering::CancelRefused(code) => Ordering::CancelRefused(code.clone()),
        };
    }

    /// Whether it does not come.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.order, Ordering::CancelWanted | Ordering::CancelRefused(_) | Ordering::Cancelled)
    }

    /// Returns what a dossier of it is to be told next.
    #[must_use]
    pub fn next_step(&self, contained: &Contained, standing: &Standing) -> Option<Step> {
        let told = contained.told;
        match (contained.place, self.direction) {
            (Place::Left, _) | (_, Direction::Collection) => return None,
            (Place::Leaving, _) => return Some(Step::TakeOff),
            (Place::In, Direction::Result) => {}
        }
        if !told.put {
            return Some(Step::Put);
        }
        // An operator's word that it has the parcel does not wait for a clerk to close the manifest.
        let taken = self.closed_at.is_some() || standing.collected_at.is_some();
        if !taken || told.ended {
            return None;
        }
        if !told.posted {
            return Some(Step::Posted);
        }
        if told.failed < standing.failed.len() {
            return Some(Step::Failed(told.failed));
        }
        match standing.state {
            _ if standing.contradicted.is_some() => None,
            State::Delivered => Some(Step::Delivered),
            State::Returned => Some(Step::Returned),
            State::Ordered
            | State::Collected
            | State::InTransit
            | State::OutForDelivery
            | State::AttemptFailed
            | State::AtOffice
            | State::Returning
            | State::Lost
            | State::Cancelled => None,
        }
    }

    /// Notes that a dossier was told a step.
    pub fn told(&mut self, id: DossierId, step: Step) {
        let Some(contained) = self.dossiers.iter_mut().find(|contained| contained.id == id) else { return };
        match step {
            Step::Put => contained.told.put = true,
            Step::TakeOff => contained.place = Place::Left,
            Step::Posted => contained.told.posted = true,
            Step::Failed(place) => contained.told.failed = contained.told.failed.max(place + 1),
            Step::Delivered | Step::Returned => contained.told.ended = true,
        }
    }

    /// Returns when the operator is to be told or asked something, or a dossier something; `None` if nothing is due.
    #[must_use]
    pub fn due(&self, standing: &Standing, now: Timestamp) -> Option<Timestamp> {
        let says = matches!(self.order, Ordering::Wanted | Ordering::CancelWanted);
        let tells = self.dossiers.iter().any(|contained| self.next_step(contained, standing).is_some());
        if says || tells || self.look {
            return Some(now);
        }
        self.look_up_at(standing, now)
    }

    /// Returns when the operator is to be asked about an end that nobody signed: at once, then ever later.
    #[must_use]
    pub fn look_up_at(&self, standing: &Standing, now: Timestamp) -> Option<Timestamp> {
        standing.unconfirmed?;
        match self.looked {
            None => Some(now),
            Some((times, at)) if times < MOST_LOOK_UPS => Some(at + SignedDuration::from_hours(1_i64 << times)),
            Some(_) => None,
        }
    }

    /// Returns when the address was confirmed that the operator has to be told of: after it took the parcel, and before the end.
    #[must_use]
    pub fn untold_address(&self, standing: &Standing) -> Option<Timestamp> {
        let taken_at = self.closed_at.or(standing.collected_at)?;
        let told_at = self.told_address.as_ref().map_or(taken_at, |told| told.0.max(taken_at));
        let goes = self.direction == Direction::Result && !standing.state.is_terminal() && !self.is_cancelled();
        self.better_address.filter(|at| goes && *at > told_at)
    }

    /// Returns why a person looks at it, if one has to.
    #[must_use]
    pub fn trouble(&self, standing: &Standing) -> Option<Trouble> {
        if standing.contradicted.is_some() {
            return Some(Trouble::Contradicted);
        }
        if self.dossiers.iter().any(|contained| contained.complaint.is_some()) {
            return Some(Trouble::Complained);
        }
        if matches!(self.order, Ordering::Refused(_)) && self.inside().next().is_some() && standing.since.is_none() {
            return Some(Trouble::OrderRefused);
        }
        if standing.unconfirmed.is_some() && self.looked.is_some_and(|(times, _)| times >= MOST_LOOK_UPS) {
            return Some(Trouble::Unconfirmed);
        }
        if self.dossiers.iter().any(|contained| contained.declined.is_some()) {
            return Some(Trouble::Declined);
        }
        let decided = self.events.iter().any(|event| event.source == Source::Clerk);
        if matches!(self.order, Ordering::CancelRefused(_)) && !decided {
            return Some(Trouble::CancelRefused);
        }
        if self.untold_address(standing).is_some() {
            return Some(Trouble::BetterAddress);
        }
        match standing.state {
            State::Lost if !decided => Some(Trouble::Lost),
            State::Cancelled if !decided && !self.is_cancelled() => Some(Trouble::EndedEarly),
            State::Delivered | State::Returned if self.is_cancelled() && !decided => Some(Trouble::EndedEarly),
            _ => None,
        }
    }
}
