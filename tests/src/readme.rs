//! What README says of the code is what the code does.

use rules::config::Gateway;

const README: &str = include_str!("../../README.md");

#[test]
fn the_drawing_is_the_one_the_command_makes() {
    let drawn = format!("```mermaid\n{}```", rules::dossier::drawing());
    assert!(README.contains(&drawn), "put this into README:\n{drawn}");
}

#[test]
fn every_gateway_and_every_function_is_named() {
    for gateway in Gateway::ALL {
        assert!(README.contains(&format!("`{}`", gateway.name())), "{}", gateway.name());
    }
    let functions = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../functions");
    for function in std::fs::read_dir(functions).unwrap() {
        let name = function.unwrap().file_name().into_string().unwrap();
        assert!(README.contains(&format!("| `{name}` |")), "{name}");
        assert!(include_str!("../../infra/template.yaml").contains(&format!("target/lambda/{name}/")), "{name}");
    }
}

#[test]
fn every_command_of_the_desk_is_named() {
    let table = include_str!("../../functions/desk/src/api/commands/table.rs");
    let names: Vec<_> = table.split("name: \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(names.len(), 26);
    for name in names {
        assert!(README.contains(&format!("`{name}`")), "{name}");
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
        assert!(README.contains(&format!("`{field}`")), "{field}");
    }
}

#[test]
fn every_guard_that_is_a_file_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let paths = README.split('`').filter(|text| {
        ["functions/", "shared/", "tests/", "infra/"].iter().any(|folder| text.starts_with(folder))
            && !text.contains(' ')
    });
    let paths: Vec<_> = paths.collect();
    assert!(paths.len() > 10);
    for path in paths {
        assert!(root.join(path).exists(), "{path}");
    }
}

#[test]
fn every_column_of_a_takeover_is_named() {
    for column in &rules::takeover::COLUMNS {
        let name = if column.repeated { format!("`{}.1`", column.name) } else { format!("`{}`", column.name) };
        assert!(README.contains(&name), "{name}");
    }
}

/// A request printed whole would put query, headers and body into the log.
#[test]
fn no_code_prints_a_whole_request() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.join("functions"), root.join("shared")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            files += 1;
            for printed in ["?request", "{request:?}", "?parts", "{parts:?}"] {
                assert!(!text.contains(printed), "{} prints {printed}", path.display());
            }
        }
    }
    assert!(files > 300, "{files}");
}
