//! VNPAY: a GET with its parameters sorted, form-encoded and signed with HMAC-SHA512.

use http::Method;
use rules::config::Channel;
use rules::http::query::encode;
use rules::vietnam;

use super::{Ending, Letter, Payment, address, hex_512, merchant};

pub(super) fn pairs(channel: &Channel, payment: &Payment, ending: Ending) -> Vec<(String, String)> {
    let (code, status) = codes(ending);
    let pairs = [
        ("vnp_Amount", (payment.amount_vnd.dong() * 100).to_string()),
        ("vnp_BankCode", "NCB".into()),
        ("vnp_CardType", "ATM".into()),
        ("vnp_OrderInfo", format!("Le phi ho so {}", payment.reference)),
        ("vnp_PayDate", vietnam::portal_instant(payment.at)),
        ("vnp_ResponseCode", code.into()),
        ("vnp_TmnCode", merchant(channel).to_owned()),
        ("vnp_TransactionNo", payment.transaction.clone()),
        ("vnp_TransactionStatus", status.into()),
        ("vnp_TxnRef", payment.reference.clone()),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value)).into()
}

/// Returns `ResponseCode` and `TransactionStatus`.
fn codes(ending: Ending) -> (&'static str, &'static str) {
    match ending {
        Ending::Paid => ("00", "00"),
        Ending::Failed => ("51", "02"),
        Ending::Cancelled => ("24", "02"),
    }
}

/// Writes a VNPAY query of these parameters, sorted and signed.
pub fn vnpay(channel: &Channel, pairs: &[(String, String)]) -> Letter {
    let mut sorted: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    sorted.sort();
    let written: Vec<_> = sorted
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name.as_bytes()), encode(value.as_bytes())))
        .collect();
    let signed = written.join("&");
    let hash = hex_512(channel, &signed);
    let target = format!("{}?{signed}&vnp_SecureHash={hash}", address(channel));
    Letter { method: Method::GET, target, headers: Vec::new(), body: String::new() }
}
