//! The answers of the service, real and forged, in DynamoDB's own JSON.

use std::io;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

use crate::rights::Denied;

/// Status and body of one answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into() }
    }

    fn error(status: u16, code: &str, body: Value) -> Self {
        let mut body = body;
        body["__type"] = json!(format!("com.amazonaws.dynamodb.v20120810#{code}"));
        Self::new(status, body.to_string())
    }

    pub(super) fn throttled() -> Self {
        let message = "The level of configured provisioned throughput for the table was exceeded.";
        Self::error(400, "ProvisionedThroughputExceededException", json!({ "message": message }))
    }

    pub(super) fn denied(denied: &Denied) -> Self {
        Self::error(400, "AccessDeniedException", json!({ "Message": denied.to_string() }))
    }

    pub(super) fn internal_error() -> Self {
        Self::error(500, "InternalServerError", json!({ "message": "Internal server error" }))
    }

    pub(super) fn conflict(request: &Value, struck: usize) -> Self {
        if request.get("TransactItems").is_some() {
            return Self::cancelled(request, struck, "TransactionConflict");
        }
        let message = "Transaction is ongoing for the item";
        Self::error(400, "TransactionConflictException", json!({ "message": message }))
    }

    /// Builds a cancelled transaction: one reason per item, in the order of the request, `None` for those not to blame.
    pub(super) fn cancelled(request: &Value, struck: usize, code: &str) -> Self {
        let items = items_of(request);
        let struck = struck % items.max(1);
        let codes: Vec<&str> = (0..items).map(|item| if item == struck { code } else { "None" }).collect();
        let message = format!(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
            codes.join(", ")
        );
        let reasons: Vec<Value> = codes
            .iter()
            .map(
                |code| if *code == "None" { json!({ "Code": code }) } else { json!({ "Code": code, "Message": code }) },
            )
            .collect();
        Self::error(400, "TransactionCanceledException", json!({ "Message": message, "CancellationReasons": reasons }))
    }

    pub(super) fn into_response(self, request_id: &str) -> Result<HttpResponse, ConnectorError> {
        let status = StatusCode::try_from(self.status).map_err(|error| ConnectorError::user(error.into()))?;
        let mut response = HttpResponse::new(status, SdkBody::from(self.body));
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        response.headers_mut().insert("x-amzn-requestid", request_id.to_owned());
        Ok(response)
    }
}

/// Counts the items that a transaction names.
pub(super) fn items_of(request: &Value) -> usize {
    request["TransactItems"].as_array().map_or(0, Vec::len)
}

/// Counts the keys that a BatchGetItem asks for.
pub(super) fn keys_asked(request: &Value) -> usize {
    let tables = request["RequestItems"].as_object();
    tables.map_or(0, |tables| tables.values().map(|table| table["Keys"].as_array().map_or(0, Vec::len)).sum())
}

/// Takes one key out of a BatchGetItem; returns what the answer has to name as unprocessed.
pub(super) fn take_key(request: &mut Value, which: usize) -> Option<Value> {
    let which = which % keys_asked(request).max(1);
    let tables = request["RequestItems"].as_object_mut()?;
    let mut passed = 0;
    for (name, table) in tables.iter_mut() {
        let Some(keys) = table["Keys"].as_array_mut() else { continue };
        if which >= passed + keys.len() {
            passed += keys.len();
            continue;
        }
        let key = keys.remove(which - passed);
        let emptied = keys.is_empty();
        let mut unprocessed = table.clone();
        unprocessed["Keys"] = json!([key]);
        let name = name.clone();
        if emptied {
            tables.remove(&name);
        }
        return Some(json!({ name: unprocessed }));
    }
    None
}

/// Returns the error of a caller that gave up waiting.
pub(super) fn timeout() -> ConnectorError {
    ConnectorError::timeout(io::Error::new(io::ErrorKind::TimedOut, "no answer within the time limit").into())
}

/// Returns the error of a broken connection.
pub(super) fn reset() -> ConnectorError {
    ConnectorError::io(io::Error::new(io::ErrorKind::ConnectionReset, "connection reset by peer").into())
}
