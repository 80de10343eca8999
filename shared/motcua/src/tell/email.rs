//! E-mail by Amazon SES.

use std::fmt;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};
use data_encoding::HEXLOWER;

use super::mailbox::Mailbox;
use super::mime;
use super::service::{NotSent, OnlyThrottles, meaning};
use crate::store::Key;
use jiff::Timestamp;
use rules::config::Agency;
use rules::id::{AgencyCode, DossierId};
use rules::message::{Letter, Outlet};

/// Codes about this very message or its receiver, after which another try would end the same. All others (an account that
/// is paused, a sender that is not verified, a limit reached) are about us and may be mended.
const REFUSALS: [(&str, &str); 3] = [
    ("MessageRejected", "message_rejected"),
    ("BadRequestException", "invalid_parameter"),
    ("ValidationException", "invalid_parameter"),
];

/// The message that a letter is: by these four its receipts find its item again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The agency.
    pub agency: AgencyCode,
    /// The dossier.
    pub id: DossierId,
    /// The version of the commit.
    pub version: u64,
    /// 0 the applicant, 1 the filer.
    pub receiver: usize,
}

impl Named {
    /// Returns the key of the message's item.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::message(&self.agency, self.id, self.version, self.receiver, Outlet::Email)
    }

    /// Returns the tags that go with the letter, which hold nothing personal. A code may have dots, which no tag may.
    fn tags(&self) -> [(&'static str, String); 4] {
        [
            ("agency", HEXLOWER.encode(self.agency.as_str().as_bytes())),
            ("dossier", self.id.as_str().to_owned()),
            ("version", self.version.to_string()),
            ("receiver", self.receiver.to_string()),
        ]
    }

    /// Reads them from a receipt; `None` if they are not ours.
    #[must_use]
    pub fn from_tags<'t>(tag: impl Fn(&str) -> Option<&'t str>) -> Option<Self> {
        let agency = HEXLOWER.decode(tag("agency")?.as_bytes()).ok()?;
        Some(Self {
            agency: AgencyCode::parse(std::str::from_utf8(&agency).ok()?).ok()?,
            id: DossierId::parse(tag("dossier")?).ok()?,
            version: tag("version")?.parse().ok()?,
            receiver: tag("receiver")?.parse().ok()?,
        })
    }
}

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
        let content = mime::written(&agency.name, from, to, letter, named, now);
        let raw = RawMessage::builder().data(Blob::new(content)).build().expect("the data is given");
        let mut send = self
            .client
            .send_email()
            .from_email_address(from)
            .destination(Destination::builder().to_addresses(to.expose()).build())
            .content(EmailContent::builder().raw(raw).build())
            .set_configuration_set_name(agency.email_events.clone());
        for (name, value) in named.tags() {
            send = send.email_tags(MessageTag::builder().name(name).value(value).build().expect("both are given"));
        }
        send.send().await.map(|answer| answer.message_id).map_err(|error| meaning(&error, &REFUSALS))
    }
}
