//! A configuration with many agencies.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::*;

/// Writes the configuration of so many agencies, each with two channels.
fn written(agencies: usize) -> String {
    let mut text = String::new();
    for number in 0..agencies {
        let code = format!("000.{:02}.{:02}.H32", number / 100, number % 100);
        let _ = write!(
            text,
            "[[agencies]]\ncode = \"{code}\"\nname = \"Cơ quan mẫu {number}\"\nsms_prefix = \"Co quan {number}\"\n\n"
        );
        for (kind, merchant) in [("vnpay", "merchant = \"MAU0001\"\n"), ("standard-webhooks", "")] {
            let key =
                if kind == "vnpay" { "a-key-of-nobody-0123456789" } else { "YS1rZXktb2Ytbm9ib2R5LTAxMjM0NTY3ODk=" };
            let _ = write!(
                text,
                "[[channels]]\nid = \"{}-{number}\"\nagency = \"{code}\"\ngateway = \"{kind}\"\n{merchant}keys = \
                 [\"{key}\"]\n\n",
                kind
            );
        }
    }
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_agencies_are_there_within_seconds_each_with_its_procedures() {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("office.toml"), folder.path().join("data"));
    std::fs::write(&file, written(200)).unwrap();
    let arguments = ["--config", file.to_str().unwrap(), "--data", data.to_str().unwrap()];
    // The second start finds everything there.
    binary("motcua-local");
    for start in 1..=2 {
        let begun = Instant::now();
        let laptop = Laptop::start(&arguments).await;
        let took = begun.elapsed();
        assert!(laptop.told.starts_with("Motcua is starting: agencies 200, channels 400, kept in "), "{}", laptop.told);
        // Five seconds on a machine that does nothing else; a test shares it.
        assert!(took < Duration::from_secs(15), "{took:?}");
        let filed = json!({
            "procedure": "1.009748", "filing": "desk", "accept": true,
            "applicant": { "name": "Hộ kinh doanh mẫu", "phone": "0905000001" },
        });
        let headers = vec![
            ("authorization", format!("Bearer {}", laptop.token)),
            ("content-type", "application/json".into()),
            ("idempotency-key", format!("start-{start}")),
        ];
        let target = "/api/v1/dossiers".to_owned();
        let letter = Letter { method: http::Method::POST, target, headers, body: filed.to_string() };
        let reply = laptop.courier.send(&letter).await.unwrap();
        assert!(reply.status < 300 && reply.body.contains("\"accepted\""), "{} {}", reply.status, reply.body);
        laptop.kill().await;
    }
}
