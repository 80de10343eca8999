//! How long pages of notices are kept, what they cost and weigh, and what becomes of them without the store.

use motcua_local::wire::faults::{Fault, Faults, Plan};

use super::*;

#[tokio::test]
async fn pages_may_be_kept_for_a_minute_are_found_by_searches_and_cost_no_call_meanwhile() {
    let town = Town::new().await;
    let mut notice = source(&town);
    notice.procedures = vec![crate::town::PERMIT.into(), "9.999999".into()];
    published(&town, notice).await;
    let targets = [
        "/notices",
        "/notices/1",
        "/notices/1?lang=en",
        "/notices.atom",
        "/notices/1.txt",
        "/notices/1.html",
        "/notices/1/script",
        "/notices/1/poster",
    ];
    for target in targets {
        get(&town, target).await;
        town.office.wire().reset();
        let answer = get(&town, target).await;
        assert_eq!(town.office.wire().tally().round_trips(), 0, "{target}");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=60"), "{target}");
        assert_eq!((answer.header("set-cookie"), answer.header("x-robots-tag")), (None, Some("all")), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        // A head is the same without its body, which the server leaves off.
        let letter = Letter { method: Method::HEAD, target: target.into(), headers: Vec::new(), body: String::new() };
        let mut head = request(&letter);
        head.extensions_mut().insert(Domain(HERE.to_owned()));
        let head = Box::pin(town.office.answer(&head)).await.unwrap();
        assert_eq!((head.status(), head.headers()), (answer.status(), answer.headers()), "{target}");
        // Whatever is sent to it, it only tells.
        let post = Letter { method: Method::POST, target: target.into(), headers: Vec::new(), body: "x".into() };
        let mut post = request(&post);
        post.extensions_mut().insert(Domain(HERE.to_owned()));
        assert_eq!(Box::pin(town.office.answer(&post)).await.unwrap().status().as_u16(), 405, "{target}");
    }
    // A number of none costs one call in a minute too.
    get(&town, "/notices/7").await;
    town.office.wire().reset();
    get(&town, "/notices/7").await;
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    town.minutes(1);
    page(&town, "/notices/1").await;
    let calls: Vec<_> = town.office.wire().trace().into_iter().map(|call| call.operation).collect();
    assert!(!calls.is_empty() && calls.len() <= 4, "{calls:?}");
}

#[tokio::test]
async fn a_store_that_does_not_answer_leaves_a_page_that_tells_the_telephone() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    town.minutes(5);
    let plan = Plan::Burst { first_call: 1, calls: 1_000, fault: Fault::InternalError };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    for target in ["/notices", "/notices/1", "/notices.atom", "/notices/1.txt", "/notices/1/poster"] {
        let answer = get(&town, target).await;
        assert_eq!((answer.status().as_u16(), answer.header("retry-after")), (503, Some("30")), "{target}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{target}");
        assert!(answer.text().contains("Chưa xem được thông báo lúc này"), "{}", answer.text());
        assert!(answer.text().contains("0258 000 0000"), "{}", answer.text());
    }
    // The look-up needs no notices.
    assert!(page(&town, "/").await.contains("name=\"code\""));
    town.office.wire().set_faults(Faults::none());
    assert!(page(&town, "/").await.contains("Biện pháp cấp bách"));
}

#[tokio::test]
async fn a_usual_page_with_its_style_weighs_less_than_thirty_kilobytes() {
    let town = Town::new().await;
    let mut notice = source(&town);
    notice.vi.text = "Từ ngày 01/04/2020, xin nộp hồ sơ trực tuyến và thanh toán trực tuyến. ".repeat(30);
    published(&town, notice).await;
    let style = get(&town, "/citizen.css").await.body().len();
    for target in ["/notices", "/notices/1", "/notices/1?lang=en", "/"] {
        let page = page(&town, target).await;
        assert!(page.len() + style <= 30 * 1024, "{target}: {} + {style}", page.len());
    }
    let style = get(&town, "/notices/poster.css").await;
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    let poster = page(&town, "/notices/1/poster").await;
    assert!(poster.contains("href=\"/notices/poster.css\""), "{poster}");
    assert!(poster.len() + style.body().len() <= 30 * 1024, "{}", poster.len());
}

#[tokio::test]
async fn a_list_that_is_kept_is_not_shown_without_what_runs() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    town.minutes(1);
    // The page of the list is kept half a minute longer than what stands.
    page(&town, "/").await;
    town.clock.advance(std::time::Duration::from_secs(30));
    page(&town, "/notices").await;
    town.clock.advance(std::time::Duration::from_secs(31));
    let plan = Plan::Burst { first_call: 1, calls: 1_000, fault: Fault::InternalError };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    assert_eq!(get(&town, "/notices").await.status().as_u16(), 503);
}
