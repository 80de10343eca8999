//! Days and times as people type them: the day before the month, whatever stands between, whatever the browser's
//! language.

use jiff::civil::{Date, DateTime, Time};
use maud::Markup;
use rules::language::Both;
use rules::vietnam;

use super::field::{Field, Line};

/// The reason why a text is no day or no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// Not three numbers.
    Shape,
    /// The month before the day.
    MonthFirst,
    /// Well written, but the calendar has no such day.
    NoSuch {
        /// The day of the month.
        day: u16,
        /// The month.
        month: u16,
        /// The year.
        year: u16,
    },
    /// A day without a time, or a time that no clock shows.
    Time,
}

impl NoDay {
    /// Returns the sentences that say what to do.
    #[must_use]
    pub fn told(self) -> [String; 2] {
        let plain = |[vi, en]: Both| [vi.to_owned(), en.to_owned()];
        match self {
            Self::Shape => {
                plain(["Viết ngày/tháng/năm, ví dụ 05/04/2020.", "Write day/month/year, for example 05/04/2020."])
            }
            Self::MonthFirst => {
                plain(["Viết ngày trước tháng: dd/mm/yyyy.", "Write the day before the month: dd/mm/yyyy."])
            }
            Self::NoSuch { day, month, year } => {
                let day = format!("{day:02}/{month:02}/{year:04}");
                [format!("Không có ngày {day}."), format!("There is no day {day}.")]
            }
            Self::Time => plain([
                "Viết ngày rồi giờ, ví dụ 05/04/2020 14:30.",
                "Write the day, then the time, for example 05/04/2020 14:30.",
            ]),
        }
    }
}

/// Reads a day: `05/04/2020`, `5.4.2020`, `5-4-2020`, `05042020`, and `2020-04-05` as programs write it.
///
/// # Errors
/// [`NoDay`].
pub fn read(text: &str) -> Result<Date, NoDay> {
    let text = text.trim();
    let is_sign = |c: char| matches!(c, '/' | '-' | '.' | ' ' | '\u{a0}');
    let mut parts: Vec<&str> = text.split(is_sign).filter(|part| !part.is_empty()).collect();
    // A telephone's keys for numbers have no sign to put between.
    if let [digits] = *parts
        && digits.len() == 8
        && digits.is_ascii()
    {
        parts = vec![&digits[..2], &digits[2..4], &digits[4..]];
    }
    let [first, second, third] = *parts else { return Err(NoDay::Shape) };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (day, month, year) = match (first.len(), second.len(), third.len()) {
        (1..=2, 1..=2, 4) => (first, second, third),
        (4, 1..=2, 1..=2) => (third, second, first),
        _ => return Err(NoDay::Shape),
    };
    if ![day, month, year].into_iter().all(digits) {
        return Err(NoDay::Shape);
    }
    let number = |part: &str| part.parse::<u16>().map_err(|_| NoDay::Shape);
    let (day, month, year) = (number(day)?, number(month)?, number(year)?);
    if month > 12 && (1..=12).contains(&day) {
        return Err(NoDay::MonthFirst);
    }
    let narrow = |number: u16| i8::try_from(number).unwrap_or_default();
    let found = Date::new(i16::try_from(year).unwrap_or_default(), narrow(month), narrow(day));
    found.ok().filter(|day| day.year() >= vietnam::FIRST_YEAR).ok_or(NoDay::NoSuch { day, month, year })
}

/// Reads a day with a time behind it: `05/04/2020 14:30`, `5/4/2020 14h30`, and `2020-04-05T14:30` as browsers write it.
///
/// # Errors
/// [`NoDay`].
pub fn read_time(text: &str) -> Result<DateTime, NoDay> {
    let text = text.trim();
    let Some((day, time)) = text.rsplit_once(['T', ' ', '\u{a0}']) else {
        return Err(read(text).err().unwrap_or(NoDay::Time));
    };
    let day = read(day.trim_end_matches([' ', ',']))?;
    clock(time).map(|time| day.to_datetime(time)).ok_or(NoDay::Time)
}

/// Reads `14:30`, `14:30:05`, `14h30` or `14h`.
fn clock(text: &str) -> Option<Time> {
    let parts: Vec<&str> = text.split([':', 'h', 'g']).collect();
    let number = |part: &str| {
        let short = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i8>().ok().filter(|_| short)
    };
    let (hour, minute, second) = match *parts {
        [hour, ""] if !text.contains(':') => (hour, "0", "0"),
        [hour, minute] => (hour, minute, "0"),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    Time::new(number(hour)?, number(minute)?, number(second)?, 0).ok()
}

/// Returns a day as it is shown in its field: as written here if it can be read, and otherwise as it was typed.
#[must_use]
pub fn shown(typed: &str) -> String {
    read(typed).map_or_else(|_| typed.to_owned(), vietnam::written)
}

/// Returns a day with its time as they are shown in their field.
#[must_use]
pub fn shown_time(typed: &str) -> String {
    let written = |at: DateTime| format!("{} {:02}:{:02}", vietnam::written(at.date()), at.hour(), at.minute());
    read_time(typed).map_or_else(|_| typed.to_owned(), written)
}

/// Writes a field for a day.
#[must_use]
pub fn field(field: &Field<'_>, name: &str, typed: Option<&str>, focus: bool) -> Markup {
    let value = typed.map(shown);
    let line = Line { name, value: value.as_deref(), keys: "numeric", longest: None, short: true, focus, lang: None };
    field.hinted(field.lang.pick(["ví dụ 05/04/2020", "for example 05/04/2020"])).line(&line)
}

/// Writes a field for a day with a time.
#[must_use]
pub fn time_field(field: &Field<'_>, name: &str, typed: Option<&str>, focus: bool) -> Markup {
    let value = typed.map(shown_time);
    // Keys for numbers alone would have no colon.
    let line = Line { name, value: value.as_deref(), keys: "", longest: None, short: true, focus, lang: None };
    field.hinted(field.lang.pick(["ví dụ 05/04/2020 14:30", "for example 05/04/2020 14:30"])).line(&line)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use rules::language::Language;

    use super::*;

    #[test]
    fn a_day_is_read_in_every_way_in_which_people_and_browsers_write_it() {
        for written in [
            "05/04/2020",
            "5/4/2020",
            "05-04-2020",
            "05.04.2020",
            "5 4 2020",
            " 5 / 4 / 2020 ",
            "05042020",
            "2020-04-05",
            "2020-4-5",
        ] {
            assert_eq!(read(written), Ok(date(2020, 4, 5)), "{written}");
        }
        assert_eq!(read("29/02/2020"), Ok(date(2020, 2, 29)));
    }

    #[test]
    fn what_is_no_day_is_told_with_what_to_do() {
        let vi = |text: &str| read(text).unwrap_err().told()[0].clone();
        assert_eq!(vi("31/02/2020"), "Không có ngày 31/02/2020.");
        assert_eq!(vi("29/02/2019"), "Không có ngày 29/02/2019.");
        assert_eq!(vi("2020-02-30"), "Không có ngày 30/02/2020.");
        assert_eq!(vi("45/13/2020"), "Không có ngày 45/13/2020.");
        assert_eq!(vi("0/0/0000"), "Không có ngày 00/00/0000.");
        assert_eq!(vi("01/01/1899"), "Không có ngày 01/01/1899.");
        assert_eq!(vi("04/13/2020"), "Viết ngày trước tháng: dd/mm/yyyy.");
        for shape in
            ["", "hôm qua", "5/4/20", "5/4", "5/4/2020/1", "٥/٤/٢٠٢٠", "-5/4/+202", "5/4/2020x", "2020", "1e3/1/2020"]
        {
            assert_eq!(read(shape), Err(NoDay::Shape), "{shape}");
        }
    }

    #[test]
    fn a_time_is_read_with_its_day() {
        let at = datetime(2020, 4, 5, 8, 30, 0, 0);
        for written in
            ["05/04/2020 08:30", "5/4/2020 8h30", "5.4.2020, 8:30", "2020-04-05T08:30", "2020-04-05T08:30:00"]
        {
            assert_eq!(read_time(written), Ok(at), "{written}");
        }
        assert_eq!(read_time("5/4/2020 14h"), Ok(datetime(2020, 4, 5, 14, 0, 0, 0)));
        for time in ["05/04/2020", "05/04/2020 25:00", "05/04/2020 8:60", "05/04/2020 sáng", "5/4/2020 +8:30"] {
            assert_eq!(read_time(time), Err(NoDay::Time), "{time}");
        }
        assert_eq!(read_time("31/02/2020 08:30"), Err(NoDay::NoSuch { day: 31, month: 2, year: 2020 }));
        assert_eq!(read_time("04/13/2020 08:30"), Err(NoDay::MonthFirst));
        assert_eq!(read_time("hôm qua"), Err(NoDay::Shape));
    }

    #[test]
    fn a_field_shows_the_day_before_the_month_and_keeps_what_it_cannot_read() {
        let of = |typed| field(&Field::new(Language::Vi, "from", "Từ ngày"), "from", Some(typed), false).into_string();
        let written = of("2020-04-05");
        assert!(written.contains("value=\"05/04/2020\"") && written.contains("inputmode=\"numeric\""), "{written}");
        assert!(written.contains("ví dụ 05/04/2020") && !written.contains("type=\"date\""), "{written}");
        assert!(of("31/02/2020").contains("value=\"31/02/2020\""));
        assert_eq!(shown_time("2020-04-05T08:30"), "05/04/2020 08:30");
        assert_eq!(shown_time("hôm qua"), "hôm qua");
    }
}
