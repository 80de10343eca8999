//! Papers that were asked for: which, until when, the nearest way, and the word of the link's holder which of them come and
//! how. Nothing counts as handed over by that: the hand-over minutes do it.

mod label;
mod page;

use motcua::site::Site;
use pages::Form;
use rules::dossier::Action;
use rules::http::{Request, Response, respond};
use rules::id::DossierId;
use rules::token::Token;

use crate::all;
use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;
use crate::recorded::{Recorded, record};
pub(crate) use label::label;
use page::{BY, DESK, PAPER, POST, SEEN};

/// Shows the page of a link.
pub(crate) async fn show(
    site: &Site,
    frame: &Frame<'_>,
    (token, id): (&Token, DossierId),
) -> Result<Response, Problem> {
    let all = all::read(site, frame, id).await?;
    Ok(page::shown(site, frame, (token, &all), page::Said::Nothing))
}

/// Answers what was sent from it.
pub(crate) async fn answer(
    site: &Site,
    frame: &Frame<'_>,
    (token, id): (&Token, DossierId),
    request: &Request,
) -> Result<Response, Problem> {
    let sent = Form::of(request)?;
    let all = all::read(site, frame, id).await?;
    let by_post = match sent.get(BY) {
        Some(POST) => true,
        Some(DESK) => false,
        Some(_) | None => return Ok(page::shown(site, frame, (token, &all), page::Said::NoWay)),
    };
    let asked = page::asked(&all);
    if asked.is_empty() {
        return Ok(page::shown(site, frame, (token, &all), page::Said::TooLate));
    }
    let listed: Vec<_> = asked.iter().flat_map(|awaited| &awaited.papers).collect();
    // Only what was asked for can be said to come.
    let papers: Vec<String> =
        sent.all(PAPER).filter(|code| listed.iter().any(|it| it == code)).map(str::to_owned).collect();
    if papers.is_empty() && !listed.is_empty() {
        return Ok(page::shown(site, frame, (token, &all), page::Said::NoPaper));
    }
    let seen = sent.get(SEEN).and_then(|seen| seen.parse().ok()).unwrap_or(all.opened.dossier.version);
    let meaning = format!("{by_post} {}", papers.join("\n"));
    let action = Action::AnnounceOriginals { papers, by_post: Some(by_post) };
    match Box::pin(record(site, frame, (token, id, seen), (action, None, &meaning))).await? {
        Recorded::Done => Ok(respond::see_other(frame.way(&path::of_link(token)))),
        Recorded::TooLate => {
            let all = all::read(site, frame, id).await?;
            Ok(page::shown(site, frame, (token, &all), page::Said::TooLate))
        }
    }
}
