//! The wire in front of every service: a tap that records calls, a switch for faults, and a place
//! to hold calls up.
//!
//! A test counts round trips, or breaks a service, without the code under test knowing. The wire
//! never changes a request; what it may do to an answer is what a network or AWS may do. Whoever
//! wants to decide on each call by hand takes it with [`Wire::hold`].

mod by_hand;
mod call;
mod fault;
mod held;
mod partly;
mod refused;
mod rights;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, Bytes},
    response::Response,
};
use http_body_util::BodyExt;
use hyper::{Request, body::Incoming};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower::ServiceExt;

use crate::locked;

pub use call::{Call, rounds};
pub use fault::{Fault, Kind, Outcome};
pub use held::Held;
pub(crate) use held::InTurn;
pub use rights::Right;

/// A whole answer of a service.
pub type Answer = hyper::Response<Bytes>;

/// As many calls as the tap remembers, so that a long local run does not grow.
const REMEMBERED: usize = 20_000;
/// Tells a stand-in's database how many of the newest changes a read is not to see.
pub(crate) const LAG: &str = "x-standin-lag";

/// Shared handle of one tap and one fault switch. Give the same to every stand-in.
#[derive(Clone, Default)]
pub struct Wire(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    calls: Vec<Call>,
    next: u64,
    faults: Vec<Fault>,
    struck: usize,
    used: BTreeSet<(String, Right)>,
    holder: Option<UnboundedSender<Held>>,
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
    /// was signed with. Not forgotten by [`Self::clear`]; what is held is not looked at.
    pub fn rights_used(&self) -> BTreeSet<(String, Right)> {
        locked(&self.0).used.clone()
    }

    /// Switches a fault on. Of several that match, the first switched on strikes.
    pub fn fail(&self, fault: Fault) {
        locked(&self.0).faults.push(fault);
    }

    /// How often the switch has struck.
    pub fn struck(&self) -> usize {
        locked(&self.0).struck
    }

    /// Switches every fault off. What hangs goes on hanging.
    pub fn heal(&self) {
        locked(&self.0).faults.clear();
    }

    /// From now on every request waits for whoever has this, and the switch does nothing. Dropped,
    /// it lets go.
    pub fn hold(&self) -> UnboundedReceiver<Held> {
        let (holder, held) = unbounded_channel();
        locked(&self.0).holder = Some(holder);
        held
    }

    /// Lets one request through to `app`, or does to it what the switch or the holder says.
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
        let (call, fault, holder) = self.begin(service, &head, &body);
        let number = call.number;
        let request = Request::from_parts(head, body);
        let outcome = match holder {
            Some(holder) => {
                let (held, answered) = Held::new(call, request, app);
                holder.send(held).map_err(|_| Cut)?;
                answered.await.unwrap_or(Outcome::Cut)
            }
            None => through(request, app, fault).await?,
        };
        match outcome {
            Outcome::Answer(answer) => {
                self.end(number, Some(answer.status().as_u16()), answer.body().len());
                Ok(fault::sent(answer))
            }
            Outcome::Cut => {
                self.end(number, None, 0);
                Err(Cut)
            }
            Outcome::Silence => std::future::pending().await,
        }
    }

    fn begin(
        &self,
        service: &'static str,
        head: &hyper::http::request::Parts,
        body: &[u8],
    ) -> (Call, Option<Kind>, Option<UnboundedSender<Held>>) {
        let mut state = locked(&self.0);
        let call = Call::begin(service, head, body, state.next);
        state.next += 1;
        state.holder.take_if(|holder| holder.is_closed());
        if let Some(holder) = &state.holder {
            return (call, None, Some(holder.clone()));
        }
        let used = rights::of(service, &call.operation, body);
        state.used.extend(used.into_iter().map(|right| (rights::signer(head), right)));
        let matching = state.faults.iter_mut().find(|fault| fault.strikes(&call));
        let struck = matching.and_then(Fault::strike);
        state.struck += usize::from(struck.is_some());
        state.faults.retain(|fault| fault.times != Some(0));
        state.calls.push(call.clone());
        if state.calls.len() > REMEMBERED {
            state.calls.drain(..REMEMBERED / 2);
        }
        (call, struck, None)
    }

    fn end(&self, number: u64, status: Option<u16>, response_bytes: usize) {
        let mut state = locked(&self.0);
        if let Some(call) = state.calls.iter_mut().rev().find(|call| call.number == number) {
            (call.ended, call.status, call.response_bytes) =
                (Some(Instant::now()), status, response_bytes);
        }
    }
}

/// What the switch makes of a request.
async fn through(
    request: Request<Bytes>,
    app: Router,
    fault: Option<Kind>,
) -> Result<Outcome, Cut> {
    let (mut request, asked) = (request, fault.as_ref().map_or(1, Kind::applications));
    match &fault {
        Some(Kind::Slow(how_long)) => tokio::time::sleep(*how_long).await,
        Some(Kind::Stale(changes)) => {
            request.headers_mut().insert(LAG, (*changes).into());
        }
        _ => {}
    }
    let unread = matches!(fault, Some(Kind::Partly)).then(|| partly::leave_out(&mut request));
    let mut right = None;
    for _ in 0..asked {
        let Ok(answer) = app.clone().oneshot(request.clone().map(Body::from)).await;
        right = Some(whole(answer).await?);
    }
    if let Some(unread) = unread {
        right = right.map(|answer| partly::with_unread(answer, unread));
    }
    Ok(match (fault, right) {
        (Some(kind), right) => kind.outcome(request.body(), right),
        (None, right) => right.map_or(Outcome::Silence, Outcome::Answer),
    })
}

/// The answer with all of its body.
async fn whole(answer: Response) -> Result<Answer, Cut> {
    let (head, body) = answer.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    Ok(Answer::from_parts(head, body))
}

#[cfg(test)]
mod tests;
