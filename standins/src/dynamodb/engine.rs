//! The engine in process: one of DynamoDB's operations by its name, JSON in and JSON out.

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use dynoxide::{
    Database, DynoxideError,
    actions::batch_get_item::{BatchGetItemRequest, BatchGetItemResponse},
};
use serde_json::Value;

use super::Tables;
use crate::wire::LAG;

/// What an operation answers, as text.
pub(super) type Answered = Result<String, DynoxideError>;

/// The operations, each by the engine's method of that name.
macro_rules! operations {
    ($database:expr, $operation:expr, $body:expr; $($name:literal => $method:ident),+ $(,)?) => {
        match $operation {
            $($name => {
                let request = serde_json::from_slice($body).map_err(unreadable)?;
                let answer = $database.$method(request)?;
                Ok(serde_json::to_string(&answer).expect("an answer is JSON"))
            })+
            unknown => Err(DynoxideError::ValidationException(format!("{unknown} is not known here"))),
        }
    };
}

/// DynamoDB promises no order of what a batch finds.
trait Unordered {
    /// A batch, in the order that nobody asked in.
    fn batch_get_backwards(
        &self,
        request: BatchGetItemRequest,
    ) -> Result<BatchGetItemResponse, DynoxideError>;
}

impl Unordered for Database {
    fn batch_get_backwards(
        &self,
        request: BatchGetItemRequest,
    ) -> Result<BatchGetItemResponse, DynoxideError> {
        let mut answer = self.batch_get_item(request)?;
        answer.responses.values_mut().for_each(|items| items.reverse());
        Ok(answer)
    }
}

/// Does one operation.
pub(super) fn run(database: &Database, operation: &str, body: &[u8]) -> Answered {
    operations! { database, operation, body;
        "BatchGetItem" => batch_get_backwards,
        "BatchWriteItem" => batch_write_item,
        "CreateTable" => create_table,
        "DeleteItem" => delete_item,
        "DeleteTable" => delete_table,
        "DescribeTable" => describe_table,
        "DescribeTimeToLive" => describe_time_to_live,
        "ExecuteStatement" => execute_statement,
        "GetItem" => get_item,
        "ListTables" => list_tables,
        "PutItem" => put_item,
        "Query" => query,
        "Scan" => scan,
        "TransactGetItems" => transact_get_items,
        "TransactWriteItems" => transact_write_items,
        "UpdateItem" => update_item,
        "UpdateTable" => update_table,
        "UpdateTimeToLive" => update_time_to_live,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` has it")]
fn unreadable(error: serde_json::Error) -> DynoxideError {
    DynoxideError::SerializationException(error.to_string())
}

/// Answers one request, as DynamoDB's JSON protocol has it.
pub(super) fn answer(tables: &Tables, headers: &HeaderMap, body: &Bytes) -> Response {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let target = header("x-amz-target").and_then(|target| target.rsplit_once('.'));
    let (_, operation) = target.unwrap_or_default();
    let lag = header(LAG).and_then(|changes| changes.parse().ok()).unwrap_or_default();
    let (status, json) = match tables.run(operation, body, lag) {
        Ok(json) => (StatusCode::OK, json),
        Err(error) => {
            let status = StatusCode::from_u16(error.status_code());
            (status.unwrap_or(StatusCode::BAD_REQUEST), error.to_json())
        }
    };
    (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], json).into_response()
}

/// May this read miss what has just been written? Every read of an index, and every other that
/// does not ask for consistency.
pub(super) fn may_be_stale(operation: &str, body: &[u8]) -> bool {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let consistent = |read: &Value| read["ConsistentRead"] == true;
    match operation {
        "GetItem" => !consistent(&request),
        "Query" | "Scan" => request.get("IndexName").is_some() || !consistent(&request),
        "BatchGetItem" => {
            let parts = request["RequestItems"].as_object().into_iter().flatten();
            parts.map(|(_, part)| part).any(|part| !consistent(part))
        }
        _ => false,
    }
}
