//! Whom a message goes to.

use rules::message::Outlet;
use rules::person::{Party, Person};
use rules::phone::{Phone, PhoneError};

/// Why nobody can be sent an SMS. Never holds the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// The dossier has no people: erased after their time, or never written.
    #[error("no people are kept for the dossier")]
    NoPeople,
    /// Nobody gave a number.
    #[error("no telephone number was given")]
    NoNumber,
    /// What was given is none.
    #[error("the telephone number given is none: {0}")]
    NotANumber(PhoneError),
    /// A landline: for a call, not for an SMS.
    #[error("the telephone number given is a landline")]
    Landline,
}

impl Unreachable {
    /// The code kept with the message.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoPeople => "no_people",
            Self::NoNumber => "no_number",
            Self::NotANumber(_) => "not_a_number",
            Self::Landline => "landline",
        }
    }
}

/// How many receivers a message may have: the applicant and the filer.
pub(super) const MOST_RECEIVERS: usize = 2;

/// One receiver: 0 the applicant, 1 the filer; and the number, or why there is none.
pub type Receiver = (usize, Result<Phone, Unreachable>);

/// The receivers of a dossier's messages by this outlet.
#[must_use]
pub fn receivers(outlet: Outlet, person: Option<&Person>) -> Vec<Receiver> {
    match outlet {
        Outlet::Sms => by_number(person),
    }
}

/// Both where both gave a number, one where both gave the same. Where nobody did, the applicant stands for the fact
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
    Some(match Phone::parse(written) {
        Ok(phone) if phone.takes_sms() => Ok(phone),
        Ok(_) => Err(Unreachable::Landline),
        Err(error) => Err(Unreachable::NotANumber(error)),
    })
}
