//! Places that a name reaches: the person, the form and the events that wait for their dossier, and nowhere else.

use rules::http::Reply;

use aws_sdk_dynamodb::types::AttributeValue;
use motcua_local::office::TABLE;
use serde_json::json;

use super::*;
use crate::logged;

/// Everything personal that the form below holds.
const PERSONAL: [&str; 8] = [
    "Cơ sở Riêng Tư",
    "Hộ kinh doanh Tư",
    "0905000001",
    "84905000001",
    "0981234567",
    "84981234567",
    "056099001234",
    "rieng@",
];

fn personal_form(code: &str) -> Value {
    form_with(
        code,
        json!({
            "ChuHoSo": "Cơ sở Riêng Tư", "NguoiNop": { "HoTen": "Hộ kinh doanh Tư", "DiDong": "0981234567" },
            "SoGiayToChuHoSo": "056099001234", "Email": "rieng@example.vn", "DiaChi": "Cơ sở Riêng Tư, Nha Trang",
            "GhiChu": "gọi Hộ kinh doanh Tư 0981234567",
        }),
    )
}

/// Plays a life in which every kind of event comes, wanted and unwanted.
async fn lived(town: &Town) {
    let send = async |kind: &str, delivery: &str, data: Value| town.portal(kind, delivery, data).await;
    send("dossier.withdrawn", "early", personal_form("too-early")).await;
    send("dossier.submitted", "msg_1", personal_form(CODE)).await;
    send("dossier.submitted", "msg_1", personal_form("another")).await;
    let mut odd = personal_form(CODE);
    odd["Email"] = json!({ "Cơ sở Riêng Tư": 1 });
    send("dossier.submitted", "odd", odd).await;
    send("dossier.unknown", "unknown", personal_form(CODE)).await;
    let id = town.id_of(CODE);
    let links = ["https://tep.dvcqg-demo.example/0905000001", "https://khac.example/rieng@0981234567"];
    let files: Vec<_> =
        links.iter().map(|link| json!({ "TenTepDinhKem": "Cơ sở Riêng Tư.pdf", "DuongDanTaiTepTin": link })).collect();
    let shelf = town.office.portals().files();
    shelf.set(links[0], motcua_local::neighbours::portal::Manner::Gives("%PDF-1.7".into()));
    let with_files = |more: Value| {
        let mut form = personal_form(CODE);
        form["DanhSachTepDinhKemKhac"] = json!(files);
        form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        form
    };
    send("dossier.changed", "c_1", with_files(json!({ "DiaChi": "Cơ sở Riêng Tư, Cam Ranh" }))).await;
    send("dossier.files_kept", "f_1", with_files(json!({}))).await;
    town.clerk(id, "accept", json!({})).await;
    send("dossier.changed", "c_2", with_files(json!({}))).await;
    let paid = json!({ "MaThamChieu": "DVC-1", "SoTien": "9000", "MaGiaoDich": "P-1", "MaDoiTac": "MOTCUADVC" });
    send("payment.confirmed", "p_1", with_files(paid)).await;
    send("payment.confirmed", "p_2", with_files(json!({ "SoTien": "Cơ sở Riêng Tư" }))).await;
    town.office.deliver().await.unwrap();
    town.minutes(1);
    let fetched = town.office.fetch_files().await;
    assert_eq!((fetched.stored, fetched.refused), (1, 1));
    town.clerk(id, "request-supplement", json!({ "reason": "thiếu giấy" })).await;
    send("dossier.supplemented", "msg_2", personal_form(CODE)).await;
    send("dossier.originals_received", "msg_3", personal_form(CODE)).await;
    send("dossier.withdrawn", "msg_4", personal_form(CODE)).await;
    send("dossier.supplemented", "msg_5", personal_form(CODE)).await;
    let read = crate::desk::get(town, &id.to_string()).await;
    assert!(read.text().contains("Cơ sở Riêng Tư"), "staff see who it is");
    town.settle(2).await;
}

#[tokio::test]
async fn no_name_or_number_is_stored_outside_the_person_the_form_and_what_is_kept() {
    let town = Town::new().await;
    lived(&town).await;
    let site = town.office.site();
    let scan = site.recorder.store().client().scan().table_name(TABLE).send().await.unwrap();
    let mut looked_at = 0;
    for item in scan.items() {
        let text = |name: &str| item[name].as_s().unwrap().clone();
        let (pk, sk) = (text("pk"), text("sk"));
        let may_hold = sk == "person" || sk.starts_with("form#") || sk.starts_with("file#") || sk == "arrival";
        for (name, value) in item {
            let value = match value {
                AttributeValue::S(text) => text.clone(),
                other => format!("{other:?}"),
            };
            let found = PERSONAL.iter().find(|personal| value.contains(**personal));
            // Money that waits for a person has its message beside it.
            let may_hold = may_hold || (sk == "money" && name == "raw");
            let allowed = may_hold && !matches!(name.as_str(), "pk" | "sk" | "wake_pk" | "wake_at");
            assert!(found.is_none() || allowed, "{found:?} in {name} of {pk} {sk}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 80, "{looked_at}");
    let with_names = scan.items().iter().filter(|item| format!("{item:?}").contains("Riêng")).count();
    assert!(with_names > 5, "they are where they may be: {with_names}");
}

#[tokio::test]
async fn no_name_or_number_is_logged() {
    logged::listen();
    let town = Town::new().await;
    lived(&town).await;
    let logged = logged::heard();
    assert!(logged.contains("a portal event") && logged.contains("a request at the desk"), "{logged}");
    for personal in PERSONAL {
        assert!(!logged.contains(personal), "{personal} in {logged}");
    }
}
