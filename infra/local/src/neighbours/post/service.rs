//! The calls of one operator, and what it keeps of them. It shares no code with what writes the calls.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rules::post::State;
use rules::vietnam::portal_instant;
use serde_json::{Map, Value, json};

/// The operator's own number of each province: its own list, of today's 34.
const PROVINCES: [u64; 34] = [
    10, 13, 17, 20, 21, 23, 24, 28, 29, 31, 33, 34, 40, 42, 46, 47, 49, 51, 53, 55, 57, 60, 61, 65, 75, 77, 84, 88, 89,
    91, 95, 100, 101, 105,
];
/// Fields of an order, each with whether it must be there and whether it is a number.
const FIELDS: [(&str, bool, bool); 17] = [
    ("customerCode", true, false),
    ("orderNumber", true, false),
    ("codAmount", true, true),
    ("senderName", true, false),
    ("senderTel", true, false),
    ("senderAddress", true, false),
    ("senderProvince", true, true),
    ("senderDistrict", false, true),
    ("receiverName", true, false),
    ("receiverTel", true, false),
    ("receiverAddress", true, false),
    ("receiverProvince", true, true),
    ("receiverDistrict", false, true),
    ("receiverEmail", false, false),
    ("description", false, false),
    ("ItemCode", false, false),
    ("FlagConfig", false, true),
];
/// Time for which a token holds.
const TOKEN: SignedDuration = SignedDuration::from_mins(30);
/// The most rows of a page.
const MOST_ROWS: u64 = 1_000;

/// Secrets by which an office is let in, and its name.
#[derive(Clone, Default)]
pub(super) struct Account {
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) customer: String,
}

/// An order as the operator knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ordered {
    /// The office's number.
    pub number: String,
    /// The number on the parcel.
    pub waybill: Option<String>,
    /// The fields that the office wrote.
    pub fields: Map<String, Value>,
    /// Everything that happened to it, oldest first.
    pub history: Vec<(State, Timestamp)>,
}

impl Ordered {
    /// Returns the state that the operator has it in.
    #[must_use]
    pub fn state(&self) -> State {
        self.history.last().map_or(State::Ordered, |(state, _)| *state)
    }
}

/// Counts of what an operator was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls of every kind.
    pub calls: u64,
    /// Log-ins among them.
    pub log_ins: u64,
    /// Pages of the feed.
    pub pages: u64,
    /// Calls that it refused by its rules.
    pub refusals: u64,
    /// Orders that it had already, and that came again with the same content.
    pub repeats: u64,
}

/// Code of a state, as this operator writes it.
#[must_use]
pub fn code(state: State) -> &'static str {
    match state {
        State::Ordered => "0",
        State::Collected => "1",
        State::InTransit => "2",
        State::OutForDelivery => "3",
        State::Delivered => "4",
        State::AttemptFailed => "5",
        State::AtOffice => "6",
        State::Returning => "7",
        State::Returned => "8",
        State::Lost => "9",
        State::Cancelled => "10",
    }
}

#[derive(Default)]
pub(super) struct Service {
    pub(super) account: Account,
    pub(super) orders: BTreeMap<String, Ordered>,
    pub(super) rows: Vec<Map<String, Value>>,
    pub(super) tally: Tally,
    tokens: BTreeMap<String, Timestamp>,
    issued: u64,
    counted: u64,
}

impl Service {
    pub(super) fn end_tokens(&mut self) {
        self.tokens.clear();
    }

    /// Lets something happen to an order; `false` if there is no such order.
    pub(super) fn act(&mut self, number: &str, state: State, at: Timestamp, now: Timestamp) -> bool {
        let Some(order) = self.orders.get_mut(number) else { return false };
        order.history.push((state, at));
        let waybill = order.waybill.clone();
        let row = self.row(number, waybill.as_deref(), code(state), at, now);
        self.rows.push(row);
        true
    }

    /// Writes a row of the feed, whose id comes behind all others.
    pub(super) fn row(
        &mut self,
        number: &str,
        waybill: Option<&str>,
        code: &str,
        at: Timestamp,
        now: Timestamp,
    ) -> Map<String, Value> {
        self.counted += 1;
        let id = format!("{:08x}{:016x}", now.as_second().unsigned_abs(), self.counted);
        let mut row = Map::new();
        row.insert("id".into(), json!(id));
        row.insert("orderNumber".into(), json!(number));
        row.insert("itemCode".into(), json!(waybill));
        row.insert("statusCode".into(), json!(code));
        row.insert("statusMessage".into(), json!("Trạng thái bưu gửi"));
        row.insert("statusTime".into(), json!(portal_instant(at)));
        row
    }

    pub(super) fn answer(&mut self, call: &str, token: &str, body: &[u8], now: Timestamp) -> Value {
        self.tally.calls += 1;
        let Ok(body) = serde_json::from_slice::<Map<String, Value>>(body) else {
            return self.refuse("400", "Nội dung không phải JSON");
        };
        if call == "token" {
            return self.log_in(&body, now);
        }
        if self.tokens.get(token).is_none_or(|until| *until <= now) {
            return json!({ "Status": "401", "Message": "Token không hợp lệ hoặc đã hết hạn" });
        }
        if text(&body, "customerCode") != self.account.customer {
            return self.refuse("102", "customerCode không đúng");
        }
        match call {
            "order" => self.order(&body),
            "cancel" => self.cancel(&body, now),
            "tracking" => self.tracking(&body),
            "lookup" => self.look_up(&body),
            _ => self.refuse("404", "Không có dịch vụ này"),
        }
    }

    fn log_in(&mut self, body: &Map<String, Value>, now: Timestamp) -> Value {
        self.tally.log_ins += 1;
        if text(body, "customerKey") != self.account.key || text(body, "secretKey") != self.account.secret {
            return json!({ "Status": "403", "Message": "Sai khóa" });
        }
        self.issued += 1;
        let token = format!("T{:08}", self.issued);
        self.tokens.insert(token.clone(), now + TOKEN);
        json!({ "Status": "100", "token": token })
    }

    fn order(&mut self, body: &Map<String, Value>) -> Value {
        if let Some(field) = wrong(body) {
            return self.refuse("102", &format!("Trường {field} không hợp lệ"));
        }
        if ["senderProvince", "receiverProvince"]
            .iter()
            .any(|side| !body[*side].as_u64().is_some_and(|it| PROVINCES.contains(&it)))
        {
            return self.refuse("103", "Mã tỉnh không có trong danh mục");
        }
        let number = text(body, "orderNumber").to_owned();
        if let Some(known) = self.orders.get(&number) {
            if known.fields != *body {
                return self.refuse("107", "Mã đơn đã dùng cho nội dung khác");
            }
            self.tally.repeats += 1;
            return json!({ "Status": "101", "Message": "Đơn hàng đã tồn tại" });
        }
        let waybill = body.get("ItemCode").and_then(Value::as_str).map(str::to_owned);
        if waybill.is_some() && self.orders.values().any(|order| order.waybill == waybill) {
            return self.refuse("105", "Số hiệu bưu gửi đã dùng");
        }
        let waybill = waybill.or_else(|| Some(format!("VP{:08}", self.orders.len() + 1)));
        let order =
            Ordered { number: number.clone(), waybill: waybill.clone(), fields: body.clone(), history: Vec::new() };
        self.orders.insert(number, order);
        json!({ "Status": "100", "Message": "Thành công", "ItemCode": waybill })
    }

    fn cancel(&mut self, body: &Map<String, Value>, now: Timestamp) -> Value {
        let number = text(body, "orderNumber").to_owned();
        match self.orders.get(&number).map(Ordered::state) {
            None => json!({ "Status": "104", "Message": "Đơn hàng không tồn tại" }),
            Some(State::Cancelled) => json!({ "Status": "100", "Message": "Đã hủy" }),
            Some(State::Ordered) => {
                if let Some(order) = self.orders.get_mut(&number) {
                    order.history.push((State::Cancelled, now));
                }
                json!({ "Status": "100", "Message": "Đã hủy" })
            }
            Some(_) => self.refuse("106", "Bưu gửi đã được nhận, không hủy được"),
        }
    }

    fn tracking(&mut self, body: &Map<String, Value>) -> Value {
        self.tally.pages += 1;
        let size = body.get("pageSize").and_then(Value::as_u64).filter(|size| (1..=MOST_ROWS).contains(size));
        let last = text(body, "lastId");
        let Some(size) = size.filter(|_| last.len() == 24) else {
            return self.refuse("102", "Trường pageSize hoặc lastId không hợp lệ");
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let behind = self.rows.iter().filter(|row| text(row, "id") > last);
        json!({ "Status": "100", "data": behind.take(size).collect::<Vec<_>>() })
    }

    fn look_up(&mut self, body: &Map<String, Value>) -> Value {
        let number = text(body, "orderNumber");
        if !self.orders.contains_key(number) {
            return json!({ "Status": "104", "Message": "Đơn hàng không tồn tại" });
        }
        let rows: Vec<_> = self.rows.iter().filter(|row| text(row, "orderNumber") == number).collect();
        json!({ "Status": "100", "data": rows })
    }

    fn refuse(&mut self, code: &str, message: &str) -> Value {
        self.tally.refusals += 1;
        tracing::warn!(code, message, "a postal operator refuses");
        json!({ "Status": code, "Message": message })
    }
}

/// Returns the first field that is missing, of another type, too long or unknown.
fn wrong(body: &Map<String, Value>) -> Option<String> {
    for (name, needed, is_number) in FIELDS {
        let right = match body.get(name) {
            None => !needed,
            Some(Value::Number(_)) => is_number,
            Some(Value::String(text)) => !is_number && !text.trim().is_empty() && text.chars().count() <= 500,
            Some(_) => false,
        };
        if !right {
            return Some(name.to_owned());
        }
    }
    body.keys().find(|name| !FIELDS.iter().any(|field| field.0 == name.as_str())).cloned()
}

fn text<'a>(body: &'a Map<String, Value>, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}
