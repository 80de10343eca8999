//! E-mail by Amazon SES.

use std::fmt;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::operation::send_email::builders::SendEmailFluentBuilder;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};

use super::mailbox::Mailbox;
use super::mime;
use super::named::Named;
use super::service::{NotSent, OnlyThrottles, meaning};
use jiff::Timestamp;
use rules::config::Agency;
use rules::message::Letter;

/// Codes about this very message or its receiver, after which another try would end the same. All others (an account that
/// is paused, a sender that is not verified, a limit reached) are about us and may be mended.
const REFUSALS: [(&str, &str); 3] = [
    ("MessageRejected", "message_rejected"),
    ("BadRequestException", "invalid_parameter"),
    ("ValidationException", "invalid_parameter"),
];

/// Sends e-mails through Amazon SES.
#[derive(Clone)]
pub struct Email {
    client: Client,
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

impl Email {
    /// Builds a sender over this client. From here on it repeats by itself only what was certainly not sent.
    #[must_use]
    pub fn new(client: &Client) -> Self {
        let only = OnlyThrottles::<SendEmailError>::new();
        Self { client: Client::from_conf(client.config().to_builder().retry_classifier(only).build()) }
    }

    /// Sends one letter to one address, from the agency's own. Returns the service's id of the message.
    pub(super) async fn send(
        &self,
        agency: Option<&Agency>,
        to: &Mailbox,
        letter: &Letter,
        named: &Named,
        now: Timestamp,
    ) -> Result<Option<String>, NotSent> {
        // The configuration may have lost it since the message was begun, and may get it back.
        let Some((agency, from)) = agency.and_then(|agency| Some((agency, agency.email_from.as_deref()?))) else {
            return Err(NotSent::Later { reason: "no_sender".to_owned(), unsure: false });
        };
        let content = mime::written(&agency.name, from, to, letter, &mime::message_id(named), now);
        let mut send = self.raw(from, to, content).set_configuration_set_name(agency.email_events.clone());
        for (name, value) in named.tags() {
            send = send.email_tags(MessageTag::builder().name(name).value(value).build().expect("both are given"));
        }
        send.send().await.map(|answer| answer.message_id).map_err(|error| meaning(&error, &REFUSALS))
    }

    /// Sends one letter to a member of staff, from the agency's own address, under an id. It has no tags and no events, because
    /// nothing here waits to hear what became of it. Returns the service's code, or `no_sender`, if it did not leave; it may have
    /// left all the same if the answer was lost.
    ///
    /// # Errors
    /// The code. It holds neither text nor address.
    pub async fn send_to_staff(
        &self,
        agency: &Agency,
        to: &Mailbox,
        letter: &Letter,
        id: &str,
        now: Timestamp,
    ) -> Result<(), String> {
        let from = agency.email_from.as_deref().ok_or_else(|| "no_sender".to_owned())?;
        let content = mime::written(&agency.name, from, to, letter, id, now);
        self.raw(from, to, content).send().await.map(|_| ()).map_err(|error| match meaning(&error, &REFUSALS) {
            NotSent::Refused(code) => code.to_owned(),
            NotSent::Later { reason, .. } => reason,
        })
    }

    /// Begins to send a whole message.
    fn raw(&self, from: &str, to: &Mailbox, content: Vec<u8>) -> SendEmailFluentBuilder {
        let raw = RawMessage::builder().data(Blob::new(content)).build().expect("the data is given");
        self.client
            .send_email()
            .from_email_address(from)
            .destination(Destination::builder().to_addresses(to.expose()).build())
            .content(EmailContent::builder().raw(raw).build())
    }
}
