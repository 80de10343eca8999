//! SNS through the real SDK.

use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sns::types::MessageAttributeValue;

use super::*;
use crate::wire::{Plan, VirtualClock};

const PHONE: &str = "+84912345678";

fn neighbour(outbox: Outbox) -> (Sns, aws_sdk_sns::Client) {
    let clock = VirtualClock::new("2020-04-15T01:00:00Z".parse().unwrap());
    let sns = Sns::new(outbox, clock.clone());
    let client = client(&sns, &clock);
    (sns, client)
}

fn publish(
    client: &aws_sdk_sns::Client,
    text: &str,
) -> aws_sdk_sns::operation::publish::builders::PublishFluentBuilder {
    let attribute =
        |value: &str| MessageAttributeValue::builder().data_type("String").string_value(value).build().unwrap();
    client
        .publish()
        .phone_number(PHONE)
        .message(text)
        .message_attributes("AWS.SNS.SMS.SMSType", attribute("Transactional"))
        .message_attributes("AWS.SNS.SMS.SenderID", attribute("MOTCUA"))
}

#[tokio::test]
async fn a_message_lands_in_the_outbox_as_it_was_sent() {
    let (sns, client) = neighbour(Outbox::memory());
    let text = "Da nhan ho so & < > \"G01\" + 100%: https://x.vn/t/a?b=c";
    let sent = publish(&client, text).send().await.unwrap();
    let messages = sns.outbox().messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(sent.message_id.as_deref(), Some(messages[0].message_id.as_str()));
    assert_eq!((messages[0].phone_number.as_str(), messages[0].text.as_str()), (PHONE, text));
    assert_eq!(messages[0].attributes["AWS.SNS.SMS.SenderID"], "MOTCUA");
    assert_eq!(messages[0].sent_at.to_string(), "2020-04-15T01:00:00Z");
    let shown = format!("{:?}", messages[0]);
    assert!(!shown.contains("912345678") && !shown.contains("ho so"), "{shown}");
}

#[tokio::test]
async fn each_refusal_arrives_by_its_name() {
    for (failure, code, status, tries) in [
        (Failure::Throttled, "Throttling", 400, 3),
        (Failure::InternalError, "InternalError", 500, 3),
        (Failure::InvalidParameter, "InvalidParameter", 400, 1),
        (Failure::OptedOut, "OptedOut", 400, 1),
    ] {
        let (sns, client) = neighbour(Outbox::memory());
        sns.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 9, fault: failure }));
        let error = publish(&client, "Da nhan").send().await.unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.raw_response().unwrap().status().as_u16(), status);
        assert_eq!(sns.outbox().count(), 0);
        assert_eq!(sns.calls(), tries, "{failure:?}");
    }
}

#[tokio::test]
async fn the_sdk_gets_over_a_throttle_and_sends_once() {
    let (sns, client) = neighbour(Outbox::memory());
    sns.set_failures(Faults::from_seed(1, Plan::at_call(1, Failure::Throttled)));
    publish(&client, "Da nhan").send().await.unwrap();
    assert_eq!((sns.calls(), sns.outbox().count()), (2, 1));
}

#[tokio::test]
async fn an_answer_lost_makes_the_sdk_send_twice() {
    let (sns, client) = neighbour(Outbox::memory());
    sns.set_failures(Faults::from_seed(1, Plan::at_call(1, Failure::TimeoutSent)));
    publish(&client, "Da nhan").send().await.unwrap();
    assert_eq!(sns.outbox().count(), 2);
    let ids: BTreeSet<_> = sns.outbox().messages().into_iter().map(|message| message.message_id).collect();
    assert_eq!(ids.len(), 2);
}

#[tokio::test]
async fn a_request_that_never_arrived_sends_nothing() {
    let (sns, client) = neighbour(Outbox::memory());
    let plan = Plan::Burst { first_call: 1, calls: 3, fault: Failure::TimeoutNotSent };
    sns.set_failures(Faults::from_seed(1, plan));
    let error = publish(&client, "Da nhan").send().await.unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(failure) if failure.is_timeout()));
    assert_eq!(sns.outbox().count(), 0);
}

#[tokio::test]
async fn a_bad_number_an_empty_text_and_an_unwilling_person_are_refused() {
    let (sns, client) = neighbour(Outbox::memory());
    for number in ["0912345678", "+0912345678", "+84 912345678", "+8491", ""] {
        let error = publish(&client, "Da nhan").phone_number(number).send().await.unwrap_err();
        assert_eq!(error.code(), Some("InvalidParameter"), "{number}");
    }
    let error = publish(&client, " ").send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameter"));
    let error = publish(&client, &"a".repeat(1601)).send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameter"));
    for (name, value) in [
        ("SenderID", "A sender id"),
        ("SenderID", "KKTVanPhong1"),
        ("SenderID", "0258000000"),
        ("SenderID", "KKT-VP"),
        ("SenderID", ""),
        ("SMSType", "Urgent"),
        ("MaxPrice", "0,20"),
        ("Unheard", "1"),
    ] {
        let value = MessageAttributeValue::builder().data_type("String").string_value(value).build().unwrap();
        let name = format!("AWS.SNS.SMS.{name}");
        let error = publish(&client, "Da nhan").message_attributes(&name, value).send().await.unwrap_err();
        assert_eq!(error.code(), Some("InvalidParameter"), "{name}");
    }
    sns.opt_out(PHONE);
    let error = publish(&client, "Da nhan").send().await.unwrap_err();
    assert_eq!(error.code(), Some("OptedOut"));
    assert_eq!(sns.outbox().count(), 0);
}

#[tokio::test]
async fn the_outbox_of_a_folder_survives_a_restart_and_a_line_cut_short() {
    let folder = tempfile::tempdir().unwrap();
    let (sns, client) = neighbour(Outbox::in_folder(folder.path()).unwrap());
    publish(&client, "mot").send().await.unwrap();
    let before = sns.outbox().messages();
    drop((sns, client));
    let path = folder.path().join(super::super::outbox::OUTBOX_FILE);
    let mut content = std::fs::read(&path).unwrap();
    content.extend_from_slice(b"{\"message_id\":\"cut");
    std::fs::write(&path, content).unwrap();
    let (sns, client) = neighbour(Outbox::in_folder(folder.path()).unwrap());
    assert_eq!(sns.outbox().messages(), before);
    publish(&client, "hai").send().await.unwrap();
    drop((sns, client));
    let texts: Vec<_> =
        Outbox::in_folder(folder.path()).unwrap().messages().into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["mot", "hai"]);
}
