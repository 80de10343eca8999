//! The three results of an intake, its confirmation, the next dossier of the same visitor, and the guide to filing online.

use jiff::civil::date;
use motcua::store::GuidedCount;
use rules::catalogue::{Paper, Procedure};
use rules::dossier::{Event, Phase};
use rules::http::Reply;
use rules::id::DossierId;

use super::*;

/// The sample procedure of the stories.
const PERMIT: &str = "1.005129";

/// Returns the second page for an applicant with that telephone number.
async fn asked_for_papers(browser: &mut Browser<'_>, phone: &str) -> Response {
    let form = Filled::on(browser.get("/desk/new").await.text(), "/desk/new")
        .with("procedure", PERMIT)
        .with("filing", "desk")
        .with("applicant.name", "Công ty TNHH Thử Nghiệm")
        .with("applicant.phone", phone)
        .with("filer.name", "Nguyễn Văn Thử");
    let asked = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(asked.status().as_u16(), 200, "{}", asked.text());
    asked
}

fn id_in(done: &Response) -> DossierId {
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    DossierId::parse(location(done).split(['?', '/']).nth(3).unwrap()).unwrap()
}

#[tokio::test]
async fn accepted_the_dossier_is_confirmed_with_code_date_slip_and_the_next_of_this_visitor() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser, "0905000001").await;
    // The list says how many of which kind, the form, and in which case.
    for words in [
        "2 bản chính",
        "1 bản sao",
        "Mẫu đơn đề nghị cấp giấy phép xây dựng (mẫu)",
        "công trình thuộc diện thẩm duyệt",
        "Tiếp nhận và in giấy hẹn",
        "Yêu cầu bổ sung",
        "Từ chối tiếp nhận",
    ] {
        assert!(asked.text().contains(words), "{words} in {}", asked.text());
    }
    let form = Filled::on(asked.text(), "/desk/new").with("all", "1").with("minutes_no", "BB-1").with("accept", "1");
    let done = browser.post("/desk/new", &form.fields()).await;
    let id = id_in(&done);
    let dossier = town.dossier(id).await.unwrap();
    let received: Vec<_> = dossier.papers.keys().map(String::as_str).collect();
    assert_eq!(
        received,
        ["GPXD-BV", "GPXD-DON"],
        "each in the kind of the list; what is needed in a case is not ticked"
    );
    let events = town.events(id).await;
    assert!(
        events.iter().any(|event| matches!(event, Event::PapersReceived { copies, .. } if copies == &["GPXD-DAT"]))
    );
    let shown = browser.get(location(&done)).await.text().to_owned();
    let code = dossier.code.as_deref().unwrap();
    for words in [
        "Đã tiếp nhận hồ sơ".to_owned(),
        format!("<strong class=\"code\">{code}</strong>"),
        "08/05/2020".to_owned(),
        format!("/desk/dossiers/{id}/print/receipt-1\">In giấy hẹn"),
        format!("/desk/new?after={id}\">Hồ sơ khác của người này"),
        "Hồ sơ mới".to_owned(),
    ] {
        assert!(shown.contains(&words), "{words} in {shown}");
    }
    assert!(!shown.contains("Không nhắn tin được"), "{shown}");
    // The next of the same visitor has their people, and nothing of them stands in an address.
    let next = browser.get(&format!("/desk/new?after={id}")).await.text().to_owned();
    for words in ["value=\"Công ty TNHH Thử Nghiệm\"", "value=\"Nguyễn Văn Thử\"", "value=\"+84905000001\""] {
        assert!(next.contains(words), "{words} in {next}");
    }
    assert!(!next.contains("autocomplete=\"tel\"") && !next.contains("autocomplete=\"organization\""), "{next}");
    let form = Filled::on(&next, "/desk/new")
        .with("procedure", "1.009645")
        .with("filing", "desk")
        .with("applicant.name", "Công ty TNHH Thử Nghiệm");
    let asked = browser.post("/desk/new", &form.fields()).await;
    let done = browser.post("/desk/new", &Filled::on(asked.text(), "/desk/new").with("accept", "1").fields()).await;
    let other = id_in(&done);
    assert_ne!(other, id);
    assert_eq!(location(&done), format!("/desk/dossiers/{other}?done=new&with={id}"));
    let shown = browser.get(location(&done)).await.text().to_owned();
    assert!(shown.contains(&format!("/desk/dossiers/{id}?done=new")), "{shown}");
    assert!(shown.contains(&format!("/desk/new?after={other}&amp;with={id}")), "{shown}");
    // An address with somebody else's id leads to nothing.
    let unknown = browser.get("/desk/new?after=00000000000000000000000000").await;
    assert!(matches!(unknown.status().as_u16(), 200 | 404), "{}", unknown.status());
    assert!(!unknown.text().contains("Thử Nghiệm"), "{}", unknown.text());
}

#[tokio::test]
async fn a_supplement_is_asked_from_the_check_list_with_its_reason_and_once() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser, "0905000001").await;
    let form = Filled::on(asked.text(), "/desk/new")
        .with("paper.GPXD-DON", "original")
        .with("minutes_no", "BB-2")
        .with("end", "supplement");
    let page = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(page.status().as_u16(), 200);
    // A paper that lacks is ticked; one that was handed over is not, nor one that is needed in some case only.
    for (code, ticked) in [("GPXD-DON", false), ("GPXD-BV", true), ("GPXD-DAT", true), ("GPXD-PCCC", false)] {
        let ticked_box = format!("name=\"papers\" value=\"{code}\" checked");
        assert_eq!(page.text().contains(&ticked_box), ticked, "{code} in {}", page.text());
    }
    let without = Filled::on(page.text(), "/desk/new").with("papers", "GPXD-BV").with("confirm", "1");
    let refused = browser.post("/desk/new", &without.fields()).await;
    assert_eq!(refused.status().as_u16(), 400);
    assert!(refused.text().contains("href=\"#reason\"") && refused.text().contains("Cần điền mục này."));
    let whole = Filled::on(refused.text(), "/desk/new")
        .with("papers", "GPXD-BV")
        .with("papers_more", "Ảnh hiện trạng")
        .with("reason", "bản vẽ thiếu chữ ký")
        .with("confirm", "1");
    let done = browser.post("/desk/new", &whole.fields()).await;
    let id = id_in(&done);
    let again = browser.post("/desk/new", &whole.fields()).await;
    assert_eq!(location(&again), location(&done), "a second click asks nothing more");
    let dossier = town.dossier(id).await.unwrap();
    assert_eq!((dossier.phase(), dossier.version), (Phase::Incomplete, 2));
    let events = town.events(id).await;
    let papers = events.iter().find_map(|event| match event {
        Event::IntakeSupplementRequested { awaited, reason } if reason == "bản vẽ thiếu chữ ký" => {
            Some(&awaited.papers)
        }
        _ => None,
    });
    assert_eq!(papers.unwrap(), &["GPXD-BV", "Ảnh hiện trạng"]);
    let shown = browser.get(location(&done)).await.text().to_owned();
    for words in ["Đã yêu cầu bổ sung, chưa tiếp nhận", "/print/supplement-2\">In phiếu yêu cầu bổ sung"]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    let slip = browser.get(&format!("/desk/dossiers/{id}/print/supplement-2")).await.text().to_owned();
    assert!(slip.contains("Bản vẽ thiết kế xây dựng (GPXD-BV)"), "{slip}");
}

#[tokio::test]
async fn a_refusal_at_the_desk_is_recorded_with_its_reason_and_printed() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser, "").await;
    assert!(asked.text().contains("Chưa có số điện thoại: không nhắn tin được"), "{}", asked.text());
    let page = browser.post("/desk/new", &Filled::on(asked.text(), "/desk/new").with("end", "refuse").fields()).await;
    assert_eq!(page.status().as_u16(), 200, "{}", page.text());
    let form = Filled::on(page.text(), "/desk/new").with("reason", "không thuộc thẩm quyền").with("confirm", "1");
    let done = browser.post("/desk/new", &form.fields()).await;
    let id = id_in(&done);
    assert_eq!(town.dossier(id).await.unwrap().phase(), Phase::NotAccepted);
    let shown = browser.get(location(&done)).await.text().to_owned();
    for words in ["Đã từ chối tiếp nhận", "/print/refusal-2\">In phiếu từ chối", "Không nhắn tin được cho người này"]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}

#[tokio::test]
async fn a_check_list_that_changes_while_the_page_is_open_is_shown_again_and_the_dossier_keeps_its_own() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let site = town.office.site();
    let filed = {
        let asked = asked_for_papers(&mut browser, "0905000001").await;
        let form = Filled::on(asked.text(), "/desk/new").with("paper.GPXD-BV", "original").with("minutes_no", "1");
        id_in(&browser.post("/desk/new", &form.with("accept", "1").fields()).await)
    };
    let open = asked_for_papers(&mut browser, "0905000001").await;
    let first = site.recorder.catalogue().versions(&town.agency(), PERMIT).await.unwrap().remove(0);
    let mut papers = first.papers.clone();
    papers.retain(|paper| paper.code != "GPXD-DAT");
    papers.push(Paper::named("GPXD-MOI", "Giấy tờ mới của danh mục"));
    let second = Procedure { version: 2, valid_from: Some(date(2020, 4, 15)), papers, ..(*first).clone() };
    site.recorder.catalogue().import(&town.agency(), &second).await.unwrap();
    let form = Filled::on(open.text(), "/desk/new")
        .with("paper.GPXD-DAT", "copy")
        .with("paper.GPXD-DON", "original")
        .with("minutes_no", "BB-3")
        .with("accept", "1");
    let again = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(again.status().as_u16(), 409, "{}", again.text());
    for words in
        ["vừa thay đổi", "Không còn trong danh mục: GPXD-DAT.", "GPXD-MOI", "value=\"original\" checked", "BB-3"]
    {
        assert!(again.text().contains(words), "{words} in {}", again.text());
    }
    let form = Filled::on(again.text(), "/desk/new")
        .with("paper.GPXD-MOI", "original")
        .with("minutes_no", "BB-3")
        .with("accept", "1");
    let id = id_in(&browser.post("/desk/new", &form.fields()).await);
    assert_eq!(town.dossier(id).await.unwrap().procedure.version, 2);
    // The earlier dossier is shown and asked by the list of its own version.
    assert_eq!(town.dossier(filed).await.unwrap().procedure.version, 1);
    let slip = browser.get(&format!("/desk/dossiers/{filed}/print/receipt-1")).await.text().to_owned();
    assert!(slip.contains("Giấy tờ chứng minh quyền sử dụng đất") && !slip.contains("GPXD-MOI"), "{slip}");
    let slip = browser.get(&format!("/desk/dossiers/{id}/print/receipt-1")).await.text().to_owned();
    assert!(slip.contains("Giấy tờ mới của danh mục (GPXD-MOI)"), "{slip}");
}

#[tokio::test]
async fn a_person_who_was_told_twice_counts_once_and_their_filing_online_next_is_known() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser, "0905000001").await;
    browser.post("/desk/new", &Filled::on(asked.text(), "/desk/new").with("guided", "desk").fields()).await;
    let on_the_phone = async |browser: &mut Browser<'_>, number: &str| {
        let guide = browser.get(&format!("/desk/new/guide?procedure={PERMIT}")).await.text().to_owned();
        let form = Filled::on(guide.split("method=\"post\"").last().unwrap(), "/desk/new/guide");
        browser.post("/desk/new/guide", &form.with("how", "phone").with("phone", number).fields()).await
    };
    let wrong = on_the_phone(&mut browser, "12345").await;
    assert_eq!(wrong.status().as_u16(), 422);
    assert!(wrong.text().contains("Số này không gọi được.") && wrong.text().contains("value=\"12345\""));
    // The same person, and somebody else.
    for number in ["0905 000 001", "0905000002"] {
        let told = on_the_phone(&mut browser, number).await;
        assert_eq!(told.status().as_u16(), 303, "{}", told.text());
    }
    let (site, day) = (town.office.site(), date(2020, 4, 15));
    let counted = async || site.recorder.store().guided(&town.agency(), day, day).await.unwrap();
    assert_eq!(counted().await, GuidedCount { desk: 1, phone: 1, filed: 0 });
    town.minutes(5);
    for (code, number) in [("G22-1", "0905000001"), ("G22-2", "0905000001"), ("G22-3", "0905000003")] {
        let mut form = crate::town::form(code);
        form["SoDienThoai"] = number.into();
        form["NgayNopHoSo"] = "20200415080700".into();
        assert_eq!(town.portal("dossier.submitted", code, form).await.status().as_u16(), 200);
    }
    town.office.deliver().await.unwrap();
    assert_eq!(counted().await, GuidedCount { desk: 1, phone: 1, filed: 1 });
    // A rebuild finds the same, and adds nothing.
    project::rebuild(&site, &town.agency()).await.unwrap();
    assert_eq!(counted().await, GuidedCount { desk: 1, phone: 1, filed: 1 });
    let register = browser.get("/desk/register").await.text().to_owned();
    assert!(register.contains("2 người (1 tại quầy, 1 qua điện thoại); 1 người sau đó nộp trực tuyến"), "{register}");
}

#[tokio::test]
async fn who_could_file_online_is_told_so_first_and_it_is_counted_once() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser, "0905000001").await;
    assert!(asked.text().contains("Thủ tục này nộp trực tuyến được."), "{}", asked.text());
    let form = Filled::on(asked.text(), "/desk/new").with("guided", "desk");
    for _ in 0..2 {
        let told = browser.post("/desk/new", &form.fields()).await;
        assert_eq!(told.status().as_u16(), 200);
        assert!(told.text().contains("Đã ghi: đã hướng dẫn nộp trực tuyến."), "{}", told.text());
        assert!(told.text().contains("Công ty TNHH Thử Nghiệm"), "nothing typed is lost");
    }
    // A caller asks: the guide, and its record.
    let guide = browser.get(&format!("/desk/new/guide?procedure={PERMIT}")).await;
    for words in ["dichvucong.gov.vn", "bưu chính công ích", "Bản vẽ thiết kế xây dựng", "qua điện thoại"]
    {
        assert!(guide.text().contains(words), "{words} in {}", guide.text());
    }
    let form =
        Filled::on(guide.text().split("method=\"post\"").last().unwrap(), "/desk/new/guide").with("how", "phone");
    let told = browser.post("/desk/new/guide", &form.fields()).await;
    assert_eq!(location(&told), format!("/desk/new/guide?procedure={PERMIT}&done=phone"));
    assert!(browser.get(location(&told)).await.text().contains("Đã ghi: đã hướng dẫn"));
    let counted = town.office.site();
    let store = counted.recorder.store();
    let day = date(2020, 4, 15);
    assert_eq!(store.guided(&town.agency(), day, day).await.unwrap(), GuidedCount { desk: 1, phone: 1, filed: 0 });
    let before = store.guided(&town.agency(), date(2020, 2, 1), date(2020, 4, 14)).await.unwrap();
    assert_eq!(before, GuidedCount::default());
    let register = browser.get("/desk/register").await.text().to_owned();
    assert!(
        register.contains(
            "Đã hướng dẫn nộp trực tuyến: 2 người (1 tại quầy, 1 qua điện thoại); 0 người sau đó nộp trực tuyến"
        ),
        "{register}"
    );
    // The sheet of A5; and a procedure that is filed at the desk only has none.
    let sheet = browser.get(&format!("/desk/new/guide/print?procedure={PERMIT}")).await;
    assert!(
        sheet.text().contains("Hướng dẫn nộp hồ sơ trực tuyến") && sheet.text().contains("<svg"),
        "{}",
        sheet.text()
    );
    assert_eq!(browser.get("/desk/new/guide/print?procedure=1.012789").await.status().as_u16(), 404);
    let land = browser.get("/desk/new/guide?procedure=1.012789").await;
    assert!(land.text().contains("không nộp trực tuyến được"), "{}", land.text());
    let unknown = browser.get("/desk/new/guide?procedure=%3Cb%3E9.9").await;
    assert_eq!(unknown.status().as_u16(), 404);
    assert!(unknown.text().contains("href=\"#procedure\"") && !unknown.text().contains("<b>9.9"), "{}", unknown.text());
    for odd in [[("how", "shout"), ("key", "abc")], [("how", "desk"), ("key", "a b")]] {
        let csrf = browser.csrf("/desk/new").await;
        let sent = [&odd[..], &[("csrf", csrf.as_str()), ("procedure", PERMIT)]].concat();
        assert_eq!(browser.post("/desk/new/guide", &sent).await.status().as_u16(), 400, "{odd:?}");
    }
}
