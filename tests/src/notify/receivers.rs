//! Receivers of a message.

use motcua::store::{Key, TaskKind};

use crate::fixture::{APPLICANT, FILER, Office, both, one, people};

#[tokio::test]
async fn one_number_for_both_is_told_once() {
    let mut office = Office::open().await;
    office.submit(1, people(Some("0912345678"), Some("+84 912.345.678"))).await;
    office.tell().await;
    assert_eq!(office.sent_to(APPLICANT.1), 1);
    assert_eq!(office.sent().len(), 1);
}

#[tokio::test]
async fn a_number_of_before_2018_is_told_at_its_new_one() {
    let mut office = Office::open().await;
    office.submit(1, people(Some("0168 1234567"), None)).await;
    office.tell().await;
    assert_eq!(office.sent_to("+84381234567"), 1);
}

#[tokio::test]
async fn a_landline_is_never_sent_to_and_stands_before_a_person() {
    let mut office = Office::open().await;
    office.submit(1, people(Some("0258 3822 222"), Some(FILER.0))).await;
    office.tell().await;
    assert_eq!(office.sent().len(), 1);
    assert_eq!(office.sent_to(FILER.1), 1);
    let expected = [("message#0000000001#0#sms".to_owned(), "landline".to_owned())];
    assert_eq!(office.before_a_person(TaskKind::Message).await, expected);
    // It waits for a person: neither a repeat nor a sweep touches it again.
    let calls = office.sns.calls();
    office.notify(&office.batch().await).await;
    office.wait(jiff::SignedDuration::from_hours(48));
    assert_eq!(office.sweep().await, deadline_sweep::Report { proposed: 1, ..Default::default() });
    assert_eq!(office.sns.calls(), calls);
}

#[tokio::test]
async fn where_nobody_gave_a_usable_number_a_person_hears_why() {
    for (person, reason) in [
        (people(None, None), "no_number"),
        (people(Some(" "), Some("")), "no_number"),
        (people(Some("12345"), None), "not_a_number"),
        (people(None, Some("0258 3822 222")), "landline"),
    ] {
        let mut office = Office::open().await;
        office.submit(1, person).await;
        office.tell().await;
        assert_eq!(office.sent(), []);
        let list = office.before_a_person(TaskKind::Message).await;
        assert_eq!(list.iter().map(|(_, reason)| reason.as_str()).collect::<Vec<_>>(), [reason]);
        assert_eq!(office.stream.given_up(), []);
    }
}

#[tokio::test]
async fn a_dossier_whose_people_are_erased_holds_nothing_up() {
    let mut office = Office::open().await;
    let erased = office.submit(1, both()).await;
    office.submit(2, one()).await;
    let key = Key::person(&office.agency, erased).attributes();
    let delete = office.store().client().delete_item().table_name(office.store().table()).set_key(Some(key));
    delete.send().await.unwrap();
    office.tell().await;
    assert_eq!(office.sent().len(), 1);
    let expected = [("message#0000000001#0#sms".to_owned(), "no_people".to_owned())];
    assert_eq!(office.before_a_person(TaskKind::Message).await, expected);
    assert_eq!(office.stream.given_up(), []);
}

#[tokio::test]
async fn what_is_kept_of_a_message_holds_neither_its_text_nor_a_number_nor_a_name() {
    let mut office = Office::open().await;
    let sent = office.submit(1, both()).await;
    let refused = office.submit(2, people(Some("0258 3822 222"), None)).await;
    office.tell().await;
    for id in [sent, refused] {
        for item in office.messages(id).await {
            let kept = format!("{item:?}");
            assert!(!["912", "987", "822", "Nguy", "ho so", "KKT"].iter().any(|it| kept.contains(it)), "{kept}");
        }
    }
}
