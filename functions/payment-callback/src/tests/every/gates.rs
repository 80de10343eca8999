//! Fields that each gateway sends and signs.

use rules::signature::sha256_hex;

use super::super::*;

/// One message as a gateway would send it.
pub(super) struct Gate {
    pub(super) gateway: Gateway,
    /// The signed fields, in the order of the names; then the names of the amount and of a free text.
    pub(super) fields: fn() -> Vec<(&'static str, Value)>,
    pub(super) amount: &'static str,
    pub(super) text: &'static str,
    /// Writes the `sent` fields with the signature of the `signed` ones, under a key.
    pub(super) write: fn(sent: &Fields, signed: &Fields, key: &[u8]) -> Request,
    /// Whether the case of the signature's letters is free, since it is hexadecimal.
    pub(super) hex: bool,
    /// Units of `amount` in one đồng of [`DONG`].
    pub(super) units_per_dong: u64,
}

pub(super) type Fields = Vec<(&'static str, Value)>;

pub(super) const DONG: u64 = 125_000;
pub(super) const OTHER_KEY: &[u8] = b"another-key-of-16-bytes";

pub(super) fn gates() -> Vec<Gate> {
    let gate = |gateway, fields, amount, text, write| {
        let units_per_dong = if matches!(gateway, Gateway::Vnpay | Gateway::Onepay) { 100 } else { 1 };
        Gate { gateway, fields, amount, text, write, hex: gateway != Gateway::StandardWebhooks, units_per_dong }
    };
    vec![
        gate(Gateway::Vnpay, vnpay_fields, "vnp_Amount", "vnp_OrderInfo", |sent, signed, key| {
            let tag = encode_hex(&sign_hmac_sha512(&key_of(key), &[query(signed).as_bytes()]));
            get(&format!("{}&vnp_SecureHash={tag}", query(sent)))
        }),
        gate(Gateway::Onepay, onepay_fields, "vpc_Amount", "vpc_OrderInfo", |sent, signed, key| {
            let written = |(name, value): &(&str, Value)| format!("{name}={}", bare(value));
            let filled = signed.iter().filter(|(_, value)| !bare(value).is_empty());
            let tag = hmac(key, &filled.map(written).collect::<Vec<_>>().join("&")).to_uppercase();
            get(&format!("{}&vpc_SecureHash={tag}", query(sent)))
        }),
        gate(Gateway::Momo, momo_fields, "amount", "message", |sent, signed, key| {
            let text = signed.iter().map(|(name, value)| format!("&{name}={}", bare(value))).collect::<String>();
            let tag = hmac(key, &format!("accessKey=klm05TvNBzhg7h7j{text}"));
            post(object_with(sent, "signature", &tag))
        }),
        gate(Gateway::Zalopay, zalopay_fields, "amount", "app_user", |sent, signed, key| {
            let mac = hmac(key, &object(signed));
            post(json!({ "data": object(sent), "mac": mac, "type": 1 }).to_string())
        }),
        gate(Gateway::Payos, payos_fields, "amount", "description", |sent, signed, key| {
            let text: Vec<_> = signed.iter().map(|(name, value)| format!("{name}={}", bare(value))).collect();
            let tag = hmac(key, &text.join("&"));
            post(format!(r#"{{"code":"00","success":true,"data":{},"signature":"{tag}"}}"#, object(sent)))
        }),
        gate(Gateway::Dvcqg, dvcqg_fields, "SoTien", "ThongTinGiaoDich", |sent, signed, key| {
            let values: Vec<_> = signed.iter().map(|(_, value)| bare(value)).collect();
            let tag = sha256_hex(&[values.join("|").as_bytes(), b"|", key].concat());
            post(object_with(sent, "MaXacThuc", &tag))
        }),
        gate(Gateway::StandardWebhooks, generic_fields, "amount", "transaction", |sent, signed, key| {
            let tag = standard_webhooks::sign(&key_of(key), "msg_1", now(), generic_body(signed).as_bytes());
            let request = with_header(post(generic_body(sent)), standard_webhooks::ID, "msg_1");
            let request = with_header(request, standard_webhooks::TIMESTAMP, &now().as_second().to_string());
            with_header(request, standard_webhooks::SIGNATURE, &tag)
        }),
        gate(Gateway::Github, generic_fields, "amount", "transaction", |sent, signed, key| {
            let tag = hmac(key, &generic_body(signed));
            with_header(post(generic_body(sent)), "x-hub-signature-256", &format!("sha256={tag}"))
        }),
        gate(Gateway::Stripe, stripe_fields, "amount_received", "reference", |sent, signed, key| {
            let seconds = now().as_second();
            let tag = hmac(key, &format!("{seconds}.{}", stripe_body(signed)));
            with_header(post(stripe_body(sent)), "stripe-signature", &format!("t={seconds},v1={tag}"))
        }),
    ]
}

fn vnpay_fields() -> Fields {
    let fields = json!({
        "vnp_Amount": "12500000", "vnp_BankCode": "NCB", "vnp_OrderInfo": "Lệ phí hồ sơ R1", "vnp_ResponseCode": "00",
        "vnp_TmnCode": "KHVP", "vnp_TransactionNo": "14422574", "vnp_TransactionStatus": "00", "vnp_TxnRef": "R1",
    });
    sorted(&fields)
}

fn onepay_fields() -> Fields {
    let fields = json!({
        "vpc_Amount": "12500000", "vpc_MerchTxnRef": "R1", "vpc_Merchant": "KHVP", "vpc_OrderInfo": "Lệ phí hồ sơ R1",
        "vpc_TransactionNo": "14422574", "vpc_TxnResponseCode": "0",
    });
    sorted(&fields)
}

fn momo_fields() -> Fields {
    let fields = json!({
        "amount": DONG, "extraData": "", "message": "Thành công.", "orderId": "R1", "orderInfo": "Le phi",
        "orderType": "momo_wallet", "partnerCode": "KHVP", "payType": "qr", "requestId": "R1",
        "responseTime": 1_586_912_400_000_u64, "resultCode": 0, "transId": 14_422_574,
    });
    sorted(&fields)
}

fn zalopay_fields() -> Fields {
    let fields = json!({
        "amount": DONG, "app_id": 2_553_001, "app_trans_id": "200415_R1", "app_user": "Hộ kinh doanh",
        "server_time": 1_586_912_400_000_u64, "zp_trans_id": 14_422_574,
    });
    sorted(&fields)
}

fn payos_fields() -> Fields {
    let fields = json!({
        "amount": DONG, "code": "00", "currency": "VND", "description": "Lệ phí", "orderCode": 123,
        "paymentLinkId": "124c33293c43417ab7879e14c8d9eb18", "reference": "FT1",
        "transactionDateTime": "2020-04-15 08:00:00",
    });
    sorted(&fields)
}

/// Returns the fields in the order in which they are signed.
fn dvcqg_fields() -> Fields {
    let value = |field: &str| match field {
        "LoaiBanTin" => json!("CONFIRM"),
        "MaLoi" => json!("00"),
        "MaDoiTac" => json!("KHVP"),
        "MaThamChieu" => json!("R1"),
        "SoTien" => json!(DONG),
        "MaTienTe" => json!("VND"),
        "ThoiGianGD" => json!("20200415080000"),
        "ThongTinGiaoDich" => json!("Lệ phí"),
        _ => json!("14422574"),
    };
    rules::config::DVCQG_FIELDS.map(|field| (field, value(field))).into()
}

fn generic_fields() -> Fields {
    let fields = json!({
        "amount": DONG, "currency": "VND", "paid_at": "2020-04-15T01:00:00Z", "reference": "R1", "status": "paid",
        "transaction": "Giao dịch 1",
    });
    sorted(&fields)
}

fn stripe_fields() -> Fields {
    let fields = json!({ "amount_received": DONG, "currency": "vnd", "id": "pi_1", "reference": "00000000000101" });
    sorted(&fields)
}

fn sorted(fields: &Value) -> Fields {
    let names = fields.as_object().unwrap().iter();
    names.map(|(name, value)| (&*name.clone().leak(), value.clone())).collect()
}

fn generic_body(fields: &Fields) -> String {
    format!(r#"{{"type":"payment.confirmed","timestamp":"2020-04-15T01:00:00Z","data":{}}}"#, object(fields))
}

fn stripe_body(fields: &Fields) -> String {
    let (metadata, intent): (Fields, Fields) = fields.iter().cloned().partition(|(name, _)| *name == "reference");
    let intent = object(&intent);
    let intent = intent.strip_suffix('}').unwrap();
    let object = format!(r#"{intent},"metadata":{}}}"#, object(&metadata));
    format!(r#"{{"id":"evt_1","created":1586912400,"type":"payment_intent.succeeded","data":{{"object":{object}}}}}"#)
}

/// Writes the fields as JSON, even if some are there twice.
fn object(fields: &Fields) -> String {
    let members: Vec<_> = fields.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn object_with(fields: &Fields, name: &'static str, value: &str) -> String {
    object(&[fields.clone(), vec![(name, json!(value))]].concat())
}

fn query(fields: &Fields) -> String {
    let pair = |(name, value): &(&str, Value)| format!("{name}={}", rules::http::query::encode(bare(value).as_bytes()));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

pub(super) fn bare(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn key_of(bytes: &[u8]) -> Key {
    Key::from_hex(&encode_hex(bytes), Shortness::Allowed).unwrap()
}

fn hmac(key: &[u8], text: &str) -> String {
    encode_hex(&sign_hmac_sha256(&key_of(key), &[text.as_bytes()]))
}
