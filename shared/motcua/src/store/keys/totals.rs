//! Keys of the totals, which are stored by month, by year and by all years, in the order of time.

use jiff::civil::Date;

use super::{Key, part};
use rules::dossier::Filing;
use rules::id::{AgencyCode, DossierId};
use rules::statistics::{Group, Month};

/// The time that a total covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// A day.
    Day(Date),
    /// A month.
    Month(Month),
    /// A year.
    Year(i16),
}

/// Totals that lie together: the days of a month, the months of a year, the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spans {
    /// The days of a month.
    Days(Month),
    /// The months of a year.
    Months(i16),
    /// The years.
    Years,
}

impl Span {
    /// Returns the beginning of the sort keys of its totals. They sort in the order of time.
    #[must_use]
    pub fn named(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Year(year) => format!("{year:04}"),
        }
    }

    /// Returns its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(month) => month.first_day(),
            Self::Year(year) => Date::constant(year, 1, 1),
        }
    }

    fn lies_in(self) -> Spans {
        match self {
            Self::Day(day) => Spans::Days(Month::of(day)),
            Self::Month(month) => Spans::Months(month.year()),
            Self::Year(_) => Spans::Years,
        }
    }
}

impl Spans {
    /// Returns the partition they lie in.
    #[must_use]
    pub fn totals_pk(self, agency: &AgencyCode) -> String {
        match self {
            Self::Days(month) => format!("{agency}#totals#{month}"),
            Self::Months(year) => format!("{agency}#totals#{year:04}"),
            Self::Years => format!("{agency}#totals#years"),
        }
    }

    /// Returns the span that a sort key belongs to.
    #[must_use]
    pub fn span(self, sk: &str) -> Option<Span> {
        let (name, _) = sk.split_once('#')?;
        match self {
            Self::Days(_) => Some(Span::Day(name.parse().ok()?)),
            Self::Months(_) => Some(Span::Month(Month::parse(name)?)),
            Self::Years => Some(Span::Year(name.parse().ok().filter(|year| (1..=9999).contains(year))?)),
        }
    }
}

impl Key {
    /// Returns the key of what a dossier adds to the totals of one month. It lies beside the dossier's own partition,
    /// because the function that keeps totals may write nothing there.
    #[must_use]
    pub fn counted(agency: &AgencyCode, id: DossierId, month: Month) -> Self {
        Self { pk: Self::counted_pk(agency, id), sk: month.to_string() }
    }

    /// Returns the partition of what a dossier adds to the totals.
    #[must_use]
    pub fn counted_pk(agency: &AgencyCode, id: DossierId) -> String {
        format!("{agency}#totals#of#{id}")
    }

    /// Returns the key of the totals of a day, or of a whole month or year before a report begins.
    #[must_use]
    pub fn totals(agency: &AgencyCode, span: Span, group: &Group) -> Self {
        let channel = match group.channel {
            Filing::Desk => "desk",
            Filing::Online => "online",
            Filing::Post => "post",
        };
        let sk = format!("{}#{channel}#{}", span.named(), part(&group.procedure));
        Self { pk: span.lies_in().totals_pk(agency), sk }
    }
}
