//! The README files describe the code as it is.

mod crates;
mod first_page;
mod links;

use std::fs;
use std::path::{Path, PathBuf};

use rules::config::Gateway;

const FIRST_PAGE: &str = include_str!("../../../README.md");
const RULES: &str = include_str!("../../../shared/rules/README.md");
const SETTINGS: &str = include_str!("../../../shared/motcua/README.md");
const DESK: &str = include_str!("../../../functions/desk/README.md");

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the names of a folder's entries, in order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_drawing_is_the_one_the_command_makes() {
    let drawn = format!("```mermaid\n{}```", rules::dossier::drawing());
    assert!(RULES.contains(&drawn), "put this into shared/rules/README.md:\n{drawn}");
}

#[test]
fn every_gateway_and_every_function_is_named() {
    for gateway in Gateway::ALL {
        assert!(SETTINGS.contains(&format!("`{}`", gateway.name())), "{}", gateway.name());
    }
    for name in names(&root().join("functions")) {
        assert!(FIRST_PAGE.contains(&format!("| [`{name}`](functions/{name}/README.md) |")), "{name}");
        assert!(include_str!("../../../infra/template.yaml").contains(&format!("target/lambda/{name}/")), "{name}");
    }
}

#[test]
fn every_command_of_the_desk_is_named() {
    let table = include_str!("../../../functions/desk/src/api/commands/table.rs");
    let names: Vec<_> = table.split("name: \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names.len(), 33);
    for name in names {
        assert!(DESK.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn every_field_of_a_procedure_is_named() {
    let mut fields = std::collections::BTreeSet::new();
    for procedure in motcua_local::samples::procedures() {
        let written = serde_json::to_value(&procedure).unwrap();
        fields.extend(
            written.as_object().unwrap().keys().filter(|field| !["limit", "pauses"].contains(&field.as_str())).cloned(),
        );
        for part in ["limit", "pauses"] {
            let parts = written[part].as_object().unwrap().keys();
            fields.extend(parts.map(|field| format!("{part}.{field}")));
        }
    }
    assert!(fields.len() > 25, "{fields:?}");
    for field in fields {
        assert!(RULES.contains(&format!("`{field}`")), "{field}");
    }
}

#[test]
fn every_column_of_a_takeover_is_named() {
    for column in &rules::takeover::COLUMNS {
        let name = if column.repeated { format!("`{}.1`", column.name) } else { format!("`{}`", column.name) };
        assert!(RULES.contains(&name), "{name}");
    }
}

/// A request printed whole would put query, headers and body into the log.
#[test]
fn no_code_prints_a_whole_request() {
    let root = root();
    let mut folders = vec![root.join("functions"), root.join("shared")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap_or_default();
            files += 1;
            for printed in ["?request", "{request:?}", "?parts", "{parts:?}"] {
                assert!(!text.contains(printed), "{} prints {printed}", path.display());
            }
        }
    }
    assert!(files > 300, "{files}");
}
