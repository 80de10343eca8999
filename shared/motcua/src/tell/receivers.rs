//! Receivers of a message.

use rules::message::Outlet;
use rules::person::{Party, Person, Unusable};
use rules::phone::{Phone, PhoneError};

/// Reasons why nobody can be sent an SMS. They never hold the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// The dossier has no people: erased after their time, or never written.
    #[error("no people are kept for the dossier")]
    NoPeople,
    /// Nobody gave a number.
    #[error("no telephone number was given")]
    NoNumber,
    /// The text given is no number.
    #[error("the telephone number given is none: {0}")]
    NotANumber(PhoneError),
    /// A landline: for a call, not for an SMS.
    #[error("the telephone number given is a landline")]
    Landline,
    /// Somebody called the number and noted that it is of no use for this person.
    #[error("the telephone number given is of no use for this person: {}", .0.code())]
    Unusable(Unusable),
}

impl Unreachable {
    /// Returns the code kept with the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoPeople => "no_people",
            Self::NoNumber => "no_number",
            Self::NotANumber(_) => "not_a_number",
            Self::Landline => "landline",
            Self::Unusable(why) => why.code(),
        }
    }
}

/// Most receivers of a message: the applicant and the filer.
pub(super) const MOST_RECEIVERS: usize = 2;

/// One receiver: 0 the applicant, 1 the filer; and the number, or the reason why there is none.
pub type Receiver = (usize, Result<Phone, Unreachable>);

/// Returns the receivers of a dossier's messages by this outlet.
#[must_use]
pub fn receivers(outlet: Outlet, person: Option<&Person>) -> Vec<Receiver> {
    match outlet {
        Outlet::Sms => by_number(person),
    }
}

/// Returns both if both gave a number, one if both gave the same. If nobody did, the applicant is returned, to show
/// that nobody can be told.
fn by_number(person: Option<&Person>) -> Vec<Receiver> {
    let Some(person) = person else { return vec![(0, Err(Unreachable::NoPeople))] };
    let mut receivers: Vec<Receiver> = Vec::new();
    for (place, party) in std::iter::once(&person.applicant).chain(&person.filer).enumerate() {
        let Some(number) = number(party) else { continue };
        let twice = |(_, known): &Receiver| known.is_ok() && *known == number;
        if !receivers.iter().any(twice) {
            receivers.push((place, number));
        }
    }
    if receivers.is_empty() {
        receivers.push((0, Err(Unreachable::NoNumber)));
    }
    receivers
}

fn number(party: &Party) -> Option<Result<Phone, Unreachable>> {
    let written = party.phone.as_deref().filter(|written| !written.trim().is_empty())?;
    if let Some(why) = party.unusable {
        return Some(Err(Unreachable::Unusable(why)));
    }
    Some(match Phone::first(written) {
        Ok(phone) if phone.takes_sms() => Ok(phone),
        Ok(_) => Err(Unreachable::Landline),
        Err(error) => Err(Unreachable::NotANumber(error)),
    })
}
