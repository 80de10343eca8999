//! The real SDK client in front of the neighbour.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{BehaviorVersion, Builder, Credentials, IdentityCache, Region, StalledStreamProtectionConfig};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;

use super::S3;
use crate::wire::VirtualClock;
use crate::wire::client::{ATTEMPTS, ENDPOINT, REGION, quick_retries};

/// Builds a client for tests: all time is `clock`'s.
pub fn client(s3: &S3, clock: &VirtualClock) -> Client {
    let config = base(s3).retry_config(quick_retries()).sleep_impl(clock.clone()).time_source(clock.clone());
    Client::from_conf(config.build())
}

/// Builds the client of the local server, which runs in real time.
pub fn real_time_client(s3: &S3) -> Client {
    let retries = RetryConfig::standard().with_max_attempts(ATTEMPTS);
    let config = base(s3).retry_config(retries).sleep_impl(TokioSleep::new()).time_source(SystemTimeSource::new());
    Client::from_conf(config.build())
}

fn base(s3: &S3) -> Builder {
    let partition = RetryPartition::custom("s3").token_bucket(TokenBucket::unlimited()).build();
    aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .endpoint_url(ENDPOINT)
        .force_path_style(true)
        .disable_s3_express_session_auth(true)
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .identity_cache(IdentityCache::no_cache())
        .retry_partition(partition)
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(s3.clone())
}
