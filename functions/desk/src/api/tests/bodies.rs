//! Every command's body, right and wrong.

use proptest::prelude::*;
use rules::catalogue::Reason;
use rules::dossier::{Action, Consent, Identity, Kind, Recipient, ResultKind, Whose};
use rules::id::AgencyCode;
use rules::json::Fields;
use rules::person::{Contact, Personal};
use rules::vnd::Vnd;

use super::*;

pub(super) fn read(command: &str, body: &str) -> Result<(Action, Timestamp), String> {
    whole(command, body).map(|read| (read.action, read.at))
}

fn whole(command: &str, body: &str) -> Result<commands::Read, String> {
    let config = Config::demo();
    let agency = AgencyCode::parse("000.00.01.H32").unwrap();
    let spec = commands::find(command).unwrap();
    let fields = Fields::of_body(body.as_bytes()).map_err(|error| error.to_string())?;
    commands::parse(spec, fields, &config, &agency, now()).map_err(|error| error.to_string())
}

/// A body that each command takes, and what it becomes.
pub(super) fn right() -> Vec<(&'static str, &'static str, Action)> {
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
            Action::PauseClock { reason: Reason::Originals, papers: papers.clone() },
        ),
        (
            "ask-fee",
            r#"{"channel":"vnpay-demo","amount_vnd":12500000}"#,
            Action::AskFee { channel: s("vnpay-demo"), amount_vnd },
        ),
        ("ask-postage", r#"{"amount_vnd":12500000}"#, Action::AskPostage { amount_vnd }),
        (
            "ask-again",
            r#"{"attempt":1,"channel":"momo-demo"}"#,
            Action::AskAgain { attempt: 1, channel: s("momo-demo") },
        ),
        (
            "record-cash-payment",
            r#"{"attempt":2,"amount_vnd":12500000,"receipt_no":"0001234"}"#,
            Action::RecordCash { attempt: 2, amount_vnd, receipt_no: Some(s("0001234")) },
        ),
        (
            "record-receipt",
            r#"{"papers":["GT1","GT2"],"minutes_no":"BB-1","by":"post"}"#,
            Action::RecordReceipt { papers, minutes_no: s("BB-1"), by_post: true },
        ),
        (
            "waive",
            r#"{"reason":"fee","because":"hộ nghèo"}"#,
            Action::Waive { reason: Reason::Fee, papers: vec![], because: s("hộ nghèo") },
        ),
        ("void-pause", r#"{"because":"nhầm"}"#, Action::VoidPause { because: s("nhầm") }),
        ("enter-step", r#"{"step":"signing"}"#, Action::EnterStep { step: s("signing") }),
        ("forward", r#"{"to":"u-2"}"#, Action::Forward { to: s("u-2") }),
        ("put-to-leader", r#"{"to":"u-1"}"#, Action::PutToLeader { to: s("u-1") }),
        ("return-to-desk", "{}", Action::ReturnToDesk),
        ("replace-slip", "{}", Action::ReplaceSlip),
        (
            "record-result",
            r#"{"kind":"negative","reason":"không đủ"}"#,
            Action::RecordResult { kind: ResultKind::Negative, reason: Some(s("không đủ")) },
        ),
        ("record-result", r#"{"kind":"positive"}"#, Action::RecordResult { kind: ResultKind::Positive, reason: None }),
        (
            "correct-receipt",
            r#"{"papers":["GT1","GT2"],"awaited_as":"originals","because":"nhầm"}"#,
            Action::CorrectReceipt {
                papers: vec![s("GT1"), s("GT2")],
                awaited_as: Some(Reason::Originals),
                because: s("nhầm"),
            },
        ),
        (
            "record-document",
            r#"{"reason":"opinion","papers":["SXD"],"document_no":"12/SXD","issued_on":"2020-04-14"}"#,
            Action::RecordDocument {
                reason: Reason::Further("opinion".into()),
                papers: vec![s("SXD")],
                document_no: s("12/SXD"),
                issued_on: "2020-04-14".parse().unwrap(),
            },
        ),
        (
            "correct-contact",
            r#"{"whose":"filer","address":"Nha Trang","phone":"0905000001","consent":"writing","given_by":"A","because":"nhầm"}"#,
            Action::CorrectContact {
                whose: Whose::Filer,
                address: true,
                phone: true,
                consent: Consent::Writing,
                because: s("nhầm"),
            },
        ),
        (
            "choose-return",
            r#"{"by":"post","consent":"phone","given_by":"A"}"#,
            Action::ChooseReturn { by_post: true, consent: Some(Consent::Phone) },
        ),
        ("ask-address", "{}", Action::AskAddress),
        (
            "confirm-address",
            r#"{"street":"12 Lê Lợi","commune":"26740@2025-06-30","receiver":"B","phone":"0905000001","consent":"phone"}"#,
            Action::ConfirmAddress { differs: false, consent: Some(Consent::Phone) },
        ),
        (
            "hand-out",
            r#"{"to":"filer","name":"A","shown":"citizen_card","paper_no":"056","part":true}"#,
            Action::HandOut { part: true, to: Recipient::Filer, shown: Identity::CitizenCard },
        ),
        (
            "hand-out",
            r#"{"to":"applicant","shown":"electronic","paper_no":"056"}"#,
            Action::HandOut { part: false, to: Recipient::Applicant, shown: Identity::Electronic },
        ),
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
        (
            "settle-dates",
            r#"{"dates":"keep","because":"đã báo dân"}"#,
            Action::SettleDates { anew: false, because: s("đã báo dân") },
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
            let field = commands::find(command).unwrap().fields.iter().find(|field| field.name == name);
            let optional = !field.unwrap().needed;
            let missing = with(serde_json::Value::Null);
            // An office without a provider of electronic receipts writes one on paper, as long as there is paper.
            if name == "receipt_no" {
                assert_eq!(missing, Err("receipt_no is missing".into()), "{command}");
            } else if optional {
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
        (
            "hand-out",
            r#"{"to":"filer","shown":"other","paper_no":"1","part":"some"}"#.into(),
            "part is neither true nor false",
        ),
        ("hand-out", r#"{"to":"bank","shown":"other","paper_no":"1"}"#.into(), "to is none of applicant, filer, proxy"),
        ("hand-out", r#"{"to":"filer","shown":"badge","paper_no":"1"}"#.into(), "shown is no kind of identity paper"),
        ("hand-out", r#"{"to":"proxy","shown":"other","paper_no":"1"}"#.into(), "name is missing"),
        ("choose-return", r#"{"by":"bus","consent":"desk"}"#.into(), "by is neither desk nor post"),
        ("choose-return", r#"{"by":"post","consent":"dream"}"#.into(), "consent is none of phone, desk, writing"),
        (
            "correct-receipt",
            r#"{"papers":["GT1"],"awaited_as":"fee","because":"x"}"#.into(),
            "awaited_as is neither originals nor supplement",
        ),
        (
            "correct-contact",
            r#"{"whose":"bank","consent":"desk","because":"x"}"#.into(),
            "whose is neither applicant nor filer",
        ),
        (
            "record-document",
            r#"{"reason":"opinion","document_no":"1","issued_on":"14/04/2020"}"#.into(),
            "issued_on is not a date as yyyy-MM-dd",
        ),
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

#[test]
fn what_is_personal_in_a_command_is_no_part_of_its_action() {
    let personal = |command: &str, body: &str| whole(command, body).ok().unwrap().personal;
    let body = r#"{"whose":"filer","address":"Nha Trang","phone":"0168 812 3456","consent":"desk","because":"x"}"#;
    let is = Contact { address: Some("Nha Trang".into()), phone: Some("+84388123456".into()), shared: false };
    assert_eq!(personal("correct-contact", body), Some(Personal::Contact { is, given_by: None }));
    let body = r#"{"by":"desk","consent":"phone","given_by":"Kế toán"}"#;
    assert_eq!(personal("choose-return", body), Some(Personal::Return { given_by: Some("Kế toán".into()) }));
    let body = r#"{"to":"proxy","name":"Công ty B","shown":"passport","paper_no":"B123"}"#;
    let name = Some("Công ty B".to_owned());
    assert_eq!(personal("hand-out", body), Some(Personal::HandOut { name, paper_no: "B123".into() }));
    for (command, body, _) in right() {
        let has = commands::find(command).unwrap().kind;
        let brings = [Kind::CorrectContact, Kind::ChooseReturn, Kind::ConfirmAddress, Kind::HandOut].contains(&has);
        assert_eq!(personal(command, body).is_some(), brings, "{command}");
    }
}

proptest! {
    #[test]
    fn no_body_makes_a_command_panic(index in 0..commands::COMMANDS.len(), body in r#"\{("(at|reason|papers|by|part|step)":("\\PC{0,9}"|[0-9eE.-]{1,5}|\[\]|null),?){0,4}\}"#) {
        let _ = read(commands::COMMANDS[index].name, &body);
        let _ = super::filing::file(&body);
    }
}
