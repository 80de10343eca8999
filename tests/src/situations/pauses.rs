//! The clock stops, and goes on.

use super::*;

#[tokio::test]
async fn the_originals_do_not_come_within_grace_and_the_sweep_stops_the_clock_once() {
    let tale = Tale::verified().await;
    tale.sweep("04-17 16:55").await;
    assert_eq!(tale.state().await, "in_progress [4]");
    tale.sweep("04-17 17:00").await;
    tale.sweep("04-17 17:05").await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("paused [5]", "none"));
    let pauses = tale.events().await.into_iter().filter(|event| matches!(event, Event::ClockPaused { .. })).count();
    assert_eq!(pauses, 1);
    assert!(tale.last_told().await.contains("tam dung tinh han, cho 2 ban chinh"));
}

#[tokio::test]
async fn the_sweep_came_late_and_that_costs_the_office_not_the_applicant() {
    let tale = Tale::verified().await;
    tale.sweep("04-20 09:00").await;
    tale.on("04-20 15:00");
    tale.clerk("record-receipt", receipt(&BOTH, "BB-1")).await;
    assert_eq!(tale.due().await, "05-08", "a pause of one morning moves nothing");
}

#[tokio::test]
async fn one_original_of_two_comes_and_the_applicant_hears_what_is_missing() {
    let tale = Tale::lacking_originals().await;
    tale.on("04-20 09:00");
    tale.clerk("record-receipt", receipt(&BOTH[..1], "BB-1")).await;
    assert_eq!(tale.state().await, "paused [5]");
    assert!(tale.last_told().await.contains("da nhan 1/2 ban chinh, van tam dung tinh han"));
    tale.on("04-21 15:00");
    tale.clerk("record-receipt", receipt(&BOTH[1..], "BB-2")).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("in_progress [4]", "05-12"));
    assert!(tale.last_told().await.contains("tinh tiep tu 21/04/2020. Hen tra moi 12/05/2020"));
}

#[tokio::test]
async fn the_originals_had_been_handed_over_on_friday_afternoon_and_the_pause_never_was() {
    let tale = Tale::lacking_originals().await;
    tale.on("04-20 08:00");
    tale.clerk("record-receipt", receipt_at(&BOTH, "04-17 15:00")).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("in_progress [4]", "05-08"));
    assert!(tale.last_told().await.contains("khong bi tam dung tinh han"));
    assert_eq!(tale.stretches().await, ["running", "void"]);
}

#[tokio::test]
async fn the_post_office_took_the_originals_days_before_they_were_here_and_the_clock_ran_from_then() {
    let late = Tale::lacking_originals().await;
    let early = Tale::lacking_originals().await;
    let minutes = json!({ "papers": BOTH, "minutes_no": "BB-BC-1", "by": "post", "at": rfc3339("04-21 15:00") });
    early.on("04-21 15:00");
    early.clerk("record-receipt", minutes.clone()).await;
    late.on("04-24 09:00");
    late.clerk("record-receipt", minutes).await;
    assert_eq!((late.state().await, late.due().await), (early.state().await, early.due().await));
    assert_eq!(late.stretches().await, early.stretches().await);
    assert!(late.last_told().await.contains("tinh tiep tu 21/04/2020"), "{}", late.last_told().await);
}

#[tokio::test]
async fn a_clerk_paused_the_wrong_dossier_and_takes_it_back() {
    let tale = Tale::verified().await;
    tale.on("04-16 08:00");
    tale.clerk("pause-clock", json!({ "reason": "originals", "papers": BOTH })).await;
    tale.on("04-21 08:00");
    tale.clerk("void-pause", json!({ "because": "dừng nhầm hồ sơ" })).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("in_progress [4]", "05-08"));
    tale.sweep("04-22 17:00").await;
    assert_eq!(tale.due().await, "none", "grace is over, and the originals are missing still");
}

#[tokio::test]
async fn the_portal_says_the_originals_came_without_minutes_and_the_clock_goes_on_standing() {
    let tale = Tale::lacking_originals().await;
    tale.on("04-20 09:00");
    let papers = json!({ "TaiLieuNop": [{ "MaThanhPhanHoSo": "GPXD-DON" }, { "MaThanhPhanHoSo": "GPXD-BV" }] });
    tale.portal("dossier.originals_received", "o1", papers).await;
    assert_eq!(tale.state().await, "paused [5]");
    assert!(tale.events().await.iter().any(|event| matches!(event, Event::OriginalsAnnounced { .. })));
}

#[tokio::test]
async fn the_fee_is_awaited_and_the_portal_hears_six_until_it_is_paid() {
    let tale = Tale::accepted().await;
    tale.on("04-16 10:00");
    tale.clerk("ask-fee", fee()).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("paused [6]", "none"));
    tale.on("04-20 15:00");
    tale.pays(1).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("accepted [2]", "05-12"));
}

#[tokio::test]
async fn a_fee_and_originals_are_awaited_together_and_the_last_one_ends_the_pause() {
    let tale = Tale::verified().await;
    tale.on("04-16 10:00");
    tale.clerk("ask-fee", fee()).await;
    tale.on("04-16 14:00");
    tale.clerk("pause-clock", json!({ "reason": "originals", "papers": ["GPXD-DON"] })).await;
    tale.on("04-17 09:00");
    tale.pays(1).await;
    assert_eq!(tale.state().await, "paused [5]", "the money is in, the paper is not");
    tale.on("04-20 15:00");
    tale.clerk("record-receipt", receipt(&["GPXD-DON"], "BB-1")).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("in_progress [4]", "05-12"));
    let causes = tale.seen().await["clock"]["segments"][1]["causes"].clone();
    assert_eq!((&causes[0]["reason"], &causes[1]["reason"]), (&json!("fee"), &json!("originals")));
}

#[tokio::test]
async fn a_supplement_comes_and_the_whole_time_is_counted_again() {
    let tale = Tale::accepted().await;
    tale.on("04-17 10:00");
    tale.clerk("request-supplement", supplement(&["DK.01"])).await;
    tale.on("04-20 15:00");
    let papers = json!({ "TaiLieuNop": [{ "MaThanhPhanHoSo": "DK.01" }] });
    assert_eq!(tale.portal("dossier.supplemented", "s1", papers).await, "recorded");
    assert_eq!(tale.due().await, "05-13", "15 working days from Monday 20 April");
    assert_eq!(tale.stretches().await, ["annulled", "paused", "running"]);
}

#[tokio::test]
async fn the_opinion_of_another_agency_is_awaited_because_the_procedure_says_so() {
    let tale = Tale::accepted().await;
    tale.on("04-16 08:00");
    let declined = tale.declined("clerk", "pause-clock", json!({ "reason": "inspection", "papers": [] })).await;
    assert_eq!(declined, "The procedure does not list this reason for a pause with an article.");
    tale.clerk("pause-clock", json!({ "reason": "opinion" })).await;
    tale.on("04-20 08:00");
    tale.clerk("record-receipt", receipt(&["opinion"], "CV-7")).await;
    assert_eq!(tale.due().await, "05-12");
}

#[tokio::test]
async fn the_missing_paper_is_in_a_register_already_and_is_waived() {
    let tale = Tale::lacking_originals().await;
    tale.on("04-20 09:00");
    tale.clerk("waive", json!({ "reason": "originals", "papers": BOTH, "because": "đã có trong kho dữ liệu" })).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("in_progress [4]", "05-11"));
}

#[tokio::test]
async fn the_applicant_is_reminded_once_the_wait_is_missed_and_the_papers_come_after_all() {
    let tale = Tale::lacking_originals().await;
    // 15 working days from Friday 17 April end on Tuesday 12 May.
    for morning in ["05-08 07:30", "05-08 07:35", "05-12 16:55"] {
        tale.sweep(morning).await;
    }
    let reminders = tale.events().await.into_iter().filter(|event| matches!(event, Event::WaitReminded { .. })).count();
    assert_eq!(reminders, 1);
    tale.sweep("05-12 23:59").await;
    assert!(!matches!(tale.events().await.last(), Some(Event::WaitMissed { .. })), "the last day is not over");
    tale.sweep("05-13 07:30").await;
    assert!(matches!(tale.events().await.last(), Some(Event::WaitMissed { .. })));
    tale.on("05-14 09:00");
    tale.clerk("record-receipt", receipt(&BOTH, "BB-1")).await;
    let resumed = tale.events().await.pop();
    assert!(matches!(resumed, Some(Event::ClockResumed { late: true, .. })), "{resumed:?}");
    assert_eq!(tale.state().await, "in_progress [4]");
}

#[tokio::test]
async fn the_wait_was_missed_and_only_a_negative_result_ends_the_standing_dossier() {
    let tale = Tale::lacking_originals().await;
    let only_negative = "While the clock stands only a negative result after a missed wait can be recorded.";
    let negative = json!({ "kind": "negative", "reason": "không nộp bản chính" });
    assert_eq!(tale.declined("clerk", "record-result", negative.clone()).await, only_negative);
    for when in ["05-08 07:30", "05-13 07:30"] {
        tale.sweep(when).await;
    }
    assert_eq!(tale.declined("clerk", "record-result", json!({ "kind": "positive" })).await, only_negative);
    tale.clerk("record-result", negative).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("done [9]", "none"));
}

#[tokio::test]
async fn a_fourth_request_for_a_supplement_is_refused_with_the_rule() {
    let tale = Tale::accepted().await;
    for round in 1..=3 {
        tale.clerk("request-supplement", supplement(&["DK.01"])).await;
        let warned = tale.seen().await["warnings"][0]["vi"].as_str().unwrap_or_default().to_owned();
        assert!(warned.contains(&format!("Đã yêu cầu bổ sung {round} lần")) && warned.contains("766"), "{warned}");
        tale.town.minutes(1);
        tale.portal("dossier.supplemented", &format!("s{round}"), json!({})).await;
    }
    assert_eq!(tale.state().await, "accepted [2]");
    let declined = tale.declined("clerk", "request-supplement", supplement(&["DK.02"])).await;
    assert_eq!(declined, "The procedure allows 3 requests for a supplement.");
}

#[tokio::test]
async fn a_pause_after_the_due_date_is_recorded_and_the_dossier_stays_late() {
    let tale = Tale::accepted().await;
    tale.on("05-11 08:00");
    tale.clerk("ask-fee", fee()).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("paused [6]", "05-08"));
    assert_eq!(tale.seen().await["overdue"]["punctuality"], json!({ "is": "late", "working_days": 1 }));
    tale.on("05-13 08:00");
    tale.pays(1).await;
    assert_eq!(tale.due().await, "05-08");
    assert_eq!(tale.stretches().await, ["running", "paused_after_due"]);
}
