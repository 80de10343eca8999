//! One thing changed in a published message: a signed one is noticed, an unsigned one is not.

use super::vectors::{gateway, received, request, text, verify};
use super::*;
use rules::signature::SignatureError;

fn of(wanted: Gateway) -> Vec<Value> {
    let mut vectors = received();
    vectors.retain(|it| gateway(it) == wanted && it["expect"] == "accept");
    assert!(!vectors.is_empty());
    vectors
}

fn query_of(vector: &Value) -> Vec<String> {
    let query = text(vector, "raw_body_or_query");
    query.split('&').map(str::to_owned).collect()
}

fn refused_query(vector: &Value, segments: &[String]) {
    let query = segments.join("&");
    let found = verify(vector, &get(&query));
    assert_eq!(found, Err(SignatureError::Mismatch), "{query}");
}

fn is_signed(segment: &str) -> bool {
    (segment.starts_with("vnp_") || segment.starts_with("vpc_")) && !segment.contains("SecureHash")
}

#[test]
fn every_changed_name_and_value_of_a_signed_query_is_refused() {
    for vector in [of(Gateway::Vnpay), of(Gateway::Onepay)].concat() {
        let segments = query_of(&vector);
        for place in (0..segments.len()).filter(|place| is_signed(&segments[*place])) {
            let (name, value) = segments[place].split_once('=').unwrap();
            for changed in [format!("{name}X={value}"), format!("{name}={value}0"), format!("{name}=")] {
                let mut segments = segments.clone();
                segments[place] = changed;
                refused_query(&vector, &segments);
            }
            let mut without = segments.clone();
            without.remove(place);
            refused_query(&vector, &without);
        }
        let mut with_more = segments.clone();
        with_more.push(format!("{}_More=1", &segments[0][..3]));
        refused_query(&vector, &with_more);
    }
}

#[test]
fn unsigned_parameters_and_another_order_leave_a_query_authentic() {
    for vector in [of(Gateway::Vnpay), of(Gateway::Onepay)].concat() {
        let mut segments = query_of(&vector);
        segments.push("utm_source=mail".to_owned());
        segments.insert(0, "x=%zz".to_owned());
        segments.reverse();
        assert_eq!(verify(&vector, &get(&segments.join("&"))), Ok(()));
    }
}

#[test]
fn the_case_of_a_hexadecimal_signature_is_not_a_change() {
    for vector in [of(Gateway::Vnpay), of(Gateway::Onepay)].concat() {
        for recase in [str::to_ascii_uppercase, str::to_ascii_lowercase] {
            let mut segments = query_of(&vector);
            for segment in segments.iter_mut().filter(|it| it.contains("SecureHash=")) {
                let (name, tag) = segment.split_once('=').unwrap();
                *segment = format!("{name}={}", recase(tag));
            }
            assert_eq!(verify(&vector, &get(&segments.join("&"))), Ok(()));
        }
    }
}

/// Returns the same value with one thing changed, of whatever type it is.
fn altered(value: &Value) -> Value {
    match value {
        Value::Null => json!("x"),
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_u64().unwrap() + 1),
        Value::String(text) => json!(format!("{text}x")),
        Value::Array(list) => json!([list, "x"]),
        Value::Object(_) => json!("x"),
    }
}

fn body_of(vector: &Value) -> Value {
    serde_json::from_slice(request(vector).body()).unwrap()
}

fn check(vector: &Value, body: &Value, expected: Result<(), SignatureError>) {
    assert_eq!(verify(vector, &post(body.to_string())), expected, "{body}");
}

#[test]
fn every_changed_field_of_momos_signed_ones_is_refused_and_the_others_are_not_looked_at() {
    for vector in of(Gateway::Momo) {
        let body = body_of(&vector);
        for (name, value) in body.as_object().unwrap() {
            if name == "signature" || name == "paymentOption" {
                continue;
            }
            let mut changed = body.clone();
            changed[name] = altered(value);
            check(&vector, &changed, Err(SignatureError::Mismatch));
            if value != "" {
                changed.as_object_mut().unwrap().remove(name);
                check(&vector, &changed, Err(SignatureError::Mismatch));
            }
        }
        let mut more = body.clone();
        more["paymentOption"] = json!({ "anything": [1, 2] });
        more["promotionInfo"] = Value::Null;
        check(&vector, &more, Ok(()));
    }
}

#[test]
fn every_changed_member_of_payos_data_is_refused_and_the_envelope_is_not_looked_at() {
    for vector in of(Gateway::Payos) {
        let body = body_of(&vector);
        for (name, value) in body["data"].as_object().unwrap() {
            let mut changed = body.clone();
            changed["data"][name] = altered(value);
            check(&vector, &changed, Err(SignatureError::Mismatch));
            changed["data"].as_object_mut().unwrap().remove(name);
            check(&vector, &changed, Err(SignatureError::Mismatch));
        }
        let mut more = body.clone();
        more["data"]["more"] = json!(1);
        check(&vector, &more, Err(SignatureError::Mismatch));
        let mut envelope = body.clone();
        envelope["code"] = json!("99");
        envelope["success"] = json!(false);
        envelope["desc"] = Value::Null;
        check(&vector, &envelope, Ok(()));
    }
}

#[test]
fn one_changed_character_of_zalopays_data_is_refused_and_the_type_is_not_looked_at() {
    for vector in of(Gateway::Zalopay) {
        let body = body_of(&vector);
        let data = body["data"].as_str().unwrap();
        for changed in [data.replace(':', ": "), data.replacen('1', "2", 1), format!("{data} ")] {
            let mut body = body.clone();
            body["data"] = json!(changed);
            check(&vector, &body, Err(SignatureError::Mismatch));
        }
        for kind in [json!(2), json!("1"), Value::Null] {
            let mut body = body.clone();
            body["type"] = kind;
            check(&vector, &body, Ok(()));
        }
    }
}

#[test]
fn one_changed_byte_of_a_signed_body_is_refused() {
    for vector in [of(Gateway::StandardWebhooks), of(Gateway::Stripe), of(Gateway::Github)].concat() {
        let original = request(&vector);
        let spaced = [&original.body()[..], b" "].concat();
        let shortened = original.body()[1..].to_vec();
        for body in [spaced, shortened, Vec::new()] {
            let mut changed = original.clone();
            *changed.body_mut() = body.into();
            assert_eq!(verify(&vector, &changed), Err(SignatureError::Mismatch));
        }
    }
}
