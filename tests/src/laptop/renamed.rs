//! An agency that is given another code, while its dossiers, their payers and its portals still know the old one.

use super::*;

/// Writes the demo's configuration for an agency of this code, with a line more.
fn written(code: &str, more: &str) -> String {
    let agency =
        format!("[[agencies]]\ncode = \"{code}\"\nname = \"Ban Quản lý mẫu\"\nsms_prefix = \"Ban mau\"\n{more}\n");
    let (_, partners) = rules::config::DEMO.split_once("[[channels]]").unwrap();
    format!("{agency}\n[[channels]]{partners}")
}

async fn configured(folder: &Path, text: &str) -> Laptop {
    let (file, data) = (folder.join("office.toml"), folder.join("data"));
    std::fs::write(&file, text).unwrap();
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    Laptop::start(&["--config", file, "--data", data, "--now", crate::town::MORNING]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_knows_the_old_code_finds_its_dossier_and_new_ones_get_the_new_code() {
    let folder = tempfile::tempdir().unwrap();
    let old = "000.00.01.H32";
    let laptop = configured(folder.path(), &written(old, "")).await;
    let submission = laptop.submission("G22-1").await;
    let (id, callback) = laptop.asked("G22-1").await;
    let old_token = laptop.token.clone();
    assert!(!laptop.told.contains("ATTENTION"), "{}", laptop.told);
    laptop.kill().await;

    // Without a word about the old code its dossiers are told of, and nobody sees them.
    let laptop = configured(folder.path(), &written("000.00.02.H40", "")).await;
    let line = laptop.told.lines().find(|line| line.contains("ATTENTION")).unwrap();
    assert!(
        line.contains("dossiers of agency 000.00.01.H32") && line.contains("formerly = [\"000.00.01.H32\"]"),
        "{line}"
    );
    laptop.kill().await;

    let renamed = written("000.00.02.H40", "formerly = [\"000.00.01.H32\"]\n");
    let laptop = configured(folder.path(), &renamed).await;
    assert!(!laptop.told.contains("ATTENTION"), "{}", laptop.told);
    assert!(laptop.token.starts_with("clerk:000.00.02.H40:"), "{}", laptop.token);
    let dossier = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(dossier["agency"], "000.00.02.H40");
    assert_eq!(laptop.json(&callback).await["RspCode"], "00");
    assert_eq!(laptop.json(&submission).await["status"], "already_recorded");
    let dossier = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(dossier["fees"][0]["state"], "paid", "{dossier}");
    let headers = vec![("authorization", format!("Bearer {old_token}"))];
    let target = format!("/api/v1/dossiers/{id}");
    laptop.json(&Letter { method: http::Method::GET, target, headers, body: String::new() }).await;

    let filed = json!({
        "procedure": "1.009748", "filing": "desk", "accept": true,
        "applicant": { "name": "Hộ kinh doanh mẫu", "phone": "0905000001" },
    });
    let headers = vec![
        ("authorization", format!("Bearer {}", laptop.token)),
        ("content-type", "application/json".into()),
        ("idempotency-key", "filed-1".into()),
    ];
    let target = "/api/v1/dossiers".to_owned();
    let letter = Letter { method: http::Method::POST, target, headers, body: filed.to_string() };
    let reply = laptop.courier.send(&letter).await.unwrap();
    assert!(reply.status < 300 && reply.body.contains("\"code\":\"000.00.02.H40-200415-"), "{}", reply.body);
}
