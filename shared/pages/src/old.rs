//! A lint of style sheets: whatever a browser of 2015 does not know. It names what may be used, so that what is newer than the
//! lint is found too.

use std::collections::BTreeSet;

/// Properties that Chrome 43, Firefox 38, Safari 8, the Android browser 4.4 and Internet Explorer 11 know, as far as a page of
/// words needs them. Flex boxes are left out: Safari 8 knows them under another name.
const PROPERTIES: &[&str] = &[
    "-webkit-text-size-adjust",
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-width",
    "bottom",
    "box-shadow",
    "box-sizing",
    "caption-side",
    "clear",
    "clip",
    "color",
    "content",
    "counter-increment",
    "counter-reset",
    "cursor",
    "display",
    "fill",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "left",
    "line-height",
    "list-style",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "outline",
    "outline-offset",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "page-break-after",
    "page-break-inside",
    "position",
    "right",
    "stroke",
    "stroke-width",
    "text-align",
    "text-decoration",
    "text-transform",
    "top",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
    "z-index",
];
/// Values of `display` that they know.
const DISPLAYS: &[&str] = &["block", "inline", "inline-block", "list-item", "none", "table", "table-cell", "table-row"];
/// Pieces of values that came later.
const LATER_VALUES: &[&str] = &[
    "var(",
    "min(",
    "max(",
    "clamp(",
    "env(",
    "fit-content",
    "min-content",
    "max-content",
    "anywhere",
    "sticky",
    "revert",
    "unset",
    "contents",
    "color-mix(",
    "oklch(",
    "inset(",
    "balance",
];
/// Classes of elements that they know.
const PSEUDO: &[&str] = &[
    ":after",
    ":before",
    ":hover",
    ":focus",
    ":disabled",
    ":enabled",
    ":checked",
    ":first-child",
    ":last-child",
    ":link",
    ":visited",
    ":active",
    ":target",
    ":empty",
    ":root",
];

/// Returns everything in a style sheet that a browser of 2015 does not know, each once, with where it stands.
#[must_use]
pub fn too_new(sheet: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let sheet = without_comments(sheet);
    for block in sheet.split('}') {
        // Within a rule for media there are two beginnings.
        let mut heads: Vec<&str> = block.split('{').collect();
        let body = if heads.len() > 1 { heads.pop().unwrap_or_default() } else { "" };
        for head in &heads {
            found.extend(selector(head.trim()));
        }
        for declaration in body.split(';').map(str::trim).filter(|text| !text.is_empty()) {
            found.extend(declared(declaration));
        }
    }
    found
}

fn without_comments(sheet: &str) -> String {
    let mut pieces = sheet.split("/*");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |whole, piece| whole + piece.split_once("*/").map_or("", |(_, after)| after))
}

fn selector(head: &str) -> Option<String> {
    if let Some(rule) = head.strip_prefix('@') {
        // A width in a range, and what asks for a taste of the reader, came later.
        let known = rule.starts_with("media ") && !rule.contains(['<', '>']) && !rule.contains("prefers");
        return (!known).then(|| format!("@{rule}"));
    }
    if head.contains('&') {
        return Some(head.to_owned());
    }
    let mut rest = head;
    while let Some(at) = rest.find(':') {
        let named = rest[at..].trim_start_matches(':');
        let end = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(named.len());
        let class = format!(":{}", &named[..end]);
        if !PSEUDO.contains(&class.as_str()) {
            return Some(format!("{class} in {head}"));
        }
        rest = &named[end..];
    }
    None
}

fn declared(declaration: &str) -> Option<String> {
    let Some((property, value)) = declaration.split_once(':') else { return Some(declaration.to_owned()) };
    let value = value.trim().trim_end_matches("!important").trim_end();
    let property = property.trim();
    let known = PROPERTIES.contains(&property);
    let shown = property != "display" || DISPLAYS.contains(&value);
    let later = LATER_VALUES.iter().any(|later| value.contains(later));
    // #rrggbbaa, and colours with a slash.
    let colour = value.split_whitespace().any(|word| word.starts_with('#') && word.len() > 7)
        || (value.contains("rgb") && value.contains('/'));
    (!known || !shown || later || colour).then(|| declaration.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PUBLIC_STYLE, STYLE};

    #[test]
    fn the_style_of_public_pages_needs_no_browser_that_is_newer_than_2015() {
        assert_eq!(too_new(PUBLIC_STYLE), BTreeSet::new());
    }

    #[test]
    fn whatever_came_later_is_found() {
        for new in [
            "a { gap: 4px }",
            "a { display: flex }",
            "a { display: grid; }",
            ":root { --deep: #000 }",
            "a { color: var(--deep) }",
            "a { inset: 0 }",
            "a { padding-block: 3px }",
            "a { width: clamp(1px, 2px, 3px) }",
            "a { width: min(1px, 2px) }",
            "a:has(b) { color: red }",
            "a:is(b) { color: red }",
            "a:focus-visible { color: red }",
            "a:not(b, c) { color: red }",
            "a { overflow-wrap: anywhere }",
            "a { position: sticky }",
            "a { color: #11223344 }",
            "a { color: rgb(0 0 0 / .5) }",
            "a { accent-color: red }",
            "a { aspect-ratio: 1 }",
            "a { & b { color: red } }",
            "@supports (display: block) { a { color: red } }",
            "@media (width < 800px) { a { color: red } }",
            "@media print { a { break-inside: avoid } }",
            "@layer x { a { color: red } }",
        ] {
            assert_eq!(too_new(new).len(), 1, "{new}: {:?}", too_new(new));
        }
        // The desk's own is for browsers of today, and the lint is not blind to a whole sheet.
        assert!(too_new(STYLE).len() > 40);
    }

    #[test]
    fn whatever_was_there_passes() {
        for old in [
            "/* gap: 1px */ a::before, b > c[d=e]:focus { content: attr(x) \": \"; color: #fff !important }",
            "@media (max-width: 799px) { a { display: none } b { display: block; } }",
        ] {
            assert_eq!(too_new(old), BTreeSet::new(), "{old}");
        }
    }
}
