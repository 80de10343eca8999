//! Pictures of a report: one bar for each group, divided by the state of its dossiers.

use maud::{Markup, PreEscaped, html};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use rules::language::Language;
use rules::statistics::{Class, Tally};

use super::data::{Report, Row};
use ::pages::part::table::wide;

/// Most bars of one picture; the table beside it has all rows.
const MOST_BARS: usize = 15;

const WIDTH: i32 = 1180;
const LABELS: i32 = 340;
const BAR: i32 = 28;
const STEP: i32 = 38;
/// Size of the letters. The picture says 0.8 of it, which is 16 pixels.
const TEXT: i32 = 20;
/// Most characters of a name: what has room before the bars.
const MOST_LETTERS: usize = 36;
/// Least width of a part that has its number in it.
const ROOM: i32 = 34;

/// The parts of a bar: classes of a tally, with their colour. Every part that has room has text in it, so that colour
/// never carries the meaning alone.
const PARTS: [(&[Class], RGBColor, [&str; 2]); 6] = [
    (&[Class::Early], RGBColor(10, 66, 34), ["trước hạn", "finished early"]),
    (&[Class::OnTime], RGBColor(38, 122, 76), ["đúng hạn", "on time"]),
    (&[Class::Late], RGBColor(164, 14, 38), ["quá hạn", "finished late"]),
    (&[Class::RunningInTime], RGBColor(20, 96, 168), ["đang giải quyết, trong hạn", "running in time"]),
    (&[Class::RunningLate], RGBColor(180, 76, 14), ["đang giải quyết, quá hạn", "running late"]),
    (
        &[Class::Paused, Class::NotStarted, Class::NoTable, Class::Withdrawn, Class::Closed],
        RGBColor(94, 104, 115),
        ["dừng tính, chưa tính, đã rút, dừng xử lý", "paused, not started, withdrawn, closed"],
    ),
];

/// The picture of a report with its key; nothing if there is nothing to show.
pub(crate) fn chart(report: &Report, lang: Language) -> Markup {
    let tallies: Vec<_> = bars(report);
    let most = tallies.iter().map(|(_, tally)| tally.all()).max().unwrap_or_default();
    if most == 0 {
        return html! {};
    }
    let height = u32::try_from(tallies.len()).unwrap_or_default() * STEP.unsigned_abs() + 10;
    let mut svg = String::new();
    let drawn = draw(&mut svg, (WIDTH.unsigned_abs(), height), &tallies, most);
    if let Err(error) = drawn {
        tracing::error!(%error, "a picture was not drawn");
        return html! {};
    }
    let title = lang.pick(["Hồ sơ theo tình trạng hạn giải quyết", "Dossiers by how they stand to their date"]);
    let described = described(&tallies, lang);
    html! {
        figure.chart {
            figcaption { (title) @if report.rows.len() > MOST_BARS { " – " (lang.pick(["15 nhóm nhiều hồ sơ nhất", "the 15 largest groups"])) } }
            (wide(title, &PreEscaped(titled(&svg, title, &described))))
            ul.key { @for (_, colour, name) in &PARTS { li {
                svg width="14" height="14" aria-hidden="true" { rect width="14" height="14" fill=(hex(*colour)) {} }
                " " (lang.pick(*name))
            } } }
        }
    }
}

/// The rows that are drawn: months as they are, others the largest.
fn bars(report: &Report) -> Vec<(String, Tally)> {
    let tally = |row: &Row| (row.name.clone(), row.sum.tally(&report.asked.reading));
    let mut bars: Vec<_> = report.rows.iter().map(tally).collect();
    if bars.len() > MOST_BARS {
        bars.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.all()));
        bars.truncate(MOST_BARS);
    }
    bars
}

fn part(tally: &Tally, classes: &[Class]) -> u64 {
    classes.iter().map(|class| tally.of(*class)).sum()
}

fn draw(
    svg: &mut String,
    size: (u32, u32),
    bars: &[(String, Tally)],
    most: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(svg, size).into_drawing_area();
    let text = |colour: RGBColor, pos| TextStyle {
        font: ("sans-serif", TEXT).into_font(),
        color: colour.to_backend_color(),
        pos,
    };
    let label = text(RGBColor(27, 31, 36), Pos::new(HPos::Right, VPos::Center));
    let inside = text(WHITE, Pos::new(HPos::Center, VPos::Center));
    let behind = text(RGBColor(27, 31, 36), Pos::new(HPos::Left, VPos::Center));
    // A bar leaves room for its number after it.
    let room = u64::from((WIDTH - LABELS - 60).unsigned_abs());
    for (top, (name, tally)) in (0..).map(|line| 5 + line * STEP).zip(bars) {
        let middle = top + BAR / 2;
        let short: String = if name.chars().count() > MOST_LETTERS {
            name.chars().take(MOST_LETTERS - 1).chain(['…']).collect()
        } else {
            name.clone()
        };
        area.draw(&Text::new(short, (LABELS - 10, middle), label.clone()))?;
        let (mut before, mut left) = (0, LABELS);
        for (classes, colour, _) in &PARTS {
            let number = part(tally, classes);
            before += number;
            // Computed from sums, so that an empty part has no width and the bar is as long as its number.
            let right = LABELS + i32::try_from(before * room / most)?;
            area.draw(&Rectangle::new([(left, top), (right, top + BAR)], colour.filled()))?;
            if right - left > ROOM {
                area.draw(&Text::new(number.to_string(), (left + (right - left) / 2, middle), inside.clone()))?;
            }
            left = right;
        }
        area.draw(&Text::new(tally.all().to_string(), (left + 8, middle), behind.clone()))?;
    }
    area.present()?;
    drop(area);
    Ok(())
}

/// The content of the picture, in words.
fn described(bars: &[(String, Tally)], lang: Language) -> String {
    let bar = |(name, tally): &(String, Tally)| {
        let parts = PARTS.iter().map(|(classes, _, told)| (part(tally, classes), lang.pick(*told)));
        let parts: Vec<_> =
            parts.filter(|(number, _)| *number > 0).map(|(number, told)| format!("{number} {told}")).collect();
        format!("{name}: {}", if parts.is_empty() { "0".to_owned() } else { parts.join(", ") })
    };
    bars.iter().map(bar).collect::<Vec<_>>().join("; ")
}

/// The drawing with a title and a description for those who do not see it.
fn titled(svg: &str, title: &str, described: &str) -> String {
    let names = html! { title id="chart-title" { (title) } desc id="chart-desc" { (described) } }.into_string();
    let drawing = svg.trim_start().strip_prefix("<svg ").unwrap_or(svg);
    let (attributes, rest) = drawing.split_once('>').unwrap_or((drawing, ""));
    format!(r#"<svg role="img" aria-labelledby="chart-title chart-desc" {attributes}>{names}{rest}"#)
}

fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
#[expect(clippy::float_arithmetic, reason = "contrast is defined by real numbers")]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG defines it.
    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn the_number_in_each_part_of_a_bar_can_be_read() {
        for (_, colour, name) in PARTS {
            let contrast = (luminance(WHITE) + 0.05) / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{}: {contrast:.2}", name[0]);
        }
        let letters = f64::from(TEXT) / 1.24;
        assert!(letters >= 16.0, "{letters}");
    }
}
