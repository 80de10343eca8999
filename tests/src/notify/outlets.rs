//! Several outlets: the first that leads to somebody, and the next where it did not.

use jiff::SignedDuration;
use mail_parser::{Message, MessageParser};
use motcua::site::Site;
use motcua::store::{Item, TaskKind, text};
use motcua_local::neighbours::ses::{self, CapturedMail, Failure, SIMULATOR};
use motcua_local::neighbours::sns;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::config::{Config, DEMO, Host};
use rules::dossier::{Action, Consent, Whose};
use rules::id::DossierId;
use rules::person::{Contact, Person, Personal};
use serde_json::{Value, json};

use super::DONE;
use crate::fixture::{APPLICANT, FILER, Office, people};
use crate::prompt::{AT_ONCE, LINKLESS};

const ADDRESS: &str = "nguoi.nop@example.vn";

/// Opens an office whose agency uses these outlets, in this order, and is told what became of its letters.
pub(super) async fn office(outlets: &[&str]) -> Office {
    let mut office = Office::open().await;
    let agency = format!(
        "{DEMO}\n[[agencies]]\ncode = \"{}\"\nname = \"Ban Quản lý Khu kinh tế\"\nsms_prefix = \"KKT Van Phong\"\n\
         outlets = {outlets:?}\nemail_from = \"mot-cua@example.vn\"\nemail_events = \"letters\"\n{AT_ONCE}{LINKLESS}",
        office.agency
    );
    let config = Config::strict(&agency, Host::Loopback).unwrap();
    office.site = Site::new(config, office.store().clone());
    office
}

fn with_address(mut person: Person, address: &str) -> Person {
    person.applicant.email = Some(address.to_owned());
    person
}

fn at_simulator(name: &str) -> String {
    format!("{name}@{SIMULATOR}")
}

/// Returns the outlets of a dossier's messages, each with its attributes.
async fn kept(office: &Office, id: DossierId) -> Vec<(String, Item)> {
    let items = office.messages(id).await;
    let outlet = |item: &Item| text(item, "sk").unwrap().rsplit('#').next().unwrap().to_owned();
    items.into_iter().map(|item| (outlet(&item), item)).collect()
}

fn read(mail: &CapturedMail) -> Message<'_> {
    MessageParser::default().parse(mail.raw.as_bytes()).unwrap()
}

#[tokio::test]
async fn the_first_outlet_that_leads_to_somebody_is_used_and_no_other() {
    for (outlets, phone, address, sms, mails) in [
        (["sms", "email"], Some(APPLICANT.0), Some(ADDRESS), 1, 0),
        (["email", "sms"], Some(APPLICANT.0), Some(ADDRESS), 0, 1),
        (["sms", "email"], None, Some(ADDRESS), 0, 1),
        (["sms", "email"], Some("0258 3822 222"), Some(ADDRESS), 0, 1),
        (["email", "sms"], Some(APPLICANT.0), None, 1, 0),
        (["email", "sms"], Some(APPLICANT.0), Some("khong phai dia chi"), 1, 0),
    ] {
        let mut office = office(&outlets).await;
        let mut person = people(phone, None);
        person.applicant.email = address.map(str::to_owned);
        let id = office.submit(1, person).await;
        office.tell().await;
        assert_eq!((office.sent().len(), office.ses.mails().len()), (sms, mails), "{outlets:?} {phone:?} {address:?}");
        assert_eq!(kept(&office, id).await.len(), 1);
        assert_eq!(office.before_a_person(TaskKind::Message).await, []);
        // The stream may repeat itself.
        assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
        assert_eq!((office.sent().len(), office.ses.mails().len()), (sms, mails));
    }
}

#[tokio::test]
async fn a_letter_has_text_and_html_and_says_what_an_sms_has_no_room_for() {
    let mut office = office(&["email"]).await;
    office.accepted(1, with_address(people(None, None), ADDRESS)).await;
    office.tell().await;
    let mails = office.ses.mails();
    assert_eq!(mails.len(), 2);
    let accepted = read(&mails[1]);
    assert_eq!(accepted.subject(), Some("Đã tiếp nhận hồ sơ 000.00.01.H32-200415-0001"));
    let from = accepted.from().and_then(|from| from.first()).unwrap();
    assert_eq!((from.name(), from.address()), (Some("Ban Quản lý Khu kinh tế"), Some("mot-cua@example.vn")));
    let (plain, html) = (accepted.body_text(0).unwrap(), accepted.body_html(0).unwrap());
    for told in ["22/04/2020", "Cấp giấy phép lao động", "Nộp lúc: 15/04/2020 08:00", "Ban Quản lý Khu kinh tế"]
    {
        assert!(plain.contains(told), "{plain}");
    }
    assert!(html.contains("lang=\"vi\"") && html.contains("22/04/2020") && !html.contains("<script"), "{html}");
    // The names of the people are on their papers, and in no message.
    assert!(!mails[1].raw.contains("Thử Nghiệm") && !plain.contains("Thử Nghiệm"));
    assert!(accepted.header("Auto-Submitted").is_some());
}

#[tokio::test]
async fn papers_that_are_missing_stand_in_the_letter_by_their_names() {
    let mut office = office(&["email"]).await;
    office.accepted(1, with_address(people(None, None), ADDRESS)).await;
    office.wait_until("2020-04-17T17:05:00+07:00");
    office.sweep().await;
    office.tell().await;
    let mails = office.ses.mails();
    let paused = read(mails.last().unwrap());
    assert_eq!(paused.subject(), Some("Hồ sơ 000.00.01.H32-200415-0001 chờ 2 bản chính"));
    assert!(paused.body_text(0).unwrap().contains("- Giấy tờ\n- Giấy tờ"), "{:?}", paused.body_text(0));
}

#[tokio::test]
async fn addresses_are_read_as_people_type_them_and_never_break_a_header() {
    let long = format!("{}@example.vn", "a".repeat(64));
    let longest = format!("{}@{}.vn", "a".repeat(64), vec!["b".repeat(60); 3].join("."));
    let too_long = format!("{}@{}.vn", "a".repeat(64), vec!["b".repeat(60); 4].join("."));
    for (written, reached) in [
        (" Nguoi.Nop@Example.VN ", Some("Nguoi.Nop@example.vn")),
        ("mailto:a+b@example.vn", Some("a+b@example.vn")),
        ("a@bộ-phận.vn", Some("a@xn--b-phn-1nau9q.vn")),
        (long.as_str(), Some(long.as_str())),
        (longest.as_str(), Some(longest.as_str())),
        (too_long.as_str(), None),
        ("a@example.vn\r\nBcc: b@example.vn", None),
        ("a@example.vn b@example.vn", None),
        ("\"a b\"@example.vn", None),
        ("nguyễn@example.vn", None),
        ("a@", None),
        ("a@localhost", None),
        ("a@[127.0.0.1]", None),
        ("example.vn", None),
        ("Tên <a@example.vn>", None),
    ] {
        let mut office = office(&["email"]).await;
        office.submit(1, with_address(people(None, None), written)).await;
        office.tell().await;
        let to: Vec<_> = office.ses.mails().into_iter().map(|mail| mail.to).collect();
        match reached {
            Some(_) if written.contains('ộ') => assert!(to[0].starts_with("a@xn--") && to[0].is_ascii(), "{to:?}"),
            Some(address) => assert_eq!(to, [address], "{written:?}"),
            None => {
                assert_eq!(to, [""; 0], "{written:?}");
                let list = office.before_a_person(TaskKind::Message).await;
                assert_eq!(list, [("message#0000000001#0#email".to_owned(), "not_an_address".to_owned())]);
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_goes_to_the_next_outlet_at_once_and_after_the_last_to_a_person() {
    for (outlets, phone, first) in [(["sms", "email"], Some(APPLICANT.0), "sms"), (["email", "sms"], None, "email")] {
        let mut office = office(&outlets).await;
        office.sns.opt_out(APPLICANT.1);
        let address = if first == "sms" { ADDRESS.to_owned() } else { at_simulator("refused") };
        let id = office.submit(1, with_address(people(phone, None), &address)).await;
        office.tell().await;
        let kept = kept(&office, id).await;
        if first == "sms" {
            assert_eq!(office.ses.mails().len(), 1);
            let sms = &kept.iter().find(|(outlet, _)| outlet == "sms").unwrap().1;
            assert_eq!((text(sms, "reason"), text(sms, "passed_to")), (Some("opted_out"), Some("email")));
            assert_eq!(office.before_a_person(TaskKind::Message).await, []);
        } else {
            let list = office.before_a_person(TaskKind::Message).await;
            assert_eq!(list, [("message#0000000001#0#email".to_owned(), "message_rejected".to_owned())]);
        }
    }
}

#[tokio::test]
async fn a_letter_that_is_told_to_have_arrived_is_over() {
    let mut office = office(&["email", "sms"]).await;
    let id = office.submit(1, with_address(people(Some(APPLICANT.0), None), ADDRESS)).await;
    office.tell().await;
    assert_eq!(office.waiting(TaskKind::Message).await, 1, "it waits for its receipt");
    assert_eq!(office.hear().await, delivery::Report { noted: 1, ..Default::default() });
    assert_eq!(office.waiting(TaskKind::Message).await, 0);
    assert_eq!(text(&kept(&office, id).await[0].1, "receipt"), Some("delivered"));
    office.wait(SignedDuration::from_hours(100));
    office.sweep().await;
    assert_eq!(office.sent().len(), 0);
}

#[tokio::test]
async fn a_letter_that_did_not_arrive_goes_to_the_next_outlet_once_and_says_why() {
    for (name, fate, reason) in [
        ("bounce", "permanent", "bounced"),
        ("suppressionlist", "permanent", "suppressed"),
        ("full", "temporary", "mailbox_full"),
    ] {
        let mut office = office(&["email", "sms"]).await;
        let id = office.submit(1, with_address(people(Some(APPLICANT.0), None), &at_simulator(name))).await;
        office.tell().await;
        office.hear().await;
        office.wait(SignedDuration::from_mins(5));
        assert_eq!(office.sweep().await.retried, 1);
        assert_eq!(office.sent_to(APPLICANT.1), 1);
        let kept = kept(&office, id).await;
        let mail = &kept.iter().find(|(outlet, _)| outlet == "email").unwrap().1;
        let told = [text(mail, "receipt"), text(mail, "receipt_reason"), text(mail, "passed_to")];
        assert_eq!(told, [Some(fate), Some(reason), Some("sms")]);
        for _ in 0..3 {
            office.wait(SignedDuration::from_hours(30));
            office.sweep().await;
        }
        assert_eq!((office.sent_to(APPLICANT.1), office.ses.mails().len()), (1, 1), "{name}");
    }
}

#[tokio::test]
async fn a_letter_of_which_nothing_is_heard_for_three_days_counts_as_not_arrived() {
    let mut office = office(&["email", "sms"]).await;
    office.submit(1, with_address(people(Some(APPLICANT.0), None), &at_simulator("silent"))).await;
    office.tell().await;
    office.wait(SignedDuration::from_hours(71));
    office.sweep().await;
    assert_eq!(office.sent().len(), 0);
    office.wait(SignedDuration::from_hours(2));
    office.sweep().await;
    assert_eq!(office.sent_to(APPLICANT.1), 1);
}

#[tokio::test]
async fn the_last_outlet_s_failure_stands_before_a_person() {
    let mut office = office(&["sms", "email"]).await;
    office.submit(1, with_address(people(None, None), &at_simulator("bounce"))).await;
    office.tell().await;
    office.hear().await;
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    let list = office.before_a_person(TaskKind::Message).await;
    assert_eq!(list, [("message#0000000001#0#email".to_owned(), "bounced".to_owned())]);
}

/// Writes a receipt about the first letter of a dossier, as the topic hands it over.
fn receipt(office: &Office, id: DossierId, kind: &str, part: &Value) -> Value {
    let agency = data_encoding::HEXLOWER.encode(office.agency.as_str().as_bytes());
    let tags = json!({ "agency": [agency], "dossier": [id], "version": ["1"], "receiver": ["0"] });
    let mail = json!({ "timestamp": "2020-04-15T01:00:00.000Z", "messageId": "m", "tags": tags });
    let event = json!({ "eventType": kind, "mail": mail, (kind.to_lowercase()): part });
    topic(ses::TOPIC, &event.to_string())
}

fn topic(arn: &str, message: &str) -> Value {
    json!({ "Records": [{ "EventSource": "aws:sns", "Sns": { "TopicArn": arn, "Message": message } }] })
}

#[tokio::test]
async fn the_first_receipt_counts_in_whatever_order_and_however_often_they_come() {
    let arrived = json!({ "timestamp": "2020-04-15T01:00:01.000Z" });
    let bounced =
        json!({ "bounceType": "Permanent", "bounceSubType": "General", "timestamp": "2020-04-15T01:00:02.000Z" });
    for (first, then) in [("Delivery", "Bounce"), ("Bounce", "Delivery")] {
        let mut office = office(&["email", "sms"]).await;
        let id = office.submit(1, with_address(people(Some(APPLICANT.0), None), &at_simulator("silent"))).await;
        office.tell().await;
        let part = |kind: &str| if kind == "Delivery" { &arrived } else { &bounced };
        for (kind, noted) in [(first, 1), (first, 0), (then, 0)] {
            let report = office.hears(&receipt(&office, id, kind, part(kind))).await.unwrap();
            assert_eq!((report.noted, report.unchanged), (noted, 1 - noted), "{first} {kind}");
        }
        office.wait(SignedDuration::from_mins(5));
        office.sweep().await;
        assert_eq!(office.sent().len(), usize::from(first == "Bounce"));
    }
}

#[tokio::test]
async fn a_receipt_that_comes_once_a_person_has_the_message_changes_nothing() {
    let mut office = office(&["email"]).await;
    let id = office.submit(1, with_address(people(None, None), &at_simulator("silent"))).await;
    office.tell().await;
    office.wait(SignedDuration::from_hours(73));
    office.sweep().await;
    let waiting = [("message#0000000001#0#email".to_owned(), "unanswered".to_owned())];
    assert_eq!(office.before_a_person(TaskKind::Message).await, waiting);
    let bounced = json!({ "bounceType": "Permanent", "timestamp": "2020-04-18T03:00:00.000Z" });
    for (kind, part) in [("Bounce", bounced), ("Delivery", json!({ "timestamp": "2020-04-18T03:00:00.000Z" }))] {
        let report = office.hears(&receipt(&office, id, kind, &part)).await.unwrap();
        assert_eq!((report.noted, report.unchanged), (0, 1), "{kind}");
    }
    office.sweep().await;
    assert_eq!(office.before_a_person(TaskKind::Message).await, waiting);
}

#[tokio::test]
async fn a_receipt_that_comes_before_the_mark_is_believed() {
    let office = office(&["email", "sms"]).await;
    let id = office.submit(1, with_address(people(Some(APPLICANT.0), None), ADDRESS)).await;
    // The letter leaves; the mark does not reach the table.
    office
        .wire
        .set_faults(Faults::from_seed(1, Plan::Burst { first_call: 4, calls: 3, fault: Fault::TimeoutNotApplied }));
    office.notify(&office.batch().await).await;
    office.wire.set_faults(Faults::none());
    assert_eq!(office.ses.mails().len(), 1);
    assert_eq!(office.hear().await.noted, 1);
    office.wait(SignedDuration::from_mins(10));
    office.sweep().await;
    assert_eq!(office.ses.mails().len(), 1, "it is not sent again");
    assert_eq!(text(&kept(&office, id).await[0].1, "receipt"), Some("delivered"));
}

#[tokio::test]
async fn what_is_not_the_office_s_own_changes_nothing_and_fails_nothing() {
    let mut office = office(&["email"]).await;
    let id = office.submit(1, with_address(people(None, None), &at_simulator("silent"))).await;
    office.tell().await;
    let genuine = receipt(&office, id, "Delivery", &json!({ "timestamp": "2020-04-15T01:00:01.000Z" }));
    let message = genuine["Records"][0]["Sns"]["Message"].as_str().unwrap().to_owned();
    let other = format!("{}-other", ses::TOPIC);
    let own = data_encoding::HEXLOWER.encode(office.agency.as_str().as_bytes());
    for (name, event, expected) in [
        ("another topic", topic(&other, &message), "strange"),
        (
            "no SNS",
            json!({ "Records": [{ "EventSource": "aws:sqs", "Sns": genuine["Records"][0]["Sns"] }] }),
            "strange",
        ),
        ("no JSON", topic(ses::TOPIC, "hello"), "strange"),
        ("another agency", topic(ses::TOPIC, &message.replace(&own, "4130")), "strange"),
        ("no tags", topic(ses::TOPIC, &message.replace("\"dossier\"", "\"x\"")), "strange"),
        ("no time", topic(ses::TOPIC, &message.replace("2020-04-15T01:00:01.000Z", "soon")), "strange"),
        ("unknown dossier", topic(ses::TOPIC, &message.replace(id.as_str(), "ZZZZZZZZZZZZ")), "unchanged"),
        ("unknown kind", topic(ses::TOPIC, &message.replace("\"Delivery\"", "\"Open\"")), "silent"),
        ("a complaint", topic(ses::TOPIC, &message.replace("\"Delivery\"", "\"Complaint\"")), "silent"),
        ("nothing", json!({}), ""),
    ] {
        let report = serde_json::to_value(office.hears(&event).await.unwrap()).unwrap();
        let counted = ["noted", "unchanged", "silent", "strange"].map(|it| (it, report[it].as_u64().unwrap()));
        let expected = counted.map(|(it, _)| (it, u64::from(it == expected)));
        assert_eq!(counted, expected, "{name}");
    }
    assert_eq!(text(&kept(&office, id).await[0].1, "receipt"), None);
    // A store that does not answer brings the receipt again.
    office.wire.set_faults(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 9, fault: Fault::Throttle }));
    assert!(office.hears(&genuine).await.is_err());
    office.wire.set_faults(Faults::none());
    assert_eq!(office.hears(&genuine).await.unwrap().noted, 1);
}

#[tokio::test]
async fn a_contact_that_is_corrected_between_two_records_begins_no_second_message() {
    let mut office = office(&["sms", "email"]).await;
    let id = office.submit(1, with_address(people(None, None), ADDRESS)).await;
    office.tell().await;
    assert_eq!(office.ses.mails().len(), 1);
    let mut order = office.written(
        id,
        Action::CorrectContact {
            whose: Whose::Applicant,
            address: false,
            phone: true,
            consent: Consent::Phone,
            because: "số mới".into(),
        },
        None,
    );
    let is = Contact { phone: Some(APPLICANT.0.to_owned()), ..Contact::default() };
    order.person = Some(Personal::Contact { is, given_by: None });
    office.site.recorder.record(&order).await.unwrap();
    let first = office.batch().await;
    let records = first["Records"].as_array().unwrap();
    let submitted: Vec<_> =
        records.iter().filter(|it| it["dynamodb"]["Keys"]["sk"]["S"] == "event#0000000001").collect();
    assert_eq!(submitted.len(), 1);
    office.notify(&json!({ "Records": submitted })).await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (0, 1));
}

#[tokio::test]
async fn each_of_two_people_is_told_by_the_way_that_leads_to_them() {
    let mut office = office(&["sms", "email"]).await;
    let mut person = with_address(people(None, Some(FILER.0)), ADDRESS);
    person.applicant.phone = None;
    office.submit(1, person).await;
    office.tell().await;
    assert_eq!((office.sent_to(FILER.1), office.ses.mails().len()), (1, 1));
    // Two at one address are told there once.
    let mut office = self::office(&["email"]).await;
    let mut person = with_address(people(None, Some(FILER.0)), ADDRESS);
    person.filer.as_mut().unwrap().email = Some(ADDRESS.to_owned());
    office.submit(1, person).await;
    office.tell().await;
    assert_eq!(office.ses.mails().len(), 1);
}

#[tokio::test]
async fn whatever_either_service_answers_at_whatever_call_everybody_is_told() {
    for failure in Failure::ALL {
        for first_call in 1..=3 {
            let mut office = office(&["email", "sms"]).await;
            let plan = Plan::Burst { first_call, calls: 2, fault: failure };
            office.ses.set_failures(Faults::from_seed(7, plan));
            let id = office.accepted(1, with_address(people(Some(APPLICANT.0), None), ADDRESS)).await;
            office.tell().await;
            for _ in 0..12 {
                office.wait(SignedDuration::from_hours(4));
                office.sweep().await;
                office.tell().await;
                office.hear().await;
            }
            let messages = kept(&office, id).await;
            let reached = |item: &Item| text(item, "sent_at").or(text(item, "receipt")).is_some();
            let told: Vec<_> = messages.iter().filter(|(_, item)| reached(item)).collect();
            let commits: std::collections::BTreeSet<_> =
                messages.iter().map(|(_, item)| text(item, "sk").unwrap().split('#').nth(1).unwrap()).collect();
            assert!(told.len() >= commits.len(), "{failure:?} at {first_call}: {} of {}", told.len(), commits.len());
            assert_eq!(office.before_a_person(TaskKind::Message).await, [], "{failure:?} at {first_call}");
        }
    }
}

#[tokio::test]
async fn a_service_that_is_down_holds_up_no_other_outlet() {
    let office = office(&["sms", "email"]).await;
    for number in 1..=5 {
        office.submit(number, people(Some(&format!("09123456{number:02}")), None)).await;
    }
    for number in 6..=8 {
        office.submit(number, with_address(people(None, None), ADDRESS)).await;
    }
    let plan = Plan::Burst { first_call: 1, calls: 99, fault: sns::Failure::InternalError };
    office.sns.set_failures(Faults::from_seed(1, plan));
    office.notify(&office.batch().await).await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (0, 3));
    office.order(DossierId::from_random(6), Action::Accept { code: None }).await;
}
