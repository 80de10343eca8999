//! Plays the services that a Lambda binary calls: the Runtime API and Secrets Manager. The table is the embedded one, and
//! the outlets are the recorders.
#![expect(clippy::unwrap_used, reason = "what fails in a story fails the story")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_runtime_api::client::http::HttpConnector;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Segments, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::StatusCode;
use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::s3::S3;
use motcua_local::neighbours::ses::Ses;
use motcua_local::neighbours::sns::Sns;
use motcua_local::wire::served::{OPERATOR, Served};
use motcua_local::wire::{Wire, database};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};

/// Longest time for an answer of a binary here.
const PATIENCE: Duration = Duration::from_secs(60);

/// Outcome of an event in a binary.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// It answered.
    With(Value),
    /// It reported an error.
    Failed(Value),
}

type Waiting = Mutex<BTreeMap<String, oneshot::Sender<Answered>>>;

struct Api {
    events: AsyncMutex<mpsc::UnboundedReceiver<(String, String)>>,
    waiting: Waiting,
    secrets: BTreeMap<String, String>,
    init_error: Mutex<Option<Value>>,
}

/// Everything that the processes here reach over loopback, with each function's own rights.
pub struct Neighbours {
    table: Served,
    sns: Served,
    ses: Served,
    s3: Served,
}

impl Neighbours {
    /// Serves the table and the outlets.
    pub async fn serve(
        table: impl HttpConnector + 'static,
        sns: impl HttpConnector + 'static,
        ses: impl HttpConnector + 'static,
    ) -> Self {
        let served = (Served::start(table).await, Served::start(sns).await, Served::start(ses).await);
        let s3 = Served::start(S3::memory()).await.unwrap();
        Self { table: served.0.unwrap(), sns: served.1.unwrap(), ses: served.2.unwrap(), s3 }
    }

    /// Serves another bucket in the place of an empty one.
    #[must_use]
    pub async fn keeping(self, s3: impl HttpConnector + 'static) -> Self {
        Self { s3: Served::start(s3).await.unwrap(), ..self }
    }

    /// Serves a table that is there and empty, and outlets.
    async fn fresh() -> Self {
        let wire = Wire::in_process(database::memory().unwrap());
        let store = motcua::store::Store::new(motcua_local::wire::real_time_client(&wire), "motcua");
        motcua::store::create_table(&store).await.unwrap();
        let sns = Sns::new(Outbox::memory(), SystemTimeSource::new());
        Self::serve(wire, sns, Ses::memory(SystemTimeSource::new())).await
    }
}

/// A Lambda binary as a process.
pub struct Function {
    events: mpsc::UnboundedSender<(String, String)>,
    api: Arc<Api>,
    command: Command,
    child: Child,
    sent: u64,
    log: PathBuf,
    address: String,
    neighbours: Neighbours,
    _folder: tempfile::TempDir,
}

impl Function {
    /// Starts the binary of that name with a configuration. The table is there and empty.
    pub async fn start(name: &str, configuration: &str) -> Self {
        Self::start_with(name, &[("motcua/config", configuration)], None).await
    }

    /// Starts it with these secrets, and what its environment says of those by use.
    pub async fn start_with(name: &str, secrets: &[(&str, &str)], by_use: Option<&str>) -> Self {
        Self::start_among(Neighbours::fresh().await, name, secrets, by_use).await
    }

    /// Starts it among these neighbours.
    pub async fn start_among(
        neighbours: Neighbours,
        name: &str,
        secrets: &[(&str, &str)],
        by_use: Option<&str>,
    ) -> Self {
        Self::start_as(neighbours, (name, name), secrets, by_use).await
    }

    /// Starts a binary with the rights of this function.
    pub async fn start_as(
        neighbours: Neighbours,
        (name, function): (&str, &str),
        secrets: &[(&str, &str)],
        by_use: Option<&str>,
    ) -> Self {
        let (events, receiver) = mpsc::unbounded_channel();
        let api = Arc::new(Api {
            events: AsyncMutex::new(receiver),
            waiting: Mutex::default(),
            secrets: secrets.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            init_error: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let served = api.clone();
        tokio::spawn(async move { axum::serve(listener, router(served)).await });
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let output = std::fs::File::create(&log).unwrap();
        let mut command = placed(name, function, &address, &neighbours);
        if let Some(by_use) = by_use {
            command.env("MOTCUA_SECRETS_BY_USE", by_use);
        }
        command
            .env("AWS_LAMBDA_RUNTIME_API", &address)
            .env("AWS_LAMBDA_FUNCTION_NAME", function)
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .stdout(output.try_clone().unwrap())
            .stderr(Stdio::from(output))
            .kill_on_drop(true);
        let child = command.spawn().unwrap();
        Self { events, api, command, child, sent: 0, log, address, neighbours, _folder: folder }
    }

    /// Kills the process as `kill -9` does.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Starts the process again, as Lambda does after one that died.
    pub fn start_again(&mut self) {
        self.child = self.command.spawn().unwrap();
    }

    /// Runs a command of another binary in the same environment, on the same table; returns its output.
    pub async fn beside(&self, name: &str, arguments: &[&str]) -> String {
        let output = placed(name, OPERATOR, &self.address, &self.neighbours).args(arguments).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Hands over one event, byte for byte, and waits for its outcome.
    pub async fn invoke(&mut self, event: impl Into<String>) -> Answered {
        self.sent += 1;
        let id = format!("invocation-{}", self.sent);
        let (answer, answered) = oneshot::channel();
        self.api.waiting.lock().unwrap().insert(id.clone(), answer);
        self.events.send((id, event.into())).unwrap();
        let waited = tokio::time::timeout(PATIENCE, answered).await;
        waited.unwrap_or_else(|_| panic!("no answer: {}", self.log())).unwrap()
    }

    /// Returns the reason why the function did not start; waits for it to stop.
    pub async fn init_failure(&mut self) -> String {
        let stopped = tokio::time::timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        assert!(!stopped.success());
        self.log()
    }

    /// Whether the process lives.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Returns its log.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

/// Returns a binary in the environment of a deployed function, signing as this one.
fn placed(name: &str, signer: &str, address: &str, neighbours: &Neighbours) -> Command {
    let mut command = Command::new(binary(name));
    command
        .env_clear()
        .env("AWS_REGION", "ap-southeast-1")
        .env("AWS_ACCESS_KEY_ID", signer)
        .env("AWS_SECRET_ACCESS_KEY", "local")
        .env("AWS_ENDPOINT_URL_DYNAMODB", &neighbours.table.url)
        .env("AWS_ENDPOINT_URL_SECRETS_MANAGER", format!("http://{address}/secrets"))
        .env("AWS_ENDPOINT_URL_SNS", &neighbours.sns.url)
        .env("AWS_ENDPOINT_URL_SESV2", &neighbours.ses.url)
        .env("AWS_ENDPOINT_URL_S3", &neighbours.s3.url)
        .env("MOTCUA_TABLE", "motcua")
        .env("MOTCUA_RECEIPTS_TOPIC", motcua_local::neighbours::ses::TOPIC)
        .env("MOTCUA_CONFIG_SECRET", "motcua/config");
    command
}

fn router(api: Arc<Api>) -> Router {
    let runtime = "/2018-06-01/runtime";
    Router::new()
        .route(&format!("{runtime}/invocation/next"), get(next))
        .route(&format!("{runtime}/invocation/{{id}}/response"), post(response))
        .route(&format!("{runtime}/invocation/{{id}}/error"), post(failure))
        .route(&format!("{runtime}/init/error"), post(init_failure))
        .route("/secrets", post(secret))
        .route("/secrets/", post(secret))
        .with_state(api)
}

async fn next(State(api): State<Arc<Api>>) -> Response {
    let Some((id, event)) = api.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let deadline = jiff_now_ms() + 30_000;
    let headers = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:ap-southeast-1:000000000000:function:f".to_owned()),
        ("lambda-runtime-trace-id", "Root=1-5e96a1a0-000000000000000000000000".to_owned()),
    ];
    (headers, event).into_response()
}

fn jiff_now_ms() -> u128 {
    std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis()
}

fn told(api: &Api, id: &str, answered: Answered) -> StatusCode {
    if let Some(waiting) = api.waiting.lock().unwrap().remove(id) {
        let _ = waiting.send(answered);
    }
    StatusCode::ACCEPTED
}

fn value(body: &Bytes) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)))
}

async fn response(State(api): State<Arc<Api>>, Segments(id): Segments<String>, body: Bytes) -> StatusCode {
    told(&api, &id, Answered::With(value(&body)))
}

async fn failure(State(api): State<Arc<Api>>, Segments(id): Segments<String>, body: Bytes) -> StatusCode {
    told(&api, &id, Answered::Failed(value(&body)))
}

async fn init_failure(State(api): State<Arc<Api>>, body: Bytes) -> StatusCode {
    *api.init_error.lock().unwrap() = Some(value(&body));
    StatusCode::ACCEPTED
}

async fn secret(State(api): State<Arc<Api>>, body: Bytes) -> Response {
    let name = value(&body)["SecretId"].as_str().unwrap_or_default().to_owned();
    let (status, answer) = match api.secrets.get(&name) {
        Some(text) => (StatusCode::OK, json!({ "ARN": "arn", "Name": name, "SecretString": text })),
        None => (StatusCode::BAD_REQUEST, json!({ "__type": "ResourceNotFoundException", "message": "none" })),
    };
    (status, [("content-type", "application/x-amz-json-1.1")], answer.to_string()).into_response()
}

/// Returns the binary of that name, built once by the profile of the tests.
pub fn binary(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let packages = [
            "payment-callback",
            "portal-webhook",
            "deadline-sweep",
            "payment-reconcile",
            "portal-sync",
            "postal-sync",
            "postal-webhook",
            "receipts",
            "notify",
            "delivery",
            "desk",
            "citizen",
            "motcua-local",
            "motcua-tests",
        ];
        let mut build = std::process::Command::new(env!("CARGO"));
        build.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).args(["build", "--locked", "--bins"]);
        packages.iter().for_each(|package| {
            build.args(["--package", package]);
        });
        assert!(build.status().unwrap().success());
        profile()
    });
    folder.join(name)
}

/// Returns the folder of the files built by this profile: a test lies in its `deps`, a bench in itself.
fn profile() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let folder = here.parent().unwrap();
    if folder.ends_with("deps") { folder.parent().unwrap().to_owned() } else { folder.to_owned() }
}

/// Returns the target folder.
pub fn target() -> PathBuf {
    profile().parent().unwrap().to_owned()
}
