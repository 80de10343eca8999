//! The seeded office as its people meet it: they can sign in, every list has something in it, and a Vietnamese page
//! holds no English and no machine's words.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use motcua_local::neighbours::outbox::Outbox;
use motcua_local::neighbours::sns::Sns;
use motcua_local::people::PEOPLE;
use motcua_local::seed::{Seed, run};
use motcua_local::wire::stream::Settings;
use motcua_local::wire::{VirtualClock, Wire, database};
use rules::config::Config;
use rules::http::Reply;

use super::*;
use crate::town::at;

/// Instant at which the days of the seeded office end.
const END: &str = "2020-04-29T16:00:00+07:00";
/// Pages looked at of those that differ by a dossier, a day or a place alone.
const MOST_ALIKE: usize = 4;

/// Makes the office, and opens it where its days end.
pub(crate) async fn seeded(folder: &Path) -> Town {
    let seed = Seed { dossiers: 40, data: folder.to_owned(), seed: 2020 };
    let mut out = Vec::new();
    Box::pin(run(&seed, crate::prompt::prompt(), &mut out)).await.unwrap();
    let clock = VirtualClock::new(at(END));
    let wire = Wire::in_process(database::in_folder(folder).unwrap());
    let sns = Sns::new(Outbox::memory(), clock.clone());
    Town::with(clock, crate::prompt::prompt(), wire, sns, Settings::default()).await
}

#[tokio::test]
async fn its_people_sign_in_and_every_list_has_something_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let town = seeded(&folder.path().join("office")).await;
    let mut manager = Browser::new(&town);
    manager.signs_in("lanhdao01", "/desk").await;
    for list in ["decide", "new", "late", "soon", "running", "paused", "fee", "originals", "ready"] {
        let page = manager.get(&format!("/desk/lists/{list}")).await.text().to_owned();
        assert!(page.contains("href=\"/desk/dossiers/"), "{list}: {page}");
    }
    let money = manager.get("/desk/money").await.text().to_owned();
    assert!(money.contains("href=\"/desk/money/") && !money.contains("Không có khoản nào chờ xử lý"), "{money}");
    let aside = manager.get("/desk/aside").await.text().to_owned();
    assert!(aside.contains("id=\"arrivals\"") && !aside.contains("id=\"sms\""), "{aside}");
    let calls = manager.get("/desk/calls").await.text().to_owned();
    assert!(calls.contains("href=\"/desk/calls/") && calls.contains("href=\"/desk/dossiers/"), "{calls}");

    let mut held = 0;
    for (account, role, name) in PEOPLE {
        let mut browser = Browser::new(&town);
        browser.signs_in(account, "/desk").await;
        let page = browser.get("/desk").await.text().to_owned();
        assert!(page.contains(name), "{account}, {role}: {page}");
        let mine = browser.get("/desk/lists/running?mine=1").await.text().to_owned();
        held += mine.matches("href=\"/desk/dossiers/").count();
    }
    assert!(held > 0, "what is in progress is held by people who can sign in");
}

/// Words that may stand on a Vietnamese page without a mark: Vietnamese ones, abbreviations and names, and what the
/// configuration calls channels and portals.
pub(crate) fn allowed(config: &Config) -> BTreeSet<String> {
    let lines = include_str!("words.txt").lines().filter(|line| !line.starts_with('#'));
    let listed = lines.flat_map(str::split_whitespace).map(str::to_owned);
    let ids = config.channels().map(|it| it.id.clone()).chain(config.portals().map(|it| it.id.clone()));
    listed.chain(ids.flat_map(|id| id.split('-').map(str::to_owned).collect::<Vec<_>>())).collect()
}

#[tokio::test]
async fn no_vietnamese_page_holds_english_or_a_machine_s_words() {
    let folder = tempfile::tempdir().unwrap();
    let town = seeded(&folder.path().join("office")).await;
    let allowed = allowed(&Config::demo());
    let (mut odd, mut looked_at) = (BTreeMap::new(), 0);
    for role in ["clerk", "manager", "administrator"] {
        let mut browser = seated(&town, role).await;
        let mut queue = VecDeque::from(["/desk".to_owned()]);
        let (mut seen, mut alike) = (BTreeSet::new(), BTreeMap::<String, usize>::new());
        while let Some(path) = queue.pop_front() {
            let page = browser.get(&path).await;
            let is_page = page.header("content-type").is_some_and(|it| it.starts_with("text/html"));
            if page.status().as_u16() != 200 || !is_page {
                continue;
            }
            looked_at += 1;
            for (word, beside) in visible(page.text()).iter().flat_map(|text| plain_words(text)) {
                if !allowed.contains(word.as_str()) {
                    odd.entry(word).or_insert_with(|| format!("{path}: {beside}"));
                }
            }
            for href in page.text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let href = href.replace("&amp;", "&");
                let href = href.split('#').next().unwrap_or_default().to_owned();
                let elsewhere = ["/desk/language", "/desk/sign-out", "/desk/style", "/desk/files"];
                if !href.starts_with("/desk") || elsewhere.iter().any(|it| href.starts_with(it)) {
                    continue;
                }
                let count = alike.entry(shape(&href)).or_default();
                if *count < MOST_ALIKE && seen.insert(href.clone()) {
                    *count += 1;
                    queue.push_back(href);
                }
            }
        }
    }
    assert!(looked_at > 150, "{looked_at}");
    assert!(odd.is_empty(), "{} words: {odd:#?}", odd.len());
}

/// Returns an address without what names one dossier, day or place.
fn shape(href: &str) -> String {
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    let names_one = |part: &str| part.len() > 11 || part.contains(|c: char| c.is_ascii_digit());
    let path: Vec<_> = path
        .split('/')
        .map(
            |part| {
                if names_one(part) { part.split('-').next().filter(|it| !names_one(it)).unwrap_or("*") } else { part }
            },
        )
        .collect();
    let query: Vec<_> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", path.join("/"), query.join("&"))
}

/// Returns the texts that a reader of Vietnamese sees or hears: not what is marked as English, codes, or messages.
pub(crate) fn visible(page: &str) -> Vec<String> {
    const VOID: [&str; 9] = ["meta", "link", "input", "br", "hr", "img", "path", "rect", "line"];
    const SPOKEN: [&str; 4] = ["aria-label", "title", "alt", "data-name"];
    let (mut texts, mut open) = (Vec::new(), Vec::<(String, bool)>::new());
    let mut rest = page;
    while let Some((text, after)) = rest.split_once('<') {
        let skipped = open.last().is_some_and(|(_, skipped)| *skipped);
        if !skipped && !text.trim().is_empty() {
            texts.push(text.trim().to_owned());
        }
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            while let Some((opened, _)) = open.pop() {
                if opened == name {
                    break;
                }
            }
            continue;
        }
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let value = |attribute: &str| {
            let (_, rest) = tag.split_once(&format!(" {attribute}=\""))?;
            rest.split('"').next()
        };
        let classes: Vec<_> = value("class").unwrap_or_default().split_whitespace().collect();
        let machine = ["code", "sms", "catalogue"].iter().any(|class| classes.contains(class));
        let unread = ["code", "style", "script", "kbd", "!DOCTYPE"].contains(&name);
        let skips = skipped || machine || unread || value("lang") == Some("en");
        if !skips {
            texts.extend(SPOKEN.iter().filter_map(|attribute| value(attribute)).map(str::to_owned));
        }
        if !VOID.contains(&name) && !tag.ends_with('/') && name != "!DOCTYPE" {
            open.push((name.to_owned(), skips));
        }
    }
    texts
}

/// Returns the words of a text that are of plain letters alone, each with its neighbours. An address of mail is none, nor is
/// a word that was cut.
pub(crate) fn plain_words(text: &str) -> Vec<(String, String)> {
    let text = text.replace("&quot;", " ").replace("&amp;", " ").replace("&lt;", " ").replace("&gt;", " ");
    let pieces: Vec<_> = text.split_whitespace().collect();
    let mut words = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        if piece.contains('@') || piece.ends_with('…') {
            continue;
        }
        let beside = pieces[place.saturating_sub(3)..(place + 4).min(pieces.len())].join(" ");
        let parts = piece.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.' || c == '-'));
        for part in parts.map(|part| part.trim_matches(['.', '-', '_'])) {
            let capital = part.contains('-') && !part.chars().any(char::is_lowercase);
            let is_code = capital || part.chars().any(|c| c.is_ascii_digit());
            for word in part.split('-').filter(|_| !is_code) {
                let plain =
                    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || b"_.".contains(&byte));
                if plain {
                    words.push((word.to_lowercase(), beside.clone()));
                }
            }
        }
    }
    words
}

#[test]
fn what_a_reader_sees_is_told_from_what_is_marked_as_something_else() {
    let page = "<html lang=\"vi\"><p title=\"chú\">Hồ <b>sơ</b> mới<br>ba</p><a lang=\"en\">English <i>too</i></a>\
                <p class=\"sms\">Da thu</p><span class=\"code\">x</span><td data-name=\"Tên\">pause_clock tệp.</td></html>";
    assert_eq!(visible(page), ["chú", "Hồ", "sơ", "mới", "ba", "Tên", "pause_clock tệp."]);
    let words: Vec<_> =
        plain_words("hai pause_clock, Ngày a@b.vn H32-a (trong) tệp").into_iter().map(|(word, _)| word).collect();
    assert_eq!(words, ["hai", "pause_clock", "trong"]);
    assert_eq!(shape("/desk/dossiers/ABCD12345678/print/receipt-2?after=1"), "/desk/dossiers/*/print/receipt?after");
}
