//! Messages of a broadcast leave once to each.

use mail_parser::MessageParser;
use motcua_local::neighbours::sns::Failure;
use motcua_local::wire::Plan;
use motcua_local::wire::faults::Faults;
use rules::broadcast::{Act, Audience, Part, Stage};
use rules::message::Outlet;
use rules::person::Wishes;

use super::{acts, filed, it, minute, mobile, office, project, released, somebody, wishes, written};

#[tokio::test]
async fn each_is_told_once_and_the_report_says_so() {
    let office = office("").await;
    filed(&office, 30).await;
    let broadcast = released(&office, Audience::default()).await;
    let progress = minute(&office).await;
    assert_eq!((progress.told, progress.unreached), (30, 0));
    let text = "KKT Van Phong: Tu 01/04/2020 bo phan mot cua tam dong cua. Hoi 0258 000 0000.";
    let mut sent = office.sent();
    sent.sort();
    let expected: Vec<_> = (1..=30).map(|number| (mobile(number).1, text.to_owned())).collect();
    assert_eq!(sent, expected);
    let it = it(&office, broadcast).await;
    assert_eq!((it.stage, it.waiting(), it.report.told.get(&Outlet::Sms)), (Stage::Done, 0, Some(&30)));
    minute(&office).await;
    assert_eq!(office.sent().len(), 30);
}

#[tokio::test]
async fn somebody_with_five_dossiers_gets_one_message_and_two_people_at_one_number_one_text() {
    let office = office("").await;
    for number in 1..=5 {
        office.submit(number, somebody(Some(&mobile(1).0), "1")).await;
    }
    office.submit(6, somebody(Some(&mobile(2).0), "2")).await;
    office.submit(7, somebody(Some(&mobile(2).0), "3")).await;
    project(&office).await;
    let broadcast = released(&office, Audience::default()).await;
    // Whoever shares an address waits for what becomes of the other's message.
    for _ in 0..3 {
        minute(&office).await;
    }
    assert_eq!((office.sent_to(&mobile(1).1), office.sent_to(&mobile(2).1)), (1, 1));
    let report = it(&office, broadcast).await.report;
    assert_eq!((report.all_told(), report.together), (2, 1));
}

#[tokio::test]
async fn nothing_leaves_before_somebody_released_it_nor_after_it_was_cancelled() {
    let office = office("").await;
    filed(&office, 3).await;
    let broadcast = written(&office, Audience::default()).await;
    minute(&office).await;
    minute(&office).await;
    assert_eq!(office.sent(), []);
    acts(&office, broadcast, Act::Cancel, "lan").await.unwrap();
    minute(&office).await;
    assert_eq!(office.sent(), []);
}

#[tokio::test]
async fn it_is_stopped_in_the_middle_and_goes_on_where_it_stopped() {
    let office = office("broadcasts = { a_minute = 20 }\n").await;
    filed(&office, 50).await;
    let broadcast = released(&office, Audience::default()).await;
    minute(&office).await;
    assert_eq!(office.sent().len(), 20);
    acts(&office, broadcast, Act::Stop, "lan").await.unwrap();
    minute(&office).await;
    assert_eq!((office.sent().len(), it(&office, broadcast).await.stage), (20, Stage::Stopped));
    acts(&office, broadcast, Act::Continue, "hoa").await.unwrap();
    for expected in [40, 50, 50] {
        minute(&office).await;
        assert_eq!(office.sent().len(), expected);
    }
    let numbers: std::collections::BTreeSet<_> = office.sent().into_iter().map(|(to, _)| to).collect();
    assert_eq!((numbers.len(), it(&office, broadcast).await.stage), (50, Stage::Done));
}

#[tokio::test]
async fn a_stop_between_two_portions_of_one_run_holds() {
    let office = office("").await;
    filed(&office, 60).await;
    let broadcast = released(&office, Audience::default()).await;
    let (store, agency) = (office.store(), office.agency.clone());
    let stop = async {
        // Somebody presses the button as soon as the first message is out.
        while office.sent().is_empty() {
            tokio::task::yield_now().await;
        }
        loop {
            let it = store.broadcast(&agency, broadcast).await.unwrap().unwrap();
            let after = it.acted(Act::Stop, ("lan", office.now()), (it.round, None), &Default::default());
            if store.move_broadcast(&agency, &after.unwrap().unwrap(), None).await.unwrap().is_some() {
                return;
            }
        }
    };
    office.wait(jiff::SignedDuration::from_mins(1));
    office.wire.set_faults(Faults::from_seed(7, Plan::Calm));
    let (progress, ()) = tokio::join!(office.broadcast(), stop);
    assert_eq!(office.sent().len() as u64, progress.told);
    assert!((1..=50).contains(&progress.told), "{progress:?}");
    let it = it(&office, broadcast).await;
    assert_eq!((it.stage, it.report.all_told()), (Stage::Stopped, progress.told));
}

#[tokio::test]
async fn a_second_one_waits_for_the_first_and_leaves_after_it_or_when_it_is_stopped() {
    let office = office("broadcasts = { a_minute = 5 }\n").await;
    filed(&office, 8).await;
    let first = released(&office, Audience::default()).await;
    let second = released(&office, Audience { parts: vec![Part::Submitted], ..Audience::default() }).await;
    assert_eq!((it(&office, second).await.stage, it(&office, second).await.report.all_told()), (Stage::Sending, 0));
    assert_eq!(it(&office, first).await.report.all_told(), 5, "while the second was gathered the first began");
    acts(&office, first, Act::Stop, "lan").await.unwrap();
    minute(&office).await;
    assert_eq!(it(&office, second).await.report.all_told(), 5);
    acts(&office, first, Act::Continue, "lan").await.unwrap();
    for _ in 0..3 {
        minute(&office).await;
    }
    for number in [first, second] {
        let it = it(&office, number).await;
        assert_eq!((it.stage, it.report.all_told()), (Stage::Done, 8), "{number}");
    }
    assert_eq!(office.sent().len(), 16);
}

#[tokio::test]
async fn whoever_wants_no_broadcasts_gets_none_and_is_not_called() {
    let office = office("").await;
    let person = somebody(Some(&mobile(1).0), "1");
    let id = office.submit(1, person.clone()).await;
    filed_second(&office).await;
    wishes(&office, id, &person, |was: &Wishes| was.broadcasts(false, office.now())).await;
    let broadcast = released(&office, Audience::default()).await;
    minute(&office).await;
    assert_eq!((office.sent_to(&mobile(1).1), office.sent_to(&mobile(2).1)), (0, 1));
    let report = it(&office, broadcast).await.report;
    assert_eq!(report.unwanted.get("no_broadcasts"), Some(&1));
    assert_eq!(office.store().calls(&office.agency, None, office.now()).await.unwrap().unwrap().calls.len(), 0);
}

#[tokio::test]
async fn whoever_shares_a_number_with_somebody_who_wants_none_any_more_is_told_all_the_same() {
    for unwilling in [1, 2] {
        let office = office("").await;
        let [one, other] = ["1", "2"].map(|identity| somebody(Some(&mobile(1).0), identity));
        let ids = [office.submit(1, one.clone()).await, office.submit(2, other.clone()).await];
        project(&office).await;
        let broadcast = released(&office, Audience::default()).await;
        let (id, person) = if unwilling == 1 { (ids[0], &one) } else { (ids[1], &other) };
        wishes(&office, id, person, |was: &Wishes| was.broadcasts(false, office.now())).await;
        for _ in 0..3 {
            minute(&office).await;
        }
        let it = it(&office, broadcast).await;
        assert_eq!((office.sent_to(&mobile(1).1), it.stage), (1, Stage::Done), "{unwilling}");
        assert_eq!((it.report.all_told(), it.report.unwanted.len()), (1, 1), "{unwilling}");
    }
}

#[tokio::test]
async fn a_letter_that_bounces_later_puts_its_receiver_into_the_phone_list() {
    let office = office("email_events = \"letters\"\n").await;
    let mut person = somebody(Some("02583822222"), "1");
    person.applicant.email = Some(format!("bounce@{}", motcua_local::neighbours::ses::SIMULATOR));
    office.submit(1, person).await;
    filed_second(&office).await;
    let broadcast = released(&office, Audience::default()).await;
    minute(&office).await;
    assert_eq!(it(&office, broadcast).await.report.all_told(), 2);
    assert_eq!(office.hear().await.noted, 1);
    minute(&office).await;
    let now = it(&office, broadcast).await;
    assert_eq!((now.stage, now.report.all_told(), now.report.unreached.get("bounced")), (Stage::Done, 1, Some(&1)));
    assert_eq!(office.store().calls(&office.agency, None, office.now()).await.unwrap().unwrap().calls.len(), 1);
    office.wait(jiff::SignedDuration::from_hours(73));
    minute(&office).await;
    assert_eq!(it(&office, broadcast).await.heard_until, None);
}

async fn filed_second(office: &crate::fixture::Office) {
    office.submit(2, somebody(Some(&mobile(2).0), "2")).await;
    project(office).await;
}

#[tokio::test]
async fn what_one_outlet_refuses_goes_by_the_next() {
    let office = office("").await;
    let mut person = somebody(Some(&mobile(1).0), "1");
    person.applicant.email = Some("a@example.vn".into());
    office.submit(1, person).await;
    project(&office).await;
    let broadcast = released(&office, Audience::default()).await;
    let plan = Plan::Burst { first_call: 1, calls: 1, fault: Failure::OptedOut };
    office.sns.set_failures(Faults::from_seed(1, plan));
    assert_eq!(minute(&office).await.told, 1);
    assert_eq!((office.sent().len(), office.ses.mails().len()), (0, 1));
    let it = it(&office, broadcast).await;
    assert_eq!((it.stage, it.report.told.get(&Outlet::Email)), (Stage::Done, Some(&1)));
}

#[tokio::test]
async fn a_letter_has_the_text_and_a_way_to_get_no_more_by_one_click() {
    let office = office("").await;
    let mut person = somebody(None, "1");
    person.applicant.email = Some("a@example.vn".into());
    office.submit(1, person).await;
    project(&office).await;
    released(&office, Audience::default()).await;
    minute(&office).await;
    let mails = office.ses.mails();
    let mail = MessageParser::default().parse(mails[0].raw.as_bytes()).unwrap();
    assert_eq!(mail.subject(), Some("Tạm đóng cửa"));
    let text = mail.body_text(0).unwrap();
    assert!(text.contains("Kính gửi ông/bà.") && text.contains("Xin nộp qua mạng."), "{text}");
    let header = |name: &str| mail.header_raw(name).map(str::trim).map(str::to_owned);
    let link = header("List-Unsubscribe").unwrap();
    assert!(link.starts_with("<https://motcua.example.vn/t/") && link.ends_with('>'), "{link}");
    assert_eq!(header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert!(text.contains(link.trim_matches(['<', '>'])));
}

#[tokio::test]
async fn a_letter_about_a_dossier_has_no_such_header() {
    let mut office = office("").await;
    let mut person = somebody(None, "1");
    person.applicant.email = Some("a@example.vn".into());
    office.submit(1, person).await;
    office.tell().await;
    assert_eq!(office.ses.mails().len(), 1);
    assert!(!office.ses.mails()[0].raw.contains("List-Unsubscribe"));
}
