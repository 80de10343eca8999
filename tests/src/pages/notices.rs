//! Notices at the desk: written with a second look, read and confirmed by everybody, and what they grant.

use motcua::store::{Did, Guided, How, Key, ReadBy, write};
use rules::notice::Card;

use super::*;
use crate::desk::audited::acts;
use crate::prompt::prompt;
use crate::sign_in::File;

/// The notice of the source: free postage until the isolation ends, guidance and advice until the epidemic is over.
const SOURCE: [(&str, &str); 21] = [
    ("title", "Biện pháp cấp bách tại Bộ phận Một cửa"),
    ("text", "Xin nộp hồ sơ trực tuyến.\n\nCảm ơn ông bà <b>rất nhiều</b>."),
    ("issuer", "UBND tỉnh Khánh Hòa"),
    ("legal_basis", "Công văn 2964/UBND-KSTT ngày 01/04/2020"),
    ("effect_0_is", "free_postage"),
    ("effect_0_of", "results"),
    ("effect_0_from", "01/04/2020"),
    ("effect_0_until", "16/04/2020"),
    ("effect_1_is", "originals_by_post"),
    ("effect_1_from", "01/04/2020"),
    ("effect_1_until", "16/04/2020"),
    ("effect_2_is", "advice"),
    ("effect_2_from", "01/04/2020"),
    ("effect_2_vi", "Đeo khẩu trang, rửa tay"),
    ("effect_2_en", "Wear a mask, wash hands"),
    ("effect_3_is", "guidance"),
    ("effect_3_from", "01/04/2020"),
    ("title_en", "Urgent measures at the one-stop desk"),
    ("text_en", "Please file online."),
    ("effect_0_vi", ""),
    ("effect_1_vi", ""),
];

/// Takes the form to its second look.
async fn preview(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Response {
    let csrf = browser.csrf(path).await;
    browser.post(path, &[&[("csrf", csrf.as_str())], fields].concat()).await
}

/// Publishes a notice as a manager does, and returns its page's path.
pub(crate) async fn publish(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let look = preview(browser, path, fields).await;
    assert_eq!(look.status().as_u16(), 200, "{}", look.text());
    let confirmed = Filled::on(look.text(), path).with("confirm", "1");
    let answer = browser.post(path, &confirmed.fields()).await;
    assert_eq!(answer.status().as_u16(), 303, "{}", answer.text());
    location(&answer).to_owned()
}

#[tokio::test]
async fn a_manager_publishes_a_notice_after_a_second_look() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    let look = preview(&mut manager, "/desk/notices/new", &SOURCE).await.text().to_owned();
    assert!(look.contains("Từ 01/04/2020 đến hết 16/04/2020:"), "{look}");
    assert!(look.contains("Gửi trả kết quả qua bưu điện được miễn cước."), "{look}");
    assert!(look.contains("&lt;b&gt;rất nhiều&lt;/b&gt;") && !look.contains("<b>rất"), "markup is shown as typed");
    assert!(town.office.site().recorder.store().notices(&town.agency(), None, 9).await.unwrap().cards.is_empty());
    let again = Filled::on(&look, "/desk/notices/new").with("again", "1");
    let form = manager.post("/desk/notices/new", &again.fields()).await.text().to_owned();
    assert!(form.contains("value=\"Biện pháp cấp bách tại Bộ phận Một cửa\""), "nothing typed is lost: {form}");
    let path = publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    assert_eq!(path, "/desk/notices/1");
    let page = manager.get(&path).await.text().to_owned();
    assert!(page.contains("đang áp dụng") && page.contains("Bài đọc loa"), "{page}");
    let published = acts(&town).await.into_iter().filter(|it| matches!(it.did, Did::PublishedNotice { .. })).count();
    assert_eq!(published, 1);
    let list = manager.get("/desk/notices").await.text().to_owned();
    assert!(list.contains("href=\"/desk/notices/1\"") && list.contains("Công văn 2964/UBND-KSTT"), "{list}");
}

#[tokio::test]
async fn every_member_of_staff_confirms_and_the_manager_sees_who_has_not() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    let mut clerk = seated(&town, "clerk").await;
    let before = clerk.get("/desk").await.text().to_owned();
    assert!(!before.contains("Thông báo mới"), "{before}");
    publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    let home = clerk.get("/desk").await.text().to_owned();
    assert!(home.contains("Thông báo mới") && home.contains("thông báo chưa xác nhận đọc"), "{home}");
    let page = manager.get("/desk/notices/1").await.text().to_owned();
    assert!(page.contains("Cán bộ xác nhận đã đọc: 0/2"), "{page}");
    let notice = clerk.get("/desk/notices/1").await.text().to_owned();
    let confirmed = clerk.post("/desk/notices/1/read", &Filled::on(&notice, "/desk/notices/1/read").fields()).await;
    assert_eq!((confirmed.status().as_u16(), location(&confirmed)), (303, "/desk/notices/1?read=1"));
    let notice = clerk.get("/desk/notices/1?read=1").await.text().to_owned();
    assert!(notice.contains("Đã ghi là bạn đã đọc.") && !notice.contains("/desk/notices/1/read"), "{notice}");
    let home = clerk.get("/desk").await.text().to_owned();
    assert!(!home.contains("Thông báo mới") && !home.contains("chưa xác nhận đọc"), "{home}");
    let page = manager.get("/desk/notices/1").await.text().to_owned();
    assert!(page.contains("Cán bộ xác nhận đã đọc: 1/2") && page.contains("Chưa xác nhận"), "{page}");
    // A new version is to be read again.
    let mut changed = SOURCE;
    changed[7] = ("effect_0_until", "22/04/2020");
    publish(&mut manager, "/desk/notices/1/edit", &changed).await;
    let home = clerk.get("/desk").await.text().to_owned();
    assert!(home.contains("Thông báo đã sửa"), "{home}");
    let page = manager.get("/desk/notices/1").await.text().to_owned();
    assert!(page.contains("Cán bộ xác nhận đã đọc: 0/2") && page.contains("/desk/notices/1?version=1"), "{page}");
    let old = clerk.get("/desk/notices/1?version=1").await.text().to_owned();
    assert!(old.contains("Đây là bản cũ.") && old.contains("đến hết 16/04/2020"), "{old}");
}

#[tokio::test]
async fn only_a_manager_publishes() {
    let town = Town::new().await;
    publish(&mut seated(&town, "manager").await, "/desk/notices/new", &SOURCE).await;
    for role in ["clerk", "specialist", "administrator"] {
        let mut browser = seated(&town, role).await;
        assert_eq!(browser.get("/desk/notices/new").await.status().as_u16(), 403, "{role}");
        assert_eq!(browser.get("/desk/notices/1/edit").await.status().as_u16(), 403, "{role}");
        let list = browser.get("/desk/notices").await.text().to_owned();
        assert!(!list.contains("Soạn thông báo"), "{role}");
        let page = browser.get("/desk/notices/1").await.text().to_owned();
        assert!(!page.contains("/withdraw") && !page.contains("id=\"readers\""), "{role}: {page}");
        let csrf = browser.csrf("/desk/notices").await;
        let answer = browser.post("/desk/notices/1/withdraw", &[("csrf", &csrf), ("confirm", "1")]).await;
        assert_eq!(answer.status().as_u16(), 403, "{role}");
    }
}

#[tokio::test]
async fn a_second_click_publishes_nothing_and_a_notice_between_is_told() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    let path = "/desk/notices/new";
    let look = preview(&mut manager, path, &SOURCE).await.text().to_owned();
    let confirmed = Filled::on(&look, path).with("confirm", "1");
    let first = manager.post(path, &confirmed.fields()).await;
    assert_eq!(location(&first), "/desk/notices/1");
    let second = manager.post(path, &confirmed.fields()).await;
    assert_eq!(second.status().as_u16(), 200, "{}", second.text());
    assert!(second.text().contains("Vừa có thông báo khác được công bố"), "{}", second.text());
    let again = Filled::on(second.text(), path).with("confirm", "1");
    let third = manager.post(path, &again.fields()).await;
    assert_eq!(location(&third), "/desk/notices?published=1", "the form was published before");
    let cards = town.office.site().recorder.store().notices(&town.agency(), None, 9).await.unwrap().cards;
    assert_eq!(cards.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_notice_is_told_at_its_field() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    for (field, typed, told) in [
        ("title", "", "Tiêu đề"),
        ("text", "", "Nội dung"),
        ("effect_0_until", "31/03/2020", "kết thúc trước khi bắt đầu"),
        ("effect_0_from", "31/02/2020", "không phải một ngày có thật"),
        ("effect_2_vi", "", "chưa nhập"),
    ] {
        let fields = SOURCE.map(|(name, value)| if name == field { (name, typed) } else { (name, value) });
        let answer = preview(&mut manager, "/desk/notices/new", &fields).await;
        assert_eq!(answer.status().as_u16(), 400, "{field}");
        let page = answer.text();
        assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(told), "{field}: {page}");
        assert!(page.contains("Cảm ơn ông bà &lt;b&gt;rất nhiều") || field == "text", "nothing typed is lost");
    }
}

#[tokio::test]
async fn contradictions_and_an_outage_that_is_told_too_late_stand_on_the_second_look() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    let closed = |is: &'static str, vi: &'static str| {
        let mut fields = SOURCE[..4].to_vec();
        fields.extend([("effect_0_is", is), ("effect_0_from", "20/04/2020"), ("effect_0_until", "24/04/2020")]);
        fields.push(("effect_0_vi", vi));
        fields
    };
    publish(&mut manager, "/desk/notices/new", &closed("closed", "")).await;
    let look = preview(&mut manager, "/desk/notices/new", &closed("restricted", "Chỉ trả kết quả")).await;
    assert!(look.text().contains("trái với “Tạm ngừng tiếp tại quầy” của thông báo 1"), "{}", look.text());
    let look = preview(&mut manager, "/desk/notices/new", &closed("outage", "18:00–22:00")).await;
    assert!(look.text().contains("NĐ 224/2026 Điều 13): thiếu 5 ngày"), "{}", look.text());
    let look = preview(&mut manager, "/desk/notices/new", &closed("closed", "Luật X Điều 1")).await;
    assert!(look.text().contains("Ngày 20/04/2020 vẫn là ngày làm việc trong lịch"), "{}", look.text());
}

#[tokio::test]
async fn a_measure_reaches_the_slip_the_messages_and_the_pause_and_what_it_granted_stays() {
    let town = Town::new().await;
    town.office.configure(prompt());
    publish(&mut seated(&town, "manager").await, "/desk/notices/new", &SOURCE).await;
    let mut clerk = seated(&town, "clerk").await;
    let id = town.submit("G22-1").await;
    give(&mut clerk, id.as_str(), "accept", &[]).await;
    let chosen = [("by", "post"), ("consent", "phone")];
    assert_eq!(give(&mut clerk, id.as_str(), "choose-return", &chosen).await.status().as_u16(), 303);
    town.office.deliver().await.unwrap();
    let sms: Vec<_> = town.sms().into_iter().map(|it| it.text).collect();
    assert!(sms.iter().any(|sms| sms.contains("se gui qua buu dien, theo dang ky, mien cuoc")), "{sms:?}");
    let page = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(page.contains("miễn cước theo thông báo 1"), "{page}");
    let slip = page.split("href=\"").find_map(|rest| {
        let href = rest.split('"').next().unwrap();
        href.contains("/print/receipt").then(|| href.to_owned())
    });
    let slip = clerk.get(&slip.unwrap()).await.text().to_owned();
    assert!(slip.contains("Đeo khẩu trang, rửa tay") && slip.contains("Công văn 2964/UBND-KSTT"), "{slip}");
    assert!(slip.contains("Gửi trả kết quả qua bưu điện được miễn cước."), "{slip}");
    // The isolation ends; what was promised is kept.
    town.until("2020-04-20T08:00:00+07:00");
    let mut clerk = seated(&town, "clerk").await;
    give(&mut clerk, id.as_str(), "record-result", &[("kind", "positive")]).await;
    give(&mut clerk, id.as_str(), "post-result", &[("item_code", "CE123456785VN")]).await;
    town.office.deliver().await.unwrap();
    let last = town.sms().last().unwrap().text.clone();
    assert!(last.contains("gui buu dien 20/04/2020, ma CE123456785VN, mien cuoc"), "{last}");
    let late = town.submit("G22-2").await;
    give(&mut clerk, late.as_str(), "accept", &[]).await;
    give(&mut clerk, late.as_str(), "choose-return", &chosen).await;
    town.office.deliver().await.unwrap();
    let last = town.sms().last().unwrap().text.clone();
    assert!(last.contains("se gui qua buu dien") && !last.contains("mien cuoc"), "{last}");
    give(&mut clerk, late.as_str(), "choose-return", &[("by", "desk"), ("consent", "phone")]).await;
    give(&mut clerk, late.as_str(), "record-result", &[("kind", "positive")]).await;
    town.office.deliver().await.unwrap();
    let last = town.sms().last().unwrap().text.clone();
    assert!(last.contains("moi den Mot cua nhan. Deo khau trang, rua tay."), "advice has no end: {last}");
}

#[tokio::test]
async fn a_notice_that_is_withdrawn_ends_at_once() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    let path = publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    let page = manager.get(&path).await.text().to_owned();
    let action = format!("{path}/withdraw");
    let sure = manager.post(&action, &Filled::on(&page, &action).fields()).await;
    assert!(sure.text().contains("Điều đã hứa trong thời gian áp dụng vẫn giữ"), "{}", sure.text());
    let confirmed = Filled::on(sure.text(), &action);
    assert_eq!(manager.post(&action, &confirmed.fields()).await.status().as_u16(), 303);
    assert_eq!(manager.post(&action, &confirmed.fields()).await.status().as_u16(), 303, "twice is once");
    let page = manager.get(&path).await.text().to_owned();
    assert!(page.contains("đã rút") && page.contains("?version=2") && !page.contains("?version=3"), "{page}");
    let mut clerk = seated(&town, "clerk").await;
    assert!(!clerk.get("/desk").await.text().contains("Thông báo mới"));
    let standing = town.office.site().recorder.store().standing_notices(&town.agency()).await.unwrap().standing;
    assert!(standing.cards.is_empty());
}

#[tokio::test]
async fn a_rebuild_makes_the_cards_of_notices_anew() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let right = store.standing_notices(&agency).await.unwrap().standing;
    let rebuilt = async || Box::pin(project::rebuild(&site, &agency)).await.unwrap().notices_wrong;
    assert_eq!(rebuilt().await, 0);
    let mut lost = write::item(&Key::standing_notices(&agency), "cards", "[]");
    write::number(&mut lost, "version", 2);
    store.put_over(lost).await.unwrap();
    let other = Card { title: "Khác".into(), ..right.cards[1].clone() };
    let card = write::item(&Key::notice_card(&agency, 2), "card", serde_json::to_string(&other).unwrap());
    store.put_over(card).await.unwrap();
    assert_eq!(rebuilt().await, 2);
    assert_eq!(store.standing_notices(&agency).await.unwrap().standing, right);
    assert_eq!(store.notices(&agency, None, 9).await.unwrap().cards[0], right.cards[1]);
    assert_eq!(rebuilt().await, 0);
    // A notice that is published next meets what the rebuild wrote.
    publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    assert_eq!(store.standing_notices(&agency).await.unwrap().standing.cards.len(), 3);
}

#[tokio::test]
async fn what_became_of_a_notice_is_told_as_of_any_day() {
    let town = Town::new().await;
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let mut manager = seated(&town, "manager").await;
    publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    let told = async |how, at: &str, key: &str| {
        let at = at.parse().unwrap();
        let guided = Guided { procedure: Some("1.005129".into()), how, by: "can-bo".into(), at, who: None };
        store.note_guided(&agency, key, &guided).await.unwrap();
    };
    told(How::Desk, "2020-03-31T09:00:00+07:00", "before").await;
    told(How::Desk, "2020-04-01T09:00:00+07:00", "a").await;
    told(How::Phone, "2020-04-14T09:00:00+07:00", "b").await;
    told(How::Phone, "2020-04-15T07:00:00+07:00", "c").await;
    let read = ReadBy { account: "manager".into(), version: 1, at: "2020-04-15T08:00:00+07:00".parse().unwrap() };
    let account = format!("manager.{}", town.agency());
    store.confirm_notice(&agency, 1, &ReadBy { account, ..read }).await.unwrap();
    let figures = async |manager: &mut Browser<'_>, as_of: &str| {
        let page = manager.get(&format!("/desk/notices/1?as_of={as_of}")).await.text().to_owned();
        let part = page.split("id=\"figures\"").nth(1).unwrap().split("</form>").next().unwrap().to_owned();
        let numbers = |name: &str| part.split(name).nth(1).unwrap().split("<dd>").nth(1).unwrap().to_owned();
        ["Hướng dẫn tại quầy", "Hướng dẫn qua điện thoại", "Cán bộ đã xác nhận đọc"]
            .map(|name| numbers(name).split('<').next().unwrap().to_owned())
    };
    assert_eq!(figures(&mut manager, "15/04/2020").await, ["1", "2", "1/1"]);
    assert_eq!(figures(&mut manager, "14/04/2020").await, ["1", "1", "0/1"]);
    assert_eq!(figures(&mut manager, "30/12/2030").await, ["1", "2", "1/1"], "no day to come");
    let page = manager.get("/desk/notices/1?as_of=31/02/2020").await.text().to_owned();
    assert!(page.contains("as_of-wrong"), "{page}");
}

#[tokio::test]
async fn the_scan_of_the_directive_goes_with_its_notice_and_what_is_no_scan_does_not() {
    let town = Town::new().await;
    let mut manager = seated(&town, "manager").await;
    let path = publish(&mut manager, "/desk/notices/new", &SOURCE).await;
    let action = format!("{path}/files");
    let big = [&b"%PDF-1.7\n"[..], &vec![b' '; 5 * 1024 * 1024]].concat();
    let huge = [&b"%PDF-1.7\n"[..], &vec![b' '; 10 * 1024 * 1024]].concat();
    for (name, content, status, told) in [
        ("cong-van.pdf", &big[..], 413, "lớn quá 4 MB"),
        ("cong-van.pdf", &huge[..], 413, "lớn quá 4 MB"),
        ("cong-van.pdf", b"MZ\x90\x00", 415, "không phải PDF"),
        ("cong-van.pdf", b"", 422, "Tệp rỗng"),
    ] {
        let page = manager.get(&path).await.text().to_owned();
        let answer = manager.post_file(&action, &Filled::on(&page, &action).fields(), File { name, content }).await;
        assert_eq!(answer.status().as_u16(), status, "{told}");
        assert!(answer.text().contains(told), "{}", answer.text());
    }
    let page = manager.get(&path).await.text().to_owned();
    let form = Filled::on(&page, &action);
    let file = || File { name: "công văn 2964.pdf", content: b"%PDF-1.7\nscan" };
    for _ in 0..2 {
        assert_eq!(manager.post_file(&action, &form.fields(), file()).await.status().as_u16(), 303, "twice is once");
    }
    let store = town.office.site().recorder.store().clone();
    let newest = store.notice(&town.agency(), 1).await.unwrap().unwrap();
    assert_eq!((newest.version, newest.enclosures.len()), (2, 1));
    let page = manager.get(&path).await.text().to_owned();
    assert!(page.contains("công văn 2964.pdf"), "{page}");
    assert_eq!(town.office.s3().objects().unwrap().len(), 1);
}
