//! One request, as it came by, and what a list of them tells.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::Instant,
};

use hyper::http::request::Parts;
use serde_json::Value;

use super::rights::tables;

/// One request, as it came by.
#[derive(Clone, Debug)]
pub struct Call {
    /// Which stand-in: `dynamodb`, `ses`, `secrets` or `idporten`.
    pub service: &'static str,
    /// The AWS operation (`GetItem`), else method and path (`POST /token`).
    pub operation: String,
    /// DynamoDB tables that the request names, each once, in its order.
    pub tables: Vec<String>,
    /// Size of the request body in bytes.
    pub request_bytes: usize,
    /// Of the request body: equal for two that say the same, in whatever order JSON has its fields.
    pub fingerprint: u64,
    /// Size of the answer's body in bytes; 0 when there was no answer.
    pub response_bytes: usize,
    /// HTTP status; none while it runs and when the connection was cut.
    pub status: Option<u16>,
    /// When the whole request had arrived.
    pub started: Instant,
    /// When the answer left, or the connection was cut. None while it runs or hangs.
    pub ended: Option<Instant>,
    pub(super) number: u64,
}

impl Call {
    /// A call that has just arrived.
    pub(super) fn begin(service: &'static str, head: &Parts, body: &[u8], number: u64) -> Self {
        let json = serde_json::from_slice(body).ok();
        Self {
            service,
            operation: operation(head),
            tables: json.as_ref().filter(|_| service == "dynamodb").map(tables).unwrap_or_default(),
            request_bytes: body.len(),
            fingerprint: fingerprint(body, json.as_ref()),
            response_bytes: 0,
            status: None,
            started: Instant::now(),
            ended: None,
            number,
        }
    }
}

/// How many times a caller waited: the longest chain of calls in which each began after the one
/// before had ended. Calls in parallel count once.
///
/// Loopback is so fast that two parallel calls may miss each other by luck: while counting, make
/// the service [`super::Kind::Slow`] by some milliseconds.
pub fn rounds<'a>(calls: impl IntoIterator<Item = &'a Call>) -> usize {
    let mut spans: Vec<_> =
        calls.into_iter().filter_map(|call| Some((call.ended?, call.started))).collect();
    spans.sort_unstable();
    let mut free_from = None;
    let mut rounds = 0;
    for (ended, started) in spans {
        if free_from.is_none_or(|free| started >= free) {
            (free_from, rounds) = (Some(ended), rounds + 1);
        }
    }
    rounds
}

fn operation(head: &Parts) -> String {
    let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    match target.and_then(|target| target.rsplit_once('.')) {
        Some((_, operation)) => operation.to_owned(),
        None => format!("{} {}", head.method, head.uri.path()),
    }
}

fn fingerprint(body: &[u8], json: Option<&Value>) -> u64 {
    let mut hasher = DefaultHasher::new();
    match json {
        Some(json) => json.to_string().hash(&mut hasher),
        None => body.hash(&mut hasher),
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn calls_in_parallel_are_one_round() {
        let zero = Instant::now();
        let call = |from: u64, to: u64| Call {
            service: "dynamodb",
            operation: "GetItem".to_owned(),
            tables: Vec::new(),
            request_bytes: 0,
            fingerprint: 0,
            response_bytes: 0,
            status: Some(200),
            started: zero + Duration::from_millis(from),
            ended: Some(zero + Duration::from_millis(to)),
            number: 0,
        };
        assert_eq!(rounds(&[call(0, 5), call(1, 9), call(2, 4)]), 1);
        assert_eq!(rounds(&[call(0, 5), call(1, 9), call(5, 7), call(10, 11)]), 3);
    }
}
