//! Kinds of units, as their names begin.

/// The place of a unit in the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A province, or a city of the same rank.
    Province,
    /// A district; none since 01/07/2025.
    District,
    /// A commune, or what has the same rank.
    Commune,
}

/// A kind of unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Tỉnh.
    Province,
    /// Thành phố, of the rank of a province.
    CentralCity,
    /// Quận.
    UrbanDistrict,
    /// Huyện.
    RuralDistrict,
    /// Thị xã.
    Town,
    /// Thành phố, of the rank of a district.
    City,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// Thị trấn; none since 01/07/2025.
    Township,
    /// Đặc khu.
    SpecialZone,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Province,
        Self::CentralCity,
        Self::UrbanDistrict,
        Self::RuralDistrict,
        Self::Town,
        Self::City,
        Self::Ward,
        Self::Commune,
        Self::Township,
        Self::SpecialZone,
    ];

    /// Returns the word that a name begins with, such as `Phường`.
    #[must_use]
    pub fn vietnamese(self) -> &'static str {
        match self {
            Self::Province => "Tỉnh",
            Self::CentralCity | Self::City => "Thành phố",
            Self::UrbanDistrict => "Quận",
            Self::RuralDistrict => "Huyện",
            Self::Town => "Thị xã",
            Self::Ward => "Phường",
            Self::Commune => "Xã",
            Self::Township => "Thị trấn",
            Self::SpecialZone => "Đặc khu",
        }
    }

    /// Returns the short forms that people write for it.
    pub(crate) fn short(self) -> &'static [&'static str] {
        match self {
            Self::Province => &["t"],
            Self::CentralCity | Self::City => &["tp"],
            Self::UrbanDistrict => &["q"],
            Self::RuralDistrict => &["h"],
            Self::Town => &["tx"],
            // F is how Ho Chi Minh City writes it.
            Self::Ward => &["p", "f"],
            Self::Commune => &["x"],
            Self::Township => &["tt"],
            Self::SpecialZone => &["dk", "đk"],
        }
    }

    /// Returns its place in the country.
    #[must_use]
    pub fn level(self) -> Level {
        match self {
            Self::Province | Self::CentralCity => Level::Province,
            Self::UrbanDistrict | Self::RuralDistrict | Self::Town | Self::City => Level::District,
            Self::Ward | Self::Commune | Self::Township | Self::SpecialZone => Level::Commune,
        }
    }

    /// Splits a full name such as `Phường Bến Nghé` into its kind and the rest; `None` if it begins with none of the level.
    #[must_use]
    pub fn split(full: &str, level: Level) -> Option<(Self, &str)> {
        let of_level = Self::ALL.into_iter().filter(|kind| kind.level() == level);
        let rest = |kind: Self| full.strip_prefix(kind.vietnamese())?.strip_prefix(' ').map(str::trim);
        of_level.filter_map(|kind| Some((kind, rest(kind)?))).find(|(_, name)| !name.is_empty())
    }
}
