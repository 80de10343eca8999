//! One letter a day with a list, in place of a message for each piece of news.

use jiff::SignedDuration;
use mail_parser::MessageParser;
use motcua::store::{Item, TaskKind, text};
use motcua_local::neighbours::ses::{Failure, SIMULATOR};
use motcua_local::wire::Plan;
use motcua_local::wire::faults::{Fault, Faults};
use rules::calls;
use rules::dossier::{Action, Consent, Whose};
use rules::id::DossierId;
use rules::language::Language;
use rules::message::Outlet;
use rules::person::{Contact, Person, Personal, Said};
use rules::worklist::SearchKey;

use crate::fixture::{APPLICANT, Office, people};
use crate::prompt::{AT_ONCE, LINKLESS, demo_agency};

const AGENT: &str = "dai.ly@example.vn";
const NEXT_MORNING: &str = "2020-04-16T00:01:00+07:00";

fn agent(address: &str) -> Person {
    let mut person = people(Some(APPLICANT.0), None);
    person.applicant.email = Some(address.to_owned());
    person
}

/// Opens an office where somebody at this address has these dossiers and gets a list.
async fn office(address: &str, dossiers: u64) -> (Office, Vec<DossierId>) {
    let mut office = Office::open().await;
    let lines = format!(
        "outlets = [\"sms\", \"email\"]\nemail_from = \"mot-cua@example.vn\"\nemail_events = \"letters\"\n{AT_ONCE}{LINKLESS}"
    );
    office.site = motcua::site::Site::new(demo_agency(&lines), office.store().clone());
    let mut ids = Vec::new();
    for number in 1..=dossiers {
        ids.push(office.submit(number, agent(address)).await);
    }
    wants_a_list(&office, ids[0], address, true).await;
    (office, ids)
}

async fn wants_a_list(office: &Office, id: DossierId, address: &str, wanted: bool) {
    let key = SearchKey::of(office.site.config.id_key());
    let name = calls::name(&key, &office.agency, Some(&agent(address)), (id, 0));
    let said = Said { at: office.now(), by: "lan".into(), how: Consent::Phone };
    let wishes = office.store().wishes(&office.agency, &name).await.unwrap();
    let wishes = wishes.said(Language::Vi, &Outlet::ALL, &Outlet::ALL, said).with_daily_list(wanted, office.now());
    assert!(office.store().keep_wishes(&office.agency, &name, &wishes).await.unwrap());
}

fn letters(office: &Office) -> Vec<String> {
    let parse = |raw: &str| MessageParser::default().parse(raw.as_bytes()).unwrap().body_text(0).unwrap().into_owned();
    office.ses.mails().iter().map(|mail| parse(&mail.raw)).collect()
}

async fn all_messages(office: &Office, ids: &[DossierId]) -> Vec<Item> {
    let mut all = Vec::new();
    for id in ids {
        all.extend(office.messages(*id).await);
    }
    all
}

#[tokio::test]
async fn a_day_s_news_of_many_dossiers_leaves_in_one_letter_in_the_morning() {
    let (mut office, ids) = office(AGENT, 12).await;
    office.tell().await;
    assert_eq!((office.sent().len(), letters(&office).len()), (0, 0));
    let waiting = all_messages(&office, &ids).await;
    assert!(waiting.iter().all(|item| text(item, "reason") == Some("daily_list")));
    office.wait(SignedDuration::from_hours(8));
    office.sweep().await;
    assert_eq!(letters(&office).len(), 0, "not before the morning");
    office.wait_until(NEXT_MORNING);
    office.sweep().await;
    let letters_now = letters(&office);
    assert_eq!((letters_now.len(), office.sent().len()), (1, 0));
    assert!(letters_now[0].contains("Danh sách ngày 16/04/2020: 12 tin về các hồ sơ của ông/bà"), "{}", letters_now[0]);
    for id in &ids {
        assert!(letters_now[0].contains(id.as_str()), "{id}: {}", letters_now[0]);
    }
    let told = all_messages(&office, &ids).await;
    let with = text(&told[0], "sns_id").map(str::to_owned);
    assert!(with.is_some() && told.iter().all(|item| text(item, "sns_id") == with.as_deref()));
    // The letter arrived: so did every message of it.
    assert_eq!(office.hear().await, delivery::Report { noted: 1, ..Default::default() });
    assert_eq!(office.waiting(TaskKind::Message).await, 0);
    office.notify(&office.batch().await).await;
    office.wait(SignedDuration::from_hours(100));
    office.sweep().await;
    assert_eq!((letters(&office).len(), office.sent().len()), (1, 0), "told once");
}

#[tokio::test]
async fn a_letter_that_does_not_arrive_or_is_refused_sends_every_message_by_the_next_outlet() {
    for (address, refused) in [(format!("bounce@{SIMULATOR}"), false), (AGENT.to_owned(), true)] {
        let (mut office, ids) = office(&address, 3).await;
        office.tell().await;
        if refused {
            let plan = Plan::Burst { first_call: 1, calls: 1, fault: Failure::Rejected };
            office.ses.set_failures(Faults::from_seed(1, plan));
        }
        office.wait_until(NEXT_MORNING);
        office.sweep().await;
        office.hear().await;
        office.wait(SignedDuration::from_mins(5));
        office.sweep().await;
        assert_eq!(office.sent_to(APPLICANT.1), ids.len(), "{address}");
        for _ in 0..3 {
            office.wait(SignedDuration::from_hours(30));
            office.sweep().await;
        }
        assert_eq!(office.sent_to(APPLICANT.1), ids.len(), "{address}");
    }
}

#[tokio::test]
async fn a_list_tells_nothing_of_a_dossier_that_went_to_somebody_else_meanwhile() {
    let (mut office, ids) = office(AGENT, 2).await;
    office.tell().await;
    let corrected = Action::CorrectContact {
        whose: Whose::Applicant,
        address: false,
        phone: true,
        consent: Consent::Phone,
        because: "số mới".into(),
    };
    let mut order = office.written(ids[1], corrected, None);
    let is = Contact { phone: Some("0912000009".into()), ..Contact::default() };
    order.person = Some(Personal::Contact { is, given_by: None });
    office.site.recorder.record(&order).await.unwrap();
    office.wait_until(NEXT_MORNING);
    office.sweep().await;
    let list = letters(&office).into_iter().find(|letter| letter.contains("Danh sách ngày")).unwrap();
    assert!(list.contains(ids[0].as_str()) && !list.contains(ids[1].as_str()), "{list}");
}

#[tokio::test]
async fn whoever_dies_while_a_list_is_sent_loses_no_message_of_it() {
    let mut calls = 1;
    loop {
        let (mut office, ids) = office(AGENT, 3).await;
        office.tell().await;
        office.wait_until(NEXT_MORNING);
        let plan = Plan::Burst { first_call: calls, calls: 1_000_000, fault: Fault::TimeoutNotApplied };
        office.wire.set_faults(Faults::from_seed(1, plan));
        office.wire.reset();
        office.sweep().await;
        let reached = office.wire.tally().round_trips() >= calls;
        office.wire.set_faults(Faults::none());
        for _ in 0..4 {
            office.wait(SignedDuration::from_mins(30));
            office.sweep().await;
        }
        let told = all_messages(&office, &ids).await;
        assert!(told.iter().all(|item| text(item, "sent_at").is_some()), "call {calls}: {told:?}");
        let sent = letters(&office);
        assert!((1..=2).contains(&sent.len()), "call {calls}: {}", sent.len());
        assert!(ids.iter().all(|id| sent.iter().any(|letter| letter.contains(id.as_str()))), "call {calls}");
        assert_eq!(office.sent().len(), 0, "call {calls}");
        if !reached {
            return;
        }
        calls += 1;
    }
}
