//! SMS by Amazon SNS.

use std::fmt;

use aws_sdk_sns::Client;
use aws_sdk_sns::operation::publish::PublishError;
use aws_sdk_sns::types::MessageAttributeValue;

use super::service::{NotSent, OnlyThrottles, meaning};
use rules::config::Agency;
use rules::phone::Phone;

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
        let config = client.config().to_builder().retry_classifier(OnlyThrottles::<PublishError>::new()).build();
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
        sent.map(|answer| answer.message_id).map_err(|error| meaning(&error, &REFUSALS))
    }
}
