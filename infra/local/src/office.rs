//! The whole office in one process: every function around one table, with the wire, the stream and SNS played here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use deadline_sweep::Report;
use jiff::Timestamp;
use motcua::config::Config;
use motcua::http::{Request, Response};
use motcua::recorder::ImportError;
use motcua::site::{LiveSite, Site};
use motcua::sms::Sms;
use motcua::store::{Store, create_table};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::neighbours::sns::{self, Sns};
use crate::samples;
use crate::wire::stream::{Settings, Trigger, TriggerError};
use crate::wire::{self, VirtualClock, Wire};

/// The one table's name here.
pub const TABLE: &str = "motcua";
/// The stream reader's name, under which its position is kept.
const READER: &str = "notify";

/// Why an office does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The table was not made, or the sample procedures not imported.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The stream's position cannot be read.
    #[error("{0}")]
    Stream(#[from] TriggerError),
}

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// An office at work.
pub struct Office {
    live: LiveSite,
    wire: Wire,
    sns: Sns,
    sms: Sms,
    clock: Clock,
    reader: Mutex<Trigger>,
}

impl Office {
    /// Opens an office in real time, as the local server does.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(
        config: Config,
        wire: Wire,
        sns: Sns,
        clock: Clock,
        folder: Option<&Path>,
    ) -> Result<Self, OpenError> {
        let clients = (wire::real_time_client(&wire), sns::real_time_client(&sns));
        Self::with_clients(config, wire, sns, clients, clock, folder, Settings::default()).await
    }

    /// Opens an office in which nothing sleeps: all time, the clients' own too, is `clock`'s.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_in(
        clock: &VirtualClock,
        config: Config,
        wire: Wire,
        sns: Sns,
        stream: Settings,
    ) -> Result<Self, OpenError> {
        let clients = (wire::client(&wire, clock), sns::client(&sns, clock));
        let clock = clock.clone();
        Self::with_clients(config, wire, sns, clients, Arc::new(move || clock.now()), None, stream).await
    }

    async fn with_clients(
        config: Config,
        wire: Wire,
        sns: Sns,
        (dynamodb, publisher): (aws_sdk_dynamodb::Client, aws_sdk_sns::Client),
        clock: Clock,
        folder: Option<&Path>,
        stream: Settings,
    ) -> Result<Self, OpenError> {
        let store = Store::new(dynamodb, TABLE);
        create_table(&store).await?;
        let site = Site::new(config, store);
        if site.config.is_demo() {
            import_samples(&site).await?;
        }
        let reader = Mutex::new(Trigger::open(wire.database(), TABLE, READER, folder, stream)?);
        Ok(Self { live: LiveSite::new(site), wire, sns, sms: Sms::new(&publisher), clock, reader })
    }

    /// The time in this office.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// What handlers work with.
    #[must_use]
    pub fn site(&self) -> Arc<Site> {
        self.live.now()
    }

    /// Takes another configuration, as a refresh does.
    pub fn configure(&self, config: Config) {
        let store = self.site().recorder.store().clone();
        self.live.replace(Site::new(config, store));
    }

    /// The wire to the table.
    #[must_use]
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// The neighbour that takes the messages.
    #[must_use]
    pub fn sns(&self) -> &Sns {
        &self.sns
    }

    /// Answers a request as the function behind its route does; none where no route matches.
    pub async fn answer(&self, request: &Request) -> Option<Response> {
        let site = self.site();
        let now = self.now();
        match route(&request.path)? {
            Function::PaymentCallback => Some(Box::pin(payment_callback::handle(&site, request, now)).await),
            Function::PortalWebhook => Some(Box::pin(portal_webhook::handle(&site, request, now)).await),
            Function::Desk => Some(Box::pin(desk::handle(&site, request, now)).await),
        }
    }

    /// Hands everything that is in the stream to `notify`; the number of batches.
    ///
    /// # Errors
    /// [`TriggerError`].
    pub async fn deliver(&self) -> Result<u32, TriggerError> {
        let mut reader = self.reader.lock().await;
        reader.drain(|event| self.notify(event)).await
    }

    async fn notify(&self, event: Value) -> Value {
        let site = self.site();
        Box::pin(notify::handle(&site, &self.sms, &event, self.now())).await
    }

    /// One run of the sweep.
    pub async fn sweep(&self) -> Report {
        let site = self.site();
        Box::pin(deadline_sweep::handle(&site, &self.sms, self.now(), &|| true)).await
    }
}

/// The samples, into a demonstration. What a data folder holds under their names already stays as it is.
async fn import_samples(site: &Site) -> Result<(), motcua::store::Error> {
    for agency in site.config.agencies() {
        for procedure in samples::procedures() {
            match site.recorder.catalogue().import(&agency.code, &procedure).await {
                Ok(_) => {}
                Err(ImportError::Store(error)) => return Err(error),
                Err(refused) => tracing::warn!(agency = %agency.code, %refused, "a sample was not imported"),
            }
        }
    }
    Ok(())
}

/// The functions behind the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `/payments/{channel}/callback`
    PaymentCallback,
    /// `/portal/events`
    PortalWebhook,
    /// `/api/v1/…`, behind the authorizer.
    Desk,
}

/// Which function a path leads to, as infra/template.yaml routes it.
#[must_use]
pub fn route(path: &str) -> Option<Function> {
    let mut parts = path.strip_prefix('/')?.split('/');
    match (parts.next()?, parts.next(), parts.next(), parts.next()) {
        ("payments", Some(_), Some("callback"), None) => Some(Function::PaymentCallback),
        ("portal", Some("events"), None, None) => Some(Function::PortalWebhook),
        ("api", Some("v1"), Some(_), _) => Some(Function::Desk),
        _ => None,
    }
}

/// The claims of a member of staff, as the authorizer would hand them over.
#[must_use]
pub fn claims(agency: &str, subject: &str, role: &str) -> BTreeMap<String, String> {
    [("agency", agency), ("sub", subject), ("role", role)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").field("now", &self.now()).finish_non_exhaustive()
    }
}
