//! The feed of an operator: one cursor, never a question for each parcel.

use std::convert::Infallible;

use jiff::{SignedDuration, Timestamp};
use motcua::post::{About, tracked_all};
use motcua::store::Error;
use motcua::web::Silence;
use rules::gateway::Call;
use rules::post::Source;

use crate::answer::{Answer, Row, rows};
use crate::calls::{self, BEGINNING};
use crate::line::Line;
use crate::report::Report;

/// Pages that one run reads, at most. Another run goes on.
const MOST_PAGES: u32 = 40;

/// Trouble of a reading.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The operator does not answer.
    Silent(Silence),
    /// The store does not answer.
    Store(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// Reads the feed if it is time, as far as there is time left.
pub(crate) async fn read(
    line: &Line<'_>,
    now: Timestamp,
    time_left: &(dyn Fn() -> bool + Send + Sync),
    report: &mut Report,
) -> Result<(), Trouble> {
    let (store, agency, operator) = (line.site.recorder.store(), &line.post.agency, &line.post.id);
    let mut feed = store.feed(agency, operator).await?;
    if feed.due_at.is_some_and(|at| at > now) {
        return Ok(());
    }
    for _ in 0..MOST_PAGES {
        if !time_left() {
            report.unfinished = true;
            return Ok(());
        }
        let last = feed.last.clone().unwrap_or_else(|| BEGINNING.to_owned());
        let call = |token: &str| Ok::<Call, Infallible>(calls::tracking(line.to, token, &last));
        let answer = line.ask(call).await.map_err(Trouble::Silent)?;
        let body = match answer {
            Ok(Answer::Done(body)) => body,
            Ok(Answer::Exists | Answer::Missing | Answer::TokenOver | Answer::Refused(_)) | Err(_) => {
                return Err(Trouble::Silent(Silence::Unreadable));
            }
        };
        let page = rows(&body, &line.post.codes, Source::Feed, now).ok_or(Trouble::Silent(Silence::Unreadable))?;
        let (rows, end, count) = page;
        report.rows += tracked_all(line.site, line.post, rows.into_iter().map(told).collect(), now).await?;
        // A feed that begins anew, or goes back, tells what is known already: its rows are taken, and the cursor stays.
        let forward = end.as_ref().is_some_and(|end| is_behind(&last, end));
        if let Some(end) = end.filter(|_| forward) {
            feed.last = Some(end);
            feed.due_at = None;
            store.note_feed(agency, operator, &feed).await?;
        } else if count > 0 {
            tracing::warn!(operator, "the feed of an operator went back");
        }
        if count < calls::PAGE || !forward {
            let pause = i64::try_from(line.to.feed_every_minutes).unwrap_or(i64::MAX);
            feed.due_at = Some(now + SignedDuration::from_mins(pause));
            store.note_feed(agency, operator, &feed).await?;
            return Ok(());
        }
    }
    report.unfinished = true;
    Ok(())
}

fn told(row: Row) -> (About, rules::post::Tracked) {
    (About { order: row.order, waybill: row.waybill }, row.event)
}

/// Whether an id comes behind another: by length, then by its digits.
fn is_behind(last: &str, id: &str) -> bool {
    (id.len(), id) > (last.len(), last)
}
