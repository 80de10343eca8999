//! The feed, as a reader of feeds reads it.

use feed_rs::model::Feed;
use feed_rs::parser;

use super::*;

async fn feed(town: &Town, target: &str) -> Feed {
    let answer = get(town, target).await;
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let feed = parser::parse(&answer.body()[..]).unwrap_or_else(|error| panic!("{error}: {}", answer.text()));
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
    feed
}

#[tokio::test]
async fn a_reader_of_feeds_finds_title_text_issuer_and_the_whole_address() {
    let town = Town::new().await;
    assert!(feed(&town, "/notices.atom").await.entries.is_empty(), "an office without notices has a feed too");
    let mut notice = source(&town);
    notice.vi.title = "Nghỉ <b>&amp; \"mở\" lại\u{c}".into();
    published(&town, notice).await;
    let feed_vi = feed(&town, "/notices.atom").await;
    assert_eq!(feed_vi.language.as_deref(), Some("vi"));
    assert_eq!(feed_vi.title.unwrap().content, "Thông báo – Ban Quản lý Khu kinh tế Vân Phong");
    assert_eq!(feed_vi.links[0].href, "http://127.0.0.1:8080/notices.atom");
    let [entry] = &feed_vi.entries[..] else { panic!("one entry") };
    assert_eq!(entry.title.as_ref().unwrap().content, "Nghỉ <b>&amp; \"mở\" lại");
    assert_eq!(entry.authors[0].name, "UBND tỉnh Khánh Hòa");
    assert_eq!(entry.links[0].href, "http://127.0.0.1:8080/notices/1");
    assert_eq!(entry.updated.unwrap().to_rfc3339(), "2020-04-15T01:00:00+00:00");
    let text = entry.content.as_ref().unwrap().body.as_ref().unwrap();
    assert!(text.contains("Khi cần bản chính") && text.contains("được miễn cước."), "{text}");
    let english = feed(&town, "/notices.atom?lang=en").await;
    assert_eq!(english.entries[0].title.as_ref().unwrap().content, "Urgent measures at the one-stop desk");
    assert_eq!(english.entries[0].links[0].href, "http://127.0.0.1:8080/notices/1?lang=en");
    assert_eq!(english.entries[0].id, entry.id);
}

#[tokio::test]
async fn an_entry_keeps_its_name_when_it_changes_and_when_the_agency_gets_another_host() {
    let town = Town::new().await;
    let notice = published(&town, source(&town)).await;
    let before = feed(&town, "/notices.atom").await;
    town.until("2020-04-20T09:00:00+07:00");
    changed(&town, &notice, |it| it.withdrawn = true).await;
    let after = feed(&town, "/notices.atom").await;
    assert_eq!((&after.id, &after.entries[0].id), (&before.id, &before.entries[0].id));
    assert!(after.entries[0].id.starts_with("urn:uuid:") && after.id != after.entries[0].id);
    assert_eq!(after.entries[0].title.as_ref().unwrap().content, "Đã thu hồi: Biện pháp cấp bách tại Bộ phận Một cửa");
    let updated = |feed: &Feed| (feed.updated.unwrap().to_rfc3339(), feed.entries[0].updated.unwrap().to_rfc3339());
    assert_eq!(updated(&after), ("2020-04-20T02:00:00+00:00".into(), "2020-04-20T02:00:00+00:00".into()));
    assert_eq!(after.entries[0].published.unwrap().to_rfc3339(), "2020-04-15T01:00:00+00:00");
    let host = "[[agencies]]\ncode = \"000.00.01.H32\"\nname = \"Ban\"\nhosts = [\"kkt.example\"]\n";
    let config = format!("{}\n{host}", rules::config::DEMO);
    town.office.configure(rules::config::Config::strict(&config, rules::config::Host::Loopback).unwrap());
    let moved = asked(&town, Some("kkt.example"), "/notices.atom", &[]).await;
    let moved = parser::parse(&moved.body()[..]).unwrap();
    assert_eq!((&moved.id, &moved.entries[0].id), (&before.id, &before.entries[0].id));
    assert_eq!(moved.entries[0].links[0].href, "https://kkt.example/notices/1");
}

#[tokio::test]
async fn the_feed_has_the_newest_twenty_newest_first_for_two_calls_a_minute() {
    let town = Town::new().await;
    for number in 1..=23 {
        published(&town, about(&town, &format!("Số {number}"), Vec::new())).await;
    }
    town.minutes(2);
    town.office.wire().reset();
    let feed = feed(&town, "/notices.atom").await;
    let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_ref().unwrap().content.clone()).collect();
    assert_eq!(titles, (4..=23).rev().map(|number| format!("Số {number}")).collect::<Vec<_>>());
    assert_eq!(town.office.wire().tally().round_trips(), 2);
}
