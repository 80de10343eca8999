//! Each piece of news in both languages, at the longest that it gets.

use std::collections::BTreeMap;

use super::joined;
use super::*;
use crate::message::{Case, Letter, ONE_PART};

/// Host of 27 characters, as long as that of a real economic zone, and the whole link of 48.
const HOST: &str = "mot-cua-kinh-te.example.com";
pub(super) const LONG_LINK: &str = "https://mot-cua-kinh-te.example.com/t/7Qm2ZkXw0b";

/// Returns the name of a kind of news. A kind that is added and has no row in this table does not compile, or fails.
fn kind(news: &News<'_>) -> &'static str {
    match news {
        News::Received { .. } => "received",
        News::Accepted { .. } => "accepted",
        News::FeeAsked { .. } => "fee asked",
        News::Paid { .. } => "paid",
        News::PausedForOriginals { .. } => "paused for originals",
        News::PartlyIn { .. } => "partly in",
        News::Resumed { .. } => "resumed",
        News::PauseVoid { .. } => "pause void",
        News::DateMoved { .. } => "date moved",
        News::SupplementAsked { .. } => "supplement asked",
        News::Outstanding(_) => "outstanding",
        News::Apology { .. } => "apology",
        News::Ready { .. } => "ready",
        News::AddressAsked { .. } => "address asked",
        News::DeliveryFailed { .. } => "delivery failed",
        News::CameBack { .. } => "came back",
        News::Posted { .. } => "posted",
        News::Delivered { .. } => "delivered",
        News::NotAccepted { .. } => "not accepted",
        News::NegativeResult { .. } => "negative result",
        News::ContactCorrected { .. } => "contact corrected",
        News::ReturnChosen { .. } => "return chosen",
        News::ReceiptCorrected { .. } => "receipt corrected",
        News::Closed { .. } => "closed",
    }
}

/// Number of kinds, which grows with the match above.
const KINDS: usize = 24;
pub(super) const LANGUAGES: [Language; 2] = [Language::Vi, Language::En];

/// Returns the rows by kind, each with the longest realistic values.
fn rows() -> BTreeMap<&'static str, Vec<News<'static>>> {
    let moved = News::DateMoved { was_on: day(24, 11), due_on: day(25, 11) };
    let ready = News::Ready { fee_vnd: Some(vnd(12_500_000)) };
    let asked = News::AddressAsked { free_of_charge: true };
    let failed = News::DeliveryFailed { failed_on: day(25, 4) };
    let back = News::CameBack { came_back_on: day(30, 4) };
    let news =
        nineteen().into_iter().chain(joined::rows()).map(|(_, news)| news).chain([moved, ready, asked, failed, back]);
    let mut rows: BTreeMap<_, Vec<_>> = BTreeMap::new();
    news.for_each(|news| rows.entry(kind(&news)).or_default().push(news));
    rows
}

fn each() -> impl Iterator<Item = (&'static str, News<'static>, Language)> {
    let of = |(kind, news): (_, Vec<_>)| news.into_iter().map(move |news| (kind, news));
    rows().into_iter().flat_map(of).flat_map(|(kind, news)| LANGUAGES.map(|language| (kind, news, language)))
}

#[test]
fn every_kind_of_news_has_a_row() {
    let rows = rows();
    assert_eq!(rows.len(), KINDS, "{:?}", rows.keys());
}

#[test]
fn every_sms_in_both_languages_is_one_part_with_the_longest_code_and_link_or_the_telephone() {
    assert_eq!((HOST.len(), LONG_LINK.len(), FOREIGN.len()), (27, 48, 30));
    let mut without = Vec::new();
    for (kind, news, language) in each() {
        for link in [Some(LONG_LINK), None] {
            let text = Message { code: FOREIGN, link, news, visit: masked(language) }.text_with(
                language,
                PREFIX,
                Some("0258 000 0000"),
            );
            assert_eq!(parts(&text), Some(1), "{kind} {language:?}: {text}");
            assert!(gsm7_len(&text).is_some_and(|length| length <= ONE_PART) && text.is_ascii(), "{kind}: {text}");
            assert!(text.starts_with(PREFIX) && text.contains(FOREIGN), "{kind} {language:?}: {text}");
            let asks = language.pick([" Hoi 0258 000 0000.", " Call 0258 000 0000."]);
            let leads_on = text.ends_with(LONG_LINK) || text.ends_with(asks);
            assert!(leads_on || parts(&format!("{text}{asks}")) != Some(1), "{kind} {language:?}: {text}");
            if link.is_some() && !text.ends_with(LONG_LINK) {
                without.push(format!("{kind} {}: {text}", language.code()));
            }
        }
    }
    assert_snapshot!(without.join("\n"));
}

#[test]
fn every_letter_in_both_languages_names_the_dossier_the_news_and_the_office() {
    let case = Case {
        code: FOREIGN,
        procedure: Some("Cấp giấy phép xây dựng công trình"),
        submitted_at: Some("2020-04-15T08:00:00+07:00".parse().unwrap()),
        accepted_at: Some("2020-04-15T09:30:00+07:00".parse().unwrap()),
        due_on: Some(day(24, 4)),
        ended_at: None,
        why: None,
        agency: "Ban Quản lý Khu kinh tế",
        telephone: Some("0258 000 0000"),
        address: Some("Khu kinh tế, tỉnh Khánh Hòa"),
        visiting_hours: None,
        link: Some(LONG_LINK),
        handled_by: None,
        visit: Visit::NONE,
    };
    for (kind, news, language) in each() {
        let letter = Letter::new(language, &news, &case, ["Đơn đề nghị"]);
        let text = letter.text();
        for part in [FOREIGN, LONG_LINK, case.agency, "0258 000 0000"] {
            assert!(text.contains(part), "{kind} {language:?}: {part} in {text}");
        }
        assert!(letter.subject.contains(FOREIGN), "{kind} {language:?}: {}", letter.subject);
        assert_eq!(letter.language, language);
        let [vi, en] = LANGUAGES;
        let other = Letter::new(if language == vi { en } else { vi }, &news, &case, ["Đơn đề nghị"]);
        assert_ne!((&letter.subject, &letter.lead), (&other.subject, &other.lead), "{kind} in one language only");
    }
}
