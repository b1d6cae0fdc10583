//! The one time of a world, and how far each clock is off.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use jiff::{SignedDuration, Timestamp};

/// Clones share it.
#[derive(Clone)]
pub struct Time(Arc<Mutex<State>>);

struct State {
    now: Timestamp,
    /// Seconds that a clock is ahead, by whose it is.
    off: BTreeMap<String, i64>,
}

impl Default for State {
    fn default() -> Self {
        Self { now: beginning(), off: BTreeMap::new() }
    }
}

impl Time {
    pub fn new() -> Self {
        Self(Arc::default())
    }

    /// The right time.
    pub fn now(&self) -> Timestamp {
        self.0.lock().expect("nobody panics with the time in hand").now
    }

    /// What somebody's clock shows.
    pub fn shown_to(&self, whose: &str) -> Timestamp {
        let state = self.0.lock().expect("nobody panics with the time in hand");
        state.now + SignedDuration::from_secs(state.off.get(whose).copied().unwrap_or_default())
    }

    pub fn passes(&self, seconds: i64) {
        let mut state = self.0.lock().expect("nobody panics with the time in hand");
        state.now += SignedDuration::from_secs(seconds);
    }

    /// It is the beginning again, and every clock is right.
    pub fn begins_anew(&self) {
        *self.0.lock().expect("nobody panics with the time in hand") = State::default();
    }

    /// Puts somebody's clock off by so many seconds (F18).
    pub fn puts_off(&self, whose: &str, seconds: i64) {
        let mut state = self.0.lock().expect("nobody panics with the time in hand");
        state.off.insert(whose.to_owned(), seconds);
    }

    /// Every clock is right again.
    pub fn puts_right(&self) {
        self.0.lock().expect("nobody panics with the time in hand").off.clear();
    }
}

/// Monday 4 March 2030, ten in the morning in Norway.
fn beginning() -> Timestamp {
    "2030-03-04T09:00:00Z".parse().expect("a moment")
}
