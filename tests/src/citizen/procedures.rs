//! The first page and the catalogue, as somebody at home reads them before filing.

use motcua_local::wire::faults::{Fault, Faults, Plan};
use rules::catalogue::Procedure;
use rules::config::Config;
use rules::notice::{Effect, Mail, Measure};

use super::hosts::configured;
use super::notices::{about, effect, in_order, on, published, source};
use super::*;
use crate::pages::seeded::{allowed, plain_words, visible};
use crate::town::PERMIT;

/// Every page of procedures of the sample catalogue, in Vietnamese.
const PAGES: [&str; 6] = [
    "/procedures",
    "/procedures?q=xay+dung",
    "/procedures?q=khong+co+gi",
    "/procedures/1.005129",
    "/procedures/1.009972",
    "/procedures/1.012789",
];

fn free(of: Mail) -> Effect {
    effect(Measure::FreePostage { of }, on(1), Some(on(22)))
}

/// Adds another procedure, made of the one of most stories.
async fn imported(town: &Town, change: impl FnOnce(&mut Procedure)) {
    let (site, agency, now) = (town.office.site(), town.agency(), town.clock.now());
    let permit = site.recorder.catalogue().in_force(&agency, PERMIT, now, now).await.unwrap().unwrap();
    let mut procedure = Procedure::clone(&permit);
    change(&mut procedure);
    site.recorder.catalogue().import(&agency, &procedure).await.unwrap();
}

#[tokio::test]
async fn the_first_page_tells_what_runs_then_where_to_file_then_the_look_up_then_the_postage() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    let first = page(&town, "/").await;
    in_order(
        &words(&first),
        &[
            "Những việc làm được tại nhà",
            "Biện pháp cấp bách tại Bộ phận Một cửa",
            "Nộp hồ sơ mới",
            "nộp trên Cổng Dịch vụ công quốc gia, không nộp ở trang này",
            "dichvucong.gov.vn",
            "Mã tra cứu",
            "Cước bưu điện hôm nay",
            "Nhận kết quả qua bưu điện được miễn cước. Từ 01/04/2020 đến hết 22/04/2020.",
            "Liên hệ",
        ],
    );
    assert!(first.contains("href=\"/procedures\"") && first.contains("href=\"/notices/1\""), "{first}");
    in_order(&words(&page(&town, "/?lang=en").await), &["What you can do from home", "File a new dossier", "Postage"]);
}

#[tokio::test]
async fn postage_is_free_by_what_runs_or_paid_to_the_postman_or_by_the_operator_s_table() {
    let town = configured(&without_table()).await;
    assert!(words(&page(&town, "/").await).contains("Người nhận trả cước cho bưu điện khi nhận."));
    let mut notice = about(&town, "Miễn cước", vec![free(Mail::Originals)]);
    notice.procedures = vec!["1.009972".into()];
    published(&town, notice).await;
    let first = words(&page(&town, "/").await);
    // Free for some, and only their papers: for the others the rest still counts.
    in_order(&first, &["Gửi giấy tờ qua bưu điện được miễn cước.", "Chỉ cho một số thủ tục.", "Người nhận trả cước"]);
    assert!(words(&page(&town, "/procedures/1.009972").await).contains("Gửi giấy tờ qua bưu điện được miễn cước."));
    assert!(!words(&page(&town, "/procedures/1.005129").await).contains("miễn cước"));
    published(&town, about(&town, "Miễn cả", vec![free(Mail::Both)])).await;
    town.minutes(1);
    let first = words(&page(&town, "/").await);
    assert!(first.contains("Gửi giấy tờ và nhận kết quả qua bưu điện được miễn cước."), "{first}");
    assert!(!first.contains("Người nhận trả cước"), "{first}");
    // The measure is over on the day after its last one.
    town.until("2020-04-23T08:00:00+07:00");
    assert!(words(&page(&town, "/").await).contains("Người nhận trả cước cho bưu điện khi nhận."));
}

/// The demo's configuration, whose operator has no table of postage.
fn without_table() -> String {
    let (before, table) = rules::config::DEMO.split_once("[posts.postage]").unwrap();
    format!("{before}{}", &table[table.find("[posts.order.sender]").unwrap()..])
}

#[tokio::test]
async fn the_table_of_an_operator_is_told_where_there_is_one() {
    let town = Town::new().await;
    let first = words(&page(&town, "/").await);
    in_order(
        &first,
        &["Bưu điện Việt Nam", "Trong tỉnh: 26.000 ₫", "Tỉnh khác: 31.000 ₫ đến 100 g ; 35.000 ₫ đến 250 g"],
    );
    let english = words(&page(&town, "/procedures/1.005129?lang=en").await);
    assert!(english.contains("up to 100 g"), "{english}");
}

#[tokio::test]
async fn a_procedure_tells_where_to_file_papers_originals_time_fee_and_by_what_right() {
    let town = Town::new().await;
    let permit = page(&town, "/procedures/1.005129").await;
    assert!(title(&permit).starts_with("Cấp giấy phép xây dựng trong khu kinh tế"), "{permit}");
    in_order(
        &words(&permit),
        &[
            "Mã thủ tục 1.005129",
            "Nộp hồ sơ ở đâu",
            "Vào Cổng Dịch vụ công quốc gia",
            "Tìm thủ tục theo mã 1.005129",
            "Không nộp trực tuyến được thì nộp tại Bộ phận Một cửa",
            "Giấy tờ phải nộp",
            "Đơn đề nghị cấp giấy phép xây dựng : 1 bản chính . Mẫu:",
            "Bản vẽ thiết kế xây dựng : 2 bản chính",
            "khi công trình thuộc diện thẩm duyệt",
            "Khi nào cần bản chính",
            "Đối chiếu bản chính :",
            "trong 2 ngày làm việc",
            "Thời hạn 15 ngày làm việc , tính từ ngày tiếp nhận hồ sơ",
            "Phí, lệ phí Không thu",
            "Tại nhà qua bưu điện",
            "Căn cứ Quy định mẫu",
            "Cước bưu điện hôm nay",
        ],
    );
    let land = words(&page(&town, "/procedures/1.012789").await);
    in_order(&land, &["Thủ tục này không nộp trực tuyến được", "Phí thẩm định hồ sơ giao đất", "₫"]);
    assert!(!land.contains("Cổng Dịch vụ công quốc gia") && !land.contains("Cước bưu điện hôm nay"), "{land}");
    let english = words(&page(&town, "/procedures/1.005129?lang=en").await);
    in_order(&english, &["Where to file", "Construction drawings", "15 working days", "by post"]);
}

#[tokio::test]
async fn the_version_of_today_counts_and_a_procedure_that_is_over_says_so() {
    let town = Town::new().await;
    imported(&town, |it| {
        it.code = "9.000001".into();
        it.name_vi = "Thủ tục cũ".into();
        it.valid_until = Some(on(10));
    })
    .await;
    imported(&town, |it| {
        it.code = "9.000002".into();
        it.name_vi = "Thủ tục sắp có".into();
        it.valid_from = Some(on(20));
    })
    .await;
    let over = page(&town, "/procedures/9.000001").await;
    in_order(&words(&over), &["Thủ tục cũ", "không còn áp dụng: ngày tiếp nhận cuối cùng là 10/04/2020"]);
    assert!(!over.contains("Nộp hồ sơ ở đâu"), "{over}");
    let to_come = words(&page(&town, "/procedures/9.000002").await);
    assert!(to_come.contains("Thủ tục này được tiếp nhận từ ngày 20/04/2020."), "{to_come}");
    let all = words(&page(&town, "/procedures").await);
    assert!(!all.contains("Thủ tục cũ") && !all.contains("Thủ tục sắp có"), "{all}");
    let found = words(&page(&town, "/procedures?q=thu+tuc+cu").await);
    in_order(&found, &["Thủ tục cũ", "Không tiếp nhận"]);
    town.until("2020-04-20T00:00:00+07:00");
    assert!(words(&page(&town, "/procedures/9.000002").await).contains("Nộp hồ sơ ở đâu"));
    assert!(words(&page(&town, "/procedures").await).contains("Thủ tục sắp có"));
    // The version that begins in July has the same code.
    assert_eq!(all.matches("(1.009756)").count(), 1, "{all}");
}

#[tokio::test]
async fn procedures_are_found_without_marks_and_the_list_is_paged() {
    let town = Town::new().await;
    for typed in ["xay+dung+giay+phep", "gi%E1%BA%A5y+ph%C3%A9p+x%C3%A2y+d%E1%BB%B1ng", "1.005129", "construction"] {
        let found = words(&page(&town, &format!("/procedures?q={typed}")).await);
        assert!(found.contains("Tìm thấy") && found.contains("(1.005129)"), "{typed}: {found}");
        assert!(!found.contains("(1.012789)"), "{typed}: {found}");
    }
    assert!(words(&page(&town, "/procedures?q=khong+co").await).contains("Không tìm thấy thủ tục nào."));
    for odd in ["%3Cscript%3E", "%FF", ".", "\u{202e}", "%26lang%3Den"] {
        let answer = get(&town, &format!("/procedures?q={odd}")).await;
        assert_eq!(answer.status().as_u16(), 200, "{odd}");
        assert!(!answer.text().contains("<script"), "{odd}");
    }
    for number in 0..45 {
        imported(&town, |it| {
            it.code = format!("8.{number:06}");
            it.name_vi = format!("Một thủ tục số {number:02}.");
        })
        .await;
    }
    town.minutes(5);
    let (mut target, mut seen, mut pages) = ("/procedures?q=mot+thu+tuc".to_owned(), Vec::new(), 0);
    loop {
        let page = page(&town, &target).await;
        let words = words(&page);
        pages += 1;
        seen.extend((0..45).filter(|number| words.contains(&format!("Một thủ tục số {number:02}."))));
        let Some((before, _)) = page.split_once("\">Trang sau") else { break };
        target = before.rsplit("href=\"").next().unwrap().replace("&amp;", "&");
    }
    assert_eq!((pages, seen), (3, (0..45).collect::<Vec<_>>()));
    for odd in ["page=0", "page=x", "page=99", "page=-1", "page=99999999999999999999"] {
        assert_eq!(get(&town, &format!("/procedures?{odd}")).await.status().as_u16(), 404, "{odd}");
    }
    let english = page(&town, "/procedures?q=mot+thu+tuc&page=2&lang=en").await;
    assert!(english.contains("href=\"?q=mot+thu+tuc&amp;page=2\""), "the other language stays there: {english}");
}

#[tokio::test]
async fn what_is_no_procedure_gets_one_page_with_the_telephone() {
    let town = Town::new().await;
    let unknown = get(&town, "/procedures/9.999999").await;
    assert_eq!(unknown.status().as_u16(), 404);
    assert!(unknown.text().contains("Không tìm thấy thủ tục") && unknown.text().contains("0258 000 0000"));
    let long = "9".repeat(5_000);
    for end in ["x", "%00", "%FF", "..", "a%20b", "1.005129x", &long] {
        let answer = get(&town, &format!("/procedures/{end}")).await;
        assert_eq!((answer.status(), answer.text()), (unknown.status(), unknown.text()), "{end}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{end}");
    }
    for end in ["1.005129.", "1.005129/", "1.005129)"] {
        assert!(page(&town, &format!("/procedures/{end}")).await.contains("Mã thủ tục"), "{end}");
    }
}

#[tokio::test]
async fn pages_of_procedures_are_kept_for_a_minute_weigh_little_and_cost_no_call_meanwhile() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    let style = get(&town, "/citizen.css").await.body().len();
    for (target, cost) in [("/procedures", "1 1 0"), ("/procedures/1.005129", "1 1 0")] {
        town.office.wire().reset();
        get(&town, target).await;
        let tally = town.office.wire().tally();
        let told = format!("{} {} {}", tally.round_trips(), tally.read_units(), tally.write_units());
        assert_eq!(told, cost, "{target}");
    }
    for target in PAGES {
        get(&town, target).await;
        town.office.wire().reset();
        let answer = get(&town, target).await;
        assert_eq!(town.office.wire().tally().round_trips(), 0, "{target}");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=60"), "{target}");
        assert_eq!((answer.header("set-cookie"), answer.header("x-robots-tag")), (None, Some("all")), "{target}");
        assert_eq!(answer.text().matches("<h1").count(), 1, "{target}");
        assert!(answer.body().len() + style <= 30 * 1024, "{target}: {} + {style}", answer.body().len());
    }
    town.minutes(6);
    let plan = Plan::Burst { first_call: 1, calls: 1_000, fault: Fault::InternalError };
    town.office.wire().set_faults(Faults::from_seed(1, plan));
    for target in ["/procedures", "/procedures/1.005129"] {
        let answer = get(&town, target).await;
        assert_eq!((answer.status().as_u16(), answer.header("cache-control")), (503, Some("no-store")), "{target}");
        assert!(answer.text().contains("Chưa xem được thủ tục lúc này"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_notice_leads_to_the_procedures_that_it_is_about() {
    let town = Town::new().await;
    let mut notice = source(&town);
    notice.procedures = vec![PERMIT.into()];
    published(&town, notice).await;
    let notice = page(&town, "/notices/1").await;
    assert!(notice.contains("href=\"/procedures/1.005129\">Cấp giấy phép"), "{notice}");
    let english = page(&town, "/notices/1?lang=en").await;
    assert!(english.contains("href=\"/procedures/1.005129?lang=en\">Construction"), "{english}");
    let permit = page(&town, "/procedures/1.005129").await;
    in_order(&words(&permit), &["miễn cước. Từ 01/04/2020 đến hết 22/04/2020. Thông báo số 1", "Nộp hồ sơ ở đâu"]);
}

#[tokio::test]
async fn a_vietnamese_page_of_procedures_holds_no_english_and_no_markup_of_a_catalogue_runs() {
    let town = Town::new().await;
    published(&town, source(&town)).await;
    let allowed = allowed(&Config::demo());
    for target in PAGES.into_iter().chain(["/", "/procedures/9.999999"]) {
        let page = get(&town, target).await.text().to_owned();
        let words: Vec<_> = visible(&page).iter().flat_map(|text| plain_words(text)).collect();
        assert!(words.len() > 10, "{target}: {words:?}");
        let odd: Vec<_> = words.into_iter().filter(|(word, _)| !allowed.contains(word.as_str())).collect();
        assert!(odd.is_empty(), "{target}: {odd:?}");
    }
    let evil = "<b>A & \"B\"</b><script>alert(1)</script>";
    imported(&town, |it| {
        it.code = "<i>9".into();
        it.name_vi = evil.into();
        it.legal_basis = evil.into();
        it.papers[0].name_vi = evil.into();
        it.papers[0].form = Some("javascript:alert(1)".into());
        it.steps[0].name_vi = evil.into();
        it.steps[0].originals = vec![it.papers[0].code.clone()];
    })
    .await;
    town.minutes(5);
    for target in ["/procedures?q=script", "/procedures/%3Ci%3E9"] {
        let page = page(&town, target).await;
        assert!(!page.contains("<b>") && !page.contains("<script") && !page.contains("<i>"), "{page}");
        assert!(!page.contains("href=\"javascript"), "{page}");
        assert!(page.contains("&lt;b&gt;A &amp; "), "{target}: {page}");
    }
}
