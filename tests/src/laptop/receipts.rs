//! Receipts that somebody plays by hand at `/local/outbox`.

use rules::config::DEMO;
use serde_json::Value;

use super::*;
use crate::prompt::AT_ONCE;

impl Laptop {
    /// Sends a form as a program does; returns status and body.
    async fn form(&self, target: &str, body: &str) -> (u16, String) {
        let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
        let letter = Letter { method: http::Method::POST, target: target.into(), headers, body: body.into() };
        let reply = self.courier.send(&letter).await.unwrap();
        (reply.status, reply.body)
    }

    /// Files a dossier of somebody with an e-mail address, and hands on everything that follows.
    async fn files(&self, code: &str, with_phone: bool) {
        let mut form: Form = form(code).as_object().cloned().unwrap();
        form.insert("Email".into(), json!(format!("{}@example.vn", code.to_lowercase())));
        if !with_phone {
            form.remove("SoDienThoai");
        }
        let (config, now) = (Config::demo(), self.now().await);
        let key = config.portal("dvcqg-demo").unwrap().keys.current().clone();
        let letter = webhook("/portal/events", &key, &format!("d-{code}"), now, event("dossier.submitted", now, &form));
        self.json(&letter).await;
        assert_eq!(self.form("/local/sweep", "").await.0, 200);
    }

    /// Plays a receipt; returns whether it was noted.
    async fn plays(&self, receipt: &str) -> bool {
        let (status, told) = self.form("/local/outbox/receipt", receipt).await;
        assert_eq!(status, 200, "{told}");
        told == r#"{"noted":1}"#
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_are_played_by_hand_through_the_function_that_notes_them() {
    let folder = tempfile::tempdir().unwrap();
    let agency = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế\"\noutlets = [\"https\", \
                  \"email\"]\nemail_from = \"mot-cua@example.vn\"\nemail_events = \"letters\"\n";
    let file = folder.path().join("office.toml");
    std::fs::write(&file, format!("{DEMO}\n{agency}{AT_ONCE}")).unwrap();
    let data = folder.path().join("data");
    let arguments =
        ["--config", file.to_str().unwrap(), "--data", data.to_str().unwrap(), "--now", crate::town::MORNING];
    let laptop = Laptop::start(&arguments).await;
    assert_eq!(laptop.form("/local/outbox/by-hand", "on=true").await, (200, r#"{"by_hand":true}"#.to_owned()));
    laptop.files("G22-1", true).await;
    laptop.files("G22-2", false).await;
    let count = async |list: &str| laptop.get(list).await.as_array().unwrap().len();
    assert_eq!((count("/local/relayed").await, count("/local/letters").await), (1, 1));

    let relayed = laptop.get("/local/relayed").await;
    assert_eq!(relayed[0]["phone_number"], "+84905000001");
    let message = format!("message={}&outcome=", relayed[0]["name"].as_str().unwrap());
    let headers = vec![("accept", "text/html".to_owned())];
    let page = Letter { method: http::Method::GET, target: "/local/outbox".into(), headers, body: String::new() };
    let page = laptop.courier.send(&page).await.unwrap().body;
    for shown in
        ["+84905000001", "Cổng tin nhắn của tỉnh", "value=\"no-such-number\"", "value=\"bounced\"", "+84900000013"]
    {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    for unknown in ["letter=9&outcome=full", "letter=0&outcome=lost", "message=x&outcome=delivered", "outcome=full"] {
        assert_eq!(laptop.form("/local/outbox/receipt", unknown).await.0, 400, "{unknown}");
    }
    assert!(laptop.plays(&format!("{message}no-such-number")).await);
    assert!(!laptop.plays(&format!("{message}delivered")).await, "the first receipt counts");
    assert!(laptop.plays("letter=0&outcome=full").await);
    assert_eq!(laptop.form("/local/clock", "hours=1").await.0, 200);
    assert_eq!(count("/local/letters").await, 2, "the next outlet has the text");
    let letters: Value = laptop.get("/local/letters").await;
    assert_eq!((&letters[0]["to"], &letters[1]["to"]), (&json!("g22-2@example.vn"), &json!("g22-1@example.vn")));

    // What left is kept, and by itself everything arrives at once.
    laptop.kill().await;
    let laptop = Laptop::start(&arguments).await;
    assert_eq!(laptop.get("/local/relayed").await, relayed);
    laptop.files("G22-3", true).await;
    let third = laptop.get("/local/relayed").await[1]["name"].as_str().unwrap().to_owned();
    assert!(!laptop.plays(&format!("message={third}&outcome=unreachable")).await);
    laptop.kill().await;
}
