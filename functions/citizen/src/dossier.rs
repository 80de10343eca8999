//! The page of one dossier, open to whoever has its address: its state, its date and why, and what to do. Nothing personal,
//! and nothing that somebody typed.

use http::Method;
use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::Through;
use pages::part::notice::Notice;
use rules::dossier::{explanation, spoken};
use rules::http::{Request, Response, respond};
use rules::id::ID_LEN;
use rules::language::Both;
use rules::vietnam;
use scans::Scans;

use crate::advice;
use crate::all::By;
use crate::beside;
use crate::frame::Frame;
use crate::key;
use crate::keyed;
use crate::noted;
use crate::onward;
use crate::opened::{self, Opened};
use crate::path::{self, Below};
use crate::pay;
use crate::problem::Problem;
use crate::standing;

const OPEN_ALL: Both = ["Xem đầy đủ", "See all of it"];
const WHAT_ALL: Both = [
    "Vì sao ngày hẹn thay đổi, cách nộp phí, giấy tờ đã nhận, bưu điện và các tin đã gửi. Liên kết trong tin nhắn mở thẳng, không cần số.",
    "Why the date moved, how to pay, the papers received, the post and the messages sent. The link in a message opens it without digits.",
];

/// Answers what was asked of a dossier's page or sent to it. Without the key there is its state alone.
pub(crate) async fn answer(
    (site, scans): (&Site, &Scans),
    frame: &Frame<'_>,
    text: &str,
    request: &Request,
) -> Result<Response, Problem> {
    let (id, sought) = opened::sought(site, frame, text);
    let holder = id.filter(|id| key::is_sent(site, frame, request, *id));
    let sends = *request.method() == Method::POST;
    let Some(id) = holder else {
        return match (sends, path::below(text, ID_LEN)) {
            (true, _) => key::shown(site, frame, (id, sought), request).await,
            (false, Below::Itself) => show(site, frame, text).await,
            // Half an hour is over: the digits are asked for again.
            (false, Below::Pay(_) | Below::Paid(_) | Below::Label | Below::Looks | Below::Receipt(_)) => {
                Ok(respond::see_other(frame.way(&path::of_dossier(id.ok_or(Problem::NotFound)?))))
            }
        };
    };
    let by = By::Digits(id);
    if sends {
        if let Some(answer) = onward::led(site, frame, id, request).await? {
            return Ok(answer);
        }
        return match pay::opened(site, frame, (id, by), request).await? {
            Some(answer) => Ok(answer),
            None => key::shown(site, frame, (Some(id), sought), request).await,
        };
    }
    let page = Box::pin(keyed::show((site, scans), frame, (id, by), path::below(text, ID_LEN)));
    noted::page(site, frame, (id, Through::Digits), page).await
}

/// Shows the page. A text that is no id is looked for like any other.
async fn show(site: &Site, frame: &Frame<'_>, text: &str) -> Result<Response, Problem> {
    let (opened, ()) = tokio::join!(Opened::read(site, frame, text), frame.learn(site));
    let opened = opened?.ok_or(Problem::NotFound)?;
    let dossier = &opened.dossier;
    let status = frame.say(spoken::status(&dossier.stage));
    let content = html! {
        h1 { (status) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (dossier.called()) } }
        (standing::deadline(frame, &opened))
        h2 { (frame.say(["Việc cần làm", "What to do now"])) }
        (Notice::Told.of(&advice::now(frame, &opened)))
        (why(frame, &opened))
        (standing::about(frame, &opened))
        h2 { (frame.say(OPEN_ALL)) }
        p { (frame.say(WHAT_ALL)) }
        (key::form(frame))
        (beside::call_me(frame, dossier.id))
        p.small.soft {
            (frame.say(["Thông tin lúc ", "As of "])) (vietnam::date_time(frame.now)) ". "
            (frame.say([
                "Trang này không có thông tin cá nhân.",
                "There is no personal information on this page.",
            ]))
        }
    };
    Ok(frame.page(200, &format!("{status} – {}", dossier.called()), &content))
}

/// The sentence that explains the date. It is made of the state alone: the words that staff typed stay in the history.
fn why(frame: &Frame<'_>, opened: &Opened) -> Markup {
    let Some(told) = explanation(&opened.dossier, &[], opened.terms()) else { return html! {} };
    html! {
        h2 { (frame.say(["Thời hạn được tính như sau", "How the time is counted"])) }
        p { (frame.say([&told.vi, &told.en])) }
    }
}
