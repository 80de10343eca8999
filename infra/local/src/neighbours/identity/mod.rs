//! A small provider of OpenID Connect to try the desk with: four accounts an agency and the people of the
//! sample office, chosen by a button. It exists on
//! loopback only and asks for no password. Its memory of what it issued lasts as long as the process.
//!
//! | path under `/local/sign-in` | what it is |
//! | --- | --- |
//! | `/.well-known/openid-configuration`, `/keys` | its description and its key |
//! | `/authorize` | the page on which an account is chosen |
//! | `/token` | codes, once and for a minute; refresh tokens, each replaced by the next |
//! | `/revoke` | the end of a refresh token and of all that came of the same code |
//! | `/end` | the end of a session, which leads back |
//! | itself | the accounts, each of which can be dismissed |

mod keys;
mod page;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::Method;
use jiff::Timestamp;
use rules::config::{Config, ROLES, SignIn, StaffClaims};
use rules::http::{Received, Reply, Request, Response, respond};
use rules::signature::{Key, Keys, Shortness};
use serde_json::{Map, Value, json};

use crate::folder::FolderError;
use crate::people::PEOPLE;
use keys::TokenKey;

pub(crate) use keys::random;

/// Path of the provider.
pub const PATH: &str = "/local/sign-in";
/// Address of an office that nobody reaches over the network.
pub const NOWHERE: &str = "http://127.0.0.1:8080";
/// Its name for the office.
pub const CLIENT: &str = "motcua-desk";
/// Names of the roles.
const NAMES: [&str; ROLES.len()] = ["Cán bộ một cửa", "Chuyên viên", "Lãnh đạo", "Quản trị"];

/// The provider. Clones are the same.
#[derive(Clone)]
pub struct Identity {
    home: Arc<str>,
    cookies: Arc<str>,
    state: Arc<Mutex<State>>,
    time: SharedTimeSource,
}

struct State {
    key: TokenKey,
    accounts: Vec<Account>,
    dismissed: BTreeSet<String>,
    codes: BTreeMap<String, token::Code>,
    refreshes: BTreeMap<String, token::Refresh>,
    is_down: bool,
    bend: Option<Bend>,
}

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's own name, which tokens call `sub`.
    pub subject: String,
    /// The agency's code.
    pub agency: String,
    /// The role.
    pub role: &'static str,
    /// Name shown for it.
    pub name: &'static str,
}

/// Faults in tokens made from now on, which nobody ought to believe.
#[derive(Clone, Debug, Default)]
pub struct Bend {
    /// Claims that replace the right ones; null removes one.
    pub claims: Map<String, Value>,
    /// Whether they carry no signature.
    pub unsigned: bool,
    /// Whether another provider's key signs them.
    pub foreign_key: bool,
}

impl Identity {
    /// Opens the provider of a server at `home`, such as `http://127.0.0.1:8080`, with the keys of a data folder.
    ///
    /// # Errors
    /// The folder's file cannot be read or written.
    pub fn open(home: &str, folder: Option<&Path>, time: impl TimeSource + 'static) -> Result<Self, FolderError> {
        let (key, cookies) = keys::open(folder)?;
        let state = State {
            key,
            accounts: Vec::new(),
            dismissed: BTreeSet::new(),
            codes: BTreeMap::new(),
            refreshes: BTreeMap::new(),
            is_down: false,
            bend: None,
        };
        let (home, cookies) = (home.into(), cookies.into());
        Ok(Self { home, cookies, state: Arc::new(Mutex::new(state)), time: SharedTimeSource::new(time) })
    }

    /// Returns the provider's own name.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("{}{PATH}", self.home)
    }

    /// Returns the configuration with this provider, unless it has another; the accounts are for its agencies.
    #[must_use]
    pub fn joined(&self, config: Config) -> Config {
        let accounts = config.agencies().iter().flat_map(|agency| {
            ROLES.into_iter().zip(NAMES).map(|(role, name)| Account {
                subject: format!("{role}.{}", agency.code),
                agency: agency.code.to_string(),
                role,
                name,
            })
        });
        // The sample office's people come last: whoever tries a role finds it first.
        let agency = config.agencies().first().map(|agency| agency.code.to_string()).unwrap_or_default();
        let people = PEOPLE.iter().filter_map(|(subject, role, name)| {
            let role = ROLES.into_iter().find(|known| known == role)?;
            Some(Account { subject: (*subject).to_owned(), agency: agency.clone(), role, name })
        });
        self.lock().accounts = accounts.chain(people).collect();
        if config.sign_in().is_ok() {
            return config;
        }
        let key =
            Key::from_text(&self.cookies, Shortness::Allowed).expect("the text of a key is never empty or padded");
        config.signing_in(SignIn {
            issuer: self.issuer(),
            client_id: CLIENT.to_owned(),
            client_secret: None,
            keys: Keys::new(key, None),
            scopes: vec!["profile".to_owned()],
            claims: StaffClaims::default(),
            desk_url: Some(self.home.to_string()),
        })
    }

    /// Returns every account.
    #[must_use]
    pub fn accounts(&self) -> Vec<Account> {
        self.lock().accounts.clone()
    }

    /// Closes an account, or opens it again.
    pub fn dismiss(&self, subject: &str, dismissed: bool) {
        let mut state = self.lock();
        match dismissed {
            true => state.dismissed.insert(subject.to_owned()),
            false => state.dismissed.remove(subject),
        };
    }

    /// Stops answering, or starts again.
    pub fn go_down(&self, down: bool) {
        self.lock().is_down = down;
    }

    /// Signs with another key from now on, and shows only that one.
    pub fn change_key(&self) {
        self.lock().key = TokenKey::new();
    }

    /// Makes tokens that nobody ought to believe, or right ones again.
    pub fn bend(&self, bend: Option<Bend>) {
        self.lock().bend = bend;
    }

    /// Answers a request under [`PATH`].
    #[must_use]
    pub fn answer(&self, request: &Request) -> Response {
        let rest = request.path().strip_prefix(PATH).unwrap_or_default();
        match (request.method(), rest) {
            (&Method::GET, "/.well-known/openid-configuration") => respond::json(200, self.description().to_string()),
            (&Method::GET, "/keys") => respond::json(200, json!({ "keys": [self.lock().key.shown()] }).to_string()),
            (&Method::GET, "/authorize") => self.ask(request),
            (&Method::POST, "/authorize") => self.let_in(request),
            (&Method::POST, "/token") => self.give(request),
            (&Method::POST, "/revoke") => self.revoke(request),
            (&Method::GET, "/end") => self.end(request),
            (&Method::GET, "") => self.overview(),
            (&Method::POST, "/dismiss") => self.dismissed(request),
            _ => respond::text(404, "not found"),
        }
    }

    fn description(&self) -> Value {
        let issuer = self.issuer();
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/keys"),
            "end_session_endpoint": format!("{issuer}/end"),
            "revocation_endpoint": format!("{issuer}/revoke"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile"],
        })
    }

    fn now(&self) -> Timestamp {
        Timestamp::try_from(self.time.now()).unwrap_or(Timestamp::MAX)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the fields of a query or a form, by name; the first one if there are several.
fn fields(text: &[u8]) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(text).into_owned() {
        fields.entry(name).or_insert(value);
    }
    fields
}

/// Connector to this provider, and to everything else through another.
#[derive(Clone, Debug)]
pub struct Beside<W>(pub Identity, pub W);

impl<W: HttpConnector> HttpConnector for Beside<W> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(identity, other) = self;
        let Some(target) = request.uri().strip_prefix(&*identity.home).filter(|target| target.starts_with(PATH)) else {
            return other.call(request);
        };
        if identity.lock().is_down {
            return HttpConnectorFuture::ready(Err(ConnectorError::io("the provider is down".into())));
        }
        let mut asked = http::Request::builder().method(request.method()).uri(target);
        for (name, value) in request.headers() {
            asked = asked.header(name, value);
        }
        let body = Bytes::copy_from_slice(request.body().bytes().unwrap_or_default());
        let Ok(asked) = asked.body(body) else {
            return HttpConnectorFuture::ready(Err(ConnectorError::user("no request".into())));
        };
        let answer = identity.answer(&asked);
        let status = answer.status().into();
        let content_type = answer.header("content-type").map(str::to_owned);
        let mut response = HttpResponse::new(status, SdkBody::from(answer.into_body()));
        if let Some(content_type) = content_type {
            response.headers_mut().insert("content-type", content_type);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("home", &self.home).finish_non_exhaustive()
    }
}
