//! From a call to the way of return: somebody who wants the post on the phone, or confirms an address, leads to the forms of
//! their dossiers.

use maud::{Markup, html};
use rules::calls::Call;
use rules::dossier::{Dossier, Kind};
use rules::id::DossierId;

use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::words::of_command;
use ::pages::form::Form;

/// Name of the dossiers whose result is to go by post, in an address.
const POST: &str = "post";
/// The most of them.
const MOST_BY_POST: usize = 5;

/// The dossiers of somebody who wants the post, for the address of the page on which the way of return is recorded next.
pub(super) fn by_post(call: &Call) -> String {
    let ids: Vec<String> = call.dossiers().iter().take(MOST_BY_POST).map(ToString::to_string).collect();
    format!("&{POST}={}", ids.join(","))
}

/// The commands that are still to be given for a dossier.
fn steps(dossier: &Dossier) -> impl Iterator<Item = (&'static str, Kind)> {
    let choice = (dossier.returns_by_post != Some(true)).then_some(("choose-return", Kind::ChooseReturn));
    let address = (!dossier.address_confirmed).then_some(("confirm-address", Kind::ConfirmAddress));
    choice.into_iter().chain(address)
}

/// The links by which the way of return of those dossiers is recorded, where it is not known yet.
pub(super) async fn to_post(visit: &Visit<'_>, asked: &Form) -> Result<Markup, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let ids = asked.get(POST).unwrap_or_default().split(',').filter_map(|id| DossierId::parse(id).ok());
    let ids: Vec<DossierId> = ids.take(MOST_BY_POST).collect();
    if ids.is_empty() || staff.may(Kind::ChooseReturn).is_err() {
        return Ok(Markup::default());
    }
    let mut dossiers = site.recorder.store().dossiers_lately(&staff.agency, &ids).await?;
    dossiers.retain(|it| it.returns_by_post != Some(true) || !it.address_confirmed);
    Ok(html! { @if !dossiers.is_empty() {
        p { (frame.say("Ghi cách nhận kết quả qua bưu chính và địa chỉ", "Record the return by post, and the address")) ":" }
        ul { @for it in &dossiers { li {
            (it.called()) ":"
            @for (name, kind) in steps(it) {
                " " a href={ "/desk/dossiers/" (it.id) "/" (name) } { (frame.lang.pick(of_command(kind))) }
            }
        } } }
    } })
}
