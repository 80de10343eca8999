//! Requests to the gateways: every button is a form, and leads back to a page.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use motcua::checkout::{self, Checkout, OpenError, Wish};
use rules::id::{DossierId, Reference};
use serde::Deserialize;

use crate::neighbours::gateways::Act;
use crate::server::FrontDesk;
use crate::server::forms::{problem, shown_at};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const OVERVIEW: &str = "/local/pay";

/// The attempt that is to be paid.
#[derive(Deserialize)]
pub(super) struct Attempt {
    id: String,
    attempt: u8,
}

/// Opens an order as a payer's click does, and leads to its page.
pub(super) async fn open(State(desk): State<Arc<FrontDesk>>, Form(asked): Form<Attempt>) -> Response {
    let Ok(id) = DossierId::parse(&asked.id) else { return problem(StatusCode::NOT_FOUND, &OpenError::Unknown) };
    let reference = Reference { id, attempt: asked.attempt };
    let site = desk.office.site();
    for agency in site.recorder.agencies() {
        let opened = Box::pin(checkout::open(&site, agency, reference, HERE, Wish::Current, desk.clock.now())).await;
        return match opened {
            Ok(order) => Redirect::to(&page_of(&order)).into_response(),
            Err(OpenError::Unknown) => continue,
            // We do not announce orders to these gateways; theirs are paid on a page of their own side.
            Err(OpenError::Unsendable(rules::gateway::Unsendable::NotSpoken(_) | NO_ACCOUNT)) => {
                match unopened(&desk, agency, reference).await {
                    Some(page) => Redirect::to(&page).into_response(),
                    None => problem(StatusCode::NOT_FOUND, &OpenError::Unknown),
                }
            }
            Err(
                error @ (OpenError::NotOpen
                | OpenError::Channel
                | OpenError::Amount(_)
                | OpenError::TooMany
                | OpenError::Unsendable(_)),
            ) => problem(StatusCode::CONFLICT, &error),
            Err(error @ (OpenError::Web(_) | OpenError::Answer(_) | OpenError::Store(_))) => {
                problem(StatusCode::SERVICE_UNAVAILABLE, &error)
            }
        };
    }
    problem(StatusCode::NOT_FOUND, &OpenError::Unknown)
}

const NO_ACCOUNT: rules::gateway::Unsendable = rules::gateway::Unsendable::NotConfigured("bank_account");

fn page_of(order: &Checkout) -> String {
    match order.page.as_ref().and_then(|page| page.url.clone()) {
        Some(url) => url,
        None => page_at(&order.channel, &order.number, order.amount_vnd.dong()),
    }
}

fn page_at(channel: &str, number: &str, dong: u64) -> String {
    format!("/local/pay/{channel}?reference={number}&amount_vnd={dong}")
}

async fn unopened(desk: &FrontDesk, agency: &rules::id::AgencyCode, reference: Reference) -> Option<String> {
    let site = desk.office.site();
    let dossier = site.recorder.store().load(agency, reference.id, &[]).await.ok()?.dossier?;
    let fee = dossier.fees.iter().find(|fee| fee.attempt == reference.attempt)?;
    Some(page_at(fee.channel.as_deref()?, &reference.to_string(), fee.amount_vnd.dong()))
}

/// An act on an order.
#[derive(Deserialize)]
pub(super) struct Done {
    order: String,
    act: String,
}

/// Does the act, makes the call that follows at once, and leads back to the order.
pub(super) async fn act(
    State(desk): State<Arc<FrontDesk>>,
    Path(channel): Path<String>,
    Form(Done { order, act }): Form<Done>,
) -> Response {
    let Some(act) = Act::from_name(&act) else { return problem(StatusCode::BAD_REQUEST, &"no such act") };
    match desk.office.gateways().act(&channel, &order, act) {
        Ok(()) => {
            desk.office.call_back().await;
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("order", &order).finish();
            Redirect::to(&format!("/local/pay/{channel}?{query}")).into_response()
        }
        Err(error) => problem(StatusCode::CONFLICT, &error),
    }
}

/// Whether callbacks are lost from now on.
#[derive(Deserialize)]
pub(super) struct Lose {
    lose: bool,
}

pub(super) async fn lose(State(desk): State<Arc<FrontDesk>>, Form(Lose { lose }): Form<Lose>) -> Response {
    desk.office.gateways().lose_callbacks(lose);
    Redirect::to(OVERVIEW).into_response()
}

/// Runs the reconciliation once, now.
pub(super) async fn reconcile(State(desk): State<Arc<FrontDesk>>, headers: HeaderMap) -> Response {
    let report = desk.office.reconcile().await;
    if let Err(error) = desk.office.deliver().await {
        return problem(StatusCode::INTERNAL_SERVER_ERROR, &error);
    }
    shown_at(OVERVIEW, &headers, serde_json::to_value(report).unwrap_or_default())
}
