//! `cargo run`: the office on 127.0.0.1, with its stream reader, its schedule, its clock and the `/local` page.

mod figures;
mod forms;
mod journey;
mod money;
mod page;
mod pay;
mod schedule;
mod words;

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use http::StatusCode;
use jiff::Timestamp;
use rules::config::Config;
use tokio::net::TcpListener;

use crate::catalogue;
use crate::clock::LocalClock;
use crate::frame;
use crate::gateway::{Stopped, authorize, hand_over, is_guarded};
use crate::neighbours::identity;
use crate::neighbours::outbox::Outbox;
use crate::neighbours::sns::Sns;
use crate::office::{Office, OpenError};
use crate::staff::Staff;
use crate::wire::{Wire, database};

/// The most bytes of a body that are read at all, as Lambda takes them; the functions refuse less.
const READ_LIMIT: usize = 6 * 1024 * 1024;

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
    /// The data folder, or the port.
    #[error("{0}: {1}")]
    Io(&'static str, io::Error),
    /// The embedded database.
    #[error("{0}")]
    Database(#[from] database::OpenError),
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
}

impl Server {
    /// Opens the data folder, the office and the port.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let Settings { port, folder, config, start } = settings;
        let folder = folder.as_deref();
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder).map_err(|error| StartError::Io("the data folder", error))?;
        }
        // Claims folder and port first: a second start must not touch the data of one that runs.
        let lock = folder.map(claimed).transpose()?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).await.map_err(|error| StartError::Io("the port", error))?;
        let address = listener.local_addr().map_err(|error| StartError::Io("the port", error))?;
        let clock = LocalClock::open(folder, start).map_err(|error| StartError::Io("the clock's file", error))?;
        let agencies = config.agencies().iter().map(|agency| agency.code.to_string()).collect();
        let staff = Staff::open(agencies, folder).map_err(|error| StartError::Io("the staff's file", error))?;
        let database = match folder {
            Some(folder) => database::in_folder(folder)?,
            None => database::memory()?,
        };
        let outbox = match folder {
            Some(folder) => Outbox::in_folder(folder).map_err(|error| StartError::Io("the outbox", error))?,
            None => Outbox::memory(),
        };
        let sns = Sns::new(outbox, clock.clone());
        let time = clock.clone();
        let now = Arc::new(move || time.now());
        let home = format!("http://{address}");
        let office = Office::open(config, Wire::in_process(database), sns, now, (&home, folder)).await?;
        let schedule = schedule::Schedule::new(clock.now());
        Ok(Self { address, desk: Arc::new(FrontDesk { office, clock, staff, schedule }), listener, _lock: lock })
    }

    /// Serves until the future `until` is done.
    ///
    /// # Errors
    /// The listener's.
    pub async fn serve(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let timed = tokio::spawn(schedule::run(self.desk.clone()));
        let served = axum::serve(self.listener, router(self.desk)).with_graceful_shutdown(until).await;
        timed.abort();
        served
    }
}

/// Claims the data folder, which no other process may have.
fn claimed(folder: &Path) -> Result<File, StartError> {
    let lock = catalogue::lock(folder).map_err(|error| StartError::Io("the data folder", error))?;
    lock.ok_or_else(|| StartError::Io("the data folder", io::Error::other("another process is at work on it")))
}

fn router(desk: Arc<FrontDesk>) -> Router {
    Router::new()
        .route("/", get(|| async { axum::response::Redirect::to("/local") }))
        .route("/local", get(page::show))
        .route(frame::STYLE_PATH, get(|| async { frame::style().map(Body::from) }))
        .route("/local/outbox", get(forms::outbox))
        .route("/local/clock", get(forms::clock).post(forms::set_clock))
        .route("/local/sweep", post(forms::sweep))
        .route(identity::PATH, any(sign_in))
        .route(&format!("{}/{{*rest}}", identity::PATH), any(sign_in))
        .merge(pay::routes())
        .fallback(answer)
        .with_state(desk)
}

/// Answers as the HTTP API and the function behind it do. After a handler panics the answer is 500 and the server goes
/// on, as on Lambda.
async fn answer(State(desk): State<Arc<FrontDesk>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, READ_LIMIT).await else {
        return message(StatusCode::PAYLOAD_TOO_LARGE, r#"{"message":"Request Entity Too Large"}"#);
    };
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
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, READ_LIMIT).await {
        Ok(body) => desk.office.identity().answer(&rules::http::Request::from_parts(parts, body)).map(Body::from),
        Err(_) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}
