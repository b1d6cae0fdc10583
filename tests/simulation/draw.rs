//! Draws a history: who there is, what they do next, what goes wrong. Looks at what is on people's
//! screens, as people do, and at nothing else.

mod others;
mod people;
mod stage;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

use super::{
    cast::Cast, deed::Deed, history::MOST_STEPS, mishap::Mishap, run::Author, site::Site,
    world::World,
};

/// No history has fewer faults, unless it would grow too long.
const FEWEST_MISHAPS: usize = 3;

/// One history, as its seed has it.
pub struct Draw {
    rng: StdRng,
    /// How long it is to be.
    steps: usize,
    /// How likely it is that a call goes wrong.
    rate: f64,
    struck: usize,
}

impl Draw {
    /// The history of this seed, and who there is in it.
    pub fn from(seed: u64) -> (Self, Cast) {
        let mut rng = StdRng::seed_from_u64(seed);
        let cast = stage::cast(&mut rng);
        let long: f64 = rng.r#gen();
        // Many are short, some are long.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let steps = 6 + (114.0 * long.powi(6)) as usize;
        let rate = rng.gen_range(0.05..0.25);
        (Self { rng, steps, rate, struck: 0 }, cast)
    }

    /// One of these, each as often as its weight says.
    fn one_of<T: Clone>(&mut self, choices: &[(u32, T)]) -> T {
        let chosen = choices.choose_weighted(&mut self.rng, |(weight, _)| *weight);
        chosen.expect("some weight is not 0").1.clone()
    }

    fn any<T: Clone>(&mut self, choices: &[T]) -> Option<T> {
        choices.choose(&mut self.rng).cloned()
    }

    /// So likely, in a hundred.
    fn percent(&mut self, likely: u32) -> bool {
        self.rng.gen_ratio(likely, 100)
    }
}

impl Author for Draw {
    fn next(&mut self, world: &World, step: usize) -> Option<Deed> {
        let enough = step >= self.steps && self.struck >= FEWEST_MISHAPS;
        if enough || step >= MOST_STEPS {
            return None;
        }
        Some(
            match self.one_of(&[
                (71, Who::People),
                (3, Who::NextAtTheMachine),
                (8, Who::Time),
                (6, Who::Mail),
                (5, Who::Adversary),
                (3, Who::Porten),
                (4, Who::Operators),
            ]) {
                Who::People => self.people(world),
                Who::NextAtTheMachine => self.next_at_the_machine(world),
                Who::Time => self.time(),
                Who::Mail => self.mail(),
                Who::Adversary => self.adversary(world),
                Who::Porten => self.porten(),
                Who::Operators => self.operators(world),
            },
        )
    }

    fn mishap(&mut self, _: usize, _: usize, site: &Site) -> Option<Mishap> {
        if !self.rng.gen_bool(self.rate) {
            return None;
        }
        self.struck += 1;
        let mishap = self.any(&Mishap::all_at(site)).expect("everything can go wrong");
        Some(mishap.of_amount(self.rng.r#gen()))
    }
}

#[derive(Clone, Copy)]
enum Who {
    People,
    NextAtTheMachine,
    Time,
    Mail,
    Adversary,
    Porten,
    Operators,
}
