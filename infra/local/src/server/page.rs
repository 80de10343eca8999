//! `/local`: the office's dossiers, the messages that left it, and its clock, on one page without scripts.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use jiff::Timestamp;
use maud::{Markup, html};
use motcua::store::{Money, text};
use rules::dossier::{
    Dossier, DueDate, Explanation, FeeState, HeldBy, Overdue, Punctuality, Stretch, Terms, explanation, overdue, told,
};
use rules::language::Language;
use rules::notice::Standing;
use rules::statistics::{Reading, Report};
use rules::vietnam;
use serde::Deserialize;

use super::words::{ENGLISH, VIETNAMESE, Words};
use super::{FrontDesk, figures, money, pay};
use crate::frame::whole;
use crate::neighbours::outbox::CapturedMessage;

/// The most rows shown of each list; the newest are shown.
const ROWS: usize = 100;

/// The page's switch of language.
#[derive(Deserialize)]
pub struct Switch {
    lang: Option<String>,
}

impl Switch {
    /// Returns the language that was asked for: Vietnamese unless it is English.
    pub(super) fn language(&self) -> Language {
        if self.lang.as_deref() == Some("en") { Language::En } else { Language::Vi }
    }
}

/// A dossier, the explanation of its due date, and how late it is.
struct Row {
    dossier: Dossier,
    explained: Option<Explanation>,
    overdue: Option<Overdue>,
}

/// Content of the page.
struct Shown {
    rows: Vec<Row>,
    total: usize,
    reports: Vec<(Reading, Report)>,
    unclaimed: Vec<Money>,
    messages: Vec<CapturedMessage>,
    now: Timestamp,
    frozen: bool,
    ahead_s: i64,
}

/// Shows the page.
pub async fn show(State(desk): State<Arc<FrontDesk>>, Query(switch): Query<Switch>) -> Response {
    let words = match switch.language() {
        Language::Vi => &VIETNAMESE,
        Language::En => &ENGLISH,
    };
    match gather(&desk).await {
        Ok(shown) => Html(page(words, &shown).into_string()).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page was not shown");
            (StatusCode::SERVICE_UNAVAILABLE, words.unavailable).into_response()
        }
    }
}

async fn gather(desk: &FrontDesk) -> Result<Shown, motcua::store::Error> {
    let site = desk.office.site();
    let (now, frozen, ahead_s) = (desk.clock.now(), desk.clock.is_frozen(), desk.clock.ahead_by().as_secs());
    let mut dossiers = dossiers(desk).await;
    let total = dossiers.len();
    let reports = figures::reports(&site, &dossiers, now).await?;
    dossiers.sort_by_key(|dossier| std::cmp::Reverse(dossier.submitted_at));
    dossiers.truncate(ROWS);
    let mut rows = Vec::new();
    for dossier in dossiers {
        let procedure = site.recorder.catalogue().version(&dossier.agency, &dossier.procedure).await?;
        let office = site.recorder.office(&dossier.agency);
        let terms =
            Terms { procedure: procedure.as_deref(), office: &office, channel: None, notices: Standing::none() };
        let overdue = overdue(&dossier, terms, now).ok();
        let history = site.recorder.store().whole_history(&dossier.agency, dossier.id).await?;
        let explained = explanation(&dossier, &history, terms);
        rows.push(Row { dossier, explained, overdue });
    }
    let unclaimed = money::gather(&site, ROWS).await?;
    let mut messages = desk.office.sns().outbox().messages();
    messages.reverse();
    messages.truncate(ROWS);
    Ok(Shown { rows, total, reports, unclaimed, messages, now, frozen, ahead_s })
}

/// Returns every dossier. Only a laptop may look through the whole table.
async fn dossiers(desk: &FrontDesk) -> Vec<Dossier> {
    let site = desk.office.site();
    let store = site.recorder.store();
    let mut found = Vec::new();
    let scan = store.client().scan().table_name(store.table()).filter_expression("sk = :state");
    let scan = scan.expression_attribute_values(":state", AttributeValue::S("state".into()));
    let mut pages = scan.into_paginator().items().send();
    while let Some(Ok(item)) = pages.next().await {
        found.extend(text(&item, "state").and_then(|json| serde_json::from_str(json).ok()));
    }
    found
}

fn page(words: &Words, shown: &Shown) -> Markup {
    let beside = html! {
        p { (words.now) " " strong { (vietnam::date_time(shown.now)) } " " (off(words, shown)) }
        p { a href=(words.other_href) lang=(words.other_lang) { (words.other) } }
    };
    let content = html! {
        (clock(words, shown))
        (dossier_list(words, shown))
        (money::list(words, &shown.unclaimed))
        (message_list(words, &shown.messages))
        (figures::figures(words, &shown.reports))
    };
    whole(words.lang, words.title, &beside, &content)
}

/// Shows how far the clocks of senders outside are off: their signed instants are believed within five minutes only.
fn off(words: &Words, shown: &Shown) -> Markup {
    html! {
        @if shown.frozen { "(" (words.frozen) ") " }
        @if shown.ahead_s.abs() > 1 { span.why { (words.ahead(shown.ahead_s)) } }
    }
}

fn clock(words: &Words, shown: &Shown) -> Markup {
    let (freeze, freeze_label) = if shown.frozen { ("false", words.run) } else { ("true", words.freeze) };
    html! {
        h2 { (words.clock) }
        form method="post" action="/local/clock" {
            label for="hours" { (words.hours) }
            input id="hours" name="hours" type="number" min="1" max="9999" value="4" required;
            button { (words.advance) }
        }
        form method="post" action="/local/clock" {
            label for="working_days" { (words.working_days) }
            input id="working_days" name="working_days" type="number" min="1" max="400" value="1" required;
            button { (words.advance) }
        }
        form method="post" action="/local/clock" {
            input type="hidden" name="freeze" value=(freeze);
            button { (freeze_label) }
        }
        form method="post" action="/local/sweep" { button id="sweep" { (words.sweep) } }
        a href="/local/pay" { (words.gateways) }
        " · " a href="/local/portals" { "Cổng dịch vụ công" }
        " · " a href="/local/post" { "Bưu điện" }
        " · " a href="/local/receipts" { "Biên lai điện tử" }
    }
}

fn dossier_list(words: &Words, shown: &Shown) -> Markup {
    html! {
        h2 { (words.dossiers) " (" (shown.total) ")" }
        @if shown.rows.is_empty() { p.empty { (words.no_dossiers) } } @else {
            div.list tabindex="0" role="region" aria-label=(words.dossiers) { table id="dossiers" {
                thead { tr { th { (words.code) } th { (words.state) } th { (words.due) } th { (words.why) } th { (words.fees) } } }
                tbody { @for row in &shown.rows { (dossier(words, row)) } }
            } }
        }
    }
}

fn dossier(words: &Words, row: &Row) -> Markup {
    let dossier = &row.dossier;
    html! {
        tr {
            td.code { (dossier.called()) @if dossier.code.is_some() { br; small { (dossier.id) } } }
            td { span.state { (words.phase(dossier.phase())) " [" (dossier.stage.portal_status()) "]" } }
            (due(words, row))
            td.why {
                @match &row.explained {
                    Some(told) => {
                        (words.of([&told.vi, &told.en]))
                        details { summary { (words.segments) } (segments(words, &told.segments)) }
                    }
                    None => { (words.not_started) }
                }
            }
            td {
                @for fee in &dossier.fees {
                    div {
                        (fee.amount_vnd) " – " (words.fee(fee.state)) br;
                        small.code { (dossier.id) (format!("{:02}", fee.attempt)) }
                        @if fee.state == FeeState::Open { (pay::button(words.pay, dossier.id, fee.attempt)) }
                    }
                }
            }
        }
    }
}

/// Shows the stretches of the clock, as a small table.
fn segments(words: &Words, segments: &[Stretch]) -> Markup {
    let [from, to, did, counted, why, basis, actor] = words.segment;
    html! {
        table.segments {
            thead { tr { @for name in [from, to, did, counted, why, basis, actor] { th { (name) } } } }
            tbody { @for stretch in segments { tr {
                td { (vietnam::date_time(stretch.from)) }
                td { @if let Some(to) = stretch.to { (vietnam::date_time(to)) } @else { "…" } }
                td { (words.did(stretch.kind)) @if let Some(policy) = stretch.policy { ", " (words.then(policy)) } }
                td { @if stretch.counted > 0 { (words.counted(stretch.counted, stretch.unit)) } @else { "–" } }
                td {
                    @for cause in &stretch.causes { div { (words.of([&cause.vi, &cause.en])) } }
                    @if let Some(voided) = &stretch.voided { div { (words.voided) " " (voided.because) } }
                }
                td { @for cause in &stretch.causes { div { (cause.legal_basis) } } }
                td {
                    @for cause in &stretch.causes { div { @match &cause.actor {
                        Some(actor) => { @let [vi, en] = told(actor); (words.of([&vi, &en])) }
                        None => { "?" }
                    } } }
                }
            } } }
        }
    }
}

/// Shows the date that holds, whether it is near or over, and what else was counted and promised.
fn due(words: &Words, row: &Row) -> Markup {
    let overdue = row.overdue.as_ref();
    let open = overdue.filter(|overdue| overdue.ended_at.is_none());
    let (late, soon) = match open.map(|overdue| &overdue.punctuality) {
        Some(Punctuality::Late { working_days }) => (Some(words.late_by(*working_days)), false),
        punctuality => (None, punctuality == Some(&Punctuality::DueSoon)),
    };
    let on = |due: DueDate| vietnam::written(due.on);
    let holds = row.dossier.due();
    let others = overdue.into_iter().flat_map(|overdue| {
        let [original, counted, promised] = words.dates;
        [(original, overdue.original), (counted, overdue.counted), (promised, overdue.promised)]
    });
    let others: Vec<_> =
        others.filter_map(|(name, due)| Some((name, due?))).filter(|(_, due)| Some(*due) != holds).collect();
    html! {
        td class=[late.is_some().then_some("late")] {
            @match holds { Some(due) => { (on(due)) } None => { "–" } }
            @if let Some(late) = &late { " " (late) }
            @if soon { " " span.soon { (words.due_soon) } }
            @for (name, due) in others { br; small { (name) " " (on(due)) } }
            @if let Some(overdue) = overdue.filter(|_| late.is_some() || soon) {
                br; small { (words.held_by) " " @match &overdue.held_by {
                    HeldBy::Staff(who) => { (who) }
                    HeldBy::Desk(agency) => { (words.desk) " " (agency) }
                } }
            }
        }
    }
}

fn message_list(words: &Words, messages: &[CapturedMessage]) -> Markup {
    html! {
        h2 { (words.messages) " (" (messages.len()) ")" }
        @if messages.is_empty() { p.empty { (words.no_messages) } } @else {
            div.list tabindex="0" role="region" aria-label=(words.messages) { table id="messages" {
                thead { tr { th { (words.sent_at) } th { (words.number) } th { (words.text) } } }
                tbody { @for message in messages { tr {
                    td { (vietnam::date_time(message.sent_at)) }
                    td.code { (message.phone_number) }
                    td { (message.text) }
                } } }
            } }
        }
    }
}
