//! The odd messages of the failure list, at every gateway, from one table of what each sends and signs.

mod gates;

use rules::http::Received;
use rules::signature::SignatureError;
use unicode_normalization::UnicodeNormalization;

use super::*;
use gates::{DONG, Fields, Gate, OTHER_KEY, bare, gates};

impl Gate {
    fn channel(&self) -> Channel {
        match self.gateway {
            Gateway::Zalopay => channel_with(Gateway::Zalopay, &[KEY], json!({ "request_key": "key1-of-16-bytes" })),
            Gateway::Dvcqg => channel(Gateway::Dvcqg),
            other => channel(other),
        }
    }

    fn key(&self) -> Vec<u8> {
        self.channel().keys.current().expose().to_vec()
    }

    fn sent(&self, sent: &Fields, signed: &Fields) -> Request {
        (self.write)(sent, signed, &self.key())
    }

    fn read(&self, request: &Request) -> Result<Callback, Rejection> {
        (adapter(self.gateway).receive)(&self.channel(), request, now())
    }

    fn forged(&self, request: &Request, why: &str) {
        let read = self.read(request);
        assert!(matches!(read, Err(Rejection::Forged(_))), "{} {why}: {read:?}", self.gateway.name());
    }

    /// Reads a message that must be authentic, whatever else it is.
    fn authentic(&self, fields: &Fields, why: &str) -> Option<Callback> {
        match self.read(&self.sent(fields, fields)) {
            Ok(callback) => Some(callback),
            Err(Rejection::Unusable(_)) => None,
            // The signed text could be cut in two ways there: refused before anything is compared.
            Err(Rejection::Forged(SignatureError::Ambiguous(_) | SignatureError::Malformed(_))) => None,
            Err(Rejection::Forged(error)) => panic!("{} {why}: forged, {error}", self.gateway.name()),
        }
    }

    /// Returns the message with one field changed, for each field.
    fn each(&self, change: impl Fn(&Value) -> Value) -> Vec<(&'static str, Fields)> {
        let fields = (self.fields)();
        let one = |place: usize| {
            let mut changed = fields.clone();
            changed[place].1 = change(&fields[place].1);
            (fields[place].0, changed)
        };
        (0..fields.len()).map(one).filter(|(_, changed)| *changed != fields).collect()
    }

    fn with(&self, name: &str, value: Value) -> Fields {
        let mut fields = (self.fields)();
        fields.iter_mut().find(|field| field.0 == name).unwrap().1 = value;
        fields
    }
}

#[test]
fn the_genuine_message_is_believed_and_paid() {
    for gate in gates() {
        let fields = (gate.fields)();
        let read = gate.read(&gate.sent(&fields, &fields)).unwrap().found.unwrap();
        assert_eq!((read.amount_vnd, read.outcome), (dong(DONG), PaymentOutcome::Paid), "{}", gate.gateway.name());
    }
}

#[test]
fn a_signed_field_altered_emptied_enlarged_or_of_another_type_is_forged() {
    for gate in gates() {
        let signed = (gate.fields)();
        let changes: [fn(&Value) -> Value; 4] = [
            |value| json!(format!("{}x", bare(value))),
            |_| json!(""),
            |value| json!(bare(value).repeat(2_000)),
            |value| if value.is_string() { json!([value]) } else { json!({ "a": value }) },
        ];
        for change in changes {
            for (name, changed) in gate.each(change) {
                gate.forged(&gate.sent(&changed, &signed), name);
            }
        }
    }
}

#[test]
fn a_signed_field_left_out_or_given_twice_is_forged() {
    for gate in gates() {
        let signed = (gate.fields)();
        for place in 0..signed.len() {
            let (name, value) = signed[place].clone();
            let mut without = signed.clone();
            without.remove(place);
            if !bare(&value).is_empty() {
                gate.forged(&gate.sent(&without, &signed), &format!("without {name}"));
            }
            let mut twice = signed.clone();
            twice.insert(place, (name, json!("1")));
            gate.forged(&gate.sent(&twice, &signed), &format!("{name} twice"));
        }
    }
}

#[test]
fn an_odd_field_that_was_signed_so_is_authentic_and_never_panics() {
    let odd = [json!(""), json!("x".repeat(3_000)), json!(" "), json!("\u{0}"), json!(-1), json!(1.5), json!(null)];
    for gate in gates() {
        for odd in &odd {
            for (name, fields) in gate.each(|_| odd.clone()) {
                gate.authentic(&fields, name);
            }
        }
    }
}

#[test]
fn an_odd_amount_pays_nothing() {
    let odd = ["0", "-125000", "125000.5", "1.25e5", "9223372036854775808", "18446744073709551616", "", "+125000"];
    for gate in gates() {
        for odd in odd {
            for value in [json!(odd), serde_json::from_str(odd).unwrap_or(Value::Null)] {
                let fields = gate.with(gate.amount, value);
                let read = gate.authentic(&fields, odd);
                let found = read.and_then(|read| read.found);
                let paid = found.filter(|found| found.outcome == PaymentOutcome::Paid);
                assert_ne!(paid.and_then(|found| found.amount_vnd), dong(DONG), "{} {odd}", gate.gateway.name());
            }
        }
        let units = json!((DONG * gate.units_per_dong).to_string());
        let exact = gate.authentic(&gate.with(gate.amount, units), "the amount as a text");
        let paid = |read: Callback| read.found.and_then(|found| found.amount_vnd) == dong(DONG);
        assert!(exact.is_none_or(paid), "{}", gate.gateway.name());
    }
}

#[test]
fn another_unicode_form_is_another_text_and_believed_where_it_was_signed() {
    for gate in gates() {
        let signed = gate.with(gate.text, json!("Lệ phí"));
        let decomposed = gate.with(gate.text, json!("Lệ phí".nfd().collect::<String>()));
        assert_ne!(signed, decomposed);
        gate.forged(&gate.sent(&decomposed, &signed), "NFD");
        gate.authentic(&decomposed, "NFD");
    }
}

#[test]
fn a_signature_missing_cut_short_or_of_another_key_is_forged() {
    for gate in gates() {
        let fields = (gate.fields)();
        gate.forged(&(gate.write)(&fields, &fields, OTHER_KEY), "another key");
        gate.forged(&(gate.write)(&fields, &fields, b"key1-of-16-bytes"), "the key of our own requests");
        for keep in [0, 1, 16] {
            gate.forged(&resigned(gate.sent(&fields, &fields), |tag| tag[..keep].to_owned()), "cut short");
        }
        gate.forged(&resigned(gate.sent(&fields, &fields), |tag| format!("{tag}00")), "lengthened");
        for recased in [str::to_uppercase, str::to_lowercase] {
            let recased = resigned(gate.sent(&fields, &fields), recased);
            assert_eq!(gate.read(&recased).is_ok(), gate.hex, "{}", gate.gateway.name());
        }
    }
}

/// Returns the same message with its signature changed, wherever it is.
fn resigned(mut request: Request, change: impl Fn(&str) -> String) -> Request {
    for name in [standard_webhooks::SIGNATURE, "x-hub-signature-256", "stripe-signature"] {
        if let Some(header) = request.headers().get(name).map(|header| header.to_str().unwrap().to_owned()) {
            let (before, tag) = header.split_at(header.rfind("sha256=").map_or_else(
                || header.rfind(",").map_or(0, |comma| comma + if header.starts_with("t=") { 4 } else { 1 }),
                |place| place + 7,
            ));
            let changed = format!("{before}{}", change(tag));
            request.headers_mut().insert(name, HeaderValue::from_str(&changed).unwrap());
            return request;
        }
    }
    if let Some(place) = request.raw_query().find("SecureHash=") {
        let (before, tag) = request.raw_query().split_at(place + "SecureHash=".len());
        request = get(&format!("{before}{}", change(tag)));
        return request;
    }
    let mut body: Value = serde_json::from_slice(request.body()).unwrap();
    let name = ["signature", "mac", "MaXacThuc"].into_iter().find(|name| body[name].is_string()).unwrap();
    body[name] = json!(change(body[name].as_str().unwrap()));
    *request.body_mut() = body.to_string().into();
    request
}

#[test]
fn a_space_spelled_the_other_way_is_the_same_message_in_a_query() {
    for gate in gates().into_iter().filter(|gate| adapter(gate.gateway).methods.contains(&Method::GET)) {
        let fields = gate.with(gate.text, json!("Le phi ho so"));
        let request = gate.sent(&fields, &fields);
        let spelled = get(&request.raw_query().replace('+', "%20"));
        assert_ne!(spelled.raw_query(), request.raw_query());
        assert!(gate.read(&request).is_ok() && gate.read(&spelled).is_ok(), "{}", gate.gateway.name());
    }
}
