//! The sentence a citizen reads.

use super::*;

fn check(count: &Count, vietnamese: &str, english: &str) {
    assert_eq!(explain_vi(count), vietnamese);
    assert_eq!(explain_en(count), english);
}

#[test]
fn a_resumed_count() {
    check(
        &counted(&working_days(5), "2020-04-15 08:00", &[resume("2020-04-16 10:00", "2020-04-20 15:00")]),
        "5 ngày làm việc tính từ 08:00 ngày 15/04/2020, không tính ngày 15/04/2020; dừng tính từ 10:00 ngày 16/04/2020 \
         đến 15:00 ngày 20/04/2020 rồi tính tiếp; hẹn trả 24/04/2020.",
        "5 working days from 08:00 on 15/04/2020, not counting 15/04/2020; paused from 10:00 on 16/04/2020 to 15:00 on \
         20/04/2020, then continued; due 24/04/2020.",
    );
}

#[test]
fn a_restarted_count_names_what_is_annulled() {
    check(
        &counted(&working_days(5), "2020-04-15 08:00", &[restart("2020-04-17 10:00", "2020-04-20 15:00")]),
        "5 ngày làm việc tính từ 08:00 ngày 15/04/2020, không tính ngày 15/04/2020; dừng tính từ 10:00 ngày 17/04/2020 \
         đến 15:00 ngày 20/04/2020 rồi tính lại từ đầu, không kể 1 ngày làm việc đã qua; hẹn trả 27/04/2020.",
        "5 working days from 08:00 on 15/04/2020, not counting 15/04/2020; paused from 10:00 on 17/04/2020 to 15:00 on \
         20/04/2020, then begun afresh without the 1 working day that had passed; due 27/04/2020.",
    );
}

#[test]
fn a_standing_pause() {
    check(
        &counted(&working_days(5), "2020-04-15 08:00", &[standing("2020-04-17 10:00", Policy::Resume)]),
        "5 ngày làm việc tính từ 08:00 ngày 15/04/2020, không tính ngày 15/04/2020; đang dừng tính từ 10:00 ngày \
         17/04/2020, còn 4 ngày làm việc, tính tiếp khi nhận đủ.",
        "5 working days from 08:00 on 15/04/2020, not counting 15/04/2020; paused since 10:00 on 17/04/2020 with 4 \
         working days left, to continue when everything is in.",
    );
    check(
        &counted(&months(1), "2020-04-15 08:00", &[standing("2020-04-17 10:00", Policy::Restart)]),
        "1 tháng tính từ 08:00 ngày 15/04/2020, không tính ngày 15/04/2020; đang dừng tính từ 10:00 ngày 17/04/2020, \
         tính lại từ đầu 1 tháng khi nhận đủ.",
        "1 month from 08:00 on 15/04/2020, not counting 15/04/2020; paused since 10:00 on 17/04/2020, 1 month to begin \
         afresh when everything is in.",
    );
}

#[test]
fn office_hours_have_an_hour_of_appointment() {
    check(
        &counted(&office_hours(4), "2020-04-28 15:30", &[]),
        "4 giờ làm việc tính từ 15:30 ngày 28/04/2020; hẹn trả 10:00 ngày 29/04/2020.",
        "4 working hours from 15:30 on 28/04/2020; due 10:00 on 29/04/2020.",
    );
    check(
        &counted(&cutoff_at_15(office_hours(1)), "2020-04-28 15:30", &[]),
        "1 giờ làm việc tính từ 15:30 ngày 28/04/2020, chuyển sang đầu giờ làm việc ngày 29/04/2020; hẹn trả 08:30 ngày \
         29/04/2020.",
        "1 working hour from 15:30 on 28/04/2020, moved to the opening of office on 29/04/2020; due 08:30 on 29/04/2020.",
    );
}

#[test]
fn the_same_day_and_a_missing_table() {
    check(
        &counted(&working_days(0), "2020-04-15 08:00", &[]),
        "Trả kết quả trong ngày 15/04/2020, tính từ 08:00 ngày 15/04/2020; hẹn trả 15/04/2020.",
        "Due within the day 15/04/2020, counted from 08:00 on 15/04/2020; due 15/04/2020.",
    );
    check(
        &counted(&calendar_days(40), "2026-12-15 08:00", &[]),
        "40 ngày tính từ 08:00 ngày 15/12/2026, không tính ngày 15/12/2026; chưa có lịch nghỉ chính thức năm 2027 nên \
         chưa tính được ngày hẹn trả.",
        "40 calendar days from 08:00 on 15/12/2026, not counting 15/12/2026; the official days off of 2027 are not known \
         yet, so no due date can be given.",
    );
}
