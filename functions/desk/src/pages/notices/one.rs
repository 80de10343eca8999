//! One notice, as the public sees it, with its copies and its readers.

use maud::{Markup, html};
use motcua::store::{People, ReadBy};
use rules::http::Response;
use rules::notice::{Notice, Standing, script, words};
use rules::vietnam;

use super::{ROOT, figures, files, list};
use crate::pages::dossier::command::fresh_key;
use crate::pages::layout::{Frame, Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;
use ::pages::form::Form;
use ::pages::part::errors::Mistakes;
use ::pages::part::facts;

pub(super) async fn show(visit: &Visit<'_>, number: u32, asked: &Form) -> Result<Response, Problem> {
    let Visit { site, staff, .. } = *visit;
    let store = site.recorder.store();
    let newest = store.notice(&staff.agency, number).await?.ok_or(Problem::NotFound)?;
    let notice = match asked.get("version").and_then(|version| version.parse::<u32>().ok()) {
        Some(version) if version != newest.version => {
            store.notice_version(&staff.agency, number, version).await?.ok_or(Problem::NotFound)?
        }
        Some(_) | None => newest.clone(),
    };
    page_of(visit, 200, (&notice, &newest), asked, &Mistakes::default()).await
}

/// The page of one version, with what is wrong with a file that was sent.
pub(super) async fn page_of(
    visit: &Visit<'_>,
    status: u16,
    (notice, newest): (&Notice, &Notice),
    asked: &Form,
    mistakes: &Mistakes,
) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let (store, number) = (site.recorder.store(), newest.number);
    let agency = site.config.agency(staff.agency.as_str());
    let public = agency.and_then(|agency| site.config.page(agency, &format!("/notices/{number}")));
    let telephone = agency.and_then(|agency| agency.contact.telephone.as_deref());
    let publishes = frame.role.holds(Permission::PublishNotices);
    let readers = match publishes {
        true => {
            let (readers, people) = (store.readers_of_notice(&staff.agency, number).await?, visit.people().await?);
            let figures = figures::read(visit, newest, (&readers, &people), asked).await?;
            Some((readers, people, figures))
        }
        false => None,
    };
    let path = format!("{ROOT}/{number}");
    let content = html! {
        @if asked.get("read").is_some() {
            div.notice.done role="status" { p { strong { (frame.say("Đã ghi là bạn đã đọc.", "It is noted that you have read it.")) } } }
        }
        @if notice.version != newest.version {
            div.notice.warn { p { (frame.say("Đây là bản cũ.", "This is an older version.")) " "
                a href={ (ROOT) "/" (number) } { (frame.say("Xem bản đang có hiệu lực", "See the newest one")) } } }
        }
        p { (list::state(frame, &newest.card())) }
        (shown(frame, notice))
        (to_confirm(frame, newest))
        (copies(frame, number, public.as_deref(), &script(notice, &frame.office, telephone)))
        @if let Some((readers, people, figures)) = &readers {
            (read_by(frame, newest, readers, people))
            (figures::shown(frame, figures, &path))
        }
        @if publishes && !newest.withdrawn {
            (acts(frame, newest))
            (files::form(frame, newest, &fresh_key(), mistakes))
        }
        (versions(frame, newest))
    };
    Ok(framed(status, frame, Place::Notices, &notice.told(frame.lang).0.title, &content))
}

/// The button by which a reader confirms, until they have.
fn to_confirm(frame: &Frame, newest: &Notice) -> Markup {
    let is_unread = frame.unread.iter().any(|unread| unread.card.number == newest.number);
    html! { @if is_unread {
        form method="post" action={ (ROOT) "/" (newest.number) "/read" } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(newest.version);
            button.main { (frame.say("Tôi đã đọc", "I have read it")) }
        }
    } }
}

/// The notice itself.
pub(super) fn shown(frame: &Frame, notice: &Notice) -> Markup {
    let (told, lang) = notice.told(frame.lang);
    let about: Vec<_> = [
        (frame.say("Cơ quan ban hành", "Issued by"), html! { (notice.issuer) }),
        (frame.say("Căn cứ", "Legal basis"), html! { (notice.legal_basis) }),
        (frame.say("Áp dụng cho", "About"), html! {
            @if notice.procedures.is_empty() { (frame.say("mọi thủ tục", "all procedures")) } @else { (notice.procedures.join(", ")) }
        }),
    ]
    .into_iter()
    .collect();
    html! {
        div lang=(lang.code()) { @for paragraph in told.text.split("\n\n") { p.lines { (paragraph) } } }
        @if !notice.effects.is_empty() {
            h2 { (frame.say("Áp dụng", "What holds")) }
            ul { @for effect in &notice.effects {
                @let [vi, en] = effect.measure.said();
                li { strong { (effect.days_in(frame.lang)) } " " (frame.lang.pick([&vi, &en])) }
            } }
        }
        (facts::summary(&about))
        @if !notice.enclosures.is_empty() {
            h2 { (frame.say("Tệp kèm theo", "Files")) }
            ul { @for file in &notice.enclosures { li { (file.name) " (" (file.bytes / 1024) " KB)" } } }
        }
        @for further in &notice.further {
            details { summary { (further.language) } p { strong { (further.told.title) } } @for paragraph in further.told.text.split("\n\n") { p.lines { (paragraph) } } }
        }
    }
}

/// The ways out of the house: the public page, the poster, and texts to copy.
fn copies(frame: &Frame, number: u32, public: Option<&str>, script: &str) -> Markup {
    html! {
        h2 { (frame.say("Công bố ra ngoài", "For the public")) }
        @if let Some(public) = public {
            ul {
                li { a href=(public) { (frame.say("Trang công khai", "The public page")) } }
                li { a href={ (public) "/poster" } { (frame.say("Áp phích A4 có mã QR, để in", "An A4 poster with a QR code, to print")) } }
                li { a href={ (public) ".html" } { (frame.say("Đoạn mã cho trang thông tin điện tử của cơ quan", "A copy for the agency's site (HTML)")) } " · "
                    a href={ (public) ".txt" } { (frame.say("văn bản thường", "plain text")) } }
            }
        } @else {
            p { (frame.say("Cơ quan chưa đặt địa chỉ trang công khai, nên chưa ai ngoài cơ quan xem được.", "The agency has no address for its public pages, so that nobody outside sees it.")) }
        }
        details {
            summary { (frame.say("Bài đọc loa", "Text for a loudspeaker")) " (" (words(script)) " " (frame.say("chữ", "words")) ")" }
            p.lines { (script) }
        }
        p { small { (frame.say("Số thông báo", "Notice")) " " (number) } }
    }
}

/// Members of staff who confirmed that they read the newest version, and those who have not.
fn read_by(frame: &Frame, newest: &Notice, readers: &[ReadBy], people: &People) -> Markup {
    let version_of = |who: &str| readers.iter().find(|it| it.account == who);
    let members: Vec<_> = people.members().filter(|member| !member.closed).collect();
    let has = |who: &str| version_of(who).is_some_and(|it| it.version >= newest.version);
    let missing: Vec<_> = members.iter().filter(|member| !has(&member.seen.who)).collect();
    let name = |who: &str| people.name_of(who).unwrap_or(who).to_owned();
    html! {
        h2 id="readers" { (frame.say("Cán bộ xác nhận đã đọc", "Staff who confirmed to have read it")) ": " (members.len() - missing.len()) "/" (members.len()) }
        @if !missing.is_empty() {
            p { strong { (frame.say("Chưa xác nhận", "Not yet")) ": " } (missing.iter().map(|member| name(&member.seen.who)).collect::<Vec<_>>().join(", ")) }
        }
        ul { @for read in readers.iter().filter(|it| it.version >= newest.version) {
            li { bdi { (name(&read.account)) } ", " (vietnam::date_time(read.at)) }
        } }
    }
}

fn acts(frame: &Frame, newest: &Notice) -> Markup {
    html! {
        h2 { (frame.say("Sửa, rút", "Change, withdraw")) }
        p { (frame.say(
            "Điều đã hứa trong thời gian áp dụng vẫn giữ nguyên khi thông báo được sửa, hết hạn hoặc bị rút.",
            "What was granted while it ran stays when the notice is changed, ends or is withdrawn.",
        )) }
        p { a.button href={ "/desk/broadcasts/new?notice=" (newest.number) } { (frame.say("Nhắn tin cho người có hồ sơ đang mở", "Tell people with open dossiers")) } }
        p { a.button href={ (ROOT) "/" (newest.number) "/edit" } { (frame.say("Sửa thông báo", "Change the notice")) } }
        form method="post" action={ (ROOT) "/" (newest.number) "/withdraw" } {
            (frame.csrf_field())
            input type="hidden" name="version" value=(newest.version);
            button.quiet { (frame.say("Rút thông báo", "Withdraw the notice")) }
        }
    }
}

fn versions(frame: &Frame, newest: &Notice) -> Markup {
    html! { @if newest.version > 1 {
        h2 { (frame.say("Các bản", "Versions")) }
        ul { @for version in (1..=newest.version).rev() {
            li { a href={ (ROOT) "/" (newest.number) "?version=" (version) } { (frame.say("Bản", "Version")) " " (version) } }
        } }
    } }
}

/// The notices that stand beside one that is being written.
pub(super) fn beside(frame: &Frame, standing: &Standing, number: u32) -> Markup {
    let today = vietnam::day(frame.now);
    let others: Vec<_> = standing.cards.iter().filter(|card| card.number != number && card.stands_on(today)).collect();
    html! { @if !others.is_empty() {
        p { (frame.say("Đang áp dụng hoặc sắp áp dụng", "Running or to come")) ": "
            @for (place, card) in others.iter().enumerate() {
                @if place > 0 { "; " }
                a href={ (ROOT) "/" (card.number) } { (card.title_in(frame.lang)) }
            } }
    } }
}
