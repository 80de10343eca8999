//! Receivers of a message, and the ways to each of them.

use rules::language::Language;
use rules::message::Outlet;
use rules::person::{Party, Person, Unusable, Wishes};
use rules::phone::{Phone, PhoneError};

use super::mailbox::{Mailbox, MailboxError};

/// Reason of a message that its receiver does not want, as they told the office.
pub(super) const DECLINED: &str = "declined";

/// Reason of a message that its receiver does not want, as they told the outlet's service.
pub(super) const OPTED_OUT: &str = "opted_out";

/// Reasons why somebody cannot be reached by an outlet. They never hold the number or the address.
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
    /// Nobody gave an e-mail address.
    #[error("no e-mail address was given")]
    NoAddress,
    /// The text given is no e-mail address.
    #[error("the e-mail address given is none: {0}")]
    NotAnAddress(MailboxError),
    /// The person does not want to be told by this outlet.
    #[error("the person does not want to be told in this way")]
    Declined,
    /// The person opted out at the outlet's service. The office was not told that they want nothing.
    #[error("the person opted out at the service")]
    OptedOut,
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
            Self::NoAddress => "no_address",
            Self::NotAnAddress(_) => "not_an_address",
            Self::Declined => DECLINED,
            Self::OptedOut => OPTED_OUT,
            Self::Unusable(why) => why.code(),
        }
    }
}

/// Most receivers of a message: the applicant and the filer.
pub(super) const MOST_RECEIVERS: usize = 2;

/// A number or an address that an outlet can send to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// For an SMS, or a text by a gateway.
    Phone(Phone),
    /// For an e-mail.
    Mailbox(Mailbox),
}

/// A way to somebody: the outlet and the address, or the reason why there is none.
pub type Way = (Outlet, Result<Address, Unreachable>);

/// One receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// 0 the applicant, 1 the filer.
    pub place: usize,
    /// The language in which they are told.
    pub language: Language,
    /// A way for each outlet of the agency, in its order.
    pub ways: Vec<Way>,
    /// Whether they want a daily list by e-mail, which leads to them.
    pub daily: bool,
}

impl Receiver {
    /// Returns the place among the ways of the first that leads to them, or of one that tells why none does: because they
    /// do not want it, before all other reasons.
    #[must_use]
    pub fn first(&self) -> usize {
        let leads = self.ways.iter().position(|(_, to)| to.is_ok());
        leads.or_else(|| self.ways.iter().position(|(_, to)| *to == Err(Unreachable::Declined))).unwrap_or(0)
    }

    /// Returns the place of the way by this outlet.
    #[must_use]
    pub fn by(&self, outlet: Outlet) -> Option<usize> {
        self.ways.iter().position(|(way, _)| *way == outlet)
    }

    /// Returns the place of the next way after this one that leads to them.
    #[must_use]
    pub fn after(&self, way: usize) -> Option<usize> {
        self.ways.iter().enumerate().skip(way + 1).find(|(_, (_, to))| to.is_ok()).map(|(place, _)| place)
    }

    /// Returns the places of all ways that lead to them, but for addresses that are among those told, and adds theirs. If
    /// none leads to them, the place of one that tells why.
    #[must_use]
    pub(super) fn everywhere(&self, told: &mut Vec<Address>) -> Vec<usize> {
        let mut ways = Vec::new();
        for (place, (_, to)) in self.ways.iter().enumerate() {
            if let Ok(address) = to
                && !told.contains(address)
            {
                told.push(address.clone());
                ways.push(place);
            }
        }
        if self.ways.iter().all(|(_, to)| to.is_err()) { vec![self.first()] } else { ways }
    }

    fn gave_nothing(&self) -> bool {
        self.ways.iter().all(|(_, to)| matches!(to, Err(Unreachable::NoNumber | Unreachable::NoAddress)))
    }
}

/// Returns the receivers of a dossier's messages, with the ways to each by these outlets. `wishes` are those of the
/// applicant and the filer, as far as they have any.
///
/// Both are returned if both gave a number or an address, and one if both gave the same. If nobody did, the applicant is
/// returned, to show that nobody can be told. Of news that are told `everywhere`, somebody is a receiver beside the other
/// if one of their ways is not the other's.
#[must_use]
pub fn receivers(outlets: &[Outlet], person: Option<&Person>, wishes: &[Wishes], everywhere: bool) -> Vec<Receiver> {
    let none = |why: fn(Outlet) -> Unreachable| {
        let ways = outlets.iter().map(|outlet| (*outlet, Err(why(*outlet)))).collect();
        vec![Receiver { place: 0, language: Language::default(), ways, daily: false }]
    };
    let Some(person) = person else { return none(|_| Unreachable::NoPeople) };
    let mut receivers: Vec<Receiver> = Vec::new();
    for (place, party) in std::iter::once(&person.applicant).chain(&person.filer).enumerate() {
        let known = |way: &Way| way.1.is_ok() && receivers.iter().any(|receiver| receiver.ways.contains(way));
        let wish = wishes.get(place);
        let way = |outlet| match (address(outlet, party), wish.and_then(|wish| wish.opt_out(outlet))) {
            (Ok(_), Some(opt_out)) if opt_out.to_service => Err(Unreachable::OptedOut),
            (Ok(_), Some(_)) => Err(Unreachable::Declined),
            (to, _) => to,
        };
        let mut ways: Vec<Way> = outlets.iter().map(|outlet| (*outlet, way(*outlet))).collect();
        let by_letter = ways.iter().position(|(outlet, to)| *outlet == Outlet::Email && to.is_ok());
        let daily = wish.is_some_and(|wish| wish.daily_since.is_some()) && by_letter.is_some();
        if let Some(place) = by_letter.filter(|_| daily) {
            // The letter takes the place of the other messages, which come after it.
            ways[..=place].rotate_right(1);
        }
        // Somebody at the other's number is told there by the other's message.
        let language = wish.map(|wish| wish.language).unwrap_or_default();
        let receiver = Receiver { place, language, ways, daily };
        let is_told = match everywhere {
            true => {
                receiver.ways.iter().any(|way| way.1.is_ok())
                    && receiver.ways.iter().all(|way| way.1.is_err() || known(way))
            }
            false => known(&receiver.ways[receiver.first()]),
        };
        if !receiver.gave_nothing() && !is_told {
            receivers.push(receiver);
        }
    }
    if receivers.is_empty() { none(missing) } else { receivers }
}

/// Returns the mailbox of the person at a place, if they gave one.
pub(super) fn mailbox_of(person: &Person, place: usize) -> Option<Mailbox> {
    let party = std::iter::once(&person.applicant).chain(&person.filer).nth(place)?;
    mailbox(party).ok()
}

fn missing(outlet: Outlet) -> Unreachable {
    match outlet {
        Outlet::Sms | Outlet::Https => Unreachable::NoNumber,
        Outlet::Email => Unreachable::NoAddress,
    }
}

fn address(outlet: Outlet, party: &Party) -> Result<Address, Unreachable> {
    match outlet {
        Outlet::Sms | Outlet::Https => number(party).map(Address::Phone),
        Outlet::Email => mailbox(party).map(Address::Mailbox),
    }
}

fn written(text: Option<&str>) -> Option<&str> {
    text.filter(|written| !written.trim().is_empty())
}

fn number(party: &Party) -> Result<Phone, Unreachable> {
    let written = written(party.phone.as_deref()).ok_or(Unreachable::NoNumber)?;
    if let Some(why) = party.unusable {
        return Err(Unreachable::Unusable(why));
    }
    let phone = Phone::first(written).map_err(Unreachable::NotANumber)?;
    if phone.takes_sms() { Ok(phone) } else { Err(Unreachable::Landline) }
}

fn mailbox(party: &Party) -> Result<Mailbox, Unreachable> {
    let written = written(party.email.as_deref()).ok_or(Unreachable::NoAddress)?;
    if party.unusable == Some(Unusable::Died) {
        return Err(Unreachable::Unusable(Unusable::Died));
    }
    Mailbox::parse(written).map_err(Unreachable::NotAnAddress)
}
