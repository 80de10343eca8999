//! An act of a citizen at `/local/at-portal` reaches the office as the portal's own message.

use super::*;

impl Laptop {
    /// Sends the form of the page with these fields and, if there is one, a file; returns the page that follows.
    async fn at_portal(&self, fields: &[(&str, &str)], file: Option<&str>) -> (u16, String) {
        let mut body = String::new();
        for (name, value) in fields {
            body += &format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        if let Some(content) = file {
            body += "--ranh\r\nContent-Disposition: form-data; name=\"file\"; filename=\"don.pdf\"\r\n\r\n";
            body += &format!("{content}\r\n");
        }
        body += "--ranh--\r\n";
        let headers = vec![("content-type", "multipart/form-data; boundary=ranh".to_owned())];
        let letter = Letter { method: http::Method::POST, target: "/local/at-portal".into(), headers, body };
        let reply = self.courier.send(&letter).await.unwrap();
        (reply.status, reply.body)
    }

    async fn acts(&self, act: &str, more: &[(&str, &str)], file: Option<&str>) -> String {
        let fields = [&[("portal", "dvcqg-demo"), ("act", act), ("code", "G22.99-1")][..], more].concat();
        let (status, page) = self.at_portal(&fields, file).await;
        assert_eq!(status, 200, "{page}");
        let told = page.split("id=\"answer\"").nth(1).unwrap_or_else(|| panic!("{page}"));
        told.split("</div>").next().unwrap().to_owned()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_citizen_files_changes_supplements_sends_files_pays_and_withdraws_at_the_portal() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    let told = laptop.acts("submit", &[("procedure", "1.005129"), ("name", "Hộ Mẫu")], Some("%PDF-1.7 don")).await;
    assert!(told.contains("recorded") && told.contains("filed"), "{told}");
    let id = told.split("/desk/dossiers/").nth(1).unwrap()[..12].to_owned();
    let changed = laptop.acts("change", &[("phone", "0905000009")], None).await;
    assert!(changed.contains("changed"), "{changed}");
    laptop.clerk(&id, "accept", 2, json!({})).await;
    let asked = json!({ "channel": "paygov-demo", "amount_vnd": FEE_VND });
    laptop.clerk(&id, "ask-fee", 3, asked).await;
    let amount = FEE_VND.to_string();
    let paid = laptop.acts("pay", &[("amount_vnd", &amount)], None).await;
    assert!(paid.contains("payment_recorded"), "{paid}");
    let again = laptop.acts("pay", &[("amount_vnd", &amount)], None).await;
    assert!(again.contains("already_recorded"), "{again}");
    let late = laptop.acts("change", &[("phone", "0905000008")], None).await;
    assert!(late.contains("kept_for_a_person") && late.contains("after it was accepted"), "{late}");
    let supplement = laptop.acts("supplement", &[("paper", "GPXD-BV")], Some("%PDF-1.7 ban ve")).await;
    assert!(supplement.contains("supplemented") || supplement.contains("refused"), "{supplement}");
    let files = laptop.acts("files", &[], Some("%PDF-1.7 anh")).await;
    assert!(files.contains("files_noted"), "{files}");
    let withdrawn = laptop.acts("withdraw", &[], None).await;
    assert!(withdrawn.contains("withdrawn"), "{withdrawn}");
    // The office fetches what the portal keeps, now.
    let letter = Letter {
        method: http::Method::POST,
        target: "/local/portals/tell".into(),
        headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
        body: String::new(),
    };
    laptop.courier.send(&letter).await.unwrap();
    let dossier = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(dossier["phase"], "withdrawn", "{dossier}");
    laptop.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_form_of_the_page_is_told_so() {
    let laptop = Laptop::start(&["--memory", "--now", crate::town::MORNING]).await;
    assert_eq!(laptop.at_portal(&[("portal", "nobody"), ("act", "submit"), ("code", "x")], None).await.0, 400);
    assert_eq!(laptop.at_portal(&[("portal", "dvcqg-demo"), ("act", "burn"), ("code", "x")], None).await.0, 400);
    let (status, page) = laptop.at_portal(&[("portal", "dvcqg-demo"), ("act", "submit")], None).await;
    assert!(status == 200 && page.contains("data.MaHoSo"), "the office names the field: {page}");
    laptop.kill().await;
}
