use http::Method;
use rules::http::Reply;
use serde_json::{Value, json};

use super::*;

const TARGET: &str = "/api/v1/takeover";

async fn asked(town: &Town, role: &str, body: &Value) -> (u16, Value) {
    let response = town.as_staff(role, Method::POST, TARGET, "-", body).await;
    (response.status().as_u16(), serde_json::from_str(response.text()).unwrap_or_default())
}

fn row(cells: &[(&str, &str)]) -> Value {
    let usual = CERTIFICATE.iter().filter(|(name, _)| cells.iter().all(|(other, _)| other != name));
    usual.chain(cells).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect::<serde_json::Map<_, _>>().into()
}

#[tokio::test]
async fn an_office_at_work_looks_first_and_records_when_told_to() {
    let town = Town::new().await;
    let (status, answer) = asked(&town, "administrator", &json!({ "row": row(&[]) })).await;
    assert_eq!((status, &answer["status"]), (200, &json!("new")), "{answer}");
    assert!(called(&town, "CU-01").await.is_none());
    let (status, answer) = asked(&town, "administrator", &json!({ "row": row(&[]), "record": true })).await;
    assert_eq!((status, &answer["status"]), (200, &json!("recorded")), "{answer}");
    let (id, _) = called(&town, "CU-01").await.unwrap();
    assert_eq!(answer["dossier"], json!(id));
    assert!(town.history(id).await.iter().all(|commit| commit.actor == Actor::Takeover("administrator".into())));
    let (status, answer) = asked(&town, "administrator", &json!({ "row": row(&[]), "record": true })).await;
    assert_eq!((status, &answer["status"]), (200, &json!("already_recorded")), "{answer}");
}

#[tokio::test]
async fn only_an_administrator_takes_over_and_what_is_wrong_is_told_by_column() {
    let town = Town::new().await;
    for role in ["clerk", "specialist", "manager"] {
        assert_eq!(asked(&town, role, &json!({ "row": row(&[]), "record": true })).await.0, 403, "{role}");
    }
    let (status, answer) =
        asked(&town, "administrator", &json!({ "row": row(&[("NgayNopHoSo", "hôm qua"), ("Ngay", "x")]) })).await;
    assert_eq!(status, 422);
    let columns: Vec<_> = answer["faults"].as_array().unwrap().iter().map(|fault| &fault["column"]).collect();
    assert_eq!(columns, ["Ngay", "NgayNopHoSo"]);
    for body in [json!({}), json!({ "row": [] }), json!({ "row": { "MaHoSo": 1 } }), json!({ "row": {}, "rows": 1 })] {
        assert_eq!(asked(&town, "administrator", &body).await.0, 400, "{body}");
    }
}
