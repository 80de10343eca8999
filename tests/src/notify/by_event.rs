//! Messages from before there were outlets: an item for each event, named by its position. `by_event.json` is a dossier
//! as it was written then, and is never regenerated. Its fourth commit has two events with news, of which everything
//! was sent but the second to the applicant, which waits.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::{Item, TaskKind, text};
use rules::id::DossierId;
use serde_json::{Map, Value};

use super::DONE;
use super::interrupted::event_records;
use crate::fixture::{APPLICANT, FILER, Office};

const PAID: &str = "KKT Van Phong: Da thu 450.000d cho ho so 000.00.01.H32-200415-0001, tinh tiep, hen tra 24/04/2020, \
                    bien lai AA/20P-0001234. Hoi 0258 000 0000.";
const RESUMED: &str = "KKT Van Phong: Ho so 000.00.01.H32-200415-0001 tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020. \
                       Hoi 0258 000 0000.";

fn item(written: &Map<String, Value>) -> Item {
    let attribute = |value: &Value| match value.as_object().and_then(|typed| typed.iter().next()).unwrap() {
        (kind, Value::String(text)) if kind == "S" => AttributeValue::S(text.clone()),
        (kind, Value::String(number)) if kind == "N" => AttributeValue::N(number.clone()),
        (kind, Value::Bool(flag)) if kind == "BOOL" => AttributeValue::Bool(*flag),
        other => panic!("{other:?}"),
    };
    written.iter().map(|(name, value)| (name.clone(), attribute(value))).collect()
}

/// Opens an office that holds the items of then whose sort key passes.
async fn office(passes: impl Fn(&str) -> bool) -> (Office, DossierId) {
    let office = Office::open().await;
    office.wait_until("2020-04-20T15:00:00+07:00");
    let written: Vec<Map<String, Value>> = serde_json::from_str(include_str!("by_event.json")).unwrap();
    for item in written.iter().map(item).filter(|item| passes(text(item, "sk").unwrap())) {
        let put = office.store().client().put_item().table_name(office.store().table()).set_item(Some(item));
        put.send().await.unwrap();
    }
    (office, DossierId::from_random(1))
}

fn sk(item: &Item) -> &str {
    text(item, "sk").unwrap()
}

#[tokio::test]
async fn an_item_of_then_that_waits_is_finished_with_the_text_of_its_event() {
    let (office, id) = office(|_| true).await;
    office.wait_until("2020-04-20T15:02:00+07:00");
    assert_eq!(office.sweep().await.retried, 1);
    assert_eq!(office.sent(), [(APPLICANT.1.to_owned(), RESUMED.to_owned())]);
    let messages = office.messages(id).await;
    assert_eq!(messages.len(), 10);
    assert!(messages.iter().all(|item| text(item, "sent_at").is_some()));
    assert_eq!(office.waiting(TaskKind::Message).await, 0);
}

#[tokio::test]
async fn a_batch_that_comes_again_after_the_deployment_sends_nothing_twice() {
    let (office, id) = office(|_| true).await;
    let batch = office.batch().await;
    assert_eq!(event_records(&batch).len(), 4);
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    assert_eq!((office.sent().len(), office.messages(id).await.len()), (0, 10));
    // The stream finishes it once it is due, as the sweep would.
    office.wait_until("2020-04-20T15:02:00+07:00");
    for _ in 0..2 {
        assert_eq!(office.notify(&batch).await.to_string(), DONE);
        assert_eq!(office.sent(), [(APPLICANT.1.to_owned(), RESUMED.to_owned())]);
    }
    assert_eq!(office.messages(id).await.len(), 10);
}

#[tokio::test]
async fn a_commit_interrupted_by_the_deployment_is_told_to_its_end() {
    // The applicant had the message about the payment when the function died.
    let (office, id) = office(|sk| !sk.starts_with("message#0000000004") || sk.ends_with("#00#0")).await;
    assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
    let expected = [(APPLICANT.1.to_owned(), RESUMED.to_owned()), (FILER.1.to_owned(), PAID.to_owned())];
    assert_eq!(office.sent(), expected);
    let messages = office.messages(id).await;
    let last: Vec<_> = messages.iter().map(sk).filter(|sk| sk.starts_with("message#0000000004")).collect();
    assert_eq!(last, ["message#0000000004#00#0", "message#0000000004#01#0", "message#0000000004#1#sms"]);
    assert_eq!(office.notify(&office.batch().await).await.to_string(), DONE);
    assert_eq!(office.sent().len(), 2);
}

#[tokio::test]
async fn a_commit_that_nobody_was_told_of_then_is_told_in_one_message() {
    let (office, id) = office(|sk| !sk.starts_with("message#")).await;
    let batch = office.batch().await;
    assert_eq!(office.notify(&batch).await.to_string(), DONE);
    let texts: Vec<_> = office.sent().into_iter().filter(|(to, _)| to == APPLICANT.1).map(|(_, text)| text).collect();
    assert_eq!((texts.len(), texts.last().map(String::as_str)), (4, Some(PAID)));
    let messages = office.messages(id).await;
    assert!(messages.iter().all(|item| sk(item).ends_with("#sms")));
    assert_eq!((office.sent().len(), messages.len()), (8, 8));
}

/// The call that reads the people also looks for items of then: no further call, and two units for each event with
/// news.
#[tokio::test]
async fn looking_for_items_of_then_costs_no_call() {
    let (office, id) = office(|sk| !sk.starts_with("message#")).await;
    let batch = office.batch().await;
    let last = serde_json::json!({ "Records": [event_records(&batch)[3]] });
    office.wire.reset();
    assert_eq!(office.notify(&last).await.to_string(), DONE);
    let tally = office.wire.tally();
    // State, people and the places of two events for two receivers; the wishes of both; then a claim and a mark for each.
    assert_eq!((tally.round_trips(), tally.read_units().to_string()), (1 + 1 + 2 * 2, "8".to_owned()));
    assert!(office.messages(id).await.iter().all(|item| sk(item).starts_with("message#0000000004")));
}
