//! Broadcasts: one text to the applicants of open dossiers. A manager writes it, looks at the numbers, and releases it;
//! above a number of receivers another manager must.
//!
//! | page | what it is |
//! | --- | --- |
//! | `/desk/broadcasts` | all of them, newest first |
//! | `/desk/broadcasts/new`, `/{number}/edit` | the form: whom it is for, and the texts |
//! | `/desk/broadcasts/{number}` | the numbers before and while it leaves, what to do next, who did what; `POST` an act |

mod act;
mod form;
mod list;
mod numbers;
mod one;

use rules::broadcast::{Broadcast, Settings, Stage};
use rules::http::Response;

use super::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::part::tag::Tone;

/// Path of the list.
const ROOT: &str = "/desk/broadcasts";

/// Answers the list, the form and one broadcast.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    match path {
        ["broadcasts"] => {
            visit.only_reads()?;
            list::show(visit).await
        }
        ["broadcasts", "new"] => Box::pin(form::new(visit)).await,
        ["broadcasts", number] => {
            let number = read(number)?;
            match visit.sent()? {
                Some(sent) => Box::pin(act::act(visit, number, &sent)).await,
                None => Box::pin(one::show(visit, number, (200, None))).await,
            }
        }
        ["broadcasts", number, "edit"] => Box::pin(form::edit(visit, read(number)?)).await,
        _ => Err(Problem::NotFound),
    }
}

fn read(number: &str) -> Result<u32, Problem> {
    number.parse().map_err(|_| Problem::NotFound)
}

/// Reads a broadcast of the visitor's agency.
async fn found(visit: &Visit<'_>, number: u32) -> Result<Broadcast, Problem> {
    let found = visit.site.recorder.store().broadcast(&visit.staff.agency, number).await?;
    found.ok_or(Problem::NotFound)
}

/// The agency's settings.
fn settings(visit: &Visit<'_>) -> Settings {
    let agency = visit.site.config.agency(visit.staff.agency.as_str());
    agency.map(|agency| agency.broadcasts).unwrap_or_default()
}

/// Whether the reader may write and release broadcasts.
fn may_act(visit: &Visit<'_>) -> bool {
    visit.staff.role().holds(Permission::Broadcast)
}

fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Drafted | Stage::Cancelled => Tone::Neutral,
        Stage::Gathering | Stage::Sending => Tone::Blue,
        Stage::Ready | Stage::Stopped => Tone::Amber,
        Stage::Done => Tone::Green,
    }
}
