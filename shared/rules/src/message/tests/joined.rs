//! Texts of a commit that reports two things at once.

use super::*;

pub(super) const JOINED: usize = 12;

/// Returns each with the longest realistic values.
pub(super) fn rows() -> [(&'static str, News<'static>); JOINED] {
    let due_on = Some(day(24, 4));
    let fee_vnd = Some(vnd(12_500_000));
    let by = Some(day(20, 4));
    let asked = Outstanding { accepted: true, fee_vnd, by, ..Outstanding::default() };
    let originals = Outstanding { originals: 12, ..asked };
    let reminded = Outstanding { accepted: false, papers: Some(12), ..originals };
    let paid = |goes_on| News::Paid { paid_vnd: vnd(12_500_000), receipt_no: None, goes_on, due_on };
    [
        ("accepted, fee asked", News::Outstanding(asked)),
        ("accepted, originals missing", News::Outstanding(Outstanding { fee_vnd: None, ..originals })),
        ("accepted, originals missing, fee asked", News::Outstanding(originals)),
        ("originals, supplement and fee", News::Outstanding(reminded)),
        ("supplement and fee", News::Outstanding(Outstanding { originals: 0, ..reminded })),
        ("paid, goes on", paid(true)),
        ("paid, due date", paid(false)),
        ("ready, fee asked", News::Ready { fee_vnd }),
        ("postage asked", News::FeeAsked { fee_vnd: vnd(26_000), pay_by: None, postage: true }),
        ("contact corrected, due date", News::ContactCorrected { corrected_on: day(15, 4), due_on }),
        ("return chosen, due date", News::ReturnChosen { by_post: true, free_of_charge: false, due_on }),
        ("receipt corrected, due date", News::ReceiptCorrected { missing: 12, due_on }),
    ]
}

fn every_text(language: Language) -> String {
    rows()
        .map(|(_, news)| Message { code: OURS, link: None, news, visit: Visit::NONE }.text(language, PREFIX))
        .join("\n")
}

#[test]
fn every_joined_text_letter_by_letter() {
    assert_snapshot!(every_text(Language::Vi), @r"
    KKT Van Phong: Da tiep nhan ho so 000.00.01.H22-200415-0001, can nop 12.500.000d phi, le phi den het 20/04/2020.
    KKT Van Phong: Tiep nhan ho so 000.00.01.H22-200415-0001, tam dung tinh han, cho 12 ban chinh den het 20/04/2020.
    KKT Van Phong: Tiep nhan ho so 000.00.01.H22-200415-0001, tam dung tinh han, cho 12 ban chinh, 12.500.000d phi, le phi den het 20/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 tam dung tinh han, cho 12 ban chinh, 12 giay to, 12.500.000d phi, le phi den het 20/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 tam dung tinh han, cho 12 giay to, 12.500.000d phi, le phi den het 20/04/2020.
    KKT Van Phong: Da thu 12.500.000d cho ho so 000.00.01.H22-200415-0001, tinh tiep, hen tra 24/04/2020.
    KKT Van Phong: Da thu 12.500.000d cho ho so 000.00.01.H22-200415-0001, hen tra 24/04/2020.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 da co ket qua, den nhan va nop 12.500.000d phi, le phi.
    KKT Van Phong: Ho so 000.00.01.H22-200415-0001 can nop 26.000d cuoc buu dien gui ket qua.
    KKT Van Phong: Da sua dia chi, dien thoai ho so 000.00.01.H22-200415-0001 ngay 15/04/2020. Hen tra 24/04/2020.
    KKT Van Phong: Ket qua ho so 000.00.01.H22-200415-0001 se gui qua buu dien, theo dang ky. Hen tra 24/04/2020.
    KKT Van Phong: Xin loi, ghi nham: ho so 000.00.01.H22-200415-0001 con thieu 12 giay to. Hen tra 24/04/2020.
    ");
    assert_snapshot!(every_text(Language::En), @r"
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 accepted, please pay VND 12,500,000 in fees by 20 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 accepted, paused: lacks 12 originals. Send by 20 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 accepted, paused: lacks 12 originals, VND 12,500,000 in fees. Send by 20 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 paused: lacks 12 originals, 12 papers, VND 12,500,000 in fees. Send by 20 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 paused: lacks 12 papers, VND 12,500,000 in fees. Send by 20 Apr 2020.
    KKT Van Phong: VND 12,500,000 paid for dossier 000.00.01.H22-200415-0001, clock runs, due 24 Apr 2020.
    KKT Van Phong: VND 12,500,000 paid for dossier 000.00.01.H22-200415-0001, due 24 Apr 2020.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001 is ready, please collect and pay VND 12,500,000 in fees.
    KKT Van Phong: Dossier 000.00.01.H22-200415-0001: please pay VND 26,000 in postage for the result.
    KKT Van Phong: Address or phone of dossier 000.00.01.H22-200415-0001 corrected on 15 Apr 2020. Due 24 Apr 2020.
    KKT Van Phong: Result of dossier 000.00.01.H22-200415-0001 will be posted, as chosen. Due 24 Apr 2020.
    KKT Van Phong: Sorry, recorded in error: dossier 000.00.01.H22-200415-0001 still lacks 12 papers. Due 24 Apr 2020.
    ");
}

#[test]
fn what_is_not_known_is_left_out() {
    let none = Outstanding::default();
    let news = [
        News::Outstanding(Outstanding { accepted: true, fee_vnd: Some(vnd(150_000)), ..none }),
        News::Outstanding(Outstanding { originals: 1, papers: Some(0), ..none }),
        News::Outstanding(Outstanding { originals: 1, papers: Some(1), by: Some(day(29, 4)), ..none }),
        News::Paid { paid_vnd: vnd(150_000), receipt_no: Some("01"), goes_on: true, due_on: None },
        News::Paid { paid_vnd: vnd(150_000), receipt_no: Some("01"), goes_on: true, due_on: Some(day(24, 4)) },
    ];
    let short = |language| {
        news.map(|news| Message { code: "A-1", link: None, news, visit: Visit::NONE }.text(language, "")).join("\n")
    };
    assert_snapshot!(short(Language::Vi), @r"
    Da tiep nhan ho so A-1, can nop 150.000d phi, le phi.
    Ho so A-1 tam dung tinh han, cho 1 ban chinh, giay to.
    Ho so A-1 tam dung tinh han, cho 1 ban chinh, 1 giay to den het 29/04/2020.
    Da thu 150.000d cho ho so A-1, tinh tiep, bien lai 01.
    Da thu 150.000d cho ho so A-1, tinh tiep, hen tra 24/04/2020, bien lai 01.
    ");
    assert_snapshot!(short(Language::En), @r"
    Dossier A-1 accepted, please pay VND 150,000 in fees.
    Dossier A-1 paused: lacks 1 original, papers.
    Dossier A-1 paused: lacks 1 original, 1 paper. Send by 29 Apr 2020.
    VND 150,000 paid for dossier A-1, clock runs, receipt 01.
    VND 150,000 paid for dossier A-1, clock runs, due 24 Apr 2020, receipt 01.
    ");
}

#[test]
fn every_joined_text_with_the_longest_realistic_values_is_one_part_and_nothing_is_left_out() {
    for language in [Language::Vi, Language::En] {
        for (name, news) in rows() {
            let text = Message { code: FOREIGN, link: None, news, visit: Visit::NONE }.text(language, PREFIX);
            assert_eq!(parts(&text), Some(1), "{name}: {text}");
            assert_eq!(gsm7_len(&text), Some(text.chars().count()), "{name}: {text}");
            assert!(text.is_ascii(), "{name}: {text}");
            let whole = Message { code: "", link: None, news, visit: Visit::NONE }.text(language, PREFIX);
            assert_eq!(gsm7_len(&text), gsm7_len(&whole).map(|length| length + FOREIGN.len()), "{name}: {text}");
        }
    }
}

#[test]
fn a_joined_text_has_room_for_a_link_unless_it_lists_several_kinds() {
    let lists = ["accepted, originals missing, fee asked", "originals, supplement and fee", "supplement and fee"];
    for language in [Language::Vi, Language::En] {
        let text = |news| Message { code: FOREIGN, link: Some(LINK), news, visit: Visit::NONE }.text(language, PREFIX);
        let without = rows().into_iter().filter(|(_, news)| !text(*news).ends_with(LINK)).map(|(name, _)| name);
        assert_eq!(without.collect::<Vec<_>>(), lists, "{language:?}");
    }
}
