//! Texts that would break a page, and papers over pages.

use ::pages::sheet::STYLE;

use super::super::STYLE_PATH;
use super::*;

#[test]
fn markup_in_what_people_typed_is_shown_and_never_run() {
    let mut life = Life::accepted();
    let hostile = r#"<script>alert(1)</script>"><img src=x onerror=alert(1)>"#;
    let party = Party {
        name: hostile.into(),
        phone: Some(hostile.into()),
        address: Some(hostile.into()),
        email: Some(hostile.into()),
        ..Party::default()
    };
    life.person = Some(Person { applicant: party.clone(), filer: Some(party), ..Person::default() });
    life.declared = vec![(1, format!(r#"{{"TaiLieuNop":[{{"TenTepDinhKem":{}}}]}}"#, serde_json::json!(hostile)))];
    life.done("2020-04-16 09:00", supplement(&[hostile], hostile));
    for name in life.printable() {
        let page = life.page(&name);
        assert!(!page.contains("<script") && !page.contains("<img"), "{name}");
        assert!(text(&page).contains(hostile), "{name}");
    }
}

#[test]
fn right_to_left_and_combining_letters_stay_within_their_own_place() {
    let mut life = Life::accepted();
    let name = "شركة \u{202e}Vân Phong\u{301} 한글";
    life.person = Some(Person { applicant: Party { name: name.into(), ..Party::default() }, ..Person::default() });
    let page = life.page("receipt-2");
    assert!(page.contains(&format!("<dt>Chủ hồ sơ:</dt><dd><bdi>{name}</bdi></dd>")), "{page}");
}

#[test]
fn a_reason_of_500_letters_is_told_whole() {
    let mut life = Life::accepted();
    let reason = "ượ".repeat(250);
    life.done("2020-04-16 09:00", supplement(&[], &reason));
    assert!(life.says("supplement-4").contains(&format!("Lý do: {reason}\n")));
    // A text without a space breaks at the edge of the page.
    assert!(STYLE.contains("body { margin: 0; overflow-wrap: anywhere; }"));
}

#[test]
fn a_hundred_papers_run_over_pages_with_every_row_whole() {
    let mut life = Life::accepted();
    let rows: Vec<_> = (1..=100).map(|no| serde_json::json!({ "TenTepDinhKem": format!("Bản vẽ số {no}") })).collect();
    life.declared = vec![(1, serde_json::json!({ "TaiLieuNop": rows }).to_string())];
    let page = life.page("receipt-2");
    let says = text(&page);
    assert!(says.contains("1 | Bản vẽ số 1 |") && says.contains("100 | Bản vẽ số 100 |"), "{says}");
    // The heading is repeated on each page, and neither a row nor the place to sign is cut in two.
    assert!(page.contains("<table class=\"papers\"><thead><tr>") && page.contains("<div class=\"keep\">"));
    for rule in
        ["tr { break-inside: avoid; }", ".keep { break-inside: avoid; }", "thead { display: table-header-group; }"]
    {
        assert!(STYLE.contains(rule), "{rule}");
    }
}

#[test]
fn people_who_were_erased_leave_a_line_to_write_on() {
    let mut life = Life::accepted();
    life.person = None;
    let says = life.says("receipt-2");
    assert!(says.contains("Chủ hồ sơ: ……………………\nThủ tục:"), "{says}");
}

#[test]
fn a_declaration_that_cannot_be_read_leaves_lines_to_write_on() {
    let mut life = Life::accepted();
    let unread =
        ["", "[]", "null", "{\"TaiLieuNop\":7}", "{\"TaiLieuNop\":[null,{},[],{\"TenTepDinhKem\":{}}]}", "{\"a\""];
    for declared in unread {
        life.declared = vec![(1, declared.to_owned())];
        let says = life.says("receipt-2");
        assert!(says.contains("\n5 | | | |\n"), "{declared}: {says}");
        assert!(says.contains("☐ tại Bộ phận Một cửa ☐ qua dịch vụ bưu chính công ích"), "{declared}: {says}");
    }
}

#[test]
fn a_result_that_may_not_be_posted_is_handed_out() {
    let mut life = Life::accepted();
    life.procedure.returns_by_post = false;
    assert!(life.says("receipt-2").contains("Nơi nhận kết quả: tại Bộ phận Một cửa\n"));
}

#[test]
fn without_an_address_of_the_office_there_is_no_code_to_scan() {
    let mut life = Life::accepted();
    assert!(life.page("receipt-2").contains("<svg"));
    life.tracking = None;
    assert!(!life.page("receipt-2").contains("<svg"));
}

#[test]
fn a_form_needs_no_other_site_no_script_and_no_style_of_its_own() {
    let life = Life::accepted();
    for name in life.printable() {
        let page = life.page(&name);
        assert!(page.contains(&format!("<link rel=\"stylesheet\" href=\"{STYLE_PATH}\">")), "{name}");
        for forbidden in ["style=", "<style", "<script", "src=", "@import", "onclick"] {
            assert!(!page.contains(forbidden), "{name}: {forbidden}");
        }
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
}

#[test]
fn the_identity_number_is_on_no_form() {
    let mut life = Life::accepted();
    life.done("2020-04-16 09:00", negative());
    for name in life.printable() {
        assert!(!life.page(&name).contains("4200000000"), "{name}");
    }
}

#[test]
fn a_document_is_dated_as_public_documents_are() {
    let day = |text: &str| super::super::frame::day_in_words(at(text));
    assert_eq!(day("2020-02-05 23:59"), "ngày 05 tháng 02 năm 2020");
    assert_eq!(day("2020-03-15 00:00"), "ngày 15 tháng 3 năm 2020");
    assert_eq!(day("2020-12-01 08:00"), "ngày 01 tháng 12 năm 2020");
}
