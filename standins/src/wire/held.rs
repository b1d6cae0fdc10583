//! A request that waits at the wire until its holder decides what becomes of it.
//!
//! Whoever holds the wire ([`super::Wire::hold`]) gets every request instead of the service, and
//! may let the service have it now, later, twice or never, and answer with that or with something
//! else. The caller may be gone by then, as callers of a network may be.

use axum::{
    Router,
    body::{Body, Bytes},
};
use hyper::Request;
use tokio::sync::oneshot;
use tower::ServiceExt as _;

use super::{Answer, Call, LAG, Outcome, whole};

/// The holder lets this request through, one at a time: it is to be done in the holder's own thread,
/// so that the same order gives the same answers.
#[derive(Clone, Copy)]
pub(crate) struct InTurn;

/// A request that waits.
pub struct Held {
    /// What came by.
    pub call: Call,
    request: Request<Bytes>,
    app: Router,
    caller: oneshot::Sender<Outcome>,
}

impl Held {
    pub(super) fn new(
        call: Call,
        request: Request<Bytes>,
        app: Router,
    ) -> (Self, oneshot::Receiver<Outcome>) {
        let (caller, answered) = oneshot::channel();
        (Self { call, request, app, caller }, answered)
    }

    /// The request's body.
    pub fn body(&self) -> &Bytes {
        self.request.body()
    }

    /// A read that may be stale is not to see the newest so many changes.
    pub fn lag(&mut self, changes: usize) {
        self.request.headers_mut().insert(LAG, changes.into());
    }

    /// Lets the service have the request, once more if it had it before.
    pub async fn apply(&self) -> Answer {
        let mut request = self.request.clone().map(Body::from);
        request.extensions_mut().insert(InTurn);
        let Ok(answer) = self.app.clone().oneshot(request).await;
        whole(answer).await.expect("a stand-in's answer is whole")
    }

    /// Answers the caller, if it still waits.
    pub fn answer(self, outcome: Outcome) {
        let _ = self.caller.send(outcome);
    }

    /// Has the caller gone away?
    pub fn is_alone(&self) -> bool {
        self.caller.is_closed()
    }
}
