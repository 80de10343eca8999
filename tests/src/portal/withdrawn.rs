//! Withdrawals at every stage of a dossier, and supplements that come after its end.

use rules::dossier::{Event, Phase};

use super::*;

/// Brings a dossier to a stage, and returns it.
async fn at_stage(town: &Town, stage: Phase) -> rules::id::DossierId {
    let id = town.submit(CODE).await;
    let asked = json!({ "reason": "thiếu giấy", "papers": ["GT1"] });
    if stage == Phase::Incomplete {
        town.clerk(id, "request-supplement", asked.clone()).await;
    }
    if stage == Phase::NotAccepted {
        town.clerk(id, "refuse-intake", json!({ "reason": "không đủ thành phần" })).await;
    }
    if matches!(stage, Phase::Submitted | Phase::Incomplete | Phase::NotAccepted) {
        return id;
    }
    town.clerk(id, "accept", json!({})).await;
    match stage {
        Phase::InProgress => drop(town.clerk(id, "enter-step", json!({ "step": "verification" })).await),
        Phase::Paused => drop(town.clerk(id, "request-supplement", asked).await),
        Phase::Closed => {
            town.clerk(id, "close", json!({ "reason": "quá hạn bổ sung", "article": "Điều 19" })).await;
        }
        Phase::Withdrawn => drop(town.clerk(id, "withdraw", json!({ "reason": "đổi ý" })).await),
        Phase::Done | Phase::Returned => {
            town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
        }
        _ => {}
    }
    if stage == Phase::Returned {
        let to = json!({ "to": "applicant", "shown": "citizen_card", "paper_no": "056099001234", "part": false });
        town.clerk(id, "hand-out", to).await;
    }
    id
}

#[tokio::test]
async fn a_withdrawal_is_answered_at_every_stage_with_what_was_done_or_why_not() {
    let over = "The dossier is over.";
    for (stage, status, did, reason) in [
        (Phase::Submitted, "recorded", "withdrawn", None),
        (Phase::Incomplete, "recorded", "withdrawn", None),
        (Phase::Accepted, "recorded", "withdrawn", None),
        (Phase::InProgress, "recorded", "withdrawn", None),
        (Phase::Paused, "recorded", "withdrawn", None),
        (Phase::Done, "refused", "nothing", Some("Cannot withdraw the dossier: its result is ready.")),
        (Phase::Returned, "refused", "nothing", Some("Cannot withdraw the dossier: its result has been returned.")),
        (Phase::NotAccepted, "kept", "kept_for_a_person", Some(over)),
        (Phase::Closed, "kept", "kept_for_a_person", Some(over)),
        (Phase::Withdrawn, "recorded", "withdrawn", None),
    ] {
        let town = Town::new().await;
        let id = at_stage(&town, stage).await;
        assert_eq!(town.dossier(id).await.unwrap().phase(), stage);
        let letter = told_by(&town, NATIONAL, "dossier.withdrawn", "w_1", &about(CODE, json!({})));
        let answer = body(&town.send(&letter).await);
        assert_eq!((answer["status"].as_str(), answer["did"].as_str()), (Some(status), Some(did)), "{stage:?}");
        assert_eq!(answer["reason"].as_str(), reason, "{stage:?}");
        if status != "refused" {
            assert_eq!(answer["code"], CODE, "{stage:?}");
        }
        let after = town.dossier(id).await.unwrap().phase();
        assert_eq!(after, if reason.is_none() { Phase::Withdrawn } else { stage });
        // A repeat under other bytes gets the same class of answer and records nothing.
        let versions = town.history(id).await.len();
        town.minutes(1);
        let again =
            body(&town.send(&told_by(&town, NATIONAL, "dossier.withdrawn", "w_1", &about(CODE, json!({})))).await);
        let expected = if status == "refused" { "refused" } else { "already_recorded" };
        assert_eq!((again["status"].as_str(), town.history(id).await.len()), (Some(expected), versions), "{stage:?}");
    }
}

#[tokio::test]
async fn a_withdrawal_while_paused_ends_the_pause_without_a_resumption() {
    let town = Town::new().await;
    let id = at_stage(&town, Phase::Paused).await;
    town.portal("dossier.withdrawn", "w_1", about(CODE, json!({}))).await;
    let events = town.events(id).await;
    assert!(!events.iter().any(|event| matches!(event, Event::ClockResumed { .. })));
}

#[tokio::test]
async fn a_supplement_with_files_for_a_dossier_that_ended_is_kept_with_its_reason() {
    for stage in [Phase::NotAccepted, Phase::Withdrawn, Phase::Closed, Phase::Returned] {
        let town = Town::new().await;
        let id = at_stage(&town, stage).await;
        let files = json!([{ "MaThanhPhanHoSo": "GT1", "DuongDanTaiTepTin": "https://tep.example.vn/1" }]);
        let data = about(CODE, json!({ "TaiLieuNop": files }));
        let answer = body(&town.portal("dossier.supplemented", "s_1", data).await);
        assert_eq!(
            (&answer["status"], &answer["reason"]),
            (&json!("kept"), &json!("The dossier is over.")),
            "{stage:?}"
        );
        assert_eq!(town.dossier(id).await.unwrap().phase(), stage);
        let last = town.history(id).await.pop().unwrap();
        assert!(matches!(&last.events[..], [Event::ArrivalKept { papers, .. }] if papers == &["GT1"]), "{stage:?}");
    }
}
