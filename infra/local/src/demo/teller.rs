//! Plays the partners and the clerk, and prints what each sends and gets.

use std::io::Write;
use std::time::Duration;

use http::Method;
use jiff::Timestamp;
use rules::config::{Channel, Portal};
use rules::signature::Key;
use serde_json::{Value, json};

use super::{DemoError, expect, text};
use crate::senders::{Courier, Form, Letter, Payment, Reply, event, payment, webhook};

/// Longest time until a message is in the outbox, in tenths of a second.
const PATIENCE: u32 = 100;

/// Everybody outside the office, and the clerk in it.
pub(crate) struct Teller<'a> {
    courier: Courier,
    pub channel: Channel,
    pub portal: Portal,
    token: String,
    out: &'a mut (dyn Write + Send),
    steps: u32,
    commands: u32,
    messages: usize,
}

impl<'a> Teller<'a> {
    pub fn new(
        server: String,
        channel: Channel,
        portal: Portal,
        token: String,
        out: &'a mut (dyn Write + Send),
    ) -> Result<Self, DemoError> {
        let courier = Courier::to(server)?;
        Ok(Self { courier, channel, portal, token, out, steps: 0, commands: 0, messages: 0 })
    }

    pub fn say(&mut self, line: &str) -> Result<(), DemoError> {
        Ok(writeln!(self.out, "{line}")?)
    }

    /// Begins a step of the story.
    pub async fn step(&mut self, title: &str) -> Result<(), DemoError> {
        self.steps += 1;
        let clock = self.json(Method::GET, "/local/clock", Vec::new(), String::new()).await?;
        let line = format!("\n{}. {title}  ({})", self.steps, text(&clock, "/local"));
        self.say(&line)
    }

    /// Sends a letter that is answered with JSON.
    pub async fn json(
        &self,
        method: Method,
        target: &str,
        headers: Vec<(&'static str, String)>,
        body: String,
    ) -> Result<Value, DemoError> {
        let reply = self.courier.send(&Letter { method, target: target.to_owned(), headers, body }).await?;
        expect(target, &200, &reply.status)?;
        Ok(serde_json::from_str(&reply.body).unwrap_or_default())
    }

    async fn exchange(&mut self, who: &str, letter: &Letter) -> Result<Reply, DemoError> {
        let target = letter.target.split_once("&vnp_Bank").map_or(letter.target.as_str(), |(start, _)| start);
        self.say(&format!("   {who:<8} > {} {target}{}", letter.method, shortened(letter)))?;
        if !letter.body.is_empty() {
            self.say(&format!("   {who:<8} > {}", letter.body))?;
        }
        let reply = self.courier.send(letter).await?;
        let shown: String = reply.body.chars().take(160).collect();
        let more = if reply.body.chars().count() > 160 { "…" } else { "" };
        self.say(&format!("   office   < {} {shown}{more}", reply.status))?;
        Ok(reply)
    }

    /// Sends an event of the portal, which must be recorded.
    pub async fn portal(&mut self, kind: &str, form: Value, now: Timestamp) -> Result<Value, DemoError> {
        let form: Form = form.as_object().cloned().unwrap_or_default();
        let body = event(kind, now, &form);
        let code = form.get("MaHoSo").and_then(Value::as_str).unwrap_or_default();
        let delivery = format!("demo-{kind}-{code}").replace('.', "-");
        let letter = webhook("/portal/events", self.portal.keys.current(), &delivery, now, body);
        let reply = self.exchange("portal", &letter).await?;
        expect(kind, &200, &reply.status)?;
        let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
        expect(kind, &"recorded", &text(&answer, "/status"))?;
        Ok(answer)
    }

    /// Sends an event of a postal operator, which must be recorded.
    pub async fn operator(&mut self, key: &Key, kind: &str, data: Value, now: Timestamp) -> Result<(), DemoError> {
        let data: Form = data.as_object().cloned().unwrap_or_default();
        let order = data.get("order").and_then(Value::as_str).unwrap_or_default();
        let delivery = format!("demo-{kind}-{order}").replace('.', "-");
        let letter = webhook("/postal/events", key, &delivery, now, event(kind, now, &data));
        let reply = self.exchange("post", &letter).await?;
        expect(kind, &200, &reply.status)
    }

    /// Calls back as VNPAY; `code` is the answer expected.
    pub async fn gateway(
        &mut self,
        written: &Payment,
        forged: bool,
        now: Timestamp,
        code: &str,
    ) -> Result<(), DemoError> {
        let letter = payment(&self.channel, written, now).map_err(|_| DemoError::Nobody("VNPAY channel"))?;
        let (who, letter) = if forged { ("stranger", letter.forged()) } else { ("VNPAY", letter) };
        let reply = self.exchange(who, &letter).await?;
        let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
        expect("callback", &code, &text(&answer, "/RspCode"))
    }

    /// Gives a command of the clerk, on the dossier as it is.
    pub async fn clerk(&mut self, id: &str, command: &str, body: Value) -> Result<Value, DemoError> {
        let seen = self.dossier(id).await?;
        self.commands += 1;
        let letter = Letter {
            method: Method::POST,
            target: format!("/api/v1/dossiers/{id}/{command}"),
            headers: vec![
                ("authorization", format!("Bearer {}", self.token)),
                ("content-type", "application/json".into()),
                ("if-match", format!("\"{}\"", seen["version"])),
                ("idempotency-key", format!("demo-{}", self.commands)),
            ],
            body: body.to_string(),
        };
        let reply = self.exchange("clerk", &letter).await?;
        expect(command, &200, &reply.status)?;
        let answer: Value = serde_json::from_str(&reply.body).unwrap_or_default();
        Ok(answer["dossier"].clone())
    }

    /// Returns the dossier as staff see it.
    pub async fn dossier(&self, id: &str) -> Result<Value, DemoError> {
        let headers = vec![("authorization", format!("Bearer {}", self.token))];
        self.json(Method::GET, &format!("/api/v1/dossiers/{id}"), headers, String::new()).await
    }

    /// Opens a page, which must be there.
    pub async fn get(&self, way: &str) -> Result<String, DemoError> {
        let letter = Letter { method: Method::GET, target: way.to_owned(), headers: Vec::new(), body: String::new() };
        let reply = self.courier.send(&letter).await?;
        expect(way, &200, &reply.status)?;
        Ok(reply.body)
    }

    /// Sends a form, after which a browser is led on.
    pub async fn post_form(&self, way: &str, body: String) -> Result<(), DemoError> {
        let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
        let reply = self.courier.send(&Letter { method: Method::POST, target: way.to_owned(), headers, body }).await?;
        // The client follows the way that it is shown.
        expect(way, &200, &reply.status)
    }

    /// Returns everybody whom staff have to call.
    pub async fn calls(&self) -> Result<Vec<Value>, DemoError> {
        let headers = vec![("authorization", format!("Bearer {}", self.token))];
        let list = self.json(Method::GET, "/api/v1/calls", headers, String::new()).await?;
        Ok(list["items"].as_array().cloned().unwrap_or_default())
    }

    /// Records what a call led to.
    pub async fn called(&mut self, call: &Value, body: Value) -> Result<(), DemoError> {
        self.commands += 1;
        let headers = vec![
            ("authorization", format!("Bearer {}", self.token)),
            ("content-type", "application/json".into()),
            ("if-match", format!("\"{}\"", call["version"])),
            ("idempotency-key", format!("demo-{}", self.commands)),
        ];
        let target = format!("/api/v1/calls/{}/outcome", text(call, "/id"));
        self.json(Method::POST, &target, headers, body.to_string()).await.map(drop)
    }

    /// Waits for the last message to a telephone that holds these words.
    pub async fn sent_to(&self, phone: &str, words: &str) -> Result<String, DemoError> {
        let ends = phone.trim_start_matches('0');
        for _ in 0..PATIENCE {
            let outbox = self.json(Method::GET, "/local/outbox", Vec::new(), String::new()).await?;
            let all = outbox.as_array().into_iter().flatten().rev();
            let mut to = all.filter(|sms| text(sms, "/phone_number").ends_with(ends));
            if let Some(sms) = to.find(|sms| text(sms, "/text").contains(words)) {
                return Ok(text(sms, "/text").to_owned());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        expect("SMS", &words, &"none").map(|()| String::new())
    }

    /// Lets time pass until this instant, with everything that the schedule does on the way.
    pub async fn until(&mut self, at: &str) -> Result<Timestamp, DemoError> {
        let form = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
        let body = form_urlencoded::Serializer::new(String::new()).append_pair("to", at).finish();
        self.json(Method::POST, "/local/clock", form, body).await?;
        Ok(at.parse().expect("the story's instants are instants"))
    }

    /// Waits for a message with these words, which must have left.
    pub async fn message(&mut self, words: &str) -> Result<(), DemoError> {
        for _ in 0..PATIENCE {
            let outbox = self.json(Method::GET, "/local/outbox", Vec::new(), String::new()).await?;
            if let Some(message) = outbox.get(self.messages) {
                self.messages += 1;
                let sent = text(message, "/text").to_owned();
                self.say(&format!("   SMS      > {}: {sent}", text(message, "/phone_number")))?;
                return if sent.contains(words) { Ok(()) } else { expect("SMS", &words, &sent.as_str()) };
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        expect("SMS", &words, &"none")
    }

    /// Checks that no further message left.
    pub async fn no_more_messages(&self) -> Result<(), DemoError> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let outbox = self.json(Method::GET, "/local/outbox", Vec::new(), json!({}).to_string()).await?;
        expect("messages in all", &self.messages, &outbox.as_array().map_or(0, Vec::len))
    }
}

/// Returns the part of the signature that is shown.
fn shortened(letter: &Letter) -> String {
    let hash = letter.target.split_once("vnp_SecureHash=").map(|(_, hash)| hash);
    let header = letter.headers.iter().find(|(name, _)| name.contains("signature")).map(|(_, value)| value.as_str());
    let cut = |text: &str| text.chars().take(16).collect::<String>();
    match (hash, header) {
        (Some(hash), _) => format!("&…&vnp_SecureHash={}…", cut(hash)),
        (None, Some(header)) => format!("  (signed {}…)", cut(header)),
        (None, None) => String::new(),
    }
}
