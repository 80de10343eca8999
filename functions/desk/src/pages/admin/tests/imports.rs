//! The import of a catalogue: the form sent, the mistakes in it, and that it is not lost.

use motcua::recorder::{ImportError, ImportedAll};
use rules::catalogue::file;
use rules::http::Reply;

use super::super::catalogue::{Outcome, answered};
use super::super::upload::Upload;
use super::*;
use crate::pages::problem::Problem;
use ::pages::form::NotAForm;
use ::pages::multipart::MOST_BYTES;

fn upload(text: &str) -> Upload {
    Upload { csrf: "s3cret".into(), catalogue: text.as_bytes().to_vec(), check_only: false }
}

#[tokio::test]
async fn a_file_is_taken_where_one_was_chosen_and_the_form_s_text_where_not() {
    let read = async |parts: &[(&str, &[u8])]| Upload::of(&sent(parts)).await.unwrap();
    let form =
        read(&[("csrf", b"s3cret"), ("file", b""), ("catalogue", "a = \"Ủ\"\r\n".as_bytes()), ("do", b"import")]).await;
    assert_eq!((form.csrf.as_str(), form.text().as_str(), form.check_only), ("s3cret", "a = \"Ủ\"\r\n", false));
    let file = read(&[("csrf", b"s3cret"), ("catalogue", b"old"), ("file", b"new"), ("do", b"check")]).await;
    assert_eq!((file.text().as_str(), file.check_only), ("new", true));
    assert_eq!(read(&[]).await.text(), "");
}

#[tokio::test]
async fn what_is_no_upload_is_refused_and_nothing_breaks() {
    let error = async |request: &Request| Upload::of(request).await.err();
    assert_eq!(error(&with_body("csrf=s3cret", "application/x-www-form-urlencoded")).await, Some(NotAForm::Malformed));
    assert_eq!(error(&with_body("", "multipart/form-data")).await, Some(NotAForm::Malformed));
    let multipart = "multipart/form-data; boundary=ranh";
    for broken in
        ["", "x", "--ranh", "--ranh\r\n\r\n", "--ranh\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ncut"]
    {
        assert_eq!(error(&with_body(broken, multipart)).await, Some(NotAForm::Malformed), "{broken}");
    }
    assert_eq!(error(&sent(&[("other", b"x")])).await, Some(NotAForm::Malformed));
    assert_eq!(error(&sent(&[("file", &vec![b'#'; MOST_BYTES])])).await, None);
    assert_eq!(error(&sent(&[("file", &vec![b'#'; MOST_BYTES + 1])])).await, Some(NotAForm::TooLarge));
    assert_eq!(error(&with_body(vec![b'x'; 6 * 1024 * 1024], multipart)).await, Some(NotAForm::TooLarge));
}

#[test]
fn of_ten_thousand_lines_the_three_wrong_ones_are_told_by_line_and_all_stand_in_the_form_again() {
    let mut lines: Vec<String> = catalogue(1_429).lines().map(str::to_owned).collect();
    assert!(lines.len() > 10_000);
    let mut spoil = |line: usize, with: &str| with.clone_into(&mut lines[line - 1]);
    spoil(7, "limit = { allowance = { n = 5, unit = \"weeks\" } }");
    spoil(5_004, "legal_basis = \"\"");
    spoil(9_999, "version = 0");
    let spoilt: Vec<usize> = vec![7, 5_004, 9_999];
    let text = lines.join("\n");
    let faults = file::read(text.as_bytes()).unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
    let page = answered(&frame(Language::Vi), &upload(&text), Outcome::Faulty(faults)).unwrap();
    assert_eq!(page.status().as_u16(), 422);
    assert!(page.text().contains("Có 3 chỗ sai. Chưa nhập gì."));
    let rows = page.text().split("<td class=\"n\" data-name=\"Dòng\">").skip(1);
    let told: Vec<usize> = rows.map(|row| row.split_once('<').unwrap().0.parse().unwrap()).collect();
    assert_eq!(told, spoilt);
    assert!(page.text().contains("không phải một trong: working_days"));
    let kept = page
        .text()
        .split_once("<textarea")
        .unwrap()
        .1
        .split_once(">\n")
        .unwrap()
        .1
        .split_once("</textarea>")
        .unwrap()
        .0;
    assert_eq!(kept.replace("&quot;", "\""), text);
}

#[test]
fn a_thousand_mistakes_are_counted_and_the_first_are_shown() {
    let text = catalogue(1_000).replace("n = 5", "n = -5");
    let faults = file::read(text.as_bytes()).unwrap_err();
    let page = answered(&frame(Language::En), &upload(&text), Outcome::Faulty(faults)).unwrap();
    assert!(page.text().contains("1000 mistakes. Nothing was imported."));
    assert_eq!(page.text().matches("<td class=\"n\" data-name=\"Line\">").count(), 200);
    assert!(page.text().contains("Only the first are shown: 200/1000"));
}

#[test]
fn a_version_that_changed_is_declined_in_words_and_what_was_sent_stays() {
    let refused = vec![
        ImportError::Changed { code: "1.000001".into(), version: 2 },
        ImportError::Overlaps { code: "1.000002".into(), version: 3, other: 1 },
    ];
    let page = answered(&frame(Language::Vi), &upload("# của tôi"), Outcome::Refused(refused)).unwrap();
    assert_eq!(page.status().as_u16(), 409);
    assert!(page.text().contains("1.000001 phiên bản 2 đã có với nội dung khác"));
    assert!(page.text().contains("1.000002 phiên bản 3 có hiệu lực trùng ngày với phiên bản 1"));
    assert!(page.text().contains("# của tôi</textarea>"));
}

#[test]
fn a_store_that_does_not_answer_is_not_the_file_s_mistake() {
    let error = motcua::store::Error::Unavailable { operation: "Query", reason: "timeout".into() };
    let problem = answered(&frame(Language::Vi), &upload(""), Outcome::Refused(vec![error.into()])).unwrap_err();
    assert!(matches!(problem, Problem::Later(_)), "{problem:?}");
}

#[test]
fn what_was_imported_is_counted_and_what_was_only_checked_stays_in_the_form() {
    let done = || Outcome::Done(ImportedAll { now: 12, before: 3 });
    let imported = answered(&frame(Language::Vi), &upload("# x"), done()).unwrap();
    assert!(
        imported.text().contains("Đã nhập 12 phiên bản; 3 đã có từ trước.")
            && !imported.text().contains("# x</textarea>")
    );
    let checked = Upload { check_only: true, ..upload("# x") };
    let checked = answered(&frame(Language::Vi), &checked, done()).unwrap();
    assert!(checked.text().contains("Chưa nhập gì.") && checked.text().contains("# x</textarea>"));
}

#[test]
fn markup_in_a_catalogue_is_shown_and_never_run() {
    let text =
        "[[procedures]]\ncode = \"<script>alert(1)</script>\"\nversion = 1\n</textarea><script>alert(2)</script>";
    let faults = file::read(text.as_bytes()).unwrap_err();
    let page = answered(&frame(Language::Vi), &upload(text), Outcome::Faulty(faults)).unwrap();
    assert!(!page.text().contains("<script"), "{}", page.text());
}
