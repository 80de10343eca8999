//! Tables of days off that are not in force yet: how many open dossiers they would move.

use maud::{Markup, html};
use rules::clock::{Calendar, Doubt};
use rules::dossier::Foreseen;
use rules::http::Response;
use rules::language::Both;

use super::{ROOT, Tab, page};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::part::errors::Mistakes;
use ::pages::part::field::Field;

/// The words for tables of which nothing was seen.
const NOTHING_SEEN: Both = ["Chưa xem trước được gì. Nội dung vẫn còn.", "Nothing was looked at. The text is kept."];

/// Open dossiers looked at for a page. More take longer than a reader waits.
const MOST: u64 = 2_000;

/// Looks at the open dossiers by the tables that were sent. Nothing is changed.
pub(super) async fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, now, .. } = *visit;
    let sent = visit.must_send()?;
    let text = sent.get("tables").unwrap_or_default();
    let title = frame.say("Xem trước lịch nghỉ mới", "Days off, looked at before");
    let (status, told, mistakes) = match Calendar::from_toml(text) {
        Ok(tables) => {
            let doubts = tables.doubts();
            let foreseen = site.recorder.foresee(&staff.agency, tables, MOST, now).await?;
            (200, html! { (doubted(frame, &doubts)) (counted(frame, &foreseen)) }, Mistakes::default())
        }
        Err(error) => {
            let (vi, en) = (format!("Không đọc được lịch này: {error}"), format!("This is no table: {error}"));
            let mistakes = Mistakes::at("tables", "", frame.say(&vi, &en));
            (422, mistakes.summary(frame.lang, NOTHING_SEEN), mistakes)
        }
    };
    let back = html! { p { a href={ (ROOT) "/calendar" } { (frame.say("Về lịch đang dùng", "Back to the tables in force")) } } };
    Ok(page(status, frame, Tab::Calendar, title, &html! { (told) (form(frame, text, &mistakes)) (back) }))
}

/// The form that asks for it, filled with what was sent.
pub(super) fn form(frame: &Frame, text: &str, mistakes: &Mistakes) -> Markup {
    let label = frame.say("Lịch nghỉ, viết như trong cấu hình", "Days off, written as in the configuration");
    let field = Field::new(frame.lang, "tables", label).wrong(mistakes.why("tables")).hinted(frame.say(
        "Cho biết bao nhiêu hồ sơ đang giải quyết sẽ đổi ngày hẹn trả, và đổi bao nhiêu ngày. Không thay đổi gì.",
        "Tells how many open dossiers would have another due date, and by how many days. Nothing is changed.",
    ));
    html! {
        h2 { (frame.say("Xem trước một lịch nghỉ mới", "Look at new days off before they hold")) }
        form method="post" action={ (ROOT) "/calendar" } novalidate {
            (frame.csrf_field())
            (field.around(&html! {
                // The first line end within a textarea is not part of its value.
                textarea.catalogue id="tables" name="tables" rows="8" spellcheck="false" autocomplete="off"
                    aria-invalid=[field.invalid()] aria-describedby=[field.described_by()]
                    placeholder="[[years]]\nyear = 2027\nnotice = \"…\"\ndays_off = [\"2027-01-01\"]" { "\n" (text) }
            }))
            button { (frame.say("Xem trước", "Look")) }
        }
    }
}

fn doubted(frame: &Frame, doubts: &[Doubt]) -> Markup {
    html! { @if !doubts.is_empty() {
        div.notice.warn { ul { @for doubt in doubts {
            @let [vi, en] = doubt.told();
            li { (frame.say(&vi, &en)) }
        } } }
    } }
}

fn counted(frame: &Frame, foreseen: &Foreseen) -> Markup {
    let Foreseen { open, by_days, other, without_table, more } = foreseen;
    let (later, sooner) = (foreseen.later(), foreseen.sooner());
    let vi = format!("Trong {open} hồ sơ đang giải quyết: {later} hồ sơ trả muộn hơn, {sooner} hồ sơ trả sớm hơn.");
    let en = format!("Of {open} open dossiers {later} would be due later, {sooner} sooner.");
    html! {
        div.notice.done role="status" { p { strong { (frame.say(&vi, &en)) } } }
        @if *more { p { (frame.say(
            "Còn hồ sơ chưa xem: lệnh foresee trong README xem tất cả.",
            "There are more: the command foresee of the README looks at all.",
        )) } }
        @if !by_days.is_empty() {
            table id="foreseen" {
                thead { tr {
                    th scope="col" { (frame.say("Đổi ngày hẹn trả", "Due date moves")) }
                    th scope="col" { (frame.say("Số hồ sơ", "Dossiers")) }
                } }
                tbody { @for (days, dossiers) in by_days { tr { th scope="row" { (moved(frame, *days)) } td { (dossiers) } } } }
            }
        }
        dl.facts {
            dt { (frame.say("Chỉ đổi hạn chờ, hạn tiếp nhận hoặc giờ nhắc", "Only a wait, a limit or a reminder moves")) } dd { (other) }
            dt { (frame.say("Chưa có lịch của năm cần tính", "Still without the table of a year")) } dd { (without_table) }
        }
    }
}

fn moved(frame: &Frame, days: i32) -> String {
    let many = days.unsigned_abs();
    match days.signum() {
        1 => frame.say(&format!("muộn hơn {many} ngày"), &format!("{many} days later")).to_owned(),
        -1 => frame.say(&format!("sớm hơn {many} ngày"), &format!("{many} days sooner")).to_owned(),
        _ => frame.say("cùng ngày, khác giờ", "the same day at another hour").to_owned(),
    }
}
