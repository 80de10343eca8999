//! The policies of the functions, read from the template that is deployed.

use std::collections::BTreeMap;

use saphyr::{LoadableYamlNode, Yaml};

/// The template itself.
const TEMPLATE: &str = include_str!("../../../template.yaml");

/// Actions that a statement allows, and their resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its name.
    pub sid: String,
    /// Such as `dynamodb:GetItem`.
    pub actions: Vec<String>,
    /// The resources, as the template names them, such as `Table.Arn` or `${Table.Arn}/index/wake`; under `NotResource`
    /// everything but them.
    pub resources: Vec<String>,
    /// Whether [`Self::resources`] are excluded.
    pub inverted: bool,
    /// Patterns that every leading key must fit; none if any key may be touched.
    pub leading_keys: Vec<String>,
}

/// Returns the policies by function, under the name of its crate.
pub(super) fn policies() -> BTreeMap<String, Vec<Statement>> {
    let documents = Yaml::load_from_str(TEMPLATE).expect("the template is YAML, infra/check reads it too");
    let mut policies = BTreeMap::new();
    let resources = documents.first().and_then(|it| it.as_mapping_get("Resources")).and_then(Yaml::as_mapping);
    for resource in resources.into_iter().flatten().map(|(_, resource)| resource) {
        if field(resource, "Type").and_then(text).as_deref() != Some("AWS::Serverless::Function") {
            continue;
        }
        let Some(properties) = field(resource, "Properties") else { continue };
        let code = field(properties, "CodeUri").and_then(text).unwrap_or_default();
        let name = code.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        let documents = list(field(properties, "Policies"));
        let statements = documents.iter().flat_map(|policy| list(field(policy, "Statement")));
        policies.insert(name, statements.map(statement).collect());
    }
    policies
}

fn statement(statement: &Yaml<'_>) -> Statement {
    let texts = |name: &str| list(field(statement, name)).iter().filter_map(|it| text(it)).collect::<Vec<_>>();
    let inverted = field(statement, "NotResource").is_some();
    let keys = field(statement, "Condition").and_then(|it| field(it, "ForAllValues:StringLike"));
    let keys = keys.and_then(|it| field(it, "dynamodb:LeadingKeys"));
    Statement {
        sid: field(statement, "Sid").and_then(text).unwrap_or_default(),
        actions: texts("Action"),
        resources: texts(if inverted { "NotResource" } else { "Resource" }),
        inverted,
        leading_keys: list(keys).iter().filter_map(|it| text(it)).collect(),
    }
}

fn field<'a>(of: &'a Yaml<'_>, name: &str) -> Option<&'a Yaml<'a>> {
    untagged(of).as_mapping_get(name)
}

/// Returns a list, or a single value as a list of one.
fn list<'a>(of: Option<&'a Yaml<'a>>) -> Vec<&'a Yaml<'a>> {
    match of {
        None => Vec::new(),
        Some(of) => untagged(of).as_sequence().map_or_else(|| vec![of], |items| items.iter().collect()),
    }
}

fn text(of: &Yaml<'_>) -> Option<String> {
    untagged(of).as_str().map(str::to_owned)
}

/// Returns the value below a tag such as `!Sub` or `!GetAtt`.
fn untagged<'a>(of: &'a Yaml<'a>) -> &'a Yaml<'a> {
    match of {
        Yaml::Tagged(_, inner) => inner,
        _ => of,
    }
}
