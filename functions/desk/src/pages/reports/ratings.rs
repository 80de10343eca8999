//! Ratings of people whose dossiers ended: figures for everybody, and what they wrote for whoever leads the office. Nothing is
//! shown of fewer than five, and nowhere stands whose a rating is.

use maud::{Markup, html};
use motcua::store::Did;
use rules::http::Response;
use rules::language::Language;
use rules::rating::{FEWEST, Figures, Level, Rating};

use super::asked::Asked;
use super::data::Report;
use super::page;
use crate::pages::layout::{Place, framed};
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use crate::permission::Permission;

/// The most texts of a page.
const MOST: usize = 200;

/// Answers `/desk/reports/ratings`, with the days of a report.
pub(super) async fn answer(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    staff.needs(Permission::Overrule)?;
    let form = visit.asked();
    let title = frame.say("Đánh giá của người dân", "Ratings");
    let asked = match Asked::of(&form, now) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(framed(400, frame, Place::Reports, title, &page::refused(frame.lang, &form, &wrong))),
    };
    let (figures, all) = site.recorder.store().ratings(&staff.agency, asked.from, asked.to).await?;
    let texts: Vec<&Rating> = all.iter().filter(|it| !it.text.is_empty() && figures.is_shown()).take(MOST).collect();
    visit.audits(Did::SawRatings { shown: texts.len() }).await?;
    let content = html! {
        (told(&figures, frame.lang))
        @if figures.is_shown() {
            h2 { (frame.say("Ý kiến", "What they wrote")) }
            @if texts.is_empty() { p { (frame.say("Không ai viết gì.", "Nobody wrote anything.")) } }
            @else {
                p.hint { (frame.say(
                    "Xếp theo mức, không theo ngày. Không lưu ai viết, về hồ sơ nào.",
                    "In the order of levels, not of days. Nothing is kept of who wrote, and about which dossier.",
                )) }
                ul { @for it in &texts { li { strong { (frame.lang.pick(it.level.said())) } ": " bdi.wide { (it.text) } } } }
            }
        }
        p { a href={ "/desk/reports?" (asked.query()) } { (frame.say("Về báo cáo", "Back to the report")) } }
    };
    Ok(framed(200, frame, Place::Reports, title, &content))
}

/// The figures as a part of a report, with the way to the texts.
pub(super) fn part(visit: &Visit<'_>, report: &Report) -> Markup {
    let Visit { staff, frame, .. } = *visit;
    let way = format!("/desk/reports/ratings?{}", report.asked.query());
    html! {
        h2 { (frame.say("Đánh giá của người dân", "Ratings")) }
        (told(&report.ratings, frame.lang))
        @if staff.needs(Permission::Overrule).is_ok() && report.ratings.is_shown() {
            p { a href=(way) { (frame.say("Đọc ý kiến", "Read what they wrote")) } }
        }
    }
}

fn told(figures: &Figures, lang: Language) -> Markup {
    let (Some(mean), Some(content)) = (figures.mean_tenths(), figures.content_percent()) else {
        let why = [
            format!("Có ít hơn {FEWEST} đánh giá nên chưa hiện số liệu, để không ai biết người đánh giá."),
            format!(
                "There are fewer than {FEWEST} ratings. Nothing is shown of so few, so that nobody knows whose they are."
            ),
        ];
        return html! { p { (lang.pick([&why[0], &why[1]])) } };
    };
    html! {
        p {
            strong { (figures.all()) } " " (lang.pick(["đánh giá", "ratings"])) ", "
            (lang.pick(["trung bình", "mean"])) " " strong { (mean / 10) "," (mean % 10) } "/5, "
            (lang.pick(["hài lòng trở lên", "content or more"])) " " strong { (content) " %" } ". "
            (lang.pick(["Tính theo tháng hồ sơ kết thúc.", "By the months in which the dossiers ended."]))
        }
        ul { @for level in Level::ALL { li {
            (lang.pick(level.said())) ": " (figures.of_level[usize::from(level.number()) - 1])
        } } }
    }
}
