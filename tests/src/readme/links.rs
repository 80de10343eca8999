//! Links and paths of every README lead somewhere.

use std::fs;
use std::path::PathBuf;

use super::root;

/// Beginnings of a path in a code span.
const FOLDERS: [&str; 5] = [".ci/", "functions/", "infra/", "shared/", "tests/"];

/// Returns every README of the repository.
fn readmes() -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![root()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let (path, name) = entry.map(|it| (it.path(), it.file_name().into_string().unwrap_or_default())).unwrap();
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                folders.push(path);
            } else if name.starts_with("README") && name.ends_with(".md") {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 12, "{found:?}");
    found
}

/// Returns the lines outside of code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    text.lines().filter(move |line| {
        let fence = line.starts_with("```");
        in_block ^= fence;
        !in_block && !fence
    })
}

/// Returns the targets of a text's links and pictures.
pub(super) fn links(text: &str) -> Vec<&str> {
    prose(text).flat_map(|line| line.split("](").skip(1)).filter_map(|rest| rest.split(')').next()).collect()
}

/// Returns the paths, from the repository's root, in code spans: of a command its first word.
fn paths(text: &str) -> Vec<String> {
    let prose = prose(text).collect::<Vec<_>>().join("\n");
    let words = prose.split('`').skip(1).step_by(2).filter_map(|span| span.split_whitespace().next());
    let is_path = |word: &&str| {
        FOLDERS.iter().any(|folder| word.starts_with(folder)) || (word.ends_with(".md") && !word.contains('/'))
    };
    words.filter(is_path).map(str::to_owned).collect()
}

/// Returns the anchors of a text's headings, as GitHub makes them.
fn anchors(text: &str) -> Vec<String> {
    let headings =
        prose(text).filter_map(|line| line.strip_prefix('#')).map(|rest| rest.trim_start_matches('#').trim());
    let letters = |heading: &str| {
        let lower = heading.to_lowercase().replace(' ', "-");
        lower.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')).collect()
    };
    headings.map(letters).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut count = 0;
    for readme in readmes() {
        let text = fs::read_to_string(&readme).unwrap();
        for link in links(&text).into_iter().filter(|link| !link.starts_with("http")) {
            let (file, heading) = link.split_once('#').map_or((link, None), |(file, heading)| (file, Some(heading)));
            let file = if file.is_empty() { readme.clone() } else { readme.parent().unwrap().join(file) };
            assert!(file.exists(), "{}: {link}", readme.display());
            if let Some(heading) = heading {
                let there = anchors(&fs::read_to_string(&file).unwrap());
                assert!(there.iter().any(|it| it == heading), "{}: {link} is none of {there:?}", readme.display());
            }
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn every_path_in_a_code_span_is_there() {
    let mut count = 0;
    for readme in readmes() {
        for path in paths(&fs::read_to_string(&readme).unwrap()) {
            assert!(root().join(&path).exists(), "{}: {path}", readme.display());
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn links_paths_and_headings_are_found_where_they_are() {
    let text = "# A b: *c*\n[x](y.md#z) ![](p.png) `tests/run` `tests/no where` `x.md` `a/x.md` `plain\nspan`\n\
                ```sh\n# no heading\n`tests/none` [n](none)\n```\n## Đối soát (2)\n";
    assert_eq!(links(text), ["y.md#z", "p.png"]);
    assert_eq!(paths(text), ["tests/run", "tests/no", "x.md"]);
    assert_eq!(anchors(text), ["a-b-c", "đối-soát-2"]);
}
