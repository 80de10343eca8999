//! The result, and every other end.

use super::*;

async fn ready(tale: &Tale) {
    tale.clerk("record-result", json!({ "kind": "positive" })).await;
}

#[tokio::test]
async fn the_result_is_early_the_applicant_is_told_and_takes_it_home() {
    let tale = Tale::accepted().await;
    tale.on("05-04 09:00");
    ready(&tale).await;
    assert_eq!(tale.state().await, "done [9]");
    assert!(tale.last_told().await.contains("co ket qua"));
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    assert_eq!(tale.state().await, "returned [10]");
}

#[tokio::test]
async fn it_is_not_eligible_and_the_refusal_is_handed_out() {
    let tale = Tale::accepted().await;
    assert_eq!(
        tale.town.staff("clerk", tale.id, "record-result", &json!({ "kind": "negative" })).await.status().as_u16(),
        422
    );
    tale.clerk("record-result", json!({ "kind": "negative", "reason": "không đủ điều kiện" })).await;
    assert!(tale.last_told().await.contains("khong du dieu kien giai quyet"));
    let seen = tale.seen().await;
    assert_eq!((&seen["result"], &seen["portal_status"]), (&json!("negative"), &json!(9)));
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    assert_eq!(tale.state().await, "returned [10]");
}

#[tokio::test]
async fn a_fee_is_due_on_return_and_the_result_waits_until_it_is_paid() {
    let tale = Tale::accepted().await;
    ready(&tale).await;
    tale.clerk("ask-fee", fee()).await;
    assert_eq!(tale.state().await, "done [9]");
    let owed = "A fee is still to be paid; the result is handed out afterwards.";
    assert_eq!(tale.declined("clerk", "hand-out", handed_to("applicant", false)).await, owed);
    assert_eq!(tale.declined("clerk", "post-result", json!({ "item_code": "CE123456789VN" })).await, owed);
    tale.pays(1).await;
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    assert_eq!(tale.state().await, "returned [10]");
}

#[tokio::test]
async fn part_of_the_papers_is_handed_out_and_the_rest_a_week_later() {
    let tale = Tale::accepted().await;
    ready(&tale).await;
    tale.clerk("hand-out", handed_to("applicant", true)).await;
    assert_eq!(tale.state().await, "done [9]");
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    assert_eq!(tale.state().await, "returned [10]");
}

#[tokio::test]
async fn the_result_is_posted_comes_back_and_is_posted_again() {
    let tale = Tale::accepted().await;
    ready(&tale).await;
    tale.clerk("post-result", json!({ "item_code": "CE123456789VN" })).await;
    assert_eq!(tale.state().await, "in_post [9]");
    tale.clerk("record-undelivered", json!({})).await;
    assert_eq!(tale.state().await, "done [9]");
    tale.clerk("post-result", json!({ "item_code": "CE123456790VN" })).await;
    tale.clerk("record-delivery", json!({})).await;
    assert_eq!(tale.state().await, "returned [10]");
}

#[tokio::test]
async fn the_applicant_withdraws_while_the_clock_stands_and_it_never_goes_on() {
    let tale = Tale::lacking_originals().await;
    tale.on("04-20 09:00");
    assert_eq!(tale.portal("dossier.withdrawn", "w1", json!({})).await, "recorded");
    assert_eq!((tale.state().await.as_str(), tale.due().await.as_str()), ("withdrawn [7]", "none"));
    let events = tale.events().await;
    assert!(!events.iter().any(|event| matches!(event, Event::ClockResumed { .. })));
    assert_eq!(tale.stretches().await, ["running", "paused"]);
}

#[tokio::test]
async fn the_result_is_there_and_it_is_too_late_to_withdraw() {
    let tale = Tale::accepted().await;
    ready(&tale).await;
    let declined = tale.declined("clerk", "withdraw", json!({ "reason": "đổi ý" })).await;
    assert_eq!(declined, "Cannot withdraw the dossier: its result is ready.");
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    let declined = tale.declined("clerk", "withdraw", json!({ "reason": "đổi ý" })).await;
    assert_eq!(declined, "Cannot withdraw the dossier: its result has been returned.");
}

#[tokio::test]
async fn a_name_on_the_result_is_wrong_and_it_is_issued_anew_at_the_agency_s_cost() {
    let tale = Tale::accepted().await;
    ready(&tale).await;
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    tale.clerk("reissue-result", json!({ "reason": "sai tên" })).await;
    assert_eq!(tale.state().await, "done [9]");
    tale.clerk("hand-out", handed_to("applicant", false)).await;
    assert_eq!(tale.state().await, "returned [10]");
}

#[tokio::test]
async fn the_office_closes_it_with_reason_and_article_and_a_manager_undoes_that() {
    let tale = Tale::lacking_originals().await;
    tale.on("05-14 09:00");
    tale.clerk("close", json!({ "reason": "quá hạn bổ sung", "article": "TT 03/2025/TT-VPCP mẫu 05" })).await;
    assert_eq!(tale.state().await, "closed [8]");
    assert!(tale.last_told().await.contains("bi dung xu ly tu 14/05/2020"));
    tale.on("05-15 09:00");
    tale.manager("reopen", json!({ "reason": "đóng nhầm" })).await;
    assert_eq!(tale.state().await, "paused [5]", "back to where it stood");
    tale.clerk("record-receipt", receipt(&BOTH, "BB-1")).await;
    let closed_in_between = tale.dossier().await.clock.unwrap().pauses;
    assert_eq!(closed_in_between.len(), 1, "the clock is as if it had never been closed");
}

#[tokio::test]
async fn money_and_papers_that_come_after_the_end_are_answered_as_received_and_kept_for_a_person() {
    let tale = Tale::accepted().await;
    tale.clerk("ask-fee", fee()).await;
    tale.clerk("withdraw", json!({ "reason": "không còn nhu cầu" })).await;
    tale.pays(1).await;
    let identity = format!("MOTCUA01/{}01/14422574", tale.id);
    let money = tale.town.money("vnpay-demo", &identity).await.expect("the money is recorded");
    assert!(matches!(money.owner, motcua::store::Owner::Unclaimed(rules::dossier::Because::NotOpen)));
    tale.clerk("record-receipt", receipt(&BOTH, "BB-1")).await;
    assert_eq!(tale.portal("dossier.supplemented", "s1", json!({})).await, "kept");
    assert_eq!(tale.state().await, "withdrawn [7]");
    let kept = tale.events().await.into_iter().filter(|event| matches!(event, Event::ArrivalKept { .. })).count();
    assert_eq!(kept, 2);
}
