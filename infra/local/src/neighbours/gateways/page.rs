//! The address that announces an order to VNPAY, read as VNPAY reads it.

use std::collections::BTreeMap;

use rules::config::Channel;
use rules::signature::{encode_hex, sign_hmac_sha512};
use rules::vietnam::parse_portal_instant;
use rules::vnd::Vnd;

use super::Gateways;

/// Reason why VNPAY's page shows no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The signature does not match.
    #[error("the signature does not hold")]
    Signature,
    /// A field is missing or wrong.
    #[error("{0} is missing or wrong")]
    Field(&'static str),
}

impl Gateways {
    /// Reads the query of VNPAY's page and makes its order known; returns the order's number.
    ///
    /// # Errors
    /// [`PageError`].
    pub fn open_vnpay_page(&self, channel: &Channel, raw_query: &str) -> Result<String, PageError> {
        let pairs: BTreeMap<_, _> = form_urlencoded::parse(raw_query.as_bytes()).into_owned().collect();
        let signed = pairs.iter().filter(|(name, _)| *name != "vnp_SecureHash");
        let signed: Vec<_> = signed.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let hash = encode_hex(&sign_hmac_sha512(channel.keys.current(), &[signed.join("&").as_bytes()]));
        let field = |name: &'static str| pairs.get(name).ok_or(PageError::Field(name));
        if *field("vnp_SecureHash")? != hash {
            return Err(PageError::Signature);
        }
        if field("vnp_TmnCode")? != channel.merchant.as_deref().unwrap_or_default() {
            return Err(PageError::Field("vnp_TmnCode"));
        }
        let amount = field("vnp_Amount")?.parse().ok().and_then(Vnd::from_hundredths);
        let amount = amount.ok_or(PageError::Field("vnp_Amount"))?;
        let expires_at = parse_portal_instant(field("vnp_ExpireDate")?);
        let expires_at = expires_at.map_err(|_| PageError::Field("vnp_ExpireDate"))?;
        let number = field("vnp_TxnRef")?;
        self.know(&channel.id, number, amount, Some(expires_at));
        self.leads_back(&channel.id, number, field("vnp_ReturnUrl")?);
        Ok(number.clone())
    }
}

/// Encodes as PHP's `urlencode` does: everything but letters, digits, `-`, `_` and `.`.
fn encode(text: &str) -> String {
    let one = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'-' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
