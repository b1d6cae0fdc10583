//! The time and the dice: what a function takes from its surroundings besides the network.
//!
//! Handlers take both as values, so that a test can set the clock and repeat the dice.

use std::sync::Arc;

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

    /// `N` fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}
