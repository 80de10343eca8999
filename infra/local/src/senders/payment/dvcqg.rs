//! The national payment platform: a POST of JSON, SHA-256 over ten values and the secret, joined by `|`.

use rules::config::{Channel, DVCQG_FIELDS};
use rules::signature::sha256_hex;
use rules::vietnam;
use serde_json::{Value, json};

use super::{Ending, Letter, Payment, merchant, posted};

pub(super) fn letter(channel: &Channel, payment: &Payment, ending: Ending) -> Letter {
    let code = match ending {
        Ending::Paid => "00",
        Ending::Failed => "51",
        Ending::Cancelled => "24",
    };
    let mut body = json!({
        "LoaiBanTin": "CONFIRM", "MaLoi": code, "MaDoiTac": merchant(channel),
        "MaThamChieu": payment.reference, "SoTien": payment.amount_vnd.dong(), "MaTienTe": "VND",
        "MaGiaoDich": payment.transaction, "MaNganHang": "NCB",
        "ThoiGianGD": vietnam::portal_instant(payment.at), "ThongTinGiaoDich": "Le phi ho so",
    });
    let order = channel.field_order.unwrap_or(DVCQG_FIELDS);
    let values = order.map(|field| match &body[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let signed = [values.join("|").as_bytes(), b"|", channel.keys.current().expose()].concat();
    body["MaXacThuc"] = sha256_hex(&signed).into();
    posted(channel, body.to_string(), None)
}
