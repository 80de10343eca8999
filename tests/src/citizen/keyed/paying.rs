//! Paying by whoever has the key: by a link, by digits, in each state that a fee can be in.

use motcua::checkout::Checkout;
use motcua::links::OPENS_FOR;

use super::*;
use crate::town::FEE_VND;

async fn pays(town: &Town, way: &str, fields: &[(&str, &str)]) -> Response {
    sends(town, Sent { target: way, fields, headers: &[], sender: SENDER }).await
}

async fn orders(town: &Town, id: DossierId) -> Vec<Checkout> {
    let store = town.office.site().recorder.store().clone();
    let whole = store.whole(&town.agency(), id).await.unwrap().unwrap();
    whole.orders.iter().map(|item| Checkout::read(item).unwrap()).collect()
}

#[tokio::test]
async fn a_link_to_pay_shows_the_fee_and_only_its_button_opens_an_order() {
    for channel in ["vnpay-demo", "momo-demo", "zalopay-demo", "payos-demo"] {
        let town = Town::new().await;
        let (id, _) = town.asked_through("G22-1", channel).await;
        let way = linked(&town, id, Purpose::Pay).await;
        let shown = words(&page(&town, &way).await);
        assert!(shown.contains("Phải nộp 125.000 ₫") && shown.contains("Nộp trực tuyến"), "{channel}: {shown}");
        assert!(!shown.contains("Diễn biến") && orders(&town, id).await.is_empty(), "{channel}: {shown}");
        let answer = pays(&town, &way, &[("pay", "1")]).await;
        let below = format!("{way}/pay/1");
        assert_eq!((answer.status().as_u16(), answer.header("location")), (303, Some(below.as_str())), "{channel}");
        let opened = page(&town, &below).await;
        let order = orders(&town, id).await.pop().unwrap();
        let url = order.page.clone().unwrap().url.unwrap();
        assert!(opened.contains(&format!("href=\"{}\"", url.replace('&', "&amp;"))), "{channel}: {opened}");
        assert_eq!(opened.contains("Mã VietQR"), order.page.unwrap().qr.is_some(), "{channel}");
        assert_eq!(order.payer_ip, SENDER.parse::<IpAddr>().unwrap());
        // Twice is once.
        pays(&town, &way, &[("pay", "1")]).await;
        assert_eq!(orders(&town, id).await.len(), 1, "{channel}");
    }
}

#[tokio::test]
async fn digits_lead_to_the_same_page_and_no_other_site_opens_an_order() {
    let town = Town::new().await;
    let (id, _) = town.asked("G22-1").await;
    let pass = opened(&town, id).await;
    let target = format!("/d/{id}");
    let sent = |headers| Sent { target: &target, fields: &[("pay", "1")], headers, sender: SENDER };
    let foreign = [("cookie", &*pass), ("sec-fetch-site", "cross-site")];
    assert_eq!(sends(&town, sent(&foreign)).await.status().as_u16(), 403);
    assert!(orders(&town, id).await.is_empty());
    let answer = sends(&town, sent(&[("cookie", &pass)])).await;
    let below = format!("/d/{id}/pay/1");
    assert_eq!((answer.status().as_u16(), answer.header("location")), (303, Some(below.as_str())));
    assert!(with(&town, &below, &pass).await.text().contains("Mở trang thanh toán"));
    // Without the pass it is digits that are missing.
    let without = pays(&town, &target, &[("pay", "1")]).await;
    assert_eq!(without.status().as_u16(), 400);
    assert_eq!(orders(&town, id).await.len(), 1);
}

#[tokio::test]
async fn each_state_of_a_fee_has_its_page_with_a_way_forward() {
    let town = Town::new().await;
    let none = accepted(&town, "G22-0").await;
    let way = linked(&town, none, Purpose::Pay).await;
    assert!(page(&town, &way).await.contains("Hồ sơ này không có khoản phải nộp"));

    let (id, reference) = town.asked("G22-1").await;
    let way = linked(&town, id, Purpose::Pay).await;
    town.send(&town.callback(&town.paid(&reference))).await;
    let paid = page(&town, &way).await;
    assert!(paid.contains("Khoản này đã nộp") && paid.contains(&format!("{way}/paid/1")), "{paid}");
    let again = pays(&town, &way, &[("pay", "1")]).await;
    assert_eq!(again.header("location"), Some(&*format!("{way}/pay/1")));
    assert!(page(&town, &format!("{way}/pay/1")).await.contains("Khoản này đã nộp"));

    let (waived, _) = town.asked("G22-2").await;
    let way = linked(&town, waived, Purpose::Pay).await;
    town.clerk(waived, "waive", json!({ "reason": "fee", "because": "hộ nghèo" })).await;
    assert!(page(&town, &way).await.contains("Khoản này được miễn"));

    let (closed, _) = town.asked("G22-3").await;
    let way = linked(&town, closed, Purpose::Pay).await;
    town.clerk(closed, "close", json!({ "reason": "trùng hồ sơ", "article": "Điều 19" })).await;
    let over = get(&town, &way).await;
    assert_eq!(over.status().as_u16(), 410);
    assert!(over.text().contains("xin đừng nộp") && !over.text().contains("Nộp trực tuyến"), "{}", over.text());

    town.clock.advance_to(town.clock.now() + OPENS_FOR);
    let old = get(&town, &way).await;
    assert_eq!(old.status().as_u16(), 410);
    let told = words(old.text());
    assert!(told.contains("Liên kết này đã hết hạn") && told.contains("0258 000 0000"), "{told}");
    assert!(!old.text().contains(closed.as_str()), "{}", old.text());
}

#[tokio::test]
async fn a_link_opens_what_it_is_for_and_nothing_else() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let see = linked(&town, id, Purpose::See).await;
    let pay = linked(&town, id, Purpose::Pay).await;
    assert!(!page(&town, &pay).await.contains("Diễn biến"));
    assert!(page(&town, &see).await.contains("Diễn biến"));
    let supplement = linked(&town, id, Purpose::Supplement).await;
    assert!(!page(&town, &supplement).await.contains("Nộp trực tuyến"));
    assert_eq!(pays(&town, &supplement, &[("pay", "1")]).await.status().as_u16(), 409);
    for attempt in ["0", "2", "99", "256", "-1", "x", "<b>"] {
        let answer = pays(&town, &pay, &[("pay", attempt)]).await;
        assert_eq!(answer.status().as_u16(), 404, "{attempt}");
    }
    assert!(orders(&town, id).await.is_empty());
    // Another amount by hand is not read at all.
    pays(&town, &pay, &[("pay", "1"), ("amount_vnd", "1")]).await;
    assert_eq!(orders(&town, id).await[0].amount_vnd.dong(), FEE_VND);
    assert_eq!(get(&town, &format!("{pay}/paid/1")).await.status().as_u16(), 404, "it is not paid yet");
    town.send(&town.callback(&town.paid(&reference))).await;
    let confirmed = page(&town, &format!("{see}/paid/1")).await;
    let told = words(&confirmed);
    for text in ["Xác nhận thanh toán", "125.000 ₫", "G22-1", "Ban Quản lý Khu kinh tế Vân Phong"] {
        assert!(told.contains(text), "{text:?} in {told}");
    }
    assert!(!title(&confirmed).contains("iên lai") && !confirmed.contains("<h1>Biên lai"), "{confirmed}");
}

#[tokio::test]
async fn a_failed_try_lets_another_order_be_opened() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let way = linked(&town, id, Purpose::Pay).await;
    pays(&town, &way, &[("pay", "1")]).await;
    let mut failed = town.paid(&reference);
    failed.paid = false;
    town.minutes(1);
    town.send(&town.callback(&failed)).await;
    let shown = page(&town, &way).await;
    assert!(shown.contains("Nộp trực tuyến") && !shown.contains("Mở trang thanh toán"), "{shown}");
    pays(&town, &way, &[("pay", "1")]).await;
    assert_eq!(orders(&town, id).await.len(), 2);
    pays(&town, &way, &[("pay", "1"), ("fresh", "1")]).await;
    assert_eq!(orders(&town, id).await.len(), 3);
}
