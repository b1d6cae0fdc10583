//! Random histories: so many seeds, and none may break an invariant.
//!
//! `SEEDS` is how many, `FROM` the first: `SEEDS=1 FROM=4711` is one of them again.

use std::{
    env, fs,
    path::Path,
    sync::{Mutex, MutexGuard},
};

use super::{
    draw::Draw,
    figures,
    fleet::on_every_core,
    run::{Stage, Told},
    shrink::shrink,
    tally::Tally,
};

/// As many as `make test` has time for.
const SEEDS: u64 = 20_000;
/// As many are played again.
const SAME: u64 = 10;
/// In fewer nobody looks for every fault at every site: they are played to be looked at.
const FEW: u64 = 1_000;
/// After so many failures there is enough to read.
const ENOUGH: usize = 5;

#[test]
fn l3_no_random_history_breaks_an_invariant_and_every_fault_strikes_wherever_it_can() {
    let (from, seeds) = (number("FROM").unwrap_or(0), number("SEEDS").unwrap_or(SEEDS));
    let books = Books::default();
    on_every_core(from..from + seeds, async |stage, seed| {
        if !books.have_enough() {
            let (mut draw, cast) = Draw::from(seed);
            let told = stage.plays(seed, &cast, &mut draw).await;
            books.add(stage, told).await;
        }
    });
    let by_chance = books.checked();
    if seeds >= FEW {
        fill_the_gaps(&books);
    }
    let tally = books.checked();
    let made = tally.pairs() - by_chance.pairs();
    figures::adds("Simulation", &by_chance.counted());
    figures::adds("Simulation", &[("pairs hit in histories made for them", made)]);
    let table = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults.txt");
    fs::write(table, tally.table()).expect("Cargo's folder for tests can be written to");
}

/// What chance has not brought about: each fault at each site where it never struck, in a history
/// that comes by there. Such a history may come by sites that no other did, so there are rounds.
fn fill_the_gaps(books: &Books) {
    loop {
        let gaps = books.checked().gaps();
        if gaps.is_empty() {
            return;
        }
        on_every_core(&gaps, async |stage, gap| {
            for history in gap.filled() {
                if !books.have_enough() && !books.tally().has_filled(gap) {
                    let told = stage.replays(&history).await;
                    books.add(stage, told).await;
                }
            }
        });
        let tally = books.checked();
        let never: Vec<_> = gaps.iter().filter(|gap| !tally.has_filled(gap)).collect();
        let never: String = never.into_iter().map(|gap| format!("{gap}\n")).collect();
        assert!(never.is_empty(), "never hit:\n{never}");
    }
}

#[test]
fn l3_a_seed_is_the_same_history_each_time_whatever_came_before() {
    on_every_core(0..SAME, async |stage, seed| {
        let first = to_the_last_call(stage, seed).await;
        to_the_last_call(stage, seed + SAME).await;
        let second = to_the_last_call(stage, seed).await;
        for (first, second) in first.iter().zip(&second) {
            assert_eq!(first, second, "seed {seed}");
        }
        assert_eq!(first.len(), second.len(), "seed {seed}");
    });
}

/// Every deed, call and fault of a seed, and what kind of item was changed in which order.
async fn to_the_last_call(stage: &mut Stage, seed: u64) -> Vec<String> {
    let (mut draw, cast) = Draw::from(seed);
    let told = stage.plays(seed, &cast, &mut draw).await;
    let changes = stage.world.dynamodb.changes(0);
    let kinds = changes.iter().map(|change| format!("{} {}", change.table, change.key["sk"]));
    let deeds = told.history.steps.iter().map(|step| format!("{step:?}"));
    let calls = told.met.iter().map(|call| call.site.to_string());
    deeds.chain(calls).chain(kinds).collect()
}

/// What all histories of a run have told.
#[derive(Default)]
struct Books {
    tally: Mutex<Tally>,
    failures: Mutex<Vec<String>>,
}

impl Books {
    fn have_enough(&self) -> bool {
        self.failures.lock().expect("no panic").len() >= ENOUGH
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().expect("no panic")
    }

    /// Adds one history: its figures, and the words of its failure.
    async fn add(&self, stage: &mut Stage, told: Told) {
        self.tally().add(Tally::of(&told));
        let Some(broken) = told.broken else { return };
        let seed = told.history.seed;
        println!("seed {seed}: {broken}; looking for the shortest history of its kind");
        let (shortest, still) = shrink(stage, told.history, &broken).await;
        let failure = format!("seed {seed}: {broken}\nshortest: {still}\n{shortest}");
        self.failures.lock().expect("no panic").push(failure);
    }

    /// The tally, if nothing is broken.
    fn checked(&self) -> Tally {
        let failures = self.failures.lock().expect("no panic");
        assert!(failures.is_empty(), "{}", failures.join("\n"));
        self.tally().clone()
    }
}

/// A number from outside.
fn number(name: &str) -> Option<u64> {
    let value = env::var(name).ok().filter(|value| !value.is_empty())?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {value}")))
}
