//! A dossier's page in every state: its title, the date that counts, what to do, in both languages.

use serde_json::{Value, json};

use super::*;
use crate::town::FEE_VND;

/// A paper that a member of staff named in their own words.
const OWN_WORDS: &str = "Giấy ủy quyền của bà Trần Thị Mẫu";

fn supplement() -> Value {
    json!({ "reason": "thiếu chữ ký của bà Trần Thị Mẫu", "papers": ["GPXD-DON", OWN_WORDS] })
}

/// Checks title and words of a page in Vietnamese and in English.
async fn tells(town: &Town, id: DossierId, [title_vi, title_en]: [&str; 2], said_vi: &[&str], said_en: &[&str]) {
    for (target, expected, said) in
        [(format!("/d/{id}"), title_vi, said_vi), (format!("/d/{id}?lang=en"), title_en, said_en)]
    {
        let page = page(town, &target).await;
        assert!(title(&page).starts_with(&format!("{expected} – G22-")), "{}", title(&page));
        assert!(page.contains(&format!("<h1>{expected}</h1>")), "{target}: {page}");
        let words = words(&page);
        for text in said {
            assert!(words.contains(text), "{text:?} in {words}");
        }
        assert!(words.contains("0258 000 0000") && !words.contains("Trần Thị Mẫu"), "{words}");
    }
}

#[tokio::test]
async fn before_acceptance_the_page_says_until_when_somebody_does_something() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    tells(
        &town,
        id,
        ["Mới đăng ký", "Submitted"],
        &["Cơ quan trả lời trước 08:00 ngày 16/04/2020", "Chưa phải làm gì. Cơ quan đang kiểm tra hồ sơ"],
        &["The office answers before 16/04/2020 08:00", "There is nothing to do now."],
    )
    .await;
    town.clerk(id, "request-supplement", supplement()).await;
    tells(
        &town,
        id,
        ["Yêu cầu bổ sung giấy tờ", "Papers are asked for"],
        &["Bổ sung đến hết ngày", "Bổ sung hồ sơ theo Phiếu yêu cầu bổ sung", "1 giấy tờ khác ghi trong phiếu yêu cầu"],
        &["To be completed by the end of", "1 other papers that the request names"],
    )
    .await;
    let refused = town.submit("G22-2").await;
    town.clerk(refused, "refuse-intake", json!({ "reason": "không thuộc thẩm quyền của bà Trần Thị Mẫu" })).await;
    tells(
        &town,
        refused,
        ["Không được tiếp nhận", "Not accepted"],
        &["lý do ghi trong phiếu từ chối"],
        &["the refusal form says why"],
    )
    .await;
}

#[tokio::test]
async fn while_the_clock_runs_the_page_has_the_date_what_is_left_and_the_sentence_why() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    tells(
        &town,
        id,
        ["Được tiếp nhận", "Accepted"],
        &[
            "Hẹn trả kết quả ngày 08/05/2020 còn 15 ngày làm việc",
            "Thời hạn được tính như sau",
            "15 ngày làm việc",
            "Đến ngày hẹn, đem giấy hẹn",
            "Nơi giải quyết Ban Quản lý Khu kinh tế Vân Phong",
        ],
        &["Result due on 08/05/2020 15 working days left", "How the time is counted", "bring your slip"],
    )
    .await;
    town.clerk(id, "enter-step", json!({ "step": "verification" })).await;
    tells(&town, id, ["Đang xử lý", "In progress"], &["Bước đang làm"], &["Current step"]).await;
    town.clerk(id, "choose-return", json!({ "by": "post", "consent": "phone" })).await;
    tells(&town, id, ["Đang xử lý", "In progress"], &["Có kết quả để gửi bưu điện ngày"], &["goes to the post on"])
        .await;
}

#[tokio::test]
async fn a_date_that_is_over_says_so_and_leads_to_the_telephone() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    town.until("2020-05-12T09:00:00+07:00");
    tells(
        &town,
        id,
        ["Được tiếp nhận", "Accepted"],
        &["quá hạn 2 ngày làm việc", "Hồ sơ đã quá ngày hẹn trả. Gọi cơ quan"],
        &["late by 2 working days", "The date of the result is over. Call the office"],
    )
    .await;
}

#[tokio::test]
async fn a_pause_says_what_is_awaited_and_until_when_by_the_names_of_the_check_list() {
    let town = Town::new().await;
    let originals = accepted(&town, "G22-1").await;
    town.clerk(originals, "enter-step", json!({ "step": "verification" })).await;
    town.until("2020-04-17T17:05:00+07:00");
    town.office.sweep().await;
    tells(
        &town,
        originals,
        ["Yêu cầu bổ sung giấy tờ", "Papers are asked for"],
        &[
            "Hẹn trả kết quả tạm dừng tính chờ đến hết ngày",
            "Nộp bản chính tại Bộ phận Một cửa hoặc gửi qua bưu điện, đến hết ngày",
            "chờ nộp 2 bản chính",
        ],
        &["the clock stands", "Hand in the originals", "2 originals awaited"],
    )
    .await;
    let supplemented = accepted(&town, "G22-2").await;
    town.clerk(supplemented, "request-supplement", supplement()).await;
    tells(
        &town,
        supplemented,
        ["Yêu cầu bổ sung giấy tờ", "Papers are asked for"],
        &["1 giấy tờ khác ghi trong phiếu yêu cầu", "chờ bổ sung 2 giấy tờ"],
        &["a supplement of 2 papers awaited"],
    )
    .await;
    let (fee, reference) = town.asked("G22-3").await;
    tells(
        &town,
        fee,
        ["Yêu cầu thực hiện nghĩa vụ tài chính", "A fee is asked for"],
        &["Nộp phí, lệ phí 125.000 ₫ , đến hết ngày", "không nộp lần nữa"],
        &["Pay the fee of 125.000 ₫", "do not pay twice"],
    )
    .await;
    // A payer comes back before the gateway has told anything, with whatever the gateway put into the address.
    let back = format!("/d/{fee}?vnp_ResponseCode=00&vnp_TransactionStatus=00&vnp_OrderInfo=Nguyen+Van+Mau");
    let shown = page(&town, &back).await;
    assert!(title(&shown).starts_with("Yêu cầu thực hiện nghĩa vụ tài chính"), "{shown}");
    assert!(!shown.contains("Nguyen") && !shown.contains("vnp_"), "{shown}");
    town.send(&town.callback(&town.paid(&reference))).await;
    tells(&town, fee, ["Được tiếp nhận", "Accepted"], &["Hẹn trả kết quả ngày"], &["Result due on"]).await;
    // Weeks later nobody came with the papers.
    town.until("2020-06-30T09:00:00+07:00");
    let missed = words(&page(&town, &format!("/d/{originals}")).await);
    assert!(missed.contains("Đã hết ngày này. Gọi cơ quan ngay"), "{missed}");
}

#[tokio::test]
async fn every_end_says_what_becomes_of_result_and_papers() {
    let town = Town::new().await;
    let done = accepted(&town, "G22-1").await;
    town.clerk(done, "record-result", json!({ "kind": "positive" })).await;
    let ready = ["Đã xử lý xong", "Result ready"];
    tells(&town, done, ready, &["Đến Bộ phận Một cửa nhận kết quả."], &["Collect the result at the one-stop desk."])
        .await;
    // Whether it was granted is between the office and the applicant.
    let negative = accepted(&town, "G22-2").await;
    town.clerk(negative, "record-result", json!({ "kind": "negative", "reason": "trái quy hoạch" })).await;
    let [one, other] = [page(&town, &format!("/d/{done}")).await, page(&town, &format!("/d/{negative}")).await];
    let plain = |page: &str, id: DossierId, code: &str| page.replace(id.as_str(), "").replace(code, "");
    assert_eq!(plain(&one, done, "G22-1"), plain(&other, negative, "G22-2"));

    let owing = accepted(&town, "G22-3").await;
    town.clerk(owing, "record-result", json!({ "kind": "positive" })).await;
    town.clerk(owing, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    tells(&town, owing, ready, &["Nộp phí, lệ phí 125.000 ₫"], &["Pay the fee of 125.000 ₫"]).await;

    town.clerk(done, "post-result", json!({ "item_code": "CE123456789VN" })).await;
    tells(&town, done, ready, &["Kết quả đang được bưu điện chuyển đến."], &["on its way by post"]).await;
    town.clerk(done, "record-delivery", json!({})).await;
    tells(&town, done, ["Đã trả kết quả", "Returned"], &["Nếu chưa nhận được, hãy gọi"], &["did not get it"]).await;

    let withdrawn = accepted(&town, "G22-4").await;
    town.clerk(withdrawn, "withdraw", json!({ "reason": "theo đơn của bà Trần Thị Mẫu" })).await;
    tells(
        &town,
        withdrawn,
        ["Công dân yêu cầu rút hồ sơ", "Withdrawn"],
        &["Giấy tờ đã nộp được nhận lại"],
        &["can be collected"],
    )
    .await;
    let closed = accepted(&town, "G22-5").await;
    town.clerk(closed, "close", json!({ "reason": "bà Trần Thị Mẫu không bổ sung", "article": "TT 03/2025" })).await;
    tells(&town, closed, ["Dừng xử lý", "Closed"], &["lý do ghi trong thông báo"], &["the notice says why"]).await;
}

#[tokio::test]
async fn a_view_is_one_round_trip_of_half_a_unit_and_thirty_kilobytes_with_its_style() {
    let town = Town::new().await;
    let id = accepted(&town, "G22-1").await;
    page(&town, &format!("/d/{id}")).await;
    town.office.wire().reset();
    let page = page(&town, &format!("/d/{id}")).await;
    let tally = town.office.wire().tally();
    assert_eq!((tally.round_trips(), tally.read_units().to_string().as_str()), (1, "0.5"));
    assert_eq!(tally.write_units().to_string(), "0");
    let style = get(&town, "/citizen.css").await;
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    assert!(page.contains("href=\"/citizen.css\""));
    assert!(page.len() + style.body().len() <= 30 * 1024, "{} + {}", page.len(), style.body().len());
}
