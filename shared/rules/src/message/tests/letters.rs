//! The e-mails: every piece of news in both languages, and what a partner's data may do to them.

use super::table::{LANGUAGES, LONG_LINK};
use super::*;
use crate::message::{Case, Letter};

const CASE: Case<'static> = Case {
    code: OURS,
    procedure: Some("Cấp giấy phép xây dựng"),
    submitted_at: None,
    accepted_at: None,
    due_on: None,
    ended_at: None,
    why: None,
    agency: "Ban Quản lý Khu kinh tế Vân Phong",
    telephone: Some("0258 000 0000"),
    address: Some("Khu kinh tế Vân Phong, tỉnh Khánh Hòa"),
    visiting_hours: None,
    link: None,
    handled_by: None,
    visit: Visit::NONE,
};

fn letter(language: Language, news: &News<'_>) -> Letter {
    Letter::new(language, news, &CASE, [])
}

fn all(language: Language) -> String {
    let line = |(name, news): (_, News<'static>)| {
        let letter = Letter::new(language, &news, &Case { visit: visit(name, language), ..CASE }, []);
        [vec![letter.subject, letter.lead], letter.to_do.into_iter().collect()].concat().join(" | ")
    };
    nineteen().map(line).join("\n")
}

#[test]
fn every_vietnamese_letter_says_what_happened_and_what_to_do() {
    assert_snapshot!(all(Language::Vi));
}

#[test]
fn every_english_letter_says_what_happened_and_what_to_do() {
    assert_snapshot!(all(Language::En));
}

#[test]
fn a_whole_letter_lists_papers_reason_times_and_the_person() {
    let case = Case {
        submitted_at: Some("2020-04-15T08:00:00+07:00".parse().unwrap()),
        accepted_at: Some("2020-04-15T09:30:00+07:00".parse().unwrap()),
        due_on: Some(day(24, 4)),
        why: Some("Hạn 7 ngày làm việc, tính từ ngày tiếp nhận."),
        handled_by: Some("Chuyên viên một cửa"),
        link: Some(LINK),
        ..CASE
    };
    let news = News::PausedForOriginals { paused_on: day(16, 4), missing: 2, send_by: Some(day(29, 4)) };
    let papers = ["Đơn đề nghị cấp giấy phép", "Bản vẽ thiết kế"];
    assert_snapshot!(Letter::new(Language::Vi, &news, &case, papers).text());
    assert_snapshot!(Letter::new(Language::En, &news, &case, papers).text());
}

#[test]
fn marks_are_one_character_with_their_letter_however_a_name_was_typed() {
    let apart = "Ca\u{302}\u{301}p gia\u{302}\u{301}y phe\u{301}p";
    let text =
        Letter::new(Language::Vi, &News::Accepted { due_on: None }, &Case { procedure: Some(apart), ..CASE }, [apart]);
    assert!(text.text().contains("Cấp giấy phép"), "{}", text.text());
    assert!(!text.text().contains('\u{302}'));
}

#[test]
fn no_code_of_a_partner_makes_a_second_line_or_carries_words_into_a_subject() {
    for code in ["G22\r\nBcc: somebody@example.org", "evil.example.org", "G22 click here", "\u{202e}22G"] {
        for (_, news) in nineteen() {
            for language in [Language::Vi, Language::En] {
                let letter = Letter::new(language, &news, &Case { code, ..CASE }, []);
                assert!(!letter.subject.contains(['\r', '\n']), "{:?}", letter.subject);
                assert!(!letter.text().contains(code) && !letter.text().contains("Bcc"), "{code:?}: {}", letter.text());
            }
        }
    }
    let number = "AA\r\nBcc: somebody@example.org";
    let paid = News::Paid { paid_vnd: vnd(1), receipt_no: Some(number), goes_on: false, due_on: None };
    assert_eq!(letter(Language::Vi, &paid).subject.lines().count(), 1);
}

#[test]
fn no_subject_is_longer_than_a_telephone_shows() {
    for (_, news) in nineteen() {
        for language in [Language::Vi, Language::En] {
            let letter = Letter::new(language, &news, &Case { code: FOREIGN, ..CASE }, []);
            assert!(letter.subject.chars().count() <= 90, "{}", letter.subject);
        }
    }
}

#[test]
fn a_text_without_a_link_names_the_telephone_where_there_is_room() {
    let telephone = Some("0258 000 0000");
    for (_, news) in nineteen() {
        for language in [Language::Vi, Language::En] {
            for code in [OURS, FOREIGN] {
                let message = Message { code, link: None, news, visit: Visit::NONE };
                let text = message.text_with(language, PREFIX, telephone);
                assert_eq!(parts(&text), Some(1), "{text}");
                assert!(text.ends_with(language.pick(["Hoi 0258 000 0000.", "Call 0258 000 0000."])), "{text}");
                assert_eq!(message.text_with(language, PREFIX, None), message.text(language, PREFIX));
                let linked = Message { link: Some(LINK), ..message };
                assert_eq!(linked.text_with(language, PREFIX, telephone), linked.text(language, PREFIX));
            }
        }
    }
}

#[test]
fn a_letter_that_asks_somebody_to_come_carries_the_advice_and_invites_nobody_into_a_closed_desk() {
    let originals = News::PausedForOriginals { paused_on: day(16, 4), missing: 2, send_by: Some(day(29, 4)) };
    let to_do = |news: News<'static>, visit| {
        LANGUAGES.map(|language| Letter::new(language, &news, &Case { visit, ..CASE }, []).to_do.unwrap_or_default())
    };
    let advised = Visit { advice: Visit::advised(&["Đeo khẩu trang"]), sends_free: true, ..Visit::NONE };
    let [vi, en] = to_do(originals, advised);
    assert!(vi.ends_with("Gửi giấy tờ qua bưu điện được miễn cước. Khi đến, xin lưu ý: Đeo khẩu trang."), "{vi}");
    assert!(en.ends_with("The post carries your papers free of charge. If you come, please note: Đeo khẩu trang."));
    let twice = Visit { advice: Visit::advised(&["Đeo khẩu trang.", "Rửa tay"]), ..Visit::NONE };
    let [vi, _] = to_do(originals, twice);
    assert!(vi.ends_with("Khi đến, xin lưu ý: Đeo khẩu trang; Rửa tay."), "{vi}");
    let closed = |opens_on| Visit { closed: Some(Closed { opens_on }), ..advised };
    let ready = News::Ready { fee_vnd: None };
    assert_eq!(
        to_do(ready, closed(Some(day(20, 4)))),
        [
            "Quầy tạm ngừng tiếp; xin chỉ đến từ ngày 20/04/2020 hoặc gửi qua bưu điện.",
            "The desk is closed; please come from 20 Apr 2020 on only, or use the post."
        ]
    );
    let [vi, en] = to_do(ready, closed(None));
    assert!(vi.contains("xin chưa đến") && en.contains("do not come yet"));
    let paid = News::Paid { paid_vnd: Vnd::new(1).unwrap(), receipt_no: None, goes_on: false, due_on: None };
    assert_eq!(to_do(paid, advised), ["", ""], "nobody comes because of it");
}

#[test]
fn an_sms_about_a_result_invites_nobody_into_a_closed_desk() {
    let text = |language, opens_on| {
        let visit = Visit { closed: Some(Closed { opens_on }), ..masked(language) };
        let news = News::Ready { fee_vnd: None };
        Message { code: OURS, link: Some(LONG_LINK), news, visit }.text(language, PREFIX)
    };
    assert_eq!(
        text(Language::Vi, Some(day(20, 4))),
        format!("{PREFIX}Ho so {OURS} da co ket qua, nhan tai Mot cua tu 20/04/2020. {LONG_LINK}")
    );
    for language in LANGUAGES {
        for opens_on in [None, Some(day(20, 4))] {
            let text = text(language, opens_on);
            assert_eq!(parts(&text), Some(1), "{text}");
            assert!(!text.contains("khau trang") && !text.contains("mask"), "{text}");
        }
    }
}
