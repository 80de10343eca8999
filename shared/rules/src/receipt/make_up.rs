//! The last day on which a receipt that an outage kept back may be issued.
//!
//! NĐ 254/2026 art. 27 gives three working days after the outage ends; the number is a setting of the provider's entry. Two cases
//! are read with care, because the article was not found to say more. A receipt that waits without any outage is treated as if one
//! had ended on the day of collection, on which art. 24 wants it issued. An outage that began after that time was over extends
//! nothing.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock::{Calendar, ClockError};
use crate::vietnam;

/// The working days that art. 27 gives, unless the provider's entry says otherwise.
pub const MAKE_UP_DAYS: u32 = 3;
/// The most that an entry may say.
pub const MOST_MAKE_UP_DAYS: u32 = 10;

/// The last outage of a provider, as far as the office saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// It lasts.
    Lasts {
        /// Since the first call that met it.
        since: Timestamp,
    },
    /// It is over.
    Over {
        /// Since the first call that met it.
        since: Timestamp,
        /// The first call that was answered again.
        until: Timestamp,
    },
}

impl Outage {
    /// Returns when it began.
    #[must_use]
    pub fn since(self) -> Timestamp {
        match self {
            Self::Lasts { since } | Self::Over { since, .. } => since,
        }
    }
}

/// The time that is left for a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MakeUp {
    /// Until the end of this day.
    By(Date),
    /// The outage lasts, and the days run from its end.
    AfterOutage,
}

impl MakeUp {
    /// Whether the time is over.
    #[must_use]
    pub fn is_over(self, today: Date) -> bool {
        match self {
            Self::By(day) => today > day,
            Self::AfterOutage => false,
        }
    }
}

/// Returns the time that is left for a receipt of money that was paid at an instant, by the calendar of its agency.
///
/// # Errors
/// [`ClockError`]: the time reaches into a year whose days off are not known.
pub fn make_up(
    calendar: &Calendar,
    days: u32,
    paid_at: Timestamp,
    outage: Option<Outage>,
) -> Result<MakeUp, ClockError> {
    let within = |day: Date| calendar.add_working_days(day, days);
    let own = within(vietnam::day(paid_at))?;
    Ok(match outage {
        None => MakeUp::By(own),
        Some(outage) if vietnam::day(outage.since()) > own => MakeUp::By(own),
        Some(Outage::Lasts { .. }) => MakeUp::AfterOutage,
        Some(Outage::Over { until, .. }) if until <= paid_at => MakeUp::By(own),
        Some(Outage::Over { until, .. }) => MakeUp::By(within(vietnam::day(until))?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}:00+07:00").parse().unwrap()
    }

    fn check(paid: &str, outage: Option<(&str, Option<&str>)>, expect: &str) {
        let outage = outage.map(|(since, until)| match until {
            Some(until) => Outage::Over { since: at(since), until: at(until) },
            None => Outage::Lasts { since: at(since) },
        });
        let left = make_up(&Calendar::official(), MAKE_UP_DAYS, at(paid), outage).unwrap();
        let told = match left {
            MakeUp::By(day) => day.to_string(),
            MakeUp::AfterOutage => "after".to_owned(),
        };
        assert_eq!(told, expect, "{paid} {outage:?}");
    }

    #[test]
    fn three_working_days_run_from_the_day_after_the_outage_ended() {
        // A Monday; over on Wednesday.
        check("2026-11-30T09:00", Some(("2026-11-30T08:00", Some("2026-12-02T10:00"))), "2026-12-07");
        // Over on a Saturday: it is not counted, and Monday is the first.
        check("2026-11-30T09:00", Some(("2026-11-30T08:00", Some("2026-12-05T10:00"))), "2026-12-09");
    }

    #[test]
    fn tet_is_not_counted() {
        // The five days of Tết 2026 are 16 to 20 February, a Monday to a Friday.
        check("2026-02-12T09:00", Some(("2026-02-12T08:00", Some("2026-02-13T16:00"))), "2026-02-25");
        check("2026-02-12T09:00", Some(("2026-02-12T08:00", Some("2026-02-18T16:00"))), "2026-02-25");
        check("2026-02-12T09:00", Some(("2026-02-12T08:00", Some("2026-02-23T07:00"))), "2026-02-26");
        check("2026-02-13T23:59", None, "2026-02-25");
    }

    #[test]
    fn a_saturday_that_is_worked_in_exchange_counts() {
        check("2026-08-20T09:00", None, "2026-08-24");
        check("2026-08-27T09:00", None, "2026-09-04");
    }

    #[test]
    fn while_the_outage_lasts_no_day_is_the_last() {
        check("2026-11-30T09:00", Some(("2026-11-30T08:00", None)), "after");
        check("2026-11-30T09:00", Some(("2026-12-03T08:00", None)), "after");
        assert!(!MakeUp::AfterOutage.is_over("2099-01-01".parse().unwrap()));
    }

    #[test]
    fn an_outage_that_began_after_the_time_was_over_extends_nothing() {
        check("2026-11-30T09:00", Some(("2026-12-04T08:00", None)), "2026-12-03");
        check("2026-11-30T09:00", Some(("2026-12-04T08:00", Some("2026-12-10T08:00"))), "2026-12-03");
    }

    #[test]
    fn money_of_after_the_outage_has_days_of_its_own() {
        check("2026-12-02T11:00", Some(("2026-11-30T08:00", Some("2026-12-02T10:00"))), "2026-12-07");
        check("2026-12-03T11:00", Some(("2026-11-30T08:00", Some("2026-12-02T10:00"))), "2026-12-08");
    }

    #[test]
    fn the_last_day_is_not_over_before_its_end_and_a_year_without_a_table_is_a_gap() {
        let by = MakeUp::By("2026-12-03".parse().unwrap());
        assert!(!by.is_over("2026-12-03".parse().unwrap()) && by.is_over("2026-12-04".parse().unwrap()));
        assert!(make_up(&Calendar::official(), MAKE_UP_DAYS, at("2026-12-30T09:00"), None).is_err());
    }
}
