//! The list as people meet it.

use motcua::store::Did;
use rules::http::Reply;

use super::*;
use crate::sign_in::{Browser, location, of};

const ROOT: &str = "/desk/calls";

async fn seated<'t>(town: &'t Town, role: &str) -> Browser<'t> {
    let mut browser = Browser::new(town);
    browser.signs_in(&of(town, role), "/desk").await;
    browser
}

/// Returns the hidden fields of the form on a page.
fn hidden(page: &str) -> Vec<(String, String)> {
    let (_, rest) = page.split_once(&format!("action=\"{ROOT}/")).unwrap_or_else(|| panic!("no form: {page}"));
    let form = rest.split("</form>").next().unwrap();
    let value = |field: &str, name: &str| {
        field.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().to_owned()
    };
    form.split("<input type=\"hidden\" ").skip(1).map(|it| (value(it, "name"), value(it, "value"))).collect()
}

async fn post(browser: &mut Browser<'_>, page: &str, path: &str, typed: &[(&str, &str)]) -> rules::http::Response {
    let hidden = hidden(page);
    let mut fields: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend(typed);
    browser.post(path, &fields).await
}

async fn acts(town: &Town) -> Vec<Did> {
    let store = town.office.site().recorder.store().clone();
    let day = rules::vietnam::day(town.clock.now());
    let entries = store.audited(&town.agency(), day, None, None).await.unwrap().unwrap().entries;
    entries.into_iter().rev().map(|entry| entry.did).collect()
}

#[tokio::test]
async fn a_clerk_calls_and_records_what_was_said() {
    let town = Town::new().await;
    let id = filed(&town, "G22-1", json!({})).await;
    let call = only(&town).await;
    let mut clerk = seated(&town, "clerk").await;
    let page = clerk.get(ROOT).await.text().to_owned();
    for shown in [
        "Công ty TNHH Thử Nghiệm",
        "href=\"tel:+842583822222\">0258 3822 222</a>",
        "Đã nhận hồ sơ ngày 15/04/2020",
        "số cố định, không nhận được tin nhắn",
        "Cần gọi điện <b>1</b>",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let path = format!("{ROOT}/{}", call["id"].as_str().unwrap());
    let one = clerk.get(&path).await.text().to_owned();
    assert!(one.contains(&format!("/desk/dossiers/{id}/correct-contact")) && one.contains("/choose-return"), "{one}");
    let silent = post(&mut clerk, &one, &path, &[("outcome", ""), ("note", "đã nói")]).await;
    assert_eq!(silent.status().as_u16(), 422);
    assert!(silent.text().contains("Hãy chọn kết quả.") && silent.text().contains("đã nói"), "{}", silent.text());
    let when = post(&mut clerk, &one, &path, &[("outcome", "call-back"), ("back_at", "31/02/2020 08:00")]).await;
    assert!(when.status().as_u16() == 422 && when.text().contains("Không có ngày 31/02/2020."), "{}", when.text());
    let past = post(&mut clerk, &one, &path, &[("outcome", "call-back"), ("back_at", "14/04/2020 08:00")]).await;
    assert!(past.text().contains("trong vòng một năm tới"), "{}", past.text());
    let noted = post(&mut clerk, &one, &path, &[("outcome", "needs-interpreter"), ("note", "nói tiếng Raglai")]).await;
    assert_eq!((noted.status().as_u16(), location(&noted)), (303, format!("{path}?done=1").as_str()));
    let one = clerk.get(location(&noted)).await.text().to_owned();
    for shown in ["Đã ghi kết quả cuộc gọi.", "nói tiếng Raglai", "cần người phiên dịch"] {
        assert!(one.contains(shown), "{shown}: {one}");
    }
    for (typed, why) in [
        (vec![("outcome", "reached"), ("agreed_wants-post", "1")], "đánh dấu là người này đồng ý"),
        (vec![("outcome", "no-answer"), ("agreed_wants-post", "1"), ("consent", "1")], "đã nói chuyện với người này"),
    ] {
        let wrong = post(&mut clerk, &one, &path, &typed).await;
        let (status, page) = (wrong.status().as_u16(), wrong.text());
        assert!(status == 422 && page.contains(why) && page.contains("name=\"agreed_wants-post\" value=\"1\" checked"));
    }
    let done = post(&mut clerk, &one, &path, &[("outcome", "reached"), ("note", "sẽ đến nhận")]).await;
    assert_eq!(location(&done), "/desk/calls?done=reached");
    // A second click on the same form finds the result of the first.
    let again = post(&mut clerk, &one, &path, &[("outcome", "reached"), ("note", "sẽ đến nhận")]).await;
    assert_eq!(location(&again), "/desk/calls?done=reached");
    town.minutes(2);
    let page = clerk.get("/desk/calls?done=reached").await.text().to_owned();
    assert!(
        page.contains("Không có ai cần gọi.") && page.contains("Đã báo được") && !page.contains("Cần gọi điện <b>"),
        "{page}"
    );
    let over = clerk.get(&path).await.text().to_owned();
    assert!(
        over.contains("Không còn gì cần gọi") && !over.contains("<form method=\"post\" action=\"/desk/calls"),
        "{over}"
    );
    let name = call["id"].as_str().unwrap();
    let acts = acts(&town).await;
    assert!(acts.contains(&Did::SawCalls { shown: 1 }) && acts.contains(&Did::OpenedCall { call: name.into() }));
    assert_eq!(acts.iter().filter(|did| matches!(did, Did::Called { .. })).count(), 2);
    let looks = town.office.site().recorder.store().looks(&town.agency(), id).await.unwrap();
    assert!(looks.lines.len() == 1 && looks.lines[0].times > 1, "the page of a call names the dossier: {looks:?}");
    let audit = seated(&town, "manager").await.get("/desk/admin/audit").await.text().to_owned();
    assert!(audit.contains("Ghi kết quả cuộc gọi") && audit.contains("Xem một người cần gọi"), "{audit}");
}

#[tokio::test]
async fn whoever_wants_the_post_on_the_phone_leads_to_the_form_of_the_return() {
    let town = Town::new().await;
    let id = filed(&town, "G22-1", json!({})).await;
    let call = only(&town).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("{ROOT}/{}", call["id"].as_str().unwrap());
    let one = clerk.get(&path).await.text().to_owned();
    let typed = [("outcome", "reached"), ("agreed_wants-post", "1"), ("consent", "1")];
    let done = post(&mut clerk, &one, &path, &typed).await;
    assert_eq!(location(&done), format!("/desk/calls?done=reached&post={id}"));
    let page = clerk.get(location(&done)).await.text().to_owned();
    assert!(
        page.contains(&format!("href=\"/desk/dossiers/{id}/choose-return\">Đăng ký cách nhận kết quả</a>")),
        "{page}"
    );
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    let page = clerk.get(location(&done)).await.text().to_owned();
    assert!(!page.contains("/choose-return") && page.contains("/confirm-address"), "{page}");
}

#[tokio::test]
async fn whoever_comes_second_sees_who_recorded_what_and_when() {
    let town = Town::new().await;
    filed(&town, "G22-1", json!({})).await;
    town.knows_as("clerk.000.00.01.H32", "clerk", Some("Trần Thị Ngọc")).await;
    let path = format!("{ROOT}/{}", only(&town).await["id"].as_str().unwrap());
    let (mut one, mut other) = (seated(&town, "clerk").await, seated(&town, "specialist").await);
    let seen = [one.get(&path).await.text().to_owned(), other.get(&path).await.text().to_owned()];
    let first = post(&mut one, &seen[0], &path, &[("outcome", "no-answer")]).await;
    assert_eq!(first.status().as_u16(), 303, "{}", first.text());
    town.minutes(1);
    let late = post(&mut other, &seen[1], &path, &[("outcome", "reached"), ("note", "đã nói")]).await;
    assert_eq!(late.status().as_u16(), 409);
    let text = late.text();
    assert!(text.contains("đã ghi “Không nghe máy” lúc 15/04/2020 08:00"), "{text}");
    assert!(text.contains("đã nói"), "what was typed stays: {text}");
    assert_eq!(entry(&town, &json!({ "id": path.rsplit('/').next().unwrap() })).await["last"]["outcome"], "no-answer");
}

#[tokio::test]
async fn the_list_is_filtered_by_what_is_needed_and_by_whose_work_it_is() {
    let town = Town::new().await;
    let mended = filed(&town, "G22-1", json!({ "SoDienThoai": null })).await;
    let called = filed(&town, "G22-2", json!({})).await;
    let mut clerk = seated(&town, "clerk").await;
    for (asked, shown) in
        [("", [true, true]), ("?need=call", [false, true]), ("?need=mend", [true, false]), ("?mine=1", [false, false])]
    {
        let page = clerk.get(&format!("{ROOT}{asked}")).await.text().to_owned();
        let has = [mended, called].map(|id| page.contains(&format!("href=\"/desk/dossiers/{id}\"")));
        assert_eq!(has, shown, "{asked}: {page}");
    }
    for (path, status) in [("?need=x", 404), ("?after=x", 404), ("/AAAAAAAAAAAAAAAA", 404), ("/x/y", 404)] {
        assert_eq!(clerk.get(&format!("{ROOT}{path}")).await.status().as_u16(), status, "{path}");
    }
    let mut administrator = seated(&town, "administrator").await;
    let list = administrator.get(ROOT).await.text().to_owned();
    let one = list.split("href=\"/desk/calls/").nth(1).unwrap().split('"').next().unwrap();
    let page = administrator.get(&format!("{ROOT}/{one}")).await.text().to_owned();
    assert!(!page.contains("name=\"outcome\""), "{page}");
    let csrf = administrator.csrf("/desk").await;
    let refused = administrator.post(&format!("{ROOT}/{one}"), &[("csrf", &csrf), ("outcome", "reached")]).await;
    assert_eq!(refused.status().as_u16(), 403);
    clerk.get("/desk/language/en?back=%2Fdesk").await;
    let english = clerk.get(ROOT).await.text().to_owned();
    assert!(english.contains("The dossier came on 15/04/2020 and is being checked."), "{english}");
}
