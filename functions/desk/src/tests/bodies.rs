//! Every command's body, right and wrong.

use motcua::dossier::{Action, Filing, ResultKind};
use motcua::id::AgencyCode;
use motcua::json::Fields;
use motcua::vnd::Vnd;
use proptest::prelude::*;

use super::*;

fn read(command: &str, body: &str) -> Result<(Action, Timestamp), String> {
    let config = Config::demo();
    let agency = AgencyCode::parse("000.00.01.H32").unwrap();
    let spec = commands::find(command).unwrap();
    let fields = Fields::of_body(body.as_bytes()).map_err(|error| error.to_string())?;
    commands::parse(spec, fields, &config, &agency, now()).map_err(|error| error.to_string())
}

/// A body that each command takes, and what it becomes.
fn right() -> Vec<(&'static str, &'static str, Action)> {
    let (s, papers) = (str::to_owned, vec!["GT1".to_owned(), "GT2".to_owned()]);
    let amount_vnd = Vnd::new(12_500_000).unwrap();
    vec![
        ("accept", "{}", Action::Accept { code: None }),
        ("refuse-intake", r#"{"reason":"sai"}"#, Action::RefuseIntake { reason: s("sai") }),
        (
            "request-supplement",
            r#"{"reason":"thiếu","papers":["GT1","GT2","GT1"]}"#,
            Action::RequestSupplement { papers: papers.clone(), reason: s("thiếu") },
        ),
        (
            "request-supplement",
            r#"{"reason":"thiếu"}"#,
            Action::RequestSupplement { papers: vec![], reason: s("thiếu") },
        ),
        (
            "pause-clock",
            r#"{"reason":"originals","papers":["GT1","GT2"]}"#,
            Action::PauseClock { reason: s("originals"), papers: papers.clone() },
        ),
        (
            "ask-fee",
            r#"{"channel":"vnpay-demo","amount_vnd":12500000}"#,
            Action::AskFee { channel: s("vnpay-demo"), amount_vnd },
        ),
        (
            "ask-again",
            r#"{"attempt":1,"channel":"momo-demo"}"#,
            Action::AskAgain { attempt: 1, channel: s("momo-demo") },
        ),
        (
            "record-cash-payment",
            r#"{"attempt":2,"amount_vnd":12500000,"receipt_no":"0001234"}"#,
            Action::RecordCash { attempt: 2, amount_vnd, receipt_no: s("0001234") },
        ),
        (
            "record-receipt",
            r#"{"papers":["GT1","GT2"],"minutes_no":"BB-1","by":"post"}"#,
            Action::RecordReceipt { papers, minutes_no: s("BB-1"), by_post: true },
        ),
        (
            "waive",
            r#"{"reason":"fee","because":"hộ nghèo"}"#,
            Action::Waive { reason: s("fee"), papers: vec![], because: s("hộ nghèo") },
        ),
        ("void-pause", r#"{"because":"nhầm"}"#, Action::VoidPause { because: s("nhầm") }),
        ("enter-step", r#"{"step":"signing"}"#, Action::EnterStep { step: s("signing") }),
        ("forward", r#"{"to":"u-2"}"#, Action::Forward { to: s("u-2") }),
        (
            "record-result",
            r#"{"kind":"negative","reason":"không đủ"}"#,
            Action::RecordResult { kind: ResultKind::Negative, reason: Some(s("không đủ")) },
        ),
        ("record-result", r#"{"kind":"positive"}"#, Action::RecordResult { kind: ResultKind::Positive, reason: None }),
        ("hand-out", "{}", Action::HandOut { part: false }),
        ("hand-out", r#"{"part":true}"#, Action::HandOut { part: true }),
        ("post-result", r#"{"item_code":"CE123456789VN"}"#, Action::PostResult { item_code: s("CE123456789VN") }),
        ("record-delivery", "{}", Action::RecordDelivery),
        ("record-undelivered", "{}", Action::RecordUndelivered),
        ("withdraw", r#"{"reason":"đổi ý"}"#, Action::Withdraw { reason: s("đổi ý") }),
        ("reissue-result", r#"{"reason":"sai tên"}"#, Action::ReissueResult { reason: s("sai tên") }),
        (
            "close",
            r#"{"reason":"quá hạn","article":"Điều 19"}"#,
            Action::Close { reason: s("quá hạn"), article: s("Điều 19") },
        ),
        ("reopen", r#"{"reason":"đóng nhầm"}"#, Action::Reopen { reason: s("đóng nhầm") }),
        (
            "apologise",
            r#"{"reason":"dịch bệnh","new_due_on":"2020-04-24"}"#,
            Action::Apologise { reason: s("dịch bệnh"), new_due_on: "2020-04-24".parse().unwrap() },
        ),
    ]
}

#[test]
fn every_command_is_read_for_what_it_says() {
    for (command, body, expected) in right() {
        assert_eq!(expected.kind(), commands::find(command).unwrap().kind, "{command}");
        assert_eq!(read(command, body), Ok((expected, now())), "{command} {body}");
    }
    let tried: Vec<_> = right().iter().map(|(command, ..)| *command).collect();
    assert!(commands::COMMANDS.iter().all(|spec| tried.contains(&spec.name)));
}

#[test]
fn every_command_takes_the_instant_at_which_it_happened_and_no_later_one() {
    for (command, body, action) in right() {
        let with = |field: &str| {
            let inside = body.trim_start_matches('{').trim_end_matches('}');
            let comma = if inside.is_empty() { "" } else { "," };
            read(command, &format!("{{{inside}{comma}{field}}}"))
        };
        let earlier = "2020-04-15T01:00:00Z".parse().unwrap();
        assert_eq!(with(r#""at":"2020-04-15T08:00:00+07:00""#), Ok((action, earlier)), "{command}");
        assert_eq!(with(r#""at":"2020-04-15T02:00:01Z""#), Err("at lies in the future".into()), "{command}");
        for odd in ["\"20200415080000\"", "\"2020-04-15 08:00:00\"", "\"2020-04-15T08:00:00\"", "\"hôm qua\""] {
            let expected = Err("at is not an instant as RFC 3339 writes it".into());
            assert_eq!(with(&format!("\"at\":{odd}")), expected, "{command} {odd}");
        }
        assert_eq!(with(r#""at":1586926800"#), Err("at is not a text".into()), "{command}");
        assert_eq!(with(r#""ngay":"x""#), Err("ngay is not a field of this command".into()), "{command}");
        assert_eq!(read(command, "[]"), Err("body is not an object".into()), "{command}");
    }
}

#[test]
fn every_field_that_a_command_needs_is_named_where_it_is_missing_empty_or_of_another_kind() {
    for (command, body, _) in right() {
        let value: serde_json::Value = serde_json::from_str(body).unwrap();
        for name in value.as_object().unwrap().keys() {
            let with = |given: serde_json::Value| {
                let mut changed = value.clone();
                changed[name] = given;
                read(command, &changed.to_string())
            };
            let optional =
                matches!((command, name.as_str()), ("request-supplement" | "pause-clock" | "waive", "papers"))
                    || matches!((command, name.as_str()), ("record-result", "reason") | ("hand-out", "part"));
            let missing = with(serde_json::Value::Null);
            if optional {
                assert!(missing.is_ok(), "{command} without {name}");
            } else {
                assert_eq!(missing, Err(format!("{name} is missing")), "{command}");
            }
            let odd = with(serde_json::json!({ "odd": 1 })).unwrap_err();
            assert!(odd.starts_with(&format!("{name} is n")), "{command}: {odd}");
        }
    }
}

#[test]
fn a_value_that_is_none_of_those_there_are_is_named() {
    let long = "x".repeat(501);
    for (command, body, expected) in [
        ("refuse-intake", format!(r#"{{"reason":"{long}"}}"#), "reason has more than 500 characters"),
        ("refuse-intake", r#"{"reason":"\u0000"}"#.into(), "reason holds a control character"),
        ("request-supplement", r#"{"reason":"x","papers":[""]}"#.into(), "papers[0] is empty"),
        ("request-supplement", r#"{"reason":"x","papers":["a",1]}"#.into(), "papers[1] is not a text"),
        ("request-supplement", r#"{"reason":"x","reason":"y"}"#.into(), "reason is given twice"),
        ("ask-fee", r#"{"channel":"vnpay-khac","amount_vnd":1}"#.into(), "channel is no open channel of this agency"),
        ("ask-fee", r#"{"channel":"vnpay-demo","amount_vnd":1.5}"#.into(), "amount_vnd is not a whole number"),
        ("ask-fee", r#"{"channel":"vnpay-demo","amount_vnd":1e6}"#.into(), "amount_vnd is not a whole number"),
        ("ask-fee", r#"{"channel":"vnpay-demo","amount_vnd":"1"}"#.into(), "amount_vnd is not a whole number"),
        ("ask-fee", r#"{"channel":"vnpay-demo","amount_vnd":-1}"#.into(), "amount_vnd is not a whole number"),
        ("record-receipt", r#"{"papers":[],"minutes_no":"1","by":"bus"}"#.into(), "by is neither hand nor post"),
        ("record-result", r#"{"kind":"good"}"#.into(), "kind is neither positive nor negative"),
        ("hand-out", r#"{"part":"some"}"#.into(), "part is neither true nor false"),
        ("apologise", r#"{"reason":"x","new_due_on":"24/04/2020"}"#.into(), "new_due_on is not a date as yyyy-MM-dd"),
        ("apologise", r#"{"reason":"x","new_due_on":"2020-04-31"}"#.into(), "new_due_on is not a date as yyyy-MM-dd"),
        (
            "apologise",
            r#"{"reason":"x","new_due_on":"2020-04-24T10:00"}"#.into(),
            "new_due_on is not a date as yyyy-MM-dd",
        ),
    ] {
        assert_eq!(read(command, &body), Err(expected.into()), "{body}");
    }
    let huge = read("ask-fee", r#"{"channel":"vnpay-demo","amount_vnd":18446744073709551615}"#).unwrap_err();
    assert!(huge.starts_with("amount_vnd "), "{huge}");
}

fn file(body: &str) -> Result<intake::Filed, String> {
    let fields = Fields::of_body(body.as_bytes()).map_err(|error| error.to_string())?;
    intake::parse(fields, now()).map_err(|error| error.to_string())
}

#[test]
fn a_dossier_filed_at_the_desk_is_read_whole() {
    let body = r#"{"procedure":"1.005129","filing":"post","at":"2020-04-15T08:00:00+07:00",
        "applicant":{"name":"Hợp tác xã Ánh Dương","phone":"0168 812 3456","address":"Nha Trang","identity_no":"225","email":"a@b.vn"},
        "filer":{"name":"Hộ kinh doanh B","phone":"không có"},"form":{"TrichYeuHoSo":"x"}}"#;
    let filed = file(body).ok().unwrap();
    assert_eq!((filed.procedure.as_str(), filed.filing), ("1.005129", Filing::Post));
    assert_eq!(filed.at, "2020-04-15T01:00:00Z".parse().unwrap());
    assert_eq!(filed.form.as_deref(), Some(r#"{"TrichYeuHoSo":"x"}"#));
    assert_eq!(filed.person.applicant.phone.as_deref(), Some("+84388123456"));
    assert_eq!(filed.person.filer.unwrap().phone.as_deref(), Some("không có"));
}

#[test]
fn what_is_wrong_with_a_filing_is_named() {
    let right = r#"{"procedure":"1.1","filing":"desk","applicant":{"name":"A"}}"#;
    assert!(file(right).is_ok());
    for (from, to, expected) in [
        (r#""procedure":"1.1","#, "", "procedure is missing"),
        (r#""1.1""#, "1.1", "procedure is not a text"),
        (r#""filing":"desk","#, "", "filing is missing"),
        (r#""desk""#, r#""online""#, "filing is neither desk nor post"),
        (r#","applicant":{"name":"A"}"#, "", "applicant is missing"),
        (r#"{"name":"A"}"#, r#""A""#, "applicant is not an object"),
        (r#""name":"A""#, "", "applicant.name is missing"),
        (r#""name":"A""#, r#""name":" ""#, "applicant.name is missing"),
        (r#""name":"A""#, r#""name":"A","age":7"#, "applicant.age is not a field of this command"),
        (r#""name":"A""#, r#""name":"A","email":["x"]"#, "applicant.email is not a text"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"filer":{}}"#, "filer.name is missing"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"form":"x"}"#, "form is not an object"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"at":"2099-01-01T00:00:00Z"}"#, "at lies in the future"),
        (r#"{"name":"A"}}"#, r#"{"name":"A"},"code":"X"}"#, "code is not a field of this command"),
    ] {
        assert!(right.contains(from), "{from}");
        assert_eq!(file(&right.replace(from, to)).err().as_deref(), Some(expected), "{to}");
    }
}

proptest! {
    #[test]
    fn no_body_makes_a_command_panic(index in 0..20_usize, body in r#"\{("(at|reason|papers|by|part|step)":("\\PC{0,9}"|[0-9eE.-]{1,5}|\[\]|null),?){0,4}\}"#) {
        let _ = read(commands::COMMANDS[index].name, &body);
        let _ = file(&body);
    }
}
