//! The payload format 2.0 event of one request.
//!
//! Source: API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs".

use std::{collections::HashMap, net::SocketAddr};

use axum::http::{HeaderMap, header, request::Parts};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::{
    cloudformation::{DEFAULT_ROUTE, Route},
    cookies::cookies,
    random_hex,
};

pub(super) fn of(
    route: &Route,
    parameters: &HashMap<String, String>,
    head: &Parts,
    body: &[u8],
    peer: SocketAddr,
    now: Timestamp,
) -> Value {
    let key = match route.path.as_str() {
        DEFAULT_ROUTE => DEFAULT_ROUTE.to_owned(),
        path => format!("{} {path}", route.method),
    };
    let path = decoded(head.uri.path());
    let query = head.uri.query().unwrap_or_default();
    let host = text(&head.headers, "host");
    let domain = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
    let mut event = json!({
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers(&head.headers, peer),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": domain,
            "domainPrefix": domain.split('.').next(),
            "http": {
                "method": head.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": peer.ip().to_string(),
                "userAgent": text(&head.headers, "user-agent"),
            },
            "requestId": random_hex(8),
            "routeKey": key,
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": now.as_millisecond(),
        },
        "isBase64Encoded": false,
    });
    // What is empty is left out, as AWS does.
    let cookies = cookies(&head.headers);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !query.is_empty() {
        event["queryStringParameters"] = Value::Object(query_parameters(query));
    }
    if !parameters.is_empty() {
        event["pathParameters"] = json!(parameters);
    }
    if !body.is_empty() {
        let plain = is_text(&text(&head.headers, "content-type"));
        let plain = plain.then(|| std::str::from_utf8(body).ok()).flatten();
        event["isBase64Encoded"] = json!(plain.is_none());
        event["body"] = plain.map_or_else(|| json!(STANDARD.encode(body)), |text| json!(text));
    }
    event
}

/// Lower-case names, several values joined by commas, cookies apart, and what AWS adds.
fn headers(given: &HeaderMap, peer: SocketAddr) -> Map<String, Value> {
    let names = given.keys().filter(|name| *name != header::COOKIE);
    let mut headers: Map<_, _> =
        names.map(|name| (name.to_string(), json!(text(given, name.as_str())))).collect();
    let before = text(given, "x-forwarded-for");
    let chain = if before.is_empty() { before } else { format!("{before}, ") };
    headers.insert("x-forwarded-for".to_owned(), json!(format!("{chain}{}", peer.ip())));
    headers.insert("x-forwarded-proto".to_owned(), json!("http"));
    let host = text(given, "host");
    let port = host.rsplit_once(':').map_or("80", |(_, port)| port);
    headers.insert("x-forwarded-port".to_owned(), json!(port));
    let trace = format!("Root=1-{}-{}", random_hex(4), random_hex(12));
    headers.insert("x-amzn-trace-id".to_owned(), json!(trace));
    headers
}

/// The path as HTTP APIs hand it over, unlike REST APIs and function URLs: percent-decoded.
fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn query_parameters(query: &str) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let joined = match parameters.get(name.as_ref()).and_then(Value::as_str) {
            Some(before) => format!("{before},{value}"),
            None => value.into_owned(),
        };
        parameters.insert(name.into_owned(), json!(joined));
    }
    parameters
}

/// AWS hands over text and JSON, JavaScript and XML as they are; all else, forms too, as base64.
fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.starts_with("text/")
        || matches!(
            kind.as_str(),
            "application/json" | "application/javascript" | "application/xml"
        )
}

fn text(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).into_iter();
    let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    values.collect::<Vec<_>>().join(",")
}
