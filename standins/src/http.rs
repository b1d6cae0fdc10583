//! A plain HTTP client for loopback: no TLS, no redirects followed, no cookies kept.

use std::{error::Error, io};

use http_body_util::{BodyExt, Full};
use hyper::{HeaderMap, Method, Request, body::Bytes, header::CONTENT_TYPE};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

/// Keeps connections alive; belongs to the runtime that made it.
pub(crate) type Pool = Client<HttpConnector, Full<Bytes>>;

pub(crate) fn pool() -> Pool {
    Client::builder(TokioExecutor::new()).build_http()
}

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text; invalid UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null when it is not.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Where it redirects to; empty when nowhere.
    pub fn location(&self) -> String {
        let location = self.headers.get("location").and_then(|value| value.to_str().ok());
        location.unwrap_or_default().to_owned()
    }
}

/// `GET`s an `http://` URL.
pub async fn get(url: &str) -> io::Result<Answer> {
    send(&pool(), request(Method::GET, url, &[], Bytes::new())?).await
}

/// `POST`s fields as an HTML form does.
pub async fn post_form(url: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let form = [(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")];
    send(&pool(), request(Method::POST, url, &form, body.into())?).await
}

/// Any request, with a connection of its own.
pub async fn call(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> io::Result<Answer> {
    send(&pool(), request(method, url, headers, body.into())?).await
}

fn request(
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    body: Bytes,
) -> io::Result<Request<Full<Bytes>>> {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::new(body)).map_err(io::Error::other)
}

pub(crate) async fn send(pool: &Pool, request: Request<Full<Bytes>>) -> io::Result<Answer> {
    let (head, body) = pool.request(request).await.map_err(|error| told(&error))?.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    Ok(Answer { status: head.status.as_u16(), headers: head.headers, body })
}

/// The client's own message says only "client error"; its cause says what happened.
fn told(error: &hyper_util::client::legacy::Error) -> io::Error {
    let cause = error.source().map(ToString::to_string);
    io::Error::other(cause.unwrap_or_else(|| error.to_string()))
}
