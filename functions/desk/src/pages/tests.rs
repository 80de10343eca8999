//! From a browser's form to the body that the API reads, and the words of the desk.

use bytes::Bytes;
use http::HeaderValue;
use proptest::prelude::*;
use rules::config::Config;
use rules::dossier::Action;
use rules::http::Request;
use rules::json::{Fields, Malformed};
use rules::language::Language;
use serde_json::json;

use super::dossier::command::json_of;
use crate::api::commands::{self, COMMANDS};
use crate::words;
use ::pages::form::Form;

fn sent(fields: &[(&str, &str)]) -> Form {
    fields.iter().fold(Form::default(), |form, (name, value)| form.with(name, value))
}

fn body(command: &str, fields: &[(&str, &str)]) -> serde_json::Value {
    json_of(commands::find(command).unwrap(), &sent(fields))
}

fn posted(body: &[u8]) -> Request {
    let request = http::Request::post("/desk/new");
    let request = request.header(http::header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Bytes::copy_from_slice(body)).unwrap()
}

#[test]
fn an_amount_is_read_as_people_write_it_and_an_odd_one_is_left_to_the_reader() {
    let amount =
        |typed: &str| body("ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", typed)])["amount_vnd"].clone();
    for written in ["125000", "125.000", "125.000 ₫", " 125 000 ", "125,000"] {
        assert_eq!(amount(written), json!(125_000), "{written}");
    }
    for odd in ["-1", "12e3", "một trăm", "99999999999999999999"] {
        assert_eq!(amount(odd), json!(odd));
    }
}

#[test]
fn papers_are_those_ticked_and_those_typed_one_a_line() {
    let fields = [
        ("papers", "KQ.1"),
        ("papers", "KQ.2"),
        ("papers_more", " Bản vẽ \n\nẢnh"),
        ("minutes_no", "BB-1"),
        ("by", "hand"),
    ];
    assert_eq!(
        body("record-receipt", &fields),
        json!({ "papers": ["KQ.1", "KQ.2", "Bản vẽ", "Ảnh"], "minutes_no": "BB-1", "by": "hand" })
    );
    assert_eq!(body("pause-clock", &[("reason", "originals")]), json!({ "reason": "originals" }));
}

#[test]
fn an_instant_typed_into_a_browser_is_one_of_vietnam() {
    let now = "2020-04-15T02:00:00Z".parse().unwrap();
    let read = |typed: &str| {
        let body = body("accept", &[("at", typed)]).to_string().into_bytes();
        let config = Config::demo();
        let agency = config.agencies()[0].code.clone();
        let fields = Fields::of_body(&body)?;
        let read = commands::parse(commands::find("accept").unwrap(), fields, &config, &agency, now)?;
        Ok::<_, Malformed>((read.action, read.at))
    };
    assert_eq!(
        read("2020-04-15T08:30").unwrap(),
        (Action::Accept { code: None }, "2020-04-15T01:30:00Z".parse().unwrap())
    );
    assert_eq!(read("2020-04-15T09:01").unwrap_err().why, "lies in the future");
    assert_eq!(read("hôm qua").unwrap_err().field, "at");
}

#[test]
fn every_command_and_each_of_its_fields_has_a_name_in_both_languages() {
    for spec in &COMMANDS {
        let [vi, en] = words::of_command(spec.kind);
        assert!(!vi.is_empty() && !en.is_empty());
        for field in spec.fields {
            assert_ne!(words::field(spec.kind, field.name), ["Giá trị", "Value"], "{} {}", spec.name, field.name);
        }
    }
}

#[test]
fn a_complaint_is_a_sentence_in_either_language() {
    assert_eq!(words::complaint("is missing", Language::Vi), "Cần điền mục này.");
    assert_eq!(words::complaint("is missing", Language::En), "This is missing.");
    assert_eq!(words::complaint("has more than 500 characters", Language::Vi), "Dài quá 500 ký tự.");
    assert_eq!(words::complaint("has more than 100 elements", Language::Vi), "Nhiều quá 100 mục.");
}

#[test]
fn what_is_no_form_is_refused_and_an_empty_one_is_empty() {
    assert!(Form::of(&posted(b"a=%ff")).is_err());
    assert!(Form::of(&posted(&vec![b'a'; 70_000])).is_err());
    assert!(Form::of(&posted("a&".repeat(3_000).as_bytes())).is_err());
    assert_eq!(Form::of(&posted(b"")).unwrap(), Form::default());
    let mut json = posted(b"{}");
    json.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    assert!(Form::of(&json).is_err());
}

proptest! {
    #[test]
    fn whatever_is_typed_becomes_a_body_that_the_reader_takes_or_complains_of(
        typed in proptest::collection::vec(("[a-z_]{1,12}", any::<String>()), 0..12),
        place in 0..COMMANDS.len(),
    ) {
        let spec = &COMMANDS[place];
        let named = typed.iter().zip(spec.fields.iter().cycle()).map(|((_, value), field)| (field.name, value.as_str()));
        let form = sent(&named.chain([("at", "2020")]).collect::<Vec<_>>());
        let body = json_of(spec, &form).to_string().into_bytes();
        let config = Config::demo();
        let agency = config.agencies()[0].code.clone();
        let now = "2020-04-15T02:00:00Z".parse().unwrap();
        if let Ok(fields) = Fields::of_body(&body) {
            let wrong = commands::parse(spec, fields, &config, &agency, now);
            prop_assert!(wrong.is_err(), "a year is no instant");
        }
    }
}
