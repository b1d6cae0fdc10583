//! A clock that goes only when a test says so.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{SignedDuration, Timestamp};

/// Monday 4 March 2030, ten in the morning in Norway: ahead of the machine's own time, so that
/// nothing here has expired by that.
const BEGIN: &str = "2030-03-04T09:00:00Z";

/// The one time of a test: functions and stand-ins read it.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn new() -> Self {
        let begin: Timestamp = BEGIN.parse().expect("a moment");
        Self(Arc::new(AtomicI64::new(begin.as_second())))
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("a moment in this century")
    }

    /// Time goes by.
    pub fn passes(&self, duration: SignedDuration) {
        self.0.fetch_add(duration.as_secs(), Ordering::SeqCst);
    }
}

pub const fn seconds(n: i64) -> SignedDuration {
    SignedDuration::from_secs(n)
}

pub const fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

pub const fn hours(n: i64) -> SignedDuration {
    SignedDuration::from_hours(n)
}
