//! Whatever is no address of a dossier, and whatever goes wrong: equal answers that tell nothing, and a page that says so.

use motcua::store::{Key, write};
use motcua_local::wire::faults::{Fault, Faults, Plan};

use super::*;

#[tokio::test]
async fn an_unknown_id_and_one_that_is_none_get_the_same_page_for_the_same_call() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let unknown = get(&town, "/d/ZZZZZZZZZZZZ").await;
    assert_eq!(unknown.status().as_u16(), 404);
    assert!(unknown.text().contains("Không tìm thấy hồ sơ") && unknown.text().contains("0258 000 0000"));
    let long = "A".repeat(5_000);
    let [cut, more] = [&id.as_str()[1..], &format!("{id}X")];
    for text in ["x", "ZZZZZZZZZZZ", "zzzzzzzzzzzz", "..", "%00", "%C4%91", "G22-1", "a/b/c", cut, more, &long] {
        town.office.wire().reset();
        let answer = get(&town, &format!("/d/{text}")).await;
        assert_eq!(answer.status(), unknown.status(), "{text}");
        assert_eq!(answer.text(), unknown.text(), "{text}");
        let calls: Vec<_> = town.office.wire().trace().into_iter().map(|call| call.operation).collect();
        assert_eq!(calls, ["BatchGetItem"], "{text}");
    }
    // As phones and mail programs may write it.
    for text in [id.as_str().to_lowercase(), format!("{id}."), format!("{id}/"), format!("{id})"), format!("{id}%3E")] {
        assert_eq!(get(&town, &format!("/d/{text}")).await.status().as_u16(), 200, "{text}");
    }
}

#[tokio::test]
async fn pages_are_stored_nowhere_run_nothing_and_tell_nobody_where_one_came_from() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    for (target, status) in
        [("/".to_owned(), 200), (format!("/d/{id}"), 200), ("/d/x".to_owned(), 404), ("/x".to_owned(), 404)]
    {
        let page = get(&town, &target).await;
        assert_eq!(page.status().as_u16(), status, "{target}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-robots-tag", "noindex"),
            ("x-content-type-options", "nosniff"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(page.header(name), Some(value), "{target}");
        }
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("set-cookie"), None);
        // The national portal is led to, and nothing is loaded from it.
        let text = page.text().replace("href=\"https://dichvucong.gov.vn\"", "");
        for other in ["<script", "http://", "https://", " style=", " onclick="] {
            assert!(!text.contains(other), "{target}: {other}");
        }
    }
}

#[tokio::test]
async fn a_store_that_does_not_answer_and_a_dossier_that_cannot_be_read_are_told_honestly() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    for fault in [Fault::InternalError, Fault::Throttle, Fault::ConnectionReset] {
        let plan = Plan::Burst { first_call: 1, calls: 100, fault };
        town.office.wire().set_faults(Faults::from_seed(1, plan));
        for target in [format!("/d/{id}"), "/d/x".to_owned(), "/t/0123456789".to_owned()] {
            let page = get(&town, &target).await;
            assert_eq!((page.status().as_u16(), page.header("retry-after")), (503, Some("30")), "{fault:?} {target}");
            assert!(page.text().contains("Hồ sơ không bị ảnh hưởng"), "{}", page.text());
            assert!(page.text().contains("0258 000 0000"), "{}", page.text());
        }
        // What needs no store is there.
        assert_eq!(get(&town, "/").await.status().as_u16(), 200);
        town.office.wire().set_faults(Faults::none());
    }
    assert_eq!(get(&town, &format!("/d/{id}")).await.status().as_u16(), 200);
    let state = Key::state(&town.agency(), id);
    let mut newer = town.office.site().recorder.store().item(&state).await.unwrap().unwrap();
    write::number(&mut newer, "shape", 99);
    for item in [newer, write::item(&state, "state", "{\"id\":1}")] {
        town.office.site().recorder.store().put_over(item).await.unwrap();
        let page = get(&town, &format!("/d/{id}?lang=en")).await;
        assert_eq!(page.status().as_u16(), 503);
        assert!(page.text().contains("Your dossier is not affected"), "{}", page.text());
    }
}

#[tokio::test]
async fn a_code_typed_into_the_first_page_leads_to_the_dossier_and_an_official_one_to_advice() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    let first = page(&town, "/").await;
    assert!(title(&first).starts_with("Những việc làm được tại nhà – Ban Quản lý Khu kinh tế"), "{first}");
    assert!(first.contains("action=\"/d\"") && first.contains("name=\"code\"") && first.contains("tel:02580000000"));
    let look_up = page(&town, "/d").await;
    assert!(title(&look_up).starts_with("Tra cứu hồ sơ – Ban Quản lý Khu kinh tế Vân Phong"), "{look_up}");
    assert!(look_up.contains("action=\"/d\"") && look_up.contains("name=\"code\""), "{look_up}");
    let spaced = format!("{}+{}", &id.as_str()[..4], &id.as_str()[4..]);
    let copied = format!("https%3A%2F%2Fmotcua.example%2Fd%2F{id}");
    for typed in [id.as_str().to_owned(), id.as_str().to_lowercase(), format!("++{id}."), spaced, copied] {
        let led = get(&town, &format!("/d?code={typed}")).await;
        let location = format!("/d/{id}");
        assert_eq!((led.status().as_u16(), led.header("location")), (303, Some(location.as_str())), "{typed}");
    }
    town.office.wire().reset();
    for (typed, said) in [
        ("G22-1", "Đây là mã hồ sơ."),
        ("000.00.01.H32-200415-0007", "Đây là mã hồ sơ."),
        ("0905000001", "Mã tra cứu gồm đúng 12 chữ và số"),
        ("%3Cscript%3E", "Mã tra cứu gồm đúng 12 chữ và số"),
    ] {
        let page = get(&town, &format!("/d?code={typed}")).await;
        assert_eq!(page.status().as_u16(), 400, "{typed}");
        assert!(title(page.text()).starts_with("Lỗi: ") && page.text().contains(said), "{}", page.text());
        assert!(!page.text().contains("<script"));
    }
    assert_eq!(town.office.wire().tally().round_trips(), 0);
}

#[tokio::test]
async fn nothing_but_reading_is_taken() {
    let town = Town::new().await;
    let letter = Letter { method: Method::POST, target: "/d".into(), headers: Vec::new(), body: "code=1".into() };
    let mut posted = request(&letter);
    posted.extensions_mut().insert(Domain(HERE.to_owned()));
    let answer = Box::pin(town.office.answer(&posted)).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.header("allow")), (405, Some("GET")));
}
