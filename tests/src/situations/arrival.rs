//! From arrival to acceptance.

use super::*;

#[tokio::test]
async fn a_company_files_online_in_the_morning_and_the_office_has_until_tomorrow_at_eight() {
    let tale = Tale::filed().await;
    assert_eq!(tale.state().await, "submitted [1]");
    assert_eq!(tale.seen().await["accept_until"], json!(at_utc("04-16 08:00")));
    assert!(tale.last_told().await.contains("Da nhan ho so G22-200415-0001"));
}

#[tokio::test]
async fn a_clerk_accepts_the_clock_starts_and_the_applicant_gets_the_date() {
    let tale = Tale::accepted().await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("accepted [2]", "05-08"));
    assert!(tale.last_told().await.contains("hen tra 08/05/2020"));
}

#[tokio::test]
async fn nobody_looked_at_it_for_a_day_it_is_put_before_a_person_once_and_still_accepted() {
    let tale = Tale::filed().await;
    tale.sweep("04-16 08:00").await;
    tale.sweep("04-16 08:05").await;
    let late = tale.events().await.into_iter().filter(|event| *event == Event::AcceptanceLate).count();
    assert_eq!((late, tale.state().await.as_str()), (1, "submitted [1]"));
    tale.clerk("accept", json!({})).await;
    assert_eq!(tale.due().await, "05-11", "the clock starts at acceptance, never at submission");
}

#[tokio::test]
async fn it_belongs_to_another_agency_and_is_not_accepted_with_the_reason() {
    let tale = Tale::filed().await;
    tale.clerk("refuse-intake", json!({ "reason": "không thuộc thẩm quyền" })).await;
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("not_accepted [3]", "none"));
    assert!(tale.last_told().await.contains("khong duoc tiep nhan"));
}

#[tokio::test]
async fn a_paper_is_missing_at_intake_the_limit_stops_and_runs_anew_when_it_comes() {
    let tale = Tale::filed().await;
    tale.on("04-15 10:00");
    tale.clerk("request-supplement", supplement(&["DK.01"])).await;
    let seen = tale.seen().await;
    assert_eq!((&seen["phase"], &seen["accept_until"]), (&json!("incomplete"), &Value::Null));
    tale.on("04-20 09:00");
    let papers = json!({ "TaiLieuNop": [{ "MaThanhPhanHoSo": "DK.01" }] });
    assert_eq!(tale.portal("dossier.supplemented", "s1", papers).await, "recorded");
    assert_eq!(tale.state().await, "submitted [1]");
    assert_eq!(tale.seen().await["accept_until"], json!(at_utc("04-21 09:00")));
}

#[tokio::test]
async fn the_paper_missing_at_intake_never_comes_and_a_person_refuses() {
    let tale = Tale::filed().await;
    tale.clerk("request-supplement", supplement(&["DK.01"])).await;
    tale.sweep("05-13 08:00").await;
    // 30 calendar days end on Friday 15 May.
    tale.sweep("05-15 17:05").await;
    assert!(matches!(tale.events().await.last(), Some(Event::WaitReminded { .. })), "until midnight it may come");
    tale.sweep("05-18 07:30").await;
    assert_eq!(tale.state().await, "incomplete [5]", "nothing closes by itself");
    assert!(matches!(tale.events().await.last(), Some(Event::WaitMissed { .. })));
    tale.clerk("refuse-intake", json!({ "reason": "quá hạn bổ sung" })).await;
    assert_eq!(tale.state().await, "not_accepted [3]");
}

#[tokio::test]
async fn the_originals_are_brought_before_acceptance_and_the_clock_never_waits_for_them() {
    let tale = Tale::filed().await;
    tale.clerk("record-receipt", receipt(&BOTH, "BB-1")).await;
    assert_eq!(tale.state().await, "submitted [1]");
    tale.clerk("accept", json!({})).await;
    tale.clerk("enter-step", json!({ "step": "verification" })).await;
    for evening in ["04-17 17:00", "04-20 17:00", "05-07 17:00"] {
        tale.sweep(evening).await;
    }
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("in_progress [4]", "05-08"));
}

#[tokio::test]
async fn it_goes_to_a_specialist_and_on_to_another_and_the_clock_is_untouched() {
    let tale = Tale::accepted().await;
    let clock = tale.dossier().await.clock;
    for to in ["u-2", "u-3"] {
        tale.clerk("forward", json!({ "to": to })).await;
    }
    tale.clerk("enter-step", json!({ "step": "signing" })).await;
    assert_eq!(tale.state().await, "in_progress [4]");
    assert_eq!(tale.dossier().await.clock, clock);
    assert_eq!(tale.seen().await["overdue"]["held_by"], json!({ "staff": "u-3" }));
}

#[tokio::test]
async fn it_is_refused_by_mistake_and_a_manager_reopens_it() {
    let tale = Tale::filed().await;
    tale.clerk("refuse-intake", json!({ "reason": "nhầm" })).await;
    assert_eq!(tale.town.staff("clerk", tale.id, "reopen", &json!({ "reason": "nhầm" })).await.status().as_u16(), 403);
    tale.manager("reopen", json!({ "reason": "từ chối nhầm" })).await;
    assert_eq!(tale.state().await, "submitted [1]");
}

fn at_utc(when: &str) -> String {
    crate::town::at(&rfc3339(when)).to_string()
}
