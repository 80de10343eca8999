//! The due date explained: every stretch of the clock with its reason, its article and its actor, and one sentence.

use super::*;
use crate::clock::{Due, Measure};
use crate::language::Language;
use crate::notice::Standing;

fn explained(life: &Life) -> Explanation {
    let terms =
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() };
    explanation(life.dossier(), &life.history, terms).expect("the clock has started")
}

/// Writes each stretch as one line: from, to, kind, amount counted, reason, article, actor.
fn lines(life: &Life) -> Vec<String> {
    let wall = |at: Timestamp| VIETNAM.to_datetime(at).strftime("%d/%m %H:%M").to_string();
    let stretches = explained(life).segments;
    let line = |stretch: &Stretch| {
        let to = stretch.to.map_or("…".into(), wall);
        let causes: Vec<_> = stretch
            .causes
            .iter()
            .map(|cause| {
                let who = cause.actor.as_ref().map_or("?".into(), |actor| told(actor)[0].clone());
                format!("{} [{}; {who}]", cause.vi, cause.legal_basis)
            })
            .collect();
        let void = stretch.voided.as_ref().map(|void| format!(" ({}, {})", void.because, told(&void.actor)[0]));
        let (from, kind, counted) = (wall(stretch.from), stretch.kind, stretch.counted);
        format!("{from} – {to} {kind:?} {counted}: {}{}", causes.join(" + "), void.unwrap_or_default())
    };
    stretches.iter().map(line).collect()
}

const LAW: &str = "Luật Đầu tư Điều 38";
const NOTICE: &str = "Công văn 2964/UBND-KSTT ngày 01/04/2020";

/// Checks that the explanation shows what was counted, and for each pause the reason, the article and the asker.
pub(super) fn the_explanation_tells_the_count(life: &Life) {
    let terms =
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() };
    let (told, counted) =
        (explanation(life.dossier(), &life.history, terms), super::super::count(life.dossier(), terms));
    let (Some(told), Some(counted)) = (told, counted) else { return };
    for stretch in &told.segments {
        let begins_a_count = matches!(stretch.kind, StretchKind::Running | StretchKind::Annulled);
        assert!(!stretch.causes.is_empty() && stretch.causes.iter().all(|cause| cause.actor.is_some()), "{told:?}");
        assert!(stretch.causes.iter().all(|cause| !cause.legal_basis.is_empty()), "{told:?}");
        assert!(begins_a_count || stretch.counted == 0);
        assert_eq!(stretch.voided.is_some(), stretch.kind == StretchKind::Void);
        assert!(stretch.to.is_none_or(|to| stretch.from <= to));
    }
    let has_a_date = matches!(counted.due, Due::On { .. }) && life.dossier().due().is_some();
    if has_a_date && counted.allowance.unit == Unit::WorkingDays {
        let running = told.segments.iter().filter(|it| it.kind == StretchKind::Running);
        let minutes = counted.counted_in == Measure::WorkingMinutes;
        let allowed = counted.allowance.n * if minutes { 480 } else { 1 };
        assert_eq!(running.map(|it| it.counted).sum::<u32>(), allowed, "{told:?}");
    }
}

#[test]
fn a_pause_of_which_some_papers_are_in_says_how_many_are_missing() {
    let mut life = Life::lacking_originals(procedure());
    assert!(explained(&life).vi.contains("(chờ nộp 2 bản chính)"));
    life.done("2020-04-20 15:00", receipt(&["BC.01"]));
    let told = explained(&life);
    assert!(told.vi.contains("(chờ nộp 2 bản chính, còn thiếu 1)"), "{}", told.vi);
    assert!(told.en.contains("(2 originals awaited, 1 still missing)"), "{}", told.en);
    let terms =
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() };
    let brief = explanation_in_brief(life.dossier(), &[], terms, Language::Vi).unwrap();
    assert!(brief.contains("còn thiếu 1"), "the state alone knows it: {brief}");
    life.done("2020-04-21 15:00", receipt(&["BC.02"]));
    assert!(explained(&life).vi.contains("(chờ nộp 2 bản chính) rồi tính tiếp"), "{}", explained(&life).vi);
}

#[test]
fn a_pause_for_originals_names_the_papers_the_article_and_the_sweep_that_made_it() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 15:00", receipt(&["BC.01", "BC.02"]));
    assert_eq!(
        lines(&life),
        [
            format!("15/04 08:00 – 17/04 17:00 Running 1: bắt đầu tính khi tiếp nhận [{LAW}; cán bộ u-17]"),
            format!("17/04 17:00 – 20/04 15:00 Paused 0: chờ nộp 2 bản chính [{NOTICE}; hệ thống tự động]"),
            format!("20/04 15:00 – 23/04 17:00 Running 4: tính tiếp khi nhận đủ [{LAW}; cán bộ u-17]"),
        ]
    );
    let told = explained(&life);
    assert_eq!(
        told.vi,
        "5 ngày làm việc tính từ 08:00 ngày 15/04/2020, không tính ngày 15/04/2020; dừng tính từ 17:00 ngày 17/04/2020 \
         đến 15:00 ngày 20/04/2020 (chờ nộp 2 bản chính) rồi tính tiếp; hẹn trả 23/04/2020."
    );
    assert_eq!(
        told.en,
        "5 working days from 08:00 on 15/04/2020, not counting 15/04/2020; paused from 17:00 on 17/04/2020 to 15:00 on \
         20/04/2020 (2 originals awaited), then continued; due 23/04/2020."
    );
}

#[test]
fn two_things_awaited_together_are_one_pause_with_two_reasons() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 10:00", ask_fee(200_000));
    life.done("2020-04-16 14:00", pause_for_originals(&["BC.01"]));
    life.done("2020-04-17 11:00", paid(1, 200_000));
    life.done("2020-04-20 15:00", receipt(&["BC.01"]));
    let told = lines(&life);
    let fee = "chờ nộp phí, lệ phí [quy định của thủ tục; cán bộ u-17]";
    let originals = format!("chờ nộp 1 bản chính [{NOTICE}; cán bộ u-17]");
    assert_eq!(told[1], format!("16/04 10:00 – 20/04 15:00 Paused 0: {fee} + {originals}"));
    assert!(explained(&life).vi.contains("(chờ nộp phí, lệ phí, chờ nộp 1 bản chính) rồi tính tiếp"));
}

#[test]
fn a_restart_shows_what_it_annulled() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-17 10:00", ask_supplement(&["DK.01"]));
    life.done("2020-04-20 15:00", supplement(&[]));
    assert_eq!(
        lines(&life),
        [
            format!("15/04 08:00 – 17/04 10:00 Annulled 1: bắt đầu tính khi tiếp nhận [{LAW}; cán bộ u-17]"),
            "17/04 10:00 – 20/04 15:00 Paused 0: chờ bổ sung 1 giấy tờ [NĐ 61/2018/NĐ-CP Điều 19 khoản 4; cán bộ u-17]"
                .into(),
            format!("20/04 15:00 – 27/04 17:00 Running 5: tính lại từ đầu khi nhận đủ [{LAW}; cán bộ u-17]"),
        ]
    );
}

#[test]
fn a_payment_that_ends_a_pause_is_told_with_its_channel() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 10:00", ask_fee(9));
    life.done("2020-04-17 10:00", paid(1, 9));
    assert!(lines(&life)[2].ends_with(&format!("tính tiếp khi nhận đủ [{LAW}; kênh thanh toán vnpay]")));
}

#[test]
fn a_pause_that_was_voided_is_shown_as_void_with_who_found_that_and_why() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-16 08:00", pause_for_originals(&["BC.01"]));
    life.done("2020-04-16 09:00", ask_fee(9));
    life.done("2020-04-20 08:00", void());
    let told = lines(&life);
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("15/04 08:00 – 22/04 17:00 Running 5"), "{}", told[0]);
    let causes = format!(
        "chờ nộp 1 bản chính [{NOTICE}; cán bộ u-17] + chờ nộp phí, lệ phí [quy định của thủ tục; cán bộ u-17]"
    );
    assert_eq!(told[1], format!("16/04 08:00 – 20/04 08:00 Void 0: {causes} (dừng nhầm hồ sơ, cán bộ u-17)"));
}

#[test]
fn a_thing_handed_over_before_it_was_awaited_is_void_and_the_rest_of_the_pause_stands() {
    let mut life = Life::lacking_originals(procedure());
    life.done("2020-04-20 09:00", ask_fee(200_000));
    life.recorded("2020-04-17 15:00", "2020-04-20 10:00", receipt(&["BC.01", "BC.02"]));
    life.done("2020-04-21 10:00", paid(1, 200_000));
    let told = lines(&life);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[1].starts_with("17/04 17:00 – 20/04 10:00 Void 0: chờ nộp 2 bản chính"), "{}", told[1]);
    assert!(told[1].ends_with("(đã giao trước khi dừng tính, cán bộ u-17)"), "{}", told[1]);
    assert!(told[2].starts_with("20/04 09:00 – 21/04 10:00 Paused 0: chờ nộp phí, lệ phí"), "{}", told[2]);
}

#[test]
fn a_pause_after_the_due_date_is_told_and_moves_nothing() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-23 08:00", ask_fee(9));
    let standing = "23/04 08:00 – … PausedAfterDue 0: chờ nộp phí, lệ phí [quy định của thủ tục; cán bộ u-17]";
    assert_eq!(lines(&life)[1], standing);
    life.done("2020-04-27 08:00", paid(1, 9));
    assert!(lines(&life)[1].starts_with("23/04 08:00 – 27/04 08:00 PausedAfterDue"));
    assert!(explained(&life).vi.ends_with("hẹn trả 22/04/2020."));
}

#[test]
fn a_standing_pause_says_for_what_and_how_much_is_left() {
    let life = Life::lacking_originals(procedure());
    let left =
        "đang dừng tính từ 17:00 ngày 17/04/2020 (chờ nộp 2 bản chính), còn 4 ngày làm việc, tính tiếp khi nhận đủ.";
    assert!(explained(&life).vi.ends_with(left), "{}", explained(&life).vi);
    assert!(lines(&life)[1].starts_with("17/04 17:00 – … Paused"));
}

#[test]
fn the_state_alone_tells_the_reasons_of_the_pause_that_stands() {
    let life = Life::lacking_originals(procedure());
    let terms =
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() };
    let told = explanation(life.dossier(), &[], terms).unwrap();
    assert_eq!(told.vi, explained(&life).vi);
    let cause = &told.segments[1].causes[0];
    assert_eq!((cause.legal_basis.as_str(), &cause.actor), (NOTICE, &None));
}

#[test]
fn the_date_promised_with_an_apology_stands_in_the_sentence() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", apologise("2020-04-24"));
    let told = explained(&life);
    assert!(told.vi.ends_with("hẹn trả 22/04/2020; đã xin lỗi và hẹn lại ngày 24/04/2020."), "{}", told.vi);
    assert!(told.en.ends_with("due 22/04/2020; with an apology, promised for 24/04/2020."), "{}", told.en);
}

#[test]
fn a_dossier_that_is_over_says_how_and_when_it_ended() {
    let mut done = Life::accepted(procedure());
    done.done("2020-04-20 10:00", positive());
    assert!(explained(&done).vi.ends_with("hẹn trả 22/04/2020; có kết quả ngày 20/04/2020."));
    let mut closed = Life::accepted(procedure());
    closed.done("2020-04-20 10:00", close());
    assert!(explained(&closed).en.ends_with("due 22/04/2020; closed on 20/04/2020."));
    closed.done("2020-04-21 10:00", reopen());
    assert!(explained(&closed).en.ends_with("due 22/04/2020."), "as if never closed");
}

#[test]
fn a_clock_that_stood_when_the_dossier_ended_has_no_date_in_its_explanation() {
    for end in [withdraw(), close()] {
        let mut life = Life::lacking_originals(procedure());
        life.done("2020-04-20 10:00", end);
        let told = explained(&life);
        let stood = "dừng tính từ 17:00 ngày 17/04/2020 đến 10:00 ngày 20/04/2020 (chờ nộp 2 bản chính), khi đó còn 4 \
                     ngày làm việc; ";
        assert!(told.vi.contains(stood) && !told.vi.contains("hẹn trả"), "{}", told.vi);
        assert!(lines(&life)[1].starts_with("17/04 17:00 – 20/04 10:00 Paused"));
    }
}

#[test]
fn a_procedure_s_own_reason_is_told_with_its_article() {
    let mut life = Life::signing(procedure());
    life.done("2020-04-16 08:00", Action::PauseClock { reason: "opinion".into(), papers: vec![] });
    let opinion = "Paused 0: chờ ý kiến của cơ quan khác [Luật Đầu tư Điều 32; cán bộ u-17]";
    assert!(lines(&life)[1].ends_with(opinion), "{:?}", lines(&life));
}

#[test]
fn a_clock_that_starts_with_the_fee_says_so() {
    let mut life = Life::accepted(Procedure { starts_on: ClockStart::FeePaid, ..procedure() });
    let terms =
        Terms { procedure: Some(&life.procedure), office: &life.office, channel: None, notices: Standing::none() };
    assert_eq!(explanation(life.dossier(), &life.history, terms), None, "nothing is counted yet");
    life.done("2020-04-16 10:00", ask_fee(9));
    life.done("2020-04-17 10:00", paid(1, 9));
    let began = format!(
        "17/04 10:00 – 24/04 17:00 Running 5: bắt đầu tính khi nộp đủ phí, lệ phí [{LAW}; kênh thanh toán vnpay]"
    );
    assert_eq!(lines(&life), [began]);
}

/// Returns a dossier accepted then, for a procedure of five working days.
fn accepted_at(at: &str, procedure: Procedure) -> Life {
    let mut life = Life::filed(procedure);
    life.done(at, Action::Accept { code: None });
    life
}

#[test]
fn a_receipt_that_counts_for_a_later_day_says_why() {
    let with_cutoff = |cutoff| Procedure { limit: Limit { cutoff, ..procedure().limit }, ..procedure() };
    let at_15 = with_cutoff(Some(jiff::civil::time(15, 0, 0, 0)));
    let told = explained(&accepted_at("2020-04-29 16:20", at_15.clone()));
    let counted = "5 ngày làm việc tính từ 16:20 ngày 29/04/2020, không tính ngày 04/05/2020; nhận sau 15:00 nên tính là \
                   nhận ngày 04/05/2020; hẹn trả 11/05/2020.";
    assert_eq!(told.vi, counted);
    assert!(told.en.contains("; received after 15:00, so counted as received on 04/05/2020; "), "{}", told.en);
    assert!(!explained(&accepted_at("2020-04-29 15:00", at_15.clone())).vi.contains("nên tính là"), "still in time");
    let told = explained(&accepted_at("2020-05-02 09:00", at_15)).vi;
    assert!(told.contains("; nhận vào ngày nghỉ nên tính là nhận ngày 04/05/2020; "), "{told}");
    let next = Limit { after_hours: crate::clock::AfterHours::NextWorkingDay, ..procedure().limit };
    let told = explained(&accepted_at("2020-04-28 17:30", Procedure { limit: next, ..procedure() })).vi;
    assert!(told.contains("; nhận sau giờ làm việc nên tính là nhận ngày 29/04/2020; "), "{told}");
}

#[test]
fn a_due_date_over_days_off_names_them_with_their_notice() {
    let told = explained(&accepted_at("2020-04-29 08:00", procedure()));
    let notice = Office::official().calendar.notice(2020).unwrap().to_owned();
    let off = format!("; không tính ngày nghỉ 30/04/2020, 01/05/2020 ({notice}); hẹn trả 08/05/2020.");
    assert!(told.vi.ends_with(&off), "{}", told.vi);
    let off = format!("; not counting the days off 30/04/2020, 01/05/2020 ({notice}); due 08/05/2020.");
    assert!(told.en.ends_with(&off), "{}", told.en);
    // A day off while the clock stood was not left out, and one that a fresh count does not reach neither.
    let mut stood = accepted_at("2020-04-29 08:00", procedure());
    stood.done("2020-04-29 10:00", ask_supplement(&["DK.02"]));
    stood.done("2020-05-04 10:00", supplement(&["DK.02"]));
    assert!(!explained(&stood).vi.contains("ngày nghỉ"), "{}", explained(&stood).vi);
}

#[test]
fn calendar_days_that_end_on_a_day_off_name_it_and_months_do() {
    let days = |n, unit| Procedure { limit: Limit::civil_code(n, unit), ..procedure() };
    let told = explained(&accepted_at("2020-04-20 08:00", days(10, Unit::CalendarDays))).vi;
    assert!(
        told.contains("; ngày cuối là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo: nghỉ 30/04/2020, "),
        "{told}"
    );
    assert!(told.ends_with("; hẹn trả 04/05/2020."), "{told}");
    let told = explained(&accepted_at("2020-04-20 08:00", days(9, Unit::CalendarDays))).vi;
    assert!(!told.contains("ngày nghỉ"), "it ends on a working day: {told}");
    let told = explained(&accepted_at("2020-08-02 08:00", days(1, Unit::Months))).vi;
    assert!(told.contains(": nghỉ 02/09/2020 (") && told.ends_with("; hẹn trả 03/09/2020."), "{told}");
}

#[test]
fn a_weekend_day_worked_in_exchange_is_named_where_it_counts() {
    let mut life = Life::under(procedure());
    let text = "[[years]]\nyear = 2020\nnotice = \"mẫu\"\ndays_off = [\"2020-04-20\"]\ndays_worked = [\"2020-04-18\"]";
    life.office.calendar = crate::clock::Calendar::from_toml(text).unwrap();
    let code = Some("000.00.01.H32-200414-0007".into());
    let (procedure, enclosed) = (life.procedure.reference(), Enclosed::default());
    let source = Source::Portal("dvcqg".into());
    life.done(
        "2020-04-14 16:00",
        Action::Submit(Submission { source, filing: Filing::Online, procedure, code, enclosed }),
    );
    life.done("2020-04-15 08:00", Action::Accept { code: None });
    let ending = "; không tính ngày nghỉ 20/04/2020 (mẫu); có tính ngày làm bù 18/04/2020; hẹn trả 22/04/2020.";
    assert!(explained(&life).vi.ends_with(ending), "{}", explained(&life).vi);
}

#[test]
fn an_apology_keeps_the_day_that_it_named() {
    let mut life = Life::accepted(procedure());
    life.done("2020-04-20 08:00", apologise("2020-04-24"));
    life.done("2020-04-21 08:00", Action::PauseClock { reason: "opinion".into(), papers: vec![] });
    life.done(
        "2020-04-23 10:00",
        Action::RecordDocument {
            reason: "opinion".into(),
            papers: vec!["opinion".into()],
            document_no: "12/CV".into(),
            issued_on: jiff::civil::date(2020, 4, 22),
        },
    );
    let now = crate::vietnam::written(life.dossier().clock.as_ref().unwrap().promised.unwrap().on);
    assert_ne!(now, "24/04/2020");
    let told = explained(&life);
    let ending = format!("; đã xin lỗi và hẹn lại ngày 24/04/2020; sau đó chuyển sang ngày {now} vì dừng tính.");
    assert!(told.vi.ends_with(&ending), "{}", told.vi);
    let ending = format!("; with an apology, promised for 24/04/2020; then moved to {now}, since the clock stood.");
    assert!(told.en.ends_with(&ending), "{}", told.en);
}

#[test]
fn a_pause_of_today_cites_no_measure_of_2020_and_no_replaced_decree() {
    let basis = |life: &Life| {
        let cited = |event: &Event| match event {
            Event::ClockPaused { legal_basis, .. } => Some(legal_basis.clone()),
            _ => None,
        };
        life.history.iter().flat_map(|commit| &commit.events).find_map(cited).unwrap()
    };
    let begun = || {
        let mut life = Life::under(procedure());
        let code = Some("000.00.01.H32-261101-0007".into());
        let (procedure, enclosed) = (life.procedure.reference(), Enclosed::default());
        let source = Source::Portal("dvcqg".into());
        let submission = Submission { source, filing: Filing::Online, procedure, code, enclosed };
        life.done("2026-11-02 08:00", Action::Submit(submission));
        life.done("2026-11-02 09:00", Action::Accept { code: None });
        life
    };
    let mut originals = begun();
    originals.done("2026-11-03 09:00", enter("signing"));
    originals.done("2026-11-05 17:00", Action::Wake);
    assert_eq!(basis(&originals), LAW);
    let mut supplement = begun();
    supplement.done("2026-11-03 09:00", ask_supplement(&["DK.02"]));
    assert_eq!(basis(&supplement), "NĐ 118/2025/NĐ-CP (chưa đối chiếu)");
    let terms = Terms {
        procedure: Some(&supplement.procedure),
        office: &supplement.office,
        channel: None,
        notices: Standing::none(),
    };
    let from_state = explanation(supplement.dossier(), &[], terms).unwrap();
    assert_eq!(from_state.segments[1].causes[0].legal_basis, "NĐ 118/2025/NĐ-CP (chưa đối chiếu)");
}
