//! Every form with every kind of mistake in it: each is told in a summary that leads to its field and at the field
//! itself, the page says so in its title, and nothing typed is lost.

use std::collections::BTreeSet;

use rules::http::Reply;
use serde_json::json;

use super::*;
use crate::sign_in::File;

/// Returns the values of an attribute on a page.
fn values(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Checks that a page tells its mistakes as every page does, each with a link to this field; returns the links.
fn told(answer: &Response, statuses: &[u16], what: &str) -> Vec<String> {
    let page = answer.text();
    let status = answer.status().as_u16();
    assert!(statuses.contains(&status), "{what}: {status} {page}");
    assert!(page.contains("<title>Lỗi: "), "{what}: no title in {page}");
    let (_, rest) =
        page.split_once("<section class=\"errors\"").unwrap_or_else(|| panic!("{what}: no summary in {page}"));
    let summary = rest.split("</section>").next().unwrap();
    assert!(summary.contains("tabindex=\"-1\" autofocus"), "{what}: {summary}");
    assert_eq!(page.matches(" autofocus").count(), 1, "{what}: the summary alone takes the keyboard: {page}");
    let ids: BTreeSet<_> = values(page, "id").into_iter().collect();
    assert_eq!(ids.len(), values(page, "id").len(), "{what}: an id twice in {page}");
    let links: Vec<_> = values(summary, "href").iter().map(|href| href.strip_prefix('#').unwrap().to_owned()).collect();
    for link in &links {
        assert!(ids.contains(link), "{what}: {link} is nowhere in {page}");
        assert!(ids.contains(&format!("{link}-wrong")), "{what}: no text at {link} in {page}");
        let described = values(page, "aria-describedby").iter().any(|it| it.contains(&format!("{link}-wrong")));
        assert!(described, "{what}: {link} is not described by its mistake");
    }
    for id in values(page, "aria-describedby").iter().flat_map(|ids| ids.split(' ')) {
        assert!(ids.contains(id), "{what}: {id} describes nothing in {page}");
    }
    for form in page.split("<form ").skip(1).map(|form| form.split("</form>").next().unwrap()) {
        let typed =
            form.contains("<textarea") || form.split("<input ").skip(1).any(|it| !it.contains("type=\"hidden\""));
        assert!(!typed || form.split('>').next().unwrap().contains("novalidate"), "{what}: {form}");
    }
    links
}

/// A command, what is typed, the fields that are wrong, and a sentence at one of them.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str], &'a str);

#[tokio::test]
async fn the_mistakes_of_every_command_are_told_together_and_nothing_typed_is_lost() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.clerk(id, "accept", json!({})).await;
    town.clerk(id, "ask-fee", json!({ "channel": "vnpay-demo", "amount_vnd": crate::town::FEE_VND })).await;
    let mut manager = seated(&town, "manager").await;
    let (long, longer) = ("x".repeat(101), "x".repeat(501));
    let cases: [Case<'_>; 15] = [
        ("request-supplement", &[], &["reason"], "Cần điền mục này."),
        ("request-supplement", &[("reason", &longer)], &["reason"], "Dài quá 500 ký tự."),
        (
            "request-supplement",
            &[("reason", "…"), ("at", "31/02/2020 8:00")],
            &["reason", "at"],
            "Không có ngày 31/02/2020.",
        ),
        ("ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", "một trăm")], &["amount_vnd"], "Viết số đồng nguyên"),
        ("ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", "12.50")], &["amount_vnd"], "Viết số đồng nguyên"),
        ("record-cash-payment", &[("attempt", "1")], &["amount_vnd", "receipt_no"], "Cần điền mục này."),
        (
            "record-cash-payment",
            &[("attempt", "1"), ("amount_vnd", "x"), ("receipt_no", &long)],
            &["amount_vnd", "receipt_no"],
            "Dài quá 100 ký tự.",
        ),
        ("record-receipt", &[("by", "hand")], &["minutes_no", "papers"], "Đánh dấu hoặc ghi ít nhất một giấy tờ."),
        (
            "apologise",
            &[("reason", "chậm"), ("new_due_on", "31/02/2020")],
            &["new_due_on"],
            "Không có ngày 31/02/2020.",
        ),
        (
            "apologise",
            &[("reason", "-"), ("new_due_on", "04/13/2020")],
            &["reason", "new_due_on"],
            "Viết ngày trước tháng: dd/mm/yyyy.",
        ),
        (
            "apologise",
            &[("reason", "chậm"), ("new_due_on", "mai")],
            &["new_due_on"],
            "Viết ngày/tháng/năm, ví dụ 05/04/2020.",
        ),
        ("apologise", &[("reason", "chậm"), ("new_due_on", "01/04/2020")], &[], ""),
        ("close", &[], &["reason", "article"], "Cần điền mục này."),
        (
            "pause-clock",
            &[("reason", "originals"), ("at", "16/04/2020 08:00"), ("papers_more", "x")],
            &["at"],
            "Thời điểm này chưa đến.",
        ),
        ("withdraw", &[("reason", "thôi"), ("at", "15/04/2020")], &["at"], "Viết ngày rồi giờ"),
    ];
    for (command, typed, fields, sentence) in cases {
        let path = format!("/desk/dossiers/{id}/{command}");
        let form = Filled::on(manager.get(&path).await.text(), &path);
        let filled = typed.iter().fold(form, |form, (name, value)| form.with(name, value));
        let answer = manager.post(&path, &filled.fields()).await;
        let links = told(&answer, &[400, 422], command);
        assert_eq!(links, fields, "{command} {typed:?}");
        assert!(answer.text().contains(sentence), "{command}: {sentence} in {}", answer.text());
        for (name, value) in
            typed.iter().filter(|(name, _)| !["channel", "attempt", "by", "reason", "papers_more"].contains(name))
        {
            assert!(answer.text().contains(&format!("value=\"{value}\"")), "{name}={value} in {}", answer.text());
        }
        for (_, text) in typed.iter().filter(|(name, _)| ["reason", "papers_more"].contains(name)) {
            assert!(answer.text().contains(&format!("\n{text}<")) || answer.text().contains("checked"), "{text}");
        }
        // The case stands on the page, in its words.
        for words in ["id=\"case\"", "Công ty TNHH Thử Nghiệm", "Dừng tính"] {
            assert!(answer.text().contains(words), "{command}: {words} in {}", answer.text());
        }
        assert_eq!(answer.text().matches("<h1").count(), 1, "{command}");
    }
}

#[tokio::test]
async fn days_amounts_and_numbers_are_taken_as_people_write_them() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await.to_string();
    let mut manager = seated(&town, "manager").await;
    give(&mut manager, &id, "accept", &[("at", "15/4/2020 8h00")]).await;
    let moved = [("whose", "applicant"), ("phone", "0912 345 678"), ("consent", "phone"), ("because", "đổi số")];
    give(&mut manager, &id, "correct-contact", &moved).await;
    give(&mut manager, &id, "ask-fee", &[("channel", "vnpay-demo"), ("amount_vnd", "1.250.000 ₫")]).await;
    let paid = [("attempt", "1"), ("amount_vnd", "1,250,000"), ("receipt_no", "0001234")];
    let done = give(&mut manager, &id, "record-cash-payment", &paid).await;
    let page = manager.get(location(&done)).await.text().to_owned();
    let sentence = "Đã thu tiền mặt 1.250.000 ₫, biên lai số 0001234; đã nhận đủ, tính tiếp; hẹn trả ";
    let notice = page.split_once("role=\"status\"").unwrap().1.split("</div>").next().unwrap();
    assert!(notice.contains(sentence), "{notice}");
    let form = manager.get(&format!("/desk/dossiers/{id}/apologise")).await.text().to_owned();
    assert!(form.contains("0912 345 678") && form.contains("ví dụ 05/04/2020"), "{form}");
    let late = [("reason", "Cần thêm thời gian"), ("new_due_on", "1.6.2020")];
    let done = give(&mut manager, &id, "apologise", &late).await;
    let page = manager.get(location(&done)).await.text().to_owned();
    assert!(page.contains("Đã xin lỗi, hẹn lại 01/06/2020"), "{page}");
}

#[tokio::test]
async fn a_form_shows_its_case_and_gives_the_keyboard_to_its_first_field() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    let mut clerk = seated(&town, "clerk").await;
    town.clerk(id, "accept", json!({})).await;
    let dossier = clerk.get(&format!("/desk/dossiers/{id}")).await.text().to_owned();
    let links = values(&dossier, "href");
    let below = |href: &String| href.strip_prefix(&format!("/desk/dossiers/{id}/")).map(str::to_owned);
    let commands: BTreeSet<_> = links.iter().filter_map(below).filter(|it| !it.contains('/')).collect();
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands {
        let page = clerk.get(&format!("/desk/dossiers/{id}/{command}")).await.text().to_owned();
        assert_eq!(page.matches(" autofocus").count(), 1, "{command}: {page}");
        let form = page.split_once("<main").unwrap().1;
        let form = form.split_once("novalidate").unwrap().1;
        let first = form.split(['<']).find(|tag| {
            let control = tag.starts_with("input") || tag.starts_with("select") || tag.starts_with("textarea");
            (control && !tag.contains("hidden")) || tag.starts_with("button")
        });
        let only_at = form.find("name=\"at\"") < form.find("autofocus");
        assert!(
            first.unwrap().contains("autofocus") || (only_at && form.contains("button class=\"main\" autofocus")),
            "{command}: {first:?}"
        );
        assert!(page.contains("id=\"case\"") && page.contains("Công ty TNHH Thử Nghiệm"), "{command}");
        assert_eq!(page.matches("<h1").count(), 1, "{command}");
    }
}

#[tokio::test]
async fn the_mistakes_of_periods_of_search_and_of_one_command_for_many_are_told_in_the_same_way() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await.to_string();
    let mut manager = seated(&town, "manager").await;
    for (path, from, until) in
        [("/desk/register", "from", "until"), ("/desk/money/book", "from", "until"), ("/desk/reports", "from", "to")]
    {
        for (typed, sentence) in [
            ("31/02/2020", "Không có ngày 31/02/2020."),
            ("04/13/2020", "Viết ngày trước tháng: dd/mm/yyyy."),
            ("hôm qua", "Viết ngày/tháng/năm"),
            ("01/01/1950", "Xem lại năm"),
        ] {
            let asked = rules::http::query::encode(typed.as_bytes()).to_string();
            let answer = manager.get(&format!("{path}?{from}={asked}&{until}=x")).await;
            assert_eq!(told(&answer, &[400], path), [from, until], "{typed}");
            assert!(
                answer.text().contains(sentence) && answer.text().contains(&format!("value=\"{typed}\"")),
                "{typed}"
            );
        }
        let shown = manager.get(&format!("{path}?{from}=1.4.2020&{until}=15-04-2020")).await;
        assert_eq!(shown.status().as_u16(), 200, "{}", shown.text());
        assert!(
            shown.text().contains("value=\"01/04/2020\"") && shown.text().contains("value=\"15/04/2020\""),
            "{path}"
        );
        let turned = manager.get(&format!("{path}?{from}=2020-04-15&{until}=2020-04-01")).await;
        assert_eq!(told(&turned, &[400], path), [from]);
    }
    assert_eq!(told(&manager.get("/desk/admin/audit?day=31%2F02%2F2020").await, &[400], "audit"), ["day"]);
    let csrf = manager.csrf("/desk/search").await;
    let nothing = manager.post("/desk/search", &[("csrf", &csrf), ("q", " ")]).await;
    assert_eq!(told(&nothing, &[400], "search"), ["q"]);
    let bulk = [("csrf", csrf.as_str()), ("command", "forward"), ("id", &id), ("asked", "1")];
    assert_eq!(told(&manager.post("/desk/bulk", &bulk).await, &[400], "bulk"), ["to"]);
    let none = manager.post("/desk/bulk", &[("csrf", &csrf), ("command", "accept")]).await;
    assert!(told(&none, &[400], "none chosen").is_empty());
}

#[tokio::test]
async fn the_mistakes_of_each_page_of_an_intake_are_told_together_in_the_order_of_its_fields() {
    let town = Town::new().await;
    let mut clerk = seated(&town, "clerk").await;
    let (name, address) = ("x".repeat(251), "x".repeat(501));
    let all = ["procedure", "filing", "applicant.name", "applicant.address", "filer.name", "filer.identity_no"];
    for (procedure, sentence) in
        [("", "Cần điền mục này."), ("9.999999", "thủ tục"), (&"9".repeat(101), "Dài quá 100 ký tự.")]
    {
        let form = Filled::on(clerk.get("/desk/new").await.text(), "/desk/new")
            .with("procedure", procedure)
            .with("filing", "pigeon")
            .with("applicant.address", &address)
            .with("applicant.phone", "0905000001")
            .with("filer.identity_no", &name);
        let answer = clerk.post("/desk/new", &form.fields()).await;
        assert_eq!(told(&answer, &[400], procedure), all, "{procedure}");
        assert!(answer.text().contains(sentence), "{sentence} in {}", answer.text());
        assert!(answer.text().contains("value=\"0905000001\""), "what was typed stays");
    }
    let page = clerk.get("/desk/new").await;
    let filled = |procedure: &str| {
        let form = Filled::on(page.text(), "/desk/new").with("procedure", procedure).with("filing", "desk");
        form.with("applicant.name", "Công ty TNHH Thử Nghiệm")
    };
    let answer = clerk.post("/desk/new", &filled("9.999999").fields()).await;
    assert_eq!(told(&answer, &[422], "unknown"), ["procedure"]);
    let second = clerk.post("/desk/new", &filled("1.005129").fields()).await;
    let odd = Filled::on(second.text(), "/desk/new")
        .with("paper.GPXD-DON", "neither")
        .with("return", "pigeon")
        .with("minutes_no", "");
    let answer = clerk.post("/desk/new", &odd.fields()).await;
    assert_eq!(told(&answer, &[400], "papers"), ["all", "minutes_no", "return"]);
    let ending = Filled::on(second.text(), "/desk/new").with("end", "supplement");
    let third = clerk.post("/desk/new", &ending.fields()).await;
    let odd = Filled::on(third.text(), "/desk/new")
        .with("reason", "…")
        .with("papers", "")
        .with("papers_more", &"x".repeat(501))
        .with("confirm", "1");
    let answer = clerk.post("/desk/new", &odd.fields()).await;
    assert_eq!(told(&answer, &[400], "ending"), ["reason", "papers"]);
    let list = clerk.get("/desk/lists/new").await.text().to_owned();
    assert!(!list.contains("/desk/dossiers/"), "nothing was filed: {list}");
}

#[tokio::test]
async fn the_mistakes_of_decisions_and_files_are_told_in_the_same_way() {
    let town = Town::new().await;
    let id = town.submit("G22-1").await;
    town.send(&town.callback(&town.paid("not-ours"))).await;
    let mut manager = seated(&town, "manager").await;
    let list = manager.get("/desk/money").await.text().to_owned();
    let money = values(&list, "href").into_iter().find(|href| href.contains("/money/") && href.len() > 30).unwrap();
    let page = manager.get(&money).await.text().to_owned();
    let (long, reason) = ("x".repeat(501), "vì <thế>");
    let cases: [Case<'_>; 5] = [
        (
            "attach",
            &[("dossier", "G22-1"), ("attempt", "một")],
            &["attach-attempt", "attach-reason"],
            "Cần điền mục này.",
        ),
        ("attach", &[("dossier", "khong-co"), ("reason", reason)], &[], ""),
        ("mark-refund", &[("reason", &long)], &["mark-refund-reason"], "Dài quá 500 ký tự."),
        ("no-money", &[("kind", "gift"), ("reason", reason)], &["no-money-kind"], ""),
        ("no-money", &[("reason", "…")], &["no-money-kind", "no-money-reason"], "Cần ghi rõ"),
    ];
    for (decision, typed, fields, sentence) in cases {
        let path = format!("{money}/{decision}");
        let filled = typed.iter().fold(Filled::on(&page, &path), |form, (name, value)| form.with(name, value));
        let answer = manager.post(&path, &filled.fields()).await;
        let links = told(&answer, &[400, 422], decision);
        assert!(fields.iter().all(|field| links.contains(&(*field).to_owned())), "{decision} {typed:?}: {links:?}");
        assert!(answer.text().contains(sentence), "{decision}: {}", answer.text());
        if typed.contains(&("reason", reason)) {
            assert!(answer.text().contains("vì &lt;thế&gt;"), "{decision}");
        }
    }
    let settlement = "/desk/money/settlement";
    let form = Filled::on(manager.get(settlement).await.text(), settlement).with("channel", "vnpay-demo");
    for (from, content, field) in [("31/02/2020", b"x".as_slice(), "from"), ("01/04/2020", b"", "file")] {
        let fields = [form.fields(), vec![("from", from)]].concat();
        let answer = manager.post_file(settlement, &fields, File { name: "a.csv", content }).await;
        assert_eq!(told(&answer, &[422], settlement), [field]);
        assert!(answer.text().contains(&format!("value=\"{from}\"")), "{from}");
    }
    let files = format!("/desk/dossiers/{id}/files");
    let form = Filled::on(manager.get(&format!("/desk/dossiers/{id}")).await.text(), &files);
    for (paper, name, content, field) in [
        ("", "x", b"".as_slice(), "scan-file"),
        ("khong-co", "x", b"%PDF-1.4", "scan-paper"),
        ("", "\u{200b}", b"%PDF-1.4", "scan-name"),
    ] {
        let fields = [form.fields(), vec![("paper", paper), ("name", name)]].concat();
        let answer = manager.post_file(&files, &fields, File { name: "a.pdf", content }).await;
        assert_eq!(told(&answer, &[413, 415, 422], field), [field]);
    }
    let mut administrator = seated(&town, "administrator").await;
    let csrf = administrator.csrf("/desk/admin/calendar").await;
    let odd = administrator.post("/desk/admin/calendar", &[("csrf", &csrf), ("tables", "x = ")]).await;
    assert_eq!(told(&odd, &[422], "calendar"), ["tables"]);
    let fields = [("csrf", csrf.as_str()), ("catalogue", ""), ("do", "check")];
    let odd =
        administrator.post_file("/desk/admin/catalogue", &fields, File { name: "a.toml", content: b"x = " }).await;
    assert_eq!(told(&odd, &[422], "catalogue"), ["catalogue"]);
}
