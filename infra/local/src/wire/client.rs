//! The real SDK client on the wire.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Builder, Credentials, HttpClient, IdentityCache, Region, StalledStreamProtectionConfig,
};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;

use super::Wire;
use super::clock::VirtualClock;

/// Address to which requests pretend to go; the wire takes them before any name is looked up.
pub(crate) const ENDPOINT: &str = "http://wire.invalid";
/// The region every local client signs for: Amazon's nearest to Vietnam.
pub const REGION: &str = "ap-southeast-1";
/// Attempts of the SDK at one operation, as in production.
pub const ATTEMPTS: u32 = 3;

/// Builds a client for tests: all time is `clock`'s, three attempts, no limits on retries over its life, no timeouts.
///
/// Call [`seed_jitter`] first if the length of the back-off matters. Set `client_request_token` on transactions, or the
/// SDK draws one at random and no two traces are alike.
pub fn client(wire: &Wire, clock: &VirtualClock) -> Client {
    client_with(wire, clock, quick_retries())
}

/// Builds the same over whatever leads to the wire, unsigned, for ten thousands of calls.
pub fn client_through(http: impl HttpClient + 'static, clock: &VirtualClock) -> Client {
    let config =
        base(http).allow_no_auth().retry_config(quick_retries()).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Returns the retries of every client in tests, which back off shortly.
pub(crate) fn quick_retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(ATTEMPTS)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_secs(1))
}

/// Builds the same, unsigned, which nobody here would notice: for a life of months in one go.
pub fn unsigned_client(wire: &Wire, clock: &VirtualClock) -> Client {
    let config = base(wire.clone()).allow_no_auth().retry_config(RetryConfig::disabled());
    Client::from_conf(config.sleep_impl(clock.clone()).time_source(clock.clone()).build())
}

/// Builds a client for tests with other retries, such as `RetryConfig::disabled()`.
pub fn client_with(wire: &Wire, clock: &VirtualClock, retries: RetryConfig) -> Client {
    let config = base(wire.clone()).retry_config(retries).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Builds the client of the local server, which runs in real time.
pub fn real_time_client(wire: &Wire) -> Client {
    let retries = RetryConfig::standard().with_max_attempts(ATTEMPTS);
    let config =
        base(wire.clone()).retry_config(retries).sleep_impl(TokioSleep::new()).time_source(SystemTimeSource::new());
    Client::from_conf(config.build())
}

/// Seeds the back-off jitter that the SDK draws on this thread.
pub fn seed_jitter(seed: u64) {
    fastrand::seed(seed);
}

fn base(http: impl HttpClient + 'static) -> Builder {
    // The SDK's bucket of retry tokens is shared by the whole process and runs dry under injected faults.
    let partition = RetryPartition::custom("wire").token_bucket(TokenBucket::unlimited()).build();
    aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .endpoint_url(ENDPOINT)
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .identity_cache(IdentityCache::no_cache())
        .retry_partition(partition)
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(http)
}
