//! Links of messages: each leads to what it is for. A look is noted and changes nothing else, because mail
//! scanners open every link.

use http::Method;
use motcua::site::Site;
use motcua::store::{Behind, Opens, Through};
use rules::http::{Reply, Request, Response, respond};
use rules::token::{Purpose, TOKEN_LEN, Token, stored_as};
use scans::Scans;

use crate::all::By;
use crate::beside::{self, What};
use crate::frame::Frame;
use crate::path::{self, Below};
use crate::problem::Problem;
use crate::{home, keyed, noted, onward, papers, pay, receipt, unsubscribe};

/// Answers what was asked of a link or sent to it.
pub(crate) async fn answer(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    text: &str,
    request: &Request,
) -> Result<Response, Problem> {
    let agency = frame.agency.key();
    let name = stored_as(site.config.id_key(), agency, text);
    let opens = match site.recorder.store().behind(agency, &name, frame.now).await? {
        Behind::Open(opens) => opens,
        Behind::Expired(opens) => {
            tracing::info!(purpose = opens.purpose.name(), "a link whose time is over");
            return Err(Problem::TooOld);
        }
        Behind::Unknown => return Err(Problem::NotFound),
    };
    let token = Token::read(text).ok_or(Problem::NotFound)?;
    let beside = match opens.purpose {
        // What the link is for comes first.
        Purpose::Preferences => Some(What::of(text).unwrap_or(What::Preferences)),
        Purpose::Preview => None,
        _ => What::of(text),
    };
    let (sends, look) = (*request.method() == Method::POST, (opens.id, Through::Link(opens.purpose)));
    let page = Box::pin(async {
        match (beside, &opens.person, sends) {
            (Some(what), None, _) => beside::answer(site, frame, (&token, opens.id), what, request).await,
            (_, _, true) => sent(site, frame, (&token, &opens), request).await,
            (_, _, false) => looked_at((site, scans), frame, (&token, &opens), path::below(text, TOKEN_LEN)).await,
        }
    });
    match (&opens.person, sends) {
        (None, true) => noted::answer(site, frame, look, page).await,
        (None, false) => noted::page(site, frame, look, page).await,
        // It is about a person, and shows no dossier.
        (Some(_), _) => page.await,
    }
}

/// Shows what lies behind a link.
async fn looked_at(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    (token, opens): (&Token, &Opens),
    below: Below<'_>,
) -> Result<Response, Problem> {
    let id = opens.id;
    match (opens.purpose, &opens.person) {
        (Purpose::See, None) => keyed::show((site, scans), frame, (id, By::Link(token)), below).await,
        (Purpose::Preview, None) => keyed::show((site, scans), frame, (id, By::Staff(token)), below).await,
        (Purpose::Pay, None) => match below {
            Below::Itself | Below::Pay(_) => pay::of_link(site, frame, id, By::Link(token)).await,
            Below::Paid(fee) => pay::confirmation(site, frame, (id, By::Link(token)), fee).await,
            Below::Receipt(hash) => receipt::open((site, scans), frame, id, hash).await,
            Below::Label | Below::Looks => Err(Problem::NotFound),
        },
        (Purpose::Supplement, None) => match below {
            Below::Label => papers::label(site, frame, id, By::Link(token)).await,
            Below::Itself | Below::Pay(_) | Below::Paid(_) | Below::Looks | Below::Receipt(_) => {
                papers::show(site, frame, (token, id)).await
            }
        },
        (Purpose::Address | Purpose::Post, None) => home::show(site, frame, (token, id)).await,
        (Purpose::Unsubscribe, Some(_)) => Ok(unsubscribe::ask(frame, token)),
        (_, _) => Ok(respond::see_other(frame.way(&path::of_dossier(id)))),
    }
}

/// Answers what was sent from a link's page.
async fn sent(
    site: &Site,
    frame: &Frame<'_>,
    (token, opens): (&Token, &Opens),
    request: &Request,
) -> Result<Response, Problem> {
    if (opens.purpose, &opens.person) == (Purpose::See, &None)
        && let Some(answer) = onward::led(site, frame, opens.id, request).await?
    {
        return Ok(answer);
    }
    match (opens.purpose, &opens.person) {
        (Purpose::See | Purpose::Pay, None) => {
            let opened = pay::opened(site, frame, (opens.id, By::Link(token)), request).await?;
            Ok(opened.unwrap_or_else(|| respond::see_other(frame.way(&path::of_link(token)))))
        }
        (Purpose::Supplement, None) => Box::pin(papers::answer(site, frame, (token, opens.id), request)).await,
        (Purpose::Address | Purpose::Post, None) => {
            Box::pin(home::answer(site, frame, (token, opens.id), request)).await
        }
        (Purpose::Unsubscribe, Some(person)) => Ok(unsubscribe::done(site, frame, person).await?),
        (_, _) => Ok(respond::text(405, "method not allowed").with_header("allow", "GET")),
    }
}
