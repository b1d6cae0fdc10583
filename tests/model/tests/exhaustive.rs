//! Every order of events, in worlds that differ in what they have most of.

#[path = "../../figures.rs"]
mod figures;

use std::time::Instant;

use merge_model::{Bounds, Merge, Step, World, representative};
use stateright::{Checker, Model, Path};

/// Two persons, two accounts, three requests, «Opprett», functions that die anywhere, mails that are
/// refused, lost and doubled.
const WORLD: Bounds = Bounds {
    persons: 2,
    accounts: 2,
    requests: 3,
    resends: 0,
    hands: 2,
    handovers: None,
    foreign_changes: 0,
    creates: true,
    gathers: None,
    key_change: false,
    saves: false,
};

/// What is checked with every change. Together about a minute on two cores.
const WORLDS: [(&str, Bounds); 9] = [
    ("two functions at once", WORLD),
    ("one key change", Bounds { key_change: true, hands: 1, ..WORLD }),
    ("one key change, two at once", Bounds { key_change: true, creates: false, ..WORLD }),
    ("mails sent again", Bounds { requests: 2, resends: 1, ..WORLD }),
    ("an old service that goes on", Bounds { requests: 2, foreign_changes: 1, ..WORLD }),
    (
        "three hand-overs",
        Bounds { persons: 1, resends: 1, requests: 2, handovers: Some(3), ..WORLD },
    ),
    ("profiles saved", Bounds { requests: 2, saves: true, ..WORLD }),
    ("accounts gathered", Bounds { gathers: Some(0), ..WORLD }),
    (
        "accounts gathered and taken back",
        Bounds { gathers: Some(1), creates: false, key_change: true, hands: 1, ..WORLD },
    ),
];

/// `MERGE_MODEL=large`: some hundred million states, an hour or so, 10 GB of memory.
const LARGE: [(&str, Bounds); 4] = [
    ("one key change, two at once", Bounds { key_change: true, ..WORLD }),
    ("everything but a key change", Bounds { resends: 1, foreign_changes: 1, ..WORLD }),
    (
        "everything for one person",
        Bounds { persons: 1, resends: 1, handovers: Some(3), key_change: true, ..WORLD },
    ),
    ("three hand-overs for two", Bounds { handovers: Some(3), ..WORLD }),
];

#[test]
fn i1_to_i13_hold_in_every_order_of_events() {
    let large = std::env::var("MERGE_MODEL").is_ok_and(|size| size == "large");
    let worlds = if large { &LARGE[..] } else { &WORLDS };
    println!("{:<32} {:>12} {:>13} {:>6} {:>6}", "world", "states", "steps", "deep", "s");
    let mut states = 0;
    for (name, bounds) in worlds {
        let began = Instant::now();
        let merge = Merge { bounds: *bounds, without: &[], short_cuts: true };
        let checker = merge.checker().threads(2).symmetry_fn(representative).spawn_dfs().join();
        let seconds = began.elapsed().as_secs();
        let (unique, all) = (checker.unique_state_count(), checker.state_count());
        println!("{name:<32} {unique:>12} {all:>13} {:>6} {seconds:>6}", checker.max_depth());
        states += unique;
        for (invariant, path) in checker.discoveries() {
            assert!(!invariant.starts_with('I'), "{invariant} is broken:\n{}", story(&path));
        }
        checker.assert_properties();
    }
    figures::adds("Model", &[("worlds", worlds.len()), ("states", states)]);
}

fn story(path: &Path<World, Step>) -> String {
    let steps = path.clone().into_actions();
    let steps: String = steps.iter().map(|step| format!("  {step}\n")).collect();
    format!("{steps}{:#?}", path.last_state())
}
