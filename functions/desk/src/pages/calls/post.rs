//! From a call to the way of return: somebody who wants the post on the phone leads to the forms of their dossiers.

use maud::{Markup, html};
use rules::calls::Call;
use rules::dossier::Kind;
use rules::id::DossierId;

use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
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

/// The links by which the way of return of those dossiers is recorded, where it is not known yet.
pub(super) async fn to_post(visit: &Visit<'_>, asked: &Form) -> Result<Markup, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let ids = asked.get(POST).unwrap_or_default().split(',').filter_map(|id| DossierId::parse(id).ok());
    let ids: Vec<DossierId> = ids.take(MOST_BY_POST).collect();
    if ids.is_empty() || staff.may(Kind::ChooseReturn).is_err() {
        return Ok(Markup::default());
    }
    let mut dossiers = site.recorder.store().dossiers_lately(&staff.agency, &ids).await?;
    dossiers.retain(|it| it.returns_by_post != Some(true));
    Ok(html! { @if !dossiers.is_empty() {
        p { (frame.say("Ghi cách nhận kết quả qua bưu chính", "Record the return by post")) ":" }
        ul { @for it in &dossiers { li { a href={ "/desk/dossiers/" (it.id) "/choose-return" } { (it.called()) } } } }
    } })
}
