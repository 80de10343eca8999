//! Answers of gateways to the office: orders opened, questions about them.

mod momo;
mod payos;
mod vnpay;
mod zalopay;

use std::collections::BTreeMap;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use rules::config::{Channel, Gateway};
use rules::vnd::Vnd;
use serde_json::{Value, json};

use super::Gateways;

/// Path under which the gateways' own interfaces begin.
pub const API: &str = "/local/gateways/";

/// A request as these gateways read it.
struct Asked<'a> {
    /// Rest of the path after the channel, without its slash.
    rest: &'a str,
    headers: BTreeMap<String, String>,
    body: &'a str,
}

impl Asked<'_> {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn json(&self) -> Value {
        serde_json::from_str(self.body).unwrap_or_default()
    }

    fn form(&self, name: &str) -> String {
        let mut pairs = form_urlencoded::parse(self.body.as_bytes());
        pairs.find(|(field, _)| field == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

impl Gateways {
    /// Returns the page on which an order is paid.
    fn page(channel: &Channel, number: &str) -> String {
        format!("/local/pay/{}?order={number}", channel.id)
    }

    fn answer(&self, channel: &Channel, asked: &Asked<'_>) -> Value {
        match (channel.gateway, asked.rest) {
            (Gateway::Vnpay, "") => vnpay::querydr(self, channel, asked),
            (Gateway::Momo, "create") => momo::create(self, channel, asked),
            (Gateway::Momo, "query") => momo::query(self, channel, asked),
            (Gateway::Zalopay, "create") => zalopay::create(self, channel, asked),
            (Gateway::Zalopay, "query") => zalopay::query(self, channel, asked),
            (Gateway::Payos, "") => payos::create(self, channel, asked),
            (Gateway::Payos, number) => payos::read(self, channel, asked, number),
            _ => json!({ "error": "no such call" }),
        }
    }

    fn was_asked(&self) {
        self.lock().questions += 1;
    }
}

/// Connector to these gateways, and to any other over TLS.
#[derive(Clone, Debug)]
pub struct AnyGateway(pub Gateways);

impl HttpConnector for AnyGateway {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match request.uri().starts_with(API) {
            true => self.0.call(request),
            false => self.0.beyond().call(request),
        }
    }
}

impl HttpConnector for Gateways {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let path = request.uri().strip_prefix(API).unwrap_or_default();
        let (id, rest) = path.split_once('/').unwrap_or((path, ""));
        let body = request.body().bytes().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let headers = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        HttpConnectorFuture::ready(match self.channel(id) {
            Some(channel) => {
                let answer = self.answer(&channel, &Asked { rest, headers, body }).to_string();
                Ok(HttpResponse::new(StatusCode::try_from(200).expect("200 is a status"), SdkBody::from(answer)))
            }
            None => Err(ConnectorError::io("no such gateway".into())),
        })
    }
}

fn dong(value: &Value) -> Option<Vnd> {
    value.as_u64().and_then(|dong| Vnd::new(dong).ok())
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}
