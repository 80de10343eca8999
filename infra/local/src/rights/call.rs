//! Rights that a call needs of IAM: an action on a resource, and the leading keys that it touches.

use serde_json::Value;

/// One action that a call needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// Its name, such as `dynamodb:GetItem`.
    pub action: &'static str,
    /// The resource, as the template names it.
    pub resource: String,
    /// The partition keys that are touched, of the table or of the index.
    pub keys: Vec<String>,
}

/// The table, as the template names it.
const TABLE: &str = "Table.Arn";

impl Call {
    /// Builds a call that has no keys.
    pub(crate) fn on(action: &'static str, resource: &str) -> Self {
        Self { action, resource: resource.to_owned(), keys: Vec::new() }
    }

    /// Whether a resource of the template is the one that is called.
    pub(super) fn is_on(&self, resource: &str) -> bool {
        self.resource == resource
    }
}

/// Returns the actions that an operation of DynamoDB needs: a transaction or a batch needs those of each of its parts.
pub(super) fn of_table(operation: &str, body: &Value) -> Vec<Call> {
    let call = |action, keys| Call { action, resource: TABLE.to_owned(), keys };
    match operation {
        "GetItem" => vec![call("dynamodb:GetItem", key(&body["Key"]))],
        "PutItem" => vec![call("dynamodb:PutItem", key(&body["Item"]))],
        "UpdateItem" => vec![call("dynamodb:UpdateItem", key(&body["Key"]))],
        "DeleteItem" => vec![call("dynamodb:DeleteItem", key(&body["Key"]))],
        "Query" => vec![query(body)],
        "Scan" => vec![call("dynamodb:Scan", Vec::new())],
        "BatchGetItem" => {
            let tables = body["RequestItems"].as_object().into_iter().flatten();
            let keys = tables.flat_map(|(_, table)| table["Keys"].as_array().into_iter().flatten()).flat_map(key);
            vec![call("dynamodb:BatchGetItem", keys.collect())]
        }
        "TransactGetItems" => parts(body).map(|part| call("dynamodb:GetItem", key(&part["Get"]["Key"]))).collect(),
        "TransactWriteItems" => parts(body).flat_map(written).collect(),
        "DescribeTable" => vec![call("dynamodb:DescribeTable", Vec::new())],
        _ => vec![call("dynamodb:*", Vec::new())],
    }
}

fn parts(body: &Value) -> impl Iterator<Item = &Value> {
    body["TransactItems"].as_array().into_iter().flatten()
}

fn written(part: &Value) -> Option<Call> {
    let of = |action, keys| Some(Call { action, resource: TABLE.to_owned(), keys });
    match part.as_object()?.iter().next()? {
        (kind, put) if kind == "Put" => of("dynamodb:PutItem", key(&put["Item"])),
        (kind, update) if kind == "Update" => of("dynamodb:UpdateItem", key(&update["Key"])),
        (kind, delete) if kind == "Delete" => of("dynamodb:DeleteItem", key(&delete["Key"])),
        (_, check) => of("dynamodb:ConditionCheckItem", key(&check["Key"])),
    }
}

/// Returns the call of a query, with the value that its condition compares with the partition key.
fn query(body: &Value) -> Call {
    let condition = body["KeyConditionExpression"].as_str().unwrap_or_default();
    let first = condition.split(" AND ").next().unwrap_or_default();
    let placeholder = first.split('=').nth(1).unwrap_or_default().trim();
    let value = body["ExpressionAttributeValues"][placeholder]["S"].as_str();
    let resource = body["IndexName"].as_str().map(|index| format!("${{Table.Arn}}/index/{index}"));
    Call {
        action: "dynamodb:Query",
        resource: resource.unwrap_or_else(|| TABLE.to_owned()),
        keys: value.map(str::to_owned).into_iter().collect(),
    }
}

fn key(of: &Value) -> Vec<String> {
    of["pk"]["S"].as_str().map(str::to_owned).into_iter().collect()
}
