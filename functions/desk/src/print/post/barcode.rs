//! A number as Code 128, drawn as SVG.

use code128::Code128;
use maud::{Markup, PreEscaped, html};

/// Height of the bars, in widths of the thinnest one.
const HEIGHT: u32 = 40;

/// Draws a number; nothing where a character is none that the code has.
pub(super) fn barcode(number: &str) -> Markup {
    let Some(drawn) = path(number) else { return html! {} };
    html! { div.barcode role="img" aria-label={ "Mã vạch " (number) } { (PreEscaped(drawn)) } }
}

fn path(number: &str) -> Option<String> {
    let code = Code128::encode_str(number).filter(|_| number.is_ascii() && !number.is_empty())?;
    let bars: String =
        code.bar_coordinates().map(|bar| format!("M{} 0h{}v{HEIGHT}h-{}z", bar.x, bar.width, bar.width)).collect();
    let width = code.len();
    // Each bar stands on whole units, so that a printer rounds none of them another way.
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" preserveAspectRatio="none" shape-rendering="crispEdges"><path d="{bars}"/></svg>"#
    ))
}

#[cfg(test)]
mod tests {
    use code128::{Bar, decode_str};

    use super::*;

    /// Reads the bars of a drawing, as a scanner does.
    fn read(svg: &str) -> String {
        let path = svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
        let numbers = |bar: &str| {
            let (x, rest) = bar.split_once(" 0h").unwrap();
            (x.parse::<u32>().unwrap(), rest.split('v').next().unwrap().parse::<u32>().unwrap())
        };
        let bars: Vec<_> = path.split('M').skip(1).map(numbers).collect();
        let bar = |(place, (x, width)): (usize, &(u32, u32))| {
            let space = bars.get(place + 1).map_or(0, |next| next.0 - x - width);
            Bar { width: u8::try_from(*width).unwrap(), space: u8::try_from(space).unwrap() }
        };
        decode_str(&bars.iter().enumerate().map(bar).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_scanner_reads_the_number_that_was_drawn() {
        for number in ["CE123456785VN", "B26-000123", "12345678", "AB-12/x"] {
            assert_eq!(read(&path(number).unwrap()), number);
        }
    }

    #[test]
    fn a_number_that_no_scanner_could_read_is_not_drawn() {
        assert!(path("").is_none() && path("số 5").is_none() && path("ｘ1").is_none());
    }
}
