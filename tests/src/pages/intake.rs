//! Intake: the filer and the procedure, then the papers handed over.

use rules::catalogue::Procedure;
use rules::http::Reply;
use rules::id::DossierId;

use super::*;

/// The sample procedure of the stories: it needs the originals of an application and of drawings.
const PERMIT: &str = "1.005129";

/// Returns the second page, after the first was filled in.
async fn asked_for_papers(browser: &mut Browser<'_>) -> Response {
    let form = Filled::on(browser.get("/desk/new").await.text(), "/desk/new")
        .with("procedure", PERMIT)
        .with("filing", "desk")
        .with("applicant.name", "Công ty TNHH Thử Nghiệm")
        .with("applicant.address", "Lô 7, Khu kinh tế Vân Phong");
    let asked = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(asked.status().as_u16(), 200, "{}", asked.text());
    asked
}

#[tokio::test]
async fn the_check_list_is_the_procedure_s_and_a_complete_dossier_is_accepted_at_once() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser).await;
    for words in ["GPXD-DON", "GPXD-BV", "15 ngày làm việc", "Công ty TNHH Thử Nghiệm"] {
        assert!(asked.text().contains(words), "{words} in {}", asked.text());
    }
    let form = Filled::on(asked.text(), "/desk/new")
        .with("paper.GPXD-BV", "copy")
        .with("all", "1")
        .with("minutes_no", "BB-12")
        .with("return", "post")
        .with("accept", "1");
    let done = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let id = DossierId::parse(location(&done).split(['?', '/']).nth(3).unwrap()).unwrap();
    let dossier = town.dossier(id).await.unwrap();
    assert!(dossier.code.is_some(), "accepted");
    let received: Vec<_> = dossier.papers.keys().map(String::as_str).collect();
    assert_eq!(received, ["GPXD-DON"], "a copy is no original");
    let shown = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    for words in ["BB-12", "đã nhận bản chính", "chưa có bản chính"] {
        assert!(shown.contains(words), "{words} in {shown}");
    }
}

#[tokio::test]
async fn papers_without_minutes_are_refused_and_nothing_typed_is_lost() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser).await;
    let form = Filled::on(asked.text(), "/desk/new").with("paper.GPXD-DON", "original").with("return", "desk");
    let refused = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(refused.status().as_u16(), 400);
    for words in [
        "Số biên bản giao nhận: Cần điền mục này.",
        "name=\"paper.GPXD-DON\" value=\"original\" checked",
        "name=\"return\" value=\"desk\" checked",
        "Công ty TNHH Thử Nghiệm",
    ] {
        assert!(refused.text().contains(words), "{words} in {}", refused.text());
    }
    let odd = Filled::on(refused.text(), "/desk/new").with("paper.GPXD-DON", "<script>").with("minutes_no", "1");
    let refused = browser.post("/desk/new", &odd.fields()).await;
    assert_eq!(refused.status().as_u16(), 400);
    assert!(!refused.text().contains("<script>"), "{}", refused.text());
    assert!(listed_codes(&mut browser).await.is_empty(), "nothing was filed");
}

/// Returns the codes to which the list of new dossiers leads.
async fn listed_codes(browser: &mut Browser<'_>) -> Vec<String> {
    let list = browser.get("/desk/lists/new").await.text().to_owned();
    list.split("href=\"/desk/dossiers/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn going_back_changes_the_applicant_and_keeps_the_check_list() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser).await;
    let form =
        Filled::on(asked.text(), "/desk/new").with("paper.GPXD-BV", "copy").with("minutes_no", "7").with("back", "1");
    let first = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(first.status().as_u16(), 200);
    assert!(first.text().contains("value=\"Công ty TNHH Thử Nghiệm\""), "{}", first.text());
    let form = Filled::on(first.text(), "/desk/new")
        .with("procedure", PERMIT)
        .with("filing", "post")
        .with("applicant.name", "Hộ kinh doanh số 7");
    let asked = browser.post("/desk/new", &form.fields()).await;
    for words in ["Hộ kinh doanh số 7", "name=\"paper.GPXD-BV\" value=\"copy\" checked", "value=\"7\""] {
        assert!(asked.text().contains(words), "{words} in {}", asked.text());
    }
    assert!(!asked.text().contains("Thử Nghiệm"), "{}", asked.text());
}

#[tokio::test]
async fn a_corrected_address_stands_beside_the_one_before_it() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser).await;
    let done = browser.post("/desk/new", &Filled::on(asked.text(), "/desk/new").fields()).await;
    let id = location(&done).split(['?', '/']).nth(3).unwrap().to_owned();
    let right = [
        ("whose", "applicant"),
        ("address", "12 Yersin, Nha Trang"),
        ("consent", "phone"),
        ("because", "chuyển trụ sở"),
    ];
    let corrected = give(&mut browser, &id, "correct-contact", &right).await;
    assert_eq!(corrected.status().as_u16(), 303, "{}", corrected.text());
    let shown = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let both = "<del><bdi>Lô 7, Khu kinh tế Vân Phong</bdi></del> → <ins><bdi>12 Yersin, Nha Trang</bdi></ins>";
    assert!(shown.contains(both), "{shown}");
}

#[tokio::test]
async fn a_number_that_no_message_reaches_is_remarked_beside_its_field_while_it_can_be_mended() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let first = |browser: &Response, phone: &str| {
        Filled::on(browser.text(), "/desk/new")
            .with("procedure", PERMIT)
            .with("filing", "desk")
            .with("applicant.name", "Công ty TNHH Thử Nghiệm")
            .with("applicant.phone", phone)
    };
    for (phone, remark) in [
        ("09050000012", "không phải số điện thoại"),
        ("12345", "phải bắt đầu bằng 0"),
        ("ĐT 0905000001", "chỉ ghi chữ số"),
        ("0258 3822 222", "số cố định"),
        ("0905000001/0905000002", "có nhiều số"),
    ] {
        let empty = browser.get("/desk/new").await;
        let asked = browser.post("/desk/new", &first(&empty, phone).fields()).await;
        assert_eq!(asked.status().as_u16(), 200, "{phone}");
        assert!(asked.text().contains(remark), "{phone}: {}", asked.text());
        // It can be mended there, and on the page before.
        let back = Filled::on(asked.text(), "/desk/new").with("back", "1");
        let again = browser.post("/desk/new", &back.fields()).await;
        assert!(again.text().contains(remark) && again.text().contains(phone), "{phone}: {}", again.text());
    }
    let empty = browser.get("/desk/new").await;
    let asked = browser.post("/desk/new", &first(&empty, "12345").fields()).await;
    // A browser sends the fields in the order of the page: what is mended goes before what is carried along.
    let (field, carried) = ("name=\"applicant.phone\" autocomplete", "type=\"hidden\" name=\"applicant.phone\"");
    assert!(asked.text().find(field).unwrap() < asked.text().find(carried).unwrap());
    let carried = Filled::on(asked.text(), "/desk/new").with("return", "desk");
    let mended = [vec![("applicant.phone", "(+84) 905 000 001")], carried.fields()].concat();
    let done = browser.post("/desk/new", &mended).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let shown = browser.get(location(&done).split('?').next().unwrap()).await;
    assert!(shown.text().contains("0905 000 001") && !shown.text().contains("12345<"), "{}", shown.text());
    // A good number is not spoken of, and one that stays as it is costs nobody the dossier.
    let empty = browser.get("/desk/new").await;
    let asked = browser.post("/desk/new", &first(&empty, "0905\u{2011}000\u{2011}001").fields()).await;
    assert!(!asked.text().contains("role=\"status\""), "{}", asked.text());
    let empty = browser.get("/desk/new").await;
    let asked = browser.post("/desk/new", &first(&empty, "12345").fields()).await;
    let kept = Filled::on(asked.text(), "/desk/new").with("return", "desk");
    let done = browser.post("/desk/new", &kept.fields()).await;
    assert_eq!(done.status().as_u16(), 303, "{}", done.text());
    let shown = browser.get(location(&done).split('?').next().unwrap()).await;
    assert!(shown.text().contains("phải bắt đầu bằng 0"), "{}", shown.text());
    // A correction says so too, before it is recorded.
    let id = location(&done).split(['?', '/']).nth(3).unwrap().to_owned();
    let path = format!("/desk/dossiers/{id}/correct-contact");
    let typed = [("whose", "applicant"), ("phone", "0258 3822 222"), ("consent", "phone"), ("because", "đổi số")];
    let form = browser.get(&path).await;
    let filled = typed.iter().fold(Filled::on(form.text(), &path), |form, (name, value)| form.with(name, value));
    let preview = browser.post(&path, &filled.fields()).await;
    assert!(preview.text().contains("là số cố định"), "{}", preview.text());
}

/// Returns the page that asks for the reason of a supplement.
async fn asked_for_reason(browser: &mut Browser<'_>, asked: &Response) -> Filled {
    let page =
        browser.post("/desk/new", &Filled::on(asked.text(), "/desk/new").with("end", "supplement").fields()).await;
    Filled::on(page.text(), "/desk/new")
        .with("reason", "bản vẽ thiếu chữ ký")
        .with("papers", "GPXD-BV")
        .with("confirm", "1")
}

#[tokio::test]
async fn a_supplement_that_the_filed_dossier_declines_is_told_with_its_reason_and_what_was_typed() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let catalogue = town.office.site();
    let catalogue = catalogue.recorder.catalogue();
    let first = catalogue.versions(&town.agency(), PERMIT).await.unwrap().remove(0);
    let valid_from = Some(jiff::civil::date(2020, 4, 15));
    let none = Procedure { version: 2, valid_from, most_rounds: Some(0), ..(*first).clone() };
    catalogue.import(&town.agency(), &none).await.unwrap();
    let asked = asked_for_papers(&mut browser).await;
    let form = asked_for_reason(&mut browser, &asked).await;
    let answer = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(answer.status().as_u16(), 422, "{}", answer.text());
    town.office.deliver().await.unwrap();
    let ids = listed_codes(&mut browser).await;
    let [id] = &ids[..] else { panic!("it was filed once: {ids:?}") };
    for words in [
        "Hồ sơ đã được ghi vào sổ, việc này thì chưa.",
        "bản vẽ thiếu chữ ký",
        "name=\"papers\" value=\"GPXD-BV\" checked",
        &format!("action=\"/desk/dossiers/{id}/request-supplement\""),
        "<title>Lỗi: ",
    ] {
        assert!(answer.text().contains(words), "{words} in {}", answer.text());
    }
}

#[tokio::test]
async fn a_supplement_asked_at_intake_after_somebody_accepted_the_dossier_says_so_and_keeps_what_was_typed() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser).await;
    let form = asked_for_reason(&mut browser, &asked).await;
    // The same page, in another window, entered the dossier; somebody accepted it since.
    let filed = browser.post("/desk/new", &Filled::on(asked.text(), "/desk/new").fields()).await;
    let id = DossierId::parse(location(&filed).split(['?', '/']).nth(3).unwrap()).unwrap();
    town.clerk(id, "accept", serde_json::json!({})).await;
    let answer = browser.post("/desk/new", &form.fields()).await;
    assert_eq!(answer.status().as_u16(), 409, "{}", answer.text());
    for words in [
        "Hồ sơ đã được ghi vào sổ, việc này thì chưa.",
        "Trong lúc đó hồ sơ đã thay đổi:",
        "bản vẽ thiếu chữ ký",
        "name=\"papers\" value=\"GPXD-BV\" checked",
    ] {
        assert!(answer.text().contains(words), "{words} in {}", answer.text());
    }
    // From there it is asked for in the usual way.
    let path = format!("/desk/dossiers/{id}/request-supplement");
    let again = Filled::on(answer.text(), &path).with("reason", "bản vẽ thiếu chữ ký").with("papers", "GPXD-BV");
    let asked = browser.post(&path, &again.fields()).await;
    assert_eq!(asked.status().as_u16(), 200, "{}", asked.text());
    let done = browser.post(&path, &Filled::on(asked.text(), &path).with("confirm", "1").fields()).await;
    assert_eq!(location(&done), format!("/desk/dossiers/{id}?done=request-supplement"));
}

/// Returns the state of each paper of the check-list, as the dossier's page shows it.
fn check_list(page: &str) -> Vec<String> {
    let (_, rest) = page.split_once("<ul class=\"tasks\">").unwrap_or_else(|| panic!("no check-list in {page}"));
    let tags = rest.split("</ul>").next().unwrap().split("<span class=\"tag ").skip(1);
    tags.map(|tag| tag.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_dossier_s_page_says_of_each_paper_whether_it_is_in_and_in_which_kind() {
    let town = Town::new().await;
    let mut browser = seated(&town, "clerk").await;
    let asked = asked_for_papers(&mut browser).await;
    let form = Filled::on(asked.text(), "/desk/new")
        .with("paper.GPXD-DON", "original")
        .with("paper.GPXD-BV", "copy")
        .with("minutes_no", "BB-12")
        .with("accept", "1");
    let done = browser.post("/desk/new", &form.fields()).await;
    let id = location(&done).split(['?', '/']).nth(3).unwrap().to_owned();
    let page = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let first = ["đã nhận bản chính", "có bản sao hoặc tệp, chưa có bản chính", "chưa nộp", "chưa nộp"];
    assert_eq!(check_list(&page)[..4], first, "{page}");
    for words in ["Giấy tờ luôn cần: đã có <strong>1/3</strong>", "2 bản chính", "công trình thuộc diện thẩm duyệt"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let more = [("papers", "GPXD-BV"), ("minutes_no", "BB-13"), ("by", "hand")];
    let received = give(&mut browser, &id, "record-receipt", &more).await;
    assert_eq!(received.status().as_u16(), 303, "{}", received.text());
    let page = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert_eq!(check_list(&page)[1], "đã nhận bản chính", "{page}");
    assert!(page.contains("đã có <strong>2/3</strong>"), "{page}");
    let taken_back = [("papers", "GPXD-BV"), ("because", "nhầm hồ sơ")];
    let corrected = give(&mut browser, &id, "correct-receipt", &taken_back).await;
    assert_eq!(corrected.status().as_u16(), 303, "{}", corrected.text());
    let page = browser.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    assert!(check_list(&page)[1].contains("chưa có bản chính"), "{page}");
    // What a portal sent as a file is in as a file.
    let mut form = crate::town::form("G22-1");
    form["TaiLieuNop"] = serde_json::json!([{ "MaThanhPhanHoSo": "GPXD-DAT", "TenTepDinhKem": "dat.pdf" }]);
    town.portal("dossier.submitted", "filed-1", form).await;
    let page = browser.get(&format!("/desk/dossiers/{}", town.id_of("G22-1"))).await.text().to_owned();
    assert_eq!(check_list(&page)[..3], ["chưa có bản chính", "chưa có bản chính", "đã có bản điện tử"], "{page}");
}
