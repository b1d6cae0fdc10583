//! The figures of a run, for whoever started it. Each layer's tests say what they counted; the table of
//! all layers stands at the end of `make test` and `make soak`.
//!
//! A layer is a file in `target/tmp/figures/`, as it is to be printed: the tests of a layer may run side
//! by side, and layers in processes of their own.

use std::{
    collections::BTreeMap,
    env, fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

/// What this process has counted, by layer, in the order it was told.
static COUNTED: Mutex<BTreeMap<&str, Vec<(&str, usize)>>> = Mutex::new(BTreeMap::new());

/// Adds to what a layer has counted. Layers are printed in the order of their names.
pub fn adds(layer: &'static str, counted: &[(&'static str, usize)]) {
    let mut all = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
    let so_far = all.entry(layer).or_default();
    for (what, more) in counted {
        match so_far.iter_mut().find(|(known, _)| known == what) {
            Some((_, sum)) => *sum += more,
            None => so_far.push((what, *more)),
        }
    }
    let lines = so_far.iter().enumerate().map(|(n, (what, sum))| {
        let layer = if n == 0 { layer } else { "" };
        format!("{layer:<20}{:>14}  {what}\n", grouped(*sum))
    });
    let folder = folder();
    fs::create_dir_all(&folder).expect("Cargo's folder for tests can be written to");
    fs::write(folder.join(layer), lines.collect::<String>()).expect("it can be written to");
}

/// Beside the folder of the profile that this test was built with.
fn folder() -> PathBuf {
    let test = env::current_exe().expect("a test has a file");
    test.ancestors().nth(3).expect("target/PROFILE/deps").join("tmp/figures")
}

/// Thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let parts: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    parts.join(",")
}
