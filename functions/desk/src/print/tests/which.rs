//! Forms that a dossier gives cause for.

use rules::dossier::{Action, Filing};

use super::*;

#[test]
fn a_dossier_that_only_arrived_has_its_control_slip() {
    assert_eq!(Life::filed("2020-04-14 16:00", Filing::Online, None).printable(), ["control"]);
}

#[test]
fn the_second_request_prints_its_own_papers() {
    let mut life = Life::accepted();
    life.done("2020-04-16 09:00", supplement(&["GPXD-BV"], "thiếu chữ ký"));
    life.done("2020-04-20 09:00", receipt(&["GPXD-BV"]));
    life.done("2020-04-21 09:00", supplement(&["GPXD-DON"], "đơn ghi sai thửa đất"));
    assert_eq!(life.printable(), ["receipt-2", "receipt-3", "supplement-4", "receipt-5", "supplement-6", "control"]);
    let (first, second) = (life.says("supplement-4"), life.says("supplement-6"));
    assert!(first.contains("Lần yêu cầu: 1") && first.contains("Bản vẽ") && !first.contains("Đơn đề nghị"), "{first}");
    assert!(
        second.contains("Lần yêu cầu: 2") && second.contains("Đơn đề nghị") && !second.contains("Bản vẽ"),
        "{second}"
    );
}

#[test]
fn a_notice_of_closing_exists_only_since_the_circular_of_2025() {
    let closed = |filed: &str, closed: &str| {
        let mut life = Life::filed(filed, Filing::Online, None);
        life.done(closed, Action::Close { reason: "hết hạn bổ sung".into(), article: "Điều 9".into() });
        life.printable()
    };
    // Received under the old circular: its forms apply to this dossier, although it is closed under the new one.
    assert_eq!(closed("2025-09-12 09:00", "2025-10-15 09:00"), ["control"]);
    assert_eq!(closed("2025-09-15 09:00", "2025-10-15 09:00"), ["closing-2", "control"]);
}

#[test]
fn the_form_printed_is_the_one_in_force_when_the_dossier_was_received() {
    let apology = |filed: &str, now: &str, new_due_on: &str| {
        let mut life = Life::filed(filed, Filing::Online, None);
        life.done(filed, Action::Accept { code: None });
        life.done(filed, paid(1, 1_500_000));
        let reason = "chờ ý kiến".into();
        life.done(now, Action::Apologise { reason, new_due_on: new_due_on.parse().unwrap() });
        life.says("apology-4")
    };
    let old = apology("2025-09-12 09:00", "2025-09-18 09:00", "2025-10-10");
    assert!(old.contains("Mẫu số 04, Thông tư 01/2018/TT-VPCP\nPhiếu xin lỗi và hẹn lại ngày trả kết quả\n"), "{old}");
    assert!(!old.contains("chưa được đối chiếu"), "{old}");
    let new = apology("2025-09-15 09:00", "2025-09-18 09:00", "2025-10-10");
    let title = "Mẫu số 04, Thông tư 03/2025/TT-VPCP\nVăn bản xin lỗi và đề nghị gia hạn thời gian giải quyết\n";
    assert!(new.contains(title) && new.contains("chưa được đối chiếu với văn bản Thông tư 03/2025/TT-VPCP"), "{new}");
}

#[test]
fn a_fee_that_starts_the_clock_gives_the_appointment_its_date_later() {
    let mut life = Life::filed("2020-04-14 16:00", Filing::Online, None);
    life.procedure.starts_on = rules::catalogue::ClockStart::FeePaid;
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    life.done("2020-04-17 10:00", paid(1, 1_500_000));
    assert_eq!(life.printable(), ["receipt-2", "receipt-3", "control"]);
    let first = life.says("receipt-2");
    assert!(first.contains("Trả kết quả lúc: sẽ báo khi nộp đủ phí, lệ phí; thời hạn tính từ lúc đó"), "{first}");
    let second = life.says("receipt-3");
    assert!(second.contains("Giấy này bổ sung ngày hẹn trả kết quả"), "{second}");
    assert!(second.contains("Trả kết quả lúc: 17:00 ngày 05/05/2020"), "{second}");
}

#[test]
fn a_year_without_a_holiday_table_leaves_the_date_open_in_words() {
    let mut life = Life::filed("2026-12-30 09:00", Filing::Online, None);
    life.procedure.fees.clear();
    life.done("2026-12-30 10:00", Action::Accept { code: None });
    let says = life.says("receipt-2");
    assert!(says.contains("chưa có lịch nghỉ chính thức của năm 2027; sẽ báo khi có"), "{says}");
}

#[test]
fn a_form_without_a_cause_is_not_printed() {
    let life = Life::accepted();
    for name in ["receipt-1", "receipt-4", "refusal-2", "apology-9"] {
        assert!(sheet(Form::named(name).unwrap(), &life.sheet()).is_none(), "{name}");
    }
}

#[test]
fn a_form_has_one_name() {
    for name in ["receipt-2", "supplement-3", "refusal-4", "apology-5", "closing-18446744073709551615", "control"] {
        assert_eq!(Form::named(name).map(Form::name).as_deref(), Some(name));
    }
    for name in ["", "receipt", "receipt-", "receipt-02", "receipt-+2", "receipt--2", "control-1", "Receipt-2", "x-1"] {
        assert_eq!(Form::named(name), None, "{name}");
    }
}

#[test]
fn a_list_of_forms_tells_title_and_day() {
    let life = Life::accepted();
    let labels: Vec<_> = Form::printable(&life.dossier, &life.history);
    let labels: Vec<_> = labels.into_iter().map(|form| form.label(&life.dossier, &life.history)).collect();
    // Both slips are of one day: the hour tells them apart, and the first one says that it was replaced.
    let receipt = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả";
    let expected = [format!("{receipt}, 15/04/2020 08:00 (đã được thay)"), format!("{receipt}, 15/04/2020 08:30")];
    assert_eq!(labels[..2], expected);
    assert_eq!(labels[2], "Phiếu kiểm soát quá trình giải quyết hồ sơ");
    let mut one = Life::filed("2020-04-14 16:00", Filing::Online, None);
    one.procedure.fees.clear();
    one.done("2020-04-15 08:00", Action::Accept { code: None });
    assert_eq!(Form::Receipt(2).label(&one.dossier, &one.history), format!("{receipt}, 15/04/2020"));
}
