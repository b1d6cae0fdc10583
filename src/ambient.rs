//! The time and the dice: what a function takes from its surroundings besides the network.
//!
//! Handlers take both as values, so that a test can set the clock and repeat the dice.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jiff::Timestamp;
use ring::rand::{SecureRandom as _, SystemRandom};

/// The clock and the source of random bytes that one function works with.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    random: Arc<Fill>,
}

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Ambient {
    /// The system's clock and the system's secure random generator.
    pub fn system() -> Self {
        let source = SystemRandom::new();
        Self::new(Timestamp::now, move |bytes| {
            source.fill(bytes).expect("the system's random generator works, or nothing is safe");
        })
    }

    /// Another clock or other dice.
    pub fn new(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random) }
    }

    /// The present, in whole seconds, as every decision and every store condition takes it.
    pub fn now(&self) -> Timestamp {
        let second = (self.clock)().as_second();
        Timestamp::from_second(second).expect("a timestamp's own second is in range")
    }

    /// How long it is until a moment of the machine's clock, to the millisecond; nothing if it has passed.
    pub fn time_until(&self, moment: SystemTime) -> Duration {
        let since_1970 = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from((self.clock)().as_millisecond()).unwrap_or_default();
        since_1970.saturating_sub(Duration::from_millis(now))
    }

    /// `N` fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}
