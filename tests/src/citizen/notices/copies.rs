//! Copies of a notice: plain text, a piece of HTML, the text for a loudspeaker, the poster.

use super::*;

#[tokio::test]
async fn the_plain_copy_is_text_in_the_language_asked_for() {
    let town = Town::new().await;
    let notice = published(&town, source(&town)).await;
    let vi = get(&town, "/notices/1.txt").await;
    assert_eq!(vi.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(vi.text(), Notice { number: 1, ..notice.clone() }.plain(rules::language::Language::Vi));
    assert!(get(&town, "/notices/1.txt?lang=en").await.text().starts_with("Urgent measures at the one-stop desk\n\n"));
    changed(&town, &notice, |it| it.withdrawn = true).await;
    let withdrawn = get(&town, "/notices/1.txt").await;
    assert!(withdrawn.text().starts_with("Thông báo này đã được thu hồi ngày 15/04/2020.\n\n"), "{}", withdrawn.text());
}

#[tokio::test]
async fn the_piece_of_html_has_nothing_but_headings_paragraphs_a_list_and_a_link() {
    let town = Town::new().await;
    let notice = published(&town, source(&town)).await;
    let piece = get(&town, "/notices/1.html").await;
    assert_eq!(piece.header("content-type"), Some("text/html; charset=utf-8"));
    let text = piece.text().to_owned();
    for tag in text.split('<').skip(1).map(|rest| rest.split_once('>').unwrap().0) {
        let bare = ["h2", "p", "ul", "li", "a"].into_iter().any(|name| tag == name || tag == format!("/{name}"));
        assert!(bare || tag == "a href=\"http://127.0.0.1:8080/notices/1\"", "{tag}");
    }
    in_order(
        &words(&text),
        &[
            "Biện pháp cấp bách tại Bộ phận Một cửa",
            "Thanh toán trực tuyến.",
            "Gửi trả kết quả qua bưu điện được miễn cước. Từ 01/04/2020 đến hết 22/04/2020.",
            "UBND tỉnh Khánh Hòa. Căn cứ: Công văn 2964/UBND-KSTT ngày 01/04/2020.",
            "Xem thông báo tại Ban Quản lý Khu kinh tế Vân Phong",
        ],
    );
    changed(&town, &notice, |it| it.withdrawn = true).await;
    let withdrawn = words(get(&town, "/notices/1.html").await.text());
    assert!(withdrawn.contains("đã được thu hồi") && !withdrawn.contains("miễn cước"), "{withdrawn}");
}

#[tokio::test]
async fn the_loudspeaker_reads_what_is_not_over_in_at_most_150_words_and_ends_with_the_telephone() {
    let town = Town::new().await;
    let mut notice = source(&town);
    notice.effects[0].until = Some(on(14));
    notice.vi.text = "Một câu dài năm chữ. ".repeat(200);
    let notice = published(&town, notice).await;
    let script = get(&town, "/notices/1/script").await.text().to_owned();
    assert!(script.starts_with("Ban Quản lý Khu kinh tế Vân Phong thông báo: Biện pháp cấp bách"), "{script}");
    assert!(script.ends_with("Cần hỏi, xin gọi 0258 000 0000.\n"), "{script}");
    assert!(rules::notice::words(&script) <= 150 && rules::notice::words(&script) > 140);
    assert!(!script.contains("miễn cước") && script.contains("Xin nộp hồ sơ trực tuyến"), "{script}");
    changed(&town, &notice, |it| it.withdrawn = true).await;
    let withdrawn = get(&town, "/notices/1/script").await.text().to_owned();
    assert!(withdrawn.ends_with("đã được thu hồi.\n") && !withdrawn.contains("năm chữ"), "{withdrawn}");
}

#[tokio::test]
async fn the_poster_has_what_is_not_over_the_office_the_code_and_the_right() {
    let town = Town::new().await;
    let mut notice = source(&town);
    notice.effects.push(effect(Measure::OriginalsByPost, on(1), Some(on(14))));
    let notice = published(&town, notice).await;
    let poster = page(&town, "/notices/1/poster").await;
    in_order(
        &words(&poster),
        &[
            "Ban Quản lý Khu kinh tế Vân Phong",
            "Biện pháp cấp bách tại Bộ phận Một cửa",
            "Gửi trả kết quả qua bưu điện được miễn cước. Từ 01/04/2020 đến hết 22/04/2020.",
            "Khi cần bản chính, xin gửi qua bưu điện.",
            "Điện thoại 0258 000 0000",
            "http://127.0.0.1:8080/notices/1",
            "Căn cứ: Công văn 2964/UBND-KSTT ngày 01/04/2020",
        ],
    );
    assert!(poster.contains("<svg") && !poster.contains("<script"), "{poster}");
    assert!(!words(&poster).contains("không cần đến"), "an effect that is over is on no new poster");
    let english = page(&town, "/notices/1/poster?lang=en").await;
    assert!(english.contains("<main class=\"sheet\" lang=\"en\">") && words(&english).contains("Please file online."));
    assert!(english.contains("/notices/1?lang=en"), "{english}");
    changed(&town, &notice, |it| it.withdrawn = true).await;
    let withdrawn = words(&page(&town, "/notices/1/poster").await);
    assert!(withdrawn.contains("đã được thu hồi ngày") && !withdrawn.contains("miễn cước"), "{withdrawn}");
}

#[tokio::test]
async fn a_poster_without_english_is_wholly_in_vietnamese() {
    let town = Town::new().await;
    published(&town, about(&town, "Chỉ tiếng Việt", vec![effect(Measure::Guidance, on(1), None)])).await;
    let [one, other] = [page(&town, "/notices/1/poster").await, page(&town, "/notices/1/poster?lang=en").await];
    assert_eq!(one, other);
    assert!(one.contains("Điện thoại") && !one.contains("Telephone"), "{one}");
}
