//! The list and the page of a notice, in both languages, and what is no notice.

use rules::config::Config;

use super::*;
use crate::pages::seeded::{allowed, plain_words, visible};

#[tokio::test]
async fn the_list_has_what_runs_then_what_is_to_come_then_what_has_ended() {
    let town = Town::new().await;
    assert!(words(&page(&town, "/notices").await).contains("Chưa có thông báo nào."));
    published(&town, about(&town, "Đã qua", vec![effect(Measure::Guidance, on(1), Some(on(14)))])).await;
    published(&town, about(&town, "Sắp tới", vec![effect(Measure::Guidance, on(20), Some(on(22)))])).await;
    published(&town, source(&town)).await;
    let withdrawn = published(&town, about(&town, "Nhầm", vec![effect(Measure::Guidance, on(1), None)])).await;
    changed(&town, &withdrawn, |it| it.withdrawn = true).await;
    published(&town, about(&town, "Chỉ để biết", Vec::new())).await;
    let vi = words(&page(&town, "/notices").await);
    in_order(
        &vi,
        &[
            "Đang áp dụng",
            "Biện pháp cấp bách tại Bộ phận Một cửa",
            "Gửi trả kết quả qua bưu điện được miễn cước. Từ 01/04/2020 đến hết 22/04/2020. Đang áp dụng",
            "Từ 01/04/2020 đến khi có thông báo mới",
            "Sắp áp dụng",
            "Sắp tới",
            "Từ 20/04/2020 đến hết 22/04/2020. Sắp áp dụng",
            "Đã kết thúc và thông báo khác",
            "Chỉ để biết",
            "Nhầm Đã thu hồi",
            "Đã qua",
            "Từ 01/04/2020 đến hết 14/04/2020. Đã kết thúc",
        ],
    );
    for title in ["Đã qua", "Sắp tới", "Nhầm", "Chỉ để biết"] {
        assert_eq!(vi.matches(title).count(), 1, "{title} in {vi}");
    }
    let en = page(&town, "/notices?lang=en").await;
    in_order(
        &words(&en),
        &["In force", "Urgent measures at the one-stop desk", "Results are sent by post free of charge."],
    );
    // Without an English title the Vietnamese one is marked as such.
    assert!(en.contains("lang=\"vi\">Sắp tới</a>"), "{en}");
    assert!(en.contains("href=\"/notices/3?lang=en\">Urgent"), "{en}");
}

#[tokio::test]
async fn the_list_is_paged_and_what_stands_is_on_no_further_page() {
    let town = Town::new().await;
    for number in 1..=45 {
        let effects = if number % 9 == 0 { vec![effect(Measure::Guidance, on(1), None)] } else { Vec::new() };
        published(&town, about(&town, &format!("Thông báo số {number:02}."), effects)).await;
    }
    let (mut target, mut seen, mut pages) = ("/notices".to_owned(), Vec::new(), 0);
    loop {
        let page = page(&town, &target).await;
        pages += 1;
        let words = words(&page);
        seen.extend((1..=45).filter(|number| words.contains(&format!("Thông báo số {number:02}."))));
        assert_eq!(words.contains("Đang áp dụng"), target == "/notices", "{target}");
        let Some((before, _)) = page.split_once("\">Trang sau") else { break };
        target = before.rsplit("href=\"").next().unwrap().to_owned();
        assert!(target.starts_with("/notices?below="), "{target}");
    }
    assert_eq!(pages, 3);
    seen.sort_unstable();
    assert_eq!(seen, (1..=45).collect::<Vec<_>>(), "each once");
    for odd in ["/notices?below=x", "/notices?below=-1"] {
        assert_eq!(get(&town, odd).await.status().as_u16(), 404, "{odd}");
    }
    let english = page(&town, "/notices?lang=en&below=20").await;
    assert!(english.contains("href=\"?below=20\""), "the other language stays on the page: {english}");
}

#[tokio::test]
async fn a_notice_says_what_holds_until_when_by_whom_and_by_what_right() {
    let town = Town::new().await;
    let mut notice = source(&town);
    notice.procedures = vec![crate::town::PERMIT.into(), "9.999999".into()];
    published(&town, notice).await;
    let page_vi = page(&town, "/notices/1").await;
    assert!(title(&page_vi).starts_with("Biện pháp cấp bách tại Bộ phận Một cửa – Ban Quản lý"), "{page_vi}");
    in_order(
        &words(&page_vi),
        &[
            "Gửi trả kết quả qua bưu điện được miễn cước. Từ 01/04/2020 đến hết 22/04/2020. Đang áp dụng",
            "Đeo khẩu trang, rửa tay. Từ 01/04/2020 đến khi có thông báo mới",
            "Từ ngày 01/04/2020, xin nộp hồ sơ trực tuyến. Thanh toán trực tuyến.",
            "Khi cần bản chính, xin gửi qua bưu điện.",
            "Cơ quan ban hành UBND tỉnh Khánh Hòa",
            "Căn cứ Công văn 2964/UBND-KSTT ngày 01/04/2020",
            "Cấp giấy phép xây dựng",
            "(1.005129)",
            "9.999999",
            "Đăng ngày 15/04/2020",
            "Áp phích khổ A4",
        ],
    );
    assert!(page_vi.contains("trực tuyến.<br>Thanh toán"), "lines stay lines: {page_vi}");
    assert!(!page_vi.contains("sửa ngày") && !page_vi.contains("lanh-dao"), "{page_vi}");
    let english = page(&town, "/notices/1?lang=en").await;
    in_order(
        &words(&english),
        &["Urgent measures", "Wear a mask. From 01/04/2020 until further notice", "Please file online.", "Issued by"],
    );
    assert!(english.contains("<h1>Urgent measures"), "{english}");
    assert!(english.contains("lang=\"vi\">UBND tỉnh Khánh Hòa"), "{english}");
    for link in ["/notices/1/poster?lang=en", "/notices/1.txt?lang=en", "/notices/1.html?lang=en"] {
        assert!(english.contains(&format!("href=\"{link}\"")), "{link}");
    }
}

#[tokio::test]
async fn a_notice_without_english_is_shown_in_vietnamese_and_says_so_to_readers_of_screens() {
    let town = Town::new().await;
    let mut notice = about(&town, "Chỉ tiếng Việt", vec![effect(Measure::Guidance, on(1), None)]);
    notice.effects.push(effect(Measure::Advice { vi: "Đeo khẩu trang".into(), en: String::new() }, on(1), None));
    published(&town, notice).await;
    let page = page(&town, "/notices/1?lang=en").await;
    assert!(page.contains("<html lang=\"en\">") && page.contains("<h1 lang=\"vi\">Chỉ tiếng Việt</h1>"), "{page}");
    assert!(page.contains("<div lang=\"vi\"><p class=\"wide\">Nội dung"), "{page}");
    assert!(page.contains("<bdi lang=\"vi\">Đeo khẩu trang.</bdi>"), "{page}");
    assert!(page.contains("<bdi>Please file online;"), "{page}");
}

#[tokio::test]
async fn an_older_version_is_shown_as_no_longer_valid_and_the_newest_says_when_it_changed() {
    let town = Town::new().await;
    let first = published(&town, source(&town)).await;
    town.until("2020-04-20T09:00:00+07:00");
    changed(&town, &first, |it| it.vi.title = "Biện pháp đã sửa".into()).await;
    let newest = page(&town, "/notices/1").await;
    in_order(
        &words(&newest),
        &["Biện pháp đã sửa", "Đăng ngày 15/04/2020, sửa ngày 20/04/2020", "Các bản trước bản 1"],
    );
    assert!(newest.contains("href=\"/notices/1?version=1\"") && !newest.contains("không còn giá trị"), "{newest}");
    let older = page(&town, "/notices/1?version=1").await;
    in_order(
        &words(&older),
        &["Biện pháp cấp bách", "Đây là bản cũ, không còn giá trị (bản 1, 15/04/2020)", "Xem bản mới nhất"],
    );
    assert!(older.contains("href=\"?lang=en&amp;version=1\""), "{older}");
    assert!(!older.contains("/poster"), "copies are made of the newest alone: {older}");
    assert!(older.contains("miễn cước") && !older.contains("Đang áp dụng"), "nothing of it is in force: {older}");
    assert_eq!(page(&town, "/notices/1?version=2").await, newest);
    for odd in ["0", "3", "x", "", "-1", "99999999999"] {
        assert_eq!(get(&town, &format!("/notices/1?version={odd}")).await.status().as_u16(), 404, "{odd}");
    }
}

#[tokio::test]
async fn a_withdrawn_notice_says_so_on_every_version_and_nothing_of_it_holds() {
    let town = Town::new().await;
    let notice = published(&town, source(&town)).await;
    changed(&town, &notice, |it| it.withdrawn = true).await;
    let words_of = async |target: &str| words(&page(&town, target).await);
    let newest = words_of("/notices/1").await;
    in_order(&newest, &["Biện pháp cấp bách", "Thông báo này đã được thu hồi ngày 15/04/2020.", "không còn áp dụng"]);
    assert!(!newest.contains("Đang áp dụng"), "{newest}");
    assert!(words_of("/notices/1?version=1").await.contains("đã được thu hồi"));
    assert!(words_of("/notices/1?lang=en").await.contains("This notice was withdrawn on 15/04/2020."));
}

#[tokio::test]
async fn a_further_language_has_its_title_and_text_at_an_address_of_its_own() {
    let town = Town::new().await;
    let mut notice = source(&town);
    let told = Told { title: "お知らせ".into(), text: "本文".into() };
    notice.further = vec![rules::notice::Further { language: "日本語".into(), told }];
    published(&town, notice).await;
    let first = page(&town, "/notices/1").await;
    assert!(first.contains("href=\"/notices/1?further=1\" lang=\"\">日本語</a>"), "{first}");
    let further = page(&town, "/notices/1?further=1").await;
    assert!(further.contains("<h1 lang=\"\">お知らせ</h1>") && further.contains("本文"), "{further}");
    for odd in ["0", "2", "x"] {
        assert_eq!(get(&town, &format!("/notices/1?further={odd}")).await.status().as_u16(), 404, "{odd}");
    }
}

#[tokio::test]
async fn an_outage_that_is_announced_too_late_says_by_how_much() {
    let town = Town::new().await;
    let outage = |from| effect(Measure::Outage { hours: "18:00–22:00".into() }, from, Some(from));
    let notice = published(&town, about(&town, "Bảo trì", vec![outage(on(20)), outage(date(2020, 5, 20))])).await;
    let first = words(&page(&town, "/notices/1").await);
    // 16 and 17 April 2020 are the only working days between.
    in_order(&first, &["Ngày 20/04/2020", "Báo chậm 5 ngày làm việc", "Nghị định 224/2026", "Ngày 20/05/2020"]);
    assert_eq!(first.matches("Báo chậm").count(), 1, "{first}");
    assert!(words(&page(&town, "/notices/1?lang=en").await).contains("Announced 5 working days too late"));
    // A later version that only mends the text does not make it later.
    town.until("2020-04-17T09:00:00+07:00");
    let mended = changed(&town, &notice, |it| it.vi.text = "Đã sửa.".into()).await;
    assert!(words(&page(&town, "/notices/1").await).contains("Báo chậm 5 ngày làm việc"));
    changed(&town, &mended, |it| it.effects[0].from = on(21)).await;
    assert!(words(&page(&town, "/notices/1").await).contains("Báo chậm 6 ngày làm việc"));
}

#[tokio::test]
async fn whatever_looks_like_markup_is_shown_as_it_was_typed() {
    let town = Town::new().await;
    let evil = "<b>A & \"B\"</b><script>alert(1)</script>";
    let mut notice = about(&town, evil, vec![effect(Measure::Moved { to: evil.into(), telephone: None }, on(1), None)]);
    notice.vi.text = evil.into();
    notice.issuer = evil.into();
    notice.legal_basis = evil.into();
    notice.procedures = vec![evil.into()];
    published(&town, notice).await;
    for target in ["/", "/notices", "/notices/1", "/notices/1/poster", "/notices/1.html", "/notices.atom", "/x"] {
        let answer = get(&town, target).await;
        let text = answer.text();
        assert!(!text.contains("<b>") && !text.contains("<script"), "{target}: {text}");
        assert!(text.contains("&lt;b&gt;A &amp; "), "{target}: {text}");
    }
    assert!(get(&town, "/notices/1.txt").await.text().contains(evil));
}

#[tokio::test]
async fn what_is_no_notice_gets_one_page_with_the_telephone() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    let unknown = get(&town, "/notices/2").await;
    assert_eq!(unknown.status().as_u16(), 404);
    assert!(unknown.text().contains("Không tìm thấy thông báo") && unknown.text().contains("0258 000 0000"));
    for end in
        ["0", "01", "x", "2.txt", "2.html", "2/poster", "2/script", "1.pdf", "1/posters", "../1", "%31", "1000000"]
    {
        let answer = get(&town, &format!("/notices/{end}")).await;
        assert_eq!((answer.status(), answer.text()), (unknown.status(), unknown.text()), "{end}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{end}");
    }
    assert_eq!(get(&town, "/notices/1.").await.status().as_u16(), 200, "as a sentence ends");
    assert!(words(&page(&town, "/notices/1/").await).contains("Biện pháp"));
}

#[tokio::test]
async fn a_vietnamese_page_of_notices_holds_no_english() {
    let town = Town::new().await;
    let notice = published(&town, source(&town)).await;
    changed(&town, &notice, |it| it.effects[0].until = Some(on(14))).await;
    let short = effect(Measure::Outage { hours: "18:00–22:00".into() }, on(20), Some(on(20)));
    published(&town, about(&town, "Bảo trì", vec![short])).await;
    let withdrawn = published(&town, about(&town, "Nhầm", Vec::new())).await;
    changed(&town, &withdrawn, |it| it.withdrawn = true).await;
    let allowed = allowed(&Config::demo());
    for target in [
        "/",
        "/notices",
        "/notices/1",
        "/notices/1?version=1",
        "/notices/2",
        "/notices/3",
        "/notices/9",
        "/notices/1/poster",
    ] {
        let page = get(&town, target).await.text().to_owned();
        let words: Vec<_> = visible(&page).iter().flat_map(|text| plain_words(text)).collect();
        assert!(words.len() > 10, "{target}: {words:?}");
        let odd: Vec<_> = words.into_iter().filter(|(word, _)| !allowed.contains(word.as_str())).collect();
        assert!(odd.is_empty(), "{target}: {odd:?}");
    }
}
