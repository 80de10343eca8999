//! A settlement's lines against the book, for the person at the laptop.

use std::sync::Arc;

use axum::extract::{Json, Path, State};
use axum::response::{IntoResponse, Response};
use desk::settlement::compared;
use http::StatusCode;
use jiff::civil::{Date, date};
use rules::gateway::settlement::Line;
use serde::Deserialize;

use crate::server::FrontDesk;
use crate::server::forms::problem;

/// The days that are compared if none is named.
const ALWAYS: (Date, Date) = (date(2000, 1, 1), date(9998, 12, 31));

/// The lines to compare, and their days.
#[derive(Deserialize)]
pub(super) struct Settled {
    lines: Vec<Line>,
    from: Option<Date>,
    until: Option<Date>,
}

pub(super) async fn answer(
    State(desk): State<Arc<FrontDesk>>,
    Path(channel): Path<String>,
    Json(settled): Json<Settled>,
) -> Response {
    let site = desk.office.site();
    let Ok(channel) = site.config.channel(&channel) else {
        return problem(StatusCode::NOT_FOUND, &"no such channel");
    };
    // The book must hold also money that came in a moment ago.
    if let Err(error) = desk.office.deliver().await {
        return problem(StatusCode::SERVICE_UNAVAILABLE, &error);
    }
    let days = (settled.from.unwrap_or(ALWAYS.0), settled.until.unwrap_or(ALWAYS.1));
    match compared(&site, &channel.agency, &channel.id, days, settled.lines).await {
        Ok(Some(compared)) => axum::Json(compared.differences).into_response(),
        Ok(None) => problem(StatusCode::UNPROCESSABLE_ENTITY, &"too many payments: name fewer days"),
        Err(error) => problem(StatusCode::SERVICE_UNAVAILABLE, &error),
    }
}
