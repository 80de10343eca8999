//! Parts shared by the fuzz targets: a callback made of any bytes, as it comes and as its gateway would have signed it.

use std::sync::LazyLock;

use bytes::Bytes;
use data_encoding::{HEXLOWER, HEXUPPER};
use http::{HeaderValue, Method};
use jiff::Timestamp;
use rules::config::{Channel, Config, DVCQG_FIELDS, Gateway};
use rules::http::Request;
use rules::signature::{sha256_hex, sign_hmac_sha256, sign_hmac_sha512, standard_webhooks};
use payment_callback::callback::Rejection;
use payment_callback::gateway::adapter;
use serde_json::{Value, json};

/// MoMo's signed fields beside the access key, in their order.
const MOMO_FIELDS: [&str; 12] = [
    "amount",
    "extraData",
    "message",
    "orderId",
    "orderInfo",
    "orderType",
    "partnerCode",
    "payType",
    "requestId",
    "responseTime",
    "resultCode",
    "transId",
];

static CONFIG: LazyLock<Config> = LazyLock::new(Config::demo);

/// Returns the instant at which everything is signed and read.
fn now() -> Timestamp {
    Timestamp::from_second(1_586_912_400).expect("an instant of 2020")
}

/// Returns the demo channel of a gateway.
fn channel(gateway: Gateway) -> &'static Channel {
    let mut channels = CONFIG.channels();
    channels.find(|channel| channel.gateway == gateway).expect("the demo has a channel of every gateway")
}

/// Reads these bytes as a callback of the gateway: never a panic, whatever they are. Signed over the very bytes, they
/// are authentic, and so never forged.
pub fn callback(gateway: Gateway, bytes: &[u8]) {
    let channel = channel(gateway);
    let read = |request: &Request| (adapter(gateway).receive)(channel, request, now());
    for request in [get(&String::from_utf8_lossy(bytes)), post(bytes.to_vec())] {
        let _ = read(&request);
    }
    let Some(signed) = signed(channel, bytes) else { return };
    let result = read(&signed);
    if matches!(gateway, Gateway::StandardWebhooks | Gateway::Stripe | Gateway::Github) {
        assert!(!matches!(result, Err(Rejection::Forged(_))), "{result:?}");
    }
}

/// Reads these bytes as a portal's event, as they come and signed.
pub fn portal(bytes: &[u8]) {
    let portal = CONFIG.portals().next().expect("the demo has a portal");
    let tag = standard_webhooks::sign(portal.keys.current(), "d1", now(), bytes);
    let request = webhook(bytes, &tag);
    let delivery = standard_webhooks::verify(&portal.keys, request.headers(), request.body(), now());
    let delivery = delivery.expect("it was signed over these very bytes");
    let _ = rules::portal::parse(&delivery);
}

/// Returns a query as the door hands it on; anything that no URI can hold is left out.
fn get(query: &str) -> Request {
    let request = http::Request::get(format!("/?{query}")).body(Bytes::new());
    request.unwrap_or_default()
}

fn post(body: impl Into<Bytes>) -> Request {
    let mut request = Request::new(body.into());
    *request.method_mut() = Method::POST;
    request
}

fn headed(body: &[u8], headers: &[(&'static str, &str)]) -> Request {
    let mut request = post(body.to_vec());
    for (name, value) in headers {
        request.headers_mut().append(*name, HeaderValue::from_str(value).expect("our own tags are ASCII"));
    }
    request
}

fn webhook(body: &[u8], tag: &str) -> Request {
    let seconds = now().as_second().to_string();
    let headers = [(standard_webhooks::ID, "d1"), (standard_webhooks::TIMESTAMP, &seconds)];
    let mut request = headed(body, &headers);
    request.headers_mut().append(standard_webhooks::SIGNATURE, HeaderValue::from_str(tag).expect("our own tags are ASCII"));
    request
}

/// Signs the bytes as the gateway would; `None` if it could not send them.
fn signed(channel: &Channel, bytes: &[u8]) -> Option<Request> {
    let key = channel.keys.current();
    let hex = |text: &[u8]| HEXLOWER.encode(&sign_hmac_sha256(key, &[text]));
    Some(match channel.gateway {
        Gateway::Vnpay => {
            let query = of_prefix("vnp_", bytes)?;
            let tag = HEXLOWER.encode(&sign_hmac_sha512(key, &[query.as_bytes()]));
            get(&format!("{query}&vnp_SecureHash={tag}"))
        }
        Gateway::Onepay => {
            let query = of_prefix("vpc_", bytes)?;
            let tag = HEXUPPER.encode(&sign_hmac_sha256(key, &[query.as_bytes()]));
            get(&format!("{query}&vpc_SecureHash={tag}"))
        }
        Gateway::Zalopay => {
            let data = std::str::from_utf8(bytes).ok()?;
            post(json!({ "data": data, "mac": hex(bytes), "type": 1 }).to_string())
        }
        Gateway::Momo => {
            let mut body: Value = serde_json::from_slice(bytes).ok()?;
            let access_key = String::from_utf8_lossy(channel.access_key.as_ref()?.expose()).into_owned();
            let fields = MOMO_FIELDS.map(|name| format!("&{name}={}", written(&body[name])));
            body.as_object_mut()?.insert(
                "signature".into(),
                hex(format!("accessKey={access_key}{}", fields.concat()).as_bytes()).into(),
            );
            post(body.to_string())
        }
        Gateway::Payos => {
            let data: Value = serde_json::from_slice(bytes).ok()?;
            let members = data.as_object()?.iter().map(|(name, value)| format!("{name}={}", written(value)));
            let text = members.collect::<Vec<_>>().join("&");
            post(json!({ "data": data, "signature": hex(text.as_bytes()) }).to_string())
        }
        Gateway::Dvcqg => {
            let mut body: Value = serde_json::from_slice(bytes).ok()?;
            let order = channel.field_order.unwrap_or(DVCQG_FIELDS);
            let values = order.map(|name| written(&body[name])).join("|");
            let tag = sha256_hex(&[values.as_bytes(), b"|", key.expose()].concat());
            body.as_object_mut()?.insert("MaXacThuc".into(), tag.into());
            post(body.to_string())
        }
        Gateway::StandardWebhooks => webhook(bytes, &standard_webhooks::sign(key, "d1", now(), bytes)),
        Gateway::Stripe => {
            let seconds = now().as_second().to_string();
            let tag = hex(&[seconds.as_bytes(), b".", bytes].concat());
            headed(bytes, &[("stripe-signature", &format!("t={seconds},v1={tag}"))])
        }
        Gateway::Github => headed(bytes, &[("x-hub-signature-256", &format!("sha256={}", hex(bytes)))]),
    })
}

/// Returns the parameters that such a gateway signs, sorted by name, as one query.
fn of_prefix(prefix: &str, bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut segments: Vec<_> = text.split('&').filter(|segment| segment.starts_with(prefix)).collect();
    segments.sort_unstable();
    (!segments.is_empty()).then(|| segments.join("&"))
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
