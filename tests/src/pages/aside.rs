//! Tasks that no function could finish, before a browser.

use motcua::store::{Did, Key, Task, TaskKind};
use motcua_local::neighbours::portal::Mood;
use motcua_local::senders::vnpay;
use rules::http::Reply;
use serde_json::json;

use super::*;
use crate::told_town::{NATIONAL, code, minute};

const ROOT: &str = "/desk/aside";

/// Sends an authentic message of VNPAY's without an amount, which names somebody.
async fn unusable(town: &Town) -> String {
    let (_, reference) = town.asked("G22-1").await;
    let pairs = [("vnp_TxnRef", reference.as_str()), ("vnp_TmnCode", "M"), ("vnp_OrderInfo", "Nghiem Thi Thu")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    town.send(&vnpay(&town.channel("vnpay-demo"), &pairs)).await;
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
    reference
}

/// Returns where the only row of a list leads.
async fn only(browser: &mut Browser<'_>) -> String {
    let list = browser.get(ROOT).await.text().to_owned();
    let link = format!("href=\"{ROOT}/");
    let mut links = list.split(&link).skip(1).map(|rest| rest.split('"').next().unwrap());
    let name = links.next().unwrap_or_else(|| panic!("{list}")).to_owned();
    assert_eq!(links.next(), None, "{list}");
    format!("{ROOT}/{name}")
}

async fn attended(town: &Town) -> Vec<(bool, String)> {
    let store = town.office.site().recorder.store().clone();
    let day = rules::vietnam::day(town.clock.now());
    let entries = store.audited(&town.agency(), day, None, None).await.unwrap().unwrap().entries;
    let attended = entries.into_iter().filter_map(|entry| match entry.did {
        Did::Attended { again, note, .. } => Some((again, note)),
        _ => None,
    });
    attended.collect()
}

#[tokio::test]
async fn a_payment_message_that_cannot_be_used_is_looked_at_by_all_read_by_managers_and_dealt_with() {
    let town = Town::new().await;
    unusable(&town).await;
    let mut clerk = seated(&town, "clerk").await;
    let list = clerk.get(ROOT).await.text().to_owned();
    assert!(list.contains("cổng thanh toán VNPAY") && !list.contains("Nghiem"), "{list}");
    let page = only(&mut clerk).await;
    let seen = clerk.get(&page).await.text().to_owned();
    assert!(seen.contains("Lãnh đạo quyết định.") && !seen.contains("Nghiem"), "{seen}");
    let csrf = clerk.csrf("/desk/new").await;
    let refused = clerk.post(&page, &[("csrf", &csrf), ("do", "done"), ("note", "x")]).await;
    assert_eq!(refused.status().as_u16(), 403, "{}", refused.text());

    let mut manager = seated(&town, "manager").await;
    let seen = manager.get(&page).await.text().to_owned();
    assert!(seen.contains("Nghiem") && !seen.contains("Thử lại"), "{seen}");
    let form = || Filled::on(&seen, &page);
    let silent = manager.post(&page, &form().with("note", " ").fields()).await;
    assert!(silent.status().as_u16() == 422 && silent.text().contains("Hãy ghi đã xử lý thế nào"), "{}", silent.text());
    let long = manager.post(&page, &form().with("note", &"x".repeat(501)).fields()).await;
    assert_eq!(long.status().as_u16(), 422);
    let again = manager.post(&page, &[("csrf", &csrf_in(&seen)), ("do", "again")]).await;
    assert_eq!(again.status().as_u16(), 400, "{}", again.text());
    let done = manager.post(&page, &form().with("note", "đã hỏi cổng").fields()).await;
    assert_eq!((done.status().as_u16(), location(&done)), (303, "/desk/aside?done=done"), "{}", done.text());
    let list = manager.get(location(&done)).await.text().to_owned();
    assert!(list.contains("Đã ghi là đã xử lý.") && list.contains("Không có sự cố nào cần xử lý."), "{list}");
    assert_eq!(manager.get(&page).await.status().as_u16(), 404);
    assert_eq!(attended(&town).await, [(false, "đã hỏi cổng".to_owned())]);
    // The message is gone, but it is still known that it came.
    let again = unusable_again(&town).await;
    assert_eq!((again, town.for_a_person(TaskKind::Arrival).await), (200, 0));
}

async fn unusable_again(town: &Town) -> u16 {
    let id = town.id_of("G22-1");
    let pairs =
        [("vnp_TxnRef", format!("{id}01")), ("vnp_TmnCode", "M".into()), ("vnp_OrderInfo", "Nghiem Thi Thu".into())];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
    town.send(&vnpay(&town.channel("vnpay-demo"), &pairs)).await.status().as_u16()
}

#[tokio::test]
async fn a_dossier_whose_clock_stood_still_goes_on_once_it_is_tried_again() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    let store = town.office.site().recorder.store().clone();
    let agency = town.agency();
    let task = Task { kind: TaskKind::Dossier, key: Key::state(&agency, id) };
    let read = store.task(&task).await.unwrap().unwrap();
    store.give_up(&agency, &task, &read, town.clock.now()).await.unwrap();
    town.until("2020-04-17T17:05:00+07:00");
    assert_eq!(town.office.sweep().await.paused, 0, "nothing looks at it");
    let mut manager = seated(&town, "manager").await;
    let page = only(&mut manager).await;
    let seen = manager.get(&page).await.text().to_owned();
    assert!(seen.contains(&id.to_string()) && !seen.contains("Ghi là đã xử lý"), "{seen}");
    let done = manager.post(&page, &[("csrf", &csrf_in(&seen)), ("do", "done"), ("note", "x")]).await;
    assert_eq!(done.status().as_u16(), 400, "{}", done.text());
    let again = manager.post(&page, &Filled::on(&seen, &page).fields()).await;
    assert_eq!((again.status().as_u16(), location(&again)), (303, "/desk/aside?done=again"), "{}", again.text());
    assert_eq!(town.office.sweep().await.paused, 1);
    assert_eq!(attended(&town).await, [(true, String::new())]);
    assert!(manager.get(ROOT).await.text().contains("Không có sự cố nào cần xử lý."));
}

#[tokio::test]
async fn what_is_not_there_or_another_agency_s_is_not_found() {
    let town = Town::new().await;
    unusable(&town).await;
    let id = town.id_of("G22-1");
    let mut manager = seated(&town, "manager").await;
    let name = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
    // A dossier that waits for nobody, its events, and nonsense.
    for odd in [name(&format!("d#{id}\nstate")), name(&format!("d#{id}\nevent#0000000001")), name("x"), "%21".into()] {
        assert_eq!(manager.get(&format!("{ROOT}/{odd}")).await.status().as_u16(), 404, "{odd}");
    }
    // Money that waits has its own decisions: a note does not remove it.
    town.send(&town.callback(&town.paid("not-ours"))).await;
    assert_eq!(town.for_a_person(TaskKind::Money).await, 1);
    let key = Key::money(&town.agency(), "vnpay-demo", &format!("MOTCUA01/not-ours/{}", town.paid("").transaction));
    let money = name(&format!("{}\nmoney", key.pk.strip_prefix(&format!("{}#", town.agency())).unwrap()));
    let store = town.office.site().recorder.store().clone();
    assert!(store.item(&key).await.unwrap().is_some(), "the name is that of money which is there");
    assert_eq!(manager.get(&format!("{ROOT}/{money}")).await.status().as_u16(), 404);
    for odd in ["kind=nothing", "kind=sms&after=x", "kind=sms&after=2020-04-15T00:00:00Z~x"] {
        assert_eq!(manager.get(&format!("{ROOT}?{odd}")).await.status().as_u16(), 404, "{odd}");
    }
    assert_eq!(manager.get(&format!("{ROOT}?kind=sms")).await.status().as_u16(), 200);
}

#[tokio::test]
async fn the_desk_lists_refused_dossiers_and_closed_doors_and_a_manager_has_them_tried_again() {
    let town = crate::told_town::town(&[NATIONAL], 60).await;
    let id = town.submit(&code(1)).await;
    town.office.portals().set_mood(NATIONAL, Mood::Refusing);
    minute(&town).await;
    let mut manager = seated(&town, "manager").await;
    let list = manager.get("/desk/aside").await.text().to_owned();
    assert_eq!(menu(&list), "1 sự cố");
    assert_eq!(menu(seated(&town, "clerk").await.get("/desk").await.text()), "", "a manager decides");
    for shown in ["Cổng Dịch vụ công quốc gia", &id.to_string(), &code(1), "MaTTHC", "không có trong danh mục"]
    {
        assert!(list.contains(shown), "{shown}: {list}");
    }
    let page = list.split("href=\"/desk/aside/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let page = format!("/desk/aside/{page}");
    let seen = manager.get(&page).await.text().to_owned();
    assert!(seen.contains(&code(1)) && seen.contains("rồi bấm Thử lại") && !seen.contains("sẽ bị xóa"), "{seen}");
    town.office.portals().set_mood(NATIONAL, Mood::Well);
    let again = manager.post(&page, &Filled::on(&seen, &page).fields()).await;
    assert_eq!(again.status().as_u16(), 303, "{}", again.text());
    assert_eq!(minute(&town).await.told, 1);
    let list = manager.get("/desk/aside").await.text().to_owned();
    assert!(list.contains("Không có sự cố nào cần xử lý."), "{list}");
    assert_eq!(menu(&list), "", "the number goes with it");
    let mut administrator = seated(&town, "administrator").await;
    let health = administrator.get("/desk/admin/health").await.text().to_owned();
    assert!(health.contains("Báo cho Cổng Dịch vụ công quốc gia"), "{health}");
}

/// Returns the number beside this list in the menu, as it is read out; empty if there is none.
fn menu(page: &str) -> String {
    let entry =
        page.split("<a href=\"/desk/aside\"").nth(1).and_then(|rest| rest.split("</a>").next()).unwrap_or_default();
    let entry = entry.split_once("Sự cố cần xử lý").map_or("", |(_, count)| count);
    let mut inside = false;
    let read = entry.chars().filter(|c| {
        inside = (inside || *c == '<') && *c != '>';
        !inside && *c != '>'
    });
    read.collect::<String>().trim().to_owned()
}

#[tokio::test]
async fn a_dossier_of_two_offices_is_shown_as_one_with_what_to_do_and_tried_again_or_noted() {
    let town = crate::told_town::town(&[NATIONAL], 60).await;
    for number in [1, 2] {
        town.submit(&code(number)).await;
        town.office.portals().claim(NATIONAL, &code(number), "H99.9");
    }
    assert_eq!(minute(&town).await.refused, 2);
    let mut manager = seated(&town, "manager").await;
    let list = manager.get(ROOT).await.text().to_owned();
    for shown in ["Hồ sơ mà hai đơn vị cùng nhận", "cổng ghi hồ sơ này của đơn vị H99.9", "thống nhất nơi giải quyết"]
    {
        assert!(list.contains(shown), "{shown}: {list}");
    }
    assert!(!list.contains("cổng dịch vụ công không nhận") && !list.contains("MaDonVi"), "{list}");
    assert_eq!(menu(&list), "2 sự cố");
    let pages: Vec<_> = list.split(&format!("href=\"{ROOT}/")).skip(1).collect();
    let pages: Vec<_> = pages.iter().map(|rest| format!("{ROOT}/{}", rest.split('"').next().unwrap())).collect();
    // One comes back to this office, the other is settled there.
    town.office.portals().claim(NATIONAL, &code(1), "H32.1");
    let id = town.id_of(&code(1)).to_string();
    for page in pages {
        let seen = manager.get(&page).await.text().to_owned();
        assert!(seen.contains("Hồ sơ mà hai đơn vị cùng nhận") && seen.contains("bấm Thử lại"), "{seen}");
        let fields = match seen.contains(&id) {
            true => vec![("csrf", csrf_in(&seen)), ("do", "again".to_owned())],
            false => vec![("csrf", csrf_in(&seen)), ("do", "done".into()), ("note", "đơn vị kia giải quyết".into())],
        };
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(manager.post(&page, &fields).await.status().as_u16(), 303);
    }
    assert_eq!(minute(&town).await.told, 1);
    assert!(manager.get(ROOT).await.text().contains("Không có sự cố nào cần xử lý."));
    assert_eq!(town.office.portals().known(NATIONAL)[&code(2)].unit, "H99.9", "nothing of theirs was changed");
}

#[tokio::test]
async fn a_session_that_cannot_be_opened_is_shown_with_what_to_do_and_tried_again_or_noted() {
    let town = crate::told_town::town(&[NATIONAL], 60).await;
    town.submit(&code(1)).await;
    town.office.portals().set_mood(NATIONAL, Mood::ShutOut);
    assert_eq!(minute(&town).await.shut, 1);
    let mut manager = seated(&town, "manager").await;
    let list = manager.get(ROOT).await.text().to_owned();
    for shown in ["Cổng dịch vụ công, bưu điện không cho đăng nhập", "không mở được phiên làm việc", "Hỏi quản trị"]
    {
        assert!(list.contains(shown), "{shown}: {list}");
    }
    let page = only(&mut manager).await;
    let seen = manager.get(&page).await.text().to_owned();
    let note = [("csrf", csrf_in(&seen)), ("do", "done".into()), ("note", "đã gọi cho cổng".into())];
    let note: Vec<_> = note.iter().map(|(name, value): &(&str, String)| (*name, value.as_str())).collect();
    assert_eq!(manager.post(&page, &note).await.status().as_u16(), 303);
    assert!(manager.get(ROOT).await.text().contains("Không có sự cố nào cần xử lý."));
    // It is listed again as long as it is so, and tried at once by hand.
    town.minutes(61);
    assert_eq!(minute(&town).await.shut, 1);
    let mut manager = seated(&town, "manager").await;
    let page = only(&mut manager).await;
    let seen = manager.get(&page).await.text().to_owned();
    town.office.portals().set_mood(NATIONAL, Mood::Well);
    let again = manager.post(&page, &Filled::on(&seen, &page).fields()).await;
    assert_eq!(again.status().as_u16(), 303, "{}", again.text());
    assert_eq!(minute(&town).await.told, 1);
    assert_eq!(town.for_a_person(TaskKind::Door).await, 0);
}
