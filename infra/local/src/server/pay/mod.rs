//! `/local/pay`: the simulated gateways' pages, on which a payer pays, fails, turns back, and worse.

mod forms;
mod page;
mod settlement;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use rules::id::DossierId;

use super::FrontDesk;

/// Returns the routes of these pages.
pub(super) fn routes() -> Router<Arc<FrontDesk>> {
    Router::new()
        .route("/local/pay", get(page::overview).post(forms::open))
        .route("/local/pay/{channel}", get(page::order).post(forms::act))
        .route("/local/gateways/lose", post(forms::lose))
        .route("/local/reconcile", post(forms::reconcile))
        .route("/local/settlement/{channel}", post(settlement::answer))
}

/// Shows the button that leads to the page on which an attempt is paid.
pub(super) fn button(label: &str, id: DossierId, attempt: u8) -> Markup {
    html! {
        form.pay method="post" action="/local/pay" {
            input type="hidden" name="id" value=(id);
            input type="hidden" name="attempt" value=(attempt);
            button { (label) }
        }
    }
}
