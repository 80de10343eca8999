//! The page to which a gateway sends its payer back.

use super::*;

const FORGED: &str =
    "?vnp_ResponseCode=00&vnp_TransactionStatus=00&vnp_Amount=12500000&vnp_SecureHash=abc&x=%3Cscript%3E";

#[tokio::test]
async fn it_asks_again_by_itself_a_bounded_number_of_times_and_believes_nothing_of_its_address() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let version = town.dossier(id).await.unwrap().version;
    for query in ["", FORGED, "?again=0", "?again=x", "?again=-1"] {
        let answer = get(&town, &format!("/pay/{reference}{query}")).await;
        assert_eq!(answer.status().as_u16(), 200);
        let next = format!("5; url=/pay/{reference}?again=1");
        assert_eq!(answer.header("refresh"), Some(next.as_str()), "{query}");
        let told = words(answer.text());
        assert!(told.contains("Đang kiểm tra khoản nộp") && told.contains("Xin đừng nộp lần nữa"), "{told}");
        assert!(!answer.text().contains("vnp_") && !answer.text().contains("<script"), "{}", answer.text());
    }
    for last in ["12", "13", "4294967295", "99999999999"] {
        let answer = get(&town, &format!("/pay/{reference}?again={last}")).await;
        assert!(answer.header("refresh").is_none() || last == "99999999999", "{last}");
    }
    assert!(page(&town, &format!("/pay/{reference}?again=12")).await.contains("Cổng thanh toán chưa báo"));
    assert_eq!(town.dossier(id).await.unwrap().version, version);
    // An order after the first has a letter, and ZaloPay a date before it.
    for name in [format!("{reference}B"), format!("200415_{reference}"), format!("{reference}.")] {
        assert_eq!(get(&town, &format!("/pay/{name}")).await.status().as_u16(), 200, "{name}");
    }
    let english = get(&town, &format!("/pay/{reference}?lang=en")).await;
    let next = format!("5; url=/pay/{reference}?lang=en&again=1");
    assert_eq!(english.header("refresh"), Some(next.as_str()));
}

#[tokio::test]
async fn it_tells_what_the_gateway_told_the_office() {
    let town = Town::new().await;
    let (_, reference) = town.asked("G22-1").await;
    let target = format!("/pay/{reference}");
    let mut failed = town.paid(&reference);
    failed.paid = false;
    town.send(&town.callback(&failed)).await;
    let answer = get(&town, &target).await;
    assert!(answer.text().contains("Nộp tiền không thành") && answer.header("refresh").is_none(), "{}", answer.text());
    let mut paid = town.paid(&reference);
    paid.transaction = "14422575".into();
    town.send(&town.callback(&paid)).await;
    let answer = get(&town, &target).await;
    assert!(words(answer.text()).contains("Cơ quan đã thu 125.000 ₫"), "{}", answer.text());
    assert!(answer.header("refresh").is_none() && !answer.text().contains("thừa"));
    paid.transaction = "14422576".into();
    town.send(&town.callback(&paid)).await;
    assert!(page(&town, &target).await.contains("Có khoản nộp thừa hoặc nộp hai lần"));
}

#[tokio::test]
async fn a_reference_of_nothing_gets_the_page_of_an_unknown_dossier() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    let unknown = get(&town, "/d/ZZZZZZZZZZZZ").await;
    let other = format!("{id}02");
    for text in ["", "x", "ZZZZZZZZZZZZ01", &other, id.as_str(), &reference[1..], "%00", "đ", &"A".repeat(4_000)] {
        let answer = get(&town, &format!("/pay/{}", text.replace('đ', "%C4%91"))).await;
        assert_eq!((answer.status(), answer.text()), (unknown.status(), unknown.text()), "{text}");
    }
}

#[tokio::test]
async fn a_dossier_that_ended_meanwhile_asks_nobody_to_pay() {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    town.clerk(id, "withdraw", json!({ "reason": "đổi ý" })).await;
    let answer = get(&town, &format!("/pay/{reference}")).await;
    assert!(answer.text().contains("Không phải nộp nữa") && answer.header("refresh").is_none(), "{}", answer.text());
}
