//! People's words on Vietnamese pages where the office keeps a machine's.

use serde_json::json;

use super::*;

#[tokio::test]
async fn cash_accounts_holidays_and_failed_sms_are_told_in_people_s_words() {
    let town = Town::new().await;
    let mut form = crate::town::form("G22-1");
    form["SoDienThoai"] = json!("12345");
    assert_eq!(town.portal("dossier.submitted", "d1", form).await.status().as_u16(), 200);
    let id = town.id_of("G22-1");
    town.knows_as("specialist.000.00.01.H32", "specialist", Some("Chuyên viên")).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = format!("/desk/dossiers/{id}");
    give(&mut clerk, &id.to_string(), "accept", &[]).await;
    give(&mut clerk, &id.to_string(), "forward", &[("to", "specialist.000.00.01.H32")]).await;
    give(&mut clerk, &id.to_string(), "ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", "125000")]).await;
    let paid = [("attempt", "1"), ("amount_vnd", "125000"), ("receipt_no", "0001234")];
    give(&mut clerk, &id.to_string(), "record-cash-payment", &paid).await;
    town.settle(2).await;
    let page = clerk.get(&path).await.text().to_owned();
    for words in ["Đã thu tiền mặt 125.000 ₫, biên lai số 0001234", "Chuyển cho chuyên viên", "cán bộ một cửa"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let control = clerk.get(&format!("{path}/print/control")).await.text().to_owned();
    let receipt = page.split("href=\"").find(|href| href.contains("/print/receipt")).unwrap();
    let receipt = clerk.get(receipt.split('"').next().unwrap()).await.text().to_owned();
    let list = clerk.get("/desk/lists/running").await.text().to_owned();
    // The choice of people sends accounts, and shows names.
    let (before, rest) = list.split_once("<select id=\"holder\"").unwrap();
    let (choice, after) = rest.split_once("</select>").unwrap();
    assert!(choice.contains(">chuyên viên</option>"), "{choice}");
    let list = [before, after].concat();
    let calls = clerk.get("/desk/calls").await.text().to_owned();
    assert!(calls.contains("số điện thoại không đúng") || calls.contains("không có số di động"), "{calls}");
    for shown in [&page, &control, &receipt, &list, &calls] {
        for machine in ["clerk.000", "specialist.000", "qua cash", "not_a_number", "no_number"] {
            assert!(!shown.contains(machine), "{machine} in {shown}");
        }
    }
    let calendar = seated(&town, "administrator").await.get("/desk/admin/calendar").await.text().to_owned();
    assert!(calendar.contains("Bộ luật Lao động 2012") && !calendar.contains("Labour Code"), "{calendar}");
}
