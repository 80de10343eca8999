//! Reminders of tables that nobody reported: the data go to the tax office on the same day (NĐ 254/2026 art. 29).

use jiff::civil::{Date, Time, time};

/// The hour from which a table stands among what is not reported, and its reporter is reminded: an hour before offices close.
pub const TOLD_FROM: Time = time(16, 0, 0, 0);

/// Whether the reporter hears today of the days that are not reported. A table is told of on its own day, also on a day off because
/// the law knows none here, and again on each working day.
#[must_use]
pub fn reminds(today: Date, is_working_day: bool, unreported: &[Date]) -> bool {
    unreported.contains(&today) || (is_working_day && unreported.iter().any(|day| *day < today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_told_of_on_its_day_and_on_each_working_day_after() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (friday, saturday, monday) = (day("2026-12-04"), day("2026-12-05"), day("2026-12-07"));
        for (today, is_working_day, unreported, expect) in [
            (friday, true, &[friday][..], true),
            (saturday, false, &[friday], false),
            (saturday, false, &[friday, saturday], true),
            (monday, true, &[friday], true),
            (monday, true, &[], false),
            (saturday, false, &[], false),
        ] {
            assert_eq!(reminds(today, is_working_day, unreported), expect, "{today} {unreported:?}");
        }
    }
}
