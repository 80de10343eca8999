//! The outlet of a province's own gateway: what it takes, what it tells, and everything that nobody may tell in its name.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use motcua::store::{Item, TaskKind, number, text};
use motcua_local::neighbours::carrier::{Failure, Outcome};
use motcua_local::neighbours::ses::SIMULATOR;
use motcua_local::senders::{Letter, webhook};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::config::{Config, DEMO};
use rules::dossier::Action;
use rules::id::DossierId;
use rules::person::Person;
use rules::signature::{Key, Shortness};
use serde_json::{Value, json};

use super::DONE;
use crate::fixture::{APPLICANT, FILER, Office, both, one, people};
use crate::logged;
use crate::prompt::{AT_ONCE, LINKLESS};

const SECRET: &str = "whsec_bW90Y3VhIGRlbW86IG1lc3NhZ2UgZ2F0ZXdheSBrZXk=";
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Writes the demo's configuration with an agency that uses these outlets, in this order.
fn config(outlets: &[&str]) -> String {
    format!(
        "{DEMO}\n[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế\"\n\
         sms_prefix = \"KKT Van Phong\"\noutlets = {outlets:?}\nemail_from = \"mot-cua@example.vn\"\n\
         email_events = \"letters\"\ntelephone = \"0258 000 0000\"\n{AT_ONCE}{LINKLESS}"
    )
}

async fn office(outlets: &[&str]) -> Office {
    let mut office = Office::open().await;
    office.configure(&config(outlets));
    office
}

/// Returns the message of a dossier by this outlet.
async fn item(office: &Office, id: DossierId, outlet: &str) -> Item {
    let named = |item: &Item| text(item, "sk").unwrap().ends_with(&format!("#{outlet}"));
    office.messages(id).await.into_iter().find(named).unwrap()
}

/// Returns an office whose gateway took the first message of a dossier and told nothing yet; its name comes with it.
async fn taken() -> (Office, DossierId, String) {
    let mut office = office(&["https", "sms"]).await;
    office.carrier.tell_by_hand(true);
    let id = office.submit(1, one()).await;
    office.tell().await;
    let name = office.carrier.relayed()[0].name.clone();
    (office, id, name)
}

/// Signs a body as the gateway does now.
fn signed(office: &Office, target: &str, body: &Value) -> Letter {
    let key = Key::from_webhook_secret(SECRET, Shortness::Refused).unwrap();
    webhook(target, &key, "result-1", office.now(), body.to_string())
}

const TARGET: &str = "/delivery/000.00.01.H32";

fn failed(name: &str) -> Value {
    json!({ "type": "message.failed", "timestamp": "2020-04-15T01:00:00Z", "data": { "id": name } })
}

#[tokio::test]
async fn what_the_gateway_takes_and_tells_to_have_arrived_is_over() {
    let mut office = office(&["https", "sms"]).await;
    let id = office.submit(1, both()).await;
    office.tell().await;
    let relayed = office.carrier.relayed();
    let told: Vec<_> = relayed.iter().map(|it| (it.phone_number.as_str(), it.text.as_str(), &*it.language)).collect();
    let words = "KKT Van Phong: Da nhan ho so 000000000001 ngay 15/04/2020, dang kiem tra. Hoi 0258 000 0000.";
    assert_eq!(told, [(APPLICANT.1, words, "vi"), (FILER.1, words, "vi")]);
    let names: BTreeSet<_> = relayed.iter().map(|it| it.name.as_str()).collect();
    let agency = "3030302e30302e30312e483332";
    assert_eq!(
        names,
        [format!("{agency}-{id}-1-0"), format!("{agency}-{id}-1-1")].iter().map(String::as_str).collect()
    );
    assert_eq!(office.waiting(TaskKind::Message).await, 2, "each waits for its result");
    assert_eq!(text(&item(&office, id, "https").await, "sns_id"), Some("SM00000001"));
    assert_eq!(office.results().await, 2);
    assert_eq!(office.waiting(TaskKind::Message).await, 0);
    assert_eq!(text(&item(&office, id, "https").await, "receipt"), Some("delivered"));
    office.wait(HOUR * 100);
    office.sweep().await;
    // The stream may repeat itself.
    assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
    assert_eq!((office.sent().len(), office.carrier.calls()), (0, (2, 0)));
}

#[tokio::test]
async fn a_gateway_that_reports_nothing_is_not_waited_for() {
    let mut office = office(&["https", "sms"]).await;
    office.configure(&config(&["https", "sms"]).replace("reports = true", "reports = false"));
    office.submit(1, one()).await;
    office.tell().await;
    assert_eq!((office.carrier.relayed().len(), office.waiting(TaskKind::Message).await), (1, 0));
    office.wait(HOUR * 100);
    office.sweep().await;
    assert_eq!(office.sent().len(), 0);
}

#[tokio::test]
async fn a_refusal_goes_to_the_next_outlet_at_once() {
    let mut office = office(&["https", "sms"]).await;
    let id = office.submit(1, people(Some("0900 000 011"), None)).await;
    office.tell().await;
    assert_eq!(office.sent_to("+84900000011"), 1);
    let kept = item(&office, id, "https").await;
    assert_eq!((text(&kept, "reason"), text(&kept, "passed_to")), (Some("gateway_refused"), Some("sms")));
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
}

#[tokio::test]
async fn a_message_that_did_not_arrive_goes_to_the_next_outlet_once_and_says_why() {
    for (number, fate, reason) in [
        ("0900000013", "temporary", "unreachable"),
        ("0900000014", "permanent", "no_such_number"),
        ("0900000015", "permanent", "opted_out"),
    ] {
        let mut office = office(&["https", "sms"]).await;
        let id = office.submit(1, people(Some(number), None)).await;
        office.tell().await;
        assert_eq!((office.results().await, office.sent().len()), (1, 0));
        office.wait(SignedDuration::from_mins(5));
        assert_eq!(office.sweep().await.retried, 1);
        let kept = item(&office, id, "https").await;
        let told = [text(&kept, "receipt"), text(&kept, "receipt_reason"), text(&kept, "passed_to")];
        assert_eq!(told, [Some(fate), Some(reason), Some("sms")]);
        for _ in 0..3 {
            office.wait(HOUR * 30);
            office.sweep().await;
        }
        assert_eq!((office.sent().len(), office.carrier.relayed().len()), (1, 1), "{number}");
    }
}

#[tokio::test]
async fn a_message_of_which_nothing_is_heard_for_three_days_counts_as_not_arrived() {
    let mut office = office(&["https", "sms"]).await;
    office.submit(1, people(Some("0900000016"), None)).await;
    office.tell().await;
    assert_eq!(office.results().await, 0);
    office.wait(HOUR * 71);
    office.sweep().await;
    assert_eq!(office.sent().len(), 0);
    office.wait(HOUR * 2);
    office.sweep().await;
    assert_eq!(office.sent_to("+84900000016"), 1);
}

#[tokio::test]
async fn the_last_outlet_s_failure_stands_before_a_person_with_the_gateway_s_reason() {
    let mut office = office(&["email", "https"]).await;
    let mut person = people(Some("0900000014"), None);
    person.applicant.email = Some(format!("bounce@{SIMULATOR}"));
    office.submit(1, person).await;
    office.tell().await;
    office.hear().await;
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!((office.carrier.relayed().len(), office.results().await), (1, 1));
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    let list = office.before_a_person(TaskKind::Message).await;
    assert_eq!(list, [("message#0000000001#0#https".to_owned(), "no_such_number".to_owned())]);
}

#[tokio::test]
async fn somebody_without_a_mobile_number_is_told_by_the_next_outlet() {
    for phone in [None, Some("0258 3822 222")] {
        let mut office = office(&["https", "email"]).await;
        let mut person: Person = people(phone, None);
        person.applicant.email = Some("nguoi.nop@example.vn".to_owned());
        office.submit(1, person).await;
        office.tell().await;
        assert_eq!((office.carrier.calls(), office.ses.mails().len()), ((0, 0), 1), "{phone:?}");
    }
}

#[tokio::test]
async fn whatever_the_gateway_answers_at_whatever_call_everybody_is_told_and_nobody_twice_by_it() {
    for failure in Failure::ALL {
        for first_call in 1..=3 {
            let mut office = office(&["https", "sms"]).await;
            office.carrier.set_failures(Faults::from_seed(7, Plan::Burst { first_call, calls: 2, fault: failure }));
            let id = office.accepted(1, one()).await;
            office.tell().await;
            for _ in 0..12 {
                office.wait(HOUR * 4);
                office.sweep().await;
                office.tell().await;
                office.results().await;
            }
            let relayed = office.carrier.relayed();
            let names: BTreeSet<_> = relayed.iter().map(|message| message.name.as_str()).collect();
            assert_eq!(names.len(), relayed.len(), "{failure:?} at {first_call}");
            let items = office.messages(id).await;
            let reached = |item: &&Item| text(item, "sent_at").or(text(item, "receipt")).is_some();
            let commits = |items: &mut dyn Iterator<Item = &Item>| -> BTreeSet<String> {
                items.map(|item| text(item, "sk").unwrap().split('#').nth(1).unwrap().to_owned()).collect()
            };
            let told = commits(&mut items.iter().filter(reached));
            assert_eq!(told, commits(&mut items.iter()), "{failure:?} at {first_call}");
            assert_eq!(office.before_a_person(TaskKind::Message).await, [], "{failure:?} at {first_call}");
            let refused = failure == Failure::Refused;
            assert_eq!(office.sent().is_empty(), !refused || relayed.len() == told.len(), "{failure:?} {first_call}");
        }
    }
}

#[tokio::test]
async fn a_repeat_after_a_lost_answer_has_the_same_name_and_is_counted() {
    let mut office = office(&["https", "sms"]).await;
    office
        .carrier
        .set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 1, fault: Failure::TimeoutSent }));
    let id = office.submit(1, one()).await;
    office.tell().await;
    let kept = item(&office, id, "https").await;
    assert_eq!((text(&kept, "reason"), office.carrier.relayed().len()), (Some("connection"), 1));
    office.wait(SignedDuration::from_mins(10));
    office.sweep().await;
    assert_eq!((office.carrier.relayed().len(), office.carrier.calls()), (1, (2, 1)));
    let kept = item(&office, id, "https").await;
    assert_eq!((number(&kept, "resent"), text(&kept, "sns_id")), (Some(1), Some("SM00000001")));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_signature_that_is_not_believed_is_no_refusal() {
    for (failure, reason) in [(Failure::Moved, "http_302"), (Failure::Unauthorized, "http_401")] {
        let mut office = office(&["https", "sms"]).await;
        office.carrier.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 1, fault: failure }));
        let id = office.submit(1, one()).await;
        office.tell().await;
        assert_eq!((office.carrier.calls(), office.sent().len()), ((1, 0), 0));
        let kept = item(&office, id, "https").await;
        assert_eq!((text(&kept, "reason"), text(&kept, "sent_at")), (Some(reason), None));
        office.wait(SignedDuration::from_mins(10));
        office.sweep().await;
        assert_eq!((office.carrier.relayed().len(), office.sent().len()), (1, 0));
    }
}

#[tokio::test]
async fn a_gateway_that_is_down_or_not_configured_holds_up_no_other_outlet() {
    let mut office = office(&["https", "email"]).await;
    for number in 1..=5 {
        office.submit(number, people(Some(&format!("09123456{number:02}")), None)).await;
    }
    let mut person = people(None, None);
    person.applicant.email = Some("nguoi.nop@example.vn".to_owned());
    office.submit(6, person).await;
    let down = Plan::Burst { first_call: 1, calls: 99, fault: Failure::Unavailable };
    office.carrier.set_failures(Faults::from_seed(1, down));
    office.notify(&office.batch().await).await;
    assert_eq!((office.carrier.calls(), office.ses.mails().len()), ((3, 0), 1));
    office.carrier.set_failures(Faults::none());
    // The entry is gone, and comes back.
    let entry = DEMO.find("[[message_gateways]]").unwrap();
    office.configure(&config(&["sms"]).replace(&DEMO[entry..], ""));
    office.wait(SignedDuration::from_mins(10));
    office.sweep().await;
    let kept = item(&office, DossierId::from_random(1), "https").await;
    assert_eq!((text(&kept, "reason"), office.carrier.relayed().len()), (Some("no_gateway"), 0));
    office.configure(&config(&["https", "email"]));
    for _ in 0..6 {
        office.wait(HOUR);
        office.sweep().await;
    }
    assert_eq!((office.carrier.relayed().len(), office.sent().len()), (5, 0));
}

#[tokio::test]
async fn nobody_but_the_gateway_of_the_agency_tells_anything() {
    let (mut office, id, name) = taken().await;
    let genuine = signed(&office, TARGET, &failed(&name));
    let elsewhere = Letter { target: "/delivery/H32.02".to_owned(), ..genuine.clone() };
    let without = Letter { headers: Vec::new(), ..genuine.clone() };
    let unsigned: Vec<_> = genuine.headers.iter().filter(|(name, _)| !name.contains("signature")).cloned().collect();
    let unsigned = Letter { headers: unsigned, ..genuine.clone() };
    let other =
        Key::from_webhook_secret("whsec_bW90Y3VhIGRlbW86IG5hdGlvbmFsIHBvcnRhbCBrZXk=", Shortness::Refused).unwrap();
    let portal = webhook(TARGET, &other, "result-1", office.now(), failed(&name).to_string());
    let changed = Letter { body: genuine.body.replace("failed", "delivered"), ..genuine.clone() };
    let nowhere = Letter { target: "/delivery/".to_owned(), ..genuine.clone() };
    let mut answers = BTreeSet::new();
    for forged in [genuine.clone().forged(), elsewhere, without, unsigned, portal, changed, nowhere] {
        answers.insert(office.result(&forged).await);
    }
    assert_eq!(answers, [(401, r#"{"error":"signature not accepted"}"#.to_owned())].into());
    // What cannot be read is not read before it is believed.
    let nonsense = Letter { body: "{".to_owned(), ..genuine.clone() };
    assert_eq!(office.result(&nonsense).await.0, 401);
    let large = Letter { body: " ".repeat(64 * 1024 + 1), ..genuine.clone() };
    assert_eq!(office.result(&large).await.0, 413);
    assert_eq!(office.result(&Letter { method: http::Method::GET, ..genuine.clone() }).await.0, 405);
    // A delivery that somebody kept.
    office.wait(SignedDuration::from_secs(301));
    assert_eq!(office.result(&genuine).await.0, 401);
    assert_eq!(text(&item(&office, id, "https").await, "receipt"), None);
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!(office.sent().len(), 0);
    // Another agency's gateway tells nothing of this one's messages.
    let both = format!(
        "{}\n[[agencies]]\ncode = \"H32.02\"\nname = \"Phường\"\n[[message_gateways]]\nid = \"ward\"\n\
         agency = \"H32.02\"\nurl = \"/local/message-gateway\"\nkeys = [\"{SECRET}\"]\n",
        config(&["https", "sms"]).replace("\nid = ", "\nagency = \"000.00.01.H32\"\nid = ")
    );
    office.configure(&both);
    let theirs = signed(&office, "/delivery/H32.02", &failed(&name));
    assert_eq!(office.result(&theirs).await, (200, r#"{"status":"unchanged"}"#.to_owned()));
    assert_eq!(text(&item(&office, id, "https").await, "receipt"), None);
}

#[tokio::test]
async fn unknown_messages_repeats_and_late_news_are_taken_and_change_nothing() {
    let (office, id, name) = taken().await;
    let unchanged = (200, r#"{"status":"unchanged"}"#.to_owned());
    for unknown in [name.replace("-1-0", "-9-0"), name.replace("-1-0", "-1-1"), "SM00000001".to_owned(), "-".to_owned()]
    {
        assert_eq!(office.result(&signed(&office, TARGET, &failed(&unknown))).await, unchanged, "{unknown}");
    }
    let other = json!({ "type": "message.clicked", "data": { "id": name } });
    let ignored = (200, r#"{"status":"ignored"}"#.to_owned());
    assert_eq!(office.result(&signed(&office, TARGET, &other)).await, ignored);
    let first = signed(&office, &format!("{TARGET}/"), &failed(&name));
    assert_eq!(office.result(&first).await, (200, r#"{"status":"noted"}"#.to_owned()));
    assert_eq!(office.result(&first).await, unchanged, "a repeat");
    let late = office.carrier.result(&name, Outcome::Delivered).unwrap();
    assert_eq!(office.result(&late).await, unchanged, "the first result counts");
    assert_eq!(text(&item(&office, id, "https").await, "receipt_reason"), Some("not_delivered"));
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!(office.sent_to(APPLICANT.1), 1);
    let later = office.carrier.result(&name, Outcome::NoSuchNumber).unwrap();
    assert_eq!(office.result(&later).await, unchanged, "the next outlet has it");
}

#[tokio::test]
async fn what_is_authentic_and_wrong_is_told_with_its_field() {
    let (office, id, name) = taken().await;
    for (body, field) in [
        (json!([]), "body"),
        (json!({ "data": { "id": name } }), "type"),
        (json!({ "type": "message.failed" }), "data"),
        (json!({ "type": "message.failed", "data": {} }), "data.id"),
        (json!({ "type": "message.failed", "data": { "id": 7 } }), "data.id"),
        (json!({ "type": "message.failed", "data": { "id": name, "permanent": "yes" } }), "data.permanent"),
        (json!({ "type": "message.failed", "timestamp": "soon", "data": { "id": name } }), "timestamp"),
    ] {
        let (status, told) = office.result(&signed(&office, TARGET, &body)).await;
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!((status, &told["error"], &told["field"]), (400, &json!("malformed"), &json!(field)), "{body}");
    }
    assert_eq!(text(&item(&office, id, "https").await, "receipt"), None);
    // A gateway whose clock is ahead cannot have told of what is still to come.
    let mut ahead = failed(&name);
    ahead["timestamp"] = json!("2021-01-01T00:00:00Z");
    assert_eq!(office.result(&signed(&office, TARGET, &ahead)).await.0, 200);
    assert_eq!(text(&item(&office, id, "https").await, "receipt_at"), Some("2020-04-15T01:00:00Z"));
}

#[tokio::test]
async fn a_result_is_taken_later_if_the_table_does_not_answer_or_the_entry_is_closed() {
    let (mut office, id, name) = taken().await;
    let genuine = signed(&office, TARGET, &failed(&name));
    office.wire.set_faults(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 9, fault: Fault::Throttle }));
    assert_eq!(office.result(&genuine).await.0, 503);
    office.wire.set_faults(Faults::none());
    let open = office.site.clone();
    let closed = config(&["https", "sms"]).replace(SECRET, "whsec_short");
    let closed = Config::per_channel(&closed, rules::config::Host::Loopback).unwrap();
    office.site = motcua::site::Site::new(closed, office.store().clone());
    assert_eq!(office.result(&genuine).await.0, 503);
    office.site = open;
    assert_eq!(office.result(&genuine).await.0, 200);
    assert_eq!(text(&item(&office, id, "https").await, "receipt"), Some("temporary"));
}

#[tokio::test]
async fn a_result_that_comes_before_the_mark_is_believed() {
    let office = office(&["https", "sms"]).await;
    let id = office.submit(1, one()).await;
    // The message leaves; the mark does not reach the table.
    let lost = Plan::Burst { first_call: 4, calls: 3, fault: Fault::TimeoutNotApplied };
    office.wire.set_faults(Faults::from_seed(1, lost));
    office.notify(&office.batch().await).await;
    office.wire.set_faults(Faults::none());
    assert_eq!((office.carrier.relayed().len(), office.results().await), (1, 1));
    office.wait(SignedDuration::from_mins(10));
    office.sweep().await;
    assert_eq!(office.carrier.calls(), (1, 0), "it is not sent again");
    assert_eq!(text(&item(&office, id, "https").await, "receipt"), Some("delivered"));
}

#[tokio::test]
async fn neither_the_secret_nor_a_number_is_logged() {
    logged::listen();
    let mut office = office(&["https", "sms"]).await;
    for failure in Failure::ALL {
        office.carrier.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 1, fault: failure }));
        let number = 10 + Failure::ALL.iter().position(|it| *it == failure).unwrap() as u64;
        office.submit(number, one()).await;
        office.tell().await;
    }
    office.wait(SignedDuration::from_mins(10));
    office.sweep().await;
    while let Some(letter) = office.carrier.next_result() {
        office.result(&letter.clone().forged()).await;
        office.result(&letter).await;
    }
    let logged = logged::heard();
    assert!(logged.contains("a result of a message that is not authentic") && logged.contains("noted"), "{logged}");
    for hidden in ["whsec", "bW90Y3Vh", "912345678", "912 345 678", "v1,", "Thử Nghiệm"] {
        assert!(!logged.contains(hidden), "{hidden} in {logged}");
    }
}

#[tokio::test]
async fn an_agency_with_another_code_is_told_of_by_its_old_address_too() {
    let mut office = office(&["https", "sms"]).await;
    let renamed = config(&["https", "sms"])
        .replace("\ncode = \"000.00.01.H32\"", "\ncode = \"H32.99\"\nformerly = [\"000.00.01.H32\"]");
    office.configure(&renamed);
    let id = office.submit(1, one()).await;
    office.order(id, Action::Accept { code: None }).await;
    office.tell().await;
    let names: Vec<_> = office.carrier.relayed().into_iter().map(|message| message.name).collect();
    for (name, target) in names.iter().zip([TARGET, "/delivery/H32.99"]) {
        let (status, told) = office.result(&signed(&office, target, &failed(name))).await;
        assert_eq!((status, told.as_str()), (200, r#"{"status":"noted"}"#), "{target}");
    }
}

#[tokio::test]
async fn who_told_the_gateway_that_they_want_no_messages_gets_the_next_by_the_next_outlet_at_once() {
    let mut office = office(&["https", "sms"]).await;
    let id = office.submit(1, people(Some("0900000015"), None)).await;
    office.tell().await;
    assert_eq!(office.results().await, 1);
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!((office.sent().len(), office.carrier.calls().0), (1, 1));
    office.order(id, Action::Accept { code: None }).await;
    office.tell().await;
    assert_eq!((office.sent().len(), office.carrier.calls().0), (2, 1), "the gateway was not asked again");
}
