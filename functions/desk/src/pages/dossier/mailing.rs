//! The address that a result is posted to, beside the one that was declared: by whom it was confirmed, when and how.

use ::pages::address::{Known, lines};
use ::pages::part::phone;
use maud::{Markup, html};
use rules::address::Address;
use rules::dossier::{Kind, Phase};
use rules::person::{Change, Mailing, Person};
use rules::vietnam;

use crate::pages::dossier::messages::consent_name;
use crate::pages::dossier::opened::Opened;
use crate::pages::visit::Visit;
use crate::words;

/// Shows the confirmed address; of a result that goes by post without one, the way to it.
pub(super) fn shown(visit: &Visit<'_>, opened: &Opened, person: &Person) -> Markup {
    let frame = visit.frame;
    let wanted = opened.dossier().returns_by_post == Some(true);
    html! { @match person.mailing.as_deref() {
        Some(mailing) => {
            (confirmed(visit, opened, (mailing, person.last_confirmation())))
            @if let Some(proposal) = person.proposed.as_deref() { dl.facts {
                dt { (frame.say("Muốn nhận ở địa chỉ khác", "Wants it at another address")) }
                dd {
                    (lines(&known(visit), &proposal.mailing.address))
                    small { (vietnam::date_time(proposal.at)) } " "
                    a href={ "/desk/dossiers/" (opened.dossier().id) "/confirm-address" } {
                        (frame.lang.pick(words::of_command(Kind::ConfirmAddress)))
                    }
                }
            } }
        }
        None if wanted => dl.facts {
            dt { (frame.say("Địa chỉ nhận kết quả", "Address for the result")) }
            dd { (frame.say("Chưa xác nhận.", "Not confirmed yet.")) " " (to_confirm(visit, opened)) }
        },
        None => {}
    } }
}

fn confirmed(visit: &Visit<'_>, opened: &Opened, (mailing, change): (&Mailing, Option<&Change>)) -> Markup {
    let frame = visit.frame;
    html! {
        dl.facts {
            dt { (frame.say("Địa chỉ nhận kết quả", "Address for the result")) }
            dd {
                (lines(&known(visit), &mailing.address))
                @if let Some(change) = change { small { (how(visit, opened, change)) } }
            }
            @if let Some(receiver) = &mailing.receiver {
                dt { (frame.lang.pick(words::field(Kind::ConfirmAddress, "receiver"))) } dd { bdi { (receiver) } }
            }
            @if let Some(number) = &mailing.phone {
                dt { (frame.lang.pick(words::field(Kind::ConfirmAddress, "phone"))) } dd { (phone::shown(number)) }
            }
        }
    }
}

/// The words for when it was confirmed, by whom, and how they agreed.
fn how(visit: &Visit<'_>, opened: &Opened, change: &Change) -> Markup {
    let frame = visit.frame;
    let names = opened.names(frame.lang);
    html! {
        (frame.say("xác nhận", "confirmed")) " " (vietnam::date_time(change.noted.at)) ", "
        bdi { (names.account(&change.noted.by)) }
        @if let Some(consent) = change.consent {
            ", " (frame.lang.pick(words::field(Kind::ConfirmAddress, "consent")).to_lowercase()) " "
            (words::choice(consent_name(consent), frame.lang).to_lowercase())
        }
        @if let Some(who) = &change.given_by { " (" bdi { (who) } ")" }
    }
}

/// The link to the form that confirms an address, for whoever may; nothing where none can be confirmed.
pub(super) fn to_confirm(visit: &Visit<'_>, opened: &Opened) -> Markup {
    let dossier = opened.dossier();
    let ended = matches!(
        dossier.phase(),
        Phase::Returned | Phase::NotAccepted | Phase::Withdrawn | Phase::Closed | Phase::InPost
    );
    let possible = visit.staff.may(Kind::ConfirmAddress).is_ok() && !ended && dossier.parcel.is_none();
    let wanted = dossier.returns_by_post == Some(true) && !dossier.address_confirmed && opened.whole.person.is_some();
    html! { @if possible && wanted {
        a href={ "/desk/dossiers/" (dossier.id) "/confirm-address" } {
            (visit.frame.lang.pick(words::of_command(Kind::ConfirmAddress)))
        }
    } }
}

/// An address in one line, as a change of it is told.
pub(super) fn in_one_line(visit: &Visit<'_>, address: &Address) -> String {
    let known = known(visit);
    address.lines(known.units, known.today).join(", ")
}

fn known<'a>(visit: &Visit<'a>) -> Known<'a> {
    Known { units: visit.site.units(), today: vietnam::day(visit.now), lang: visit.frame.lang }
}
