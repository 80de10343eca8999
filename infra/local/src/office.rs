//! The whole office in one process: every function around one table, with the wire, the stream and SNS played here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::TimeSource;
use deadline_sweep::Report;
use jiff::Timestamp;
use motcua::config::Config;
use motcua::http::{Request, Response};
use motcua::recorder::ImportError;
use motcua::site::{LiveSite, Site};
use motcua::sms::Sms;
use motcua::store::{Store, create_table};
use motcua::web::Web;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::neighbours::gateways::{AnyGateway, Gateways};
use crate::neighbours::identity::{Beside, Identity, NOWHERE};
use crate::neighbours::s3::{self, S3};
use crate::neighbours::sns::{self, Sns};
use crate::samples;
use crate::wire::stream::{Settings, Trigger, TriggerError};
use crate::wire::{self, VirtualClock, Wire};

/// The one table's name here.
pub const TABLE: &str = "motcua";
/// The stream readers' names, under which their positions are kept.
const NOTIFY: &str = "notify";
const PROJECT: &str = "project";
/// The folder of a data folder that stands for the buckets of S3.
const BUCKETS: &str = "s3";

/// Why an office does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The table was not made, or the sample procedures not imported.
    #[error("the table: {0}")]
    Store(#[from] motcua::store::Error),
    /// The stream's position cannot be read.
    #[error("{0}")]
    Stream(#[from] TriggerError),
    /// The sign-in's keys cannot be read or written.
    #[error("the sign-in's keys: {0}")]
    Identity(#[from] std::io::Error),
}

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The office's time, for neighbours.
#[derive(Clone)]
struct Told(Clock);

impl TimeSource for Told {
    fn now(&self) -> SystemTime {
        let since_epoch = (self.0)().duration_since(Timestamp::UNIX_EPOCH);
        SystemTime::UNIX_EPOCH + Duration::try_from(since_epoch).unwrap_or_default()
    }
}

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Told")
    }
}

/// An office at work.
pub struct Office {
    live: LiveSite,
    wire: Wire,
    sns: Sns,
    s3: S3,
    gateways: Gateways,
    identity: Identity,
    sms: Sms,
    papers: aws_sdk_s3::Client,
    clock: Clock,
    notify: Mutex<Trigger>,
    project: Mutex<Trigger>,
}

/// What an office is made of.
struct Parts {
    dynamodb: aws_sdk_dynamodb::Client,
    publisher: aws_sdk_sns::Client,
    papers: aws_sdk_s3::Client,
    web: Web,
    wire: Wire,
    sns: Sns,
    s3: S3,
    gateways: Gateways,
    identity: Identity,
    clock: Clock,
}

impl Parts {
    /// Parts in which nothing sleeps.
    fn by(clock: &VirtualClock, config: &Config, wire: Wire, sns: Sns, s3: S3) -> Result<Self, OpenError> {
        let (gateways, time) = (Gateways::new(config, clock.clone()), clock.clone());
        let identity = Identity::open(NOWHERE, None, clock.clone())?;
        Ok(Self {
            dynamodb: wire::client(&wire, clock),
            publisher: sns::client(&sns, clock),
            papers: s3::client(&s3, clock),
            web: Web::over(Beside(identity.clone(), gateways.clone()), clock.clone()),
            wire,
            sns,
            s3,
            gateways,
            identity,
            clock: Arc::new(move || time.now()),
        })
    }
}

impl Office {
    /// Opens an office in real time, as the local server does at `home`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(
        config: Config,
        wire: Wire,
        sns: Sns,
        clock: Clock,
        (home, folder): (&str, Option<&Path>),
    ) -> Result<Self, OpenError> {
        let gateways = Gateways::new(&config, Told(clock.clone()));
        let identity = Identity::open(home, folder, Told(clock.clone()))?;
        let s3 = buckets(folder);
        let parts = Parts {
            dynamodb: wire::real_time_client(&wire),
            publisher: sns::real_time_client(&sns),
            papers: s3::real_time_client(&s3),
            web: Web::over(Beside(identity.clone(), AnyGateway(gateways.clone())), TokioSleep::new()),
            wire,
            sns,
            s3,
            gateways,
            identity,
            clock,
        };
        Self::of(parts, config, folder, Settings::default()).await
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
        Self::of(Parts::by(clock, &config, wire, sns, S3::memory())?, config, None, stream).await
    }

    /// Opens an office on a data folder that lives through months in one go: nothing sleeps, all time is `clock`'s.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_at(
        clock: &VirtualClock,
        config: Config,
        wire: Wire,
        sns: Sns,
        folder: &Path,
    ) -> Result<Self, OpenError> {
        let (dynamodb, publisher) = (wire::unsigned_client(&wire, clock), sns::unsigned_client(&sns, clock));
        let parts = Parts { dynamodb, publisher, ..Parts::by(clock, &config, wire, sns, buckets(Some(folder)))? };
        Self::of(parts, config, Some(folder), Settings::default()).await
    }

    async fn of(parts: Parts, config: Config, folder: Option<&Path>, stream: Settings) -> Result<Self, OpenError> {
        let Parts { dynamodb, publisher, papers, web, wire, sns, s3, gateways, identity, clock } = parts;
        let store = Store::new(dynamodb, TABLE);
        create_table(&store).await?;
        let site = Site::new(identity.joined(config), store).reaching(web).keeping_papers(Some(papers.clone()));
        if site.config.is_demo() {
            import_samples(&site).await?;
        }
        let reader = |name| {
            Ok::<_, TriggerError>(Mutex::new(Trigger::open(wire.database(), TABLE, name, folder, stream.clone())?))
        };
        let (notify, project) = (reader(NOTIFY)?, reader(PROJECT)?);
        let (live, sms) = (LiveSite::new(site), Sms::new(&publisher));
        Ok(Self { live, wire, sns, s3, gateways, identity, sms, papers, clock, notify, project })
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
        self.gateways.configure(&config);
        let (site, config) = (self.site(), self.identity.joined(config));
        let site = Site::new(config, site.recorder.store().clone()).reaching(site.web.clone());
        self.live.replace(site.keeping_papers(Some(self.papers.clone())));
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

    /// The neighbour that keeps the scans of papers.
    #[must_use]
    pub fn s3(&self) -> &S3 {
        &self.s3
    }

    /// The neighbours that take the money.
    #[must_use]
    pub fn gateways(&self) -> &Gateways {
        &self.gateways
    }

    /// The neighbour that staff sign in at.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Lets the gateways make every call that is due; how many.
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

    /// One run of the reconciliation.
    pub async fn reconcile(&self) -> payment_reconcile::Report {
        let site = self.site();
        Box::pin(payment_reconcile::handle(&site, self.now(), &|| true)).await
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

    /// Hands everything that is in the stream to `notify` and to `project`, each at its own pace; the number of
    /// batches.
    ///
    /// # Errors
    /// [`TriggerError`].
    pub async fn deliver(&self) -> Result<u32, TriggerError> {
        let told = self.tell_people().await?;
        let project = async |event| Box::pin(project::handle(&self.site(), &event)).await;
        Ok(told + self.project.lock().await.drain(project).await?)
    }

    /// Hands everything that is in the stream to `notify` alone.
    ///
    /// # Errors
    /// [`TriggerError`].
    pub async fn tell_people(&self) -> Result<u32, TriggerError> {
        self.notify.lock().await.drain(|event| self.tell(event)).await
    }

    async fn tell(&self, event: Value) -> Value {
        let site = self.site();
        Box::pin(notify::handle(&site, &self.sms, &event, self.now())).await
    }

    /// One run of the sweep.
    pub async fn sweep(&self) -> Report {
        let site = self.site();
        Box::pin(deadline_sweep::handle(&site, &self.sms, self.now(), &|| true)).await
    }
}

fn buckets(folder: Option<&Path>) -> S3 {
    folder.map_or_else(S3::memory, |folder| S3::in_folder(folder.join(BUCKETS)))
}

/// The samples, into a demonstration. What a data folder holds under their names already stays as it is.
pub(crate) async fn import_samples(site: &Site) -> Result<(), motcua::store::Error> {
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
    /// `/api/v1/…`, behind the authorizer, and `/desk/…` and `/api/openapi.json`, which are not.
    Desk,
}

/// Which function a path leads to, as infra/template.yaml routes it.
#[must_use]
pub fn route(path: &str) -> Option<Function> {
    let mut parts = path.strip_prefix('/')?.split('/');
    match (parts.next()?, parts.next(), parts.next(), parts.next()) {
        ("payments", Some(_), Some("callback"), None) => Some(Function::PaymentCallback),
        ("portal", Some("events"), None, None) => Some(Function::PortalWebhook),
        ("api", Some("v1"), Some(_), _) | ("api", Some("openapi.json"), None, _) | ("desk", ..) => Some(Function::Desk),
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
