//! The real SDK client in front of the neighbour.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::config::{
    BehaviorVersion, Builder, Credentials, HttpClient, IdentityCache, Region, StalledStreamProtectionConfig,
};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;

use super::Ses;
use crate::wire::VirtualClock;
use crate::wire::client::{ATTEMPTS, ENDPOINT, REGION, quick_retries};

/// Builds a client for tests: all time is `clock`'s.
pub fn client(ses: &Ses, clock: &VirtualClock) -> Client {
    let config = base(ses.clone()).retry_config(quick_retries()).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Builds the same over whatever leads to the neighbour, unsigned, as [`crate::wire::client::client_through`].
pub fn client_through(http: impl HttpClient + 'static, clock: &VirtualClock) -> Client {
    let config =
        base(http).allow_no_auth().retry_config(quick_retries()).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Builds the client of the local server, which runs in real time.
pub fn real_time_client(ses: &Ses) -> Client {
    let retries = RetryConfig::standard().with_max_attempts(ATTEMPTS);
    let config =
        base(ses.clone()).retry_config(retries).sleep_impl(TokioSleep::new()).time_source(SystemTimeSource::new());
    Client::from_conf(config.build())
}

fn base(http: impl HttpClient + 'static) -> Builder {
    let partition = RetryPartition::custom("ses").token_bucket(TokenBucket::unlimited()).build();
    aws_sdk_sesv2::Config::builder()
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
