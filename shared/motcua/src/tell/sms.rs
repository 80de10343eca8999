//! The SMS service: one message out, and the meaning of an error.

use std::fmt;

use aws_sdk_sns::Client;
use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sns::operation::publish::PublishError;
use aws_sdk_sns::types::MessageAttributeValue;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};

use rules::config::Agency;
use rules::phone::Phone;

/// Codes for a message that was not sent, but may be sent later.
const THROTTLES: [&str; 6] = [
    "Throttling",
    "ThrottlingException",
    "Throttled",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "KMSThrottling",
];

/// Codes about this very message or its receiver, after which another try would end the same. All others (no
/// permission, a key that expired, a limit reached) are about us and may be mended.
const REFUSALS: [(&str, &str); 6] = [
    ("InvalidParameter", "invalid_parameter"),
    ("InvalidParameterValue", "invalid_parameter"),
    ("ParameterValueInvalid", "invalid_parameter"),
    ("ValidationException", "invalid_parameter"),
    ("ValidationError", "invalid_parameter"),
    ("OptedOut", "opted_out"),
];

/// Reasons why a message was not sent, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotSent {
    /// Refused for good.
    Refused(&'static str),
    /// Not now. The code is the service's own; it holds neither text nor number.
    Later {
        reason: String,
        /// Whether it may have been sent all the same: the answer was lost.
        unsure: bool,
    },
}

/// Sends SMS through Amazon SNS.
#[derive(Clone)]
pub struct Sms {
    client: Client,
}

impl fmt::Debug for Sms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sms")
    }
}

impl Sms {
    /// Builds a sender over this client. From here on it repeats by itself only what was certainly not sent.
    #[must_use]
    pub fn new(client: &Client) -> Self {
        let config = client.config().to_builder().retry_classifier(OnlyThrottles).build();
        Self { client: Client::from_conf(config) }
    }

    /// Sends one text to one number, under the agency's sender id and highest price if it has them. Returns the
    /// service's id of the message.
    pub(super) async fn publish(
        &self,
        agency: Option<&Agency>,
        phone: &Phone,
        text: &str,
    ) -> Result<Option<String>, NotSent> {
        let attribute = |kind: &str, value: &str| {
            let built = MessageAttributeValue::builder().data_type(kind).string_value(value).build();
            built.expect("the type is given")
        };
        let mut publish = self
            .client
            .publish()
            .phone_number(phone.expose())
            .message(text)
            .message_attributes("AWS.SNS.SMS.SMSType", attribute("String", "Transactional"));
        if let Some(sender) = agency.and_then(|agency| agency.sms_sender_id.as_deref()) {
            publish = publish.message_attributes("AWS.SNS.SMS.SenderID", attribute("String", sender));
        }
        if let Some(price) = agency.and_then(|agency| agency.sms_max_price.as_deref()) {
            publish = publish.message_attributes("AWS.SNS.SMS.MaxPrice", attribute("Number", price));
        }
        let sent = publish.send().await;
        sent.map(|answer| answer.message_id).map_err(|error| meaning(&error))
    }
}

/// The service cannot recognise a repeat, so the client's own retry after a lost answer would be a second SMS that
/// nobody counts. A throttle is the one answer that says the message did not leave.
#[derive(Debug)]
struct OnlyThrottles;

impl ClassifyRetry for OnlyThrottles {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        let code = error.as_operation_error().and_then(|error| error.downcast_ref::<PublishError>()?.code());
        match code {
            Some(code) if THROTTLES.contains(&code) => RetryAction::NoActionIndicated,
            _ => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "only what was not sent"
    }
}

fn meaning<R>(error: &SdkError<PublishError, R>) -> NotSent {
    let later = |reason: &str, unsure| NotSent::Later { reason: reason.to_owned(), unsure };
    match error {
        SdkError::ServiceError(inner) => {
            let code = inner.err().code().unwrap_or("unknown");
            if let Some((_, reason)) = REFUSALS.iter().find(|(name, _)| *name == code) {
                return NotSent::Refused(reason);
            }
            // The service broke before or after it took the message; it does not say which.
            later(code, matches!(code, "InternalError" | "InternalFailure" | "ServiceUnavailable" | "unknown"))
        }
        SdkError::TimeoutError(_) => later("timeout", true),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => later("timeout", true),
        SdkError::DispatchFailure(_) => later("connection", true),
        SdkError::ResponseError(_) => later("unreadable_answer", true),
        _ => later("not_built", false),
    }
}
