//! Opening of an office: in real time, in time that is moved, or on a data folder that lives through months in one go.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::TimeSource;
use jiff::Timestamp;
use motcua::site::{LiveSite, Site};
use motcua::store::{Store, create_table};
use motcua::tell::{Email, Outlets, Sms};
use motcua::web::{Sessions, Web};
use rules::config::Config;
use scans::Scans;
use tokio::sync::Mutex;

use super::{Clock, Office, OpenError, TABLE};
use crate::folder::FolderError;
use crate::neighbours::carrier::{Before, Carrier};
use crate::neighbours::gateways::{AnyGateway, Gateways};
use crate::neighbours::identity::{Beside, Identity, NOWHERE};
use crate::neighbours::invoices::{BeforeInvoices, Invoices};
use crate::neighbours::portal::{BeforePortals, Portals};
use crate::neighbours::post::{BeforePosts, Posts};
use crate::neighbours::s3::{self, S3};
use crate::neighbours::ses::{self, Ses};
use crate::neighbours::sns::{self, Sns};
use crate::samples;
use crate::wire::stream::{Settings, Trigger, TriggerError};
use crate::wire::{self, VirtualClock, Wire};

/// Names of the stream readers, under which their positions are kept.
const NOTIFY: &str = "notify";
const PROJECT: &str = "project";
/// Folder of a data folder that takes the place of the buckets of S3.
const BUCKETS: &str = "s3";

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

/// Parts that an office is made of.
struct Parts {
    dynamodb: aws_sdk_dynamodb::Client,
    publisher: aws_sdk_sns::Client,
    mailer: aws_sdk_sesv2::Client,
    papers: aws_sdk_s3::Client,
    web: Web,
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
    clock: Clock,
}

impl Parts {
    /// Builds parts in which nothing sleeps.
    fn by(
        clock: &VirtualClock,
        config: &Config,
        wire: Wire,
        sns: Sns,
        (s3, ses, carrier): (S3, Ses, Carrier),
    ) -> Result<Self, OpenError> {
        let (gateways, time) = (Gateways::new(config, clock.clone()), clock.clone());
        let identity = Identity::open(NOWHERE, None, clock.clone())?;
        let portals = Portals::new(config, clock.clone());
        let posts = Posts::new(config, clock.clone());
        let invoices = Invoices::new(config, clock.clone());
        let beyond = Before(carrier.clone(), Beside(identity.clone(), gateways.clone()));
        let beyond = BeforeInvoices(invoices.clone(), beyond);
        Ok(Self {
            dynamodb: wire::client(&wire, clock),
            publisher: sns::client(&sns, clock),
            mailer: ses::client(&ses, clock),
            papers: s3::client(&s3, clock),
            web: Web::over(BeforePosts(posts.clone(), BeforePortals(portals.clone(), beyond)), clock.clone()),
            wire,
            sns,
            ses,
            carrier,
            s3,
            gateways,
            identity,
            portals,
            posts,
            invoices,
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
        let ses = mails(folder, Told(clock.clone()))?;
        let carrier = carrier(folder, &config, Told(clock.clone()))?;
        let portals = Portals::new(&config, Told(clock.clone()));
        let posts = Posts::new(&config, Told(clock.clone()));
        let invoices = Invoices::new(&config, Told(clock.clone()));
        let beyond = Before(carrier.clone(), Beside(identity.clone(), AnyGateway(gateways.clone())));
        let beyond = BeforeInvoices(invoices.clone(), beyond);
        let parts = Parts {
            dynamodb: wire::real_time_client(&wire),
            publisher: sns::real_time_client(&sns),
            mailer: ses::real_time_client(&ses),
            papers: s3::real_time_client(&s3),
            web: Web::over(BeforePosts(posts.clone(), BeforePortals(portals.clone(), beyond)), TokioSleep::new()),
            wire,
            sns,
            ses,
            carrier,
            s3,
            gateways,
            identity,
            portals,
            posts,
            invoices,
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
        let kept = (S3::memory(), Ses::memory(clock.clone()), Carrier::memory(&config, clock.clone()));
        Self::of(Parts::by(clock, &config, wire, sns, kept)?, config, None, stream).await
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
        let carrier = carrier(Some(folder), &config, clock.clone())?;
        let kept = (buckets(Some(folder)), mails(Some(folder), clock.clone())?, carrier);
        let (dynamodb, publisher) = (wire::unsigned_client(&wire, clock), sns::unsigned_client(&sns, clock));
        let parts = Parts { dynamodb, publisher, ..Parts::by(clock, &config, wire, sns, kept)? };
        Self::of(parts, config, Some(folder), Settings::default()).await
    }

    async fn of(parts: Parts, config: Config, folder: Option<&Path>, stream: Settings) -> Result<Self, OpenError> {
        let Parts {
            dynamodb,
            publisher,
            mailer,
            papers,
            web,
            wire,
            sns,
            ses,
            carrier,
            s3,
            gateways,
            identity,
            portals,
            posts,
            invoices,
            clock,
        } = parts;
        let store = Store::new(dynamodb, TABLE);
        create_table(&store).await?;
        let site = Site::new(identity.joined(config), store).reaching(web);
        if site.config.is_demo() {
            samples::import(&site, wire.database()).await?;
        }
        let reader = |name| {
            Ok::<_, TriggerError>(Mutex::new(Trigger::open(wire.database(), TABLE, name, folder, stream.clone())?))
        };
        let (notify, project) = (reader(NOTIFY)?, reader(PROJECT)?);
        let outlets = Outlets { sms: Sms::new(&publisher), email: Email::new(&mailer) };
        let (live, scans) = (LiveSite::new(site), Scans::new(papers));
        let hearing = Mutex::default();
        Ok(Self {
            live,
            wire,
            sns,
            ses,
            carrier,
            s3,
            gateways,
            identity,
            portals,
            posts,
            invoices,
            at_operators: Sessions::default(),
            at_portals: Sessions::default(),
            outlets,
            scans,
            clock,
            notify,
            project,
            hearing,
        })
    }
}

fn mails(folder: Option<&Path>, time: impl TimeSource + 'static) -> Result<Ses, FolderError> {
    match folder {
        Some(folder) => Ses::in_folder(folder, time),
        None => Ok(Ses::memory(time)),
    }
}

fn carrier(folder: Option<&Path>, config: &Config, time: impl TimeSource + 'static) -> Result<Carrier, FolderError> {
    match folder {
        Some(folder) => Carrier::in_folder(folder, config, time),
        None => Ok(Carrier::memory(config, time)),
    }
}

fn buckets(folder: Option<&Path>) -> S3 {
    folder.map_or_else(S3::memory, |folder| S3::in_folder(folder.join(BUCKETS)))
}
