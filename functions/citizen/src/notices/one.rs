//! The page of one notice: what holds and until when, the text, and by what right.

use std::sync::Arc;

use maud::{Markup, html};
use motcua::site::Site;
use motcua::store::Error;
use pages::part::facts;
use pages::part::notice::Notice as Box;
use rules::http::Response;
use rules::notice::{Effect, Measure, Notice, Told, is_short_by};
use rules::vietnam;

use super::effects;
use crate::frame::Frame;
use crate::path;
use crate::problem::Problem;

/// The name in the query of an older version.
pub(crate) const VERSION: &str = "version";
/// The name in the query of a further language, counted from 1.
pub(crate) const FURTHER: &str = "further";
/// The most older versions that are linked.
const MOST_VERSIONS: u32 = 10;
/// The most procedures that are called by their names; the others by their codes.
const MOST_NAMED: usize = 8;

/// A version of a notice, and the newest one.
pub(crate) struct Read {
    /// The version that was asked for.
    pub notice: Arc<Notice>,
    /// The newest.
    pub newest: Arc<Notice>,
}

impl Read {
    /// Reads the newest version of a notice, or an older one.
    pub(crate) async fn of(site: &Site, frame: &Frame<'_>, number: u32, version: Option<u32>) -> Result<Self, Problem> {
        let (store, agency) = (site.recorder.store(), frame.agency.key());
        let (newest, ()) = tokio::join!(store.notice_lately(agency, (number, None), frame.now), frame.learn(site));
        let newest = newest.map_err(Problem::of_notices)?.ok_or(Problem::NoNotice)?;
        let older = version.filter(|version| *version != newest.version);
        if older.is_some_and(|version| version == 0 || version > newest.version) {
            return Err(Problem::NoNotice);
        }
        let notice = match older {
            Some(_) => store.notice_lately(agency, (number, older), frame.now).await.map_err(Problem::of_notices)?,
            None => Some(Arc::clone(&newest)),
        };
        Ok(Self { notice: notice.ok_or(Problem::NoNotice)?, newest })
    }

    fn is_old(&self) -> bool {
        self.notice.version != self.newest.version
    }

    /// The query that asks for this version again.
    fn query(&self) -> Vec<(&'static str, u32)> {
        self.is_old().then_some((VERSION, self.notice.version)).into_iter().collect()
    }
}

/// Shows the page, with title and text in a further language if one is asked for.
pub(crate) async fn show(
    site: &Site,
    frame: &Frame<'_>,
    (number, version, further): (u32, Option<u32>, Option<u32>),
) -> Result<Response, Problem> {
    let read = Read::of(site, frame, number, version).await?;
    let notice = &*read.notice;
    let (told, lang) = told(frame, notice, further)?;
    let late = match read.is_old() {
        true => Vec::new(),
        false => late(site, frame, &read.newest).await.map_err(Problem::of_notices)?,
    };
    let names = procedures(site, frame, notice).await.map_err(Problem::of_notices)?;
    let content = html! {
        h1 lang=[lang] { (told.title) }
        (standing(frame, &read))
        @if !notice.effects.is_empty() && !notice.withdrawn {
            h2 { (frame.say(["Biện pháp và thời gian áp dụng", "Measures and their days"])) }
            @match read.is_old() {
                true => ul { @for effect in &notice.effects { li { (effects::line(frame, effect)) } } },
                false => (effects::marked(frame, &notice.effects, |effect| too_late(frame, effect, &late))),
            }
        }
        h2 { (frame.say(["Nội dung", "The notice"])) }
        div lang=[lang] { (paragraphs(&told.text)) }
        (languages(frame, &read, further))
        h2 { (frame.say(["Về thông báo này", "About this notice"])) }
        (facts::summary(&about(frame, &read, &names)))
        (copies(frame, &read))
    };
    let mut query = read.query();
    query.extend(further.map(|place| (FURTHER, place)));
    Ok(frame.page_of(200, &told.title, &content, &query))
}

/// Title and text, and their language if it is not the page's. Of a further language only the name is known.
fn told<'n>(
    frame: &Frame<'_>,
    notice: &'n Notice,
    further: Option<u32>,
) -> Result<(&'n Told, Option<&'static str>), Problem> {
    if let Some(place) = further {
        let place = usize::try_from(place).ok().and_then(|place| place.checked_sub(1)).ok_or(Problem::NoNotice)?;
        return notice.further.get(place).map(|it| (&it.told, Some(""))).ok_or(Problem::NoNotice);
    }
    let (told, lang) = notice.told(frame.lang);
    Ok((told, (lang != frame.lang).then(|| lang.code())))
}

/// Says that it holds no more: an older version, or one that was taken back.
fn standing(frame: &Frame<'_>, read: &Read) -> Markup {
    let Read { notice, newest } = read;
    html! {
        @if newest.withdrawn { (Box::Warning.of(&html! { p {
            strong { (frame.say(["Thông báo này đã được thu hồi ngày ", "This notice was withdrawn on "])) (vietnam::date(newest.published_at)) "." } " "
            (frame.say(["Các biện pháp trong thông báo không còn áp dụng.", "None of its measures is in force any more."]))
        } })) }
        @if read.is_old() { (Box::Warning.of(&html! { p {
            strong { (frame.say(["Đây là bản cũ, không còn giá trị", "This is an older version and no longer valid"])) }
            " (" (frame.say(["bản ", "version "])) (notice.version) ", " (vietnam::date(notice.published_at)) "). "
            a href=(frame.way(&path::of_notice(newest.number))) { (frame.say(["Xem bản mới nhất", "See the newest version"])) }
        } })) }
    }
}

/// Writes a text: paragraphs with an empty line between them, and lines within them.
fn paragraphs(text: &str) -> Markup {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    html! { @for paragraph in paragraphs { p.wide {
        @for (place, line) in paragraph.lines().enumerate() { @if place > 0 { br; } (line) }
    } } }
}

fn languages(frame: &Frame<'_>, read: &Read, shown: Option<u32>) -> Markup {
    let further = &read.notice.further;
    let way = |place: Option<u32>| {
        let mut query = read.query();
        query.extend(place.map(|place| (FURTHER, place)));
        frame.way_to(&path::of_notice(read.notice.number), &query)
    };
    let places = (1..).zip(further).filter(|(place, _)| shown != Some(*place));
    html! { @if !further.is_empty() { p {
        (frame.say(["Ngôn ngữ khác: ", "Other languages: "]))
        @if shown.is_some() { a href=(way(None)) { (frame.say(["Tiếng Việt", "English"])) } " " }
        @for (place, it) in places { a href=(way(Some(place))) lang="" { (it.language) } " " }
    } } }
}

fn about<'f>(frame: &'f Frame<'_>, read: &Read, procedures: &[Markup]) -> Vec<(&'f str, Markup)> {
    let notice = &read.notice;
    let mut known = vec![
        (frame.say(["Cơ quan ban hành", "Issued by"]), html! { bdi lang="vi" { (notice.issuer) } }),
        (frame.say(["Căn cứ", "Legal basis"]), html! { bdi lang="vi" { (notice.legal_basis) } }),
    ];
    let about = match procedures {
        [] => html! { a href=(frame.way("/procedures")) { (frame.say(["Mọi thủ tục", "All procedures"])) } },
        names => html! { ul.plain { @for name in names { li { (name) } } } },
    };
    known.push((frame.say(["Thủ tục", "Procedures"]), about));
    let published = html! {
        (vietnam::date(notice.first_published_at))
        @if notice.version > 1 { (frame.say([", sửa ngày ", ", changed on "])) (vietnam::date(notice.published_at)) }
    };
    known.push((frame.say(["Đăng ngày", "Published on"]), published));
    if !notice.enclosures.is_empty() {
        known.push((frame.say(["Tệp", "Files"]), files(frame, read)));
    }
    if read.newest.version > 1 {
        known.push((frame.say(["Các bản trước", "Older versions"]), versions(frame, read)));
    }
    known
}

fn files(frame: &Frame<'_>, read: &Read) -> Markup {
    let number = read.notice.number;
    html! { ul.plain { @for file in &read.notice.enclosures { li {
        a href=(frame.way_to(&format!("/notices/{number}/files/{}", file.sha256), &read.query())) { bdi { (file.name) } }
        " " span.soft.nowrap { "(" (file.bytes.div_ceil(1024)) " KB)" }
    } } } }
}

fn versions(frame: &Frame<'_>, read: &Read) -> Markup {
    let newest = read.newest.version;
    let older = (1..newest).rev().take(usize::try_from(MOST_VERSIONS).unwrap_or(usize::MAX));
    html! { @for version in older {
        @match version == read.notice.version {
            true => span { (frame.say(["bản ", "version "])) (version) },
            false => a href=(frame.way_to(&path::of_notice(read.notice.number), &[(VERSION, version)])) { (frame.say(["bản ", "version "])) (version) },
        } " "
    } }
}

/// The procedures by their names; those beyond what a page looks up, or that the catalogue does not know, by their codes.
async fn procedures(site: &Site, frame: &Frame<'_>, notice: &Notice) -> Result<Vec<Markup>, Error> {
    let mut names = Vec::new();
    for (place, code) in notice.procedures.iter().enumerate() {
        let named = match place < MOST_NAMED {
            true => site.recorder.catalogue().name_lately(frame.agency.key(), code, frame.now).await?,
            false => None,
        };
        names.push(match &named {
            Some([vi, en]) => html! {
                a href=(frame.way(&path::of_procedure(code))) { (frame.say([vi, en])) } " " span.soft.wide { "(" (code) ")" }
            },
            None => html! { span.wide { (code) } },
        });
    }
    Ok(names)
}

/// The working days by which planned outages are announced too late, each with its first day. The day of the announcement is
/// that of the first version in which an outage begins on this day.
async fn late(site: &Site, frame: &Frame<'_>, newest: &Arc<Notice>) -> Result<Vec<(Effect, u32)>, Error> {
    let calendar = site.recorder.office(frame.agency.key()).calendar;
    let outages = newest.effects.iter().filter(|effect| matches!(effect.measure, Measure::Outage { .. }));
    let mut late = Vec::new();
    for outage in outages {
        let mut announced = Arc::clone(newest);
        let short = |notice: &Notice| is_short_by(outage, vietnam::day(notice.published_at), &calendar).unwrap_or(0);
        for _ in 0..MOST_VERSIONS {
            if short(&announced) == 0 || announced.version == 1 {
                break;
            }
            let earlier = (announced.number, Some(announced.version - 1));
            let found = site.recorder.store().notice_lately(frame.agency.key(), earlier, frame.now).await?;
            match found.filter(|notice| notice.effects.iter().any(|it| begins_alike(it, outage))) {
                Some(notice) => announced = notice,
                None => break,
            }
        }
        if short(&announced) > 0 {
            late.push((outage.clone(), short(&announced)));
        }
    }
    Ok(late)
}

fn begins_alike(one: &Effect, other: &Effect) -> bool {
    one.from == other.from && one.measure.name() == other.measure.name()
}

fn too_late(frame: &Frame<'_>, effect: &Effect, late: &[(Effect, u32)]) -> Markup {
    let short = late.iter().find(|(it, _)| it == effect).map(|(_, days)| *days);
    html! { @if let Some(days) = short {
        br;
        span.late {
            (frame.say(["Báo chậm ", "Announced "])) (days)
            (frame.say([" ngày làm việc", if days == 1 { " working day too late" } else { " working days too late" }]))
            (frame.say([": phải báo trước ít nhất 7 ngày làm việc", ": it must be 7 working days before"]))
            (frame.say([" (Điều 13 Nghị định 224/2026/NĐ-CP).", " (Decree 224/2026/NĐ-CP, article 13)."]))
        }
    } }
}

/// Links to the copies: they are made of the newest version alone.
fn copies(frame: &Frame<'_>, read: &Read) -> Markup {
    let number = read.notice.number;
    let way = |end: &str| frame.way(&format!("/notices/{number}{end}"));
    html! { @if !read.is_old() {
        h2 { (frame.say(["In và đăng lại", "Print and pass on"])) }
        ul {
            li { a href=(way("/poster")) { (frame.say(["Áp phích khổ A4 để in", "Poster to print, A4"])) } }
            li { a href=(way(".txt")) { (frame.say(["Văn bản thuần, cho thư điện tử", "Plain text, for e-mails"])) } }
            li { a href=(way(".html")) { (frame.say(["Đoạn mã để chèn vào trang thông tin điện tử của cơ quan", "Piece of HTML, for the office's website"])) } }
            li { a href=(way("/script")) { (frame.say(["Bản đọc trên loa", "Text for a loudspeaker (in Vietnamese)"])) } }
        }
    } }
}
