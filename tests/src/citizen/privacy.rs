//! The page on data that is kept of people, as everybody reads it.

use super::*;
use crate::pages::seeded::{allowed, plain_words, visible};

#[tokio::test]
async fn the_page_tells_what_the_settings_say_and_cites_no_law_before_its_day() {
    let town = Town::new().await;
    let told = words(&page(&town, "/privacy").await);
    for piece in [
        "Bưu điện Việt Nam",
        "Cổng Dịch vụ công quốc gia",
        "VNPAY",
        "mở được 180 ngày",
        "400 ngày",
        "Ai xem được, ai đã xem",
        "chọn “Ai đã xem hồ sơ”",
        "0258 000 0000",
    ] {
        assert!(told.contains(piece), "{piece} in {told}");
    }
    assert!(!told.contains("91/2025"), "{told}");
    town.until("2026-01-01T00:00:00+07:00");
    let told = words(&page(&town, "/privacy").await);
    assert!(told.contains("trả lời trong 2 ngày làm việc (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"), "{told}");
    assert!(words(&page(&town, "/privacy?lang=en").await).contains("within 2 working days"));
}

#[tokio::test]
async fn it_is_kept_for_a_minute_needs_no_call_and_holds_no_english() {
    let town = Town::new().await;
    page(&town, "/privacy").await;
    town.office.wire().reset();
    let answer = get(&town, "/privacy").await;
    assert_eq!(town.office.wire().tally().round_trips(), 0);
    assert_eq!(answer.header("cache-control"), Some("public, max-age=60"));
    let style = get(&town, "/citizen.css").await.body().len();
    assert!(answer.body().len() + style <= 30 * 1024, "{}", answer.body().len());
    let allowed = allowed(&rules::config::Config::demo());
    let odd: Vec<_> = visible(answer.text()).iter().flat_map(|text| plain_words(text)).collect();
    let odd: Vec<_> = odd.into_iter().filter(|(word, _)| !allowed.contains(word.as_str())).collect();
    assert!(odd.is_empty(), "{odd:?}");
    assert!(page(&town, "/").await.contains("href=\"/privacy\""));
}
