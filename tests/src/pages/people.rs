//! People instead of accounts: names on pages and paper, who may receive work, and accounts that are closed.

use motcua::store::{Did, NotLetIn};
use rules::dossier::Event;
use serde_json::{Value, json};

use super::*;
use crate::desk::audited::acts;

/// The account and the name of a specialist whose sign-in gives one.
const MAU: (&str, &str) = ("mau@kkt.example", "Lê Thị Mẫu");

async fn api(town: &Town, id: rules::id::DossierId, command: &str, to: &str) -> (u16, Value) {
    let answer = town.staff("clerk", id, command, &json!({ "to": to })).await;
    (answer.status().as_u16(), serde_json::from_str(answer.text()).unwrap())
}

#[tokio::test]
async fn names_stand_where_accounts_stood_on_pages_and_on_paper() {
    let town = Town::new().await;
    town.knows_as(MAU.0, "specialist", Some(MAU.1)).await;
    let mut clerk = seated(&town, "clerk").await;
    let id = town.submit("G22-1").await;
    give(&mut clerk, id.as_str(), "accept", &[]).await;
    let form = clerk.get(&format!("/desk/dossiers/{id}/forward")).await.text().to_owned();
    assert!(
        form.contains("Lê Thị Mẫu – chuyên viên, đang giữ 0 hồ sơ") && form.contains("<select id=\"to\""),
        "{form}"
    );
    give(&mut clerk, id.as_str(), "forward", &[("to", MAU.0)]).await;
    town.office.deliver().await.unwrap();
    let form = clerk.get(&format!("/desk/dossiers/{id}/forward")).await.text().to_owned();
    assert!(form.contains("Lê Thị Mẫu – chuyên viên, đang giữ 1 hồ sơ"), "{form}");
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(page.contains("Chuyển cho Lê Thị Mẫu"), "{page}");
    let list = clerk.get("/desk/lists/running").await.text().to_owned();
    let control = clerk.get(&format!("/desk/dossiers/{id}/print/control")).await.text().to_owned();
    let csrf = csrf_in(&list);
    let found = clerk.post("/desk/search", &[("csrf", &csrf), ("q", "thu nghiem"), ("by", "")]).await.text().to_owned();
    for shown in [&page, &control, &list, &found] {
        assert!(shown.contains(MAU.1), "{shown}");
    }
    for shown in [&page, &control, &found] {
        assert!(!shown.contains(MAU.0), "{shown}");
    }
    // Whoever prints stands on the paper too, and the audit tells name and account.
    town.knows_as(&of(&town, "clerk"), "clerk", Some("Trần Văn Thử")).await;
    let control = clerk.get(&format!("/desk/dossiers/{id}/print/control")).await.text().to_owned();
    assert!(control.contains("Trần Văn Thử") && !control.contains("tài khoản"), "{control}");
    let audit = seated(&town, "manager").await.get("/desk/admin/audit").await.text().to_owned();
    assert!(audit.contains("Trần Văn Thử") && audit.contains(&of(&town, "clerk")), "{audit}");
}

#[tokio::test]
async fn a_name_is_kept_at_sign_in_in_no_key_and_an_old_entry_without_one_is_read() {
    let town = Town::new().await;
    town.knows("canbo-cu", "clerk").await;
    seated(&town, "specialist").await;
    let (store, now) = (town.office.site().recorder.store().clone(), town.clock.now());
    let people = store.people(&town.agency(), now).await.unwrap();
    assert_eq!(people.name_of(&of(&town, "specialist")), Some("Chuyên viên"));
    assert!(people.get("canbo-cu").is_some_and(|old| old.name.is_none() && !old.closed));
    let mut admin = seated(&town, "administrator").await;
    let page = admin.get("/desk/admin/staff").await.text().to_owned();
    assert!(page.contains("<bdi>Chuyên viên</bdi>") && page.contains("<bdi>canbo-cu</bdi>"), "{page}");
    // A sign-in without a name takes none away.
    town.knows(&of(&town, "specialist"), "specialist").await;
    let people = store.people(&town.agency(), now).await.unwrap();
    assert_eq!(people.name_of(&of(&town, "specialist")), Some("Chuyên viên"));
}

#[tokio::test]
async fn work_goes_to_nobody_who_is_unknown_closed_of_another_agency_or_of_another_role() {
    let town = Town::new().await;
    town.knows("chuyenvien01", "specialist").await;
    town.knows("quantri", "administrator").await;
    town.knows("da-nghi", "specialist").await;
    let store = town.office.site().recorder.store().clone();
    store.close_account(&town.agency(), "da-nghi", town.clock.now()).await.unwrap();
    let elsewhere = rules::id::AgencyCode::parse("000.00.02.H32").unwrap();
    let seen = motcua::store::Seen { who: "noi-khac".into(), role: "specialist".into(), at: town.clock.now() };
    store.note_seen(&elsewhere, &seen, Some("Người nơi khác")).await.unwrap();
    let id = town.submit("G22-1").await;
    let mut clerk = seated(&town, "clerk").await;
    let form = clerk.get(&format!("/desk/dossiers/{id}/forward")).await.text().to_owned();
    for (account, why) in [
        ("khong-co", "Cơ quan chưa có ai đăng nhập bằng tài khoản này"),
        ("noi-khac", "Cơ quan chưa có ai đăng nhập bằng tài khoản này"),
        ("da-nghi", "Tài khoản này đã bị khóa"),
        ("quantri", "không xử lý hồ sơ"),
    ] {
        assert!(!form.contains(&format!("value=\"{account}\"")), "{account} is offered in {form}");
        let (status, told) = api(&town, id, "forward", account).await;
        assert_eq!((status, &told["field"]), (422, &json!("to")), "{account}: {told}");
        assert!(told.to_string().contains(why), "{account}: {told}");
        let path = format!("/desk/dossiers/{id}/forward");
        let filled = Filled::on(&form, &path).with("to", account);
        for sent in [filled.fields(), [filled.fields(), vec![("confirm", "1")]].concat()] {
            let page = clerk.post(&path, &sent).await;
            assert!(page.status().as_u16() == 422 && page.text().contains(why), "{account}: {}", page.text());
        }
    }
    // A repeat is answered as it was, though the receiver was closed meanwhile.
    let sent = || town.command("clerk", id, "forward", 1, "k-repeat", &json!({ "to": "chuyenvien01" }));
    let answered = async || Box::pin(town.office.answer(&sent())).await.unwrap().status().as_u16();
    assert_eq!(answered().await, 200);
    store.close_account(&town.agency(), "chuyenvien01", town.clock.now()).await.unwrap();
    assert_eq!(answered().await, 200);
    assert_eq!(api(&town, id, "forward", "chuyenvien01").await.0, 422, "another command is refused");
    store.open_account(&town.agency(), "chuyenvien01", town.clock.now()).await.unwrap();
    // Only a leader is submitted to; whoever is one may be forwarded to as well.
    town.knows("lanhdao", "manager").await;
    let (status, told) = api(&town, id, "put-to-leader", "chuyenvien01").await;
    assert_eq!((status, told["field"].as_str()), (422, Some("to")));
    let form = clerk.get(&format!("/desk/dossiers/{id}/put-to-leader")).await.text().to_owned();
    assert!(form.contains("value=\"lanhdao\"") && !form.contains("value=\"chuyenvien01\""), "{form}");
    let forwarded = town.events(id).await.into_iter().filter(|event| matches!(event, Event::Forwarded { .. }));
    assert_eq!(forwarded.count(), 1);
}

#[tokio::test]
async fn a_dossier_is_submitted_to_a_leader_who_returns_it_to_the_desk() {
    let town = Town::new().await;
    let (mut leader, mut clerk) = (seated(&town, "manager").await, seated(&town, "clerk").await);
    let id = town.submit("G22-1").await;
    give(&mut clerk, id.as_str(), "accept", &[]).await;
    let actions = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(!actions.contains("/return-to-desk"), "the desk has it");
    assert_eq!(give(&mut clerk, id.as_str(), "put-to-leader", &[("to", &of(&town, "manager"))]).await.status(), 303);
    town.office.deliver().await.unwrap();
    let mine = leader.get("/desk/lists/running?mine=1").await.text().to_owned();
    assert!(mine.contains("G22-1"), "{mine}");
    assert_eq!(give(&mut leader, id.as_str(), "return-to-desk", &[]).await.status(), 303);
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    for told in ["Trình lãnh đạo", "Chuyển lại bộ phận một cửa", "bộ phận một cửa"] {
        assert!(page.contains(told), "{told} in {page}");
    }
    let english = clerk.get(&format!("/desk/dossiers/{id}/print/control")).await.text().to_owned();
    assert!(english.contains("Bộ phận Một cửa"), "{english}");
}

#[tokio::test]
async fn an_administrator_closes_an_account_which_neither_signs_in_nor_receives_work_until_it_is_opened() {
    let town = Town::new().await;
    let account = of(&town, "specialist");
    let mut open = seated(&town, "specialist").await;
    let mut admin = seated(&town, "administrator").await;
    let csrf = admin.csrf("/desk/admin/staff").await;
    let switch = async |browser: &mut Browser<'_>, csrf: &str, act: &str, who: &str| {
        let fields = [("csrf", csrf), ("account", who), ("act", act)];
        browser.post("/desk/admin/staff", &fields).await.status().as_u16()
    };
    assert_eq!(switch(&mut admin, &csrf, "close", &account).await, 303);
    let page = admin.get("/desk/admin/staff?done=closed").await.text().to_owned();
    assert!(
        page.contains("Đã khóa tài khoản.") && page.contains("(đã khóa)") && page.contains("value=\"open\""),
        "{page}"
    );
    // The open session ends when it is to be renewed, and no new one begins.
    town.minutes(16);
    assert_eq!(open.get("/desk/new").await.status().as_u16(), 303);
    let kept_out = Browser::new(&town).signs_in(&account, "/desk").await;
    assert!(kept_out.status().as_u16() == 403 && kept_out.text().contains("Tài khoản này đã bị khóa"));
    let id = town.submit("G22-1").await;
    assert_eq!(api(&town, id, "forward", &account).await.0, 422);
    let because = acts(&town).await.into_iter().filter_map(|entry| match entry.did {
        Did::NotSignedIn { because } => Some(because),
        _ => None,
    });
    assert_eq!(because.collect::<Vec<_>>(), [NotLetIn::Closed, NotLetIn::Closed]);
    // Nobody closes their own account, and nobody but an administrator closes any.
    let csrf = admin.csrf("/desk/admin/staff").await;
    assert_eq!(switch(&mut admin, &csrf, "close", &of(&town, "administrator")).await, 400);
    assert_eq!(switch(&mut admin, &csrf, "close", "khong-co").await, 404);
    let mut manager = seated(&town, "manager").await;
    let managers = manager.csrf("/desk").await;
    assert_eq!(switch(&mut manager, &managers, "open", &account).await, 403);
    assert_eq!(switch(&mut admin, &csrf, "open", &account).await, 303);
    let mut again = seated(&town, "specialist").await;
    assert_eq!(again.get("/desk/new").await.status().as_u16(), 200);
    assert_eq!(api(&town, id, "forward", &account).await.0, 200);
    let switched: Vec<_> = acts(&town)
        .await
        .into_iter()
        .filter_map(|entry| match entry.did {
            Did::ClosedAccount { account, closed } => Some((account, closed)),
            _ => None,
        })
        .collect();
    assert_eq!(switched, [(account.clone(), true), (account, false)]);
}

#[tokio::test]
async fn a_manager_begins_with_decisions_and_everybody_s_filters_stay_from_list_to_list() {
    let town = Town::new().await;
    town.knows_as(MAU.0, "specialist", Some(MAU.1)).await;
    let here = |page: &str| page.split("aria-current=\"page\"").map(str::to_owned).collect::<Vec<_>>();
    for (role, first) in
        [("manager", "decide"), ("clerk", "running"), ("specialist", "running"), ("administrator", "running")]
    {
        let page = seated(&town, role).await.get("/desk").await.text().to_owned();
        let tab = format!("href=\"/desk/lists/{first}\" ");
        assert!(here(&page).iter().any(|before| before.ends_with(&tab)), "{role}: {page}");
    }
    let mut clerk = seated(&town, "clerk").await;
    let page = clerk.get("/desk/lists/running?mine=1&filing=online").await.text().to_owned();
    assert!(page.contains("href=\"/desk/lists/paused?mine=1&amp;filing=online\""), "{page}");
    let page = clerk.get(&format!("/desk/lists/new?holder={}", MAU.0.replace('@', "%40"))).await.text().to_owned();
    assert!(page.contains(&format!("<option value=\"{}\" selected>Lê Thị Mẫu</option>", MAU.0)), "{page}");
    assert!(page.contains("href=\"/desk/lists/running?holder=mau%40kkt.example\""), "{page}");
}
