//! The service's own rules for a letter, held more strictly than it holds them itself.

use mail_parser::{Message, MessageParser};
use serde_json::Value;

/// The most bytes of a whole message; the service takes 40 MB, a letter of the office needs no tenth of this.
const LARGEST: usize = 256 * 1024;
/// The longest line that a mail server takes, without its end (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;
/// Headers of which a message has exactly one.
const ONCE: [&str; 6] = ["from", "to", "subject", "date", "message-id", "mime-version"];

/// A letter that would have left.
pub(super) struct Taken {
    pub from: String,
    pub to: String,
    pub raw: Vec<u8>,
    pub set: Option<String>,
    pub tags: Vec<(String, String)>,
}

/// Checks a request of `SendEmail`.
///
/// # Errors
/// The sentence of the refusal.
pub(super) fn check(body: &Value) -> Result<Taken, &'static str> {
    let from = body["FromEmailAddress"].as_str().ok_or("no sender")?.to_owned();
    let to = match body["Destination"]["ToAddresses"].as_array().map(Vec::as_slice) {
        Some([one]) => one.as_str().ok_or("no destination")?.to_owned(),
        Some(_) | None => return Err("a letter goes to exactly one address"),
    };
    let raw = body["Content"]["Raw"]["Data"].as_str().ok_or("not a raw message")?;
    let raw = data_encoding::BASE64.decode(raw.as_bytes()).map_err(|_| "not Base64")?;
    is_message(&raw, &from, &to)?;
    let tags = body["EmailTags"].as_array().into_iter().flatten();
    let tags: Vec<_> = tags.map(|tag| (word(&tag["Name"]), word(&tag["Value"]))).collect();
    if tags.iter().any(|(name, value)| !is_tag(name) || !is_tag(value)) {
        return Err("a tag takes letters, digits, dashes and underscores");
    }
    Ok(Taken { from, to, raw, set: body["ConfigurationSetName"].as_str().map(str::to_owned), tags })
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn is_tag(text: &str) -> bool {
    (1..256).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_')
}

fn is_message(raw: &[u8], from: &str, to: &str) -> Result<(), &'static str> {
    if raw.len() > LARGEST {
        return Err("the message is too large");
    }
    let end = raw.windows(4).position(|it| it == b"\r\n\r\n").ok_or("no end of the headers")?;
    let headers = std::str::from_utf8(&raw[..end]).ok().filter(|it| it.is_ascii()).ok_or("a header is not ASCII")?;
    if raw.split(|byte| *byte == b'\n').any(|line| line.len() > LONGEST_LINE + 1) {
        return Err("a line is too long");
    }
    if raw.split(|byte| *byte == b'\n').rev().skip(1).any(|line| line.last() != Some(&b'\r')) {
        return Err("a line ends without a carriage return");
    }
    if raw.windows(2).any(|pair| pair[0] == b'\r' && pair[1] != b'\n') || raw.last() == Some(&b'\r') {
        return Err("a carriage return stands alone");
    }
    for name in ONCE {
        let is_it = |line: &&str| line.split_once(':').is_some_and(|(it, _)| it.eq_ignore_ascii_case(name));
        if headers.split("\r\n").filter(is_it).count() != 1 {
            return Err("a header is missing or there twice");
        }
    }
    let message = MessageParser::default().parse(raw).ok_or("not a message")?;
    if address(message.from()) != Some(from) || address(message.to()) != Some(to) {
        return Err("the envelope names others than the message");
    }
    let both = message.body_text(0).is_some() && message.body_html(0).is_some() && alternative(&message);
    if both { Ok(()) } else { Err("not plain text and HTML beside each other") }
}

fn address<'m>(of: Option<&'m mail_parser::Address<'_>>) -> Option<&'m str> {
    of?.first()?.address.as_deref()
}

fn alternative(message: &Message<'_>) -> bool {
    use mail_parser::MimeHeaders;
    message.content_type().is_some_and(|it| it.subtype() == Some("alternative"))
}
