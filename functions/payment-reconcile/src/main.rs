//! The Lambda function of reconciliation.

use motcua::lambda::serve_events;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), motcua::lambda::Error> {
    serve_events(|_| (), async |site, (), _, at| payment_reconcile::handle(site, at.now, &|| at.has_time_left()).await)
        .await
}
