//! Plays a history that is written down.

use super::{
    deed::Deed,
    history::History,
    mishap::Mishap,
    run::{Author, Stage, Told},
    site::Site,
    world::World,
};

/// As it is written.
struct Replay<'a>(&'a History);

impl Author for Replay<'_> {
    fn next(&mut self, _: &World, step: usize) -> Option<Deed> {
        self.0.steps.get(step).map(|step| step.deed.clone())
    }

    fn mishap(&mut self, step: usize, call: usize, _: &Site) -> Option<Mishap> {
        self.0.steps.get(step)?.mishaps.get(&call).copied()
    }
}

impl Stage {
    /// Plays a history once more.
    pub async fn replays(&mut self, history: &History) -> Told {
        self.plays(history.seed, &history.cast, &mut Replay(history)).await
    }
}
