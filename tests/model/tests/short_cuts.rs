//! The short cuts leave out no state of the store: both ways through a few small worlds.

use std::collections::HashSet;

use merge_model::{Bounds, Merge, World};
use stateright::Model;

const SMALL: Bounds = Bounds {
    persons: 2,
    accounts: 1,
    requests: 2,
    resends: 0,
    hands: 1,
    handovers: Some(1),
    foreign_changes: 0,
    creates: true,
    gathers: None,
    key_change: false,
    saves: false,
};

/// Every state of the store that can be, whatever function is at work.
fn at_rest(bounds: Bounds, short_cuts: bool) -> HashSet<World> {
    let merge = Merge { bounds, without: &[], short_cuts };
    let mut open = merge.init_states();
    let mut known: HashSet<World> = open.iter().cloned().collect();
    let mut at_rest = HashSet::new();
    while let Some(world) = open.pop() {
        at_rest.insert(merge.at_rest(&world));
        let next = merge.next_states(&world).into_iter();
        open.extend(next.filter(|world| known.insert(world.clone())));
    }
    println!("{} states, {} at rest", known.len(), at_rest.len());
    at_rest
}

#[test]
fn the_short_cuts_leave_nothing_out() {
    for bounds in [
        Bounds { hands: 2, creates: false, ..SMALL },
        Bounds { handovers: Some(2), creates: false, ..SMALL },
        Bounds { accounts: 2, ..SMALL },
        Bounds { key_change: true, creates: false, ..SMALL },
        Bounds { persons: 1, hands: 2, resends: 1, ..SMALL },
        Bounds { persons: 1, hands: 2, key_change: true, creates: false, ..SMALL },
        Bounds { accounts: 2, gathers: Some(0), creates: false, ..SMALL },
        Bounds { accounts: 2, gathers: Some(1), creates: false, ..SMALL },
        Bounds { persons: 1, hands: 2, accounts: 2, gathers: Some(1), ..SMALL },
        Bounds { foreign_changes: 1, creates: false, ..SMALL },
    ] {
        println!("{bounds:?}");
        let (long, short) = (at_rest(bounds, false), at_rest(bounds, true));
        assert_eq!(long.difference(&short).next(), None, "left out");
        assert_eq!(short.difference(&long).next(), None, "made up");
    }
}
