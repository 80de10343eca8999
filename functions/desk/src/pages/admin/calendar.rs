//! The calendar that the office counts by: years with their notices, and hours by weekday.

use jiff::civil::{Date, Weekday};
use maud::{Markup, html};
use rules::clock::{Calendar, OfficeHours, Period};
use rules::http::Response;
use rules::vietnam;

use super::{Tab, page};
use crate::pages::layout::Frame;
use crate::pages::problem::Problem;
use crate::pages::visit::Visit;
use ::pages::part::errors::Mistakes;

/// Years after this one whose tables are looked for: a count seldom reaches further.
const YEARS_AHEAD: i16 = 1;

const WEEK: [(Weekday, [&str; 2]); 7] = [
    (Weekday::Monday, ["Thứ Hai", "Monday"]),
    (Weekday::Tuesday, ["Thứ Ba", "Tuesday"]),
    (Weekday::Wednesday, ["Thứ Tư", "Wednesday"]),
    (Weekday::Thursday, ["Thứ Năm", "Thursday"]),
    (Weekday::Friday, ["Thứ Sáu", "Friday"]),
    (Weekday::Saturday, ["Thứ Bảy", "Saturday"]),
    (Weekday::Sunday, ["Chủ nhật", "Sunday"]),
];

pub(super) fn show(visit: &Visit<'_>) -> Result<Response, Problem> {
    let Visit { site, staff, frame, .. } = *visit;
    let agency = site.config.agency(staff.agency.as_str()).ok_or(Problem::NotFound)?;
    let content = content(frame, &agency.calendar, &agency.office_hours);
    Ok(page(200, frame, Tab::Calendar, frame.say("Lịch và giờ làm việc", "Calendar and office hours"), &content))
}

/// The page's own part.
pub(super) fn content(frame: &Frame, calendar: &Calendar, hours: &OfficeHours) -> Markup {
    let missing = missing(frame, calendar);
    let doubts = calendar.doubts();
    let mut years: Vec<i16> = calendar.years().collect();
    years.reverse();
    html! {
        @if !missing.is_empty() {
            div.notice.warn {
                p { strong {
                    (frame.say("Chưa có lịch nghỉ chính thức của năm ", "There is no official table of "))
                    (missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) "."
                } }
                p { (frame.say(
                    "Hạn trả rơi vào năm đó để trống cho đến khi có thông báo. Thêm [[years]] vào cấu hình khi có thông báo; không đoán.",
                    "Due dates that reach it stay open. Add [[years]] to the configuration once its notice is out; nothing is guessed.",
                )) }
            }
        }
        @if !doubts.is_empty() {
            div.notice.warn id="doubts" {
                p { strong { (frame.say("Lịch nghỉ trong cấu hình có thể còn thiếu ngày", "The configured days off may be incomplete")) } }
                ul { @for doubt in doubts {
                    @let [vi, en] = doubt.told();
                    li { (frame.say(&vi, &en)) }
                } }
                p { (frame.say(
                    "Sửa [[years]] trong cấu hình nếu đúng là thiếu; các hồ sơ đang giải quyết sẽ được tính lại.",
                    "Mend [[years]] in the configuration if days are missing: open dossiers are then counted anew.",
                )) }
            }
        }
        h2 { (frame.say("Giờ làm việc", "Office hours")) }
        table id="hours" {
            thead { tr { th scope="col" { (frame.say("Ngày", "Day")) } th scope="col" { (frame.say("Giờ", "Hours")) } } }
            tbody { @for (weekday, name) in WEEK { tr {
                th scope="row" { (frame.lang.pick(name)) }
                td { (periods(frame, hours.desk(weekday))) }
            } } }
        }
        h2 { (frame.say("Ngày nghỉ theo năm", "Days off by year")) }
        @for year in years { (table(frame, calendar, year)) }
        (super::foreseen::form(frame, "", &Mistakes::default()))
    }
}

/// This year and the next, if they have no table.
fn missing(frame: &Frame, calendar: &Calendar) -> Vec<i16> {
    let this = vietnam::day(frame.now).year();
    (this..=this.saturating_add(YEARS_AHEAD)).filter(|year| calendar.notice(*year).is_none()).collect()
}

fn periods(frame: &Frame, periods: &[Period]) -> String {
    if periods.is_empty() {
        return frame.say("đóng cửa", "closed").to_owned();
    }
    let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let told = periods.iter().map(|period| format!("{}–{}", clock(period.opens()), clock(period.closes())));
    told.collect::<Vec<_>>().join(", ")
}

fn table(frame: &Frame, calendar: &Calendar, year: i16) -> Markup {
    let off: Vec<Date> = calendar.days_off(year).collect();
    let worked: Vec<Date> = calendar.days_worked(year).collect();
    html! {
        details open[year == vietnam::day(frame.now).year()] {
            summary { (year) " · " (off.len()) " " (frame.say("ngày nghỉ", "days off")) }
            dl.facts {
                dt { (frame.say("Thông báo", "Notice")) } dd { bdi { (calendar.notice(year).unwrap_or_default()) } }
                dt { (frame.say("Nghỉ (thứ Hai đến thứ Sáu)", "Off (Monday to Friday)")) } dd { (days(frame, &off)) }
                dt { (frame.say("Làm bù (thứ Bảy, Chủ nhật)", "Worked in exchange")) } dd { (days(frame, &worked)) }
            }
        }
    }
}

fn days(frame: &Frame, days: &[Date]) -> String {
    match days {
        [] => frame.say("không có", "none").to_owned(),
        days => days.iter().map(|day| vietnam::written(*day)).collect::<Vec<_>>().join(", "),
    }
}
