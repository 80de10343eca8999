//! The first page leads, in English and in Vietnamese.

use super::FIRST_PAGE;

const VIETNAMESE: &str = include_str!("../../../README.vi.md");

/// The most lines of the first page.
const LONGEST: usize = 170;

/// Returns the level of each heading, and each code block: its language and, of commands, the part before a comment.
fn skeleton(text: &str) -> (Vec<usize>, Vec<String>) {
    let (mut headings, mut blocks, mut language) = (Vec::new(), Vec::new(), None);
    for line in text.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            language = if language.is_none() { Some(fence) } else { None };
            blocks.push(line.to_owned());
        } else if language == Some("sh") {
            blocks.push(line.split(" #").next().unwrap_or_default().trim_end().to_owned());
        } else if language.is_none() && line.starts_with('#') {
            headings.push(line.len() - line.trim_start_matches('#').len());
        }
    }
    (headings, blocks)
}

#[test]
fn it_is_short() {
    for (name, text) in [("README.md", FIRST_PAGE), ("README.vi.md", VIETNAMESE)] {
        assert!(text.lines().count() <= LONGEST, "{name}: {} lines", text.lines().count());
    }
}

#[test]
fn both_languages_have_the_same_headings_and_the_same_commands() {
    let (english, vietnamese) = (skeleton(FIRST_PAGE), skeleton(VIETNAMESE));
    assert!(english.0.len() > 5 && english.1.iter().any(|line| line.starts_with("cargo run")), "{english:?}");
    assert_eq!(english, vietnamese);
}
