//! A span of time as a bar, with the dates that matter written below it.
//!
//! The bar has the width of its place, and so have its dates. Each date is put into the first lane in which it covers no
//! other: once for a phone, once for a desk, of which the style sheet shows the one that fits.

use jiff::Timestamp;
use maud::{Markup, html};
use rules::vietnam;

/// Height of the bar.
const BAR: u32 = 34;
/// Height of one lane of dates.
const LANE: u32 = 22;
/// Widest that a character of a date may be, at the size that the style sheet gives it.
const CHARACTER: i64 = 9;
/// Gap between two dates of one lane.
const GAP: i64 = 10;
/// Places are parts of this whole.
const WHOLE: i64 = 10_000;
/// Widths that the dates are laid out for, each with its class: any wider one only moves them apart.
const WIDTHS: [(i64, &str); 2] = [(292, "dates narrow"), (740, "dates broad")];

/// A stretch of time.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub to: Timestamp,
    /// Its class: `running`, `paused`, `annulled`, `void` or `overdue`.
    pub class: &'static str,
    /// Words for it.
    pub title: String,
}

/// An instant whose date is written below the bar.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// The instant.
    pub at: Timestamp,
    /// Words beside its date: at most two short ones.
    pub name: &'a str,
    /// Class of a line across the bar, if it has one: `duemark` or `today`.
    pub class: Option<&'static str>,
}

/// The bar.
#[derive(Clone, Debug)]
pub struct DatedBar<'a> {
    /// The same in one sentence, for whoever does not see it.
    pub told: &'a str,
    /// Stretches, those painted over others last.
    pub stretches: Vec<Stretch>,
    /// Dates.
    pub marks: Vec<Mark<'a>>,
}

/// Place of a date: its lane, and the side on which its text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spot {
    lane: u32,
    anchor: &'static str,
    from: i64,
    to: i64,
}

/// Share of the bar at which an instant lies.
#[derive(Clone, Copy, Debug)]
struct Scale {
    from: i64,
    span: i64,
}

impl Scale {
    fn place(self, at: Timestamp) -> i64 {
        ((at.as_second() - self.from) * WHOLE / self.span).clamp(0, WHOLE)
    }
}

impl DatedBar<'_> {
    /// Writes the bar and its dates.
    #[must_use]
    pub fn shown(&self) -> Markup {
        let scale = self.scale();
        html! {
            div.dated {
                svg.bar role="img" aria-label=(self.told) {
                    @for stretch in &self.stretches {
                        @let (from, to) = (scale.place(stretch.from), scale.place(stretch.to));
                        rect class=(stretch.class) x=(percent(from)) y="0" width=(percent((to - from).max(20))) height=(BAR) {
                            title { (stretch.title) }
                        }
                    }
                    @for (mark, class) in self.marks.iter().filter_map(|mark| Some((mark, mark.class?))) {
                        @let at = percent(scale.place(mark.at));
                        line class=(class) x1=(at) x2=(at) y1="0" y2=(BAR) { title { (mark.name) " " (vietnam::date(mark.at)) } }
                    }
                }
                @for (width, class) in WIDTHS { (self.dates(scale, width, class)) }
            }
        }
    }

    fn scale(&self) -> Scale {
        let instants = || {
            let marked = self.marks.iter().map(|mark| mark.at);
            marked.chain(self.stretches.iter().flat_map(|stretch| [stretch.from, stretch.to])).map(Timestamp::as_second)
        };
        let (from, to) = (instants().min().unwrap_or_default(), instants().max().unwrap_or_default());
        Scale { from, span: (to - from).max(1) }
    }

    /// Writes the dates for one width. A reader has them from the sentence and from the words around the bar.
    fn dates(&self, scale: Scale, width: i64, class: &str) -> Markup {
        let texts: Vec<_> = self.marks.iter().map(|mark| format!("{} {}", vietnam::date(mark.at), mark.name)).collect();
        let places: Vec<_> = self.marks.iter().map(|mark| scale.place(mark.at)).collect();
        let sizes: Vec<_> = texts.iter().map(|text| length(text)).collect();
        let spots = spots(&places, &sizes, width);
        let lanes = spots.iter().map(|spot| spot.lane + 1).max().unwrap_or_default();
        html! {
            svg class=(class) height=(lanes * LANE + 6) aria-hidden="true" {
                @for (spot, place) in spots.iter().zip(&places) {
                    line x1=(percent(*place)) x2=(percent(*place)) y1="0" y2=(spot.lane * LANE + 6) {}
                }
                @for ((mark, text), (spot, place)) in self.marks.iter().zip(&texts).zip(spots.iter().zip(&places)) {
                    text class=[mark.class] x=(percent(*place)) y=((spot.lane + 1) * LANE) text-anchor=(spot.anchor) { (text) }
                }
            }
        }
    }
}

/// Returns the width of a text that no font exceeds.
fn length(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX / CHARACTER).saturating_mul(CHARACTER)
}

/// Puts every text into the first lane in which it covers no other, at a bar of this width.
fn spots(places: &[i64], sizes: &[i64], width: i64) -> Vec<Spot> {
    let mut order: Vec<_> = (0..places.len()).collect();
    order.sort_by_key(|index| places[*index]);
    let mut ends: Vec<i64> = Vec::new();
    let mut found = vec![None; places.len()];
    for index in order {
        let at = places[index] * width / WHOLE;
        let (anchor, from) = anchored(at, sizes[index], width);
        let lane = ends.iter().position(|end| end + GAP <= from).unwrap_or(ends.len());
        let to = from + sizes[index];
        if lane == ends.len() {
            ends.push(to);
        } else {
            ends[lane] = to;
        }
        found[index] = Some(Spot { lane: u32::try_from(lane).unwrap_or(u32::MAX / LANE - 1), anchor, from, to });
    }
    found.into_iter().flatten().collect()
}

/// Returns the side on which a text begins so that it stays within the bar, and where it begins.
fn anchored(at: i64, size: i64, width: i64) -> (&'static str, i64) {
    if at >= size / 2 && at + size / 2 <= width {
        ("middle", at - size / 2)
    } else if at * 2 < width {
        ("start", at)
    } else {
        ("end", at - size)
    }
}

/// Writes a place as a share of the bar's width.
fn percent(place: i64) -> String {
    format!("{}.{:02}%", place / 100, place % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    fn bar() -> DatedBar<'static> {
        let stretch =
            |from: &str, to: &str, class| Stretch { from: at(from), to: at(to), class, title: class.to_owned() };
        DatedBar {
            told: "A sentence.",
            stretches: vec![
                stretch("2020-04-01T01:00:00Z", "2020-04-11T01:00:00Z", "running"),
                stretch("2020-04-11T01:00:00Z", "2020-04-21T01:00:00Z", "paused"),
            ],
            marks: vec![
                Mark { at: at("2020-04-01T01:00:00Z"), name: "bắt đầu", class: None },
                Mark { at: at("2020-04-11T01:00:00Z"), name: "dừng tính", class: None },
                Mark { at: at("2020-04-21T01:00:00Z"), name: "hôm nay", class: Some("today") },
            ],
        }
    }

    #[test]
    fn a_bar_has_its_sentence_its_stretches_and_every_date_for_a_phone_and_for_a_desk() {
        let shown = bar().shown().into_string();
        assert!(shown.contains("role=\"img\" aria-label=\"A sentence.\""), "{shown}");
        assert!(shown.contains("<rect class=\"running\" x=\"0.00%\" y=\"0\" width=\"50.00%\""), "{shown}");
        assert!(shown.contains("<rect class=\"paused\" x=\"50.00%\""), "{shown}");
        assert!(shown.contains("<line class=\"today\" x1=\"100.00%\""), "{shown}");
        for date in ["01/04/2020 bắt đầu", "11/04/2020 dừng tính", "21/04/2020 hôm nay"] {
            assert_eq!(shown.matches(&format!(">{date}</text>")).count(), 2, "{date} in {shown}");
        }
    }

    #[test]
    fn a_bar_of_one_instant_or_of_none_is_written_all_the_same() {
        let mut bar = bar();
        bar.marks.truncate(1);
        bar.stretches.clear();
        assert!(bar.shown().into_string().contains("01/04/2020"));
        bar.marks.clear();
        assert!(bar.shown().into_string().contains("A sentence."));
    }

    #[test]
    fn no_date_covers_another_or_leaves_the_bar_at_any_width() {
        let sizes = [length("15/04/2020 dừng tính"); 7];
        let mut random = 20_200_415_u64;
        for _ in 0..2_000 {
            let mut next = || {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                i64::try_from(random >> 33).unwrap() % (WHOLE + 1)
            };
            let places: [i64; 7] = std::array::from_fn(|_| next());
            for (width, _) in WIDTHS {
                let spots = spots(&places, &sizes, width);
                for (index, one) in spots.iter().enumerate() {
                    assert!(one.from >= 0 && one.to <= width, "{one:?} of {width}: {places:?}");
                    let apart = |other: &Spot| other.lane != one.lane || other.to <= one.from || one.to <= other.from;
                    assert!(spots[..index].iter().all(apart), "{spots:?} of {width}");
                }
                // At a wider bar each text keeps its side, and its place moves away from the one before.
                let wider = |index: usize| {
                    let at = places[index] * width * 2 / WHOLE;
                    let from = at - (places[index] * width / WHOLE - spots[index].from);
                    (from, from + sizes[index])
                };
                for one in 0..places.len() {
                    for other in 0..one {
                        let (a, b) = (wider(one), wider(other));
                        assert!(spots[one].lane != spots[other].lane || a.1 <= b.0 || b.1 <= a.0, "{places:?}");
                    }
                }
            }
        }
    }
}
