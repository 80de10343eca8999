//! The real SDK client in front of the neighbour.

use aws_sdk_sns::Client;
use aws_sdk_sns::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_sns::config::timeout::TimeoutConfig;
use aws_sdk_sns::config::{
    BehaviorVersion, Builder, Credentials, HttpClient, IdentityCache, Region, StalledStreamProtectionConfig,
};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;

use super::Sns;
use crate::wire::VirtualClock;
use crate::wire::client::{ATTEMPTS, ENDPOINT, REGION, quick_retries};

/// Builds a client for tests: all time is `clock`'s.
pub fn client(sns: &Sns, clock: &VirtualClock) -> Client {
    let config = base(sns.clone()).retry_config(quick_retries()).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Builds the same over whatever leads to the neighbour, unsigned, as [`crate::wire::client::client_through`].
pub fn client_through(http: impl HttpClient + 'static, clock: &VirtualClock) -> Client {
    let config =
        base(http).allow_no_auth().retry_config(quick_retries()).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Builds the same, unsigned, as [`crate::wire::client::unsigned_client`].
pub fn unsigned_client(sns: &Sns, clock: &VirtualClock) -> Client {
    let config = base(sns.clone()).allow_no_auth().retry_config(RetryConfig::disabled());
    Client::from_conf(config.sleep_impl(clock.clone()).time_source(clock.clone()).build())
}

/// Builds the client of the local server, which runs in real time.
pub fn real_time_client(sns: &Sns) -> Client {
    let retries = RetryConfig::standard().with_max_attempts(ATTEMPTS);
    let config =
        base(sns.clone()).retry_config(retries).sleep_impl(TokioSleep::new()).time_source(SystemTimeSource::new());
    Client::from_conf(config.build())
}

fn base(http: impl HttpClient + 'static) -> Builder {
    let partition = RetryPartition::custom("sns").token_bucket(TokenBucket::unlimited()).build();
    aws_sdk_sns::Config::builder()
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
