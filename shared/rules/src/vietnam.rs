//! Instants as Vietnam writes them: +07:00 all year, no summer time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Vietnam's offset from UTC. Fixed since 1975, so no time-zone database is asked.
pub const OFFSET: Offset = Offset::constant(7);

/// The first year a partner's instant may lie in; anything before is a mistake, not the date of a dossier.
pub const FIRST_YEAR: i16 = 1900;

/// The reason why a partner's instant was not understood. Holds none of the text, which may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// Not written in one of the three ways.
    #[error("the instant is written neither yyyyMMddHHmmss nor yyyy-MM-dd HH:mm:ss nor as RFC 3339")]
    Shape,
    /// Well written, but there is no such day or hour.
    #[error("the instant names a day or an hour that does not exist")]
    NoSuchInstant,
    /// Before 1900 or after the last instant that can be counted.
    #[error("the instant lies outside the years 1900 to 9999")]
    OutOfRange,
}

impl InstantError {
    /// Returns the sentence a caller may read.
    pub fn for_caller(&self) -> &'static str {
        match self {
            Self::Shape => "an instant must be written yyyyMMddHHmmss, yyyy-MM-dd HH:mm:ss or as RFC 3339",
            Self::NoSuchInstant => "there is no such day or hour",
            Self::OutOfRange => "the year is out of range",
        }
    }
}

/// Returns the time on a wall clock in Vietnam at this instant.
pub fn civil(at: Timestamp) -> DateTime {
    OFFSET.to_datetime(at)
}

/// Returns the day in Vietnam at this instant.
pub fn day(at: Timestamp) -> Date {
    civil(at).date()
}

/// Returns the instant of a wall-clock time in Vietnam; [`InstantError::OutOfRange`] at the very ends of time.
pub fn instant(civil: DateTime) -> Result<Timestamp, InstantError> {
    OFFSET.to_timestamp(civil).map_err(|_| InstantError::OutOfRange)
}

/// Writes the day of an instant as `dd/MM/yyyy`.
pub fn date(at: Timestamp) -> String {
    written(day(at))
}

/// Writes an instant as `dd/MM/yyyy HH:mm`.
pub fn date_time(at: Timestamp) -> String {
    let wall = civil(at);
    format!("{} {:02}:{:02}", written(wall.date()), wall.hour(), wall.minute())
}

/// Writes an instant for an English text: `24 Apr 2020 16:30`.
pub fn date_time_english(at: Timestamp) -> String {
    let wall = civil(at);
    format!("{} {:02}:{:02}", written_english(wall.date()), wall.hour(), wall.minute())
}

/// Writes a day as `dd/MM/yyyy`.
pub fn written(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// Writes a day as `24 Apr 2020`: in English the month has a name, since 05/04 is read in two ways.
pub fn written_english(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// Writes an instant as `yyyyMMddHHmmss`, the national portal's way; fractions of a second are dropped.
pub fn portal_instant(at: Timestamp) -> String {
    let wall = civil(at);
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}",
        wall.year(),
        wall.month(),
        wall.day(),
        wall.hour(),
        wall.minute(),
        wall.second()
    )
}

/// Reads an instant as portals write it: `yyyyMMddHHmmss` or `yyyy-MM-dd HH:mm:ss` in Vietnamese time, or RFC 3339.
///
/// Spaces around it are forgiven. A day that does not exist is refused, never moved to the next.
pub fn parse_portal_instant(text: &str) -> Result<Timestamp, InstantError> {
    let text = text.trim();
    let at = match text.as_bytes() {
        digits if digits.len() == 14 && digits.iter().all(u8::is_ascii_digit) => wall("%Y%m%d%H%M%S", text),
        [_, _, _, _, b'-', _, _, b'-', _, _, b' ', _, _, b':', _, _, b':', _, _] => wall("%Y-%m-%d %H:%M:%S", text),
        // jiff reads more than RFC 3339 (basic dates, zone names), so the shape is checked first.
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T' | b't', _, _, b':', .., b'Z' | b'z' | b'0'..=b'9'] => {
            text.parse().map_err(|_| InstantError::NoSuchInstant)
        }
        _ => Err(InstantError::Shape),
    }?;
    if civil(at).year() < FIRST_YEAR {
        return Err(InstantError::OutOfRange);
    }
    Ok(at)
}

fn wall(format: &str, text: &str) -> Result<Timestamp, InstantError> {
    // A sixtieth second would silently become the fifty-ninth.
    if text.ends_with("60") {
        return Err(InstantError::NoSuchInstant);
    }
    instant(DateTime::strptime(format, text).map_err(|_| InstantError::NoSuchInstant)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use InstantError::{NoSuchInstant, OutOfRange, Shape};
    use proptest::prelude::*;

    fn at(rfc3339: &str) -> Timestamp {
        rfc3339.parse().unwrap()
    }

    #[test]
    fn an_instant_is_written_on_the_vietnamese_clock() {
        let evening = at("2020-04-15T17:00:00Z");
        assert_eq!(date(evening), "16/04/2020");
        assert_eq!(date_time(evening), "16/04/2020 00:00");
        assert_eq!(portal_instant(evening), "20200416000000");
        let before = at("2020-04-15T16:59:59.999Z");
        assert_eq!(date(before), "15/04/2020");
        assert_eq!(date_time(before), "15/04/2020 23:59");
        assert_eq!(portal_instant(before), "20200415235959");
        assert_eq!(written_english(day(evening)), "16 Apr 2020");
        assert_eq!(written_english(day(at("2020-05-05T00:00:00Z"))), "5 May 2020");
    }

    #[test]
    fn the_three_ways_to_write_an_instant_mean_the_same() {
        let check = |text: &str| assert_eq!(parse_portal_instant(text), Ok(at("2026-06-08T07:07:53Z")), "{text}");
        check("20260608140753");
        check("2026-06-08 14:07:53");
        check("2026-06-08T14:07:53+07:00");
        check("2026-06-08T07:07:53Z");
        check("2026-06-08t02:07:53.000-05:00");
        check(" 20260608140753\n");
    }

    #[test]
    fn the_day_after_28_february_exists_in_leap_years_only() {
        assert_eq!(parse_portal_instant("20200229120000").map(date), Ok("29/02/2020".into()));
        assert_eq!(parse_portal_instant("2000-02-29 12:00:00").map(date), Ok("29/02/2000".into()));
        for text in
            ["20210229120000", "2021-02-29 12:00:00", "2021-02-29T12:00:00Z", "19000229120000", "21000229120000"]
        {
            assert_eq!(parse_portal_instant(text), Err(NoSuchInstant), "{text}");
        }
    }

    #[test]
    fn days_and_hours_that_do_not_exist_are_refused() {
        for text in [
            "20200431000000",
            "20201301000000",
            "20200400000000",
            "20200415240000",
            "20200415236000",
            "20200415235960",
            "2020-04-15 24:00:00",
            "2020-04-15 23:59:60",
            "2020-04-15 23:5a:00",
            "2020-04-15T25:00:00+07:00",
            "2020-04-15T23:00:00+99:00",
        ] {
            assert_eq!(parse_portal_instant(text), Err(NoSuchInstant), "{text}");
        }
    }

    #[test]
    fn other_ways_to_write_an_instant_are_refused() {
        for text in [
            "",
            "20200415",
            "202004151200",
            "2020041512000",
            "15/04/2020 12:00",
            "1586926800",
            "2020-04-15",
            "2020-04-15T12:00:00",
            "2020-04-15T12:00:00[Asia/Ho_Chi_Minh]",
            "20200415T120000Z",
            "2020041512000x",
            "２０２００４１５１２００００",
            "ngày 15 tháng 4",
        ] {
            assert!(matches!(parse_portal_instant(text), Err(Shape | NoSuchInstant)), "{text}");
        }
        assert_eq!(parse_portal_instant("15/04/2020 12:00"), Err(Shape));
        assert_eq!(parse_portal_instant(""), Err(Shape));
    }

    #[test]
    fn years_out_of_range_are_refused() {
        assert_eq!(parse_portal_instant("18991231235959"), Err(OutOfRange));
        assert_eq!(parse_portal_instant("00010101000000"), Err(OutOfRange));
        assert_eq!(parse_portal_instant("99991231235959"), Err(OutOfRange));
        assert_eq!(parse_portal_instant("19000101000000").map(date), Ok("01/01/1900".into()));
    }

    proptest! {
        #[test]
        fn what_we_write_the_portal_way_we_read_back(second in -2_000_000_000i64..250_000_000_000) {
            let instant = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(parse_portal_instant(&portal_instant(instant)), Ok(instant));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,24}") {
            let _ = parse_portal_instant(&text);
        }

        #[test]
        fn no_nearly_right_text_makes_the_reader_panic(text in "[0-9+ -]{4}-[0-9é]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9+]{2}Z?") {
            let _ = parse_portal_instant(&text);
        }
    }
}
