//! Numbers that turned out to be of no use: nothing more is sent to them until they are corrected.

use motcua::store::TaskKind;

use super::*;

const MOBILE: &str = "0905000001";

/// Files a dossier whose SMS is refused by the service, because the receiver opted out.
async fn opted_out(town: &Town, code: &str) -> DossierId {
    town.office.sns().opt_out(&format!("+84{}", &MOBILE[1..]));
    filed(town, code, json!({ "SoDienThoai": MOBILE })).await
}

#[tokio::test]
async fn a_wrong_number_gets_no_more_sms_until_it_is_corrected() {
    for (outcome, code) in [("wrong-number", "wrong_number"), ("not-this-person", "not_this_person"), ("died", "died")]
    {
        let town = Town::new().await;
        let id = opted_out(&town, "G22-1").await;
        let call = only(&town).await;
        assert_eq!(call["dossiers"][0]["reason"], "opted_out");
        let after = records(&town, &call, json!({ "outcome": outcome })).await;
        assert_eq!((&after["unusable"], &after["to_be_mended"]), (&json!(code), &json!(true)));
        let calls = town.office.sns().calls();
        town.minutes(1);
        town.clerk(id, "accept", json!({})).await;
        town.office.deliver().await.unwrap();
        assert_eq!(town.office.sns().calls(), calls, "{outcome}: nothing is sent");
        let entry = only(&town).await;
        assert_eq!((&entry["id"], &entry["dossiers"][0]["reason"]), (&call["id"], &json!(code)), "{outcome}");
        assert_eq!(town.for_a_person(TaskKind::Message).await, 2);
        // The right number: the messages are its person's now, and new ones leave.
        let right =
            json!({ "whose": "applicant", "phone": "0905000002", "consent": "phone", "because": "gọi nhầm số" });
        town.clerk(id, "correct-contact", right).await;
        town.office.deliver().await.unwrap();
        assert_eq!(town.sms().last().unwrap().phone_number, "+84905000002", "{outcome}");
        let mended = only(&town).await;
        assert_eq!((&mended["phone"], &mended["unusable"]), (&json!("+84905000002"), &Value::Null));
        assert_ne!(mended["id"], call["id"]);
        assert_eq!(counted(&town).await, 1);
        // What did not arrive is sent once more, and is over.
        let left = town.sms().len();
        records(&town, &mended, json!({ "outcome": "send-again" })).await;
        assert_eq!(list(&town).await.len(), 0);
        town.settle(1).await;
        assert_eq!((town.sms().len() - left, town.for_a_person(TaskKind::Message).await), (2, 0), "{outcome}");
        assert_eq!((list(&town).await.len(), counted(&town).await), (0, 0));
    }
}

#[tokio::test]
async fn messages_that_are_sent_again_in_vain_come_back() {
    let town = Town::new().await;
    opted_out(&town, "G22-1").await;
    let call = only(&town).await;
    records(&town, &call, json!({ "outcome": "send-again" })).await;
    assert_eq!((list(&town).await.len(), counted(&town).await), (0, 0));
    town.settle(1).await;
    let again = only(&town).await;
    assert_eq!((&again["id"], &again["last"]["outcome"]), (&call["id"], &json!("send-again")));
    assert_eq!(counted(&town).await, 1);
}

#[tokio::test]
async fn a_letter_that_bounced_is_sent_anew_and_its_old_receipt_says_nothing_of_it() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({ "SoDienThoai": "", "Email": "bounce@simulator.amazonses.com" })).await;
    town.minutes(1);
    town.settle(1).await;
    let call = only(&town).await;
    assert_eq!((&call["dossiers"][0]["reason"], town.office.ses().mails().len()), (&json!("bounced"), 1));
    records(&town, &call, json!({ "outcome": "send-again" })).await;
    town.minutes(1);
    town.settle(1).await;
    assert_eq!(town.office.ses().mails().len(), 2);
    town.minutes(1);
    town.settle(1).await;
    assert_eq!(only(&town).await["dossiers"][0]["reason"], "bounced");
}
