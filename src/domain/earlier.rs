//! What became of requests that newer ones have replaced, so that an older link is told the truth.
//!
//! Decides nothing: a link of any of these completes nothing, whatever is remembered here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Link, Request, RequestId, Wish, limits,
    request::{LinkRefusal, Progress},
};

/// A request that a newer one of the same person has replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierRequest {
    /// Its name.
    pub id: RequestId,
    /// What for.
    pub wish: Wish,
    /// What had become of it by then.
    pub outcome: Outcome,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Its link was used.
    Confirmed,
    /// The person cancelled it.
    Cancelled,
    /// Whoever has the mailbox stopped it.
    Stopped,
    /// Its link was too old.
    Expired,
    /// It waited, and the person asked for something else.
    Replaced,
}

impl Outcome {
    /// What has become of a request that is replaced at `at`.
    pub fn of(request: &Request, at: Timestamp) -> Self {
        match request.progress {
            Progress::Confirmed => Self::Confirmed,
            Progress::Cancelled => Self::Cancelled,
            Progress::Stopped => Self::Stopped,
            Progress::Open if request.is_waiting(at) => Self::Replaced,
            Progress::Open => Self::Expired,
        }
    }
}

impl EarlierRequest {
    /// What a request remembers that is asked for at `at`, in place of `before`: that one and what it
    /// remembers itself, the newest first. There is room for every request whose link may be younger than
    /// a day: a person has so many mails on two days.
    pub fn replaced(before: Option<&Request>, at: Timestamp) -> Vec<Self> {
        let Some(before) = before else { return Vec::new() };
        let outcome = Outcome::of(before, at);
        let newest = Self { id: before.id, wish: before.wish, outcome };
        let kept = limits::EARLIER_REQUESTS;
        [newest].into_iter().chain(before.earlier.iter().copied()).take(kept).collect()
    }

    /// Why a link of this request completes nothing.
    fn refusal(self) -> LinkRefusal {
        match self.outcome {
            Outcome::Confirmed => LinkRefusal::Used,
            Outcome::Cancelled => LinkRefusal::Cancelled,
            Outcome::Stopped => LinkRefusal::Stopped(self.wish),
            Outcome::Expired => LinkRefusal::Expired,
            Outcome::Replaced => LinkRefusal::Replaced,
        }
    }
}

/// Why a link completes nothing whose request is not the person's newest, `request`: what is remembered,
/// else that it is too old, if its own age says so. After a restore nobody may know.
pub(super) fn refusal(request: Option<&Request>, link: &Link, at: Timestamp) -> LinkRefusal {
    let remembered = request.map(|request| request.earlier.as_slice()).unwrap_or_default();
    let remembered = remembered.iter().find(|earlier| earlier.id == link.request());
    match remembered {
        Some(earlier) => earlier.refusal(),
        None if link.request().made_at() + limits::LINK <= at => LinkRefusal::Expired,
        None => LinkRefusal::Unknown,
    }
}
