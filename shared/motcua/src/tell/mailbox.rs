//! E-mail addresses, as the service takes them.

use std::fmt;

use email_address::{EmailAddress, Options};

/// The longest address that a mail server takes (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

/// Reasons why a text is no address that can be written to. They hold none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// Longer than 254 characters.
    #[error("it is longer than any address")]
    TooLong,
    /// It has no sign `@`, no domain with a dot, a line break, or characters that no address has.
    #[error("it is not written as an address")]
    Shape,
    /// The part before the `@` has letters with marks or quotes, which the service does not take.
    #[error("the part before the @ is not plain")]
    Local,
}

/// An address in plain characters; a domain with marks is written in its ASCII form.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox(String);

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailbox(hidden)")
    }
}

impl Mailbox {
    /// Reads an address as people type it: with blanks around it, or `mailto:` before it.
    ///
    /// # Errors
    /// [`MailboxError`].
    pub fn parse(text: &str) -> Result<Self, MailboxError> {
        let text = text.trim();
        let text = text.strip_prefix("mailto:").unwrap_or(text);
        if text.chars().any(|it| it.is_control() || it.is_whitespace()) {
            return Err(MailboxError::Shape);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(MailboxError::Shape)?;
        if !local.is_ascii() || local.starts_with('"') {
            return Err(MailboxError::Local);
        }
        let domain = idna::domain_to_ascii(domain).map_err(|_| MailboxError::Shape)?;
        let address = format!("{local}@{domain}");
        if address.len() > LONGEST {
            return Err(MailboxError::TooLong);
        }
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        EmailAddress::parse_with_options(&address, options).map_err(|_| MailboxError::Shape)?;
        Ok(Self(address))
    }

    /// Returns the address. Nothing that leaves the process but the message itself may hold it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}
