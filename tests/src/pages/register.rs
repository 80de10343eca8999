//! The register before a browser: on the screen, on paper, and as a file that is made in portions.

use rules::http::Reply;
use std::io::Cursor;

use aws_sdk_dynamodb::types::AttributeValue;
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jiff::civil::{Date, date};
use motcua::store::{Did, Item, Key, Way, number};
use motcua_local::wire::database::fill;
use rules::id::DossierId;
use rules::worklist::List;
use serde_json::{Value, json};

use super::*;

const EXPORT: &str = "/desk/register/export";
const NAME: &str = "Công ty TNHH Thử Nghiệm";

/// Makes an office whose register has so many dossiers of the morning of 15 April, each of another company.
async fn stocked(dossiers: u64) -> Town {
    let town = Town::new().await;
    stock(&town, dossiers).await;
    town
}

/// Makes the register of a town one of so many dossiers.
pub(crate) async fn stock(town: &Town, dossiers: u64) {
    let pattern = town.submit("G22-0").await;
    town.office.deliver().await.unwrap();
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let place = store.places(&agency, List::Received, None).await.unwrap().items.remove(0).0;
    let items = store.all(&[Key::person(&agency, pattern), Key::place(&agency, &place)]).await.unwrap();
    let copies = (1..dossiers).flat_map(|number| items.values().map(move |item| copied(item, pattern, number)));
    fill(town.office.wire().database(), store.table(), copies.collect()).unwrap();
}

/// Copies an item of a dossier for another.
fn copied(item: &Item, pattern: DossierId, number: u64) -> Value {
    let id = DossierId::from_random(1_000_000 + number);
    let renamed = |text: &str| {
        let text = text.replace(pattern.as_str(), id.as_str()).replace("G22-0", &format!("G22-{number}"));
        text.replace(NAME, &format!("=Hộ kinh doanh số {number}"))
    };
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => json!({ "S": renamed(text) }),
        AttributeValue::N(number) => json!({ "N": number }),
        other => panic!("{other:?}"),
    };
    item.iter().map(|(name, attribute)| (name.clone(), value(attribute))).collect()
}

fn april() -> (Date, Date) {
    (date(2020, 4, 1), date(2020, 4, 30))
}

/// Begins an export of April; returns where the browser is led.
async fn begun(browser: &mut Browser<'_>) -> String {
    let page = browser.get("/desk/register").await.text().to_owned();
    let led = browser.post(EXPORT, &Filled::on(&page, EXPORT).fields()).await;
    assert_eq!(led.status().as_u16(), 303, "{}", led.text());
    location(&led).to_owned()
}

/// Returns how far an export is, as its page says, and whether the page goes on by itself.
fn progress(page: &Response) -> (String, bool) {
    assert_eq!(page.status().as_u16(), 200, "{}", page.text());
    let (_, rest) = page.text().split_once("role=\"status\">").unwrap();
    (rest.split('<').next().unwrap().to_owned(), page.header("refresh").is_some())
}

/// Returns the rows of a workbook, below the names of its columns.
fn rows_of(file: &Response) -> Vec<Vec<Data>> {
    assert_eq!(file.status().as_u16(), 200, "{}", file.text());
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file.body().clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().skip(4).map(<[Data]>::to_vec).collect()
}

#[tokio::test]
async fn the_register_is_shown_page_by_page_and_who_looked_is_in_the_audit() {
    let town = stocked(45).await;
    let mut browser = seated(&town, "clerk").await;
    assert!(browser.get("/desk").await.text().contains("href=\"/desk/register\""));
    let first = browser.get("/desk/register").await.text().to_owned();
    for words in [
        "=Hộ kinh doanh số ",
        "01/04/2020 đến ngày 30/04/2020",
        "15/04/2020 08:00",
        "Mới đăng ký",
        "value=\"2020-04-30\"",
    ] {
        assert!(first.contains(words), "{words} in {first}");
    }
    let next = |page: &str| {
        let rest = page.split_once("rel=\"next\" href=\"")?.1;
        Some(rest.split('"').next().unwrap().replace("&amp;", "&"))
    };
    let rows = |page: &str| page.matches("/desk/dossiers/").count();
    town.office.wire().reset();
    let second = browser.get(&next(&first).unwrap()).await.text().to_owned();
    // The query, then people and audit at once.
    assert_eq!(town.office.wire().tally().round_trips(), 3);
    let third = browser.get(&next(&second).unwrap()).await.text().to_owned();
    assert_eq!([&first, &second, &third].map(|page| rows(page)), [20, 20, 5]);
    assert_eq!(next(&third), None);
    let site = town.office.site();
    let audited =
        site.recorder.store().audited(&town.agency(), date(2020, 4, 15), Some(&of(&town, "clerk")), None).await;
    let mut shown: Vec<_> = audited.unwrap().unwrap().entries.into_iter().filter_map(|it| shown_of(&it.did)).collect();
    shown.sort_unstable();
    assert_eq!(shown, [5, 20, 20]);
    let none = browser.get("/desk/register?from=2020-03-01&until=2020-03-31").await;
    assert!(none.status().as_u16() == 200 && none.text().contains("Không có hồ sơ nào."), "{}", none.text());
}

fn shown_of(did: &Did) -> Option<u64> {
    match did {
        Did::Listed { shown, by: Way::Page, .. } => Some(*shown),
        _ => None,
    }
}

#[tokio::test]
async fn a_whole_period_is_printed_at_once_and_what_is_beyond_two_thousand_dossiers_is_printed_next() {
    let april = "/desk/register/print?from=2020-04-01&until=2020-04-30";
    let town = stocked(130).await;
    let mut browser = seated(&town, "specialist").await;
    let whole = browser.get(april).await.text().to_owned();
    for words in ["Mẫu số 06, Thông tư 01/2018/TT-VPCP", "<td class=\"n\">1</td>", "<td class=\"n\">130</td>"] {
        assert!(whole.contains(words), "{words} in {whole}");
    }
    assert!(!whole.contains("rel=\"next\"") && !whole.contains("từ số"), "{whole}");
    let later = browser.get("/desk/register/print?from=2026-04-01&until=2026-04-30").await.text().to_owned();
    assert!(later.contains("Mẫu số 07, Thông tư 03/2025/TT-VPCP"), "the form of the first day: {later}");
    let town = stocked(2_003).await;
    let mut browser = seated(&town, "specialist").await;
    let first = browser.get(april).await.text().to_owned();
    for words in [
        "<td class=\"n\">2000</td>",
        "từ số 1 đến số 2.000",
        "Mỗi lần in được nhiều nhất 2.000 hồ sơ",
        "In tiếp từ số 2.001",
    ] {
        assert!(first.contains(words), "{words}");
    }
    assert!(!first.contains("<td class=\"n\">2001</td>"));
    let (_, rest) = first.split_once("rel=\"next\" href=\"").unwrap();
    let second = browser.get(&rest.split('"').next().unwrap().replace("&amp;", "&")).await.text().to_owned();
    for words in ["<td class=\"n\">2001</td>", "<td class=\"n\">2003</td>", "từ số 2.001 đến số 2.003"] {
        assert!(second.contains(words), "{words} in {second}");
    }
    assert!(!second.contains("<td class=\"n\">2004</td>") && !second.contains("rel=\"next\""), "{second}");
}

#[tokio::test]
async fn a_long_export_shows_its_progress_and_ends_in_a_workbook_that_has_every_dossier_once() {
    let town = stocked(450).await;
    let mut browser = seated(&town, "clerk").await;
    let path = begun(&mut browser).await;
    assert_eq!(path, "/desk/register/export?from=2020-04-01&until=2020-04-30");
    assert_eq!(browser.get("/desk/register/export.xlsx?from=2020-04-01&until=2020-04-30").await.status().as_u16(), 303);
    let page = browser.get(&path).await;
    assert_eq!(progress(&page), ("200 / 450 hồ sơ".into(), true));
    assert!(page.text().contains("<progress id=\"progress\" value=\"200\" max=\"450\""), "{}", page.text());
    assert_eq!(page.header("refresh"), Some(format!("1; url={path}").as_str()));
    // The window is closed, and another one opened the next hour; then two of them at once.
    town.minutes(60);
    let (mut one, mut other) = (seated(&town, "clerk").await, seated(&town, "clerk").await);
    assert_eq!(begun(&mut one).await, path);
    let (left, right) = tokio::join!(one.get(&path), other.get(&path));
    let told = [progress(&left).0, progress(&right).0];
    assert!(told.iter().all(|told| told == "400 / 450 hồ sơ" || told == "450 / 450 hồ sơ"), "{told:?}");
    let done = one.get(&path).await;
    assert_eq!(progress(&done), ("450 / 450 hồ sơ".into(), false));
    assert!(done.text().contains("Lập từ lúc 15/04/2020 08:00"), "{}", done.text());

    let rows = rows_of(&one.get("/desk/register/export.xlsx?from=2020-04-01&until=2020-04-30").await);
    assert_eq!(rows.len(), 450);
    let mut codes: Vec<_> = rows.iter().map(|row| row[1].to_string()).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 450);
    let numbers: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    assert_eq!(numbers, (1..=450).map(|no| Data::Float(no.into())).collect::<Vec<_>>());
    let formula = rows.iter().find(|row| row[1] == "G22-7").unwrap();
    assert_eq!(formula[4], Data::String("=Hộ kinh doanh số 7".into()));
    let Data::DateTime(received) = &formula[8] else { panic!("{formula:?}") };
    assert_eq!(received.to_ymd_hms_milli(), (2020, 4, 15, 8, 0, 0, 0));

    let csv = one.get("/desk/register/export.csv?from=2020-04-01&until=2020-04-30").await;
    let text = String::from_utf8(csv.into_body().to_vec()).unwrap();
    assert!(text.starts_with("\u{feff}TT,Mã hồ sơ,"), "{}", &text[..80]);
    assert!(text.contains(",'=Hộ kinh doanh số 7,") && text.contains(",15/04/2020 08:00,"), "{}", &text[..400]);
    assert_eq!(text.lines().count(), 451);
    // An export of another period is a separate one.
    assert_eq!(one.get("/desk/register/export?from=2020-04-15&until=2020-04-15").await.status().as_u16(), 404);
}

#[tokio::test]
async fn an_export_is_its_account_s_alone_and_forgotten_after_a_day() {
    let town = stocked(3).await;
    let mut clerk = seated(&town, "clerk").await;
    let path = begun(&mut clerk).await;
    assert_eq!(progress(&clerk.get(&path).await), ("3 / 3 hồ sơ".into(), false));
    let file = "/desk/register/export.csv?from=2020-04-01&until=2020-04-30";
    let mut manager = seated(&town, "manager").await;
    for theirs in [path.as_str(), file] {
        let answer = manager.get(theirs).await;
        assert!(answer.status().as_u16() == 404 && !answer.text().contains(NAME), "{}", answer.text());
    }
    let (site, agency, (from, until)) = (town.office.site(), town.agency(), april());
    let account = of(&town, "clerk");
    let end = crate::town::at("2020-04-16T08:00:00+07:00").as_second().unsigned_abs();
    for key in [Key::export(&agency, &account, from, until), Key::export_part(&agency, &account, from, until, 1)] {
        let item = site.recorder.store().item(&key).await.unwrap().unwrap();
        assert_eq!(number(&item, "expires_at"), Some(end), "{}", key.sk);
    }
    town.until("2020-04-16T07:59:00+07:00");
    let mut clerk = seated(&town, "clerk").await;
    assert_eq!(clerk.get(file).await.status().as_u16(), 200);
    town.minutes(1);
    for over in [path.as_str(), file] {
        let answer = clerk.get(over).await;
        assert!(answer.status().as_u16() == 404 && answer.text().contains("đã quá 24 giờ"), "{}", answer.text());
    }
    // It is begun anew in its place, with everything that has happened since.
    let id = town.submit("G22-9").await;
    town.office.deliver().await.unwrap();
    let path = begun(&mut clerk).await;
    assert_eq!(progress(&clerk.get(&path).await).0, "4 / 4 hồ sơ");
    let text = String::from_utf8(clerk.get(file).await.into_body().to_vec()).unwrap();
    assert!(text.lines().count() == 5 && text.contains("G22-9"), "{id} in {text}");
}

#[tokio::test]
async fn a_period_that_no_file_would_hold_is_refused_before_it_is_begun() {
    let town = stocked(10_001).await;
    let mut browser = seated(&town, "clerk").await;
    let page = browser.get("/desk/register").await.text().to_owned();
    let refused = browser.post(EXPORT, &Filled::on(&page, EXPORT).fields()).await;
    assert_eq!(refused.status().as_u16(), 400);
    assert!(refused.text().contains("Kỳ này có hơn 10.000 hồ sơ"), "{}", refused.text());
    assert_eq!(browser.get("/desk/register/export?from=2020-04-01&until=2020-04-30").await.status().as_u16(), 404);
    let empty = [("csrf", csrf_in(&page)), ("from", "2020-03-01".into()), ("until", "2020-03-31".into())];
    let fields: Vec<_> = empty.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = browser.post(EXPORT, &fields).await;
    assert!(
        refused.status().as_u16() == 400 && refused.text().contains("Không có hồ sơ nào nhận trong kỳ này"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn days_that_are_none_or_too_many_get_a_sentence_and_stay_in_the_form() {
    let town = stocked(2).await;
    let mut browser = seated(&town, "clerk").await;
    let wrong = [
        ("from=hôm+qua", "Viết ngày/tháng/năm, ví dụ 05/04/2020."),
        ("from=2020-02-30", "Không có ngày 30/02/2020."),
        ("from=%3Cscript%3Ealert(1)%3C/script%3E", "Viết ngày/tháng/năm, ví dụ 05/04/2020."),
        ("from=2020-04-02&until=2020-04-01", "Ngày đầu không được sau ngày cuối"),
        ("from=2020-01-01&until=2021-01-01", "Kỳ dài nhất của sổ là 366 ngày"),
        ("from=0001-01-01&until=9999-12-31", "Không có ngày 01/01/0001."),
    ];
    for (query, sentence) in wrong {
        for path in ["/desk/register", "/desk/register/print", EXPORT, "/desk/register/export.csv"] {
            let answer = browser.get(&format!("{path}?{query}")).await;
            assert!(
                answer.status().as_u16() == 400 && answer.text().contains(sentence),
                "{path}?{query}: {}",
                answer.text()
            );
            assert!(!answer.text().contains("<script>"), "{}", answer.text());
        }
    }
    let kept = browser.get("/desk/register?from=2020-04-02&until=2020-04-01").await.text().to_owned();
    assert!(kept.contains("value=\"02/04/2020\"") && kept.contains("value=\"01/04/2020\""), "{kept}");
    assert_eq!(
        browser.get("/desk/register?from=2020-01-01&until=2020-12-31").await.status().as_u16(),
        200,
        "a leap year"
    );
    for lost in ["?after=x", "/print?after=x", "/print?no=0", "/print?no=-1", "/print?no=99999999", "/x", "/export.pdf"]
    {
        assert_eq!(browser.get(&format!("/desk/register{lost}")).await.status().as_u16(), 404, "{lost}");
    }
    assert_eq!(browser.post(EXPORT, &[("from", "2020-04-01")]).await.status().as_u16(), 403, "another site's form");
    let csrf = browser.csrf("/desk/register").await;
    assert_eq!(browser.post("/desk/register", &[("csrf", &csrf)]).await.status().as_u16(), 405);
    assert_eq!(Browser::new(&town).get("/desk/register").await.status().as_u16(), 303, "nobody is signed in");
}
