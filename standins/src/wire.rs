//! The wire in front of every service: a tap that records calls, and a switch for faults.
//!
//! A test counts round trips, or breaks a service, without the code under test knowing. The wire
//! never changes a request; what it may do to an answer is what a network or AWS may do.

mod by_hand;
mod refused;
mod rights;

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, body::Body, response::Response};
use http_body_util::BodyExt;
use hyper::{Request, body::Incoming, http::request::Parts};
use serde_json::json;
use tower::ServiceExt;

use crate::locked;
pub use rights::Right;

/// As many calls as the tap remembers, so that a long local run does not grow.
const REMEMBERED: usize = 20_000;

/// Shared handle of one tap and one fault switch. Give the same to every stand-in.
#[derive(Clone, Default)]
pub struct Wire(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    next: u64,
    faults: Vec<Fault>,
    used: BTreeSet<(String, Right)>,
}

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
    /// Of the request body: equal for two that are the same to the byte.
    pub fingerprint: u64,
    /// Size of the answer's body in bytes; 0 when there was no answer.
    pub response_bytes: usize,
    /// HTTP status; none while it runs and when the connection was cut.
    pub status: Option<u16>,
    /// When the whole request had arrived.
    pub started: Instant,
    /// When the answer left, or the connection was cut. None while it runs or hangs.
    pub ended: Option<Instant>,
    number: u64,
}

/// What happens to matching requests instead of an answer.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The stand-in it strikes.
    pub service: &'static str,
    /// Only this operation (as in [`Call::operation`]); none means every one.
    pub operation: Option<String>,
    /// What happens.
    pub kind: Kind,
    /// So many matching requests pass first.
    pub after: usize,
    /// Only the next so many matching requests; none means until healed.
    pub times: Option<usize>,
}

/// The ways to fail.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Answered with this HTTP status and AWS error type; nothing is applied.
    Refuse {
        /// HTTP status, such as 400 or 503.
        status: u16,
        /// AWS error type, such as `ThrottlingException`.
        error: String,
    },
    /// A DynamoDB transaction is cancelled because another was at its last item.
    Conflict,
    /// Answered rightly, but so much later.
    Slow(Duration),
    /// Never answered, never applied.
    Hang,
    /// The connection drops before the request is applied.
    CutBefore,
    /// The request is applied, then the connection drops: the answer is lost.
    CutAfter,
}

impl Fault {
    /// Every request to `service`, until healed.
    pub fn on(service: &'static str, kind: Kind) -> Self {
        Self { service, operation: None, kind, after: 0, times: None }
    }

    /// Only this operation.
    #[must_use]
    pub fn only(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Not the next `after` matching requests.
    #[must_use]
    pub fn after(mut self, after: usize) -> Self {
        self.after = after;
        self
    }

    /// Only the next `times` matching requests.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// One matching request more.
    fn strike(&mut self) -> Option<Kind> {
        if self.after > 0 {
            self.after -= 1;
            return None;
        }
        if let Some(left) = &mut self.times {
            *left = left.saturating_sub(1);
        }
        Some(self.kind.clone())
    }

    fn strikes(&self, call: &Call) -> bool {
        self.service == call.service
            && self.operation.as_ref().is_none_or(|only| *only == call.operation)
    }
}

/// The connection is to be dropped without an answer.
#[derive(Debug)]
pub(crate) struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cut by the fault switch")
    }
}

impl std::error::Error for Cut {}

impl Wire {
    /// A tap with no faults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every remembered call, in the order they started.
    pub fn taken(&self) -> Vec<Call> {
        locked(&self.0).calls.clone()
    }

    /// Forgets every call.
    pub fn clear(&self) {
        locked(&self.0).calls.clear();
    }

    /// Every right to something of AWS's that was used so far, with the access key that the request
    /// was signed with. Not forgotten by [`Self::clear`].
    pub fn rights_used(&self) -> BTreeSet<(String, Right)> {
        locked(&self.0).used.clone()
    }

    /// Switches a fault on. Of several that match, the first switched on strikes.
    pub fn fail(&self, fault: Fault) {
        locked(&self.0).faults.push(fault);
    }

    /// Switches every fault off. What hangs goes on hanging.
    pub fn heal(&self) {
        locked(&self.0).faults.clear();
    }

    /// Lets one request through to `app`, or does to it what the switch says.
    pub(crate) async fn pass(
        &self,
        service: &'static str,
        request: Request<Incoming>,
        app: Router,
    ) -> Result<Response, Cut> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
        if head.uri.path() == by_hand::PATH {
            return Ok(by_hand::switch(self, service, &body));
        }
        let (number, fault) = self.begin(service, &head, &body);
        match fault {
            Some(Kind::Refuse { status, error }) => {
                self.end(number, Some(status), 0);
                return Ok(refused::refusal(status, &error, json!({})));
            }
            Some(Kind::Conflict) => {
                self.end(number, Some(400), 0);
                return Ok(refused::conflict(&body));
            }
            Some(Kind::CutBefore) => {
                self.end(number, None, 0);
                return Err(Cut);
            }
            Some(Kind::Hang) => std::future::pending().await,
            Some(Kind::Slow(how_long)) => tokio::time::sleep(how_long).await,
            Some(Kind::CutAfter) | None => {}
        }
        let Ok(answer) = app.oneshot(Request::from_parts(head, Body::from(body))).await;
        if matches!(fault, Some(Kind::CutAfter)) {
            self.end(number, None, 0);
            return Err(Cut);
        }
        let (head, body) = answer.into_parts();
        let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
        self.end(number, Some(head.status.as_u16()), body.len());
        Ok(Response::from_parts(head, Body::from(body)))
    }

    fn begin(&self, service: &'static str, head: &Parts, body: &[u8]) -> (u64, Option<Kind>) {
        let operation = operation(head);
        let tables = if service == "dynamodb" { rights::tables(body) } else { Vec::new() };
        let used = rights::of(service, &operation, body);
        let used = used.into_iter().map(|right| (rights::signer(head), right));
        let mut state = locked(&self.0);
        state.used.extend(used);
        let number = state.next;
        let call = Call {
            service,
            operation,
            tables,
            request_bytes: body.len(),
            fingerprint: fingerprint(body),
            response_bytes: 0,
            status: None,
            started: Instant::now(),
            ended: None,
            number,
        };
        let matching = state.faults.iter_mut().find(|fault| fault.strikes(&call));
        let struck = matching.and_then(Fault::strike);
        state.faults.retain(|fault| fault.times != Some(0));
        state.next += 1;
        state.calls.push(call);
        if state.calls.len() > REMEMBERED {
            state.calls.drain(..REMEMBERED / 2);
        }
        (number, struck)
    }

    fn end(&self, number: u64, status: Option<u16>, response_bytes: usize) {
        let mut state = locked(&self.0);
        if let Some(call) = state.calls.iter_mut().rev().find(|call| call.number == number) {
            (call.ended, call.status, call.response_bytes) =
                (Some(Instant::now()), status, response_bytes);
        }
    }
}

/// How many times a caller waited: the longest chain of calls in which each began after the one
/// before had ended. Calls in parallel count once.
///
/// Loopback is so fast that two parallel calls may miss each other by luck: while counting, make
/// the service [`Kind::Slow`] by some milliseconds.
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

fn fingerprint(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http, loopback, server::Listener};
    use axum::routing::post;
    use std::sync::atomic::{AtomicUsize, Ordering};

    pub(super) async fn counter(wire: &Wire) -> (crate::Server, Arc<AtomicUsize>) {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        let app = Router::new().route(
            "/count",
            post(move || async move { counted.fetch_add(1, Ordering::SeqCst).to_string() }),
        );
        (Listener::bind(loopback(0)).await.unwrap().serve("counter", wire, app), count)
    }

    #[tokio::test]
    async fn a_cut_before_applies_nothing_and_a_cut_after_loses_only_the_answer() {
        let wire = Wire::new();
        let (server, count) = counter(&wire).await;
        let url = format!("{}/count", server.url());
        wire.fail(Fault::on("counter", Kind::CutBefore).times(1));
        assert!(http::post_form(&url, &[]).await.is_err());
        assert_eq!(count.load(Ordering::SeqCst), 0);
        wire.fail(Fault::on("counter", Kind::CutAfter).only("POST /count").times(1));
        assert!(http::post_form(&url, &[]).await.is_err());
        assert_eq!(count.load(Ordering::SeqCst), 1);
        assert_eq!(http::post_form(&url, &[]).await.unwrap().text(), "1");
        let statuses: Vec<_> = wire.taken().iter().map(|call| call.status).collect();
        assert_eq!(statuses, [None, None, Some(200)]);
    }

    #[tokio::test]
    async fn a_refusal_names_its_error_type_until_healed() {
        let wire = Wire::new();
        let (server, _) = counter(&wire).await;
        let url = format!("{}/count", server.url());
        let kind = Kind::Refuse { status: 400, error: "ThrottlingException".to_owned() };
        wire.fail(Fault::on("counter", kind));
        let refused = http::post_form(&url, &[]).await.unwrap();
        assert_eq!(refused.status, 400);
        assert_eq!(refused.headers["x-amzn-errortype"], "ThrottlingException");
        wire.heal();
        assert_eq!(http::post_form(&url, &[]).await.unwrap().status, 200);
    }

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
