//! OnePay: a GET of `vpc_*` parameters, HMAC-SHA256 over their bare values with the key's bytes, upper-case hex.

use http::Method;
use rules::config::Channel;
use rules::http::query::encode;

use super::{Ending, Letter, Payment, address, hex_256, merchant};

pub(super) fn letter(channel: &Channel, payment: &Payment, ending: Ending) -> Letter {
    let code = match ending {
        Ending::Paid => "0",
        Ending::Failed => "21",
        Ending::Cancelled => "99",
    };
    // In the order of their names.
    let pairs = [
        ("vpc_Amount", (payment.amount_vnd.dong() * 100).to_string()),
        ("vpc_Command", "pay".into()),
        ("vpc_CurrencyCode", "VND".into()),
        ("vpc_Locale", "vn".into()),
        ("vpc_MerchTxnRef", payment.reference.clone()),
        ("vpc_Merchant", merchant(channel).to_owned()),
        ("vpc_OrderInfo", format!("Le phi ho so {}", payment.reference)),
        ("vpc_TransactionNo", payment.transaction.clone()),
        ("vpc_TxnResponseCode", code.into()),
        ("vpc_Version", "2".into()),
    ];
    let bare = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let written = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value.as_bytes())));
    let written = written.collect::<Vec<_>>().join("&");
    let hash = hex_256(channel, &bare).to_uppercase();
    let target = format!("{}?{written}&vpc_SecureHash={hash}", address(channel));
    Letter { method: Method::GET, target, headers: Vec::new(), body: String::new() }
}
