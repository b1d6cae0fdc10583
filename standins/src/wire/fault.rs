//! The ways to fail, and what each does to a request and to its answer.

use std::time::Duration;

use axum::body::{Body, Bytes};
use serde_json::json;

use super::{
    Answer, Call,
    refused::{conflict, refusal},
};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Answered with this HTTP status and AWS error type; nothing is applied.
    Refuse {
        /// HTTP status, such as 400 or 503.
        status: u16,
        /// AWS error type, such as `ThrottlingException`.
        error: String,
    },
    /// The same, although it was applied: a server that fails after its work.
    RefuseAfter {
        /// HTTP status, such as 500.
        status: u16,
        /// AWS error type, such as `InternalServerError`.
        error: String,
    },
    /// A DynamoDB transaction is cancelled because another was at its last item.
    Conflict,
    /// Answered rightly, but so much later.
    Slow(Duration),
    /// Never answered, never applied.
    Hang,
    /// Applied, and never answered.
    HangAfter,
    /// The connection drops before the request is applied.
    CutBefore,
    /// The request is applied, then the connection drops: the answer is lost.
    CutAfter,
    /// Delivered twice, so applied twice; the second answer is the one that arrives.
    Twice,
    /// Applied; only the first half of the answer's body arrives, as if it were all of it.
    Truncated,
    /// Applied; the answer's body arrives with so many blanks behind it.
    Padded(usize),
    /// A read that may be stale (no `ConsistentRead`, or of an index) does not see the newest so
    /// many changes. Anything else is answered rightly.
    Stale(usize),
    /// A `BatchGetItem` reads half of each table's keys, and says that the first half was left.
    Partly,
}

/// What comes back to the caller.
#[derive(Debug)]
pub enum Outcome {
    /// An answer.
    Answer(Answer),
    /// The connection drops.
    Cut,
    /// Nothing, ever.
    Silence,
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
    pub(super) fn strike(&mut self) -> Option<Kind> {
        if self.after > 0 {
            self.after -= 1;
            return None;
        }
        if let Some(left) = &mut self.times {
            *left = left.saturating_sub(1);
        }
        Some(self.kind.clone())
    }

    pub(super) fn strikes(&self, call: &Call) -> bool {
        self.service == call.service
            && self.operation.as_ref().is_none_or(|only| *only == call.operation)
    }
}

impl Kind {
    /// How often the service gets the request.
    pub fn applications(&self) -> usize {
        match self {
            Self::Refuse { .. } | Self::Conflict | Self::Hang | Self::CutBefore => 0,
            Self::Twice => 2,
            Self::RefuseAfter { .. }
            | Self::Slow(_)
            | Self::HangAfter
            | Self::CutAfter
            | Self::Truncated
            | Self::Padded(_)
            | Self::Stale(_)
            | Self::Partly => 1,
        }
    }

    /// What the caller gets, for a request with this body, when `right` is the service's own
    /// answer, if it was asked.
    pub fn outcome(&self, body: &[u8], right: Option<Answer>) -> Outcome {
        let right = right.map_or(Outcome::Silence, Outcome::Answer);
        match (self, right) {
            (Self::Refuse { status, error } | Self::RefuseAfter { status, error }, _) => {
                Outcome::Answer(refusal(*status, error, json!({})))
            }
            (Self::Conflict, _) => Outcome::Answer(conflict(body)),
            (Self::Hang | Self::HangAfter, _) => Outcome::Silence,
            (Self::CutBefore | Self::CutAfter, _) => Outcome::Cut,
            (Self::Truncated, Outcome::Answer(answer)) => {
                let half = answer.body().slice(..answer.body().len() / 2);
                Outcome::Answer(with_body(answer, half))
            }
            (Self::Padded(blanks), Outcome::Answer(answer)) => {
                let padded = [answer.body(), &vec![b' '; *blanks][..]].concat();
                Outcome::Answer(with_body(answer, padded.into()))
            }
            (_, right) => right,
        }
    }
}

fn with_body(answer: Answer, body: Bytes) -> Answer {
    let (mut head, _) = answer.into_parts();
    head.headers.remove(hyper::header::CONTENT_LENGTH);
    Answer::from_parts(head, body)
}

/// As axum and hyper send it.
pub(super) fn sent(answer: Answer) -> axum::response::Response {
    answer.map(Body::from)
}
