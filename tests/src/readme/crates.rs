//! Every crate has a README, which is its documentation.

use std::fs;

use super::{names, root};

/// Returns the folder of each crate of the workspace, from the repository's root.
fn crates() -> Vec<String> {
    let under =
        |folder: &'static str| names(&root().join(folder)).into_iter().map(move |name| format!("{folder}/{name}"));
    let crates: Vec<_> =
        under("shared").chain(under("functions")).chain(["infra/local".into(), "tests".into()]).collect();
    assert!(crates.len() > 10, "{crates:?}");
    crates
}

#[test]
fn every_crate_has_a_readme_which_is_its_documentation() {
    for folder in crates() {
        let read = |file: &str| fs::read_to_string(root().join(&folder).join(file)).unwrap_or_default();
        assert!(read("src/lib.rs").starts_with("#![doc = include_str!(\"../README.md\")]\n"), "{folder}");
        let manifest = read("Cargo.toml");
        let name = manifest.split("name = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(read("README.md").starts_with(&format!("# {name}\n\n")), "{folder}");
    }
}

/// The page of a crate's documentation lies in another folder than its README.
#[test]
fn a_crates_readme_links_to_nothing_that_its_documentation_does_not_reach() {
    for folder in crates() {
        let text = fs::read_to_string(root().join(&folder).join("README.md")).unwrap();
        for link in super::links::links(&text) {
            assert!(link.starts_with("https://") || link.starts_with('#'), "{folder}: {link}");
        }
    }
}
