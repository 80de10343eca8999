//! Progress of the question whether results come home, as figures of three months.

use jiff::ToSpan;
use maud::{Markup, html};
use motcua::store::Total;
use rules::statistics::Flow;
use rules::vietnam;

use crate::pages::problem::Problem;
use crate::pages::visit::Visit;

/// The figures that are shown.
const SHOWN: [Flow; 4] = [Flow::PostAsked, Flow::PostByLink, Flow::PostByStaff, Flow::AddressCorrected];

/// Reads and shows them.
pub(super) async fn shown(visit: &Visit<'_>) -> Result<Markup, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let today = vietnam::day(now);
    let from = today.first_of_month().saturating_sub(2.months());
    let kept = site.recorder.store().totals(&staff.agency, from, today).await?;
    let sum = Total::together(from, today, &kept).sum(|_| true);
    Ok(html! { p.soft {
        (frame.say("Từ", "Since")) " " (vietnam::written(from)) ": "
        @for (place, flow) in SHOWN.into_iter().enumerate() {
            @if place > 0 { ", " }
            (frame.lang.pick(flow.told())) " " strong { (sum.flow(flow)) }
        }
        ". " a href="/desk/reports" { (frame.say("Báo cáo", "Reports")) }
    } })
}
