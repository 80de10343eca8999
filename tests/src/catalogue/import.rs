//! The catalogue of an office at work, kept by its administrator.

use http::Method;
use rules::http::Reply;
use serde_json::{Value, json};

use super::second;
use crate::town::{PERMIT, Town};

const PATH: &str = "/api/v1/procedures/1.005129/2";

#[tokio::test]
async fn an_administrator_adds_a_version_once_and_nobody_changes_it() {
    let town = Town::new().await;
    let version = serde_json::to_value(second("2020-07-01")).unwrap();
    let put = async |role: &str, body: &Value| {
        let answer = town.as_staff(role, Method::PUT, PATH, "k", body).await;
        (answer.status().as_u16(), serde_json::from_str::<Value>(answer.text()).unwrap())
    };
    for role in ["clerk", "specialist", "manager"] {
        assert_eq!(put(role, &version).await.0, 403, "{role}");
    }
    assert_eq!(put("administrator", &version).await, (200, json!({ "status": "recorded" })));
    assert_eq!(put("administrator", &version).await, (200, json!({ "status": "already_recorded" })));
    let mut changed = version.clone();
    changed["legal_basis"] = json!("Điều khác");
    let (status, said) = put("administrator", &changed).await;
    assert_eq!((status, &said["status"]), (409, &json!("conflict")));
    assert!(said["reason"].as_str().unwrap().starts_with("1.005129 version 2 is there with other content"));

    let seen = town.reading("clerk", &format!("/api/v1/procedures/{PERMIT}")).await;
    assert_eq!(seen["versions"].as_array().unwrap().len(), 2);
    assert_eq!(seen["versions"][1], version);
    let unknown = town.as_staff("clerk", Method::GET, "/api/v1/procedures/9.9", "k", &json!({})).await;
    assert_eq!(unknown.status().as_u16(), 404);
}

#[tokio::test]
async fn a_version_that_makes_no_sense_is_told_with_its_field() {
    let town = Town::new().await;
    let right = serde_json::to_value(second("2020-07-01")).unwrap();
    let put = async |change: fn(&mut Value)| {
        let mut body = right.clone();
        change(&mut body);
        let answer = town.as_staff("administrator", Method::PUT, PATH, "k", &body).await;
        let said: Value = serde_json::from_str(answer.text()).unwrap();
        (answer.status().as_u16(), said["field"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(put(|body| body["version"] = json!(3)).await, (400, "code".into()));
    assert_eq!(put(|body| body["legal_basis"] = json!(" ")).await, (400, "legal_basis".into()));
    assert_eq!(put(|body| body["limit"]["allowance"]["unit"] = json!("minutes")).await, (400, "body".into()));
    assert_eq!(put(|body| body["steps"][1]["name"] = json!("appraisal")).await, (400, "steps[1].name".into()));
    assert_eq!(put(|body| body["valid_until"] = json!("2020-06-30")).await, (400, "valid_until".into()));
    // Letters with their marks apart are the same name.
    let apart = put(|body| body["name_vi"] = json!("Ca\u{302}\u{301}p")).await;
    assert_eq!(apart.0, 200);
    let seen = town.reading("clerk", &format!("/api/v1/procedures/{PERMIT}")).await;
    assert_eq!(seen["versions"][1]["name_vi"], "Cấp");
}
