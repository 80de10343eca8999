//! Changes of what was filed: taken before acceptance, and kept for a person after it.

use motcua::store::{Key, TaskKind, text};
use rules::dossier::{Event, Phase};
use rules::person::{Changed, Person};

use super::*;

async fn person(town: &Town) -> Person {
    let (site, id) = (town.office.site(), town.id_of(CODE));
    let item = site.recorder.store().item(&Key::person(&town.agency(), id)).await.unwrap().unwrap();
    serde_json::from_str(text(&item, "person").unwrap()).unwrap()
}

fn change() -> Value {
    json!({
        "ChuHoSo": "Công ty TNHH Đổi Tên", "SoDienThoai": "0905 000 009", "DiaChi": "9 Trần Phú", "HinhThuc": "1",
        "NguoiNop": { "HoTen": "Hộ kinh doanh Tư", "SoDienThoai": "0905000002" },
        "TaiLieuNop": [{ "TenTepDinhKem": "don.pdf", "DuongDanTaiTepTin": "https://tep.example.vn/1" }],
    })
}

#[tokio::test]
async fn a_change_before_acceptance_takes_the_place_of_what_was_filed_and_says_so() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let answer = town.portal("dossier.changed", "c_1", about(CODE, change())).await;
    assert_eq!(
        body(&answer),
        json!({ "status": "recorded", "did": "changed", "dossier": id.to_string(), "code": CODE })
    );
    let now = person(&town).await;
    assert_eq!(now.applicant.name, "Công ty TNHH Đổi Tên");
    assert_eq!(now.applicant.phone.as_deref(), Some("+84905000009"));
    assert_eq!(now.filer.as_ref().unwrap().phone.as_deref(), Some("+84905000002"));
    let Changed::Filing { applicant, filer } = &now.changes[0].what else { panic!("another change") };
    assert_eq!((applicant.name.as_str(), filer.is_none()), ("Công ty TNHH Thử Nghiệm", true));
    let dossier = town.dossier(id).await.unwrap();
    assert_eq!((dossier.phase(), dossier.returns_by_post), (Phase::Submitted, Some(true)));
    assert!(matches!(town.history(id).await[1].events[0], Event::FilingChanged { files: 1 }));
    // The acceptance is told at the new number.
    town.clerk(id, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    assert!(town.sms().iter().any(|sms| sms.phone_number == "+84905000009"));
}

#[tokio::test]
async fn the_same_change_again_however_it_is_written_is_recorded_once() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let first = told_by(&town, NATIONAL, "dossier.changed", "c_1", &about(CODE, change()));
    assert_eq!(status(&town.send(&first).await), is(200, "recorded"));
    town.minutes(5);
    let value: Value = serde_json::from_str(&first.body).unwrap();
    let data = value["data"].as_object().unwrap();
    let rewritten = format!(
        "{{\n \"data\" : {{ {} }},\n \"timestamp\" : \"2020-04-15T01:05:00Z\", \"type\":\"dossier.changed\" }}",
        data.iter().rev().map(|(name, value)| format!("{name:?}: {value}")).collect::<Vec<_>>().join(" , ")
    );
    let again = town.send(&signed_by(&town, NATIONAL, "c_1", rewritten)).await;
    assert_eq!(body(&again)["status"], "already_recorded");
    assert_eq!((town.history(id).await.len(), person(&town).await.changes.len()), (2, 1));
    // Under that id something else is another message, and nobody guesses which one is meant.
    let other = town.portal("dossier.changed", "c_1", about(CODE, json!({ "DiaChi": "10 Trần Phú" }))).await;
    assert_eq!(body(&other)["reason"], "The same delivery came before with other content.");
    assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1);
}

#[tokio::test]
async fn a_change_while_a_supplement_is_awaited_before_acceptance_is_taken() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu giấy", "papers": ["GT1"] })).await;
    assert_eq!(status(&town.portal("dossier.changed", "c_1", about(CODE, change())).await), is(200, "recorded"));
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Incomplete);
}

#[tokio::test]
async fn a_change_after_acceptance_moves_nothing_and_a_person_sees_why() {
    for stage in ["accepted", "in_progress", "paused", "done", "closed"] {
        let town = Town::new().await;
        let id = town.submit(CODE).await;
        town.clerk(id, "accept", json!({})).await;
        match stage {
            "in_progress" => drop(town.clerk(id, "enter-step", json!({ "step": "verification" })).await),
            "paused" => {
                let asked = json!({ "reason": "thiếu giấy", "papers": ["GT1"] });
                town.clerk(id, "request-supplement", asked).await;
            }
            "done" => drop(town.clerk(id, "record-result", json!({ "kind": "positive" })).await),
            "closed" => {
                let closing = json!({ "reason": "quá hạn bổ sung", "article": "Điều 19" });
                town.clerk(id, "close", closing).await;
            }
            _ => {}
        }
        let (before, people) = (town.dossier(id).await.unwrap(), person(&town).await);
        let letter = told_by(&town, NATIONAL, "dossier.changed", "c_1", &about(CODE, change()));
        let answer = body(&town.send(&letter).await);
        let reason = match stage {
            "closed" => "The dossier is over.",
            _ => "What was filed cannot change after it was accepted.",
        };
        assert_eq!((&answer["status"], &answer["did"]), (&json!("kept"), &json!("kept_for_a_person")), "{stage}");
        assert_eq!(answer["reason"], reason, "{stage}");
        assert_eq!(body(&town.send(&letter).await)["status"], "already_recorded", "{stage}");
        let after = town.dossier(id).await.unwrap();
        assert_eq!((after.phase(), after.returns_by_post), (before.phase(), before.returns_by_post), "{stage}");
        assert!(person(&town).await == people, "{stage}");
        assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1, "{stage}");
    }
}

#[tokio::test]
async fn a_change_to_another_procedure_is_refused_with_a_sentence() {
    let town = Town::new().await;
    town.submit(CODE).await;
    let answer = town.portal("dossier.changed", "c_1", about(CODE, json!({ "MaTTHC": "9.999999" }))).await;
    assert_eq!(
        body(&answer),
        json!({
            "status": "refused", "did": "nothing",
            "reason": "The dossier was filed under another procedure; withdraw it and file it again.",
        })
    );
}

#[tokio::test]
async fn a_correction_that_the_office_made_outlives_a_form_that_repeats_the_mistake() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let right = json!({ "whose": "applicant", "phone": "0905000008", "consent": "phone", "because": "gọi xác nhận" });
    town.clerk(id, "correct-contact", right).await;
    let again = json!({ "SoDienThoai": "0905000001", "DiaChi": "9 Trần Phú" });
    town.portal("dossier.changed", "c_1", about(CODE, again)).await;
    let now = person(&town).await.applicant;
    assert_eq!((now.phone.as_deref(), now.address.as_deref()), (Some("+84905000008"), Some("9 Trần Phú")));
}

#[tokio::test]
async fn erased_people_are_not_brought_back_by_a_change() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let key = Key::person(&agency, id);
    store.client().delete_item().table_name(store.table()).set_key(Some(key.attributes())).send().await.unwrap();
    assert_eq!(status(&town.portal("dossier.changed", "c_1", about(CODE, change())).await), is(200, "recorded"));
    assert!(store.item(&key).await.unwrap().is_none());
}

#[tokio::test]
async fn whatever_breaks_at_whatever_call_a_late_change_reaches_a_person_once() {
    use motcua_local::wire::faults::{Fault, Faults, Plan};
    for fault in Fault::ALL {
        for call in 1..=4 {
            let town = Town::new().await;
            let id = town.submit(CODE).await;
            town.clerk(id, "accept", json!({})).await;
            let letter = told_by(&town, NATIONAL, "dossier.changed", "c_1", &about(CODE, change()));
            let plan = Plan::Burst { first_call: call, calls: 3, fault };
            town.office.wire().set_faults(Faults::from_seed(call, plan));
            let first = town.send(&letter).await;
            town.office.wire().set_faults(Faults::none());
            let repeat = town.send(&letter).await;
            let case = format!("{fault:?} at call {call}: {}, then {}", first.text(), repeat.text());
            assert_eq!(repeat.status().as_u16(), 200, "{case}");
            assert_eq!(town.for_a_person(TaskKind::Arrival).await, 1, "{case}");
            assert_eq!(town.history(id).await.len(), 3, "{case}");
        }
    }
}

#[tokio::test]
async fn files_that_the_portal_keeps_are_noted_at_every_stage() {
    let town = Town::new().await;
    let id = town.submit(CODE).await;
    let files = json!({ "TaiLieuNop": [
        { "TenTepDinhKem": "a.pdf", "DuongDanTaiTepTin": "https://tep.example.vn/1" },
        { "TenTepDinhKem": "b.pdf", "DuongDanTaiTepTin": "https://tep.example.vn/2" },
    ] });
    let answer = town.portal("dossier.files_kept", "f_1", about(CODE, files.clone())).await;
    assert_eq!(
        body(&answer),
        json!({ "status": "recorded", "did": "files_noted", "dossier": id.to_string(), "code": CODE })
    );
    assert!(matches!(town.history(id).await[1].events[..], [Event::FilesAnnounced { files: 2 }]));
    let none = town.portal("dossier.files_kept", "f_2", about(CODE, json!({}))).await;
    assert_eq!(body(&none)["field"], "data.TaiLieuNop");
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "record-result", json!({ "kind": "positive" })).await;
    let late = town.portal("dossier.files_kept", "f_3", about(CODE, files)).await;
    assert_eq!(body(&late)["did"], "files_noted");
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::Done);
}
