//! The clients a function makes once in `main`.
//!
//! They are built without `aws-config`. A function needs a region, the credentials that Lambda gives it and one HTTP
//! client that trusts Amazon's own roots. It needs nothing that searches for them.

use std::fmt;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::config::IdentityCache;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, HttpClientError};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use data_encoding::BASE64;

/// Time to open a connection.
pub const CONNECT_LIMIT: Duration = Duration::from_secs(1);
/// Time for one attempt of one operation.
pub const ATTEMPT_LIMIT: Duration = Duration::from_secs(3);
/// Time for an operation with all its attempts.
pub const OPERATION_LIMIT: Duration = Duration::from_secs(8);
/// Attempts of one operation, the first included.
pub const ATTEMPTS: u32 = 3;

/// Reasons why the clients cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Environment variables that Lambda sets and that are missing.
    #[error("missing in the environment: {}", .0.join(", "))]
    Missing(Vec<&'static str>),
    /// An endpoint that is not a URL.
    #[error("{0} must begin with http:// or https://")]
    Endpoint(&'static str),
    /// The trust store was refused.
    #[error("TLS: {0}")]
    Tls(#[from] HttpClientError),
}

/// Parts that all clients share: region, credentials, endpoints and one HTTP client.
#[derive(Clone)]
pub struct Aws {
    region: String,
    credentials: Credentials,
    endpoints: [Option<String>; Service::ALL.len()],
    http: SharedHttpClient,
}

/// The services that a client is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// The table.
    Dynamodb,
    /// SMS.
    Sns,
    /// E-mail.
    Ses,
    /// The files of papers.
    S3,
    /// The configuration.
    SecretsManager,
}

impl Service {
    const ALL: [Self; 5] = [Self::Dynamodb, Self::Sns, Self::Ses, Self::S3, Self::SecretsManager];

    /// Returns the variable that names an endpoint other than Amazon's, such as an emulator. Plain HTTP is allowed.
    fn endpoint_variable(self) -> &'static str {
        match self {
            Self::Dynamodb => "AWS_ENDPOINT_URL_DYNAMODB",
            Self::Sns => "AWS_ENDPOINT_URL_SNS",
            Self::Ses => "AWS_ENDPOINT_URL_SESV2",
            Self::S3 => "AWS_ENDPOINT_URL_S3",
            Self::SecretsManager => "AWS_ENDPOINT_URL_SECRETS_MANAGER",
        }
    }
}

impl Aws {
    /// Reads the environment once. Call it from `main` only.
    ///
    /// Reads `AWS_REGION` or `AWS_DEFAULT_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, if there,
    /// `AWS_SESSION_TOKEN`, as Lambda sets them. `AWS_ENDPOINT_URL` points all clients elsewhere; the variable of a
    /// [`Service`] points only its own client elsewhere.
    ///
    /// # Errors
    /// All missing names together, or an endpoint that is not a URL.
    #[expect(clippy::disallowed_methods, reason = "the one place where the clients' environment is read")]
    pub fn from_environment() -> Result<Self, Error> {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// Reads as [`from_environment`](Self::from_environment), from any source. An empty variable counts as missing.
    ///
    /// # Errors
    /// All missing names together, or an endpoint that is not a URL.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let region = variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"));
        let key_id = variable("AWS_ACCESS_KEY_ID");
        let key = variable("AWS_SECRET_ACCESS_KEY");
        let (Some(region), Some(key_id), Some(key)) = (&region, &key_id, &key) else {
            let needed = [("AWS_REGION", &region), ("AWS_ACCESS_KEY_ID", &key_id), ("AWS_SECRET_ACCESS_KEY", &key)];
            let missing = needed.iter().filter(|(_, value)| value.is_none());
            return Err(Error::Missing(missing.map(|(name, _)| *name).collect()));
        };
        // Lambda replaces the whole environment before these credentials run out, so they need no renewal here.
        let token = variable("AWS_SESSION_TOKEN");
        let mut endpoints = [const { None }; Service::ALL.len()];
        for service in Service::ALL {
            endpoints[service as usize] = endpoint(&variable, service.endpoint_variable())?;
        }
        let credentials = Credentials::new(key_id, key, token, None, "environment");
        Ok(Self { region: region.clone(), credentials, endpoints, http: http_client()? })
    }

    /// Returns the configuration for the client of this service. Each crate builds the clients it uses.
    #[must_use]
    pub fn sdk(&self, service: Service) -> SdkConfig {
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()))
            .credentials_provider(SharedCredentialsProvider::new(self.credentials.clone()))
            .identity_cache(IdentityCache::no_cache())
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
            .timeout_config(timeouts())
            .sleep_impl(TokioSleep::new())
            .http_client(self.http.clone());
        config.set_endpoint_url(self.endpoints[service as usize].clone());
        config.build()
    }

    /// Builds the DynamoDB client.
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.sdk(Service::Dynamodb))
    }

    /// Builds the SNS client.
    pub fn sns(&self) -> aws_sdk_sns::Client {
        aws_sdk_sns::Client::new(&self.sdk(Service::Sns))
    }

    /// Builds the SES client.
    pub fn ses(&self) -> aws_sdk_sesv2::Client {
        aws_sdk_sesv2::Client::new(&self.sdk(Service::Ses))
    }

    /// Builds the Secrets Manager client.
    pub fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        aws_sdk_secretsmanager::Client::new(&self.sdk(Service::SecretsManager))
    }
}

impl fmt::Debug for Aws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aws").field("region", &self.region).field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}

/// Reads the endpoint of a service. Its own variable goes before the common one.
fn endpoint(variable: &impl Fn(&str) -> Option<String>, name: &'static str) -> Result<Option<String>, Error> {
    let (name, url) = match (variable(name), variable("AWS_ENDPOINT_URL")) {
        (Some(url), _) => (name, url),
        (None, Some(url)) => ("AWS_ENDPOINT_URL", url),
        (None, None) => return Ok(None),
    };
    let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    if host.is_some_and(|host| !host.is_empty()) { Ok(Some(url)) } else { Err(Error::Endpoint(name)) }
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .operation_attempt_timeout(ATTEMPT_LIMIT)
        .operation_timeout(OPERATION_LIMIT)
        .build()
}

/// Builds one pool of connections for all services. Reading the system's roots would take nine tenths of the start.
fn http_client() -> Result<SharedHttpClient, HttpClientError> {
    let store = ROOTS.iter().fold(TrustStore::empty(), |store, root| store.with_pem_certificate(*root));
    let context = TlsContext::builder().with_trust_store(store).build()?;
    let tls = Provider::Rustls(CryptoMode::Ring);
    Ok(Builder::new().tls_provider(tls).tls_context(context).build_https())
}

/// The five roots that certificates of Amazon's endpoints lead to. Searching for them among all that browsers trust
/// costs more than the rest of the start.
const ROOTS: [&[u8]; 5] = [
    include_bytes!("roots/amazon-root-ca-1.pem"),
    include_bytes!("roots/amazon-root-ca-2.pem"),
    include_bytes!("roots/amazon-root-ca-3.pem"),
    include_bytes!("roots/amazon-root-ca-4.pem"),
    include_bytes!("roots/starfield-services-root-g2.pem"),
];

/// Writes a certificate as text between its two lines of dashes.
pub(crate) fn pem(der: &[u8]) -> Vec<u8> {
    let text = BASE64.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = next;
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lambda(name: &str) -> Option<String> {
        let value = match name {
            "AWS_REGION" => "ap-southeast-1",
            "AWS_ACCESS_KEY_ID" => "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY" => "a-secret-nobody-may-see",
            "AWS_SESSION_TOKEN" => "a-token-nobody-may-see",
            _ => return None,
        };
        Some(value.to_owned())
    }

    /// Returns the certificates that browsers trust and whose name begins with this text.
    fn named(name: &'static [u8]) -> impl Iterator<Item = &'static [u8]> {
        let trusted = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|certificate| certificate.as_ref());
        trusted.filter(move |der| der.windows(name.len()).any(|window| window == name))
    }

    fn der(pem: &[u8]) -> Vec<u8> {
        let text = std::str::from_utf8(pem).unwrap();
        let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
        BASE64.decode(body.as_bytes()).unwrap()
    }

    #[test]
    fn the_roots_are_those_of_amazon_that_browsers_trust_and_no_other() {
        let amazon = named(b"Amazon Root CA ").chain(named(b"Starfield Services Root Certificate Authority - G2"));
        let mut expected: Vec<_> = amazon.map(<[u8]>::to_vec).collect();
        let mut ours: Vec<_> = ROOTS.iter().map(|root| der(root)).collect();
        expected.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, expected);
    }

    #[test]
    fn a_root_reads_the_same_after_its_armour() {
        for root in named(b"Amazon Root CA ") {
            let armoured = pem(root);
            assert!(std::str::from_utf8(&armoured).unwrap().lines().all(|line| line.len() <= 64));
            assert_eq!(der(&armoured), root);
        }
    }

    #[test]
    fn every_missing_name_is_reported_at_once() {
        let error = Aws::from_variables(|_| None).unwrap_err();
        let expected = "missing in the environment: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn an_empty_variable_is_a_missing_one() {
        let empty = |name: &str| if name == "AWS_REGION" { Some(String::new()) } else { lambda(name) };
        let error = Aws::from_variables(empty).unwrap_err();
        assert_eq!(error.to_string(), "missing in the environment: AWS_REGION");
    }

    #[test]
    fn an_endpoint_without_a_scheme_is_refused() {
        let local = |name: &str| {
            if name == "AWS_ENDPOINT_URL" { Some("localhost:8000".to_owned()) } else { lambda(name) }
        };
        let error = Aws::from_variables(local).unwrap_err();
        assert!(matches!(error, Error::Endpoint("AWS_ENDPOINT_URL")));
    }

    #[test]
    fn a_services_own_endpoint_goes_before_the_common_one() {
        let local = |name: &str| match name {
            "AWS_ENDPOINT_URL" => Some("http://127.0.0.1:1".to_owned()),
            "AWS_ENDPOINT_URL_SNS" => Some("http://127.0.0.1:2".to_owned()),
            _ => lambda(name),
        };
        let endpoints = Aws::from_variables(local).unwrap().endpoints;
        assert_eq!(endpoints[Service::Dynamodb as usize].as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(endpoints[Service::Sns as usize].as_deref(), Some("http://127.0.0.1:2"));
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", Aws::from_variables(lambda).unwrap());
        assert!(shown.contains("ap-southeast-1"));
        assert!(!shown.contains("nobody-may-see") && !shown.contains("AKID"));
    }
}
