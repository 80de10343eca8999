//! Acts of a manager on a broadcast, on its page.

use rules::broadcast::{Act, Refusal};
use rules::http::{Response, respond};
use rules::limits::LONGEST_TEXT;

use super::form::entry;
use super::{ROOT, found, one, settings};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::form::{Form, NotAForm};
use ::pages::part::errors::Mistakes;

/// Acts that the page offers.
const OFFERED: [Act; 6] = [Act::Gather, Act::Release, Act::Return, Act::Stop, Act::Continue, Act::Cancel];
/// Rounds of load and write: a broadcast that leaves is written by every portion.
const ROUNDS: u32 = 16;

/// Does what the form says. A repeat changes nothing and leads to the same page.
pub(super) async fn act(visit: &Visit<'_>, number: u32, sent: &Form) -> Result<Response, Problem> {
    visit.needs(Permission::Broadcast)?;
    let malformed = || Problem::Form(NotAForm::Malformed);
    let act = OFFERED.into_iter().find(|act| sent.get("act") == Some(act.name())).ok_or_else(malformed)?;
    let round: u32 = sent.get("round").and_then(|round| round.parse().ok()).ok_or_else(malformed)?;
    let reason = sent.get("reason");
    if reason.is_some_and(|reason| reason.chars().count() > LONGEST_TEXT) {
        return Err(Problem::Form(NotAForm::TooLarge));
    }
    let (store, settings) = (visit.site.recorder.store(), settings(visit));
    for _ in 0..ROUNDS {
        let it = found(visit, number).await?;
        let by = (visit.staff.subject.as_str(), visit.now);
        match it.acted(act, by, (round, reason), &settings) {
            Ok(None) => return Ok(respond::see_other(format!("{ROOT}/{number}"))),
            Ok(Some(after)) => {
                let entry = entry(visit, number, act);
                if store.move_broadcast(&visit.staff.agency, &after, Some(&entry)).await?.is_some() {
                    return Ok(respond::see_other(format!("{ROOT}/{number}?done={}", act.name())));
                }
            }
            Err(refusal) => {
                let [vi, en] = refusal.said();
                let why = visit.frame.lang.pick([&vi, &en]);
                let at_reason = refusal == Refusal::NoReason;
                let name = visit.frame.say("Lý do trả lại", "Reason");
                let mistakes = if at_reason { Mistakes::at("reason", name, why) } else { Mistakes::of_all(why) };
                return Box::pin(one::show(visit, number, (409, Some(&mistakes)))).await;
            }
        }
    }
    Err(Problem::Later("a broadcast moved again and again".to_owned()))
}
