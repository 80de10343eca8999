//! Things that the applicant does at home with a telephone: each begins with the link of a message.

use rules::vnd::Vnd;
use serde_json::json;

use super::browser::{link, lives, short};
use super::story::FEE_VND;
use super::teller::Teller;
use super::{DemoError, text};
use crate::senders::Payment;

/// The applicant's telephone.
pub(super) const PHONE: &str = "0905000001";

/// Opens the link of the fee's message, and pays at VNPAY.
pub(super) async fn pays(teller: &mut Teller<'_>, id: &str) -> Result<(), DemoError> {
    teller.step("The fee is asked; the applicant opens the link of the message, and pays").await?;
    let body = json!({ "channel": teller.channel.id, "amount_vnd": FEE_VND });
    let asked = teller.clerk(id, "ask-fee", body).await?;
    teller.message("/t/").await?;
    let way = link(&teller.sent_to(PHONE, "/t/").await?);
    sees(teller, &way, "Nộp phí, lệ phí").await?;
    teller.post_form(&way, "pay=1".to_owned()).await?;
    let order = format!("{way}/pay/1");
    sees(teller, &order, "Mở trang thanh toán").await?;
    let reference = text(&asked, "/fees/0/reference").to_owned();
    let back = format!("/pay/{reference}");
    sees(teller, &back, "Đang kiểm tra khoản nộp").await?;
    let now = teller.until("2020-05-07T09:20:00+07:00").await?;
    let amount_vnd = Vnd::new(FEE_VND).expect("a fee is far below 2^53");
    let payment = Payment { reference, transaction: "14422575".into(), amount_vnd, paid: true, at: now };
    teller.gateway(&payment, false, now, "00").await?;
    sees(teller, &back, "Đã nhận được tiền").await?;
    sees(teller, &format!("{way}/paid/1"), "Xác nhận thanh toán").await?;
    teller.message("Da thu 125.000d").await
}

/// Is asked about the result, wants it at home, and confirms the address.
pub(super) async fn confirms(teller: &mut Teller<'_>, id: &str) -> Result<(), DemoError> {
    teller.step("Asked by a message, the applicant wants the result at home, and confirms the address").await?;
    teller.clerk(id, "ask-address", json!({})).await?;
    teller.message("/t/").await?;
    let way = link(&teller.sent_to(PHONE, "/t/").await?);
    sees(teller, &way, "qua bưu điện").await?;
    teller.answers((&way, id), &[("by", "post")]).await?;
    teller.message("gui qua buu dien").await?;
    sees(teller, &way, "Xem có đúng không").await?;
    teller.answers((&way, id), &lives("12 Lê Lợi")).await?;
    sees(teller, &way, "Đã ghi: kết quả được gửi qua bưu điện đến địa chỉ này").await
}

/// Says how it was, once.
pub(super) async fn rates(teller: &mut Teller<'_>) -> Result<(), DemoError> {
    teller.step("The applicant rates the office, which is kept without a name").await?;
    let way = format!("{}/rating", link(&teller.sent_to(PHONE, "da phat").await?));
    sees(teller, &way, "Mức độ hài lòng").await?;
    teller.post_form(&way, "level=5".to_owned()).await?;
    sees(teller, &way, "Đánh giá đã được ghi").await
}

async fn sees(teller: &mut Teller<'_>, way: &str, words: &str) -> Result<(), DemoError> {
    let page = teller.page(way, words).await?;
    teller.say(&format!("   citizen  > GET {} – {}", short(way), page.heading))
}
