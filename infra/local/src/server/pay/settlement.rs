//! A settlement's lines against the table, looked through whole: a laptop's is small.

use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use axum::extract::{Json, Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::civil::Date;
use motcua::config::Channel;
use motcua::dossier::PaymentOutcome;
use motcua::gateway::settlement::{Line, compare};
use motcua::store::{Error, Money};
use motcua::vietnam;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::server::FrontDesk;
use crate::server::forms::problem;

/// What is compared.
#[derive(Deserialize)]
pub(super) struct Settled {
    lines: Vec<Line>,
    from: Option<Date>,
    until: Option<Date>,
}

pub(super) async fn compared(
    State(desk): State<Arc<FrontDesk>>,
    Path(channel): Path<String>,
    Json(settled): Json<Settled>,
) -> Response {
    let site = desk.office.site();
    let Ok(channel) = site.config.channel(&channel) else {
        return problem(StatusCode::NOT_FOUND, &"no such channel");
    };
    match ours(&desk, channel, settled.from, settled.until).await {
        Ok(ours) => axum::Json(compare(settled.lines, ours)).into_response(),
        Err(error) => problem(StatusCode::SERVICE_UNAVAILABLE, &error),
    }
}

/// Every payment that brought money through a channel on these days, whoever owns it.
async fn ours(
    desk: &FrontDesk,
    channel: &Channel,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<Vec<Line>, Error> {
    let site = desk.office.site();
    let store = site.recorder.store();
    let scan = store.client().scan().table_name(store.table()).filter_expression("sk = :money");
    let scan = scan.expression_attribute_values(":money", AttributeValue::S("money".into()));
    let mut pages = scan.into_paginator().items().send();
    let mut lines = Vec::new();
    while let Some(item) = pages.next().await {
        let item = item.map_err(|error| Error::Unavailable { operation: "Scan", reason: error.to_string() })?;
        let money = Money::read(&item)?;
        let day = vietnam::day(money.at);
        let within = from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until);
        let brought = matches!(money.payment.outcome, PaymentOutcome::Paid | PaymentOutcome::Suspected);
        if money.payment.channel == channel.id && within && brought && !money.payment.conflict {
            lines.extend(money.payment.amount_vnd.map(|amount_vnd| Line {
                transaction: transaction(&money.payment.identity),
                reference: money.reference,
                amount_vnd,
            }));
        }
    }
    Ok(lines)
}

/// The last part of an identity is the gateway's number.
fn transaction(identity: &str) -> String {
    let last = identity.rsplit('/').next().unwrap_or_default();
    percent_decode_str(last).decode_utf8_lossy().into_owned()
}
