//! OpenAPI 3.1 description of the API, at `/api/openapi.json`: made from the tables that read the requests.
//!
//! The bodies of commands and decisions are made from their fields, the answers from the table in [`answers`]. It is
//! open without sign-in, because it describes the program and nobody's dossier.

mod answers;
mod operations;
mod requests;
mod schemas;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

/// Path of the description.
pub(crate) const PATH: &str = "/api/openapi.json";

/// The whole description as it is sent; made once, because anybody may ask for it.
pub(crate) fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
    &TEXT
}

/// The whole description.
fn document() -> Value {
    let mut paths = Map::new();
    for operation in operations::all() {
        let item = paths.entry(operation.path.as_str()).or_insert_with(|| json!({}));
        item[operation.method] = operation.written();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Motcua: the desk of a one-stop office (bộ phận một cửa)",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Every request acts under the agency of who is signed in; another agency's dossier is unknown. \
                Commands carry an Idempotency-Key, by which a repeat changes nothing and gets the same answer, and the \
                version they were decided on. Amounts are whole đồng, instants RFC 3339, days yyyy-MM-dd.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "security": [{ "staff": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "staff": {
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "A token of the office's sign-in, with the claims sub, agency and role.",
            } },
            "schemas": schemas::all(),
            "responses": answers::all(),
        },
    })
}
