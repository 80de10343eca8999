//! Messages leave because of recorded events: once to each, whatever fails between.

mod by_event;
mod daily;
mod everywhere;
mod gateway;
mod interrupted;
mod languages;
mod outlets;
mod receivers;
mod stream;
mod timing;

use crate::fixture::{APPLICANT, FILER, Office, both, one, receipt_of};
use crate::prompt::{AT_ONCE, LINKLESS};
use rules::catalogue::Reason;
use rules::dossier::{Action, ResultKind};

/// A batch of which nothing must come again.
const DONE: &str = r#"{"batchItemFailures":[]}"#;

#[tokio::test]
async fn a_submission_is_told_to_the_applicant_and_to_the_filer() {
    let mut office = Office::open().await;
    office.submit(1, both()).await;
    office.tell().await;
    let text = "KKT Van Phong: Da nhan ho so 000000000001 ngay 15/04/2020, dang kiem tra. Hoi 0258 000 0000.";
    let expected = [APPLICANT.1, FILER.1].map(|number| (number.to_owned(), text.to_owned()));
    assert_eq!(office.sent(), expected);
    let attributes = &office.sns.outbox().messages()[0].attributes;
    assert_eq!(attributes["AWS.SNS.SMS.SMSType"], "Transactional");
}

#[tokio::test]
async fn the_life_of_a_dossier_as_its_applicant_reads_it() {
    let mut office = Office::open().await;
    let id = office.accepted(1, one()).await;
    office.wait_until("2020-04-16T09:00:00+07:00");
    let originals = ["P1", "P2"].map(str::to_owned).to_vec();
    office.order(id, Action::PauseClock { reason: Reason::Originals, papers: originals }).await;
    office.wait_until("2020-04-17T09:00:00+07:00");
    office.order(id, receipt_of(&["P1"])).await;
    office.wait_until("2020-04-20T15:00:00+07:00");
    office.order(id, receipt_of(&["P2"])).await;
    office.order(id, Action::EnterStep { step: "signing".into() }).await;
    office.wait_until("2020-04-23T15:00:00+07:00");
    office.order(id, Action::RecordResult { kind: ResultKind::Positive, reason: None }).await;
    office.order(id, crate::fixture::hand_out()).await;
    office.tell().await;
    let texts: Vec<_> = office.sent().into_iter().map(|(_, text)| text).collect();
    insta::assert_snapshot!(texts.join("\n"), @r"
    KKT Van Phong: Da nhan ho so 000000000001 ngay 15/04/2020, dang kiem tra. Hoi 0258 000 0000.
    KKT Van Phong: Da tiep nhan ho so 000.00.01.H32-200415-0001, hen tra 22/04/2020. Hoi 0258 000 0000.
    KKT Van Phong: Ho so 000.00.01.H32-200415-0001 tam dung tinh han, cho 2 ban chinh den het 04/05/2020. Hoi 0258 000 0000.
    KKT Van Phong: Ho so 000.00.01.H32-200415-0001: da nhan 1/2 ban chinh, van tam dung tinh han. Hoi 0258 000 0000.
    KKT Van Phong: Da nhan du giay to ho so 000.00.01.H32-200415-0001, tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020. Hoi 0258 000 0000.
    KKT Van Phong: Ho so 000.00.01.H32-200415-0001 da co ket qua, moi den Mot cua nhan. Hoi 0258 000 0000.
    ");
}

#[tokio::test]
async fn an_agency_s_sender_id_and_highest_price_go_with_each_of_its_messages() {
    use crate::town::{MORNING, Town, at};
    use motcua_local::neighbours::outbox::Outbox;
    use motcua_local::neighbours::sns::Sns;
    use motcua_local::wire::stream::Settings;
    use motcua_local::wire::{VirtualClock, Wire, database};
    use rules::config::{Config, DEMO, Host};

    let agency = format!(
        "\n[[agencies]]\ncode = \"{}\"\nname = \"KKT\"\nsms_sender_id = \"KKTVanPhong\"\nsms_max_price = \"0.20\"\n{AT_ONCE}{LINKLESS}",
        rules::config::DEMO_AGENCY_CODE,
    );
    let own = format!("{DEMO}{agency}");
    let none = format!("{DEMO}\n[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"KKT\"\n{AT_ONCE}{LINKLESS}");
    for (text, expected) in [(own.as_str(), [Some("KKTVanPhong"), Some("0.20")]), (none.as_str(), [None, None])] {
        let clock = VirtualClock::new(at(MORNING));
        let wire = Wire::in_process(database::memory_with_clock(&clock).unwrap());
        let sns = Sns::new(Outbox::memory(), clock.clone());
        let config = Config::strict(text, Host::Loopback).unwrap();
        let town = Box::pin(Town::with(clock, config, wire, sns, Settings::default())).await;
        town.submit("G22-1").await;
        town.office.deliver().await.unwrap();
        let sent = town.sms();
        assert!(!sent.is_empty());
        for message in sent {
            let of = |name: &str| message.attributes.get(name).map(String::as_str);
            assert_eq!([of("AWS.SNS.SMS.SenderID"), of("AWS.SNS.SMS.MaxPrice")], expected);
        }
    }
}
