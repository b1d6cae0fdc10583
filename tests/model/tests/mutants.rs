//! What each rule is good for: the protocol without it, and the invariant that breaks.

#[path = "../../figures.rs"]
mod figures;

use std::collections::BTreeSet;

use merge_model::{Bounds, Merge, Rule};
use stateright::{Checker, HasDiscoveries, Model};

/// As small as can be; each mutant says what more it needs.
const SMALL: Bounds = Bounds {
    persons: 2,
    accounts: 1,
    requests: 2,
    resends: 0,
    hands: 2,
    handovers: Some(3),
    foreign_changes: 0,
    creates: false,
    gathers: None,
    key_change: false,
    saves: false,
};
const ONCE: Bounds = Bounds { handovers: Some(1), ..SMALL };
const TWO_ACCOUNTS: Bounds = Bounds { accounts: 2, ..SMALL };
const AGAIN: Bounds = Bounds { resends: 1, ..SMALL };
const GATHERED: Bounds = Bounds { persons: 1, accounts: 2, gathers: Some(1), hands: 1, ..SMALL };
const FOREIGN: Bounds = Bounds { foreign_changes: 1, ..SMALL };

type Mutant = (&'static [Rule], &'static str, Bounds);

/// Rules that nothing else stands in for.
const ALONE: [Mutant; 23] = [
    (&[Rule::SpendDigest], "I6 never after replacement", AGAIN),
    (&[Rule::SpendOpen], "I6 never after cancellation", SMALL),
    (&[Rule::PersonAbsent], "I1 a person has at most one account", TWO_ACCOUNTS),
    (
        &[Rule::PersonAbsentUnderEveryKey],
        "I1 a person has at most one account",
        Bounds { key_change: true, persons: 1, ..TWO_ACCOUNTS },
    ),
    (&[Rule::IntoIsTheirs], "I4 an account is gathered into what its person has", GATHERED),
    (&[Rule::TakeBackAlone], "I3 person and account agree", GATHERED),
    (&[Rule::AccountActive], "I4 a link gives what its mail was about, as it was then", FOREIGN),
    (&[Rule::AccountVersion], "I4 a link gives what its mail was about, as it was then", FOREIGN),
    (&[Rule::AccountEmail], "I4 a link gives what its mail was about, as it was then", FOREIGN),
    (&[Rule::SettleReadsBack], "I12 what is said is so", SMALL),
    (&[Rule::LedgerAsRead], "I9 one chain of audit entries", SMALL),
    (&[Rule::PutBeforeAsRead], "I6 never after cancellation", AGAIN),
    (&[Rule::PutOverExpired], "I13 everyone gets home when faults stop", SMALL),
    (
        &[Rule::PutOverOlder],
        "I13 everyone gets home when faults stop",
        Bounds { key_change: true, persons: 1, ..SMALL },
    ),
    (
        &[Rule::CloseOlder],
        "I6 never after replacement",
        Bounds { key_change: true, persons: 1, ..SMALL },
    ),
    (&[Rule::MailAfterRequest], "I7 no mail without a durable request", SMALL),
    (&[Rule::CancelAsRead], "I6 never after cancellation", SMALL),
    (&[Rule::ClaimTries], "I7 at most three hand-overs of a mail", SMALL),
    (&[Rule::ClaimRunsOut], "I13 everyone gets home when faults stop", SMALL),
    (&[Rule::NewsOfThisMail], "I7 shown as sent is accepted by SES", AGAIN),
    (&[Rule::PostponeThisMail], "I7 at most three hand-overs of a mail", AGAIN),
    (&[Rule::SaveByOwner], "I5 only its owner changes an account", Bounds { saves: true, ..SMALL }),
    (&[Rule::DischargeThisMail], "I7 a mail that is owed is in the outbox", SMALL),
];

/// Locks behind locks: none is missed until all of them are gone.
const TOGETHER: [Mutant; 5] = [
    (&[Rule::ConfirmPerson, Rule::ConfirmOwnRequest], "I4 only who asked completes", SMALL),
    (
        &[Rule::ConfirmRequest, Rule::SpendDigest],
        "I4 a link gives what its mail was about, as it was then",
        TWO_ACCOUNTS,
    ),
    (&[Rule::ConfirmInTime, Rule::SpendInTime], "I6 never after expiry", SMALL),
    (&[Rule::AccountUnlinked, Rule::AccountVersion], "I2 an account has at most one person", SMALL),
    (
        &[
            Rule::ConfirmOpen,
            Rule::SpendOpen,
            Rule::PersonAbsent,
            Rule::AccountUnlinked,
            Rule::AccountVersion,
        ],
        "I6 a link takes effect at most once",
        SMALL,
    ),
];

fn depth_of_failure((without, invariant, bounds): Mutant) -> Option<usize> {
    let merge = Merge { bounds, without, short_cuts: false };
    let this_one = HasDiscoveries::AnyOf(BTreeSet::from([invariant]));
    let checker = merge.checker().threads(2).finish_when(this_one).spawn_bfs().join();
    checker.discovery(invariant).map(|path| path.into_actions().len())
}

#[test]
fn every_rule_is_good_for_something() {
    println!("{:<64} {:>5}  broken", "without", "depth");
    for mutant in ALONE.into_iter().chain(TOGETHER) {
        let (without, invariant, _) = mutant;
        let without = format!("{without:?}");
        let depth = depth_of_failure(mutant);
        let depth = depth.unwrap_or_else(|| panic!("{without} is not missed by {invariant}"));
        println!("{without:<64} {depth:>5}  {invariant}");
    }
    let mutants = ALONE.len() + TOGETHER.len();
    figures::adds("Model, mutants", &[("mutants, each caught", mutants)]);
}

/// Rules that the protocol would not miss as long as the others hold: defence in depth, and words
/// that tell a person more.
const BEHIND_OTHERS: [(&[Rule], Bounds); 9] = [
    (&[Rule::ConfirmPerson], ONCE),
    (&[Rule::ConfirmOwnRequest], ONCE),
    (&[Rule::ConfirmRequest], ONCE),
    (&[Rule::ConfirmOpen], ONCE),
    (&[Rule::ConfirmInTime], ONCE),
    (&[Rule::ConfirmGeneration], Bounds { persons: 1, resends: 1, ..ONCE }),
    (&[Rule::SpendInTime], ONCE),
    (&[Rule::AccountUnlinked], ONCE),
    (&[Rule::GlanceNewest], Bounds { persons: 1, key_change: true, ..ONCE }),
];

#[test]
fn a_lock_behind_a_lock_is_not_missed_alone() {
    println!("{:<64} {:>9}", "without", "states");
    for (without, bounds) in BEHIND_OTHERS {
        let merge = Merge { bounds, without, short_cuts: false };
        let checker = merge.checker().threads(2).spawn_dfs().join();
        let broken: Vec<_> = checker.discoveries().into_keys().collect();
        assert!(broken.iter().all(|it| !it.starts_with('I')), "{without:?}: {broken:?}");
        println!("{:<64} {:>9}", format!("{without:?}"), checker.unique_state_count());
    }
}

#[test]
fn every_rule_is_tried_and_stands_in_the_code() {
    let tried = ALONE.iter().chain(&TOGETHER).map(|(without, ..)| *without);
    let tried: Vec<_> = tried.chain(BEHIND_OTHERS.map(|(without, _)| without)).flatten().collect();
    for (rule, file, words) in Rule::ALL {
        assert!(tried.contains(&&rule), "{rule:?} is not tried");
        let path = format!("{}/../../src/{file}", env!("CARGO_MANIFEST_DIR"));
        let code = std::fs::read_to_string(&path).expect("a file of the project");
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(code.contains(words), "{rule:?} is no longer in {file}: is the model still true?");
    }
}
