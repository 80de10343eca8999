//! The case that a command is about: whose it is, what stands now, and where the command leads.

use maud::{Markup, html};
use rules::dossier::{FeeState, Kind, Phase, Punctuality, spoken, table};
use rules::vietnam;

use super::About;
use crate::pages::layout::Frame;
use crate::words::{self, phase};
use ::pages::part::phone;

/// Shows it above the command's form, with the states that the command leads to.
pub(super) fn asked(about: &About<'_>) -> Markup {
    listed(about, leads(about))
}

/// Shows it where the command's effect is told beside it.
pub(super) fn shown(about: &About<'_>) -> Markup {
    listed(about, None)
}

fn listed(about: &About<'_>, leads: Option<Markup>) -> Markup {
    let frame = about.visit.frame;
    let rows = [
        (["Chủ hồ sơ", "Applicant"], whose(about)),
        (["Thủ tục", "Procedure"], procedure(about)),
        (["Trạng thái", "State"], state(about)),
        (["Hẹn trả", "Due"], due(about)),
        (["Người đang xử lý", "Handled by"], holder(about)),
        (["Giấy tờ", "Papers"], papers(about)),
        (["Khoản phải nộp", "Fees"], fees(about)),
        (["Sau khi ghi", "Afterwards"], leads),
    ];
    html! {
        dl.summary id="case" { @for (name, value) in rows { @if let Some(value) = value {
            div { dt { (frame.lang.pick(name)) } dd { (value) } }
        } } }
    }
}

fn whose(about: &About<'_>) -> Option<Markup> {
    let person = about.opened.whole.person.as_ref()?;
    let filer = person.filer.as_ref();
    let named = |name: &str, number: Option<&str>| {
        html! { strong { bdi { (name) } } @if let Some(number) = number { " · " (phone::shown(number)) } }
    };
    Some(html! {
        (named(&person.applicant.name, person.applicant.phone.as_deref()))
        @if let Some(filer) = filer {
            br; small { (about.visit.frame.say("Người nộp:", "Filed by:")) " " } (named(&filer.name, filer.phone.as_deref()))
        }
    })
}

fn procedure(about: &About<'_>) -> Option<Markup> {
    let code = &about.opened.dossier().procedure.code;
    let name = about.opened.procedure.as_deref().map(|it| about.visit.frame.lang.pick([&it.name_vi, &it.name_en]));
    Some(html! { @if let Some(name) = name { (name) " " } span.code { "(" (code) ")" } })
}

fn state(about: &About<'_>) -> Option<Markup> {
    let frame = about.visit.frame;
    let (names, things) = (about.opened.names(frame.lang), about.opened.dossier().awaited());
    Some(html! {
        strong { (frame.lang.pick(phase(about.opened.dossier().phase()))) }
        @for thing in things { br; (frame.say("chờ", "awaits")) " " (names.awaited(thing)) }
    })
}

fn due(about: &About<'_>) -> Option<Markup> {
    let (frame, dossier) = (about.visit.frame, about.opened.dossier());
    if let Some(until) = dossier.accept_until.filter(|_| dossier.phase() == Phase::Submitted) {
        let until = vietnam::date_time(until);
        return Some(
            html! { (frame.say("tiếp nhận hoặc từ chối trước", "to be accepted or not before")) " " strong { (until) } },
        );
    }
    let Some(due) = dossier.due() else {
        let counted_later = dossier.phase() == Phase::Paused;
        return counted_later.then(|| html! { (frame.say("tính lại khi nhận đủ", "counted again when all is in")) });
    };
    let overdue = about.opened.overdue(frame.now).filter(|overdue| overdue.ended_at.is_none());
    Some(html! {
        strong { (vietnam::written(due.on)) }
        @match overdue.map(|overdue| overdue.punctuality) {
            Some(Punctuality::Late { working_days }) => { " " span.late { (spoken::late(working_days, frame.lang)) } }
            Some(Punctuality::DueSoon) => { " " span.soon { (frame.say("sắp đến hạn", "due soon")) } }
            _ => {}
        }
    })
}

fn holder(about: &About<'_>) -> Option<Markup> {
    let frame: &Frame = about.visit.frame;
    let names = about.opened.names(frame.lang);
    let held = about.opened.dossier().assignee.as_deref();
    let held = held.map_or(frame.say("bộ phận một cửa", "the one-stop desk"), |who| names.account(who));
    Some(html! { bdi { (held) } })
}

/// Papers that are in and those that are missing, for a command about papers.
fn papers(about: &About<'_>) -> Option<Markup> {
    let about_papers = matches!(
        about.spec.kind,
        Kind::Accept
            | Kind::RequestSupplement
            | Kind::PauseClock
            | Kind::RecordReceipt
            | Kind::CorrectReceipt
            | Kind::Waive
            | Kind::EnterStep
    );
    let frame = about.visit.frame;
    let (names, missing) = (about.opened.names(frame.lang), about.opened.missing_originals());
    let known = &about.opened.dossier().papers;
    let listed = about_papers && !(known.is_empty() && missing.is_empty());
    listed.then(|| {
        html! {
            @for (code, state) in known { div { (names.paper(code)) ": " (frame.lang.pick(words::paper(*state))) } }
            @for code in &missing {
                div { (names.paper(code)) ": " span.soon { (frame.say("chưa có bản chính", "no original yet")) } }
            }
        }
    })
}

/// Fees with what is still owed, for a command about money or the result.
fn fees(about: &About<'_>) -> Option<Markup> {
    let about_money = matches!(
        about.spec.kind,
        Kind::AskFee
            | Kind::AskPostage
            | Kind::AskAgain
            | Kind::RecordCash
            | Kind::Waive
            | Kind::HandOut
            | Kind::PostResult
    );
    let (frame, dossier) = (about.visit.frame, about.opened.dossier());
    let debts: Vec<_> = dossier.debts().filter(|_| about_money).collect();
    (!debts.is_empty()).then(|| {
        html! { @for debt in &debts { div {
            (about.opened.fee(debt.fee, frame.lang)) ": "
            strong { (if debt.state == FeeState::Open { debt.missing_vnd() } else { debt.amount_vnd }) }
            " – " (frame.lang.pick(words::fee(debt.state)))
        } } }
    })
}

/// The other states that the command may lead to.
fn leads(about: &About<'_>) -> Option<Markup> {
    let (frame, now) = (about.visit.frame, about.opened.dossier().phase());
    let table::Cell::Leads(phases) = table::cell(now, about.spec.kind) else { return None };
    let others = phases.iter().filter(|it| **it != now);
    let named: Vec<_> = others.map(|it| frame.lang.pick(phase(*it))).collect();
    (!named.is_empty()).then(|| html! { (named.join(frame.say(" hoặc ", " or "))) })
}
