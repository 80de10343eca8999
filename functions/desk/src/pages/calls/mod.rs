//! The phone list: people whom a message could not reach, by urgency, and a form for the outcome of each call.
//!
//! It is the one list of people to be called. Whatever else wants a call adds its reason to the messages of a person's
//! entry ([`rules::calls`]).

mod form;
mod list;
mod one;
mod post;
mod progress;

use rules::http::Response;

use super::problem::Problem;
use crate::pages::visit::Visit;

/// Path of the list.
const ROOT: &str = "/desk/calls";

/// Answers the list, one entry of it, and the form of its outcome.
pub(crate) async fn answer(visit: &Visit<'_>, path: &[&str]) -> Result<Response, Problem> {
    match (path, visit.sent()?) {
        (["calls"], None) => list::show(visit, &visit.asked()).await,
        (["calls", name], None) => one::show(visit, name, &visit.asked()).await,
        (["calls", name], Some(sent)) => Box::pin(one::record(visit, name, &sent)).await,
        (["calls"], Some(_)) => Err(Problem::Method),
        _ => Err(Problem::NotFound),
    }
}
