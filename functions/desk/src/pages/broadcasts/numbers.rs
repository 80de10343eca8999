//! The numbers of a broadcast: before it leaves, and while it does.

use maud::{Markup, html};
use motcua::tell::{around, notice_link};
use rules::broadcast::{Around, Broadcast, Stage};
use rules::config::Agency;
use rules::language::Language;
use rules::message::{Outlet, parts};
use rules::vnd::Vnd;
use rules::vnd::grouped;

use crate::pages::layout::Frame;
use crate::pages::visit::Visit;
use crate::words::{outlet, unsent};
use ::pages::part::facts::summary;

/// The agency, and the link that texts have.
pub(super) struct With<'a> {
    pub agency: Option<&'a Agency>,
    link: Option<String>,
}

impl<'a> With<'a> {
    pub fn of(visit: &Visit<'a>, it: &Broadcast) -> Self {
        let agency = visit.site.config.agency(visit.staff.agency.as_str());
        let link = agency.zip(it.notice).and_then(|(agency, notice)| notice_link(&visit.site.config, agency, notice));
        Self { agency, link }
    }

    fn around(&self) -> Around<'_> {
        around(self.agency, self.link.as_deref())
    }
}

fn number(frame: &Frame, number: u64) -> String {
    grouped(number, if frame.lang == Language::Vi { '.' } else { ',' })
}

/// The receivers as they were found: people, outlets, who cannot be reached, parts and cost.
pub(super) fn preview(frame: &Frame, it: &Broadcast, with: &With<'_>) -> Markup {
    let figures = &it.figures;
    let all_parts = figures.parts(&it.texts, &with.around());
    let price = with.agency.map_or(0, |agency| agency.broadcasts.sms_vnd);
    let mut facts = vec![(frame.say("Số người", "People"), html! { strong { (number(frame, figures.people)) } })];
    for by in Outlet::ALL.into_iter().filter(|by| figures.by(*by) > 0) {
        facts.push((frame.lang.pick(outlet(by)), html! { (number(frame, figures.by(by))) }));
    }
    if figures.together > 0 {
        let name = frame.say("Chung số hoặc địa chỉ với người khác", "Share a number or an address");
        facts.push((name, html! { (number(frame, figures.together)) }));
    }
    if all_parts > 0 {
        facts.push((frame.say("Số tin nhắn tính tiền", "Parts that are paid"), html! { (number(frame, all_parts)) }));
        if let Some(cost) = all_parts.checked_mul(price).and_then(|dong| Vnd::new(dong).ok()) {
            facts.push((frame.say("Chi phí dự kiến", "Expected cost"), html! { (cost) }));
        }
    }
    let unreachable = figures.unreachable.iter().map(|(why, count)| (why.as_str(), *count));
    html! { (summary(&facts)) (reasons(frame, frame.say("Không gửi được", "Cannot be reached"), unreachable)) }
}

/// Outcomes of the receivers so far.
pub(super) fn progress(frame: &Frame, it: &Broadcast) -> Markup {
    let report = &it.report;
    let mut facts = Vec::new();
    if !matches!(it.stage, Stage::Done | Stage::Cancelled) {
        facts.push((frame.say("Còn chờ", "Still waiting"), html! { (number(frame, it.waiting())) }));
    }
    facts.push((frame.say("Đã gửi", "Told"), html! { strong { (number(frame, report.all_told())) } }));
    for (by, count) in &report.told {
        let arrived = report.delivered.get(by);
        facts.push((
            frame.lang.pick(outlet(*by)),
            html! {
                (number(frame, *count))
                @if let Some(arrived) = arrived {
                    ", " (frame.say("đã đến", "arrived")) " " (number(frame, *arrived))
                }
            },
        ));
    }
    if report.together > 0 {
        let name = frame.say("Cùng tin với người khác", "Told by another's message");
        facts.push((name, html! { (number(frame, report.together)) }));
    }
    let unreached = report.unreached.iter().map(|(why, count)| (why.as_str(), *count));
    let unwanted = report.unwanted.iter().map(|(why, count)| (why.as_str(), *count));
    html! {
        (summary(&facts))
        (reasons(frame, frame.say("Không báo được", "Not reached"), unreached))
        @if !report.unreached.is_empty() {
            p { a href="/desk/calls" { (frame.say("Những người này nằm trong danh sách cần gọi", "They are in the list of people to be called")) } "." }
        }
        (reasons(frame, frame.say("Không muốn nhận", "Do not want it"), unwanted))
    }
}

fn reasons<'r>(frame: &Frame, title: &str, by_reason: impl Iterator<Item = (&'r str, u64)>) -> Markup {
    let by_reason: Vec<_> = by_reason.collect();
    html! { @if !by_reason.is_empty() {
        h3 { (title) }
        ul { @for (why, count) in by_reason { li { (unsent(why, frame.lang)) ": " (number(frame, count)) } } }
    } }
}

/// The texts as they leave.
pub(super) fn texts(frame: &Frame, it: &Broadcast, with: &With<'_>) -> Markup {
    let around = with.around();
    let sms = |language| {
        let text = it.texts.sms(language, &around);
        let parts = parts(&text).unwrap_or(1);
        (text, parts)
    };
    let english = it.texts.sms_en.is_some().then(|| sms(Language::En));
    let letters = [(&it.texts.letter_vi, "vi"), (&it.texts.letter_en, "en")];
    let name = |lang| match lang {
        "vi" => frame.say("tiếng Việt", "in Vietnamese"),
        _ => frame.say("tiếng Anh", "in English"),
    };
    let counted = |parts| match parts {
        1 => frame.say("1 tin", "1 part").to_owned(),
        _ => format!("{parts} {}", frame.say("tin", "parts")),
    };
    html! {
        @for ((text, parts), lang) in std::iter::once((sms(Language::Vi), "vi")).chain(english.map(|it| (it, "en"))) {
            h3 { "SMS " (name(lang)) ", " (counted(parts)) }
            blockquote lang=(lang) { (text) }
        }
        @for (letter, lang) in letters { @if let Some(letter) = letter {
            h3 { (frame.say("Thư điện tử", "E-mail")) " " (name(lang)) }
            blockquote lang=(lang) {
                p { strong { (letter.subject) } }
                @for paragraph in letter.text.split("\n\n") { p { (paragraph) } }
            }
        } }
    }
}
