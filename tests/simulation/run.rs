//! One history from beginning to end.

use standins::wire::Held;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    cast::Cast,
    conductor::{Activity, Conductor, Fate, Progress},
    deed::Deed,
    ending::Ending,
    history::{History, Step},
    invariants::{Broken, Checker},
    mishap::Mishap,
    perform::perform,
    site::Site,
    world::World,
};

/// Who decides what happens.
pub trait Author {
    /// The next deed; none at the end.
    fn next(&mut self, world: &World, step: usize) -> Option<Deed>;

    /// What goes wrong at this call, if anything.
    fn mishap(&mut self, step: usize, call: usize, site: &Site) -> Option<Mishap>;
}

/// What happened.
pub struct Told {
    /// The history, with everything that went wrong in it.
    pub history: History,
    /// Every fault that struck, and where.
    pub struck: Vec<(Mishap, Site)>,
    /// Every call, whatever became of it.
    pub met: Vec<Call>,
    /// What is not as it must be, if anything.
    pub broken: Option<Broken>,
}

/// A call that was made: the so many-th of a step, counted from 0.
pub struct Call {
    pub step: usize,
    pub nth: usize,
    pub site: Site,
}

/// Writes down what goes wrong.
struct Scribe<'a> {
    author: &'a mut dyn Author,
    told: Told,
}

impl Fate for Scribe<'_> {
    fn at(&mut self, step: usize, call: usize, site: &Site) -> Option<Mishap> {
        self.told.met.push(Call { step, nth: call, site: site.clone() });
        let mishap = self.author.mishap(step, call, site)?;
        if let Some(step) = self.told.history.steps.get_mut(step) {
            step.mishaps.insert(call, mishap);
        }
        self.told.struck.push((mishap, site.clone()));
        Some(mishap)
    }
}

/// A world, and the calls that wait in it.
pub struct Stage {
    pub world: World,
    held: UnboundedReceiver<Held>,
}

impl Stage {
    /// In a runtime of one thread, whose clock stands still from now on.
    pub async fn set() -> Self {
        let (world, held) = World::start().await;
        tokio::time::pause();
        Self { world, held }
    }

    /// Plays one history, as its author has it, and then its end.
    pub async fn plays(&mut self, seed: u64, cast: &Cast, author: &mut dyn Author) -> Told {
        let history = History { seed, cast: cast.clone(), steps: Vec::new() };
        let told = Told { history, struck: Vec::new(), met: Vec::new(), broken: None };
        let mut scribe = Scribe { author, told };
        let broken = self.tells(&mut scribe).await.err();
        Told { broken, ..scribe.told }
    }

    async fn tells(&mut self, scribe: &mut Scribe<'_>) -> Result<(), Broken> {
        let world = &self.world;
        let mut conductor = Conductor::new(world, &mut self.held);
        world.begins_anew(scribe.told.history.seed, &scribe.told.history.cast);
        conductor.starts_everything().await;
        let mut checker = Checker::of(&scribe.told.history.cast, world);
        let mut aside: Vec<(usize, Activity<'_>)> = Vec::new();
        let mut step = 0;
        while let Some(deed) = scribe.author.next(world, step) {
            scribe.told.history.steps.push(Step::of(deed.clone()));
            let activity = Activity::new(step, async move { perform(world, &deed).await });
            for (left, _) in &mut aside {
                *left -= 1;
            }
            aside.push((0, activity));
            goes_on(&mut conductor, scribe, &mut aside, 0).await;
            conductor.a_step_has_passed().await;
            checker.looks(world, step)?;
            step += 1;
        }
        while !aside.is_empty() {
            goes_on(&mut conductor, scribe, &mut aside, usize::MAX).await;
            checker.looks(world, step)?;
        }
        conductor.all_arrives().await;
        checker.looks(world, step)?;
        Ending { world, conductor: &mut conductor, checker: &mut checker, step }.comes().await
    }
}

/// Everyone goes on whose time has come: who waits for so many steps of others at most.
async fn goes_on<'w>(
    conductor: &mut Conductor<'w>,
    scribe: &mut Scribe<'_>,
    aside: &mut Vec<(usize, Activity<'w>)>,
    at_most: usize,
) {
    let mut turn = 0;
    while turn < aside.len() {
        if aside[turn].0 > at_most {
            turn += 1;
            continue;
        }
        let (_, mut activity) = aside.remove(turn);
        if let Progress::LaidAside(steps) = conductor.goes_on(&mut activity, scribe).await {
            aside.insert(turn, (steps, activity));
            turn += 1;
        }
    }
}
