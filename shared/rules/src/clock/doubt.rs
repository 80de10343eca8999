//! Doubts about a table of days off: what the Labour Code has and the table lacks, or the table that it replaces had.
//!
//! A table is an office's own word and is taken as it is. A day that was forgotten in it would be a due date on a public
//! holiday, so people are told.

use jiff::civil::{Date, Weekday, date};

use super::Calendar;

/// The holidays that stand on fixed days of the year: month, day, name in Vietnamese and English (Labour Code
/// 45/2019/QH14, art. 112(1)).
const FIXED: [(i8, i8, [&str; 2]); 4] = [
    (1, 1, ["Tết Dương lịch", "New Year"]),
    (4, 30, ["Ngày Chiến thắng", "Victory Day"]),
    (5, 1, ["Ngày Quốc tế lao động", "Labour Day"]),
    (9, 2, ["Quốc khánh", "National Day"]),
];

/// Days off in a year: the four above, a second one at National Day, five at Tết, one for the Hùng Kings (the same
/// article). One that falls on a weekend is made up on a working day (art. 111(3)), so that a table has them all.
const DAYS_A_YEAR: usize = 11;

/// First year of that code.
const SINCE: i16 = 2021;

/// A doubt about the table of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A fixed holiday is a weekday and not off: its day and names.
    Fixed(Date, [&'static str; 2]),
    /// Off in the built-in table, and worked in the one that replaces it.
    Dropped(Date),
    /// Fewer days off than a year has: what it has.
    Few {
        /// The year.
        year: i16,
        /// Its days off, less the days worked in exchange.
        days: usize,
    },
}

impl Calendar {
    /// Returns the doubts about the tables that are not the built-in ones, year by year.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        let official = Self::official();
        let own = |year: &i16| self.name(*year) != official.name(*year);
        self.years().filter(own).flat_map(|year| self.doubts_of(year, &official)).collect()
    }

    pub(super) fn doubts_of(&self, year: i16, official: &Self) -> Vec<Doubt> {
        let is_off = |day: Date| self.days_off(year).any(|off| off == day);
        let weekday = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let fixed = FIXED.map(|(month, day, names)| (date(year, month, day), names));
        let mut doubts: Vec<Doubt> = fixed
            .iter()
            .filter(|(day, _)| weekday(day) && !is_off(*day))
            .map(|(day, names)| Doubt::Fixed(*day, *names))
            .collect();
        let told = |day: &Date| fixed.iter().any(|(fixed, _)| fixed == day);
        doubts.extend(official.days_off(year).filter(|day| !is_off(*day) && !told(day)).map(Doubt::Dropped));
        let days = self.days_off(year).count().saturating_sub(self.days_worked(year).count());
        if year >= SINCE && days < DAYS_A_YEAR {
            doubts.push(Doubt::Few { year, days });
        }
        doubts
    }
}

impl Doubt {
    /// Says it in a sentence, in Vietnamese and in English.
    #[must_use]
    pub fn told(&self) -> [String; 2] {
        match self {
            Self::Fixed(day, [vi, en]) => {
                let day = day.strftime("%d/%m/%Y");
                [
                    format!("{vi} {day} không có trong lịch nghỉ (Bộ luật Lao động 45/2019/QH14 Điều 112)."),
                    format!("{en}, {day}, is not among the days off (Labour Code 45/2019/QH14, art. 112)."),
                ]
            }
            Self::Dropped(day) => {
                let day = day.strftime("%d/%m/%Y");
                [
                    format!(
                        "Ngày {day} là ngày nghỉ trong lịch chính thức đi kèm, nhưng là ngày làm việc trong lịch thay thế."
                    ),
                    format!("{day} is off in the built-in table, and worked in the one that replaces it."),
                ]
            }
            Self::Few { year, days } => [
                format!("Lịch nghỉ năm {year} chỉ có {days} ngày, luật định {DAYS_A_YEAR} ngày."),
                format!("The table of {year} has {days} days off, the law has {DAYS_A_YEAR}."),
            ],
        }
    }
}
