//! `cargo run -- portal-fake`: the strict portal as a program of its own, for whoever writes an office's adapter.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use clap::Args;
use jiff::Timestamp;

use crate::neighbours::portal::{Account, Alone};

/// The most bytes of a call.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most bytes of a file: more than an office fetches, so that its refusal can be tried.
const MOST_FILE_BYTES: usize = 8 * 1024 * 1024;
/// The most files; the next one begins anew.
const MOST_FILES: usize = 20;

/// The files that it keeps.
type Kept = Arc<Mutex<Vec<Bytes>>>;

/// The portal, and how a line is told.
type Shared = (Arc<Alone>, fn(&str));

/// Options of the strict portal.
#[derive(Debug, Args)]
pub struct Options {
    /// The port of 127.0.0.1 at which it listens; 0 takes a free one.
    #[arg(long, default_value_t = 8090)]
    pub port: u16,
    /// The name that is let in.
    #[arg(long, default_value = "motcua")]
    pub username: String,
    /// The password of that name.
    #[arg(long, default_value = "motcua")]
    pub password: String,
    /// The value of the header `dstcode` that is taken.
    #[arg(long, default_value = "dvcqg")]
    pub service: String,
    /// The `madonvi` that is taken.
    #[arg(long, default_value = "H32.1")]
    pub unit: String,
}

/// Serves it until the program ends. `tell` gets a line at the start, and one for each call.
///
/// # Errors
/// The port cannot be listened at.
pub async fn run(options: &Options, tell: fn(&str)) -> io::Result<()> {
    let account = Account {
        username: options.username.clone(),
        password: options.password.clone(),
        service: options.service.clone(),
        unit: options.unit.clone(),
    };
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    tell(&format!(
        "A strict portal at http://{}: POST /login, /TraCuuHoSo, /DongBoHoSoMC, /CapNhatTienDoHoSoMC",
        listener.local_addr()?
    ));
    let router = Router::new()
        .route("/{call}", post(answer))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state((Arc::new(Alone::new(account)), tell))
        .merge(files());
    axum::serve(listener, router).await
}

/// Keeps files as a portal does: `POST /files` takes one and answers with its path, at which it lies until the program ends.
fn files() -> Router {
    let kept: Kept = Arc::default();
    Router::new()
        .route("/files", post(keep).layer(DefaultBodyLimit::max(MOST_FILE_BYTES)))
        .route("/files/{number}", get(give))
        .with_state(kept)
}

async fn keep(State(kept): State<Kept>, content: Bytes) -> impl IntoResponse {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST_FILES {
        kept.clear();
    }
    kept.push(content);
    format!("/files/{}\n", kept.len())
}

async fn give(State(kept): State<Kept>, Path(number): Path<usize>) -> impl IntoResponse {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    number.checked_sub(1).and_then(|place| kept.get(place).cloned()).ok_or(StatusCode::NOT_FOUND)
}

async fn answer(
    State((portal, tell)): State<Shared>,
    Path(call): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let destination = headers.get("dstcode").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let answer = portal.answer(&call, destination, &body, machine_now());
    // Sessions and dossiers are not printed.
    let [code, message] = ["error_code", "message"].map(|field| answer[field].as_str().unwrap_or_default());
    tell(&format!("{call}: {code} {message}"));
    ([(CONTENT_TYPE, "application/json")], answer.to_string())
}

#[expect(clippy::disallowed_methods, reason = "the edge, where the time enters")]
fn machine_now() -> Timestamp {
    Timestamp::now()
}
