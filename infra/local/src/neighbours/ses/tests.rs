//! SES through the real SDK.

use aws_sdk_sesv2::error::ProvideErrorMetadata;
use aws_sdk_sesv2::operation::send_email::builders::SendEmailFluentBuilder;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};

use super::*;
use crate::wire::{Plan, VirtualClock};

const FROM: &str = "mot-cua@example.vn";
const TO: &str = "nguoi.nop@example.vn";

fn neighbour() -> (Ses, aws_sdk_sesv2::Client) {
    let clock = VirtualClock::new("2020-04-15T01:00:00Z".parse().unwrap());
    let ses = Ses::memory(clock.clone());
    let client = client(&ses, &clock);
    (ses, client)
}

/// Writes a whole message; a test changes a part of it.
fn message() -> String {
    [
        "From: <mot-cua@example.vn>",
        "To: <nguoi.nop@example.vn>",
        "Subject: =?utf-8?Q?H=E1=BB=93_s=C6=A1?=",
        "Date: Wed, 15 Apr 2020 08:00:00 +0700",
        "Message-ID: <1@example.vn>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/alternative; boundary=\"b\"",
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "Xin chao",
        "--b",
        "Content-Type: text/html; charset=utf-8",
        "",
        "<p>Xin chao</p>",
        "--b--",
        "",
    ]
    .join("\r\n")
}

fn send(client: &aws_sdk_sesv2::Client, to: &str, raw: &str, tag: &str) -> SendEmailFluentBuilder {
    let raw = RawMessage::builder().data(Blob::new(raw)).build().unwrap();
    client
        .send_email()
        .from_email_address(FROM)
        .destination(Destination::builder().to_addresses(to).build())
        .content(EmailContent::builder().raw(raw).build())
        .configuration_set_name("letters")
        .email_tags(MessageTag::builder().name("dossier").value(tag).build().unwrap())
}

#[tokio::test]
async fn a_letter_lands_in_the_outbox_as_it_was_sent_and_its_receipt_in_the_topic() {
    let (ses, client) = neighbour();
    let sent = send(&client, TO, &message(), "A1").send().await.unwrap();
    let mails = ses.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(sent.message_id.as_deref(), Some(mails[0].message_id.as_str()));
    assert_eq!((mails[0].to.as_str(), mails[0].raw.as_str()), (TO, message().as_str()));
    let shown = format!("{:?}", mails[0]);
    assert!(!shown.contains(TO) && !shown.contains("Xin"), "{shown}");
    let event = ses.next_event().unwrap();
    let told: Value = serde_json::from_str(event["Records"][0]["Sns"]["Message"].as_str().unwrap()).unwrap();
    assert_eq!((&told["eventType"], &told["mail"]["tags"]["dossier"][0]), (&json!("Delivery"), &json!("A1")));
    assert_eq!(ses.next_event(), None);
}

#[tokio::test]
async fn letters_that_a_mail_server_would_trip_over_are_refused() {
    let whole = message();
    for (name, raw) in [
        ("no end of headers", "From: a".to_owned()),
        ("a header that is not ASCII", whole.replace("=?utf-8?Q?H=E1=BB=93_s=C6=A1?=", "Hồ sơ")),
        ("two subjects", whole.replace("Date:", "Subject: again\r\nDate:")),
        ("no date", whole.replace("Date: Wed, 15 Apr 2020 08:00:00 +0700\r\n", "")),
        ("another sender", whole.replace("mot-cua@", "khac@")),
        ("another receiver", whole.replace("nguoi.nop@", "khac@")),
        ("a bare line feed in a header", whole.replace("\r\nTo:", "\nTo:")),
        ("a bare line feed in a body", whole.replace("Xin chao\r\n--b\r\n", "Xin\nchao\r\n--b\r\n")),
        ("a bare carriage return in a body", whole.replace("Xin chao\r\n--b\r\n", "Xin\rchao\r\n--b\r\n")),
        ("no message id", whole.replace("Message-ID: <1@example.vn>\r\n", "")),
        ("two senders", whole.replace("To:", "From: <mot-cua@example.vn>\r\nTo:")),
        ("two receivers", whole.replace("Date:", "To: <nguoi.nop@example.vn>\r\nDate:")),
        ("no HTML", whole.replace("multipart/alternative; boundary=\"b\"", "text/plain")),
        (
            "a line of a thousand bytes",
            whole.replace("Xin chao\r\n--b\r\n", &format!("{}\r\n--b\r\n", "a".repeat(1000))),
        ),
    ] {
        let (ses, client) = neighbour();
        let error = send(&client, TO, &raw, "A1").send().await.unwrap_err();
        assert_eq!(error.code(), Some("BadRequestException"), "{name}");
        assert!(ses.mails().is_empty(), "{name}");
    }
    let (_, client) = neighbour();
    assert!(send(&client, TO, &whole, "000.00").send().await.is_err(), "a tag has no dots");
    assert!(send(&client, TO, &whole, "A1").destination(Destination::builder().build()).send().await.is_err());
}

#[tokio::test]
async fn each_refusal_arrives_by_its_name() {
    for (failure, code, tries) in [
        (Failure::Throttled, "TooManyRequestsException", 3),
        (Failure::Paused, "SendingPausedException", 1),
        (Failure::InternalError, "InternalServiceErrorException", 3),
        (Failure::Rejected, "MessageRejected", 1),
    ] {
        let (ses, client) = neighbour();
        ses.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 9, fault: failure }));
        let error = send(&client, TO, &message(), "A1").send().await.unwrap_err();
        assert_eq!((error.code(), ses.calls()), (Some(code), tries), "{failure:?}");
        assert!(ses.mails().is_empty());
    }
}

#[tokio::test]
async fn each_address_of_the_simulator_has_its_own_outcome() {
    for (name, outcome, _) in OUTCOMES {
        let (ses, client) = neighbour();
        let to = format!("{name}@{SIMULATOR}");
        let sent = send(&client, &to, &message().replace(TO, &to), "A1").send().await;
        assert_eq!(sent.is_ok(), outcome != Outcome::Refused, "{name}");
        assert_eq!(ses.next_event().is_some(), !matches!(outcome, Outcome::Silence | Outcome::Refused), "{name}");
    }
}

#[tokio::test]
async fn letters_outlive_the_process_in_a_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let clock = VirtualClock::new("2020-04-15T01:00:00Z".parse().unwrap());
    let ses = Ses::in_folder(folder.path(), clock.clone()).unwrap();
    send(&client(&ses, &clock), TO, &message(), "A1").send().await.unwrap();
    drop(ses);
    assert_eq!(Ses::in_folder(folder.path(), clock).unwrap().mails().len(), 1);
}
