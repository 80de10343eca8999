//! The services behind the outlets: the meaning of their errors, and what their clients may repeat.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};

/// Codes for a message that was not sent, but may be sent later.
const THROTTLES: [&str; 6] = [
    "Throttling",
    "ThrottlingException",
    "Throttled",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "KMSThrottling",
];

/// Codes of a service that broke before or after it took the message; it does not say which.
const BREAKAGES: [&str; 5] =
    ["InternalError", "InternalFailure", "InternalServiceErrorException", "ServiceUnavailable", "unknown"];

/// Reasons why a message was not sent, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotSent {
    /// Refused for good.
    Refused(&'static str),
    /// Not now. The code is the service's own; it holds neither text nor address.
    Later {
        reason: String,
        /// Whether it may have been sent all the same: the answer was lost.
        unsure: bool,
    },
}

/// The services cannot recognise a repeat, so a client's own retry after a lost answer would be a second message that
/// nobody counts. A throttle is the one answer that says the message did not leave.
pub(super) struct OnlyThrottles<E>(PhantomData<fn() -> E>);

impl<E> OnlyThrottles<E> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<E> fmt::Debug for OnlyThrottles<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnlyThrottles")
    }
}

impl<E: ProvideErrorMetadata + Error + Send + Sync + 'static> ClassifyRetry for OnlyThrottles<E> {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        let code = error.as_operation_error().and_then(|error| error.downcast_ref::<E>()?.code());
        match code {
            Some(code) if THROTTLES.contains(&code) => RetryAction::NoActionIndicated,
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "only what was not sent"
    }
}

/// Returns the meaning of an error. `refusals` are the service's codes about the message or its receiver.
pub(super) fn meaning<E: ProvideErrorMetadata, R>(
    error: &SdkError<E, R>,
    refusals: &[(&str, &'static str)],
) -> NotSent {
    let later = |reason: &str, unsure| NotSent::Later { reason: reason.to_owned(), unsure };
    match error {
        SdkError::ServiceError(inner) => {
            let code = inner.err().code().unwrap_or("unknown");
            if let Some((_, reason)) = refusals.iter().find(|(name, _)| *name == code) {
                return NotSent::Refused(reason);
            }
            later(code, BREAKAGES.contains(&code))
        }
        SdkError::TimeoutError(_) => later("timeout", true),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => later("timeout", true),
        SdkError::DispatchFailure(_) => later("connection", true),
        SdkError::ResponseError(_) => later("unreadable_answer", true),
        _ => later("not_built", false),
    }
}
