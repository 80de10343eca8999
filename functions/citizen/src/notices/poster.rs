//! The poster of a notice: one sheet of A4, read from a few steps away.

use maud::{Markup, PreEscaped, html};
use motcua::site::Site;
use pages::Document;
use pages::part::head::Mark;
use rules::gateway::vietqr::picture;
use rules::http::{Response, respond};
use rules::language::Language;
use rules::notice::{Effect, Notice};
use rules::vietnam;

use super::effects::{When, days, sentence, when};
use super::fit::{Around, Fit, fit};
use crate::frame::Frame;
use crate::path;

/// The style sheet of the poster.
pub(crate) const STYLE: &str = include_str!("poster.css");

/// Shows the poster, of what is not over yet.
pub(crate) fn show(site: &Site, frame: &Frame<'_>, notice: &Notice) -> Response {
    // A poster is in one language: without an English text all of it is in Vietnamese.
    let (told, lang) = notice.told(frame.lang);
    let frame = &frame.in_language(lang);
    let stands = |effect: &&Effect| !notice.withdrawn && when(effect, frame.today()) != When::Ended;
    let effects: Vec<(String, String)> = notice
        .effects
        .iter()
        .filter(stands)
        .map(|effect| (sentence(&effect.measure, lang).0, days(effect, lang)))
        .collect();
    let lines: Vec<_> = effects.iter().map(|(text, days)| format!("{text} {days}.")).collect();
    let text = if notice.withdrawn { withdrawn(lang, notice) } else { told.text.clone() };
    let foot = foot(lang, notice);
    let line: String = foot.iter().map(|(text, _)| text.as_str()).collect();
    let facts: Vec<&str> = frame.reached_by().into_iter().map(|(_, text)| text).collect();
    let office = &frame.agency.name;
    let around = Around { has_emblem: frame.agency.emblem.is_some(), office, facts: &facts, foot: &line };
    let fit = fit(&around, &told.title, &lines, &text);
    let way = format!("{}{}", path::of_notice(notice.number), if lang == Language::En { "?lang=en" } else { "" });
    let address = site.config.page(frame.agency, &way);
    let content = html! {
        (bar(frame, notice))
        main.sheet lang=(lang.code()) {
            (head(frame, lang))
            h1 class={ "t" (fit.title) } { (told.title) }
            div class={ "body s" (fit.size) } {
                @if fit.effects > 0 { ul { @for (text, days) in effects.iter().take(fit.effects) {
                    li { strong { bdi { (text) } } " " span { (days) "." } }
                } } }
                @for paragraph in &fit.text { p { (paragraph) } }
            }
            (rest(lang, &fit, address.as_deref()))
            (reached(frame, address.as_deref()))
            footer { p { @for (text, other) in &foot { span lang=[other] { (text) } } } }
        }
    };
    let style = format!("{}/notices/poster.css", frame.root);
    let document = Document { lang: frame.lang, title: &told.title, site: &frame.agency.name, style: &style };
    respond::html(200, document.around(&content).into_string())
}

/// The way back and how to print, on the screen only.
fn bar(frame: &Frame<'_>, notice: &Notice) -> Markup {
    html! {
        nav.screen aria-label=(frame.say(["Trang in", "Page to print"])) {
            a href=(frame.way(&path::of_notice(notice.number))) { "← " (frame.say(["Quay lại thông báo", "Back to the notice"])) }
            span { (frame.say(["Bấm ", "Press "])) kbd { "Ctrl" } "+" kbd { "P" } (frame.say([" để in", " to print"])) }
        }
    }
}

fn head(frame: &Frame<'_>, lang: Language) -> Markup {
    let agency = frame.agency;
    let mark = Mark::of(agency.emblem.as_deref(), agency.mark.as_deref(), &agency.name);
    html! { header {
        @if let Some(emblem) = mark.emblem() { img.emblem src=(emblem) alt=""; }
        p.office lang="vi" { (agency.name) }
        p { (lang.pick(["Bộ phận Một cửa thông báo", "Notice of the one-stop desk"])) }
    } }
}

/// Says where the whole notice stands, if something was left off.
fn rest(lang: Language, fit: &Fit, address: Option<&str>) -> Markup {
    html! { @if fit.is_cut { p.rest {
        (lang.pick(["Xem đầy đủ tại ", "See all of it at "]))
        @match address {
            Some(address) => strong.code { (short(address)) },
            None => (lang.pick(["Bộ phận Một cửa", "the one-stop desk"])),
        }
    } } }
}

/// How the office is reached, and the code that leads to the notice.
fn reached(frame: &Frame<'_>, address: Option<&str>) -> Markup {
    let code = address.and_then(|address| Some((address, picture(address)?)));
    let reached = frame.reached();
    html! { div.reached {
        dl { @for (name, fact) in &reached { div { dt { (name) } dd { (fact) } } } }
        @if let Some((address, code)) = &code { div.qr {
            (PreEscaped(code))
            p.code { (short(address)) }
        } }
    } }
}

/// The parts of the last line, each with its language if that is another one than the poster's.
fn foot(lang: Language, notice: &Notice) -> [(String, Option<&'static str>); 3] {
    let vi = (lang != Language::Vi).then_some("vi");
    let [basis, published] = [["Căn cứ: ", "Legal basis: "], ["Đăng ngày", "Published on"]].map(|both| lang.pick(both));
    [
        (format!("{}. ", notice.issuer), vi),
        (format!("{basis}{}. ", notice.legal_basis), vi),
        (format!("{published} {}.", vietnam::date(notice.published_at)), None),
    ]
}

fn withdrawn(lang: Language, notice: &Notice) -> String {
    let on = vietnam::date(notice.published_at);
    format!("{} {on}.", lang.pick(["Thông báo này đã được thu hồi ngày", "This notice was withdrawn on"]))
}

/// An address as people type it.
fn short(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}
