//! `/local`: what the office knows, what left it, and its clock, on one page without scripts.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use motcua::clock::Count;
use motcua::dossier::{Dossier, FeeState, Phase};
use motcua::store::{Money, TaskKind, text};
use motcua::vietnam;
use serde::Deserialize;

use super::{FrontDesk, pay};
use super::words::{ENGLISH, VIETNAMESE, Words};
use crate::neighbours::outbox::CapturedMessage;

pub(super) const STYLE: &str = include_str!("page.css");
/// Rows shown of each list; the newest are shown.
const ROWS: usize = 100;

/// The page's switch of language.
#[derive(Deserialize)]
pub struct Language {
    lang: Option<String>,
}

/// A dossier with the count behind its due date.
struct Row {
    dossier: Dossier,
    count: Option<Count>,
}

/// What the page shows.
struct Shown {
    rows: Vec<Row>,
    total: usize,
    unclaimed: Vec<Money>,
    messages: Vec<CapturedMessage>,
    now: Timestamp,
    frozen: bool,
    ahead_s: i64,
}

/// The page.
pub async fn show(State(desk): State<Arc<FrontDesk>>, Query(language): Query<Language>) -> Response {
    let words = if language.lang.as_deref() == Some("en") { &ENGLISH } else { &VIETNAMESE };
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
    let mut dossiers = dossiers(desk).await;
    let total = dossiers.len();
    dossiers.sort_by_key(|dossier| std::cmp::Reverse(dossier.submitted_at));
    dossiers.truncate(ROWS);
    let mut rows = Vec::new();
    for dossier in dossiers {
        let count = site.recorder.count(&dossier).await?;
        rows.push(Row { dossier, count });
    }
    let mut unclaimed = Vec::new();
    for agency in site.recorder.agencies() {
        let keys = site.recorder.store().indexed(&TaskKind::Money.person_pk(agency), None, None).await?.items;
        for key in keys.into_iter().take(ROWS) {
            if let Some(item) = site.recorder.store().item(&key).await? {
                unclaimed.push(Money::read(&item)?);
            }
        }
    }
    let mut messages = desk.office.sns().outbox().messages();
    messages.reverse();
    messages.truncate(ROWS);
    let (now, frozen, ahead_s) = (desk.clock.now(), desk.clock.is_frozen(), desk.clock.ahead_by().as_secs());
    Ok(Shown { rows, total, unclaimed, messages, now, frozen, ahead_s })
}

/// Every dossier there is. Only a laptop may look through the whole table.
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
    html! {
        (DOCTYPE)
        html lang=(words.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (words.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (words.title) }
                    p { (words.now) " " strong { (vietnam::date_time(shown.now)) } " " (off(words, shown)) }
                    p { a href=(words.other_href) lang=(words.other_lang) { (words.other) } }
                }
                (clock(words, shown))
                (dossier_list(words, shown))
                (money_list(words, &shown.unclaimed))
                (message_list(words, &shown.messages))
            }
        }
    }
}

/// What senders outside are off by: their signed instants are believed within five minutes only.
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
    }
}

fn dossier_list(words: &Words, shown: &Shown) -> Markup {
    html! {
        h2 { (words.dossiers) " (" (shown.total) ")" }
        @if shown.rows.is_empty() { p.empty { (words.no_dossiers) } } @else {
            div.list { table id="dossiers" {
                thead { tr { th { (words.code) } th { (words.state) } th { (words.due) } th { (words.why) } th { (words.fees) } } }
                tbody { @for row in &shown.rows { (dossier(words, row, shown.now)) } }
            } }
        }
    }
}

fn dossier(words: &Words, row: &Row, now: Timestamp) -> Markup {
    let dossier = &row.dossier;
    let ended = matches!(dossier.phase(), Phase::Done | Phase::InPost | Phase::Returned);
    let due = dossier.due();
    let late = !ended && due.is_some_and(|due| vietnam::day(now) > due.on);
    html! {
        tr {
            td.code { (dossier.called()) @if dossier.code.is_some() { br; small { (dossier.id) } } }
            td { span.state { (words.phase(dossier.phase())) " [" (dossier.stage.portal_status()) "]" } }
            td class=[late.then_some("late")] {
                @match due {
                    Some(due) => { (vietnam::written(due.on)) @if late { " " (words.late) } }
                    None => { "–" }
                }
            }
            td.why {
                @match &row.count {
                    Some(count) => { ((words.explain)(count)) }
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

fn money_list(words: &Words, unclaimed: &[Money]) -> Markup {
    html! {
        h2 { (words.unclaimed) " (" (unclaimed.len()) ")" }
        @if !unclaimed.is_empty() {
            div.list { table id="unclaimed" {
                thead { tr { th { (words.received_at) } th { (words.channel) } th { (words.reference) } th { (words.amount) } th { (words.why) } } }
                tbody { @for money in unclaimed { tr {
                    td { (vietnam::date_time(money.received_at)) }
                    td { (money.payment.channel) }
                    td.code { (money.reference) }
                    td { @if let Some(amount) = money.payment.amount_vnd { (amount) } @else { "?" } }
                    td { (words.owner(money.owner)) }
                } } }
            } }
        }
    }
}

fn message_list(words: &Words, messages: &[CapturedMessage]) -> Markup {
    html! {
        h2 { (words.messages) " (" (messages.len()) ")" }
        @if messages.is_empty() { p.empty { (words.no_messages) } } @else {
            div.list { table id="messages" {
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
