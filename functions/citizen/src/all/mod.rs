//! All of a dossier, for whoever has its link or showed its digits: where it stands, why the date moved, what is asked of
//! them, and everything that happened.

mod dates;
mod fees;
mod messages;
mod onward;
mod papers;
mod post;
mod read;
mod story;

use maud::{Markup, html};
use motcua::site::Site;
use pages::part::notice::Notice;
use rules::dossier::spoken;
use rules::http::Response;
use rules::id::DossierId;
use rules::language::Both;
use rules::vietnam;

use crate::frame::Frame;
use crate::problem::Problem;
use crate::{advice, key, standing};
pub(crate) use fees::{PAY, called};
pub(crate) use onward::{GO, wanted};
pub(crate) use read::{All, By};

/// The words of the way to those who looked at the dossier, and the title of their page.
pub(crate) const WHO_LOOKED: Both = ["Ai đã xem hồ sơ", "Who looked at the dossier"];

/// Shows the page.
pub(crate) async fn show(site: &Site, frame: &Frame<'_>, id: DossierId, by: By<'_>) -> Result<Response, Problem> {
    let all = read(site, frame, id).await?;
    let stands = &all.opened.dossier;
    let status = frame.say(spoken::status(&stands.stage));
    let content = html! {
        @if matches!(by, By::Staff(_)) { (for_staff(frame)) }
        h1 { (status) }
        p { (frame.say(["Hồ sơ ", "Dossier "])) span.wide { (stands.called()) } }
        (standing::deadline(frame, &all.opened))
        h2 { (frame.say(["Việc cần làm", "What to do now"])) }
        (Notice::Told.of(&html! { (advice::now(frame, &all.opened)) (fees::to_pay(frame, &all, by)) (onward::to_papers(frame, &all, by)) (onward::to_address(frame, &all, by)) }))
        (dates::shown(frame, &all))
        (fees::shown(site, frame, &all, by))
        (papers::shown(frame, &all))
        (post::shown(frame, &all, by))
        (story::shown(frame, &all))
        (messages::shown(frame, &all))
        p { a href=(frame.way(&by.looks())) { (frame.say(WHO_LOOKED)) } }
        (standing::about(frame, &all.opened))
        p.small.soft { (frame.say(["Thông tin lúc ", "As of "])) (vietnam::date_time(frame.now)) "." }
        (all.foot(frame, by))
        (leave(frame, by))
    };
    Ok(frame.page(200, &format!("{status} – {}", stands.called()), &content))
}

/// Reads all of a dossier, and the notices that stand.
pub(crate) async fn read(site: &Site, frame: &Frame<'_>, id: DossierId) -> Result<All, Problem> {
    let (all, ()) = tokio::join!(Box::pin(All::read(site, frame, id)), frame.learn(site));
    all?.ok_or(Problem::NotFound)
}

fn for_staff(frame: &Frame<'_>) -> Markup {
    Notice::Warning.of(&html! { p { (frame.say([
        "Trang này chỉ để cán bộ xem như người dân thấy; các nút không dùng được.",
        "This is what the citizen sees, shown to a member of staff; its buttons do nothing.",
    ])) } })
}

/// The button that forgets the pass, for whoever uses another person's telephone.
fn leave(frame: &Frame<'_>, by: By<'_>) -> Markup {
    html! { @if let By::Digits(_) = by {
        form method="post" action=(frame.way(&by.path())) {
            button name=(key::FORGET) value="1" { (frame.say(["Đóng hồ sơ trên máy này", "Close it on this device"])) }
        }
    } }
}
