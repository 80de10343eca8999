//! The texts letter by letter, and their lengths against the table of the office.

use super::*;
use insta::assert_snapshot;
use jiff::civil::Date;

use crate::vnd::Vnd;

mod joined;
mod letters;
mod shorter;
mod table;
mod timing;

const PREFIX: &str = "KKT Van Phong: ";
const OURS: &str = "000.00.01.H22-200415-0001";
const FOREIGN: &str = "000.01.33.G09-20260609-0092637";
const LINK: &str = "https://mot-cua.example.vn/t/7Qm2ZkXw0b";

fn day(day: i8, month: i8) -> Date {
    Date::new(2020, month, day).unwrap()
}

fn vnd(dong: u64) -> Vnd {
    Vnd::new(dong).unwrap()
}

/// Words of a notice of the epidemic to visitors.
fn masked(language: Language) -> Visit<'static> {
    let advice = language.pick(["Đeo khẩu trang, rửa tay.", "Wear a mask, wash hands."]);
    Visit { advice: Visit::advised(&[advice]), ..Visit::NONE }
}

/// The visit of a row: only one of them has a notice.
fn visit(name: &str, language: Language) -> Visit<'static> {
    if name == "ready, with advice" { masked(language) } else { Visit::NONE }
}

/// Returns the nineteen with the longest realistic values, in the order of the office's table.
fn nineteen() -> [(&'static str, News<'static>); 19] {
    [
        ("received", News::Received { received_on: day(15, 4) }),
        ("accepted", News::Accepted { due_on: Some(day(24, 4)) }),
        ("fee asked", News::FeeAsked { fee_vnd: vnd(12_500_000), pay_by: Some(day(20, 4)), postage: false }),
        (
            "paid",
            News::Paid { paid_vnd: vnd(12_500_000), receipt_no: Some("AA/20P-0001234"), goes_on: false, due_on: None },
        ),
        (
            "paused for originals",
            News::PausedForOriginals { paused_on: day(16, 4), missing: 12, send_by: Some(day(29, 4)) },
        ),
        ("partly in", News::PartlyIn { received: 11, awaited: 12, received_on: day(20, 4) }),
        (
            "resumed",
            News::Resumed {
                papers_in: true,
                resumed_on: day(20, 4),
                due_on: Some(day(24, 4)),
                was_on: Some(day(22, 4)),
                stood: true,
            },
        ),
        ("pause void", News::PauseVoid { paused_on: day(16, 4), due_on: Some(day(22, 4)) }),
        ("supplement", News::SupplementAsked { papers: 12, send_by: Some(day(5, 5)) }),
        ("apology", News::Apology { missed_on: day(22, 4), due_on: day(24, 4) }),
        ("ready, with advice", News::Ready { fee_vnd: None }),
        ("posted", News::Posted { posted_on: day(24, 4), parcel_no: Some("CE123456789VN"), free_of_charge: true }),
        ("delivered", News::Delivered { delivered_at: "2020-04-25T16:30:00+07:00".parse().unwrap() }),
        ("not accepted", News::NotAccepted { refused_on: day(15, 4) }),
        ("negative result", News::NegativeResult { decided_on: day(24, 4) }),
        ("closed", News::Closed { closed_on: day(30, 4) }),
        ("contact corrected", News::ContactCorrected { corrected_on: day(15, 4), due_on: None }),
        ("return chosen", News::ReturnChosen { by_post: true, free_of_charge: false, due_on: None }),
        ("receipt corrected", News::ReceiptCorrected { missing: 12, due_on: None }),
    ]
}

fn every_text(language: Language, link: Option<&str>) -> String {
    let line = |(name, news)| {
        let visit = visit(name, language);
        Message { code: OURS, link, news, visit }.text(language, PREFIX)
    };
    nineteen().map(line).join("\n")
}

#[test]
fn every_vietnamese_text_letter_by_letter() {
    assert_snapshot!(every_text(Language::Vi, Some(LINK)), @r"
    KKT Van Phong: Da nhan ho so 000.00.01.H22-200415-0001 ngay 15/04/2020, dang kiem tra. Theo doi: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Da tiep nhan ho so 000.00.01.H22-200415-0001, hen tra 24/04/2020. Theo doi, nop phi: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 can nop 12.500.000d phi, le phi den het 20/04/2020. Xem, nop tai https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Da thu 12.500.000d cho ho so 000.00.01.H22-200415-0001, bien lai AA/20P-0001234. Xem: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 tam dung tinh han, cho 12 ban chinh den het 29/04/2020. Nop, gui: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001: da nhan 11/12 ban chinh, van tam dung tinh han. Con thieu: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Da nhan du giay to ho so 000.00.01.H22-200415-0001, tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 khong bi tam dung tinh han, hen tra van la 22/04/2020. https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 can bo sung 12 giay to den het 05/05/2020. Phieu yeu cau: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Xin loi, ho so 000.00.01.H22-200415-0001 cham hen 22/04/2020, hen lai 24/04/2020. Ly do: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 da co ket qua, moi den Mot cua nhan. Deo khau trang, rua tay. https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 gui buu dien 24/04/2020, ma CE123456789VN, mien cuoc. https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 da phat 25/04/2020 16:30. Chua nhan duoc? Bao: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 khong duoc tiep nhan ngay 15/04/2020. Ly do, huong dan: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 khong du dieu kien giai quyet (24/04/2020). Ly do: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 bi dung xu ly tu 30/04/2020. Ly do, giay to tra lai: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Da sua dia chi, dien thoai ho so 000.00.01.H22-200415-0001 ngay 15/04/2020. Khong dung? Bao: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 se gui qua buu dien, theo dang ky. Theo doi: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Xin loi, ghi nham: ho so 000.00.01.H22-200415-0001 con thieu 12 giay to. Nop, gui: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    ");
}

#[test]
fn every_english_text_letter_by_letter() {
    assert_snapshot!(every_text(Language::En, Some(LINK)), @r"
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 received 15 Apr 2020, being checked. Follow: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 accepted, due 24 Apr 2020. Follow it, pay fees: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001: please pay VND 12,500,000 in fees by 20 Apr 2020. Pay at https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: VND 12,500,000 paid for dossier 000.00.01.H22-200415-0001, receipt AA/20P-0001234. See: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 paused 16 Apr 2020: lacks 12 originals. Send by 29 Apr 2020: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001: 11/12 originals in on 20 Apr 2020, still paused. Missing: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 complete, clock runs from 20 Apr 2020. Now due 24 Apr 2020: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Pause of 16 Apr 2020 annulled for dossier 000.00.01.H22-200415-0001. Still due 22 Apr 2020: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 needs 12 more papers by 5 May 2020. Request: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Sorry: dossier 000.00.01.H22-200415-0001, due 22 Apr 2020, is now due 24 Apr 2020. Why: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 is ready, please collect at the desk. Wear a mask, wash hands. https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 posted 24 Apr 2020, no. CE123456789VN, postage free. https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 delivered 25 Apr 2020 16:30. Not there? Tell us: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 not accepted on 15 Apr 2020. Reason, guidance: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 does not qualify (decided 24 Apr 2020). Reason: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 closed from 30 Apr 2020. Reason, your papers: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Address or phone of dossier 000.00.01.H22-200415-0001 corrected on 15 Apr 2020. Not by you? Tell us: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 will be posted, as chosen. Follow: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    KKT Van Phong: Sorry, recorded in error: dossier 000.00.01.H22-200415-0001 still lacks 12 papers. Send: https://mot-cua.example.vn/t/7Qm2ZkXw0b
    ");
}

#[test]
fn an_office_that_sends_no_links_sends_whole_sentences() {
    assert_snapshot!(every_text(Language::Vi, None), @r"
    KKT Van Phong: Da nhan ho so 000.00.01.H22-200415-0001 ngay 15/04/2020, dang kiem tra.
    KKT Van Phong: Da tiep nhan ho so 000.00.01.H22-200415-0001, hen tra 24/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 can nop 12.500.000d phi, le phi den het 20/04/2020.
    KKT Van Phong: Da thu 12.500.000d cho ho so 000.00.01.H22-200415-0001, bien lai AA/20P-0001234.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 tam dung tinh han, cho 12 ban chinh den het 29/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001: da nhan 11/12 ban chinh, van tam dung tinh han.
    KKT Van Phong: Da nhan du giay to ho so 000.00.01.H22-200415-0001, tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 khong bi tam dung tinh han, hen tra van la 22/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 can bo sung 12 giay to den het 05/05/2020.
    KKT Van Phong: Xin loi, ho so 000.00.01.H22-200415-0001 cham hen 22/04/2020, hen lai 24/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 da co ket qua, moi den Mot cua nhan. Deo khau trang, rua tay.
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 gui buu dien 24/04/2020, ma CE123456789VN, mien cuoc.
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 da phat 25/04/2020 16:30.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 khong duoc tiep nhan ngay 15/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 khong du dieu kien giai quyet (24/04/2020).
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 bi dung xu ly tu 30/04/2020.
    KKT Van Phong: Da sua dia chi, dien thoai ho so 000.00.01.H22-200415-0001 ngay 15/04/2020.
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 se gui qua buu dien, theo dang ky.
    KKT Van Phong: Xin loi, ghi nham: ho so 000.00.01.H22-200415-0001 con thieu 12 giay to.
    ");
    assert_snapshot!(every_text(Language::En, None), @r"
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 received 15 Apr 2020, being checked.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 accepted, due 24 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001: please pay VND 12,500,000 in fees by 20 Apr 2020.
    KKT Van Phong: VND 12,500,000 paid for dossier 000.00.01.H22-200415-0001, receipt AA/20P-0001234.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 paused 16 Apr 2020: lacks 12 originals. Send by 29 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001: 11/12 originals in on 20 Apr 2020, still paused.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 complete, clock runs from 20 Apr 2020. Now due 24 Apr 2020.
    KKT Van Phong: Pause of 16 Apr 2020 annulled for dossier 000.00.01.H22-200415-0001. Still due 22 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 needs 12 more papers by 5 May 2020.
    KKT Van Phong: Sorry: dossier 000.00.01.H22-200415-0001, due 22 Apr 2020, is now due 24 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 is ready, please collect at the desk. Wear a mask, wash hands.
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 posted 24 Apr 2020, no. CE123456789VN, postage free.
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 delivered 25 Apr 2020 16:30.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 not accepted on 15 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 does not qualify (decided 24 Apr 2020).
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 closed from 30 Apr 2020.
    KKT Van Phong: Address or phone of dossier 000.00.01.H22-200415-0001 corrected on 15 Apr 2020.
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 will be posted, as chosen.
    KKT Van Phong: Sorry, recorded in error: dossier 000.00.01.H22-200415-0001 still lacks 12 papers.
    ");
}

#[test]
fn what_is_not_known_or_not_in_force_is_left_out() {
    let news = [
        News::Accepted { due_on: None },
        News::FeeAsked { fee_vnd: vnd(150_000), pay_by: None, postage: false },
        News::Paid { paid_vnd: vnd(150_000), receipt_no: None, goes_on: false, due_on: None },
        News::PausedForOriginals { paused_on: day(16, 4), missing: 1, send_by: None },
        News::Resumed { papers_in: true, resumed_on: day(20, 4), due_on: None, was_on: None, stood: true },
        News::Resumed {
            papers_in: false,
            resumed_on: day(20, 4),
            due_on: Some(day(24, 4)),
            was_on: Some(day(22, 4)),
            stood: true,
        },
        News::PauseVoid { paused_on: day(16, 4), due_on: None },
        News::SupplementAsked { papers: 1, send_by: None },
        News::SupplementAsked { papers: 0, send_by: None },
        News::Ready { fee_vnd: None },
        News::Posted { posted_on: day(24, 4), parcel_no: Some("CE123456789VN"), free_of_charge: false },
        News::Posted { posted_on: day(24, 4), parcel_no: None, free_of_charge: true },
        News::Posted { posted_on: day(24, 4), parcel_no: None, free_of_charge: false },
        News::ReturnChosen { by_post: false, free_of_charge: false, due_on: None },
        News::ReceiptCorrected { missing: 1, due_on: None },
    ];
    let short = |language| {
        news.map(|news| Message { code: "A-1", link: Some("L"), news, visit: Visit::NONE }.text(language, ""))
            .join("\n")
    };
    assert_snapshot!(short(Language::Vi), @r"
    Da tiep nhan ho so A-1. Theo doi, nop phi: L
    Ho so A-1 can nop 150.000d phi, le phi. Xem, nop tai L
    Da thu 150.000d cho ho so A-1. Xem: L
    Ho so A-1 tam dung tinh han, cho 1 ban chinh. Nop, gui: L
    Da nhan du giay to ho so A-1, tinh tiep tu 20/04/2020. Theo doi: L
    Ho so A-1 tinh tiep tu 20/04/2020. Hen tra moi 24/04/2020: L
    Ho so A-1 khong bi tam dung tinh han. L
    Ho so A-1 can bo sung 1 giay to. Phieu yeu cau: L
    Ho so A-1 can bo sung giay to. Phieu yeu cau: L
    Ho so A-1 da co ket qua, moi den Mot cua nhan. L
    Ket qua ho so A-1 gui buu dien 24/04/2020, ma CE123456789VN. L
    Ket qua ho so A-1 gui buu dien 24/04/2020, mien cuoc. L
    Ket qua ho so A-1 gui buu dien 24/04/2020. L
    Ket qua ho so A-1 se tra tai Mot cua, theo dang ky. Theo doi: L
    Xin loi, ghi nham: ho so A-1 con thieu 1 giay to. Nop, gui: L
    ");
    assert_snapshot!(short(Language::En), @r"
    Dossier A-1 accepted. Follow it, pay fees: L
    Dossier A-1: please pay VND 150,000 in fees. Pay at L
    VND 150,000 paid for dossier A-1. See: L
    Dossier A-1 paused 16 Apr 2020: lacks 1 original. Send: L
    Dossier A-1 complete, clock runs from 20 Apr 2020. Follow: L
    Dossier A-1, clock runs from 20 Apr 2020. Now due 24 Apr 2020: L
    Pause of 16 Apr 2020 annulled for dossier A-1. L
    Dossier A-1 needs 1 more paper. Request: L
    Dossier A-1 needs more papers. Request: L
    Dossier A-1 is ready, please collect at the desk. L
    Result of dossier A-1 posted 24 Apr 2020, no. CE123456789VN. L
    Result of dossier A-1 posted 24 Apr 2020, postage free. L
    Result of dossier A-1 posted 24 Apr 2020. L
    Result of dossier A-1 is handed out at the desk, as chosen. Follow: L
    Sorry, recorded in error: dossier A-1 still lacks 1 paper. Send: L
    ");
}

#[test]
fn the_lengths_are_those_of_the_table() {
    assert_eq!((PREFIX.len(), OURS.len(), FOREIGN.len(), LINK.len()), (15, 25, 30, 39));
    let table = [
        (136, 141),
        (139, 144),
        (151, 156),
        (140, 145),
        (152, 157),
        (146, 151),
        (155, 160),
        (141, 146),
        (144, 149),
        (143, 148),
        (148, 153),
        (148, 153),
        (141, 146),
        (142, 147),
        (137, 142),
        (139, 144),
        (147, 152),
        (139, 144),
        (137, 142),
    ];
    let length = |code, news, visit| {
        gsm7_len(&Message { code, link: Some(LINK), news, visit }.text(Language::Vi, PREFIX)).unwrap()
    };
    for ((name, news), (ours, foreign)) in nineteen().into_iter().zip(table) {
        let visit = visit(name, Language::Vi);
        assert_eq!((length(OURS, news, visit), length(FOREIGN, news, visit)), (ours, foreign), "{name}");
    }
}

#[test]
fn the_longest_number_of_a_receipt_fits_into_the_message_of_its_payment() {
    const NUMBER: &str = "EBL01 26TAB 12345678";
    const LONGEST_LINK: &str = "https://mot-cua-vanphong.kh.example/t/7Qm2ZkXw0b";
    assert_eq!((NUMBER.len(), LONGEST_LINK.len()), (crate::receipt::ReceiptNo::LONGEST, 48));
    let news = News::Paid { paid_vnd: vnd(12_500_000), receipt_no: Some(NUMBER), goes_on: false, due_on: None };
    for (code, length) in [(OURS, 155), (FOREIGN, 160)] {
        let text = Message { code, link: Some(LONGEST_LINK), news, visit: Visit::NONE }.text(Language::Vi, PREFIX);
        assert!(text.contains(", bien lai EBL01 26TAB 12345678."), "{text}");
        assert_eq!((gsm7_len(&text), parts(&text)), (Some(length), Some(1)), "{text}");
    }
}

#[test]
fn every_text_with_the_longest_realistic_values_is_one_part_and_nothing_is_left_out() {
    for language in [Language::Vi, Language::En] {
        for (name, news) in nineteen() {
            let visit = visit(name, language);
            let text = Message { code: FOREIGN, link: Some(LINK), news, visit }.text(language, PREFIX);
            assert_eq!(parts(&text), Some(1), "{name}: {text}");
            let whole = Message { code: "", link: Some(LINK), news, visit }.text(language, PREFIX);
            assert_eq!(gsm7_len(&text), gsm7_len(&whole).map(|length| length + FOREIGN.len()), "{name}: {text}");
        }
    }
}

#[test]
fn every_character_is_of_the_basic_table_and_costs_one() {
    for language in [Language::Vi, Language::En] {
        for (name, news) in nineteen() {
            let visit = visit(name, language);
            let text = Message { code: FOREIGN, link: Some(LINK), news, visit }.text(language, PREFIX);
            assert_eq!(gsm7_len(&text), Some(text.chars().count()), "{name}: {text}");
            assert!(text.is_ascii(), "{name}: {text}");
        }
    }
}

#[test]
fn the_office_may_write_its_prefix_with_marks() {
    let message = Message { code: OURS, link: None, news: News::Ready { fee_vnd: None }, visit: Visit::NONE };
    assert_eq!(message.text(Language::Vi, "KKT Vân Phong: "), message.text(Language::Vi, PREFIX));
}
