//! MoMo: a POST of JSON, HMAC-SHA256 over thirteen fields in a fixed order.

use rules::config::Channel;
use serde_json::json;

use super::{Ending, Letter, Payment, hex_256, integer, merchant, posted};

pub(super) fn letter(channel: &Channel, payment: &Payment, ending: Ending) -> Letter {
    let Payment { reference, transaction, .. } = payment;
    let access_key = channel.access_key.as_ref().map(|key| String::from_utf8_lossy(key.expose()).into_owned());
    let (access_key, partner) = (access_key.unwrap_or_default(), merchant(channel));
    let (amount, time) = (payment.amount_vnd.dong(), payment.at.as_millisecond());
    let (result, message) = match ending {
        Ending::Paid => (0, "Thành công."),
        Ending::Failed => (1001, "Tài khoản không đủ số dư."),
        Ending::Cancelled => (1006, "Người dùng từ chối thanh toán."),
    };
    let info = format!("Le phi ho so {reference}");
    let signed = format!(
        "accessKey={access_key}&amount={amount}&extraData=&message={message}&orderId={reference}&orderInfo={info}\
         &orderType=momo_wallet&partnerCode={partner}&payType=qr&requestId={reference}&responseTime={time}\
         &resultCode={result}&transId={transaction}"
    );
    let body = json!({
        "partnerCode": partner, "orderId": reference, "requestId": reference, "amount": amount,
        "orderInfo": info, "orderType": "momo_wallet", "transId": integer(transaction), "resultCode": result,
        "message": message, "payType": "qr", "responseTime": time, "extraData": "",
        "signature": hex_256(channel, &signed), "paymentOption": "momo",
    });
    posted(channel, body.to_string(), None)
}
