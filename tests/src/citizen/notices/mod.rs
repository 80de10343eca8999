//! Notices as the public meets them: pages, copies, files, and what they change on the other pages.

mod changed;
mod copies;
mod feed;
mod files;
mod kept;
mod pages;

use jiff::civil::{Date, date};
use motcua::store::{Published, StandingNotices};
use rules::id::AgencyCode;
use rules::notice::{Effect, Mail, Measure, Notice, Told};

use super::*;

/// A day of April 2020, in which every story plays.
pub(super) fn on(day: i8) -> Date {
    date(2020, 4, day)
}

pub(super) fn effect(measure: Measure, from: Date, until: Option<Date>) -> Effect {
    Effect { measure, from, until }
}

/// The notice of the source, as the Board would publish it on the morning of the story.
pub(crate) fn source(town: &Town) -> Notice {
    let text = "Từ ngày 01/04/2020, xin nộp hồ sơ trực tuyến.\nThanh toán trực tuyến.\n\nKhi cần bản chính, xin gửi qua bưu điện.";
    Notice {
        number: 0,
        version: 1,
        issuer: "UBND tỉnh Khánh Hòa".into(),
        legal_basis: "Công văn 2964/UBND-KSTT ngày 01/04/2020".into(),
        vi: Told { title: "Biện pháp cấp bách tại Bộ phận Một cửa".into(), text: text.into() },
        en: Some(Told { title: "Urgent measures at the one-stop desk".into(), text: "Please file online.".into() }),
        further: Vec::new(),
        procedures: Vec::new(),
        effects: vec![
            effect(Measure::FreePostage { of: Mail::Results }, on(1), Some(on(22))),
            effect(Measure::Guidance, on(1), None),
            effect(Measure::Advice { vi: "Đeo khẩu trang, rửa tay".into(), en: "Wear a mask".into() }, on(1), None),
        ],
        enclosures: Vec::new(),
        first_published_at: town.clock.now(),
        published_at: town.clock.now(),
        published_by: "lanh-dao".into(),
        withdrawn: false,
    }
}

/// A notice with this title and these effects.
pub(super) fn about(town: &Town, title: &str, effects: Vec<Effect>) -> Notice {
    let vi = Told { title: title.into(), text: format!("Nội dung: {title}.") };
    Notice { vi, en: None, effects, ..source(town) }
}

/// Publishes a notice of an agency; returns it with its number.
async fn published_by(town: &Town, agency: &AgencyCode, notice: Notice) -> Notice {
    let store = town.office.site().recorder.store().clone();
    let stood: StandingNotices = store.standing_notices(agency).await.unwrap();
    let key = format!("notice {}", stood.version);
    let published = store.publish(agency, notice.clone(), &stood, &key).await.unwrap();
    let Published::Now(number) = published else { panic!("raced") };
    Notice { number, ..notice }
}

/// Publishes a notice of the demo agency.
pub(crate) async fn published(town: &Town, notice: Notice) -> Notice {
    published_by(town, &town.agency(), notice).await
}

/// Publishes the next version of a notice, as of now.
async fn changed(town: &Town, notice: &Notice, change: impl FnOnce(&mut Notice)) -> Notice {
    let mut next = Notice { version: notice.version + 1, published_at: town.clock.now(), ..notice.clone() };
    change(&mut next);
    published(town, next).await
}

/// Checks that each text comes after the one before it.
pub(super) fn in_order(words: &str, texts: &[&str]) {
    let mut from = 0;
    for text in texts {
        let at = words[from..].find(text).unwrap_or_else(|| panic!("{text:?} is not after {from} in {words}"));
        from += at + text.len();
    }
}
