//! Random histories: so many seeds, and none may break an invariant.
//!
//! `SEEDS` is how many, `FROM` the first: `SEEDS=1 FROM=4711` is one of them again.

use std::{env, fs, path::Path, sync::Mutex};

use super::{draw::Draw, figures, fleet::on_every_core, run::Stage, shrink::shrink, tally::Tally};

/// As many as `make test` has time for.
const SEEDS: u64 = 10_000;
/// As many are played again.
const SAME: u64 = 10;
/// After so many failures there is enough to read.
const ENOUGH: usize = 5;

#[test]
fn l3_no_random_history_breaks_an_invariant() {
    let (from, seeds) = (number("FROM").unwrap_or(0), number("SEEDS").unwrap_or(SEEDS));
    let (tally, failures) = (Mutex::new(Tally::default()), Mutex::new(Vec::new()));
    on_every_core(from..from + seeds, async |stage, seed| {
        if failures.lock().expect("no panic").len() >= ENOUGH {
            return;
        }
        let (figures, failure) = plays(stage, seed).await;
        tally.lock().expect("no panic").add(figures);
        failures.lock().expect("no panic").extend(failure);
    });
    let (tally, failures) =
        (tally.into_inner().expect("over"), failures.into_inner().expect("over"));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    figures::adds("Simulation", &tally.counted());
    let table = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults.txt");
    fs::write(table, tally.table()).expect("Cargo's folder for tests can be written to");
    let never = tally.never_struck();
    assert!(never.is_empty(), "never hit, at sites that were met often:\n{}", never.join("\n"));
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
    let calls = told.met.iter().map(ToString::to_string);
    deeds.chain(calls).chain(kinds).collect()
}

/// One seed: its figures, and the words of its failure.
async fn plays(stage: &mut Stage, seed: u64) -> (Tally, Option<String>) {
    let (mut draw, cast) = Draw::from(seed);
    let told = stage.plays(seed, &cast, &mut draw).await;
    let tally = Tally::of(&told);
    let Some(broken) = told.broken else { return (tally, None) };
    println!("seed {seed}: {broken}; looking for the shortest history of its kind");
    let (shortest, still) = shrink(stage, told.history, &broken).await;
    let failure = format!("seed {seed}: {broken}\nshortest: {still}\n{shortest}");
    (tally, Some(failure))
}

/// A number from outside.
fn number(name: &str) -> Option<u64> {
    let value = env::var(name).ok().filter(|value| !value.is_empty())?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} must be a number, not {value}")))
}
