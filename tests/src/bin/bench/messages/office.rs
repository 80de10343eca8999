//! An office whose agency sends SMS and letters, its dossiers, and what its outlets took.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mail_parser::MessageParser;
use motcua::site::Site;
use motcua::store::{Item, Store, TaskKind, text};
use motcua_local::wire::client_through;
use motcua_local::wire::stream::Settings;
use motcua_tests::fixture::{APPLICANT, FILER, Office, TABLE, people};
use rules::config::{Config, DEMO, DEMO_AGENCY_CODE, Host};
use rules::id::DossierId;
use rules::person::Person;

/// Records of one batch. One that fails comes again until it is done, as a person lets dead letters come again.
const STREAM: Settings = Settings { batch_records: 10, retries: u32::MAX, bisect: true, disorder: None };

/// Returns the configuration: SMS first, letters to whoever has no telephone; each leaves at once, at every hour.
pub fn configuration() -> String {
    let demo = DEMO.replace("\"/local/", "\"https://gateway.example/");
    format!(
        "{demo}\n[[agencies]]\ncode = \"{DEMO_AGENCY_CODE}\"\nname = \"Ban Quản lý Khu kinh tế\"\n\
         sms_prefix = \"KKT Van Phong\"\nsms_sender_id = \"KKTVanPhong\"\noutlets = [\"sms\", \"email\"]\n\
         email_from = \"mot-cua@example.vn\"\n\
         messages = {{ wait_minutes = 0, quiet_hours = \"none\" }}\n"
    )
}

/// Opens the office.
pub async fn open(now: Timestamp) -> Office {
    let mut office = Office::open_at(now, STREAM).await;
    let config = Config::strict(&configuration(), Host::Loopback).unwrap();
    let store = Store::new(client_through(office.wire.clone(), &office.clock), TABLE);
    office.site = Site::new(config, store);
    office
}

/// Returns the people of a dossier: with two numbers, with one, with a mailbox alone, with a number and a mailbox.
pub fn people_of(number: u64) -> (Person, u64) {
    let mailbox = |name: &str| Some(format!("{name}.{number}@example.vn"));
    match number % 4 {
        0 => (people(Some(APPLICANT.0), Some(FILER.0)), 2),
        1 => (people(Some(APPLICANT.0), None), 1),
        2 => {
            let mut alone = people(None, None);
            alone.applicant.email = mailbox("chu");
            (alone, 1)
        }
        _ => {
            let mut person = people(Some(APPLICANT.0), Some("0258 3822 222"));
            person.filer.iter_mut().for_each(|filer| filer.email = mailbox("nop"));
            (person, 2)
        }
    }
}

/// Checks that each message of these dossiers left at least once; returns their number and what left in all.
///
/// No two messages have one receiver and one text, since a text names its dossier and its news.
pub async fn check(office: &Office, dossiers: &[DossierId]) -> (u64, u64) {
    let mut left: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (number, text) in office.sent() {
        *left.entry((number, text)).or_default() += 1;
    }
    for mail in office.ses.mails() {
        let message = MessageParser::default().parse(mail.raw.as_bytes()).unwrap();
        let subject = message.subject().unwrap().to_owned();
        *left.entry((mail.to, subject)).or_default() += 1;
    }
    let mut messages = 0;
    for id in dossiers {
        let items = office.messages(*id).await;
        let dropped = |item: &&Item| text(item, "reason") == Some("overtaken");
        assert!(items.iter().filter(|item| !dropped(item)).all(|item| text(item, "sent_at").is_some()), "{items:?}");
        messages += items.iter().filter(|item| !dropped(item)).count() as u64;
    }
    assert_eq!(left.len() as u64, messages, "different messages that left, and messages");
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
    assert_eq!(office.waiting(TaskKind::Message).await, 0);
    assert!(office.stream.given_up().is_empty());
    (messages, left.values().sum())
}
