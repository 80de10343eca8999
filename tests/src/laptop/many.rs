//! A configuration with many agencies.

use std::fmt::Write;

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

/// Returns the ticks, of which a second has a hundred, for which the processor worked for an office so far.
fn worked_ticks(laptop: &Laptop) -> u32 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", laptop.child.id().unwrap())).unwrap();
    // The name in brackets may hold blanks; user and system time are the 14th and 15th field.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = |place: usize| fields.split_whitespace().nth(place).unwrap().parse::<u32>().unwrap();
    ticks(11) + ticks(12)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_agencies_are_there_after_seconds_of_work_each_with_its_procedures() {
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("office.toml"), folder.path().join("data"));
    std::fs::write(&file, written(200)).unwrap();
    let arguments = ["--config", file.to_str().unwrap(), "--data", data.to_str().unwrap()];
    // The second start finds everything there.
    binary("motcua-local");
    for start in 1..=2 {
        let laptop = Laptop::start(&arguments).await;
        let worked = worked_ticks(&laptop);
        assert!(laptop.told.starts_with("Motcua is starting: agencies 200, channels 400, kept in "), "{}", laptop.told);
        // Time of the processor, which does not grow with what else the machine does.
        assert!(worked < 1_200, "{worked} hundredths of a second");
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
