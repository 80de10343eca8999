//! Files that a portal named, on the dossier's page and on the list for a person.

use motcua_local::neighbours::portal::Manner;
use serde_json::{Value, json};

use super::*;
use crate::town::form;

const NATIONAL: &str = "dvcqg-demo";

/// Files a dossier that names these files, and has them fetched.
async fn filed(town: &Town, addresses: &[(&str, &str)]) -> DossierId {
    let mut data = form("G22.99-1");
    let file = |(name, address): &(&str, &str)| json!({ "TenTepDinhKem": name, "DuongDanTaiTepTin": address });
    data["TaiLieuNop"] = addresses.iter().map(file).collect::<Value>();
    assert_eq!(town.portal("dossier.submitted", "s-1", data).await.status().as_u16(), 200);
    town.office.deliver().await.unwrap();
    town.minutes(1);
    town.office.fetch_files().await;
    town.id_of("G22.99-1")
}

#[tokio::test]
async fn a_dossier_shows_each_file_with_its_size_and_hash_or_the_reason_why_it_is_not_here() {
    let town = Town::new().await;
    let shelf = town.office.portals().files().clone();
    let (pdf, gone) = (shelf.keep(NATIONAL, PDF), shelf.answering(NATIONAL, Manner::Says(404)));
    let slow = shelf.answering(NATIONAL, Manner::Hangs);
    let sheet = shelf.keep(NATIONAL, b"PK\x03\x04 bang tinh".to_vec());
    let named = [("đơn.pdf", pdf.as_str()), ("bản vẽ.pdf", &gone), ("ảnh.png", &slow), ("tính.xlsx", &sheet)];
    let id = filed(&town, &named).await;
    let mut clerk = seated(&town, "clerk").await;
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let hash = ContentHash::of(PDF);
    for shown in [
        format!("href=\"/desk/dossiers/{id}/files/{hash}\"><bdi>đơn.pdf</bdi>"),
        "PDF, 21 B, lưu lúc 15/04/2020 08:01".to_owned(),
        hash.to_string(),
        "Chưa lấy được tệp: cổng không còn tệp này hoặc không cho tải; hãy xin tệp từ người nộp".to_owned(),
        "Chưa lấy được tệp: máy chủ giữ tệp chưa phản hồi; hệ thống sẽ thử lại".to_owned(),
        format!("href=\"{slow}\""),
    ] {
        assert!(page.contains(&shown), "{shown}: {page}");
    }
    assert_eq!(page.matches(hash.as_str()).count(), 2, "its link and its hash, once");
    clerk.get("/desk/language/en?back=/desk").await;
    let english = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(english.contains("The file is not here: the host of the file does not answer; it is tried again"));
    let opened = clerk.get(&format!("/desk/dossiers/{id}/files/{hash}")).await;
    assert_eq!((opened.header("content-type"), &opened.body()[..]), (Some("application/pdf"), PDF));
    let other = ContentHash::of(b"PK\x03\x04 bang tinh");
    let saved = clerk.get(&format!("/desk/dossiers/{id}/files/{other}")).await;
    assert_eq!(saved.header("content-type"), Some("application/octet-stream"));
    assert!(saved.header("content-disposition").unwrap().starts_with("attachment; "));
}

#[tokio::test]
async fn a_manager_has_files_that_were_refused_fetched_once_more() {
    let town = Town::new().await;
    let shelf = town.office.portals().files().clone();
    let address = shelf.answering(NATIONAL, Manner::Redirects("https://xau.example/1".into()));
    let id = filed(&town, &[("đơn.pdf", &address)]).await;
    let mut manager = seated(&town, "manager").await;
    let list = manager.get("/desk/aside").await.text().to_owned();
    assert!(list.contains("Sự cố cần xử lý <b>1</b>"), "{list}");
    for shown in
        ["Tệp trên cổng dịch vụ công chưa lấy được", &id.to_string(), "1 tệp", "liên kết chuyển sang địa chỉ khác"]
    {
        assert!(list.contains(shown), "{shown}: {list}");
    }
    let page = list.split("href=\"/desk/aside/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let page = format!("/desk/aside/{page}");
    let seen = manager.get(&page).await.text().to_owned();
    shelf.set(&address, Manner::Gives(PDF.into()));
    let again = manager.post(&page, &Filled::on(&seen, &page).fields()).await;
    assert_eq!(again.status().as_u16(), 303, "{}", again.text());
    assert_eq!(town.office.fetch_files().await.stored, 1);
    assert!(manager.get("/desk/aside").await.text().contains("Không có sự cố nào cần xử lý."));
}

#[tokio::test]
async fn the_health_page_tells_of_files_that_nobody_fetches() {
    let town = Town::new().await;
    let address = town.office.portals().files().keep(NATIONAL, PDF);
    let mut data = form("G22.99-1");
    data["TaiLieuNop"] = json!([{ "TenTepDinhKem": "đơn.pdf", "DuongDanTaiTepTin": address }]);
    town.portal("dossier.submitted", "s-1", data).await;
    town.office.deliver().await.unwrap();
    town.minutes(30);
    let mut admin = seated(&town, "administrator").await;
    let row = |page: &str| {
        page.split("Lấy tệp mà cổng dịch vụ công giữ").nth(1).unwrap().split("</tr>").next().unwrap().to_owned()
    };
    let late = row(admin.get("/desk/admin/health").await.text());
    assert!(late.contains("Chậm</span> 30 phút") || late.contains("Chậm 30 phút"), "{late}");
    town.office.fetch_files().await;
    let well = row(admin.get("/desk/admin/health").await.text());
    assert!(well.contains("Kịp"), "{well}");
}

#[tokio::test]
async fn a_change_that_came_after_acceptance_is_listed_with_its_reason_and_cannot_be_tried_again() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    town.clerk(id, "accept", json!({})).await;
    let change = json!({ "MaHoSo": "G22.99-1", "ChuHoSo": "Công ty Nghiêm Mẫu" });
    town.portal("dossier.changed", "c-1", change).await;
    let mut manager = seated(&town, "manager").await;
    let list = manager.get("/desk/aside").await.text().to_owned();
    assert!(list.contains("Người nộp sửa nội dung khi hồ sơ đã được tiếp nhận.") && !list.contains("Nghiêm"), "{list}");
    let page = list.split("href=\"/desk/aside/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let seen = manager.get(&format!("/desk/aside/{page}")).await.text().to_owned();
    assert!(seen.contains("Nghiêm Mẫu") && !seen.contains("Thử lại"), "{seen}");
    let dossier = manager.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(dossier.contains("Người nộp sửa nội dung trên cổng khi hồ sơ đã được tiếp nhận"), "{dossier}");
}

#[tokio::test]
async fn a_change_before_acceptance_shows_who_they_were() {
    let town = Town::new().await;
    let id = town.submit("G22.99-1").await;
    let change = json!({ "MaHoSo": "G22.99-1", "ChuHoSo": "Công ty Đổi Tên" });
    town.portal("dossier.changed", "c-1", change).await;
    let page = seated(&town, "clerk").await.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    for shown in
        ["Công ty Đổi Tên", "<del><bdi>Công ty TNHH Thử Nghiệm</bdi></del>", "Người nộp sửa nội dung trên cổng"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}
