//! Answers to a portal.

use motcua::portal::About;
use rules::http::Reply;
use rules::id::DossierId;
use rules::portal::Remark;
use serde_json::{Value, json};

use super::*;

fn body(answer: &Answer) -> (u16, Value) {
    let response = answer.reply();
    (response.status().as_u16(), serde_json::from_str(response.text()).unwrap())
}

#[test]
fn every_answer_says_its_class_what_was_done_and_no_more() {
    let id = DossierId::from_random(7);
    let about = |did| About { id, code: Some("G22.99-1".into()), did };
    for (answer, status, said) in [
        (
            Answer::Recorded(about("filed")),
            200,
            json!({ "status": "recorded", "did": "filed", "dossier": "000000000007", "code": "G22.99-1" }),
        ),
        (Answer::AlreadyRecorded(None), 200, json!({ "status": "already_recorded" })),
        (
            Answer::Kept(About { code: None, ..about("kept_for_a_person") }, Why::Over),
            200,
            json!({ "status": "kept", "did": "kept_for_a_person", "dossier": "000000000007", "reason": "The dossier is over." }),
        ),
        (
            Answer::Aside(None, Why::OtherDelivery),
            200,
            json!({ "status": "kept", "did": "kept_for_a_person", "reason": "The same delivery came before with other content." }),
        ),
        (Answer::KeptForLater, 202, json!({ "status": "kept", "did": "kept_until_its_dossier_is_there" })),
        (
            Answer::Refused(rules::dossier::Refusal::NothingMissing),
            200,
            json!({ "status": "refused", "did": "nothing", "reason": "The papers named are already in or waived." }),
        ),
        (Answer::Ignored, 200, json!({ "status": "ignored", "did": "nothing" })),
        (Answer::Forged, 401, json!({ "error": "signature not accepted" })),
        (Answer::Later, 503, json!({ "status": "later" })),
    ] {
        assert_eq!(body(&answer), (status, said));
    }
    assert_eq!(Answer::Later.reply().header("retry-after"), Some("30"));
    assert_eq!(Answer::MethodNotAllowed.reply().header("allow"), Some("POST"));
}

#[test]
fn remarks_stand_in_the_answer_to_what_was_recorded_and_in_no_other() {
    let about = About { id: DossierId::from_random(7), code: None, did: "filed" };
    let remarks = [Remark { field: "SoDienThoai".into(), why: "a telephone number has digits only".into() }];
    let noted = |answer: Answer| serde_json::from_str::<Value>(answer.noting(&remarks).text()).unwrap();
    let told = json!([{ "field": "SoDienThoai", "reason": "a telephone number has digits only" }]);
    assert_eq!(noted(Answer::Recorded(about.clone()))["remarks"], told);
    assert_eq!(noted(Answer::AlreadyRecorded(Some(about)))["remarks"], told);
    assert_eq!(noted(Answer::Later), json!({ "status": "later" }));
    assert_eq!(noted(Answer::Ignored), json!({ "status": "ignored", "did": "nothing" }));
}
