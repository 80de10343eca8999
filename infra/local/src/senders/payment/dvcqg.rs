//! The national payment platform: a POST of JSON, SHA-256 over ten values and the secret, joined by `|`.

use motcua::config::{Channel, DVCQG_FIELDS};
use motcua::signature::sha256_hex;
use motcua::vietnam;
use serde_json::{Value, json};

use super::{Letter, Payment, merchant, posted};

pub(super) fn letter(channel: &Channel, payment: &Payment) -> Letter {
    let mut body = json!({
        "LoaiBanTin": "CONFIRM", "MaLoi": if payment.paid { "00" } else { "24" }, "MaDoiTac": merchant(channel),
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
