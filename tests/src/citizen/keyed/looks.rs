//! Those who looked at a dossier: what each look leaves, and what its people and a manager see of it.

use motcua::store::{AuditEntry, Did, Look, Looker, NO_ACCOUNT, Through};
use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::id::AgencyCode;

use super::*;
use crate::desk::audited::acts;
use crate::pages::seated;
use crate::sign_in::of;

/// Returns the looks without an account that the audit of today has, the oldest first.
async fn shown(town: &Town) -> Vec<(DossierId, Through)> {
    let public = |entry: AuditEntry| match entry.did {
        Did::Shown { id, by } => {
            assert_eq!(entry.who, NO_ACCOUNT);
            Some((id, by))
        }
        _ => None,
    };
    acts(town).await.into_iter().filter_map(public).collect()
}

async fn looks(town: &Town, id: DossierId) -> Vec<Look> {
    town.office.site().recorder.store().looks(&town.agency(), id).await.unwrap().lines
}

/// Asks for the page of those who looked, by digits.
async fn listed(town: &Town, id: DossierId, query: &str) -> Response {
    let pass = opened(town, id).await;
    with(town, &format!("/d/{id}/looks{query}"), &pass).await
}

#[tokio::test]
async fn its_people_see_which_part_of_the_office_looked_how_often_and_when_and_no_name() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let mut clerk = seated(&town, "clerk").await;
    clerk.get(&format!("/desk/dossiers/{id}")).await;
    town.minutes(20);
    assert_eq!(clerk.get(&format!("/desk/dossiers/{id}/print/receipt-2")).await.status().as_u16(), 200);
    town.minutes(1);
    let mut manager = seated(&town, "manager").await;
    manager.get(&format!("/desk/dossiers/{id}")).await;
    town.minutes(1);
    let answer = listed(&town, id, "").await;
    let told = words(answer.text());
    let expected = "Lãnh đạo, Ban Quản lý Khu kinh tế Vân Phong : 1 lần, lúc 15/04/2020 08:21 \
                    Cán bộ Bộ phận Một cửa, Ban Quản lý Khu kinh tế Vân Phong : 2 lần, lần đầu 15/04/2020 08:00, \
                    lần cuối 15/04/2020 08:20";
    assert!(squeezed(&told).contains(&squeezed(expected)), "{told}");
    for (account, _, name) in motcua_local::people::PEOPLE {
        assert!(!answer.text().contains(account) && !answer.text().contains(name), "{account}");
    }
    for known in [of(&town, "clerk"), of(&town, "manager")] {
        assert!(!answer.text().contains(&known), "{known}");
    }
    assert!(told.contains("Thấy điều lạ") && told.contains("Gọi lại cho tôi"), "{told}");
    assert_eq!((answer.text().matches("<h1>").count(), title(answer.text())), (1, LISTED));
    let english = words(listed(&town, id, "?lang=en").await.text());
    assert!(english.contains("The office's head") && english.contains("2 times, first 15/04/2020 08:00"), "{english}");
}

const LISTED: &str = "Ai đã xem hồ sơ – G22-1 – Ban Quản lý Khu kinh tế Vân Phong";

/// Returns a text without blanks, which elements leave beside commas.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[tokio::test]
async fn digits_that_open_a_dossier_are_a_look_once_an_hour_and_its_list_says_so() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let pass = opened(&town, id).await;
    assert_eq!(shown(&town).await, [], "digits alone show nothing");
    let target = format!("/d/{id}");
    for _ in 0..12 {
        let whole = with(&town, &target, &pass).await;
        assert!(whole.text().contains(&format!("href=\"/d/{id}/looks\"")), "{}", whole.text());
        town.minutes(1);
    }
    assert_eq!(shown(&town).await, [(id, Through::Digits)]);
    town.minutes(60);
    let told = words(listed(&town, id, "").await.text());
    assert_eq!(shown(&town).await.len(), 2);
    assert!(told.contains("Người có giấy hẹn hoặc biết 4 số : "), "{told}");
    let [look] = &looks(&town, id).await[..] else { panic!("one way") };
    assert_eq!((look.by.clone(), look.times), (Looker::Through(Through::Digits), 2));
    assert!(look.first < look.last);
}

#[tokio::test]
async fn the_state_alone_wrong_digits_and_a_payment_s_page_are_no_look() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let before = acts(&town).await.len();
    page(&town, &format!("/d/{id}")).await;
    assert_eq!(shows(&town, id, "4321").await.status().as_u16(), 403);
    for _ in 0..3 {
        page(&town, &format!("/pay/{reference}")).await;
    }
    page(&town, &format!("/d/{id}/call-back")).await;
    let led = get(&town, &format!("/d/{id}/looks")).await;
    assert_eq!((led.status().as_u16(), led.header("location")), (303, Some(&*format!("/d/{id}"))));
    assert_eq!(get(&town, "/t/0000000000/looks").await.status().as_u16(), 404);
    assert_eq!((acts(&town).await.len(), looks(&town, id).await), (before, Vec::new()));
}

#[tokio::test]
async fn each_page_by_a_link_is_a_look_by_its_purpose() {
    let town = Town::new().await;
    let (id, _) = town.asked("G22-1").await;
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu chữ ký", "papers": ["GPXD-DON"] })).await;
    let ways = [
        (Purpose::See, ""),
        (Purpose::Pay, ""),
        (Purpose::Address, ""),
        (Purpose::Post, "/wrong-number"),
        (Purpose::Supplement, "/label"),
        (Purpose::Preferences, ""),
    ];
    for (place, (purpose, below)) in ways.into_iter().enumerate() {
        let way = linked(&town, id, purpose).await;
        page(&town, &format!("{way}{below}")).await;
        let shown = shown(&town).await;
        assert!(shown.len() == place + 1 && shown.contains(&(id, Through::Link(purpose))), "{purpose:?}: {shown:?}");
        town.minutes(1);
    }
    let way = linked(&town, id, Purpose::See).await;
    for below in ["", "/pay/1", "/label"] {
        page(&town, &format!("{way}{below}")).await;
    }
    assert_eq!(shown(&town).await.len(), 6, "the same hour");
    let told = words(&page(&town, &format!("{way}/looks")).await);
    for purpose in [Purpose::See, Purpose::Pay, Purpose::Address, Purpose::Post, Purpose::Supplement] {
        assert!(told.contains(Through::Link(purpose).said()[0]), "{purpose:?} in {told}");
    }
    assert!(told.contains("Nhầm số") && told.contains("Phần mềm quét thư có thể tự mở liên kết"), "{told}");
}

#[tokio::test]
async fn an_answer_to_a_form_is_a_look_only_if_it_shows_something() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu chữ ký", "papers": ["GPXD-DON"] })).await;
    let way = linked(&town, id, Purpose::Supplement).await;
    let version = town.dossier(id).await.unwrap().version.to_string();
    let fields = [("seen", version.as_str()), ("by", "post"), ("paper", "GPXD-DON")];
    let sent = Sent { target: &way, fields: &fields, headers: &[], sender: SENDER };
    assert_eq!(sends(&town, sent).await.status().as_u16(), 303);
    assert_eq!(shown(&town).await, []);
    let mistaken = Sent { target: &way, fields: &[("paper", "GPXD-DON")], headers: &[], sender: SENDER };
    assert_eq!(sends(&town, mistaken).await.status().as_u16(), 400);
    assert_eq!(shown(&town).await, [(id, Through::Link(Purpose::Supplement))]);
}

#[tokio::test]
async fn a_look_that_cannot_be_noted_is_not_shown() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let pass = opened(&town, id).await;
    let link = linked(&town, id, Purpose::See).await;
    let own = format!("/d/{id}");
    page(&town, &link).await;
    // The calls after the one that reads the dossier.
    for (target, cookie, first_call) in [(&own, &*pass, 2), (&own, &*pass, 3), (&link, "", 3), (&link, "", 4)] {
        let plan = Plan::Burst { first_call, calls: 100, fault: Fault::InternalError };
        town.office.wire().set_faults(Faults::from_seed(1, plan));
        let answer = with(&town, target, cookie).await;
        assert_eq!(
            (answer.status().as_u16(), answer.header("retry-after")),
            (503, Some("30")),
            "{target} {first_call}"
        );
        assert!(!answer.text().contains("Diễn biến") && !answer.text().contains("G22-1"), "{}", answer.text());
        town.office.wire().set_faults(Faults::none());
    }
    assert!(with(&town, &own, &pass).await.text().contains("Diễn biến"));
}

#[tokio::test]
async fn a_manager_sees_the_same_looks_by_name_and_the_audit_tells_them() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let desk = format!("/desk/dossiers/{id}");
    let mut clerk = seated(&town, "clerk").await;
    assert!(!clerk.get(&desk).await.text().contains("/looks\""), "a clerk sees no audit");
    assert_eq!(clerk.get(&format!("{desk}/looks")).await.status().as_u16(), 403);
    town.minutes(1);
    all(&town, id).await;
    let mut manager = seated(&town, "manager").await;
    assert!(manager.get(&desk).await.text().contains(&format!("href=\"{desk}/looks\"")));
    let listed = manager.get(&format!("{desk}/looks")).await;
    let told = words(listed.text());
    for text in [of(&town, "clerk"), "Người có giấy hẹn hoặc biết 4 số".to_owned(), "cán bộ một cửa".to_owned()]
    {
        assert!(told.to_lowercase().contains(&text.to_lowercase()), "{text} in {told}");
    }
    let way = format!("/desk/admin/audit?day=2020-04-15&amp;account={}", of(&town, "clerk"));
    assert!(listed.text().contains(&way), "{way} in {}", listed.text());
    let public = manager.get("/desk/admin/audit?day=2020-04-15&account=no+account").await;
    let told = words(public.text());
    assert!(told.contains("Người dân Hồ sơ được mở") && told.contains("Người có giấy hẹn hoặc biết 4 số"), "{told}");
    assert!(!told.contains("Mở hồ sơ"), "others are not in it: {told}");
    let absent = manager.get("/desk/dossiers/ZZZZZZZZZZZZ/looks").await;
    assert_eq!(absent.status().as_u16(), 404);
}

#[tokio::test]
async fn the_page_as_the_citizen_sees_it_is_a_look_of_the_staff() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let site = town.office.site();
    let link = motcua::links::preview(&site, &site.config.agencies()[0], id, town.clock.now()).await.unwrap().unwrap();
    let way = &link[link.find("/t/").unwrap()..];
    page(&town, way).await;
    assert_eq!(shown(&town).await, [(id, Through::Link(Purpose::Preview))]);
    let told = words(&page(&town, &format!("{way}/looks")).await);
    assert!(told.contains("Cán bộ, bằng trang “Xem như người dân”"), "{told}");
}

#[tokio::test]
async fn another_agency_has_no_looks_of_this_dossier() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    all(&town, id).await;
    let other = AgencyCode::parse("H99").unwrap();
    let store = town.office.site().recorder.store().clone();
    assert_eq!(store.looks(&other, id).await.unwrap().lines, []);
    assert_eq!(looks(&town, id).await.len(), 1);
    store.note_shown(&other, (id, Through::Digits), town.clock.now()).await.unwrap();
    let [look] = &looks(&town, id).await[..] else { panic!("one way") };
    assert_eq!(look.times, 1);
}
