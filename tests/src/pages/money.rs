//! The book of payments and a gateway's settlement, before a browser.

use jiff::civil::date;
use motcua::store::Did;
use motcua_local::senders::Payment;
use rules::http::Reply;
use rules::vnd::Vnd;
use serde_json::json;

use super::*;
use crate::sign_in::File;
use crate::town::FEE_VND;

const SETTLEMENT: &str = "/desk/money/settlement";

/// Opens an office that took one fee through VNPAY, one in cash, and money that belongs to nobody.
async fn paid() -> (Town, String) {
    let town = Town::new().await;
    let (id, reference) = town.asked("G22-1").await;
    for (reference, transaction, amount) in [(reference.as_str(), "1", FEE_VND), ("not-ours", "2", 7_000)] {
        town.minutes(1);
        let amount_vnd = Vnd::new(amount).unwrap();
        let payment = Payment { transaction: transaction.into(), amount_vnd, ..town.paid(reference) };
        town.send(&town.callback(&payment)).await;
    }
    let other = town.submit("G22-2").await;
    town.clerk(other, "accept", json!({})).await;
    town.clerk(other, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": FEE_VND })).await;
    let cash = json!({ "attempt": 1, "amount_vnd": FEE_VND, "receipt_no": "BL-7" });
    town.clerk(other, "record-cash-payment", cash).await;
    town.office.deliver().await.unwrap();
    (town, id.to_string())
}

/// Returns the text of a table, its cells apart.
fn table(page: &str, id: &str) -> String {
    let (_, rest) = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {page}"));
    let body = rest.split_once("<tbody>").unwrap().1.split("</tbody>").next().unwrap();
    let mut text = String::new();
    for piece in body.replace("</tr>", "</tr>\n").split('<').filter_map(|piece| piece.split_once('>')) {
        let (tag, said) = piece;
        text.push_str(if tag == "/td" { "|" } else { "" });
        text.push_str(said);
    }
    text
}

#[tokio::test]
async fn the_book_adds_up_each_channel_and_lists_whose_each_payment_is() {
    let (town, id) = paid().await;
    let mut browser = seated(&town, "clerk").await;
    let page = browser.get("/desk/money").await.text().to_owned();
    assert!(page.contains("href=\"/desk/money/book\"") && !page.contains(SETTLEMENT), "{page}");
    let book = browser.get("/desk/money/book").await.text().to_owned();
    let sums = table(&book, "sums");
    for row in ["tiền mặt|1|125.000 ₫|", "VNPAY|2|132.000 ₫|", "MoMo|0|0 ₫|", "Cộng|3|257.000 ₫|"] {
        assert!(sums.contains(row), "{row} in {sums}");
    }
    let of_vnpay =
        browser.get("/desk/money/book?from=2020-04-15&until=2020-04-15&channel=vnpay-demo").await.text().to_owned();
    let payments = table(&of_vnpay, "payments");
    for words in [format!("125.000 ₫|{id}|").as_str(), "7.000 ₫|không tìm thấy hồ sơ theo mã|", "|1|"] {
        assert!(payments.contains(words), "{words} in {payments}");
    }
    let none = browser.get("/desk/money/book?from=2020-04-16&until=2020-04-16&channel=vnpay-demo").await;
    assert!(none.status().as_u16() == 200 && none.text().contains("Không có khoản nào."), "{}", none.text());
    let reversed = browser.get("/desk/money/book?from=2020-04-16&until=2020-04-15").await;
    assert!(
        reversed.status().as_u16() == 400 && reversed.text().contains("không được sau ngày cuối"),
        "{}",
        reversed.text()
    );
    for odd in ["channel=nobody", "channel=vnpay-demo&page=0", "channel=vnpay-demo&page=x"] {
        assert_eq!(browser.get(&format!("/desk/money/book?{odd}")).await.status().as_u16(), 404, "{odd}");
    }
    let far = browser.get("/desk/money/book?channel=vnpay-demo&page=18446744073709551615").await;
    assert_eq!(far.status().as_u16(), 200, "{}", far.text());
}

/// Sends a file as a manager does, with the form as it is.
async fn settled(browser: &mut Browser<'_>, fields: &[(&str, &str)], content: &[u8]) -> Response {
    let page = browser.get(SETTLEMENT).await.text().to_owned();
    let mut form = Filled::on(&page, SETTLEMENT).with("channel", "vnpay-demo");
    for (name, value) in fields {
        form = form.with(name, value);
    }
    browser.post_file(SETTLEMENT, &form.fields(), File { name: "doi-soat.csv", content }).await
}

#[tokio::test]
async fn a_manager_settles_a_channel_and_is_shown_every_difference() {
    let (town, _) = paid().await;
    let mut browser = seated(&town, "manager").await;
    assert!(browser.get("/desk/money").await.text().contains(SETTLEMENT));
    let file = "Số tiền;Mã đơn;Mã giao dịch\n125001;R1;1\n9000;R9;9\n9000;R9;9\n".as_bytes();
    let columns = [
        ("transaction", "Mã giao dịch"),
        ("reference", "Mã đơn"),
        ("amount", "Số tiền"),
        ("delimiter", "semicolon"),
        ("from", "2020-04-15"),
        ("until", "2020-04-15"),
    ];
    let found = settled(&mut browser, &columns, file).await;
    assert!(found.status().as_u16() == 200 && found.text().contains("0 khoản khớp, 4 khác biệt"), "{}", found.text());
    assert!(table(found.text(), "not-ours").contains("9|R9|9.000 ₫|"), "{}", found.text());
    assert!(table(found.text(), "not-settled").contains("2|not-ours|7.000 ₫|"), "{}", found.text());
    assert!(table(found.text(), "repeated").contains("9|R9|9.000 ₫|"), "{}", found.text());
    assert!(table(found.text(), "amounts").contains("1|R1|125.001 ₫|125.000 ₫|"), "{}", found.text());
    assert!(found.text().contains("value=\"Mã giao dịch\"") && found.text().contains("value=\"15/04/2020\""));
    let right = b"transaction,reference,amount_vnd\n2,R2,7000\n1,R1,125000\n";
    let same = settled(&mut browser, &[], right).await;
    assert!(same.status().as_u16() == 200 && same.text().contains("2 khoản khớp, 0 khác biệt"), "{}", same.text());
    let store = town.office.site().recorder.store().clone();
    let audited = store.audited(&town.agency(), date(2020, 4, 15), None, None).await.unwrap().unwrap();
    let mut differences: Vec<_> = audited
        .entries
        .iter()
        .filter_map(|entry| match &entry.did {
            Did::Compared { channel, differences, .. } => Some((channel.as_str(), *differences)),
            _ => None,
        })
        .collect();
    differences.sort_unstable();
    assert_eq!(differences, [("vnpay-demo", 0), ("vnpay-demo", 4)]);
}

/// The fields typed, the file, and the answer.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [u8], &'a str);

#[tokio::test]
async fn what_is_wrong_with_a_settlement_is_told_and_nothing_typed_is_lost() {
    let (town, _) = paid().await;
    let mut browser = seated(&town, "manager").await;
    let right = b"transaction,reference,amount_vnd\n1,R1,125000\n".as_slice();
    let cases: [Case<'_>; 6] = [
        (&[], b"", "Hãy chọn tệp đối soát."),
        (&[], b"transaction,reference,amount_vnd\n1,R1,1.5\n", "Dòng 2: số tiền phải là số đồng nguyên"),
        (&[], b"a,b\n1,2\n", "Không có cột transaction."),
        (&[("amount", "Số <tiền>")], right, "Không có cột Số &lt;tiền&gt;."),
        (&[], b"transaction,reference,amount_vnd\n\xff,R,1\n", "Dòng 2: không phải CSV mã UTF-8."),
        (&[("from", "16/04/2020"), ("until", "15/04/2020")], right, "Ngày đầu không được sau ngày cuối."),
    ];
    for (fields, content, told) in cases {
        let answer = settled(&mut browser, fields, content).await;
        assert!(
            answer.status().as_u16() == 422 && answer.text().contains(told),
            "{told}: {} {}",
            answer.status().as_u16(),
            answer.text()
        );
        assert!(answer.text().contains("Chưa so sánh gì."), "{told}");
        for (_, typed) in fields {
            let typed = typed.replace('<', "&lt;").replace('>', "&gt;");
            assert!(answer.text().contains(&format!("value=\"{typed}\"")), "{typed} in {}", answer.text());
        }
    }
    let csrf = browser.csrf(SETTLEMENT).await;
    let file = || File { name: "a.csv", content: right };
    let forged = browser.post_file(SETTLEMENT, &[("csrf", "x"), ("channel", "vnpay-demo")], file()).await;
    assert_eq!(forged.status().as_u16(), 403, "{}", forged.text());
    let unknown = browser.post_file(SETTLEMENT, &[("csrf", &csrf), ("channel", "nobody")], file()).await;
    assert_eq!(unknown.status().as_u16(), 404, "{}", unknown.text());
    let plain = browser.post(SETTLEMENT, &[("csrf", &csrf)]).await;
    assert_eq!(plain.status().as_u16(), 400, "{}", plain.text());
    let cash = browser.post_file(SETTLEMENT, &[("csrf", &csrf), ("channel", "cash")], file()).await;
    assert_eq!(cash.status().as_u16(), 404, "no gateway settles it: {}", cash.text());
    for role in ["clerk", "specialist", "administrator"] {
        let mut other = seated(&town, role).await;
        assert_eq!(other.get(SETTLEMENT).await.status().as_u16(), 403, "{role}");
        let csrf = other.csrf("/desk/money/book").await;
        let refused = other.post_file(SETTLEMENT, &[("csrf", &csrf), ("channel", "vnpay-demo")], file()).await;
        assert_eq!(refused.status().as_u16(), 403, "{role}");
    }
}

#[tokio::test]
async fn a_payment_paid_outside_the_days_asked_for_is_named_with_the_day_on_which_it_is_booked() {
    let (town, _) = paid().await;
    let mut browser = seated(&town, "manager").await;
    let days = [("from", "2020-04-16"), ("until", "2020-04-20")];
    let file = b"transaction,reference,amount_vnd\r\n1,R1,125.000\r\n9,R9,9000\r\n";
    let found = settled(&mut browser, &days, file).await;
    assert!(table(found.text(), "other-days").contains("1|R1|125.000 ₫|15/04/2020|"), "{}", found.text());
    assert!(
        table(found.text(), "not-ours").contains("9|R9|") && found.text().contains("1 khác biệt"),
        "{}",
        found.text()
    );
}

#[tokio::test]
async fn channels_and_portals_are_called_by_their_names_and_stay_ids_in_addresses() {
    let town = Town::new().await;
    let (id, reference) = town.asked_through("G22-1", "vnpay-demo").await;
    town.send(&town.callback(&town.paid(&reference))).await;
    let mut manager = seated(&town, "manager").await;
    let shown = manager.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    for words in ["qua VNPAY", "kênh VNPAY", "Cổng Dịch vụ công quốc gia"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let control = manager.get(&format!("/desk/dossiers/{id}/print/control")).await.text().to_owned();
    let form = manager.get(&format!("/desk/dossiers/{id}/ask-fee")).await.text().to_owned();
    assert!(form.contains("<option value=\"vnpay-demo\">VNPAY</option>"), "{form}");
    for page in [shown, control] {
        assert!(!page.contains("vnpay-demo") && !page.contains("dvcqg-demo"), "{page}");
    }
    let book = manager.get("/desk/money/book?from=2020-04-01&until=2020-04-30").await.text().to_owned();
    assert!(book.contains("&amp;channel=vnpay-demo\">VNPAY</a>"), "{book}");
    let path = format!("/desk/dossiers/{id}/ask-fee");
    let small = Filled::on(&form, &path).with("channel", "vnpay-demo").with("amount_vnd", "2000");
    let declined = manager.post(&path, &small.fields()).await;
    for words in ["Kênh VNPAY chỉ nhận mỗi lần", "hãy yêu cầu qua kênh khác: ", "MoMo"] {
        assert!(declined.text().contains(words), "{words} in {}", declined.text());
    }
    town.office.deliver().await.unwrap();
    let reports = manager.get("/desk/reports").await.text().to_owned();
    assert!(reports.contains("Cổng Dịch vụ công quốc gia") && !reports.contains("dvcqg-demo"), "{reports}");
    let mut administrator = seated(&town, "administrator").await;
    let keys = administrator.get("/desk/admin/keys").await.text().to_owned();
    assert!(keys.contains("VNPAY") && keys.contains("vnpay-demo"), "both, for who mends the configuration: {keys}");
}
