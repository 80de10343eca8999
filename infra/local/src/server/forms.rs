//! The buttons of `/local`, which are forms for a browser and JSON for a command line.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Json, Redirect, Response};
use http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use rules::clock::instant;
use rules::vietnam;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{FrontDesk, journey};

/// The furthest that one journey goes: two years, for which the calendar is known ahead.
const FURTHEST: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);

/// Returns the state of the clock.
pub(super) async fn clock(State(desk): State<Arc<FrontDesk>>) -> Response {
    Json(clock_json(&desk)).into_response()
}

fn clock_json(desk: &FrontDesk) -> Value {
    let now = desk.clock.now();
    json!({
        "now": now.to_string(),
        "local": vietnam::date_time(now),
        "frozen": desk.clock.is_frozen(),
        "ahead_s": desk.clock.ahead_by().as_secs(),
    })
}

/// Requests to the clock, one at a time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetClock {
    hours: Option<u32>,
    working_days: Option<u32>,
    to: Option<Timestamp>,
    freeze: Option<bool>,
}

pub(super) async fn set_clock(
    State(desk): State<Arc<FrontDesk>>,
    headers: HeaderMap,
    Form(asked): Form<SetClock>,
) -> Response {
    if let Some(frozen) = asked.freeze
        && let Err(error) = desk.clock.freeze(frozen)
    {
        return problem(StatusCode::INTERNAL_SERVER_ERROR, &error);
    }
    let to = match destination(&desk, &asked) {
        Ok(to) => to,
        Err(error) => return problem(StatusCode::BAD_REQUEST, &error),
    };
    if let Some(to) = to
        && let Err(error) = journey::travel(&desk, to).await
    {
        return problem(StatusCode::BAD_REQUEST, &error);
    }
    shown(&headers, clock_json(&desk))
}

fn destination(desk: &FrontDesk, asked: &SetClock) -> Result<Option<Timestamp>, String> {
    let now = desk.clock.now();
    let to = match (asked.hours, asked.working_days, asked.to) {
        (None, None, None) => return Ok(None),
        (Some(hours), None, None) => now.checked_add(SignedDuration::from_hours(i64::from(hours))).ok(),
        (None, Some(days), None) => {
            let site = desk.office.site();
            let agency = site.config.agencies()[0].key();
            let here = vietnam::civil(now);
            let calendar = site.recorder.office(agency).calendar;
            let day = calendar.add_working_days(here.date(), days).map_err(|error| error.to_string())?;
            instant(day, here.time()).ok()
        }
        (None, None, Some(to)) => Some(to),
        _ => return Err("hours, working_days or to: one of them".into()),
    };
    match to {
        Some(to) if to < now => Err(format!("the clock is at {now} and never goes back")),
        Some(to) if to.duration_since(now) <= FURTHEST => Ok(Some(to)),
        _ => Err("too far".into()),
    }
}

/// Runs the sweep once, now.
pub(super) async fn sweep(State(desk): State<Arc<FrontDesk>>, headers: HeaderMap) -> Response {
    let report = desk.office.sweep().await;
    desk.office.broadcast().await;
    if let Err(error) = desk.office.deliver().await {
        return problem(StatusCode::INTERNAL_SERVER_ERROR, &error);
    }
    shown(&headers, serde_json::to_value(report).unwrap_or_default())
}

/// Leads a browser back to the page, and gives a command line the JSON.
fn shown(headers: &HeaderMap, value: Value) -> Response {
    shown_at("/local", headers, value)
}

/// Does the same, with another page to go to.
pub(super) fn shown_at(page: &str, headers: &HeaderMap, value: Value) -> Response {
    let accept = headers.get(http::header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("text/html") { Redirect::to(page).into_response() } else { Json(value).into_response() }
}

pub(super) fn problem(status: StatusCode, error: &dyn std::fmt::Display) -> Response {
    (status, Json(json!({ "error": error.to_string() }))).into_response()
}
