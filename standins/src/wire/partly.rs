//! A batch that is read in part: DynamoDB may leave keys unread when it is busy, and says which.

use axum::body::Bytes;
use hyper::{Request, header};
use serde_json::{Map, Value, json};

use super::Answer;

/// Takes the first half of each table's keys out of the request. Returns them, as the answer will.
pub(super) fn leave_out(request: &mut Request<Bytes>) -> Value {
    let mut body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let mut left = Map::new();
    for (table, wanted) in body["RequestItems"].as_object_mut().into_iter().flatten() {
        let Some(keys) = wanted["Keys"].as_array_mut() else { continue };
        let kept = keys.split_off(keys.len() / 2);
        let unread = std::mem::replace(keys, kept);
        if !unread.is_empty() {
            let mut rest = wanted.clone();
            rest["Keys"] = json!(unread);
            left.insert(table.clone(), rest);
        }
    }
    *request.body_mut() = body.to_string().into();
    request.headers_mut().remove(header::CONTENT_LENGTH);
    Value::Object(left)
}

/// The answer, with what was left out.
pub(super) fn with_unread(answer: Answer, unread: Value) -> Answer {
    let (mut head, body) = answer.into_parts();
    let mut body: Value = serde_json::from_slice(&body).unwrap_or_default();
    body["UnprocessedKeys"] = unread;
    head.headers.remove(header::CONTENT_LENGTH);
    Answer::from_parts(head, body.to_string().into())
}
