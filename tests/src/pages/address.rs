//! The address of a result at the desk: proposed as declared, chosen by name, read back, and shown beside the declared one.

use rules::dossier::{Consent, Event};
use rules::id::DossierId;
use rules::person::Person;
use serde_json::json;

use super::*;
use crate::town::form;

const DECLARED: &str = "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP Hồ Chí Minh";

async fn filed(town: &Town, address: &str) -> DossierId {
    let mut filed = form("G22-1");
    filed["DiaChi"] = json!(address);
    let answer = town.portal("dossier.submitted", "submit-1", filed).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    town.id_of("G22-1")
}

async fn person(town: &Town, id: DossierId) -> Person {
    let store = town.office.site().recorder.store().clone();
    store.whole(&town.agency(), id).await.unwrap().unwrap().person.unwrap()
}

/// Sends the form on a page with these fields, the last of which is the button.
async fn press(browser: &mut Browser<'_>, page: &Response, path: &str, typed: &[(&str, &str)]) -> Response {
    let filled = typed.iter().fold(Filled::on(page.text(), path), |form, (name, value)| form.with(name, value));
    browser.post(path, &filled.fields()).await
}

#[tokio::test]
async fn a_declared_address_is_proposed_and_counts_when_a_clerk_has_asked() {
    let town = Town::new().await;
    let id = filed(&town, DECLARED).await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    let mut clerk = seated(&town, "clerk").await;
    let dossier = clerk.get(&format!("/desk/dossiers/{id}")).await;
    assert!(dossier.text().contains("Chưa xác nhận."), "{}", dossier.text());
    let path = format!("/desk/dossiers/{id}/confirm-address");
    let proposed = clerk.get(&path).await;
    assert_eq!(proposed.status().as_u16(), 200, "{}", proposed.text());
    for piece in ["Địa chỉ đã khai", "<bdi>12 Lê Lợi</bdi>", "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"]
    {
        assert!(proposed.text().contains(piece), "{piece} in {}", proposed.text());
    }
    assert!(person(&town, id).await.mailing.is_none());
    let typed =
        [("receiver", "Trần Thị B"), ("phone", "0912 345 678"), ("consent", "phone"), ("address_step", "confirm")];
    let done = press(&mut clerk, &proposed, &path, &typed).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let page = clerk.get(location(&done)).await.text().to_owned();
    for piece in [
        "Địa chỉ nhận kết quả",
        "Trần Thị B",
        "0912 345 678",
        "xác nhận 15/04/2020 08:00",
        "đồng ý qua điện thoại",
        DECLARED,
    ] {
        assert!(page.contains(piece), "{piece} in {page}");
    }
    assert_eq!(
        town.events(id).await.last(),
        Some(&Event::AddressConfirmed { differs: false, consent: Some(Consent::Phone) })
    );
    // A second click finds what the first one did.
    let again = press(&mut clerk, &proposed, &path, &typed).await;
    assert_eq!(again.status().as_u16(), 303);
    assert_eq!(person(&town, id).await.changes.len(), 2);
}

#[tokio::test]
async fn another_address_is_typed_chosen_and_read_back_and_both_are_kept() {
    let town = Town::new().await;
    let id = filed(&town, DECLARED).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("/desk/dossiers/{id}/confirm-address");
    let proposed = clerk.get(&path).await;
    let ask = press(&mut clerk, &proposed, &path, &[("address_step", "change")]).await;
    assert!(ask.text().contains("name=\"address_commune\""), "{}", ask.text());
    let typed = [("address_street", "5 Đội Cấn"), ("address_commune", "cong vi, ba dinh"), ("address_step", "seek")];
    let choice = press(&mut clerk, &ask, &path, &typed).await;
    assert!(choice.text().contains("Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội"), "{}", choice.text());
    let unchosen = press(&mut clerk, &choice, &path, &[("address_place", ""), ("address_step", "choose")]).await;
    assert_eq!(unchosen.status().as_u16(), 400);
    assert!(unchosen.text().contains("href=\"#address_place\""), "{}", unchosen.text());
    let chosen = [("address_place", "00007@2025-06-30"), ("address_step", "choose")];
    let read_back = press(&mut clerk, &choice, &path, &chosen).await;
    assert!(read_back.text().contains("<bdi>5 Đội Cấn</bdi>"), "{}", read_back.text());
    let done = press(&mut clerk, &read_back, &path, &[("consent", "desk"), ("address_step", "confirm")]).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let person = person(&town, id).await;
    assert_eq!(person.applicant.address.as_deref(), Some(DECLARED));
    assert_eq!(person.mailing.unwrap().address.commune().to_string(), "00007@2025-06-30");
    assert_eq!(
        town.events(id).await.last(),
        Some(&Event::AddressConfirmed { differs: true, consent: Some(Consent::Desk) })
    );
}

#[tokio::test]
async fn an_address_that_is_refused_or_too_late_is_told_on_its_page() {
    let town = Town::new().await;
    let id = filed(&town, DECLARED).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("/desk/dossiers/{id}/confirm-address");
    let proposed = clerk.get(&path).await;
    let typed = [("consent", "phone"), ("at", "32/01/2020 08:00"), ("address_step", "confirm")];
    let wrong = press(&mut clerk, &proposed, &path, &typed).await;
    assert_eq!(wrong.status().as_u16(), 400, "{}", wrong.text());
    assert!(wrong.text().contains("href=\"#at\"") && wrong.text().contains("<bdi>12 Lê Lợi</bdi>"), "{}", wrong.text());
    town.clerk(id, "withdraw", json!({ "reason": "Xin rút" })).await;
    let late = press(&mut clerk, &proposed, &path, &[("consent", "phone"), ("address_step", "confirm")]).await;
    assert_eq!(late.status().as_u16(), 409, "{}", late.text());
    assert_eq!(clerk.get(&path).await.status().as_u16(), 422);
    assert!(person(&town, id).await.mailing.is_none());
}

#[tokio::test]
async fn a_program_confirms_an_address_by_the_code_of_its_commune() {
    let town = Town::new().await;
    let id = filed(&town, DECLARED).await;
    let body =
        json!({ "street": "14 Lê Lợi", "commune": "26740@2025-06-30", "consent": "writing", "given_by": "Kế toán" });
    town.clerk(id, "confirm-address", body).await;
    assert_eq!(
        town.events(id).await.last(),
        Some(&Event::AddressConfirmed { differs: true, consent: Some(Consent::Writing) })
    );
    for (commune, status) in [("26740", 400), ("99999@2025-06-30", 400), ("79@2025-06-30", 400)] {
        let body = json!({ "street": "14 Lê Lợi", "commune": commune, "consent": "writing" });
        assert_eq!(town.staff("clerk", id, "confirm-address", &body).await.status().as_u16(), status, "{commune}");
    }
}
