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
use super::fit::{Fit, fit};
use crate::frame::Frame;
use crate::path;

/// The style sheet of the poster.
pub(crate) const STYLE: &str = include_str!("poster.css");

/// Shows the poster, of what is not over yet.
pub(crate) fn show(site: &Site, frame: &Frame<'_>, notice: &Notice) -> Response {
    let (told, lang) = notice.told(frame.lang);
    let stands = |effect: &&Effect| !notice.withdrawn && when(effect, frame.today()) != When::Ended;
    let effects: Vec<(String, String)> = notice
        .effects
        .iter()
        .filter(stands)
        .map(|effect| (sentence(&effect.measure, lang).0, days(effect, lang)))
        .collect();
    let letters: Vec<_> = effects.iter().map(|(text, days)| text.chars().count() + days.chars().count() + 2).collect();
    let text = if notice.withdrawn { withdrawn(lang, notice) } else { told.text.clone() };
    let fit = fit(&told.title, &letters, &text);
    let way = format!("{}{}", path::of_notice(notice.number), if lang == Language::En { "?lang=en" } else { "" });
    let address = site.config.page(frame.agency, &way);
    let content = html! {
        (bar(frame, notice))
        main.sheet lang=(lang.code()) {
            (head(frame, lang))
            h1 class={ "t" (fit.title) } { (told.title) }
            div.body class={ "s" (fit.size) } {
                @if fit.effects > 0 { ul { @for (text, days) in effects.iter().take(fit.effects) {
                    li { strong { bdi { (text) } } " " span { (days) "." } }
                } } }
                @for paragraph in &fit.text { p { (paragraph) } }
            }
            (rest(lang, &fit, address.as_deref()))
            (reached(frame, address.as_deref()))
            (foot(lang, notice))
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
            Some(address) => strong { (short(address)) },
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
            p { (short(address)) }
        } }
    } }
}

fn foot(lang: Language, notice: &Notice) -> Markup {
    html! { footer { p {
        bdi lang="vi" { (notice.issuer) } ". "
        (lang.pick(["Căn cứ: ", "Legal basis: "])) bdi lang="vi" { (notice.legal_basis) } ". "
        (lang.pick(["Đăng ngày ", "Published on "])) (vietnam::date(notice.published_at)) "."
    } } }
}

fn withdrawn(lang: Language, notice: &Notice) -> String {
    let on = vietnam::date(notice.published_at);
    format!("{} {on}.", lang.pick(["Thông báo này đã được thu hồi ngày", "This notice was withdrawn on"]))
}

/// An address as people type it.
fn short(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}
