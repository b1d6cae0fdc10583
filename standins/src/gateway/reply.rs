//! A function's payload 2.0 response as HTTP.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

/// The API's own answer, as AWS words it.
pub(super) fn message(status: StatusCode, message: &str) -> Response {
    let body = Body::from(json!({ "message": message }).to_string());
    let json = (header::CONTENT_TYPE, "application/json");
    Response::builder().status(status).header(json.0, json.1).body(body).expect("constant headers")
}

/// What the public gets of a function that failed or answered nonsense.
pub(super) fn failed() -> Response {
    message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// A response without `statusCode` is itself the JSON body, as AWS infers.
pub(super) fn from(response: &Value) -> Response {
    if response.get("statusCode").is_some() {
        shaped(response).unwrap_or_else(failed)
    } else {
        let body = Body::from(response.to_string());
        let mut inferred = Response::new(body);
        let json = HeaderValue::from_static("application/json");
        inferred.headers_mut().insert(header::CONTENT_TYPE, json);
        inferred
    }
}

/// None when any part of it is invalid.
fn shaped(response: &Value) -> Option<Response> {
    let status = u16::try_from(response["statusCode"].as_u64()?).ok()?;
    let text = response["body"].as_str().unwrap_or_default();
    let body = match response["isBase64Encoded"].as_bool() {
        Some(true) => STANDARD.decode(text).ok()?,
        _ => text.as_bytes().to_vec(),
    };
    let empty = body.is_empty();
    let mut reply = Response::new(Body::from(body));
    *reply.status_mut() = StatusCode::from_u16(status).ok()?;
    let headers = reply.headers_mut();
    for (name, value) in response["headers"].as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        headers.insert(name.parse::<HeaderName>().ok()?, value.parse().ok()?);
    }
    for cookie in response["cookies"].as_array().into_iter().flatten() {
        headers.append(header::SET_COOKIE, cookie.as_str()?.parse().ok()?);
    }
    if !empty && !headers.contains_key(header::CONTENT_TYPE) {
        let plain = HeaderValue::from_static("text/plain;charset=UTF-8");
        headers.insert(header::CONTENT_TYPE, plain);
    }
    Some(reply)
}
