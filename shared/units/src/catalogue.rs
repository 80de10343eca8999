//! The units of one day.

use std::fmt;

use jiff::civil::Date;

use crate::book::Units;
use crate::code::{Code, UnitCode};
use crate::kind::{Kind, Level};
use crate::row::{Row, SINCE};

/// The units of one day. Until 30/06/2025 there were 63 provinces with districts; that catalogue is known as it was at its
/// end, and stands for every earlier day.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue<'u> {
    pub(crate) units: &'u Units,
    /// The day by which the rows are read.
    pub(crate) day: Date,
}

/// One unit under the name of a day.
#[derive(Clone, Copy)]
pub struct Unit<'u> {
    pub(crate) units: &'u Units,
    pub(crate) place: usize,
    pub(crate) day: Date,
}

impl Catalogue<'static> {
    /// Returns the catalogue of a day, as it was known when this was built.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Units::official().catalogue(day)
    }
}

impl Units {
    /// Returns the catalogue of a day.
    #[must_use]
    pub fn catalogue(&self, day: Date) -> Catalogue<'_> {
        Catalogue { units: self, day: self.start(day) }
    }

    /// Returns the unit of a code by the catalogue of its day.
    #[must_use]
    pub fn unit(&self, code: &UnitCode) -> Option<Unit<'_>> {
        self.catalogue(code.catalogue).unit(code.code)
    }
}

impl<'u> Catalogue<'u> {
    /// Returns the first day of this catalogue; of the one before 01/07/2025 the last.
    #[must_use]
    pub fn day(&self) -> Date {
        self.day
    }

    /// Returns whether it has districts.
    #[must_use]
    pub fn has_districts(&self) -> bool {
        self.day < SINCE
    }

    /// Returns the unit of a code of this catalogue.
    #[must_use]
    pub fn unit(&self, code: Code) -> Option<Unit<'u>> {
        self.units.place(code, self.day).map(|place| self.at(place))
    }

    /// Returns the provinces, by code.
    pub fn provinces(self) -> impl Iterator<Item = Unit<'u>> {
        self.all(Level::Province)
    }

    /// Returns the districts of a province, by code; none since 01/07/2025.
    pub fn districts(self, province: Code) -> impl Iterator<Item = Unit<'u>> {
        self.all(Level::District).filter(move |unit| unit.row().province == province)
    }

    /// Returns the communes of a province or of a district, by code.
    pub fn communes(self, within: Code) -> impl Iterator<Item = Unit<'u>> {
        self.all(Level::Commune).filter(move |unit| unit.is_within(within))
    }

    pub(crate) fn all(self, level: Level) -> impl Iterator<Item = Unit<'u>> {
        let places = self.units.places(level, self.day);
        places.filter(move |place| self.units.row(*place).holds(self.day)).map(move |place| self.at(place))
    }

    pub(crate) fn at(&self, place: usize) -> Unit<'u> {
        Unit { units: self.units, place, day: self.day }
    }
}

impl<'u> Unit<'u> {
    pub(crate) fn row(&self) -> &'u Row {
        self.units.row(self.place)
    }

    /// Returns its code, with the day of the catalogue that it was taken from.
    #[must_use]
    pub fn code(&self) -> UnitCode {
        UnitCode { code: self.row().code, catalogue: self.day }
    }

    /// Returns its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.row().kind
    }

    /// Returns its name without the kind; with it by `to_string`.
    #[must_use]
    pub fn name(&self) -> &'u str {
        &self.row().name
    }

    /// Returns its province; itself if it is one.
    #[must_use]
    pub fn province(&self) -> Option<Self> {
        self.other(self.row().province)
    }

    /// Returns its district, which only communes before 01/07/2025 have.
    #[must_use]
    pub fn district(&self) -> Option<Self> {
        self.other(self.row().district?)
    }

    /// Returns the first day on which it had this name; `None` before 01/07/2025.
    #[must_use]
    pub fn from(&self) -> Option<Date> {
        self.row().from
    }

    /// Returns the resolution by which it has this name; empty before 01/07/2025.
    #[must_use]
    pub fn by(&self) -> &'u str {
        &self.row().by
    }

    /// Returns its full name and those of what it lies in: `Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh`.
    #[must_use]
    pub fn full(&self) -> String {
        let above = [self.district(), self.province().filter(|province| province.place != self.place)];
        let names = std::iter::once(*self).chain(above.into_iter().flatten());
        names.map(|unit| unit.to_string()).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn is_within(&self, within: Code) -> bool {
        let row = self.row();
        row.province == within || row.district == Some(within)
    }

    fn other(&self, code: Code) -> Option<Self> {
        self.units.place(code, self.day).map(|place| Self { place, ..*self })
    }
}

impl PartialEq for Unit<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl fmt::Display for Unit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind().vietnamese(), self.name())
    }
}

impl fmt::Debug for Unit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} {}", self.code())
    }
}
