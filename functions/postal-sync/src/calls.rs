//! Calls of VNPost, as two running systems make them. Nothing of them is published.

use std::time::Duration;

use http::Method;
use jiff::civil::Date;
use rules::config::{PostOrder, Sender};
use rules::gateway::Call;
use rules::person::Label;
use rules::post::{Direction, Parcel};
use serde_json::{Map, Value, json};
use units::{Converted, UnitCode, Units};

/// The longest time that a call may take.
const LIMIT: Duration = Duration::from_secs(15);
/// Rows of one page of the feed. An operator gives 1,000 at most, and an answer of more than 256 KB is not read.
pub(crate) const PAGE: usize = 500;
/// The beginning of a feed.
pub(crate) const BEGINNING: &str = "000000000000000000000000";

/// Reason why an order cannot be written: the name of what is missing or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unwritable(pub(crate) &'static str);

/// One side of a parcel.
struct Side<'a> {
    name: &'a str,
    telephone: String,
    address: String,
    province: u32,
    district: Option<u32>,
}

impl<'a> Side<'a> {
    fn office(sender: &'a Sender) -> Self {
        let (telephone, address) = (sender.telephone.clone(), sender.address.clone());
        Self { name: &sender.name, telephone, address, province: sender.province, district: sender.district }
    }

    fn person(to: &PostOrder, units: &Units, label: &'a Label) -> Result<Self, Unwritable> {
        let telephone: String =
            label.telephone.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).collect();
        let address = label.line();
        let province = label.province.and_then(|province| number_of(to, units, &province));
        if label.name.trim().is_empty() {
            return Err(Unwritable("no_name"));
        }
        if telephone.len() < 8 {
            return Err(Unwritable("no_telephone"));
        }
        if address.trim().is_empty() {
            return Err(Unwritable("no_address"));
        }
        let province = province.ok_or(Unwritable("no_province"))?;
        Ok(Self { name: &label.name, telephone, address, province, district: None })
    }

    fn write(&self, side: &str, body: &mut Map<String, Value>) {
        let mut put = |field: &str, value: Value| body.insert(format!("{side}{field}"), value);
        put("Name", json!(self.name));
        put("Tel", json!(self.telephone));
        put("Address", json!(self.address));
        put("Province", json!(self.province));
        if let Some(district) = self.district {
            put("District", json!(district));
        }
    }
}

/// Returns the operator's number of a province: a former one is a part of another now.
fn number_of(to: &PostOrder, units: &Units, province: &UnitCode) -> Option<u32> {
    let Converted::One(now) = units.convert(province, Date::MAX) else { return None };
    to.provinces.get(&now.code().code).copied()
}

/// Asks for a token.
pub(crate) fn log_in(to: &PostOrder, key: &str, secret: &str) -> Call {
    let body = json!({ "customerKey": key, "secretKey": secret });
    call(&to.token_url, None, &body)
}

/// Gives an order. The same number again is the same order, so it may be repeated.
pub(crate) fn order(
    (to, units): (&PostOrder, &Units),
    token: &str,
    parcel: &Parcel,
    label: &Label,
) -> Result<Call, Unwritable> {
    let (office, person) = (Side::office(&to.sender), Side::person(to, units, label)?);
    // A collection is an order whose sender and receiver are swapped.
    let (from, towards) = match parcel.direction {
        Direction::Result => (office, person),
        Direction::Collection => (person, office),
    };
    let mut body = Map::new();
    body.insert("customerCode".into(), json!(to.customer));
    body.insert("orderNumber".into(), json!(parcel.no.to_string()));
    body.insert("codAmount".into(), json!(0));
    from.write("sender", &mut body);
    towards.write("receiver", &mut body);
    // No name of a procedure: a parcel says nothing of what is in it.
    body.insert("description".into(), json!(format!("Giấy tờ hành chính ({})", parcel.dossiers.len())));
    if let Some(waybill) = &parcel.waybill {
        body.insert("ItemCode".into(), json!(waybill));
        body.insert("FlagConfig".into(), json!(2));
    }
    Ok(call(&to.order_url, Some(token), &Value::Object(body)))
}

/// Cancels an order.
pub(crate) fn cancel(to: &PostOrder, token: &str, parcel: &Parcel) -> Call {
    about(to, &to.cancel_url, token, parcel)
}

/// Asks about one order.
pub(crate) fn look_up(to: &PostOrder, url: &str, token: &str, parcel: &Parcel) -> Call {
    about(to, url, token, parcel)
}

/// Asks for the rows of the feed behind one.
pub(crate) fn tracking(to: &PostOrder, token: &str, last: &str) -> Call {
    let body = json!({ "customerCode": to.customer, "pageSize": PAGE, "lastId": last });
    call(&to.tracking_url, Some(token), &body)
}

fn about(to: &PostOrder, url: &str, token: &str, parcel: &Parcel) -> Call {
    let body = json!({ "customerCode": to.customer, "orderNumber": parcel.no.to_string() });
    call(url, Some(token), &body)
}

/// Every call names what it is about, so it may be repeated.
fn call(url: &str, token: Option<&str>, body: &Value) -> Call {
    let mut headers = vec![("content-type", "application/json".to_owned())];
    headers.extend(token.map(|token| ("authorization", format!("Bearer {token}"))));
    Call { method: Method::POST, url: url.to_owned(), headers, body: body.to_string(), limit: LIMIT, repeatable: true }
}
