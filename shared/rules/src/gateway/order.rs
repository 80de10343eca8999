//! An order to be opened, and the page or call that opens it.

use std::net::IpAddr;
use std::time::Duration;

use http::Method;
use jiff::Timestamp;

use super::{ANSWER_LIMIT, Channel};
use crate::vnd::Vnd;

/// An order to be opened at a gateway.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    /// The channel it collects through.
    pub channel: &'a Channel,
    /// The order's number as this gateway shapes it.
    pub number: &'a str,
    /// The amount.
    pub amount_vnd: Vnd,
    /// When it opens.
    pub opened_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// The address of the payer's browser.
    pub payer_ip: IpAddr,
    /// The address at which the gateway calls us.
    pub callback_url: String,
    /// The address to which the payer comes back. Values that the browser sends there are never believed.
    pub return_url: String,
}

impl Opening<'_> {
    /// Writes the text that the payer reads: plain letters, which every gateway and every bank accepts.
    pub(super) fn purpose(&self) -> String {
        format!("Le phi ho so {}", self.number)
    }
}

/// The page or the call that opens an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// No call is needed: the payer's way is known.
    Page(Page),
    /// A call; its answer gives the way.
    ByCall(Call),
}

/// The payer's way to pay.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Page {
    /// The page to go to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The text of a VietQR picture, to be scanned by a bank's application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
}

/// Hides the values: anybody who has the address can pay and sees what for.
impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page").field("url", &self.url.is_some()).field("qr", &self.qr.is_some()).finish()
    }
}

/// One HTTP request to a gateway.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Headers; some are keys.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
    /// The longest time it may take.
    pub limit: Duration,
    /// Whether the same bytes may be sent again when no answer came.
    pub repeatable: bool,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("method", &self.method).field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

impl Call {
    pub(super) fn posted(url: String, media_type: &str, body: String) -> Self {
        let headers = vec![("content-type", media_type.to_owned())];
        Self { method: Method::POST, url, headers, body, limit: ANSWER_LIMIT, repeatable: true }
    }
}
