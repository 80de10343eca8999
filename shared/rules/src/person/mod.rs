//! The people of a dossier. Personal data is stored in their item alone.

mod agreed;
mod by_page;
mod called;
mod complaint;
mod label;
mod outcome;
mod refiled;
#[cfg(test)]
mod tests;
mod wishes;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::dossier::{Action, Consent, Identity, Recipient, Refusal, Whose};
use crate::phone::Phone;
use crate::post::Complaint;

pub use agreed::Agreed;
pub use by_page::BY_PAGE;
pub use called::Called;
pub use label::Label;
pub use outcome::{Effect, Outcome, Unusable};
pub use wishes::{OptOut, Said, Wishes};

/// The most corrections and hand-outs that are kept of one dossier.
const MOST_ENTRIES: usize = 50;
/// The most changes that people make themselves, of one dossier.
const MOST_OWN_CHANGES: usize = 20;

/// Applicant (chủ hồ sơ) and filer (người nộp, người được ủy quyền): two people, who may be one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The owner of the dossier.
    pub applicant: Party,
    /// The person who filed it, if that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filer: Option<Party>,
    /// The address that the result is posted to, as it was confirmed. The declared one stays with the party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailing: Option<Box<Mailing>>,
    /// The changes made for them or by them, with the consent to each, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The hand-outs of the result, or parts of it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed_out: Vec<HandOut>,
    /// The calls to them, oldest first; of many the last ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Called>,
    /// The last time at which one of them wished to be called, by a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_wished_at: Option<Timestamp>,
    /// The last complaint about a delivered result, by a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
    /// The address in another commune that they want by a page after the result was ready, until a clerk confirms it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Box<Proposal>>,
}

/// One of these people, as declared and since corrected.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Phone number as declared; it may not be a valid one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Address as declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Number of the identity paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_no: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Reason why the telephone number is of no use for this person, as somebody who called it found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unusable: Option<Unusable>,
    /// Whether the telephone is shared with others or borrowed, so that its number proves nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
}

impl fmt::Debug for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Party(hidden)")
    }
}

/// The address and the phone number at which somebody is reached.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Address; `None` if it was not changed, or there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Phone number, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether that telephone is shared with others or borrowed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shared: bool,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(hidden)")
    }
}

/// The address that a result is posted to, and the people who may take it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// House and street, with the code of the commune.
    pub address: Address,
    /// The person who may take it, if that is not the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<String>,
    /// The telephone that the postman calls, if it is not the applicant's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl fmt::Debug for Mailing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailing(hidden)")
    }
}

/// An address that a clerk is to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The address.
    pub mailing: Mailing,
    /// When it was proposed.
    pub at: Timestamp,
}

/// The commit that an entry belongs to. Its reason is in the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The version of the dossier that it made.
    pub version: u64,
    /// When it happened: the call, the visit.
    pub at: Timestamp,
    /// The account of the member of staff; `applicant` if they did it themselves, by a link.
    pub by: String,
}

/// A change for the applicant or the filer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When and by whom.
    #[serde(flatten)]
    pub noted: Noted,
    /// The way they agreed; `None` if they did it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The person who agreed, if that is not the person it concerns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_by: Option<String>,
    /// The data that was changed.
    pub what: Changed,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change").field("noted", &self.noted).finish_non_exhaustive()
    }
}

/// The data that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// An address, a phone number or both.
    Contact {
        /// The person it belongs to.
        whose: Whose,
        /// The former contact.
        was: Contact,
        /// The right contact.
        is: Contact,
    },
    /// The filing as it was before the filer changed it at the portal.
    Filing {
        /// The applicant then.
        applicant: Party,
        /// The filer then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filer: Option<Party>,
    },
    /// The address that the result is posted to.
    Mailing {
        /// The one of before, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<Box<Mailing>>,
        /// The confirmed one.
        is: Box<Mailing>,
    },
    /// The way the result comes back.
    Return {
        /// By post, rather than at the desk.
        by_post: bool,
    },
}

/// A result, or part of it, handed out over the counter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOut {
    /// When and by whom.
    #[serde(flatten)]
    pub noted: Noted,
    /// The kind of recipient.
    pub to: Recipient,
    /// Their name.
    pub name: String,
    /// The paper by which they proved who they are.
    pub shown: Identity,
    /// Its number.
    pub paper_no: String,
}

impl fmt::Debug for HandOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandOut").field("noted", &self.noted).finish_non_exhaustive()
    }
}

/// The personal part of a command, which its action must not hold.
#[derive(Clone, PartialEq, Eq)]
pub enum Personal {
    /// The people of a dossier that is filed.
    Filed(Box<Person>),
    /// The people of a dossier as they are after its filer changed them at the portal.
    Refiled(Box<Person>),
    /// The right address, phone number or both, and the person who agreed.
    Contact {
        /// The right contact; a field that is `None` stays unchanged.
        is: Contact,
        /// The person who agreed, if that is not the person it concerns.
        given_by: Option<String>,
    },
    /// The person who agreed to a way of return that staff chose for the applicant.
    Return {
        /// Their name, if that is not the applicant.
        given_by: Option<String>,
    },
    /// The address that the result is posted to, and the person who confirmed it.
    Mailing {
        /// The address.
        is: Box<Mailing>,
        /// Their name, if that is not the applicant.
        given_by: Option<String>,
    },
    /// The person who received a result.
    HandOut {
        /// Their name; `None` means the name on record, which a proxy does not have.
        name: Option<String>,
        /// The number of the paper they showed.
        paper_no: String,
    },
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(hidden)")
    }
}

impl Person {
    /// Returns the mobile numbers to tell, applicant first, each once; a number that cannot take an SMS is left out.
    #[must_use]
    pub fn mobiles(&self) -> Vec<Phone> {
        let mut numbers: Vec<Phone> = Vec::new();
        for party in std::iter::once(&self.applicant).chain(&self.filer) {
            let phone = party.phone.as_deref().and_then(|text| Phone::first(text).ok());
            if let Some(phone) = phone.filter(|phone| phone.takes_sms() && !numbers.contains(phone)) {
                numbers.push(phone);
            }
        }
        numbers
    }

    /// Returns the address as it was declared: the applicant's, or else the filer's.
    #[must_use]
    pub fn declared_address(&self) -> Option<&str> {
        let parties = std::iter::once(&self.applicant).chain(&self.filer);
        parties.filter_map(|party| party.address.as_deref()).find(|address| !address.trim().is_empty())
    }

    /// Returns the change by which the address that the result is posted to was last confirmed.
    #[must_use]
    pub fn last_confirmation(&self) -> Option<&Change> {
        self.changes.iter().rev().find(|change| matches!(change.what, Changed::Mailing { .. }))
    }

    /// Puts the right address or phone number in its place and returns the former one.
    ///
    /// # Errors
    /// [`Refusal::NoFiler`], [`Refusal::SameContact`].
    pub fn correct(&mut self, whose: Whose, is: &Contact) -> Result<Contact, Refusal> {
        let party = match whose {
            Whose::Applicant => &mut self.applicant,
            Whose::Filer => self.filer.as_mut().ok_or(Refusal::NoFiler)?,
        };
        let address = is.address.as_ref().filter(|address| party.address.as_ref() != Some(address));
        let is_other = |phone: &&String| party.phone.as_ref() != Some(*phone) || party.shared != is.shared;
        let phone = is.phone.as_ref().filter(is_other);
        if address.is_none() && phone.is_none() {
            return Err(Refusal::SameContact);
        }
        let was = Contact {
            address: is.address.is_some().then(|| party.address.clone()).flatten(),
            phone: is.phone.is_some().then(|| party.phone.clone()).flatten(),
            shared: is.phone.is_some() && party.shared,
        };
        party.address = is.address.clone().or(party.address.take());
        if phone.is_some() {
            (party.unusable, party.shared) = (None, is.shared);
        }
        party.phone = is.phone.clone().or(party.phone.take());
        Ok(was)
    }

    /// Says whether a command that holds personal data fits these people, without changing them. The recipient of a result
    /// is recorded even if the people were erased.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn take(people: Option<&Self>, personal: &Personal, action: &Action) -> Result<(), Refusal> {
        match (personal, action) {
            (Personal::Contact { is, .. }, Action::CorrectContact { whose, .. }) => {
                people.cloned().ok_or(Refusal::NoPeople)?.correct(*whose, is).map(drop)
            }
            (Personal::HandOut { .. }, Action::HandOut { to, .. }) => match people {
                Some(person) => person.receives(*to).map(drop),
                None => Self::default().receives(*to).map(drop),
            },
            (Personal::Return { .. } | Personal::Mailing { .. }, _) => people.map(drop).ok_or(Refusal::NoPeople),
            _ => Ok(()),
        }
    }

    /// Returns the name on record of the recipient of a result; `None` for a proxy.
    ///
    /// # Errors
    /// [`Refusal::NoFiler`].
    pub fn recipient(&self, to: Recipient) -> Result<Option<&str>, Refusal> {
        match to {
            Recipient::Applicant => Ok(Some(&self.applicant.name)),
            Recipient::Filer => Ok(Some(&self.filer.as_ref().ok_or(Refusal::NoFiler)?.name)),
            Recipient::Proxy => Ok(None),
        }
    }

    /// Returns the same for a result that is handed out, and refuses in the words of that.
    ///
    /// # Errors
    /// [`Refusal::NoFilerToReceive`].
    pub fn receives(&self, to: Recipient) -> Result<Option<&str>, Refusal> {
        self.recipient(to).map_err(|_| Refusal::NoFilerToReceive)
    }

    /// Adds a change. People who change their minds by a link leave room for what the office corrects.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn note_change(&mut self, change: Change) -> Result<(), Refusal> {
        let own = |change: &&Change| change.consent.is_none();
        let too_many = change.consent.is_none() && self.changes.iter().filter(own).count() >= MOST_OWN_CHANGES;
        if too_many || self.changes.len() >= MOST_ENTRIES {
            return Err(Refusal::TooLarge);
        }
        self.changes.push(change);
        Ok(())
    }

    /// Adds a hand-out.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn note_hand_out(&mut self, hand_out: HandOut) -> Result<(), Refusal> {
        if self.handed_out.len() >= MOST_ENTRIES {
            return Err(Refusal::TooLarge);
        }
        self.handed_out.push(hand_out);
        Ok(())
    }
}
