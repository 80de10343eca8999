//! Receivers are gathered, and the numbers that a person looks at.

use std::collections::BTreeMap;

use motcua_local::rights::in_role;
use rules::broadcast::{Act, Around, Audience, Part, Post, Refusal, Stage};
use rules::catalogue::Reason;
use rules::dossier::{Action, Consent, Filing};
use rules::id::DossierId;
use rules::language::Language;
use rules::message::Outlet;
use rules::person::Said;

use super::{acts, filed, it, minute, mobile, office, project, somebody, wishes, written};

#[tokio::test]
async fn the_preview_counts_people_outlets_reasons_and_parts() {
    let office = office("").await;
    let number = |n: u64| mobile(n).0;
    office.submit(1, somebody(Some(&number(1)), "1")).await;
    let english = somebody(Some(&number(2)), "2");
    let id = office.submit(2, english.clone()).await;
    wishes(&office, id, &english, |was| {
        let said = Said { at: office.now(), by: "lan".into(), how: Consent::Phone };
        Some(was.said(Language::En, &[Outlet::Sms], &[Outlet::Sms], said))
    })
    .await;
    let mut by_letter = somebody(None, "3");
    by_letter.applicant.email = Some("a@example.vn".into());
    office.submit(3, by_letter).await;
    office.submit(4, somebody(Some("0258 3822 222"), "4")).await;
    office.submit(5, somebody(None, "5")).await;
    // Two people at one number.
    office.submit(6, somebody(Some(&number(1)), "6")).await;
    project(&office).await;
    let broadcast = written(&office, Audience::default()).await;
    assert_eq!(it(&office, broadcast).await.stage, Stage::Gathering);
    assert_eq!(minute(&office).await.looked_at, 6);
    let it = it(&office, broadcast).await;
    assert_eq!(it.stage, Stage::Ready);
    let figures = &it.figures;
    assert_eq!((figures.people, figures.messages(), figures.together), (6, 3, 1));
    assert_eq!((figures.by(Outlet::Sms), figures.by(Outlet::Email)), (2, 1));
    let unreachable: BTreeMap<_, _> = [("landline".to_owned(), 1), ("no_number".to_owned(), 1)].into();
    assert_eq!(figures.unreachable, unreachable);
    assert_eq!(figures.parts(&it.texts, &Around::default()), 2);
    assert_eq!(office.sent(), [], "nobody released it");
}

#[tokio::test]
async fn somebody_with_five_dossiers_is_one_receiver() {
    let office = office("").await;
    for number in 1..=5 {
        office.submit(number, somebody(Some(&mobile(1).0), "056099001234")).await;
    }
    project(&office).await;
    let broadcast = written(&office, Audience::default()).await;
    minute(&office).await;
    assert_eq!(it(&office, broadcast).await.figures.people, 1);
}

#[tokio::test]
async fn an_audience_is_chosen_by_procedure_way_of_filing_part_and_way_of_return() {
    let office = office("").await;
    filed(&office, 3).await;
    office.order(DossierId::from_random(1), Action::Accept { code: None }).await;
    let paused = DossierId::from_random(2);
    office.order(paused, Action::Accept { code: None }).await;
    let papers = vec!["P1".to_owned()];
    office.order(paused, Action::PauseClock { reason: Reason::Originals, papers }).await;
    office.order(paused, Action::ChooseReturn { by_post: true, consent: None }).await;
    project(&office).await;
    let all = Audience::default();
    for (audience, people) in [
        (all.clone(), 3),
        (Audience { parts: vec![Part::Paused], ..all.clone() }, 1),
        (Audience { parts: vec![Part::Submitted, Part::InProgress], ..all.clone() }, 2),
        (Audience { parts: vec![Part::Done], ..all.clone() }, 0),
        (Audience { procedures: vec!["1.005129".into()], ..all.clone() }, 3),
        (Audience { procedures: vec!["x".into()], ..all.clone() }, 0),
        (Audience { filings: vec![Filing::Online], ..all.clone() }, 3),
        (Audience { filings: vec![Filing::Desk], ..all.clone() }, 0),
        (Audience { post: Post::Chosen, ..all.clone() }, 1),
        (Audience { post: Post::NotChosen, ..all.clone() }, 2),
    ] {
        let broadcast = written(&office, audience.clone()).await;
        minute(&office).await;
        assert_eq!(it(&office, broadcast).await.figures.people, people, "{audience:?}");
    }
}

#[tokio::test]
async fn many_dossiers_are_gathered_over_as_many_runs_as_it_takes() {
    let office = office("").await;
    filed(&office, 60).await;
    let broadcast = written(&office, Audience::default()).await;
    let mut runs = 0;
    while it(&office, broadcast).await.stage == Stage::Gathering {
        let left = std::sync::atomic::AtomicU32::new(2);
        let time_left = || {
            left.fetch_update(std::sync::atomic::Ordering::Relaxed, std::sync::atomic::Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
            .is_ok()
        };
        in_role("notify", notify::broadcast(&office.site, &office.outlets, office.now(), &time_left)).await;
        runs += 1;
        assert!(runs < 20);
    }
    assert!(runs > 4, "{runs}");
    assert_eq!(it(&office, broadcast).await.figures.people, 60);
}

#[tokio::test]
async fn what_is_changed_is_gathered_anew_and_not_released_as_it_was_looked_at() {
    let office = office("").await;
    filed(&office, 2).await;
    let broadcast = written(&office, Audience::default()).await;
    minute(&office).await;
    let seen = it(&office, broadcast).await;
    acts(&office, broadcast, Act::Return, "hoa").await.unwrap();
    let returned = it(&office, broadcast).await;
    let narrower = Audience { parts: vec![Part::Done], ..Audience::default() };
    let after = returned.written((narrower, seen.texts.clone(), None), "lan", office.now()).unwrap();
    office.store().move_broadcast(&office.agency, &after, None).await.unwrap().unwrap();
    acts(&office, broadcast, Act::Gather, "lan").await.unwrap();
    minute(&office).await;
    let now = it(&office, broadcast).await;
    assert_eq!((now.stage, now.figures.people), (Stage::Ready, 0));
    let settings = Default::default();
    assert_eq!(now.acted(Act::Release, ("hoa", office.now()), (seen.round, None), &settings), Err(Refusal::Changed));
    assert_eq!(acts(&office, broadcast, Act::Release, "hoa").await, Err(Refusal::Nobody));
    minute(&office).await;
    assert_eq!(office.sent(), []);
}

#[tokio::test]
async fn of_two_who_write_over_the_same_version_one_is_told_to_look_again() {
    let office = office("").await;
    filed(&office, 1).await;
    let broadcast = written(&office, Audience::default()).await;
    minute(&office).await;
    let seen = it(&office, broadcast).await;
    let store = office.store();
    assert!(store.move_broadcast(&office.agency, &seen, None).await.unwrap().is_some());
    assert!(store.move_broadcast(&office.agency, &seen, None).await.unwrap().is_none());
}
