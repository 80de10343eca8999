//! The seeded office: no page of any of its dossiers names anybody, and all of them are Vietnamese.

use std::collections::{BTreeMap, BTreeSet};

use motcua::links::preview;
use motcua_local::people::PEOPLE;
use rules::config::Config;
use rules::person::{Party, Person};
use rules::worklist::List;

use super::*;
use crate::pages::seeded::{allowed, plain_words, seeded, visible};

/// The most bytes of a page with its style.
const MOST_BYTES: usize = 30 * 1024;

/// Returns every text that tells who somebody is or where they live.
fn personal(person: &Person) -> Vec<String> {
    let parties = std::iter::once(&person.applicant).chain(&person.filer);
    let of = |party: &Party| {
        let Party { name, phone, address, identity_no, email, unusable: _, shared: _ } = party.clone();
        std::iter::once(name).chain([phone, address, identity_no, email].into_iter().flatten()).collect::<Vec<_>>()
    };
    parties.flat_map(of).filter(|text| !text.is_empty()).collect()
}

/// Returns the digits of a telephone number without its first, however it is written.
fn phone(text: &str) -> Option<String> {
    let number = rules::phone::Phone::parse(text).ok()?;
    String::from(number).strip_prefix("+84").map(str::to_owned)
}

#[tokio::test]
async fn no_page_names_anybody_and_a_vietnamese_one_holds_no_english() {
    let folder = tempfile::tempdir().unwrap();
    let town = seeded(&folder.path().join("office")).await;
    let (site, agency) = (town.office.site(), town.agency());
    let store = site.recorder.store();
    let (mut ids, mut from) = (Vec::new(), None);
    loop {
        let page = store.places(&agency, List::Received, from).await.unwrap();
        ids.extend(page.items.iter().map(|(place, _)| place.dossier().unwrap()));
        match page.next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    assert_eq!(ids.len(), 40);
    let (mut secrets, mut pages, mut titles) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
    for id in ids {
        let whole = store.whole(&agency, id).await.unwrap().unwrap();
        secrets.extend(whole.person.iter().flat_map(personal));
        for target in [format!("/d/{id}"), format!("/d/{id}?lang=en")] {
            let page = page(&town, &target).await;
            titles.insert(title(&page).split(" – ").next().unwrap().to_owned());
            pages.push((target, page));
        }
        let link = preview(&site, &site.config.agencies()[0], id, town.clock.now()).await.unwrap().unwrap();
        let way = &link[link.find("/t/").unwrap()..];
        for target in [way.to_owned(), format!("{way}?lang=en"), format!("{way}/looks"), format!("{way}/looks?lang=en")]
        {
            pages.push((target.clone(), page(&town, &target).await));
        }
    }
    assert!(secrets.len() > 60, "{}", secrets.len());
    assert!(titles.len() > 12, "{titles:?}");
    secrets.extend(PEOPLE.iter().map(|(account, ..)| (*account).to_owned()));
    // Whoever has the key reads who handles it.
    let staff: Vec<_> = PEOPLE.iter().map(|(_, _, name)| *name).collect();
    let phones: Vec<_> = secrets.iter().filter_map(|text| phone(text)).collect();
    assert!(phones.len() >= 15, "{}", phones.len());
    let style = get(&town, "/citizen.css").await.body().len();
    for (target, page) in &pages {
        assert!(page.len() + style <= MOST_BYTES, "{target}: {} bytes", page.len());
        assert_eq!(page.matches("<h1>").count(), 1, "{target}");
        let words = words(page);
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        for text in &secrets {
            assert!(!words.contains(text), "{target}: {text}");
        }
        let named = staff.iter().any(|name| words.contains(name));
        assert!(!named || target.starts_with("/t/"), "{target}");
        for number in &phones {
            assert!(!digits.contains(number), "{target}: {number}");
        }
    }
    let allowed = allowed(&Config::demo());
    let mut odd = BTreeMap::new();
    for (target, page) in pages.iter().filter(|(target, _)| !target.contains("lang=en")) {
        for (word, beside) in visible(page).iter().flat_map(|text| plain_words(text)) {
            if !allowed.contains(word.as_str()) {
                odd.entry(word).or_insert_with(|| format!("{target}: {beside}"));
            }
        }
    }
    assert!(odd.is_empty(), "{odd:#?}");
}
