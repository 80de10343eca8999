//! Parts that are given up if room is short.

use super::*;
use proptest::prelude::*;

#[test]
fn a_text_that_is_too_long_gives_up_one_thing_after_another_in_a_fixed_order() {
    let posted = News::Posted { posted_on: day(24, 4), parcel_no: Some("CE123456789VN"), free_of_charge: true };
    let received = News::Received { received_on: day(15, 4) };
    let with_link = |news, length: usize| {
        let link = format!("https://h.vn/{}", "x".repeat(length - 13));
        Message { code: OURS, link: Some(&link), news, visit: Visit::NONE }
            .text(Language::Vi, PREFIX)
            .replace(&link, "<link>")
    };
    let check = |news, length, expected: &str| assert_eq!(with_link(news, length), expected, "link of {length}");
    let start = "KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 gui buu dien 24/04/2020";
    check(posted, 51, &format!("{start}, ma CE123456789VN, mien cuoc. <link>"));
    check(posted, 52, &format!("{start}, ma CE123456789VN. <link>"));
    check(posted, 62, &format!("{start}, ma CE123456789VN. <link>"));
    check(posted, 63, &format!("{start}. <link>"));
    check(posted, 80, &format!("{start}. <link>"));
    check(posted, 81, &format!("{start}."));
    let start = "KKT Van Phong: Da nhan ho so 000.00.01.H22-200415-0001 ngay 15/04/2020";
    check(received, 63, &format!("{start}, dang kiem tra. Theo doi: <link>"));
    check(received, 64, &format!("{start}. Theo doi: <link>"));
    check(received, 79, &format!("{start}. <link>"));
    check(received, 89, &format!("{start}."));
}

#[test]
fn the_date_to_send_papers_by_outlives_the_link() {
    let news = News::PausedForOriginals { paused_on: day(16, 4), missing: 12, send_by: Some(day(29, 4)) };
    let link = format!("https://h.vn/{}", "x".repeat(80));
    assert_eq!(
        Message { code: OURS, link: Some(&link), news, visit: Visit::NONE }.text(Language::Vi, PREFIX),
        "KKT Van Phong: Ho so 000.00.01.H22-200415-0001 tam dung tinh han, cho 12 ban chinh \
         den het 29/04/2020."
    );
}

#[test]
fn the_prefix_goes_last() {
    let message = Message { code: OURS, link: Some(LINK), news: News::Ready { fee_vnd: None }, visit: Visit::NONE };
    assert_eq!(
        message.text(Language::Vi, &"Van Phong ".repeat(14)),
        "Ho so 000.00.01.H22-200415-0001 da co ket qua, moi den Mot cua nhan."
    );
}

#[test]
fn a_code_that_could_carry_words_or_an_address_is_not_shown() {
    let news = News::Ready { fee_vnd: None };
    let text = |code: &str, language| Message { code, link: None, news, visit: Visit::NONE }.text(language, "");
    for shown in [OURS, FOREIGN, "G22.99-1", "H32/2020/7", "000.00.00.G22-1", "0UN7XDQXE123"] {
        assert_eq!(text(shown, Language::Vi), format!("Ho so {shown} da co ket qua, moi den Mot cua nhan."));
    }
    let long = "9".repeat(31);
    let odd = [
        "Ho so cua 12 Tran Phu",
        "H32 1",
        "H32_1",
        "Đ1",
        "bit.ly/x1",
        "EVIL.com",
        "a.vn-1",
        "1-evil.com/x",
        "10.0.0.1",
        "http://1",
        "1//2",
        "H32\n1",
        "+84905000001",
        &long,
    ];
    for code in odd {
        assert_eq!(text(code, Language::Vi), "Ho so cua ban da co ket qua, moi den Mot cua nhan.", "{code}");
        assert_eq!(text(code, Language::En), "Dossier of yours is ready, please collect at the desk.", "{code}");
    }
}

#[test]
fn a_link_that_an_sms_cannot_carry_is_left_out() {
    let message = Message {
        code: OURS,
        link: Some("https://mộtcửa.vn/t/1"),
        news: News::Ready { fee_vnd: None },
        visit: Visit::NONE,
    };
    assert_eq!(message.text(Language::Vi, ""), "Ho so 000.00.01.H22-200415-0001 da co ket qua, moi den Mot cua nhan.");
}

proptest! {
    #[test]
    fn whatever_the_lengths_a_text_is_one_part(
        which in 0..19 + joined::JOINED,
        code in "\\PC{0,60}|[A-Z0-9.{}^-]{0,200}",
        link in proptest::option::of("https://[a-z.]{1,30}/[0-9A-Za-z~_{]{0,120}"),
        prefix in "\\PC{0,30}|[a-z ]{0,170}",
        english in any::<bool>(),
    ) {
        let language = if english { Language::En } else { Language::Vi };
        let all: Vec<_> = nineteen().into_iter().chain(joined::rows()).collect();
        let (_, news) = all[which];
        let text = Message { code: &code, link: link.as_deref(), news, visit: Visit::NONE }.text(language, &prefix);
        prop_assert_eq!(parts(&text), Some(1), "{}", text);
    }

    #[test]
    fn numbers_as_large_as_they_go_still_fit(count in any::<u32>(), dong in 0..=Vnd::MAX.dong()) {
        let by = Some(day(29, 4));
        for news in [
            News::FeeAsked { fee_vnd: vnd(dong), pay_by: by, postage: false },
            News::Paid { paid_vnd: vnd(dong), receipt_no: Some(FOREIGN), goes_on: true, due_on: by },
            News::PausedForOriginals { paused_on: day(16, 4), missing: count, send_by: by },
            News::PartlyIn { received: count, awaited: count, received_on: day(20, 4) },
            News::SupplementAsked { papers: count, send_by: by },
            News::Outstanding(Outstanding {
                accepted: true,
                originals: u8::MAX,
                papers: Some(u8::MAX),
                fee_vnd: Some(vnd(dong)),
                by,
            }),
            News::Ready { fee_vnd: Some(vnd(dong)) },
            News::ReceiptCorrected { missing: count, due_on: by },
        ] {
            for language in [Language::Vi, Language::En] {
                let text = Message { code: FOREIGN, link: Some(LINK), news, visit: Visit::NONE }.text(language, PREFIX);
                prop_assert_eq!(parts(&text), Some(1), "{}", text);
            }
        }
    }
}
