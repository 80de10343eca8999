//! Warnings to a manager before a notice is published. None of them stops the publication.

use rules::clock::Calendar;
use rules::language::Language;
use rules::notice::{Clash, Effect, MOST_STANDING, Measure, Notice, Standing, clashes, is_short_by};
use rules::vietnam::{day, written};

use crate::pages::layout::Frame;

/// Returns what stands out, each in a sentence.
pub(super) fn warnings(frame: &Frame, notice: &Notice, standing: &Standing, calendar: &Calendar) -> Vec<String> {
    let today = day(frame.now);
    let mut all: Vec<String> =
        clashes(&notice.card(), standing).iter().map(|clash| clash_told(frame, *clash)).collect();
    for effect in &notice.effects {
        all.extend(short(frame, effect, notice, calendar));
        all.extend(past(frame, effect, today));
        all.extend(counted(frame, effect, calendar));
    }
    if notice.en.is_none() {
        all.push(frame.say("Chưa có bản tiếng Anh.", "There is no English text.").to_owned());
    }
    all
}

/// Whether there is no room for one more notice.
pub(super) fn is_full(standing: &Standing, number: u32) -> bool {
    standing.cards.len() >= MOST_STANDING && !standing.cards.iter().any(|card| card.number == number)
}

fn clash_told(frame: &Frame, clash: Clash) -> String {
    let name = |name: &str| frame.lang.pick(Measure::called(name)).to_owned();
    let (here, there) = (name(clash.here), name(clash.there));
    match (clash.other, frame.lang) {
        (Some(other), Language::Vi) => {
            format!("“{here}” trái với “{there}” của thông báo {other} trong cùng những ngày.")
        }
        (Some(other), Language::En) => format!("“{here}” contradicts “{there}” of notice {other} on the same days."),
        (None, Language::Vi) => format!("“{here}” trái với “{there}” trong cùng những ngày của thông báo này."),
        (None, Language::En) => format!("“{here}” contradicts “{there}” on the same days of this notice."),
    }
}

fn short(frame: &Frame, effect: &Effect, notice: &Notice, calendar: &Calendar) -> Option<String> {
    let short = is_short_by(effect, day(notice.first_published_at), calendar).filter(|short| *short > 0)?;
    Some(match frame.lang {
        Language::Vi => {
            format!("Ngừng hệ thống phải báo trước 7 ngày làm việc (NĐ 224/2026 Điều 13): thiếu {short} ngày.")
        }
        Language::En => {
            format!("An outage is announced 7 working days before (NĐ 224/2026 art. 13): {short} days are missing.")
        }
    })
}

fn past(frame: &Frame, effect: &Effect, today: jiff::civil::Date) -> Option<String> {
    let until = effect.until.filter(|until| *until < today)?;
    Some(match frame.lang {
        Language::Vi => format!("Một nội dung đã hết từ {}.", written(until)),
        Language::En => format!("One of the effects ended on {}.", written(until)),
    })
}

/// A closing that does not count towards limits needs its days in the calendar: there is one table of days off.
fn counted(frame: &Frame, effect: &Effect, calendar: &Calendar) -> Option<String> {
    let Measure::Closed { article: Some(_), .. } = &effect.measure else { return None };
    let until = effect.until.unwrap_or(effect.from);
    let mut worked = effect.from.series(jiff::ToSpan::days(1)).take_while(|day| *day <= until).take(400);
    let missing = worked.find(|day| calendar.is_working_day(*day).unwrap_or(true))?;
    Some(match frame.lang {
        Language::Vi => format!(
            "Ngày {} vẫn là ngày làm việc trong lịch: muốn không tính vào thời hạn, quản trị thêm các ngày này vào [[agencies.years]].",
            written(missing)
        ),
        Language::En => format!(
            "{} is a working day of the calendar: for limits to stop, an administrator adds these days to [[agencies.years]].",
            written(missing)
        ),
    })
}
