//! Adapters of the gateways. A new gateway is one file, and one line here.

use http::Method;
use jiff::Timestamp;
use rules::config::{Channel, Gateway};
use rules::http::{Request, Response};

use crate::callback::{Answer, Callback, Rejection};
use crate::{dvcqg, github, momo, onepay, payos, standard_webhooks, stripe, vnpay, zalopay};

/// Verifies and parses: nothing is parsed that was not verified.
type Receive = fn(&Channel, &Request, Timestamp) -> Result<Callback, Rejection>;

/// One gateway's way of speaking.
#[derive(Clone, Copy)]
pub struct Adapter {
    /// The methods the gateway calls with.
    pub methods: &'static [Method],
    /// Verifies a request received now, and then reads it.
    pub receive: Receive,
    /// The answer in the gateway's own words, to this request.
    pub reply: fn(&Answer, &Request) -> Response,
}

const GET: &[Method] = &[Method::GET];
const POST: &[Method] = &[Method::POST];
const GET_OR_POST: &[Method] = &[Method::GET, Method::POST];

macro_rules! adapter {
    ($methods:expr, $module:ident, $reply:expr) => {
        Adapter {
            methods: $methods,
            receive: |channel, request, now| Ok($module::parse($module::verify(channel, request, now)?)?),
            reply: $reply,
        }
    };
}

/// Returns the adapter of a gateway.
pub fn adapter(gateway: Gateway) -> Adapter {
    match gateway {
        Gateway::Vnpay => adapter!(GET, vnpay, |answer, _| vnpay::reply(answer)),
        Gateway::Momo => adapter!(POST, momo, |answer, _| momo::reply(answer)),
        Gateway::Zalopay => adapter!(POST, zalopay, |answer, _| zalopay::reply(answer)),
        Gateway::Payos => adapter!(POST, payos, |answer, _| payos::reply(answer)),
        Gateway::Onepay => adapter!(GET_OR_POST, onepay, |answer, _| onepay::reply(answer)),
        Gateway::Dvcqg => adapter!(POST, dvcqg, dvcqg::reply),
        Gateway::StandardWebhooks => {
            adapter!(POST, standard_webhooks, |answer, _| standard_webhooks::reply(answer))
        }
        Gateway::Stripe => Adapter {
            methods: POST,
            receive: |channel, request, now| Ok(stripe::parse(channel, stripe::verify(channel, request, now)?)?),
            reply: |answer, _| stripe::reply(answer),
        },
        Gateway::Github => adapter!(POST, github, |answer, _| github::reply(answer)),
    }
}
