//! People are found by what they say of themselves, and by nobody of another agency.

use aws_sdk_dynamodb::types::AttributeValue;
use motcua::store::{Key, write};
use rules::http::Reply;
use rules::id::AgencyCode;
use rules::person::{Party, Person};
use rules::worklist::{After, Kind, Sought};
use serde_json::json;

use super::{found, found_in, store};
use crate::town::{Town, form};

/// Files a dossier of a person.
async fn filed(town: &Town, code: &str, more: serde_json::Value) -> rules::id::DossierId {
    let mut form = form(code);
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let response = town.portal("dossier.submitted", code, form).await;
    assert_eq!(response.status().as_u16(), 200, "{}", response.text());
    town.id_of(code)
}

#[tokio::test]
async fn a_dossier_is_found_by_name_phone_identity_and_code() {
    let town = Town::new().await;
    let mai = json!({ "ChuHoSo": "Hộ kinh doanh Đặng Mai", "SoDienThoai": "0168 123 4567", "SoGiayToChuHoSo": "056099001234" });
    let mai = filed(&town, "G22-1", mai).await;
    let quyen = json!({ "ChuHoSo": "Hộ kinh doanh Đặng Quyên", "NguoiNop": { "HoTen": "Cơ sở Bưu Chính", "DiDong": "0981234567" } });
    let quyen = filed(&town, "G22-2", quyen).await;
    town.office.deliver().await.unwrap();
    let both = [quyen, mai].map(|id| vec![id]).concat();
    let mut sorted = both.clone();
    sorted.sort();
    for (text, expected) in
        [("đặng mai", vec![mai]), ("dang qu", vec![quyen]), ("buu chinh", vec![quyen]), ("dang", sorted)]
    {
        let mut ids = found(&town, Kind::Name, text).await;
        ids.sort();
        assert_eq!(ids, expected, "{text}");
    }
    for phone in ["01681234567", "038.123.4567", "+84381234567"] {
        assert_eq!(found(&town, Kind::Phone, phone).await, [mai], "{phone}");
    }
    assert_eq!(found(&town, Kind::Phone, "0981234567").await, [quyen]);
    assert_eq!(found(&town, Kind::Identity, "056 099 001 234").await, [mai]);
    assert_eq!(found(&town, Kind::Code, "G22-2").await, [quyen]);
    assert_eq!(found(&town, Kind::Code, &mai.to_string().to_lowercase()).await, [mai]);
    for (kind, text) in
        [(Kind::Name, "mai quyen"), (Kind::Phone, "0905000002"), (Kind::Code, "G22-3"), (Kind::Name, "ang")]
    {
        assert_eq!(found(&town, kind, text).await, [], "{text}");
    }
    let other = AgencyCode::parse("000.00.02.H32").unwrap();
    for (kind, text) in [(Kind::Name, "dang"), (Kind::Code, "G22-2"), (Kind::Identity, "056099001234")] {
        assert_eq!(found_in(&town, &other, &Sought::of(kind, text).unwrap()).await.rows, [], "{text}");
    }
}

#[tokio::test]
async fn newest_come_first_and_the_next_page_goes_on() {
    let town = Town::new().await;
    for number in 0..13 {
        let submitted = json!({ "NgayNopHoSo": format!("202004150700{number:02}") });
        filed(&town, &format!("G22-{number}"), submitted).await;
    }
    town.office.deliver().await.unwrap();
    let site = town.office.site();
    let (key, agency) = (project::search_key(&site.config), town.agency());
    for (text, most) in [("nghiem", 10), ("cong ty thu", 10)] {
        let sought = Sought::of(Kind::Name, text).unwrap();
        let (mut after, mut codes): (Option<After>, Vec<String>) = (None, Vec::new());
        loop {
            let search = motcua::store::Search {
                key: &key,
                sought: &sought,
                after: after.as_ref(),
                who: "lan",
                at: town.clock.now(),
            };
            let page = store(&town).find(&agency, &search).await.unwrap();
            assert!(page.rows.len() <= most);
            codes.extend(page.rows.iter().map(|listed| listed.row.called().to_owned()));
            after = page.next.map(|next| After::parse(&next.to_string()).unwrap());
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<_> = (0..13).rev().map(|number| format!("G22-{number}")).collect();
        assert_eq!(codes, expected, "{text}");
    }
}

#[tokio::test]
async fn a_corrected_name_is_found_and_an_erased_one_is_not() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.office.deliver().await.unwrap();
    let (store, key) = (store(&town), Key::person(&town.agency(), id));
    let party = Party { name: "Cơ sở Hoa Sen".into(), ..Party::default() };
    let json = serde_json::to_string(&Person { applicant: party, ..Person::default() }).unwrap();
    let put = store.client().put_item().table_name(store.table());
    put.set_item(Some(write::item(&key, "person", json))).send().await.unwrap();
    town.office.deliver().await.unwrap();
    assert_eq!(found(&town, Kind::Name, "hoa sen").await, [id]);
    assert_eq!(found(&town, Kind::Name, "nghiem").await, []);
    assert_eq!(found(&town, Kind::Phone, "0905000001").await, []);
    let delete = store.client().delete_item().table_name(store.table());
    delete.set_key(Some(key.attributes())).send().await.unwrap();
    town.office.deliver().await.unwrap();
    assert_eq!(found(&town, Kind::Name, "hoa").await, []);
    let scan = store.client().scan().table_name(store.table()).send().await.unwrap();
    let entries = scan.items().iter().filter(|item| item["pk"].as_s().unwrap().contains("#find#")).count();
    assert_eq!(entries, 0, "nothing of them is left");
    assert_eq!(found(&town, Kind::Code, "G22-1").await, [id]);
}

#[tokio::test]
async fn no_key_and_no_row_holds_what_somebody_is_found_by() {
    let town = Town::new().await;
    let more = json!({ "ChuHoSo": "Cơ sở Riêng Tư", "SoDienThoai": "0981234567", "SoGiayToChuHoSo": "056099001234" });
    filed(&town, "G22-1", more).await;
    town.office.deliver().await.unwrap();
    found(&town, Kind::Name, "riêng tư").await;
    found(&town, Kind::Phone, "0981234567").await;
    let store = store(&town);
    let scan = store.client().scan().table_name(store.table()).send().await.unwrap();
    let mut kept = 0;
    for item in scan.items() {
        let (pk, sk) = (item["pk"].as_s().unwrap(), item["sk"].as_s().unwrap());
        if sk == "person" || sk.starts_with("form#") {
            continue;
        }
        kept += usize::from(["#find#", "#list#", "#projection#", "#audit#"].iter().any(|part| pk.contains(part)));
        for value in item.values() {
            let AttributeValue::S(text) = value else { continue };
            let plain = rules::message::plain(text).to_lowercase();
            // "u", "so", "tu" occur in hashes by chance; what follows does not.
            for personal in ["rieng", "981234567", "056099001234"] {
                assert!(!plain.contains(personal), "{personal} in {pk} {sk}");
            }
        }
    }
    assert!(kept > 10, "{kept}");
}
