//! The source, played: a directive of 1 April 2020 that the office carries out until 15 April and after.

use jiff::civil::date;
use motcua::store::{Guided, How};
use rules::id::DossierId;
use serde_json::json;

use super::notices::publish;
use super::*;
use crate::citizen::page;
use crate::prompt::{AT_ONCE, demo_agency};
use crate::town::form;

/// The directive, as a manager types it.
const DIRECTIVE: [(&str, &str); 19] = [
    ("title", "Biện pháp cấp bách tại Bộ phận Một cửa"),
    ("text", "Xin nộp hồ sơ trực tuyến, thanh toán trực tuyến, nhận kết quả qua bưu chính công ích."),
    ("issuer", "UBND tỉnh Khánh Hòa"),
    ("legal_basis", "Công văn 2964/UBND-KSTT ngày 01/04/2020"),
    ("title_en", "Urgent measures at the one-stop desk"),
    ("text_en", "Please file online, pay online, and have the result sent by public post."),
    ("effect_0_is", "free_postage"),
    ("effect_0_of", "results"),
    ("effect_0_from", "01/04/2020"),
    ("effect_0_until", "15/04/2020"),
    ("effect_1_is", "originals_by_post"),
    ("effect_1_from", "01/04/2020"),
    ("effect_1_until", "15/04/2020"),
    ("effect_2_is", "guidance"),
    ("effect_2_from", "01/04/2020"),
    ("effect_3_is", "advice"),
    ("effect_3_from", "01/04/2020"),
    ("effect_3_vi", "Đeo khẩu trang, rửa tay"),
    ("effect_3_en", "Wear a mask, wash hands"),
];

/// The broadcast about it.
const NEWS: [(&str, &str); 6] = [
    ("key", "directive"),
    ("notice", "1"),
    ("sms_vi", "Tu 01/04 xin nop ho so truc tuyen, nhan ket qua qua buu dien mien cuoc"),
    ("subject_vi", "Biện pháp cấp bách tại Bộ phận Một cửa"),
    ("text_vi", "Xin nộp hồ sơ trực tuyến."),
    ("then", "gather"),
];

/// Files a dossier of somebody.
async fn filed(town: &Town, code: &str, phone: Option<&str>, mail: Option<&str>, identity: &str) -> DossierId {
    let mut form = form(code);
    form["SoDienThoai"] = json!(phone);
    form["Email"] = json!(mail);
    form["SoGiayToChuHoSo"] = json!(identity);
    form["NgayNopHoSo"] = json!("20200401070000");
    let answer = town.portal("dossier.submitted", &format!("submit-{code}"), form).await;
    assert_eq!(answer.status().as_u16(), 200, "{}", answer.text());
    town.id_of(code)
}

async fn sms_to(town: &Town, number: &str) -> Vec<String> {
    let of = |it: &motcua_local::neighbours::outbox::CapturedMessage| it.phone_number == number;
    town.sms().into_iter().filter(of).map(|it| it.text).collect()
}

#[tokio::test]
async fn a_directive_reaches_everybody_and_what_it_granted_stays_after_its_end() {
    let town = Town::new().await;
    let lines = format!(
        "outlets = [\"sms\", \"email\"]\nemail_from = \"mot-cua@example.vn\"\n{AT_ONCE}\
         broadcasts = {{ second_person_above = 1 }}\n"
    );
    town.office.configure(demo_agency(&lines));
    // The office lives in the morning of 15 April; what came before is what was filed, confirmed and told by then.
    let an = filed(&town, "G22-1", Some("0912000001"), None, "056099001231").await;
    filed(&town, "G22-2", Some("0912000001"), None, "056099001231").await;
    filed(&town, "G22-3", Some("0912000003"), None, "056099001233").await;
    filed(&town, "G22-4", None, Some("ai-do@example.vn"), "056099001234").await;
    filed(&town, "G22-5", None, None, "056099001235").await;
    town.office.deliver().await.unwrap();
    let mut manager = seated(&town, "manager").await;
    publish(&mut manager, "/desk/notices/new", &DIRECTIVE).await;

    // Staff see it at the head of the desk and confirm it; the manager sees who has not.
    let mut clerk = seated(&town, "clerk").await;
    seated(&town, "specialist").await;
    assert!(clerk.get("/desk").await.text().contains("Thông báo mới"));
    let notice = clerk.get("/desk/notices/1").await.text().to_owned();
    let read = Filled::on(&notice, "/desk/notices/1/read");
    assert_eq!(clerk.post("/desk/notices/1/read", &read.fields()).await.status().as_u16(), 303);

    // The public: page in both languages, poster, feed, copies, first page.
    for (target, told) in [
        ("/notices/1", "Từ 01/04/2020 đến hết 15/04/2020"),
        ("/notices/1?lang=en", "Please file online"),
        ("/notices/1/poster", "Biện pháp cấp bách tại Bộ phận Một cửa"),
        ("/notices/1.txt", "Căn cứ: Công văn 2964/UBND-KSTT ngày 01/04/2020"),
        ("/notices/1.html", "<h2>Biện pháp cấp bách"),
        ("/notices/1/script", "thông báo: Biện pháp cấp bách"),
        ("/notices.atom", "<title>Biện pháp cấp bách tại Bộ phận Một cửa</title>"),
        ("/", "Biện pháp cấp bách tại Bộ phận Một cửa"),
    ] {
        let page = page(&town, target).await;
        assert!(page.contains(told), "{target}: {page}");
    }

    // Everybody with an open dossier is told once, by a second person's release.
    let (new, root) = ("/desk/broadcasts/new", "/desk/broadcasts/1");
    let csrf = manager.csrf(new).await;
    let sent = manager.post(new, &[&[("csrf", csrf.as_str())], &NEWS[..]].concat()).await;
    assert_eq!(sent.status().as_u16(), 303, "{}", sent.text());
    town.minutes(1);
    town.office.broadcast().await;
    let release = async |browser: &mut Browser<'_>| {
        let csrf = browser.csrf(root).await;
        browser.post(root, &[("csrf", &csrf), ("act", "release"), ("round", "1")]).await.status().as_u16()
    };
    assert_eq!(release(&mut manager).await, 409, "nobody releases their own");
    let mut other = Browser::new(&town);
    other.signs_in("lanhdao01", "/desk").await;
    assert_eq!(release(&mut other).await, 303);
    // The administrator sees what is on its way, and that it stands still if nobody sends.
    let mut admin = seated(&town, "administrator").await;
    let health = admin.get("/desk/admin/health").await.text().to_owned();
    let announced = health.split("id=\"announced\"").nth(1).unwrap().split("</table>").next().unwrap();
    for shown in ["người chưa xác nhận đọc", ">Tin số 1</a>", "0/4", "Kịp"] {
        assert!(announced.contains(shown), "{shown}: {announced}");
    }
    town.minutes(20);
    let health = admin.get("/desk/admin/health").await.text().to_owned();
    assert!(health.contains("Chậm 20 phút"), "{health}");
    let before = town.sms().len();
    for _ in 0..3 {
        town.minutes(1);
        town.office.broadcast().await;
    }
    let told = town.sms()[before..].to_vec();
    assert_eq!(told.len(), 2, "one for two dossiers of one person, one for another: {told:?}");
    assert!(told.iter().all(|sms| sms.text.contains("nop ho so truc tuyen")), "{told:?}");
    let mails = town.office.ses().mails();
    let about = |mail: &&motcua_local::neighbours::ses::CapturedMail| mail.raw.contains("List-Unsubscribe");
    assert_eq!(mails.iter().filter(about).count(), 1, "by e-mail to whoever has no number");
    town.office.deliver().await.unwrap();
    let calls = clerk.get("/desk/calls").await.text().to_owned();
    assert!(calls.contains("Biện pháp cấp bách"), "whoever has neither: {calls}");

    // The post is free today: said with the choice.
    give(&mut clerk, an.as_str(), "accept", &[]).await;
    give(&mut clerk, an.as_str(), "choose-return", &[("by", "post"), ("consent", "phone")]).await;
    town.office.deliver().await.unwrap();
    let last = sms_to(&town, "+84912000001").await.pop().unwrap();
    assert!(last.contains("theo dang ky, mien cuoc"), "{last}");

    // Figures as of 15 April, against a tally of their own.
    let store = town.office.site().recorder.store().clone();
    let agency = town.agency();
    for (key, how, day) in [("a", How::Desk, 2), ("b", How::Phone, 3), ("c", How::Phone, 15), ("d", How::Phone, 16)] {
        let at = rules::vietnam::instant(date(2020, 4, day).at(8, 0, 0, 0)).unwrap();
        let guided = Guided { procedure: Some("1.005129".into()), how, by: "can-bo".into(), at, who: None };
        store.note_guided(&agency, key, &guided).await.unwrap();
    }
    let figures = manager.get("/desk/notices/1?as_of=15/04/2020").await.text().to_owned();
    let part = figures.split("id=\"figures\"").nth(1).unwrap().split("</form>").next().unwrap();
    let told = [
        ("Hướng dẫn tại quầy", "1"),
        ("Hướng dẫn qua điện thoại", "2"),
        ("Sau đó nộp trực tuyến", "0"),
        ("Không báo được", "1"),
        ("SMS", "2"),
        ("Thư điện tử", "1"),
    ];
    for (name, number) in told {
        let value = part.split(name).nth(1).unwrap_or_else(|| panic!("{name} in {part}"));
        let value = value.split("<dd>").nth(1).unwrap().split('<').next().unwrap();
        assert_eq!(value, number, "{name}");
    }

    // The isolation is over; guidance, advice and what was granted go on.
    town.until("2020-04-20T08:00:00+07:00");
    let mut clerk = seated(&town, "clerk").await;
    let page_after = page(&town, "/notices/1").await;
    assert!(page_after.contains("Đã kết thúc"), "{page_after}");
    give(&mut clerk, an.as_str(), "record-result", &[("kind", "positive")]).await;
    give(&mut clerk, an.as_str(), "post-result", &[("item_code", "CE123456785VN")]).await;
    town.office.deliver().await.unwrap();
    let last = sms_to(&town, "+84912000001").await.pop().unwrap();
    assert!(last.contains("mien cuoc"), "what was promised is kept: {last}");
    let third = town.id_of("G22-3");
    give(&mut clerk, third.as_str(), "accept", &[]).await;
    give(&mut clerk, third.as_str(), "choose-return", &[("by", "post"), ("consent", "phone")]).await;
    give(&mut clerk, third.as_str(), "choose-return", &[("by", "desk"), ("consent", "phone")]).await;
    give(&mut clerk, third.as_str(), "record-result", &[("kind", "positive")]).await;
    town.office.deliver().await.unwrap();
    let all = sms_to(&town, "+84912000003").await;
    assert!(all[1..].iter().all(|text| !text.contains("mien cuoc") || text.contains("truc tuyen")), "{all:?}");
    assert!(all.last().unwrap().contains("Deo khau trang, rua tay"), "{all:?}");
}
