//! The result comes home: the pages on which somebody who got a link chooses the post, confirms or betters the address, and
//! takes the choice back. A look changes nothing, because mail scanners open every link.

mod address;
mod choice;
mod record;
mod shown;
mod state;
mod told;

use motcua::site::Site;
use pages::Form;
use pages::address::{AddressForm, Step};
use rules::http::{Request, Response, respond};
use rules::id::DossierId;
use rules::token::Token;

use crate::frame::Frame;
use crate::problem::Problem;
use crate::recorded::Recorded;
use shown::{KEEP, known, path};
use state::{Home, Way};

/// Shows the page of a link.
pub(crate) async fn show(
    site: &Site,
    frame: &Frame<'_>,
    (token, id): (&Token, DossierId),
) -> Result<Response, Problem> {
    let home = read(site, frame, id).await?;
    Ok(now(site, frame, (token, &home), None))
}

/// Answers what was sent from it.
pub(crate) async fn answer(
    site: &Site,
    frame: &Frame<'_>,
    (token, id): (&Token, DossierId),
    request: &Request,
) -> Result<Response, Problem> {
    let sent = Form::of(request)?;
    let home = read(site, frame, id).await?;
    let recorded = match (home.way(), choice::read(&sent)) {
        (Way::Open, Some(by_post)) => record::choose(site, frame, (token, &home, &sent), by_post).await?,
        (Way::Open | Way::Failed, None) if sent.get(KEEP).is_some() => {
            record::propose(site, frame, &home, None).await?
        }
        (Way::Open | Way::Failed, None) => {
            let at = AddressForm::of(&sent).step(&known(site, frame));
            let extras = address::Extras::of(frame, &sent);
            match (&at.step, extras.mailing(&at.step)) {
                (Step::Taken(_), Some(mailing)) if home.moves(&known(site, frame), &mailing) => {
                    record::propose(site, frame, &home, Some(mailing)).await?
                }
                (Step::Taken(_), Some(mailing)) => record::confirm(site, frame, (token, &home, &sent), mailing).await?,
                _ => return Ok(address::page(site, frame, (token, &home), (&at, &extras))),
            }
        }
        // It may have been possible when the page was opened.
        _ => Recorded::TooLate,
    };
    match recorded {
        Recorded::Done => Ok(respond::see_other(frame.way(&path(token)))),
        Recorded::TooLate => {
            let home = read(site, frame, id).await?;
            Ok(now(site, frame, (token, &home), Some(TOO_LATE)))
        }
    }
}

/// The status of a page that says why nothing was recorded.
const TOO_LATE: u16 = 409;

async fn read(site: &Site, frame: &Frame<'_>, id: DossierId) -> Result<Home, Problem> {
    let (home, ()) = tokio::join!(Home::read(site, frame, id), frame.learn(site));
    home?.ok_or(Problem::NotFound)
}

/// The page as the dossier is now; with a status, if something else was wanted and is not possible.
fn now(site: &Site, frame: &Frame<'_>, (token, home): (&Token, &Home), refused: Option<u16>) -> Response {
    match home.way() {
        Way::Open if home.wants_post() && !home.is_confirmed() => {
            let at = home.proposed().step(&known(site, frame));
            address::page(site, frame, (token, home), (&at, &address::Extras::of_home(home)))
        }
        Way::Open => choice::page(site, frame, (token, home), refused),
        Way::Failed => {
            let at = home.proposed().step(&known(site, frame));
            address::page(site, frame, (token, home), (&at, &address::Extras::of_home(home)))
        }
        Way::Packed | Way::Posted | Way::Returned | Way::Over | Way::ByHandOnly | Way::Erased => {
            told::page(site, frame, (token, home), refused)
        }
    }
}
