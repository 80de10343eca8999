//! A dossier as its holder's link knows it: its state, and the people whom the address belongs to.

use std::sync::Arc;

use jiff::Timestamp;
use motcua::site::Site;
use motcua::store::{Error, Key, read_json};
use pages::address::{AddressForm, Known, Step};
use rules::catalogue::Procedure;
use rules::dossier::{Dossier, Stage};
use rules::id::DossierId;
use rules::notice::Mail;
use rules::person::{Mailing, Person};

use crate::frame::Frame;

/// A dossier whose result may come by post.
pub(super) struct Home {
    /// Its state.
    pub dossier: Dossier,
    /// Its people; `None` if they were erased.
    pub person: Option<Person>,
    procedure: Option<Arc<Procedure>>,
}

/// Step that is possible now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To choose how the result comes back, and to which address.
    Open,
    /// To better the address, as the post could not deliver.
    Failed,
    /// Nothing: the result is in a parcel.
    Packed,
    /// Nothing: it is on its way.
    Posted,
    /// Nothing: it was handed over.
    Returned,
    /// Nothing: there will be none.
    Over,
    /// Nothing: the procedure's results are handed over at the desk.
    ByHandOnly,
    /// Nothing: whom it belongs to is not kept any more.
    Erased,
}

/// The payment of the postage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Postage {
    /// It was promised to be free.
    Promised,
    /// A measure makes it free today.
    FreeToday,
    /// The receiver pays.
    Paid,
}

impl Home {
    /// Reads it as it is at this moment: whoever has just answered sees the answer.
    pub(super) async fn read(site: &Site, frame: &Frame<'_>, id: DossierId) -> Result<Option<Self>, Error> {
        let agency = frame.agency.key();
        let key = Key::person(agency, id);
        let mut loaded = site.recorder.store().load(agency, id, std::slice::from_ref(&key)).await?;
        let Some(dossier) = loaded.dossier.take() else { return Ok(None) };
        let person = loaded.item(&key).map(|item| read_json(item, "person")).transpose()?;
        let procedure = site.recorder.catalogue().version(agency, &dossier.procedure).await?;
        Ok(Some(Self { dossier, person, procedure }))
    }

    /// Returns all that is known of it.
    pub(super) fn about(&self) -> (&Dossier, Option<&Procedure>, Option<&Person>) {
        (&self.dossier, self.procedure.as_deref(), self.person.as_ref())
    }

    /// Returns whether an address is in another commune than the one that was confirmed or else declared, once the result is ready:
    /// then a clerk confirms it. A declared text that names no commune is no reason to ask.
    pub(super) fn moves(&self, known: &Known<'_>, mailing: &Mailing) -> bool {
        let ready = matches!(self.dossier.stage, Stage::Done { .. } | Stage::InPost { .. });
        let commune = mailing.address.commune();
        let elsewhere = match self.proposed().step(known).step {
            Step::ReadBack(address) | Step::Taken(address) => address.commune() != commune,
            Step::Choose(offers) => offers.more == 0 && offers.choices.iter().all(|offer| offer.unit.code() != commune),
            Step::Ask => false,
        };
        ready && elsewhere
    }

    /// The address that a clerk is to confirm.
    pub(super) fn moved(&self) -> Option<&Mailing> {
        Some(&self.person.as_ref()?.proposed.as_deref()?.mailing)
    }

    /// Returns what can be done.
    pub(super) fn way(&self) -> Way {
        let by_hand = self.procedure.as_deref().is_some_and(|it| !it.returns_by_post) && !self.wants_post();
        match self.dossier.stage {
            Stage::NotAccepted | Stage::Withdrawn | Stage::Closed(_) => Way::Over,
            Stage::Returned { .. } => Way::Returned,
            Stage::InPost { .. } if self.dossier.failed_attempts > 0 && self.person.is_some() => Way::Failed,
            Stage::InPost { .. } => Way::Posted,
            Stage::Submitted | Stage::Incomplete(_) | Stage::Running(_) | Stage::Paused(_) | Stage::Done { .. } => {
                if by_hand {
                    Way::ByHandOnly
                } else if self.dossier.parcel.is_some() {
                    Way::Packed
                } else if self.person.is_none() {
                    Way::Erased
                } else {
                    Way::Open
                }
            }
        }
    }

    /// Whether the post was chosen.
    pub(super) fn wants_post(&self) -> bool {
        self.dossier.returns_by_post == Some(true)
    }

    /// Whether the address was confirmed.
    pub(super) fn is_confirmed(&self) -> bool {
        self.dossier.address_confirmed && self.mailing().is_some()
    }

    /// The confirmed address.
    pub(super) fn mailing(&self) -> Option<&Mailing> {
        self.person.as_ref()?.mailing.as_deref()
    }

    /// The time at which it was confirmed.
    pub(super) fn confirmed_at(&self) -> Option<Timestamp> {
        Some(self.person.as_ref()?.last_confirmation()?.noted.at)
    }

    /// The address as it was declared: the applicant's, or else the filer's.
    pub(super) fn declared(&self) -> Option<&str> {
        self.person.as_ref()?.declared_address()
    }

    /// The address that is proposed: the one that was confirmed, or else declared.
    pub(super) fn proposed(&self) -> AddressForm {
        match self.mailing() {
            Some(mailing) => AddressForm::of_address(&mailing.address),
            None => AddressForm::of_declared(self.declared().unwrap_or_default()),
        }
    }

    /// The payment of the postage.
    pub(super) fn postage(&self, frame: &Frame<'_>) -> Postage {
        let today = || frame.standing().free_postage(Mail::Results, &self.dossier.procedure.code, frame.today());
        if self.dossier.free_postage.is_some() && self.wants_post() {
            Postage::Promised
        } else if today().is_some() {
            Postage::FreeToday
        } else {
            Postage::Paid
        }
    }
}
