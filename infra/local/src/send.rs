//! `cargo run -- send`: one message as a channel or a portal would send it.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use rules::config::{Channel, Config, Unavailable};
use rules::signature::{Key, sha256_hex};
use rules::vietnam;
use rules::vnd::Vnd;
use serde_json::{Value, json};

use crate::folder::plain;
use crate::senders::{Courier, Form, Letter, Payment, Unanswered, Unspoken, event, payment, vnpay, webhook};

/// What to send.
#[derive(Debug, clap::Args)]
pub struct Message {
    /// A channel or portal of the configuration: vnpay-demo, generic-demo, dvcqg-demo, …
    sender: String,
    /// Fields. For a channel: reference (payOS: its order code), amount_vnd, transaction, outcome=paid|failed; for
    /// VNPAY any vnp_… besides.
    /// For a portal: fields of the form, such as MaHoSo=… ChuHoSo=… SoDienThoai=… The same command again is the same
    /// message: another MaHoSo makes another dossier.
    #[arg(value_name = "NAME=VALUE", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// A portal's type of event.
    #[arg(long = "type", default_value = "dossier.submitted")]
    kind: String,
    /// A JSON file with a portal's form; fields given beside it replace its own.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The delivery id; made from the content where it is left out, so that the same message is the same delivery.
    #[arg(long)]
    delivery: Option<String>,
    /// Spoil the signature.
    #[arg(long)]
    forge: bool,
    /// The server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    to: String,
}

/// Reason why nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Neither a channel nor a portal.
    #[error("{0} is neither a channel nor a portal of the configuration")]
    Nobody(String),
    /// A field that is missing, or wrong.
    #[error("give {0}")]
    Field(&'static str),
    /// The form's file cannot be read.
    #[error("{path} {what}", path = .0.display(), what = plain(.1))]
    File(PathBuf, io::Error),
    /// The form's file is no form.
    #[error("{path} is no form, a JSON object of fields: {1}", path = .0.display())]
    Form(PathBuf, serde_json::Error),
    /// A message that the gateway never sends.
    #[error("{0}")]
    Unspoken(#[from] Unspoken),
    /// The server.
    #[error("{0}")]
    Server(#[from] Unanswered),
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("a field is NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Signs and sends the message, and prints both sides.
///
/// # Errors
/// [`SendError`].
pub async fn run(message: &Message, config: &Config) -> Result<String, SendError> {
    let courier = Courier::to(&message.to)?;
    let clock =
        Letter { method: http::Method::GET, target: "/local/clock".into(), headers: vec![], body: String::new() };
    let clock: Value = serde_json::from_str(&courier.send(&clock).await?.body).unwrap_or_default();
    let now = clock["now"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Unanswered::NoOffice(message.to.clone()))?;
    let mut letter = write(message, config, now)?;
    if message.forge {
        letter = letter.forged();
    }
    let reply = courier.send(&letter).await?;
    let mut shown = format!("> {} {}\n", letter.method, letter.target);
    for (name, value) in &letter.headers {
        let _ = writeln!(shown, "> {name}: {value}");
    }
    if !letter.body.is_empty() {
        let _ = writeln!(shown, ">\n> {}", letter.body);
    }
    let _ = write!(shown, "< {}\n< {}", reply.status, reply.body);
    Ok(shown)
}

fn write(message: &Message, config: &Config, now: Timestamp) -> Result<Letter, SendError> {
    match (config.channel(&message.sender), config.portal(&message.sender)) {
        (Ok(channel), _) => from_channel(message, channel, now),
        (_, Ok(portal)) => from_portal(message, portal.keys.current(), now),
        (Err(Unavailable::Unknown | Unavailable::Closed(_)), _) => Err(SendError::Nobody(message.sender.clone())),
    }
}

fn from_channel(message: &Message, channel: &Channel, now: Timestamp) -> Result<Letter, SendError> {
    let field = |name: &str| message.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let own: Vec<_> = message.fields.iter().filter(|(name, _)| name.starts_with("vnp_")).cloned().collect();
    let reference = field("reference").or_else(|| field("vnp_TxnRef")).ok_or(SendError::Field("reference=…"))?;
    let amount_vnd = match field("amount_vnd") {
        Some(text) => text.parse().ok().and_then(|dong| Vnd::new(dong).ok()),
        None => field("vnp_Amount").and_then(|text| text.parse().ok()).and_then(Vnd::from_hundredths),
    };
    let written = Payment {
        reference: reference.to_owned(),
        // The same reference is the same transaction, so that sending twice is a repeat.
        transaction: field("transaction").map_or_else(|| transaction_of(reference), str::to_owned),
        amount_vnd: amount_vnd.ok_or(SendError::Field("amount_vnd=…, whole đồng"))?,
        paid: match field("outcome") {
            None | Some("paid") => true,
            Some("failed") => false,
            Some(_) => return Err(SendError::Field("outcome=paid or outcome=failed")),
        },
        at: now,
    };
    let letter = payment(channel, &written, now)?;
    if own.is_empty() {
        return Ok(letter);
    }
    let query = letter.target.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let decoded = form_urlencoded::parse(query.as_bytes()).into_owned();
    let replaced = |name: &str| name == "vnp_SecureHash" || own.iter().any(|(own, _)| own == name);
    let mut pairs: Vec<_> = decoded.filter(|(name, _)| !replaced(name)).collect();
    pairs.extend(own);
    Ok(vnpay(channel, &pairs))
}

fn transaction_of(reference: &str) -> String {
    sha256_hex(reference.as_bytes()).bytes().map(|byte| char::from(b'0' + byte % 10)).take(8).collect()
}

fn from_portal(message: &Message, key: &Key, now: Timestamp) -> Result<Letter, SendError> {
    let mut form = match &message.data {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| SendError::File(file.clone(), error))?;
            serde_json::from_str(&text).map_err(|error| SendError::Form(file.clone(), error))?
        }
        None if message.kind == "dossier.submitted" => sample(now),
        None => Form::new(),
    };
    for (name, value) in &message.fields {
        // Lists are JSON; everything else is text, as the portal writes it.
        let list = value.starts_with('[').then(|| serde_json::from_str(value).ok()).flatten();
        form.insert(name.clone(), list.unwrap_or_else(|| json!(value)));
    }
    let body = event(&message.kind, now, &form);
    let content = format!("{}{}", message.kind, Value::Object(form));
    let delivery = message.delivery.clone().unwrap_or_else(|| format!("msg-{}", &sha256_hex(content.as_bytes())[..16]));
    Ok(webhook("/portal/events", key, &delivery, now, body))
}

/// Builds a submission for trying out: the first sample procedure, filed online. It names no instant, so that it says the
/// same when it is sent again; the office takes the time of the message. Every day has a code of its own.
fn sample(now: Timestamp) -> Form {
    let code = format!("G22.99-{}-0001", vietnam::day(now).strftime("%y%m%d"));
    let form = json!({
        "MaHoSo": code,
        "MaTTHC": "1.005129",
        "TenTTHC": "Cấp giấy phép xây dựng trong khu kinh tế (mẫu)",
        "KenhThucHien": "2",
        "LoaiDoiTuong": "2",
        "ChuHoSo": "Công ty TNHH Thử Nghiệm",
        "SoDienThoai": "0905000001",
    });
    form.as_object().cloned().unwrap_or_default()
}
