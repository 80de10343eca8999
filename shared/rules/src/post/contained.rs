//! A dossier of a parcel, and what it is told.

use serde::{Deserialize, Serialize};

use super::Complaint;
use crate::id::DossierId;

/// Place of a dossier in its parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In it.
    In,
    /// It is to be taken out; the dossier does not know it yet.
    Leaving,
    /// It was taken out, or was handed out at the desk.
    Left,
}

/// Steps that a dossier knows of its parcel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// That it is in the parcel.
    pub put: bool,
    /// That the operator took it.
    pub posted: bool,
    /// How many failed attempts.
    pub failed: usize,
    /// How it ended.
    pub ended: bool,
}

/// One dossier of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contained {
    /// The dossier.
    pub id: DossierId,
    /// Its place.
    pub place: Place,
    /// Steps that it knows.
    #[serde(default)]
    pub told: Told,
    /// Reason why it leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The account that takes it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Reason why it would not be told a step, which goes to a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<String>,
    /// The fault that its receiver told of, until a person decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
}

impl Contained {
    /// Puts a dossier in.
    #[must_use]
    pub fn of(id: DossierId) -> Self {
        Self { id, place: Place::In, told: Told::default(), because: None, by: None, declined: None, complaint: None }
    }
}

/// Something that a dossier is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is in the parcel.
    Put,
    /// It is taken out.
    TakeOff,
    /// The operator took it.
    Posted,
    /// The attempt of this place among those that failed, counted from 0.
    Failed(usize),
    /// It was delivered.
    Delivered,
    /// It came back.
    Returned,
}
