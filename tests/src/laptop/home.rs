//! Somebody with a telephone follows the link of an SMS and says where the result goes.

use fantoccini::Locator;
use rules::config::DEMO;

use super::accessible::{Checker, sideways};
use super::browser::Browser;
use super::heard;
use super::*;

/// The agency of the laptop, which sends links.
const SENDING: &str = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban Quản lý Khu kinh tế Vân Phong\"\n\
    hosts = [\"kktvanphong.example\"]\ntelephone = \"0258 000 0000\"\n\
    messages = { wait_minutes = 0, quiet_hours = \"none\" }\n";

impl Laptop {
    /// Files a dossier with this address and asks for it; returns its id and the path of the link in the SMS.
    pub(super) async fn asks_where_it_goes(&self, address: &str) -> (String, String) {
        let now = self.now().await;
        let mut form: Form = form("G22.99-1").as_object().cloned().unwrap();
        form.insert("DiaChi".into(), json!(address));
        let key = Config::demo().portal("dvcqg-demo").unwrap().keys.current().clone();
        let letter = webhook("/portal/events", &key, "d-1", now, event("dossier.submitted", now, &form));
        let id = self.json(&letter).await["dossier"].as_str().unwrap().to_owned();
        self.clerk(&id, "accept", 1, json!({})).await;
        self.clerk(&id, "ask-address", 2, json!({})).await;
        for _ in 0..100 {
            let sent = self.get("/local/outbox").await;
            let texts = sent.as_array().unwrap().iter().filter_map(|sms| sms["text"].as_str());
            if let Some((_, link)) = texts.filter_map(|text| text.split_once("nhan ket qua tai nha")).next() {
                let way = &link[link.find("/t/").unwrap_or_else(|| panic!("no link in {link}"))..];
                return (id, way.split([' ', '\n']).next().unwrap().trim_end_matches('.').to_owned());
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("no SMS asks for the address");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_telephone_and_without_a_script_the_post_is_chosen_and_an_address_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("motcua.toml");
    std::fs::write(&file, format!("{DEMO}\n{SENDING}")).unwrap();
    let laptop = Laptop::start(&["--memory", "--config", file.to_str().unwrap(), "--now", crate::town::MORNING]).await;
    let (id, way) = laptop.asks_where_it_goes("5 Đội Cấn, Phường Cống Vị, Ba Đình").await;
    let checker = Checker::read();
    let browser = Browser::open().await;
    let mut faults = Vec::new();
    let go = async |words: &str, css: &str| {
        browser.click(css).await;
        browser.shows(words).await;
    };
    browser.client.set_window_size(390, 844).await.unwrap();
    browser.client.goto(&format!("http://{}{way}", laptop.address)).await.unwrap();
    browser.shows("Nhận tại nhà qua bưu điện").await;
    faults.extend(checker.faults(&browser).await);
    faults.extend(sideways(&browser).await);
    go("Xem có đúng không", "button[value=post]").await;
    faults.extend(checker.faults(&browser).await);
    faults.extend(sideways(&browser).await);
    faults.extend(heard::faults(&browser).await);
    // The address is another one: typed without marks, chosen, read back.
    go("Số nhà, đường", "button[value=change]").await;
    faults.extend(checker.faults(&browser).await);
    for (css, text) in [("#address_street", "12 Lê Lợi"), ("#address_commune", "le loi")] {
        let field = browser.client.find(Locator::Css(css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }
    go("Chọn phường, xã", "button[value=seek]").await;
    faults.extend(checker.faults(&browser).await);
    faults.extend(sideways(&browser).await);
    faults.extend(heard::faults(&browser).await);
    go("Có mục cần sửa", "button[value=choose]").await;
    faults.extend(checker.faults(&browser).await);
    browser.click("#address_place").await;
    go("Xem có đúng không", "button[value=choose]").await;
    browser.client.find(Locator::Css("#receiver")).await.unwrap().send_keys("Trần Thị B").await.unwrap();
    go("Đã ghi: kết quả được gửi qua bưu điện", "button[value=confirm]").await;
    faults.extend(checker.faults(&browser).await);
    faults.extend(sideways(&browser).await);
    for what in ["preferences", "wrong-number", "call-back"] {
        for lang in ["vi", "en"] {
            let page = format!("http://{}{way}/{what}?lang={lang}", laptop.address);
            browser.client.goto(&page).await.unwrap();
            faults.extend(checker.faults(&browser).await);
            faults.extend(sideways(&browser).await);
            faults.extend(heard::faults(&browser).await);
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    let dossier = laptop.get(&format!("/api/v1/dossiers/{id}")).await;
    assert_eq!(dossier["returns_by_post"], json!(true), "{dossier}");
    browser.client.close().await.unwrap();
    laptop.kill().await;
}
