//! The whole office in one process: every function around one table, with the wire, the stream and SNS played here.

mod door;
mod opening;

use std::sync::Arc;

use deadline_sweep::Report;
use jiff::{SignedDuration, Timestamp};
use motcua::site::{LiveSite, Site};
use motcua::store::Seen;
use motcua::tell::Outlets;
use motcua::web::Sessions;
use rules::config::Config;
use rules::http::{Received, Reply, Request, Response};
use scans::Scans;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::folder::FolderError;
use crate::neighbours::carrier::Carrier;
use crate::neighbours::gateways::Gateways;
use crate::neighbours::identity::Identity;
use crate::neighbours::invoices::Invoices;
use crate::neighbours::portal::Portals;
use crate::neighbours::post::Posts;
use crate::neighbours::s3::S3;
use crate::neighbours::ses::{self, Ses};
use crate::neighbours::sns::Sns;
use crate::rights::in_role;
use crate::wire::Wire;
use crate::wire::stream::{Trigger, TriggerError};

pub use door::{Function, claims, route};

/// Name of the one table here.
pub const TABLE: &str = "motcua";

/// Reason why an office does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The table was not made, or the sample procedures not imported.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The stream's position cannot be read.
    #[error("{0}")]
    Stream(#[from] TriggerError),
    /// A file of the data folder.
    #[error("{0}")]
    Folder(#[from] FolderError),
}

/// Source of the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// An office at work.
pub struct Office {
    live: LiveSite,
    wire: Wire,
    sns: Sns,
    ses: Ses,
    carrier: Carrier,
    s3: S3,
    gateways: Gateways,
    identity: Identity,
    portals: Portals,
    posts: Posts,
    invoices: Invoices,
    at_operators: Sessions,
    at_portals: Sessions,
    outlets: Outlets,
    scans: Scans,
    clock: Clock,
    notify: Mutex<Trigger>,
    project: Mutex<Trigger>,
    /// Held while receipts are handed over, so that whoever plays one learns what became of it.
    hearing: Mutex<()>,
}

impl Office {
    /// Returns the time in this office.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Returns the site that handlers work with.
    #[must_use]
    pub fn site(&self) -> Arc<Site> {
        self.live.now()
    }

    /// Takes another configuration, as a refresh does.
    pub fn configure(&self, config: Config) {
        self.gateways.configure(&config);
        self.carrier.configure(&config);
        self.portals.configure(&config);
        self.posts.configure(&config);
        self.invoices.configure(&config);
        let (site, config) = (self.site(), self.identity.joined(config));
        self.live.replace(Site::new(config, site.recorder.store().clone()).reaching(site.web.clone()));
    }

    /// Hands messages to other services from here on.
    pub fn send_by(&mut self, outlets: Outlets) {
        self.outlets = outlets;
    }

    /// Enters the accounts of the local sign-in into the directory of their agency, as if each had been there, so that
    /// work can be given to them at once. Those that are there already stay as they are.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn introduce(&self) -> Result<(), OpenError> {
        // The day before: nobody is at work yet.
        let (site, before) = (self.site(), self.now() - SignedDuration::from_hours(24));
        for account in self.identity.accounts() {
            let Some(agency) = site.config.agency(&account.agency).map(rules::config::Agency::key) else { continue };
            let store = site.recorder.store();
            if store.member(agency, &account.subject).await?.is_none() {
                let seen = Seen { who: account.subject, role: account.role.to_owned(), at: before };
                store.note_seen(agency, &seen, Some(account.name)).await?;
            }
        }
        Ok(())
    }

    /// Returns the wire to the table.
    #[must_use]
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// Returns the neighbour that takes the messages.
    #[must_use]
    pub fn sns(&self) -> &Sns {
        &self.sns
    }

    /// Returns the neighbour that takes the e-mails.
    #[must_use]
    pub fn ses(&self) -> &Ses {
        &self.ses
    }

    /// Returns the neighbour that takes the texts for the gateway of the province.
    #[must_use]
    pub fn carrier(&self) -> &Carrier {
        &self.carrier
    }

    /// Returns the neighbour that keeps the scans of papers.
    #[must_use]
    pub fn s3(&self) -> &S3 {
        &self.s3
    }

    /// Returns the access to the scans of papers.
    #[must_use]
    pub fn scans(&self) -> &Scans {
        &self.scans
    }

    /// Returns the neighbours that take the money.
    #[must_use]
    pub fn gateways(&self) -> &Gateways {
        &self.gateways
    }

    /// Returns the neighbour at which staff sign in.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Returns the portals that are told what became of dossiers.
    #[must_use]
    pub fn portals(&self) -> &Portals {
        &self.portals
    }

    /// Returns the postal operators that are given orders.
    #[must_use]
    pub fn posts(&self) -> &Posts {
        &self.posts
    }

    /// Speaks with postal operators once, as the schedule does each minute.
    pub async fn sync_post(&self) -> postal_sync::Report {
        self.sync_post_while(&|| true).await
    }

    /// Does the same as long as there is time left.
    pub async fn sync_post_while(&self, time_left: &(dyn Fn() -> bool + Send + Sync)) -> postal_sync::Report {
        let site = self.site();
        let spoken = postal_sync::handle(&site, &self.at_operators, self.now(), time_left);
        in_role("postal-sync", Box::pin(spoken)).await
    }

    /// Returns the providers of electronic receipts.
    #[must_use]
    pub fn invoices(&self) -> &Invoices {
        &self.invoices
    }

    /// Has receipts issued once, as the schedule does each minute.
    pub async fn issue_receipts(&self) -> receipts::Report {
        self.issue_receipts_while(&|| true).await
    }

    /// Does the same as long as there is time left.
    pub async fn issue_receipts_while(&self, time_left: &(dyn Fn() -> bool + Send + Sync)) -> receipts::Report {
        let site = self.site();
        let asked = receipts::handle(&site, (&self.scans, &self.outlets.email), self.now(), time_left);
        in_role("receipts", Box::pin(asked)).await
    }

    /// Tells portals once, as the schedule does each minute.
    pub async fn tell_portals(&self) -> portal_sync::Report {
        let site = self.site();
        let told = portal_sync::handle(&site, &self.at_portals, self.now(), &|| true);
        in_role("portal-sync", Box::pin(told)).await
    }

    /// Fetches the files that portals name once, as the schedule does each minute.
    pub async fn fetch_files(&self) -> portal_sync::fetch::Files {
        let site = self.site();
        in_role("portal-sync", portal_sync::fetch::files(&site, &self.scans, self.now(), &|| true)).await
    }

    /// Lets the gateways make every call that is due; returns their number.
    pub async fn call_back(&self) -> u32 {
        let mut calls = 0;
        while let Some(due) = self.gateways.due() {
            let answer = match &due.letter {
                Some(letter) => self.answer(&letter.request()).await,
                None => None,
            };
            self.gateways.was_answered(&due, answer);
            calls += 1;
        }
        calls
    }

    /// Runs the reconciliation once.
    pub async fn reconcile(&self) -> payment_reconcile::Report {
        let site = self.site();
        in_role("payment-reconcile", Box::pin(payment_reconcile::handle(&site, self.now(), &|| true))).await
    }

    /// Answers a request as the function behind its route does; `None` if no route matches.
    pub async fn answer(&self, request: &Request) -> Option<Response> {
        let site = self.site();
        let now = self.now();
        match route(request.path())? {
            Function::PaymentCallback => {
                Some(in_role("payment-callback", Box::pin(payment_callback::handle(&site, request, now))).await)
            }
            Function::PortalWebhook => {
                Some(in_role("portal-webhook", Box::pin(portal_webhook::handle(&site, request, now))).await)
            }
            Function::PostalWebhook => {
                Some(in_role("postal-webhook", Box::pin(postal_webhook::handle(&site, request, now))).await)
            }
            Function::Delivery => {
                Some(in_role("delivery", Box::pin(delivery::gateway::handle(&site, request, now))).await)
            }
            Function::Citizen => {
                Some(in_role("citizen", Box::pin(citizen::handle(&site, &self.scans, request, now))).await)
            }
            Function::Desk => Some(in_role("desk", Box::pin(desk::handle(&site, &self.scans, request, now))).await),
        }
    }

    /// Hands everything in the stream to `notify` and to `project`, each at its own pace; returns the number of
    /// batches.
    ///
    /// # Errors
    /// [`TriggerError`].
    pub async fn deliver(&self) -> Result<u32, TriggerError> {
        let told = self.tell_people().await?;
        self.hear().await;
        let project = async |event| in_role("project", Box::pin(project::handle(&self.site(), &event))).await;
        Ok(told + self.project.lock().await.drain(project).await?)
    }

    /// Hands every receipt of an e-mail and of a gateway's message to `delivery`; returns how many it noted. One that it
    /// fails on is lost, as after the last try of its sender.
    pub async fn hear(&self) -> u32 {
        self.hear_of(|| {}).await
    }

    /// Does the same after `play`, with no receipt of anybody else in between.
    pub async fn hear_of(&self, play: impl FnOnce()) -> u32 {
        let _alone = self.hearing.lock().await;
        play();
        let mut noted = 0;
        while let Some(event) = self.ses.next_event() {
            let site = self.site();
            match in_role("delivery", delivery::handle(&site, ses::TOPIC, &event, self.now())).await {
                Ok(report) => noted += report.noted,
                Err(error) => tracing::error!(%error, "a receipt was not noted"),
            }
        }
        while let Some(letter) = self.carrier.next_result() {
            let answer = self.answer(&letter.request()).await;
            match answer.as_ref().map(|answer| (answer.status().as_u16(), answer.text())) {
                Some((200, told)) => noted += u32::from(told.contains("\"noted\"")),
                Some((status, _)) => tracing::error!(status, "a result of a message was not taken"),
                None => tracing::error!("a result of a message has no route"),
            }
        }
        noted
    }

    /// Hands everything in the stream to `notify` alone.
    ///
    /// # Errors
    /// [`TriggerError`].
    pub async fn tell_people(&self) -> Result<u32, TriggerError> {
        self.notify.lock().await.drain(|event| self.tell(event)).await
    }

    async fn tell(&self, event: Value) -> Value {
        let site = self.site();
        in_role("notify", Box::pin(notify::handle(&site, &self.outlets, &event, self.now()))).await
    }

    /// Moves broadcasts once.
    pub async fn broadcast(&self) -> motcua::tell::Progress {
        let site = self.site();
        in_role("notify", Box::pin(notify::broadcast(&site, &self.outlets, self.now(), &|| true))).await
    }

    /// Runs the sweep once.
    pub async fn sweep(&self) -> Report {
        let site = self.site();
        in_role("deadline-sweep", Box::pin(deadline_sweep::handle(&site, &self.outlets, self.now(), &|| true))).await
    }
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").field("now", &self.now()).finish_non_exhaustive()
    }
}
