//! `cargo run`: the office on 127.0.0.1, with its stream reader, its schedule, its clock and the `/local` page.

mod citizen;
mod figures;
mod forms;
mod guard;
mod invoices;
mod journey;
mod kit;
mod money;
mod outbox;
mod page;
mod pay;
mod portals;
mod post;
mod receipts;
mod schedule;
mod serving;
mod told;
mod unfit;
mod words;

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use http::StatusCode;
use http::request::Parts;
use jiff::Timestamp;
use rules::config::{Agency, Config};
use tokio::net::TcpListener;

use crate::clock::LocalClock;
use crate::folder::{self, FolderError};
use crate::frame;
use crate::gateway::{Stopped, authorize, hand_over, is_guarded};
use crate::neighbours::identity;
use crate::neighbours::outbox::Outbox;
use crate::neighbours::sns::Sns;
use crate::office::{Office, OpenError};
use crate::staff::Staff;
use crate::wire::{Wire, database};
use guard::guarded;
use serving::Limits;
pub use told::Tell;
use told::Told;

/// Settings with which a server starts.
#[derive(Debug)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Folder in which everything is kept; `None` keeps nothing.
    pub folder: Option<PathBuf>,
    /// Configuration of the office: the partners that it believes.
    pub config: Config,
    /// Instant to which its clock is set.
    pub start: Option<Timestamp>,
}

/// Reason why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder.
    #[error("the data folder: {0}")]
    Folder(#[from] FolderError),
    /// Another process has the data folder.
    #[error("the data folder {0} is in use by another process: end that one, or name another folder with --data")]
    FolderInUse(PathBuf),
    /// Another program listens there.
    #[error("the port {0} of 127.0.0.1 is in use by another program: end that one, or name another port with --port")]
    PortInUse(u16),
    /// The system does not let this user listen there.
    #[error("the port {0} of 127.0.0.1 is not open to this user: name another one with --port, such as 8080")]
    PortClosed(u16),
    /// Something else about the port.
    #[error("the port {0} of 127.0.0.1 cannot be used ({1}): name another one with --port")]
    Port(u16, io::Error),
    /// A database in memory.
    #[error("the database: {0}")]
    Memory(String),
    /// The office.
    #[error("{0}")]
    Office(#[from] OpenError),
}

/// A server that was started.
pub struct Server {
    /// Address at which it listens.
    pub address: SocketAddr,
    /// The desk that it serves.
    pub desk: Arc<FrontDesk>,
    /// Everything that does not fit together in configuration and data folder, a sentence each.
    pub unfit: Vec<String>,
    listener: TcpListener,
    /// Held while this server works on its data folder.
    _lock: Option<File>,
}

/// State with which every request is answered.
pub struct FrontDesk {
    /// The office.
    pub office: Office,
    /// Its clock.
    pub clock: LocalClock,
    /// Its staff.
    pub staff: Staff,
    /// Progress of the schedule.
    schedule: schedule::Schedule,
    /// Teller of what happens.
    told: Told,
}

impl Server {
    /// Opens the data folder, the office and the port.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let Settings { port, folder, config, start } = settings;
        let folder = folder.as_deref();
        // Claims folder and port first: a second start must not touch the data of one that runs.
        let lock = folder.map(claimed).transpose()?;
        let (listener, address) = listen(port).await?;
        let clock = LocalClock::open(folder, start)?;
        clock.begin().map_err(|error| FolderError::of(folder.map(Path::to_owned).unwrap_or_default(), error))?;
        let agencies = config.agencies().iter().flat_map(Agency::codes).map(ToString::to_string).collect();
        let staff = Staff::open(agencies, folder)?;
        let database = match folder {
            Some(folder) => database::in_folder(folder)?,
            None => database::memory().map_err(|error| StartError::Memory(error.to_string()))?,
        };
        let outbox = match folder {
            Some(folder) => Outbox::in_folder(folder)?,
            None => Outbox::memory(),
        };
        let told = Told::new(outbox.count());
        let sns = Sns::new(outbox, clock.clone());
        let time = clock.clone();
        let now = Arc::new(move || time.now());
        let home = format!("http://{address}");
        let config = config.listening_at(&home);
        let office = Office::open(config, Wire::in_process(database), sns, now, (&home, folder)).await?;
        office.introduce().await?;
        let schedule = schedule::Schedule::new(clock.now());
        let unfit = folder.map(|folder| unfit::found(folder, &office.site().config)).unwrap_or_default();
        let desk = Arc::new(FrontDesk { office, clock, staff, schedule, told });
        Ok(Self { address, desk, unfit, listener, _lock: lock })
    }

    /// Tells of each message by a line from now on.
    pub fn tell(&self, tell: Tell) {
        self.desk.told.to(tell);
    }

    /// Serves until the future `until` is done.
    ///
    /// # Errors
    /// The listener's.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let timed = tokio::spawn(schedule::run(self.desk.clone()));
        let (limits, site) = (Limits::default(), self.desk.office.site());
        let router = guarded(router(self.desk), self.address, site.config.public_url(), limits.body);
        let served = serving::serve(self.listener, router, until, limits).await;
        timed.abort();
        served
    }
}

/// Claims the data folder, which no other process may have.
fn claimed(folder: &Path) -> Result<File, StartError> {
    folder::lock(folder)?.ok_or_else(|| StartError::FolderInUse(folder.to_owned()))
}

async fn listen(port: u16) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(port),
        io::ErrorKind::PermissionDenied => StartError::PortClosed(port),
        _ => StartError::Port(port, error),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn router(desk: Arc<FrontDesk>) -> Router {
    Router::new()
        .route("/", get(first))
        .route("/local", get(page::show))
        .route(frame::STYLE_PATH, get(|| async { frame::style().map(Body::from) }))
        .route("/local/kit", get(kit::show).post(kit::show))
        .route("/local/kit/print", get(kit::paper))
        .route(kit::STYLE_PATH, get(kit::style))
        .route(kit::SHEET_PATH, get(kit::paper_style))
        .route("/local/clock", get(forms::clock).post(forms::set_clock))
        .route("/local/sweep", post(forms::sweep))
        .route(identity::PATH, any(sign_in))
        .route(&format!("{}/{{*rest}}", identity::PATH), any(sign_in))
        .merge(pay::routes())
        .merge(portals::routes())
        .merge(post::routes())
        .merge(invoices::routes())
        .merge(citizen::routes())
        .merge(outbox::routes())
        .merge(receipts::routes())
        .fallback(answer)
        .with_state(desk)
}

/// Leads whoever opens the bare address to the laptop's own page. The first page of the public is there with a language.
async fn first(desk: State<Arc<FrontDesk>>, request: Request) -> Response {
    match request.uri().query() {
        None => axum::response::Redirect::to("/local").into_response(),
        Some(_) => answer(desk, request).await,
    }
}

/// Answers as the HTTP API and the function behind it do. After a handler panics the answer is 500 and the server goes
/// on, as on Lambda.
async fn answer(State(desk): State<Arc<FrontDesk>>, request: Request) -> Response {
    let (parts, body) = whole(request).await;
    let authorized = match is_guarded(parts.uri.path()) {
        true => authorize(&parts, &desk.staff, &desk.office).await.map(Some),
        false => Ok(None),
    };
    let request = match authorized.and_then(|claims| hand_over(&parts, body, claims)) {
        Ok(request) => request,
        Err(Stopped::NotFound) => return message(StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#),
        Err(Stopped::Unauthorized) => {
            return message(StatusCode::UNAUTHORIZED, r#"{"message":"Unauthorized"}"#);
        }
    };
    let worker = desk.clone();
    let answered = tokio::spawn(async move { worker.office.answer(&request).await }).await;
    desk.told.message(desk.clock.now(), &parts, answered.as_ref().ok().and_then(Option::as_ref));
    match answered {
        Ok(Some(answer)) => answer.map(Body::from),
        Ok(None) => message(StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#),
        Err(_) => message(StatusCode::INTERNAL_SERVER_ERROR, r#"{"message":"Internal Server Error"}"#),
    }
}

/// Returns a message of the gateway itself.
fn message(status: StatusCode, text: &'static str) -> Response {
    (status, [(axum::http::header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Answers as the provider of the sign-in.
async fn sign_in(State(desk): State<Arc<FrontDesk>>, request: Request) -> Response {
    let (parts, body) = whole(request).await;
    desk.office.identity().answer(&rules::http::Request::from_parts(parts, body)).map(Body::from)
}

/// Takes a request apart, of which the door has read the body.
async fn whole(request: Request) -> (Parts, Bytes) {
    let (parts, body) = request.into_parts();
    (parts, axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default())
}
