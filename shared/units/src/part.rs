//! One part of an address as typed: a name, with or without its kind.

use crate::catalogue::Unit;
use crate::fold::Folded;
use crate::kind::{Kind, Level};

/// Other names that people write for a province, and its own, both without marks.
const ALIASES: [(&str, &str); 13] = [
    ("hcm", "ho chi minh"),
    ("tphcm", "ho chi minh"),
    ("sai gon", "ho chi minh"),
    ("ho chi minh city", "ho chi minh"),
    ("hn", "ha noi"),
    ("hanoi", "ha noi"),
    ("thua thien hue", "hue"),
    ("brvt", "ba ria vung tau"),
    ("br vt", "ba ria vung tau"),
    ("daklak", "dak lak"),
    ("dac lac", "dak lak"),
    ("dac nong", "dak nong"),
    ("daknong", "dak nong"),
];

/// A name as typed. A word such as `quan` may be its kind or its beginning, so both are tried.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    whole: Folded,
    /// The kinds that its first words may name, and what follows them.
    bare: Option<(Vec<Kind>, Folded)>,
}

impl Part {
    pub fn of(text: &str) -> Self {
        let whole = Folded::of(&apart(text));
        let lengths = Kind::ALL.map(|kind| (kind, length(kind, &whole)));
        let longest = lengths.iter().map(|(_, length)| *length).max().filter(|length| *length > 0);
        let bare = longest.and_then(|longest| {
            let kinds = lengths.into_iter().filter(|(_, length)| *length == longest).map(|(kind, _)| kind);
            Some((kinds.collect(), whole.behind(longest)?))
        });
        Self { whole, bare }
    }

    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// Returns the ways in which it can be read: as a name without a kind, and as kinds with a name.
    pub fn readings(&self) -> impl Iterator<Item = (Option<&[Kind]>, &Folded)> {
        let bare = self.bare.iter().map(|(kinds, name)| (Some(kinds.as_slice()), name));
        std::iter::once((None, &self.whole)).chain(bare)
    }

    /// Returns whether it can be this unit: the name has its marks or none, and the kind, if there is one, is the unit's.
    pub fn fits(&self, unit: &Unit<'_>) -> bool {
        let name = unit.units.name(unit.place);
        let read = |(kinds, typed): (Option<&[Kind]>, &Folded)| {
            typed.agrees(name) && kinds.is_none_or(|kinds| kinds.contains(&unit.kind()))
        };
        self.readings().any(read) || self.is_alias_of(unit)
    }

    /// Returns whether it is this unit's name with its kind.
    pub fn is_full(&self, unit: &Unit<'_>) -> bool {
        let name = unit.units.name(unit.place);
        self.bare.as_ref().is_some_and(|(kinds, typed)| kinds.contains(&unit.kind()) && typed.agrees(name))
    }

    /// Returns whether it has the unit's name, of whatever kind, or an earlier one.
    pub fn nearly_fits(&self, unit: &Unit<'_>) -> bool {
        let agrees = |name: &Folded| self.readings().any(|(_, typed)| typed.agrees(name));
        let formerly = unit.row().formerly().filter_map(|full| Kind::split(full, unit.kind().level()));
        agrees(unit.units.name(unit.place)) || formerly.map(|(_, name)| Folded::of(name)).any(|name| agrees(&name))
    }

    /// Returns whether it is that name but for its marks and its kind.
    pub fn is_plainly(&self, unit: &Unit<'_>) -> bool {
        self.readings().any(|(_, typed)| typed.plain == unit.units.name(unit.place).plain)
    }

    /// Returns whether it says by its kind that it is of this level.
    pub fn says(&self, level: Level) -> bool {
        self.bare.as_ref().is_some_and(|(kinds, _)| kinds.iter().any(|kind| kind.level() == level))
    }

    /// Returns whether it was typed with a mark.
    pub fn has_marks(&self) -> bool {
        self.whole.marked != self.whole.plain
    }

    /// Returns whether all its marks are the unit's.
    pub fn has_marks_of(&self, unit: &Unit<'_>) -> bool {
        let name = unit.units.name(unit.place);
        self.readings().any(|(_, typed)| typed.marked == name.marked)
    }

    /// Returns whether it is another name of this province.
    pub fn is_alias_of(&self, unit: &Unit<'_>) -> bool {
        let name = unit.units.name(unit.place);
        let is_province = matches!(unit.kind(), Kind::Province | Kind::CentralCity);
        let known = |typed: &Folded| ALIASES.contains(&(typed.plain.as_str(), name.plain.as_str()));
        is_province && self.readings().any(|(_, typed)| known(typed))
    }
}

/// Returns the text with `Q1`, `P.12`, `F3` taken apart into letter and number.
fn apart(text: &str) -> String {
    let text = text.trim_start();
    let number = text.get(1..).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    match number {
        Some(number) if text.starts_with(['p', 'P', 'q', 'Q', 'f', 'F']) => format!("{} {number}", &text[..1]),
        _ => text.to_owned(),
    }
}

/// Returns the number of words at the beginning that name this kind.
fn length(kind: Kind, whole: &Folded) -> usize {
    let word = Folded::of(kind.vietnamese());
    let words = word.plain.split(' ').count();
    let first = |text: &str, count| text.split(' ').take(count).collect::<Vec<_>>().join(" ");
    let beginning = Folded { marked: first(&whole.marked, words), plain: first(&whole.plain, words) };
    if beginning.agrees(&word) { words } else { usize::from(kind.short().contains(&first(&whole.marked, 1).as_str())) }
}
