//! Answers to a portal.

use rules::http::Reply;
use rules::id::DossierId;
use serde_json::{Value, json};

use super::*;

#[test]
fn every_answer_says_its_class_and_no_more() {
    let id = DossierId::from_random(7);
    let said = |answer: Answer| {
        let response = answer.reply();
        (response.status().as_u16(), serde_json::from_str::<Value>(response.text()).unwrap())
    };
    assert_eq!(said(Answer::Recorded(id)), (200, json!({ "status": "recorded", "dossier": "000000000007" })));
    assert_eq!(said(Answer::AlreadyRecorded(None)), (200, json!({ "status": "already_recorded" })));
    assert_eq!(said(Answer::Kept(Some(id))), (200, json!({ "status": "kept", "dossier": "000000000007" })));
    assert_eq!(said(Answer::KeptForLater), (202, json!({ "status": "kept" })));
    assert_eq!(said(Answer::Ignored), (200, json!({ "status": "ignored" })));
    assert_eq!(said(Answer::Forged), (401, json!({ "error": "signature not accepted" })));
    assert_eq!(said(Answer::Later), (503, json!({ "status": "later" })));
    assert_eq!(Answer::Later.reply().header("retry-after"), Some("30"));
    assert_eq!(Answer::MethodNotAllowed.reply().header("allow"), Some("POST"));
    let remarks = [rules::portal::Remark { field: "SoDienThoai", why: "a telephone number has digits only" }];
    let noted = |answer: Answer| serde_json::from_str::<Value>(answer.noting(&remarks).text()).unwrap();
    let told = json!([{ "field": "SoDienThoai", "reason": "a telephone number has digits only" }]);
    assert_eq!(noted(Answer::Recorded(id))["remarks"], told);
    assert_eq!(noted(Answer::AlreadyRecorded(Some(id)))["remarks"], told);
    assert_eq!(
        (noted(Answer::Later), noted(Answer::Ignored)),
        (json!({ "status": "later" }), json!({ "status": "ignored" }))
    );
    let refused = Answer::Refused(rules::dossier::Refusal::NothingMissing);
    let reason = "The papers named are already in or waived.";
    assert_eq!(said(refused), (200, json!({ "status": "refused", "reason": reason })));
}
