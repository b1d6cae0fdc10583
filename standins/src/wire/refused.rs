//! What a switched-on fault answers.

use hyper::{Response, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};

use super::Answer;

/// What DynamoDB answers to a transaction that met another: a reason for each of its parts.
pub(super) fn conflict(body: &[u8]) -> Answer {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let parts = request["TransactItems"].as_array().map_or(1, Vec::len);
    let mut reasons = vec![json!({ "Code": "None" }); parts];
    reasons[parts - 1] = json!({ "Code": "TransactionConflict", "Message": "is ongoing" });
    refusal(400, "TransactionCanceledException", json!({ "CancellationReasons": reasons }))
}

/// An error as AWS's JSON protocols say it, with what more it says; `error` is for OAuth clients.
pub(super) fn refusal(status: u16, error: &str, mut body: Value) -> Answer {
    body["__type"] = json!(error);
    body["message"] = json!("refused by the fault switch");
    body["error"] = json!(error);
    let status = StatusCode::from_u16(status).expect("a fault has a valid HTTP status");
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/x-amz-json-1.0")
        .header("x-amzn-errortype", error)
        .body(body.to_string().into())
        .expect("an error type is a valid header value")
}
