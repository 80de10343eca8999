//! One entry for each person, the most urgent first.

use super::*;

#[tokio::test]
async fn all_dossiers_of_one_person_are_one_call() {
    let town = Town::new().await;
    let first = filed(&town, "G22-1", json!({})).await;
    town.minutes(1);
    let same =
        filed(&town, "G22-2", json!({ "SoDienThoai": "0258 3822 222", "SoGiayToChuHoSo": "056 099 001234" })).await;
    town.minutes(1);
    let sister = filed(&town, "G22-3", json!({ "SoGiayToChuHoSo": "056099001235", "ChuHoSo": "Trần Thị Mẫu" })).await;
    let entries = list(&town).await;
    let of: Vec<_> = entries.iter().map(dossiers).collect();
    assert_eq!(of, [vec![first.as_str(), same.as_str()], vec![sister.as_str()]]);
    assert_eq!(
        (&entries[0]["phone"], &entries[0]["name"]),
        (&json!("+842583822222"), &json!("Công ty TNHH Thử Nghiệm"))
    );
    assert_eq!(entries[0]["dossiers"][0]["reason"], "landline");
    assert!(entries[0]["dossiers"][0]["told"]["vi"].as_str().unwrap().contains("Đã nhận hồ sơ ngày 15/04/2020"));
    assert_eq!(counted(&town).await, 2);
    // Another message about a dossier is part of the same entry, and says more.
    town.clerk(first, "accept", json!({})).await;
    town.office.deliver().await.unwrap();
    let entries = list(&town).await;
    assert_eq!((entries.len(), entries[0]["dossiers"].as_array().unwrap().len(), counted(&town).await), (2, 2, 2));
    let told = |entry: &Value| entry["dossiers"][0]["told"]["vi"].as_str().unwrap().to_owned();
    assert!(entries.iter().any(|entry| told(entry).contains("Hẹn trả kết quả ngày")), "{entries:?}");
}

#[tokio::test]
async fn people_without_a_number_are_known_by_dossier_and_place() {
    let town = Town::new().await;
    for code in ["G22-1", "G22-2"] {
        filed(&town, code, json!({ "SoDienThoai": null })).await;
    }
    let entries = list(&town).await;
    assert_eq!(entries.len(), 2, "{entries:?}");
    for entry in &entries {
        assert_eq!((&entry["phone"], &entry["to_be_mended"]), (&Value::Null, &json!(true)));
        assert_eq!(entry["dossiers"][0]["reason"], "no_number");
    }
}

#[tokio::test]
async fn a_day_to_act_by_comes_first_then_a_late_dossier_then_age() {
    let town = Town::new().await;
    let who = |number: u32| json!({ "SoGiayToChuHoSo": format!("05609900{number:04}") });
    let old = filed(&town, "G22-1", who(1)).await;
    let late = filed(&town, "G22-2", who(2)).await;
    town.clerk(late, "accept", json!({})).await;
    let asked = filed(&town, "G22-3", who(3)).await;
    town.until("2020-04-16T09:00:00+07:00");
    town.clerk(asked, "request-supplement", json!({ "reason": "thiếu giấy" })).await;
    town.office.deliver().await.unwrap();
    let entries = list(&town).await;
    let order: Vec<_> = entries.iter().flat_map(dossiers).collect();
    assert_eq!(order, [asked.as_str(), late.as_str(), old.as_str()], "{entries:?}");
    assert!(entries[0]["dossiers"][0]["act_by"].is_string() && entries[1]["dossiers"][0]["due_on"].is_string());
    let told = entries[0]["dossiers"][0]["told"].clone();
    assert!(told["vi"].as_str().unwrap().contains("chậm nhất ngày"), "{told}");
    assert!(told["en"].as_str().unwrap().contains("at the latest"), "{told}");
}

#[tokio::test]
async fn the_list_comes_by_the_page_in_two_queries_and_two_batches() {
    let town = Town::new().await;
    for number in 0..23 {
        filed(&town, &format!("G22-{number}"), json!({ "SoGiayToChuHoSo": format!("05609900{number:04}") })).await;
        town.minutes(1);
    }
    town.office.wire().reset();
    let first = town.reading("clerk", "/api/v1/calls").await;
    // The account, two queries side by side, the entries, their people and dossiers, and the audit.
    assert_eq!(town.office.wire().tally().round_trips(), 6);
    let next = first["next_after"].as_str().unwrap();
    let target = format!("/api/v1/calls?after={}", rules::http::query::encode(next.as_bytes()));
    let second = town.reading("clerk", &target).await;
    let ids =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|it| it["id"].to_string()).collect::<Vec<_>>();
    let all: std::collections::BTreeSet<_> = ids(&first).into_iter().chain(ids(&second)).collect();
    assert_eq!((ids(&first).len(), ids(&second).len(), all.len()), (20, 3, 23));
    assert_eq!(second["next_after"], Value::Null);
    for wrong in ["x", "2020~", "~abc", "2020~%2F"] {
        let answer =
            town.as_staff("clerk", Method::GET, &format!("/api/v1/calls?after={wrong}"), "-", &Value::Null).await;
        assert_eq!(answer.status().as_u16(), 400, "{wrong}");
    }
}
