//! An API Gateway HTTP API at stage `$default`: HTTP in, payload format 2.0 events out, and back.
//!
//! It matches routes, keeps AWS's size limits and shapes events as AWS does. It decides nothing
//! about functions: the caller's [`Functions`] closure runs them, in process or as real ones.

mod event;
mod reply;

use std::{collections::HashMap, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, State},
    http::{Request, StatusCode, request::Parts},
    response::Response,
};
use http_body_util::BodyExt as _;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::{
    BoxFuture, Clock, Server,
    cloudformation::{DEFAULT_ROUTE, Route},
    http::Answer,
    loopback,
    runtime_api::FunctionError,
    server::Listener,
    wire::Wire,
};

/// Runs the function behind a route on an event; answers its payload 2.0 response.
pub type Functions =
    Arc<dyn Fn(&Route, Value) -> BoxFuture<Result<Value, FunctionError>> + Send + Sync>;

/// Bodies over this many bytes are refused.
const BODY_LIMIT: usize = 10 * 1024 * 1024;
/// Request line and headers over this many bytes are refused.
const HEAD_LIMIT: usize = 10_240;
/// A function that has not answered by then is given up; the API answers 503.
const PATIENCE: Duration = Duration::from_secs(30);

/// Starts an HTTP API with these routes. Its events are timed by `clock`.
///
/// # Errors
/// When the address cannot be bound; the message names it.
pub async fn start(
    address: SocketAddr,
    routes: Vec<Route>,
    functions: Functions,
    clock: Clock,
) -> io::Result<Server> {
    let listener = Listener::bind(address).await?;
    let api = Arc::new(Api::new(routes, functions, clock));
    let app = Router::new().fallback(answer).with_state(api);
    Ok(listener.serve("gateway", &Wire::new(), app))
}

async fn answer(
    State(api): State<Arc<Api>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => api.respond(&head, &body, peer).await,
        Err(_) => reply::message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"),
    }
}

/// The API itself, without a socket: for who runs everything in one thread.
pub struct Api {
    routes: Vec<Route>,
    functions: Functions,
    clock: Clock,
}

impl Api {
    /// An API with these routes. Its events are timed by `clock`.
    pub fn new(routes: Vec<Route>, functions: Functions, clock: Clock) -> Self {
        Self { routes, functions, clock }
    }

    /// Answers one request, from this machine.
    pub async fn answer(&self, request: Request<Bytes>) -> Answer {
        let (head, body) = request.into_parts();
        let response = self.respond(&head, &body, loopback(0)).await;
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a reply is whole").to_bytes();
        Answer { status: head.status.as_u16(), headers: head.headers, body }
    }

    async fn respond(&self, head: &Parts, body: &Bytes, peer: SocketAddr) -> Response {
        if head_bytes(head) > HEAD_LIMIT {
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return reply::message(status, "Request Header Fields Too Large");
        }
        let found = find(&self.routes, head.method.as_str(), head.uri.path());
        let otherwise = || self.routes.iter().find(|route| route.path == DEFAULT_ROUTE);
        match found.or_else(|| Some((otherwise()?, HashMap::new()))) {
            Some((route, parameters)) => self.call(route, &parameters, head, body, peer).await,
            None => reply::message(StatusCode::NOT_FOUND, "Not Found"),
        }
    }

    async fn call(
        &self,
        route: &Route,
        parameters: &HashMap<String, String>,
        head: &Parts,
        body: &Bytes,
        peer: SocketAddr,
    ) -> Response {
        let event = event::of(route, parameters, head, body, peer, (self.clock)());
        let answer = (self.functions)(route, event);
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(response)) => reply::from(&response),
            Ok(Err(_)) => reply::failed(),
            Err(_) => reply::message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
        }
    }
}

fn head_bytes(head: &Parts) -> usize {
    let line = head.method.as_str().len() + head.uri.to_string().len() + " HTTP/1.1\r\n".len() + 1;
    let headers = head.headers.iter();
    line + headers.map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>()
}

/// The route for a request, and its path parameters, decoded. As in AWS: a literal segment wins
/// over `{name}`, that over `{name+}`; a method wins over `ANY`; methods match exactly.
fn find<'a>(
    routes: &'a [Route],
    method: &str,
    path: &str,
) -> Option<(&'a Route, HashMap<String, String>)> {
    let fitting = routes.iter().filter(|route| route.method == method || route.method == "ANY");
    let matched = fitting.filter_map(|route| Some((route, parameters(&route.path, path)?)));
    matched.min_by_key(|(route, _)| {
        let kinds = route.path.split('/').map(|segment| match segment {
            greedy if greedy.ends_with("+}") => 2,
            named if named.starts_with('{') => 1,
            _ => 0,
        });
        (kinds.collect::<Vec<u8>>(), route.method == "ANY")
    })
}

fn parameters(pattern: &str, path: &str) -> Option<HashMap<String, String>> {
    let mut found = HashMap::new();
    let mut given = path.split('/');
    for segment in pattern.split('/') {
        let name = segment.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        let value = match name {
            Some(name) if name.ends_with('+') => given.by_ref().collect::<Vec<_>>().join("/"),
            _ => given.next()?.to_owned(),
        };
        match name {
            Some(_) if value.is_empty() => return None,
            Some(name) => {
                let value = percent_decode_str(&value).decode_utf8_lossy().into_owned();
                found.insert(name.trim_end_matches('+').to_owned(), value);
            }
            None if value != segment => return None,
            None => {}
        }
    }
    given.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests;
