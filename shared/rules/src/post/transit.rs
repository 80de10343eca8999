//! Time that the public post has (Thông tư 17/2017/TT-BTTTT), and the invitations that it owes a receiver
//! (Luật Bưu chính 49/2010/QH12 art. 17).
//!
//! The circular counts working days from J, the day on which the operator takes the item, and knows four reaches. Its
//! districts are those of before 01/07/2025: an address that bears its old commune has one. A commune that was never in
//! a district reaches no less than its province.

use jiff::Timestamp;
use jiff::civil::Date;
use units::{Converted, Kind, Unit, UnitCode, Units};

use crate::clock::{Calendar, ClockError};
use crate::vietnam;

/// Working days that lie between two invitations at the least (Luật Bưu chính art. 17).
const BETWEEN_INVITATIONS: u32 = 2;

/// Distance of an item, in the terms of the circular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// In one district.
    District,
    /// In one province.
    Province,
    /// Between two cities of the special class or of class I.
    Cities,
    /// Everything else.
    Country,
}

impl Reach {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::District, Self::Province, Self::Cities, Self::Country];

    /// Returns the reach between two places, on the day of posting. Only the central cities are known to be of the special
    /// class or of class I: between others the longer time counts, so that no item is called late that is not.
    #[must_use]
    pub fn between(units: &Units, one: &Place, other: &Place, on: Date) -> Self {
        let (here, there) = (one.province(units, on), other.province(units, on));
        let (Some(here), Some(there)) = (here, there) else { return Self::Country };
        let district = one.district(units);
        if here.code().code == there.code().code {
            let same = district.is_some() && district == other.district(units);
            return if same { Self::District } else { Self::Province };
        }
        let is_city = |unit: &Unit<'_>| unit.kind() == Kind::CentralCity;
        if is_city(&here) && is_city(&there) { Self::Cities } else { Self::Country }
    }

    /// Returns the working days after J in which the item arrives.
    #[must_use]
    pub fn working_days(self) -> u32 {
        match self {
            Self::District => 1,
            Self::Province => 2,
            Self::Cities => 3,
            Self::Country => 4,
        }
    }

    /// Returns the same for papers that are fetched and whose result is brought: twice as many.
    #[must_use]
    pub fn working_days_both_ways(self) -> u32 {
        2 * self.working_days()
    }
}

/// A place that an item goes to or comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its commune.
    pub commune: UnitCode,
    /// The commune of before 01/07/2025, if it is known.
    pub old: Option<UnitCode>,
}

impl Place {
    fn province<'u>(&self, units: &'u Units, on: Date) -> Option<Unit<'u>> {
        match units.convert(&self.commune, on) {
            Converted::One(unit) => unit.province(),
            Converted::Several(_) | Converted::Unknown(_) => units.unit(&self.commune)?.province(),
        }
    }

    fn district(&self, units: &Units) -> Option<UnitCode> {
        self.old.iter().chain([&self.commune]).find_map(|code| units.unit(code)?.district()).map(|unit| unit.code())
    }
}

/// Way of an item through its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transit {
    /// J: the day on which the operator took it.
    pub taken_on: Date,
    /// The last day that is in time.
    pub until: Date,
}

impl Transit {
    /// Counts the time of an item that goes one way.
    ///
    /// # Errors
    /// [`ClockError`] if the days reach a year without a table.
    pub fn one_way(taken_at: Timestamp, reach: Reach, calendar: &Calendar) -> Result<Self, ClockError> {
        Self::counted(taken_at, reach.working_days(), calendar)
    }

    /// Counts the time of papers that are fetched and of the result that is brought.
    ///
    /// # Errors
    /// Those of [`Self::one_way`].
    pub fn both_ways(taken_at: Timestamp, reach: Reach, calendar: &Calendar) -> Result<Self, ClockError> {
        Self::counted(taken_at, reach.working_days_both_ways(), calendar)
    }

    fn counted(taken_at: Timestamp, days: u32, calendar: &Calendar) -> Result<Self, ClockError> {
        let taken_on = vietnam::day(taken_at);
        Ok(Self { taken_on, until: calendar.add_working_days(taken_on, days)? })
    }

    /// Returns the working days by which it is late: until it reached its receiver's door for the first time, or until
    /// today if it did not; `None` if it is in time.
    ///
    /// # Errors
    /// Those of [`Self::one_way`].
    pub fn late_by(&self, arrived: Option<Date>, today: Date, calendar: &Calendar) -> Result<Option<u32>, ClockError> {
        let days = calendar.working_days_between(self.until, arrived.unwrap_or(today))?;
        // A day off after the last day makes nobody late: the next working day is the first that does.
        Ok(u32::try_from(days).ok().filter(|days| *days > 0))
    }
}

/// Invitations of a receiver by the operator: two at the least, two working days apart, before an item goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invitations {
    /// There was none.
    None,
    /// There was one; the second may come from this day on.
    One {
        /// The first day on which a second one counts.
        second_from: Date,
    },
    /// There were several, all too close to the first one.
    TooClose {
        /// The first day on which a second one counts.
        second_from: Date,
    },
    /// There were enough.
    Enough,
}

impl Invitations {
    /// Reads them from the times of the attempts that failed, in any order.
    ///
    /// # Errors
    /// [`ClockError`] if the days reach a year without a table.
    pub fn of(attempts: &[Timestamp], calendar: &Calendar) -> Result<Self, ClockError> {
        let days = || attempts.iter().map(|at| vietnam::day(*at));
        let Some((first, last)) = days().min().zip(days().max()) else { return Ok(Self::None) };
        let second_from = calendar.add_working_days(first, BETWEEN_INVITATIONS)?;
        Ok(match attempts {
            _ if last >= second_from => Self::Enough,
            [_] => Self::One { second_from },
            _ => Self::TooClose { second_from },
        })
    }

    /// Whether the operator owes the receiver an invitation before the item may go back.
    #[must_use]
    pub fn is_missing(self) -> bool {
        self != Self::Enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}+07:00").parse().unwrap()
    }

    fn place(commune: &str, old: Option<&str>) -> Place {
        Place { commune: commune.parse().unwrap(), old: old.map(|old| old.parse().unwrap()) }
    }

    fn reach(one: &Place, other: &Place) -> Reach {
        Reach::between(Units::official(), one, other, day("2026-11-27"))
    }

    /// Phường Sài Gòn, which was Bến Nghé of Quận 1.
    const SAI_GON: &str = "26740@2026-01-01";

    #[test]
    fn each_reach_has_its_days_of_the_circular_and_twice_as_many_both_ways() {
        assert_eq!(Reach::ALL.map(Reach::working_days), [1, 2, 3, 4]);
        assert_eq!(Reach::ALL.map(Reach::working_days_both_ways), [2, 4, 6, 8]);
    }

    #[test]
    fn a_district_is_known_by_the_communes_of_before() {
        let (ben_nghe, ben_thanh) = ("26740@2025-06-30", "26743@2025-06-30");
        let here = place(SAI_GON, Some(ben_nghe));
        assert_eq!(reach(&here, &place(SAI_GON, Some(ben_thanh))), Reach::District);
        assert_eq!(reach(&here, &place(SAI_GON, None)), Reach::Province);
    }

    #[test]
    fn only_central_cities_are_known_to_be_of_a_high_class() {
        let units = Units::official();
        let in_province = |name: &str| {
            let catalogue = units.catalogue(day("2026-11-27"));
            let province = catalogue.provinces().find(|unit| unit.name() == name).unwrap();
            Place { commune: catalogue.communes(province.code().code).next().unwrap().code(), old: None }
        };
        let saigon = place(SAI_GON, None);
        assert_eq!(reach(&saigon, &in_province("Hà Nội")), Reach::Cities);
        assert_eq!(reach(&saigon, &in_province("Khánh Hòa")), Reach::Country);
        assert_eq!(reach(&in_province("Khánh Hòa"), &in_province("Khánh Hòa")), Reach::Province);
    }

    #[test]
    fn days_off_are_not_counted() {
        // 30 April and 1 May 2020 were a Thursday and a Friday.
        let transit = Transit::one_way(at("2020-04-28T10:00"), Reach::Country, &Calendar::official()).unwrap();
        assert_eq!((transit.taken_on, transit.until), (day("2020-04-28"), day("2020-05-06")));
        let both = Transit::both_ways(at("2020-04-28T10:00"), Reach::District, &Calendar::official()).unwrap();
        assert_eq!(both.until, day("2020-05-04"));
    }

    #[test]
    fn an_item_is_late_from_the_first_working_day_after_its_last_one() {
        let calendar = Calendar::official();
        // Until Friday.
        let transit = Transit::one_way(at("2020-04-15T10:00"), Reach::Province, &calendar).unwrap();
        let late = |arrived: Option<&str>, today| transit.late_by(arrived.map(day), day(today), &calendar).unwrap();
        assert_eq!(transit.until, day("2020-04-17"));
        assert_eq!(late(None, "2020-04-17"), None);
        assert_eq!(late(None, "2020-04-19"), None);
        assert_eq!(late(None, "2020-04-20"), Some(1));
        assert_eq!(late(Some("2020-04-17"), "2020-05-20"), None);
        assert_eq!(late(Some("2020-04-21"), "2020-05-20"), Some(2));
    }

    #[test]
    fn two_invitations_are_two_working_days_apart() {
        let calendar = Calendar::official();
        let invited = |attempts: &[&str]| {
            let times: Vec<_> = attempts.iter().map(|text| at(text)).collect();
            Invitations::of(&times, &calendar).unwrap()
        };
        let second_from = day("2020-04-21");
        assert_eq!(invited(&[]), Invitations::None);
        assert_eq!(invited(&["2020-04-17T09:00"]), Invitations::One { second_from });
        assert_eq!(invited(&["2020-04-20T09:00", "2020-04-17T09:00"]), Invitations::TooClose { second_from });
        assert_eq!(invited(&["2020-04-17T09:00", "2020-04-21T08:00"]), Invitations::Enough);
        assert!(Invitations::None.is_missing() && !Invitations::Enough.is_missing());
    }

    #[test]
    fn a_year_without_a_table_is_a_gap() {
        let gap = Transit::one_way(at("2031-04-15T10:00"), Reach::Country, &Calendar::official());
        assert!(matches!(gap, Err(ClockError::Gap(_))), "{gap:?}");
    }
}
