//! Text of each form, as a whole.

use insta::assert_snapshot;
use rules::dossier::{Action, Filing};

use super::*;

#[test]
fn a_receipt_tells_papers_fees_date_and_the_way_back() {
    assert_snapshot!(Life::accepted().says("receipt-3"));
}

#[test]
fn while_the_fee_is_awaited_a_receipt_promises_no_date() {
    let says = Life::accepted().says("receipt-2");
    assert!(says.contains("Trả kết quả lúc: thời hạn đang dừng, chờ phí, lệ phí; sẽ báo khi nhận đủ\n"), "{says}");
    assert!(says.contains("Phí thẩm định thiết kế | 1.500.000 ₫ | 0 ₫ | chưa nộp |\n"), "{says}");
}

#[test]
fn a_receipt_printed_again_says_what_it_said_the_first_time() {
    let mut life = Life::accepted();
    let first = life.says("receipt-3");
    life.done("2020-04-16 09:00", supplement(&["GPXD-BV"], "thiếu chữ ký"));
    life.done("2020-05-20 09:00", receipt(&["GPXD-BV"]));
    let without_foot = |text: &str| text.rsplit_once('\n').unwrap().0.to_owned();
    // All that it said then, and that another one is valid now.
    let mark = "Giấy này đã được thay bằng giấy lập lúc 09:00 ngày 20/05/2020, không còn giá trị.\n";
    let again = life.says("receipt-3");
    assert!(again.contains(mark) && !first.contains("không còn giá trị"), "{again}");
    assert_eq!(without_foot(&again.replace(mark, "")), without_foot(&first));
    assert!(!life.says("receipt-5").contains("không còn giá trị"));
}

#[test]
fn after_a_restart_a_new_slip_takes_the_place_of_the_first() {
    let mut life = Life::accepted();
    life.done("2020-04-16 09:00", supplement(&["GPXD-BV"], "thiếu chữ ký"));
    life.done("2020-04-20 09:00", receipt(&["GPXD-BV"]));
    assert_snapshot!(life.says("receipt-5"));
}

#[test]
fn a_supplement_is_asked_on_its_own_slip_with_all_that_is_missing() {
    let mut life = Life::accepted();
    life.done("2020-04-16 09:00", supplement(&["GPXD-BV", "Thuyết minh thiết kế"], "bản vẽ thiếu chữ ký"));
    assert_snapshot!(life.says("supplement-4"));
}

#[test]
fn originals_that_a_step_needs_are_asked_on_the_same_form() {
    let mut life = Life::accepted();
    life.done("2020-04-15 09:00", Action::EnterStep { step: "signing".into() });
    life.done("2020-04-17 17:00", Action::Wake);
    assert_snapshot!(life.says("supplement-5"));
}

#[test]
fn before_acceptance_a_supplement_stops_no_clock() {
    let mut life = Life::filed("2020-04-14 16:00", Filing::Online, None);
    life.done("2020-04-15 08:00", supplement(&["GPXD-DON"], "chưa có đơn"));
    let says = life.says("supplement-2");
    assert!(
        says.contains("Thời hạn giải quyết: chưa bắt đầu tính; hồ sơ được xem xét tiếp nhận khi nhận đủ"),
        "{says}"
    );
    assert!(says.contains("Căn cứ: Điều 17 khoản 1, Nghị định 61/2018/NĐ-CP"), "{says}");
}

#[test]
fn a_refusal_at_intake_gives_the_reason_and_what_is_taken_back() {
    let mut life = Life::filed("2020-04-14 16:00", Filing::Desk, None);
    life.done("2020-04-15 08:00", Action::RefuseIntake { reason: "không thuộc thẩm quyền".into() });
    assert_snapshot!(life.says("refusal-2"));
}

#[test]
fn a_negative_result_is_a_refusal_after_acceptance() {
    let mut life = Life::accepted();
    life.done("2020-04-16 09:00", receipt(&["GPXD-BV"]));
    life.done("2020-04-20 09:00", negative());
    assert_snapshot!(life.says("refusal-5"));
}

#[test]
fn an_apology_stands_beside_the_first_date() {
    let mut life = Life::accepted();
    let new_due_on = "2020-05-08".parse().unwrap();
    life.done("2020-04-24 09:00", Action::Apologise { reason: "chờ ý kiến phòng cháy".into(), new_due_on });
    assert_snapshot!(life.says("apology-4"));
}

#[test]
fn a_closing_is_told_with_its_article() {
    let mut life = Life::filed("2026-04-14 16:00", Filing::Online, Some(DECLARED));
    life.done("2026-04-15 08:00", Action::Accept { code: None });
    let article = "Điều 9 quy định mẫu".to_owned();
    life.done("2026-05-20 09:00", Action::Close { reason: "quá hạn bổ sung".into(), article });
    assert_snapshot!(life.says("closing-3"));
}

#[test]
fn a_control_slip_tells_who_gave_what_to_whom() {
    let mut life = Life::accepted();
    life.done("2020-04-15 09:00", Action::EnterStep { step: "signing".into() });
    life.done("2020-04-15 09:30", Action::Forward { to: "chuyen-vien-3".into() });
    life.done("2020-04-17 17:00", Action::Wake);
    life.done("2020-04-20 15:00", receipt(&["GPXD-DON", "GPXD-BV"]));
    assert_snapshot!(life.says("control"));
}

#[test]
fn the_check_list_orders_the_papers_names_the_files_and_says_what_is_missing() {
    let mut life = Life::filed("2020-04-14 16:00", Filing::Online, None);
    let copy =
        rules::catalogue::Paper { copies: 3, ..rules::catalogue::Paper::named("GPXD-DAT", "Giấy tờ đất") };
    let proxy = rules::catalogue::Paper { when_vi: Some("khi nộp thay".into()), ..copy.clone() };
    life.procedure.papers.extend([copy, rules::catalogue::Paper { code: "GPXD-UQ".into(), ..proxy }]);
    life.declared = vec![(
        1,
        r#"{"TaiLieuNop":[{"TenTepDinhKem":"anh.jpg"},{"TenTepDinhKem":"BAN VE THIET KE XAY DUNG.pdf"},
            {"MaThanhPhanHoSo":"GPXD-DON","TenTepDinhKem":"x.pdf"}]}"#
            .into(),
    )];
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    let says = life.says("receipt-2");
    for words in [
        "1 | Đơn đề nghị cấp giấy phép xây dựng (GPXD-DON) | | bản điện tử |",
        "2 | Bản vẽ thiết kế xây dựng (GPXD-BV) | | bản điện tử |",
        "3 | anh.jpg | | bản điện tử |",
        "Chưa nộp: Giấy tờ đất.\n",
    ] {
        assert!(says.contains(words), "{words} in {says}");
    }
    life.done("2020-04-16 09:00", receipt(&["GPXD-DAT"]));
    life.done(
        "2020-04-16 10:00",
        Action::RecordCash { attempt: 1, amount_vnd: Vnd::new(1_500_000).unwrap(), receipt_no: Some("0001234".into()) },
    );
    let says = life.says("receipt-4");
    assert!(says.contains("3 | Giấy tờ đất (GPXD-DAT) | 3 | ") && !says.contains("Chưa nộp"), "{says}");
    assert!(says.contains("| đã nộp, biên lai số 0001234 |"), "{says}");
}

#[test]
fn the_foot_of_every_form_says_how_the_agency_is_reached() {
    let life = Life::accepted();
    let contact = rules::config::Contact {
        telephone: Some("0258 000 0000".into()),
        address: Some("Số 1, đường Mẫu".into()),
        visiting_hours: Some(["Thứ Hai, 07:30–11:00".into(), "Monday".into()]),
        ..rules::config::Contact::default()
    };
    for name in life.printable() {
        let form = Form::named(&name).unwrap();
        let page = sheet(form, &Sheet { contact: Some(&contact), ..life.sheet() }).unwrap().into_string();
        let told = text(&page);
        let foot =
            "Điện thoại: 0258 000 0000 · Tiếp nhận hồ sơ, trả kết quả: Thứ Hai, 07:30–11:00 · Số 1, đường Mẫu\nIn lúc";
        assert!(told.contains(foot), "{name}: {told}");
        assert!(!life.says(&name).contains("Điện thoại: 0258"), "{name}");
    }
}
