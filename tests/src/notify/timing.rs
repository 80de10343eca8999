//! When messages leave, in which language, and to whom they do not.

use jiff::SignedDuration;
use motcua::site::Site;
use motcua::store::{Item, Key, TaskKind, text};
use motcua::tell::{Outcome, Sender};
use motcua_local::neighbours::sns::Failure;
use motcua_local::rights::in_role;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use rules::calls;
use rules::dossier::{Action, Consent, Event};
use rules::id::DossierId;
use rules::language::Language;
use rules::message::Outlet;
use rules::person::{Person, Said, Wishes};
use rules::vnd::Vnd;
use rules::worklist::SearchKey;

use crate::fixture::{APPLICANT, CHANNEL, FILER, Office, people};
use crate::prompt::demo_agency;

const SENDER: &str = "email_from = \"mot-cua@example.vn\"\nemail_events = \"letters\"\n";

/// Opens an office whose agency has these lines in its entry.
async fn office(lines: &str) -> Office {
    let mut office = Office::open().await;
    office.site = Site::new(demo_agency(lines), office.store().clone());
    office
}

fn reasons(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| text(item, "reason").unwrap_or("")).collect()
}

fn written_to(person: &mut Person, address: &str) {
    person.applicant.email = Some(address.to_owned());
}

/// Writes down how the applicant of a dossier wants to be told.
async fn wants(office: &Office, id: DossierId, person: &Person, language: Language, outlets: &[Outlet]) {
    let name = calls::name(&SearchKey::of(office.site.config.id_key()), &office.agency, Some(person), (id, 0));
    let said = Said { at: office.now(), by: "lan".into(), how: Consent::Phone };
    let wishes =
        office.store().wishes(&office.agency, &name).await.unwrap().said(language, &Outlet::ALL, outlets, said);
    assert!(office.store().keep_wishes(&office.agency, &name, &wishes).await.unwrap());
}

async fn wishes_of(office: &Office, id: DossierId, person: &Person) -> Wishes {
    let name = calls::name(&SearchKey::of(office.site.config.id_key()), &office.agency, Some(person), (id, 0));
    office.store().wishes(&office.agency, &name).await.unwrap()
}

#[tokio::test]
async fn the_message_of_an_arrival_waits_five_minutes_for_the_acceptance() {
    let mut office = office("").await;
    let id = office.submit(1, people(Some(APPLICANT.0), None)).await;
    office.tell().await;
    assert_eq!(office.sent(), []);
    assert_eq!(reasons(&office.messages(id).await), ["not_yet"]);
    office.wait(SignedDuration::from_mins(2));
    office.order(id, Action::Accept { code: None }).await;
    office.tell().await;
    office.wait(SignedDuration::from_mins(3));
    office.sweep().await;
    assert_eq!(office.sent(), []);
    assert_eq!(reasons(&office.messages(id).await), ["overtaken", "not_yet"]);
    office.wait(SignedDuration::from_mins(2));
    office.sweep().await;
    let sent = office.sent();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].1.contains("Da tiep nhan"), "{sent:?}");
    assert_eq!(reasons(&office.messages(id).await), ["overtaken", ""]);
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
}

#[tokio::test]
async fn an_arrival_that_nobody_accepts_in_time_is_told() {
    let mut office = office("").await;
    let id = office.submit(1, people(Some(APPLICANT.0), Some(FILER.0))).await;
    office.tell().await;
    office.wait(SignedDuration::from_secs(299));
    office.sweep().await;
    assert_eq!(office.sent(), []);
    office.wait(SignedDuration::from_secs(1));
    office.sweep().await;
    assert_eq!((office.sent_to(APPLICANT.1), office.sent_to(FILER.1)), (1, 1));
    office.order(id, Action::Accept { code: None }).await;
    office.tell().await;
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!(office.sent().len(), 4);
}

#[tokio::test]
async fn an_acceptance_and_the_fee_that_is_asked_for_at_once_are_one_message() {
    for (minutes, told) in [(4, 1), (5, 2)] {
        let mut office = office("").await;
        let id = office.accepted(1, people(Some(APPLICANT.0), None)).await;
        office.tell().await;
        office.wait(SignedDuration::from_mins(minutes));
        office.sweep().await;
        let ask = Action::AskFee { channel: CHANNEL.into(), amount_vnd: Vnd::new(125_000).unwrap() };
        office.order(id, ask).await;
        office.tell().await;
        office.wait(SignedDuration::from_mins(5));
        office.sweep().await;
        let sent = office.sent();
        assert_eq!(sent.len(), told, "after {minutes} minutes: {sent:?}");
        assert_eq!(sent.iter().filter(|(_, text)| text.contains("Da tiep nhan")).count(), 1, "{sent:?}");
        assert_eq!(sent.iter().filter(|(_, text)| text.contains("125.000d")).count(), 1, "{sent:?}");
        assert_eq!(office.before_a_person(TaskKind::Message).await, []);
    }
}

#[tokio::test]
async fn a_stream_that_comes_late_finds_the_acceptance_there() {
    let mut office = office("").await;
    let id = office.accepted(1, people(Some(APPLICANT.0), None)).await;
    office.tell().await;
    assert_eq!(reasons(&office.messages(id).await), ["overtaken", "not_yet"]);
    assert_eq!(office.notify(&office.batch().await).await.to_string(), super::DONE);
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!(office.sent().len(), 1, "{:?}", office.sent());
    assert_eq!(office.notify(&office.batch().await).await.to_string(), super::DONE);
    assert_eq!(office.sent().len(), 1);
}

#[tokio::test]
async fn nobody_s_telephone_rings_at_night_and_letters_leave() {
    for (outlets, sms, mails) in [("outlets = [\"sms\"]\n", 0, 0), ("outlets = [\"email\"]\n", 0, 1)] {
        let mut office = office(&format!("{outlets}{SENDER}messages = {{ wait_minutes = 0 }}\n")).await;
        let mut person = people(Some(APPLICANT.0), None);
        written_to(&mut person, "nguoi.nop@example.vn");
        office.wait_until("2020-04-15T21:00:00+07:00");
        let id = office.submit(1, person).await;
        office.tell().await;
        assert_eq!((office.sent().len(), office.ses.mails().len()), (sms, mails), "{outlets}");
        office.wait_until("2020-04-16T06:59:00+07:00");
        office.sweep().await;
        assert_eq!((office.sent().len(), office.ses.mails().len()), (sms, mails), "{outlets}");
        office.wait_until("2020-04-16T07:00:00+07:00");
        office.sweep().await;
        assert_eq!(office.sent().len() + office.ses.mails().len(), 1, "{outlets}");
        assert_eq!(office.before_a_person(TaskKind::Message).await, []);
        assert_eq!(office.messages(id).await.len(), 1);
    }
}

#[tokio::test]
async fn a_try_that_comes_due_at_night_waits_for_the_morning() {
    let mut office = office("messages = { wait_minutes = 0 }\n").await;
    office.wait_until("2020-04-15T20:59:30+07:00");
    let id = office.submit(1, people(Some(APPLICANT.0), None)).await;
    office.sns.set_failures(Faults::from_seed(1, Plan::Burst { first_call: 1, calls: 9, fault: Failure::Throttled }));
    office.tell().await;
    office.sns.set_failures(Faults::none());
    office.wait_until("2020-04-15T23:00:00+07:00");
    office.sweep().await;
    assert_eq!(office.sent(), []);
    assert_eq!(reasons(&office.messages(id).await), ["quiet_hours"]);
    office.wait_until("2020-04-16T07:00:00+07:00");
    office.sweep().await;
    assert_eq!(office.sent().len(), 1);
}

#[tokio::test]
async fn the_messages_beyond_the_cap_of_a_day_leave_on_the_next() {
    let cap = "messages = { wait_minutes = 0, sms_a_day = 5 }\n";
    let mut office = office(cap).await;
    for number in 1..=7 {
        office.submit(number, people(Some(APPLICANT.0), None)).await;
    }
    office.tell().await;
    assert_eq!(office.sent().len(), 5);
    let today = rules::vietnam::day(office.now());
    assert_eq!(office.store().sent_on(&office.agency, today).await.unwrap()[Outlet::Sms as usize], 5);
    office.sweep().await;
    assert_eq!(office.sent().len(), 5, "nothing more today");
    office.wait_until("2020-04-16T06:59:59+07:00");
    office.sweep().await;
    assert_eq!(office.sent().len(), 5);
    office.wait_until("2020-04-16T07:00:00+07:00");
    office.sweep().await;
    assert_eq!(office.sent().len(), 7);
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
}

#[tokio::test]
async fn people_are_told_in_their_language_by_the_outlets_they_want() {
    let lines = format!("outlets = [\"sms\", \"email\"]\n{SENDER}messages = {{ wait_minutes = 0 }}\n");
    for (language, wanted, sms, mails, told) in [
        (Language::En, &[Outlet::Sms, Outlet::Email][..], 1, 0, "received"),
        (Language::En, &[Outlet::Email][..], 0, 1, "received"),
        (Language::Vi, &[Outlet::Email][..], 0, 1, "đang kiểm tra"),
        (Language::Vi, &[][..], 0, 0, ""),
    ] {
        let mut office = office(&lines).await;
        let mut person = people(Some(APPLICANT.0), None);
        written_to(&mut person, "nguoi.nop@example.vn");
        let id = DossierId::from_random(1);
        wants(&office, id, &person, language, wanted).await;
        office.submit(1, person.clone()).await;
        office.tell().await;
        let (texts, letters) = (office.sent(), office.ses.mails());
        assert_eq!((texts.len(), letters.len()), (sms, mails), "{language:?} {wanted:?}");
        let all = match (texts.first(), letters.first()) {
            (Some((_, text)), _) => text.clone(),
            (None, Some(mail)) => {
                let read = mail_parser::MessageParser::default().parse(mail.raw.as_bytes()).unwrap();
                read.body_text(0).unwrap().into_owned()
            }
            (None, None) => String::new(),
        };
        assert!(all.contains(told), "{language:?} {wanted:?}: {all}");
        if wanted.is_empty() {
            assert_eq!(reasons(&office.messages(id).await), ["declined"]);
            assert_eq!(office.before_a_person(TaskKind::Message).await, [], "nobody calls them about that");
        }
    }
}

#[tokio::test]
async fn who_wants_no_message_is_called_about_what_must_be_done_by_a_day() {
    let mut office = office("messages = { wait_minutes = 0 }\n").await;
    let person = people(Some(APPLICANT.0), None);
    let id = DossierId::from_random(1);
    wants(&office, id, &person, Language::Vi, &[]).await;
    office.accepted(1, person).await;
    office.wait_until("2020-04-17T17:05:00+07:00");
    office.sweep().await;
    office.tell().await;
    assert_eq!(office.sent(), []);
    assert_eq!(office.before_a_person(TaskKind::Message).await.len(), 1, "the originals are missing");
}

#[tokio::test]
async fn who_opted_out_at_the_service_is_not_tried_again() {
    let lines = format!("outlets = [\"sms\", \"email\"]\n{SENDER}messages = {{ wait_minutes = 0 }}\n");
    let mut office = office(&lines).await;
    let mut person = people(Some(APPLICANT.0), None);
    written_to(&mut person, "nguoi.nop@example.vn");
    office.sns.opt_out(APPLICANT.1);
    let id = office.submit(1, person.clone()).await;
    office.tell().await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (0, 1));
    let wishes = wishes_of(&office, id, &person).await;
    let opt_out = wishes.opt_out(Outlet::Sms).unwrap();
    assert!(opt_out.to_service && opt_out.since == office.now());
    assert_eq!(wishes.opt_out(Outlet::Email), None);
    office.order(id, Action::Accept { code: None }).await;
    office.tell().await;
    assert_eq!(office.ses.mails().len(), 2);
    let tried = office.messages(id).await.iter().filter(|item| text(item, "sk").unwrap().ends_with("#sms")).count();
    assert_eq!(tried, 1, "the second letter did not ask the SMS service again");
}

#[tokio::test]
async fn wishes_lie_under_nothing_that_names_a_person() {
    let office = office("").await;
    let person = people(Some(APPLICANT.0), None);
    let id = DossierId::from_random(1);
    wants(&office, id, &person, Language::En, &[Outlet::Sms]).await;
    let name = calls::name(&SearchKey::of(office.site.config.id_key()), &office.agency, Some(&person), (id, 0));
    let item = office.store().item(&Key::wishes(&office.agency, &name)).await.unwrap().unwrap();
    let all = format!("{item:?}");
    for of_theirs in [&person.applicant.name, APPLICANT.0, APPLICANT.1, "912345678"] {
        assert!(!all.contains(of_theirs), "{all}");
    }
}

#[tokio::test]
async fn what_was_told_is_not_told_again_by_another_outlet_when_the_stream_repeats_itself() {
    let lines = format!("outlets = [\"sms\", \"email\"]\n{SENDER}messages = {{ wait_minutes = 0 }}\n");
    let mut office = office(&lines).await;
    let mut person = people(Some(APPLICANT.0), None);
    written_to(&mut person, "nguoi.nop@example.vn");
    let id = office.submit(1, person.clone()).await;
    office.tell().await;
    assert_eq!((office.sent().len(), office.ses.mails().len()), (1, 0));
    wants(&office, id, &person, Language::Vi, &[Outlet::Email]).await;
    assert_eq!(office.notify(&office.batch().await).await.to_string(), super::DONE);
    assert_eq!((office.sent().len(), office.ses.mails().len()), (1, 0), "it was told by SMS");
}

#[tokio::test]
async fn a_message_that_waited_until_nobody_wants_it_ends_without_a_call() {
    let mut office = office("").await;
    let person = people(Some(APPLICANT.0), None);
    let id = office.submit(1, person.clone()).await;
    office.tell().await;
    wants(&office, id, &person, Language::Vi, &[]).await;
    office.wait(SignedDuration::from_mins(5));
    office.sweep().await;
    assert_eq!(office.sent(), []);
    assert_eq!(reasons(&office.messages(id).await), ["declined"]);
    assert_eq!(office.before_a_person(TaskKind::Message).await, []);
}

#[tokio::test]
async fn a_message_beyond_the_cap_that_asks_for_something_until_tonight_goes_to_a_person() {
    let mut office = office("messages = { wait_minutes = 0, sms_a_day = 1 }\n").await;
    office.submit(1, people(Some(APPLICANT.0), None)).await;
    office.tell().await;
    assert_eq!(office.sent().len(), 1, "the only one of the day");
    let second = office.submit(2, people(Some(FILER.0), None)).await;
    let awaited = super::languages::awaited_until(office.now());
    let recorded =
        super::languages::commit(100, vec![Event::IntakeSupplementRequested { awaited, reason: String::new() }]);
    let mut sender = Sender::new(&office.site, &office.outlets, notify::LEASE, office.now());
    let told = in_role("notify", sender.tell(&office.agency, second, &recorded)).await.unwrap();
    assert_eq!(told, [Outcome::Undeliverable]);
    assert_eq!(office.before_a_person(TaskKind::Message).await.len(), 1);
    assert_eq!(office.sent().len(), 1);
}

#[tokio::test]
async fn who_opted_out_at_the_only_service_is_called_each_time_and_the_service_is_not_asked_again() {
    let mut office = office("messages = { wait_minutes = 0 }\n").await;
    office.sns.opt_out(APPLICANT.1);
    let id = office.submit(1, people(Some(APPLICANT.0), None)).await;
    office.tell().await;
    let asked = office.sns.calls();
    office.order(id, Action::Accept { code: None }).await;
    office.tell().await;
    assert_eq!(office.sns.calls(), asked);
    let list = office.before_a_person(TaskKind::Message).await;
    let reasons: Vec<_> = list.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(reasons, ["opted_out", "opted_out"], "they told the office nothing");
}
