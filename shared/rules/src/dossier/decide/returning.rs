//! Ways in which the result comes back: chosen, with an address, in a parcel, by the post.

use super::super::{Consent, Dossier, Event, Phase};
use super::fees;
use super::finish::{paid_up, spared};
use super::{Case, Refusal, text};
use crate::notice::{Granted, Mail};
use crate::post::Why;
use crate::vietnam;
use crate::vnd::Vnd;

pub(super) fn choose(case: Case<'_>, by_post: bool, consent: Option<Consent>) -> Result<Vec<Event>, Refusal> {
    possible(case, by_post)?;
    not_packed(case.dossier)?;
    // Whoever was asked may say once more that they come to the desk.
    if case.dossier.returns_by_post == Some(by_post) && !case.dossier.desk_in_question {
        return Err(Refusal::SameReturn);
    }
    let free = if by_post { free(case) } else { None };
    let chosen = Event::ReturnChosen { by_post, consent, free };
    // A postage that was asked for is asked for no more; other fees are nothing that this changes.
    let unneeded = !by_post && case.dossier.owes_postage_alone();
    let spared = if unneeded { spared(case, "nhận tại nơi trả kết quả")? } else { None };
    Ok(spared.into_iter().chain([chosen]).collect())
}

/// Asks for the address once: nobody is written to twice for the same, and nobody who has said everything.
pub(super) fn ask(case: Case<'_>) -> Result<Vec<Event>, Refusal> {
    possible(case, true)?;
    not_packed(case.dossier)?;
    if case.dossier.knows_its_way_home() || case.dossier.address_asked_at.is_some() {
        return Err(Refusal::AddressAsked);
    }
    Ok(vec![Event::AddressAsked { at: case.at(), free: free(case) }])
}

/// Confirms an address. Only the shell keeps addresses. One that was written on a parcel changes by taking the result out of
/// it; one that the post could not deliver to may be bettered at any time.
pub(super) fn confirm(case: Case<'_>, differs: bool, consent: Option<Consent>) -> Result<Vec<Event>, Refusal> {
    if case.dossier.phase() != Phase::InPost {
        not_packed(case.dossier)?;
    }
    Ok(vec![Event::AddressConfirmed { differs, consent }])
}

pub(super) fn put(case: Case<'_>, parcel: &str) -> Result<Vec<Event>, Refusal> {
    possible(case, true)?;
    not_packed(case.dossier)?;
    let spared = postage_paid(case)?;
    text("parcel", parcel)?;
    if case.dossier.returns_by_post != Some(true) {
        return Err(Refusal::PostNotChosen);
    }
    if !case.dossier.address_confirmed {
        return Err(Refusal::AddressNotConfirmed);
    }
    Ok(spared.into_iter().chain([Event::ParcelMade { parcel: parcel.to_owned() }]).collect())
}

pub(super) fn take_off(case: Case<'_>, because: &str) -> Result<Vec<Event>, Refusal> {
    text("because", because)?;
    let parcel = case.dossier.parcel.clone().ok_or(Refusal::NoParcel)?;
    Ok(vec![Event::ParcelTakenOff { parcel, because: because.to_owned() }])
}

pub(super) fn post(case: Case<'_>, item_code: &str) -> Result<Vec<Event>, Refusal> {
    possible(case, true)?;
    let spared = postage_paid(case)?;
    text("item_code", item_code)?;
    // A promise made with the choice is kept, whatever holds on the day of posting.
    let free = free(case);
    Ok(spared.into_iter().chain([Event::ResultPosted { item_code: item_code.to_owned(), free }]).collect())
}

/// Asks for the postage, once. Nobody is asked who was promised that it is free, or is granted it today.
pub(super) fn ask_postage(case: Case<'_>, amount_vnd: Vnd) -> Result<Vec<Event>, Refusal> {
    possible(case, true)?;
    not_packed(case.dossier)?;
    if case.dossier.returns_by_post != Some(true) {
        return Err(Refusal::PostNotChosen);
    }
    if free(case).is_some() {
        return Err(Refusal::PostageFree);
    }
    if amount_vnd == Vnd::ZERO {
        return Err(Refusal::ZeroFee);
    }
    if case.dossier.postage().is_some() {
        return Err(Refusal::FeeAlreadyAsked);
    }
    Ok(vec![fees::postage(case, amount_vnd)?])
}

/// Checks that everything is paid. A postage that is free by now is not paid any more.
fn postage_paid(case: Case<'_>) -> Result<Option<Event>, Refusal> {
    if free(case).is_some() { spared(case, "miễn cước bưu chính") } else { paid_up(case).map(|()| None) }
}

/// Returns the notice that makes the postage free: as it was promised with the question or the choice, or by what holds now.
fn free(case: Case<'_>) -> Option<Granted> {
    case.dossier.free_postage.or_else(|| postage(case))
}

/// Notes an attempt that failed. Attempts may be reported in any order, so the first is the one that comes first.
pub(super) fn failed(case: Case<'_>, attempt: u8, why: Why) -> Event {
    Event::DeliveryFailed { attempt, why, at: case.at(), first: case.dossier.failed_attempts == 0 }
}

fn possible(case: Case<'_>, by_post: bool) -> Result<(), Refusal> {
    let only_by_hand = case.terms.procedure.is_some_and(|procedure| !procedure.returns_by_post);
    if by_post && only_by_hand { Err(Refusal::NotByPost) } else { Ok(()) }
}

fn not_packed(dossier: &Dossier) -> Result<(), Refusal> {
    if dossier.parcel.is_some() { Err(Refusal::InAParcel) } else { Ok(()) }
}

/// Returns the notice that makes the postage of a result free at the time of the command.
fn postage(case: Case<'_>) -> Option<Granted> {
    case.terms.notices.free_postage(Mail::Results, &case.dossier.procedure.code, vietnam::day(case.at()))
}
